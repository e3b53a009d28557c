#include "engine/selection/score.h"

#include <ctype.h>

typedef __int128 Wide;

int fraction_compare(Fraction a, Fraction b)
{
	Wide left = (Wide)a.numerator * b.denominator, right = (Wide)b.numerator * a.denominator;
	return (left > right) - (left < right);
}

int64_t fraction_hundredths(Fraction points)
{
	return (int64_t)(((Wide)points.numerator * 200 + points.denominator) / ((Wide)points.denominator * 2));
}

Text hundredths_text(Arena *arena, int64_t hundredths)
{
	int64_t size = hundredths < 0 ? -hundredths : hundredths;
	return arena_printf(arena, "%s%lld.%02lld", hundredths < 0 ? "-" : "", (long long)(size / 100), (long long)(size % 100));
}

bool hundredths_parse(Text text, int64_t *out)
{
	int64_t value = 0;
	size_t digits = 0, after = 0;
	bool point = false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] == '.' && !point && digits) {
			point = true;
			continue;
		}
		if (!isdigit((unsigned char)text.at[i]) || ++digits > 12 || (point && ++after > 2)) return false;
		value = value * 10 + (text.at[i] - '0');
	}
	if (!digits || (point && !after)) return false;
	for (; after < 2; after++) value *= 10;
	*out = value;
	return true;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* The least common multiple of the maxima; 0 when it is too large. */
static int64_t common_maximum(const Rubric *rubric)
{
	int64_t common = 1;
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		int64_t maximum = rubric->criteria[c].maximum, divisor = common_divisor(common, maximum);
		must(maximum > 0 && divisor > 0); /* checked before */
		common *= maximum / divisor; /* at most 10^12 times 10^5 */
		if (common > SCORE_DENOMINATOR_MAX) return 0;
	}
	return common;
}

static RubricFault check_criterion(const Rubric *rubric, size_t at)
{
	const Criterion *criterion = &rubric->criteria[at];
	if (!criterion->id.length) return RUBRIC_ID;
	for (size_t other = 0; other < at; other++)
		if (text_is(criterion->id, rubric->criteria[other].id)) return RUBRIC_ID;
	if (criterion->weight < 1 || criterion->weight > SCORE_WEIGHTS) return RUBRIC_WEIGHT;
	if (criterion->maximum < 1 || criterion->maximum > SCORE_MAXIMUM_MAX) return RUBRIC_MAXIMUM;
	if (criterion->step < 1 || criterion->maximum % criterion->step) return RUBRIC_STEP;
	return criterion->must < 0 || criterion->must > criterion->maximum ? RUBRIC_MUST : RUBRIC_FIT;
}

static RubricFault check_trims(const Rubric *rubric, size_t *out_at)
{
	if (rubric->trim_count > SCORE_TRIMS_MAX) return RUBRIC_TRIM;
	for (size_t i = 0; i < rubric->trim_count; i++) {
		const TrimStep *step = &rubric->trims[i];
		*out_at = i;
		if (step->from < 1 || step->from > SCORE_EXPERTS_MAX || step->each_side < 0 || 2 * step->each_side >= step->from)
			return RUBRIC_TRIM;
		if (i && step->from <= rubric->trims[i - 1].from) return RUBRIC_TRIM;
	}
	return RUBRIC_FIT;
}

static RubricFault check_ties(const Rubric *rubric, size_t *out_at)
{
	if (rubric->tie_count > SCORE_TIES_MAX) return RUBRIC_TIE;
	for (size_t i = 0; i < rubric->tie_count; i++) {
		const TieKey *tie = &rubric->ties[i];
		*out_at = i;
		if (tie->kind == TIE_CRITERION && tie->criterion >= rubric->criterion_count) return RUBRIC_TIE;
		for (size_t other = 0; other < i; other++)
			if (tie->kind == rubric->ties[other].kind &&
				(tie->kind != TIE_CRITERION || tie->criterion == rubric->ties[other].criterion))
				return RUBRIC_TIE;
	}
	return RUBRIC_FIT;
}

