#include "subject/desk/calendar.h"

#include "base/base/clock.h"

enum { LINE_OCTETS = 75, ZONE_MS = 8 * 3600 * 1000 };

/* ---- Lines: CRLF at the end, at most 75 octets, no character cut in two */
static void put_folded(Buffer *out, Text line)
{
	size_t room = LINE_OCTETS, used = 0;
	for (size_t at = 0; at < line.length;) {
		size_t width = text_utf8_sequence(line, at);
		if (width == 0) width = 1;
		if (used + width > room) {
			buffer_put(out, TEXT("\r\n "));
			used = 0;
			room = LINE_OCTETS - 1; /* the blank counts */
		}
		buffer_put(out, text_slice(line, at, at + width));
		used += width;
		at += width;
	}
	buffer_put(out, TEXT("\r\n"));
}

static void put_line(Buffer *out, const char *format, ...) printf_like(2, 3);
static void put_line(Buffer *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	put_folded(out, arena_vprintf(out->arena, format, arguments));
	va_end(arguments);
}

void calendar_put_text(Buffer *out, const char *name, Text value)
{
	Buffer line = { .arena = out->arena };
	buffer_printf(&line, "%s:", name);
	for (size_t i = 0; i < value.length; i++) {
		char byte = value.at[i];
		if (byte == '\\' || byte == ';' || byte == ',') buffer_byte(&line, '\\');
		if (byte == '\n')
			buffer_put(&line, TEXT("\\n"));
		else if ((unsigned char)byte >= 0x20 && byte != 0x7f)
			buffer_byte(&line, byte);
	}
	put_folded(out, buffer_text(&line));
}

/* "20260305T140000" */
static Text stamp(Arena *arena, int64_t at)
{
	int year, month, day;
	int64_t second = at / 1000 % 86400;
	clock_civil(at / 86400000, &year, &month, &day);
	return arena_printf(
		arena, "%04d%02d%02dT%02d%02d%02d", year, month, day, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

/* ---- The parts of a calendar */
static void put_zone(Buffer *out)
{
	static const char *const lines[] = { "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T010000",
		"TZOFFSETFROM:+0900", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE" };
	for (size_t i = 0; i < COUNT(lines); i++) put_line(out, "%s", lines[i]);
}

static Text host_of(Text site)
{
	size_t at = 0;
	return text_find(site, TEXT("://"), &at) ? text_slice(site, at + 3, site.length) : site;
}

static void put_event(Buffer *out, Lang lang, Text site, const WorkLine *line, int64_t now)
{
	Arena *arena = out->arena;
	const ClockView *clock = &line->clock;
	put_line(out, "BEGIN:VEVENT");
	calendar_put_text(out, "UID",
		arena_printf(arena, "%s-%.*s-%s@%.*s", line->machine->name, TEXT_ARGS(line->number), clock->clock->name,
			TEXT_ARGS(host_of(site))));
	put_line(out, "DTSTAMP:%.*sZ", TEXT_ARGS(stamp(arena, now)));
	put_line(out, "LAST-MODIFIED:%.*sZ", TEXT_ARGS(stamp(arena, line->updated_at)));
	put_line(out, "DTSTART;TZID=Asia/Shanghai:%.*s", TEXT_ARGS(stamp(arena, clock->due_at + ZONE_MS)));
	Text words[] = { line->number, tr(lang, line->state->text) };
	calendar_put_text(out, "SUMMARY", arena_join(arena, words, COUNT(words), lang == LANG_ZH ? TEXT("：") : TEXT(": ")));
	put_line(out, "URL:%.*s%.*s", TEXT_ARGS(site), TEXT_ARGS(line->path));
	put_line(out, "STATUS:%s", clock->provisional ? "TENTATIVE" : "CONFIRMED");
	put_line(out, "TRANSP:TRANSPARENT");
	put_line(out, "CLASS:CONFIDENTIAL");
	put_line(out, "END:VEVENT");
}

Text calendar_text(Arena *arena, Lang lang, Text site, const WorkLines *deadlines, int64_t now)
{
	Buffer out = { .arena = arena };
	put_line(&out, "BEGIN:VCALENDAR");
	put_line(&out, "VERSION:2.0");
	put_line(&out, "PRODID:-//cappvd//deadlines//ZH");
	put_line(&out, "CALSCALE:GREGORIAN");
	calendar_put_text(&out, "X-WR-CALNAME", tr(lang, "Deadlines of the vulnerability library"));
	put_line(&out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
	put_zone(&out);
	for (size_t i = 0; i < deadlines->count; i++) put_event(&out, lang, site, &deadlines->at[i], now);
	put_line(&out, "END:VCALENDAR");
	return buffer_text(&out);
}
