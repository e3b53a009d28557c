/* Evidenced contributions: two people, evidence, and points on the day they were done. */
#include "base/base/clock.h"
#include "base/sandbox/inspect.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/merit/deed.h"
#include "subject/merit/merit.h"

#include <fcntl.h>
#include <unistd.h>

static const char unit_code[] = "91110108551385082Q";

typedef struct World {
	Scene *scene;
	Actor *member, *stranger;
	const Actor *secretary, *second;
	int64_t unit;
} World;

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	if (!t->house->sandbox)
		CHECK_OK(
			t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
	const Actor *coordinator = scene_person(world.scene, "carol", ROLE_COORDINATOR);
	(void)scene_person(world.scene, "olga", ROLE_REPORTER);
	world.member = &world.scene->people[world.scene->count - 1];
	world.unit = scene_organisation(world.scene, coordinator, world.member, "示例安全公司", unit_code, "unit", "CN");
	(void)scene_person(world.scene, "sam", ROLE_REPORTER);
	world.stranger = &world.scene->people[world.scene->count - 1];
	world.secretary = scene_person(world.scene, "mi", ROLE_SECRETARY);
	world.second = scene_person(world.scene, "ni", ROLE_SECRETARY);
	return world;
}

static Map *a_talk(World *world)
{
	return VALUES(world->scene, "kind", "talk", "what", "A talk on hidden entry points.", "done_on", "2026-02-20", "evidence",
		"Programme of the salon", "credit_code", unit_code);
}

static Text state_one(World *world, const Actor *actor, bool as_office)
{
	Text ref;
	scene_as(world->scene, actor);
	CHECK_OK(world->scene->call, deed_state(world->scene->call, a_talk(world), as_office, &ref));
	return ref;
}

static void add_evidence(World *world, const Actor *actor, Text ref)
{
	Test *t = world->scene->t;
	Deed deed;
	Attachment attachment;
	const char *path = arena_printf(t->arena, "%s/evidence", t->directory).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(file, "text", 4) == 4 && lseek(file, 0, SEEK_SET) == 0);
	scene_as(world->scene, actor);
	CHECK_OK(t->call, deed_open(t->call, ref, &deed));
	CHECK(deed_takes_files(&deed, actor));
	CHECK_OK(t->call, attachment_store(t->call, (AttachmentOwner) { deed_machine.name, deed.id, deed.seal_key, false },
				  TEXT("evidence.txt"), file, 4, &attachment));
	close(file);
}

static Error act(World *world, const Actor *actor, Text ref, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return deed_act(world->scene->call, ref, text_from(action), 0, VALUES(world->scene, "reason", "A reason."));
}

static int64_t points_of(World *world)
{
	Call *call = world->scene->call;
	MeritScore score;
	int64_t numbered = 1, counted;
	while (numbered) CHECK_OK(call, ledger_sequence(call, &numbered));
	scene_as(world->scene, &actor_system);
	CHECK_OK(call, merit_follow(call, 500, &counted));
	CHECK_OK(call, merit_score(call, world->unit, 2026, &score));
	return score.points;
}

TEST(deed__its_table_has_no_fault) { CHECK(!workflow_fault(t->arena, &deed_machine).length); }

TEST_DB(deed__counts_once_a_secretary_has_confirmed_its_evidence_and_no_longer_when_that_is_taken_back)
{
	World world = open_world(t);
	Text ref = state_one(&world, world.member, false);
	CHECK_ERROR(t->call, act(&world, world.secretary, ref, "confirm"), INVALID); /* no evidence */
	add_evidence(&world, world.member, ref);
	CHECK_INT(points_of(&world), 0);
	CHECK_ERROR(t->call, act(&world, world.member, ref, "confirm"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.secretary, ref, "confirm"));
	CHECK_INT(points_of(&world), 500);
	CHECK_ERROR(t->call, act(&world, world.secretary, ref, "revoke"), FORBIDDEN); /* who confirmed it */
	CHECK_OK(t->call, act(&world, world.second, ref, "revoke"));
	CHECK_INT(points_of(&world), 0);
}

