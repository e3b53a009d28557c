/* expert_scene: experts for tests of panels. */
#pragma once
#include "harness/scene.h"
#include "subject/programme/expert/expert.h"

/* Values of a whole entry. */
Map *expert_scene_values(Test *t, const char *login, const char *specialty, const char *employer, const char *code);
/* Invited by the present actor, a secretary, and accepted by the person; the ref. */
Text expert_scene_active(Test *t, const Actor *expert, const char *specialty, const char *employer, const char *code);
/* The n-th unified social credit code of invented employers. */
const char *expert_scene_code(Test *t, int n);
