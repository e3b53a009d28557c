/* Certificates of original finds: who comes on the list, two people, the certificate, and what takes it away. */
#include "subject/find/find.h"

#include "base/base/clock.h"
#include "harness/scene.h"
#include "people/notice/notice.h"
#include "store/db/db.h"
#include "work/certificate/certificate.h"

#include <pthread.h>

#define DAYS(n) ((int64_t)(n)*86400000)

typedef struct World {
	Scene *scene;
	Cast cast;
	Text list; /* of the month of the scene's beginning */
} World;

/* A casefile that was accepted, of a report with these changes. */
static Text accepted(World *world, const char *field, const char *value)
{
	Scene *scene = world->scene;
	Cast *cast = &world->cast;
	Map *values = scene_values(scene);
	Casefiles casefiles;
	form_set(scene->t->arena, values, TEXT("sent_to"), TEXT("only"));
	form_set(scene->t->arena, values, TEXT("also_sent"), TEXT("CNVD"));
	form_set(scene->t->arena, values, TEXT("disclosed_where"), TEXT("https://example.org/a"));
	if (field) form_set(scene->t->arena, values, text_from(field), text_from(value));
	if (value && !strcmp(value, "known")) form_set(scene->t->arena, values, TEXT("known_number"), TEXT("CVE-2024-1234"));
	scene_as(scene, cast->reporter);
	cast->report = scene_report(scene, values);
	scene_as(scene, cast->coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, cast->report, "review", NULL));
	CHECK_OK(scene->call, scene_report_act(scene, cast->report, "attach", VALUES(scene, "verifier", "vera")));
	CHECK_OK(scene->call, casefile_queue(scene->call, TEXT("VERIFYING"), 0, 50, &casefiles));
	cast->casefile = casefiles.at[casefiles.count - 1].ref;
	scene_bring_to(scene, cast, "ACCEPTED");
	return cast->casefile;
}

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	world.cast = scene_cast(world.scene);
	return world;
}

static Text month_now(World *world)
{
	int year, month, day;
	clock_civil((world->scene->call->now + 8 * INT64_C(3600000)) / DAYS(1), &year, &month, &day);
	return arena_printf(world->scene->t->arena, "%04d-%02d", year, month);
}

static void open_list(World *world)
{
	Text month = month_now(world), other;
	scene_as(world->scene, world->cast.coordinator);
	CHECK_ERROR(world->scene->call, find_list_begin(world->scene->call, month, &other), INVALID); /* it is not over */
	call_recover(world->scene->call);
	scene_later(world->scene, DAYS(31));
	CHECK_OK(world->scene->call, find_list_begin(world->scene->call, month, &world->list));
}

static Finds listed(World *world)
{
	FindList list;
	Finds finds;
	scene_as(world->scene, world->cast.coordinator);
	CHECK_OK(world->scene->call, find_list_open(world->scene->call, world->list, &list));
	CHECK_OK(world->scene->call, find_of_list(world->scene->call, &list, &finds));
	return finds;
}

static Error act_on_list(World *world, const Actor *actor, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return find_list_act(world->scene->call, world->list, text_from(action), 0,
		VALUES(world->scene, "document", "软测〔2026〕12号", "reason", "A reason."));
}

static Error act(World *world, const Actor *actor, Text ref, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return find_act(world->scene->call, ref, text_from(action), 0,
		VALUES(world->scene, "document", "软测〔2026〕13号", "reason", "Hidden words.", "code", "withdrawn"));
}

static void confirm(World *world)
{
	CHECK_OK(world->scene->call, act_on_list(world, world->cast.coordinator, "propose"));
	CHECK_OK(world->scene->call, act_on_list(world, world->cast.second_coordinator, "confirm"));
}

static Certificate certificate_of(World *world, Text number)
{
	Certificate certificate;
	CHECK_OK(world->scene->call, certificate_find(world->scene->call, number, &certificate));
	return certificate;
}

TEST(find__its_tables_have_no_fault)
{
	CHECK(!workflow_fault(t->arena, &find_machine).length);
	CHECK(!workflow_fault(t->arena, &find_list_machine).length);
}

TEST_DB(find__the_list_of_a_month_has_what_meets_every_condition_and_nothing_else)
{
	World world = open_world(t);
	(void)accepted(&world, "sent_to", "several");
	Text good = accepted(&world, NULL, NULL);
	(void)accepted(&world, "original", "known");
	(void)accepted(&world, "disclosed", "public");
	open_list(&world);
	Finds finds = listed(&world);
	CHECK_INT(finds.count, 1);
	CHECK(text_is(finds.at[0].casefile, good));
	CHECK_TEXT(finds.at[0].name, "finder");
	CHECK_TEXT(finds.at[0].class_tag, "sql-injection");
	CHECK_TEXT(finds.at[0].state, "LISTED");
	Text other;
	scene_later(world.scene, -DAYS(31));
	Text month = month_now(&world);
	scene_later(world.scene, DAYS(31));
	CHECK(find_list_begin(t->call, month, &other) == ERROR_INVALID); /* one list for a month */
	call_recover(t->call);
	CHECK_OK(t->call, act_on_list(&world, world.cast.coordinator, "drop"));
	CHECK_TEXT(listed(&world).at[0].state, "STRUCK");
	CHECK_OK(t->call, find_list_begin(t->call, month, &world.list)); /* and again after it was dropped */
	CHECK_INT(listed(&world).count, 1);
}

