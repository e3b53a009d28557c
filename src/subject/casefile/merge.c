/*
 * Casefiles of one root cause become one: reports, vendors' parts and what was found affected go to the one that stays. The other is closed and
 * leads there; its reporters keep number, priority and credit, and each vendor goes on seeing its own part and what that part was named with.
 * One coordinator proposes it, another one confirms it; as long as the one that stays has not gone on to publication it is undone in the same way,
 * and each report, vendor and part goes back to where it was.
 */
#include "base/base/random.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/merge.sql.h"

static bool is_early(Text state)
{
	static const char *const states[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING" };
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(state, text_from(states[i]))) return true;
	return false;
}

/* The casefile that is named in this field; a problem stands there when there is none. Those the actor may not see are none. */
static Error find_other(const CaseChange *change, const char *field, Casefile *out, bool *out_found)
{
	Call *call = change->call;
	Error error = casefile_open(call, text_trim(form_answer(change->values, field)), out);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	*out_found = error == OK && out->id != change->row->id;
	if (!*out_found) call_problem(call, text_from(field), N_("There is no other casefile of this number."), (Text) { 0 });
	return OK;
}

static const char *why_not_into(const CasefileRow *row, const Casefile *into)
{
	if (into->is_incident != row->is_incident) return N_("That casefile is of the other type.");
	if (!is_early(into->state)) return N_("That casefile has gone too far to take another one in.");
	if (row->number.at && !into->number.length)
		return N_("That casefile is not accepted yet, and this one is: merge it into this one instead.");
	return NULL;
}

static Error tell_reporters(Call *call, const CasefileRow *row, const Casefile *into)
{
	Numbers reports;
	TRY(casefile_report_list(call, row->id, &reports));
	for (size_t i = 0; i < reports.count; i++) {
		Report report;
		TRY(report_read(call, reports.at[i], &report));
		Text subject = into->number.length ? into->number : report.ref;
		TRY(report_tell_reporter(
			call, report.id, NOTICE_CASE_MOVED, subject, arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(report.ref))));
	}
	return OK;
}

/* Whoever verifies the one that stays may have an interest in what came to it. */
static Error look_at_verifiers(Call *call, const Casefile *into)
{
	const int64_t verifiers[] = { into->facts->verifier_id, into->facts->second_id };
	for (size_t i = 0; i < COUNT(verifiers); i++)
		if (verifiers[i]) TRY(casefile_interest_declared(call, verifiers[i]));
	return OK;
}

static Error tell_coordinator(Call *call, const Casefile *into)
{
	if (into->coordinator_id == call->actor->person_id) return OK;
	return absence_tell(call, into->coordinator_id, NOTICE_CASE_MOVED, into->ref,
		arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(into->ref)));
}

static Error propose(const CaseChange *change, int64_t into_id, const char *kind)
{
	Call *call = change->call;
	TRY(merge_propose_add(
		call, random_code(call->arena, 16), change->row->id, into_id, text_from(kind), call->actor->person_id, call->now));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_MERGE_WAITING, change->row->ref,
		arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(change->row->ref)));
}

Error merge_propose(const CaseChange *change)
{
	Casefile into;
	bool found = false;
	TRY(find_other(change, "survivor", &into, &found));
	const char *why = found ? why_not_into(change->row, &into) : NULL;
	if (why) call_problem(change->call, TEXT("survivor"), why, (Text) { 0 });
	TRY(call_check_problems(change->call));
	return propose(change, into.id, "merge");
}

