/* Who is told of a step. */
#include "store/db/db.h"
#include "subject/casefile/casefile_private.h"

static Error tell_reporters(Call *call, const CasefileRow *row, NoticeKind kind, Text subject)
{
	Numbers reports;
	TRY(casefile_report_list(call, row->id, &reports));
	for (size_t i = 0; i < reports.count; i++) {
		Report report;
		TRY(report_read(call, reports.at[i], &report));
		Text shown = subject.at ? subject : report.ref;
		TRY(report_tell_reporter(call, report.id, kind, shown, arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(report.ref))));
	}
	return OK;
}

/* What reporters wait for: the acceptance, and every end, also one without publication. */
static bool moves_for_reporters(const char *action)
{
	static const char *const actions[] = { "accept", "keep", "close", "transfer", "reopen", "verify-again" };
	for (size_t i = 0; i < COUNT(actions); i++)
		if (!strcmp(actions[i], action)) return true;
	return false;
}

/* Everybody who holds the role. */
static const struct {
	const char *action;
	Role role;
	NoticeKind kind;
} roles[] = {
	{ "request", ROLE_PUBLISHER, NOTICE_CASE_MOVED },
	{ "correct", ROLE_PUBLISHER, NOTICE_CASE_MOVED },
	{ "withdraw-advisory", ROLE_PUBLISHER, NOTICE_CASE_MOVED },
	{ "isolate", ROLE_COORDINATOR, NOTICE_CASE_TO_DECIDE },
};

Error casefile_tell(Call *call, const CasefileRow *row, const char *action)
{
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row->ref));
	bool to_coordinator = !strcmp(action, "confirm") || !strcmp(action, "refute") || (!strcmp(action, "return") && row->asked_by.is);
	if (to_coordinator) TRY(absence_tell(call, row->coordinator_id, NOTICE_CASE_MOVED, row->ref, link));
	for (size_t i = 0; i < COUNT(roles); i++)
		if (!strcmp(roles[i].action, action)) TRY(notice_send_role(call, roles[i].role, roles[i].kind, row->ref, link));
	bool is_to_authority = !strcmp(action, "escalate") || !strcmp(action, "answer-instruction");
	bool is_of_authority = !strcmp(action, "instruct") || !strcmp(action, "close-instruction");
	if (is_to_authority)
		TRY(notice_send_role(call, ROLE_AUTHORITY, NOTICE_CASE_MOVED, row->ref,
			arena_printf(call->arena, "/supervision/%.*s", TEXT_ARGS(row->ref))));
	if (is_of_authority) TRY(absence_tell(call, row->coordinator_id, NOTICE_CASE_MOVED, row->ref, link));
	bool is_decision = !strcmp(action, "change-advisory") || !strcmp(action, "refuse-change");
	if (is_decision) TRY(absence_tell(call, row->coordinator_id, NOTICE_CASE_MOVED, row->ref, link));
	if (!strcmp(action, "embargo")) TRY(party_tell_signed(call, row->id, NOTICE_PARTY_MOVED)); /* it waits for their answers */
	bool is_returned = !strcmp(action, "unassign") && row->coordinator_id != call->actor->person_id;
	if (is_returned) TRY(absence_tell(call, row->coordinator_id, NOTICE_CASE_RETURNED, row->ref, link));
	if (moves_for_reporters(action)) TRY(tell_reporters(call, row, NOTICE_CASE_MOVED, row->number));
	bool is_public = !strcmp(action, "publish") || !strcmp(action, "release");
	return is_public ? tell_reporters(call, row, NOTICE_CASE_PUBLISHED, row->number) : OK;
}

static Error tell_of_report(Call *call, int64_t report_id, Text clock)
{
	Report report;
	TRY(report_read(call, report_id, &report));
	Text link = arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(report.ref));
	if (text_is(clock, TEXT("additions"))) TRY(report_tell_reporter(call, report_id, NOTICE_DEADLINE_OVER, report.ref, link));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_DEADLINE_OVER, report.ref, link);
}

Error casefile_overdue(Call *call, Text machine, int64_t subject_id, Text clock)
{
	CasefileRow row;
	int64_t verifier = 0;
	if (text_is(machine, text_from(report_machine.name))) return tell_of_report(call, subject_id, clock);
	TRY(casefile_find_id(call, subject_id, &row));
	TRY(workflow_assigned(call, &casefile_machine, subject_id, "verifier", &verifier));
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref));
	if (verifier && text_is(clock, TEXT("verification"))) TRY(notice_send(call, verifier, NOTICE_DEADLINE_OVER, row.ref, link));
	if (text_is(clock, TEXT("publication"))) TRY(notice_send_role(call, ROLE_PUBLISHER, NOTICE_DEADLINE_OVER, row.ref, link));
	return absence_tell(call, row.coordinator_id, NOTICE_DEADLINE_OVER, row.ref, link);
}

/* ---- Before the end: those alone whose turn it is */
static Error remind_of_report(Call *call, int64_t report_id, Text clock, NoticeKind kind)
{
	Report report;
	TRY(report_read(call, report_id, &report));
	Text link = arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(report.ref));
	if (text_is(clock, TEXT("additions"))) return report_tell_reporter(call, report_id, kind, report.ref, link);
	return notice_send_role(call, ROLE_COORDINATOR, kind, report.ref, link);
}

Error casefile_remind(Call *call, Text machine, int64_t subject_id, Text clock, bool is_today)
{
	CasefileRow row;
	int64_t verifier = 0;
	NoticeKind kind = is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	if (text_is(machine, text_from(report_machine.name))) return remind_of_report(call, subject_id, clock, kind);
	TRY(casefile_find_id(call, subject_id, &row));
	TRY(workflow_assigned(call, &casefile_machine, subject_id, "verifier", &verifier));
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref));
	if (verifier && text_is(clock, TEXT("verification"))) return notice_send(call, verifier, kind, row.ref, link);
	if (text_is(clock, TEXT("publication"))) return notice_send_role(call, ROLE_PUBLISHER, kind, row.ref, link);
	return absence_tell(call, row.coordinator_id, kind, row.ref, link);
}

typedef struct Emergencies {
	int64_t max, told;
} Emergencies;

static Error tell_of_emergencies(Call *call, void *argument)
{
	Emergencies *emergencies = argument;
	Numbers due;
	emergencies->told = 0;
	TRY(casefile_emergency_due(call, call->now, emergencies->max, &due));
	for (size_t i = 0; i < due.count; i++) {
		CasefileRow row;
		PartySummary parties;
		int64_t changed = 0;
		TRY(casefile_find_id(call, due.at[i], &row));
		TRY(party_summary(call, row.id, &parties));
		TRY(casefile_emergency_mark(call, row.id, call->now, &changed));
		if (!changed || parties.has_notice) continue;
		Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref));
		TRY(notice_send_role(call, ROLE_COORDINATOR, NOTICE_DEADLINE, row.ref, link));
		emergencies->told++;
	}
	return OK;
}

Error casefile_emergencies(Call *call, int64_t max, int64_t *out_told)
{
	Emergencies emergencies = { .max = max };
	TRY(db_transact(call, tell_of_emergencies, &emergencies));
	*out_told = emergencies.told;
	return OK;
}
