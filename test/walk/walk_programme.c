/* The programme after its draw, in two worlds: applicants are inspected, and a list is in public notice. */
#include "walk/walk_programme.h"
#include "base/base/clock.h"
#include "subject/programme/decision/decision_scene.h"
#include "subject/programme/inspection/inspection_scene.h"
#include "subject/programme/unit/unit.h"

static const Actor *anybody(Walk *walk) { return &walk->scene->people[walk_below(walk, walk->scene->count)]; }

const Actor *walk_office(Walk *walk, uint32_t roles)
{
	const Actor *actor = anybody(walk);
	for (int tries = walk_chance(walk, 90) ? 50 : 0; tries > 0 && !actor_has(actor, roles); tries--) actor = anybody(walk);
	return actor;
}

const char *walk_instant(Walk *walk, int64_t at)
{
	Text iso = clock_iso(walk->call->arena, at + INT64_C(8) * 3600000);
	return arena_printf(walk->call->arena, "%.10s %.5s", iso.at, iso.at + 11).at;
}

#define NEW(walk, ...) VALUES((walk)->scene, __VA_ARGS__)

/* The inspectors fill in what they saw: no row says so, but without it nothing is signed. */
static void fill_in(Walk *walk)
{
	static const char *const verdicts[] = { "meets", "meets", "minor", "major" };
	InspectionScene *inspections = walk->place;
	int applicant = (int)walk_below(walk, PANEL_SCENE_APPLICANTS);
	bool is_arranged = inspection_scene_ref(inspections, applicant).length &&
			   text_is(inspection_scene_open(inspections, applicant)->state, TEXT("ARRANGED"));
	const char *verdict = verdicts[walk_below(walk, COUNT(verdicts))];
	if (is_arranged) inspection_scene_fill(inspections, applicant, "c1", verdict, "20");
	walk_note(walk, arena_printf(walk->call->arena, "filled in %d %s", applicant, verdict).at, OK);
}

/* ---- What the system does by itself */
static void pass(Walk *walk)
{
	Error (*const steps[])(
		Call * call, int64_t * out_count) = { round_advance, panel_advance, inspection_advance, application_advance, unit_advance };
	walk->call->actor = &actor_system;
	for (size_t i = 0; i < COUNT(steps); i++) {
		int64_t count = 0;
		CHECK_OK(walk->call, steps[i](walk->call, &count));
	}
	walk_note(walk, "passed", OK);
}

static Error overdue(Call *call, Text machine, int64_t subject_id, Text clock)
{
	if (text_is(machine, text_from(application_machine.name))) return application_overdue(call, subject_id, clock);
	if (text_is(machine, text_from(inspection_machine.name))) return inspection_deadline(call, subject_id, true, false);
	if (text_is(machine, text_from(objection_machine.name))) return objection_deadline(call, subject_id, true);
	return unit_deadline(call, subject_id, true);
}

/* ---- The worlds */
const Form *walk_application_form(Call *call, Text ref, const char *name)
{
	Application application;
	if (application_open(call, ref, &application) == OK) return application_action_form(call, &application, name);
	call_recover(call);
	return NULL;
}

static void begin(Walk *walk) { fill_in(walk); }

static const WalkMachine inspecting[] = { WALK_APPLICATIONS, WALK_ROUNDS,
	{ &inspection_machine, inspection_action_form, NULL, inspection_act, walk_inspection_list, walk_state_of_inspection },
	{ &expert_machine, expert_action_form, NULL, expert_act, walk_experts, walk_state_of_expert } };
const WalkWorld walk_inspections = { inspecting, COUNT(inspecting), begin, fill_in, pass, overdue, 100, 12, 6,
	"withdraw retire decline drop cancel", "inspections" };

static void object(Walk *walk)
{
	DecisionScene *decision = walk->place;
	ObjectionReceipt receipt;
	const Text about[] = { decision->first, decision->second, TEXT("staff") };
	walk->call->actor = walk_chance(walk, 50) ? &actor_visitor : anybody(walk);
	walk_note(walk, "objection",
		decision_scene_object(
			decision, about[walk_below(walk, COUNT(about))], "One certificate is borrowed, as it seems.", &receipt));
}

/* What the office does about a round on pages of its own: no row of a person says so, but the list goes on by it. */
static Error enter(Walk *walk, const DecisionScene *decision)
{
	Map *values;
	Error error = decision_by_rules(walk->call, decision->round, &values);
	return error == OK ? decision_enter(walk->call, decision->round, values) : error;
}

static Error decide(Walk *walk, const DecisionScene *decision)
{
	const DecisionState *state = decision_scene_state(walk->place);
	walk->call->actor = walk_chance(walk, 80) ? decision->decider : decision->judge;
	Text waiting = state->waiting.ref.length ? state->waiting.ref : state->announcing.ref;
	return waiting.length ? decision_decide(walk->call, decision->round, waiting) : OK;
}

static Error appeal(Walk *walk, const DecisionScene *decision)
{
	return decision_appeal(walk->call, decision->round, walk_pick(walk, &application_machine),
		NEW(walk, "verdict", walk_chance(walk, 50) ? "uphold" : "dismiss", "explanation", "It was looked at again."));
}

static Error grant(Walk *walk, const DecisionScene *decision) { return decision_grant(walk->call, decision->round); }
static Error archive(Walk *walk, const DecisionScene *decision) { return decision_archive(walk->call, decision->round); }
static Error announce(Walk *walk, const DecisionScene *decision)
{
	return decision_enter_announcement(walk->call, decision->round, NEW(walk, "announced_as", "公告〔2026〕1号"));
}

static Error enter_units(Walk *walk, const DecisionScene *decision)
{
	int64_t count = 0;
	return unit_enter_from_round(walk->call, decision->round,
		NEW(walk, "document", "软测〔2026〕9号", "document_on", "2026-08-20", "from_on", "2026-09-01", "until_on", "2029-12-31"),
		&count);
}

static void go_on(Walk *walk)
{
	static const struct {
		const char *name;
		Error (*take)(Walk *walk, const DecisionScene *decision);
	} steps[] = { { "grant", grant }, { "appeal", appeal }, { "enter", enter }, { "decide", decide }, { "announce", announce },
		{ "units", enter_units }, { "archive", archive } };
	const DecisionScene *decision = walk->place;
	const Actor *const officers[] = { decision->clerk, decision->decider, decision->judge };
	size_t chosen = walk_below(walk, COUNT(steps));
	walk->call->actor = officers[walk_below(walk, COUNT(officers))];
	walk_note(walk, steps[chosen].name, steps[chosen].take(walk, decision));
}

static const WalkMachine deciding[] = { WALK_APPLICATIONS, WALK_ROUNDS,
	{ &unit_machine, unit_action_form, NULL, unit_act, walk_units, walk_state_of_unit },
	{ &objection_machine, objection_action_form, NULL, objection_act, walk_objections, walk_state_of_objection } };
const WalkWorld walk_decisions = { deciding, COUNT(deciding), object, go_on, pass, overdue, 150, 20, 6, "withdraw cancel refuse drop lapse",
	"decisions" };
