#include "engine/selection/panel.h"
#include "harness/test.h"

static Rubric two_criteria(void)
{
	return (Rubric) {
		.criteria = { { TEXT("a"), 6000, 10000, 50, 5000, false }, { TEXT("b"), 4000, 3000, 25, 0, false } },
		.criterion_count = 2,
		.threshold = 6000,
		.trims = { { 5, 1 }, { 11, 2 } },
		.trim_count = 2,
		.ties = { { TIE_CRITERION, 0 }, { TIE_CRITERION, 1 }, { TIE_MEDIAN, 0 }, { TIE_TOP, 0 }, { TIE_CONTRIBUTION, 0 } },
		.tie_count = 5,
		.low_percent = 60,
		.high_percent = 95,
	};
}

TEST(score__a_total_is_weighted_by_basis_points_and_rounded_once)
{
	Rubric rubric = two_criteria();
	Fraction total = sheet_total(&rubric, (int64_t[]) { 8350, 2125 }); /* 0.6·83.5 + 0.4·(21.25/30)·100 = 50.1 + 28.333… */
	CHECK_INT(fraction_hundredths(total), 7843);
	CHECK(fraction_compare(total, (Fraction) { 7843, 100 }) > 0 && fraction_compare(total, (Fraction) { 7844, 100 }) < 0);
	CHECK_INT(fraction_hundredths((Fraction) { 1, 200 }), 1); /* half up */
	CHECK_INT(fraction_hundredths((Fraction) { 199, 40000 }), 0);
	CHECK_INT(fraction_hundredths(sheet_total(&rubric, (int64_t[]) { 10000, 3000 })), 10000);
	CHECK_INT(fraction_hundredths(sheet_total(&rubric, (int64_t[]) { 0, 0 })), 0);
}

TEST(score__hundredths_are_read_as_they_are_written)
{
	int64_t value;
	CHECK(hundredths_parse(TEXT("83.05"), &value) && value == 8305);
	CHECK(hundredths_parse(TEXT("83.5"), &value) && value == 8350);
	CHECK(hundredths_parse(TEXT("0"), &value) && value == 0);
	CHECK_TEXT(hundredths_text(t->arena, 8305), "83.05");
	static const char *const wrong[] = { "", ".", "83.", ".5", "-1", "83.055", "8 3", "1e2", "8..3", "9999999999999999999999" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!hundredths_parse(text_from(wrong[i]), &value));
}

static RubricFault fault_of(Rubric rubric, size_t *out_at) { return rubric_check(&rubric, out_at); }

TEST(score__rules_that_do_not_add_up_are_refused_where_they_are_wrong)
{
	size_t at;
	Rubric rubric = two_criteria();
	CHECK(rubric_check(&rubric, &at) == RUBRIC_FIT);
	rubric.criteria[1].weight = 3999;
	CHECK(fault_of(rubric, &at) == RUBRIC_WEIGHTS);
	rubric.criteria[1].weight = 0;
	CHECK(fault_of(rubric, &at) == RUBRIC_WEIGHT && at == 1);
	rubric = two_criteria();
	rubric.criteria[1].step = 26;
	CHECK(fault_of(rubric, &at) == RUBRIC_STEP && at == 1);
	rubric = two_criteria();
	rubric.criteria[0].must = 10001;
	CHECK(fault_of(rubric, &at) == RUBRIC_MUST && at == 0);
	rubric = two_criteria();
	rubric.criteria[1].id = TEXT("a");
	CHECK(fault_of(rubric, &at) == RUBRIC_ID && at == 1);
	rubric = two_criteria();
	rubric.trims[1] = (TrimStep) { 6, 3 }; /* nothing of six would be left */
	CHECK(fault_of(rubric, &at) == RUBRIC_TRIM && at == 1);
	rubric = two_criteria();
	rubric.ties[4] = rubric.ties[2];
	CHECK(fault_of(rubric, &at) == RUBRIC_TIE && at == 4);
	rubric = two_criteria();
	rubric.low_percent = 96;
	CHECK(fault_of(rubric, &at) == RUBRIC_BAND);
	rubric = two_criteria();
	static const int64_t primes[] = { 99991, 99989, 99971 };
	for (int i = 0; i < 3; i++)
		rubric.criteria[i] = (Criterion) { arena_printf(t->arena, "c%d", i), i ? 3000 : 4000, primes[i], 1, 0, false };
	rubric.criterion_count = 3;
	CHECK(fault_of(rubric, &at) == RUBRIC_MAXIMA);
	CHECK(fault_of((Rubric) { 0 }, &at) == RUBRIC_EMPTY);
}

