/* The calendar of working days: what holds, and entering the next year's notice. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "subject/admin/admin_view.h"
#include "subject/admin/views/workdays.html.h"
#include "work/workflow/workdays.h"

static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

static Error who(Call *call, const WorkdayYear *year, Text *out)
{
	Person person;
	*out = year->entered_at ? tr(call->lang, N_("The operator of the machine")) : tr(call->lang, N_("Built in"));
	if (!year->entered_by) return OK;
	TRY(person_find(call, year->entered_by, &person));
	*out = person_shown_name(&person);
	return OK;
}

static int64_t days_of(const CalendarYear *year, DayKind kind)
{
	int64_t days = 0;
	for (size_t i = 0; i < year->span_count; i++) {
		const CalendarSpan *span = &year->spans[i];
		if (span->kind != kind) continue;
		days += clock_days(span->last_date / 10000, span->last_date / 100 % 100, span->last_date % 100) -
			clock_days(span->first_date / 10000, span->first_date / 100 % 100, span->first_date % 100) + 1;
	}
	return days;
}

static Error years_table(Html *html, const WorkdayYears *years, Markup *out)
{
	static const char *const labels[] = { N_("Year"), N_("Source"), N_("Free days"), N_("Make-up days"), N_("Entered by"),
		N_("Entered at") };
	Call *call = html->call;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(call->arena, Cell, years->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < years->count; i++) {
		const WorkdayYear *year = &years->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = number_text(call->arena, year->year.year),
			.url = url_local(call->arena, "/admin/workdays?year=%d", year->year.year) };
		cell[1].text = text_from(year->year.source);
		cell[2].text = number_text(call->arena, days_of(&year->year, DAY_HOLIDAY));
		cell[3].text = number_text(call->arena, days_of(&year->year, DAY_MAKE_UP));
		TRY(who(call, year, &cell[4].text));
		cell[5].text = TEXT("–");
		if (year->entered_at) cell[5].markup = part_time(html, year->entered_at);
	}
	*out = part_table(html, &(Table) { tr(html->lang, "Years that are known"), columns, COUNT(labels), cells, years->count });
	return OK;
}

static Markup spans_table(Html *html, const CalendarYear *year)
{
	Arena *arena = html->call->arena;
	Column columns[] = { { .label = tr(html->lang, "From"), .kind = COLUMN_NARROW },
		{ .label = tr(html->lang, "To"), .kind = COLUMN_NARROW }, { .label = tr(html->lang, "Kind"), .kind = COLUMN_NARROW },
		{ .label = tr(html->lang, "Occasion") } };
	Cell *cells = arena_array_of(arena, Cell, year->span_count * COUNT(columns) + 1);
	for (size_t i = 0; i < year->span_count; i++) {
		const CalendarSpan *span = &year->spans[i];
		const int32_t dates[] = { span->first_date, span->last_date };
		Cell *cell = &cells[i * COUNT(columns)];
		for (size_t k = 0; k < COUNT(dates); k++) {
			int64_t day = clock_days(dates[k] / 10000, dates[k] / 100 % 100, dates[k] % 100);
			cell[k].text = clock_human_date(arena, html->lang, day * 86400000);
		}
		cell[2].markup = part_status(
			html, tr(html->lang, day_kind_text(span->kind)), span->kind == DAY_HOLIDAY ? TEXT("good") : TEXT("warn"));
		cell[3].text = tr(html->lang, span->text);
	}
	return part_table(html, &(Table) { number_text(arena, year->year), columns, COUNT(columns), cells, year->span_count });
}

static Text typed_or(const Request *request, const char *name, Text value)
{
	Text typed = request->method == POST ? request_form_value(request, text_from(name)) : (Text) { 0 };
	return typed.at ? typed : value;
}

static void fill_form(Request *request, int64_t year, const CalendarYear *known, WorkdaysView *view)
{
	Arena *arena = request->call->arena;
	FormField *fields = arena_array_of(arena, FormField, 3);
	fields[0] = form_field(request, "year", INPUT_TEXT, N_("Year"), NULL, typed_or(request, "year", number_text(arena, year)));
	fields[1] = form_field(request, "source", INPUT_TEXT, N_("Source"), N_("The notice as it is cited, with its number and date."),
		typed_or(request, "source", known ? text_from(known->source) : TEXT("")));
	fields[2] = form_field(request, "spans", INPUT_LINES, N_("Days of the notice"),
		N_("A line for each span, such as: 2027-01-01 2027-01-03 休 元旦. Worked weekends: 2027-01-10 班 元旦."),
		typed_or(request, "spans", known ? workday_spans_text(arena, known) : TEXT("")));
	fields[2].rows = 14;
	view->fields = fields;
	view->field_count = 3;
}

static Error show(Request *request)
{
	Call *call = request->call;
	Failure failure = call->failure;
	WorkdayYears years;
	WorkdaysView view = { 0 };
	Html *html;
	const CalendarYear *known = NULL;
	PageHead head = { .title = tr(call->lang, "Working-day calendar"),
		.lead = tr(call->lang,
			"Time limits are counted by the official calendar with its make-up days. Beyond the last year known they are "
			"provisional; when a year is entered every running limit is counted anew."),
		.wide = true };
	TRY(workday_years(call, &years));
	int64_t chosen = request_query_number(request, TEXT("year")), next = years.count ? years.at[0].year.year + 1 : WORKDAY_YEAR_FIRST;
	for (size_t i = 0; i < years.count; i++)
		if (years.at[i].year.year == chosen) known = &years.at[i].year;
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	TRY(years_table(html, &years, &view.years));
	if (known) view.spans = spans_table(html, known);
	call->failure = failure;
	fill_form(request, known ? chosen : next, known, &view);
	page_workdays(html, &view);
	return html_page_close(request, html);
}

typedef struct WorkdayForm {
	int64_t year;
	Text source, spans;
} WorkdayForm;
static const FieldSpec fields[] = {
	{ "year", FIELD_INT, offsetof(WorkdayForm, year), .required = true },
	{ "source", FIELD_TEXT, offsetof(WorkdayForm, source), .required = true, .max_length = 300 },
	{ "spans", FIELD_LINES, offsetof(WorkdayForm, spans), .required = true, .max_length = 4000 },
};
static const FormSpec form_spec = { fields, COUNT(fields), sizeof(WorkdayForm), .max_body_bytes = 0 };

static Error enter(Request *request)
{
	const WorkdayForm *form = request->form;
	TRY(workday_year_enter(request->call, form->year, form->source, form->spans));
	return reply_redirect(request, arena_printf(request->call->arena, "/admin/workdays?year=%lld", (long long)form->year));
}

#define ADMIN .may = ROLE_SYSTEM_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/admin/workdays", show, ADMIN, .summary = "The calendar of working days: the years known, and one of them" },
	{ POST, "/admin/workdays", enter, ADMIN, .form = &form_spec, .retry = show,
		.summary = "Enter or replace a year of the official calendar; running time limits are counted anew" },
};
const RouteTable admin_workday_routes = { "subject/admin", rows, COUNT(rows) };
