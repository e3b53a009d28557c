/* From a photograph to what of it could be dots: scaled down, evenly lit, text hidden. */
#include "engine/mark/mark_private.h"

#include <math.h>

enum {
	PIXELS_MAX = 1800 * 1000, /* more tells nothing more of dots of a third of a millimetre */
	PATCH = 32, /* light is measured in squares of this side */
	TEXT_REACH = 2, /* pixels beyond dark ones that are hidden with them */
	MEAN_REACH = 10,
};
#define TEXT_INK 0.36f
#define DOT_INK 0.22f

/* Mean of the source pixels that each target pixel covers: along a line, and line by line. */
static void shrink_line(const unsigned char *from, size_t from_count, float *to, size_t to_count)
{
	double ratio = (double)from_count / (double)to_count;
	for (size_t i = 0; i < to_count; i++) {
		double begin = (double)i * ratio, end = begin + ratio, sum = 0;
		for (size_t k = (size_t)begin; k < from_count && (double)k < end; k++)
			sum += (fmin(end, (double)k + 1) - fmax(begin, (double)k)) * (double)from[k];
		to[i] = (float)(sum / ratio);
	}
}

static void scale_down(Arena *arena, const MarkPicture *picture, Response *out)
{
	double factor = sqrt((double)PIXELS_MAX / ((double)picture->width * (double)picture->height));
	if (factor > 1) factor = 1;
	size_t width = (size_t)((double)picture->width * factor), height = (size_t)((double)picture->height * factor);
	double ratio = (double)picture->height / (double)height;
	float *line = arena_array_of(arena, float, width);
	*out = (Response) { .at = arena_array_of(arena, float, width *height), .width = width, .height = height };
	for (size_t y = 0; y < picture->height; y++) {
		shrink_line(picture->at + y * picture->width, picture->width, line, width);
		size_t first = (size_t)((double)y / ratio);
		for (size_t row = first; row < height && (double)row * ratio < (double)y + 1; row++) {
			double part = fmin((double)y + 1, (double)(row + 1) * ratio) - fmax((double)y, (double)row * ratio);
			for (size_t x = 0; x < width && part > 0; x++) out->at[row * width + x] += (float)(part / ratio) * line[x];
		}
	}
}

/* Light of the paper in one square: what four fifths of its pixels do not exceed. */
static float patch_light(const Response *grey, size_t left, size_t top)
{
	unsigned counts[256] = { 0 }, total = 0, seen = 0;
	for (size_t y = top; y < top + PATCH && y < grey->height; y++)
		for (size_t x = left; x < left + PATCH && x < grey->width; x++, total++) counts[(int)grey->at[y * grey->width + x] & 255]++;
	for (int value = 0; value < 256; value++) {
		seen += counts[value];
		if (seen * 5 >= total * 4) return (float)value + 0.5f;
	}
	return 255;
}

typedef struct Light {
	float *at;
	size_t columns, rows;
} Light;

static Light light_of(Arena *arena, const Response *grey)
{
	Light light = { NULL, (grey->width + PATCH - 1) / PATCH, (grey->height + PATCH - 1) / PATCH };
	light.at = arena_array_of(arena, float, light.columns *light.rows);
	for (size_t row = 0; row < light.rows; row++)
		for (size_t column = 0; column < light.columns; column++)
			light.at[row * light.columns + column] = patch_light(grey, column * PATCH, row * PATCH);
	return light;
}

static float clamped(float value, float low, float high) { return value < low ? low : value > high ? high : value; }

/* Between the middles of four squares. */
static float light_at(const Light *light, size_t x, size_t y)
{
	float column = clamped(((float)x + 0.5f) / PATCH - 0.5f, 0, (float)(light->columns - 1));
	float row = clamped(((float)y + 0.5f) / PATCH - 0.5f, 0, (float)(light->rows - 1));
	size_t left = (size_t)column, top = (size_t)row;
	size_t right = left + 1 < light->columns ? left + 1 : left, bottom = top + 1 < light->rows ? top + 1 : top;
	float across = column - (float)left, down = row - (float)top;
	float above = light->at[top * light->columns + left] * (1 - across) + light->at[top * light->columns + right] * across;
	float below = light->at[bottom * light->columns + left] * (1 - across) + light->at[bottom * light->columns + right] * across;
	return fmaxf(above * (1 - down) + below * down, 1);
}

