/* How vendors respond, as everybody is told of it: sums of closed months, and no vendor by name. A vendor knows its own matters and can take them away
 * from a sum; so a cell is told only where without its two largest vendors FIGURE_LEAST matters remain, and then to the nearest five. */
#include "subject/figure/figure_private.h"

static const char *const counted[] = { "notices", "signed", "positions", "closings", "repaired", "unanswered" };
static const char *const timed[] = { "position-days", "plan-days", "fixing-days" };

/* What remains of each period without its two largest vendors; the public sees nothing of `grid`. */
static int64_t remainder_of(const FigureGrid *all, const FigureGrid *vendors, int64_t month)
{
	int64_t first = 0, second = 0;
	for (size_t i = 0; i < vendors->items.count; i++) {
		int64_t value = figure_grid_value(vendors, month, vendors->items.at[i]);
		if (value > first) {
			second = first;
			first = value;
		} else if (value > second) {
			second = value;
		}
	}
	return figure_grid_value(all, month, (Text) { 0 }) - first - second;
}

typedef struct Shown { /* of one figure, by month */
	FigureGrid all, vendors;
} Shown;

static Error shown_of(const Sheets *sheets, const Figure *figure, const FigurePeriod *period, Shown *out)
{
	*out = (Shown) { 0 };
	TRY(figure_grid(sheets->call, figure, FIGURE_ALL, period, &out->all));
	return figure_has(figure, FIGURE_VENDOR) ? figure_grid(sheets->call, figure, FIGURE_VENDOR, period, &out->vendors) : OK;
}

static bool is_told(const Shown *shown, int64_t month) { return remainder_of(&shown->all, &shown->vendors, month) >= FIGURE_LEAST; }

static int64_t value_of(const Shown *shown, int64_t month)
{
	int64_t total = figure_grid_value(&shown->all, month, (Text) { 0 });
	return !total ? 0 : is_told(shown, month) ? figure_rounded(total) : FIGURE_HIDDEN;
}

static Error put_months(const Sheets *sheets)
{
	static const char *const columns[] = { "month", "notices", "signed", "positions", "closings", "repaired", "unanswered" };
	FigureSheet sheet = sheet_begin(sheets, "months", N_("Month by month"), columns);
	FigurePeriod trend = sheet_trend(sheets->view);
	Shown shown[COUNT(counted)];
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Month")));
	for (size_t i = 0; i < COUNT(counted); i++) {
		const Figure *figure = figure_find(text_from(counted[i]));
		TRY(shown_of(sheets, figure, &trend, &shown[i]));
		sheet_head(sheets, &sheet, sheet_said(sheets, figure->text));
	}
	sheet.chart = CHART_BARS;
	sheet.chart_title = sheet_said(sheets, N_("Fixes confirmed by month"));
	sheet.note = sheet_said(sheets, N_("To the nearest five."));
	for (int64_t month = trend.first; month <= trend.last; month++) {
		enum { REPAIRED = 4 };
		sheet_words(sheets, &sheet, figure_month_tag(sheets->call->arena, month));
		for (size_t i = 0; i < COUNT(counted); i++) sheet_number(sheets, &sheet, value_of(&shown[i], month));
		sheet_bar(sheets, &sheet, figure_month_tag(sheets->call->arena, month), TEXT(""), value_of(&shown[REPAIRED], month));
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

static void hide(FigureSpread *spread, Text *share)
{
	*spread = (FigureSpread) { FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN };
	*share = (Text) { 0 };
}

static Error put_times(const Sheets *sheets)
{
	static const char *const columns[] = { "stage", "ended", "median_days", "p75_days", "p90_days", "within_limit" };
	FigureSheet sheet = sheet_begin(sheets, "times", N_("Time that vendors took"), columns);
	FigurePeriod month = { FIGURE_MONTHS_SPAN, sheets->view->period.last, sheets->view->period.last };
	sheet_time_heads(sheets, &sheet, N_("Stage"));
	sheet.chart = CHART_BARS;
	sheet.chart_title = sheet_said_of(sheets, N_("Median of each stage in working days, %s"), sheets->view->period_text);
	sheet.note = sheet_said(sheets, N_("In working days. Within the limit: extensions included."));
	for (size_t i = 0; i < COUNT(timed); i++) {
		const Figure *figure = figure_find(text_from(timed[i]));
		FigureSpread spread;
		Shown shown;
		Text share;
		TRY(shown_of(sheets, figure, &month, &shown));
		TRY(figure_public_spread(sheets->call, figure, &month, sheets->call->lang, &spread, &share));
		if (spread.count && !is_told(&shown, month.last)) hide(&spread, &share);
		sheet_words(sheets, &sheet, sheet_said(sheets, figure->text));
		sheet_time_row(sheets, &sheet, &spread, share);
		sheet_bar(sheets, &sheet, sheet_said(sheets, figure->text), TEXT(""), spread.median);
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

Error sheets_put_vendors(const Sheets *sheets)
{
	TRY(put_times(sheets));
	return put_months(sheets);
}
