/* The tables of figures, with what is drawn of them. */
#include "base/base/clock.h"
#include "engine/rating/rating.h"
#include "people/org/org.h"
#include "subject/figure/figure_private.h"
#include "subject/product/product.h"

#include <stdlib.h>

bool sheets_public(const Sheets *sheets) { return sheets->view->scope == FIGURE_PUBLIC; }
Text sheet_said(const Sheets *sheets, const char *english) { return tr(sheets->call->lang, english); }

Text sheet_said_of(const Sheets *sheets, const char *english, Text argument)
{
	return problem_text(sheets->call->arena, sheets->call->lang, &(Problem) { .message = english, .argument = argument });
}

size_t figure_sheet_rows(const FigureSheet *sheet) { return sheet->heads.count ? sheet->cells.count / sheet->heads.count : 0; }

const FigureSheet *figure_sheet_find(const FigureSheets *sheets, Text tag)
{
	for (size_t i = 0; i < sheets->count; i++)
		if (text_is(tag, text_from(sheets->at[i].tag))) return &sheets->at[i];
	return NULL;
}

Text figure_month_text(const Call *call, int64_t month)
{
	if (call->lang != LANG_ZH) return figure_month_tag(call->arena, month);
	return arena_printf(
		call->arena, "%lld年%lld月", (long long)(month / FIGURE_YEAR_MONTHS), (long long)(month % FIGURE_YEAR_MONTHS + 1));
}

static Text day_text(const Call *call, int64_t day)
{
	int year, month, of_month;
	clock_civil(day, &year, &month, &of_month);
	return call->lang == LANG_ZH ? arena_printf(call->arena, "%d年%d月%d日", year, month, of_month)
				     : arena_printf(call->arena, "%04d-%02d-%02d", year, month, of_month);
}

Text figure_period_text(const Call *call, const FigurePeriod *period)
{
	bool is_months = period->span == FIGURE_MONTHS_SPAN;
	Text first = is_months ? figure_month_text(call, period->first) : day_text(call, period->first);
	Text last = is_months ? figure_month_text(call, period->last) : day_text(call, period->last);
	if (period->first == period->last) return first;
	if (is_months && period->first % FIGURE_YEAR_MONTHS == 0 && period->last == period->first + FIGURE_YEAR_MONTHS - 1)
		return arena_printf(
			call->arena, "%lld%s", (long long)(period->first / FIGURE_YEAR_MONTHS), call->lang == LANG_ZH ? "年" : "");
	return call->lang == LANG_ZH ? arena_printf(call->arena, "%.*s至%.*s", TEXT_ARGS(first), TEXT_ARGS(last))
				     : arena_printf(call->arena, "%.*s to %.*s", TEXT_ARGS(first), TEXT_ARGS(last));
}

/* ---- Cells */
FigureSheet sheet_begin(const Sheets *sheets, const char *tag, const char *title, const char *const *columns)
{
	return (FigureSheet) { .tag = tag, .title = sheet_said(sheets, title), .note = TEXT(""), .columns = columns };
}

void sheet_head(const Sheets *sheets, FigureSheet *sheet, Text text) { list_add(sheets->call->arena, &sheet->heads, text); }
void sheet_words(const Sheets *sheets, FigureSheet *sheet, Text text)
{
	list_add(sheets->call->arena, &sheet->cells, ((FigureCell) { .text = text.length ? text : TEXT("–") }));
}

void sheet_number(const Sheets *sheets, FigureSheet *sheet, int64_t value)
{
	FigureCell cell = { .number = value, .is_number = true, .is_hidden = value == FIGURE_HIDDEN };
	cell.text = cell.is_hidden ? sheet_said(sheets, N_("hidden")) : arena_printf(sheets->call->arena, "%lld", (long long)value);
	list_add(sheets->call->arena, &sheet->cells, cell);
}

void sheet_bar(const Sheets *sheets, FigureSheet *sheet, Text label, Text tone, int64_t value)
{
	list_add(sheets->call->arena, &sheet->bars, ((FigureBar) { label, tone, value > 0 ? value : 0, value == FIGURE_HIDDEN }));
}

void sheet_finish(const Sheets *sheets, const FigureSheet *sheet) { list_add(sheets->call->arena, sheets->list, *sheet); }

