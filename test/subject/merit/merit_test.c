/* Contribution points: entries follow the facts, are taken back with them, obey the rule of their time, and tell nobody what is not theirs. */
#include "base/base/clock.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile.h"
#include "subject/merit/merit_private.h"
#include "subject/merit/merit_test.sql.h"
#include "subject/party/party_fixture.h"

#define DAY_MS ((int64_t)86400000)
static const char unit_code[] = "91110108551385082Q", other_code[] = "91350100M000100Y43";
enum { YEAR = 2026 };

typedef struct World {
	Scene *scene;
	Cast cast;
	int64_t unit, other; /* organisations of the finder, and of a second one */
	const Actor *secretary, *second, *finder, *rival;
} World;

static const Actor *member(World *world, const char *handle, const char *name, const char *code, int64_t *out_id)
{
	Scene *scene = world->scene;
	(void)scene_person(scene, handle, ROLE_REPORTER);
	Actor *actor = &scene->people[scene->count - 1];
	*out_id = scene_organisation(scene, world->cast.coordinator, actor, name, code, "unit", "CN");
	return actor;
}

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	party_set_hooks(&casefile_party_hooks);
	world.cast = scene_cast(world.scene);
	world.finder = world.cast.reporter = member(&world, "olga", "示例安全公司", unit_code, &world.unit);
	world.rival = member(&world, "rita", "另一安全公司", other_code, &world.other);
	world.secretary = scene_person(world.scene, "mi", ROLE_SECRETARY);
	world.second = scene_person(world.scene, "ni", ROLE_SECRETARY);
	return world;
}

/* Numbers what was committed and counts all of it. */
static void count(World *world)
{
	Call *call = world->scene->call;
	int64_t numbered = 1, counted = 1;
	while (numbered) CHECK_OK(call, ledger_sequence(call, &numbered));
	scene_as(world->scene, &actor_system);
	for (int i = 0; i < 100 && counted; i++) CHECK_OK(call, merit_follow(call, 500, &counted));
}

static MeritScore score_of(World *world, int64_t organisation_id)
{
	MeritScore score;
	CHECK_OK(world->scene->call, merit_score(world->scene->call, organisation_id, YEAR, &score));
	return score;
}

static MeritSum sum_of(World *world, int64_t organisation_id, const char *code)
{
	MeritScore score = score_of(world, organisation_id);
	for (size_t i = 0; i < score.sums.count; i++)
		if (text_is(score.sums.at[i].code, text_from(code))) return score.sums.at[i];
	return (MeritSum) { 0 };
}

static MeritEntries entries_of(World *world, const Actor *reader, int64_t organisation_id)
{
	MeritEntries entries;
	Organisation organisation;
	CHECK_OK(world->scene->call, org_find(world->scene->call, organisation_id, &organisation));
	scene_as(world->scene, reader);
	CHECK_OK(world->scene->call, merit_entries(world->scene->call, &organisation, YEAR, 0, 100, &entries));
	return entries;
}

static Text fault_of(World *world)
{
	MeritCheck check = { 0 };
	CHECK_OK(world->scene->call, merit_check(world->scene->call, &check));
	return check.fault;
}

static void accept_one(World *world)
{
	scene_open_casefile(world->scene, &world->cast, false);
	scene_bring_to(world->scene, &world->cast, "ACCEPTED");
}

TEST(merit__points_are_read_and_written_in_hundredths)
{
	int64_t points = 0;
	CHECK(merit_points_parse(TEXT("12.5"), &points) && points == 1250);
	CHECK(merit_points_parse(TEXT("0.05"), &points) && points == 5);
	CHECK(merit_points_parse(TEXT("7"), &points) && points == 700);
	static const char *const wrong[] = { "", "-1", "1.", ".5", "1.234", "1.-5", "1,5", "1e3", "999999999999" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!merit_points_parse(text_from(wrong[i]), &points));
	CHECK_TEXT(merit_points_text(t->arena, -1205), "-12.05");
	CHECK_TEXT(merit_points_text(t->arena, 5), "0.05");
}

TEST(merit__a_year_begins_in_beijing)
{
	int64_t at;
	CHECK(clock_parse(TEXT("2026-12-31T15:59:59Z"), &at));
	CHECK_INT(merit_year(at), 2026);
	CHECK_INT(merit_year(at + 1000), 2027);
}

