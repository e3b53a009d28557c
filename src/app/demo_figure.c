#include "app/demo_figure.h"

#include "subject/figure/figure_report.h"

enum { DAYS_MOST = 2000, MONTHS_ISSUED = 6, YEAR_MONTHS = 12, ISSUED_AFTER_DAYS = 3 };
#define DAY_MS ((int64_t)86400000)

static Error act(Call *call, const Actor *actor, Text ref, const char *action)
{
	call->actor = actor;
	return figure_report_act(call, ref, text_from(action), 0, NULL);
}

/* The months before the last one; the last one and last week wait, as the job drafts them. */
static Error issue(Call *call, const Actor *editor, const Actor *approver, FigureReportKind kind, int64_t start, int64_t next_day)
{
	Text ref;
	call->now = (next_day + ISSUED_AFTER_DAYS) * DAY_MS;
	call->actor = &actor_system;
	TRY(figure_report_begin(call, kind, start, &ref));
	TRY(act(call, editor, ref, "review"));
	return act(call, approver, ref, "issue");
}

Error demo_figures(Call *call, const Actor *editor, const Actor *approver)
{
	int64_t count, day, month;
	call->actor = &actor_system;
	TRY(figure_close(call, DAYS_MOST, &count));
	TRY(figure_closed(call, &day, &month));
	int64_t now = call->now, year = (month / YEAR_MONTHS - 1) * YEAR_MONTHS, monday = day - (day - 3) % 7 - 13;
	TRY(issue(call, editor, approver, FIGURE_YEARLY, year, figure_first_day(year + YEAR_MONTHS)));
	for (int64_t past = month - MONTHS_ISSUED; past < month; past++)
		TRY(issue(call, editor, approver, FIGURE_MONTHLY, past, figure_first_day(past + 1)));
	TRY(issue(call, editor, approver, FIGURE_WEEKLY, monday, monday + 4));
	call->now = now;
	call->actor = &actor_system;
	return figure_reports_draft(call, &count);
}
