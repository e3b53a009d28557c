/*
 * score: what a panel's sheets come to, in exact integers. Pure; no floating point; nothing is rounded before it is shown.
 *
 * A point is 100 hundredths, a weight is in basis points. A sheet's total is S = 100 · Σ w·s/m with Σ w = 10,000 basis points, so 0 to 100 points.
 * The official score T of an application is the mean of its k sheet totals without the t lowest and the t highest (a trimmed mean; Tukey 1962).
 * Totals are compared as fractions (cross-multiplied in 128 bits) and rounded once, half up, to hundredths, for people.
 * The clauses are those of the round's own frozen rules; their default follows the practice of 财政部令第87号 articles 55 and 64.
 */
#pragma once
#include "base/crypto/crypto.h"

enum {
	SCORE_CRITERIA_MAX = 64,
	SCORE_EXPERTS_MAX = 64,
	SCORE_TRIMS_MAX = 8,
	SCORE_TIES_MAX = SCORE_CRITERIA_MAX + 8,
	SCORE_WEIGHTS = 10000, /* what weights add up to, in basis points */
	SCORE_MAXIMUM_MAX = 100000, /* of one criterion: a thousand points in hundredths */
};
#define SCORE_DENOMINATOR_MAX INT64_C(1000000000000) /* least common multiple of the maxima */

typedef struct Fraction { /* of points; denominator > 0 */
	int64_t numerator, denominator;
} Fraction;
int fraction_compare(Fraction a, Fraction b);
int64_t fraction_hundredths(Fraction points); /* rounded half up; points >= 0 */
Text hundredths_text(Arena *arena, int64_t hundredths); /* "83.05" */
/* "83", "83.5", "83.05", not negative. */
must_use bool hundredths_parse(Text text, int64_t *out);

/* ---- The rules */
typedef struct Criterion {
	Text id;
	int64_t weight; /* basis points */
	int64_t maximum, step; /* hundredths; scores are multiples of the step */
	int64_t must; /* hundredths of this criterion an application needs; 0: nothing */
	bool objective; /* scored once by the office, confirmed by the panel: everybody's score is the same */
} Criterion;
typedef struct TrimStep {
	int64_t from; /* this many sheets or more … */
	int64_t each_side; /* … lose so many at each end */
} TrimStep;
typedef enum TieKind { TIE_CRITERION, TIE_MEDIAN, TIE_TOP, TIE_CONTRIBUTION, TIE_LOT } TieKind;
typedef struct TieKey {
	TieKind kind;
	size_t criterion; /* of TIE_CRITERION */
} TieKey;
typedef struct Rubric {
	Criterion criteria[SCORE_CRITERIA_MAX];
	size_t criterion_count;
	int64_t threshold; /* hundredths of the total an application needs */
	TrimStep trims[SCORE_TRIMS_MAX]; /* ascending */
	size_t trim_count;
	TieKey ties[SCORE_TIES_MAX]; /* the lot always decides last, whether it stands here or not */
	size_t tie_count;
	int64_t low_percent, high_percent; /* of a criterion's maximum; outside, a reason is required */
} Rubric;

typedef enum RubricFault {
	RUBRIC_FIT,
	RUBRIC_EMPTY, /* no criterion, or too many */
	RUBRIC_ID, /* empty, or given twice */
	RUBRIC_WEIGHT, /* below 1 */
	RUBRIC_WEIGHTS, /* do not add up to 10,000 */
	RUBRIC_MAXIMUM, /* not 1 … SCORE_MAXIMUM_MAX */
	RUBRIC_MAXIMA, /* their least common multiple is over SCORE_DENOMINATOR_MAX */
	RUBRIC_STEP, /* below 1, or does not divide the maximum */
	RUBRIC_MUST, /* more than the maximum */
	RUBRIC_THRESHOLD, /* not 0 … 100 points */
	RUBRIC_TRIM, /* not ascending, or takes all sheets away */
	RUBRIC_TIE, /* names a criterion that does not exist, or the same twice */
	RUBRIC_BAND, /* not 0 <= low <= high <= 100 */
} RubricFault;
/* out_at: the criterion, trim step or tie it is about. */
RubricFault rubric_check(const Rubric *rubric, size_t *out_at);
const char *rubric_fault_text(RubricFault fault); /* English source text */
int64_t rubric_trim(const Rubric *rubric, int64_t sheets); /* t of this many */

