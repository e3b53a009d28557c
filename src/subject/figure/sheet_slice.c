/* Figures divided: by what a vulnerability is, and by organisation. */
#include "engine/rating/rating.h"
#include "subject/figure/figure_private.h"

#include <stdlib.h>

/* ---- Slices of a figure */
typedef struct SliceSpec {
	const char *tag, *title, *figure, *head;
	FigureSlice slice;
	FigureChart chart;
} SliceSpec;

typedef struct Line {
	Text item;
	int64_t now, before, year;
} Line;

static int compare_lines(const void *a, const void *b)
{
	const Line *left = a, *right = b;
	if (left->year != right->year) return left->year < right->year ? 1 : -1;
	return text_compare(left->item, right->item);
}

static int level_place(Text item)
{
	Level level = LEVEL_NONE;
	return level_parse(item, &level) ? -(int)level : 1;
}

static int compare_levels(const void *a, const void *b)
{
	return level_place(((const Line *)a)->item) - level_place(((const Line *)b)->item);
}

static Text tone_of(FigureSlice slice, Text item) { return slice == FIGURE_LEVEL ? item : TEXT(""); }

/* The public's months come from one grid, so that what is hidden for one is hidden for all. */
static Error grids_of(const Sheets *sheets, const Figure *figure, FigureSlice slice, FigureGrid *now, FigureGrid *before, FigureGrid *year)
{
	const FigureView *view = sheets->view;
	FigurePeriod trend = sheet_trend(view), whole = trend;
	if (view->period.span == FIGURE_DAYS) {
		TRY(sheet_grid(sheets, figure, slice, &view->period, now));
		TRY(sheet_grid(sheets, figure, slice, &view->before, before));
		return sheet_grid(sheets, figure, slice, &trend, year);
	}
	if (view->before.first < whole.first) whole.first = view->before.first;
	TRY(sheet_grid(sheets, figure, slice, &whole, year));
	*now = *before = *year;
	return OK;
}

static Error put_slice(const Sheets *sheets, const SliceSpec *spec)
{
	static const char *const columns[] = { "item", "period", "before", "twelve_months" };
	const FigureView *view = sheets->view;
	const Figure *figure = figure_find(text_from(spec->figure));
	FigureSheet sheet = sheet_begin(sheets, spec->tag, spec->title, columns);
	FigurePeriod trend = sheet_trend(view);
	FigureGrid year, now, before;
	TRY(grids_of(sheets, figure, spec->slice, &now, &before, &year));
	sheet_head(sheets, &sheet, sheet_said(sheets, spec->head));
	sheet_head(sheets, &sheet, view->period_text);
	sheet_head(sheets, &sheet, view->before_text);
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Twelve months")));
	Line *lines = arena_array_of(sheets->call->arena, Line, year.items.count + 1);
	for (size_t i = 0; i < year.items.count; i++) {
		Text item = year.items.at[i];
		lines[i] = (Line) { item, sheet_sum(&now, &view->period, item), sheet_sum(&before, &view->before, item),
			sheet_sum(&year, &trend, item) };
	}
	if (year.items.count) qsort(lines, year.items.count, sizeof(Line), spec->slice == FIGURE_LEVEL ? compare_levels : compare_lines);
	sheet.chart = spec->chart;
	sheet.chart_title = sheet_said_of(sheets, N_("%s, twelve months together"), sheet.title);
	for (size_t i = 0; i < year.items.count; i++) {
		Text label;
		TRY(sheet_item_text(sheets, spec->slice, lines[i].item, &label));
		sheet_words(sheets, &sheet, label);
		sheet_number(sheets, &sheet, lines[i].now);
		sheet_number(sheets, &sheet, lines[i].before);
		sheet_number(sheets, &sheet, lines[i].year);
		sheet_bar(sheets, &sheet, label, tone_of(spec->slice, lines[i].item), lines[i].year);
	}
	if (sheets_public(sheets) && !figure->is_open)
		sheet.note = sheet_said(sheets, N_("Twelve months: the sum of the months in which the cell is not hidden."));
	sheet_finish(sheets, &sheet);
	return OK;
}

