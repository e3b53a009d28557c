#include "app/demo_figure.h"

#include "base/base/clock.h"
#include "subject/figure/figure_report.h"

enum { DAYS_MOST = 2000, MONTHS_ISSUED = 6, YEAR_MONTHS = 12, ISSUED_AFTER_DAYS = 3, DATE_LENGTH = 10 };
#define DAY_MS ((int64_t)86400000)

static Error act_with(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return figure_report_act(call, ref, text_from(action), 0, values);
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action) { return act_with(call, actor, ref, action, NULL); }

/* The months before the last one; the last one and last week wait, as the job drafts them. */
static Error issue(
	Call *call, const Actor *editor, const Actor *approver, FigureReportKind kind, int64_t start, int64_t next_day, Text *out_ref)
{
	Text ref;
	call->now = (next_day + ISSUED_AFTER_DAYS) * DAY_MS;
	call->actor = &actor_system;
	TRY(figure_report_begin(call, kind, start, &ref));
	*out_ref = ref;
	TRY(act(call, editor, ref, "review"));
	return act(call, approver, ref, "issue");
}

static Map *values_of(Arena *arena, const char *const (*pairs)[2], size_t count)
{
	Map *values = map_new(arena);
	for (size_t i = 0; i < count; i++) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

/* By hand: the approver writes, the editor reviews, the approver issues. Another one, for the office, is being written. */
static Error make_special(Call *call, const Actor *editor, const Actor *approver, int64_t month)
{
	static const char *const pairs[][2] = { { "kind", "special" }, { "audience", "public" }, { "title_zh", "移动应用漏洞处置半年专题" },
		{ "title_en", "Half a year of mobile app vulnerabilities" }, { "in-counts", "yes" }, { "in-months", "yes" },
		{ "in-levels", "yes" }, { "in-classes", "yes" }, { "in-definitions", "yes" } };
	static const char *const inside[][2] = { { "audience", "office" }, { "title_zh", "厂商响应情况专题" },
		{ "title_en", "How vendors respond" }, { "in-vendors", "yes" }, { "in-units", "yes" }, { "in-reaches", "yes" } };
	Text ref, draft, first = clock_iso(call->arena, figure_first_day(month - MONTHS_ISSUED) * DAY_MS),
			 last = clock_iso(call->arena, figure_first_day(month - 1) * DAY_MS);
	Map *values = values_of(call->arena, pairs, COUNT(pairs));
	form_set(call->arena, values, TEXT("from"), text_slice(first, 0, DATE_LENGTH));
	form_set(call->arena, values, TEXT("until"), text_slice(last, 0, DATE_LENGTH));
	call->actor = approver;
	TRY(figure_report_make(call, values, &ref));
	for (size_t i = 0; i < COUNT(inside); i++) form_set(call->arena, values, text_from(inside[i][0]), text_from(inside[i][1]));
	TRY(figure_report_make(call, values, &draft));
	TRY(act(call, editor, ref, "review"));
	return act(call, approver, ref, "issue");
}

/* What was issued is corrected by the approver, reviewed by the editor, and issued again. */
static Error correct(Call *call, const Actor *editor, const Actor *approver, Text ref)
{
	static const char *const reasons[][2] = { { "reason-zh", "原文概述遗漏了事件型漏洞不予公开的说明，现予补充；统计数据未变。" },
		{ "reason-en", "The words did not say that vulnerabilities of the incident type are never published. The figures are "
			       "unchanged." } };
	static const char *const words[][2] = { { "zh", "本月工作平稳。事件型漏洞依规不予公开，仅计入收录数量。" },
		{ "en", "A quiet month. Vulnerabilities of the incident type are never published; they count as accepted only." },
		{ "in-counts", "yes" }, { "in-months", "yes" }, { "in-levels", "yes" }, { "in-kinds", "yes" }, { "in-times", "yes" },
		{ "in-definitions", "yes" } };
	TRY(act_with(call, approver, ref, "correct", values_of(call->arena, reasons, COUNT(reasons))));
	TRY(act_with(call, approver, ref, "edit", values_of(call->arena, words, COUNT(words))));
	TRY(act(call, editor, ref, "review"));
	return act(call, approver, ref, "issue");
}

Error demo_figures(Call *call, const Actor *editor, const Actor *approver)
{
	int64_t count, day, month;
	Text ref;
	call->actor = &actor_system;
	TRY(figure_close(call, DAYS_MOST, &count));
	TRY(figure_closed(call, &day, &month));
	int64_t now = call->now, year = (month / YEAR_MONTHS - 1) * YEAR_MONTHS, monday = day - (day - 3) % 7 - 13;
	TRY(issue(call, editor, approver, FIGURE_YEARLY, year, figure_first_day(year + YEAR_MONTHS), &ref));
	for (int64_t past = month - MONTHS_ISSUED; past < month; past++)
		TRY(issue(call, editor, approver, FIGURE_MONTHLY, past, figure_first_day(past + 1), &ref));
	TRY(correct(call, editor, approver, ref)); /* the newest month */
	TRY(issue(call, editor, approver, FIGURE_WEEKLY, monday, monday + 4, &ref));
	call->now = now;
	TRY(make_special(call, editor, approver, month));
	call->actor = &actor_system;
	return figure_reports_draft(call, &count);
}