TEST(score__the_trim_follows_the_number_of_sheets)
{
	Rubric rubric = two_criteria();
	static const int64_t expected[] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2 };
	for (size_t k = 0; k < COUNT(expected); k++) CHECK_INT(rubric_trim(&rubric, (int64_t)k), expected[k]);
}

TEST(score__outside_the_band_a_reason_is_required)
{
	Rubric rubric = two_criteria();
	Text none[2] = { { 0 } }, one[2] = { { 0 }, TEXT("demonstrated on stage") };
	size_t at;
	CHECK(sheet_check(&rubric, (int64_t[]) { 6000, 2850 }, none, &at) == SHEET_FIT); /* exactly 60 and 95 % */
	CHECK(sheet_check(&rubric, (int64_t[]) { 6000, 2875 }, none, &at) == SHEET_REASON && at == 1);
	CHECK(sheet_check(&rubric, (int64_t[]) { 6000, 2875 }, one, &at) == SHEET_FIT);
	CHECK(sheet_check(&rubric, (int64_t[]) { 5950, 2850 }, none, &at) == SHEET_REASON && at == 0);
	CHECK(sheet_check(&rubric, (int64_t[]) { 6001, 2850 }, none, &at) == SHEET_STEP);
	CHECK(sheet_check(&rubric, (int64_t[]) { 6000, 3025 }, one, &at) == SHEET_RANGE);
	CHECK(sheet_check(&rubric, (int64_t[]) { -50, 2850 }, one, &at) == SHEET_RANGE && at == 0);
	rubric.criteria[1].objective = true;
	CHECK(sheet_check(&rubric, (int64_t[]) { 6000, 3000 }, none, &at) == SHEET_FIT);
}

/* ---- Panels written as JSON */

static PanelCase *read_case(Test *t, const char *tail)
{
	Json json;
	const char *why = "";
	PanelCase *of = arena_new_of(t->arena, PanelCase);
	Text text = arena_printf(t->arena,
		"{\"rubric\":{\"criteria\":[{\"id\":\"a\",\"weight\":5000,\"maximum\":10000,\"step\":100,\"must\":6000,\"objective\":false}"
		","
		"{\"id\":\"b\",\"weight\":5000,\"maximum\":10000,\"step\":100,\"must\":0,\"objective\":false}],\"threshold\":6000,"
		"\"trim\":[[5,1]],\"ties\":[\"criterion:a\",\"median\",\"top\",\"contribution\"],\"reasonOutside\":[60,95]},%s}",
		tail);
	CHECK(json_parse(t->arena, text, &json, NULL));
	if (!panel_case_read(t->arena, json, of, &why)) test_fail(__FILE__, __LINE__, "%s", why);
	return of;
}

static Placing *ranking(Test *t, const PanelCase *of)
{
	Score *scores = arena_array_of(t->arena, Score, of->panel.applicant_count);
	Placing *placings = arena_array_of(t->arena, Placing, of->panel.applicant_count);
	panel_score(t->arena, &of->panel, scores);
	panel_rank(&of->panel, scores, &of->quota, placings);
	return placings;
}

#define SHEETS1(id, a, b) "{\"application\":\"" id "\",\"expert\":\"E\",\"scores\":[" #a "," #b "]}"
#define APPLICANT(id, points, lot, new) "{\"id\":\"" id "\",\"contribution\":" #points ",\"lot\":" #lot ",\"newcomer\":" #new "}"

