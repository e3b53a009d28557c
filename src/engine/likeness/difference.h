/* difference: what changed from one text to another, by lines (longest common subsequence). Pure. */
#pragma once
#include "base/base/base.h"

typedef enum DifferenceKind { LINE_SAME, LINE_REMOVED, LINE_ADDED } DifferenceKind;
typedef struct DifferenceLine {
	DifferenceKind kind;
	Text text; /* borrowed from the texts */
} DifferenceLine;
typedef LIST_OF(DifferenceLine) DifferenceLines;
/* Removed lines stand before the added ones in their place. Middles of more than 1,500 × 1,500 lines are shown as removed and added as a whole. */
DifferenceLines difference_of(Arena *arena, Text before, Text after);
