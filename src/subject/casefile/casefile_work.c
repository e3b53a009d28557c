/* Casefiles on somebody's own page. A verifier sees the class there, never the title: that is shown behind the undertaking. Of an isolated one
 * nobody sees either. */
#include "engine/rating/rating.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_work.sql.h"

static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/casefiles/%.*s", TEXT_ARGS(ref)); }

static Error title_of(Call *call, Text ref, Sealed sealed, bool shows, Text class_tag, Text *out)
{
	Text title = { 0 };
	const WeaknessClass *weakness = weakness_find(class_tag);
	if (shows) TRY(seal_open(call, "casefile|sealed_title", ref, sealed, &title));
	if (!class_tag.length) title = tr(call->lang, N_("Isolated casefile"));
	if (!title.at) title = weakness ? tr(call->lang, weakness->text) : TEXT("");
	*out = title;
	return OK;
}

static uint32_t parts_of(const CasefileWorkRow *row)
{
	return (row->is_coordinator ? WORK_COORDINATOR : 0U) | (row->is_verifier ? WORK_VERIFIER : 0U) |
	       (row->is_publisher ? WORK_PUBLISHER : 0U) | (row->is_authority ? WORK_AUTHORITY : 0U);
}

static Error line_of(Call *call, const CasefileWorkRow *row, WorkLine *out)
{
	WorkLine line = { .machine = &casefile_machine,
		.id = row->id,
		.updated_at = row->updated_at,
		.unread = row->unread,
		.number = row->number.length ? row->number : row->ref,
		.path = parts_of(row) == WORK_AUTHORITY ? arena_printf(call->arena, "/supervision/%.*s", TEXT_ARGS(row->ref))
							: page_of(call->arena, row->ref),
		.state = workflow_state(&casefile_machine, row->state),
		.parts = parts_of(row),
		.clock = work_clock(
			&casefile_machine, row->clock, row->started_at, row->due_at, row->provisional, row->limit_days, call->now) };
	if (!line.state) return fail(call, CORRUPT, "casefile %.*s has no state", TEXT_ARGS(row->ref));
	bool shows = (line.parts & (WORK_COORDINATOR | WORK_PUBLISHER | WORK_AUTHORITY)) != 0;
	TRY(title_of(call, row->ref, row->sealed_title, shows, row->class, &line.title));
	*out = line;
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	CasefileWorkRows rows;
	TRY(casefile_work_open(call, call->actor->person_id, casefile_reading_roles(call->actor), max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		WorkLine line;
		TRY(line_of(call, &rows.at[i], &line));
		list_add(call->arena, lines, line);
	}
	return OK;
}

static Error add_moves(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	CasefileMoveRows rows;
	TRY(casefile_work_moves(call, call->actor->person_id, work_actions(call->arena, &casefile_machine, true), since, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const CasefileMoveRow *row = &rows.at[i];
		WorkEvent event = { .machine = &report_machine,
			.id = row->id,
			.at = row->at,
			.number = row->report_ref,
			.path = arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(row->report_ref)),
			.words = work_words(call->lang, &casefile_machine, row->action) };
		list_add(call->arena, events, event);
	}
	return OK;
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	CasefileWorkEventRows rows;
	Texts actions = work_actions(call->arena, &casefile_machine, false);
	TRY(casefile_work_events(call, call->actor->person_id, report_reading_roles(call->actor), actions, since, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const CasefileWorkEventRow *row = &rows.at[i];
		WorkEvent event = { .machine = &casefile_machine,
			.id = row->id,
			.at = row->at,
			.number = row->number.length ? row->number : row->ref,
			.path = page_of(call->arena, row->ref),
			.words = work_words(call->lang, &casefile_machine, row->action) };
		TRY(title_of(call, row->ref, row->sealed_title, row->shows_title, row->class, &event.title));
		list_add(call->arena, events, event);
	}
	return add_moves(call, since, max, events);
}

static Error counts_now(Call *call, WorkCounts *counts)
{
	CasefileWorkCountRows rows = { 0 };
	uint32_t roles = report_reading_roles(call->actor) & ~(uint32_t)ROLE_VERIFIER;
	if (roles) TRY(casefile_work_counts(call, roles, call->now, &rows));
	for (size_t i = 0; i < casefile_machine.state_count; i++)
		for (size_t k = 0; k < rows.count; k++) {
			const WorkflowState *state = &casefile_machine.states[i];
			if (!text_is(rows.at[k].state, text_from(state->name))) continue;
			WorkCount count = { .machine = &casefile_machine,
				.state = state,
				.count = rows.at[k].casefiles,
				.overdue = rows.at[k].overdue,
				.unassigned = rows.at[k].unassigned,
				.path = arena_printf(call->arena, "/casefiles?state=%s", state->name) };
			list_add(call->arena, counts, count);
		}
	return OK;
}

Error casefile_stages(Call *call, WorkLines *reports)
{
	Numbers ids = { 0 };
	CasefileStageRows rows = { 0 };
	for (size_t i = 0; i < reports->count; i++) list_add(call->arena, &ids, reports->at[i].id);
	if (ids.count) TRY(casefile_work_stages(call, ids, &rows));
	for (size_t i = 0; i < rows.count; i++)
		for (size_t k = 0; k < reports->count; k++) {
			const CasefileStageRow *row = &rows.at[i];
			WorkLine *line = &reports->at[k];
			const WorkflowState *state = workflow_state(&casefile_machine, row->state);
			if (line->id != row->report_id || !state) continue;
			line->state = state;
			line->is_stage = true;
			line->clock = work_clock(&casefile_machine, row->clock, row->started_at.value, row->due_at.value,
				row->provisional.value != 0, row->limit_days.value, call->now);
		}
	return OK;
}

const Worklist casefile_worklist = { &casefile_machine, open_ones, NULL, events_since, counts_now };
