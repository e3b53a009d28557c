/* demo_round: the selection rounds of the demonstration: finished, in the inspections, in review, open, and being prepared. */
#pragma once
#include "base/base/base.h"

typedef struct DemoRounds {
	Text open, reviewed, visited, finished; /* codes */
	Text reviewed_ref, visited_ref, finished_ref;
	int64_t reviewed_opens, visited_opens, finished_opens;
} DemoRounds;
/* One that is open, three of last year that are opened only (their applications close them), and a draft. */
must_use Error demo_rounds(Call *call, const Actor *secretary, DemoRounds *out);
typedef struct DemoOpening {
	const char *code, *year;
	int64_t opens;
	const char *seats; /* for each specialty, in both directions; NULL: as the demonstration has them */
} DemoOpening;
/* Prepared, rehearsed and published twenty days before it opens, and opened. */
must_use Error demo_open_round(Call *call, const Actor *secretary, const DemoOpening *opening, Text *out_ref);
