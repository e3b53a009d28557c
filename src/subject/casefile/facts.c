/* What the guards look at, from all that is on record about a casefile. */
#include "store/db/db.h"
#include "subject/casefile/casefile_private.h"

static int64_t value_of(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static Error load_reporters(Call *call, int64_t id, CasefileFacts *facts)
{
	CasefileReporterRows rows;
	TRY(casefile_reporter_list(call, id, &rows));
	CasefileReporter *reporters = arena_array_of(call->arena, CasefileReporter, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		reporters[i] = (CasefileReporter) { value_of(rows.at[i].person_id), value_of(rows.at[i].organisation_id) };
	facts->reporters = reporters;
	facts->reporter_count = rows.count;
	return OK;
}

static Error load_verifiers(Call *call, int64_t id, CasefileFacts *facts)
{
	Numbers persons;
	int64_t signed_at;
	TRY(casefile_verifier_list(call, id, &persons));
	facts->verifier_ids = persons.at;
	facts->verifier_count = persons.count;
	TRY(workflow_assigned(call, &casefile_machine, id, "verifier", &facts->verifier_id));
	TRY(workflow_assigned(call, &casefile_machine, id, "second", &facts->second_id));
	facts->actor_id = call->actor->person_id;
	if (!facts->actor_id) return OK;
	TRY(casefile_interest_of(call, id, facts->actor_id, &facts->actor_interest));
	return casefile_undertaking(call, id, call->actor->person_id, &signed_at, &facts->has_undertaking);
}

static Error load_parts(Call *call, int64_t id, CasefileFacts *facts)
{
	AffectedPartRows parts;
	TRY(casefile_part_list(call, id, &parts));
	facts->is_server_only = parts.count > 0;
	for (size_t i = 0; i < parts.count; i++)
		if (!text_is(parts.at[i].part, TEXT("server"))) facts->is_server_only = false;
	return OK;
}

/* The vendors' parts speak: every one notified, and every one settled with a measure of the provider. */
static Error load_parties(Call *call, int64_t id, CasefileFacts *facts)
{
	PartySummary parties;
	Numbers vendors;
	int64_t abroad = 0;
	TRY(party_summary(call, id, &parties));
	TRY(casefile_vendor_list(call, id, &vendors));
	TRY(casefile_abroad(call, id, &abroad));
	facts->parties = parties.count;
	facts->vendor_ids = vendors.at;
	facts->vendor_count = vendors.count;
	facts->went_abroad = abroad > 0;
	facts->has_notice = parties.has_notice;
	facts->has_fix = parties.all_settled && parties.provider_fix;
	facts->silent_ms = parties.silent_since && parties.silent_since < call->now ? call->now - parties.silent_since : 0;
	return OK;
}

static Error load_gate(Call *call, const CasefileRow *row, CasefileFacts *facts)
{
	CasefileEmbargo embargo;
	CasefileEarly early;
	Freezes freezes;
	TRY(casefile_embargo(call, row->id, row->ref, &embargo));
	TRY(casefile_freezes(call, row->id, &freezes));
	TRY(casefile_early(call, row->id, row->ref, &early));
	facts->has_embargo = embargo.n > 0 && !text_is(embargo.state, TEXT("ENDED"));
	facts->is_embargoed = embargo.holds;
	facts->is_frozen = freezes.count > 0;
	facts->is_consulted = early.steps.count > 0;
	facts->is_reported = early.steps.count > 1;
	facts->is_assessed = early.steps.count > 2;
	facts->is_permitted = early.is_permitted;
	facts->early_first_id = early.first_by;
	facts->early_second_id = early.second_by;
	return OK;
}

Error casefile_server_names(Call *call, int64_t id, Texts *out)
{
	Numbers reports;
	TRY(casefile_report_list(call, id, &reports));
	for (size_t i = 0; i < reports.count; i++) {
		Report report;
		TRY(report_read(call, reports.at[i], &report));
		Text host = form_answer(report.values, "host");
		if (host.length) list_add(call->arena, out, host);
	}
	return OK;
}

static Error load_advisory(Call *call, const CasefileRow *row, CasefileFacts *facts)
{
	ProposalRow proposal;
	bool found = false;
	if (!row->advisory.at) return OK;
	facts->has_advisory = true;
	TRY(proposal_standing(call, row->advisory, &facts->is_withdrawn, &found));
	TRY(proposal_waiting(call, row->id, &proposal, &facts->has_proposal));
	if (facts->has_proposal) facts->proposer_id = proposal.proposed_by;
	return OK;
}

static Error load_supervision(Call *call, const CasefileRow *row, CasefileFacts *facts)
{
	InstructionRow running;
	facts->is_escalated = row->escalated_at.is;
	if (!facts->is_escalated) return OK;
	TRY(instruction_running(call, row->id, &running, &facts->has_instruction));
	facts->is_answered = facts->has_instruction && running.answered_at.is;
	return OK;
}

static bool is_high(const CasefileRow *row)
{
	const Text levels[] = { row->technical_level, row->level };
	for (size_t i = 0; i < COUNT(levels); i++)
		if (text_is(levels[i], TEXT("high")) || text_is(levels[i], TEXT("critical"))) return true;
	return false;
}

Error casefile_load_facts(Call *call, const CasefileRow *row, const Map *public_values, CasefileFacts *out)
{
	Texts hosts = { 0 }, components;
	CasefileFacts facts = { .is_incident = row->is_incident,
		.is_refuted = row->is_refuted,
		.is_numbered = row->number.at != NULL,
		.is_merged = row->merged_into.is,
		.is_emergency = row->emergency_at.is,
		.is_high = is_high(row),
		.is_public = row->public_since.is,
		.is_approved = row->approved_by.is,
		.has_mitigation = row->has_mitigation,
		.has_public_text = row->has_public_text,
		.verified_by_id = value_of(row->verified_by),
		.second_by_id = value_of(row->second_by),
		.asked_by_id = value_of(row->asked_by),
		.approved_by_id = value_of(row->approved_by) };
	TRY(load_reporters(call, row->id, &facts));
	TRY(load_verifiers(call, row->id, &facts));
	TRY(load_parts(call, row->id, &facts));
	TRY(load_parties(call, row->id, &facts));
	TRY(load_gate(call, row, &facts));
	TRY(load_advisory(call, row, &facts));
	TRY(merge_load_facts(call, row->id, &facts));
	if (row->approved_by.is) TRY(casefile_interest_of(call, row->id, row->approved_by.value, &facts.approver_interest));
	TRY(load_supervision(call, row, &facts));
	TRY(casefile_upstream_list(call, row->id, &components));
	facts.has_component = row->upstream_of.is || components.count > 0;
	if (row->has_public_text) {
		TRY(casefile_server_names(call, row->id, &hosts));
		facts.text_fault = public_text_fault(call->arena, public_values, &hosts);
	}
	*out = facts;
	return OK;
}
