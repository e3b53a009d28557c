/* unit_scene: units in every state, for tests; by two secretaries. */
#pragma once
#include "harness/scene.h"
#include "subject/programme/unit/unit.h"

typedef struct UnitScene {
	Test *t;
	const Actor *first, *second; /* secretaries */
	Actor *own; /* administers the organisation */
	const char *code; /* of the organisation */
} UnitScene;
Map *unit_scene_values(Test *t, const char *const *names_and_values); /* NULL at the end */
#define UNIT_VALUES(t, ...) unit_scene_values((t), (const char *const[]) { __VA_ARGS__, NULL })
Text unit_scene_enter(const UnitScene *scene, const char *direction, const char *until, Text document); /* "2026-12-31" */
/* Acts as this one; returns what came of it. */
Error unit_scene_act(Test *t, const Actor *actor, Text ref, const char *action, const Map *values);
/* A unit of this direction brought to a state. */
Text unit_scene_unit(const UnitScene *scene, const char *direction, const char *state, Text document, Text reason);
