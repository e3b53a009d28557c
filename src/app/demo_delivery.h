/* demo_delivery: one casefile with a dozen vendors, most of them without account, reached through two partners. */
#pragma once
#include "base/base/base.h"

/* After demo_partner and demo_parties. */
must_use Error demo_deliveries(Call *call, const Actor *coordinator);
