/* See dispute_scene.h. */
#include "subject/dispute/dispute_scene.h"

DisputeExperts world_pool;

static Error library(Call *call, const Numbers *organisations, DisputeExperts *out)
{
	(void)call, (void)organisations;
	*out = world_pool;
	return OK;
}

World world_open(Test *t)
{
	static const char *const names[EXPERTS] = { "ines", "ivan", "iris", "igor", "ilse", "ines2" };
	World world = { .scene = scene_new(t), .t = t };
	world.cast = scene_cast(world.scene);
	world.third = scene_person(world.scene, "third", ROLE_COORDINATOR);
	world_pool = (DisputeExperts) { 0 };
	for (size_t i = 0; i < EXPERTS; i++) {
		world.experts[i] = scene_person(world.scene, names[i], ROLE_EXPERT);
		list_add(t->arena, &world_pool, ((DisputeExpert) { .person_id = world.experts[i]->person_id }));
	}
	world.experts[EXPERTS] = world.cast.verifier;
	world.experts[EXPERTS + 1] = world.cast.second_verifier;
	dispute_set_library(library);
	report_set_appeal(dispute_report_look);
	return world;
}

Map *world_appeal_values(World *world) { return VALUES(world->scene, "grounds", "different", "text", "The parameter is another one."); }

/* The reporter's report is decided as a duplicate of somebody else's, by the first coordinator. */
void world_duplicate(World *world)
{
	Scene *scene = world->scene;
	const Actor *other = scene_person(scene, "other", ROLE_REPORTER);
	Map *values = scene_values(scene);
	form_set(world->t->arena, values, TEXT("title"), TEXT("EARLIERTITLE"));
	scene_as(scene, other);
	world->earlier = scene_report(scene, values);
	scene_later(scene, 1000);
	scene_as(scene, world->cast.reporter);
	world->report = scene_report(scene, scene_values(scene));
	scene_as(scene, world->cast.coordinator);
	CHECK_OK(world->t->call, scene_report_act(scene, world->report, "review", NULL));
	CHECK_OK(world->t->call, scene_report_act(scene, world->report, "duplicate", VALUES(scene, "of", world->earlier.at)));
}

void world_appeal(World *world)
{
	scene_as(world->scene, world->cast.reporter);
	CHECK_OK(world->t->call, dispute_appeal_report(world->t->call, world->report, world_appeal_values(world), &world->dispute));
}

Error world_act(World *world, const Actor *actor, const char *action, const Map *values)
{
	call_recover(world->t->call);
	scene_as(world->scene, actor);
	return dispute_act(world->t->call, world->dispute, text_from(action), 0, values);
}

Dispute world_seen(World *world, const Actor *actor)
{
	Dispute dispute;
	call_recover(world->t->call);
	scene_as(world->scene, actor);
	CHECK_OK(world->t->call, dispute_open(world->t->call, world->dispute, &dispute));
	return dispute;
}

bool world_is_hidden(World *world, const Actor *actor)
{
	Dispute dispute;
	call_recover(world->t->call);
	scene_as(world->scene, actor);
	Error error = dispute_open(world->t->call, world->dispute, &dispute);
	call_recover(world->t->call);
	return error == ERROR_NOT_FOUND;
}

Text world_report_state(World *world)
{
	Report report;
	scene_as(world->scene, world->cast.coordinator);
	CHECK_OK(world->t->call, report_open(world->t->call, world->report, &report));
	return report.state;
}

void world_to_panel(World *world)
{
	world_duplicate(world);
	world_appeal(world);
	CHECK_OK(world->t->call, world_act(world, world->cast.second_coordinator, "answer", ANSWER(world)));
	CHECK_OK(world->t->call, world_act(world, world->cast.reporter, "panel", REQUEST(world)));
}

/* Who has a seat, in no order. */
size_t world_seated(World *world, const Actor **out)
{
	size_t count = 0;
	for (size_t i = 0; i < SITTERS; i++)
		if (!world_is_hidden(world, world->experts[i])) out[count++] = world->experts[i];
	return count;
}

void world_sign_all(World *world, const Actor *const *seats, size_t count)
{
	for (size_t i = 0; i < count; i++) CHECK_OK(world->t->call, world_act(world, seats[i], "undertake", OATH(world)));
}
