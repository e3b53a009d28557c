/* What casefiles are told of their reports. */
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"

/* A report is taken back: the casefile goes on with what is known, and its history says so. What is public stays public. */
Error casefile_report_withdrawn(Call *call, const Report *report)
{
	int64_t id = 0;
	bool found = false;
	CasefileRow row;
	TRY(casefile_find_of_report(call, report->id, &id, &found));
	if (!found) return OK;
	TRY(casefile_find_id(call, id, &row));
	if (row.advisory.at)
		call_problem(call, TEXT("action"), N_("The advisory is public; the report cannot be withdrawn any more."), (Text) { 0 });
	else if (text_is(row.state, TEXT("CLOSED")))
		call_problem(call, TEXT("action"), N_("The casefile is closed; the report cannot be withdrawn any more."), (Text) { 0 });
	TRY(call_check_problems(call));
	LedgerEvent event = {
		.kind = casefile_machine.name, .ref = row.ref, .action = "report-withdrawn", .matter = row.seal_key, .detail = report->ref
	};
	return ledger_record(call, &event, NULL);
}

Error casefile_note(Call *call, const Casefile *casefile, const char *action, Text detail)
{
	LedgerEvent event = {
		.kind = casefile_machine.name, .ref = casefile->ref, .action = action, .matter = casefile->seal_key, .detail = detail
	};
	return ledger_record(call, &event, NULL);
}

/* ---- Where it stands */
static const char *const to_publication[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "READY", "PUBLISHED", NULL };
static const char *const kept_internal[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "INTERNAL", "TRACKING", "CLOSED", NULL };

/* What concerns a system in use ends without being published, whatever type the reporter chose. */
static bool is_internal(const CasefileRow *row)
{
	static const char *const ends[] = { "INTERNAL", "TRACKING", "CLOSED" };
	if (row->is_incident) return true;
	for (size_t i = 0; !row->advisory.at && row->number.at && i < COUNT(ends); i++)
		if (text_is(row->state, text_from(ends[i]))) return true;
	return false;
}

/* Ended before it was accepted: the stages that would have followed are skipped. */
static bool is_stopped(const CasefileRow *row, const WorkflowState *state)
{
	return state->final && (!row->number.at || strcmp(state->name, "CLOSED") != 0);
}

static void fill_steps(Call *call, const CasefileRow *row, const WorkflowState *state, ReportStage *stage)
{
	const char *const *states = is_internal(row) ? kept_internal : to_publication;
	for (size_t i = 0; states[i]; i++) {
		list_add(call->arena, &stage->steps, tr(call->lang, workflow_state(&casefile_machine, text_from(states[i]))->text));
		if (!strcmp(states[i], state->name)) stage->current = i;
	}
	if (row->advisory.at) stage->current = stage->steps.count - 1;
}

static Error stage_of(Call *call, int64_t report_id, ReportStage *out, bool *out_found)
{
	int64_t id = 0;
	CasefileRow row;
	*out_found = false;
	TRY(casefile_find_of_report(call, report_id, &id, out_found));
	if (!*out_found) return OK;
	TRY(casefile_find_id(call, id, &row));
	const WorkflowState *state = workflow_state(&casefile_machine, row.state);
	if (!state) return fail(call, CORRUPT, "casefile %lld: state %.*s", (long long)id, TEXT_ARGS(row.state));
	ReportStage stage = { .casefile_number = row.number.at ? row.number : TEXT(""),
		.state_text = tr(call->lang, state->text),
		.turn = state->turn,
		.tone = text_from(state->tone),
		.advisory = row.advisory.at ? row.advisory : TEXT(""),
		.ended = state->final || row.advisory.at,
		.stopped = is_stopped(&row, state) };
	TRY(merge_former_number(call, report_id, &stage.former_number));
	fill_steps(call, &row, state, &stage);
	TRY(workflow_clock_of(call, &casefile_machine, id, &stage.clock));
	*out = stage;
	return OK;
}

/* ---- The embargo */
static Error embargo_of(Call *call, int64_t report_id, int64_t *out_until)
{
	int64_t id = 0;
	bool found = false;
	CasefileRow row;
	CasefileEmbargo embargo;
	*out_until = 0;
	TRY(casefile_find_of_report(call, report_id, &id, &found));
	if (!found) return OK;
	TRY(casefile_find_id(call, id, &row));
	TRY(casefile_embargo(call, id, row.ref, &embargo));
	if (embargo.holds) *out_until = embargo.ends_at;
	return OK;
}

static Error keep_embargo_answer(Call *call, const Report *report, const EmbargoWord *word)
{
	int64_t id = 0;
	bool found = false;
	CasefileRow row;
	EmbargoParticipant who = { .report_id = report->id, .name = report->ref };
	TRY(casefile_find_of_report(call, report->id, &id, &found));
	if (!found) return fail(call, CONFLICT, "report %.*s has no casefile", TEXT_ARGS(report->ref));
	TRY(casefile_find_id(call, id, &row));
	TRY(embargo_answer_of(call, &row, &who, word));
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref));
	return row.coordinator_id == call->actor->person_id ? OK : notice_send(call, row.coordinator_id, NOTICE_CASE_MOVED, row.ref, link);
}

const ReportHooks casefile_report_hooks = { .attach = casefile_attach_report,
	.withdrawn = casefile_report_withdrawn,
	.stage = stage_of,
	.isolated = isolation_report_isolated,
	.embargo = embargo_of,
	.embargo_answer = keep_embargo_answer };
