/* Clocks: what is stored are start, limit and pauses; the due instant is derived from the calendar and kept beside them for the search. */
#include "engine/calendar/calendar.h"
#include "store/db/db.h"
#include "work/workflow/workdays.h"
#include "work/workflow/workflow_private.h"

/* "1772690400000-1772776800000," for each pause that is over. */
static size_t read_pauses(Arena *arena, const ClockRow *row, ClockPause **out)
{
	LIST_OF(ClockPause) pauses = { 0 };
	Text rest = row->pauses, piece, from;
	while (text_next(&rest, ',', &piece)) {
		ClockPause pause;
		if (text_next(&piece, '-', &from) && text_to_int(from, &pause.from) && text_to_int(piece, &pause.to))
			list_add(arena, &pauses, pause);
	}
	if (row->paused_at.is) {
		ClockPause open = { row->paused_at.value, PAUSE_OPEN };
		list_add(arena, &pauses, open);
	}
	*out = pauses.at;
	return pauses.count;
}

static StageDue due_of(Arena *arena, const Calendar *calendar, const ClockRow *row)
{
	ClockPause *pauses;
	size_t count = read_pauses(arena, row, &pauses);
	StageClock clock = { .start = row->started_at,
		.limit_days = (int)row->limit_days,
		.unit = LIMIT_WORKING_DAYS,
		.pauses = pauses,
		.pause_count = count };
	return calendar_due(calendar, &clock);
}

static Error store_by(Call *call, const Calendar *calendar, const ClockRow *row)
{
	StageDue due = due_of(call->arena, calendar, row);
	return clock_set(call, row->id, row->limit_days, row->pauses, row->paused_at, due.at, due.provisional);
}

static Error store(Call *call, const ClockRow *row)
{
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	return store_by(call, calendar, row);
}

Error workflow_clock_start(Call *call, const Machine *machine, int64_t subject_id, const WorkflowClock *clock)
{
	ClockRow row = { .started_at = call->now, .limit_days = setting_int(call, clock->limit), .pauses = TEXT("") };
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	StageDue due = due_of(call->arena, calendar, &row);
	return clock_insert(call, text_from(machine->name), subject_id, text_from(clock->name), text_from(clock->rule), row.limit_days,
		call->now, due.at, due.provisional);
}

static Error pause_clock(Call *call, ClockRow *row)
{
	if (row->paused_at.is) return OK;
	row->paused_at = (Maybe) { true, call->now };
	return store(call, row);
}

static Error resume(Call *call, ClockRow *row)
{
	if (!row->paused_at.is) return OK;
	row->pauses =
		arena_printf(call->arena, "%.*s%lld-%lld,", TEXT_ARGS(row->pauses), (long long)row->paused_at.value, (long long)call->now);
	row->paused_at = (Maybe) { 0 };
	return store(call, row);
}

Error workflow_clocks_move(Call *call, const Machine *machine, int64_t subject_id, const Transition *row)
{
	if (!row->clock && !strcmp(row->from, row->to)) return OK; /* staying where it is changes no clock */
	ClockRows open;
	TRY(clock_list_open(call, text_from(machine->name), subject_id, &open));
	const WorkflowClock *next = workflow_clock(machine, row->clock);
	bool goes_on = false;
	for (size_t i = 0; i < open.count; i++) {
		ClockRow *clock = &open.at[i];
		if (next && text_is(clock->name, text_from(next->name))) {
			goes_on = true;
			TRY(resume(call, clock));
		} else if (row->pauses)
			TRY(pause_clock(call, clock));
		else
			TRY(clock_end(call, clock->id, call->now));
	}
	return next && !goes_on ? workflow_clock_start(call, machine, subject_id, next) : OK;
}

Error workflow_clocks_kept(Call *call, const char *machine, int64_t subject_id, int64_t at, bool *out_any, bool *out_kept)
{
	int64_t any, over;
	TRY(clock_kept_at(call, text_from(machine), subject_id, at, &any, &over));
	*out_any = any > 0;
	*out_kept = any > 0 && over == 0;
	return OK;
}

