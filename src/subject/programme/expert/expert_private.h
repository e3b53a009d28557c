/* What the files of this room share. */
#pragma once
#include "subject/programme/expert/expert.h"
#include "subject/programme/expert/expert.sql.h"

typedef struct ExpertFacts { /* what the guards look at */
	int64_t person_id;
} ExpertFacts;
must_use Error expert_machine_load(Call *call, Text ref, Matter *out);
must_use Error expert_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error expert_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
/* A copy with codes as they are compared: capitals, no blanks. */
Map *expert_normalised(Arena *arena, const Form *form, const Map *values);
/* Notes a problem for a code that is none, and for an end before its beginning. */
void expert_check_profile(Call *call, const Map *values);
void expert_check_relation(Call *call, const Map *values);
