/* The annexes of GB/T 30279-2020, typed from the standard's tables, cell by cell through the vector. */
#include "engine/rating/rating.h"

#include "harness/test.h"

static Rating rate(Test *t, const char *vector)
{
	Rating rating;
	RatingError error;
	if (!rating_parse(text_from(vector), &rating, &error))
		test_fail(__FILE__, __LINE__, "%s: %.*s", vector, TEXT_ARGS(rating_error_text(t->arena, LANG_EN, &error)));
	return rating;
}

static int grade(const Rating *rating, const char *tag)
{
	int tenths = -1;
	CHECK(rating_score(rating, tag, &tenths));
	return tenths / 10;
}

static Level level_of(const Rating *rating, const char *tag)
{
	for (size_t i = 0; i < rating->score_count; i++)
		if (strcmp(rating->scores[i].tag, tag) == 0 && rating->scores[i].has_level) return rating->scores[i].level;
	test_fail(__FILE__, __LINE__, "no level %s", tag);
}

static const struct {
	const char *metrics;
	int grade;
} annex_a[] = {
	{ "AV:N/AC:L/PR:N/UI:N", 9 },
	{ "AV:N/AC:L/PR:N/UI:R", 8 },
	{ "AV:N/AC:L/PR:L/UI:N", 8 },
	{ "AV:N/AC:L/PR:L/UI:R", 7 },
	{ "AV:N/AC:L/PR:H/UI:N", 7 },
	{ "AV:N/AC:L/PR:H/UI:R", 3 },
	{ "AV:N/AC:H/PR:N/UI:N", 8 },
	{ "AV:N/AC:H/PR:N/UI:R", 5 },
	{ "AV:N/AC:H/PR:L/UI:N", 5 },
	{ "AV:N/AC:H/PR:L/UI:R", 4 },
	{ "AV:N/AC:H/PR:H/UI:N", 3 },
	{ "AV:N/AC:H/PR:H/UI:R", 2 },
	{ "AV:A/AC:L/PR:N/UI:N", 8 },
	{ "AV:A/AC:L/PR:N/UI:R", 6 },
	{ "AV:A/AC:L/PR:L/UI:N", 7 },
	{ "AV:A/AC:L/PR:L/UI:R", 5 },
	{ "AV:A/AC:L/PR:H/UI:N", 3 },
	{ "AV:A/AC:L/PR:H/UI:R", 3 },
	{ "AV:A/AC:H/PR:N/UI:N", 5 },
	{ "AV:A/AC:H/PR:N/UI:R", 4 },
	{ "AV:A/AC:H/PR:L/UI:N", 4 },
	{ "AV:A/AC:H/PR:L/UI:R", 2 },
	{ "AV:A/AC:H/PR:H/UI:N", 2 },
	{ "AV:A/AC:H/PR:H/UI:R", 1 },
	{ "AV:L/AC:L/PR:N/UI:N", 8 },
	{ "AV:L/AC:L/PR:N/UI:R", 6 },
	{ "AV:L/AC:L/PR:L/UI:N", 6 },
	{ "AV:L/AC:L/PR:L/UI:R", 4 },
	{ "AV:L/AC:L/PR:H/UI:N", 2 },
	{ "AV:L/AC:L/PR:H/UI:R", 2 },
	{ "AV:L/AC:H/PR:N/UI:N", 4 },
	{ "AV:L/AC:H/PR:N/UI:R", 2 },
	{ "AV:L/AC:H/PR:L/UI:N", 3 },
	{ "AV:L/AC:H/PR:L/UI:R", 1 },
	{ "AV:L/AC:H/PR:H/UI:N", 2 },
	{ "AV:L/AC:H/PR:H/UI:R", 1 },
	{ "AV:P/AC:L/PR:N/UI:N", 2 },
	{ "AV:P/AC:L/PR:N/UI:R", 2 },
	{ "AV:P/AC:L/PR:L/UI:N", 2 },
	{ "AV:P/AC:L/PR:L/UI:R", 1 },
	{ "AV:P/AC:L/PR:H/UI:N", 1 },
	{ "AV:P/AC:L/PR:H/UI:R", 1 },
	{ "AV:P/AC:H/PR:N/UI:N", 1 },
	{ "AV:P/AC:H/PR:N/UI:R", 1 },
	{ "AV:P/AC:H/PR:L/UI:N", 1 },
	{ "AV:P/AC:H/PR:L/UI:R", 1 },
	{ "AV:P/AC:H/PR:H/UI:N", 1 },
	{ "AV:P/AC:H/PR:H/UI:R", 1 },
};

