/* What may be a state secret is shut for everybody at once, whatever was made of it, and only a second person decides what becomes of it. */
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/desk/desk.h"
#include "subject/party/party_fixture.h"

typedef struct World {
	Scene *scene;
	Cast cast;
} World;

static World world(Test *t, const char *state)
{
	World w = { .scene = scene_new(t) };
	party_set_hooks(&casefile_party_hooks);
	w.cast = scene_cast(w.scene);
	scene_open_casefile(w.scene, &w.cast, false);
	scene_bring_to(w.scene, &w.cast, state);
	return w;
}

static Error act(World *w, const Actor *actor, const char *action, const Map *values)
{
	call_recover(w->scene->call);
	scene_as(w->scene, actor);
	return scene_casefile_act(w->scene, w->cast.casefile, action, values);
}

static void isolate(World *w) { CHECK_OK(w->scene->call, act(w, w->cast.coordinator, "isolate", VALUES(w->scene, "why", "Marked."))); }

static Casefile shell(World *w)
{
	Casefile casefile;
	call_recover(w->scene->call);
	scene_as(w->scene, w->cast.second_coordinator);
	CHECK_OK(w->scene->call, casefile_open_shell(w->scene->call, w->cast.casefile, &casefile));
	return casefile;
}

static Report report_of(World *w)
{
	Report report;
	call_recover(w->scene->call);
	scene_as(w->scene, w->cast.second_coordinator);
	CHECK_OK(w->scene->call, report_open(w->scene->call, w->cast.report, &report));
	return report;
}

static Error open_as(World *w, const Actor *actor)
{
	Casefile casefile;
	call_recover(w->scene->call);
	scene_as(w->scene, actor);
	return casefile_open(w->scene->call, w->cast.casefile, &casefile);
}

TEST_DB(isolation__of_a_casefile_shuts_it_and_its_reports_for_everybody)
{
	World w = world(t, "RATED");
	Desk desk;
	isolate(&w);
	const Actor *const people[] = { w.cast.coordinator, w.cast.second_coordinator, w.cast.verifier, w.cast.second_verifier,
		w.cast.publisher };
	for (size_t i = 0; i < COUNT(people); i++) CHECK_ERROR(t->call, open_as(&w, people[i]), NOT_FOUND);
	Casefile casefile = shell(&w);
	CHECK(text_is(casefile.state, TEXT("ISOLATED")) && casefile.is_isolated && !text_find(casefile.title, TEXT("示例"), NULL));
	Report report = report_of(&w);
	CHECK(text_is(report.state, TEXT("ISOLATED")) && report.is_isolated && !form_answer(report.values, "description").length);
	scene_as(w.scene, w.cast.second_coordinator);
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	for (size_t i = 0; i < desk.turn.count; i++) CHECK(!text_find(desk.turn.at[i].title, TEXT("示例钱包"), NULL));
	for (size_t i = 0; i < desk.events.count; i++) CHECK(!text_find(desk.events.at[i].title, TEXT("示例钱包"), NULL));
	Notices notices;
	CHECK_OK(t->call, notice_list(t->call, 0, 5, &notices));
	bool told = false;
	for (size_t i = 0; i < notices.count; i++) told |= text_find(notices.at[i].subject_line, TEXT("second person"), NULL);
	CHECK(told);
}

TEST_DB(isolation__leaves_no_class_and_no_level_on_any_page)
{
	World w = world(t, "RATED");
	WorkLines lines = { 0 };
	WorkEvents events = { 0 };
	isolate(&w);
	Casefile casefile = shell(&w);
	CHECK_INT(casefile.class_tag.length + casefile.level.length + casefile.technical_level.length, 0);
	CHECK_INT(report_of(&w).class_tag.length, 0);
	call_recover(t->call);
	scene_as(w.scene, w.cast.coordinator);
	CHECK_OK(t->call, casefile_worklist.open(t->call, 10, &lines));
	CHECK_INT(lines.count, 1);
	CHECK_TEXT(lines.at[0].title, "Isolated casefile");
	CHECK_OK(t->call, casefile_worklist.events(t->call, 0, 50, &events));
	CHECK(events.count > 0);
	for (size_t i = 0; i < events.count; i++)
		if (text_starts(events.at[i].path, TEXT("/casefiles/"))) CHECK_TEXT(events.at[i].title, "Isolated casefile");
}

TEST_DB(isolation__takes_the_vendors_access_and_its_clocks_tell_nobody)
{
	World w = world(t, "ACCEPTED");
	Party party;
	int64_t told = 0, before = 0;
	scene_tell_vendor(w.scene, &w.cast);
	scene_as(w.scene, w.scene->vendor);
	CHECK_OK(t->call, party_open(t->call, w.cast.party, &party));
	isolate(&w);
	const Actor *const people[] = { w.scene->vendor, w.cast.coordinator };
	for (size_t i = 0; i < COUNT(people); i++) {
		scene_as(w.scene, people[i]);
		CHECK_ERROR(t->call, party_open(t->call, w.cast.party, &party), NOT_FOUND);
		call_recover(t->call);
	}
	PartyLines lines;
	scene_as(w.scene, w.scene->vendor);
	CHECK_OK(t->call, party_list_own(t->call, 0, 10, &lines));
	CHECK_INT(lines.count, 0);
	CHECK_OK(t->call, notice_unread(t->call, &before));
	scene_as(w.scene, &actor_system);
	scene_later(w.scene, 60LL * 86400000);
	CHECK_OK(t->call, party_watch(t->call, 50, &told));
	CHECK_INT(told, 0);
	scene_as(w.scene, w.scene->vendor);
	int64_t after = 0;
	CHECK_OK(t->call, notice_unread(t->call, &after));
	CHECK_INT(after, before);
	CHECK_OK(t->call, act(&w, w.cast.second_coordinator, "release-accepted", NULL));
	scene_as(w.scene, w.scene->vendor);
	CHECK_OK(t->call, party_open(t->call, w.cast.party, &party)); /* as it was */
}

