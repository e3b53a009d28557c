#include "engine/selection/draw.h"
#include "engine/selection/seat.h"
#include "harness/test.h"

enum { POOL = 9 };

/* ---- An independent account: every set of later candidates is tried. */

typedef struct Trial {
	const SeatCandidate *pool;
	const uint32_t *order;
	size_t count;
	const SeatPlan *plan;
	const uint8_t *barred;
} Trial;

static bool completes(const Trial *trial, uint32_t need[], uint32_t used[], size_t from)
{
	uint32_t open = 0;
	for (size_t s = 0; s < trial->plan->specialty_count; s++) open += need[s];
	if (!open) return true;
	for (size_t p = from; p < trial->count; p++) {
		const SeatCandidate *c = &trial->pool[trial->order[p]];
		if (trial->barred[trial->order[p]] || !need[c->specialty] || (c->group && used[c->group] >= trial->plan->group_limit))
			continue;
		need[c->specialty]--;
		used[c->group]++;
		bool fits = completes(trial, need, used, p + 1);
		need[c->specialty]++;
		used[c->group]--;
		if (fits) return true;
	}
	return false;
}

/* Along the order, everybody with whom the panel can still be completed. */
static bool first_panel(const Trial *trial, bool *out)
{
	uint32_t need[SEAT_SPECIALTIES_MAX], used[POOL + 1] = { 0 };
	memcpy(need, trial->plan->seats, sizeof(need));
	if (!completes(trial, need, used, 0)) return false;
	for (size_t p = 0; p < trial->count; p++) {
		const SeatCandidate *c = &trial->pool[trial->order[p]];
		out[p] = false;
		if (trial->barred[trial->order[p]] || !need[c->specialty] || (c->group && used[c->group] >= trial->plan->group_limit))
			continue;
		need[c->specialty]--;
		used[c->group]++;
		out[p] = completes(trial, need, used, p + 1);
		if (out[p]) continue;
		need[c->specialty]++;
		used[c->group]--;
	}
	return true;
}

TEST(seat__a_panel_is_the_first_of_all_that_can_be_filled)
{
	const Digest nothing = { { 0 } };
	int filled = 0, blocked = 0;
	for (int round = 0; round < 3000; round++) {
		ArenaMark mark = arena_mark(t->arena);
		Digest seed = draw_seed(arena_printf(t->arena, "%d", round), &nothing, TEXT("seats"));
		DrawWords words = draw_words(&seed);
		SeatCandidate pool[POOL];
		uint32_t order[POOL];
		uint8_t barred[POOL];
		SeatPlan plan = { .specialty_count = 3, .group_limit = 1 + (uint32_t)draw_uniform(&words, 2), .alternate_percent = 40 };
		for (int s = 0; s < 3; s++) plan.seats[s] = (uint32_t)draw_uniform(&words, 3);
		for (int i = 0; i < POOL; i++) {
			pool[i] = (SeatCandidate) { (uint32_t)draw_uniform(&words, 3), (uint32_t)draw_uniform(&words, 5) };
			barred[i] = draw_uniform(&words, 5) ? 0 : SEAT_CONFLICT;
		}
		draw_permutation(&seed, order, POOL);
		Trial trial = { pool, order, POOL, &plan, barred };
		bool expected[POOL];
		bool can = first_panel(&trial, expected);
		Seating seating;
		CHECK(seat_panel(t->arena, pool, order, POOL, &plan, barred, NULL, &seating) == can);
		for (int p = 0; can && p < POOL; p++) {
			CHECK((seating.codes[p] == SEAT_TAKEN) == expected[p]);
			CHECK((seating.codes[p] == SEAT_UNVISITED) == ((size_t)p >= seating.visited));
			blocked += seating.codes[p] == SEAT_BLOCKS;
		}
		filled += can;
		arena_release(t->arena, mark);
	}
	CHECK(filled > 500 && filled < 2900); /* both happen */
	CHECK(blocked > 20); /* and so does the hard case */
}

