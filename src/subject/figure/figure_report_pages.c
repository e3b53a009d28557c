/* Reports: the archive for everybody, the office's list, one report with its next steps, the files. */
#include "face/doc/export.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/figure/figure_report_private.h"
#include "subject/figure/figure_report_view.h"
#include "subject/figure/views/figure_report_files.html.h"
#include "subject/figure/views/figure_report_list.html.h"
#include "subject/figure/views/figure_report_show.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };
static const char *const file_names[] = { "zh.pdf", "zh.docx", "en.pdf", "en.docx" };
static const char *const file_labels[] = { N_("PDF in Chinese"), N_("Word in Chinese"), N_("PDF in English"), N_("Word in English") };

/* ---- Files */
static Error give_file(Request *request, const FigureReport *report, bool is_public)
{
	Call *call = request->call;
	Text name = request_parameter(request, TEXT("file")), bytes;
	size_t which = 0;
	Lang before = call->lang;
	while (which < COUNT(file_names) && !text_is(name, text_from(file_names[which]))) which++;
	if (which == COUNT(file_names)) return fail(call, NOT_FOUND, "no such file of a report");
	call->lang = which < 2 ? LANG_ZH : LANG_EN;
	Error error = figure_report_document(call, report, is_public, which % 2 == 0, &bytes);
	call->lang = before;
	if (error != OK) return error;
	return export_bytes(request, arena_printf(call->arena, "%.*s-%s", TEXT_ARGS(report->ref), file_names[which]), bytes);
}

static Markup files_of(Html *html, Text base)
{
	Html inner = html_inner(html);
	FigureFilesView view = { .count = COUNT(file_names) };
	for (size_t i = 0; i < COUNT(file_names); i++)
		view.files[i] = (FigureFile) { tr(html->lang, file_labels[i]),
			url_local(html->call->arena, "%.*s/%s", TEXT_ARGS(base), file_names[i]) };
	page_figure_report_files(&inner, &view);
	return html_done(html, &inner);
}

/* ---- Lists */
static Text title_of(Call *call, const FigureReport *report) { return figure_report_title(call, report); }

