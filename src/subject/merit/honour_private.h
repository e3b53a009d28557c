/* What the files of honours share. */
#pragma once
#include "subject/merit/honour.h"
#include "subject/merit/honour.sql.h"

typedef struct HonourFacts { /* what the guards look at */
	int64_t proposed_by;
} HonourFacts;
must_use Error honour_machine_load(Call *call, Text ref, Matter *out);
must_use Error honour_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error honour_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error honour_propose(Call *call, int64_t list_id, int year); /* what the rules make of a year */
