/* demo_batch: batches of the demonstration: one in its preview with errors, one that was sent. */
#pragma once
#include "base/base/base.h"

must_use Error demo_batches(Call *call, const Actor *unit);
