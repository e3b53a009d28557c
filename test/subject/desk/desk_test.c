/* The desk: what waits for whom, in which order, what is new, and nothing of what somebody may not see. */
#include "subject/desk/desk.h"

#include "harness/scene.h"
#include "people/person/person.h"
#include "subject/party/party.h"

enum { HOUR = 3600 * 1000, DAY = 24 * HOUR };

static Desk look(Scene *scene, const Actor *actor)
{
	Desk desk;
	scene_as(scene, actor);
	CHECK_OK(scene->call, desk_load(scene->call, TEXT(""), &desk));
	return desk;
}

static const WorkLine *line_of(const WorkLines *lines, Text number)
{
	for (size_t i = 0; i < lines->count; i++)
		if (text_is(lines->at[i].number, number)) return &lines->at[i];
	return NULL;
}

static Text send(Scene *scene, const Actor *reporter)
{
	scene_as(scene, reporter);
	return scene_report(scene, scene_values(scene));
}

static void act(Scene *scene, const Actor *actor, Text ref, const char *action, const Map *values)
{
	scene_as(scene, actor);
	CHECK_OK(scene->call, scene_report_act(scene, ref, action, values));
}

TEST(desk__every_state_that_goes_on_names_somebody_whose_turn_it_is)
{
	const Machine *const machines[] = { &report_machine, &casefile_machine, &party_machine };
	for (size_t i = 0; i < COUNT(machines); i++)
		for (size_t k = 0; k < machines[i]->state_count; k++) {
			const WorkflowState *state = &machines[i]->states[k];
			if (!state->final && !work_turn(state))
				test_fail(__FILE__, __LINE__, "%s %s: %s", machines[i]->name, state->name, state->turn);
			if (state->final) CHECK_INT(work_turn(state), 0);
		}
}

TEST(desk__an_event_is_called_by_where_it_leads)
{
	CHECK_TEXT(work_words(LANG_EN, &report_machine, TEXT("ask")), "Additions asked for");
	CHECK_TEXT(work_words(LANG_EN, &casefile_machine, TEXT("assign")), "Assign a verifier");
	CHECK_TEXT(work_words(LANG_EN, &casefile_machine, TEXT("return")), "Moved to another stage");
	CHECK_TEXT(work_words(LANG_EN, &report_machine, TEXT("nothing-known")), "Moved to another stage");
	CHECK(!text_is(work_words(LANG_ZH, &report_machine, TEXT("ask")), TEXT("Additions asked for")));
}

TEST_DB(desk__lists_what_waits_with_the_earliest_end_first)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Text early = send(scene, cast.reporter);
	scene_later(scene, 20 * (int64_t)DAY);
	Text late = send(scene, cast.reporter);
	Desk desk = look(scene, cast.coordinator);
	CHECK_INT(desk.turn_total, 2);
	CHECK_INT(desk.overdue, 1);
	CHECK(text_is(desk.turn.at[0].number, early));
	CHECK(text_is(desk.turn.at[1].number, late));
	CHECK(desk.turn.at[0].clock.overdue && !desk.turn.at[1].clock.overdue);
	CHECK_INT(desk.deadlines.count, 2);
	CHECK_INT(desk.counts.count, 1);
	CHECK_INT(desk.counts.at[0].count, 2);
	CHECK_INT(desk.counts.at[0].overdue, 1);
	CHECK(!desk.next.at);
	CHECK_INT(look(scene, cast.reporter).turn_total, 0); /* it is the library's turn */
	act(scene, cast.coordinator, late, "review", NULL);
	act(scene, cast.coordinator, late, "ask", VALUES(scene, "question", "Which version?"));
	desk = look(scene, cast.reporter);
	CHECK_INT(desk.turn_total, 1);
	CHECK(text_is(desk.turn.at[0].number, late));
	CHECK_INT(desk.turn.at[0].unread, 1);
	CHECK_INT(desk.unread_total, 1);
	desk = look(scene, cast.coordinator);
	CHECK_INT(desk.turn_total, 1);
	CHECK(!line_of(&desk.turn, late));
}

