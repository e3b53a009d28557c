/* demo_history: matters of the demonstration that ended months ago, so that figures have something to tell. Invented like everything there. */
#pragma once
#include "app/demo_data.h"

/* Of the twelve months before `now`. */
void demo_history(Arena *arena, int64_t now, const DemoMatter **out, size_t *out_count);
