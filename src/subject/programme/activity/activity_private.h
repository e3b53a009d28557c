/* What the files of this room share. */
#pragma once
#include "subject/programme/activity/activity.h"
#include "subject/programme/activity/activity.sql.h"

enum { ACTIVITY_REGISTRATIONS_MAX = 5000, ACTIVITY_RESULTS_MAX = 2000 };
typedef struct ActivityFacts { /* what the guards look at */
	int64_t now, starts_at, ends_at, opens_at, closes_at, writer_id, marked_by;
	bool has_waiting; /* a result waits for its second person */
} ActivityFacts;
must_use Error activity_machine_load(Call *call, Text ref, Matter *out);
must_use Error activity_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error activity_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error activity_of_row(Call *call, const ActivityRow *row, Activity *out);
must_use Error activity_by_id(Call *call, int64_t id, Activity *out);
bool activity_instant(Text text, int64_t *out); /* "2026-03-05 14:00" in Beijing time */
/* Gives free places to those who may have one now, in their order; inside db_transact. Who is told: those with `tells`. */
must_use Error activity_settle(Call *call, const Activity *activity);
must_use Error activity_tell(Call *call, const Activity *activity, int kind); /* NoticeKind, to everybody who is registered */
/* Those who came, as results of their organisations, confirmed by the actor. */
must_use Error activity_count_attendance(Call *call, const Activity *activity);
must_use Error activity_need_secretary(Call *call);
/* Pure: which of these, in the order of registration, get a place now. `out` has room for count. */
void activity_places(const RegistrationRows *rows, int64_t places, bool units_only, bool *out);
