/* Warnings on somebody's own page: what the library has to assess and to approve, what one's organisation has to complete, what it has not signed for. */
#include "store/setting/setting.h"
#include "subject/warning/warning_private.h"
#include "work/workflow/worklist.h"

static uint32_t queue_roles(const Call *call)
{
	return call->actor->second_factor ? call->actor->roles & (ROLE_COORDINATOR | ROLE_PUBLISHER) : 0;
}

static Error title_of(Call *call, Text ref, Sealed sealed, Text *out)
{
	Text title, what[LANG_COUNT];
	TRY(seal_open(call, warning_title_place, ref, sealed, &title));
	TRY(warning_pair_read(call, title, what));
	*out = what[LANG_ZH].length ? warning_title(call->arena, call->lang, what[LANG_ZH], what[LANG_EN])
				    : tr(call->lang, warning_machine.text);
	return OK;
}

/* Whoever wrote it, assessed it or corrected it does not approve it. */
static bool had_part(const Call *call, const WarningWorkRow *row)
{
	int64_t self = call->actor->person_id;
	return row->author_id == self || row->writer_id == self || (row->assessed_by.is && row->assessed_by.value == self) ||
	       (row->corrector_id.is && row->corrector_id.value == self);
}

static uint32_t office_parts(const Call *call, const WarningWorkRow *row)
{
	uint32_t parts = actor_has(call->actor, ROLE_COORDINATOR) ? WORK_COORDINATOR : 0;
	return parts | (actor_has(call->actor, ROLE_PUBLISHER) && !had_part(call, row) ? WORK_PUBLISHER : 0);
}

/* part 0: the library's. */
static Error add_lines(Call *call, const WarningWorkRows *rows, uint32_t part, WorkLines *lines)
{
	for (size_t i = 0; i < rows->count; i++) {
		const WarningWorkRow *row = &rows->at[i];
		bool is_recipient = part == WORK_RECIPIENT;
		WorkLine line = { .machine = &warning_machine,
			.id = row->id,
			.updated_at = row->updated_at,
			.number = row->number.length ? row->number : row->ref,
			.path = warning_path(call->arena, row->ref),
			.state = workflow_state(
				&warning_machine, is_recipient ? TEXT("SENT") : row->state), /* that one is corrected is the library's */
			.parts = part ? part : office_parts(call, row),
			.clock = work_clock(
				&warning_machine, row->clock, row->started_at, row->due_at, row->provisional, row->limit_days, call->now) };
		if (!line.state) return fail(call, CORRUPT, "warning %.*s has no state", TEXT_ARGS(row->ref));
		TRY(title_of(call, row->ref, row->sealed_title, &line.title));
		list_add(call->arena, lines, line);
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	Numbers own;
	WarningWorkRows queue = { 0 }, shared, received;
	TRY(warning_own_organisations(call, &own));
	if (queue_roles(call)) TRY(warning_work_queue(call, queue_roles(call), own, max, &queue));
	TRY(warning_work_shared(call, own, max, &shared));
	TRY(warning_work_received(call, own, setting_int(call, SETTING_warning_receipt_days), max, &received));
	TRY(add_lines(call, &queue, 0, lines));
	TRY(add_lines(call, &shared, WORK_AUTHOR, lines));
	return add_lines(call, &received, WORK_RECIPIENT, lines);
}

/* ---- What happened */
/* Who was told later was told. */
static Error add_events(Call *call, const WarningWorkEventRows *rows, bool are_received, WorkEvents *events)
{
	for (size_t i = 0; i < rows->count; i++) {
		const WarningWorkEventRow *row = &rows->at[i];
		WorkEvent event = { .machine = &warning_machine,
			.id = row->id,
			.at = row->at,
			.number = row->number.length ? row->number : row->ref,
			.path = warning_path(call->arena, row->ref),
			.words = work_words(call->lang, &warning_machine,
				are_received && text_is(row->action, TEXT("extend")) ? TEXT("send") : row->action) };
		TRY(title_of(call, row->ref, row->sealed_title, &event.title));
		list_add(call->arena, events, event);
	}
	return OK;
}

static Texts texts_of(Arena *arena, const char *const *words, size_t count)
{
	Texts texts = { 0 };
	for (size_t i = 0; i < count; i++) list_add(arena, &texts, text_from(words[i]));
	return texts;
}

/* What of the library's steps an author and a recipient are shown is what the page of the warning shows them. */
static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	static const char *const authors[] = { "send", "issue", "withdraw", "submit", "return", "reject", "recall", "close", "reopen" },
				 *const recipients[] = { "send", "extend", "issue", "withdraw" };
	Numbers own;
	WarningWorkEventRows queue = { 0 }, shared, received;
	int64_t self = call->actor->person_id;
	TRY(warning_own_organisations(call, &own));
	if (queue_roles(call))
		TRY(warning_work_events_queue(
			call, queue_roles(call), own, self, work_actions(call->arena, &warning_machine, true), since, max, &queue));
	TRY(warning_work_events_shared(call, own, self, texts_of(call->arena, authors, COUNT(authors)), since, max, &shared));
	TRY(warning_work_events_received(call, own, self, texts_of(call->arena, recipients, COUNT(recipients)), since, max, &received));
	TRY(add_events(call, &queue, false, events));
	TRY(add_events(call, &shared, false, events));
	return add_events(call, &received, true, events);
}

/* ---- Queues */
static Error counts_now(Call *call, WorkCounts *counts)
{
	WarningWorkCountRows rows = { 0 };
	if (queue_roles(call)) TRY(warning_work_counts(call, queue_roles(call), call->now, &rows));
	for (size_t i = 0; i < warning_machine.state_count; i++)
		for (size_t k = 0; k < rows.count; k++) {
			const WorkflowState *state = &warning_machine.states[i];
			if (!text_is(rows.at[k].state, text_from(state->name))) continue;
			WorkCount count = { .machine = &warning_machine,
				.state = state,
				.count = rows.at[k].warnings,
				.overdue = rows.at[k].overdue,
				.path = arena_printf(call->arena, "/warning-desk?state=%s", state->name) };
			list_add(call->arena, counts, count);
		}
	return OK;
}

const Worklist warning_worklist = { &warning_machine, open_ones, NULL, events_since, counts_now };
