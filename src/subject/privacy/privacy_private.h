/* What the files of this room share. */
#pragma once
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/privacy/privacy.h"
#include "subject/privacy/privacy.sql.h"

enum { PRIVACY_DAY_MS = 24 * 3600 * 1000 };
/* Records what the actor does to something of this room; inside db_transact. */
must_use Error privacy_record(Call *call, const char *kind, Text ref, const char *action, Text detail);
/* FORBIDDEN, SECOND_FACTOR: no session of one of these roles with a second factor. */
must_use Error privacy_is(Call *call, uint32_t roles);
/* Whether it is held back from the rules, or that was asked for. */
must_use Error hold_is(Call *call, const RetentionKind *kind, Text ref, bool *out_held);

must_use Error impact_machine_load(Call *call, Text ref, Matter *out);
must_use Error impact_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error impact_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
typedef struct ImpactFacts { /* what the guards look at */
	int64_t written_by;
	bool is_complete;
} ImpactFacts;
