/* Corrections and withdrawals of an advisory of our own: proposed by a coordinator, decided by a publisher. */
#include "base/base/random.h"
#include "store/db/db.h"
#include "store/seal/seal.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"

/* Who revises, as the public record says it: roles, no names. */
static const char AUTHOR[] = N_("Coordinator, decided by a publisher");

static bool is_correction(Text kind) { return text_is(kind, TEXT("correction")); }

static const Form *form_of(Text kind) { return casefile_action_form(is_correction(kind) ? "casefile-correct" : "casefile-withdraw"); }

/* The reason is public like the text itself. */
static Error check_harmless(Call *call, int64_t casefile_id, const Map *values)
{
	Texts hosts = { 0 };
	Map *reason = map_new(call->arena);
	form_set(call->arena, reason, TEXT("description_zh"), form_answer(values, "reason"));
	TRY(casefile_server_names(call, casefile_id, &hosts));
	const char *fault = public_text_fault(call->arena, reason, &hosts);
	if (fault) call_problem(call, TEXT("reason"), fault, (Text) { 0 });
	fault = public_text_fault(call->arena, values, &hosts);
	if (fault) call_problem(call, TEXT("description_zh"), fault, (Text) { 0 });
	return call_check_problems(call);
}

static Error propose(const CaseChange *change, const char *kind)
{
	Call *call = change->call;
	Sealed values;
	Text ref = random_code(call->arena, 16);
	TRY(check_harmless(call, change->row->id, change->values));
	TRY(change_seal(change, "advisory_proposal|sealed_values", ref, &values));
	return proposal_add(call, ref, change->row->id, text_from(kind), values, call->actor->person_id, call->now);
}

static bool changes_something(const Map *before, const Map *after)
{
	for (size_t i = 0; i < casefile_public_form.section_count; i++) {
		const FormSection *section = &casefile_public_form.sections[i];
		for (size_t k = 0; k < section->item_count; k++) {
			const FormItem *item = &section->items[k];
			Text new_value = form_is_shown(item, after) ? form_answer(after, item->name) : TEXT("");
			if (!text_is(form_answer(before, item->name), new_value)) return true;
		}
	}
	return false;
}

Error proposal_correct(const CaseChange *change)
{
	Call *call = change->call;
	if (!changes_something(change->casefile->public_values, change->values))
		call_problem(call, TEXT("title_zh"), N_("Nothing of the public text is changed."), (Text) { 0 });
	TRY(call_check_problems(call));
	return propose(change, "correction");
}

static Error check_successor(Call *call, Text own, Text successor)
{
	Advisory advisory;
	if (!successor.length) return OK;
	Error error = advisory_find(call, successor, &advisory);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error != OK) call_pass_over(call);
	if (error != OK)
		call_problem(call, TEXT("successor"), N_("There is no published record of this number."), (Text) { 0 });
	else if (text_is(advisory.identifier, own))
		call_problem(call, TEXT("successor"), N_("A record does not take its own place."), (Text) { 0 });
	else if (advisory.withdrawn)
		call_problem(call, TEXT("successor"), N_("That record has been withdrawn itself."), (Text) { 0 });
	return call_check_problems(call);
}

Error proposal_withdraw(const CaseChange *change)
{
	TRY(check_successor(change->call, change->casefile->advisory, form_answer(change->values, "successor")));
	return propose(change, "withdrawal");
}

/* ---- Reading */
Error casefile_proposal(Call *call, const Casefile *casefile, AdvisoryProposal *out)
{
	ProposalRow row;
	Text json;
	Map *values;
	bool found = false;
	*out = (AdvisoryProposal) { .ref = TEXT("") };
	TRY(proposal_waiting(call, casefile->id, &row, &found));
	if (!found) return OK;
	TRY(seal_open(call, "advisory_proposal|sealed_values", row.ref, row.sealed_values, &json));
	TRY(form_values_read(call, form_of(row.kind), json.at ? json : TEXT("{}"), &values));
	*out = (AdvisoryProposal) {
		.ref = row.ref, .kind = row.kind, .values = values, .proposed_by = row.proposed_by, .proposed_at = row.proposed_at
	};
	return OK;
}

/* ---- Deciding */
static Error decide(const CaseChange *change, const char *decision, AdvisoryProposal *out)
{
	Call *call = change->call;
	int64_t changed = 0;
	TRY(casefile_proposal(call, change->casefile, out));
	TRY(proposal_decide(call, out->ref, text_from(decision), call->actor->person_id, call->now, &changed));
	return changed ? OK : fail(call, CONFLICT, "the proposal has been decided");
}

/* The public text becomes the corrected one, and the record follows from it as at its first publication. */
static Error publish_again(const CaseChange *change, const AdvisoryProposal *proposal)
{
	Casefile corrected;
	const CaseChange text = { change->call, change->row, change->casefile, proposal->values, &casefile_public_form };
	TRY(change_describe(&text));
	TRY(casefile_of_row(change->call, change->row, &corrected));
	return casefile_publish(change->call, &corrected, text_from(AUTHOR), form_answer(proposal->values, "reason"));
}

/* What has been found since, such as the name of a server in a merged report, counts too. */
Error proposal_carry_out(const CaseChange *change)
{
	AdvisoryProposal proposal;
	Call *call = change->call;
	TRY(decide(change, "approved", &proposal));
	TRY(check_harmless(call, change->row->id, proposal.values));
	if (is_correction(proposal.kind)) return publish_again(change, &proposal);
	Text successor = form_answer(proposal.values, "successor");
	TRY(check_successor(call, change->casefile->advisory, successor));
	return advisory_withdraw(call, change->casefile->advisory, text_from(AUTHOR), form_answer(proposal.values, "reason"), successor);
}

Error proposal_refuse(const CaseChange *change)
{
	AdvisoryProposal proposal;
	return decide(change, "refused", &proposal);
}
