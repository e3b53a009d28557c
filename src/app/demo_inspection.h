/* demo_inspection: the inspections of the demonstration: of a round where they go on, and of one where they are over. */
#pragma once
#include "app/demo_selection.h"

/* The result of the round is locked. */
must_use Error demo_inspection(Call *call, const DemoSelectors *office, Text round);
/* All that there is to it, in the past: one corrects what was found, one fails, and the first of the reserve moves up. */
must_use Error demo_inspection_done(Call *call, const DemoPlay *play);
