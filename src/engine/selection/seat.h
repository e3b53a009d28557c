/*
 * seat: who of the drawn order sits on which panel. Pure.
 * Only what is published before the draw decides: each candidate's specialty, the pseudonym of its employer's group, and the conflicts that were
 * committed to. So everybody who has the permutation comes to the same panels.
 *
 * The order is walked from its beginning; a candidate is taken when every hard rule holds and the seats that are then still empty can be filled by
 * those who come later (a maximum flow from specialties over groups; Ford and Fulkerson 1956). Nothing here is "as far as possible".
 */
#pragma once
#include "base/base/base.h"

enum { SEAT_SPECIALTIES_MAX = 32, SEAT_SEATS_MAX = 64, SEAT_PANELS_MAX = 8 };
typedef struct SeatCandidate {
	uint32_t specialty; /* index into the plan's */
	uint32_t group; /* 0: of no group; others: the same number, the same group */
} SeatCandidate;
typedef struct SeatPlan {
	uint32_t seats[SEAT_SPECIALTIES_MAX]; /* of each specialty */
	size_t specialty_count;
	uint32_t group_limit; /* members of one panel who may come from the same group; at least 1 */
	uint32_t alternate_percent; /* 30 to 50: how many are asked to hold themselves ready */
} SeatPlan;

typedef enum SeatCode {
	SEAT_UNVISITED, /* later than the last one needed: stays secret */
	SEAT_TAKEN, /* sits on the panel */
	SEAT_ALTERNATE, /* holds itself ready */
	SEAT_CONFLICT, /* in conflict with an applicant of this panel */
	SEAT_ELSEWHERE, /* sits on another panel of the round */
	SEAT_GROUP, /* the employer's group has its members already */
	SEAT_FULL, /* the specialty has its members already */
	SEAT_BLOCKS, /* taken, the rest could not be filled */
	SEAT_OUT, /* declined or was absent, and is replaced */
	SEAT_CODES,
} SeatCode;
const char *seat_code_tag(SeatCode code); /* "taken": written into dossiers */
const char *seat_code_text(SeatCode code); /* English source text */

typedef struct Seating {
	SeatCode *codes; /* one per position of the permutation */
	size_t count;
	size_t visited; /* positions looked at: the rest is SEAT_UNVISITED */
	uint32_t missing; /* specialty that cannot be filled; only where seat_panel said no */
} Seating;

/*
 * Seats one panel. barred: one byte per index of the pool: SEAT_CONFLICT, SEAT_ELSEWHERE, SEAT_OUT, or 0. held: the positions that already sit
 * (none, or all zero, at the first draw; with some of them SEAT_OUT in `barred`, the vacant seats go to the next of the same permutation).
 * False: the plan cannot be filled; out->missing says which specialty is short first. The panel is then not seated at all.
 */
must_use bool seat_panel(Arena *arena, const SeatCandidate *pool, const uint32_t *permutation, size_t count, const SeatPlan *plan,
	const uint8_t *barred, const uint8_t *held, Seating *out);
uint32_t seat_total(const SeatPlan *plan);
/* The least whole number of alternates that is alternate_percent of the seats, at most half of them, at least one. */
uint32_t seat_alternates(const SeatPlan *plan);
