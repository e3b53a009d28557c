/* The small parts: chips, times, sizes, remarks, dialogs. */
#include "base/base/clock.h"
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/part_copy.html.h"
#include "face/html/views/part_dialog.html.h"
#include "face/html/views/part_empty.html.h"
#include "face/html/views/part_level.html.h"
#include "face/html/views/part_note.html.h"
#include "face/html/views/part_pager.html.h"
#include "face/html/views/part_status.html.h"

Text known_level(Text tag)
{
	static const Text tags[] = { TEXT_INIT("critical"), TEXT_INIT("high"), TEXT_INIT("medium"), TEXT_INIT("low") };
	for (size_t i = 0; i < COUNT(tags); i++)
		if (text_is(tag, tags[i])) return tags[i];
	return TEXT("none");
}

Text known_tone(Text tone)
{
	static const Text tones[] = { TEXT_INIT("active"), TEXT_INIT("good"), TEXT_INIT("warn"), TEXT_INIT("bad") };
	for (size_t i = 0; i < COUNT(tones); i++)
		if (text_is(tone, tones[i])) return tones[i];
	return TEXT("neutral");
}

Markup part_level(Html *html, Text level_tag, Text word)
{
	ChipView view = { .tone = known_level(level_tag), .word = word };
	view.is_critical = text_is(view.tone, TEXT("critical"));
	view.is_high = text_is(view.tone, TEXT("high"));
	view.is_medium = text_is(view.tone, TEXT("medium"));
	view.is_low = text_is(view.tone, TEXT("low"));
	return RENDER(html, page_part_level, &view);
}

Markup part_status(Html *html, Text word, Text tone)
{
	ChipView view = { .tone = known_tone(tone), .word = word };
	view.is_good = text_is(view.tone, TEXT("good"));
	view.is_bad = text_is(view.tone, TEXT("bad"));
	view.is_warn = text_is(view.tone, TEXT("warn"));
	view.is_active = text_is(view.tone, TEXT("active"));
	return RENDER(html, page_part_status, &view);
}

static Markup time_element(Html *html, int64_t at, Text shown)
{
	Buffer out = { .arena = html->call->arena };
	buffer_printf(&out, "<time datetime=\"%.*s\">", TEXT_ARGS(clock_iso(html->call->arena, at)));
	html_escape(&out, shown);
	buffer_put(&out, TEXT("</time>"));
	return (Markup) { buffer_text(&out) };
}

Markup part_time(Html *html, int64_t at) { return time_element(html, at, clock_human(html->call->arena, html->lang, at)); }

Markup part_date(Html *html, int64_t at) { return time_element(html, at, clock_human_date(html->call->arena, html->lang, at)); }

Markup part_bytes(Html *html, int64_t size_bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
	int64_t tenths = size_bytes * 10;
	size_t unit = 0;
	while (tenths >= 10240 && unit + 1 < COUNT(units)) {
		tenths = (tenths + 512) / 1024;
		unit++;
	}
	Arena *arena = html->call->arena;
	long long whole = tenths / 10, rest = tenths % 10;
	return (Markup) { rest && whole < 100 ? arena_printf(arena, "%lld.%lld %s", whole, rest, units[unit])
					      : arena_printf(arena, "%lld %s", whole, units[unit]) };
}

Markup part_number(Html *html, int64_t number)
{
	Text digits = arena_printf(html->call->arena, "%lld", (long long)number);
	size_t sign = number < 0;
	Buffer out = { .arena = html->call->arena };
	for (size_t i = 0; i < digits.length; i++) {
		if (i > sign && (digits.length - i) % 3 == 0) buffer_byte(&out, ',');
		buffer_byte(&out, digits.at[i]);
	}
	return (Markup) { buffer_text(&out) };
}

Markup part_copy(Html *html, Text text) { return RENDER(html, page_part_copy, &text); }

Markup part_note(Html *html, Text tone, Text title, Markup body)
{
	NoteView view = { known_tone(tone), title, body };
	return RENDER(html, page_part_note, &view);
}

Markup part_dialog(Html *html, Text label, Text tone, Markup body)
{
	DialogView view = { label, known_tone(tone), body };
	return RENDER(html, page_part_dialog, &view);
}

Markup part_pager(Html *html, Url previous, Url next)
{
	PagerView view = { previous, next };
	if (!previous.text.length && !next.text.length) return (Markup) { 0 };
	return RENDER(html, page_part_pager, &view);
}

Markup part_empty(Html *html, Text title, Text hint, Url action, Text action_label)
{
	EmptyView view = { title, hint, action_label, action };
	return RENDER(html, page_part_empty, &view);
}