static const struct {
	const char *metrics;
	int grade; /* 0: refused */
} annex_b[] = {
	{ "C:H/I:H/A:H", 9 },
	{ "C:H/I:H/A:L", 8 },
	{ "C:L/I:H/A:H", 8 },
	{ "C:H/I:L/A:H", 8 },
	{ "C:H/I:H/A:N", 7 },
	{ "C:N/I:H/A:H", 7 },
	{ "C:H/I:L/A:L", 6 },
	{ "C:L/I:L/A:H", 6 },
	{ "C:H/I:L/A:N", 5 },
	{ "C:N/I:L/A:H", 5 },
	{ "C:L/I:N/A:H", 5 },
	{ "C:H/I:N/A:N", 4 },
	{ "C:N/I:N/A:H", 4 },
	{ "C:N/I:H/A:N", 4 },
	{ "C:L/I:L/A:L", 3 },
	{ "C:L/I:L/A:N", 2 },
	{ "C:N/I:L/A:L", 2 },
	{ "C:L/I:N/A:N", 1 },
	{ "C:N/I:N/A:L", 1 },
	{ "C:N/I:N/A:N", 0 },
};

static const struct {
	const char *metrics;
	int grade;
} annex_c[] = {
	{ "E:L/RL:H/S:H", 9 },
	{ "E:L/RL:M/S:H", 8 },
	{ "E:L/RL:L/S:H", 7 },
	{ "E:M/RL:H/S:H", 8 },
	{ "E:M/RL:M/S:H", 7 },
	{ "E:M/RL:L/S:H", 6 },
	{ "E:H/RL:H/S:H", 7 },
	{ "E:H/RL:M/S:H", 6 },
	{ "E:H/RL:L/S:H", 5 },
	{ "E:L/RL:H/S:M", 8 },
	{ "E:L/RL:M/S:M", 7 },
	{ "E:L/RL:L/S:M", 6 },
	{ "E:M/RL:H/S:M", 7 },
	{ "E:M/RL:M/S:M", 6 },
	{ "E:M/RL:L/S:M", 5 },
	{ "E:H/RL:H/S:M", 6 },
	{ "E:H/RL:M/S:M", 5 },
	{ "E:H/RL:L/S:M", 4 },
	{ "E:L/RL:H/S:L", 5 },
	{ "E:L/RL:M/S:L", 4 },
	{ "E:L/RL:L/S:L", 3 },
	{ "E:M/RL:H/S:L", 4 },
	{ "E:M/RL:M/S:L", 3 },
	{ "E:M/RL:L/S:L", 2 },
	{ "E:H/RL:H/S:L", 3 },
	{ "E:H/RL:M/S:L", 2 },
	{ "E:H/RL:L/S:L", 1 },
};

/* Row: exploitability 9 to 1; column: impact 9 to 1. 超 高 中 低. */
static const char *const annex_d[] = {
	"超超超高高高高中中",
	"高高高高高中中中低",
	"高高高中中中中中低",
	"高高高中中中中中低",
	"高高中中中中中中低",
	"高中中中中中中中低",
	"高中中中中中中中低",
	"高中中中中中低低低",
	"中中中中中低低低低",
};
/* Row: technical level from the highest; column: environment 9 to 1. */
static const char *const annex_e[] = { "超超超高高高中中中", "超超高中中低低低低", "超高中中低低低低低", "高中中低低低低低低" };

static Level cell(const char *row, int column)
{
	Level level = LEVEL_NONE;
	CHECK(level_parse((Text) { row + (ptrdiff_t)column * 3, 3 }, &level));
	return level;
}

/* A vector's metrics that have a grade, for each of 1 to 9. */
static const char *metrics_of_exploitability(int wanted)
{
	for (size_t i = 0; i < COUNT(annex_a); i++)
		if (annex_a[i].grade == wanted) return annex_a[i].metrics;
	test_fail(__FILE__, __LINE__, "no row of %d", wanted);
}

static const char *metrics_of_impact(int wanted)
{
	for (size_t i = 0; i < COUNT(annex_b); i++)
		if (annex_b[i].grade == wanted) return annex_b[i].metrics;
	test_fail(__FILE__, __LINE__, "no row of %d", wanted);
}

