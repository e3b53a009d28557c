#include "engine/selection/draw.h"
#include "engine/selection/panel.h"
#include "harness/test.h"

#include <math.h>

static bool near(double found, double expected) { return fabs(found - expected) < 0.00005; }

/* Shrout and Fleiss 1979, table 2: six targets, four judges. */
static const double shrout_fleiss[] = { 9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7 };

TEST(agreement__the_published_example_of_shrout_and_fleiss)
{
	Ratings ratings = { 6, 4, shrout_fleiss, NULL };
	Icc icc;
	double w, alpha;
	CHECK(agreement_icc(&ratings, &icc));
	CHECK(near(icc.one_1, .1657) && near(icc.two_1, .2898) && near(icc.three_1, .7148));
	CHECK(near(icc.one_k, .4428) && near(icc.two_k, .6201) && near(icc.three_k, .9093));
	CHECK(agreement_kendall(t->arena, &ratings, &w) && near(w, .8870));
	CHECK(agreement_krippendorff(&ratings, &alpha) && near(alpha, .1473));
}

TEST(agreement__what_cannot_be_computed_is_not_computed)
{
	static const double same[] = { 5, 5, 5, 5 };
	Icc icc;
	double value;
	CHECK(!agreement_icc(&(Ratings) { 2, 2, same, NULL }, &icc));
	CHECK(!agreement_krippendorff(&(Ratings) { 2, 2, same, NULL }, &value));
	CHECK(!agreement_kendall(t->arena, &(Ratings) { 2, 2, same, NULL }, &value));
	CHECK(!agreement_icc(&(Ratings) { 1, 4, shrout_fleiss, NULL }, &icc));
	CHECK(!agreement_icc(&(Ratings) { 0, 0, NULL, NULL }, &icc));
	CHECK(!agreement_kendall(t->arena, &(Ratings) { 0, 4, NULL, NULL }, &value));
}

TEST(agreement__what_is_missing_counts_for_alpha_alone)
{
	double values[30];
	bool given[30];
	for (size_t row = 0; row < 6; row++)
		for (size_t column = 0; column < 5; column++) {
			values[row * 5 + column] = column < 4 ? shrout_fleiss[row * 4 + column] : 99;
			given[row * 5 + column] = column < 4;
		}
	Ratings ratings = { 6, 5, values, given };
	Icc icc;
	double w, alpha;
	CHECK(agreement_icc(&ratings, &icc) && near(icc.two_1, .2898) && icc.columns == 4);
	CHECK(agreement_kendall(t->arena, &ratings, &w) && near(w, .8870));
	CHECK(agreement_krippendorff(&ratings, &alpha) && near(alpha, .1473));
	given[4] = true; /* one value of a fifth expert, far from the others */
	CHECK(agreement_krippendorff(&ratings, &alpha) && near(alpha, 0.017909));
	CHECK(agreement_icc(&ratings, &icc) && near(icc.two_1, .2898));
}

TEST(agreement__kendall_corrects_for_ties)
{
	/* Two judges, four targets. Ranks 1.5 1.5 3 4 and 1 2 3.5 3.5: S = 17, T = 6 + 6; 12·17 / (4·60 - 2·12) */
	static const double tied[] = { 1, 1, 1, 2, 2, 3, 3, 3 };
	double w;
	CHECK(agreement_kendall(t->arena, &(Ratings) { 4, 2, tied, NULL }, &w));
	CHECK(near(w, 12 * 17.0 / 216));
}

/* ---- Whole panels: one criterion of 100 points, so a sheet's total is its score. */

enum { APPLICANTS = 12, EXPERTS = 7 };
typedef struct Whole {
	Rubric rubric;
	Applicant applicants[APPLICANTS];
	int64_t scores[APPLICANTS * EXPERTS];
	bool given[APPLICANTS * EXPERTS];
	Panel panel;
	Quota quota;
	Diagnosis found;
} Whole;

static void begin(Test *t, Whole *whole)
{
	const Digest seed = { { 3 } };
	DrawWords words = draw_words(&seed);
	*whole = (Whole) { .rubric = { .criteria = { { TEXT("a"), 10000, 10000, 1, 0, false } },
				   .criterion_count = 1,
				   .trims = { { 5, 1 } },
				   .trim_count = 1,
				   .high_percent = 100 } };
	for (uint32_t i = 0; i < APPLICANTS; i++) {
		whole->applicants[i] = (Applicant) { .id = arena_printf(t->arena, "A%u", i), .lot = i };
		for (uint32_t e = 0; e < EXPERTS; e++) {
			/* five points between neighbours, a leaning of each expert, a little noise */
			whole->scores[i * EXPERTS + e] =
				9000 - 500 * (int64_t)i + 100 * ((int64_t)e - 3) + (int64_t)draw_uniform(&words, 61) - 30;
			whole->given[i * EXPERTS + e] = true;
		}
	}
	whole->quota = (Quota) { 3, 2, -1 };
	whole->panel = (Panel) { &whole->rubric, whole->applicants, APPLICANTS, EXPERTS, whole->scores, whole->given };
}