TEST_DB(find__another_coordinator_confirms_and_the_register_names_the_finder_as_wished)
{
	World world = open_world(t);
	Certificates own;
	Notices notices;
	Text struck;
	(void)accepted(&world, NULL, NULL);
	(void)accepted(&world, "credit", "none");
	(void)accepted(&world, NULL, NULL);
	open_list(&world);
	struck = listed(&world).at[2].ref;
	CHECK_OK(t->call, act(&world, world.cast.coordinator, struck, "strike"));
	CHECK_OK(t->call, act_on_list(&world, world.cast.coordinator, "propose"));
	CHECK_ERROR(t->call, act(&world, world.cast.second_coordinator, listed(&world).at[0].ref, "strike"), INVALID);
	CHECK_ERROR(t->call, act(&world, world.cast.second_coordinator, listed(&world).at[0].ref, "certify"), FORBIDDEN);
	CHECK_ERROR(t->call, act_on_list(&world, world.cast.coordinator, "confirm"), FORBIDDEN);
	CHECK_OK(t->call, act_on_list(&world, world.cast.second_coordinator, "confirm"));
	Finds finds = listed(&world);
	CHECK_TEXT(finds.at[2].state, "STRUCK");
	Certificate named = certificate_of(&world, finds.at[0].certificate), anonymous = certificate_of(&world, finds.at[1].certificate);
	CHECK_TEXT(named.number, "CAPPVD-YC-2026-0001");
	CHECK_TEXT(named.is.holder, "finder");
	CHECK_TEXT(anonymous.is.holder, "匿名报送人");
	CHECK(text_is(named.is.subject, finds.at[0].number) && named.is.from_at == finds.at[0].received_at);
	CHECK_TEXT(named.is.class_tag, "sql-injection");
	CHECK_TEXT(named.is.document, "软测〔2026〕12号");
	CHECK(!text_find(named.record, TEXT("示例钱包"), NULL)); /* neither product nor title */
	CHECK_TEXT(anonymous.is.holder_en, "Anonymous finder");
	scene_as(world.scene, world.cast.reporter);
	CHECK_OK(t->call, certificate_list_of_finder(t->call, world.cast.reporter->person_id, 0, 10, &own));
	CHECK_INT(own.count, 2);
	CHECK(certificate_may_fetch(&own.at[0], world.cast.reporter) && !certificate_may_fetch(&own.at[0], world.cast.verifier));
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK_TEXT(notices.at[0].link, "/certificates/mine");
}

TEST_DB(find__a_certificate_whose_vulnerability_is_gone_is_looked_at_and_revoked_by_two)
{
	World world = open_world(t);
	int64_t count = 0;
	Find find;
	(void)accepted(&world, NULL, NULL);
	open_list(&world);
	confirm(&world);
	Text ref = listed(&world).at[0].ref;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, find_advance(t->call, &count));
	CHECK_INT(count, 0);
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, ref, "reviewed"), INVALID);
	scene_as(world.scene, world.cast.second_coordinator);
	call_recover(t->call);
	CHECK_OK(t->call, scene_casefile_act(world.scene, world.cast.casefile, "isolate", VALUES(world.scene, "why", "Marked.")));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, find_advance(t->call, &count));
	CHECK_INT(count, 1);
	CHECK_OK(t->call, find_advance(t->call, &count));
	CHECK_INT(count, 0); /* told once */
	CHECK_OK(t->call, act(&world, world.cast.coordinator, ref, "propose-revoke"));
	CHECK_ERROR(t->call, act(&world, world.cast.coordinator, ref, "revoke"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, ref, "keep"));
	CHECK_OK(t->call, act(&world, world.cast.coordinator, ref, "propose-revoke"));
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, ref, "revoke"));
	CHECK_OK(t->call, find_open(t->call, ref, &find));
	Certificate certificate = certificate_of(&world, find.certificate);
	CertificateSteps steps;
	CHECK_TEXT(certificate.state, "REVOKED");
	CHECK_OK(t->call, certificate_steps(t->call, certificate.id, &steps));
	CHECK_TEXT(steps.at[1].reason, "报送或漏洞已撤回 / The report or the vulnerability was withdrawn");
	for (size_t i = 0; i < steps.count; i++) CHECK(!text_find(steps.at[i].reason, TEXT("Hidden"), NULL));
}

