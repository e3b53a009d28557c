/* Known internally: only by what was entered earlier, by two people, and the reporter learns number, instant and proof alone. */
#include "subject/report/internal.h"

#include "base/base/clock.h"
#include "base/crypto/authority.h"
#include "base/sandbox/inspect.h"
#include "harness/scene.h"
#include "store/setting/setting.h"

#include <unistd.h>

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

/* ---- Time stamps of somebody outside */
static InternalFile file_of(Test *t, const char *name, Text bytes)
{
	int file = -1;
	CHECK_OK(t->call, sandbox_file(t->call, &file));
	CHECK(write(file, bytes.at, bytes.length) == (ssize_t)bytes.length && lseek(file, 0, SEEK_SET) == 0);
	return (InternalFile) { text_from(name), file, (int64_t)bytes.length };
}

/* A house with a sandbox that trusts an authority, at the time of the machine, by whose clock the authority stamps. */
static World open_stamped(Test *t, Text *out_stamp)
{
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_TIMESTAMP] = internal_stamp_work };
	t->call->now = clock_wall();
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	World world = open_world(t);
	Text root = authority_new(t, &(Authority) { "authority", NULL, 10, AUTHORITY_DAYS });
	*out_stamp = authority_stamp(t, "authority", TEXT("the document"), "sha256");
	if (!t->house->settings)
		CHECK_OK(t->call, settings_open(t->call, arena_printf(t->arena, "%s/settings.conf", t->directory).at, &t->house->settings));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, setting_set(t->call, SETTING_timestamp_anchors, root));
	scene_later(world.scene, 60000);
	return world;
}

static Error enter_stamped(World *world, Text document, Text stamp, const char *key)
{
	Test *t = world->scene->t;
	bool repeated = false;
	InternalNew new = { .values = VALUES(world->scene, "title", "INSIDETITLE", "content", "INSIDECONTENT"), .key = text_from(key) };
	if (document.length) new.document = file_of(t, "INSIDENAME.txt", document);
	if (stamp.length) new.stamp = file_of(t, "a.tsr", stamp);
	call_recover(t->call);
	scene_as(world->scene, world->cast.coordinator);
	return internal_enter_with(t->call, &new, &world->record, &repeated);
}

/* Refused with these words at this field. */
static void refused(World *world, Error error, const char *field, const char *words)
{
	Test *t = world->scene->t;
	const Failure *failure = &t->call->failure;
	bool is_said = error == ERROR_INVALID && failure->problems.count == 1 && text_is(failure->problems.at[0].field, text_from(field)) &&
		       strstr(failure->problems.at[0].message, words);
	if (!is_said)
		test_fail(__FILE__, __LINE__, "%s at %s: %s", error_name(error), field,
			failure->problems.count ? failure->problems.at[0].message : "nothing");
	call_recover(t->call);
}

TEST_DB(internal__a_time_stamp_proves_its_instant_though_the_record_was_entered_later)
{
	Text stamp, token;
	World world = open_stamped(t, &stamp);
	Report report;
	InternalRecord record;
	Attachments files;
	send(&world);
	scene_later(world.scene, 1000);
	CHECK_OK(t->call, enter_stamped(&world, TEXT("the document"), stamp, ""));
	CHECK_OK(t->call, internal_open(t->call, world.record, &record));
	CHECK(record.proven_at == record.stamp.at + 1000 && record.proven_at < record.entered_at);
	CHECK_TEXT(record.stamp.by, "CN=authority");
	CHECK_OK(t->call, internal_files(t->call, &record, &files));
	CHECK_INT(files.count, 1);
	CHECK(text_is(files.at[0].sha256, record.document_sha256));
	CHECK_OK(t->call, act(&world, world.cast.coordinator, "known"));
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, "confirm-known"));
	scene_as(world.scene, world.cast.reporter);
	CHECK_OK(t->call, report_open(t->call, world.report, &report));
	CHECK(report.is_known && report.is_stamped && report.earlier_at == record.proven_at);
	CHECK_OK(t->call, report_earlier_stamp(t->call, &report, &token));
	CHECK(text_is(token, record.stamp.token) && !text_find(token, TEXT("INSIDE"), NULL));
}

TEST_DB(attack__a_time_stamp_that_does_not_prove_is_refused_with_its_reason_and_nothing_is_stored)
{
	Text stamp, other = TEXT("another document");
	World world = open_stamped(t, &stamp);
	InternalRecords records;
	refused(&world, enter_stamped(&world, other, stamp, ""), "timestamp", "another file");
	refused(&world, enter_stamped(&world, (Text) { 0 }, stamp, ""), "document", "needs the file");
	refused(&world, enter_stamped(&world, other, TEXT("no token"), ""), "timestamp", "no time stamp");
	authority_new(t, &(Authority) { "stranger", NULL, 10, AUTHORITY_DAYS });
	refused(&world, enter_stamped(&world, other, authority_stamp(t, "stranger", other, "sha256"), ""), "timestamp", "not among those");
	scene_as(world.scene, world.cast.coordinator);
	CHECK_OK(t->call, internal_list(t->call, 0, 10, &records));
	CHECK_INT(records.count, 0);
}

TEST_DB(internal__the_same_key_gives_the_same_record)
{
	Text stamp, first;
	World world = open_stamped(t, &stamp);
	InternalRecords records;
	CHECK_OK(t->call, enter_stamped(&world, TEXT("the document"), stamp, "k"));
	first = world.record;
	CHECK_OK(t->call, enter_stamped(&world, TEXT("the document"), stamp, "k"));
	CHECK(text_is(world.record, first));
	CHECK_OK(t->call, internal_list(t->call, 0, 10, &records));
	CHECK_INT(records.count, 1);
}
