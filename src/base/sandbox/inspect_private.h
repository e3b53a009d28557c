/* inspect: what its files share. */
#pragma once
#include "base/sandbox/inspect.h"

uint64_t little(Text bytes, size_t at, int count); /* little-endian number of `count` bytes; 0 past the end */
void inspect_zip(Arena *arena, Text content, Inspection *out);
