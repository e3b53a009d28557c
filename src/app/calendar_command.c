#include "app/calendar_command.h"

#include "app/command.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "engine/calendar/calendar.h"

static Text day_text(Arena *arena, int64_t day)
{
	int year, month, date;
	clock_civil(day, &year, &month, &date);
	return arena_printf(arena, "%04d-%02d-%02d", year, month, date);
}

static void print_json(Call *call, const CalendarYear *year, int64_t first, int64_t end, FILE *out)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_int(&writer, "year", year->year);
	json_put_text(&writer, "source", text_from(year->source));
	json_key(&writer, TEXT("days"));
	json_array_begin(&writer);
	for (int64_t day = first; day < end; day++) {
		CalendarDay look = calendar_look(calendar_official(), day);
		json_object_begin(&writer);
		json_put_text(&writer, "date", day_text(call->arena, day));
		json_put_text(&writer, "kind", text_from(day_kind_tag(look.kind)));
		if (*look.text) json_put_text(&writer, "occasion", tr(call->lang, look.text));
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	fprintf(out, "%.*s\n", TEXT_ARGS(buffer_text(&buffer)));
}

static void print_lines(Call *call, const CalendarYear *year, int64_t first, int64_t end, FILE *out)
{
	fprintf(out, "# %d: %s\n", year->year, year->source);
	for (int64_t day = first; day < end; day++) {
		CalendarDay look = calendar_look(calendar_official(), day);
		Text kind = tr(call->lang, day_kind_text(look.kind)), occasion = tr(call->lang, look.text);
		fprintf(out, "%.*s\t%.*s\t%.*s\n", TEXT_ARGS(day_text(call->arena, day)), TEXT_ARGS(kind), TEXT_ARGS(occasion));
	}
}

Error calendar_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool json = false;
	int64_t number = 0;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (number || !text_to_int(text_from(argv[i]), &number))
			return usage_error(call, talk, "not understood: %s", argv[i]);
	}
	if (number < 1970 || number > 9999) return usage_error(call, talk, "name one year, such as 2026");
	int64_t first = clock_days((int)number, 1, 1), end = clock_days((int)number + 1, 1, 1);
	const CalendarYear *year = calendar_look(calendar_official(), first).year;
	if (!year) return fail(call, NOT_FOUND, "no notice is built in for %lld", (long long)number);
	if (json)
		print_json(call, year, first, end, out);
	else
		print_lines(call, year, first, end, out);
	return OK;
}
