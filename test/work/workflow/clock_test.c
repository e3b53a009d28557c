#include "base/base/clock.h"
#include "harness/scene.h"
#include "people/notice/notice.h"
#include "work/workflow/workdays.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

TEST_DB(clock__runs_out_once_is_told_once_and_an_extension_sets_it_going_again)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	ClockView before, after;
	Notices notices;
	int64_t count = 0;
	scene_open_casefile(scene, &cast, false);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &before));
	CHECK_TEXT(text_from(before.clock->name), "verification");
	scene_as(scene, &actor_system);
	CHECK_OK(t->call, workflow_escalate(t->call, 10, casefile_overdue, &count));
	CHECK_INT(count, 0);
	t->call->now = before.due_at + 1;
	CHECK_OK(t->call, workflow_escalate(t->call, 10, casefile_overdue, &count));
	CHECK_INT(count, 1);
	CHECK_OK(t->call, workflow_escalate(t->call, 10, casefile_overdue, &count));
	CHECK_INT(count, 0);
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK_INT(notices.count, 2); /* assigned, and late */
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call,
		scene_casefile_act(scene, cast.casefile, "extend", VALUES(scene, "days", "3", "reason", "The device arrives late")));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &after));
	CHECK(!after.overdue && after.due_at >= before.due_at + 3 * DAY && after.limit_working_days == before.limit_working_days + 3);
	t->call->now = after.due_at + 1;
	CHECK_OK(t->call, workflow_escalate(t->call, 10, casefile_overdue, &count));
	CHECK_INT(count, 1);
}

TEST_DB(clock__ends_with_the_matter)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	ClockView clock;
	int64_t count = 0;
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "CLOSED");
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &clock));
	CHECK(!clock.clock);
	scene_later(scene, 1000 * DAY);
	CHECK_OK(t->call, workflow_escalate(t->call, 10, casefile_overdue, &count));
	CHECK_INT(count, 0);
}

static int64_t told_now(Test *t)
{
	int64_t count = 0, marked = 0;
	CHECK_OK(t->call, workflow_remind(t->call, 10, casefile_remind, &marked));
	CHECK_OK(t->call, notice_unread(t->call, &count));
	return count;
}

TEST_DB(clock__whoever_has_to_act_is_told_two_days_before_and_on_the_last_day_once_each)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	ClockView clock;
	Notices notices;
	const int64_t ZONE = DAY / 3;
	scene_open_casefile(scene, &cast, false);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &clock));
	CHECK(clock.due_at - clock.started_at > 2 * DAY);
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, notice_read_all(t->call));
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, notice_read_all(t->call));
	t->call->now = clock.due_at - 2 * DAY;
	CHECK_INT(told_now(t), 0);
	t->call->now++;
	CHECK_INT(told_now(t), 1);
	CHECK_INT(told_now(t), 1);
	t->call->now = (clock.due_at + ZONE) / DAY * DAY - ZONE - 1; /* the last instant of the day before, in UTC+8 */
	CHECK_INT(told_now(t), 1);
	t->call->now++;
	CHECK_INT(told_now(t), 2);
	CHECK_INT(told_now(t), 2);
	t->call->lang = LANG_EN;
	CHECK_OK(t->call, notice_list(t->call, 0, 2, &notices));
	CHECK(text_ends(notices.at[0].subject_line, TEXT("ends today")));
	CHECK(text_ends(notices.at[1].subject_line, TEXT("is near")));
	scene_as(scene, cast.coordinator); /* it is not the coordinator's turn */
	CHECK_INT(told_now(t), 0);
	CHECK_OK(t->call,
		scene_casefile_act(scene, cast.casefile, "extend", VALUES(scene, "days", "5", "reason", "The device arrives late")));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &clock));
	t->call->now = clock.due_at - DAY * 3 / 2; /* another end is told of anew */
	scene_as(scene, cast.verifier);
	CHECK_INT(told_now(t), 3);
	t->call->now = clock.due_at + 1; /* what has passed is the matter of workflow_escalate */
	CHECK_INT(told_now(t), 3);
}

static const char next_year[] = "2027-01-01 2027-01-03 休 元旦\n\n2027-02-05 2027-02-11 休 春节\n2027-02-14 班 春节\n";

static Error enter_year(Test *t, int64_t year, const char *spans)
{
	return workday_year_enter(t->call, year, TEXT("国办发明电〔2026〕0号"), text_from(spans));
}

TEST_DB(workdays__year_that_is_entered_moves_the_ends_of_running_limits)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	ClockView before, after;
	int64_t at = 0;
	CHECK(clock_parse(TEXT("2027-02-03T02:00:00Z"), &at));
	t->call->now = at; /* a Wednesday before the Spring Festival */
	scene_open_casefile(scene, &cast, false);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &before));
	CHECK(before.provisional);
	CHECK_INT(calendar_day(before.due_at), clock_days(2027, 2, 10)); /* five working days, as far as is known */
	CHECK_ERROR(t->call, enter_year(t, 2027, next_year), FORBIDDEN);
	scene_as(scene, scene_person(scene, "system-admin", ROLE_SYSTEM_ADMIN));
	const char *const wrong[] = { "", "2027-02-05 free x", "2027-02-30 休 x", "2028-02-05 休 x", "2027-02-08 班 x",
		"2027-02-11 2027-02-05 休 x", "2027-02-05 2027-02-11 休 x\n2027-02-07 休 y", "2027-02-05 2027-02-11 休" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK_ERROR(t->call, enter_year(t, 2027, wrong[i]), INVALID);
	CHECK_ERROR(t->call, enter_year(t, 1999, "1999-02-05 休 x"), INVALID);
	CHECK_OK(t->call, enter_year(t, 2027, next_year));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, casefile.id, &after));
	CHECK(!after.provisional);
	CHECK_INT(calendar_day(after.due_at),
		clock_days(2027, 2, 16)); /* Thursday 4th, Friday to Thursday free, 12th, Sunday 14th worked, 15th, 16th */
}

TEST_DB(workdays__entered_year_replaces_the_built_in_one_and_reads_as_it_was_written)
{
	Scene *scene = scene_new(t);
	WorkdayYears years;
	CHECK_OK(t->call, workday_years(t->call, &years));
	CHECK(years.at[0].year.year == 2026 && !years.at[0].entered_at);
	Text built_in = workday_spans_text(t->arena, &years.at[0].year);
	scene_as(scene, scene_person(scene, "system-admin", ROLE_SYSTEM_ADMIN));
	CHECK_OK(t->call, workday_year_enter(t->call, 2026, TEXT("The same again"), built_in));
	CHECK_OK(t->call, workday_years(t->call, &years));
	CHECK(years.at[0].entered_at == t->call->now && years.at[0].entered_by == t->call->actor->person_id);
	CHECK(text_is(workday_spans_text(t->arena, &years.at[0].year), built_in));
}
