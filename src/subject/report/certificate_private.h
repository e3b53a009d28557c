/* certificate: the conditions for a certificate of an original find, as they are published. Private to this room. */
#pragma once
#include "subject/report/report.h"

typedef enum EligibilityState { ELIGIBILITY_MET, ELIGIBILITY_OPEN, ELIGIBILITY_MISSING } EligibilityState; /* worst last */
typedef struct EligibilityLine {
	Text name, text, rule; /* name: in JSON; text: in the reader's language; rule: see report_conditions */
	EligibilityState state;
} EligibilityLine;
typedef struct Eligibility {
	EligibilityState state; /* the worst of all lines */
	int64_t version; /* of the conditions: one more with every change of any of them */
	LIST_OF(EligibilityLine) lines;
} Eligibility;
/* reporter_id 0: a visitor. level: of the library's rating; empty: there is none yet, and the reporter's own says how it may turn out. */
must_use Error certificate_eligibility(Call *call, const Map *values, int64_t reporter_id, Text level, Eligibility *out);
const char *eligibility_text(EligibilityState state); /* English source text */
const char *eligibility_tag(EligibilityState state);