TEST_DB(find__a_new_certificate_takes_the_place_of_one_with_another_name)
{
	World world = open_world(t);
	Find find;
	(void)accepted(&world, NULL, NULL);
	open_list(&world);
	confirm(&world);
	Text ref = listed(&world).at[0].ref, first = listed(&world).at[0].certificate;
	CHECK_OK(t->call, act(&world, world.cast.coordinator, ref, "propose-reissue"));
	CHECK_OK(t->call, act(&world, world.cast.second_coordinator, ref, "reissue"));
	CHECK_OK(t->call, find_open(t->call, ref, &find));
	Certificate old = certificate_of(&world, first), fresh = certificate_of(&world, find.certificate);
	CHECK_TEXT(old.state, "REPLACED");
	CHECK_TEXT(fresh.state, "ACTIVE");
	CHECK(text_is(fresh.is.replaces, first));
	CHECK_TEXT(fresh.is.holder, "匿名报送人"); /* no name was given */
}

TEST_DB(find__is_for_coordinators_and_nobody_decides_about_an_own_find)
{
	World world = open_world(t);
	FindList list;
	Find find;
	FindLists lists;
	Text other;
	(void)accepted(&world, NULL, NULL);
	open_list(&world);
	Text ref = listed(&world).at[0].ref;
	CHECK_OK(t->call, act_on_list(&world, world.cast.coordinator, "propose"));
	Actor finder = *world.cast.reporter, weak = *world.cast.coordinator;
	finder.roles |= ROLE_COORDINATOR;
	CHECK_ERROR(t->call, act_on_list(&world, &finder, "confirm"), FORBIDDEN);
	weak.second_factor = false;
	const Actor *wrong[] = { world.cast.reporter, world.cast.verifier, world.cast.publisher, &weak };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		call_recover(t->call);
		scene_as(world.scene, wrong[i]);
		CHECK_ERROR(t->call, find_list_open(t->call, world.list, &list), NOT_FOUND);
		CHECK_ERROR(t->call, find_open(t->call, ref, &find), NOT_FOUND);
		CHECK_ERROR(t->call, find_lists(t->call, 0, 10, &lists), FORBIDDEN);
		CHECK(find_list_begin(t->call, TEXT("2025-01"), &other) != OK);
	}
}

static Error change_word(Call *call, void *argument) { return wordlist_change(call, &report_conditions, argument); }

TEST_DB(find__the_conditions_are_data_and_their_version_grows)
{
	World world = open_world(t);
	int64_t before, after;
	Word word;
	bool found;
	(void)accepted(&world, "sent_to", "several");
	CHECK_OK(t->call, report_condition_version(t->call, &before));
	CHECK_OK(t->call, wordlist_find(t->call, &report_conditions, TEXT("sent-to"), -1, &word, &found));
	WordWish wish = { .word = word, .reason = TEXT("Several libraries are allowed."), .seen = 0 };
	wish.word.source_zh = wish.word.source_en = TEXT("sent_to = only several");
	const Actor *admin = scene_person(world.scene, "otto", ROLE_SYSTEM_ADMIN);
	scene_as(world.scene, admin);
	CHECK_OK(t->call, db_transact(t->call, change_word, &wish));
	CHECK_OK(t->call, report_condition_version(t->call, &after));
	CHECK_INT(after, before + 1);
	open_list(&world);
	CHECK_INT(listed(&world).count, 1);
}

/* ---- HackerOne 429026: of parallel awards each counted */
enum { RACERS = 6 };
typedef struct Racer {
	Call call;
	World *world;
	pthread_barrier_t *start;
	Error error;
} Racer;

static void *race(void *argument)
{
	Racer *racer = argument;
	Map *values = map_new(racer->call.arena);
	form_set(racer->call.arena, values, TEXT("document"), TEXT("软测〔2026〕12号"));
	pthread_barrier_wait(racer->start);
	racer->error = find_list_act(&racer->call, racer->world->list, TEXT("confirm"), 0, values);
	return NULL;
}

TEST_DB(attack__of_parallel_confirmations_one_gives_certificates_and_each_find_has_one)
{
	World world = open_world(t);
	Certificates own;
	Racer racers[RACERS];
	pthread_t threads[RACERS];
	pthread_barrier_t start;
	size_t won = 0;
	(void)accepted(&world, NULL, NULL);
	(void)accepted(&world, NULL, NULL);
	open_list(&world);
	CHECK_OK(t->call, act_on_list(&world, world.cast.coordinator, "propose"));
	pthread_barrier_init(&start, NULL, RACERS);
	for (size_t i = 0; i < RACERS; i++) {
		racers[i] = (Racer) { .call = *t->call, .world = &world, .start = &start };
		racers[i].call.arena = arena_new(ARENA_CEILING);
		racers[i].call.actor = world.cast.second_coordinator;
		CHECK(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
	}
	for (size_t i = 0; i < RACERS; i++) {
		pthread_join(threads[i], NULL);
		won += racers[i].error == OK;
		arena_free(&racers[i].call.arena);
	}
	CHECK_INT(won, 1);
	scene_as(world.scene, world.cast.reporter);
	CHECK_OK(t->call, certificate_list_of_finder(t->call, world.cast.reporter->person_id, 0, 10, &own));
	CHECK_INT(own.count, 2);
}
