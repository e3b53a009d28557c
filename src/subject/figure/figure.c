/* Computed days and months are read, hidden where they must be, and summed up. */
#include "subject/figure/figure.h"

#include "base/base/clock.h"
#include "subject/figure/figure_private.h"

#include <stdlib.h>

const char *const figure_age_texts[FIGURE_AGES] = { "0-2", "3-5", "6-10", "11-30", "31-" };

int figure_age(int working_days)
{
	static const int limits[] = { 2, 5, 10, 30 };
	int age = 0;
	while (age < (int)COUNT(limits) && working_days > limits[age]) age++;
	return age;
}

/* ---- Periods */
int64_t figure_month_of(int64_t day)
{
	int year, month, of_month;
	clock_civil(day, &year, &month, &of_month);
	return (int64_t)year * FIGURE_YEAR_MONTHS + month - 1;
}

int64_t figure_first_day(int64_t month) { return clock_days((int)(month / FIGURE_YEAR_MONTHS), (int)(month % FIGURE_YEAR_MONTHS) + 1, 1); }

Text figure_month_tag(Arena *arena, int64_t month)
{
	return arena_printf(arena, "%04lld-%02lld", (long long)(month / FIGURE_YEAR_MONTHS), (long long)(month % FIGURE_YEAR_MONTHS + 1));
}

bool figure_month_parse(Text tag, int64_t *out)
{
	int64_t year, month;
	enum { TAG_LENGTH = 7, YEAR_LENGTH = 4, FIRST = 2000, LAST = 9999 };
	if (tag.length != TAG_LENGTH || tag.at[YEAR_LENGTH] != '-') return false;
	if (!text_to_int(text_slice(tag, 0, YEAR_LENGTH), &year) || !text_to_int(text_slice(tag, YEAR_LENGTH + 1, TAG_LENGTH), &month))
		return false;
	if (year < FIRST || year > LAST || month < 1 || month > FIGURE_YEAR_MONTHS) return false;
	*out = year * FIGURE_YEAR_MONTHS + month - 1;
	return true;
}

Error figure_closed(Call *call, int64_t *out_day, int64_t *out_public_month)
{
	int64_t next;
	TRY(figure_next_day(call, &next));
	*out_day = next > 0 ? next - 1 : -1;
	*out_public_month = next > 1 ? figure_month_of(next - 1) - 1 : -1; /* the month that is over since before the last closed day */
	return OK;
}

FigurePeriod figure_before(const FigurePeriod *period)
{
	int64_t length = period->last - period->first + 1;
	return (FigurePeriod) { period->span, period->first - length, period->first - 1 };
}

/* ---- Hiding */
static bool is_small(int64_t value) { return value > 0 && value < FIGURE_LEAST; }

static void hide_below(int64_t *cells, size_t count, int64_t limit)
{
	for (size_t i = 0; i < count; i++)
		if (cells[i] < limit) cells[i] = FIGURE_HIDDEN;
}

/* Whether neither any nor all of what is below the limit follows from its sum: it is neither near to nothing nor near to the most it could be. */
static bool is_enough(const int64_t *cells, size_t count, int64_t limit, size_t *hidden)
{
	int64_t sum = 0;
	*hidden = 0;
	for (size_t i = 0; i < count; i++)
		if (cells[i] > 0 && cells[i] < limit) {
			sum += cells[i];
			(*hidden)++;
		}
	return *hidden >= 2 && sum >= FIGURE_LEAST && sum <= (int64_t)*hidden * (limit - 1) - FIGURE_LEAST;
}

/* Nothing here depends on how many cells are zero: what a row shows of one month is the same beside whatever other months it is asked for. */
void figure_hide(int64_t *cells, size_t count, int64_t *total)
{
	bool any_small = false;
	int64_t limit = FIGURE_LEAST;
	size_t hidden = 0, filled = 0;
	if (is_small(*total)) {
		*total = FIGURE_HIDDEN;
		hide_below(cells, count, INT64_MAX);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		any_small |= is_small(cells[i]);
		filled += cells[i] > 0;
	}
	if (!any_small) return;
	while (!is_enough(cells, count, limit, &hidden) && hidden < filled) limit *= 2;
	hide_below(cells, count, limit);
}

void figure_grid_hide(FigureGrid *grid)
{
	for (size_t i = 0; i < grid->period_count; i++)
		figure_hide(&grid->values[i * grid->items.count], grid->items.count, &grid->totals[i]);
}

int64_t figure_rounded(int64_t count) { return (count + FIGURE_LEAST / 2) / FIGURE_LEAST * FIGURE_LEAST; }

/* ---- Reading */
static size_t item_of(const Texts *items, Text item)
{
	size_t i = 0;
	while (i < items->count && !text_is(items->at[i], item)) i++;
	return i;
}

static int compare_texts(const void *a, const void *b) { return text_compare(*(const Text *)a, *(const Text *)b); }

static Error read_values(Call *call, const Figure *figure, FigureSlice slice, const FigurePeriod *period, FigureValueRows *out)
{
	return figure_values(call, text_from(figure_span_tag(period->span)), text_from(figure->tag), text_from(figure_slice_tag(slice)),
		period->first, period->last, out);
}

