/* The yearly evaluation: what the rule proposes, who decides, and what becomes of the units. */
#include "base/base/clock.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/evaluation/evaluation_test.sql.h"
#include "subject/programme/unit/unit_scene.h"

#define DAY_MS ((int64_t)86400000)
static const char own_code[] = "91110108551385082Q";

static UnitScene open_scene(Test *t)
{
	Scene *scene = scene_new(t);
	const Actor *coordinator = scene_person(scene, "carol", ROLE_COORDINATOR);
	UnitScene units = { .t = t,
		.first = scene_person(scene, "mi", ROLE_SECRETARY),
		.second = scene_person(scene, "ni", ROLE_SECRETARY),
		.code = own_code };
	(void)scene_person(scene, "olga", ROLE_REPORTER);
	units.own = &scene->people[scene->count - 1];
	(void)scene_organisation(scene, coordinator, units.own, "示例安全公司", own_code, "unit", "CN");
	units.own->roles |= ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN;
	scene_as(scene, units.first);
	return units;
}

static Text a_unit(const UnitScene *scene, const char *state)
{
	return unit_scene_unit(scene, "technical", state, TEXT("软测〔2026〕1号"), TEXT("A reason."));
}

static void at(const UnitScene *scene, const char *day) { CHECK(clock_parse(text_from(day), &scene->t->call->now)); }

typedef struct Points {
	int64_t organisation_id, points, at;
} Points;

static Error give(Call *call, void *argument)
{
	const Points *points = argument;
	Text ref = arena_printf(call->arena, "%lld", (long long)points->at);
	return test_evaluation_points(call, ref, points->organisation_id, points->points, merit_year(points->at) * 100 + 6, points->at);
}

static void give_points(const UnitScene *scene, const char *day, int64_t hundredths)
{
	Points points = { scene->own->organisation_id, hundredths, 0 };
	CHECK(clock_parse(text_from(day), &points.at));
	CHECK_OK(scene->t->call, db_transact(scene->t->call, give, &points));
}

static Error act(const UnitScene *scene, const Actor *actor, Text ref, const char *action, const char *until)
{
	Call *call = scene->t->call;
	Map *values = UNIT_VALUES(scene->t, "document", "软测〔2026〕99号", "document_on", "2026-12-01", "reason", "A reason.");
	call_recover(call);
	form_set(call->arena, values, TEXT("until_on"), text_from(until));
	call->actor = actor;
	return evaluation_act(call, ref, text_from(action), 0, values);
}

static Text begin(const UnitScene *scene, const char *year)
{
	Text ref;
	scene->t->call->actor = scene->first;
	CHECK_OK(scene->t->call, evaluation_begin(scene->t->call, text_from(year), &ref));
	return ref;
}

static EvaluationLine line_of(const UnitScene *scene, Text ref)
{
	Evaluation evaluation;
	EvaluationLines lines;
	scene->t->call->actor = scene->first;
	CHECK_OK(scene->t->call, evaluation_open(scene->t->call, ref, &evaluation));
	CHECK_OK(scene->t->call, evaluation_lines(scene->t->call, &evaluation, &lines));
	CHECK_INT(lines.count, 1);
	return lines.at[0];
}

static Unit look(const UnitScene *scene, Text ref)
{
	Unit unit;
	scene->t->call->actor = scene->first;
	CHECK_OK(scene->t->call, unit_open(scene->t->call, ref, &unit));
	return unit;
}

static void decide_all(const UnitScene *scene, Text ref, const char *until)
{
	CHECK_OK(scene->t->call, act(scene, scene->first, ref, "propose", until));
	CHECK_OK(scene->t->call, act(scene, scene->second, ref, "confirm", until));
}

TEST(evaluation__its_table_has_no_fault) { CHECK(!workflow_fault(t->arena, &evaluation_machine).length); }