TEST_DB(desk__next_page_begins_where_the_last_one_ended)
{
	enum { REPORTS = DESK_PAGE + 3 };
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	for (int i = 0; i < REPORTS; i++) {
		send(scene, cast.reporter);
		if (i % 5 == 0) scene_later(scene, DAY); /* many end at the same instant */
	}
	Desk first = look(scene, cast.coordinator), rest, end;
	CHECK_INT(first.turn.count, DESK_PAGE);
	CHECK_INT(first.turn_total, REPORTS);
	CHECK(first.next.at);
	CHECK_OK(scene->call, desk_load(scene->call, first.next, &rest));
	CHECK_INT(rest.turn.count, REPORTS - DESK_PAGE);
	CHECK(!rest.next.at);
	for (size_t i = 0; i < rest.turn.count; i++) CHECK(!line_of(&first.turn, rest.turn.at[i].number));
	CHECK_OK(scene->call, desk_load(scene->call, TEXT("no key of ours"), &end));
	CHECK_INT(end.turn.count, DESK_PAGE);
}

TEST_DB(desk__what_others_did_is_new_until_it_was_seen)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Text ref = send(scene, cast.reporter);
	CHECK_INT(look(scene, cast.reporter).events.count, 0); /* one's own doing is no news */
	scene_later(scene, HOUR);
	act(scene, cast.coordinator, ref, "review", NULL);
	scene_later(scene, HOUR);
	act(scene, cast.coordinator, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "None."));
	Desk desk = look(scene, cast.reporter);
	CHECK_INT(desk.events.count, 2);
	CHECK_INT(desk.news, 2);
	CHECK(text_is(desk.events.at[0].words, tr(scene->call->lang, "Not taken on")));
	CHECK(text_is(desk.events.at[0].number, ref));
	CHECK_OK(scene->call, desk_mark_seen(scene->call));
	desk = look(scene, cast.reporter);
	CHECK_INT(desk.events.count, 2);
	CHECK_INT(desk.news, 0);
	scene_later(scene, -2 * (int64_t)HOUR); /* a clock set back takes no mark back */
	CHECK_OK(scene->call, desk_mark_seen(scene->call));
	scene_later(scene, 2 * (int64_t)HOUR);
	CHECK_INT(look(scene, cast.reporter).news, 0);
	scene_later(scene, (DESK_DAYS + 1) * (int64_t)DAY);
	CHECK_INT(look(scene, cast.reporter).events.count, 0);
}

TEST_DB(desk__reporter_sees_the_stage_of_the_casefile_and_nothing_else_of_it)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	scene_later(scene, HOUR);
	scene_bring_to(scene, &cast, "RATED");
	Desk desk = look(scene, cast.reporter);
	const WorkLine *line = line_of(&desk.reports, cast.report);
	CHECK(line && line->is_stage && line->clock.clock && !work_is_turn(line));
	CHECK_TEXT(text_from(line->state->name), "RATED");
	CHECK_INT(desk.turn_total, 0);
	for (size_t i = 0; i < desk.events.count; i++) CHECK(text_is(desk.events.at[i].number, cast.report));
	CHECK(text_is(desk.events.at[0].words, tr(scene->call->lang, "Rated")));
}

TEST_DB(desk__shows_nothing_of_matters_one_may_not_see)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *stranger = scene_person(scene, "stranger", ROLE_VERIFIER | ROLE_PUBLISHER);
	scene_open_casefile(scene, &cast, false);
	Desk desk = look(scene, stranger);
	CHECK(!desk.turn.count && !desk.deadlines.count && !desk.events.count && !desk.reports.count && !desk.unread.count);
	desk = look(scene, cast.verifier);
	CHECK_INT(desk.turn_total, 1);
	CHECK(!text_find(desk.turn.at[0].title, TEXT("示例钱包"), NULL)); /* the class, never the title */
	CHECK(desk.turn.at[0].title.length > 0);
	Actor weak = *cast.coordinator;
	weak.second_factor = false;
	desk = look(scene, &weak);
	CHECK(!desk.turn.count && !desk.events.count && !desk.counts.count);
	Actor narrow = *cast.coordinator;
	narrow.scopes = SCOPE_REPORT_READ;
	send(scene, cast.reporter);
	desk = look(scene, &narrow);
	CHECK_INT(desk.turn_total, 1);
	for (size_t i = 0; i < desk.counts.count; i++) CHECK(desk.counts.at[i].machine == &report_machine);
	scene_bring_to(scene, &cast, "ACCEPTED");
	desk = look(scene, cast.verifier);
	CHECK(!desk.turn.count && !desk.unread.count && !desk.events.count); /* the task is over */
	CHECK(look(scene, cast.coordinator).turn_total > 0);
}
