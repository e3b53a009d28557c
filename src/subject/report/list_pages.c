/* Lists of reports: one's own, and those that wait for review. */
#include "base/base/clock.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"
#include "subject/report/views/report_list.html.h"

enum { PAGE = 50 };

static Markup table_of(Html *html, const Reports *reports, Text caption)
{
	static const char *const labels[] = { N_("Report"), N_("Reception number"), N_("State"), N_("Received at") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, reports->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < reports->count; i++) {
		const Report *report = &reports->at[i];
		const WorkflowState *state = workflow_state(&report_machine, report->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = report->title,
			.url = url_local(arena, "%.*s", TEXT_ARGS(arena_printf(arena, "/reports/%.*s", TEXT_ARGS(report->ref)))) };
		cell[1] = (Cell) { .text = report->ref };
		if (state) cell[2] = (Cell) { .markup = part_status(html, tr(html->lang, state->text), text_from(state->tone)) };
		cell[3] = (Cell) { .markup = part_time(html, report->received_at) };
	}
	Table table = {
		.caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = reports->count
	};
	return part_table(html, &table);
}

/* ---- One's own, by state, and the same as a table for a spreadsheet */
static Error own_reports(Request *request, Text *out_state, int64_t max, Reports *out)
{
	Call *call = request->call;
	int64_t before = request_query_number(request, TEXT("before"));
	Text state = request_query(request, TEXT("state"));
	*out_state = state.at && workflow_state(&report_machine, state) ? state : TEXT("");
	return out_state->length ? report_list_own_in(call, *out_state, before, max, out) : report_list_own(call, before, max, out);
}

static Markup own_filters(Html *html, Text state)
{
	const StateFilter filter = { .address = "/reports",
		.state = state,
		.first = 1, /* drafts have a list of their own */
		.before = { "", N_("All") },
		.csv = url_local(html->call->arena, "/reports/export/csv?state=%.*s", TEXT_ARGS(state)) };
	return state_filter(html, &report_machine, &filter);
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	Reports reports;
	Text state;
	PageHead head = { .title = tr(call->lang, "My reports"), .wide = true };
	TRY(own_reports(request, &state, PAGE, &reports));
	TRY(html_page_open(request, &head, &html));
	ReportListView view = { 0 };
	bool is_all = !state.length && !request_query(request, TEXT("before")).length;
	if (reports.count || !is_all) view.filters = own_filters(html, state);
	if (reports.count)
		view.table = table_of(html, &reports, head.title);
	else if (is_all)
		view.empty = part_empty(html, tr(html->lang, "You have not sent anything yet."), TEXT(""),
			url_local(call->arena, "/report"), tr(html->lang, "Report a vulnerability"));
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (reports.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/reports?state=%.*s&before=%lld", TEXT_ARGS(state), (long long)reports.at[PAGE - 1].id));
	page_report_list(html, &view);
	return html_page_close(request, html);
}

enum { EXPORT_MOST = 5000 };

static Error export_own(Request *request)
{
	Call *call = request->call;
	Buffer out = csv_begin(call->arena);
	Reports reports;
	Text state;
	static const char *const labels[] = { N_("Reception number"), N_("State"), N_("Received at"), N_("Title"), N_("Weakness class") };
	TRY(own_reports(request, &state, EXPORT_MOST, &reports));
	for (size_t i = 0; i < COUNT(labels); i++) csv_cell(&out, tr(call->lang, labels[i]), i + 1 == COUNT(labels));
	for (size_t i = 0; i < reports.count; i++) {
		const Report *report = &reports.at[i];
		const WorkflowState *known = workflow_state(&report_machine, report->state);
		csv_cell(&out, report->ref, false);
		csv_cell(&out, known ? tr(call->lang, known->text) : report->state, false);
		csv_cell(&out, clock_iso(call->arena, report->received_at), false);
		csv_cell(&out, report->title, false);
		csv_cell(&out, report->class_tag, true);
	}
	reply_csv(request, "reports.csv", &out);
	return OK;
}

/* ---- The intake of the library */
static Error show_queue(Request *request)
{
	Html *html;
	Call *call = request->call;
	Reports reports;
	Text state = request_query(request, TEXT("state"));
	bool is_spam = text_is(state, TEXT("SPAM"));
	if (!is_spam && (!state.at || !workflow_state(&report_machine, state))) state = TEXT("RECEIVED");
	PageHead head = { .title = tr(call->lang, "Intake"), .lead = tr(call->lang, "Oldest first"), .wide = true };
	int64_t after = request_query_number(request, TEXT("after"));
	TRY(is_spam ? report_spam_queue(call, after, PAGE, &reports) : report_queue(call, state, after, PAGE, &reports));
	TRY(html_page_open(request, &head, &html));
	const StateFilter filter = { .address = "/intake", .state = state, .first = 1, .after = { "SPAM", N_("Looks like spam") } };
	ReportListView view = { .filters = state_filter(html, &report_machine, &filter) };
	if (reports.count)
		view.table = table_of(html, &reports, head.title);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (reports.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/intake?state=%.*s&after=%lld", TEXT_ARGS(state), (long long)reports.at[PAGE - 1].id));
	page_report_list(html, &view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/reports", show_own, .may = ROLE_REPORTER, .summary = "One's own reports; state= for one state" },
	{ GET, "/reports/export/csv", export_own, .may = ROLE_REPORTER, .weight = 5, .summary = "One's own reports as a table" },
	{ GET, "/intake", show_queue, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.summary = "Reports that wait for review; state=SPAM: what looks like spam" },
};
const RouteTable report_list_routes = { "subject/report lists", routes, COUNT(routes) };