TEST(score__ties_go_down_the_chain_to_the_lot)
{
	PanelCase *of =
		read_case(t, "\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":-1},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
				     "P", 5, 3, false) "," APPLICANT("Q", 5, 0, false) "," APPLICANT("R", 9, 1, false) "," APPLICANT("S", 0,
				     2, false) "],\"sheets\":[" SHEETS1("P", 8000, 7000) "," SHEETS1("Q", 8000, 7000) "," SHEETS1("R", 8000,
				     7000) "," SHEETS1("S", 9000, 6000) "]");
	Placing *placings = ranking(t, of);
	static const size_t expected[] = { 3, 2, 1, 0 }; /* S by criterion a, R by contribution, Q by lot */
	static const TieKind by[] = { TIE_LOT, TIE_CRITERION, TIE_CONTRIBUTION, TIE_LOT };
	for (size_t i = 0; i < 4; i++) {
		CHECK_INT(placings[i].applicant, expected[i]);
		CHECK_INT(placings[i].rank, i + 1);
		CHECK(placings[i].tied == (i > 0) && (!i || placings[i].decided_by == by[i]));
	}
	CHECK(placings[1].outcome == OUTCOME_SHORTLISTED && placings[2].outcome == OUTCOME_RESERVE);
	CHECK(placings[3].outcome == OUTCOME_NOT_SELECTED);
}

TEST(score__a_must_criterion_below_its_line_keeps_the_best_total_out)
{
	PanelCase *of = read_case(
		t, "\"quota\":{\"places\":9,\"reserve\":0,\"newcomers\":-1},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
			   "P", 0, 0, false) "," APPLICANT("Q", 0, 1, false) "," APPLICANT("R", 0, 2, false) "],\"sheets\":[" SHEETS1("P",
			   5900, 10000) "," SHEETS1("Q", 6000, 6000) "," SHEETS1("R", 6000, 5900) "]");
	Placing *placings = ranking(t, of);
	CHECK(placings[0].applicant == 1 && placings[0].rank == 1 &&
		placings[0].outcome == OUTCOME_SHORTLISTED); /* exactly on both lines */
	CHECK(placings[1].rank == 0 && placings[1].outcome == OUTCOME_BELOW && placings[2].outcome == OUTCOME_BELOW);
}

TEST(score__newcomers_have_a_ceiling_and_the_next_moves_up)
{
	PanelCase *of = read_case(
		t, "\"quota\":{\"places\":2,\"reserve\":5,\"newcomers\":1},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
			   "P", 0, 0, true) "," APPLICANT("Q", 0, 1, true) "," APPLICANT("R", 0, 2, false) "],\"sheets\":[" SHEETS1("P",
			   9000, 9000) "," SHEETS1("Q", 8000, 8000) "," SHEETS1("R", 7000, 7000) "]");
	Placing *placings = ranking(t, of);
	CHECK(placings[0].outcome == OUTCOME_SHORTLISTED && placings[1].outcome == OUTCOME_RESERVE);
	CHECK(placings[2].applicant == 2 && placings[2].outcome == OUTCOME_SHORTLISTED);
}

TEST(score__stars_ask_for_total_every_criterion_place_and_faultlessness)
{
	PanelCase *of =
		read_case(t, "\"quota\":{\"places\":9,\"reserve\":0,\"newcomers\":-1},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
				     "P", 0, 0, false) "," APPLICANT("Q", 0, 1, false) "," APPLICANT("R", 0, 2, true) "," APPLICANT("S", 0,
				     3, false) "],\"sheets\":[" SHEETS1("P", 9500, 9500) "," SHEETS1("Q", 9400, 9400) "," SHEETS1("R", 9300,
				     9300) "," SHEETS1("S", 10000, 6000) "]");
	const StarRule rules[] = { { 3, 9000, 80, 1, true, true }, { 2, 8000, 80, 0, false, false }, { 1, 6000, 0, 0, true, false } };
	Score scores[4];
	int64_t stars[4];
	Placing *placings = ranking(t, of);
	panel_score(t->arena, &of->panel, scores);
	panel_stars(&of->panel, scores, placings, 4, rules, 3, NULL, stars);
	static const int64_t expected[] = { 3, 2, 1, 1 }; /* the one place of three stars is gone; a newcomer; 60 % in b */
	for (int i = 0; i < 4; i++) CHECK_INT(stars[i], expected[i]);
	panel_stars(&of->panel, scores, placings, 4, rules, 3, (bool[]) { false, true, true, true }, stars);
	CHECK_INT(stars[0], 2);
	CHECK_INT(stars[1], 3);
}

