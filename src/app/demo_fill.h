/* demo_fill: people and matters of the demonstration, made by the same operations that people use. */
#pragma once
#include "base/base/base.h"

/* Accounts of every role, and each matter of demo_data.h brought to its stage. Needs house->demo. */
must_use Error demo_fill(Call *call);
