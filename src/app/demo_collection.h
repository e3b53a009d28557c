/* demo_collection: cases of the demonstration's case collection: a draft, one in the formal review, one that experts score, one in public notice. */
#pragma once
#include "base/base/base.h"

/* `activity`: an open collection. `first` checks and proposes, `second` gives public notice; `unit` is a member of the unit that submits. */
must_use Error demo_collection(Call *call, Text activity, const Actor *first, const Actor *second, const Actor *unit);
