/* What the files of deeds share. */
#pragma once
#include "subject/merit/deed.h"
#include "subject/merit/deed.sql.h"

typedef struct DeedFacts { /* what the guards look at */
	int64_t organisation_id, stated_by, decided_by;
	bool is_entered, has_files;
} DeedFacts;
must_use Error deed_machine_load(Call *call, Text ref, Matter *out);
must_use Error deed_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error deed_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