static const char *metrics_of_environment(int wanted)
{
	for (size_t i = 0; i < COUNT(annex_c); i++)
		if (annex_c[i].grade == wanted) return annex_c[i].metrics;
	test_fail(__FILE__, __LINE__, "no row of %d", wanted);
}

TEST(gbt30279__annex_a_all_48_cells)
{
	CHECK_INT(COUNT(annex_a), 48);
	for (size_t i = 0; i < COUNT(annex_a); i++) {
		char vector[128];
		snprintf(vector, sizeof(vector), "CNVRS:1.0/%s/C:H/I:H/A:H", annex_a[i].metrics);
		Rating rating = rate(t, vector);
		CHECK_INT(grade(&rating, "exploitability"), annex_a[i].grade);
	}
}

TEST(gbt30279__annex_b_every_row_and_the_refusal)
{
	for (size_t i = 0; i < COUNT(annex_b); i++) {
		char vector[128];
		Rating rating;
		RatingError error;
		snprintf(vector, sizeof(vector), "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/%s", annex_b[i].metrics);
		CHECK_INT(rating_parse(text_from(vector), &rating, &error), annex_b[i].grade > 0);
		if (annex_b[i].grade) CHECK_INT(grade(&rating, "impact"), annex_b[i].grade);
	}
}

TEST(gbt30279__annex_c_all_27_cells)
{
	CHECK_INT(COUNT(annex_c), 27);
	for (size_t i = 0; i < COUNT(annex_c); i++) {
		char vector[128];
		snprintf(vector, sizeof(vector), "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/%s", annex_c[i].metrics);
		Rating rating = rate(t, vector);
		CHECK_INT(grade(&rating, "environment"), annex_c[i].grade);
	}
}

TEST(gbt30279__annex_d_all_81_cells)
{
	for (int exploit = 9; exploit >= 1; exploit--)
		for (int impact = 9; impact >= 1; impact--) {
			char vector[128];
			snprintf(vector, sizeof(vector), "CNVRS:1.0/%s/%s", metrics_of_exploitability(exploit), metrics_of_impact(impact));
			Rating rating = rate(t, vector);
			CHECK_INT(level_of(&rating, "technical"), cell(annex_d[9 - exploit], 9 - impact));
			CHECK(rating.level == level_of(&rating, "technical") && rating.tenths == RATING_NO_SCORE);
		}
}

/* One vector for each technical level. */
TEST(gbt30279__annex_e_all_36_cells)
{
	static const char *const technical[] = { "AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H", "AV:N/AC:L/PR:N/UI:N/C:H/I:L/A:L",
		"AV:P/AC:H/PR:H/UI:R/C:H/I:H/A:H", "AV:P/AC:H/PR:H/UI:R/C:N/I:N/A:L" };
	for (size_t row = 0; row < COUNT(technical); row++)
		for (int environment = 9; environment >= 1; environment--) {
			char vector[128];
			snprintf(vector, sizeof(vector), "CNVRS:1.0/%s/%s", technical[row], metrics_of_environment(environment));
			Rating rating = rate(t, vector);
			CHECK_INT(level_of(&rating, "technical"), LEVEL_CRITICAL - (int)row);
			CHECK_INT(level_of(&rating, "overall"), cell(annex_e[row], 9 - environment));
			CHECK_INT(rating.level, level_of(&rating, "overall"));
		}
}

TEST(gbt30279__worked_vectors)
{
	static const struct {
		const char *vector;
		int exploitability, impact;
		Level level;
	} cases[] = {
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H", 9, 9, LEVEL_CRITICAL },
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:L/I:L/A:N", 8, 2, LEVEL_MEDIUM },
		{ "CNVRS:1.0/AV:L/AC:L/PR:N/UI:R/C:H/I:H/A:H", 6, 9, LEVEL_HIGH },
		{ "CNVRS:1.0/AV:P/AC:H/PR:H/UI:R/C:N/I:N/A:L", 1, 1, LEVEL_LOW },
		{ "CNVRS:1.0/AV:L/AC:L/PR:N/UI:R/C:H/I:H/A:H/E:L/RL:H/S:H", 6, 9, LEVEL_CRITICAL },
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:H/RL:L/S:L", 9, 9, LEVEL_MEDIUM },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		Rating rating = rate(t, cases[i].vector);
		CHECK_INT(grade(&rating, "exploitability"), cases[i].exploitability);
		CHECK_INT(grade(&rating, "impact"), cases[i].impact);
		CHECK_INT(rating.level, cases[i].level);
	}
}
