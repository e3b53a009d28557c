/* A whole round in the engine: 300 applications, 300 experts, panels of 9; draw, seats, scores, ranking and what the sheets tell of the panel. */
#include "base/base/clock.h"
#include "bench/bench.h"
#include "engine/selection/agreement.h"
#include "engine/selection/draw.h"
#include "engine/selection/seat.h"

enum { APPLICATIONS = 300, EXPERTS = 300, SEATS = 9, CRITERIA = 12 };

static void seat(Arena *arena, const Digest *seed, DrawWords *words)
{
	SeatPlan plan = { .seats = { 3, 2, 2, 1, 1 }, .specialty_count = 5, .group_limit = 1, .alternate_percent = 40 };
	SeatCandidate *pool = arena_array_of(arena, SeatCandidate, EXPERTS);
	uint8_t *barred = arena_array_of(arena, uint8_t, EXPERTS);
	uint32_t *order = arena_array_of(arena, uint32_t, EXPERTS);
	Seating seating;
	for (size_t i = 0; i < EXPERTS; i++) {
		pool[i] = (SeatCandidate) { (uint32_t)draw_uniform(words, 5), (uint32_t)draw_uniform(words, 60) };
		barred[i] = draw_uniform(words, 10) ? 0 : SEAT_CONFLICT;
	}
	draw_permutation(seed, order, EXPERTS);
	must(seat_panel(arena, pool, order, EXPERTS, &plan, barred, NULL, &seating));
}

static size_t score(Arena *arena, DrawWords *words)
{
	Rubric rubric = {
		.criterion_count = CRITERIA, .threshold = 6000, .trims = { { 5, 1 }, { 11, 2 } }, .trim_count = 2, .high_percent = 100
	};
	Applicant *applicants = arena_array_of(arena, Applicant, APPLICATIONS);
	int64_t *scores = arena_array_of(arena, int64_t, APPLICATIONS * SEATS * CRITERIA);
	bool *given = arena_array_of(arena, bool, APPLICATIONS *SEATS);
	Score *found = arena_array_of(arena, Score, APPLICATIONS);
	Placing *placings = arena_array_of(arena, Placing, APPLICATIONS);
	Quota quota = { 60, 20, -1 };
	Diagnosis diagnosis;
	for (int c = 0; c < CRITERIA; c++)
		rubric.criteria[c] = (Criterion) { arena_printf(arena, "c%d", c), c ? 800 : 1200, c % 2 ? 1000 : 1500, 50, 0, false };
	for (uint32_t i = 0; i < APPLICATIONS; i++) applicants[i] = (Applicant) { .id = arena_printf(arena, "A%u", i), .lot = i };
	for (size_t i = 0; i < APPLICATIONS * SEATS * CRITERIA; i++)
		scores[i] = 500 + 50 * (int64_t)((i / (SEATS * CRITERIA)) % 7 + draw_uniform(words, 4));
	memset(given, 1, APPLICATIONS * SEATS);
	Panel panel = { &rubric, applicants, APPLICATIONS, SEATS, scores, given };
	panel_score(arena, &panel, found);
	panel_rank(&panel, found, &quota, placings);
	panel_diagnose(arena, &panel, found, placings, &quota, &diagnosis);
	return diagnosis.outliers.count + diagnosis.swings.count;
}

Error selection_mode(Call *call, int argc, char **argv)
{
	const Digest root = { { 0 } };
	(void)argv;
	if (argc != 0) return fail(call, USAGE, "selection");
	for (int run = 0; run < 5; run++) {
		ArenaMark mark = arena_mark(call->arena);
		Digest seed = draw_seed(arena_printf(call->arena, "%d", run), &root, TEXT("source"));
		DrawWords words = draw_words(&seed);
		int64_t begin = clock_precise(), seated;
		seat(call->arena, &seed, &words);
		seated = clock_precise();
		size_t told = score(call->arena, &words);
		printf("{\"draw\":%lld,\"scores\":%lld,\"told\":%zu}\n", (long long)(seated - begin), (long long)(clock_precise() - seated),
			told);
		arena_release(call->arena, mark);
	}
	return OK;
}
