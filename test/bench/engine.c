/* What the engine of marks and of masking reaches on generated photographs and texts: counts, not times. */
#include "base/base/clock.h"
#include "bench/bench.h"
#include "engine/mark/photo.h"
#include "engine/masking/corpus.h"

#include <stdlib.h>

static int64_t number(int argc, char **argv, int at)
{
	int64_t value = 0;
	return argc > at && text_to_int(text_from(argv[at]), &value) && value >= 0 ? value : 0;
}

/* Photographs FROM to FROM + COUNT, of marked or unmarked pages; the number of each copy is its own. */
Error mark_mode(Call *call, int argc, char **argv)
{
	int64_t from = number(argc, argv, 1), count = number(argc, argv, 2), right = 0, wrong = 0, microseconds = 0;
	bool marked = argc > 0 && strcmp(argv[0], "marked") == 0;
	if (argc != 3 || !count) return fail(call, USAGE, "mark marked|plain FROM COUNT");
	for (int64_t i = from; i < from + count; i++) {
		Arena *arena scoped(arena_free) = arena_new((size_t)2 << 30);
		uint64_t copy = (uint64_t)(i + 1) * 0x9e3779b97f4a7c15u >> (64 - MARK_COPY_BITS);
		Sheet sheet = photo_print(arena, (uint32_t)i, marked ? (int64_t)copy : -1);
		Photo photo = photo_take(arena, &sheet, (uint32_t)i);
		int64_t begin = clock_precise();
		MarkReading reading = mark_read(arena, &(MarkPicture) { photo.at, photo.width, photo.height });
		microseconds += clock_precise() - begin;
		right += reading.found && marked && reading.copy == copy;
		wrong += reading.found && !(marked && reading.copy == copy);
	}
	printf("{\"photographs\":%lld,\"right\":%lld,\"wrong\":%lld,\"microseconds\":%lld}\n", (long long)count, (long long)right,
		(long long)wrong, (long long)microseconds);
	return OK;
}

Error masking_mode(Call *call, int argc, char **argv)
{
	int64_t count = number(argc, argv, 0), bytes = 0, microseconds = 0;
	MaskScore score = { 0 };
	for (int64_t i = 0; i < count; i++) {
		ArenaMark mark = arena_mark(call->arena);
		MaskSample sample = mask_sample(call->arena, (uint32_t)i + 100000);
		int64_t begin = clock_precise();
		mask_score(call->arena, &sample, &score);
		microseconds += clock_precise() - begin;
		bytes += (int64_t)sample.text.length;
		arena_release(call->arena, mark);
	}
	for (int kind = 0; kind < MASK_KINDS; kind++)
		printf("{\"kind\":\"%s\",\"right\":%lld,\"extra\":%lld,\"missed\":%lld,\"bytes\":%lld,\"microseconds\":%lld}\n",
			mask_kind_name((MaskKind)kind), (long long)score.right[kind], (long long)score.extra[kind],
			(long long)score.missed[kind], (long long)bytes, (long long)microseconds);
	return OK;
}