TEST_DB(merit__an_accepted_original_counts_once_by_the_lines_of_the_rule)
{
	World world = open_world(t);
	accept_one(&world);
	count(&world);
	MeritSum high = sum_of(&world, world.unit, "find-high"), critical = sum_of(&world, world.unit, "find-critical");
	CHECK_INT(high.points + critical.points, high.points ? 1000 : 2000);
	CHECK_INT(sum_of(&world, world.unit, "find-first").points, 100);
	CHECK_INT(sum_of(&world, world.unit, "find-complete").points, 50);
	CHECK_INT(sum_of(&world, world.unit, "find-known").points, 0);
	CHECK_INT(score_of(&world, world.other).points, 0);
	size_t entries = entries_of(&world, world.finder, world.unit).count;
	t->call->now += 2 * DAY_MS; /* the daily look finds nothing else */
	count(&world);
	CHECK_INT(entries_of(&world, world.finder, world.unit).count, entries);
	CHECK(!fault_of(&world).length);
}

TEST_DB(merit__nothing_counts_before_the_acceptance)
{
	World world = open_world(t);
	scene_open_casefile(world.scene, &world.cast, false);
	scene_bring_to(world.scene, &world.cast, "RATED");
	count(&world);
	CHECK_INT(score_of(&world, world.unit).points, 0);
}

TEST_DB(merit__what_is_withdrawn_is_taken_back_by_an_entry_of_its_own)
{
	World world = open_world(t);
	accept_one(&world);
	count(&world);
	size_t given = entries_of(&world, world.finder, world.unit).count;
	CHECK(given > 0);
	scene_as(world.scene, world.finder);
	CHECK_OK(t->call, scene_report_act(world.scene, world.cast.report, "withdraw", VALUES(world.scene, "reason", "Wrong product.")));
	count(&world);
	MeritEntries entries = entries_of(&world, world.finder, world.unit);
	CHECK_INT(entries.count, 2 * given);
	CHECK_INT(entries.at[0].turn, 1);
	CHECK_INT(score_of(&world, world.unit).points, 0);
	CHECK(!fault_of(&world).length);
}

static Error attach_second(World *world, Text *out_report)
{
	Scene *scene = world->scene;
	Map *into = VALUES(scene, "casefile", "");
	scene_as(scene, world->rival);
	*out_report = scene_report(scene, scene_values(scene));
	scene_as(scene, world->cast.coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, *out_report, "review", NULL));
	form_set(scene->t->arena, into, TEXT("casefile"), world->cast.casefile);
	return scene_report_act(scene, *out_report, "attach", into);
}

TEST_DB(merit__two_who_found_the_same_both_count_and_only_one_was_first)
{
	World world = open_world(t);
	Text report;
	accept_one(&world);
	scene_later(world.scene, 1000);
	CHECK_OK(t->call, attach_second(&world, &report));
	count(&world);
	CHECK_INT(sum_of(&world, world.unit, "find-first").points, 100);
	CHECK_INT(sum_of(&world, world.other, "find-first").points, 0);
	CHECK(score_of(&world, world.other).points > 0);
	MeritEntries entries = entries_of(&world, world.rival, world.other);
	for (size_t i = 0; i < entries.count; i++) {
		CHECK(text_is(entries.at[i].shown, report)); /* its own report, never the casefile nor the other one's */
		CHECK_INT(entries.at[i].at, t->call->now);
	}
	CHECK(!fault_of(&world).length);
}

TEST_DB(merit__casefiles_of_one_cause_count_once_after_they_were_merged)
{
	World world = open_world(t);
	accept_one(&world);
	count(&world);
	int64_t once = score_of(&world, world.unit).points;
	Text stays = world.cast.casefile;
	accept_one(&world);
	count(&world);
	CHECK_INT(score_of(&world, world.unit).points, 2 * once);
	Map *values = VALUES(world.scene, "reason", "The same function.");
	form_set(t->arena, values, TEXT("survivor"), stays);
	scene_as(world.scene, world.cast.coordinator);
	CHECK_OK(t->call, scene_casefile_act(world.scene, world.cast.casefile, "propose-merge", values));
	scene_as(world.scene, world.cast.second_coordinator);
	CHECK_OK(t->call, scene_casefile_act(world.scene, world.cast.casefile, "merge", NULL));
	count(&world);
	CHECK_INT(score_of(&world, world.unit).points, once);
	CHECK(!fault_of(&world).length);
}

static Error join(Call *call, void *argument)
{
	const int64_t *ids = argument;
	return test_merit_join(call, TEXT("joined"), ids[0], ids[1], call->now);
}

