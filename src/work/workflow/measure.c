#include "work/workflow/measure.h"

#include "engine/calendar/calendar.h"
#include "work/workflow/workdays.h"
#include "work/workflow/workflow_private.h"

typedef LIST_OF(ClockPause) Pauses;

static Pauses pauses_of(Arena *arena, const MeasuredClockRow *row)
{
	Pauses pauses = { 0 };
	Text rest = row->pauses, piece, from;
	while (text_next(&rest, ',', &piece)) {
		ClockPause pause;
		if (text_next(&piece, '-', &from) && text_to_int(from, &pause.from) && text_to_int(piece, &pause.to))
			list_add(arena, &pauses, pause);
	}
	if (row->paused_at.is) list_add(arena, &pauses, ((ClockPause) { row->paused_at.value, PAUSE_OPEN }));
	return pauses;
}

/* At most what the calendar counts from the start; the day of `until` is the last one. */
static int working_days(Arena *arena, const Calendar *calendar, const MeasuredClockRow *row, Pauses *pauses, int64_t until)
{
	int64_t whole = calendar_working_days_between(calendar, row->started_at, until);
	list_add(arena, pauses, ((ClockPause) { calendar_day_end(calendar_day(until)) + 1, PAUSE_OPEN }));
	StageClock clock = { .start = row->started_at,
		.limit_days = whole < LIMIT_DAYS_MAX - 1 ? (int)whole + 1 : LIMIT_DAYS_MAX,
		.unit = LIMIT_WORKING_DAYS,
		.pauses = pauses->at,
		.pause_count = pauses->count };
	return whole > 0 ? calendar_due(calendar, &clock).days_used : 0;
}

static ClockMeasure measure(Arena *arena, const Calendar *calendar, const MeasuredClockRow *row, int64_t until)
{
	Pauses pauses = pauses_of(arena, row);
	ClockMeasure measure = { .machine = row->machine,
		.name = row->name,
		.subject_id = row->subject_id,
		.started_at = row->started_at,
		.ended_at = row->ended_at.is ? row->ended_at.value : 0 };
	for (size_t i = 0; i < pauses.count; i++) measure.stood_still |= pauses.at[i].from <= until && until < pauses.at[i].to;
	measure.is_kept = row->ended_at.is && row->ended_at.value <= row->due_at;
	measure.working_days = working_days(arena, calendar, row, &pauses, until);
	return measure;
}

Error clocks_ended(Call *call, int64_t from_at, int64_t until_at, ClockMeasures *out)
{
	MeasuredClockRows rows;
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	TRY(clock_list_ended(call, from_at, until_at, &rows));
	*out = (ClockMeasures) { 0 };
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, out, measure(call->arena, calendar, &rows.at[i], rows.at[i].ended_at.value));
	return OK;
}

Error clocks_running(Call *call, int64_t at, ClockMeasures *out)
{
	MeasuredClockRows open, ended;
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	TRY(clock_list_running(call, at, &open));
	TRY(clock_list_ended_since(call, at, &ended));
	*out = (ClockMeasures) { 0 };
	for (size_t i = 0; i < open.count; i++) list_add(call->arena, out, measure(call->arena, calendar, &open.at[i], at - 1));
	for (size_t i = 0; i < ended.count; i++) list_add(call->arena, out, measure(call->arena, calendar, &ended.at[i], at - 1));
	return OK;
}
