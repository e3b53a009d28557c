/* Issued reports for everybody: the archive, one report with its sections and its editions, its files. */
#include "base/base/clock.h"
#include "subject/figure/figure_report_private.h"
#include "subject/figure/figure_report_view.h"
#include "subject/figure/views/figure_report_read.html.h"

static Error wanted_edition(Request *request, const FigureReport *report, FigureReport *out)
{
	int64_t n = report->edition;
	Text asked = request_query(request, TEXT("edition"));
	if (asked.length && !text_to_int(asked, &n)) return fail(request->call, USAGE, "edition");
	if (n == report->edition) return *out = *report, OK;
	return figure_report_open_edition(request->call, report, n, out);
}

/* What a reader has to know first: that it was corrected and why, or that a newer edition stands. */
static Markup note_of(Html *html, const FigureReport *newest, const FigureReport *report)
{
	Arena *arena = html->call->arena;
	Text reason = figure_report_words(report, "reason", html->lang);
	if (report->edition < newest->edition)
		return part_note(html, TEXT("warn"), tr(html->lang, "This edition was corrected; read the newest one."),
			markup_text(html, TEXT("")));
	if (!reason.length) return markup_text(html, TEXT(""));
	Problem head = { .message = N_("Corrected on %s"), .argument = clock_human_date(arena, html->lang, report->issued_at) };
	return part_note(html, TEXT("neutral"), problem_text(arena, html->lang, &head), markup_text(html, reason));
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const FigureReport *newest = request->subject;
	FigureReport report;
	TRY(wanted_edition(request, newest, &report));
	Text own = arena_printf(call->arena, "/figures/reports/%.*s", TEXT_ARGS(report.ref)), title = figure_report_title(call, &report);
	Text public = url_public(request, own).text;
	Problem lead = { .message = N_("Issued on %s"), .argument = clock_human_date(call->arena, call->lang, report.issued_at) };
	Crumb crumbs[] = { { tr(call->lang, "Reports of figures"), url_public(request, TEXT("/figures/reports")) }, { .text = title } };
	PageHead head = { .title = title,
		.lead = problem_text(call->arena, call->lang, &lead),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	FigureReadView view = { .list = crumbs[0].url, .files = figure_report_files(html, own) };
	view.note = note_of(html, newest, &report);
	TRY(figure_report_parts(html, &report, true, false, &view.parts));
	TRY(figure_report_editions_markup(html, newest, public, &view.editions));
	page_figure_report_read(html, &view);
	reply_public(request, TEXT("figure-reports"));
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/figures/reports/:ref", show, .may = ROLE_EVERYBODY, .is_public = true, .subject = figure_report_load_public,
		.summary = "An issued report with its sections, charts and tables; edition: an earlier one" },
};
const RouteTable figure_report_read_routes = { "subject/figure", routes, COUNT(routes) };
