/*
 * chart: bars as a picture, for documents; pages have charts of their own in face/html. One line for each bar: label, bar, number. The same colours
 * as on pages: a tone is the tag of a level, or empty for the accent colour.
 */
#pragma once
#include "base/base/base.h"

enum { CHART_LINES_MAX = 40 };
typedef struct ChartLine {
	Text label, tone;
	int64_t value; /* not negative */
} ChartLine;
/* A PNG, 1,200 pixels wide; the first CHART_LINES_MAX lines. */
must_use Error chart_picture(Call *call, Text title, const ChartLine *lines, size_t count, Text *out_png);
/* Width and height of a PNG in pixels, of its head. */
must_use bool chart_picture_size(Text png, int64_t *out_width, int64_t *out_height);
