/* Content lines, their folding, and the zone. */
#include "face/doc/ics.h"

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

void ics_put_text(Buffer *out, const char *name, Text value)
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

static void put_time(Buffer *out, const char *name, int64_t at)
{
	put_line(out, "%s;TZID=Asia/Shanghai:%.*s", name, TEXT_ARGS(stamp(out->arena, at + ZONE_MS)));
}

static void put_event(Buffer *out, const IcsCalendar *calendar, const IcsEvent *event, int64_t now)
{
	Arena *arena = out->arena;
	put_line(out, "BEGIN:VEVENT");
	ics_put_text(out, "UID", arena_printf(arena, "%.*s@%.*s", TEXT_ARGS(event->uid), TEXT_ARGS(host_of(calendar->site))));
	put_line(out, "DTSTAMP:%.*sZ", TEXT_ARGS(stamp(arena, now)));
	put_line(out, "LAST-MODIFIED:%.*sZ", TEXT_ARGS(stamp(arena, event->changed_at)));
	put_time(out, "DTSTART", event->starts_at);
	if (event->ends_at) put_time(out, "DTEND", event->ends_at);
	ics_put_text(out, "SUMMARY", event->summary);
	if (event->place.length) ics_put_text(out, "LOCATION", event->place);
	if (event->path.length) put_line(out, "URL:%.*s%.*s", TEXT_ARGS(calendar->site), TEXT_ARGS(event->path));
	put_line(out, "STATUS:%s", event->is_cancelled ? "CANCELLED" : event->is_tentative ? "TENTATIVE" : "CONFIRMED");
	put_line(out, "TRANSP:%s", event->takes_time ? "OPAQUE" : "TRANSPARENT");
	put_line(out, "CLASS:%s", event->is_public ? "PUBLIC" : "CONFIDENTIAL");
	put_line(out, "END:VEVENT");
}

Text ics_text(Arena *arena, const IcsCalendar *calendar, int64_t now)
{
	Buffer out = { .arena = arena };
	put_line(&out, "BEGIN:VCALENDAR");
	put_line(&out, "VERSION:2.0");
	put_line(&out, "PRODID:-//cappvd//%.*s//ZH", TEXT_ARGS(calendar->product));
	put_line(&out, "CALSCALE:GREGORIAN");
	ics_put_text(&out, "X-WR-CALNAME", calendar->name);
	put_line(&out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
	put_zone(&out);
	for (size_t i = 0; i < calendar->events.count; i++) put_event(&out, calendar, &calendar->events.at[i], now);
	put_line(&out, "END:VCALENDAR");
	return buffer_text(&out);
}
