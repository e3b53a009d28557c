/* name: what a name looks like, so that none passes for another. */
#pragma once
#include "base/base/base.h"

/* Equal for names that look alike: UTS #39 (Unicode 15), clause 4, over NFKC with case folded; without blanks, hyphens and underlines. */
Text name_skeleton(Arena *arena, Text name);
/* Holds something nobody sees: a format character (Unicode category Cf: zero width, or changing the direction of writing), or another that is
 * ignored by default. */
bool name_hides(Text name);
