/* demo_round: two selection rounds of the demonstration: one that is open, with its rules frozen and rehearsed, and one that is being prepared. */
#pragma once
#include "base/base/base.h"

must_use Error demo_rounds(Call *call, const Actor *secretary);
