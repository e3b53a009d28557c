/*
 * absence: who is away from when until when, and who stands in for them. Whoever verifies, coordinates or publishes states an absence; a
 * coordinator enters one for somebody who fell ill. It begins and ends by itself: the tasks of a person who is away go to the deputy, who holds
 * them for them, and come back afterwards. Why somebody is away is not asked and not stored.
 */
#pragma once
#include "people/notice/notice.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

typedef struct Absence {
	int64_t id, from_at, until_at, entered_at, ended_at; /* until: the first instant after it; ended 0: not ended before its time */
	int working_days;
	Text ref, person, deputy, entered_by; /* names; deputy: may be empty */
	bool has_begun, is_over, is_own; /* own: of the actor */
	bool may_end; /* the actor */
} Absence;
typedef LIST_OF(Absence) Absences;

/* Whoever holds one of these states absences; a deputy holds all of them that the absent person holds. */
enum { ROLE_ABSENCE = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER };

extern const Form absence_form; /* person (a coordinator's alone; empty: the actor), from, until, deputy */
/* INVALID with problems at the fields; FORBIDDEN: no such role. It begins at once when its first day has come. */
must_use Error absence_add(Call *call, const Map *values, Text *out_ref);
/* It ends now. By the person, by who entered it, or by a coordinator; NOT_FOUND: no such absence that is not over, of theirs. */
must_use Error absence_end(Call *call, Text ref);
/* The actor's own and those the actor stands in for, a coordinator's everybody's; newest first. before: id of the last one seen, 0 to begin with. */
must_use Error absence_list(Call *call, int64_t before, int64_t max, Absences *out);

/* Whether somebody is away at this instant, by what is stated now. */
must_use Error absence_at(Call *call, int64_t person_id, int64_t at, bool *out_is_away);
/* Whether somebody is away when the matter's running clock ends (now, when it has ended or none runs): the reason, else *out_why stays. */
must_use Error absence_against(Call *call, const Machine *machine, int64_t subject_id, int64_t person_id, const char **out_why);
/* As notice_send, and to who stands in for them now. */
must_use Error absence_tell(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link);

/* Given once at start: an absence begins or is over; moves the tasks, inside the transaction. deputy 0: nobody stands in. */
typedef struct AbsenceHooks {
	Error (*begins)(Call *call, int64_t person_id, int64_t deputy_id);
	Error (*ends)(Call *call, int64_t person_id);
} AbsenceHooks;
void absence_set_hooks(const AbsenceHooks *hooks);
/* Run every minute: begins and ends what is due, at most `max` of each. */
must_use Error absence_turn(Call *call, int64_t max, int64_t *out_count);

struct RouteTable;
extern const struct RouteTable absence_routes;