TEST_DB(deed__of_the_past_counts_in_the_month_it_was_done)
{
	World world = open_world(t);
	MeritEntries entries;
	Organisation organisation;
	int64_t done;
	Text ref = state_one(&world, world.member, false);
	add_evidence(&world, world.member, ref);
	CHECK_OK(t->call, act(&world, world.secretary, ref, "confirm"));
	CHECK_INT(points_of(&world), 500);
	scene_as(world.scene, world.member);
	CHECK_OK(t->call, org_find(t->call, world.unit, &organisation));
	CHECK_OK(t->call, merit_entries(t->call, &organisation, 2026, 0, 10, &entries));
	CHECK(clock_parse(TEXT("2026-02-19T16:00:00Z"), &done));
	CHECK_INT(entries.at[0].at, done);
	CHECK(text_is(entries.at[0].shown, ref));
}

TEST_DB(deed__entered_by_a_secretary_is_confirmed_by_another_one)
{
	World world = open_world(t);
	Text ref = state_one(&world, world.secretary, true);
	add_evidence(&world, world.secretary, ref);
	CHECK_ERROR(t->call, act(&world, world.secretary, ref, "confirm"), FORBIDDEN);
	CHECK_ERROR(t->call, act(&world, world.member, ref, "withdraw"), FORBIDDEN); /* not its statement */
	CHECK_OK(t->call, act(&world, world.second, ref, "confirm"));
	CHECK_INT(points_of(&world), 500);
}

TEST_DB(deed__is_seen_by_its_organisation_and_the_office_alone)
{
	World world = open_world(t);
	Deed deed;
	Deeds deeds;
	Text ref = state_one(&world, world.member, false), other;
	const Actor *strangers[] = { world.stranger, &actor_visitor };
	for (size_t i = 0; i < COUNT(strangers); i++) {
		scene_as(world.scene, strangers[i]);
		CHECK_ERROR(t->call, deed_open(t->call, ref, &deed), NOT_FOUND);
		CHECK_ERROR(t->call, act(&world, strangers[i], ref, "withdraw"), NOT_FOUND);
		CHECK_OK(t->call, deed_in_state(t->call, TEXT("STATED"), 0, 10, &deeds));
		CHECK_INT(deeds.count, 0);
		CHECK_ERROR(t->call, deed_state(t->call, a_talk(&world), false, &other), FORBIDDEN); /* no organisation */
		CHECK_ERROR(t->call, deed_state(t->call, a_talk(&world), true, &other), FORBIDDEN);
	}
	scene_as(world.scene, world.secretary);
	CHECK_OK(t->call, deed_in_state(t->call, TEXT("STATED"), 0, 10, &deeds));
	CHECK_INT(deeds.count, 1);
	CHECK_OK(t->call, act(&world, world.second, ref, "refuse"));
	scene_as(world.scene, world.member);
	CHECK_OK(t->call, deed_open(t->call, ref, &deed));
	CHECK_TEXT(deed.reason, "A reason.");
	CHECK(!deed_takes_files(&deed, world.member));
}

TEST_DB(deed__what_is_wrong_is_said_at_its_field)
{
	World world = open_world(t);
	static const char *const wrong[][2] = { { "kind", "party" }, { "what", "" }, { "done_on", "2027-01-01" }, { "done_on", "soon" },
		{ "credit_code", "x" } };
	scene_as(world.scene, world.secretary);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Text ref;
		Map *values = a_talk(&world);
		form_set(t->arena, values, text_from(wrong[i][0]), text_from(wrong[i][1]));
		CHECK(deed_state(t->call, values, true, &ref) == ERROR_INVALID);
		CHECK_INT(t->call->failure.problems.count, 1);
		CHECK(text_is(t->call->failure.problems.at[0].field, text_from(wrong[i][0])));
		call_recover(t->call);
	}
}