static void verify_after(World *world, int64_t later)
{
	Scene *scene = world->scene;
	scene_open_casefile(scene, &world->cast, false);
	scene_later(scene, later);
	scene_bring_to(scene, &world->cast, "RATED");
	count(world);
}

TEST_DB(merit__a_verification_in_time_counts_for_the_organisation_of_who_did_it)
{
	World world = open_world(t);
	int64_t ids[] = { world.cast.verifier->person_id, world.other };
	verify_after(&world, DAY_MS);
	CHECK_INT(sum_of(&world, world.other, "verify-in-time").points, 0); /* staff did it */
	CHECK_OK(t->call, db_transact(t->call, join, ids));
	verify_after(&world, DAY_MS);
	CHECK_INT(sum_of(&world, world.other, "verify-in-time").points, 200);
	verify_after(&world, 60 * DAY_MS);
	CHECK_INT(sum_of(&world, world.other, "verify-in-time").points, 200); /* late */
	MeritEntries entries = entries_of(&world, world.rival, world.other);
	CHECK_INT(entries.count, 1);
	CHECK_INT(entries.at[0].shown.length, 0); /* nobody in the organisation learns of which casefile */
}

TEST_DB(merit__a_notice_signed_for_in_time_counts_for_the_vendor)
{
	World world = open_world(t);
	accept_one(&world);
	scene_tell_vendor(world.scene, &world.cast);
	scene_later(world.scene, DAY_MS);
	scene_repair(world.scene, &world.cast);
	count(&world);
	int64_t vendor = world.scene->vendor->organisation_id;
	CHECK_INT(sum_of(&world, vendor, "notice-signed").points, 50);
	CHECK_INT(sum_of(&world, vendor, "fixed-in-time").points, 0); /* it was fixed before: no time ran */
	CHECK(!fault_of(&world).length);
}

static World around(Test *t, PartyScene **out_party)
{
	*out_party = party_scene(t);
	return (World) { .scene = (*out_party)->scene };
}

TEST_DB(merit__a_vulnerability_fixed_in_time_counts_for_the_vendor_until_it_is_opened_again)
{
	PartyScene *party;
	World world = around(t, &party);
	party_bring_to(party, "DONE");
	count(&world);
	CHECK_INT(sum_of(&world, party->vendor_org, "fixed-in-time").points, 400);
	scene_as(world.scene, party->cast.coordinator);
	CHECK_OK(t->call, party_act(t->call, party->ref, TEXT("reopen"), 0, VALUES(world.scene, "reason", "It came back.")));
	count(&world);
	CHECK_INT(sum_of(&world, party->vendor_org, "fixed-in-time").points, 0);
	CHECK(!fault_of(&world).length);
}

TEST_DB(merit__a_vulnerability_fixed_too_late_counts_nothing)
{
	PartyScene *party;
	World world = around(t, &party);
	party_bring_to(party, "FIXING");
	(void)party_pass_days(party, 200);
	party_do(party, party->vendor, "fix");
	CHECK_OK(t->call, party_try(party, party->vendor, "fix", VALUES(world.scene, "line", "8.x", "fixed", "8.0.2")));
	party_do(party, party->vendor, "declare");
	party_do(party, party->cast.coordinator, "assign");
	party_do(party, party->cast.verifier, "spot");
	count(&world);
	CHECK_INT(sum_of(&world, party->vendor_org, "fixed-in-time").points, 0);
}

/* ---- The rule */
static Error propose(World *world, const Actor *actor, const char *rows, const char *from_on)
{
	Scene *scene = world->scene;
	call_recover(scene->call);
	scene_as(scene, actor);
	Map *values = VALUES(scene, "stars", "| technical | 1 | 30 | 20 |", "reason", "A reason.");
	form_set(scene->t->arena, values, TEXT("rows"), text_from(rows));
	form_set(scene->t->arena, values, TEXT("from_on"), text_from(from_on));
	return merit_rule_propose(scene->call, values);
}

#define ROW(code, events, credit, conditions, points, cap, counts) \
	"| " code " | 某 | A line | " events " | " credit " | " conditions " | " points " | " cap " | year | " counts " |\n"
static const char good[] = ROW("part", "casefile.undertake casefile.confirm", "actor", "", "0.25", "0.60", "each")
	ROW("find", "casefile.accept", "finder", "", "7", "", "once");

