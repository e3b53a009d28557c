#include "subject/programme/panel/panel_scene.h"

#define DAY_MS ((int64_t)86400000)
#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })

static void qualify(PanelScene *scene, Text ref)
{
	ApplicationScene *of = scene->of;
	Test *t = scene->t;
	application_scene_check(of, ref, "yes");
	scene_as(of->scene, of->secretary);
	CHECK_OK(t->call, application_scene_act(of, ref, "receive", WITH("posted", "2026-04-20", "arrived", "2026-04-21")));
	CHECK_OK(t->call, application_scene_act(of, ref, "match", NULL));
	scene_as(of->scene, of->second);
	CHECK_OK(t->call, application_scene_act(of, ref, "approve", NULL));
}

PanelScene *panel_scene(Test *t)
{
	PanelScene *scene = arena_new_of(t->arena, PanelScene);
	*scene = (PanelScene) { .t = t, .of = application_scene(t) };
	ApplicationScene *of = scene->of;
	(void)scene_person(of->scene, "tom", ROLE_REPORTER);
	Actor *third = &of->scene->people[of->scene->count - 1], *applicants[] = { of->applicant, of->rival, third };
	scene_organisation(of->scene, of->coordinator, third, "第三安全公司", expert_scene_code(t, 77), "unit", "CN");
	for (size_t i = 0; i < COUNT(applicants); i++) scene->applications[i] = application_scene_submitted(of, applicants[i]);
	application_scene_close(of);
	for (size_t i = 0; i < COUNT(applicants); i++) qualify(scene, scene->applications[i]);
	for (int i = 0; i < PANEL_SCENE_EXPERTS; i++) {
		const char *handle = arena_string(t->arena, arena_printf(t->arena, "expert%02d", i));
		scene->experts[i] = scene_person(of->scene, handle, ROLE_EXPERT);
		scene_as(of->scene, of->secretary);
		scene->refs[i] = expert_scene_active(t, scene->experts[i], i % 2 ? "应急响应" : "移动安全",
			arena_string(t->arena, arena_printf(t->arena, "单位%d", i)), expert_scene_code(t, 100 + i));
	}
	scene_as(of->scene, of->secretary);
	return scene;
}

void panel_scene_freeze(PanelScene *scene)
{
	Test *t = scene->t;
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call,
		panel_freeze(t->call, scene->of->round, LIST("source", "Double colour ball 2026101", "source_on", "2026-07-01 21:30")));
}

void panel_scene_draw(PanelScene *scene)
{
	Test *t = scene->t;
	t->call->now = panel_scene_state(scene)->draw.source_at;
	CHECK_OK(t->call, panel_enter(t->call, scene->of->round, LIST("value", "2026101 01 02 03 04 05 06 07")));
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_OK(t->call, panel_confirm(t->call, scene->of->round, LIST("confirmed", "2026101 01 02 03 04 05 06 07")));
	scene_as(scene->of->scene, scene->of->secretary);
}

Map *panel_scene_shares(PanelScene *scene, int one, int other)
{
	Test *t = scene->t;
	return LIST("share_one", arena_string(t->arena, scene->shares[one]), "share_other", arena_string(t->arena, scene->shares[other]));
}

void panel_scene_key(PanelScene *scene)
{
	Test *t = scene->t;
	const Actor *takers[] = { scene->of->secretary, scene->of->supervisor, scene->of->second };
	static const char *const names[] = { "office", "supervisor", "envelope" };
	CHECK_OK(t->call, panel_key_new(t->call, scene->of->round));
	for (size_t i = 0; i < COUNT(takers); i++) {
		scene_as(scene->of->scene, takers[i]);
		CHECK_OK(t->call, panel_share_take(t->call, scene->of->round, text_from(names[i]), &scene->shares[i]));
	}
	CHECK_OK(t->call, panel_rehearse(t->call, scene->of->round, panel_scene_shares(scene, 0, 2)));
	scene_as(scene->of->scene, scene->of->secretary);
}

PanelState *panel_scene_state(PanelScene *scene)
{
	Test *t = scene->t;
	PanelState *state = arena_new_of(t->arena, PanelState);
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, panel_office(t->call, scene->of->round, 0, state));
	CHECK_OK(t->call, panel_sheets_read(t->call, state));
	t->call->actor = before;
	return state;
}

Text panel_scene_panel(PanelScene *scene) { return panel_scene_state(scene)->parts[0].row.ref; }

const Actor *panel_scene_member(PanelScene *scene, const char *code, size_t n)
{
	const PanelState *state = panel_scene_state(scene);
	const SeatRows *seats = &state->parts[0].seats;
	for (size_t i = 0; i < seats->count; i++) {
		if (!text_is(seats->at[i].code, text_from(code)) || n-- > 0) continue;
		for (int e = 0; e < PANEL_SCENE_EXPERTS; e++)
			if (text_is(scene->refs[e], panel_expert_ref(state, seats->at[i].expert_id))) return scene->experts[e];
	}
	return NULL;
}

void panel_scene_present(PanelScene *scene)
{
	Test *t = scene->t;
	Text panel = panel_scene_panel(scene);
	const Actor *member;
	for (size_t i = 0; i < COUNT(scene->applications); i++)
		CHECK_OK(t->call, panel_present(t->call, scene->of->round, scene->applications[i], true));
	for (size_t n = 0; (member = panel_scene_member(scene, "taken", n)); n++) {
		scene_as(scene->of->scene, member);
		for (size_t i = 0; i < COUNT(scene->applications); i++)
			CHECK_OK(t->call, panel_swear(t->call, panel, scene->applications[i], LIST("free", "free")));
	}
	scene_as(scene->of->scene, scene->of->secretary);
}

Map *panel_scene_sheet(Test *t, const char *first, const char *second)
{
	return LIST("c1", first, "c1_reason", "Because.", "c2", second, "c2_reason", "Because.");
}

void panel_scene_commit(PanelScene *scene)
{
	static const char *const firsts[][2] = { { "30", "22" }, { "31.5", "23" }, { "32", "22.5" }, { "31", "24" }, { "30.5", "23.5" } };
	Test *t = scene->t;
	Text panel = panel_scene_panel(scene);
	const Actor *member;
	for (size_t n = 0; (member = panel_scene_member(scene, "taken", n)); n++) {
		scene_as(scene->of->scene, member);
		for (size_t i = 0; i < COUNT(scene->applications); i++)
			CHECK_OK(t->call, panel_commit(t->call, panel, scene->applications[i],
						  i == 1 ? panel_scene_sheet(t, "25", firsts[n % 5][1])
							 : panel_scene_sheet(t, firsts[n % 5][0], i ? "24" : "27")));
	}
	scene_as(scene->of->scene, scene->of->secretary);
}

void panel_scene_open(PanelScene *scene)
{
	Test *t = scene->t;
	CHECK_OK(t->call, panel_open(t->call, scene->of->round, panel_scene_shares(scene, 1, 2)));
}

void panel_scene_lock(PanelScene *scene)
{
	Test *t = scene->t;
	CHECK_OK(t->call, panel_lock(t->call, scene->of->round, LIST("discussed", "yes", "minutes", "All were heard.")));
}

Error panel_scene_dossier(PanelScene *scene, Text *out_archive)
{
	Round round;
	Dossier *dossier;
	TRY(panel_dossier_inputs(scene->t->call, scene->of->round, &round, &dossier));
	return panel_dossier_pack(scene->t->call, dossier, out_archive);
}
