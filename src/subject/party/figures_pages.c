/* Figures of vendors: a page with its file, and the same for machines. */
#include "face/doc/export.h"
#include "people/person/person.h"
#include "subject/party/figures.h"
#include "subject/party/figures_view.h"
#include "subject/party/views/figures.html.h"
#include "subject/party/views/vendor_figures.html.h"

enum { PAGE = 50, FILE_ROWS = 1000 };

static Text share(Arena *arena, int64_t part, int64_t whole)
{
	return whole ? arena_printf(arena, "%lld / %lld", (long long)part, (long long)whole) : TEXT("–");
}

static Text days(Arena *arena, int64_t hours) { return hours < 0 ? TEXT("–") : arena_printf(arena, "%.1f", (double)hours / 24); }

enum { COUNTS = 5 };
static void put_counts(Arena *arena, const VendorFigures *figures, Cell *cell)
{
	cell[0].text = arena_printf(arena, "%lld", (long long)figures->matters);
	cell[1].text = share(arena, figures->signed_in_time, figures->signed_due);
	cell[2].text = share(arena, figures->stated_in_time, figures->stated_due);
	cell[3].text = days(arena, figures->median_fix_hours);
	cell[4].text = arena_printf(arena, "%lld", (long long)figures->silent);
}

static Table table_of(Html *html, const VendorFiguresList *list)
{
	static const char *const labels[] = { N_("Vendor"), N_("Matters"), N_("Signed for in time"), N_("Position in time"),
		N_("Days until the fix, median"), N_("Silent") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const VendorFigures *figures = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = figures->name,
			.url = url_local(arena, "/parties/figures/%.*s", TEXT_ARGS(url_segment(arena, figures->ref))) };
		put_counts(arena, figures, cell + 1);
	}
	return (Table) { tr(html->lang, "How vendors respond"), columns, COUNT(labels), cells, list->count };
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	VendorFiguresList list;
	FiguresView view = { 0 };
	bool is_file = export_wanted(request);
	PageHead head = { .title = tr(call->lang, "How vendors respond"),
		.lead = tr(call->lang,
			"Over the newest thousand matters of each vendor. Shown to the vendor's administrators and to coordinators only."),
		.wide = true };
	TRY(figures_list(call, request_query_number(request, TEXT("after")), is_file ? FILE_ROWS : PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	Table table = table_of(html, &list);
	if (is_file) return export_reply(request, &table, TEXT("vendors"));
	if (list.count) {
		view.table = part_table(html, &table);
		view.csv = export_csv_url(call->arena, TEXT("/parties/figures?"));
	} else {
		view.empty = part_empty(html, tr(html->lang, "No vendor has a matter yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	}
	if (list.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/parties/figures?after=%lld", (long long)list.at[PAGE - 1].organisation_id));
	page_figures(html, &view);
	return html_page_close(request, html);
}

/* ---- One vendor */
static Table months_table(Html *html, const VendorDetail *detail)
{
	static const char *const labels[COUNTS + 1] = { N_("Month of the notice"), N_("Matters"), N_("Signed for in time"),
		N_("Position in time"), N_("Days until the fix, median"), N_("Silent") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, detail->months.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_NARROW };
	for (size_t i = 0; i < detail->months.count; i++) {
		const VendorMonth *month = &detail->months.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = arena_printf(arena, "%04d-%02d", month->year, month->month);
		put_counts(arena, &month->figures, cell + 1);
	}
	return (Table) { tr(html->lang, "By the month of the notice"), columns, COUNT(labels), cells, detail->months.count };
}

static Markup whole_facts(Html *html, const VendorDetail *detail)
{
	Arena *arena = html->call->arena;
	const VendorFigures *whole = &detail->whole;
	const Fact facts[] = { { .label = tr(html->lang, "Matters"), .markup = part_number(html, whole->matters) },
		{ .label = tr(html->lang, "Signed for in time"), .text = share(arena, whole->signed_in_time, whole->signed_due) },
		{ .label = tr(html->lang, "Position in time"), .text = share(arena, whole->stated_in_time, whole->stated_due) },
		{ .label = tr(html->lang, "Fixes that were checked"), .markup = part_number(html, whole->fixed) },
		{ .label = tr(html->lang, "Days until the fix, median"), .text = days(arena, whole->median_fix_hours) },
		{ .label = tr(html->lang, "Silent"), .markup = part_number(html, whole->silent) } };
	return part_facts(html, facts, COUNT(facts));
}

static Markup closing_facts(Html *html, const VendorDetail *detail)
{
	const Fact facts[] = { { .label = tr(html->lang, "Fixed before the notice"), .markup = part_number(html, detail->closed_fixed) },
		{ .label = tr(html->lang, "Product retired"), .markup = part_number(html, detail->closed_retired) },
		{ .label = tr(html->lang, "Known before the report"), .markup = part_number(html, detail->closed_known) } };
	return part_facts(html, facts, COUNT(facts));
}

static Markup standing_bars(Html *html, const VendorDetail *detail)
{
	ChartBar *bars = arena_array_of(html->call->arena, ChartBar, detail->standings.count + 1);
	for (size_t i = 0; i < detail->standings.count; i++)
		bars[i] = (ChartBar) { tr(html->lang, detail->standings.at[i].text), TEXT(""), detail->standings.at[i].matters };
	return part_bars(html, tr(html->lang, "Where the matters stand now"), bars, detail->standings.count);
}

static Error show_one(Request *request)
{
	Html *html;
	Call *call = request->call;
	VendorDetail detail;
	VendorFiguresView view = { 0 };
	Text ref = request_parameter(request, TEXT("organisation"));
	TRY(figures_detail(call, ref, &detail));
	Crumb crumbs[] = { { tr(call->lang, "How vendors respond"), url_local(call->arena, "/parties/figures") },
		{ .text = detail.whole.name } };
	PageHead head = { .title = detail.whole.name,
		.lead = tr(call->lang,
			"Counted over the newest thousand matters that the vendor was notified of. Only its own administrators "
			"and coordinators see this page."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	Text address = arena_printf(call->arena, "/parties/figures/%.*s?", TEXT_ARGS(url_segment(call->arena, detail.whole.ref)));
	TRY(html_page_open(request, &head, &html));
	Table months = months_table(html, &detail);
	if (export_wanted(request)) return export_reply(request, &months, TEXT("vendor-months"));
	view.whole = whole_facts(html, &detail);
	view.closings = closing_facts(html, &detail);
	if (detail.whole.matters) {
		view.standings = standing_bars(html, &detail);
		view.months = part_table(html, &months);
		view.csv = export_csv_url(call->arena, address);
	} else {
		view.empty =
			part_empty(html, tr(html->lang, "The vendor was notified of nothing yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	}
	page_vendor_figures(html, &view);
	return html_page_close(request, html);
}

/* ---- For machines */
static void put_figures(JsonWriter *writer, const VendorFigures *figures)
{
	json_put_int(writer, "matters", figures->matters);
	json_put_int(writer, "signed_due", figures->signed_due);
	json_put_int(writer, "signed_in_time", figures->signed_in_time);
	json_put_int(writer, "stated_due", figures->stated_due);
	json_put_int(writer, "stated_in_time", figures->stated_in_time);
	json_put_int(writer, "fixed", figures->fixed);
	json_put_int(writer, "silent", figures->silent);
	json_put_int(writer, "median_fix_hours", figures->median_fix_hours);
}

static Error get_one(Request *request)
{
	Call *call = request->call;
	VendorDetail detail;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(figures_detail(call, request_parameter(request, TEXT("organisation")), &detail));
	json_object_begin(&writer);
	json_put_text(&writer, "organisation", detail.whole.ref);
	json_put_text(&writer, "vendor", detail.whole.name);
	put_figures(&writer, &detail.whole);
	json_put_int(&writer, "closed_as_fixed", detail.closed_fixed);
	json_put_int(&writer, "closed_as_retired", detail.closed_retired);
	json_put_int(&writer, "closed_as_known", detail.closed_known);
	json_key(&writer, TEXT("months"));
	json_array_begin(&writer);
	for (size_t i = 0; i < detail.months.count; i++) {
		const VendorMonth *month = &detail.months.at[i];
		json_object_begin(&writer);
		json_put_text(&writer, "month", arena_printf(call->arena, "%04d-%02d", month->year, month->month));
		put_figures(&writer, &month->figures);
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get(Request *request)
{
	Call *call = request->call;
	VendorFiguresList list;
	JsonList page;
	TRY(figures_list(call, request_query_number(request, TEXT("cursor")), PAGE, &list));
	json_list_begin(request, &page);
	for (size_t i = 0; i < list.count; i++) {
		const VendorFigures *figures = &list.at[i];
		json_object_begin(&page.writer);
		json_put_text(&page.writer, "organisation", figures->ref);
		json_put_text(&page.writer, "vendor", figures->name);
		put_figures(&page.writer, figures);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, list.count == PAGE ? list.at[PAGE - 1].organisation_id : 0));
	return OK;
}

#define VENDOR_OR_LIBRARY .may = ROLE_VENDOR_ADMIN | ROLE_COORDINATOR
static const Route routes[] = {
	{ GET, "/parties/figures", show, VENDOR_OR_LIBRARY, .needs_second_factor = true,
		.summary = "How vendors respond: the own organisation for its administrators, all for coordinators; also as CSV" },
	{ GET, "/parties/figures/:organisation", show_one, VENDOR_OR_LIBRARY, .needs_second_factor = true,
		.summary = "How one vendor responds, by month: its administrators and coordinators; also as CSV" },
	{ GET, "/api/v1/parties/figures/:organisation", get_one, VENDOR_OR_LIBRARY, .scope = SCOPE_CASE_READ,
		.summary = "How one vendor responds, by month: its administrators and coordinators" },
	{ GET, "/api/v1/parties/figures", get, VENDOR_OR_LIBRARY, .scope = SCOPE_CASE_READ,
		.summary = "How vendors respond: the own organisation for its administrators, all for coordinators" },
};
const RouteTable vendor_figure_routes = { "subject/party figures", routes, COUNT(routes) };
