#include "base/base/log.h"

#include "base/base/clock.h"

#include <unistd.h>

static LogLevel lowest_level = LOG_INFO;

void log_set_level(LogLevel lowest) { lowest_level = lowest; }

static void put_quoted(Buffer *buffer, Text text)
{
	buffer_byte(buffer, '"');
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == '"' || c == '\\')
			buffer_printf(buffer, "\\%c", c);
		else if (c < 0x20)
			buffer_printf(buffer, "\\u%04x", c);
		else
			buffer_byte(buffer, (char)c);
	}
	buffer_byte(buffer, '"');
}

void log_write(LogLevel level, const char *event, const LogField *fields, size_t count)
{
	static const char *const names[] = { "debug", "info", "warning", "error" };
	if (level < lowest_level) return;
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Buffer line = { .arena = arena };
	buffer_printf(&line, "{\"time\":\"%.*s\",\"level\":\"%s\",\"event\":\"%s\"", TEXT_ARGS(clock_iso(arena, clock_wall())),
		names[level], event);
	for (size_t i = 0; i < count; i++) {
		buffer_printf(&line, ",\"%s\":", fields[i].name);
		if (fields[i].text.at)
			put_quoted(&line, fields[i].text);
		else
			buffer_number(&line, fields[i].number);
	}
	buffer_put(&line, TEXT("}\n"));
	/* one write, so that lines of several threads never mix; a log that cannot be written must not stop the library */
	ssize_t written = write(STDERR_FILENO, line.at, line.length);
	(void)written;
}

void log_failure(LogLevel level, const char *event, const Call *call)
{
	const Failure *failure = &call->failure;
	log_event(level, event, { "error", .text = text_from(error_name(failure->kind)) }, { "file", .text = text_from(failure->file) },
		{ "line", .number = failure->line }, { "detail", .text = failure->detail.at ? failure->detail : TEXT("") });
}
