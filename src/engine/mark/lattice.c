/* Follows the lattice over the picture: in each window the phase of both waves tells how far the dots stand off the model; the model is
 * fitted anew to a growing region. */
#include "engine/mark/mark_private.h"

#include <math.h>

#define PI 3.14159265358979323846
#define REACH_START 200.0
#define REACH_GROWTH 1.3
#define WEIGHT_MIN 0.07

static const unsigned char powers[LATTICE_TERMS][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 2, 0 }, { 1, 1 }, { 0, 2 }, { 3, 0 }, { 2, 1 },
	{ 1, 2 }, { 0, 3 } };

static double power(double base, int exponent) { return exponent == 0 ? 1 : base * power(base, exponent - 1); }

LatticeAt lattice_at(const Lattice *lattice, double x, double y)
{
	LatticeAt at = { 0 };
	double s = (x - lattice->centre_x) / lattice->scale, t = (y - lattice->centre_y) / lattice->scale;
	for (size_t i = 0; i < LATTICE_TERMS; i++) {
		int a = powers[i][0], b = powers[i][1];
		double value = power(s, a) * power(t, b);
		double by_s = a ? a * power(s, a - 1) * power(t, b) / lattice->scale : 0,
		       by_t = b ? b * power(s, a) * power(t, b - 1) / lattice->scale : 0;
		at.u += lattice->u[i] * value;
		at.v += lattice->v[i] * value;
		at.ux += lattice->u[i] * by_s;
		at.uy += lattice->u[i] * by_t;
		at.vx += lattice->v[i] * by_s;
		at.vy += lattice->v[i] * by_t;
	}
	return at;
}

/* The sum of a region of the response against one wave that is straight within it. What is measured is how far the dots stand off whole
 * phases, in cycles; gives the size of the answer. */
enum { REGION_MAX = 256 };
static double demodulate(const Response *response, const Window *region, double start, double by_x, double by_y, double *out_error)
{
	float column_re[REGION_MAX] = { 0 }, column_im[REGION_MAX] = { 0 };
	for (size_t y = 0; y < region->height; y++) {
		const float *line = response->at + (region->y + y) * response->width + region->x;
		double phase = 2 * PI * (start + by_y * (double)y);
		float re = (float)cos(phase), im = (float)sin(phase);
		for (size_t x = 0; x < region->width; x++) {
			column_re[x] += line[x] * re;
			column_im[x] += line[x] * im;
		}
	}
	double re = 0, im = 0, step_re = cos(2 * PI * by_x), step_im = sin(2 * PI * by_x), wave_re = 1, wave_im = 0;
	for (size_t x = 0; x < region->width; x++) {
		re += (double)column_re[x] * wave_re - (double)column_im[x] * wave_im;
		im += (double)column_re[x] * wave_im + (double)column_im[x] * wave_re;
		double next = wave_re * step_re - wave_im * step_im;
		wave_im = wave_re * step_im + wave_im * step_re;
		wave_re = next;
	}
	*out_error = -atan2(im, re) / (2 * PI);
	return sqrt(re * re + im * im);
}

Window window_measure(const Response *response, const Lattice *lattice, size_t column, size_t row)
{
	Window window = { .x = column * WINDOW, .y = row * WINDOW };
	window.width = response->width - window.x < WINDOW ? response->width - window.x : WINDOW;
	window.height = response->height - window.y < WINDOW ? response->height - window.y : WINDOW;
	double half_x = ((double)window.width - 1) / 2, half_y = ((double)window.height - 1) / 2;
	window.middle_x = (double)window.x + half_x;
	window.middle_y = (double)window.y + half_y;
	window.at = lattice_at(lattice, window.middle_x, window.middle_y);
	LatticeAt at = window.at;
	double limit = (double)response->limits[row * response->columns + column] + 1e-9;
	window.u_weight = demodulate(response, &window, at.u - at.ux * half_x - at.uy * half_y, at.ux, at.uy, &window.u_error) / limit;
	window.v_weight = demodulate(response, &window, at.v - at.vx * half_x - at.vy * half_y, at.vx, at.vy, &window.v_error) / limit;
	return window;
}

/* ---- Least squares */
typedef struct Fit {
	double matrix[LATTICE_TERMS][LATTICE_TERMS], side[LATTICE_TERMS];
	size_t terms, count;
} Fit;

static void fit_add(Fit *fit, const Lattice *lattice, double x, double y, double value, double weight)
{
	double s = (x - lattice->centre_x) / lattice->scale, t = (y - lattice->centre_y) / lattice->scale, row[LATTICE_TERMS];
	for (size_t i = 0; i < fit->terms; i++) row[i] = power(s, powers[i][0]) * power(t, powers[i][1]);
	for (size_t i = 0; i < fit->terms; i++) {
		for (size_t k = 0; k < fit->terms; k++) fit->matrix[i][k] += weight * row[i] * row[k];
		fit->side[i] += weight * row[i] * value;
	}
	fit->count++;
}

