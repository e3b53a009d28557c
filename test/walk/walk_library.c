/* Reports, casefiles and vendors' parts: a new machine of theirs is a row here and two statements in walk.sql. */
#include "people/people_fixture.h"
#include "subject/dispute/dispute.h"
#include "subject/party/party.h"
#include "subject/party/party_fixture.h"
#include "subject/report/internal.h"
#include "walk/walk.h"

static const struct {
	const char *handle;
	uint32_t roles;
} people[] = { { "finder", 0 }, { "fiona", 0 }, { "carla", ROLE_COORDINATOR }, { "carl", ROLE_COORDINATOR }, { "vera", ROLE_VERIFIER },
	{ "victor", ROLE_VERIFIER }, { "violet", 0 }, { "viola", 0 }, { "paul", ROLE_PUBLISHER },
	{ "paula", ROLE_PUBLISHER | ROLE_COORDINATOR }, { "abel", ROLE_AUTHORITY }, { "sam", ROLE_SYSTEM_ADMIN },
	{ "vanda", ROLE_VERIFIER } }; /* the third verifier: a panel has no choice, so that its draw says the same everywhere */

const char walk_vendor_code[] = "9144030071526726XG";

static Actor *named(Scene *scene, const char *handle)
{
	size_t place = 0;
	while (!text_is(scene->people[place].name, text_from(handle))) place++;
	return &scene->people[place];
}

/* Two people of one vendor. */
static void make_vendor(Scene *scene)
{
	PartyScene ps = { .scene = scene };
	Actor *vendors[2];
	ps.cast.coordinator = named(scene, "carla");
	vendors[0] = named(scene, "violet");
	vendors[1] = named(scene, "viola");
	(void)party_organisation(&ps, vendors[0], "示例公司", walk_vendor_code, "vendor", "CN");
	party_join(&ps, vendors[0], vendors[1]);
}

Scene *walk_library_people(Test *t)
{
	people_open(t);
	Scene *scene = scene_new(t);
	for (size_t i = 0; i < COUNT(people); i++) (void)scene_person(scene, people[i].handle, people[i].roles);
	make_vendor(scene);
	dispute_set_library(NULL);
	return scene;
}

static Text decided(Walk *walk)
{
	for (int tries = 0; tries < 30; tries++) {
		Report report;
		DisputeChance chance = { .against = TEXT("") };
		Text ref = walk_pick(walk, &report_machine);
		Error error = report_open(walk->call, ref, &report);
		call_recover(walk->call);
		if (error != OK || !report.is_own) continue;
		CHECK_OK(walk->call, dispute_chance_report(walk->call, &report, &chance));
		if (chance.against.length && !chance.ref.at && chance.until >= walk->call->now) return ref;
	}
	return walk_pick(walk, &report_machine);
}

/* Against whatever was decided: a panel is of those who verify, for no library of experts is known here. */
static void appeal(Walk *walk)
{
	Text ref;
	walk->call->actor = &walk->scene->people[walk_below(walk, 2)];
	Map *values = VALUES(walk->scene, "grounds", "facts", "text", "It was overlooked.");
	walk_note(walk, "appeal", dispute_appeal_report(walk->call, decided(walk), values, &ref));
}

static void write_internally(Walk *walk)
{
	Text ref;
	walk->call->actor = named(walk->scene, walk_chance(walk, 50) ? "carla" : "carl");
	walk_note(walk, "internal record", internal_enter(walk->call, walk_values(walk, &internal_form), &ref));
}

static void send_report(Walk *walk)
{
	Reception reception;
	if (walk_chance(walk, 30)) {
		appeal(walk);
		return;
	}
	if (walk_chance(walk, 5)) write_internally(walk);
	walk->call->actor = &walk->scene->people[walk_below(walk, 2)];
	walk_note(walk, "send", report_send(walk->call, walk_values(walk, &report_form), TEXT(""), &reception));
}

/* A rejection, appealed against, answered by somebody else, and now the panel's. */
static void prepare_panel(Walk *walk)
{
	Text dispute;
	Scene *scene = walk->scene;
	scene_as(scene, named(scene, "finder"));
	Text report = scene_report(scene, scene_values(scene));
	scene_as(scene, named(scene, "carla"));
	CHECK_OK(walk->call, scene_report_act(scene, report, "review", NULL));
	CHECK_OK(walk->call, scene_report_act(scene, report, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, named(scene, "finder"));
	CHECK_OK(walk->call, dispute_appeal_report(walk->call, report, VALUES(scene, "grounds", "facts", "text", "It has one."), &dispute));
	scene_as(scene, named(scene, "carl"));
	CHECK_OK(walk->call, dispute_act(walk->call, dispute, TEXT("answer"), 0, VALUES(scene, "answer", "It has none.")));
	scene_as(scene, named(scene, "finder"));
	CHECK_OK(walk->call, dispute_act(walk->call, dispute, TEXT("panel"), 0, VALUES(scene, "request", "Nobody has looked.")));
	walk_note(walk, "prepared PANEL", OK);
}

/* Something from which the long ways begin: by chance alone hardly anything is ever published. */
static void prepare(Walk *walk)
{
	static const char *const states[] = { "RATED", "ACCEPTED", "COORDINATING", "READY", "PUBLISHED", "TRACKING" };
	if (walk_chance(walk, 30)) {
		prepare_panel(walk);
		return;
	}
	const char *state = states[walk_below(walk, COUNT(states))];
	Cast cast = { .reporter = named(walk->scene, "finder"),
		.coordinator = named(walk->scene, "carla"),
		.verifier = named(walk->scene, "vera"),
		.second_verifier = named(walk->scene, "victor"),
		.publisher = named(walk->scene, "paul"),
		.second_coordinator = named(walk->scene, "carl") };
	scene_open_casefile(walk->scene, &cast, false);
	scene_bring_to(walk->scene, &cast, state);
	walk_note(walk, arena_printf(walk->call->arena, "prepared %s", state).at, OK);
}

/* One row for one act: the last vote does not open the others at once. */
static Error act_on_dispute(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &dispute_machine, ref, &act, &matter);
}

static Error overdue(Call *call, Text machine, int64_t subject_id, Text clock)
{
	if (text_is(machine, text_from(party_machine.name))) return party_overdue(call, subject_id, clock);
	if (text_is(machine, text_from(dispute_machine.name))) return dispute_deadline(call, subject_id, true, false);
	return casefile_overdue(call, machine, subject_id, clock);
}

static const WalkMachine machines[] = {
	{ &report_machine, report_action_form, NULL, report_act, walk_reports, walk_state_of_report },
	{ &casefile_machine, casefile_action_form, NULL, casefile_act, walk_casefiles, walk_state_of_casefile },
	{ &party_machine, party_action_form, NULL, party_act, walk_parties, walk_state_of_party },
	{ &dispute_machine, dispute_action_form, NULL, act_on_dispute, walk_disputes, walk_state_of_dispute },
};
const WalkWorld walk_library = { machines, COUNT(machines), send_report, prepare, NULL, overdue, 6, 12, 0, "", "library" };
