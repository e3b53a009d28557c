/* Support units from the entered decision to each of their ends: who confirms, what comes with it, what others see. */
#include "base/base/clock.h"
#include "subject/programme/unit/unit_scene.h"
#include "work/certificate/certificate.h"

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

static Text unit_of(const UnitScene *scene, const char *direction, const char *state)
{
	return unit_scene_unit(scene, direction, state, TEXT("软测〔2026〕1号"), TEXT("A reason."));
}

static Unit look(const UnitScene *scene, Text ref)
{
	Unit unit;
	scene->t->call->actor = scene->first;
	CHECK_OK(scene->t->call, unit_open(scene->t->call, ref, &unit));
	return unit;
}

static Certificate certificate_of(const UnitScene *scene, Text ref)
{
	Certificate certificate;
	CHECK_OK(scene->t->call, certificate_find(scene->t->call, look(scene, ref).certificate, &certificate));
	return certificate;
}

/* Stars of its standing; -1: it has none; -2: suspended. */
static int standing_of(const UnitScene *scene, const char *kind)
{
	Standings standings;
	CHECK_OK(scene->t->call, org_standings(scene->t->call, scene->own->organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++)
		if (text_is(standings.at[i].kind, text_from(kind))) return standings.at[i].is_suspended ? -2 : standings.at[i].stars;
	return -1;
}

TEST(unit__its_table_has_no_fault)
{
	Text fault = workflow_fault(t->arena, &unit_machine);
	CHECK(!fault.length);
}

TEST_DB(unit__is_admitted_by_another_secretary_than_the_one_who_entered_it)
{
	UnitScene scene = open_scene(t);
	Unit unit;
	Text ref = unit_scene_enter(&scene, "technical", "2026-12-31", TEXT("软测〔2026〕1号"));
	CHECK_ERROR(t->call, unit_open_public(t->call, ref, &unit), NOT_FOUND);
	CHECK_ERROR(t->call, unit_scene_act(t, scene.first, ref, "admit", NULL), FORBIDDEN);
	CHECK_INT(standing_of(&scene, "unit"), -1);
	CHECK_OK(t->call, unit_scene_act(t, scene.second, ref, "admit", NULL));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.second, ref, "admit", NULL), FORBIDDEN); /* nothing waits any more */
	Certificate certificate = certificate_of(&scene, ref);
	CHECK(certificate_holds(&certificate, t->call->now));
	CHECK_TEXT(certificate.is.holder, "示例安全公司");
	CHECK_TEXT(clock_iso(t->arena, certificate.is.until_at), "2026-12-31T16:00:00.000Z"); /* the last day ends in Beijing */
	CHECK_INT(standing_of(&scene, "unit"), 2);
	CHECK_OK(t->call, unit_open_public(t->call, ref, &unit));
}

TEST_DB(unit__what_is_wrong_with_an_entered_decision_is_said_at_its_field)
{
	UnitScene scene = open_scene(t);
	static const char *const wrong[][3] = { { "credit_code", "91110108551385082A", "credit_code" },
		{ "credit_code", "x", "credit_code" }, { "until_on", "2026-01-01", "until_on" }, { "until_on", "soon", "until_on" },
		{ "document_on", "2026-03-07", "document_on" }, { "document", "", "document" }, { "stars", "9", "stars" },
		{ "direction", "both", "direction" } };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Text ref;
		Map *values = UNIT_VALUES(t, "credit_code", own_code, "direction", "technical", "stars", "2", "document", "x",
			"document_on", "2026-01-20", "from_on", "2026-01-01", "until_on", "2026-12-31");
		form_set(t->arena, values, text_from(wrong[i][0]), text_from(wrong[i][1]));
		t->call->actor = scene.first;
		CHECK(unit_enter(t->call, values, &ref) == ERROR_INVALID);
		CHECK_INT(t->call->failure.problems.count, 1);
		CHECK(text_is(t->call->failure.problems.at[0].field, text_from(wrong[i][2])));
		call_recover(t->call);
	}
}

