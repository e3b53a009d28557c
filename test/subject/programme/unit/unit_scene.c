#include "subject/programme/unit/unit_scene.h"

Map *unit_scene_values(Test *t, const char *const *pairs)
{
	Map *values = map_new(t->arena);
	for (size_t i = 0; pairs[i]; i += 2) form_set(t->arena, values, text_from(pairs[i]), text_from(pairs[i + 1]));
	return values;
}

Text unit_scene_enter(const UnitScene *scene, const char *direction, const char *until, Text document)
{
	Text ref;
	scene->t->call->actor = scene->first;
	CHECK_OK(scene->t->call, unit_enter(scene->t->call,
					 UNIT_VALUES(scene->t, "credit_code", scene->code, "direction", direction, "stars", "2", "document",
						 arena_string(scene->t->arena, document), "document_on", "2026-01-20", "from_on",
						 "2026-01-01", "until_on", until),
					 &ref));
	return ref;
}

Error unit_scene_act(Test *t, const Actor *actor, Text ref, const char *action, const Map *values)
{
	const Actor *before = t->call->actor;
	t->call->actor = actor;
	Error error = unit_act(t->call, ref, text_from(action), 0, values);
	t->call->actor = before;
	return error;
}

Text unit_scene_unit(const UnitScene *scene, const char *direction, const char *state, Text document, Text reason)
{
	Test *t = scene->t;
	bool expires = !strcmp(state, "EXPIRING") || !strcmp(state, "EXPIRED"), revokes = !strcmp(state, "REVOKED");
	int64_t now = t->call->now;
	Text ref = unit_scene_enter(scene, direction, expires ? "2026-04-01" : "2026-12-31", document);
	Map *values =
		UNIT_VALUES(t, "document", "软测〔2026〕5号", "document_on", "2026-03-01", "code", "duties", "banned_until", "2028-01-01");
	form_set(t->arena, values, TEXT("reason"), reason);
	const Actor *own = scene->own, *first = scene->first, *second = scene->second;
	if (!strcmp(state, "PROPOSED")) return ref;
	if (!strcmp(state, "REFUSED")) CHECK_OK(t->call, unit_scene_act(t, second, ref, "refuse", values));
	if (!strcmp(state, "REFUSED")) return ref;
	CHECK_OK(t->call, unit_scene_act(t, second, ref, "admit", NULL));
	if (!strcmp(state, "PROBATION")) CHECK_OK(t->call, unit_scene_act(t, first, ref, "warn", values));
	if (!strcmp(state, "SUSPENDED") || revokes) CHECK_OK(t->call, unit_scene_act(t, first, ref, "suspend", values));
	if (revokes) CHECK_OK(t->call, unit_scene_act(t, first, ref, "propose-revoke", values));
	if (revokes) CHECK_OK(t->call, unit_scene_act(t, second, ref, "revoke", NULL));
	if (!strcmp(state, "WITHDRAWN")) CHECK_OK(t->call, unit_scene_act(t, own, ref, "withdraw", values));
	if (expires) CHECK_OK(t->call, unit_scene_act(t, &actor_system, ref, "near", NULL));
	if (!strcmp(state, "EXPIRED")) {
		t->call->now = now + (int64_t)60 * 86400000;
		CHECK_OK(t->call, unit_scene_act(t, &actor_system, ref, "end", NULL));
		t->call->now = now;
	}
	return ref;
}