Error workflow_clock_never_over(Call *call, const char *machine, int64_t subject_id, const char *name, bool *out_any, bool *out_never)
{
	int64_t any, over;
	TRY(clock_ever_over(call, text_from(machine), subject_id, text_from(name), &any, &over));
	*out_any = any > 0;
	*out_never = any > 0 && over == 0;
	return OK;
}

Error workflow_clocks_end(Call *call, const Machine *machine, int64_t subject_id)
{
	ClockRows open;
	must(db_in_transaction(call));
	TRY(clock_list_open(call, text_from(machine->name), subject_id, &open));
	for (size_t i = 0; i < open.count; i++) TRY(clock_end(call, open.at[i].id, call->now));
	return OK;
}

/* The clock that runs; else the one that stands still. */
static const ClockRow *current(const ClockRows *open)
{
	const ClockRow *found = NULL;
	for (size_t i = 0; i < open->count; i++)
		if (!found || found->paused_at.is) found = &open->at[i];
	return found;
}

Error workflow_clock_of(Call *call, const Machine *machine, int64_t subject_id, ClockView *out)
{
	ClockRows open;
	TRY(clock_list_open(call, text_from(machine->name), subject_id, &open));
	const ClockRow *row = current(&open);
	if (!row) {
		*out = (ClockView) { 0 };
		return OK;
	}
	const WorkflowClock *clock = workflow_clock(machine, arena_string(call->arena, row->name));
	if (!clock) return fail(call, CORRUPT, "clock %lld has the unknown name %.*s", (long long)row->id, TEXT_ARGS(row->name));
	*out = (ClockView) { .clock = clock,
		.started_at = row->started_at,
		.due_at = row->due_at,
		.provisional = row->provisional,
		.paused = row->paused_at.is,
		.overdue = !row->paused_at.is && row->due_at < call->now,
		.limit_working_days = (int)row->limit_days };
	return OK;
}

typedef struct Extension {
	const Machine *machine;
	int64_t subject_id;
	int working_days;
	bool anew; /* instead of what the limit was */
} Extension;

static Error extend(Call *call, void *argument)
{
	const Extension *extension = argument;
	ClockRows open;
	TRY(clock_list_open(call, text_from(extension->machine->name), extension->subject_id, &open));
	const ClockRow *running = current(&open);
	if (!running) return fail(call, CONFLICT, "no clock of %s %lld runs", extension->machine->name, (long long)extension->subject_id);
	ClockRow row = *running;
	row.limit_days = extension->working_days + (extension->anew ? 0 : row.limit_days);
	return store(call, &row);
}

Error workflow_clock_extend(Call *call, const Machine *machine, int64_t subject_id, int working_days)
{
	Extension extension = { machine, subject_id, working_days, false };
	return db_transact(call, extend, &extension);
}

Error workflow_clock_limit(Call *call, const Machine *machine, int64_t subject_id, int working_days)
{
	Extension extension = { machine, subject_id, working_days, true };
	return db_transact(call, extend, &extension);
}

enum { RECOMPUTED_AT_ONCE = 500 };

