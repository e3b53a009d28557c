/* When and where applicants present themselves: the hour of each follows from its place in the drawn order. Calendars of it. */
#include "subject/programme/panel/panel_timetable.h"

#include "face/doc/ics.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel_private.h"
#include "work/workflow/workdays.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * 60 * MINUTE_MS)
static const char place_column[] = "panel_timetable|sealed_place";

/* ---- Hours */
static void slot_of(const PanelTimetable *timetable, const Calendar *calendar, int64_t place, PanelSlot *out)
{
	int64_t day = calendar_day(timetable->starts_at), first = day;
	for (int64_t days = place / timetable->slots_a_day; days > 0; days--) do
			day++;
		while (!calendar_is_working_day(calendar, day));
	int64_t minutes = place % timetable->slots_a_day * (timetable->slot_minutes + timetable->break_minutes);
	out->starts_at = timetable->starts_at + (day - first) * DAY_MS + minutes * MINUTE_MS;
	out->ends_at = out->starts_at + timetable->slot_minutes * MINUTE_MS;
}

static Error of_row(Call *call, Text panel, const TimetableRow *row, PanelTimetable *out)
{
	*out = (PanelTimetable) { .starts_at = row->starts_at,
		.slot_minutes = row->slot_minutes,
		.break_minutes = row->break_minutes,
		.slots_a_day = row->slots_a_day,
		.set_at = row->set_at };
	return seal_open(call, place_column, panel, row->sealed_place, &out->place);
}

