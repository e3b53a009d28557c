/* Who is told of a step. */
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

Error casefile_tell(Call *call, const CasefileRow *row, const char *action)
{
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row->ref));
	bool to_coordinator = !strcmp(action, "confirm") || !strcmp(action, "refute") || (!strcmp(action, "return") && row->asked_by.is);
	if (to_coordinator) TRY(notice_send(call, row->coordinator_id, NOTICE_CASE_MOVED, row->ref, link));
	if (!strcmp(action, "request")) TRY(notice_send_role(call, ROLE_PUBLISHER, NOTICE_CASE_MOVED, row->ref, link));
	if (!strcmp(action, "accept")) TRY(tell_reporters(call, row, NOTICE_CASE_MOVED, row->number));
	if (!strcmp(action, "publish")) TRY(tell_reporters(call, row, NOTICE_CASE_PUBLISHED, row->number));
	return OK;
}