TEST_DB(unit__is_one_once_in_each_direction_and_a_revoked_one_not_before_its_ban_is_over)
{
	UnitScene scene = open_scene(t);
	Text ref;
	Map *values = UNIT_VALUES(t, "credit_code", own_code, "direction", "technical", "stars", "2", "document", "x", "document_on",
		"2026-01-20", "from_on", "2026-01-01", "until_on", "2030-12-31");
	(void)unit_of(&scene, "technical", "ACTIVE");
	(void)unit_of(&scene, "partner", "REVOKED");
	t->call->actor = scene.first;
	CHECK(unit_enter(t->call, values, &ref) == ERROR_INVALID && t->call->failure.problems.count == 2); /* it runs, and it is banned */
	call_recover(t->call);
	form_set(t->arena, values, TEXT("direction"), TEXT("partner"));
	CHECK(unit_enter(t->call, values, &ref) == ERROR_INVALID);
	call_recover(t->call);
	t->call->now += 800 * DAY_MS;
	CHECK_OK(t->call, unit_enter(t->call, values, &ref));
}

TEST_DB(unit__suspension_and_revocation_reach_certificate_and_standing_at_once)
{
	UnitScene scene = open_scene(t);
	Text ref = unit_of(&scene, "technical", "SUSPENDED");
	Map *values = UNIT_VALUES(t, "reason", "A reason.", "document", "d", "document_on", "2026-03-01", "code", "leak");
	CHECK_TEXT(certificate_of(&scene, ref).state, "SUSPENDED");
	CHECK_INT(standing_of(&scene, "unit"), -2);
	CHECK_OK(t->call, unit_scene_act(t, scene.first, ref, "resume", values));
	CHECK_TEXT(certificate_of(&scene, ref).state, "ACTIVE");
	CHECK_INT(standing_of(&scene, "unit"), 2);
	CHECK_OK(t->call, unit_scene_act(t, scene.second, ref, "suspend", values));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.first, ref, "revoke", NULL), FORBIDDEN); /* nobody entered it */
	CHECK_OK(t->call, unit_scene_act(t, scene.first, ref, "propose-revoke", values));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.first, ref, "revoke", NULL), FORBIDDEN);
	CHECK_OK(t->call, unit_scene_act(t, scene.second, ref, "revoke", NULL));
	CHECK_TEXT(certificate_of(&scene, ref).state, "REVOKED");
	CHECK_INT(standing_of(&scene, "unit"), -1);
	Unit unit = look(&scene, ref);
	CHECK(unit.appeal_until > t->call->now && unit.ended_at == t->call->now);
	CHECK_TEXT(unit.reason, "A reason.");
}

TEST_DB(unit__a_renewal_gives_a_new_number_that_takes_the_place_of_the_old_one)
{
	UnitScene scene = open_scene(t);
	Text ref = unit_of(&scene, "technical", "EXPIRING"), old = look(&scene, ref).certificate;
	Map *values = UNIT_VALUES(t, "stars", "3", "document", "软测〔2026〕8号", "document_on", "2026-03-01", "until_on", "2026-03-31");
	CHECK(unit_scene_act(t, scene.first, ref, "propose-renew", values) == ERROR_INVALID); /* no later than what it renews */
	call_recover(t->call);
	form_set(t->arena, values, TEXT("until_on"), TEXT("2027-12-31"));
	CHECK_OK(t->call, unit_scene_act(t, scene.first, ref, "propose-renew", values));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.second, ref, "reissue", NULL), FORBIDDEN);
	CHECK_OK(t->call, unit_scene_act(t, scene.second, ref, "renew", NULL));
	Certificate fresh = certificate_of(&scene, ref), former;
	CHECK_OK(t->call, certificate_find(t->call, old, &former));
	CHECK(text_is(fresh.is.replaces, old) && !text_is(fresh.number, old));
	CHECK_TEXT(former.state, "REPLACED");
	CHECK_INT(fresh.is.stars, 3);
	CHECK_INT(standing_of(&scene, "unit"), 3);
	CHECK_TEXT(look(&scene, ref).state, "ACTIVE");
}

