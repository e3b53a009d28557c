/* What the files of this room share. */
#pragma once
#include "subject/casefile/casefile.h"
#include "subject/find/find.h"
#include "subject/find/find.sql.h"

typedef struct FindListFacts { /* what the guards look at */
	int64_t proposed_by;
	bool has_own, is_empty; /* has_own: a find of the actor or of the actor's organisation */
} FindListFacts;
typedef struct FindFacts {
	int64_t person_id, organisation_id, wish_by;
	bool is_draft, has_review, by_list; /* by_list: its list is decided about, not the find by itself */
} FindFacts;
must_use Error find_list_machine_load(Call *call, Text ref, Matter *out);
must_use Error find_list_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error find_list_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error find_machine_load(Call *call, Text ref, Matter *out);
must_use Error find_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error find_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

must_use Error find_from_row(Call *call, const FindRow *row, Find *out);
/* Puts what was accepted in the month, and meets the conditions, on the list. */
must_use Error find_collect(Call *call, int64_t list_id, int64_t month);
/* NULL: it stands; else "gone" or "duplicate". */
must_use Error find_fault(Call *call, const Find *find, const char **out_fault);
must_use Error find_certify_it(Call *call, Find *find, Text document); /* a new certificate, in the place of the one it has */
must_use Error find_seal_name(Call *call, const Find *find, Text name, Sealed *out);
