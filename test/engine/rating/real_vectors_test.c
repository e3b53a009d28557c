/* All scored vectors of the real records against the published scores. Where they differ the publisher erred, in one of a few known ways. */
#include "engine/rating/rating.h"

#include "harness/test.h"

#include <math.h>
#include <stdlib.h>
#include <zlib.h>

typedef enum Outcome {
	SAME, /* the base score */
	SAME_WITH_CONTEXT, /* the score of the whole vector, temporal or environmental metrics included */
	MODIFIED_FORMULA, /* 3.1: the environmental formula applied to a vector without environmental metrics */
	TEMPORAL_DROPPED, /* a temporal score beside a vector without its metrics */
	FLOATING_POINT, /* 4.0: a tie of the exact value, rounded down */
	OTHER_VECTOR, /* the score of a vector with one or two other base values */
	UNEXPLAINED,
	OUTCOME_COUNT,
} Outcome;
static const char *const outcome_names[] = { "base score", "score of the whole vector", "3.1 environmental formula without its metrics",
	"temporal score without its metrics", "tie rounded in floating point", "score of a vector with other base values", "unexplained" };

static int base_of(const Rating *rating)
{
	int tenths = RATING_NO_SCORE;
	CHECK(rating_score(rating, "base", &tenths));
	return tenths;
}

static bool score_with(Test *t, Text vector, const char *more, const char *tag, int *out)
{
	Rating rating;
	RatingError error;
	return rating_parse(arena_printf(t->arena, "%.*s%s", TEXT_ARGS(vector), more), &rating, &error) && rating_score(&rating, tag, out);
}

static bool is_temporal_of(Test *t, Text vector, int published)
{
	static const char *const e[] = { "X", "U", "P", "F" }, *const rl[] = { "X", "O", "T", "W" }, *const rc[] = { "X", "U", "R" };
	for (size_t i = 0; i < COUNT(e) * COUNT(rl) * COUNT(rc); i++) {
		char more[32];
		int tenths = 0;
		snprintf(more, sizeof(more), "/E:%s/RL:%s/RC:%s", e[i % 4], rl[i / 4 % 4], rc[i / 16]);
		if (score_with(t, vector, more, "temporal", &tenths) && tenths == published) return true;
	}
	return false;
}

/* Whether one base value changed (two where `depth` is 2) gives the published score. */
static bool is_of_other_vector(Test *t, const Rating *rating, int published, int depth)
{
	const RatingScheme *scheme = rating_scheme(rating->system);
	for (size_t i = 0; i < scheme->metric_count && scheme->metrics[i].group == GROUP_BASE; i++)
		for (size_t value = 0; value < scheme->metrics[i].value_count; value++) {
			Rating other = *rating, scored;
			RatingError error;
			other.values[i] = (uint8_t)value;
			ArenaMark mark = arena_mark(t->arena);
			bool same = rating_parse(rating_vector(t->arena, &other), &scored, &error) && base_of(&scored) == published;
			arena_release(t->arena, mark);
			if (same || (depth > 1 && is_of_other_vector(t, &other, published, depth - 1))) return true;
		}
	return false;
}

static Outcome judge(Test *t, Text vector, const Rating *rating, int published)
{
	int modified = 0;
	if (base_of(rating) == published) return SAME;
	if (rating->tenths == published) return SAME_WITH_CONTEXT;
	if (rating->system == CVSS_3_1 && score_with(t, vector, "/CR:M", "environmental", &modified) && modified == published)
		return MODIFIED_FORMULA;
	if ((rating->system == CVSS_3_0 || rating->system == CVSS_3_1) && is_temporal_of(t, vector, published)) return TEMPORAL_DROPPED;
	if (rating->system == CVSS_4_0 && base_of(rating) - published == 1) return FLOATING_POINT;
	return is_of_other_vector(t, rating, published, 2) ? OTHER_VECTOR : UNEXPLAINED;
}

/* The text of a member of a flat JSON object; numbers come without quotes. */
static Text member(Text object, const char *key)
{
	char quoted[64];
	size_t at;
	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	if (!text_find(object, text_from(quoted), &at)) return (Text) { 0 };
	Text rest = text_trim(text_slice(object, at + strlen(quoted), object.length));
	size_t end = 1;
	bool is_text = rest.length && rest.at[0] == '"';
	while (end < rest.length && !(is_text ? rest.at[end] == '"' : rest.at[end] == ',' || rest.at[end] == '}')) end++;
	return text_trim(text_slice(rest, is_text, end));
}

