/* Reports: the archive for everybody, the office's list, a new one, one report with its next steps, the files. */
#include "face/doc/export.h"
#include "people/person/person.h"
#include "subject/figure/figure_report_private.h"
#include "subject/figure/figure_report_view.h"
#include "subject/figure/views/figure_report_list.html.h"
#include "subject/figure/views/figure_report_new.html.h"
#include "subject/figure/views/figure_report_show.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

/* ---- Files */
static Error give_file(Request *request, const FigureReport *report, bool is_public)
{
	static const char *const names[] = { "zh.pdf", "zh.docx", "en.pdf", "en.docx" };
	Call *call = request->call;
	Text name = request_parameter(request, TEXT("file")), bytes;
	size_t which = 0;
	Lang before = call->lang;
	while (which < COUNT(names) && !text_is(name, text_from(names[which]))) which++;
	if (which == COUNT(names)) return fail(call, NOT_FOUND, "no such file of a report");
	call->lang = which < 2 ? LANG_ZH : LANG_EN;
	Error error = figure_report_document(call, report, is_public, which % 2 == 0, &bytes);
	call->lang = before;
	if (error != OK) return error;
	return export_bytes(request, arena_printf(call->arena, "%.*s-%s", TEXT_ARGS(report->ref), names[which]), bytes);
}

static Error inside_file(Request *request) { return give_file(request, request->subject, false); }
static Error public_file(Request *request) { return give_file(request, request->subject, true); }

/* ---- Lists */
static void fill_row(Html *html, const FigureReport *report, bool is_public, Cell *cell)
{
	Arena *arena = html->call->arena;
	const WorkflowState *state = workflow_state(&figure_report_machine, report->state);
	Text own = arena_printf(arena, is_public ? "/figures/reports/%.*s" : "/figure-reports/%.*s", TEXT_ARGS(report->ref));
	bool is_corrected = is_public && report->edition > 1;
	cell[0].text = figure_report_title(html->call, report);
	cell[0].url = is_public ? url_public(html->request, own) : url_local(arena, "%.*s", TEXT_ARGS(own));
	cell[1].markup = is_public ? part_status(html, is_corrected ? tr(html->lang, "Has been corrected") : tr(html->lang, "Issued"),
					     is_corrected ? TEXT("warn") : TEXT("good"))
				   : part_status(html, tr(html->lang, state->text), text_from(state->tone));
	cell[2].markup = part_date(html, is_public ? report->issued_at : report->updated_at);
	cell[3].markup = figure_report_files(html, is_public ? own : arena_printf(arena, "%.*s/files", TEXT_ARGS(own)));
}

