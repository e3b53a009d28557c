/* corpus: texts with personal data and secrets whose places are known, and with what only looks like them. Deterministic. */
#pragma once
#include "engine/masking/masking.h"

typedef struct MaskSample {
	Text text;
	MaskSpans expected;
} MaskSample;
MaskSample mask_sample(Arena *arena, uint32_t seed);
typedef struct MaskScore { /* by kind; a span counts when it lies exactly where it should */
	int64_t right[MASK_KINDS], extra[MASK_KINDS], missed[MASK_KINDS];
} MaskScore;
void mask_score(Arena *arena, const MaskSample *sample, MaskScore *score);