static const SliceSpec slices[] = {
	{ "levels", N_("Accepted vulnerabilities by level"), "accepted", N_("Level"), FIGURE_LEVEL, CHART_SHARES },
	{ "kinds", N_("Accepted vulnerabilities by type"), "accepted", N_("Type"), FIGURE_KIND, CHART_SHARES },
	{ "products", N_("Accepted vulnerabilities by kind of product"), "accepted", N_("Kind of product"), FIGURE_PRODUCT, CHART_ROWS },
	{ "classes", N_("Accepted vulnerabilities by class of weakness"), "accepted", N_("Class of weakness"), FIGURE_CLASS, CHART_ROWS },
	{ "reaches", N_("Warnings by audience"), "warnings", N_("Audience"), FIGURE_REACH, CHART_SHARES },
};

Error sheets_put_slices(const Sheets *sheets)
{
	for (size_t i = 0; i < COUNT(slices); i++)
		if (sheets_may_show(sheets, figure_find(text_from(slices[i].figure)))) TRY(put_slice(sheets, &slices[i]));
	return OK;
}

/* ---- Warnings by month: those everybody reads; for the office all, and whether they were signed for in time */
static void put_receipts(const Sheets *sheets, const FigureSpread *spread, FigureSheet *sheet)
{
	sheet_number(sheets, sheet, spread->count);
	sheet_words(sheets, sheet, spread->count ? arena_printf(sheets->call->arena, "%lld", (long long)spread->median) : TEXT(""));
	sheet_words(sheets, sheet, figure_share_text(sheets->call->arena, spread));
}

static void warning_heads(const Sheets *sheets, const Figure *published, const Figure *sent, bool is_office, FigureSheet *sheet)
{
	sheet_head(sheets, sheet, sheet_said(sheets, N_("Month")));
	sheet_head(sheets, sheet, sheet_said(sheets, published->text));
	if (!is_office) return;
	sheet_head(sheets, sheet, sheet_said(sheets, sent->text));
	sheet_head(sheets, sheet, sheet_said(sheets, N_("Receipts that ended")));
	sheet_head(sheets, sheet, sheet_said(sheets, N_("Median")));
	sheet_head(sheets, sheet, sheet_said(sheets, N_("Within the limit")));
}

