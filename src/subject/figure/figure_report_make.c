/* Reports are drafted: by a job when their period is over, or by an editor of whatever months. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "engine/calendar/calendar.h"
#include "store/seal/seal.h"
#include "subject/figure/figure_report_private.h"
#include "work/workflow/workdays.h"

enum { WEEK = 7, MONDAY = 4 }; /* the day 1970-01-05, a Monday, is the fourth */

typedef struct Beginning {
	FigureReport report;
	const Map *values; /* NULL: every section, as a job drafts */
} Beginning;

static bool is_chosen(Call *call, const Map *values, const FigureSection *section)
{
	return !values || form_answer(values, arena_printf(call->arena, "in-%s", section->tag).at).length;
}

/* What a section begins with in both languages; false: the report has no such section. */
static bool draft_part(Call *call, const Beginning *beginning, const FigureSheets *sheets, FigurePart *part)
{
	static const char *const titles[LANG_COUNT] = { [LANG_ZH] = "title_zh", [LANG_EN] = "title_en" };
	const FigureSection *section = part->section;
	Text tag = text_from(section->tag);
	Lang before = call->lang;
	bool is_title = text_is(tag, TEXT("title"));
	if (is_title && beginning->report.kind != FIGURE_SPECIAL) return false;
	if (text_is(tag, TEXT("reason"))) return false;
	if (!section->is_words && (!figure_sheet_find(&sheets[LANG_ZH], tag) || !is_chosen(call, beginning->values, section))) return false;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		call->lang = (Lang)lang;
		part->words[lang] =
			is_title ? form_answer(beginning->values, titles[lang]) : figure_report_draft_words(call, &sheets[lang], section);
	}
	call->lang = before;
	return true;
}

static Error draft_parts(Call *call, const Beginning *beginning)
{
	const FigureReport *report = &beginning->report;
	FigureSheets sheets[LANG_COUNT];
	Lang before = call->lang;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		FigureView view;
		call->lang = (Lang)lang;
		figure_report_view(call, report, !report->is_inside, &view);
		Error error = figure_sheets(call, &view, &sheets[lang]);
		call->lang = before;
		if (error != OK) return error;
	}
	for (size_t i = 0; i < figure_section_count; i++) {
		FigurePart part = { .section = &figure_sections[i] };
		if (draft_part(call, beginning, sheets, &part)) TRY(figure_part_put(call, report, &part));
	}
	return OK;
}

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	FigureReport *report = &beginning->report;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	Text kind = text_from(figure_report_kind_tag(report->kind)), other;
	bool found = false;
	TRY(figure_report_of_period(call, kind, report->start, &other, &found));
	if (found) return fail(call, CONFLICT, "there is a report of this period: %.*s", TEXT_ARGS(other));
	matter.ref = report->ref = arena_printf(call->arena, "F-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	report->seal_key = matter.seal_key;
	TRY(figure_report_insert(call, matter.ref, kind, report->start, report->last, report->is_inside, matter.seal_key,
		call->actor->person_id, call->now, &matter.id));
	report->id = matter.id;
	TRY(draft_parts(call, beginning));
	return workflow_begin(call, &figure_report_machine, &matter);
}

static FigureReport report_of(FigureReportKind kind, int64_t start)
{
	static const int lengths[] = {
		[FIGURE_WEEKLY] = WEEK, [FIGURE_MONTHLY] = 1, [FIGURE_YEARLY] = FIGURE_YEAR_MONTHS, [FIGURE_SPECIAL] = 1
	};
	return (FigureReport) { .kind = kind, .start = start, .last = start + lengths[kind] - 1, .is_inside = kind == FIGURE_WEEKLY };
}

Error figure_report_begin(Call *call, FigureReportKind kind, int64_t start, Text *out_ref)
{
	Beginning beginning = { .report = report_of(kind, start) };
	if (!actor_has(call->actor, ROLE_SYSTEM)) return fail(call, FORBIDDEN, "reports are drafted by the system");
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.report.ref;
	return OK;
}

/* ---- By hand */
static int64_t day_of(const Map *values, const char *name)
{
	int64_t at = 0;
	return clock_parse(form_answer(values, name), &at) ? at / FIGURE_DAY_MS : 0;
}

static int64_t monday_of(int64_t day) { return day - (day - MONDAY + WEEK) % WEEK; }

