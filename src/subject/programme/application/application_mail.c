/* Who is told of a step: the applicant's administrators, the secretaries. A notice carries a number and a link, never anything of the matter. */
#include "people/notice/notice.h"
#include "subject/programme/application/application_private.h"

static Text link_of(Call *call, Text ref) { return arena_printf(call->arena, "/applications/%.*s", TEXT_ARGS(ref)); }

static Error tell_applicant(Call *call, int64_t organisation_id, Text ref, NoticeKind kind)
{
	Numbers persons;
	TRY(org_admins(call, organisation_id, &persons));
	for (size_t i = 0; i < persons.count; i++)
		if (persons.at[i] != call->actor->person_id || kind == NOTICE_APPLICATION_RECEIVED)
			TRY(notice_send(call, persons.at[i], kind, ref, link_of(call, ref)));
	return OK;
}

static const struct {
	const char *action;
	bool is_secretaries;
	NoticeKind kind;
} told[] = { { "submit", false, NOTICE_APPLICATION_RECEIVED }, { "lodge", false, NOTICE_APPLICATION_MOVED },
	{ "deliver", false, NOTICE_APPLICATION_RECEIVED }, { "start", false, NOTICE_APPLICATION_MOVED },
	{ "approve", false, NOTICE_APPLICATION_MOVED }, { "return", false, NOTICE_APPLICATION_RETURNED },
	{ "reject", false, NOTICE_APPLICATION_DECIDED }, { "lapse", false, NOTICE_APPLICATION_DECIDED },
	{ "uphold", false, NOTICE_APPLICATION_DECIDED }, { "dismiss", false, NOTICE_APPLICATION_DECIDED },
	{ "promote", false, NOTICE_APPLICATION_MOVED }, { "inspect", false, NOTICE_APPLICATION_MOVED },
	{ "propose", false, NOTICE_APPLICATION_MOVED }, { "correct", false, NOTICE_APPLICATION_RETURNED },
	{ "fail", false, NOTICE_APPLICATION_DECIDED }, { "mismatch", false, NOTICE_APPLICATION_RETURNED },
	{ "publicise", false, NOTICE_APPLICATION_MOVED }, { "disclose", false, NOTICE_APPLICATION_RETURNED },
	{ "remove", false, NOTICE_APPLICATION_DECIDED }, { "announce", false, NOTICE_APPLICATION_DECIDED },
	{ "inform", false, NOTICE_APPLICATION_DECIDED }, { "release", false, NOTICE_APPLICATION_DECIDED },
	{ "reinstate", false, NOTICE_APPLICATION_DECIDED }, { "refuse", false, NOTICE_APPLICATION_DECIDED },
	{ "state", true, NOTICE_APPLICATION_WAITING }, { "agree", true, NOTICE_APPLICATION_WAITING },
	{ "resubmit", true, NOTICE_APPLICATION_WAITING }, { "appeal", true, NOTICE_APPLICATION_WAITING } };

Error application_tell(Call *call, const Application *application, const Transition *row)
{
	for (size_t i = 0; i < COUNT(told); i++) {
		if (strcmp(told[i].action, row->action) != 0) continue;
		if (told[i].is_secretaries)
			TRY(notice_send_role(call, ROLE_SECRETARY, told[i].kind, application->ref, link_of(call, application->ref)));
		else
			TRY(tell_applicant(call, application->organisation_id, application->ref, told[i].kind));
	}
	return OK;
}

/* ---- Time limits */
static Error tell_of_clock(Call *call, int64_t id, Text clock, NoticeKind kind)
{
	ApplicationRow row;
	int64_t organisation_id = 0;
	TRY(application_find_id(call, id, &row));
	TRY(application_heir(call, id, &organisation_id));
	if (text_is(clock, TEXT("return")) || text_is(clock, TEXT("correction")) || text_is(clock, TEXT("agreement")))
		return tell_applicant(call, organisation_id, row.ref, kind);
	return notice_send_role(call, ROLE_SECRETARY, kind, row.ref, link_of(call, row.ref));
}

Error application_notify(Call *call, int64_t id, NoticeKind kind)
{
	ApplicationRow row;
	int64_t organisation_id = 0;
	TRY(application_find_id(call, id, &row));
	TRY(application_heir(call, id, &organisation_id));
	return tell_applicant(call, organisation_id, row.ref, kind);
}

Error application_overdue(Call *call, int64_t id, Text clock) { return tell_of_clock(call, id, clock, NOTICE_DEADLINE_OVER); }

Error application_remind(Call *call, int64_t id, Text clock, bool is_today)
{
	return tell_of_clock(call, id, clock, is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE);
}
