/* Where the lattice is: two orthogonal peaks of equal distance in the spectrum of a square of the response. */
#include "engine/mark/mark_private.h"

#include <math.h>

enum { SIDE = SPECTRUM_SIDE, LOWEST = 13, HIGHEST = 90, PLACES = 5, SKEW = 3 };
#define PI 3.14159265358979323846
#define STRENGTH_MIN 60.0

typedef struct Complex {
	float re, im;
} Complex;

static Complex times(Complex a, Complex b) { return (Complex) { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re }; }

static void reorder(Complex *at)
{
	for (size_t i = 1, k = 0; i < SIDE; i++) {
		size_t bit = SIDE >> 1;
		for (; k & bit; bit >>= 1) k ^= bit;
		k |= bit;
		if (i >= k) continue;
		Complex other = at[i];
		at[i] = at[k];
		at[k] = other;
	}
}

/* Cooley and Tukey, in place. */
static void transform(Complex *at, const Complex *roots)
{
	reorder(at);
	for (size_t half = 1; half < SIDE; half *= 2)
		for (size_t begin = 0; begin < SIDE; begin += 2 * half)
			for (size_t i = 0; i < half; i++) {
				Complex odd = times(at[begin + half + i], roots[i * (SIDE / 2 / half)]), even = at[begin + i];
				at[begin + i] = (Complex) { even.re + odd.re, even.im + odd.im };
				at[begin + half + i] = (Complex) { even.re - odd.re, even.im - odd.im };
			}
}

static void transpose(Complex *at)
{
	for (size_t y = 0; y < SIDE; y++)
		for (size_t x = 0; x < y; x++) {
			Complex other = at[y * SIDE + x];
			at[y * SIDE + x] = at[x * SIDE + y];
			at[x * SIDE + y] = other;
		}
}

/* Magnitudes, transposed twice: at[y * SIDE + x] is frequency (x, y). */
static void magnitudes(const Response *response, size_t left, size_t top, Complex *work, float *out)
{
	Complex roots[SIDE / 2];
	float taper[SIDE];
	for (size_t i = 0; i < SIDE / 2; i++)
		roots[i] = (Complex) { (float)cos(2 * PI * (double)i / SIDE), (float)-sin(2 * PI * (double)i / SIDE) };
	for (size_t i = 0; i < SIDE; i++) taper[i] = (float)(0.5 - 0.5 * cos(2 * PI * ((double)i + 0.5) / SIDE));
	for (size_t y = 0; y < SIDE; y++)
		for (size_t x = 0; x < SIDE; x++) {
			bool inside = left + x < response->width && top + y < response->height;
			float value = inside ? response->at[(top + y) * response->width + left + x] * taper[x] * taper[y] : 0;
			work[y * SIDE + x] = (Complex) { value, 0 };
		}
	for (int axis = 0; axis < 2; axis++) {
		for (size_t y = 0; y < SIDE; y++) transform(work + y * SIDE, roots);
		transpose(work);
	}
	for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) out[i] = sqrtf(work[i].re * work[i].re + work[i].im * work[i].im);
}

static float at_frequency(const float *spectrum, int x, int y)
{
	return spectrum[(size_t)((y + SIDE) % SIDE) * SIDE + (size_t)((x + SIDE) % SIDE)];
}

/* Mean magnitude by distance from the middle, never below the mean of all: peaks of higher order stand on less noise, but are not the ones wanted. */
static void level_of(const float *spectrum, float level[HIGHEST + 8])
{
	float sums[HIGHEST + 8] = { 0 }, counts[HIGHEST + 8] = { 0 };
	for (int y = -HIGHEST; y <= HIGHEST; y++)
		for (int x = 0; x <= HIGHEST; x++) {
			int distance = (int)sqrt((double)(x * x + y * y));
			if (distance >= HIGHEST + 8) continue;
			sums[distance] += at_frequency(spectrum, x, y);
			counts[distance]++;
		}
	float all = 0, number = 0;
	for (int i = LOWEST; i < HIGHEST; i++) {
		all += sums[i];
		number += counts[i];
	}
	for (int i = 0; i < HIGHEST + 8; i++) level[i] = fmaxf(counts[i] > 0 ? sums[i] / counts[i] : 1, all / number) + 1e-9f;
}

/* The strongest place near one, and between its neighbours by a parabola. */
static float peak_near(const float *spectrum, int x, int y, int reach, double *out_x, double *out_y)
{
	int best_x = x, best_y = y;
	for (int dy = -reach; dy <= reach; dy++)
		for (int dx = -reach; dx <= reach; dx++)
			if (at_frequency(spectrum, x + dx, y + dy) > at_frequency(spectrum, best_x, best_y)) {
				best_x = x + dx;
				best_y = y + dy;
			}
	double middle = (double)at_frequency(spectrum, best_x, best_y);
	double left = (double)at_frequency(spectrum, best_x - 1, best_y), right = (double)at_frequency(spectrum, best_x + 1, best_y);
	double above = (double)at_frequency(spectrum, best_x, best_y - 1), below = (double)at_frequency(spectrum, best_x, best_y + 1);
	double bend_x = left - 2 * middle + right, bend_y = above - 2 * middle + below;
	*out_x = best_x + (bend_x < 0 ? fmax(-0.5, fmin(0.5, (left - right) / (2 * bend_x))) : 0);
	*out_y = best_y + (bend_y < 0 ? fmax(-0.5, fmin(0.5, (above - below) / (2 * bend_y))) : 0);
	return (float)middle;
}

