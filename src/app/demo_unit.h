/* demo_unit: the register of support units of the demonstration: in force with stars, on probation, suspended, revoked, near the end, waiting. */
#pragma once
#include "base/base/base.h"

/* Two secretaries decide; a coordinator verifies the organisations. */
must_use Error demo_units(Call *call, const Actor *coordinator, const Actor *first, const Actor *second);