/* ---- Sheets */
typedef enum SheetFault {
	SHEET_FIT,
	SHEET_RANGE, /* below 0 or over the criterion's maximum */
	SHEET_STEP, /* no multiple of the step */
	SHEET_REASON, /* outside the band, and no reason is given */
} SheetFault;
/* One score per criterion; reasons may be NULL where they were checked before. */
SheetFault sheet_check(const Rubric *rubric, const int64_t *scores, const Text *reasons, size_t *out_criterion);
Fraction sheet_total(const Rubric *rubric, const int64_t *scores);
/* SHA-256("cappvd-score/v1\n", panel, "\n", application, "\n", expert, "\n", canonical sheet, nonce): logged before any sheet is opened. */
Digest sheet_commitment(Text panel, Text application, Text expert, Text canonical_sheet, const Key *nonce);

/* ---- One panel */
typedef struct Applicant {
	Text id;
	int64_t contribution; /* points; more is better at a tie */
	uint32_t lot; /* place in the drawn order; less is better; each once */
	bool newcomer;
} Applicant;
typedef struct Panel {
	const Rubric *rubric;
	const Applicant *applicants;
	size_t applicant_count;
	size_t expert_count;
	const int64_t *scores; /* [applicant][expert][criterion], hundredths */
	const bool *given; /* [applicant][expert] */
} Panel;
static inline size_t panel_sheet(const Panel *panel, size_t applicant, size_t expert) { return applicant * panel->expert_count + expert; }
static inline const int64_t *panel_scores(const Panel *panel, size_t applicant, size_t expert)
{
	return panel->scores + panel_sheet(panel, applicant, expert) * panel->rubric->criterion_count;
}

typedef struct Score { /* of one applicant */
	int64_t sheets, trimmed; /* k, and t at each end */
	Fraction total; /* T; 0/1 without sheets */
	Fraction criteria[SCORE_CRITERIA_MAX]; /* the trimmed mean of each, by the same t */
	Fraction median; /* of the sheet totals */
	int64_t top; /* experts who gave nobody a higher total */
	bool below_threshold;
	uint64_t below_must; /* bit per criterion */
} Score;
/* Scores of all; out has room for applicant_count. An applicant without a sheet is below the threshold. */
void panel_score(Arena *arena, const Panel *panel, Score *out);

/* ---- The ranking */
typedef enum Outcome { OUTCOME_BELOW, OUTCOME_NOT_SELECTED, OUTCOME_RESERVE, OUTCOME_SHORTLISTED } Outcome;
const char *outcome_tag(Outcome outcome); /* "shortlisted" */
const char *outcome_text(Outcome outcome); /* English source text */
typedef struct Quota {
	int64_t places, reserve;
	int64_t newcomers; /* at most so many among the places; negative: no ceiling */
} Quota;
typedef struct Placing {
	size_t applicant;
	int64_t rank; /* from 1; 0: below the line, not ranked */
	TieKind decided_by; /* against the one before, where tied: what told them apart */
	bool tied; /* the same total as the one before */
	Outcome outcome;
} Placing;
/* Sorts by threshold, total, tie chain, lot; gives places and reserve. out has room for applicant_count; best first, those below the line last. */
void panel_rank(const Panel *panel, const Score *scores, const Quota *quota, Placing *out);

/* ---- Stars */
enum { STAR_RULES_MAX = 8 };
typedef struct StarRule { /* the first rule that fits gives the stars; the best stand first */
	int64_t stars;
	int64_t total; /* hundredths of T */
	int64_t criterion_percent; /* every criterion's mean is at least so much of its maximum */
	int64_t places; /* at most so many units of a round; 0: no limit */
	bool newcomers; /* newcomers may have it */
	bool faultless; /* only with an inspection without findings */
} StarRule;
/* Stars of the placed, in the order of ranking; 0: none. faultless may be NULL before the inspection: then that condition is left out. */
void panel_stars(const Panel *panel, const Score *scores, const Placing *placings, size_t count, const StarRule *rules, size_t rule_count,
	const bool *faultless, int64_t *out);
