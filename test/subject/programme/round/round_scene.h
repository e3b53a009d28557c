/* round_scene: a complete round for tests. */
#pragma once
#include "harness/scene.h"
#include "subject/programme/round/round.h"

/* A draft of this code with one direction, two criteria, a star rule and a field; opens on 2026-04-01 09:00 Beijing time, closes a month later. */
extern const char *round_scene_places; /* of the direction; "6" */
extern const char *round_scene_opens, *round_scene_closes; /* those instants */
Text round_scene_draft(Test *t, const char *code);
Text round_scene_draft_of(Test *t, const char *code, Text title, Text notice); /* the Chinese ones */
Text round_scene_published(Test *t, const char *code);
Map *round_scene_values(Arena *arena, const char *const *names_and_values); /* NULL at the end */