static FigureReport report_asked_for(const Map *values)
{
	FigureReportKind kind = FIGURE_WEEKLY;
	int64_t day = day_of(values, "from"), month = figure_month_of(day);
	while (kind < FIGURE_SPECIAL && !text_is(form_answer(values, "kind"), text_from(figure_report_kind_tag(kind)))) kind++;
	const int64_t starts[] = { [FIGURE_WEEKLY] = monday_of(day),
		[FIGURE_MONTHLY] = month,
		[FIGURE_YEARLY] = month - month % FIGURE_YEAR_MONTHS,
		[FIGURE_SPECIAL] = month };
	FigureReport report = report_of(kind, starts[kind]);
	if (kind == FIGURE_SPECIAL) {
		report.last = figure_month_of(day_of(values, "until"));
		report.is_inside = !text_is(form_answer(values, "audience"), TEXT("public"));
	}
	return report;
}

static Error check_period(Call *call, const FigureReport *report, const Map *values)
{
	int64_t day, month, last_day = report->kind == FIGURE_WEEKLY ? report->last : figure_first_day(report->last + 1) - 1;
	Text other;
	bool found = false, any = false;
	TRY(figure_closed(call, &day, &month));
	TRY(figure_report_of_period(call, text_from(figure_report_kind_tag(report->kind)), report->start, &other, &found));
	if (last_day > day || (!report->is_inside && report->last > month))
		call_problem(call, TEXT("from"), N_("This period is not over yet, or not computed yet."), (Text) { 0 });
	else if (found)
		call_problem(call, TEXT("from"), N_("There is a report of this period: correct that one."), (Text) { 0 });
	if (report->last < report->start || report->last - report->start >= FIGURE_SPECIAL_MONTHS)
		call_problem(
			call, TEXT("until"), N_("The last month is not before the first, and the whole at most two years."), (Text) { 0 });
	for (size_t i = 0; i < figure_section_count; i++)
		any |= !figure_sections[i].is_words && is_chosen(call, values, &figure_sections[i]);
	if (!any) call_problem(call, TEXT("in-counts"), N_("Please choose at least one section."), (Text) { 0 });
	return call_check_problems(call);
}

Error figure_report_make(Call *call, const Map *values, Text *out_ref)
{
	if (!actor_has(call->actor, FIGURE_EDITORS) || !figure_report_is_staff(call->actor))
		return fail(call, FORBIDDEN, "drafts no reports");
	TRY(form_check(call, &figure_report_new_form, values));
	Beginning beginning = { report_asked_for(values), values };
	TRY(check_period(call, &beginning.report, values));
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.report.ref;
	return OK;
}

/* ---- By themselves */
static Error begin_if_missing(Call *call, FigureReportKind kind, int64_t start, int64_t *count)
{
	Text ref;
	bool found = false;
	TRY(figure_report_of_period(call, text_from(figure_report_kind_tag(kind)), start, &ref, &found));
	if (found) return OK;
	(*count)++;
	return figure_report_begin(call, kind, start, &ref);
}

static int64_t first_working_day(const Calendar *calendar, int64_t month)
{
	int64_t day = figure_first_day(month);
	while (!calendar_is_working_day(calendar, day)) day++;
	return day;
}

Error figure_reports_draft(Call *call, int64_t *out_count)
{
	const Calendar *calendar;
	int64_t closed, month, today = calendar_day(call->now), now_month = figure_month_of(today),
			       january = now_month - FIGURE_YEAR_MONTHS;
	*out_count = 0;
	TRY(workdays(call, &calendar));
	TRY(figure_closed(call, &closed, &month));
	if (closed < 0) return OK;
	int64_t monday = closed - (closed - MONDAY + 1) % WEEK - WEEK + 1; /* of the last week whose Sunday is closed */
	TRY(begin_if_missing(call, FIGURE_WEEKLY, monday, out_count));
	if (month < now_month - 1) return OK;
	if (today >= first_working_day(calendar, now_month)) TRY(begin_if_missing(call, FIGURE_MONTHLY, now_month - 1, out_count));
	if (now_month % FIGURE_YEAR_MONTHS == 0) TRY(begin_if_missing(call, FIGURE_YEARLY, january, out_count));
	return OK;
}