static Error recompute_some(Call *call, void *argument)
{
	int64_t *after = argument;
	ClockRows rows;
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	TRY(clock_list_all_open(call, *after, RECOMPUTED_AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(store_by(call, calendar, &rows.at[i]));
	*after = rows.count ? rows.at[rows.count - 1].id : INT64_MAX;
	return OK;
}

Error workflow_clocks_recompute(Call *call)
{
	for (int64_t after = 0; after != INT64_MAX;) TRY(db_transact(call, recompute_some, &after));
	return OK;
}

typedef struct Escalation {
	int64_t max, count;
	WorkflowOverdue *overdue;
} Escalation;

static Error escalate(Call *call, void *argument)
{
	Escalation *escalation = argument;
	ClockRows rows;
	int64_t changed = 0;
	escalation->count = 0;
	TRY(clock_list_run_out(call, call->now, escalation->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		TRY(clock_mark_overdue(call, rows.at[i].id, call->now, &changed));
		if (changed) TRY(escalation->overdue(call, rows.at[i].machine, rows.at[i].subject_id, rows.at[i].name));
		escalation->count += changed;
	}
	return OK;
}

Error workflow_escalate(Call *call, int64_t max, WorkflowOverdue *overdue, int64_t *out_count)
{
	Escalation escalation = { .max = max, .overdue = overdue };
	TRY(db_transact(call, escalate, &escalation));
	*out_count = escalation.count;
	return OK;
}

/* ---- Before the end */
enum { REMINDED_NEAR = 1, REMINDED_TODAY = 2, HOUR_MS = 3600 * 1000, CLOCK_DAY_MS = 24 * HOUR_MS, CLOCK_ZONE_MS = 8 * HOUR_MS };

typedef struct Reminding {
	int64_t max, count;
	WorkflowRemind *remind;
} Reminding;

static Error remind_until(Call *call, Reminding *reminding, int64_t until, int64_t level)
{
	ClockRows rows;
	int64_t ahead = setting_int(call, SETTING_reminder_hours) * HOUR_MS, changed = 0;
	bool is_today = level == REMINDED_TODAY;
	TRY(clock_list_near(call, call->now, until, level, reminding->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ClockRow *row = &rows.at[i];
		TRY(clock_mark_reminded(call, row->id, level, &changed));
		reminding->count += changed;
		bool was_always_near = row->started_at > row->due_at - ahead;
		if (changed && (is_today || !was_always_near))
			TRY(reminding->remind(call, row->machine, row->subject_id, row->name, is_today));
	}
	return OK;
}

static Error remind(Call *call, void *argument)
{
	Reminding *reminding = argument;
	int64_t day = (call->now + CLOCK_ZONE_MS) / CLOCK_DAY_MS;
	reminding->count = 0;
	TRY(remind_until(call, reminding, (day + 1) * CLOCK_DAY_MS - CLOCK_ZONE_MS, REMINDED_TODAY));
	return remind_until(call, reminding, call->now + setting_int(call, SETTING_reminder_hours) * HOUR_MS, REMINDED_NEAR);
}

Error workflow_remind(Call *call, int64_t max, WorkflowRemind *tell, int64_t *out_count)
{
	Reminding reminding = { .max = max, .remind = tell };
	TRY(db_transact(call, remind, &reminding));
	*out_count = reminding.count;
	return OK;
}

static Error assign(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t person_id, int64_t for_id)
{
	must(db_in_transaction(call));
	TRY(assignment_end(call, text_from(machine->name), subject_id, text_from(part), call->now));
	return assignment_add(
		call, text_from(machine->name), subject_id, text_from(part), person_id, (Maybe) { for_id != 0, for_id }, call->now);
}

Error workflow_assign(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t person_id)
{
	return assign(call, machine, subject_id, part, person_id, 0);
}

Error workflow_unassign(Call *call, const Machine *machine, int64_t subject_id, const char *part)
{
	must(db_in_transaction(call));
	return assignment_end(call, text_from(machine->name), subject_id, text_from(part), call->now);
}

static Error find_assigned(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t *out_person_id, Maybe *out_for)
{
	bool found = false;
	int64_t person_id = 0;
	Maybe whose = { 0 };
	TRY(assignment_find(call, text_from(machine->name), subject_id, text_from(part), &person_id, &whose, &found));
	*out_person_id = found ? person_id : 0;
	*out_for = found ? whose : (Maybe) { 0 };
	return OK;
}

Error workflow_hand_over(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t person_id)
{
	int64_t holder;
	Maybe whose;
	TRY(find_assigned(call, machine, subject_id, part, &holder, &whose));
	int64_t for_id = whose.is ? whose.value : holder;
	return assign(call, machine, subject_id, part, person_id, for_id == person_id ? 0 : for_id);
}

Error workflow_assigned_for(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t *out_for_id)
{
	int64_t holder;
	Maybe whose;
	TRY(find_assigned(call, machine, subject_id, part, &holder, &whose));
	*out_for_id = whose.is ? whose.value : 0;
	return OK;
}

Error workflow_assigned(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t *out_person_id)
{
	Maybe whose;
	return find_assigned(call, machine, subject_id, part, out_person_id, &whose);
}