Error sheets_put_warnings(const Sheets *sheets)
{
	static const char *const columns[] = { "month", "risk_notices", "warnings", "receipts_ended", "median_days", "within_limit" };
	const Figure *published = figure_find(TEXT("risk-notices")), *sent = figure_find(TEXT("warnings")),
		     *receipts = figure_find(TEXT("receipt-days"));
	bool is_office = sheets_may_show(sheets, sent);
	FigureSheet sheet = sheet_begin(sheets, "warnings", N_("Warnings by month"), columns);
	FigurePeriod trend = sheet_trend(sheets->view);
	FigureGrid grids[2];
	warning_heads(sheets, published, sent, is_office, &sheet);
	TRY(sheet_grid(sheets, published, FIGURE_ALL, &trend, &grids[0]));
	if (is_office) TRY(sheet_grid(sheets, sent, FIGURE_ALL, &trend, &grids[1]));
	sheet.chart = CHART_BARS;
	sheet.chart_title = sheet_said(sheets, is_office ? N_("Warnings sent by month") : N_("Risk warnings published by month"));
	for (int64_t month = trend.first; month <= trend.last; month++) {
		FigureSpread spread;
		sheet_words(sheets, &sheet, figure_month_tag(sheets->call->arena, month));
		for (size_t i = 0; i < (is_office ? COUNT(grids) : 1); i++)
			sheet_number(sheets, &sheet, figure_grid_value(&grids[i], month, (Text) { 0 }));
		sheet_bar(sheets, &sheet, figure_month_tag(sheets->call->arena, month), TEXT(""),
			figure_grid_value(&grids[is_office], month, (Text) { 0 }));
		if (!is_office) continue;
		const FigurePeriod one = { FIGURE_MONTHS_SPAN, month, month };
		TRY(figure_spread(sheets->call, receipts, FIGURE_ALL, TEXT(""), &one, &spread));
		put_receipts(sheets, &spread, &sheet);
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

/* ---- Organisations, for the office */
typedef struct OrgSpec {
	const char *tag, *title, *counts[4];
	const char *times; /* NULL: none */
	FigureSlice slice;
	const char *const *columns;
} OrgSpec;

static Error put_org_row(const Sheets *sheets, const OrgSpec *spec, const FigureGrid *grids, size_t count, Text item, FigureSheet *sheet)
{
	Text label;
	TRY(sheet_item_text(sheets, spec->slice, item, &label));
	sheet_words(sheets, sheet, label);
	for (size_t i = 0; i < count; i++) sheet_number(sheets, sheet, sheet_sum(&grids[i], &sheets->view->period, item));
	sheet_bar(sheets, sheet, label, TEXT(""), sheet_sum(&grids[0], &sheets->view->period, item));
	if (!spec->times) return OK;
	FigureSpread spread;
	TRY(figure_spread(sheets->call, figure_find(text_from(spec->times)), spec->slice, item, &sheets->view->period, &spread));
	sheet_number(sheets, sheet, spread.count);
	sheet_words(sheets, sheet, spread.count ? arena_printf(sheets->call->arena, "%lld", (long long)spread.median) : TEXT(""));
	sheet_words(sheets, sheet, figure_share_text(sheets->call->arena, &spread));
	return OK;
}

static Error put_organisations(const Sheets *sheets, const OrgSpec *spec)
{
	Arena *arena = sheets->call->arena;
	FigureSheet sheet = sheet_begin(sheets, spec->tag, spec->title, spec->columns);
	FigureGrid grids[COUNT(spec->counts)];
	Texts items = { 0 };
	size_t count = 0;
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Organisation")));
	for (; count < COUNT(spec->counts) && spec->counts[count]; count++) {
		const Figure *figure = figure_find(text_from(spec->counts[count]));
		TRY(figure_grid(sheets->call, figure, spec->slice, &sheets->view->period, &grids[count]));
		sheet_head(sheets, &sheet, sheet_said(sheets, figure->text));
		for (size_t i = 0; i < grids[count].items.count; i++) {
			bool is_known = false;
			for (size_t k = 0; k < items.count; k++) is_known |= text_is(items.at[k], grids[count].items.at[i]);
			if (!is_known) list_add(arena, &items, grids[count].items.at[i]);
		}
	}
	if (spec->times) {
		sheet_head(sheets, &sheet, sheet_said(sheets, N_("Waits for a position that ended")));
		sheet_head(sheets, &sheet, sheet_said(sheets, N_("Median")));
		sheet_head(sheets, &sheet, sheet_said(sheets, N_("Within the limit")));
	}
	sheet.chart = CHART_ROWS;
	sheet.chart_title = sheet.title;
	for (size_t i = 0; i < items.count; i++) TRY(put_org_row(sheets, spec, grids, count, items.at[i], &sheet));
	sheet_finish(sheets, &sheet);
	return OK;
}

Error sheets_put_organisations(const Sheets *sheets)
{
	static const char *const vendor_columns[] = { "organisation", "signed", "positions", "repaired", "waits_ended", "median_days",
		"within_limit" };
	static const char *const unit_columns[] = { "organisation", "received", "taken_on", "duplicates", "refused" };
	static const OrgSpec specs[] = { { "vendors", N_("Response of vendors"), { "signed", "positions", "repaired" }, "position-days",
						 FIGURE_VENDOR, vendor_columns },
		{ "units", N_("Contribution of units"), { "received", "taken-on", "duplicates", "refused" }, NULL, FIGURE_UNIT,
			unit_columns } };
	for (size_t i = 0; i < COUNT(specs); i++) TRY(put_organisations(sheets, &specs[i]));
	return OK;
}