Error figure_grid(Call *call, const Figure *figure, FigureSlice slice, const FigurePeriod *period, FigureGrid *out)
{
	FigureValueRows rows;
	FigureGrid grid = { .first = period->first, .period_count = (size_t)(period->last - period->first + 1) };
	TRY(read_values(call, figure, slice, period, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (item_of(&grid.items, rows.at[i].item) == grid.items.count) list_add(call->arena, &grid.items, rows.at[i].item);
	if (grid.items.count) qsort(grid.items.at, grid.items.count, sizeof(Text), compare_texts);
	grid.values = arena_array_of(call->arena, int64_t, grid.period_count * grid.items.count + 1);
	grid.totals = arena_array_of(call->arena, int64_t, grid.period_count);
	for (size_t i = 0; i < rows.count; i++) {
		size_t at = (size_t)(rows.at[i].start - period->first);
		grid.values[at * grid.items.count + item_of(&grid.items, rows.at[i].item)] += rows.at[i].value;
		grid.totals[at] += rows.at[i].value;
	}
	*out = grid;
	return OK;
}

int64_t figure_grid_value(const FigureGrid *grid, int64_t start, Text item)
{
	if (start < grid->first || (size_t)(start - grid->first) >= grid->period_count) return 0;
	size_t at = (size_t)(start - grid->first), which = item_of(&grid->items, item);
	if (!item.at) return grid->totals[at];
	return which < grid->items.count           ? grid->values[at * grid->items.count + which]
	       : grid->totals[at] == FIGURE_HIDDEN ? FIGURE_HIDDEN
						   : 0;
}

/* How many of each number of working days, and how many of them kept their limit. */
typedef struct Histogram {
	int64_t of[FIGURE_DAYS_MOST + 1], count, kept;
} Histogram;

static Error histogram_of(Call *call, const Figure *figure, FigureSlice slice, Text item, const FigurePeriod *period, Histogram *out)
{
	FigureValueRows rows;
	*out = (Histogram) { .count = 0 };
	TRY(read_values(call, figure, slice, period, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const FigureValueRow *row = &rows.at[i];
		if (!text_is(row->item, item) || row->bucket < 0 || row->bucket > FIGURE_DAYS_MOST) continue;
		out->of[row->bucket] += row->value;
		out->count += row->value;
		if (row->within) out->kept += row->value;
	}
	return OK;
}

/* The smallest value with at least `percent` of all at or below it. */
static int64_t quantile(const Histogram *histogram, int64_t percent)
{
	int64_t below = 0;
	if (!histogram->count) return -1;
	for (int64_t days = 0; days <= FIGURE_DAYS_MOST; days++) {
		below += histogram->of[days];
		if (below * 100 >= percent * histogram->count) return days;
	}
	return FIGURE_DAYS_MOST;
}

enum { MEDIAN = 50, THREE_QUARTERS = 75, NINE_TENTHS = 90, PERCENT = 100 };

static FigureSpread spread_of(const Histogram *histogram)
{
	return (FigureSpread) { .count = histogram->count,
		.kept = histogram->kept,
		.median = quantile(histogram, MEDIAN),
		.p75 = quantile(histogram, THREE_QUARTERS),
		.p90 = quantile(histogram, NINE_TENTHS) };
}

Error figure_spread(Call *call, const Figure *figure, FigureSlice slice, Text item, const FigurePeriod *period, FigureSpread *out)
{
	Histogram histogram;
	TRY(histogram_of(call, figure, slice, item, period, &histogram));
	*out = spread_of(&histogram);
	return OK;
}

Text figure_share_text(Arena *arena, const FigureSpread *spread)
{
	if (spread->count <= 0) return (Text) { 0 };
	return arena_printf(arena, "%lld %%", (long long)(spread->kept * PERCENT / spread->count));
}

/* Nobody alone stands at it: enough are at or below, and enough at or above. */
static int64_t shown(const Histogram *histogram, int64_t value)
{
	int64_t below = 0, above = 0;
	for (int64_t days = 0; days <= FIGURE_DAYS_MOST; days++) {
		if (days <= value) below += histogram->of[days];
		if (days >= value) above += histogram->of[days];
	}
	return value >= 0 && below >= FIGURE_LEAST && above >= FIGURE_LEAST ? value : FIGURE_HIDDEN;
}

/* Where few are late or few are not, how many is not told: only what follows from there being fewer than FIGURE_LEAST of them. */
static Text public_share(Arena *arena, Lang lang, const FigureSpread *spread)
{
	int64_t late = spread->count - spread->kept, rest = figure_rounded(spread->count) - FIGURE_LEAST;
	int64_t bound = figure_rounded(spread->count) > 0 && rest > 0
				? rest * PERCENT / figure_rounded(spread->count) / FIGURE_LEAST * FIGURE_LEAST
				: 0;
	const char *text = is_small(late) ? N_("over %s %") : N_("under %s %");
	if (spread->count < FIGURE_LEAST) return (Text) { 0 };
	if (!is_small(late) && !is_small(spread->kept)) return figure_share_text(arena, spread);
	if (bound == 0) return (Text) { 0 };
	if (!is_small(late)) bound = PERCENT - bound;
	Text number = arena_printf(arena, "%lld", (long long)bound);
	return problem_text(arena, lang, &(Problem) { .message = text, .argument = number });
}

Error figure_public_spread(Call *call, const Figure *figure, const FigurePeriod *month, Lang lang, FigureSpread *out, Text *out_share)
{
	Histogram histogram;
	must((figure->is_public || figure->is_vendors) && month->span == FIGURE_MONTHS_SPAN && month->first == month->last);
	TRY(histogram_of(call, figure, FIGURE_ALL, TEXT(""), month, &histogram));
	*out = spread_of(&histogram);
	*out_share = public_share(call->arena, lang, out);
	out->median = shown(&histogram, out->median);
	out->p75 = shown(&histogram, out->p75);
	out->p90 = shown(&histogram, out->p90);
	out->count = figure_rounded(out->count);
	out->kept = FIGURE_HIDDEN;
	return OK;
}