TEST(score__panels_that_contradict_themselves_are_refused)
{
	static const char *const tails[] = {
		"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\",\"E\"],\"applications\":[],\"sheets\":[]",
		"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
			"P", 0, 1, true) "],\"sheets\":[]",
		"\"quota\":{\"places\":-2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\"],\"applications\":[],\"sheets\":[]",
		"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
			"P", 0, 0, true) "],\"sheets\":[" SHEETS1("P", 50, 0) "]",
		"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
			"P", 0, 0, true) "],\"sheets\":[" SHEETS1("P", 100, 0) "," SHEETS1("P", 100, 0) "]",
		"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":0},\"experts\":[\"E\"],\"applications\":[],\"sheets\":[" SHEETS1(
			"P", 100, 0) "]",
	};
	static const char *const says[] = { "expert needs a name", "lots are 0", "form that is expected", "multiple of its step",
		"two sheets", "who is not there" };
	for (size_t i = 0; i < COUNT(tails); i++) {
		Json json;
		const char *why = NULL;
		PanelCase *of = arena_new_of(t->arena, PanelCase);
		Text text = arena_printf(t->arena,
			"{\"rubric\":{\"criteria\":[{\"id\":\"a\",\"weight\":5000,\"maximum\":10000,\"step\":100,\"must\":0,\"objective\":"
			"false},"
			"{\"id\":\"b\",\"weight\":5000,\"maximum\":10000,\"step\":100,\"must\":0,\"objective\":false}],\"threshold\":0,"
			"\"trim\":[],"
			"\"ties\":[],\"reasonOutside\":[0,100]},%s}",
			tails[i]);
		CHECK(json_parse(t->arena, text, &json, NULL));
		CHECK(!panel_case_read(t->arena, json, of, &why));
		if (!strstr(why, says[i])) test_fail(__FILE__, __LINE__, "%zu: %s", i, why);
	}
}

TEST(score__rules_are_written_as_they_are_read)
{
	Rubric rubric = two_criteria(), back;
	Buffer first = { .arena = t->arena }, second = { .arena = t->arena };
	JsonWriter writer = json_writer(&first);
	Json json;
	const char *why;
	rubric_write(&writer, &rubric);
	json_finish(&writer);
	CHECK(json_parse(t->arena, buffer_text(&first), &json, NULL) && rubric_read(json, &back, &why));
	writer = json_writer(&second);
	rubric_write(&writer, &back);
	json_finish(&writer);
	CHECK(text_is(buffer_text(&first), buffer_text(&second)));
}

TEST(score__a_commitment_binds_panel_application_expert_sheet_and_nonce)
{
	Key nonce = { { 7 } }, other = { { 8 } };
	Text sheet = TEXT("{\"scores\":[1,2]}");
	Digest commitment = sheet_commitment(TEXT("p"), TEXT("a"), TEXT("e"), sheet, &nonce);
	Digest others[] = { sheet_commitment(TEXT("q"), TEXT("a"), TEXT("e"), sheet, &nonce),
		sheet_commitment(TEXT("p"), TEXT("b"), TEXT("e"), sheet, &nonce),
		sheet_commitment(TEXT("p"), TEXT("a"), TEXT("f"), sheet, &nonce),
		sheet_commitment(TEXT("p"), TEXT("a"), TEXT("e"), TEXT("{\"scores\":[1,3]}"), &nonce),
		sheet_commitment(TEXT("p"), TEXT("a"), TEXT("e"), sheet, &other),
		sheet_commitment(TEXT("pa"), TEXT(""), TEXT("e"), sheet, &nonce) };
	for (size_t i = 0; i < COUNT(others); i++) CHECK(!digest_is(&commitment, &others[i]));
}

