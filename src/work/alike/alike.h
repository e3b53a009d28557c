/*
 * alike: which matters speak of the same thing. Only keyed values of what a matter says are stored (store/seal), so the table tells nobody
 * what that is; it is found again by whoever says the same. What the finder may see of them is the caller's business.
 */
#pragma once
#include "base/base/base.h"
#include "engine/likeness/features.h"

typedef struct AlikeMatch {
	int64_t subject_id;
	int shared[FEATURE_KINDS];
} AlikeMatch;
typedef LIST_OF(AlikeMatch) AlikeMatches;

/* Inside db_transact. Replaces what was kept of the subject; no features: forgets it. */
must_use Error alike_put(Call *call, const char *kind, int64_t subject_id, const Features *features);
/* Those of this kind that share a value, but `except` (0: none), the newest 200 of each value; in no order. */
must_use Error alike_find(Call *call, const char *kind, int64_t except, const Features *features, AlikeMatches *out);
