/* Reports on somebody's own page. */
#include "store/seal/seal.h"
#include "subject/report/report_private.h"
#include "subject/report/report_work.sql.h"

static uint32_t queue_roles(const Call *call) { return report_reading_roles(call->actor) & ROLE_COORDINATOR; }

static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/reports/%.*s", TEXT_ARGS(ref)); }

/* Of what was isolated, because it may hold a state secret, nothing is opened any more. */
static Error open_title(Call *call, Text ref, Text state, Sealed sealed, Text *out)
{
	Text title = tr(call->lang, N_("Isolated report"));
	bool is_isolated = text_is(state, TEXT("ISOLATED")) || text_is(state, TEXT("WIPED"));
	if (!is_isolated) TRY(seal_open(call, "report|sealed_title", ref, sealed, &title));
	*out = title.at ? title : TEXT("");
	return OK;
}

static Error add_lines(Call *call, const ReportWorkRows *rows, WorkPart part, WorkLines *lines)
{
	for (size_t i = 0; i < rows->count; i++) {
		const ReportWorkRow *row = &rows->at[i];
		WorkLine line = { .machine = &report_machine,
			.id = row->id,
			.updated_at = row->updated_at,
			.unread = row->unread,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.state = workflow_state(&report_machine, row->state),
			.parts = part };
		if (!line.state) return fail(call, CORRUPT, "report %.*s has no state", TEXT_ARGS(row->ref));
		if (row->clock.at)
			line.clock = work_clock(&report_machine, row->clock, row->started_at.value, row->due_at.value,
				row->provisional.value != 0, row->limit_days.value, call->now);
		line.title = row->ref; /* whoever has the formal review sees the title behind the undertaking */
		if (part != WORK_VERIFIER) TRY(open_title(call, row->ref, row->state, row->sealed_title, &line.title));
		list_add(call->arena, lines, line);
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	ReportWorkRows mine, reviews = { 0 }, queue = { 0 };
	int64_t person_id = call->actor->person_id;
	TRY(report_work_mine_open(call, person_id, max, &mine));
	TRY(add_lines(call, &mine, WORK_REPORTER, lines));
	if (report_reading_roles(call->actor) & ROLE_VERIFIER) TRY(report_work_review(call, person_id, max, &reviews));
	TRY(add_lines(call, &reviews, WORK_VERIFIER, lines));
	if (queue_roles(call)) TRY(report_work_queue(call, person_id, queue_roles(call), max, &queue));
	return add_lines(call, &queue, WORK_COORDINATOR, lines);
}

static Error own(Call *call, int64_t before, int64_t max, WorkLines *lines)
{
	ReportWorkRows rows;
	TRY(report_work_mine(call, call->actor->person_id, before ? before : INT64_MAX, max, &rows));
	return add_lines(call, &rows, WORK_REPORTER, lines);
}

static Error add_events(Call *call, const ReportWorkEventRows *rows, WorkEvents *events)
{
	for (size_t i = 0; i < rows->count; i++) {
		const ReportWorkEventRow *row = &rows->at[i];
		WorkEvent event = { .machine = &report_machine,
			.id = row->id,
			.at = row->at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.words = work_words(call->lang, &report_machine, row->action) };
		TRY(open_title(call, row->ref, row->state, row->sealed_title, &event.title));
		list_add(call->arena, events, event);
	}
	return OK;
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	ReportWorkEventRows mine, queue = { 0 };
	int64_t person_id = call->actor->person_id;
	Texts actions = work_actions(call->arena, &report_machine, false);
	TRY(report_work_events_mine(call, person_id, actions, since, max, &mine));
	TRY(add_events(call, &mine, events));
	if (queue_roles(call)) TRY(report_work_events_queue(call, person_id, queue_roles(call), actions, since, max, &queue));
	return add_events(call, &queue, events);
}

static Error counts_now(Call *call, WorkCounts *counts)
{
	ReportWorkCountRows rows = { 0 };
	if (queue_roles(call)) TRY(report_work_counts(call, queue_roles(call), call->now, &rows));
	for (size_t i = 0; i < report_machine.state_count; i++)
		for (size_t k = 0; k < rows.count; k++) {
			const WorkflowState *state = &report_machine.states[i];
			if (!text_is(rows.at[k].state, text_from(state->name))) continue;
			WorkCount count = { .machine = &report_machine,
				.state = state,
				.count = rows.at[k].reports,
				.overdue = rows.at[k].overdue,
				.path = arena_printf(call->arena, "/intake?state=%s", state->name) };
			list_add(call->arena, counts, count);
		}
	return OK;
}

const Worklist report_worklist = { &report_machine, open_ones, own, events_since, counts_now };
