#include "engine/selection/seat.h"

#include <stdlib.h>

typedef struct CodeName {
	const char *tag, *text;
} CodeName;
static const CodeName names[SEAT_CODES] = {
	[SEAT_UNVISITED] = { "unvisited", N_("Not looked at") },
	[SEAT_TAKEN] = { "taken", N_("Sits on the panel") },
	[SEAT_ALTERNATE] = { "alternate", N_("Alternate") },
	[SEAT_CONFLICT] = { "conflict", N_("Conflict of interest") },
	[SEAT_ELSEWHERE] = { "elsewhere", N_("Sits on another panel of the round") },
	[SEAT_GROUP] = { "group", N_("The employer's group has its members already") },
	[SEAT_FULL] = { "full", N_("The specialty has its members already") },
	[SEAT_BLOCKS] = { "blocks", N_("The other seats could not be filled") },
	[SEAT_OUT] = { "out", N_("Declined or absent, and replaced") },
};

const char *seat_code_tag(SeatCode code) { return names[code].tag; }
const char *seat_code_text(SeatCode code) { return names[code].text; }

uint32_t seat_total(const SeatPlan *plan)
{
	uint32_t total = 0;
	for (size_t s = 0; s < plan->specialty_count; s++) total += plan->seats[s];
	return total;
}

uint32_t seat_alternates(const SeatPlan *plan)
{
	uint32_t seats = seat_total(plan), wanted = (seats * plan->alternate_percent + 99) / 100;
	if (wanted > seats / 2) wanted = seats / 2;
	return wanted ? wanted : 1;
}

/* ---- Whether the seats that are left can be filled */

typedef struct Walk {
	Arena *arena;
	const SeatCandidate *pool;
	const uint32_t *permutation;
	size_t count;
	const SeatPlan *plan;
	const uint8_t *barred;
	uint32_t *groups; /* sorted, each once; the place in it numbers a group */
	size_t group_count;
	uint32_t *later; /* [specialty][group]: candidates that are still to come */
	uint32_t *alone; /* [specialty]: those of no group */
	uint32_t *used; /* [group]: members that sit */
	uint32_t need[SEAT_SPECIALTIES_MAX];
	Seating seating;
} Walk;

/* Units that flow from specialties over groups. */
typedef struct Flow {
	const Walk *walk;
	uint32_t *through; /* [specialty][group] */
	uint32_t *filled; /* [group], with those that sit */
	bool *seen; /* [group], in this search */
} Flow;

static bool flow_push(Flow *flow, size_t specialty)
{
	const Walk *walk = flow->walk;
	for (size_t g = 0; g < walk->group_count; g++) {
		size_t edge = specialty * walk->group_count + g;
		if (flow->seen[g] || flow->through[edge] >= walk->later[edge]) continue;
		flow->seen[g] = true;
		bool free_place = flow->filled[g] < walk->plan->group_limit;
		if (free_place) flow->filled[g]++;
		for (size_t other = 0; !free_place && other < walk->plan->specialty_count; other++) {
			size_t back = other * walk->group_count + g;
			if (other == specialty || !flow->through[back] || !flow_push(flow, other)) continue;
			flow->through[back]--;
			free_place = true;
		}
		if (!free_place) continue;
		flow->through[edge]++;
		return true;
	}
	return false;
}

static bool can_fill(const Walk *walk, uint32_t *out_missing)
{
	ArenaMark mark = arena_mark(walk->arena);
	size_t groups = walk->group_count + 1;
	Flow flow = { walk, arena_array_of(walk->arena, uint32_t, groups * walk->plan->specialty_count),
		arena_array_of(walk->arena, uint32_t, groups), arena_array_of(walk->arena, bool, groups) };
	memcpy(flow.filled, walk->used, walk->group_count * sizeof(*flow.filled));
	bool filled = true;
	for (size_t s = 0; filled && s < walk->plan->specialty_count; s++)
		for (uint32_t need = walk->need[s] > walk->alone[s] ? walk->need[s] - walk->alone[s] : 0; filled && need; need--) {
			memset(flow.seen, 0, walk->group_count * sizeof(*flow.seen));
			filled = flow_push(&flow, s);
			if (!filled) *out_missing = (uint32_t)s;
		}
	arena_release(walk->arena, mark);
	return filled;
}

