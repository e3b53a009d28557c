/* Confirmed evaluations for everybody: who was renewed with how many stars. */
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/evaluation/evaluation_view.h"
#include "subject/programme/evaluation/views/evaluation_public.html.h"
#include "work/certificate/certificate.h"

static bool is_renewed(const EvaluationLine *line)
{
	return text_is(line->outcome, TEXT("done")) && line->decision != DECISION_SUSPEND && line->decision != DECISION_LAPSE;
}

static Error show_list(Request *request)
{
	static const char *const labels[] = { N_("Year"), N_("Document number") };
	Html *html;
	Call *call = request->call;
	Evaluations evaluations;
	EvaluationPublicView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Yearly evaluation of support units"),
		.lead = tr(call->lang, "The units that were renewed, year by year.") };
	TRY(evaluation_published(call, &evaluations));
	TRY(html_page_open(request, &head, &html));
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(call->arena, Cell, evaluations.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < evaluations.count; i++) {
		Text year = arena_printf(call->arena, "%lld", (long long)evaluations.at[i].year);
		cells[i * 2] = (Cell) { .text = year,
			.url = url_public(request, arena_printf(call->arena, "/evaluations/%.*s", TEXT_ARGS(year))) };
		cells[i * 2 + 1].text = form_answer(evaluations.at[i].values, "document");
	}
	if (evaluations.count)
		view.table = part_table(html, &(Table) { head.title, columns, COUNT(labels), cells, evaluations.count });
	else
		view.empty = part_empty(html, tr(html->lang, "No evaluation was published yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_evaluation_public(html, &view);
	reply_public(request, TEXT("evaluation"));
	return html_page_close(request, html);
}

static Error show_year(Request *request)
{
	static const char *const labels[] = { N_("Organisation"), N_("Direction"), N_("Stars") };
	Html *html;
	Call *call = request->call;
	Evaluation evaluation;
	EvaluationLines lines;
	EvaluationPublicView view = { 0 };
	int64_t year = 0;
	size_t count = 0;
	if (!text_to_int(request_parameter(request, TEXT("year")), &year)) return fail(call, NOT_FOUND, "no year");
	TRY(evaluation_of_year(call, year, &evaluation));
	TRY(evaluation_lines(call, &evaluation, &lines));
	Crumb crumbs[] = { { tr(call->lang, "Yearly evaluation of support units"), url_public(request, TEXT("/evaluations")) },
		{ .text = arena_printf(call->arena, "%lld", (long long)year) } };
	PageHead head = { .title = arena_printf(call->arena, "%.*s %lld", TEXT_ARGS(tr(call->lang, "Yearly evaluation")), (long long)year),
		.lead = form_answer(evaluation.values, "document"),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(call->arena, Cell, lines.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines.count; i++) {
		const EvaluationLine *line = &lines.at[i];
		Cell *cell = &cells[count * COUNT(labels)];
		if (!is_renewed(line)) continue;
		cell[0] = (Cell) { .text = org_shown_name(&line->organisation, html->lang),
			.url = url_public(request, arena_printf(call->arena, "/units/%.*s", TEXT_ARGS(line->unit))) };
		cell[1].text = tr(html->lang, certificate_direction_text(line->direction));
		cell[2].text = arena_printf(call->arena, "%lld", (long long)line->stars_after);
		count++;
	}
	if (count)
		view.table = part_table(html, &(Table) { tr(html->lang, "Renewed units"), columns, COUNT(labels), cells, count });
	else
		view.empty = part_empty(html, tr(html->lang, "No unit was renewed."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_evaluation_public(html, &view);
	reply_public(request, TEXT("evaluation"));
	return html_page_close(request, html);
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/evaluations", show_list, EVERYBODY, .summary = "The confirmed yearly evaluations of support units" },
	{ GET, "/evaluations/:year", show_year, EVERYBODY, .summary = "The units that a yearly evaluation renewed, with their stars" },
};
const RouteTable evaluation_public_routes = { "subject/programme", routes, COUNT(routes) };
