/* random: unpredictable bytes from the kernel. */
#pragma once
#include "base/base/base.h"

void random_bytes(void *out, size_t count);
uint64_t random_below(uint64_t limit); /* uniform in [0, limit); limit > 0 */
/* `length` characters of Crockford's base 32 without I, L, O, U: safe to read aloud and to type on a phone. */
Text random_code(Arena *arena, size_t length);
