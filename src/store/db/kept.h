/*
 * kept: what a retention rule goes through. Each room that keeps something for a time lists it by the time of the event the rule counts from,
 * and knows how to take one of them away for ever.
 */
#pragma once
#include "base/base/base.h"

typedef struct Kept {
	int64_t id, at; /* at: of the event */
	Text ref; /* names it for a hold and for the taking away */
} Kept;
typedef LIST_OF(Kept) Keeps;
typedef struct KeptPage {
	int64_t before; /* whose event was before that instant */
	int64_t after_at, after_id; /* the last one seen; 0 to begin with */
	int64_t max;
} KeptPage;
