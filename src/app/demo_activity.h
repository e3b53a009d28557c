/* demo_activity: activities of the demonstration: a training that was held, a salon that takes people, a campaign to come, a case collection, a draft. */
#pragma once
#include "base/base/base.h"

/* `first` writes and marks, `second` announces and confirms; `unit` is a unit's member, `guest` somebody else. */
must_use Error demo_activities(Call *call, const Actor *first, const Actor *second, const Actor *unit, const Actor *guest);
