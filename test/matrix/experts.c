/* Entries of the expert library in every state; the available one is the actor "expert" itself. */
#include "matrix/matrix.h"
#include "subject/programme/expert/expert_scene.h"

static Text handle_of(Matrix *matrix, const char *state)
{
	Test *t = matrix->t;
	int64_t id = 0;
	bool demo = t->house->demo;
	Text handle = arena_printf(t->arena, "expert-%s", state);
	if (!strcmp(state, "ACTIVE")) return TEXT("expert");
	t->house->demo = true;
	CHECK_OK(t->call, person_create_demo(t->call, arena_printf(t->arena, "%.*s@example.org", TEXT_ARGS(handle)), handle, handle,
				  ROLE_EXPERT, &id));
	t->house->demo = demo;
	return handle;
}

static void act_as(Matrix *matrix, Text handle, const MatrixObject *object, const char *action)
{
	Test *t = matrix->t;
	Person person;
	CHECK_OK(t->call, person_find_login(t->call, handle, &person));
	people_enter(t, person.id);
	CHECK_OK(t->call, expert_act(t->call, object->ref, text_from(action), 0,
				  VALUES(matrix->scene, "impartial", "yes", "confidential", "yes", "complete", "yes")));
}

static void make_expert(Matrix *matrix, const char *state)
{
	Test *t = matrix->t;
	Expert expert;
	MatrixObject *object = matrix_add(matrix, "expert", state);
	Text handle = handle_of(matrix, state);
	Map *values = VALUES(matrix->scene, "specialties", "移动安全", "employer_code", expert_scene_code(t, 400), "term_until",
		"2030-12-31", "panels_a_year", "50");
	form_set(t->arena, values, TEXT("login"), handle);
	form_set(t->arena, values, TEXT("employer"), arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(t->arena, values, TEXT("title"), arena_printf(t->arena, "%.*s <img src=x onerror=alert(2)>", TEXT_ARGS(object->content)));
	matrix_as(matrix, "secretary");
	CHECK_OK(t->call, expert_invite(t->call, values, &object->ref));
	if (!strcmp(state, "DECLINED")) act_as(matrix, handle, object, "decline");
	if (!strcmp(state, "ACTIVE") || !strcmp(state, "BANNED")) act_as(matrix, handle, object, "accept");
	if (!strcmp(state, "ACTIVE")) {
		CHECK_OK(t->call, expert_relate(t->call, VALUES(matrix->scene, "kind", "kin", "organisation", "Somewhere")));
		CHECK_OK(t->call, expert_own(t->call, &expert));
		matrix_place(matrix, "relation", expert.relations.at[0].ref);
	}
	matrix_as(matrix, "secretary");
	if (!strcmp(state, "BANNED"))
		CHECK_OK(t->call, expert_act(t->call, object->ref, TEXT("ban"), 0, VALUES(matrix->scene, "reason", "R")));
	if (!strcmp(state, "RETIRED")) CHECK_OK(t->call, expert_act(t->call, object->ref, TEXT("withdraw"), 0, NULL));
	CHECK_OK(t->call, expert_open(t->call, object->ref, &expert));
	CHECK(text_is(expert.state, text_from(state)));
}

void matrix_experts(Matrix *matrix)
{
	matrix_peers(matrix);
	(void)handle_of(matrix, "spare"); /* one who may be invited */
	for (size_t i = 0; i < expert_machine.state_count; i++) make_expert(matrix, expert_machine.states[i].name);
}