TEST_DB(merit__the_first_rule_can_be_read_and_each_version_holds_from_its_day)
{
	World world = open_world(t);
	MeritRules rules;
	CHECK_OK(t->call, propose(&world, world.secretary, good, "2026-04-01"));
	CHECK_ERROR(t->call, propose(&world, world.second, good, "2026-04-01"), CONFLICT);
	scene_as(world.scene, world.secretary);
	CHECK_ERROR(t->call, merit_rule_settle(t->call, 2, true), FORBIDDEN);
	scene_as(world.scene, world.second);
	CHECK_OK(t->call, merit_rule_settle(t->call, 2, true));
	CHECK_ERROR(t->call, merit_rule_settle(t->call, 2, true), CONFLICT);
	CHECK_OK(t->call, merit_rules(t->call, false, &rules));
	CHECK_INT(rules.count, 2);
	CHECK(rules.at[0].rows.count > 10 && rules.at[0].stars.count == 7);
	CHECK_INT(merit_rule_at(&rules, t->call->now)->number, 1);
	CHECK_INT(merit_rule_at(&rules, t->call->now + 60 * DAY_MS)->number, 2);
}

TEST_DB(merit__a_rule_is_changed_by_secretaries_for_days_to_come_and_its_lines_must_be_readable)
{
	World world = open_world(t);
	CHECK_ERROR(t->call, propose(&world, world.cast.coordinator, good, "2026-04-01"), FORBIDDEN);
	CHECK_ERROR(t->call, propose(&world, world.secretary, good, "2026-03-05"), INVALID);
	static const char *const wrong[] = { ROW("part", "casefile", "actor", "", "1", "", "each"),
		ROW("part", "merit.grant", "actor", "", "1", "", "each"), ROW("part", "casefile.part", "anybody", "", "1", "", "each"),
		ROW("part", "casefile.part", "actor", "level", "1", "", "each"), ROW("part", "casefile.part", "actor", "", "0", "", "each"),
		ROW("part", "casefile.part", "actor", "", "1", "x", "each"), ROW("part", "casefile.part", "actor", "", "1", "", "twice"),
		ROW("Part", "casefile.part", "actor", "", "1", "", "once"),
		"| a | 某 | A | casefile.part | actor |  | 1 |  | year | once || b | 某 | B | casefile.part | actor |  | 1 |  | year | "
		"once |\n",
		ROW("a", "casefile.part", "actor", "", "1", "", "once") ROW("a", "casefile.part", "actor", "", "1", "", "once") };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK_ERROR(t->call, propose(&world, world.secretary, wrong[i], "2026-04-01"), INVALID);
	CHECK_OK(t->call, propose(&world, world.secretary, good, "2026-03-06"));
	scene_later(world.scene, 2 * DAY_MS);
	scene_as(world.scene, world.second);
	CHECK_ERROR(t->call, merit_rule_settle(t->call, 2, true), INVALID); /* its day has come */
	CHECK_OK(t->call, merit_rule_settle(t->call, 2, false));
	CHECK_OK(t->call, propose(&world, world.second, good, "2026-04-01"));
}

TEST_DB(merit__a_new_line_is_enough_for_a_new_kind_of_event_and_counts_what_comes_after_it)
{
	World world = open_world(t);
	int64_t ids[] = { world.cast.verifier->person_id, world.other };
	CHECK_OK(t->call, db_transact(t->call, join, ids));
	accept_one(&world);
	CHECK_OK(t->call, propose(&world, world.secretary, good, "2026-03-07"));
	scene_as(world.scene, world.second);
	CHECK_OK(t->call, merit_rule_settle(t->call, 2, true));
	count(&world);
	int64_t before = score_of(&world, world.unit).points;
	CHECK_INT(sum_of(&world, world.unit, "find").points, 0);
	scene_later(world.scene, 3 * DAY_MS);
	scene_open_casefile(world.scene, &world.cast, false);
	scene_bring_to(world.scene, &world.cast, "RATED");
	scene_open_casefile(world.scene, &world.cast, false);
	scene_bring_to(world.scene, &world.cast, "ACCEPTED");
	count(&world);
	CHECK_INT(sum_of(&world, world.unit, "find").points, 700);
	CHECK_INT(score_of(&world, world.unit).points, before + 700);
	MeritSum part = sum_of(&world, world.other, "part");
	CHECK_INT(part.points, 100);
	CHECK_INT(part.counted, 60); /* its cap */
	CHECK(!fault_of(&world).length);
}