typedef struct Tally {
	int vectors, refused, without_score, outcomes[OUTCOME_COUNT], systems[RATING_SYSTEM_COUNT];
} Tally;

static void judge_object(Test *t, Text cve, Text object, Tally *tally)
{
	Text vector = member(object, "vectorString"), score = member(object, "baseScore");
	Rating rating;
	RatingError error;
	tally->vectors++;
	if (!rating_parse(vector, &rating, &error)) {
		tally->refused++;
		printf("      refused %.*s %.*s: %.*s\n", TEXT_ARGS(cve), TEXT_ARGS(vector),
			TEXT_ARGS(rating_error_text(t->arena, LANG_EN, &error)));
		return;
	}
	if (!score.length) {
		tally->without_score++;
		return;
	}
	int published = (int)lround(strtod(arena_string(t->arena, score), NULL) * 10);
	Outcome outcome = judge(t, vector, &rating, published);
	tally->outcomes[outcome]++;
	tally->systems[rating.system]++;
	if (outcome >= MODIFIED_FORMULA && outcome != MODIFIED_FORMULA && outcome != TEMPORAL_DROPPED)
		printf("      %s: %.*s %.*s published %.*s, computed %.*s\n", outcome_names[outcome], TEXT_ARGS(cve), TEXT_ARGS(vector),
			TEXT_ARGS(score), TEXT_ARGS(rating_tenths_text(t->arena, base_of(&rating))));
}

static void judge_line(Test *t, Text line, Tally *tally)
{
	Text cve = member(line, "cveId");
	for (size_t from = 0, at; text_find(text_slice(line, from, line.length), TEXT("\"vectorString\""), &at);) {
		size_t begin = from + at, end = begin;
		while (begin > 0 && line.at[begin] != '{') begin--;
		while (end < line.length && line.at[end] != '}') end++;
		ArenaMark mark = arena_mark(t->arena);
		judge_object(t, cve, text_slice(line, begin, end + 1), tally);
		arena_release(t->arena, mark);
		from = end;
	}
}

static void judge_file(Test *t, const char *name, Tally *tally)
{
	enum { LINE_MAX_BYTES = 16 * 1024 * 1024 };
	gzFile file = gzopen(test_data(name), "rb");
	CHECK(file);
	gzbuffer(file, 1 << 20);
	char *line = malloc(LINE_MAX_BYTES);
	CHECK(line);
	while (gzgets(file, line, LINE_MAX_BYTES)) judge_line(t, text_from(line), tally);
	free(line);
	gzclose(file);
}

TEST(rating__agrees_with_the_published_scores_of_real_records)
{
	Tally tally = { 0 };
	judge_file(t, "cve-mobile-apps.jsonl.gz", &tally);
	judge_file(t, "cve-mobile-os.jsonl.gz", &tally);
	judge_file(t, "cve-bulk.jsonl.gz", &tally);
	int scored = tally.vectors - tally.refused - tally.without_score, equal = tally.outcomes[SAME] + tally.outcomes[SAME_WITH_CONTEXT];
	int explained = equal + tally.outcomes[MODIFIED_FORMULA];
	for (int i = 0; i < OUTCOME_COUNT; i++) printf("      %6d %s\n", tally.outcomes[i], outcome_names[i]);
	printf("      %6d without score, %d refused\n", tally.without_score, tally.refused);
	CHECK(scored > 20000);
	CHECK(tally.systems[CVSS_2_0] > 1000 && tally.systems[CVSS_3_0] > 1000 && tally.systems[CVSS_3_1] > 1000 &&
		tally.systems[CVSS_4_0] > 1000);
	CHECK((int64_t)equal * 1000 >= (int64_t)scored * 998);
	CHECK((int64_t)explained * 1000 >= (int64_t)scored * 999);
	CHECK(tally.outcomes[UNEXPLAINED] * 10000 <= scored);
	CHECK(tally.refused * 10000 <= tally.vectors);
}
