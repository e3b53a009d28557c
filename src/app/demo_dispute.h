/* demo_dispute: disputes of the demonstration: an appeal that waits for its answer, one at the panel, and one that the panel has decided. */
#pragma once
#include "base/base/base.h"

typedef struct DemoDisputers {
	const Actor *reporter, *decider, *answerer; /* two coordinators */
	const Actor *const *experts; /* whoever may be drawn */
	size_t expert_count;
} DemoDisputers;
must_use Error demo_disputes(Call *call, const DemoDisputers *people);
