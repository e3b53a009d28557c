/* demo_selection: a whole selection round of the demonstration, played in the past by everybody who takes part in one. */
#pragma once
#include "app/demo_expert.h"
#include "app/demo_round.h"

typedef struct DemoSelectors {
	const Actor *coordinator, *first, *second, *supervisor; /* first, second: secretaries */
	DemoExperts experts;
} DemoSelectors;
/* The round is open when it begins. */
must_use Error demo_selection(Call *call, const DemoSelectors *office, const DemoRounds *rounds);
