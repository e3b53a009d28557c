/* Known internally: only by what was entered earlier, by two people, and the reporter learns number, instant and proof alone. */
#include "subject/report/internal.h"

#include "harness/scene.h"

typedef struct World {
	Scene *scene;
	Cast cast;
	Text report, record;
} World;

static Text enter(World *world, const Actor *actor)
{
	Text ref;
	scene_as(world->scene, actor);
	CHECK_OK(world->scene->call, internal_enter(world->scene->call,
					     VALUES(world->scene, "title", "INSIDETITLE", "content", "INSIDECONTENT", "document_sha256",
						     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
					     &ref));
	return ref;
}

static void send(World *world)
{
	scene_later(world->scene, 1000);
	scene_as(world->scene, world->cast.reporter);
	world->report = scene_report(world->scene, scene_values(world->scene));
	scene_as(world->scene, world->cast.coordinator);
	CHECK_OK(world->scene->call, scene_report_act(world->scene, world->report, "review", NULL));
}

static Error act(World *world, const Actor *actor, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return scene_report_act(world->scene, world->report, action, VALUES(world->scene, "record", world->record.at));
}

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	world.cast = scene_cast(world.scene);
	return world;
}

TEST_DB(internal__what_was_entered_earlier_proves_by_two_people_that_a_report_is_known)
{
	World world = open_world(t);
	Report report;
	Text proof;
	world.record = enter(&world, world.cast.verifier);
	send(&world);
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, "confirm-known"), INVALID); /* nothing is proposed */
	CHECK_OK(t->call, act(&world, world.cast.coordinator, "known"));
	CHECK_ERROR(t->call, act(&world, world.cast.second_coordinator, "known"), INVALID); /* once */
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, "confirm-known"), FORBIDDEN); /* a second person */
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, "confirm-known"));
	scene_as(world.scene, world.cast.reporter);
	CHECK_OK(t->call, report_open(t->call, world.report, &report));
	CHECK_TEXT(report.state, "DUPLICATE");
	CHECK(report.is_known && text_is(report.earlier_ref, world.record) && report.earlier_at < report.received_at);
	CHECK_OK(t->call, report_earlier_proof(t->call, &report, &proof));
	CHECK(text_find(proof, world.record, NULL) && !text_find(proof, TEXT("INSIDE"), NULL));
}

TEST_DB(attack__what_is_known_internally_is_never_shown_to_the_reporter)
{
	World world = open_world(t);
	InternalRecord record;
	InternalRecords records;
	KnownProposal proposal;
	Report report;
	world.record = enter(&world, world.cast.coordinator);
	send(&world);
	CHECK_OK(t->call, act(&world, world.cast.coordinator, "known"));
	const Actor *const outside[] = { world.cast.reporter, world.cast.verifier, world.cast.publisher };
	for (size_t i = 0; i < COUNT(outside); i++) {
		call_recover(t->call);
		scene_as(world.scene, outside[i]);
		CHECK_ERROR(t->call, internal_open(t->call, world.record, &record), NOT_FOUND);
		call_recover(t->call);
		CHECK_OK(t->call, internal_list(t->call, 0, 10, &records));
		CHECK_INT(records.count, 0);
	}
	scene_as(world.scene, world.cast.reporter);
	CHECK_OK(t->call, report_open(t->call, world.report, &report));
	CHECK_OK(t->call, report_known_proposal(t->call, &report, &proposal));
	CHECK(!proposal.ref.length);
	CHECK_ERROR(t->call, internal_enter(t->call, VALUES(world.scene, "title", "T", "content", "C"), &world.record), FORBIDDEN);
}

TEST_DB(attack__a_record_that_was_entered_after_the_report_proves_nothing)
{
	World world = open_world(t);
	send(&world);
	world.record = TEXT("N-0000-0000");
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, "known"), INVALID); /* a mere claim */
	call_recover(t->call);
	world.record = enter(&world, world.cast.coordinator);
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, "known"), INVALID);
}

TEST_DB(internal__another_decision_ends_the_proposal)
{
	World world = open_world(t);
	Report report;
	world.record = enter(&world, world.cast.coordinator);
	send(&world);
	CHECK_OK(t->call, act(&world, world.cast.coordinator, "known"));
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, "refuse-known"));
	CHECK_OK(t->call, act(&world, world.cast.coordinator, "known"));
	CHECK_OK(t->call,
		scene_report_act(world.scene, world.report, "reject", VALUES(world.scene, "code", "no-impact", "explanation", "None.")));
	scene_as(world.scene, world.cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(world.scene, world.report, "reopen", VALUES(world.scene, "explanation", "Again.")));
	CHECK_OK(t->call, report_open(t->call, world.report, &report));
	CHECK(!report.has_known);
}

TEST_DB(internal__a_digest_has_its_form)
{
	World world = open_world(t);
	Text ref;
	scene_as(world.scene, world.cast.coordinator);
	CHECK_ERROR(t->call, internal_enter(t->call, VALUES(world.scene, "title", "T", "content", "C", "document_sha256", "abc"), &ref),
		INVALID);
}