static double radius_of(double x, double y) { return sqrt(x * x + y * y); }

/* One candidate: the peak at (x, y), and its partner a quarter turn further. */
static Guess pair_at(const float *spectrum, const float *level, int x, int y)
{
	Guess guess = { 0 };
	double distance = radius_of(x, y);
	if (distance < LOWEST || distance > HIGHEST) return guess;
	float first = at_frequency(spectrum, x, y) / level[(int)distance];
	if (first < 3) return guess;
	double strong = (double)peak_near(spectrum, x, y, 0, &guess.ux, &guess.uy);
	double partner = (double)peak_near(spectrum, -y, x, SKEW, &guess.vx, &guess.vy);
	double away = radius_of(guess.vx, guess.vy);
	if (away < LOWEST - 4 || away > HIGHEST + 6) return guess;
	/* Dots moved along one diagonal leave the wave across it whole: the third peak, which a peak of higher order has not. */
	double x_third, y_third;
	double falling =
		(double)peak_near(spectrum, (int)lround(guess.ux - guess.vx), (int)lround(guess.uy - guess.vy), 1, &x_third, &y_third);
	double rising =
		(double)peak_near(spectrum, (int)lround(guess.ux + guess.vx), (int)lround(guess.uy + guess.vy), 1, &x_third, &y_third);
	double mean = (double)level[HIGHEST - 1];
	guess.strength = strong / (double)level[(int)distance] * (partner / (double)level[(int)away]) * fmax(falling, rising) / mean;
	return guess;
}

static void keep_best(Guess out[GUESSES_MAX], const Guess *guess)
{
	for (size_t i = 0; i < GUESSES_MAX; i++) {
		if (radius_of(out[i].ux - guess->ux, out[i].uy - guess->uy) < 3) {
			if (guess->strength > out[i].strength) out[i] = *guess;
			return;
		}
		if (guess->strength <= out[i].strength) continue;
		memmove(out + i + 1, out + i, (GUESSES_MAX - 1 - i) * sizeof(*out));
		out[i] = *guess;
		return;
	}
}

static void search(const float *spectrum, Guess best[GUESSES_MAX])
{
	float level[HIGHEST + 8];
	level_of(spectrum, level);
	for (int y = 0; y <= HIGHEST; y++)
		for (int x = 1; x <= HIGHEST; x++) {
			Guess guess = pair_at(spectrum, level, x, y);
			if (guess.strength > 0) keep_best(best, &guess);
		}
}

static size_t inside(size_t whole, double share) { return whole > SIDE ? (size_t)((double)(whole - SIDE) * share) : 0; }

size_t spectrum_guess(Arena *arena, const Response *response, Guess out[GUESSES_MAX])
{
	static const double places[PLACES][2] = { { 0.5, 0.5 }, { 0.2, 0.2 }, { 0.8, 0.8 }, { 0.8, 0.2 }, { 0.2, 0.8 } };
	Complex *work = arena_array_of(arena, Complex, SIDE * SIDE);
	float *spectrum = arena_array_of(arena, float, SIDE *SIDE);
	Guess all[GUESSES_MAX] = { 0 };
	for (size_t place = 0; place < PLACES; place++) {
		size_t left = inside(response->width, places[place][0]), top = inside(response->height, places[place][1]);
		Guess best[GUESSES_MAX] = { 0 };
		magnitudes(response, left, top, work, spectrum);
		search(spectrum, best);
		for (size_t i = 0; i < GUESSES_MAX; i++) {
			best[i] = (Guess) { (double)left + SIDE / 2.0, (double)top + SIDE / 2.0, best[i].ux / SIDE, best[i].uy / SIDE,
				best[i].vx / SIDE, best[i].vy / SIDE, best[i].strength };
			for (size_t k = 0; k < GUESSES_MAX; k++) {
				if (best[i].strength <= all[k].strength) continue;
				memmove(all + k + 1, all + k, (GUESSES_MAX - 1 - k) * sizeof(*all));
				all[k] = best[i];
				break;
			}
		}
		if (all[0].strength > 10 * STRENGTH_MIN) break;
	}
	size_t count = 0;
	while (count < GUESSES_MAX && all[count].strength >= STRENGTH_MIN) count++;
	memcpy(out, all, sizeof(all));
	return count;
}
