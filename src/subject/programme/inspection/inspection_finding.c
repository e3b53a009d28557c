/* What was found: the outcome that two signatures give, what the applicant corrects, and who says that it is enough. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/inspection/inspection_private.h"
#include "work/workflow/workdays.h"

static bool is_in(Text state, const char *one) { return text_is(state, text_from(one)); }

/* ---- Loading. The day a finding is due is counted from the day of the second signature, by the calendar as it is known now. */
static Error finding_of(Call *call, const Inspection *inspection, const Calendar *calendar, const FindingRow *row, InspectionFinding *out)
{
	const InspectionItem *item = inspection_item(inspection, row->item);
	Text answer;
	bool provisional;
	InspectionFinding finding = { .id = row->id,
		.days = row->days,
		.answered_at = row->answered_at.is ? row->answered_at.value : 0,
		.closed_at = row->closed_at.is ? row->closed_at.value : 0,
		.ref = row->ref,
		.item = item ? item->text : row->item,
		.level = row->level,
		.state = row->state,
		.found = item && item->now ? form_answer(item->now->values, "comment") : TEXT("") };
	if (is_in(row->level, "minor"))
		finding.due_at = calendar_add_working_days(calendar, inspection->closed_at, (int)row->days, &provisional);
	TRY(seal_open(call, "inspection_finding|sealed_answer", row->ref, row->sealed_answer, &answer));
	if (answer.at) TRY(form_values_read(call, &inspection_answer_form, answer, &finding.answer));
	TRY(seal_open(call, "inspection_finding|sealed_remark", row->ref, row->sealed_remark, &finding.remark));
	if (!finding.remark.at) finding.remark = TEXT("");
	*out = finding;
	return OK;
}

Error inspection_load_findings(Call *call, Inspection *inspection)
{
	FindingRows rows;
	const Calendar *calendar;
	TRY(finding_list(call, inspection->id, &rows));
	if (rows.count) TRY(workdays(call, &calendar));
	for (size_t i = 0; i < rows.count; i++) {
		InspectionFinding finding;
		TRY(finding_of(call, inspection, calendar, &rows.at[i], &finding));
		list_add(call->arena, &inspection->findings, finding);
	}
	return OK;
}

/* ---- The outcome */
static const char *outcome_of(const Inspection *inspection)
{
	const char *outcome = "propose";
	for (size_t i = 0; i < inspection->items.count; i++) {
		Text verdict = inspection->items.at[i].now->verdict;
		if (is_in(verdict, "major")) return "fail";
		if (is_in(verdict, "minor")) outcome = "correct";
	}
	return outcome;
}

static Error note_findings(Call *call, const Inspection *inspection)
{
	for (size_t i = 0; i < inspection->items.count; i++) {
		const InspectionEntry *entry = inspection->items.at[i].now;
		if (is_in(entry->verdict, "meets")) continue;
		TRY(finding_insert(
			call, random_code(call->arena, 16), inspection->id, inspection->items.at[i].name, entry->verdict, entry->days));
	}
	return OK;
}

/* The clock of the application stands for the finding that is due first, of those that are not answered. */
static Error set_clock(Call *call, const Inspection *inspection)
{
	FindingRows rows;
	int64_t first = 0, last = 1;
	TRY(finding_list(call, inspection->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if (is_in(rows.at[i].state, "open") && (!first || rows.at[i].days < first)) first = rows.at[i].days;
		if (rows.at[i].days > last) last = rows.at[i].days;
	}
	return workflow_clock_limit(call, &application_machine, inspection->application_id, (int)(first ? first : last));
}

Error inspection_conclude(Call *call, const Inspection *inspection, Matter *matter)
{
	const char *outcome = outcome_of(inspection);
	int64_t number = 0, moves = 0;
	TRY(inspection_last_number(call, inspection->round_id, &number));
	TRY(inspection_decided(call, inspection->id, text_from(outcome), number + 1, call->now));
	TRY(note_findings(call, inspection));
	TRY(application_system(call, inspection->application->ref, text_from(outcome)));
	if (!strcmp(outcome, "correct")) TRY(set_clock(call, inspection));
	matter->detail = arena_printf(call->arena, "{\"outcome\":\"%s\",\"number\":\"%.*s\"}", outcome,
		TEXT_ARGS(inspection_report_number(call->arena, inspection->application->round_code, number + 1)));
	return inspection_settle(call, inspection->application->round->ref, &moves);
}

/* ---- Answers and what is said to them */
typedef struct Judging {
	Text ref, finding;
	const Map *values;
	bool is_closed;
} Judging;

static const InspectionFinding *finding_named(const Inspection *inspection, Text ref)
{
	for (size_t i = 0; i < inspection->findings.count; i++)
		if (text_is(inspection->findings.at[i].ref, ref)) return &inspection->findings.at[i];
	return NULL;
}

static Error record(Call *call, const Inspection *inspection, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = inspection_machine.name,
			.ref = inspection->ref,
			.action = action,
			.matter = inspection->seal_key,
			.detail = detail },
		NULL);
}