/* ---- The walk */

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static size_t group_place(const Walk *walk, uint32_t group)
{
	size_t low = 0, high = walk->group_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (walk->groups[middle] < group)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const SeatCandidate *at(const Walk *walk, size_t position) { return &walk->pool[walk->permutation[position]]; }

static uint32_t *coming(Walk *walk, const SeatCandidate *candidate)
{
	return candidate->group ? &walk->later[candidate->specialty * walk->group_count + group_place(walk, candidate->group)]
				: &walk->alone[candidate->specialty];
}

static bool has_room(const Walk *walk, const SeatCandidate *candidate)
{
	return !candidate->group || walk->used[group_place(walk, candidate->group)] < walk->plan->group_limit;
}

static void sit(Walk *walk, size_t position)
{
	const SeatCandidate *candidate = at(walk, position);
	walk->seating.codes[position] = SEAT_TAKEN;
	if (walk->need[candidate->specialty]) walk->need[candidate->specialty]--;
	if (candidate->group) walk->used[group_place(walk, candidate->group)]++;
}

static void stand_up(Walk *walk, const SeatCandidate *candidate)
{
	walk->need[candidate->specialty]++;
	if (candidate->group) walk->used[group_place(walk, candidate->group)]--;
}

static void number_groups(Walk *walk)
{
	walk->groups = arena_array_of(walk->arena, uint32_t, walk->count + 1);
	for (size_t i = 0; i < walk->count; i++)
		if (walk->pool[i].group) walk->groups[walk->group_count++] = walk->pool[i].group;
	if (walk->group_count > 1) qsort(walk->groups, walk->group_count, sizeof(*walk->groups), compare_numbers);
	size_t kept = 0;
	for (size_t i = 0; i < walk->group_count; i++)
		if (!kept || walk->groups[kept - 1] != walk->groups[i]) walk->groups[kept++] = walk->groups[i];
	walk->group_count = kept;
}

static void begin(Walk *walk, const uint8_t *held)
{
	number_groups(walk);
	walk->later = arena_array_of(walk->arena, uint32_t, (walk->group_count + 1) * walk->plan->specialty_count);
	walk->alone = arena_array_of(walk->arena, uint32_t, walk->plan->specialty_count);
	walk->used = arena_array_of(walk->arena, uint32_t, walk->group_count + 1);
	walk->seating = (Seating) { .codes = arena_array_of(walk->arena, SeatCode, walk->count + 1), .count = walk->count };
	memcpy(walk->need, walk->plan->seats, sizeof(walk->need));
	for (size_t p = 0; p < walk->count; p++) {
		if (walk->barred[walk->permutation[p]]) continue;
		if (held && held[p])
			sit(walk, p);
		else
			++*coming(walk, at(walk, p));
	}
}

static uint32_t empty_seats(const Walk *walk)
{
	uint32_t empty = 0;
	for (size_t s = 0; s < walk->plan->specialty_count; s++) empty += walk->need[s];
	return empty;
}

static SeatCode consider(Walk *walk, size_t position)
{
	const SeatCandidate *candidate = at(walk, position);
	uint32_t missing;
	if (walk->barred[walk->permutation[position]]) return (SeatCode)walk->barred[walk->permutation[position]];
	if (walk->seating.codes[position] == SEAT_TAKEN) return SEAT_TAKEN; /* sat before */
	--*coming(walk, candidate);
	if (!walk->need[candidate->specialty]) return SEAT_FULL;
	if (!has_room(walk, candidate)) return SEAT_GROUP;
	sit(walk, position);
	if (can_fill(walk, &missing)) return SEAT_TAKEN;
	stand_up(walk, candidate);
	return SEAT_BLOCKS;
}

/* ---- Alternates */

/* The whole number of alternates over the specialties in proportion to their seats (largest remainders; the earlier one at a tie). */
static void share_alternates(const SeatPlan *plan, uint32_t *out)
{
	uint32_t seats = seat_total(plan), total = seat_alternates(plan), given = 0, rests[SEAT_SPECIALTIES_MAX];
	for (size_t s = 0; s < plan->specialty_count; s++) {
		out[s] = seats ? plan->seats[s] * total / seats : 0;
		rests[s] = seats ? plan->seats[s] * total % seats : 0;
		given += out[s];
	}
	for (; given < total && seats; given++) {
		size_t most = 0;
		for (size_t s = 1; s < plan->specialty_count; s++)
			if (rests[s] > rests[most]) most = s;
		out[most]++;
		rests[most] = 0;
	}
}

/* Whether somebody of the same specialty sits whose seat this candidate could take within the limit of its group. */
static bool can_replace(const Walk *walk, const SeatCandidate *candidate)
{
	if (!walk->plan->seats[candidate->specialty]) return false;
	if (has_room(walk, candidate)) return true;
	for (size_t p = 0; p < walk->count; p++)
		if (walk->seating.codes[p] == SEAT_TAKEN && at(walk, p)->specialty == candidate->specialty &&
			at(walk, p)->group == candidate->group)
			return true;
	return false;
}

static void add_alternates(Walk *walk)
{
	uint32_t wanted[SEAT_SPECIALTIES_MAX] = { 0 }, open = seat_alternates(walk->plan);
	share_alternates(walk->plan, wanted);
	for (size_t p = 0; p < walk->count && open; p++) {
		const SeatCandidate *candidate = at(walk, p);
		uint8_t barred = walk->barred[walk->permutation[p]];
		SeatCode *code = &walk->seating.codes[p];
		if (p >= walk->seating.visited) walk->seating.visited = p + 1;
		if (barred)
			*code = (SeatCode)barred;
		else if (*code != SEAT_TAKEN && wanted[candidate->specialty] && can_replace(walk, candidate)) {
			*code = SEAT_ALTERNATE;
			wanted[candidate->specialty]--;
			open--;
		} else if (*code == SEAT_UNVISITED)
			*code = has_room(walk, candidate) ? SEAT_FULL : SEAT_GROUP;
	}
}

bool seat_panel(Arena *arena, const SeatCandidate *pool, const uint32_t *permutation, size_t count, const SeatPlan *plan,
	const uint8_t *barred, const uint8_t *held, Seating *out)
{
	Walk walk = { .arena = arena, .pool = pool, .permutation = permutation, .count = count, .plan = plan, .barred = barred };
	must(plan->specialty_count <= SEAT_SPECIALTIES_MAX && plan->group_limit > 0 && seat_total(plan) <= SEAT_SEATS_MAX);
	for (size_t i = 0; i < count; i++) must(pool[i].specialty < plan->specialty_count);
	begin(&walk, held);
	if (!can_fill(&walk, &out->missing)) return false;
	for (size_t p = 0; p < count; p++) {
		if (walk.seating.codes[p] == SEAT_TAKEN && walk.seating.visited < p + 1) walk.seating.visited = p + 1;
		if (!empty_seats(&walk)) continue;
		walk.seating.codes[p] = consider(&walk, p);
		walk.seating.visited = p + 1;
	}
	add_alternates(&walk);
	*out = walk.seating;
	return true;
}
