/* Any bytes as a rating vector: what parses is written canonically, and what is written parses to the same scores and the same text. */
#include "engine/rating/rating.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const Rating *a, const Rating *b)
{
	must(a->system == b->system && a->tenths == b->tenths && a->level == b->level);
	must(memcmp(a->values, b->values, sizeof(a->values)) == 0 && a->score_count == b->score_count);
	for (size_t i = 0; i < a->score_count; i++) {
		int tenths = 0;
		must(rating_score(b, a->scores[i].tag, &tenths) && tenths == a->scores[i].tenths);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Text vector = { (const char *)data, size };
	Rating first, second;
	RatingError error;
	if (!rating_parse(vector, &first, &error)) {
		must(error.position <= size && error.message);
		must(rating_error_text(arena, LANG_ZH, &error).length > 0);
		return 0;
	}
	for (size_t i = 0; i < first.score_count; i++) must(first.scores[i].tenths <= 100 && first.scores[i].level < LEVEL_COUNT);
	Text written = rating_vector(arena, &first);
	must(rating_parse(written, &second, &error));
	check_same(&first, &second);
	must(text_is(written, rating_vector(arena, &second)));
	return 0;
}
