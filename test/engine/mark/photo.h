/* photo: what a telephone makes of half a page of a notice. Deterministic for a seed. */
#pragma once
#include "engine/mark/mark.h"

typedef struct Photo {
	unsigned char *at; /* grey, as the JPEG gives it back */
	size_t width, height;
	Text jpeg;
} Photo;
typedef struct Sheet { /* a printed page, 300 dots per inch */
	unsigned char *at;
	size_t width, height;
} Sheet;
/* An A4 page of Chinese text, drawn by pango and cairo; `copy` < 0: without a mark. */
Sheet photo_print(Arena *arena, uint32_t seed, int64_t copy);
/* A random half of it: turned by up to 8° and by quarters, in perspective, 1.5 to 4 million pixels, blurred, unevenly lit, noisy, as a JPEG of quality 60 to 85. */
Photo photo_take(Arena *arena, const Sheet *sheet, uint32_t seed);
