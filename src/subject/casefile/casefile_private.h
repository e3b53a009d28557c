/* What the files of this room share. */
#pragma once
#include "subject/casefile/casefile.h"
#include "subject/casefile/casefile.sql.h"

typedef struct CasefileReporter {
	int64_t person_id, organisation_id; /* 0: none */
} CasefileReporter;
typedef struct CasefileFacts { /* what the guards look at */
	bool is_incident, is_refuted;
	bool has_notice, has_fix, has_mitigation, has_public_text;
	int64_t verifier_id; /* whom it is assigned to */
	int64_t verified_by_id, asked_by_id; /* who did */
	const CasefileReporter *reporters;
	size_t reporter_count;
} CasefileFacts;

/* Why this person of this organisation may not judge the casefile; NULL: no interest is known. */
const char *casefile_interest(const CasefileFacts *casefile, int64_t person_id, int64_t organisation_id);
/* Why the actor is not the second pair of eyes; NULL: is. A guard. */
const char *casefile_second_person(const void *facts, const Actor *actor);

typedef struct GateItem { /* one condition of publication */
	bool (*is_met)(const CasefileFacts *casefile);
	const char *text, *why_not;
} GateItem;
extern const GateItem casefile_gate[];
extern const size_t casefile_gate_count;

Error casefile_machine_load(Call *call, Text ref, Matter *out);
Error casefile_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error casefile_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

must_use Error casefile_of_row(Call *call, const CasefileRow *row, Casefile *out);
/* Publishes what casefile-public holds as an advisory of our own; inside the transaction. */
must_use Error casefile_publish(Call *call, const Casefile *casefile);
/* Tells those whom this step concerns; inside the transaction of the action. */
must_use Error casefile_tell(Call *call, const CasefileRow *row, const char *action);

/* The reporter takes back a report that a casefile has; INVALID when the advisory is public. Inside the transaction. */
must_use Error casefile_report_withdrawn(Call *call, const Report *report);