Error sheet_item_text(const Sheets *sheets, FigureSlice slice, Text item, Text *out)
{
	Level level;
	const WeaknessClass *weakness;
	const ProductKind *product;
	Organisation organisation;
	Lang lang = sheets->call->lang;
	*out = text_is(item, TEXT("none")) ? tr(lang, "not stated") : item;
	if (slice == FIGURE_KIND) *out = text_is(item, TEXT("generic")) ? tr(lang, "Generic type") : tr(lang, "Incident type");
	if (slice == FIGURE_LEVEL && level_parse(item, &level)) *out = tr(lang, level_text(level));
	if (slice == FIGURE_CLASS && (weakness = weakness_find(item))) *out = tr(lang, weakness->text);
	if (slice == FIGURE_PRODUCT && (product = product_kind(item))) *out = tr(lang, product->text);
	if (slice == FIGURE_REACH) *out = text_is(item, TEXT("public")) ? tr(lang, "To everybody") : tr(lang, "To chosen organisations");
	if (slice == FIGURE_AGE) {
		bool is_last = text_is(item, text_from(figure_age_texts[FIGURE_AGES - 1]));
		*out = is_last ? tr(lang, "over 30 working days")
			       : problem_text(sheets->call->arena, lang, &(Problem) { .message = N_("%s working days"), .argument = item });
	}
	if (slice == FIGURE_VENDOR || slice == FIGURE_UNIT) {
		TRY(org_find_ref(sheets->call, item, &organisation));
		*out = org_shown_name(&organisation, lang);
	}
	return OK;
}

/* The whole period; in months the public sees, the sum of what is not hidden. */
int64_t sheet_sum(const FigureGrid *grid, const FigurePeriod *period, Text item)
{
	int64_t sum = 0;
	bool any = false;
	for (int64_t at = period->first; at <= period->last; at++) {
		int64_t value = figure_grid_value(grid, at, item);
		any |= value != FIGURE_HIDDEN;
		if (value != FIGURE_HIDDEN) sum += value;
	}
	return any ? sum : FIGURE_HIDDEN;
}

Error sheet_grid(const Sheets *sheets, const Figure *figure, FigureSlice slice, const FigurePeriod *period, FigureGrid *out)
{
	TRY(figure_grid(sheets->call, figure, slice, period, out));
	if (sheets_public(sheets) && !figure->is_open) figure_grid_hide(out);
	return OK;
}

/* Only one's own, of figures that are divided so. */
static bool own_slice(const Sheets *sheets, FigureSlice *out)
{
	*out = sheets->view->scope == FIGURE_OWN_VENDOR ? FIGURE_VENDOR : sheets->view->scope == FIGURE_OWN_UNIT ? FIGURE_UNIT : FIGURE_ALL;
	return *out != FIGURE_ALL;
}

bool sheets_may_show(const Sheets *sheets, const Figure *figure)
{
	FigureSlice slice;
	if (sheets->view->scope == FIGURE_VENDORS) return figure->is_vendors;
	if (own_slice(sheets, &slice)) return figure_has(figure, slice);
	return figure->is_public || !sheets_public(sheets);
}

static Text item_of_scope(const Sheets *sheets) { return sheets->view->item.length ? sheets->view->item : TEXT(""); }

/* ---- What happened, beside the period before */
static Text change_text(const Sheets *sheets, int64_t value, int64_t before)
{
	enum { THOUSAND = 1000, TEN = 10 };
	if (value == FIGURE_HIDDEN || before == FIGURE_HIDDEN || before == 0) return TEXT("");
	int64_t tenths = (value - before) * THOUSAND / before;
	const char *sign = tenths > 0 ? "+" : tenths < 0 ? "−" : "";
	if (tenths < 0) tenths = -tenths;
	return arena_printf(sheets->call->arena, "%s%lld.%lld %%", sign, (long long)(tenths / TEN), (long long)(tenths % TEN));
}