RubricFault rubric_check(const Rubric *rubric, size_t *out_at)
{
	int64_t weights = 0;
	*out_at = 0;
	if (!rubric->criterion_count || rubric->criterion_count > SCORE_CRITERIA_MAX) return RUBRIC_EMPTY;
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		*out_at = c;
		RubricFault fault = check_criterion(rubric, c);
		if (fault) return fault;
		weights += rubric->criteria[c].weight;
	}
	if (weights != SCORE_WEIGHTS) return RUBRIC_WEIGHTS;
	*out_at = 0;
	if (!common_maximum(rubric)) return RUBRIC_MAXIMA;
	if (rubric->threshold < 0 || rubric->threshold > 10000) return RUBRIC_THRESHOLD;
	if (rubric->low_percent < 0 || rubric->low_percent > rubric->high_percent || rubric->high_percent > 100) return RUBRIC_BAND;
	RubricFault fault = check_trims(rubric, out_at);
	return fault ? fault : check_ties(rubric, out_at);
}

const char *rubric_fault_text(RubricFault fault)
{
	static const char *const texts[] = {
		[RUBRIC_FIT] = "",
		[RUBRIC_EMPTY] = N_("There must be 1 to 64 criteria."),
		[RUBRIC_ID] = N_("Every criterion needs a short name of its own."),
		[RUBRIC_WEIGHT] = N_("A weight is at least 0.01 %."),
		[RUBRIC_WEIGHTS] = N_("The weights must add up to exactly 100 %."),
		[RUBRIC_MAXIMUM] = N_("The highest score is between 0.01 and 1,000 points."),
		[RUBRIC_MAXIMA] = N_("The highest scores have no common multiple that is small enough; use round numbers."),
		[RUBRIC_STEP] = N_("The step must divide the highest score."),
		[RUBRIC_MUST] = N_("What is required cannot be more than the highest score."),
		[RUBRIC_THRESHOLD] = N_("The threshold is between 0 and 100 points."),
		[RUBRIC_TRIM] = N_("The numbers of sheets must ascend, and some sheets must remain."),
		[RUBRIC_TIE] = N_("The order at ties names something that does not exist, or the same twice."),
		[RUBRIC_BAND] = N_("The band is two percentages, the lower one first."),
	};
	return texts[fault];
}

int64_t rubric_trim(const Rubric *rubric, int64_t sheets)
{
	int64_t each_side = 0;
	for (size_t i = 0; i < rubric->trim_count && rubric->trims[i].from <= sheets; i++) each_side = rubric->trims[i].each_side;
	return each_side;
}

SheetFault sheet_check(const Rubric *rubric, const int64_t *scores, const Text *reasons, size_t *out_criterion)
{
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		const Criterion *criterion = &rubric->criteria[c];
		*out_criterion = c;
		if (scores[c] < 0 || scores[c] > criterion->maximum) return SHEET_RANGE;
		if (scores[c] % criterion->step) return SHEET_STEP;
		bool within = scores[c] * 100 >= criterion->maximum * rubric->low_percent &&
			      scores[c] * 100 <= criterion->maximum * rubric->high_percent;
		if (reasons && !within && !criterion->objective && !text_trim(reasons[c]).length) return SHEET_REASON;
	}
	return SHEET_FIT;
}

Fraction sheet_total(const Rubric *rubric, const int64_t *scores)
{
	int64_t common = common_maximum(rubric), sum = 0;
	must(common > 0);
	for (size_t c = 0; c < rubric->criterion_count; c++)
		sum += rubric->criteria[c].weight * scores[c] * (common / rubric->criteria[c].maximum); /* in all at most 10^4 · 10^12 */
	return (Fraction) { sum, common * 100 };
}

Digest sheet_commitment(Text panel, Text application, Text expert, Text canonical_sheet, const Key *nonce)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	const Text lines[] = { TEXT("cappvd-score/v1"), panel, application, expert };
	for (size_t i = 0; i < COUNT(lines); i++) {
		sha256_add(hash, lines[i]);
		sha256_add(hash, TEXT("\n"));
	}
	sha256_add(hash, canonical_sheet);
	sha256_add(hash, (Text) { (const char *)nonce->at, sizeof(nonce->at) });
	return sha256_finish(hash);
}
