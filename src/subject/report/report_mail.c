/* Who is told of a step. A notice carries a number and a link, never anything of the matter. */
#include "subject/report/report_private.h"

static Text link_of(Call *call, Text ref) { return arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(ref)); }

Error report_tell_reporter(Call *call, int64_t report_id, NoticeKind kind, Text subject, Text link)
{
	ReportRow row;
	TRY(report_find_id(call, report_id, &row));
	if (row.reporter_id.is) return notice_send(call, row.reporter_id.value, kind, subject, link);
	return row.claim.at ? notice_send_claim(call, row.claim, kind, subject, link) : OK;
}

static const struct {
	const char *action;
	NoticeKind kind;
} told[] = {
	{ "send", NOTICE_REPORT_RECEIVED },
	{ "ask", NOTICE_REPORT_NEEDS_INFO },
	{ "attach", NOTICE_REPORT_ACCEPTED },
	{ "reject", NOTICE_REPORT_REJECTED },
	{ "duplicate", NOTICE_REPORT_DUPLICATE },
	{ "confirm-known", NOTICE_REPORT_DUPLICATE },
	{ "spam", NOTICE_REPORT_REJECTED },
	{ "lapse", NOTICE_REPORT_REJECTED },
	{ "reopen", NOTICE_REPORT_REOPENED },
	{ "set-aside", NOTICE_REPORT_REOPENED },
	{ "transfer", NOTICE_REPORT_TRANSFERRED },
	{ "isolate", NOTICE_REPORT_ISOLATED },
};

Error report_tell(Call *call, const Matter *matter, const Transition *row)
{
	Text link = link_of(call, matter->ref);
	static const struct {
		const char *action, *from;
		NoticeKind kind;
	} staff[] = { { "send", NULL, NOTICE_REPORT_WAITING }, { "answer", NULL, NOTICE_REPORT_WAITING },
		{ "resume", NULL, NOTICE_REPORT_WAITING }, { "set-aside", NULL, NOTICE_REPORT_WAITING },
		{ "withdraw", "ATTACHED", NOTICE_REPORT_WITHDRAWN }, { "isolate", NULL, NOTICE_REPORT_TO_DECIDE },
		{ "opine", NULL, NOTICE_REVIEW_GIVEN } };
	const ReportFacts *facts = matter->facts;
	ReportRow report;
	if (facts && facts->is_of_batch) return OK;
	TRY(report_find_id(call, matter->id, &report));
	bool is_quiet = report.suspect.at && !strcmp(row->action, "send"); /* what looks like spam calls nobody */
	for (size_t i = 0; !is_quiet && i < COUNT(staff); i++)
		if (!strcmp(staff[i].action, row->action) && (!staff[i].from || !strcmp(staff[i].from, row->from)))
			TRY(notice_send_role(call, ROLE_COORDINATOR, staff[i].kind, matter->ref, link));
	bool comes_back = !strcmp(row->action, "unassign") && actor_has(call->actor, ROLE_SYSTEM);
	if (comes_back) TRY(notice_send_role(call, ROLE_COORDINATOR, NOTICE_REVIEW_RETURNED, matter->ref, link));
	for (size_t i = 0; i < COUNT(told); i++)
		if (!strcmp(told[i].action, row->action)) return report_tell_reporter(call, matter->id, told[i].kind, matter->ref, link);
	return OK;
}

typedef struct Telling {
	const ThreadMembers *members;
	const Report *visitors;
	const ThreadPlace *place;
} Telling;

static Error tell_members(Call *call, void *argument)
{
	const Telling *telling = argument;
	for (size_t i = 0; i < telling->members->count; i++) {
		int64_t person_id = telling->members->at[i].person_id;
		NoticeKind kind = telling->members->at[i].is_called ? NOTICE_MENTION : NOTICE_MESSAGE;
		if (person_id == call->actor->person_id) continue;
		Text answer;
		if (!person_id) {
			if (telling->visitors)
				TRY(report_tell_reporter(
					call, telling->visitors->id, NOTICE_MESSAGE, telling->place->ref, telling->place->link));
			continue;
		}
		TRY(thread_mail_address(call, telling->place, person_id, &answer));
		TRY(notice_send_answerable(call, person_id, kind, telling->place->ref, telling->place->link, answer));
	}
	return OK;
}

Error report_tell_members(Call *call, const ThreadMembers *members, const Report *visitors, const ThreadPlace *place)
{
	Telling telling = { members, visitors, place };
	return db_transact(call, tell_members, &telling);
}
