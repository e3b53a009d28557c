/*
 * A casefile whose content may be a state secret: all its reports are isolated with it, vendors and verifiers lose access at once, and a second
 * coordinator wipes it for ever or releases it. Nobody, the coordinators included, reads anything of it meanwhile.
 */
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/isolation.sql.h"

bool casefile_is_isolated(Text state) { return text_is(state, TEXT("ISOLATED")) || text_is(state, TEXT("WIPED")); }

/* What is left to look at: enough to decide. */
Error isolation_shell(Call *call, const CasefileRow *row, Casefile *casefile)
{
	CasefileFacts *facts = arena_new_of(call->arena, CasefileFacts);
	*facts = (CasefileFacts) { .is_incident = row->is_incident,
		.is_numbered = row->number.at != NULL,
		.is_merged = row->merged_into.is,
		.actor_id = call->actor->person_id,
		.isolated_by_id = row->isolated_by.is ? row->isolated_by.value : 0 };
	casefile->facts = facts;
	casefile->public_values = map_new(call->arena);
	casefile->title = tr(call->lang, N_("Isolated casefile"));
	casefile->class_tag = casefile->technical_level = casefile->level = TEXT("");
	casefile->is_isolated = true;
	if (text_is(row->state, TEXT("WIPED"))) casefile->seal_key = 0; /* it is destroyed */
	return OK;
}

static Error act_on_report(Call *call, const Report *report, const char *action, const Map *values)
{
	Matter matter;
	report_matter(report, call->arena, &matter);
	return workflow_apply(call, &report_machine, &matter, &(Act) { .action = text_from(action), .input = values });
}

static Error as_system(Call *call, const Report *report, const char *action)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = act_on_report(call, report, action, map_new(call->arena));
	call->actor = actor;
	return error;
}

static bool is_whole(const Report *report) { return text_is(report->state, TEXT("ATTACHED")) || text_is(report->state, TEXT("WITHDRAWN")); }

static Error isolate_reports(Call *call, int64_t casefile_id, const Map *values)
{
	Numbers ids;
	TRY(casefile_report_list(call, casefile_id, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		Report report;
		TRY(report_read(call, ids.at[i], &report));
		if (is_whole(&report)) TRY(act_on_report(call, &report, "isolate", values));
	}
	return OK;
}

/* A component's provider was told what stood in the reports of this casefile. */
static Error isolate_components(Call *call, int64_t casefile_id, const Map *values)
{
	Numbers ids;
	TRY(isolation_upstream(call, casefile_id, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		CasefileRow row;
		TRY(casefile_find_id(call, ids.at[i], &row));
		TRY(isolation_apply(call, &row, values));
	}
	return OK;
}

Error isolation_isolate(const CaseChange *change)
{
	Call *call = change->call;
	int64_t id = change->row->id;
	TRY(party_tell_signed(call, id, NOTICE_PARTY_STOPPED));
	TRY(isolation_set(call, id, (Maybe) { true, call->actor->person_id }));
	TRY(isolate_reports(call, id, change->values));
	return isolate_components(call, id, change->values);
}

Error isolation_apply(Call *call, const CasefileRow *row, const Map *values)
{
	Casefile casefile;
	Matter matter;
	TRY(casefile_of_row(call, row, &casefile));
	casefile_matter(&casefile, &matter);
	return workflow_apply(call, &casefile_machine, &matter, &(Act) { .action = TEXT("isolate"), .input = values });
}

static ReportGone *party_gone;
void casefile_set_gone(ReportGone *gone) { party_gone = gone; }

/* The keys go: messages, ratings, notices, evidence and backups without them included. */
Error isolation_destroy(const CaseChange *change)
{
	Call *call = change->call;
	Numbers ids;
	IsolatedPartyRows parties;
	TRY(casefile_report_list(call, change->row->id, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		Report report;
		TRY(report_read(call, ids.at[i], &report));
		if (text_is(report.state, TEXT("ISOLATED"))) TRY(as_system(call, &report, "wipe-with"));
	}
	TRY(isolation_parties(call, change->row->id, &parties));
	for (size_t i = 0; i < parties.count; i++) {
		TRY(workflow_clocks_end(call, &party_machine, parties.at[i].id));
		if (party_gone) TRY(party_gone(call, parties.at[i].seal_key));
		TRY(seal_matter_destroy(call, parties.at[i].seal_key));
	}
	change->row->class = TEXT("other");
	change->row->sealed_public = (Sealed) { 0 };
	TRY(isolation_empty(call, change->row->id));
	return seal_matter_destroy(call, change->row->seal_key);
}

Error isolation_release(const CaseChange *change)
{
	Call *call = change->call;
	Numbers ids;
	TRY(isolation_set(call, change->row->id, (Maybe) { 0 }));
	TRY(casefile_report_list(call, change->row->id, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		Report report;
		TRY(report_read(call, ids.at[i], &report));
		bool was_withdrawn = text_is(report.reason, TEXT("withdrawn"));
		if (text_is(report.state, TEXT("ISOLATED"))) TRY(as_system(call, &report, was_withdrawn ? "return-withdrawn" : "return"));
	}
	return party_tell_signed(call, change->row->id, NOTICE_PARTY_MOVED);
}

/* Whoever isolates one report of a casefile isolates the casefile. */
Error isolation_report_isolated(Call *call, const Report *report, const Map *values)
{
	int64_t id = 0;
	bool found = false;
	CasefileRow row;
	TRY(casefile_find_of_report(call, report->id, &id, &found));
	if (!found) return OK;
	TRY(casefile_find_id(call, id, &row));
	return casefile_is_isolated(row.state) ? OK : isolation_apply(call, &row, values);
}
