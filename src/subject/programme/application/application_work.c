/* Applications on somebody's own page: of the actor's organisation, and the queue that all secretaries share. */
#include "subject/programme/application/application_private.h"
#include "subject/programme/application/application_work.sql.h"

static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/applications/%.*s", TEXT_ARGS(ref)); }

static Error add_line(Call *call, const ApplicationWorkRow *row, WorkPart part, WorkLines *lines)
{
	WorkLine line = { .machine = &application_machine,
		.id = row->id,
		.updated_at = row->updated_at,
		.number = row->ref,
		.path = page_of(call->arena, row->ref),
		.title = arena_printf(call->arena, "%.*s · %.*s", TEXT_ARGS(row->organisation), TEXT_ARGS(row->round_code)),
		.state = workflow_state(&application_machine, row->state),
		.parts = part };
	if (!line.state) return fail(call, CORRUPT, "application %.*s has no state", TEXT_ARGS(row->ref));
	if (row->clock.at)
		line.clock = work_clock(&application_machine, row->clock, row->started_at.value, row->due_at.value,
			row->provisional.value != 0, row->limit_days.value, call->now);
	list_add(call->arena, lines, line);
	return OK;
}

/* What an interest stands against is not in this reader's queue: as application_open says it of each. */
static Error add_queue(Call *call, int64_t max, WorkLines *lines)
{
	ApplicationWorkRows rows;
	int64_t organisation_id = call->actor->organisation_id ? call->actor->organisation_id : -1;
	TRY(application_work_queue(call, ROLE_SECRETARY, organisation_id, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const char *conflict = NULL;
		TRY(application_conflict(call, rows.at[i].organisation_id, rows.at[i].first_id, &conflict));
		if (!conflict) TRY(add_line(call, &rows.at[i], WORK_SECRETARY, lines));
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	ApplicationWorkRows rows = { 0 };
	const Actor *actor = call->actor;
	if (actor->organisation_id) TRY(application_work_own(call, actor->organisation_id, INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (!workflow_state(&application_machine, rows.at[i].state)->final) TRY(add_line(call, &rows.at[i], WORK_APPLICANT, lines));
	return actor->second_factor && actor_has(actor, ROLE_SECRETARY) ? add_queue(call, max, lines) : OK;
}

static Error own(Call *call, int64_t before, int64_t max, WorkLines *lines)
{
	ApplicationWorkRows rows = { 0 };
	int64_t organisation_id = call->actor->organisation_id;
	if (organisation_id) TRY(application_work_own(call, organisation_id, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(add_line(call, &rows.at[i], WORK_APPLICANT, lines));
	return OK;
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	ApplicationWorkEventRows rows = { 0 };
	const Actor *actor = call->actor;
	Texts actions = work_actions(call->arena, &application_machine, true);
	if (actor->organisation_id)
		TRY(application_work_events(call, actor->organisation_id, actor->person_id, actions, since, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ApplicationWorkEventRow *row = &rows.at[i];
		WorkEvent event = { .machine = &application_machine,
			.id = row->id,
			.at = row->at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.title = row->organisation,
			.words = work_words(call->lang, &application_machine, row->action) };
		list_add(call->arena, events, event);
	}
	return OK;
}

const Worklist application_worklist = { &application_machine, open_ones, own, events_since, NULL };
