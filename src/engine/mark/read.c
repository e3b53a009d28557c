/* From the lattice to the number: every pixel votes for the dot it belongs to, all tiles together. */
#include "engine/mark/mark_private.h"

#include <math.h>

enum { TURNS = 4, CANDIDATES = 6, KERNEL = 256 };
#define KERNEL_WIDTH 0.075 /* of the pitch: dot, blur and what the lattice is off */
#define SYNC_MIN 0.5 /* agreement of the known cells; 1,024 places by chance reach 0.45 */
#define AGREEMENT_MIN 0.5

typedef struct Votes { /* by cell of a tile in the picture's frame */
	double falling[TILE_CELLS], rising[TILE_CELLS]; /* (+,+) less (-,-); (+,-) less (-,+) */
} Votes;

static void kernels(float plus[KERNEL], float minus[KERNEL])
{
	for (int i = 0; i < KERNEL; i++) {
		double place = ((double)i + 0.5) / KERNEL - 0.5, above = (place - MARK_SHIFT) / KERNEL_WIDTH,
		       below = (place + MARK_SHIFT) / KERNEL_WIDTH;
		plus[i] = (float)exp(-above * above / 2);
		minus[i] = (float)exp(-below * below / 2);
	}
}

static void vote(const Response *response, const Window *window, const float plus[KERNEL], const float minus[KERNEL], Votes *votes)
{
	double worth = fmin(window->u_weight, window->v_weight);
	double u0 = window->at.u, v0 = window->at.v;
	for (size_t y = 0; y < window->height; y++) {
		const float *line = response->at + (window->y + y) * response->width + window->x;
		double dy = (double)(window->y + y) - window->middle_y;
		for (size_t x = 0; x < window->width; x++) {
			if (line[x] == 0) continue;
			double dx = (double)(window->x + x) - window->middle_x;
			double u = u0 + window->at.ux * dx + window->at.uy * dy, v = v0 + window->at.vx * dx + window->at.vy * dy;
			double i = floor(u + 0.5), k = floor(v + 0.5);
			int across = (int)((u - i + 0.5) * KERNEL) & (KERNEL - 1), down = (int)((v - k + 0.5) * KERNEL) & (KERNEL - 1);
			size_t cell = (size_t)((int64_t)k & (TILE - 1)) * TILE + (size_t)((int64_t)i & (TILE - 1));
			double value = worth * (double)line[x];
			votes->falling[cell] += value * (double)(plus[across] * plus[down] - minus[across] * minus[down]);
			votes->rising[cell] += value * (double)(plus[across] * minus[down] - minus[across] * plus[down]);
		}
	}
}

static void votes_count(const Response *response, const Lattice *lattice, Votes *votes)
{
	float plus[KERNEL], minus[KERNEL];
	kernels(plus, minus);
	for (size_t row = 0; row * WINDOW < response->height; row++)
		for (size_t column = 0; column * WINDOW < response->width; column++) {
			Window window = window_measure(response, lattice, column, row);
			vote(response, &window, plus, minus, votes);
		}
}

/* The tile as it stands on the page when the picture is turned by `turns` quarters and shifted. */
static void tile_of(const Votes *votes, int turns, int shift_x, int shift_y, float out[TILE_CELLS])
{
	for (int y = 0; y < TILE; y++)
		for (int x = 0; x < TILE; x++) {
			int u = x, v = y;
			for (int i = 0; i < turns; i++) {
				int other = u;
				u = -v;
				v = other;
			}
			size_t cell = (size_t)(v & (TILE - 1)) * TILE + (size_t)(u & (TILE - 1));
			double value = turns % 2 == 0 ? votes->falling[cell] : votes->rising[cell];
			size_t place = (size_t)((y + shift_y) & (TILE - 1)) * TILE + (size_t)((x + shift_x) & (TILE - 1));
			out[place] = (float)(turns == 0 || turns == 3 ? value : -value);
		}
}

typedef struct Candidate {
	float agreement;
	int turns, shift_x, shift_y;
} Candidate;

static float known_agreement(const float soft[TILE_CELLS])
{
	float sum = 0, squares = 1e-12f;
	for (size_t i = 0; i < TILE_CELLS; i++) {
		float known = tile_known(i);
		sum += known * soft[i];
		squares += known != 0 ? soft[i] * soft[i] : 0;
	}
	return sum / sqrtf(squares * SYNC_CELLS);
}

static void candidate_keep(Candidate best[CANDIDATES], const Candidate *candidate)
{
	for (size_t i = 0; i < CANDIDATES; i++) {
		if (candidate->agreement <= best[i].agreement) continue;
		memmove(best + i + 1, best + i, (CANDIDATES - 1 - i) * sizeof(*best));
		best[i] = *candidate;
		return;
	}
}

static float agreement_with(const float soft[TILE_CELLS], uint64_t copy)
{
	signed char tile[TILE_CELLS];
	float sum = 0, squares = 1e-12f;
	tile_encode(copy, tile);
	for (size_t i = 0; i < TILE_CELLS; i++) {
		sum += soft[i] * tile[i];
		squares += soft[i] * soft[i];
	}
	return sum / sqrtf(squares * TILE_CELLS);
}

/* Few loud cells, such as the ends of a ruled line, must not outvote the others. */
static void soften(double *values)
{
	double mean = 1e-12;
	for (size_t i = 0; i < TILE_CELLS; i++) mean += fabs(values[i]) / TILE_CELLS;
	for (size_t i = 0; i < TILE_CELLS; i++) values[i] = fmax(-2 * mean, fmin(2 * mean, values[i])) / mean;
}

static bool number_of(Votes *votes, MarkReading *out)
{
	Candidate best[CANDIDATES] = { 0 };
	float tile[TILE_CELLS];
	soften(votes->falling);
	soften(votes->rising);
	for (int turns = 0; turns < TURNS; turns++)
		for (int y = 0; y < TILE; y++)
			for (int x = 0; x < TILE; x++) {
				tile_of(votes, turns, x, y, tile);
				candidate_keep(best, &(Candidate) { known_agreement(tile), turns, x, y });
			}
	for (size_t i = 0; i < CANDIDATES && best[i].agreement >= (float)SYNC_MIN; i++) {
		uint64_t copy = 0;
		tile_of(votes, best[i].turns, best[i].shift_x, best[i].shift_y, tile);
		if (!tile_decode(tile, &copy)) continue;
		float agreement = agreement_with(tile, copy);
		if (agreement < (float)AGREEMENT_MIN) continue;
		*out = (MarkReading) { true, true, copy, (int)(agreement * 100), best[i].turns };
		return true;
	}
	return false;
}

MarkReading mark_read(Arena *arena, const MarkPicture *picture)
{
	MarkReading reading = { 0 };
	Response response;
	Guess guesses[GUESSES_MAX];
	if (picture->width > MARK_PICTURE_SIDE_MAX || picture->height > MARK_PICTURE_SIDE_MAX) return reading;
	if (picture->width * picture->height > MARK_PICTURE_PIXELS_MAX || !response_of(arena, picture, &response)) return reading;
	size_t count = spectrum_guess(arena, &response, guesses);
	for (size_t i = 0; i < count; i++) {
		Lattice lattice;
		Votes votes = { 0 };
		reading.pattern = true;
		if (!lattice_follow(&response, &guesses[i], &lattice)) continue;
		votes_count(&response, &lattice, &votes);
		if (number_of(&votes, &reading)) return reading;
	}
	return reading;
}
