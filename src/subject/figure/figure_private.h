/* What the files of this room share. */
#pragma once
#include "subject/figure/figure.h"
#include "subject/figure/figure.sql.h"

#define FIGURE_DAY_MS ((int64_t)86400000)
enum { FIGURE_ZONE_MS = 8 * 3600 * 1000, FIGURE_DAYS_MOST = 250, FIGURE_AGES = 5, FIGURE_YEAR_MONTHS = 12 };
static inline int64_t figure_day_start(int64_t day) { return day * FIGURE_DAY_MS - FIGURE_ZONE_MS; }
static inline const char *figure_span_tag(FigureSpan span) { return span == FIGURE_DAYS ? "day" : "month"; }
int figure_age(int working_days); /* bucket of an age: up to 2, 5, 10, 30 working days, more */
extern const char *const figure_age_texts[FIGURE_AGES];
static inline bool figure_has(const Figure *figure, FigureSlice slice) { return (figure->slices >> slice & 1U) != 0; }

/* ---- Making sheets */
typedef struct Sheets {
	Call *call;
	const FigureView *view;
	FigureSheets *list;
} Sheets;
bool sheets_public(const Sheets *sheets);
Text sheet_said(const Sheets *sheets, const char *english); /* in the reader's language */
Text sheet_said_of(const Sheets *sheets, const char *english, Text argument);
FigureSheet sheet_begin(const Sheets *sheets, const char *tag, const char *title, const char *const *columns);
void sheet_head(const Sheets *sheets, FigureSheet *sheet, Text text);
void sheet_words(const Sheets *sheets, FigureSheet *sheet, Text text);
void sheet_number(const Sheets *sheets, FigureSheet *sheet, int64_t value);
void sheet_bar(const Sheets *sheets, FigureSheet *sheet, Text label, Text tone, int64_t value);
void sheet_finish(const Sheets *sheets, const FigureSheet *sheet);
must_use Error sheet_item_text(const Sheets *sheets, FigureSlice slice, Text item, Text *out);
must_use Error sheet_grid(const Sheets *sheets, const Figure *figure, FigureSlice slice, const FigurePeriod *period, FigureGrid *out);
/* The whole period; of the months the public sees the sum of what is not hidden, FIGURE_HIDDEN when all are. */
int64_t sheet_sum(const FigureGrid *grid, const FigurePeriod *period, Text item);
FigurePeriod sheet_trend(const FigureView *view);
bool sheets_may_show(const Sheets *sheets, const Figure *figure);
must_use Error sheets_put_warnings(const Sheets *sheets);
must_use Error sheets_put_slices(const Sheets *sheets);
must_use Error sheets_put_organisations(const Sheets *sheets);
must_use Error sheets_put_vendors(const Sheets *sheets); /* how vendors respond, for everybody */
void sheet_time_heads(const Sheets *sheets, FigureSheet *sheet, const char *first);
void sheet_time_row(const Sheets *sheets, FigureSheet *sheet, const FigureSpread *spread, Text share);