static void swap_rows(Fit *fit, size_t a, size_t b)
{
	for (size_t k = 0; k < fit->terms; k++) {
		double other = fit->matrix[a][k];
		fit->matrix[a][k] = fit->matrix[b][k];
		fit->matrix[b][k] = other;
	}
	double other = fit->side[a];
	fit->side[a] = fit->side[b];
	fit->side[b] = other;
}

/* Gauss with pivots. False: too few windows for so many terms. */
static bool fit_solve(Fit *fit, double out[LATTICE_TERMS])
{
	if (fit->count < 2 * fit->terms) return false;
	for (size_t i = 0; i < fit->terms; i++) {
		size_t pivot = i;
		for (size_t k = i + 1; k < fit->terms; k++)
			if (fabs(fit->matrix[k][i]) > fabs(fit->matrix[pivot][i])) pivot = k;
		if (fabs(fit->matrix[pivot][i]) < 1e-12) return false;
		swap_rows(fit, i, pivot);
		for (size_t k = 0; k < fit->terms; k++) {
			if (k == i) continue;
			double factor = fit->matrix[k][i] / fit->matrix[i][i];
			for (size_t j = i; j < fit->terms; j++) fit->matrix[k][j] -= factor * fit->matrix[i][j];
			fit->side[k] -= factor * fit->side[i];
		}
	}
	memset(out, 0, LATTICE_TERMS * sizeof(*out));
	for (size_t i = 0; i < fit->terms; i++) out[i] = fit->side[i] / fit->matrix[i][i];
	return true;
}

/* ---- Growing */
static void improve(const Response *response, Lattice *lattice, double reach, size_t terms)
{
	Fit along_u = { .terms = terms }, along_v = { .terms = terms };
	for (size_t row = 0; row * WINDOW + WINDOW / 2 < response->height; row++)
		for (size_t column = 0; column * WINDOW + WINDOW / 2 < response->width; column++) {
			const size_t middle_x = column * WINDOW + WINDOW / 2, middle_y = row * WINDOW + WINDOW / 2;
			double dx = (double)middle_x - lattice->centre_x, dy = (double)middle_y - lattice->centre_y;
			if (dx * dx + dy * dy > reach * reach) continue;
			Window window = window_measure(response, lattice, column, row);
			double u_far = window.u_error / 0.3, v_far = window.v_error / 0.3;
			if (window.u_weight > WEIGHT_MIN && fabs(u_far) < 1)
				fit_add(&along_u, lattice, window.middle_x, window.middle_y, window.at.u + window.u_error,
					window.u_weight * window.u_weight * (1 - u_far * u_far));
			if (window.v_weight > WEIGHT_MIN && fabs(v_far) < 1)
				fit_add(&along_v, lattice, window.middle_x, window.middle_y, window.at.v + window.v_error,
					window.v_weight * window.v_weight * (1 - v_far * v_far));
		}
	double u[LATTICE_TERMS], v[LATTICE_TERMS];
	if (fit_solve(&along_u, u)) memcpy(lattice->u, u, sizeof(u));
	if (fit_solve(&along_v, v)) memcpy(lattice->v, v, sizeof(v));
}

/* The two phases where the guess was made: over a region so large that no single dot decides. */
static bool start_at(const Response *response, const Guess *guess, Lattice *out)
{
	*out = (Lattice) { .centre_x = guess->x,
		.centre_y = guess->y,
		.scale = 500,
		.u = { 0, guess->ux * 500, guess->uy * 500 },
		.v = { 0, guess->vx * 500, guess->vy * 500 } };
	Window region = { .x = guess->x > 128 ? (size_t)guess->x - 128 : 0,
		.y = guess->y > 128 ? (size_t)guess->y - 128 : 0,
		.width = REGION_MAX,
		.height = REGION_MAX };
	if (region.x + region.width > response->width) region.width = response->width - region.x;
	if (region.y + region.height > response->height) region.height = response->height - region.y;
	LatticeAt corner = lattice_at(out, (double)region.x, (double)region.y);
	region.u_weight = demodulate(response, &region, corner.u, guess->ux, guess->uy, &region.u_error);
	region.v_weight = demodulate(response, &region, corner.v, guess->vx, guess->vy, &region.v_error);
	out->u[0] += region.u_error;
	out->v[0] += region.v_error;
	return region.u_weight > 0 && region.v_weight > 0;
}

bool lattice_follow(const Response *response, const Guess *guess, Lattice *out)
{
	if (!start_at(response, guess, out)) return false;
	double end = sqrt((double)(response->width * response->width + response->height * response->height));
	double reach = REACH_START;
	while (reach < end * REACH_GROWTH) {
		size_t terms = reach < 300 ? 3 : reach < 500 ? 6 : 10;
		for (int i = 0; i < 2; i++) improve(response, out, reach, terms);
		reach *= REACH_GROWTH;
	}
	return true;
}
