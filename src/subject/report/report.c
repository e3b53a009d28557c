/* Reading reports, and what the actions of the machine change. */
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/report/report_private.h"

const ReportHooks *report_hooks;

void report_set_hooks(const ReportHooks *hooks) { report_hooks = hooks; }

Error report_stage(Call *call, const Report *report, ReportStage *out, bool *out_found)
{
	*out_found = false;
	return report_hooks ? report_hooks->stage(call, report->id, out, out_found) : OK;
}

/* ---- Reading */
uint32_t report_reading_roles(const Actor *actor)
{
	if (!actor->second_factor || actor_has(actor, ROLE_ADMINISTRATORS)) return 0;
	return actor->roles & (ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER);
}

static Maybe reader(const Call *call) { return (Maybe) { call->actor->person_id != 0, call->actor->person_id }; }

static bool is_claimed(const Call *call, const ReportRow *row)
{
	return row->claim.at && call->actor->claim_key.length && text_is(row->claim, call->actor->claim_key);
}

static Error load_texts(Call *call, const ReportRow *row, Report *report)
{
	Text json, decision;
	Map *values;
	TRY(seal_open(call, "report|sealed_title", row->ref, row->sealed_title, &report->title));
	TRY(seal_open(call, "report|sealed_values", row->ref, row->sealed_values, &json));
	TRY(seal_open(call, "report|sealed_decision", row->ref, row->sealed_decision, &decision));
	TRY(form_values_read(call, &report_form, json.at ? json : TEXT("{}"), &values));
	report->values = values;
	report->decision = decision.at ? decision : TEXT("");
	if (!report->title.at) report->title = TEXT("");
	return OK;
}

Error report_of_row(Call *call, const ReportRow *row, Report *out)
{
	Report report = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.received_at = row->received_at,
		.updated_at = row->updated_at,
		.reporter_id = row->reporter_id.is ? row->reporter_id.value : 0,
		.organisation_id = row->organisation_id.is ? row->organisation_id.value : 0,
		.ref = row->ref,
		.state = row->state,
		.kind = row->kind,
		.class_tag = row->class,
		.content_digest = row->content_digest,
		.reason = row->reason.at ? row->reason : TEXT(""),
		.by_claim = is_claimed(call, row) };
	report.is_own = report.by_claim || (report.reporter_id && report.reporter_id == call->actor->person_id);
	if (row->duplicate_of.is) {
		ReportRow earlier;
		TRY(report_find_id(call, row->duplicate_of.value, &earlier));
		report.earlier_ref = earlier.ref;
		report.earlier_at = earlier.received_at;
	}
	TRY(load_texts(call, row, &report));
	*out = report;
	return OK;
}

static Error find_visible(Call *call, Text ref, ReportRow *out)
{
	Text claim = call->actor->claim_key.length ? call->actor->claim_key : (Text) { 0 };
	return report_find_visible(call, ref, reader(call), report_reading_roles(call->actor), claim, out);
}

Error report_open(Call *call, Text ref, Report *out)
{
	ReportRow row;
	TRY(find_visible(call, ref, &row));
	return report_of_row(call, &row, out);
}

Error report_read(Call *call, int64_t id, Report *out)
{
	ReportRow row;
	TRY(report_find_id(call, id, &row));
	return report_of_row(call, &row, out);
}

static Error of_rows(Call *call, const ReportRows *rows, Reports *out)
{
	Reports reports = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Report report;
		TRY(report_of_row(call, &rows->at[i], &report));
		list_add(call->arena, &reports, report);
	}
	*out = reports;
	return OK;
}

Error report_list_own(Call *call, int64_t before, int64_t max, Reports *out)
{
	ReportRows rows = { 0 };
	if (call->actor->person_id)
		TRY(report_list_mine(
			call, call->actor->person_id, report_reading_roles(call->actor), before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error report_queue(Call *call, Text state, int64_t after, int64_t max, Reports *out)
{
	ReportRows rows;
	TRY(report_list_state(call, state, reader(call), report_reading_roles(call->actor), after, max, &rows));
	return of_rows(call, &rows, out);
}

void report_matter(const Report *report, Arena *arena, Matter *out)
{
	ReportFacts *facts = arena_new_of(arena, ReportFacts);
	*facts = (ReportFacts) { .reporter_id = report->reporter_id, .by_claim = report->by_claim };
	*out = (Matter) { .id = report->id,
		.revision = report->revision,
		.ref = report->ref,
		.state = report->state,
		.facts = facts,
		.seal_key = report->seal_key };
}

bool report_takes_files(const Report *report)
{
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	return report->is_own && state && !state->final;
}

/* ---- The machine */
Error report_machine_load(Call *call, Text ref, Matter *out)
{
	Report report;
	TRY(report_open(call, ref, &report));
	report_matter(&report, call->arena, out);
	return OK;
}

Error report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return report_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error decide(Call *call, const Matter *matter, Text reason, Maybe duplicate_of, Text explanation)
{
	Sealed sealed;
	TRY(seal_close(call, matter->seal_key, "report|sealed_decision", matter->ref, explanation, &sealed));
	return report_decide(call, matter->id, reason, duplicate_of, sealed);
}

static Error decide_duplicate(Call *call, const Matter *matter, Text earlier_ref)
{
	Report report, earlier;
	Error error = report_open(call, earlier_ref, &earlier);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	TRY(report_read(call, matter->id, &report));
	bool fits = error == OK && earlier.id != report.id && earlier.received_at <= report.received_at;
	if (!fits) {
		call_recover(call);
		call_problem(call, TEXT("of"), N_("There is no earlier report of this number."), (Text) { 0 });
		return call_check_problems(call);
	}
	return decide(call, matter, TEXT("duplicate"), (Maybe) { true, earlier.id }, (Text) { 0 });
}

static Error say(Call *call, const Matter *matter, Text body)
{
	Report report;
	ThreadSubject subject;
	ThreadMembers members;
	TRY(report_read(call, matter->id, &report));
	report_threads(&report, &subject);
	return thread_write(call, &subject, TEXT("reporter"), body, &members);
}

static Error change(Call *call, Matter *matter, Text action, const Map *values)
{
	if (text_is(action, TEXT("reject")))
		return decide(call, matter, form_answer(values, "code"), (Maybe) { 0 }, form_answer(values, "explanation"));
	if (text_is(action, TEXT("withdraw"))) return decide(call, matter, TEXT("withdrawn"), (Maybe) { 0 }, form_answer(values, "reason"));
	if (text_is(action, TEXT("duplicate"))) return decide_duplicate(call, matter, form_answer(values, "of"));
	if (text_is(action, TEXT("ask"))) return say(call, matter, form_answer(values, "question"));
	if (text_is(action, TEXT("answer"))) return say(call, matter, form_answer(values, "answer"));
	if (!text_is(action, TEXT("attach"))) return OK;
	Report report;
	TRY(report_read(call, matter->id, &report));
	return report_hooks->attach(call, &report, values);
}

Error report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Map *values = input;
	Text action = text_from(row->action);
	const Form *form = report_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, values));
		matter->detail = form_values_text(call->arena, form, values);
	}
	TRY(change(call, matter, action, values));
	return report_tell(call, matter, row);
}

Error report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &report_machine, ref, &act, &matter);
}