/* ---- The check */
static Error change(Call *call, void *argument)
{
	(void)argument;
	return test_merit_change(call, TEXT("find-first"), 100000);
}
static Error take_away(Call *call, void *argument)
{
	(void)argument;
	return test_merit_remove(call, TEXT("find-first"));
}
static Error add(Call *call, void *argument)
{
	(void)argument;
	return test_merit_give(call, TEXT("find-first"), TEXT("casefile:another"));
}

TEST_DB(merit__the_check_finds_an_entry_that_was_changed_removed_or_invented)
{
	World world = open_world(t);
	static Error (*const breaks[])(Call * call, void *argument) = { change, take_away };
	static const char *const says[] = { "changed", "missing" };
	accept_one(&world);
	count(&world);
	CHECK(!fault_of(&world).length);
	CHECK_OK(t->call, db_transact(t->call, add, NULL));
	CHECK(text_find(fault_of(&world), TEXT("another entry"), NULL));
	for (size_t i = 0; i < COUNT(breaks); i++) {
		World fresh = world;
		CHECK_OK(t->call, db_transact(t->call, breaks[i], NULL));
		Text fault = fault_of(&fresh);
		CHECK(text_find(fault, TEXT("casefile C-"), NULL));
		if (i == 1) CHECK(text_find(fault, text_from(says[i]), NULL) && text_find(fault, TEXT("find-first"), NULL));
	}
}

TEST_DB(merit__what_is_not_counted_yet_is_said_and_is_no_difference)
{
	World world = open_world(t);
	MeritCheck check = { 0 };
	int64_t numbered = 1;
	accept_one(&world);
	while (numbered) CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	CHECK_OK(t->call, merit_check(t->call, &check));
	CHECK(!check.fault.length && check.waiting > 0);
}

/* ---- Who may see */
TEST_DB(merit__members_see_their_own_points_the_office_all_and_nobody_else_any)
{
	World world = open_world(t);
	MeritEntries entries;
	MeritStands stands;
	Organisation organisation;
	accept_one(&world);
	count(&world);
	CHECK_OK(t->call, org_find(t->call, world.unit, &organisation));
	const Actor *others[] = { world.rival, world.cast.coordinator, world.cast.publisher, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(world.scene, others[i]);
		CHECK_ERROR(t->call, merit_entries(t->call, &organisation, YEAR, 0, 10, &entries), NOT_FOUND);
		CHECK_ERROR(t->call, merit_open(t->call, organisation.ref, &organisation), NOT_FOUND);
		CHECK_ERROR(t->call, merit_stands(t->call, YEAR, &stands), FORBIDDEN);
	}
	CHECK(entries_of(&world, world.finder, world.unit).count > 0);
	CHECK(entries_of(&world, world.secretary, world.unit).count > 0);
	scene_as(world.scene, world.secretary);
	CHECK_OK(t->call, merit_stands(t->call, YEAR, &stands));
	CHECK_INT(stands.count, 1);
	CHECK(stands.at[0].organisation.id == world.unit && stands.at[0].stars == -1);
}

TEST_DB(merit__a_unit_is_told_what_is_missing_to_the_next_star)
{
	World world = open_world(t);
	MeritAims aims;
	accept_one(&world);
	count(&world);
	CHECK_OK(t->call, org_standing_set(t->call, world.unit, &(Standing) { .kind = TEXT("unit"), .stars = 1, .from_at = t->call->now }));
	MeritScore score = score_of(&world, world.unit);
	CHECK_OK(t->call, merit_aims(t->call, world.unit, &score, &aims));
	CHECK_INT(aims.count, 1);
	CHECK_INT(aims.at[0].next, 2);
	CHECK_INT(aims.at[0].missing, 8000 - score.points);
	CHECK_INT(aims.at[0].keep, 2000);
	for (size_t i = 0; i < aims.at[0].ways.count; i++) {
		CHECK(aims.at[0].ways.at[i].times * aims.at[0].ways.at[i].points >= aims.at[0].missing);
		CHECK(!text_is(aims.at[0].ways.at[i].code, TEXT("find-low"))); /* its cap leaves no room for so much */
	}
}

TEST_DB(merit__a_selection_looks_at_the_running_year_and_the_one_before)
{
	World world = open_world(t);
	int64_t points = 0;
	accept_one(&world);
	count(&world);
	int64_t now = score_of(&world, world.unit).points;
	for (int years = 0; years < 3; years++) {
		CHECK_OK(t->call, merit_contribution(t->call, world.unit, &points));
		CHECK_INT(points, years < 2 ? now : 0);
		scene_later(world.scene, 365 * DAY_MS);
	}
}