TEST(evaluation__stars_rise_by_one_and_fall_by_one_after_a_probation_with_room_between)
{
	static const struct {
		EvaluationCase unit;
		EvaluationDecision decision;
		int64_t stars;
	} cases[] = {
		{ { 8000, 1, 8000, 2000 }, DECISION_PROMOTE, 2 }, /* reached */
		{ { 99999, 1, 8000, 2000 }, DECISION_PROMOTE, 2 }, /* one step a year */
		{ { 7999, 1, 8000, 2000 }, DECISION_KEEP, 1 },
		{ { 8000, 1, 8000, 2000, .has_review = true }, DECISION_KEEP, 1 }, /* something is open */
		{ { 8000, 1, 8000, 2000, .on_probation = true }, DECISION_KEEP, 1 }, /* the probation ends, no more */
		{ { 5999, 2, 16000, 6000 }, DECISION_PROBATION, 2 },
		{ { 6000, 2, 16000, 6000 }, DECISION_KEEP, 2 }, /* below what reaches it, above what keeps it */
		{ { 5999, 2, 16000, 6000, .on_probation = true }, DECISION_DEMOTE, 1 },
		{ { 1000, 1, 8000, 2000, .on_probation = true }, DECISION_LAPSE, 1 },
		{ { 0, 2, 16000, 6000, .is_inactive = true }, DECISION_INACTIVE, 2 },
		{ { 0, 2, 16000, 6000, .is_inactive = true, .on_probation = true }, DECISION_SUSPEND, 2 },
		{ { 99999, 2, 16000, 6000, .is_suspended = true }, DECISION_APART, 2 },
		{ { 99999, 2, 16000, 6000, .waits = true }, DECISION_APART, 2 },
		{ { 99999, 4, 0, 25000 }, DECISION_KEEP, 4 }, /* there is no higher one */
		{ { 0, 0, 3000, 0 }, DECISION_KEEP, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t stars;
		if (evaluation_decide(&cases[i].unit, &stars) != cases[i].decision || stars != cases[i].stars)
			test_fail(__FILE__, __LINE__, "case %zu", i);
	}
}

TEST_DB(evaluation__who_reaches_the_next_star_is_renewed_with_it_by_two_secretaries)
{
	UnitScene scene = open_scene(t);
	Evaluation published;
	Text unit = a_unit(&scene, "ACTIVE");
	Text certificate = look(&scene, unit).certificate;
	give_points(&scene, "2026-06-15", 16000);
	at(&scene, "2026-12-10");
	Text ref = begin(&scene, "2026");
	CHECK_INT(line_of(&scene, ref).decision, DECISION_PROMOTE);
	CHECK_ERROR(t->call, act(&scene, scene.first, ref, "confirm", "2027-12-31"), CONFLICT);
	CHECK_OK(t->call, act(&scene, scene.first, ref, "propose", "2027-12-31"));
	CHECK_INT(look(&scene, unit).stars, 2); /* nothing yet */
	CHECK_ERROR(t->call, act(&scene, scene.first, ref, "confirm", "2027-12-31"), FORBIDDEN);
	CHECK_ERROR(t->call, evaluation_of_year(t->call, 2026, &published), NOT_FOUND);
	CHECK_OK(t->call, act(&scene, scene.second, ref, "confirm", "2027-12-31"));
	Unit renewed = look(&scene, unit);
	CHECK_INT(renewed.stars, 3);
	CHECK(!text_is(renewed.certificate, certificate));
	CHECK_TEXT(clock_iso(t->arena, renewed.until_at), "2027-12-31T16:00:00.000Z");
	CHECK_TEXT(line_of(&scene, ref).outcome, "done");
	CHECK_OK(t->call, evaluation_of_year(t->call, 2026, &published));
}

TEST_DB(evaluation__too_few_points_put_on_probation_first_and_cost_a_star_a_year_later)
{
	UnitScene scene = open_scene(t);
	Text unit = a_unit(&scene, "ACTIVE");
	give_points(&scene, "2026-06-15", 5000);
	give_points(&scene, "2027-06-15", 5999);
	at(&scene, "2026-12-10");
	decide_all(&scene, begin(&scene, "2026"), "2027-12-31");
	CHECK_TEXT(look(&scene, unit).state, "PROBATION");
	CHECK_INT(look(&scene, unit).stars, 2);
	at(&scene, "2027-12-10");
	Text ref = begin(&scene, "2027");
	CHECK_INT(line_of(&scene, ref).decision, DECISION_DEMOTE);
	decide_all(&scene, ref, "2028-12-31");
	CHECK_TEXT(look(&scene, unit).state, "ACTIVE");
	CHECK_INT(look(&scene, unit).stars, 1);
}

TEST_DB(evaluation__twelve_months_without_a_contribution_begin_the_procedure)
{
	UnitScene scene = open_scene(t);
	Text unit = a_unit(&scene, "ACTIVE");
	give_points(&scene, "2026-06-15", 7000);
	at(&scene, "2026-12-10");
	decide_all(&scene, begin(&scene, "2026"), "2028-12-31");
	at(&scene, "2027-12-10");
	Text ref = begin(&scene, "2027");
	CHECK_INT(line_of(&scene, ref).decision, DECISION_INACTIVE);
	decide_all(&scene, ref, "2029-12-31");
	CHECK_TEXT(look(&scene, unit).state, "PROBATION");
	at(&scene, "2028-12-10");
	ref = begin(&scene, "2028");
	CHECK_INT(line_of(&scene, ref).decision, DECISION_SUSPEND);
	decide_all(&scene, ref, "2030-12-31");
	CHECK_TEXT(look(&scene, unit).state, "SUSPENDED");
}

TEST_DB(evaluation__a_returned_list_leaves_no_decision_behind)
{
	UnitScene scene = open_scene(t);
	Text unit = a_unit(&scene, "ACTIVE");
	at(&scene, "2026-12-10");
	Text ref = begin(&scene, "2026");
	CHECK_OK(t->call, act(&scene, scene.first, ref, "propose", "2027-12-31"));
	CHECK_TEXT(look(&scene, unit).wish, "renew");
	CHECK_OK(t->call, act(&scene, scene.second, ref, "return", ""));
	CHECK_INT(look(&scene, unit).wish.length, 0);
	CHECK_OK(t->call, act(&scene, scene.first, ref, "drop", ""));
	(void)begin(&scene, "2026");
}

TEST_DB(evaluation__a_unit_that_moved_on_its_own_is_not_done_and_one_left_out_is_not_touched)
{
	UnitScene scene = open_scene(t);
	Text unit = a_unit(&scene, "ACTIVE");
	at(&scene, "2026-12-10");
	Text ref = begin(&scene, "2026");
	t->call->actor = scene.first;
	CHECK_OK(t->call, evaluation_leave_out(t->call, ref, unit, TEXT("It is decided apart.")));
	CHECK(evaluation_leave_out(t->call, ref, TEXT("U-none"), TEXT("x")) == ERROR_INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, act(&scene, scene.first, ref, "propose", "2027-12-31"));
	CHECK_INT(look(&scene, unit).wish.length, 0);
	CHECK_ERROR(t->call, evaluation_leave_out(t->call, ref, unit, TEXT("")), CONFLICT);
	CHECK_OK(t->call, act(&scene, scene.first, ref, "return", ""));
	CHECK_OK(t->call, evaluation_leave_out(t->call, ref, unit, TEXT("")));
	CHECK_OK(t->call, act(&scene, scene.first, ref, "propose", "2027-12-31"));
	CHECK_OK(t->call, unit_scene_act(t, scene.first, unit, "drop", UNIT_VALUES(t, "reason", "A reason.")));
	CHECK_OK(t->call, act(&scene, scene.second, ref, "confirm", ""));
	CHECK_TEXT(line_of(&scene, ref).outcome, "failed");
	CHECK_INT(look(&scene, unit).stars, 2);
}

TEST_DB(evaluation__is_opened_once_for_a_year_that_is_over_by_secretaries_alone)
{
	UnitScene scene = open_scene(t);
	Text ref = TEXT("");
	Evaluation evaluation;
	(void)a_unit(&scene, "ACTIVE");
	static const char *const wrong[] = { "2026", "soon", "1999", "" };
	t->call->actor = scene.first;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK(evaluation_begin(t->call, text_from(wrong[i]), &ref) == ERROR_INVALID);
		call_recover(t->call);
	}
	CHECK_OK(t->call, evaluation_begin(t->call, TEXT("2025"), &ref));
	CHECK_ERROR(t->call, evaluation_begin(t->call, TEXT("2025"), &ref), INVALID);
	const Actor *others[] = { scene.own, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		t->call->actor = others[i];
		CHECK_ERROR(t->call, evaluation_open(t->call, ref, &evaluation), NOT_FOUND);
		CHECK_ERROR(t->call, evaluation_begin(t->call, TEXT("2024"), &ref), FORBIDDEN);
	}
}
