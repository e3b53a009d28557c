/* demo_expert: the library of experts of the demonstration: invented people of invented employers, one of them not answered yet. */
#pragma once
#include "base/base/base.h"

typedef LIST_OF(Actor) DemoExperts;
must_use Error demo_experts(Call *call, const Actor *secretary, DemoExperts *out); /* those who have accepted */