TEST_DB(isolation__only_a_second_coordinator_releases_and_everything_is_as_before)
{
	World w = world(t, "VERIFYING");
	Casefile casefile;
	Report before = report_of(&w);
	isolate(&w);
	CHECK_ERROR(t->call, act(&w, w.cast.coordinator, "release-isolated", NULL), FORBIDDEN);
	CHECK_ERROR(t->call, act(&w, w.cast.coordinator, "wipe", VALUES(w.scene, "understood", "yes")), FORBIDDEN);
	scene_as(w.scene, w.cast.second_coordinator);
	CHECK_ERROR(t->call, scene_report_act(w.scene, w.cast.report, "release", NULL), INVALID); /* not without its casefile */
	CHECK_ERROR(t->call, scene_report_act(w.scene, w.cast.report, "wipe", VALUES(w.scene, "understood", "yes")), INVALID);
	CHECK_ERROR(t->call, act(&w, w.cast.second_coordinator, "release-accepted", NULL), INVALID);
	CHECK_OK(t->call, act(&w, w.cast.second_coordinator, "release-isolated", NULL));
	CHECK_OK(t->call, open_as(&w, w.cast.coordinator));
	CHECK_OK(t->call, casefile_open(t->call, w.cast.casefile, &casefile));
	CHECK(text_is(casefile.state, TEXT("VERIFYING")) && !casefile.is_isolated);
	Report after = report_of(&w);
	CHECK(text_is(after.state, TEXT("ATTACHED")) &&
		text_is(form_answer(after.values, "description"), form_answer(before.values, "description")));
	CHECK_OK(t->call, open_as(&w, w.cast.verifier)); /* the task goes on */
}

TEST_DB(isolation__of_one_report_isolates_the_casefile_and_a_withdrawn_one_returns_withdrawn)
{
	World w = world(t, "RATED");
	scene_as(w.scene, w.cast.reporter);
	CHECK_OK(t->call, scene_report_act(w.scene, w.cast.report, "withdraw", VALUES(w.scene, "reason", "Mine.")));
	scene_as(w.scene, w.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(w.scene, w.cast.report, "isolate", VALUES(w.scene, "why", "Marked.")));
	CHECK(text_is(shell(&w).state, TEXT("ISOLATED")));
	CHECK_ERROR(t->call, act(&w, w.cast.coordinator, "release-isolated", NULL), FORBIDDEN); /* they isolated it */
	CHECK_OK(t->call, act(&w, w.cast.second_coordinator, "release-isolated", NULL));
	CHECK(text_is(report_of(&w).state, TEXT("WITHDRAWN")));
}

TEST_DB(isolation__wiping_destroys_the_keys_of_the_casefile_its_reports_and_its_parties)
{
	World w = world(t, "ACCEPTED");
	Party party;
	Sealed sealed;
	ClockView clock;
	scene_tell_vendor(w.scene, &w.cast);
	scene_as(w.scene, w.scene->vendor);
	CHECK_OK(t->call, party_open(t->call, w.cast.party, &party));
	int64_t keys[] = { party.seal_key, report_of(&w).seal_key, shell(&w).seal_key };
	isolate(&w);
	CHECK_ERROR(t->call, act(&w, w.cast.second_coordinator, "wipe", NULL), INVALID);
	CHECK_OK(t->call, act(&w, w.cast.second_coordinator, "wipe", VALUES(w.scene, "understood", "yes")));
	for (size_t i = 0; i < COUNT(keys); i++) {
		CHECK(seal_close(t->call, keys[i], "test|place", TEXT("row"), TEXT("x"), &sealed) != OK);
		call_recover(t->call);
	}
	CHECK(text_is(shell(&w).state, TEXT("WIPED")) && text_is(report_of(&w).state, TEXT("WIPED")));
	CHECK_OK(t->call, workflow_clock_of(t->call, &party_machine, party.id, &clock));
	CHECK(!clock.clock);
	Casefiles queue;
	Reports reports;
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("WIPED"), 0, 10, &queue)); /* the shell stays in the list */
	CHECK_INT(queue.count, 1);
	CHECK_OK(t->call, report_queue(t->call, TEXT("WIPED"), 0, 10, &reports));
	CHECK_INT(reports.count, 1);
	CHECK_ERROR(t->call, act(&w, w.cast.second_coordinator, "release-accepted", NULL), CONFLICT);
}

TEST_DB(isolation__of_what_is_public_begins_with_its_withdrawal)
{
	World w = world(t, "PUBLISHED");
	CHECK_ERROR(t->call, act(&w, w.cast.coordinator, "isolate", VALUES(w.scene, "why", "Marked.")), INVALID);
	CHECK_ERROR(t->call, act(&w, w.cast.verifier, "isolate", VALUES(w.scene, "why", "Marked.")), NOT_FOUND);
}
