/* Inspections on somebody's own page: those that one makes. */
#include "subject/programme/inspection/inspection_private.h"

static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/inspections/%.*s", TEXT_ARGS(ref)); }

static Error add_line(Call *call, const VisitRow *row, WorkLines *lines)
{
	WorkLine line = { .machine = &inspection_machine,
		.id = row->id,
		.updated_at = row->updated_at,
		.number = row->ref,
		.path = page_of(call->arena, row->ref),
		.title = arena_printf(call->arena, "%.*s · %.*s", TEXT_ARGS(row->organisation), TEXT_ARGS(row->round_code)),
		.state = workflow_state(&inspection_machine, row->state),
		.parts = WORK_INSPECTOR };
	if (!line.state) return fail(call, CORRUPT, "inspection %.*s has no state", TEXT_ARGS(row->ref));
	if (row->clock.at)
		line.clock = work_clock(&inspection_machine, row->clock, row->started_at.value, row->due_at.value,
			row->provisional.value != 0, row->limit_days.value, call->now);
	list_add(call->arena, lines, line);
	return OK;
}

/* Whoever is only proposed is not told of it. */
static Error list(Call *call, int64_t before, int64_t max, bool only_open, WorkLines *lines)
{
	VisitRows rows = { 0 };
	const Actor *actor = call->actor;
	if (actor->person_id && actor->second_factor) TRY(visits_of(call, actor->person_id, before, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		bool is_open = rows.at[i].clock.at != NULL;
		if (rows.at[i].visit_at.is && (is_open || !only_open)) TRY(add_line(call, &rows.at[i], lines));
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines) { return list(call, INT64_MAX, max, true, lines); }

static Error own(Call *call, int64_t before, int64_t max, WorkLines *lines)
{
	return list(call, before ? before : INT64_MAX, max, false, lines);
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	VisitEventRows rows = { 0 };
	const Actor *actor = call->actor;
	Texts actions = work_actions(call->arena, &inspection_machine, true);
	if (actor->person_id && actor->second_factor) TRY(visit_events(call, actor->person_id, actions, since, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const VisitEventRow *row = &rows.at[i];
		WorkEvent event = { .machine = &inspection_machine,
			.id = row->id,
			.at = row->at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.title = row->organisation,
			.words = work_words(call->lang, &inspection_machine, row->action) };
		list_add(call->arena, events, event);
	}
	return OK;
}

const Worklist inspection_worklist = { &inspection_machine, open_ones, own, events_since, NULL };
