/* demo_find: certificates of original finds of the demonstration: a month that is issued, with one revoked, and a month that waits. */
#pragma once
#include "base/base/base.h"

/* By two coordinators; after the matters. */
must_use Error demo_finds(Call *call, const Actor *first, const Actor *second);
/* These wish to stand in the ranking of finders. */
must_use Error demo_ranking(Call *call, const Actor *const *finders, size_t count);
