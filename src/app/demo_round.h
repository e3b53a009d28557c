/* demo_round: two selection rounds of the demonstration: one that is open, with its rules frozen and rehearsed, and one that is being prepared. */
#pragma once
#include "base/base/base.h"

typedef struct DemoRounds {
	Text open, reviewed; /* codes */
	Text reviewed_ref;
	int64_t reviewed_opens;
} DemoRounds;
/* One that is open, one of last year that is opened only (its applications close it), and a draft. */
must_use Error demo_rounds(Call *call, const Actor *secretary, DemoRounds *out);