static const SeatCandidate seven[] = { { 0, 1 }, { 0, 1 }, { 1, 1 }, { 0, 2 }, { 1, 2 }, { 1, 0 }, { 0, 0 } };
static const uint32_t in_turn[] = { 0, 1, 2, 3, 4, 5, 6 };

TEST(seat__the_group_limit_is_hard)
{
	SeatPlan plan = { .seats = { 2, 2 }, .specialty_count = 2, .group_limit = 1, .alternate_percent = 30 };
	uint8_t barred[7] = { 0 };
	Seating seating;
	CHECK(seat_panel(t->arena, seven, in_turn, 7, &plan, barred, NULL, &seating));
	/* 0 of group 1; 1 and 2 are of the same group; 3 would leave only one for specialty 1; so 4, 5 and 6 */
	CHECK(seating.codes[0] == SEAT_TAKEN && seating.codes[1] == SEAT_ALTERNATE && seating.codes[2] == SEAT_GROUP);
	CHECK(seating.codes[3] == SEAT_BLOCKS && seating.codes[4] == SEAT_TAKEN);
	CHECK(seating.codes[5] == SEAT_TAKEN && seating.codes[6] == SEAT_TAKEN);
	barred[5] = SEAT_CONFLICT;
	CHECK(!seat_panel(t->arena, seven, in_turn, 7, &plan, barred, NULL, &seating));
	CHECK_INT(seating.missing, 1);
}

TEST(seat__who_declines_is_replaced_by_the_next_of_the_same_order)
{
	static const SeatCandidate eight[] = { { 0, 1 }, { 0, 2 }, { 0, 1 }, { 0, 3 }, { 1, 4 }, { 1, 5 }, { 0, 0 }, { 1, 3 } };
	static const uint32_t order[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	SeatPlan plan = { .seats = { 2, 1 }, .specialty_count = 2, .group_limit = 1, .alternate_percent = 50 };
	uint8_t barred[8] = { 0 }, held[8] = { 1, 1, 0, 0, 1 };
	Seating seating, again;
	CHECK(seat_panel(t->arena, eight, order, 8, &plan, barred, NULL, &seating));
	CHECK(seating.codes[0] == SEAT_TAKEN && seating.codes[1] == SEAT_TAKEN && seating.codes[4] == SEAT_TAKEN);
	CHECK(seating.codes[2] == SEAT_ALTERNATE); /* of the group of 0, whose seat it could take */
	barred[1] = SEAT_OUT; /* group 2 leaves; 2 is of the group of 0, so 3 follows */
	CHECK(seat_panel(t->arena, eight, order, 8, &plan, barred, held, &again));
	CHECK(again.codes[0] == SEAT_TAKEN && again.codes[1] == SEAT_OUT && again.codes[3] == SEAT_TAKEN && again.codes[4] == SEAT_TAKEN);
	barred[1] = 0;
	barred[0] = SEAT_OUT;
	CHECK(seat_panel(t->arena, eight, order, 8, &plan, barred, held, &again));
	CHECK(again.codes[2] == SEAT_TAKEN && again.codes[3] != SEAT_TAKEN);
}

TEST(seat__alternates_are_thirty_to_fifty_percent)
{
	for (uint32_t seats = 2; seats <= 15; seats++)
		for (uint32_t percent = 30; percent <= 50; percent += 10) {
			SeatPlan plan = { .seats = { seats / 2, seats - seats / 2 },
				.specialty_count = 2,
				.group_limit = 1,
				.alternate_percent = percent };
			uint32_t alternates = seat_alternates(&plan);
			CHECK(alternates * 2 <= seats || alternates == 1);
			CHECK(alternates * 10 >= seats * 3);
		}
}

TEST(seat__codes_have_names_and_no_two_the_same)
{
	for (int code = 0; code < SEAT_CODES; code++) {
		CHECK(seat_code_tag((SeatCode)code)[0] && seat_code_text((SeatCode)code)[0]);
		for (int other = 0; other < code; other++)
			CHECK(strcmp(seat_code_tag((SeatCode)code), seat_code_tag((SeatCode)other)) != 0);
	}
}
