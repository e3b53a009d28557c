/* Publication before the provider's measure: article 9(1). Each step of the procedure is on record, in its order; nothing else opens it. */
#include "base/base/clock.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

/* A new consultation begins the procedure anew: what was assessed before was assessed on other grounds. */
Error early_consult(const CaseChange *change)
{
	Call *call = change->call;
	const CasefileRow *row = change->row;
	Text ground = form_answer(change->values, "ground");
	Sealed consultation;
	if (text_is(ground, TEXT("silence")) && change->casefile->facts->silent_ms < SILENCE_MS)
		call_problem(call, TEXT("ground"), N_("The provider has not been silent for 45 days."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(change_seal(change, "early_release|sealed_consultation", row->ref, &consultation));
	return early_open(call, row->id, ground, call->actor->person_id, call->now, consultation);
}

Error early_add_reports(const CaseChange *change)
{
	Sealed reports;
	TRY(change_seal(change, "early_release|sealed_reports", change->row->ref, &reports));
	return early_report(change->call, change->row->id, reports, change->call->now);
}

Error early_take_assessment(const CaseChange *change)
{
	Sealed assessment;
	bool permitted = text_is(form_answer(change->values, "verdict"), TEXT("permitted"));
	TRY(change_seal(change, "early_release|sealed_assessment", change->row->ref, &assessment));
	return early_assess(change->call, change->row->id, permitted, assessment, change->call->now);
}

Error early_add_approval(const CaseChange *change)
{
	Call *call = change->call;
	EarlyRow early;
	bool found = false;
	Maybe me = { true, call->actor->person_id }, now = { true, call->now };
	TRY(early_find(call, change->row->id, &early, &found));
	if (!found) return fail(call, CORRUPT, "casefile %.*s has no early release", TEXT_ARGS(change->row->ref));
	if (!early.first_by.is) return early_approve(call, change->row->id, me.value, now.value, (Maybe) { 0 }, (Maybe) { 0 });
	return early_approve(call, change->row->id, early.first_by.value, early.first_at.value, me, now);
}

/* One document's values under their labels. */
static Error add_document(Call *call, Text ref, const char *place, const char *form, Sealed sealed, Maybe at, CasefileEarly *out)
{
	Text json;
	Map *values;
	if (!at.is) return OK;
	TRY(seal_open(call, place, ref, sealed, &json));
	TRY(form_values_read(call, casefile_action_form(form), json.at ? json : TEXT("{}"), &values));
	EarlyStep step = { .form = casefile_action_form(form), .values = values, .at = at.value };
	list_add(call->arena, &out->steps, step);
	return OK;
}

Error casefile_early(Call *call, int64_t casefile_id, Text ref, CasefileEarly *out)
{
	EarlyRow early;
	CasefileEarly shown = { 0 };
	bool found = false;
	*out = shown;
	TRY(early_find(call, casefile_id, &early, &found));
	if (!found) return OK;
	shown.is_permitted = early.is_permitted;
	shown.first_by = early.first_by.is ? early.first_by.value : 0;
	shown.second_by = early.second_by.is ? early.second_by.value : 0;
	TRY(add_document(call, ref, "early_release|sealed_consultation", "casefile-early-consult", early.sealed_consultation,
		(Maybe) { true, early.consulted_at }, &shown));
	TRY(add_document(
		call, ref, "early_release|sealed_reports", "casefile-early-report", early.sealed_reports, early.reported_at, &shown));
	TRY(add_document(
		call, ref, "early_release|sealed_assessment", "casefile-early-assess", early.sealed_assessment, early.assessed_at, &shown));
	*out = shown;
	return OK;
}
