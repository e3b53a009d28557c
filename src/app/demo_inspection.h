/* demo_inspection: the inspections of the demonstration's finished selection: passed, corrected, failed, arranged and to be arranged. */
#pragma once
#include "app/demo_selection.h"

/* The result of the round is locked. */
must_use Error demo_inspection(Call *call, const DemoSelectors *office, Text round);
