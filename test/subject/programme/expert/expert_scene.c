#include "subject/programme/expert/expert_scene.h"

Map *expert_scene_values(Test *t, const char *login, const char *specialty, const char *employer, const char *code)
{
	const char *const pairs[][2] = { { "login", login }, { "specialties", specialty }, { "employer", employer },
		{ "employer_code", code }, { "title", "高级工程师" }, { "term_until", "2030-12-31" }, { "panels_a_year", "5" } };
	Map *values = map_new(t->arena);
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(t->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

Text expert_scene_active(Test *t, const Actor *expert, const char *specialty, const char *employer, const char *code)
{
	static const char *const boxes[] = { "impartial", "confidential", "complete" };
	const Actor *secretary = t->call->actor;
	Map *accepted = map_new(t->arena);
	Text ref;
	CHECK_OK(t->call,
		expert_invite(t->call, expert_scene_values(t, arena_string(t->arena, expert->name), specialty, employer, code), &ref));
	for (size_t i = 0; i < COUNT(boxes); i++) form_set(t->arena, accepted, text_from(boxes[i]), TEXT("yes"));
	t->call->actor = expert;
	CHECK_OK(t->call, expert_act(t->call, ref, TEXT("accept"), 0, accepted));
	t->call->actor = secretary;
	return ref;
}

const char *expert_scene_code(Test *t, int n)
{
	Text first = arena_printf(t->arena, "91110108MA0%06d", n % 1000000);
	return arena_string(t->arena, arena_printf(t->arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first)));
}