TEST_DB(unit__a_decision_that_waits_can_be_dropped_and_nothing_comes_of_it)
{
	UnitScene scene = open_scene(t);
	Text ref = unit_of(&scene, "technical", "ACTIVE");
	Map *values = UNIT_VALUES(t, "stars", "4", "document", "d", "document_on", "2026-03-01", "reason", "Promotion.");
	CHECK_OK(t->call, unit_scene_act(t, scene.first, ref, "propose-reissue", values));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.second, ref, "suspend", values), CONFLICT); /* one decision at a time */
	CHECK_OK(t->call, unit_scene_act(t, scene.first, ref, "drop", values));
	CHECK_ERROR(t->call, unit_scene_act(t, scene.second, ref, "reissue", NULL), FORBIDDEN);
	CHECK_INT(look(&scene, ref).stars, 2);
}

TEST_DB(unit__its_days_end_by_themselves_also_while_it_is_suspended)
{
	UnitScene scene = open_scene(t);
	int64_t count;
	Text ref = unit_of(&scene, "technical", "ACTIVE"), other = unit_of(&scene, "partner", "SUSPENDED");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 0);
	t->call->now = look(&scene, ref).until_at - 90 * DAY_MS;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_TEXT(look(&scene, ref).state, "EXPIRING");
	CHECK_TEXT(look(&scene, other).state, "SUSPENDED");
	t->call->now = look(&scene, ref).until_at - 1;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_TEXT(look(&scene, ref).state, "EXPIRING");
	t->call->now = look(&scene, ref).until_at;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 2);
	CHECK_TEXT(look(&scene, ref).state, "EXPIRED");
	CHECK_TEXT(certificate_of(&scene, other).state, "EXPIRED");
	CHECK_INT(standing_of(&scene, "unit"), -1);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 0);
}

TEST_DB(unit__only_its_own_administrator_withdraws_it_and_strangers_do_not_even_see_it)
{
	UnitScene scene = open_scene(t);
	Text ref = unit_of(&scene, "technical", "ACTIVE");
	Map *values = UNIT_VALUES(t, "reason", "We stop.");
	Actor stranger = *scene.own, weak = *scene.first;
	stranger.organisation_id = 4711;
	stranger.person_id = 4711;
	weak.second_factor = false;
	CHECK_ERROR(t->call, unit_scene_act(t, &stranger, ref, "withdraw", values), NOT_FOUND);
	CHECK_ERROR(t->call, unit_scene_act(t, &weak, ref, "suspend", values), NOT_FOUND);
	CHECK_ERROR(t->call, unit_scene_act(t, scene.first, ref, "withdraw", values), FORBIDDEN);
	CHECK_ERROR(t->call, unit_scene_act(t, scene.own, ref, "suspend", values), FORBIDDEN);
	CHECK_OK(t->call, unit_scene_act(t, scene.own, ref, "withdraw", values));
	CHECK_TEXT(certificate_of(&scene, ref).state, "REVOKED");
	CHECK_INT(standing_of(&scene, "unit"), -1);
}

TEST_DB(unit__a_merger_opens_a_review)
{
	UnitScene scene = open_scene(t);
	Scene *people = arena_new_of(t->arena, Scene);
	int64_t count;
	*people = (Scene) { .t = t, .call = t->call };
	Text ref = unit_of(&scene, "technical", "ACTIVE");
	const Actor *coordinator = scene_person(people, "cora", ROLE_COORDINATOR);
	(void)scene_person(people, "hugo", ROLE_REPORTER);
	(void)scene_organisation(
		people, coordinator, &people->people[people->count - 1], "另一家公司", "9144030071526726XG", "other", "CN");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 0);
	t->call->actor = coordinator;
	CHECK_OK(t->call, org_merge(t->call, text_from(own_code), TEXT("9144030071526726XG"), TEXT("Merged.")));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 1);
	CHECK(look(&scene, ref).review.length > 0);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, unit_advance(t->call, &count));
	CHECK_INT(count, 0);
}
