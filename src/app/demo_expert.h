/* demo_expert: the library of experts of the demonstration: invented people of invented employers, one of them not answered yet. */
#pragma once
#include "base/base/base.h"

typedef LIST_OF(Actor) DemoExperts;
must_use Error demo_experts(Call *call, const Actor *secretary, DemoExperts *out); /* those who have accepted */

typedef struct DemoExpert {
	const char *name, *handle, *specialties, *employer, *title;
} DemoExpert;
/* The nth of all: invited, and unless `waits` accepted. */
must_use Error demo_expert_add(Call *call, const DemoExpert *given, size_t nth, const Actor *secretary, bool waits, DemoExperts *out);