#define OF(expert, a, b) "{\"application\":\"P\",\"expert\":\"" expert "\",\"scores\":[" #a "," #b "]}"
#define FIVE "\"experts\":[\"E\",\"F\",\"G\",\"H\",\"I\"]"

/* One expert alone neither fails an application at a must-criterion nor saves it: the line is that of the trimmed mean. */
TEST(score__a_must_criterion_failed_by_one_sheet_alone_is_not_failed)
{
	static const char head[] = "\"quota\":{\"places\":1,\"reserve\":0,\"newcomers\":-1}," FIVE
				   ",\"applications\":[" APPLICANT("P", 0, 0, false) "],\"sheets\":[";
	static const char *const sheets[] = { OF("E", 0, 9000) "," OF("F", 6000, 9000) "," OF("G", 6000, 9000) "," OF(
						      "H", 6000, 9000) "," OF("I", 6000, 9000) "]",
		OF("E", 10000, 9000) "," OF("F", 5900, 9000) "," OF("G", 5900, 9000) "," OF("H", 5900, 9000) "," OF("I", 5900, 9000) "]" };
	PanelCase *kept = read_case(t, arena_printf(t->arena, "%s%s", head, sheets[0]).at);
	PanelCase *fails = read_case(t, arena_printf(t->arena, "%s%s", head, sheets[1]).at);
	CHECK(ranking(t, kept)[0].outcome == OUTCOME_SHORTLISTED && ranking(t, fails)[0].outcome == OUTCOME_BELOW);
}

TEST(score__when_all_trimmed_totals_are_equal_the_lot_alone_decides)
{
	PanelCase *of =
		read_case(t, "\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":-1},\"experts\":[\"E\"],\"applications\":[" APPLICANT(
				     "P", 5, 3, false) "," APPLICANT("Q", 5, 0, false) "," APPLICANT("R", 5, 1, false) "," APPLICANT("S", 5,
				     2, false) "],\"sheets\":[" SHEETS1("P", 8000, 8000) "," SHEETS1("Q", 8000, 8000) "," SHEETS1("R", 8000,
				     8000) "," SHEETS1("S", 8000, 8000) "]");
	Placing *placings = ranking(t, of);
	static const size_t expected[] = { 1, 2, 3, 0 };
	for (size_t i = 0; i < 4; i++) {
		CHECK_INT(placings[i].applicant, expected[i]);
		CHECK(placings[i].tied == (i > 0) && (!i || placings[i].decided_by == TIE_LOT));
	}
	CHECK(placings[1].outcome == OUTCOME_SHORTLISTED && placings[2].outcome == OUTCOME_RESERVE);
	CHECK(placings[3].outcome == OUTCOME_NOT_SELECTED);
}

/* HotCRP CVE-2026-23836: formulas of users were carried out. Nothing of a rule is computed but by the program's own table. */
TEST(attack__no_formula_stands_in_a_rule)
{
	static const char *const ties[] = { "=median", "median+1", "criterion:a*2", "criterion:a,b", "max(a,b)", "criterion:constructor",
		"", "lot()" };
	static const char *const numbers[] = { "=1", "1+1", "5e1", "0x32", "50%", "+50", " 50", "NaN", "1/2", "-1" };
	int64_t value = 0;
	for (size_t i = 0; i < COUNT(numbers); i++) CHECK(!hundredths_parse(text_from(numbers[i]), &value));
	for (size_t i = 0; i < COUNT(ties); i++) {
		Json json;
		Rubric rubric;
		const char *why = NULL;
		Text text = arena_printf(t->arena,
			"{\"criteria\":[{\"id\":\"a\",\"weight\":10000,\"maximum\":100,\"step\":100,\"must\":0,\"objective\":false}],"
			"\"threshold\":0,\"trim\":[],\"ties\":[\"%s\"],\"reasonOutside\":[60,95]}",
			ties[i]);
		CHECK(json_parse(t->arena, text, &json, NULL));
		CHECK(!rubric_read(json, &rubric, &why) || rubric_check(&rubric, &(size_t) { 0 }) != RUBRIC_FIT);
	}
}
