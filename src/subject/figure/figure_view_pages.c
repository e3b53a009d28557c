/* What all pages of figures share: sheets as tables and charts, as files, as JSON; what an address asks for. */
#include "base/base/json.h"
#include "face/doc/export.h"
#include "people/org/org.h"
#include "subject/figure/figure_private.h"
#include "subject/figure/figure_view.h"

Table figure_sheet_table(Html *html, const FigureSheet *sheet)
{
	Arena *arena = html->call->arena;
	size_t width = sheet->heads.count, rows = figure_sheet_rows(sheet);
	Column *columns = arena_array_of(arena, Column, width);
	Cell *cells = arena_array_of(arena, Cell, sheet->cells.count + 1);
	for (size_t i = 0; i < width; i++) {
		bool has_numbers = false;
		for (size_t row = 0; row < rows; row++)
			has_numbers |= sheet->cells.at[row * width + i].is_number && !sheet->cells.at[row * width + i].is_hidden;
		columns[i] = (Column) { .label = sheet->heads.at[i], .kind = has_numbers ? COLUMN_NUMBER : COLUMN_TEXT };
	}
	for (size_t i = 0; i < sheet->cells.count; i++) cells[i].text = sheet->cells.at[i].text;
	return (Table) { sheet->title, columns, width, cells, rows };
}

/* Parts of a whole of which one is hidden are no whole: they stand row by row. */
static Markup chart_of(Html *html, const FigureSheet *sheet)
{
	bool any = false, any_hidden = false;
	ChartBar *bars = arena_array_of(html->call->arena, ChartBar, sheet->bars.count + 1);
	for (size_t i = 0; i < sheet->bars.count; i++) {
		const FigureBar *bar = &sheet->bars.at[i];
		bars[i] = (ChartBar) { bar->label, bar->tone, bar->value, bar->is_hidden };
		any |= bar->value > 0;
		any_hidden |= bar->is_hidden;
	}
	if (sheet->chart == CHART_NONE || !any) return markup_text(html, TEXT(""));
	if (sheet->chart == CHART_BARS) return part_bars(html, sheet->chart_title, bars, sheet->bars.count);
	if (sheet->chart == CHART_ROWS || any_hidden) return part_ranks(html, sheet->chart_title, bars, sheet->bars.count);
	return part_shares(html, sheet->chart_title, bars, sheet->bars.count);
}

