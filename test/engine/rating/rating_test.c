#include "engine/rating/rating.h"

#include "harness/test.h"

static Rating parse(Test *t, const char *vector)
{
	Rating rating;
	RatingError error;
	if (!rating_parse(text_from(vector), &rating, &error))
		test_fail(__FILE__, __LINE__, "%s: %.*s", vector, TEXT_ARGS(rating_error_text(t->arena, LANG_EN, &error)));
	return rating;
}

static int score(const Rating *rating, const char *tag)
{
	int tenths = -99;
	CHECK(rating_score(rating, tag, &tenths));
	return tenths;
}

typedef struct Example {
	const char *vector;
	int base, context; /* context: temporal, threat, environmental or overall: the score that counts */
} Example;

static void check_examples(Test *t, const Example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		Rating rating = parse(t, examples[i].vector);
		if (score(&rating, "base") != examples[i].base || rating.tenths != examples[i].context)
			test_fail(__FILE__, __LINE__, "%s gives %d and %d, expected %d and %d", examples[i].vector, score(&rating, "base"),
				rating.tenths, examples[i].base, examples[i].context);
	}
}

/* The three worked examples of the guide, section 3.3, with their temporal and environmental scores. */
TEST(cvss2__worked_examples_of_the_guide)
{
	static const Example examples[] = {
		{ "AV:N/AC:L/Au:N/C:N/I:N/A:C", 78, 78 },
		{ "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", 78, 64 },
		{ "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:N/TD:N/CR:M/IR:M/AR:H", 78, 0 },
		{ "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 78, 92 },
		{ "AV:N/AC:L/Au:N/C:C/I:C/A:C", 100, 100 },
		{ "AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C", 100, 83 },
		{ "AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L", 100, 90 },
		{ "AV:L/AC:H/Au:N/C:C/I:C/A:C", 62, 62 },
		{ "AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C", 62, 49 },
		{ "AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M", 62, 75 },
		{ "AV:N/AC:L/Au:N/C:N/I:N/A:N", 0, 0 },
	};
	check_examples(t, examples, COUNT(examples));
}

/* From FIRST's example documents of 3.0 and 3.1. */
TEST(cvss3__examples_of_the_example_documents)
{
	static const Example examples[] = {
		{ "CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 64, 64 },
		{ "CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 31, 31 },
		{ "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 31, 31 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61, 61 },
		{ "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 99, 99 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 75, 75 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, 98 },
		{ "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 68, 68 },
		{ "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 42, 42 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100, 100 },
		{ "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 93, 93 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0, 0 },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N/E:H", 0, 0 },
	};
	check_examples(t, examples, COUNT(examples));
}

/* 3.1 changed the impact of a modified scope (9.9 becomes 10.0), and looks at five decimals before it rounds up. */
TEST(cvss3__the_two_versions_differ_where_the_specification_says)
{
	static const Example examples[] = {
		{ "CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H/CR:M", 99, 99 },
		{ "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H/CR:M", 99, 100 },
	};
	check_examples(t, examples, COUNT(examples));
}

/* Published for the examples of 4.0. */
TEST(cvss4__examples_of_the_example_documents)
{
	static const Example examples[] = {
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 93, 93 },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100, 100 },
		{ "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 77, 77 },
		{ "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N/E:A", 83, 83 },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:P", 87, 77 },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 51, 51 },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, 0 },
		{ "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 73, 73 },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/MSI:S/S:P/U:Red", 100, 100 },
	};
	check_examples(t, examples, COUNT(examples));
}

TEST(cvss4__ties_round_half_up_where_floating_point_rounds_down)
{
	static const Example examples[] = {
		{ "CVSS:4.0/AV:N/AC:H/AT:P/PR:H/UI:A/VC:L/VI:H/VA:N/SC:N/SI:N/SA:N", 57, 57 },
		{ "CVSS:4.0/AV:L/AC:H/AT:P/PR:H/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 54, 54 },
	};
	check_examples(t, examples, COUNT(examples));
}

TEST(rating__breaks_a_score_down)
{
	Rating two = parse(t, "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:U/CDP:H"),
	       three = parse(t, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/MAV:L");
	CHECK_INT(score(&two, "impact"), 64);
	CHECK_INT(score(&two, "exploitability"), 100);
	CHECK_INT(score(&two, "temporal"), 64);
	CHECK_INT(score(&two, "environmental"), 82);
	CHECK_INT(score(&three, "impact"), 59);
	CHECK_INT(score(&three, "exploitability"), 39);
	CHECK_INT(score(&three, "temporal"), 93);
	CHECK_INT(score(&three, "environmental"), 79);
	CHECK_INT(three.level, LEVEL_HIGH);
	Rating four = parse(t, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/MAV:L");
	CHECK_INT(score(&four, "threat"), 81);
	CHECK(score(&four, "environmental") < 93 && score(&four, "overall") < score(&four, "environmental"));
	int none = 7;
	CHECK(!rating_score(&four, "temporal", &none) && none == 7);
}

TEST(rating__writes_the_canonical_vector)
{
	static const char *const pairs[][2] = {
		{ "C:P/AV:N/Au:N/AC:L/I:P/A:P/E:ND", "AV:N/AC:L/Au:N/C:P/I:P/A:P" },
		{ "CVSS:3.1/RC:C/S:U/AV:N/UI:N/AC:L/PR:N/C:H/I:H/A:H/MPR:X", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/RC:C" },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:X/MAV:L/U:Clear",
			"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MAV:L/U:Clear" },
		{ "CNVRS:1.0/A:H/AV:N/AC:L/PR:N/UI:N/C:H/I:H/S:H/E:L/RL:H", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H" },
	};
	for (size_t i = 0; i < COUNT(pairs); i++) {
		Rating rating = parse(t, pairs[i][0]);
		CHECK(text_is(rating_vector(t->arena, &rating), text_from(pairs[i][1])));
	}
}

typedef struct Refusal {
	const char *vector, *english;
} Refusal;

TEST(rating__refuses_and_names_the_place)
{
	static const Refusal refusals[] = {
		{ "", "position 1: The vector is empty." },
		{ "CVSS:5.0/AV:N", "position 1: Unknown rating system: CVSS:5.0/." },
		{ "CVSS:3.1", "position 1: Unknown rating system: CVSS:3.1." },
		{ "cvss:3.1/AV:N", "position 1: Unknown metric cvss." },
		{ "CNVRS:2.0/AV:N", "position 1: Unknown rating system: CNVRS:2.0." },
		{ "CVSS:3.1/AV:N/AC:L/AV:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "position 20: Metric AV is given twice." },
		{ "CVSS:3.1/AV:N/AC:Q/PR:N/UI:N/S:U/C:H/I:H/A:H", "position 18: Unknown value for a metric: AC:Q." },
		{ "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "position 13: Unknown value for a metric: AV:X." },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/I:H/A:H", "position 41: Metric C is missing." },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "position 46: Expected METRIC:VALUE instead of “”." },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H ", "position 44: Unknown value for a metric: A:H ." },
		{ "(AV:N/AC:L/Au:N/C:P/I:P/A:P)", "position 1: Unknown metric (AV." },
		{ "AV:N/AC:L/Au:N/C:P/I:P", "position 23: Metric A is missing." },
		{ "AV:N/AC:L/AU:N/C:P/I:P/A:P", "position 11: Unknown metric AU." },
		{ "CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
			"position 15: Metric AV stands in the wrong place: CVSS 4.0 has a fixed order." },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N", "position 58: Unknown value for a metric: SI:S." },
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:N/I:N/A:N", "position 42: A vulnerability without any impact is not rated." },
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:N/A:N/E:L/S:H", "position 50: Metric RL is missing." },
		{ "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:N/A:N/S:N", "position 45: Unknown value for a metric: S:N." },
	};
	for (size_t i = 0; i < COUNT(refusals); i++) {
		Rating rating = { .tenths = 77 };
		RatingError error;
		CHECK(!rating_parse(text_from(refusals[i].vector), &rating, &error));
		CHECK_INT(rating.tenths, 77);
		Text text = rating_error_text(t->arena, LANG_EN, &error);
		if (!text_is(text, text_from(refusals[i].english)))
			test_fail(__FILE__, __LINE__, "%s: %.*s, expected %s", refusals[i].vector, TEXT_ARGS(text), refusals[i].english);
	}
}

TEST(rating__explains_a_refusal_in_chinese)
{
	Rating rating;
	RatingError error;
	CHECK(!rating_parse(TEXT("CVSS:3.1/AV:N/AV:N"), &rating, &error));
	CHECK_TEXT(rating_error_text(t->arena, LANG_ZH, &error), "第 15 个字符：指标 AV 重复出现。");
}

TEST(rating__every_text_of_the_tables_is_translated)
{
	for (int system = 0; system < RATING_SYSTEM_COUNT; system++) {
		const RatingScheme *scheme = rating_scheme((RatingSystem)system);
		RatingSystem read = CVSS_2_0;
		CHECK(rating_system_parse(text_from(scheme->tag), &read) && read == (RatingSystem)system && scheme->system == read);
		CHECK(scheme->metric_count <= RATING_METRICS_MAX);
		for (size_t i = 0; i < scheme->metric_count; i++) {
			const RatingMetric *metric = &scheme->metrics[i];
			CHECK(!text_is(tr(LANG_ZH, metric->text), text_from(metric->text)));
			CHECK(*rating_group_text(scheme->system, metric->group));
			for (size_t j = 0; j < metric->value_count; j++)
				CHECK(!text_is(tr(LANG_ZH, metric->values[j].text), text_from(metric->values[j].text)));
		}
	}
}

TEST(level__is_read_in_every_way_records_write_it)
{
	static const struct {
		const char *text;
		Level level;
	} cases[] = { { "超危", LEVEL_CRITICAL }, { "高危", LEVEL_HIGH }, { "中危", LEVEL_MEDIUM }, { "低危", LEVEL_LOW },
		{ "高", LEVEL_HIGH }, { "中", LEVEL_MEDIUM }, { "低", LEVEL_LOW }, { "CRITICAL", LEVEL_CRITICAL }, { "High", LEVEL_HIGH },
		{ "none", LEVEL_NONE }, { "严重", LEVEL_CRITICAL } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		Level level = LEVEL_COUNT;
		CHECK(level_parse(text_from(cases[i].text), &level) && level == cases[i].level);
	}
	Level kept = LEVEL_LOW;
	CHECK(!level_parse(TEXT("terrible"), &kept) && !level_parse(TEXT(""), &kept) && kept == LEVEL_LOW);
	CHECK_TEXT(tr(LANG_ZH, level_text(LEVEL_CRITICAL)), "超危");
	CHECK_TEXT(tr(LANG_ZH, level_text(LEVEL_HIGH)), "高危");
	CHECK_TEXT(tr(LANG_ZH, level_text(LEVEL_MEDIUM)), "中危");
	CHECK_TEXT(tr(LANG_ZH, level_text(LEVEL_LOW)), "低危");
}

TEST(level__follows_the_qualitative_scale_at_its_edges)
{
	static const int edges[][2] = { { 0, LEVEL_NONE }, { 1, LEVEL_LOW }, { 39, LEVEL_LOW }, { 40, LEVEL_MEDIUM }, { 69, LEVEL_MEDIUM },
		{ 70, LEVEL_HIGH }, { 89, LEVEL_HIGH }, { 90, LEVEL_CRITICAL }, { 100, LEVEL_CRITICAL } };
	for (size_t i = 0; i < COUNT(edges); i++) CHECK_INT(rating_level(CVSS_3_1, edges[i][0]), edges[i][1]);
	CHECK_INT(rating_level(CVSS_2_0, 0), LEVEL_LOW);
	CHECK_INT(rating_level(CVSS_2_0, 100), LEVEL_HIGH);
}

TEST(rating__json_says_system_score_level_and_metrics)
{
	Buffer buffer = { .arena = t->arena };
	JsonWriter writer = json_writer(&buffer);
	Rating rating = parse(t, "AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC");
	rating_json(&writer, t->arena, &rating);
	json_finish(&writer);
	CHECK_TEXT(buffer_text(&buffer),
		"{\"system\":\"cvss2.0\",\"vector\":\"AV:L/AC:H/Au:N/C:C/I:C/A:C/"
		"E:POC\",\"score\":5.6,\"level\":\"medium\",\"scores\":{\"base\":{\"score\":6.2,"
		"\"level\":\"medium\"},\"temporal\":{\"score\":5.6,\"level\":\"medium\"},\"impact\":{\"score\":10.0},\"exploitability\":{"
		"\"score\":1.9}},"
		"\"metrics\":{\"AV\":\"L\",\"AC\":\"H\",\"Au\":\"N\",\"C\":\"C\",\"I\":\"C\",\"A\":\"C\",\"E\":\"POC\"}}");
}
