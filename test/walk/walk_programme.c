/* The programme in two worlds: units are inspected, and a list is in public notice. What is small of the programme goes along in the first. */
#include "base/base/clock.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application_private.h"
#include "subject/programme/decision/decision_scene.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/inspection/inspection_scene.h"
#include "subject/programme/unit/unit_scene.h"
#include "walk/walk.h"

#define DAY_MS INT64_C(86400000)

static const Actor *anybody(Walk *walk) { return &walk->scene->people[walk_below(walk, walk->scene->count)]; }

/* Somebody of these offices, as a rule. */
static const Actor *office(Walk *walk, uint32_t roles)
{
	const Actor *actor = anybody(walk);
	for (int tries = walk_chance(walk, 90) ? 50 : 0; tries > 0 && !actor_has(actor, roles); tries--) actor = anybody(walk);
	return actor;
}

static const char *instant(Walk *walk, int64_t at)
{
	Text iso = clock_iso(walk->call->arena, at + DAY_MS / 3); /* as Beijing writes it */
	return arena_printf(walk->call->arena, "%.10s %.5s", iso.at, iso.at + 11).at;
}

/* ---- Something new */
#define NEW(walk, ...) VALUES((walk)->scene, __VA_ARGS__)

static Error new_activity(Walk *walk)
{
	Text ref;
	int64_t opens = walk->call->now + (int64_t)walk_below(walk, 3) * DAY_MS, closes = opens + 2 * DAY_MS, starts = closes + DAY_MS;
	walk->call->actor = office(walk, ROLE_SECRETARY);
	return activity_new(walk->call,
		NEW(walk, "kind", "salon", "title_zh", "沙龙", "title_en", "Salon", "about_zh", "内容", "about_en", "A", "place", "P",
			"starts_on", instant(walk, starts), "ends_on", instant(walk, starts + DAY_MS / 4), "opens_on", instant(walk, opens),
			"closes_on", instant(walk, closes), "units_on", instant(walk, opens), "places", "2"),
		&ref);
}

static Error new_unit(Walk *walk)
{
	const char *const codes[] = { "91350100M000100Y43", scene_vendor_code, "91110108551385082Q" };
	static const char *const ends[] = { "2026-12-31", "2026-10-31", "2027-12-31" };
	Text ref;
	walk->call->actor = office(walk, ROLE_SECRETARY);
	return unit_enter(walk->call,
		NEW(walk, "credit_code", codes[walk_below(walk, COUNT(codes))], "direction",
			walk_chance(walk, 60) ? "technical" : "partner", "stars", "2", "document", "软测〔2026〕1号", "document_on",
			"2026-01-20", "from_on", "2026-01-01", "until_on", ends[walk_below(walk, COUNT(ends))]),
		&ref);
}

static Error new_deed(Walk *walk)
{
	Text ref;
	walk->call->actor = office(walk, ROLE_UNIT_ADMIN | ROLE_UNIT_MEMBER);
	return deed_state(walk->call, NEW(walk, "kind", "talk", "done_on", "2026-02-20", "what", "讲座", "evidence", "照片"), false, &ref);
}

static const char *a_year(Walk *walk)
{
	static const char *const years[] = { "2020", "2021", "2022", "2023", "2024", "2025", "2031" };
	return years[walk_below(walk, COUNT(years))];
}

static Error new_evaluation(Walk *walk)
{
	Text ref;
	walk->call->actor = office(walk, ROLE_SECRETARY);
	return evaluation_begin(walk->call, text_from(a_year(walk)), &ref);
}

static Error new_honours(Walk *walk)
{
	Text ref;
	walk->call->actor = office(walk, ROLE_SECRETARY);
	return honour_begin(walk->call, text_from(a_year(walk)), &ref);
}

static Error new_round(Walk *walk)
{
	const InspectionScene *inspections = walk->place;
	const char *code = arena_printf(walk->call->arena, "W-%llu", (unsigned long long)walk->random % 1000000007U).at;
	walk->call->actor = inspections->of->secretary;
	Text ref = round_scene_draft(walk->scene->t, code);
	return walk_chance(walk, 70) ? round_rehearse(walk->call, ref) : OK;
}

static void begin(Walk *walk)
{
	static const struct {
		const char *name;
		Error (*make)(Walk *walk);
	} news[] = { { "activity", new_activity }, { "unit", new_unit }, { "deed", new_deed }, { "evaluation", new_evaluation },
		{ "honours", new_honours }, { "round", new_round } };
	size_t chosen = walk_below(walk, COUNT(news));
	walk_note(walk, arena_printf(walk->call->arena, "new %s", news[chosen].name).at, news[chosen].make(walk));
}

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
	Error (*const steps[])(Call * call, int64_t * out_count) = { round_advance, panel_advance, inspection_advance, application_advance,
		unit_advance, activity_advance };
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
static const Form *application_form(Call *call, Text ref, const char *name)
{
	Application application;
	if (application_open(call, ref, &application) == OK) return application_action_form(call, &application, name);
	call_recover(call);
	return NULL;
}

#define APPLICATIONS \
	{ \
		&application_machine, NULL, application_form, application_act, walk_applications, walk_state_of_application \
	}
#define UNITS \
	{ \
		&unit_machine, unit_action_form, NULL, unit_act, walk_units, walk_state_of_unit \
	}
static const WalkMachine inspecting[] = { APPLICATIONS, UNITS,
	{ &inspection_machine, inspection_action_form, NULL, inspection_act, walk_inspection_list, walk_state_of_inspection },
	{ &expert_machine, expert_action_form, NULL, expert_act, walk_experts, walk_state_of_expert },
	{ &activity_machine, activity_action_form, NULL, activity_act, walk_activities, walk_state_of_activity },
	{ &deed_machine, deed_action_form, NULL, deed_act, walk_deeds, walk_state_of_deed },
	{ &evaluation_machine, evaluation_action_form, NULL, evaluation_act, walk_evaluations, walk_state_of_evaluation },
	{ &honour_machine, honour_action_form, NULL, honour_act, walk_honours, walk_state_of_honour },
	{ &round_machine, round_action_form, NULL, round_act, walk_rounds, walk_state_of_round } };
const WalkWorld walk_inspections = { inspecting, COUNT(inspecting), begin, fill_in, pass, overdue, 60, 60,
	"withdraw refuse drop discard cancel retire decline", "inspections" };

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

/* The lists go on: whose days are over is announced, who agreed becomes a unit. */
static void go_on(Walk *walk)
{
	DecisionScene *decision = walk->place;
	int64_t count = 0;
	DecisionState *state = decision_scene_state(decision);
	walk->call->actor = office(walk, ROLE_SECRETARY);
	if (walk_chance(walk, 30))
		walk_note(walk, "units",
			unit_enter_from_round(
				walk->call, decision->round, NEW(walk, "from_on", "2026-09-01", "until_on", "2027-12-31"), &count));
	else if (state->waiting.ref.length)
		walk_note(walk, "decide", decision_decide(walk->call, decision->round, state->waiting.ref));
	else
		walk_note(walk, "announce",
			decision_enter_announcement(walk->call, decision->round, NEW(walk, "announced_as", "公告〔2026〕1号")));
}

static const WalkMachine deciding[] = { APPLICATIONS,
	{ &objection_machine, objection_action_form, NULL, objection_act, walk_objections, walk_state_of_objection } };
const WalkWorld walk_decisions = { deciding, COUNT(deciding), object, go_on, pass, overdue, 60, 60, "withdraw", "decisions" };
