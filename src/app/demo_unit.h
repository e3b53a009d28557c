/* demo_unit: the register of support units of the demonstration: in force with stars, on probation, suspended, revoked, near the end, waiting. */
#pragma once
#include "base/base/base.h"

/* Two secretaries decide; a coordinator verifies the organisations. *out_verifier: a unit's member who verifies for the library. */
must_use Error demo_units(Call *call, const Actor *coordinator, const Actor *first, const Actor *second, Actor *out_verifier);
/* What that member has: two formal reviews, of which one has its opinion, and the verification of a casefile. */
must_use Error demo_unit_works(Call *call, const Actor *coordinator, const Actor *unit);
