/* masking: what its files share. */
#pragma once
#include "engine/masking/masking.h"

/* The text by characters, folded to half width; `at` has one more than `count`, a 0. */
typedef struct Cell {
	uint32_t point; /* as written, half width */
	uint32_t from; /* first byte in the text */
} Cell;
typedef struct Cells {
	Cell *at;
	size_t count;
} Cells;
Cells cells_of(Arena *arena, Text text);

bool is_digit(uint32_t point);
bool is_letter(uint32_t point); /* ASCII */
bool is_alnum(uint32_t point);
/* Whether one of the words (small letters, separated by '|') stands within `reach` characters before this place. */
bool said_before(const Cells *cells, size_t at, size_t reach, const char *words);
/* Whether the word (small letters) stands here, upper case or lower. */
bool word_here(const Cells *cells, size_t at, const char *word);

typedef struct Found { /* what the finders add to; indexes of cells */
	Arena *arena;
	MaskSpans spans;
} Found;
void found_add(Found *found, const Cells *cells, size_t from, size_t to, MaskKind kind);

void find_numbers(const Cells *cells, Found *found);
void find_words(const Cells *cells, Found *found);
void find_secrets(const Cells *cells, Found *found);