static Error answer(Call *call, void *argument)
{
	const Judging *judging = argument;
	Inspection inspection;
	Sealed sealed;
	int64_t changed = 0;
	TRY(inspection_open_own(call, judging->ref, &inspection));
	if (!inspection.application->is_admin) return fail(call, FORBIDDEN, "only an administrator of the applicant answers");
	const InspectionFinding *finding = finding_named(&inspection, judging->finding);
	if (!finding) return fail(call, NOT_FOUND, "no such finding");
	if (!is_in(inspection.application->state, "CORRECTING") || finding->due_at < call->now)
		return fail(call, CONFLICT, "finding %.*s cannot be answered now", TEXT_ARGS(finding->ref));
	Text json = form_values_text(call->arena, &inspection_answer_form, judging->values);
	TRY(seal_close(call, inspection.seal_key, "inspection_finding|sealed_answer", finding->ref, json, &sealed));
	TRY(finding_answer(call, finding->id, sealed, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "finding %.*s is answered", TEXT_ARGS(finding->ref));
	TRY(set_clock(call, &inspection));
	TRY(record(call, &inspection, "answer", json));
	return inspection_tell_inspectors(call, &inspection, NOTICE_INSPECTION_ANSWER);
}

Error inspection_answer(Call *call, Text application, Text finding, const Map *values)
{
	Judging judging = { application, finding, values, false };
	TRY(form_check(call, &inspection_answer_form, values));
	return db_transact(call, answer, &judging);
}

static bool are_closed(const FindingRows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		if (!is_in(rows->at[i].state, "closed")) return false;
	return true;
}

static Error judge(Call *call, void *argument)
{
	const Judging *judging = argument;
	Inspection inspection;
	Sealed remark;
	FindingRows rows;
	int64_t changed = 0, moves = 0;
	Text words = form_answer(judging->values, "words");
	TRY(inspection_open(call, judging->ref, &inspection));
	if (!inspection.is_inspector) return fail(call, FORBIDDEN, "only an inspector judges a correction");
	const InspectionFinding *finding = finding_named(&inspection, judging->finding);
	if (!finding) return fail(call, NOT_FOUND, "no such finding");
	if (!is_in(inspection.application->state, "CORRECTING")) return fail(call, CONFLICT, "nothing is corrected now");
	TRY(seal_close(call, inspection.seal_key, "inspection_finding|sealed_remark", finding->ref, words, &remark));
	TRY(judging->is_closed ? finding_close(call, finding->id, remark, call->actor->person_id, call->now, &changed)
			       : finding_return(call, finding->id, remark, &changed));
	if (!changed) return fail(call, CONFLICT, "finding %.*s has no answer to judge", TEXT_ARGS(finding->ref));
	TRY(record(call, &inspection, judging->is_closed ? "close-finding" : "return-finding",
		form_values_text(call->arena, &inspection_remark_form, judging->values)));
	TRY(finding_list(call, inspection.id, &rows));
	if (!are_closed(&rows)) {
		TRY(set_clock(call, &inspection));
		return inspection_tell_applicant(call, &inspection, NOTICE_INSPECTION_JUDGED);
	}
	TRY(application_system(call, inspection.application->ref, TEXT("propose")));
	return inspection_settle(call, inspection.application->round->ref, &moves);
}

Error inspection_judge(Call *call, Text ref, Text finding, bool is_closed, const Map *values)
{
	Judging judging = { ref, finding, values, is_closed };
	TRY(form_check(call, &inspection_remark_form, values));
	if (!is_closed && !form_answer(values, "words").length)
		call_problem(call, TEXT("words"), N_("Please say what is not enough."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, judge, &judging);
}

/* ---- Objections */
static Error object(Call *call, void *argument)
{
	const Judging *judging = argument;
	Inspection inspection;
	TRY(inspection_open_own(call, judging->ref, &inspection));
	if (!inspection.application->is_admin) return fail(call, FORBIDDEN, "only an administrator of the applicant objects");
	if (!is_in(inspection.state, "ARRANGED") || inspection.visit_at <= call->now) return fail(call, CONFLICT, "the visit was");
	TRY(inspection_say(call, &inspection, "object", &inspection_object_form, judging->values));
	TRY(record(call, &inspection, "object", form_values_text(call->arena, &inspection_object_form, judging->values)));
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_INSPECTION_WAITING, inspection.ref,
		arena_printf(call->arena, "/inspections/%.*s", TEXT_ARGS(inspection.ref)));
}

Error inspection_object(Call *call, Text application, const Map *values)
{
	Judging judging = { application, TEXT(""), values, false };
	TRY(form_check(call, &inspection_object_form, values));
	return db_transact(call, object, &judging);
}
