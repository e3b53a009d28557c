#include "face/doc/chart.h"

#include "face/doc/pdf_private.h"

#define WIDTH 1200.0
#define LINE 44.0
#define TOP 64.0
#define LABEL 340.0
#define NUMBER 120.0
#define THICK 26.0
#define TEXT_PIXELS 24.0

typedef struct Tone {
	const char *tag;
	double red, green, blue;
} Tone;
static const Tone tones[] = { { "critical", 0.55, 0.09, 0.27 }, { "high", 0.76, 0.20, 0.13 }, { "medium", 0.72, 0.45, 0.04 },
	{ "low", 0.13, 0.44, 0.27 }, { "", 0.11, 0.33, 0.62 } };

static const Tone *tone_of(Text tag)
{
	size_t i = 0;
	while (i + 1 < COUNT(tones) && !text_is(tag, text_from(tones[i].tag))) i++;
	return &tones[i];
}

static void put_text(cairo_t *cairo, Arena *arena, Text text, double x, double y, double width)
{
	Text clean = pdf_clean(arena, text);
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family(font, "Noto Sans CJK SC");
	pango_font_description_set_absolute_size(font, TEXT_PIXELS * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, clean.length ? clean.at : "", (int)clean.length);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
	cairo_move_to(cairo, x, y);
	pango_cairo_show_layout(cairo, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
}

static void draw(cairo_t *cairo, Arena *arena, Text title, const ChartLine *lines, size_t count)
{
	int64_t most = 1;
	for (size_t i = 0; i < count; i++)
		if (lines[i].value > most) most = lines[i].value;
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	put_text(cairo, arena, title, 0, 12, WIDTH);
	for (size_t i = 0; i < count; i++) {
		const Tone *tone = tone_of(lines[i].tone);
		double y = TOP + LINE * (double)i, length = (WIDTH - LABEL - NUMBER) * (double)lines[i].value / (double)most;
		put_text(cairo, arena, lines[i].label, 0, y, LABEL - 20);
		cairo_set_source_rgb(cairo, tone->red, tone->green, tone->blue);
		cairo_rectangle(cairo, LABEL, y + 6, length, THICK);
		cairo_fill(cairo);
		put_text(cairo, arena, arena_printf(arena, "%lld", (long long)lines[i].value), LABEL + length + 12, y, NUMBER - 12);
	}
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
	buffer_put(closure, (Text) { (const char *)data, length });
	return CAIRO_STATUS_SUCCESS;
}

Error chart_picture(Call *call, Text title, const ChartLine *lines, size_t count, Text *out_png)
{
	Buffer buffer = { .arena = call->arena };
	if (count > CHART_LINES_MAX) count = CHART_LINES_MAX;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)WIDTH, (int)(TOP + LINE * (double)count + 10));
	cairo_t *cairo = cairo_create(surface);
	draw(cairo, call->arena, title, lines, count);
	cairo_status_t status = cairo_surface_write_to_png_stream(surface, write_bytes, &buffer);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS) return fail(call, TOO_LARGE, "a chart: %s", cairo_status_to_string(status));
	*out_png = buffer_text(&buffer);
	return OK;
}

bool chart_picture_size(Text png, int64_t *out_width, int64_t *out_height)
{
	enum { HEAD = 24, WIDTH_AT = 16, HEIGHT_AT = 20 };
	if (png.length < HEAD) return false;
	*out_width = *out_height = 0;
	for (size_t i = 0; i < 4; i++) {
		*out_width = *out_width << 8 | (unsigned char)png.at[WIDTH_AT + i];
		*out_height = *out_height << 8 | (unsigned char)png.at[HEIGHT_AT + i];
	}
	return *out_width > 0 && *out_height > 0;
}