static void diagnose(Test *t, Whole *whole)
{
	Score scores[APPLICANTS];
	Placing placings[APPLICANTS];
	panel_score(t->arena, &whole->panel, scores);
	panel_rank(&whole->panel, scores, &whole->quota, placings);
	panel_diagnose(t->arena, &whole->panel, scores, placings, &whole->quota, &whole->found);
}

TEST(agreement__a_strange_sheet_is_found_and_its_neighbours_are_not)
{
	Whole *whole = arena_new_of(t->arena, Whole);
	begin(t, whole);
	diagnose(t, whole);
	CHECK_INT(whole->found.outliers.count, 0);
	whole->scores[2 * EXPERTS + 5] -= 3000;
	diagnose(t, whole);
	CHECK_INT(whole->found.outliers.count, 1);
	CHECK(whole->found.outliers.at[0].applicant == 2 && whole->found.outliers.at[0].expert == 5);
	CHECK(fabs(whole->found.outliers.at[0].residual + 30) < 1);
}

TEST(agreement__a_leaning_is_taken_off_before_trimming)
{
	Whole *whole = arena_new_of(t->arena, Whole);
	begin(t, whole);
	diagnose(t, whole);
	double before = whole->found.centred[0] - whole->found.centred[1];
	for (size_t i = 0; i < APPLICANTS; i++) whole->scores[i * EXPERTS + 6] -= 1000; /* one is ten points stricter with everybody */
	diagnose(t, whole);
	CHECK(fabs(whole->found.centred[0] - whole->found.centred[1] - before) < 1e-9);
	CHECK_INT(whole->found.outliers.count, 0);
}

TEST(agreement__near_the_line_is_grey_and_far_from_it_is_not)
{
	Whole *whole = arena_new_of(t->arena, Whole);
	begin(t, whole);
	diagnose(t, whole);
	CHECK(whole->found.grey[2] && !whole->found.grey[3] && !whole->found.grey[1]); /* the last place is its own line */
	CHECK(near(whole->found.band[0], 1.645 * sqrt(2) * sqrt(whole->found.icc.residual_mean_square / 5)));
	for (size_t e = 0; e < EXPERTS; e++) whole->scores[3 * EXPERTS + e] = whole->scores[2 * EXPERTS + e] - 1 - (int64_t)(e % 2);
	diagnose(t, whole);
	CHECK(whole->found.grey[3]);
}

TEST(agreement__one_vote_that_decides_is_named)
{
	Whole *whole = arena_new_of(t->arena, Whole);
	begin(t, whole);
	diagnose(t, whole);
	CHECK_INT(whole->found.swings.count, 0);
	/* 2 and 3 are a hair apart, and expert 0 alone made the difference */
	for (size_t e = 0; e < EXPERTS; e++)
		whole->scores[2 * EXPERTS + e] = 7500, whole->scores[3 * EXPERTS + e] = 7500 + 10 * (int64_t)(e % 2);
	whole->scores[3 * EXPERTS + 1] = whole->scores[3 * EXPERTS + 3] = whole->scores[3 * EXPERTS + 5] = 7490;
	whole->scores[3 * EXPERTS + 0] = whole->scores[3 * EXPERTS + 2] = 7510;
	whole->scores[3 * EXPERTS + 4] = whole->scores[3 * EXPERTS + 6] = 7510;
	diagnose(t,
		whole); /* 3: 7490 ×3, 7510 ×4; trimmed 7490 ×2, 7510 ×3: ahead. Without one of the 7510: 7490 ×2, 7510 ×2: tied, the lot says 2 */
	CHECK_INT(whole->found.swings.count, 8);
	for (size_t i = 0; i < 8; i++) {
		const Swing *swing = &whole->found.swings.at[i];
		CHECK(swing->expert % 2 == 0 && swing->enters == (swing->applicant == 2) &&
			(swing->applicant == 2 || swing->applicant == 3));
	}
}
