/*
 * Casefiles of one root cause become one: reports, vendors' parts and what was found affected go to the one that stays. The other is closed and
 * leads there; its reporters keep number, priority and credit, and each vendor goes on seeing its own part and what that part was named with.
 */
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

Error merge_into(const CaseChange *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	Casefile into;
	bool found = false;
	int64_t moved;
	TRY(find_other(change, "survivor", &into, &found));
	const char *why = found ? why_not_into(row, &into) : NULL;
	if (why) call_problem(call, TEXT("survivor"), why, (Text) { 0 });
	TRY(call_check_problems(call));
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
	if (into.coordinator_id == call->actor->person_id) return OK;
	return absence_tell(
		call, into.coordinator_id, NOTICE_CASE_MOVED, into.ref, arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(into.ref)));
}

Error merge_relate(const CaseChange *change)
{
	Call *call = change->call;
	Casefile other;
	bool found = false;
	int64_t added = 0, id = change->row->id;
	TRY(find_other(change, "other", &other, &found));
	TRY(call_check_problems(call));
	TRY(relation_add(call, id < other.id ? id : other.id, id < other.id ? other.id : id, call->actor->person_id, call->now, &added));
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

Error casefile_links(Call *call, const Casefile *casefile, CasefileLinks *out)
{
	CasefileLinks links = { 0 };
	CasefileRow row, into;
	Texts merged, related, survivor = { 0 };
	*out = links;
	if (!(report_reading_roles(call->actor) & ROLE_COORDINATOR)) return OK;
	TRY(casefile_find_id(call, casefile->id, &row));
	if (row.merged_into.is) {
		TRY(casefile_find_id(call, row.merged_into.value, &into));
		list_add(call->arena, &survivor, into.ref);
	}
	TRY(merge_list(call, casefile->id, &merged));
	TRY(relation_list(call, casefile->id, &related));
	TRY(add_links(call, &survivor, "merged-into", &links));
	TRY(add_links(call, &merged, "merged-in", &links));
	TRY(add_links(call, &related, "related", &links));
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