/* Whether something dark lies within TEXT_REACH, along lines and then along columns. */
static void spread(Arena *arena, unsigned char *at, size_t width, size_t height)
{
	unsigned char *copy = arena_array_of(arena, unsigned char, width *height);
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++) {
			size_t from = x > TEXT_REACH ? x - TEXT_REACH : 0, to = x + TEXT_REACH < width ? x + TEXT_REACH : width - 1;
			unsigned char dark = 0;
			for (size_t k = from; k <= to; k++) dark |= at[y * width + k];
			copy[y * width + x] = dark;
		}
	for (size_t y = 0; y < height; y++) {
		size_t from = y > TEXT_REACH ? y - TEXT_REACH : 0, to = y + TEXT_REACH < height ? y + TEXT_REACH : height - 1;
		memcpy(at + y * width, copy + from * width, width);
		for (size_t k = from + 1; k <= to; k++)
			for (size_t x = 0; x < width; x++) at[y * width + x] |= copy[k * width + x];
	}
}

/* Sums over squares of 2 * MEAN_REACH + 1 pixels, in place. */
static void running(Arena *arena, float *at, size_t width, size_t height)
{
	float *copy = arena_array_of(arena, float, width *height), *sums = arena_array_of(arena, float, width);
	for (size_t y = 0; y < height; y++) {
		float sum = 0;
		for (size_t x = 0; x < width + MEAN_REACH; x++) {
			if (x < width) sum += at[y * width + x];
			if (x > 2 * MEAN_REACH) sum -= at[y * width + x - 2 * MEAN_REACH - 1];
			if (x >= MEAN_REACH) copy[y * width + x - MEAN_REACH] = sum;
		}
	}
	for (size_t y = 0; y < height + MEAN_REACH; y++) {
		for (size_t x = 0; x < width; x++) {
			if (y < height) sums[x] += copy[y * width + x];
			if (y > 2 * MEAN_REACH) sums[x] -= copy[(y - 2 * MEAN_REACH - 1) * width + x];
		}
		if (y >= MEAN_REACH) memcpy(at + (y - MEAN_REACH) * width, sums, width * sizeof(*sums));
	}
}

/* What each window could answer at most: see window_measure. */
static void limits_of(Arena *arena, Response *response)
{
	response->columns = (response->width + WINDOW - 1) / WINDOW;
	response->rows = (response->height + WINDOW - 1) / WINDOW;
	size_t count = response->columns * response->rows;
	float *energy = arena_array_of(arena, float, count), *seen = arena_array_of(arena, float, count);
	for (size_t y = 0; y < response->height; y++)
		for (size_t x = 0; x < response->width; x++) {
			float value = response->at[y * response->width + x];
			size_t window = y / WINDOW * response->columns + x / WINDOW;
			energy[window] += value * value;
			seen[window] += value != 0;
		}
	for (size_t i = 0; i < count; i++) energy[i] = sqrtf(energy[i] * seen[i]);
	response->limits = energy;
}

bool response_of(Arena *arena, const MarkPicture *picture, Response *out)
{
	if (picture->width < SPECTRUM_SIDE / 2 || picture->height < SPECTRUM_SIDE / 2) return false;
	scale_down(arena, picture, out);
	size_t width = out->width, height = out->height, pixels = width * height;
	Light light = light_of(arena, out);
	unsigned char *hidden = arena_array_of(arena, unsigned char, pixels);
	float *sums = arena_array_of(arena, float, pixels), *counts = arena_array_of(arena, float, pixels);
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++) {
			size_t i = y * width + x;
			out->at[i] = 1 - out->at[i] / light_at(&light, x, y);
			hidden[i] = out->at[i] > TEXT_INK;
		}
	spread(arena, hidden, width, height);
	for (size_t i = 0; i < pixels; i++) {
		sums[i] = hidden[i] ? 0 : clamped(out->at[i], -DOT_INK, DOT_INK);
		counts[i] = !hidden[i];
	}
	running(arena, sums, width, height);
	running(arena, counts, width, height);
	for (size_t i = 0; i < pixels; i++)
		out->at[i] =
			hidden[i] ? 0 : clamped(clamped(out->at[i], -DOT_INK, DOT_INK) - sums[i] / fmaxf(counts[i], 1), -DOT_INK, DOT_INK);
	limits_of(arena, out);
	return true;
}
