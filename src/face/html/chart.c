/* Charts as inline SVG. Places are percentages, so that a chart fits every width while its words keep their size. */
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/part_bars.html.h"
#include "face/html/views/part_ranks.html.h"
#include "face/html/views/part_shares.html.h"

/* Of part_bars.html: bars stand on y = 172 and reach up to y = 20 of 200. */
enum {
	FLOOR = 172,
	TALLEST = 152,
	LABELS_MAX = 12,
	LABELS_NARROW = 6,
	UNITS_WIDE = 100,
	UNITS_NARROW = 48
}; /* a unit is half a Han character */

static Text percent_text(Arena *arena, double share) { return arena_printf(arena, "%.3f%%", share * 100); }

static Text chart_tone(const ChartBar *bar) { return bar->tone.length ? known_level(bar->tone) : TEXT("accent"); }

static int64_t clamped(int64_t value) { return value < 0 ? 0 : value; }

/* As much of a label as its bar has room for; the table below has all of it. */
static Text label_within(Arena *arena, Text label, size_t units, bool *out_is_cut)
{
	size_t used = 0, at = 0;
	while (at < label.length) {
		size_t next = at + 1;
		while (next < label.length && ((unsigned char)label.at[next] & 0xC0) == 0x80) next++;
		used += next - at > 1 ? 2 : 1;
		if (used > units) break;
		at = next;
	}
	*out_is_cut = at < label.length;
	return *out_is_cut ? arena_printf(arena, "%.*s…", (int)at, label.at) : label;
}

Markup part_bars(Html *html, Text title, const ChartBar *bars, size_t count)
{
	Arena *arena = html->call->arena;
	ChartView view = { .title = title };
	int64_t most = 1;
	for (size_t i = 0; i < count; i++)
		if (bars[i].value > most) most = bars[i].value;
	size_t every = (count + LABELS_MAX - 1) / LABELS_MAX, every_narrow = (count + LABELS_NARROW - 1) / LABELS_NARROW;
	for (size_t i = 0; i < count; i++) {
		double height = TALLEST * ((double)clamped(bars[i].value) / (double)most), slot = 1.0 / (double)count;
		ChartShape shape = { .bar = &bars[i], .tone = chart_tone(&bars[i]) };
		shape.x = percent_text(arena, ((double)i + 0.15) * slot);
		shape.width = percent_text(arena, 0.7 * slot);
		shape.middle = percent_text(arena, ((double)i + 0.5) * slot);
		shape.y = arena_printf(arena, "%.1f", FLOOR - height);
		shape.height = arena_printf(arena, "%.1f", height);
		shape.value_y = arena_printf(arena, "%.1f", FLOOR - height - 6);
		shape.shows_value = count <= LABELS_MAX;
		shape.shows_label = i % every == 0;
		bool is_cut;
		(void)label_within(arena, bars[i].label, UNITS_NARROW * every_narrow / count, &is_cut);
		shape.is_minor = i % every_narrow != 0 || is_cut;
		shape.label = label_within(arena, bars[i].label, UNITS_WIDE * every / count, &is_cut);
		list_add(arena, &view.shapes, shape);
	}
	return RENDER(html, page_part_bars, &view);
}

Markup part_ranks(Html *html, Text title, const ChartBar *bars, size_t count)
{
	ChartView view = { .title = title };
	int64_t most = 1;
	for (size_t i = 0; i < count; i++)
		if (bars[i].value > most) most = bars[i].value;
	for (size_t i = 0; i < count; i++) {
		ChartShape shape = { .bar = &bars[i], .tone = chart_tone(&bars[i]) };
		shape.width = percent_text(html->call->arena, (double)clamped(bars[i].value) / (double)most);
		list_add(html->call->arena, &view.shapes, shape);
	}
	return RENDER(html, page_part_ranks, &view);
}

Markup part_shares(Html *html, Text title, const ChartBar *bars, size_t count)
{
	Arena *arena = html->call->arena;
	ChartView view = { .title = title, .is_shares = true };
	double total = 0, before = 0;
	for (size_t i = 0; i < count; i++) total += (double)clamped(bars[i].value);
	for (size_t i = 0; i < count; i++) {
		double share = total > 0 ? (double)clamped(bars[i].value) / total : 0;
		ChartShape shape = { .bar = &bars[i], .tone = chart_tone(&bars[i]) };
		shape.x = percent_text(arena, before);
		shape.width = percent_text(arena, share);
		shape.percent = arena_printf(arena, "%.1f%%", share * 100);
		before += share;
		list_add(arena, &view.shapes, shape);
	}
	return RENDER(html, page_part_shares, &view);
}
