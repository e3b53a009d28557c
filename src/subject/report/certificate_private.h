/* certificate: the conditions for a certificate of an original find, version 1 of the certificate rules. Private to this room. */
#pragma once
#include "work/form/form.h"

typedef enum EligibilityState { ELIGIBILITY_MET, ELIGIBILITY_OPEN, ELIGIBILITY_MISSING } EligibilityState; /* worst last */
typedef struct EligibilityLine {
	const char *name, *text; /* name: in JSON; text: English source text */
	EligibilityState state;
} EligibilityLine;
typedef struct Eligibility {
	EligibilityState state; /* the worst of all lines */
	LIST_OF(EligibilityLine) lines;
} Eligibility;
/* reporter_id 0: a visitor. */
must_use Error certificate_eligibility(Call *call, const Map *values, int64_t reporter_id, Eligibility *out);
const char *eligibility_text(EligibilityState state); /* English source text */
const char *eligibility_tag(EligibilityState state);
