#include "subject/programme/decision/decision_scene.h"

#include "base/base/random.h"

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })

void decision_scene_as(DecisionScene *scene, const Actor *actor) { scene_as(scene->of->scene, actor); }

/* 90 points, 50 points, 88 points. */
static void commit(PanelScene *panel)
{
	static const char *const firsts[] = { "36", "35.5", "36.5", "36", "35" };
	Test *t = panel->t;
	Text ref = panel_scene_panel(panel);
	const Actor *member;
	for (size_t n = 0; (member = panel_scene_member(panel, "taken", n)); n++) {
		scene_as(panel->of->scene, member);
		for (size_t i = 0; i < COUNT(panel->applications); i++)
			CHECK_OK(t->call,
				panel_commit(t->call, ref, panel->applications[i],
					i == 1 ? panel_scene_sheet(t, "20", "15") : panel_scene_sheet(t, firsts[n % 5], i ? "26" : "27")));
	}
	scene_as(panel->of->scene, panel->of->secretary);
}

static void inspect(DecisionScene *scene)
{
	Test *t = scene->t;
	const Text proposed[] = { scene->first, scene->second };
	decision_scene_as(scene, &actor_system);
	CHECK_OK(t->call, round_act(t->call, scene->round, TEXT("inspect"), 0, NULL));
	for (size_t i = 0; i < COUNT(proposed); i++) {
		CHECK_OK(t->call, application_system(t->call, proposed[i], TEXT("inspect")));
		CHECK_OK(t->call, application_system(t->call, proposed[i], TEXT("propose")));
	}
	CHECK_OK(t->call, round_act(t->call, scene->round, TEXT("decide"), 0, NULL));
}

DecisionScene *decision_scene(Test *t)
{
	DecisionScene *scene = arena_new_of(t->arena, DecisionScene);
	PanelScene *panel = panel_scene(t);
	*scene = (DecisionScene) { .t = t, .panel = panel, .of = panel->of };
	panel_scene_freeze(panel);
	panel_scene_draw(panel);
	panel_scene_key(panel);
	panel_scene_present(panel);
	commit(panel);
	panel_scene_open(panel);
	panel_scene_lock(panel);
	scene->round = scene->of->round;
	scene->first = panel->applications[0];
	scene->below = panel->applications[1];
	scene->second = panel->applications[2];
	scene->clerk = scene_person(scene->of->scene, "clara", ROLE_SECRETARY);
	scene->decider = scene_person(scene->of->scene, "dora", ROLE_SECRETARY);
	scene->handler = scene_person(scene->of->scene, "hugo", ROLE_SECRETARY);
	scene->judge = scene_person(scene->of->scene, "vera", ROLE_SECRETARY);
	for (size_t i = 0; i < scene->of->scene->count; i++) {
		const Actor *person = &scene->of->scene->people[i];
		bool is_third = person->organisation_id && person->organisation_id != scene->of->applicant->organisation_id &&
				person->organisation_id != scene->of->rival->organisation_id;
		if (is_third) scene->third = person;
	}
	inspect(scene);
	decision_scene_as(scene, scene->clerk);
	return scene;
}

DecisionState *decision_scene_state(DecisionScene *scene)
{
	Test *t = scene->t;
	DecisionState *state = arena_new_of(t->arena, DecisionState);
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, decision_office(t->call, scene->round, state));
	t->call->actor = before;
	return state;
}

void decision_scene_enter(DecisionScene *scene)
{
	Test *t = scene->t;
	Map *values;
	const DecisionState *state = decision_scene_state(scene);
	decision_scene_as(scene, scene->clerk);
	(void)decision_list_form(t->call, state, &values);
	form_set(t->arena, values, TEXT("listed_as"), TEXT("公示〔2026〕1号"));
	CHECK_OK(t->call, decision_enter(t->call, scene->round, values));
}

void decision_scene_publicise(DecisionScene *scene)
{
	Test *t = scene->t;
	decision_scene_enter(scene);
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref));
}

Text decision_scene_in(DecisionScene *scene, Text application)
{
	const Actor *before = scene->t->call->actor;
	scene->t->call->actor = &actor_system;
	Text state = application_scene_open(scene->of, application).state;
	scene->t->call->actor = before;
	return state;
}

int64_t decision_scene_due(DecisionScene *scene, Text application)
{
	ClockView clock;
	const Actor *before = scene->t->call->actor;
	scene->t->call->actor = &actor_system;
	CHECK_OK(scene->t->call,
		workflow_clock_of(scene->t->call, &application_machine, application_scene_open(scene->of, application).id, &clock));
	scene->t->call->actor = before;
	return clock.due_at;
}

static Text entry_of(DecisionScene *scene, Text application)
{
	const DecisionState *state = decision_scene_state(scene);
	for (size_t i = 0; i < state->publicity.count; i++)
		for (size_t e = 0; e < state->publicity.at[i].entries.count; e++)
			if (text_is(state->publicity.at[i].entries.at[e].application, application))
				return state->publicity.at[i].entries.at[e].ref;
	return application;
}

Error decision_scene_object(DecisionScene *scene, Text about, const char *words, ObjectionReceipt *out)
{
	Test *t = scene->t;
	ObjectionNew objection = { .once = random_code(t->arena, 20),
		.about = entry_of(scene, about),
		.name = TEXT("告实名"),
		.contact = TEXT("电话 13800000000"),
		.mail = TEXT(""),
		.text = text_from(words),
		.address = random_code(t->arena, 10) };
	return objection_send(t->call, scene->of->code, &objection, out);
}

void decision_scene_verdict(DecisionScene *scene, Text objection, const char *verdict)
{
	Test *t = scene->t;
	decision_scene_as(scene, scene->handler);
	CHECK_OK(t->call, objection_act(t->call, objection, TEXT("take"), 0, NULL));
	CHECK_OK(t->call, objection_act(t->call, objection, TEXT("mask"), 0, LIST("masked", "A certificate is said to be borrowed.")));
	CHECK_OK(t->call,
		objection_act(t->call, objection, TEXT("judge"), 0,
			LIST("verdict", verdict, "answer", "We have looked at it.", "explanation", "What was said has been shown.")));
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call, objection_act(t->call, objection, text_from(verdict), 0, NULL));
}

void decision_scene_announce(DecisionScene *scene)
{
	Test *t = scene->t;
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_grant(t->call, scene->round));
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, decision_enter_announcement(t->call, scene->round, LIST("announced_as", "公告〔2026〕2号")));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->announcing.ref));
}
