#include "subject/programme/inspection/inspection_scene.h"

#include "base/base/clock.h"

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define HOUR_MS ((int64_t)3600000)

InspectionScene *inspection_scene(Test *t, const char *places)
{
	InspectionScene *scene = arena_new_of(t->arena, InspectionScene);
	round_scene_places = places;
	*scene = (InspectionScene) { .t = t, .panel = panel_scene(t) };
	scene->of = scene->panel->of;
	panel_scene_freeze(scene->panel);
	panel_scene_draw(scene->panel);
	panel_scene_key(scene->panel);
	panel_scene_present(scene->panel);
	panel_scene_commit(scene->panel);
	panel_scene_open(scene->panel);
	panel_scene_lock(scene->panel);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, inspection_start(t->call, scene->of->round));
	return scene;
}

static Application application_of(InspectionScene *scene, int applicant)
{
	Test *t = scene->t;
	Application application;
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, application_open(t->call, scene->panel->applications[applicant], &application));
	t->call->actor = before;
	return application;
}

Text inspection_scene_state(InspectionScene *scene, int applicant) { return application_of(scene, applicant).state; }

Text inspection_scene_round(InspectionScene *scene) { return application_of(scene, 0).round_state; }

Text inspection_scene_ref(InspectionScene *scene, int applicant)
{
	InspectionRow row;
	bool is_there = false;
	CHECK_OK(scene->t->call, inspection_row_of(scene->t->call, application_of(scene, applicant).id, &row, &is_there));
	return is_there ? row.ref : (Text) { 0 };
}

Inspection *inspection_scene_open(InspectionScene *scene, int applicant)
{
	Test *t = scene->t;
	Inspection *inspection = arena_new_of(t->arena, Inspection);
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, inspection_open(t->call, inspection_scene_ref(scene, applicant), inspection));
	t->call->actor = before;
	return inspection;
}

const Actor *inspection_scene_inspector(InspectionScene *scene, int applicant, int seat)
{
	const Inspection *inspection = inspection_scene_open(scene, applicant);
	CHECK((int)inspection->inspectors.count >= seat);
	for (size_t i = 0; i < scene->of->scene->count; i++)
		if (scene->of->scene->people[i].person_id == inspection->inspectors.at[seat - 1].person_id)
			return &scene->of->scene->people[i];
	return NULL;
}

const Actor *inspection_scene_admin(InspectionScene *scene, int applicant)
{
	if (applicant < 2) return applicant ? scene->of->rival : scene->of->applicant;
	for (size_t i = 0; i < scene->of->scene->count; i++)
		if (scene->of->scene->people[i].organisation_id == application_of(scene, 2).organisation_id)
			return &scene->of->scene->people[i];
	return NULL;
}

void inspection_scene_arrange(InspectionScene *scene, int applicant)
{
	Test *t = scene->t;
	Text day = clock_iso(t->arena, t->call->now + 32 * HOUR_MS); /* a day ahead in Beijing time */
	Text on = arena_printf(t->arena, "%.10s %.5s", day.at, day.at + 11);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, inspection_act(t->call, inspection_scene_ref(scene, applicant), TEXT("arrange"), 0,
				  LIST("visit_on", on.at, "where", "北京市海淀区示例路1号", "words", "请准备设备清单")));
}

static Error save(InspectionScene *scene, Text ref, Text item, Text client, int64_t seen, const Map *values, InspectionSaved *out)
{
	InspectionSave entry = { item, client, seen, values };
	return inspection_save(scene->t->call, ref, &entry, out);
}

Error inspection_scene_save(InspectionScene *scene, int applicant, const char *item, const char *client, int64_t seen, const char *comment,
	InspectionSaved *out)
{
	Test *t = scene->t;
	return save(scene, inspection_scene_ref(scene, applicant), text_from(item), text_from(client), seen,
		LIST("verdict", "minor", "evidence", "Seen.", "comment", comment, "days", "5"), out);
}

void inspection_scene_fill(InspectionScene *scene, int applicant, const char *item, const char *verdict, const char *days)
{
	Test *t = scene->t;
	const Inspection *inspection = inspection_scene_open(scene, applicant);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, applicant, 1));
	for (size_t i = 0; i < inspection->items.count; i++) {
		Text name = inspection->items.at[i].name;
		int64_t seen = inspection->items.at[i].now ? inspection->items.at[i].now->number : 0;
		bool is_it = item && text_is(name, text_from(item));
		InspectionSaved saved;
		CHECK_OK(t->call,
			save(scene, inspection->ref, name, arena_printf(t->arena, "fill-%.*s-%lld", TEXT_ARGS(name), (long long)seen), seen,
				is_it ? LIST("verdict", verdict, "evidence", "Seen.", "comment", "The register is missing.", "days", days)
				      : LIST("verdict", "meets", "evidence", "Seen."),
				&saved));
	}
}

Error inspection_scene_sign(InspectionScene *scene, int applicant, int seat)
{
	Test *t = scene->t;
	scene_as(scene->of->scene, inspection_scene_inspector(scene, applicant, seat));
	return inspection_act(t->call, inspection_scene_ref(scene, applicant), TEXT("sign"), 0, LIST("independent", "yes"));
}

void inspection_scene_pass(InspectionScene *scene, int applicant, const char *item, const char *verdict, const char *days)
{
	Test *t = scene->t;
	inspection_scene_arrange(scene, applicant);
	inspection_scene_fill(scene, applicant, item, verdict, days);
	CHECK_OK(t->call, inspection_scene_sign(scene, applicant, 1));
	CHECK_OK(t->call, inspection_scene_sign(scene, applicant, 2));
}

void inspection_scene_advance(InspectionScene *scene)
{
	Test *t = scene->t;
	int64_t count = 0;
	scene_as(scene->of->scene, &actor_system);
	CHECK_OK(t->call, inspection_advance(t->call, &count));
}