static Markup table_of(Html *html, const FigureReports *list, bool is_public)
{
	static const char *const labels[] = { N_("Title"), N_("State"), N_("Changed on"), N_("Download") };
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(html->call->arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 0 || i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	columns[2].label = is_public ? tr(html->lang, "Issued on") : columns[2].label;
	for (size_t i = 0; i < list->count; i++) fill_row(html, &list->at[i], is_public, &cells[i * COUNT(labels)]);
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
		.lead = tr(call->lang, "Drafted by themselves or by hand; an editor reviews them, another person issues them. Weekly "
				       "reports stay inside."),
		.wide = true };
	if (actor_has(call->actor, FIGURE_EDITORS)) view.fresh = url_local(call->arena, "/figure-reports/new");
	TRY(figure_report_list(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	fill_list(html, &list, false, TEXT("/figure-reports"), &view);
	page_figure_report_list(html, &view);
	return html_page_close(request, html);
}

/* ---- A new one */
static Crumb list_crumb(const Call *call)
{
	return (Crumb) { tr(call->lang, "Weekly, monthly and yearly reports"), url_local(call->arena, "/figure-reports") };
}

/* Every section that everybody may read is chosen to begin with. */
static Map *first_choice(Arena *arena)
{
	Map *values = map_new(arena);
	form_set(arena, values, TEXT("kind"), TEXT("special"));
	for (size_t i = 0; i < figure_section_count; i++)
		if (!figure_sections[i].is_words && !figure_sections[i].is_inside)
			form_set(arena, values, arena_printf(arena, "in-%s", figure_sections[i].tag), TEXT("yes"));
	return values;
}

static Error show_new(Request *request)
{
	Html *html;
	Call *call = request->call;
	bool is_again = request->method == POST;
	Map *values = is_again ? map_new(call->arena) : first_choice(call->arena);
	Crumb crumbs[] = { list_crumb(call), { .text = tr(call->lang, "New report") } };
	PageHead head = { .title = tr(call->lang, "New report"),
		.lead = tr(call->lang,
			"It is drafted at once; you then change its words, another person reviews it, and a third may issue it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	if (is_again) TRY(form_take(request, &figure_report_new_form, values));
	TRY(html_page_open(request, &head, &html));
	FigureNewView view = { .form = form_view_whole(html, &figure_report_new_form, values),
		.action = url_local(call->arena, "/figure-reports/new"),
		.back = crumbs[0].url };
	page_figure_report_new(html, &view);
	return html_page_close(request, html);
}

static Error make_new(Request *request)
{
	Call *call = request->call;
	Map *values = map_new(call->arena);
	Text ref;
	TRY(form_take(request, &figure_report_new_form, values));
	TRY(figure_report_make(call, values, &ref));
	return reply_redirect(request, arena_printf(call->arena, "/figure-reports/%.*s", TEXT_ARGS(ref)));
}

/* ---- One */
static Map *known_of(Arena *arena, const FigureReport *report)
{
	static const char *const prefixes[LANG_COUNT] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };
	Map *known = map_new(arena);
	for (size_t i = 0; i < report->parts.count; i++) {
		const FigurePart *part = &report->parts.at[i];
		bool is_summary = !strcmp(part->section->tag, "summary");
		form_set(arena, known, arena_printf(arena, "in-%s", part->section->tag), TEXT("yes"));
		for (int lang = 0; lang < LANG_COUNT; lang++)
			form_set(arena, known,
				is_summary ? text_from(prefixes[lang]) : arena_printf(arena, "%s-%s", prefixes[lang], part->section->tag),
				part->words[lang]);
	}
	return known;
}

static Error history_of(Html *html, const FigureReport *report, Markup *out)
{
	static const StepWord words[] = { { "open", N_("Drafted") } };
	const StepView view = { .words = words, .word_count = COUNT(words), .names = true };
	return steps_markup(html, &figure_report_machine, report->ref, &view, out);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Matter matter;
	const FigureReport *report = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Text base = arena_printf(call->arena, "/figure-reports/%.*s", TEXT_ARGS(report->ref)), title = figure_report_title(call, report);
	Crumb crumbs[] = { list_crumb(call), { .text = title } };
	PageHead head = { .title = title, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	const WorkflowState *state = workflow_state(&figure_report_machine, report->state);
	Failure failure = call->failure; /* of the form that is shown again */
	TRY(html_page_open(request, &head, &html));
	FigureReportView view = { .chip = part_status(html, tr(html->lang, state->text), text_from(state->tone)),
		.files = figure_report_files(html, arena_printf(call->arena, "%.*s/files", TEXT_ARGS(base))) };
	TRY(figure_report_parts(html, report, !report->is_inside, true, &view.parts));
	TRY(figure_report_editions_markup(html, report, (Text) { 0 }, &view.editions));
	TRY(history_of(html, report, &view.history));
	call->failure = failure;
	figure_report_matter(call, report, &matter);
	view.actions = action_markups_of(html, &figure_report_machine, &matter, (ActionForms) { figure_report_form_of, report },
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, known_of(call->arena, report));
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
	TRY(action_take_of(request, &figure_report_machine, &matter, (ActionForms) { figure_report_form_of, report }, &revision, &values));
	TRY(figure_report_act(call, report->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, arena_printf(call->arena, "/figure-reports/%.*s", TEXT_ARGS(report->ref)));
}

#define OFFICE .may = FIGURE_STAFF, .needs_second_factor = true
#define EDITORS .may = FIGURE_EDITORS, .needs_second_factor = true
static const FormSpec new_body = { .takes_more = true };
static const Route routes[] = {
	{ GET, "/figures/reports", show_archive, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Monthly, yearly and special reports that were issued" },
	{ GET, "/figures/reports/:ref/:file", public_file, .may = ROLE_EVERYBODY, .subject = figure_report_load_public, .weight = 20,
		.summary = "The public edition of a report; file: zh.pdf, zh.docx, en.pdf, en.docx" },
	{ GET, "/figure-reports", show_list, OFFICE, .summary = "All reports, drafts too" },
	{ GET, "/figure-reports/new", show_new, EDITORS, .summary = "What a report by hand needs: kind, period, sections" },
	{ POST, "/figure-reports/new", make_new, EDITORS, .form = &new_body, .retry = show_new, .weight = 20,
		.summary = "Draft a report by hand, of a period that is over" },
	{ GET, "/figure-reports/:ref", show, OFFICE, .subject = figure_report_load,
		.summary = "A report with its sections and the next steps" },
	{ GET, "/figure-reports/:ref/files/:file", inside_file, OFFICE, .subject = figure_report_load, .weight = 20,
		.summary = "The office's edition of a report; file as in public" },
	{ POST, "/figure-reports/:ref/actions/:action", act, OFFICE, .subject = figure_report_load, .form = &action_request_form,
		.retry = show, .summary = "Carry out an action of the report's workflow" },
};
const RouteTable figure_report_routes = { "subject/figure", routes, COUNT(routes) };
