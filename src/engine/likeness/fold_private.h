/* How characters are folded; the tables are made by tools/foldgen.c. */
#pragma once
#include "base/base/base.h"

enum { FOLD_SEPARATOR = 's', FOLD_WORD = 'w', FOLD_CHINESE = 'c', FOLD_MARK = 'm', FOLD_LONGEST = 32 };
extern const uint16_t fold_single[65536]; /* 0: nothing, or several (then in fold_expansions) */
extern const unsigned char fold_kind[65536]; /* FOLD_… of the character itself */
extern const uint16_t fold_expansions[]; /* character, count, characters …; ascending */
extern const size_t fold_expansion_count;

/* Next code point of a text; what is not UTF-8 gives U+FFFD, one byte at a time. False at the end. */
bool fold_next(Text text, size_t *at, uint32_t *out_point);
/* Folds one code point into at most FOLD_LONGEST; returns how many. */
size_t fold_point(uint32_t point, uint32_t *out);
/* FOLD_… of a folded code point. */
unsigned char fold_kind_of(uint32_t point);
size_t fold_put_utf8(uint32_t point, char *out);
