/* rating, inside: one function per system that fills the scores of parsed values. */
#pragma once
#include "engine/rating/rating.h"

extern const RatingScheme cvss2_scheme, cvss30_scheme, cvss31_scheme, cvss4_scheme, gbt30279_scheme;

void cvss2_score(Rating *rating);
void cvss3_score(Rating *rating);
void cvss4_score(Rating *rating);
void gbt30279_score(Rating *rating);
bool gbt30279_has_impact(const Rating *rating);

/* Weight of the value of metric number `metric`. */
int rating_weight(const Rating *rating, int metric);
/* Whether the vector defines a metric of this group. */
bool rating_speaks_of(const Rating *rating, RatingGroup group);
/* A score with its level on CVSS's scale. */
void rating_add(Rating *rating, const char *tag, const char *text, int tenths);
/* A score that is no severity: without level. */
void rating_add_plain(Rating *rating, const char *tag, const char *text, int tenths);
/* A level without score; the last one added counts. */
void rating_add_level(Rating *rating, const char *tag, const char *text, Level level);
/* The score that counts, with its level. */
void rating_decide(Rating *rating, int tenths);

/* Fixed point with 16 decimals in 128 bits: |values| stay under 2,000, so a product is under 4e38's half and exact terms stay exact. */
typedef __int128 Fixed;
#define FIXED_ONE ((Fixed)10000000000000000)
static inline Fixed fixed_ratio(int numerator, int denominator) { return FIXED_ONE * numerator / denominator; }
static inline Fixed fixed_weight(int thousandths) { return fixed_ratio(thousandths, 1000); }
static inline Fixed fixed_times(Fixed a, Fixed b) { return a * b / FIXED_ONE; }
static inline Fixed fixed_least(Fixed a, Fixed b) { return a < b ? a : b; }
/* Half up to tenths; negative values do not occur. */
static inline int fixed_round(Fixed value) { return (int)((value * 10 + FIXED_ONE / 2) / FIXED_ONE); }
