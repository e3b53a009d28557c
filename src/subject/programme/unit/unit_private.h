/* What the files of this room share. */
#pragma once
#include "subject/programme/unit/unit.h"
#include "subject/programme/unit/unit.sql.h"

typedef struct UnitFacts { /* what the guards look at */
	int64_t now, until_at, expiring_ms, organisation_id, wish_by;
	Text wish, review;
	bool is_verified; /* the organisation */
} UnitFacts;
must_use Error unit_machine_load(Call *call, Text ref, Matter *out);
must_use Error unit_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error unit_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error unit_enter_within(Call *call, const Map *values, Text *out_ref); /* inside db_transact */
/* A decision that came from a round came into force, or was dropped. */
must_use Error unit_round_done(Call *call, int64_t unit_id);
must_use Error unit_round_undone(Call *call, int64_t unit_id);
must_use Error unit_by_id(Call *call, int64_t id, Unit *out);
must_use bool unit_day(Text text, int64_t *out); /* its first instant in Beijing time */
must_use Error unit_tell(Call *call, const Unit *unit, int kind); /* NoticeKind, to the administrators of its organisation */
