/* A dispute ends with what it is about: no clock that never ends, nothing that stays of what was written. */
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/dispute/dispute_scene.h"

static ClockView clock_of(World *world, int64_t id)
{
	ClockView clock;
	call_recover(world->t->call);
	CHECK_OK(world->t->call, workflow_clock_of(world->t->call, &dispute_machine, id, &clock));
	return clock;
}

static void isolate(World *world)
{
	scene_as(world->scene, world->third);
	CHECK_OK(world->t->call, scene_report_act(world->scene, world->report, "isolate", VALUES(world->scene, "why", "It may.")));
}

static void wipe(World *world)
{
	scene_as(world->scene, world->cast.second_coordinator);
	CHECK_OK(world->t->call, scene_report_act(world->scene, world->report, "wipe", VALUES(world->scene, "understood", "yes")));
}

static Text last_action(World *world)
{
	Events events;
	CHECK_OK(world->t->call, ledger_events_of_subject(world->t->call, "dispute", world->dispute, 0, 10, &events));
	return events.count ? events.at[0].action : TEXT("");
}

static void ends_with_the_wipe(Test *t, const char *state)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	Disputes held;
	WorkCounts counts = { 0 };
	report_set_gone(dispute_matter_gone);
	if (!strcmp(state, "PANEL")) {
		world_to_panel(&world);
	} else {
		world_duplicate(&world);
		world_appeal(&world);
		if (!strcmp(state, "ANSWERED")) CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	}
	Dispute dispute = world_seen(&world, world.cast.reporter);
	CHECK(text_is(dispute.state, text_from(state)));
	size_t count = world_seated(&world, seats);
	isolate(&world);
	CHECK(clock_of(&world, dispute.id).clock); /* it may be released */
	wipe(&world);
	CHECK(!clock_of(&world, dispute.id).clock);
	CHECK_TEXT(last_action(&world), "end");
	CHECK(world_is_hidden(&world, world.cast.reporter) && world_is_hidden(&world, world.third));
	for (size_t k = 0; k < count; k++) {
		CHECK(world_is_hidden(&world, seats[k]));
		scene_as(world.scene, seats[k]);
		CHECK_OK(t->call, dispute_list_seated(t->call, 10, &held));
		CHECK_INT(held.count, 0);
	}
	scene_as(world.scene, world.third);
	CHECK_OK(t->call, dispute_worklist.counts(t->call, &counts));
	for (size_t k = 0; k < counts.count; k++) CHECK_INT(counts.at[k].count, 0);
}

TEST_DB(dispute__appealed_ends_with_the_wipe_of_its_report_and_its_clock_with_it) { ends_with_the_wipe(t, "APPEALED"); }
TEST_DB(dispute__answered_ends_with_the_wipe_of_its_report_and_its_clock_with_it) { ends_with_the_wipe(t, "ANSWERED"); }
TEST_DB(dispute__with_the_panel_ends_with_the_wipe_of_its_report_and_its_clock_with_it) { ends_with_the_wipe(t, "PANEL"); }

static Error forget(Call *call, void *argument) { return report_forget(call, *(const Text *)argument); }

TEST_DB(dispute__stands_still_while_its_report_is_isolated_and_goes_on_when_it_is_released)
{
	World world = world_open(t);
	int64_t moved = 0;
	report_set_gone(dispute_matter_gone);
	world_duplicate(&world);
	world_appeal(&world);
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	Dispute dispute = world_seen(&world, world.cast.reporter);
	isolate(&world);
	scene_later(world.scene, DAYS(40));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 0);
	CHECK_OK(t->call, dispute_deadline(t->call, dispute.id, true, false)); /* nobody is told */
	scene_as(world.scene, world.cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(world.scene, world.report, "release", NULL));
	CHECK(!world_is_hidden(&world, world.cast.reporter));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 1);
	CHECK_TEXT(world_seen(&world, world.cast.reporter).state, "LAPSED");
}

TEST_DB(dispute__about_a_report_that_is_kept_no_longer_holds_nothing_more_of_what_was_written)
{
	World world = world_open(t);
	report_set_gone(dispute_matter_gone);
	world_duplicate(&world);
	world_appeal(&world);
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	CHECK(world_seen(&world, world.cast.reporter).text.length > 0);
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, db_transact(t->call, forget, &world.report));
	Dispute dispute = world_seen(&world, world.cast.reporter);
	CHECK_TEXT(dispute.state, "ENDED");
	CHECK(!dispute.text.length && !dispute.answer.length && !dispute.request.length);
	CHECK(!clock_of(&world, dispute.id).clock);
}
