#include "engine/selection/score.h"

#include <stdlib.h>

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void sort(int64_t *values, int64_t count)
{
	if (count > 1) qsort(values, (size_t)count, sizeof(*values), compare_numbers);
}

/* Of sorted numbers over one denominator. */
static Fraction trimmed_mean(const int64_t *values, int64_t count, int64_t trimmed, int64_t denominator)
{
	int64_t sum = 0;
	for (int64_t i = trimmed; i < count - trimmed; i++) sum += values[i];
	return count > 2 * trimmed ? (Fraction) { sum, denominator * (count - 2 * trimmed) } : (Fraction) { 0, 1 };
}

static Fraction median_of(const int64_t *values, int64_t count, int64_t denominator)
{
	if (!count) return (Fraction) { 0, 1 };
	return (Fraction) { values[(count - 1) / 2] + values[count / 2], 2 * denominator };
}

static void criterion_means(const Panel *panel, size_t applicant, Score *score)
{
	int64_t values[SCORE_EXPERTS_MAX];
	const Rubric *rubric = panel->rubric;
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		int64_t count = 0;
		for (size_t e = 0; e < panel->expert_count; e++)
			if (panel->given[panel_sheet(panel, applicant, e)]) values[count++] = panel_scores(panel, applicant, e)[c];
		sort(values, count);
		score->criteria[c] = trimmed_mean(values, count, score->trimmed, 100);
		if (rubric->criteria[c].must && fraction_compare(score->criteria[c], (Fraction) { rubric->criteria[c].must, 100 }) < 0)
			score->below_must |= UINT64_C(1) << c;
	}
}

/* best[e] is the highest total expert e gave anybody; totals share one denominator. */
static void score_one(const Panel *panel, size_t applicant, const int64_t *totals, const int64_t *best, int64_t denominator, Score *out)
{
	int64_t values[SCORE_EXPERTS_MAX];
	Score score = { 0 };
	for (size_t e = 0; e < panel->expert_count; e++) {
		size_t sheet = panel_sheet(panel, applicant, e);
		if (!panel->given[sheet]) continue;
		values[score.sheets++] = totals[sheet];
		score.top += totals[sheet] == best[e];
	}
	sort(values, score.sheets);
	score.trimmed = rubric_trim(panel->rubric, score.sheets);
	score.total = trimmed_mean(values, score.sheets, score.trimmed, denominator);
	score.median = median_of(values, score.sheets, denominator);
	score.below_threshold = !score.sheets || fraction_compare(score.total, (Fraction) { panel->rubric->threshold, 100 }) < 0;
	criterion_means(panel, applicant, &score);
	*out = score;
}

void panel_score(Arena *arena, const Panel *panel, Score *out)
{
	must(panel->expert_count <= SCORE_EXPERTS_MAX);
	int64_t *totals = arena_array_of(arena, int64_t, panel->applicant_count * panel->expert_count + 1), best[SCORE_EXPERTS_MAX] = { 0 };
	int64_t denominator = 1;
	for (size_t i = 0; i < panel->applicant_count; i++)
		for (size_t e = 0; e < panel->expert_count; e++) {
			size_t sheet = panel_sheet(panel, i, e);
			if (!panel->given[sheet]) continue;
			Fraction total = sheet_total(panel->rubric, panel_scores(panel, i, e));
			totals[sheet] = total.numerator;
			denominator = total.denominator; /* the rubric's, of every sheet */
			if (total.numerator > best[e]) best[e] = total.numerator;
		}
	for (size_t i = 0; i < panel->applicant_count; i++) score_one(panel, i, totals, best, denominator, &out[i]);
}