/* The proposal that waits, decided now. */
static Error decide(const CaseChange *change, const char *decision, MergeProposalRow *out)
{
	Call *call = change->call;
	bool found = false;
	int64_t changed = 0;
	TRY(merge_waiting(call, change->row->id, out, &found));
	if (found)
		TRY(merge_decide(call, change->row->id, text_from(decision),
			(Maybe) { call->actor->person_id != 0, call->actor->person_id }, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "the proposal has been decided");
}

Error merge_refuse(const CaseChange *change)
{
	MergeProposalRow row;
	return decide(change, "refused", &row);
}

/* What has happened since it was proposed counts. */
static Error check_still(const CaseChange *change, const char *why)
{
	if (why) call_problem(change->call, TEXT("action"), why, (Text) { 0 });
	return call_check_problems(change->call);
}

Error merge_into(const CaseChange *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	MergeProposalRow proposal;
	Casefile into;
	int64_t moved;
	TRY(decide(change, "confirmed", &proposal));
	TRY(casefile_read(call, proposal.into_id, &into));
	TRY(check_still(
		change, casefile_is_isolated(into.state) ? N_("There is no other casefile of this number.") : why_not_into(row, &into)));
	TRY(tell_reporters(call, row, &into));
	TRY(party_tell_signed(call, row->id, NOTICE_PARTY_MOVED));
	TRY(merge_reports(call, row->id, into.id, &moved));
	TRY(merge_parties(call, row->id, into.id, &moved));
	TRY(merge_parts(call, row->id, into.id, &moved));
	TRY(merge_chain(call, row->id, into.id, &moved));
	TRY(merge_emergency(call, into.id, row->emergency_at, row->emergency_due_at));
	row->merged_into = (Maybe) { true, into.id };
	TRY(casefile_note(call, &into, "merged-in", row->ref));
	TRY(look_at_verifiers(call, &into));
	return tell_coordinator(call, &into);
}

/* ---- Undoing it */
static const char *why_not_out_of(const Casefile *from)
{
	return is_early(from->state) ? NULL : N_("The casefile it was merged into has gone too far.");
}

Error unmerge_propose(const CaseChange *change)
{
	Casefile from;
	TRY(casefile_read(change->call, change->row->merged_into.value, &from));
	TRY(check_still(change, why_not_out_of(&from)));
	return propose(change, from.id, "unmerge");
}

Error unmerge_from(const CaseChange *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	MergeProposalRow proposal;
	Casefile from;
	int64_t moved;
	TRY(decide(change, "confirmed", &proposal));
	TRY(casefile_read(call, row->merged_into.value, &from));
	TRY(check_still(change, why_not_out_of(&from)));
	TRY(unmerge_reports(call, row->id, &moved));
	TRY(unmerge_parties(call, row->id, from.id, &moved));
	TRY(unmerge_parts(call, row->id, from.id, &moved));
	row->merged_into = (Maybe) { 0 };
	TRY(casefile_note(call, &from, "merged-out", row->ref));
	TRY(tell_reporters(call, row, change->casefile));
	TRY(party_tell_signed(call, row->id, NOTICE_PARTY_MOVED));
	return tell_coordinator(call, &from);
}

Error merge_load_facts(Call *call, int64_t id, CasefileFacts *facts)
{
	MergeProposalRow row;
	TRY(merge_waiting(call, id, &row, &facts->has_merge));
	if (!facts->has_merge) return OK;
	facts->merge_proposer_id = row.proposed_by;
	facts->is_unmerge = text_is(row.kind, TEXT("unmerge"));
	return OK;
}

Error casefile_merge_proposal(Call *call, const Casefile *casefile, MergeProposal *out)
{
	MergeProposalRow row;
	Person person;
	CasefileRow into;
	bool found = false;
	*out = (MergeProposal) { .into = TEXT("") };
	if (!(report_reading_roles(call->actor) & ROLE_COORDINATOR)) return OK;
	TRY(merge_waiting(call, casefile->id, &row, &found));
	if (!found) return OK;
	TRY(casefile_find_id(call, row.into_id, &into));
	TRY(person_find(call, row.proposed_by, &person));
	*out = (MergeProposal) {
		.into = into.ref, .person = person_shown_name(&person), .at = row.proposed_at, .undoes = text_is(row.kind, TEXT("unmerge"))
	};
	return OK;
}

Error merge_relate(const CaseChange *change)
{
	Call *call = change->call;
	Casefile other;
	bool found = false;
	int64_t added = 0, id = change->row->id;
	TRY(find_other(change, "other", &other, &found));
	TRY(call_check_problems(call));
	Sealed reason;
	Text first = id < other.id ? change->row->ref : other.ref;
	TRY(seal_close(call, id < other.id ? change->row->seal_key : other.seal_key, "casefile_relation|sealed_reason", first,
		form_answer(change->values, "reason"), &reason));
	TRY(relation_add(
		call, id < other.id ? id : other.id, id < other.id ? other.id : id, call->actor->person_id, reason, call->now, &added));
	if (!added) call_problem(call, TEXT("other"), N_("The two are related already."), (Text) { 0 });
	TRY(call_check_problems(call));
	return casefile_note(call, &other, "related", change->row->ref);
}

/* ---- Reading */
static Error add_links(Call *call, const Texts *refs, const char *kind, CasefileLinks *links)
{
	for (size_t i = 0; i < refs->count; i++) {
		CasefileLink link = { .kind = kind };
		Casefile other;
		Error error = casefile_open(call, refs->at[i], &other);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_pass_over(call);
		if (error != OK) continue;
		link.ref = other.ref;
		link.title = other.title;
		link.number = other.number;
		list_add(call->arena, links, link);
	}
	return OK;
}

/* Each with why; the reason is bound to the casefile that stands first of the two. */
static Error add_related(Call *call, const Casefile *casefile, CasefileLinks *links)
{
	RelationRows rows;
	TRY(relation_list(call, casefile->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Texts one = { 0 };
		size_t before = links->count;
		Casefile other;
		list_add(call->arena, &one, rows.at[i].ref);
		TRY(add_links(call, &one, "related", links));
		if (links->count == before) continue;
		TRY(casefile_open(call, rows.at[i].ref, &other));
		Text first = casefile->id < other.id ? casefile->ref : other.ref;
		TRY(seal_open(call, "casefile_relation|sealed_reason", first, rows.at[i].sealed_reason, &links->at[before].reason));
	}
	return OK;
}

Error casefile_links(Call *call, const Casefile *casefile, CasefileLinks *out)
{
	CasefileLinks links = { 0 };
	CasefileRow row, into;
	Texts merged, survivor = { 0 };
	*out = links;
	if (!(report_reading_roles(call->actor) & ROLE_COORDINATOR)) return OK;
	TRY(casefile_find_id(call, casefile->id, &row));
	if (row.merged_into.is) {
		TRY(casefile_find_id(call, row.merged_into.value, &into));
		list_add(call->arena, &survivor, into.ref);
	}
	TRY(merge_list(call, casefile->id, &merged));
	TRY(add_links(call, &survivor, "merged-into", &links));
	TRY(add_links(call, &merged, "merged-in", &links));
	TRY(add_related(call, casefile, &links));
	*out = links;
	return OK;
}

const char *casefile_link_text(const char *kind)
{
	if (!strcmp(kind, "merged-into")) return N_("Merged into");
	return !strcmp(kind, "merged-in") ? N_("Took in") : N_("Related casefile");
}

/* What a party was named with: the first report of the casefile it began in, never what came to it later. */
Error merge_first_report(Call *call, int64_t origin_id, int64_t *out_report_id)
{
	Numbers reports;
	TRY(merge_origin_reports(call, origin_id, &reports));
	*out_report_id = reports.count ? reports.at[0] : 0;
	return OK;
}

Error merge_former_number(Call *call, int64_t report_id, Text *out)
{
	Text number = { 0 };
	bool found = false;
	TRY(merge_origin_of(call, report_id, &number, &found));
	*out = found && number.at ? number : TEXT("");
	return OK;
}
