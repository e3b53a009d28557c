#include "subject/desk/calendar.h"

#include "face/doc/ics.h"

static IcsEvent event_of(Arena *arena, Lang lang, const WorkLine *line)
{
	Text words[] = { line->number, tr(lang, line->state->text) };
	return (IcsEvent) { .uid = arena_printf(arena, "%s-%.*s-%s", line->machine->name, TEXT_ARGS(line->number), line->clock.clock->name),
		.summary = arena_join(arena, words, COUNT(words), lang == LANG_ZH ? TEXT("：") : TEXT(": ")),
		.path = line->path,
		.starts_at = line->clock.due_at,
		.changed_at = line->updated_at,
		.is_tentative = line->clock.provisional };
}

Text calendar_text(Arena *arena, Lang lang, Text site, const WorkLines *deadlines, int64_t now)
{
	IcsCalendar calendar = { .product = TEXT("deadlines"), .name = tr(lang, "Deadlines of the vulnerability library"), .site = site };
	for (size_t i = 0; i < deadlines->count; i++) list_add(arena, &calendar.events, event_of(arena, lang, &deadlines->at[i]));
	return ics_text(arena, &calendar, now);
}
