#include "engine/selection/agreement.h"

#include <math.h>
#include <stdlib.h>

#define MAD_TO_DEVIATION 1.4826 /* 1 / Φ⁻¹(3/4) */
#define MEAN_TO_DEVIATION 1.2533 /* √(π/2) */
#define OUTLIER_DEVIATIONS 3
#define NOTHING 1e-6 /* points: what computing in floating point leaves of 0 */
#define BAND_QUANTILE 1.645 /* Φ⁻¹(0.95) */

static double points(Fraction fraction) { return (double)fraction.numerator / (double)fraction.denominator; }

static int compare_reals(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Sorts them. */
static double middle(double *values, size_t count)
{
	if (!count) return 0;
	qsort(values, count, sizeof(*values), compare_reals);
	return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static Ratings ratings_of(Arena *arena, const Panel *panel)
{
	double *values = arena_array_of(arena, double, panel->applicant_count * panel->expert_count + 1);
	for (size_t i = 0; i < panel->applicant_count; i++)
		for (size_t e = 0; e < panel->expert_count; e++)
			if (panel->given[panel_sheet(panel, i, e)])
				values[panel_sheet(panel, i, e)] = points(sheet_total(panel->rubric, panel_scores(panel, i, e)));
	return (Ratings) { panel->applicant_count, panel->expert_count, values, panel->given };
}

/* ---- The mean with each expert's leaning taken off */

static double row_mean(const Ratings *ratings, size_t row)
{
	double sum = 0, count = 0;
	for (size_t column = 0; column < ratings->columns; column++)
		if (ratings->given[row * ratings->columns + column]) {
			sum += ratings->values[row * ratings->columns + column];
			count++;
		}
	return count > 0 ? sum / count : 0;
}

static void find_leanings(const Ratings *ratings, double *out)
{
	double counts[SCORE_EXPERTS_MAX] = { 0 };
	memset(out, 0, ratings->columns * sizeof(*out));
	for (size_t row = 0; row < ratings->rows; row++) {
		double mean = row_mean(ratings, row);
		for (size_t column = 0; column < ratings->columns; column++)
			if (ratings->given[row * ratings->columns + column]) {
				out[column] += ratings->values[row * ratings->columns + column] - mean;
				counts[column]++;
			}
	}
	for (size_t column = 0; column < ratings->columns; column++)
		if (counts[column] > 0) out[column] /= counts[column];
}

static void find_centred(Arena *arena, const Ratings *ratings, const Score *scores, Diagnosis *out)
{
	double leanings[SCORE_EXPERTS_MAX], kept[SCORE_EXPERTS_MAX];
	out->centred = arena_array_of(arena, double, ratings->rows + 1);
	find_leanings(ratings, leanings);
	for (size_t row = 0; row < ratings->rows; row++) {
		size_t count = 0, trimmed = (size_t)scores[row].trimmed;
		double sum = 0;
		for (size_t column = 0; column < ratings->columns; column++)
			if (ratings->given[row * ratings->columns + column])
				kept[count++] = ratings->values[row * ratings->columns + column] - leanings[column];
		if (count) qsort(kept, count, sizeof(*kept), compare_reals);
		for (size_t i = trimmed; i + trimmed < count; i++) sum += kept[i];
		out->centred[row] = count > 2 * trimmed ? sum / (double)(count - 2 * trimmed) : 0;
	}
}

/* ---- Strange sheets */

static void find_residuals(const Ratings *ratings, double *out)
{
	double leanings[SCORE_EXPERTS_MAX];
	find_leanings(ratings, leanings);
	for (size_t row = 0; row < ratings->rows; row++) {
		double mean = row_mean(ratings, row);
		for (size_t column = 0; column < ratings->columns; column++) {
			size_t at = row * ratings->columns + column;
			out[at] = ratings->values[at] - mean - leanings[column];
		}
	}
}

/* The robust standard deviation of what is left. */
static double deviation_of(Arena *arena, const Ratings *ratings, const double *residuals)
{
	size_t cells = ratings->rows * ratings->columns, count = 0;
	double *sizes = arena_array_of(arena, double, cells + 1), sum = 0;
	for (size_t i = 0; i < cells; i++)
		if (ratings->given[i]) sizes[count++] = residuals[i];
	double median = middle(sizes, count);
	for (size_t i = 0; i < count; i++) {
		sizes[i] = fabs(sizes[i] - median);
		sum += sizes[i];
	}
	double mad = middle(sizes, count);
	return mad > NOTHING ? MAD_TO_DEVIATION * mad : count ? MEAN_TO_DEVIATION * sum / (double)count : 0;
}

/* The sheet that is farthest off among those that count; false when it is within three deviations. */
static bool strangest(Arena *arena, const Ratings *counted, double *residuals, double *out_deviation, size_t *out_at)
{
	double farthest = 0;
	ArenaMark mark = arena_mark(arena);
	find_residuals(counted, residuals);
	*out_deviation = deviation_of(arena, counted, residuals);
	arena_release(arena, mark);
	for (size_t i = 0; i < counted->rows * counted->columns; i++) {
		if (!counted->given[i] || fabs(residuals[i]) <= farthest) continue;
		farthest = fabs(residuals[i]);
		*out_at = i;
	}
	return farthest > OUTLIER_DEVIATIONS * *out_deviation + NOTHING;
}

/* One after the other, the strangest first, each left out before the next is looked for: a strange sheet does not make its neighbours strange. */
static void find_outliers(Arena *arena, const Ratings *ratings, Diagnosis *out)
{
	size_t cells = ratings->rows * ratings->columns, at = 0;
	double *residuals = arena_array_of(arena, double, cells + 1), deviation = 0;
	bool *counts = arena_array_of(arena, bool, cells + 1);
	memcpy(counts, ratings->given, cells * sizeof(*counts));
	Ratings counted = { ratings->rows, ratings->columns, ratings->values, counts };
	while (strangest(arena, &counted, residuals, &deviation, &at) && out->outliers.count < cells / 4) {
		counts[at] = false;
		find_residuals(&counted, residuals);
		Outlier outlier = { at / ratings->columns, at % ratings->columns, residuals[at] };
		list_add(arena, &out->outliers, outlier);
	}
	out->deviation = deviation;
}

/* ---- Near the line */

static void find_band(Arena *arena, const Panel *panel, const Score *scores, const Placing *placings, const Quota *quota, Diagnosis *out)
{
	int64_t placed = 0;
	out->line = (double)panel->rubric->threshold / 100;
	for (size_t i = 0; i < panel->applicant_count; i++) {
		if (placings[i].outcome != OUTCOME_SHORTLISTED) continue;
		if (++placed == quota->places) out->line = points(scores[placings[i].applicant].total);
	}
	out->band = arena_array_of(arena, double, panel->applicant_count + 1);
	out->grey = arena_array_of(arena, bool, panel->applicant_count + 1);
	for (size_t i = 0; out->has_icc && i < panel->applicant_count; i++) {
		double kept = (double)(scores[i].sheets - 2 * scores[i].trimmed);
		if (kept < 1) continue;
		out->band[i] = BAND_QUANTILE * sqrt(2) * sqrt(out->icc.residual_mean_square / kept);
		out->grey[i] = fabs(points(scores[i].total) - out->line) < out->band[i];
	}
}

/* ---- Without one of them */

static void find_places(const Panel *panel, const Placing *placings, bool *out)
{
	for (size_t i = 0; i < panel->applicant_count; i++) out[placings[i].applicant] = placings[i].outcome == OUTCOME_SHORTLISTED;
}

static void find_swings(Arena *arena, const Panel *panel, const Placing *placings, const Quota *quota, Diagnosis *out)
{
	size_t cells = panel->applicant_count * panel->expert_count;
	bool *given = arena_array_of(arena, bool, cells + 1), *with = arena_array_of(arena, bool, panel->applicant_count + 1);
	bool *without = arena_array_of(arena, bool, panel->applicant_count + 1);
	Score *scores = arena_array_of(arena, Score, panel->applicant_count + 1);
	Placing *again = arena_array_of(arena, Placing, panel->applicant_count + 1);
	Panel rest = *panel;
	rest.given = given;
	find_places(panel, placings, with);
	for (size_t expert = 0; panel->expert_count > 1 && expert < panel->expert_count; expert++) {
		for (size_t i = 0; i < cells; i++) given[i] = panel->given[i] && i % panel->expert_count != expert;
		panel_score(arena, &rest, scores);
		panel_rank(&rest, scores, quota, again);
		find_places(&rest, again, without);
		for (size_t i = 0; i < panel->applicant_count; i++) {
			Swing swing = { expert, i, without[i] };
			if (with[i] != without[i]) list_add(arena, &out->swings, swing);
		}
	}
}

void panel_diagnose(Arena *arena, const Panel *panel, const Score *scores, const Placing *placings, const Quota *quota, Diagnosis *out)
{
	Diagnosis found = { 0 };
	Ratings ratings = ratings_of(arena, panel);
	found.has_icc = agreement_icc(&ratings, &found.icc);
	found.has_kendall = agreement_kendall(arena, &ratings, &found.kendall);
	found.has_krippendorff = agreement_krippendorff(&ratings, &found.krippendorff);
	find_centred(arena, &ratings, scores, &found);
	find_outliers(arena, &ratings, &found);
	find_band(arena, panel, scores, placings, quota, &found);
	find_swings(arena, panel, placings, quota, &found);
	*out = found;
}