Error panel_timetable_of(Call *call, const PanelState *state, size_t at, PanelTimetable *out)
{
	const PanelPart *part = &state->parts[at];
	const Calendar *calendar;
	TimetableRow row;
	bool found = false;
	TRY(timetable_find(call, part->row.id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no timetable of panel %.*s", TEXT_ARGS(part->row.ref));
	PanelTimetable timetable;
	TRY(of_row(call, part->row.ref, &row, &timetable));
	TRY(workdays(call, &calendar));
	PanelSlot *slots = arena_array_of(call->arena, PanelSlot, part->entries.count + 1);
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = &part->entries.at[i];
		size_t place = entry->place >= 0 ? (size_t)entry->place : i;
		slot_of(&timetable, calendar, (int64_t)place, &slots[place]);
		slots[place].entry = entry;
	}
	timetable.slots = slots;
	timetable.slot_count = part->entries.count;
	*out = timetable;
	return OK;
}

/* ---- Setting it */
typedef struct Timing {
	Text ref, panel;
	const Map *values;
} Timing;

static int64_t number_of(const Map *values, const char *name)
{
	int64_t number = 0;
	Text text = text_trim(form_answer(values, name));
	return text_to_int(text, &number) ? number : -1;
}

static void check_number(Call *call, const char *name, int64_t number, int64_t least, int64_t most)
{
	if (number < least || number > most)
		call_problem(call, text_from(name), N_("A whole number in the usual range, please."), (Text) { 0 });
}

static Error tell_everybody(Call *call, const PanelPart *part)
{
	for (size_t i = 0; i < part->seats.count; i++)
		if (text_is(part->seats.at[i].code, TEXT("taken")))
			TRY(panel_tell(call, part->seats.at[i].expert_id, NOTICE_PANEL_TIMETABLE, part->row.ref));
	for (size_t i = 0; i < part->entries.count; i++)
		if (text_is(part->entries.at[i].state, TEXT("SCHEDULED")))
			TRY(application_notify(call, part->entries.at[i].application_id, NOTICE_PRESENTATION_SET));
	return OK;
}

static Error set(Call *call, void *argument)
{
	const Timing *timing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	const PanelPart *part = NULL;
	int64_t starts_at = 0, slot = number_of(timing->values, "slot_minutes"), pause = number_of(timing->values, "break_minutes"),
		a_day = number_of(timing->values, "slots_a_day");
	Sealed place;
	TRY(panel_office(call, timing->ref, ROLE_SECRETARY, state));
	for (size_t d = 0; d < state->part_count; d++)
		if (text_is(state->parts[d].row.ref, timing->panel)) part = &state->parts[d];
	if (!part) return fail(call, NOT_FOUND, "no such panel");
	if (!panel_is_in(state, "PANEL")) return fail(call, CONFLICT, "nobody presents itself now");
	if (!round_instant(text_trim(form_answer(timing->values, "starts_on")), &starts_at) || starts_at <= call->now)
		call_problem(call, TEXT("starts_on"), N_("An instant to come, please."), (Text) { 0 });
	check_number(call, "slot_minutes", slot, 5, 480);
	check_number(call, "break_minutes", pause, 0, 240);
	check_number(call, "slots_a_day", a_day, 1, 100);
	if (a_day * (slot + pause) > 16 * 60)
		call_problem(call, TEXT("slots_a_day"), N_("These are more hours than a day has for presentations."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(seal_close(call, state->draw.seal_key, place_column, part->row.ref, text_trim(form_answer(timing->values, "place")), &place));
	TRY(timetable_put(call, part->row.id, starts_at, slot, pause, a_day, place, call->actor->person_id, call->now));
	TRY(panel_record(call, state, "timetable", form_values_text(call->arena, &panel_timetable_form, timing->values)));
	return tell_everybody(call, part);
}

Error panel_timetable_set(Call *call, Text ref, Text panel, const Map *values)
{
	Timing timing = { ref, panel, values };
	TRY(form_check(call, &panel_timetable_form, values));
	return db_transact(call, set, &timing);
}

/* ---- An applicant's own hour */
Error panel_presentation(Call *call, Text application, PanelPresentation *out)
{
	Application found;
	TimetableRow row;
	PanelRow panel;
	PanelTimetable timetable;
	PanelSlot slot = { 0 };
	const Calendar *calendar;
	int64_t panel_id = 0, draw_id = 0, place = -1;
	bool has_panel = false, has_times = false;
	TRY(application_open(call, application, &found));
	if (!found.is_own) return fail(call, NOT_FOUND, "not this applicant's");
	*out = (PanelPresentation) { .application = found.ref, .id = found.id };
	TRY(panel_of_application(call, found.id, &panel_id, &draw_id, &place, &has_panel));
	if (has_panel && place >= 0) TRY(timetable_find(call, panel_id, &row, &has_times));
	if (!has_times) return OK;
	TRY(panel_by_id(call, panel_id, &panel));
	TRY(of_row(call, panel.ref, &row, &timetable));
	TRY(workdays(call, &calendar));
	slot_of(&timetable, calendar, place, &slot);
	*out = (PanelPresentation) { .application = found.ref,
		.id = found.id,
		.starts_at = slot.starts_at,
		.ends_at = slot.ends_at,
		.changed_at = row.set_at,
		.place = timetable.place };
	return OK;
}

/* ---- Calendars: of the office and of members all hours, of an applicant its own. Numbers, no names. */
static IcsEvent event_of(
	Arena *arena, Text application, Text path, Text place, int64_t starts_at, int64_t ends_at, int64_t changed_at, Lang lang)
{
	Text words[] = { tr(lang, "Presentation"), application };
	return (IcsEvent) { .uid = arena_printf(arena, "presentation-%.*s", TEXT_ARGS(application)),
		.summary = arena_join(arena, words, COUNT(words), TEXT(" ")),
		.place = place,
		.path = path,
		.starts_at = starts_at,
		.ends_at = ends_at,
		.changed_at = changed_at,
		.takes_time = true };
}

Text panel_timetable_calendar(Call *call, const PanelTimetable *timetable, size_t count, Text path)
{
	IcsCalendar calendar = { .product = TEXT("presentations"),
		.name = tr(call->lang, "Presentations before the panel"),
		.site = call->house->public_address };
	for (size_t t = 0; t < count; t++)
		for (size_t i = 0; i < timetable[t].slot_count; i++) {
			const PanelSlot *slot = &timetable[t].slots[i];
			if (!slot->entry || !panel_awaits_sheets(slot->entry)) continue;
			list_add(call->arena, &calendar.events,
				event_of(call->arena, slot->entry->ref, path, timetable[t].place, slot->starts_at, slot->ends_at,
					timetable[t].set_at, call->lang));
		}
	return ics_text(call->arena, &calendar, call->now);
}

Text panel_presentation_calendar(Call *call, const PanelPresentation *presentation)
{
	IcsCalendar calendar = { .product = TEXT("presentations"),
		.name = tr(call->lang, "Presentations before the panel"),
		.site = call->house->public_address };
	Text path = arena_printf(call->arena, "/presentations/%.*s", TEXT_ARGS(presentation->application));
	if (presentation->starts_at)
		list_add(call->arena, &calendar.events,
			event_of(call->arena, presentation->application, path, presentation->place, presentation->starts_at,
				presentation->ends_at, presentation->changed_at, call->lang));
	return ics_text(call->arena, &calendar, call->now);
}
