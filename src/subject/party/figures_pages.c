/* Figures of vendors: a page with its file, and the same for machines. */
#include "face/doc/export.h"
#include "people/person/person.h"
#include "subject/party/figures.h"
#include "subject/party/figures_view.h"
#include "subject/party/views/figures.html.h"

enum { PAGE = 50, FILE_ROWS = 1000 };

static Text share(Arena *arena, int64_t part, int64_t whole)
{
	return whole ? arena_printf(arena, "%lld / %lld", (long long)part, (long long)whole) : TEXT("–");
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
		cell[0].text = figures->name;
		cell[1].text = arena_printf(arena, "%lld", (long long)figures->matters);
		cell[2].text = share(arena, figures->signed_in_time, figures->signed_due);
		cell[3].text = share(arena, figures->stated_in_time, figures->stated_due);
		cell[4].text =
			figures->median_fix_hours < 0 ? TEXT("–") : arena_printf(arena, "%.1f", (double)figures->median_fix_hours / 24);
		cell[5].text = arena_printf(arena, "%lld", (long long)figures->silent);
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
		json_put_text(&page.writer, "vendor", figures->name);
		json_put_int(&page.writer, "matters", figures->matters);
		json_put_int(&page.writer, "signed_due", figures->signed_due);
		json_put_int(&page.writer, "signed_in_time", figures->signed_in_time);
		json_put_int(&page.writer, "stated_due", figures->stated_due);
		json_put_int(&page.writer, "stated_in_time", figures->stated_in_time);
		json_put_int(&page.writer, "fixed", figures->fixed);
		json_put_int(&page.writer, "silent", figures->silent);
		json_put_int(&page.writer, "median_fix_hours", figures->median_fix_hours);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, list.count == PAGE ? list.at[PAGE - 1].organisation_id : 0));
	return OK;
}

#define VENDOR_OR_LIBRARY .may = ROLE_VENDOR_ADMIN | ROLE_COORDINATOR
static const Route routes[] = {
	{ GET, "/parties/figures", show, VENDOR_OR_LIBRARY, .needs_second_factor = true,
		.summary = "How vendors respond: the own organisation for its administrators, all for coordinators; also as CSV" },
	{ GET, "/api/v1/parties/figures", get, VENDOR_OR_LIBRARY, .scope = SCOPE_CASE_READ,
		.summary = "How vendors respond: the own organisation for its administrators, all for coordinators" },
};
const RouteTable vendor_figure_routes = { "subject/party figures", routes, COUNT(routes) };