static Error put_counts(const Sheets *sheets)
{
	static const char *const columns[] = { "figure", "period", "before", "change" };
	const FigureView *view = sheets->view;
	FigureSheet sheet = sheet_begin(sheets, "counts", N_("Work of the period"), columns);
	FigureSlice slice;
	(void)own_slice(sheets, &slice);
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Figure")));
	sheet_head(sheets, &sheet, view->period_text);
	sheet_head(sheets, &sheet, view->before_text);
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Against the period before")));
	sheet.chart = CHART_ROWS;
	sheet.chart_title = sheet_said_of(sheets, N_("Work of %s"), view->period_text);
	for (size_t i = 0; i < figure_count; i++) {
		FigureGrid now, before;
		if (figures[i].type != FIGURE_COUNT || !sheets_may_show(sheets, &figures[i])) continue;
		TRY(sheet_grid(sheets, &figures[i], slice, &view->period, &now));
		TRY(sheet_grid(sheets, &figures[i], slice, &view->before, &before));
		int64_t value = sheet_sum(&now, &view->period, item_of_scope(sheets));
		int64_t old = sheet_sum(&before, &view->before, item_of_scope(sheets));
		sheet_words(sheets, &sheet, sheet_said(sheets, figures[i].text));
		sheet_number(sheets, &sheet, value);
		sheet_number(sheets, &sheet, old);
		sheet_words(sheets, &sheet, change_text(sheets, value, old));
		sheet_bar(sheets, &sheet, sheet_said(sheets, figures[i].text), TEXT(""), value);
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

/* ---- Months */
FigurePeriod sheet_trend(const FigureView *view)
{
	return (FigurePeriod) { FIGURE_MONTHS_SPAN, view->trend_last - FIGURE_MONTHS + 1, view->trend_last };
}

static Error put_months(const Sheets *sheets)
{
	static const char *const tags[] = { "received", "accepted", "notices", "repaired", "published" };
	static const char *const columns[] = { "month", "received", "accepted", "notices", "repaired", "published" };
	FigureSheet sheet = sheet_begin(sheets, "months", N_("Month by month"), columns);
	FigurePeriod trend = sheet_trend(sheets->view);
	FigureGrid grids[COUNT(tags)];
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Month")));
	for (size_t i = 0; i < COUNT(tags); i++) {
		const Figure *figure = figure_find(text_from(tags[i]));
		sheet_head(sheets, &sheet, sheet_said(sheets, figure->text));
		TRY(sheet_grid(sheets, figure, FIGURE_ALL, &trend, &grids[i]));
	}
	sheet.chart = CHART_BARS;
	sheet.chart_title = sheet_said(sheets, N_("Reports received by month"));
	for (int64_t month = trend.first; month <= trend.last; month++) {
		sheet_words(sheets, &sheet, figure_month_tag(sheets->call->arena, month));
		for (size_t i = 0; i < COUNT(tags); i++) sheet_number(sheets, &sheet, figure_grid_value(&grids[i], month, (Text) { 0 }));
		sheet_bar(sheets, &sheet, figure_month_tag(sheets->call->arena, month), TEXT(""),
			figure_grid_value(&grids[0], month, (Text) { 0 }));
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

/* ---- Time in each stage */
void sheet_time_row(const Sheets *sheets, FigureSheet *sheet, const FigureSpread *spread, Text share)
{
	sheet_number(sheets, sheet, spread->count);
	if (!spread->count) {
		for (int i = 0; i < 4; i++) sheet_words(sheets, sheet, TEXT(""));
		return;
	}
	sheet_number(sheets, sheet, spread->median);
	sheet_number(sheets, sheet, spread->p75);
	sheet_number(sheets, sheet, spread->p90);
	if (share.length)
		sheet_words(sheets, sheet, share);
	else
		sheet_number(sheets, sheet, FIGURE_HIDDEN);
}

void sheet_time_heads(const Sheets *sheets, FigureSheet *sheet, const char *first)
{
	static const char *const heads[] = { N_("Ended in the period"), N_("Median"), N_("75 % within"), N_("90 % within"),
		N_("Within the limit") };
	sheet_head(sheets, sheet, sheet_said(sheets, first));
	for (size_t i = 0; i < COUNT(heads); i++) sheet_head(sheets, sheet, sheet_said(sheets, heads[i]));
}

static Error spread_for(const Sheets *sheets, const Figure *figure, const FigurePeriod *period, FigureSpread *out, Text *out_share)
{
	FigureSlice slice;
	(void)own_slice(sheets, &slice);
	if (sheets_public(sheets)) return figure_public_spread(sheets->call, figure, period, sheets->call->lang, out, out_share);
	TRY(figure_spread(sheets->call, figure, slice, item_of_scope(sheets), period, out));
	*out_share = figure_share_text(sheets->call->arena, out);
	return OK;
}

static const char *const time_columns[] = { "stage", "ended", "median_days", "p75_days", "p90_days", "within_limit" };

static Error put_times(const Sheets *sheets)
{
	const FigureView *view = sheets->view;
	FigureSheet sheet = sheet_begin(sheets, "times", N_("Time in each stage"), time_columns);
	sheet_time_heads(sheets, &sheet, N_("Stage"));
	sheet.chart = CHART_ROWS;
	sheet.chart_title = sheet_said_of(sheets, N_("Median of each stage in working days, %s"), view->period_text);
	sheet.note = sheet_said(sheets, N_("In working days. Within the limit: extensions included."));
	for (size_t i = 0; i < figure_count; i++) {
		FigureSpread spread;
		Text share;
		if (figures[i].type != FIGURE_TIME || !sheets_may_show(sheets, &figures[i])) continue;
		TRY(spread_for(sheets, &figures[i], &view->period, &spread, &share));
		sheet_words(sheets, &sheet, sheet_said(sheets, figures[i].text));
		sheet_time_row(sheets, &sheet, &spread, share);
		sheet_bar(sheets, &sheet, sheet_said(sheets, figures[i].text), TEXT(""), spread.median);
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

/* "over 95 %" draws as 95. */
static int64_t percent_of(Text share)
{
	int64_t percent = 0;
	for (size_t i = 0; i < share.length; i++)
		if (share.at[i] >= '0' && share.at[i] <= '9') percent = percent * 10 + (share.at[i] - '0');
	return percent;
}

static Error put_reviews(const Sheets *sheets)
{
	static const char *const columns[] = { "month", "ended", "median_days", "p75_days", "p90_days", "within_limit" };
	FigureSheet sheet = sheet_begin(sheets, "reviews", N_("First reviews by month"), columns);
	FigurePeriod trend = sheet_trend(sheets->view);
	const Figure *figure = figure_find(TEXT("review-days"));
	sheet_time_heads(sheets, &sheet, N_("Month"));
	sheet.chart = CHART_BARS;
	sheet.chart_title = sheet_said(sheets, N_("First reviews within the limit, in percent"));
	for (int64_t month = trend.first; month <= trend.last; month++) {
		FigureSpread spread;
		Text share, tag = figure_month_tag(sheets->call->arena, month);
		TRY(spread_for(sheets, figure, &(FigurePeriod) { FIGURE_MONTHS_SPAN, month, month }, &spread, &share));
		sheet_words(sheets, &sheet, tag);
		sheet_time_row(sheets, &sheet, &spread, share);
		sheet_bar(sheets, &sheet, tag, TEXT(""), spread.count && !share.length ? FIGURE_HIDDEN : percent_of(share));
	}
	sheet_finish(sheets, &sheet);
	return OK;
}

/* ---- What waits */
static Error put_backlog(const Sheets *sheets)
{
	static const char *const columns[] = { "stage", "0-2", "3-5", "6-10", "11-30", "31-", "together" };
	const FigureView *view = sheets->view;
	FigureSheet sheet = sheet_begin(sheets, "backlog", N_("What waited at the end"), columns);
	FigurePeriod end = { view->period.span, view->period.last, view->period.last };
	int64_t sums[FIGURE_AGES] = { 0 };
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Stage")));
	for (size_t i = 0; i < FIGURE_AGES; i++) {
		Text label;
		TRY(sheet_item_text(sheets, FIGURE_AGE, text_from(figure_age_texts[i]), &label));
		sheet_head(sheets, &sheet, label);
	}
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Together")));
	sheet.chart = CHART_ROWS;
	sheet.chart_title = sheet_said(sheets, N_("What waited, by age"));
	for (size_t i = 0; i < figure_count; i++) {
		FigureGrid grid;
		if (figures[i].type != FIGURE_STOCK) continue;
		TRY(figure_grid(sheets->call, &figures[i], FIGURE_AGE, &end, &grid));
		sheet_words(sheets, &sheet, sheet_said(sheets, figures[i].text));
		for (size_t age = 0; age < FIGURE_AGES; age++) {
			int64_t value = figure_grid_value(&grid, end.first, text_from(figure_age_texts[age]));
			if (sheets_public(sheets)) value = figure_rounded(value);
			sheet_number(sheets, &sheet, value);
			sums[age] += value;
		}
		sheet_number(sheets, &sheet, sheets_public(sheets) ? figure_rounded(grid.totals[0]) : grid.totals[0]);
	}
	for (size_t age = 0; age < FIGURE_AGES; age++) sheet_bar(sheets, &sheet, sheet.heads.at[age + 1], TEXT(""), sums[age]);
	if (sheets_public(sheets)) sheet.note = sheet_said(sheets, N_("To the nearest five."));
	sheet_finish(sheets, &sheet);
	return OK;
}

/* ---- What the words mean */
static void put_definitions(const Sheets *sheets)
{
	static const char *const columns[] = { "figure", "definition", "unit", "source" };
	FigureSheet sheet = sheet_begin(sheets, "definitions", N_("What each figure means"), columns);
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Figure")));
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Definition")));
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Counted in")));
	sheet_head(sheets, &sheet, sheet_said(sheets, N_("Source")));
	for (size_t i = 0; i < figure_count; i++) {
		if (!sheets_may_show(sheets, &figures[i])) continue;
		sheet_words(sheets, &sheet, sheet_said(sheets, figures[i].text));
		sheet_words(sheets, &sheet, sheet_said(sheets, figures[i].means));
		sheet_words(sheets, &sheet, sheet_said(sheets, figure_unit_text(figures[i].type)));
		sheet_words(sheets, &sheet, sheet_said(sheets, figure_source_text(figures[i].type)));
	}
	sheet_finish(sheets, &sheet);
}

static Error check_scope(const Sheets *sheets)
{
	Call *call = sheets->call;
	const Actor *actor = call->actor;
	Organisation own;
	enum { VENDORS = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, UNITS = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN };
	FigureScope scope = sheets->view->scope;
	if (scope == FIGURE_PUBLIC || scope == FIGURE_VENDORS || (scope == FIGURE_OFFICE && actor_has(actor, ROLE_SYSTEM))) return OK;
	if (scope == FIGURE_OFFICE && actor_has(actor, FIGURE_STAFF) && actor->second_factor) return OK;
	bool is_member = scope != FIGURE_OFFICE && actor_has(actor, scope == FIGURE_OWN_VENDOR ? VENDORS : UNITS) && actor->organisation_id;
	if (!is_member) return fail(call, FORBIDDEN, "figures of scope %d", (int)scope);
	TRY(org_find(call, actor->organisation_id, &own));
	return text_is(own.ref, sheets->view->item) ? OK : fail(call, FORBIDDEN, "another organisation's figures");
}

Error figure_sheets(Call *call, const FigureView *view, FigureSheets *out)
{
	FigureSheets list = { 0 };
	Sheets sheets = { call, view, &list };
	bool is_own = view->scope == FIGURE_OWN_VENDOR || view->scope == FIGURE_OWN_UNIT;
	TRY(check_scope(&sheets));
	if (view->scope == FIGURE_VENDORS) {
		TRY(sheets_put_vendors(&sheets));
		put_definitions(&sheets);
		*out = list;
		return OK;
	}
	TRY(put_counts(&sheets));
	if (!is_own) TRY(put_months(&sheets));
	if (!is_own) TRY(sheets_put_slices(&sheets));
	if (!is_own) TRY(sheets_put_warnings(&sheets));
	bool has_times = view->scope != FIGURE_PUBLIC || view->period.first == view->period.last; /* the public: of single months only */
	if (has_times) TRY(put_times(&sheets));
	if (!is_own) TRY(put_reviews(&sheets));
	if (!is_own) TRY(put_backlog(&sheets));
	if (view->scope == FIGURE_OFFICE) TRY(sheets_put_organisations(&sheets));
	put_definitions(&sheets);
	*out = list;
	return OK;
}