SheetView figure_sheet_view(Html *html, const FigureSheet *sheet, Text address)
{
	Arena *arena = html->call->arena;
	Table table = figure_sheet_table(html, sheet);
	Text file = arena_printf(arena, "%.*s&table=%s", TEXT_ARGS(address), sheet->tag);
	SheetView view = { .tag = sheet->tag,
		.title = sheet->title,
		.note = sheet->note,
		.chart = chart_of(html, sheet),
		.csv = export_csv_url(arena, file),
		.xlsx = export_xlsx_url(arena, file) };
	if (table.row_count)
		view.table = part_table(html, &table);
	else
		view.table = part_empty(html, tr(html->lang, "Nothing in this period."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	return view;
}

Error figure_export(Request *request, const FigureSheets *sheets)
{
	Call *call = request->call;
	const FigureSheet *sheet = figure_sheet_find(sheets, request_query(request, TEXT("table")));
	Html html = { .call = call, .lang = call->lang, .out = { .arena = call->arena } };
	if (!sheet || !export_wanted(request)) return fail(call, NOT_FOUND, "no such table of figures");
	Table table = figure_sheet_table(&html, sheet);
	return export_reply(request, &table, arena_printf(call->arena, "figures-%s", sheet->tag));
}

/* ---- JSON */
static void put_period(JsonWriter *json, Call *call, const char *name, const FigurePeriod *period)
{
	json_key(json, text_from(name));
	json_object_begin(json);
	json_put_text(json, "from", figure_month_tag(call->arena, period->first));
	json_put_text(json, "until", figure_month_tag(call->arena, period->last));
	json_end(json);
}

static void put_row(JsonWriter *json, const FigureSheet *sheet, size_t row)
{
	json_object_begin(json);
	for (size_t i = 0; i < sheet->heads.count; i++) {
		const FigureCell *cell = &sheet->cells.at[row * sheet->heads.count + i];
		json_key(json, text_from(sheet->columns[i]));
		if (cell->is_hidden)
			json_null(json);
		else if (cell->is_number)
			json_int(json, cell->number);
		else
			json_text(json, cell->text);
	}
	json_end(json);
}

void figure_sheet_json(JsonWriter *json, const char *name, const FigureSheet *sheet)
{
	json_key(json, text_from(name));
	json_array_begin(json);
	for (size_t row = 0; row < figure_sheet_rows(sheet); row++) put_row(json, sheet, row);
	json_end(json);
}

void figure_json(JsonWriter *json, Call *call, const FigureView *view, const FigureSheets *sheets)
{
	json_object_begin(json);
	put_period(json, call, "period", &view->period);
	put_period(json, call, "before", &view->before);
	json_put_int(json, "hidden_below", view->scope == FIGURE_PUBLIC || view->scope == FIGURE_VENDORS ? FIGURE_LEAST : 0);
	for (size_t i = 0; i < sheets->count; i++) figure_sheet_json(json, sheets->at[i].tag, &sheets->at[i]);
	json_end(json);
	json_finish(json);
}

/* ---- What an address asks for */
static Error asked_month(Request *request, const char *name, int64_t *month)
{
	Text text = request_query(request, text_from(name));
	if (text.length && !figure_month_parse(text, month)) return fail(request->call, USAGE, "%s", name);
	return OK;
}

static void name_periods(const Call *call, FigureView *view)
{
	view->before = figure_before(&view->period);
	view->period_text = figure_period_text(call, &view->period);
	view->before_text = figure_period_text(call, &view->before);
}

Error figure_public_view(Request *request, FigureView *out, bool *out_any)
{
	int64_t day, newest, month;
	TRY(figure_closed(request->call, &day, &newest));
	month = newest;
	TRY(asked_month(request, "month", &month));
	*out_any = newest > 0;
	if (!*out_any) return OK;
	if (month > newest) return fail(request->call, NOT_FOUND, "a month that is not told of yet");
	*out = (FigureView) { .scope = FIGURE_PUBLIC, .period = { FIGURE_MONTHS_SPAN, month, month }, .trend_last = month };
	name_periods(request->call, out);
	return OK;
}

Error figure_vendors_view(Request *request, FigureView *out, bool *out_any)
{
	TRY(figure_public_view(request, out, out_any));
	if (*out_any) out->scope = FIGURE_VENDORS;
	return OK;
}

Error figure_office_view(Request *request, FigureView *out, bool *out_any)
{
	int64_t day, newest, until, from;
	TRY(figure_closed(request->call, &day, &newest));
	*out_any = day >= 0;
	if (!*out_any) return OK;
	from = until = newest = figure_month_of(day);
	TRY(asked_month(request, "until", &until));
	from = until;
	TRY(asked_month(request, "from", &from));
	if (until > newest) until = newest;
	if (from > until) from = until;
	if (until - from > (int64_t)10 * FIGURE_YEAR_MONTHS) from = until - (int64_t)10 * FIGURE_YEAR_MONTHS;
	*out = (FigureView) { .scope = FIGURE_OFFICE, .period = { FIGURE_MONTHS_SPAN, from, until }, .trend_last = until };
	name_periods(request->call, out);
	return OK;
}

Error figure_own_view(Request *request, FigureView *out, bool *out_any)
{
	enum { VENDORS = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, UNITS = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN };
	Call *call = request->call;
	Organisation organisation;
	bool is_vendor = actor_has(call->actor, VENDORS), is_unit = actor_has(call->actor, UNITS);
	if (!call->actor->organisation_id || (!is_vendor && !is_unit)) return fail(call, FORBIDDEN, "no organisation with figures");
	TRY(org_find(call, call->actor->organisation_id, &organisation));
	TRY(figure_office_view(request, out, out_any));
	bool as_unit = is_unit && (!is_vendor || text_is(request_query(request, TEXT("as")), TEXT("unit")));
	out->scope = as_unit ? FIGURE_OWN_UNIT : FIGURE_OWN_VENDOR;
	out->item = organisation.ref;
	return OK;
}
