#include "engine/selection/dossier.h"

typedef struct Walking {
	Arena *arena;
	const Dossier *of;
	RoundSeats *seats;
	DossierFault *fault;
	SeatCandidate *pool;
	bool *out; /* per leaf: replaced */
} Walking;

static bool no(const Walking *walking, const char *why, Text argument)
{
	*walking->fault = (DossierFault) { why, argument };
	return false;
}

static size_t leaf_count(const Walking *walking) { return walking->of->pool.count; }

static void number_pool(Walking *walking)
{
	const Dossier *of = walking->of;
	Map *groups = map_new(walking->arena);
	walking->pool = arena_array_of(walking->arena, SeatCandidate, of->pool.count + 1);
	for (size_t i = 0; i < of->pool.count; i++) {
		walking->pool[i].specialty = of->pool.at[i].specialty;
		if (!of->pool.at[i].group.length) continue;
		if (!map_get(groups, of->pool.at[i].group)) map_put(groups, of->pool.at[i].group, walking->pool + map_count(groups) + 1);
		walking->pool[i].group = (uint32_t)((SeatCandidate *)map_get(groups, of->pool.at[i].group) - walking->pool);
	}
}

static const Seating *latest(const Walking *walking, size_t direction)
{
	const PanelSeats *panel = &walking->seats->directions[direction];
	return panel->count ? &panel->seatings[panel->count - 1] : NULL;
}

static bool sits(const Walking *walking, size_t direction, size_t position)
{
	const Seating *seating = latest(walking, direction);
	return seating && seating->codes[position] == SEAT_TAKEN;
}

/* Who cannot sit in this direction now; per leaf. */
static uint8_t *barred_from(const Walking *walking, size_t direction)
{
	const Dossier *of = walking->of;
	uint8_t *barred = arena_array_of(walking->arena, uint8_t, leaf_count(walking) + 1);
	for (size_t position = 0; position < leaf_count(walking); position++) {
		uint32_t leaf = walking->seats->permutation[position];
		if (of->directions[direction].conflicts.at[leaf] == '1') barred[leaf] = SEAT_CONFLICT;
		for (size_t other = 0; other < of->rules.direction_count; other++)
			if (other != direction && sits(walking, other, position)) barred[leaf] = SEAT_ELSEWHERE;
		if (walking->out[leaf]) barred[leaf] = SEAT_OUT;
	}
	return barred;
}

static bool seat(Walking *walking, size_t direction)
{
	const DirectionRules *rules = &walking->of->rules.directions[direction];
	PanelSeats *panel = &walking->seats->directions[direction];
	uint8_t *held = arena_array_of(walking->arena, uint8_t, leaf_count(walking) + 1);
	Seating *seating = &panel->seatings[panel->count];
	for (size_t position = 0; position < leaf_count(walking); position++) held[position] = sits(walking, direction, position);
	if (!seat_panel(walking->arena, walking->pool, walking->seats->permutation, leaf_count(walking), &rules->plan,
		    barred_from(walking, direction), held, seating))
		return no(
			walking, N_("There are too few experts of “%s” for the seats."), walking->of->rules.specialties[seating->missing]);
	panel->count++;
	for (size_t position = 0; position < seating->visited; position++)
		if (seating->codes[position] == SEAT_TAKEN || seating->codes[position] == SEAT_ALTERNATE)
			walking->seats->opened[walking->seats->permutation[position]] = true;
	return true;
}

static bool replace(Walking *walking, const Replacement *replacement)
{
	const Seating *seating = latest(walking, replacement->direction);
	size_t position = 0;
	while (walking->seats->permutation[position] != replacement->leaf) position++;
	if (seating->codes[position] != SEAT_TAKEN && seating->codes[position] != SEAT_ALTERNATE)
		return no(walking, N_("Somebody was replaced who did not sit."), TEXT(""));
	walking->out[replacement->leaf] = true;
	return seat(walking, replacement->direction);
}

bool dossier_seats(Arena *arena, const Dossier *dossier, RoundSeats *out, DossierFault *out_fault)
{
	size_t count = dossier->pool.count;
	Digest *leaves = arena_array_of(arena, Digest, count + 1);
	Walking walking = {
		.arena = arena, .of = dossier, .seats = out, .fault = out_fault, .out = arena_array_of(arena, bool, count + 1)
	};
	*out = (RoundSeats) { .permutation = arena_array_of(arena, uint32_t, count + 1), .opened = arena_array_of(arena, bool, count + 1) };
	for (size_t i = 0; i < count; i++) leaves[i] = dossier->pool.at[i].leaf;
	out->root = draw_root(leaves, count);
	out->seed = draw_seed(dossier->rules.round, &out->root, dossier->source);
	draw_permutation(&out->seed, out->permutation, count);
	number_pool(&walking);
	for (size_t d = 0; d < dossier->rules.direction_count; d++) {
		out->directions[d].seatings = arena_array_of(arena, Seating, dossier->replacements.count + 1);
		if (!seat(&walking, d)) return false;
	}
	for (size_t i = 0; i < dossier->replacements.count; i++)
		if (!replace(&walking, &dossier->replacements.at[i])) return false;
	return true;
}
