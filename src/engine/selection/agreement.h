/*
 * agreement: what a panel's sheets tell about the panel itself. Stands beside the official score and never changes it, so floating point is
 * enough here. Totals are points (0 to 100); rows are applicants, columns experts.
 */
#pragma once
#include "engine/selection/score.h"

typedef struct Ratings { /* [row][column] */
	size_t rows, columns;
	const double *values;
	const bool *given; /* NULL: all */
} Ratings;

/* Intraclass correlations of Shrout and Fleiss, Psychological Bulletin 86 (1979) 420-428, tables 3 and 4; single judge and mean of k. */
typedef struct Icc {
	double one_1, two_1, three_1; /* ICC(1,1), ICC(2,1), ICC(3,1); NAN where the denominator is not positive */
	double one_k, two_k, three_k;
	double residual_mean_square; /* MSE of the two-way analysis of variance, without interaction */
	size_t columns; /* those who rated every row: the others are left out */
} Icc;
/* False: fewer than two rows or complete columns, or nothing differs. Only coefficients may be NAN. */
must_use bool agreement_icc(const Ratings *ratings, Icc *out);
/* Kendall's coefficient of concordance with his correction for ties (Rank Correlation Methods, 1948, chapter 6). Columns that rated every row. */
must_use bool agreement_kendall(Arena *arena, const Ratings *ratings, double *out);
/* Krippendorff's alpha, interval metric (Content Analysis, 2004, clause 11.3). What is missing is missing; rows with one value do not count. */
must_use bool agreement_krippendorff(const Ratings *ratings, double *out);

/* ---- A whole panel */
typedef struct Outlier {
	size_t applicant, expert;
	double residual; /* points off what the other sheets let expect */
} Outlier;
typedef struct Swing { /* without this expert the applicant would … */
	size_t expert, applicant;
	bool enters; /* … be among the places; else: would not */
} Swing;
typedef struct Diagnosis {
	bool has_icc, has_kendall, has_krippendorff;
	Icc icc;
	double kendall, krippendorff;
	double *centred; /* [applicant]: mean trimmed after each expert's own leaning (mean of its differences from the row means) is taken off */
	double deviation; /* 1.4826 · median absolute deviation of the residuals: their robust standard deviation, without the outliers */
	LIST_OF(Outlier) outliers; /* the strangest first: |residual| > 3 deviations; to be confirmed or explained before signing */
	double line; /* points: the total of the last place; the threshold where places stay empty */
	double *band; /* [applicant]: 1.645 · √2 · √(MSE / (k - 2t)); 0 without has_icc */
	bool *grey; /* [applicant]: nearer to the line than that; to be discussed before the lock */
	LIST_OF(Swing) swings; /* what each single vote decided */
} Diagnosis;
/* Residuals are those of the two-way analysis, sheet - row mean - leaning; the sheet that is farthest off is named and left out, then the next is
 * looked for, at most a quarter of all. (Medians in place of the means were tried: in panels of 5 to 9 they call several times as many honest
 * sheets strange.) Where the median deviation is 0, 1.2533 · the mean absolute deviation takes its place (Iglewicz and Hoaglin, How to Detect and
 * Handle Outliers, 1993). */
void panel_diagnose(Arena *arena, const Panel *panel, const Score *scores, const Placing *placings, const Quota *quota, Diagnosis *out);