static Markup table_of(Html *html, const FigureReports *list, bool is_public)
{
	static const char *const labels[] = { N_("Title"), N_("State"), N_("Changed on"), N_("Download") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 0 || i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	columns[2].label = is_public ? tr(html->lang, "Issued on") : columns[2].label;
	for (size_t i = 0; i < list->count; i++) {
		const FigureReport *report = &list->at[i];
		const WorkflowState *state = workflow_state(&figure_report_machine, report->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = title_of(html->call, report);
		if (!is_public) cell[0].url = url_local(arena, "/figure-reports/%.*s", TEXT_ARGS(report->ref));
		cell[1].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		cell[2].markup = part_date(html, is_public ? report->issued_at : report->updated_at);
		cell[3].markup = files_of(html,
			arena_printf(arena, is_public ? "/figures/reports/%.*s" : "/figure-reports/%.*s/files", TEXT_ARGS(report->ref)));
	}
	return part_table(html, &(Table) { tr(html->lang, "Reports of figures"), columns, COUNT(labels), cells, list->count });
}

static void fill_list(Html *html, const FigureReports *list, bool is_public, Text address, FigureReportListView *view)
{
	Url older = url_local(
		html->call->arena, "%.*s?before=%lld", TEXT_ARGS(address), list->count ? (long long)list->at[list->count - 1].id : 0LL);
	if (list->count)
		view->table = table_of(html, list, is_public);
	else
		view->table = part_empty(html,
			is_public ? tr(html->lang, "No report has been issued yet.") : tr(html->lang, "No report has been drafted yet."),
			tr(html->lang, "Reports are drafted when a week, a month or a year is over."), (Url) { { 0 } }, TEXT(""));
	if (list->count == PAGE) view->pager = part_pager(html, (Url) { { 0 } }, older);
}

static Error show_archive(Request *request)
{
	Html *html;
	Call *call = request->call;
	FigureReports list;
	FigureReportListView view = { .figures = url_public(request, TEXT("/figures")) };
	PageHead head = { .title = tr(call->lang, "Monthly and yearly reports"),
		.lead = tr(call->lang, "Made of the public figures of whole months."),
		.wide = true };
	TRY(figure_report_list_public(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	fill_list(html, &list, true, url_public(request, TEXT("/figures/reports")).text, &view);
	page_figure_report_list(html, &view);
	reply_public(request, TEXT("figure-reports"));
	return html_page_close(request, html);
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	FigureReports list;
	FigureReportListView view = { .figures = url_local(call->arena, "/figures/office") };
	PageHead head = { .title = tr(call->lang, "Weekly, monthly and yearly reports"),
		.lead = tr(call->lang,
			"Drafted by themselves; an editor reviews them, another person issues them. Weekly reports stay inside."),
		.wide = true };
	TRY(figure_report_list(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	fill_list(html, &list, false, TEXT("/figure-reports"), &view);
	page_figure_report_list(html, &view);
	return html_page_close(request, html);
}

/* ---- One */
static Error load_report(Request *request)
{
	FigureReport *report = arena_new_of(request->call->arena, FigureReport);
	TRY(figure_report_open(request->call, request_parameter(request, TEXT("ref")), report));
	request->subject = report;
	return OK;
}

static Error load_public(Request *request)
{
	FigureReport *report = arena_new_of(request->call->arena, FigureReport);
	TRY(figure_report_open_public(request->call, request_parameter(request, TEXT("ref")), report));
	request->subject = report;
	return OK;
}

static Error history_of(Html *html, const FigureReport *report, Markup *out)
{
	const StepView view = { .others = N_("Drafted by itself"), .names = true };
	return steps_markup(html, &figure_report_machine, report->ref, &view, out);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Matter matter;
	const FigureReport *report = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Text base = arena_printf(call->arena, "/figure-reports/%.*s", TEXT_ARGS(report->ref));
	Crumb crumbs[] = { { tr(call->lang, "Weekly, monthly and yearly reports"), url_local(call->arena, "/figure-reports") },
		{ .text = title_of(call, report) } };
	PageHead head = { .title = title_of(call, report), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	const WorkflowState *state = workflow_state(&figure_report_machine, report->state);
	Map *known = map_new(call->arena);
	form_set(call->arena, known, TEXT("zh"), report->words[LANG_ZH]);
	form_set(call->arena, known, TEXT("en"), report->words[LANG_EN]);
	TRY(html_page_open(request, &head, &html));
	FigureReportView view = { .chip = part_status(html, tr(html->lang, state->text), text_from(state->tone)),
		.files = files_of(html, arena_printf(call->arena, "%.*s/files", TEXT_ARGS(base))) };
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		Text rest = report->words[lang], line;
		while (text_next(&rest, '\n', &line)) list_add(call->arena, &view.words[lang], line);
	}
	TRY(history_of(html, report, &view.history));
	figure_report_matter(call, report, &matter);
	view.actions = action_markups(html, &figure_report_machine, &matter, figure_report_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, known);
	page_figure_report_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	Call *call = request->call;
	const FigureReport *report = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	figure_report_matter(call, report, &matter);
	TRY(action_take(request, &figure_report_machine, &matter, figure_report_form, &revision, &values));
	TRY(figure_report_act(call, report->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, arena_printf(call->arena, "/figure-reports/%.*s", TEXT_ARGS(report->ref)));
}

static Error inside_file(Request *request) { return give_file(request, request->subject, false); }
static Error public_file(Request *request) { return give_file(request, request->subject, true); }

#define OFFICE .may = FIGURE_STAFF, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/figures/reports", show_archive, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Monthly and yearly reports that were issued" },
	{ GET, "/figures/reports/:ref/:file", public_file, .may = ROLE_EVERYBODY, .subject = load_public, .weight = 20,
		.summary = "The public edition of a report; file: zh.pdf, zh.docx, en.pdf, en.docx" },
	{ GET, "/figure-reports", show_list, OFFICE, .summary = "All reports, drafts too" },
	{ GET, "/figure-reports/:ref", show, OFFICE, .subject = load_report, .summary = "A report with its words and the next steps" },
	{ GET, "/figure-reports/:ref/files/:file", inside_file, OFFICE, .subject = load_report, .weight = 20,
		.summary = "The office's edition of a report; file as in public" },
	{ POST, "/figure-reports/:ref/actions/:action", act, OFFICE, .subject = load_report, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the report's workflow" },
};
const RouteTable figure_report_routes = { "subject/figure", routes, COUNT(routes) };
