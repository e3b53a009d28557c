#include "engine/selection/agreement.h"

#include <math.h>
#include <stdlib.h>

#define NOTHING 1e-12 /* what computing in floating point leaves of 0 */

static bool has(const Ratings *ratings, size_t row, size_t column)
{
	return !ratings->given || ratings->given[row * ratings->columns + column];
}

static double value(const Ratings *ratings, size_t row, size_t column) { return ratings->values[row * ratings->columns + column]; }

static bool is_complete(const Ratings *ratings, size_t column)
{
	for (size_t row = 0; row < ratings->rows; row++)
		if (!has(ratings, row, column)) return false;
	return true;
}

/* Sums of squares of the two-way table of complete columns. */
typedef struct Squares {
	size_t columns;
	double rows, between_columns, total;
} Squares;

static double grand_mean(const Ratings *ratings, size_t *out_columns)
{
	double sum = 0;
	size_t columns = 0;
	for (size_t column = 0; column < ratings->columns; column++) {
		if (!is_complete(ratings, column)) continue;
		columns++;
		for (size_t row = 0; row < ratings->rows; row++) sum += value(ratings, row, column);
	}
	*out_columns = columns;
	return columns && ratings->rows ? sum / (double)(columns * ratings->rows) : 0;
}

static Squares squares_of(const Ratings *ratings)
{
	Squares squares = { 0 };
	double grand = grand_mean(ratings, &squares.columns);
	for (size_t row = 0; row < ratings->rows; row++) {
		double sum = 0;
		for (size_t column = 0; column < ratings->columns; column++) {
			if (!is_complete(ratings, column)) continue;
			double off = value(ratings, row, column) - grand;
			sum += off;
			squares.total += off * off;
		}
		squares.rows += squares.columns ? sum * sum / (double)squares.columns : 0;
	}
	for (size_t column = 0; column < ratings->columns; column++) {
		double sum = 0;
		if (!is_complete(ratings, column)) continue;
		for (size_t row = 0; row < ratings->rows; row++) sum += value(ratings, row, column) - grand;
		squares.between_columns += sum * sum / (double)ratings->rows;
	}
	return squares;
}

/* What has no positive denominator is not a number. */
static double share(double part, double whole) { return whole > NOTHING ? part / whole : NAN; }

bool agreement_icc(const Ratings *ratings, Icc *out)
{
	Squares squares = squares_of(ratings);
	double n = (double)ratings->rows, k = (double)squares.columns;
	if (n < 2 || k < 2 || squares.total <= 0) return false;
	double bms = squares.rows / (n - 1), wms = (squares.total - squares.rows) / (n * (k - 1));
	double jms = squares.between_columns / (k - 1),
	       ems = (squares.total - squares.rows - squares.between_columns) / ((n - 1) * (k - 1));
	if (ems < 0) ems = 0; /* rounding of what is 0 */
	*out = (Icc) {
		.one_1 = share(bms - wms, bms + (k - 1) * wms),
		.two_1 = share(bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
		.three_1 = share(bms - ems, bms + (k - 1) * ems),
		.one_k = share(bms - wms, bms),
		.two_k = share(bms - ems, bms + (jms - ems) / n),
		.three_k = share(bms - ems, bms),
		.residual_mean_square = ems,
		.columns = squares.columns,
	};
	return true;
}

/* ---- Kendall */

typedef struct Placed {
	double value;
	size_t row;
} Placed;

static int compare_placed(const void *a, const void *b)
{
	double x = ((const Placed *)a)->value, y = ((const Placed *)b)->value;
	return (x > y) - (x < y);
}

/* Adds the column's ranks (means of ranks at ties) to the rows; the sum of t^3 - t over its ties. */
static double add_ranks(const Ratings *ratings, size_t column, Placed *placed, double *ranks)
{
	double ties = 0;
	for (size_t row = 0; row < ratings->rows; row++) placed[row] = (Placed) { value(ratings, row, column), row };
	qsort(placed, ratings->rows, sizeof(*placed), compare_placed);
	for (size_t from = 0, to; from < ratings->rows; from = to) {
		for (to = from + 1; to < ratings->rows && !(placed[to].value > placed[from].value); to++) continue;
		double t = (double)(to - from);
		ties += t * t * t - t;
		for (size_t i = from; i < to; i++) ranks[placed[i].row] += (double)(from + 1 + to) / 2;
	}
	return ties;
}

bool agreement_kendall(Arena *arena, const Ratings *ratings, double *out)
{
	double n = (double)ratings->rows, k = 0, ties = 0, sum = 0;
	if (ratings->rows < 2) return false;
	Placed *placed = arena_array_of(arena, Placed, ratings->rows);
	double *ranks = arena_array_of(arena, double, ratings->rows);
	for (size_t column = 0; column < ratings->columns; column++) {
		if (!is_complete(ratings, column)) continue;
		ties += add_ranks(ratings, column, placed, ranks);
		k++;
	}
	for (size_t row = 0; row < ratings->rows; row++) sum += (ranks[row] - k * (n + 1) / 2) * (ranks[row] - k * (n + 1) / 2);
	double most = k * k * (n * n * n - n) - k * ties;
	if (k < 2 || most <= 0) return false;
	*out = 12 * sum / most;
	return true;
}

/* ---- Krippendorff: the sum of (a - b)^2 over ordered pairs of m values is 2·m·Σa² - 2·(Σa)². */

typedef struct Sums {
	double count, sum, square;
} Sums;

static double pairs_of(Sums of) { return 2 * of.count * of.square - 2 * of.sum * of.sum; }

bool agreement_krippendorff(const Ratings *ratings, double *out)
{
	Sums all = { 0 };
	double observed = 0;
	size_t columns;
	double middle = grand_mean(ratings, &columns); /* sums around it lose fewer digits; any value does */
	for (size_t row = 0; row < ratings->rows; row++) {
		Sums of = { 0 };
		for (size_t column = 0; column < ratings->columns; column++) {
			if (!has(ratings, row, column)) continue;
			double off = value(ratings, row, column) - middle;
			of = (Sums) { of.count + 1, of.sum + off, of.square + off * off };
		}
		if (of.count < 2) continue;
		observed += pairs_of(of) / (of.count - 1);
		all = (Sums) { all.count + of.count, all.sum + of.sum, all.square + of.square };
	}
	double expected = pairs_of(all);
	if (all.count < 2 || expected <= 0) return false;
	*out = 1 - (all.count - 1) * observed / expected;
	return true;
}
