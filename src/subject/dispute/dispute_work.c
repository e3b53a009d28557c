/* Disputes on somebody's own page. Their line has no title: what it is about stands on its page alone. */
#include "subject/dispute/dispute_private.h"

static uint32_t queue_roles(const Call *call) { return report_reading_roles(call->actor) & ROLE_COORDINATOR; }
static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/disputes/%.*s", TEXT_ARGS(ref)); }

static Error add_lines(Call *call, const DisputeWorkRows *rows, uint32_t part, WorkLines *lines)
{
	for (size_t i = 0; i < rows->count; i++) {
		const DisputeWorkRow *row = &rows->at[i];
		WorkLine line = { .machine = &dispute_machine,
			.id = row->id,
			.updated_at = row->updated_at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.title = tr(call->lang, dispute_machine.text),
			.state = workflow_state(&dispute_machine, row->state),
			.parts = part,
			.clock = work_clock(
				&dispute_machine, row->clock, row->started_at, row->due_at, row->provisional, row->limit_days, call->now) };
		if (!line.state) return fail(call, CORRUPT, "dispute %.*s has no state", TEXT_ARGS(row->ref));
		list_add(call->arena, lines, line);
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	DisputeWorkRows mine = { 0 }, vendors = { 0 }, seats = { 0 }, queue = { 0 };
	const Actor *actor = call->actor;
	if (!actor->person_id) return OK;
	TRY(dispute_work_mine(call, actor->person_id, max, &mine));
	if (actor->organisation_id && actor->second_factor) TRY(dispute_work_vendor(call, actor->organisation_id, max, &vendors));
	if (actor->second_factor && actor_has(actor, ROLE_EXPERT | ROLE_VERIFIER))
		TRY(dispute_work_held(call, actor->person_id, max, &seats));
	if (queue_roles(call)) TRY(dispute_work_queue(call, actor->person_id, queue_roles(call), max, &queue));
	TRY(add_lines(call, &mine, WORK_APPELLANT, lines));
	TRY(add_lines(call, &vendors, WORK_APPELLANT, lines));
	TRY(add_lines(call, &seats, WORK_PANEL, lines));
	return add_lines(call, &queue, WORK_COORDINATOR, lines);
}

static void add_events(Call *call, const DisputeWorkEventRows *rows, WorkEvents *events)
{
	for (size_t i = 0; i < rows->count; i++) {
		const DisputeWorkEventRow *row = &rows->at[i];
		WorkEvent event = { .machine = &dispute_machine,
			.id = row->id,
			.at = row->at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.title = tr(call->lang, dispute_machine.text),
			.words = work_words(call->lang, &dispute_machine, row->action) };
		list_add(call->arena, events, event);
	}
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	DisputeWorkEventRows mine = { 0 }, queue = { 0 };
	int64_t person_id = call->actor->person_id;
	Texts actions = work_actions(call->arena, &dispute_machine, true);
	if (person_id) TRY(dispute_work_events_mine(call, person_id, actions, since, max, &mine));
	if (queue_roles(call)) TRY(dispute_work_events_queue(call, person_id, queue_roles(call), actions, since, max, &queue));
	add_events(call, &mine, events);
	add_events(call, &queue, events);
	return OK;
}

static Error counts_now(Call *call, WorkCounts *counts)
{
	DisputeWorkCountRows rows = { 0 };
	if (queue_roles(call)) TRY(dispute_work_counts(call, queue_roles(call), call->now, &rows));
	for (size_t i = 0; i < dispute_machine.state_count; i++)
		for (size_t k = 0; k < rows.count; k++) {
			const WorkflowState *state = &dispute_machine.states[i];
			if (!text_is(rows.at[k].state, text_from(state->name))) continue;
			WorkCount count = { .machine = &dispute_machine,
				.state = state,
				.count = rows.at[k].disputes,
				.overdue = rows.at[k].overdue,
				.path = arena_printf(call->arena, "/disputes?state=%s", state->name) };
			list_add(call->arena, counts, count);
		}
	return OK;
}

const Worklist dispute_worklist = { &dispute_machine, open_ones, NULL, events_since, counts_now };
