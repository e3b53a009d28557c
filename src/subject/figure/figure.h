/*
 * figure: what the library tells about its own work, in numbers. Each figure is defined once, in figure_table.c: what is counted, in which unit, of
 * which events or clocks. A job computes each day when it is closed; a day that was computed never changes, and computing everything anew gives the
 * same. Only computed days and months are read.
 *
 * The public is told of whole months only, each cell by itself, so that no two answers can be subtracted: a cell of fewer than FIGURE_LEAST matters
 * is hidden, and others beside it until nothing follows from their sum; see figure_hide.
 */
#pragma once
#include "store/db/db.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable figure_routes, figure_office_routes, figure_api_routes, figure_report_routes, figure_report_read_routes,
	figure_report_api_routes;

enum {
	FIGURE_LEAST = 5,
	FIGURE_HIDDEN = -1,
	FIGURE_MONTHS = 12, /* of a trend */
	FIGURE_GRACE_MINUTES = 30 /* after midnight (UTC+8): what began before it has ended */
};

typedef enum FigureSlice { /* by what a figure can be divided */
	FIGURE_ALL,
	FIGURE_KIND, /* generic, incident */
	FIGURE_PRODUCT,
	FIGURE_LEVEL,
	FIGURE_CLASS,
	FIGURE_VENDOR, /* ref of the organisation */
	FIGURE_UNIT, /* likewise: as whose member the report was sent; the unit that was warned */
	FIGURE_REACH, /* of warnings: everybody, or chosen organisations only */
	FIGURE_AGE, /* of what waits, at the end of the period */
	FIGURE_SLICES
} FigureSlice;
const char *figure_slice_tag(FigureSlice slice);

typedef enum FigureType {
	FIGURE_COUNT, /* events of the ledger */
	FIGURE_TIME, /* clocks that ended: working days each ran */
	FIGURE_STOCK /* clocks that ran at the end of the period and did not stand still */
} FigureType;
typedef struct Figure {
	const char *tag; /* stored and in addresses */
	const char *text, *means; /* English source texts: what it is called; its definition */
	FigureType type;
	const char *machine; /* of the events or clocks; or FIGURE_RISK_NOTICE, FIGURE_RECEIPT */
	const char *names[4]; /* actions that count, or the clock */
	uint32_t slices; /* bits 1 << FIGURE_… */
	bool is_public;
	bool is_open; /* it counts published records, so nothing is hidden */
	bool is_library; /* a clock of the library itself: its own punctuality */
	bool is_vendors; /* tells how vendors respond: everybody is told its sum, see FIGURE_VENDORS */
} Figure;
#define FIGURE_RISK_NOTICE "risk-notice" /* its action: publish */
#define FIGURE_RECEIPT "warning-receipt" /* its clock: receipt; one organisation's, of one warning */
extern const Figure figures[];
extern const size_t figure_count;
const Figure *figure_find(Text tag); /* NULL: there is none */
const char *figure_unit_text(FigureType type); /* English source text */
const char *figure_source_text(FigureType type);

/* ---- Closing days */
/* Computes at most `max` days that are over, the oldest first. For a job. */
must_use Error figure_close(Call *call, int64_t max, int64_t *out_closed);
must_use Error figure_compute_anew(Call *call); /* forgets everything; figure_close then begins at the first event */

/* ---- Periods: months are year * 12 + month - 1, days civil days since 1970-01-01, both in UTC+8. */
typedef enum FigureSpan { FIGURE_DAYS, FIGURE_MONTHS_SPAN } FigureSpan;
typedef struct FigurePeriod {
	FigureSpan span;
	int64_t first, last; /* both within */
} FigurePeriod;
int64_t figure_month_of(int64_t day);
int64_t figure_first_day(int64_t month);
Text figure_month_tag(Arena *arena, int64_t month); /* "2026-10" */
must_use bool figure_month_parse(Text tag, int64_t *out);
/* The last day that is computed, and the last month the public may see: it is over and its last day and the one after are computed. -1: none. */
must_use Error figure_closed(Call *call, int64_t *out_day, int64_t *out_public_month);

/* ---- Reading */
typedef struct FigureGrid { /* counts: periods × items */
	int64_t first;
	size_t period_count;
	Texts items; /* in order */
	int64_t *values; /* [period * items.count + item]; FIGURE_HIDDEN */
	int64_t *totals; /* of each period; of the figure as a whole */
} FigureGrid;
must_use Error figure_grid(Call *call, const Figure *figure, FigureSlice slice, const FigurePeriod *period, FigureGrid *out);
void figure_grid_hide(FigureGrid *grid); /* each period by figure_hide */
int64_t figure_grid_value(const FigureGrid *grid, int64_t start, Text item); /* 0: nothing; no item: the total */

/* Hides cells of a row, and its total, where one is 1 … FIGURE_LEAST - 1. Of a small total everything is hidden. Else every cell below a limit is,
 * zeros too: the limit is FIGURE_LEAST, doubled until at least two that are not zero are hidden whose sum is at least FIGURE_LEAST and at least
 * FIGURE_LEAST less than the most they could be, or all are. Zeros change nothing of what is hidden, so that a month looks the same whatever other
 * months it stands beside. Also for who knows this rule no hidden cell then follows from the rest (a test tries every row). Pure. */
void figure_hide(int64_t *cells, size_t count, int64_t *total);

typedef struct FigureSpread { /* of working days; a quantile is the smallest value with at least that share of all at or below it */
	int64_t count, kept; /* kept: ended before their limit */
	int64_t median, p75, p90; /* -1: nothing to tell; FIGURE_HIDDEN likewise */
} FigureSpread;
/* Of the whole period together; `item` empty: all. */
must_use Error figure_spread(Call *call, const Figure *figure, FigureSlice slice, Text item, const FigurePeriod *period, FigureSpread *out);
/* As the public sees it: the count to the nearest five, a quantile only with FIGURE_LEAST at or below and at or above it; *out_share: "97 %",
 * "over 90 %", "under 10 %" or no text. */
must_use Error figure_public_spread(
	Call *call, const Figure *figure, const FigurePeriod *month, Lang lang, FigureSpread *out, Text *out_share);
int64_t figure_rounded(int64_t count); /* to the nearest multiple of FIGURE_LEAST */
Text figure_share_text(Arena *arena, const FigureSpread *spread); /* "97 %"; no text: nothing counted */

/* ---- Who sees what */
/* FIGURE_VENDORS: everybody, how vendors respond; sums only, none where without its two largest vendors fewer than FIGURE_LEAST matters remain. */
typedef enum FigureScope { FIGURE_PUBLIC, FIGURE_VENDORS, FIGURE_OWN_VENDOR, FIGURE_OWN_UNIT, FIGURE_OFFICE } FigureScope;
enum { FIGURE_STAFF = ROLE_COORDINATOR | ROLE_PUBLISHER | ROLE_EDITOR | ROLE_APPROVER | ROLE_AUTHORITY };

/* ---- Sheets: tables with what is drawn of them, the same for pages, files, machines and reports */
typedef enum FigureChart { CHART_NONE, CHART_BARS, CHART_ROWS, CHART_SHARES } FigureChart;
typedef struct FigureBar {
	Text label, tone; /* tone: tag of a level; may be empty */
	int64_t value;
	bool is_hidden;
} FigureBar;
typedef struct FigureCell {
	Text text;
	int64_t number;
	bool is_number, is_hidden;
} FigureCell;
typedef struct FigureSheet {
	const char *tag; /* in addresses */
	Text title, note; /* note: may be empty */
	const char *const *columns; /* tags, for machines */
	Texts heads;
	LIST_OF(FigureCell) cells; /* row by row */
	FigureChart chart;
	Text chart_title;
	LIST_OF(FigureBar) bars;
} FigureSheet;
typedef LIST_OF(FigureSheet) FigureSheets;
size_t figure_sheet_rows(const FigureSheet *sheet);

typedef struct FigureView {
	FigureScope scope;
	FigurePeriod period, before; /* of the public: one month each */
	int64_t trend_last; /* the month a trend ends with */
	Text period_text, before_text; /* in the reader's language */
	Text item; /* of an own scope: ref of the organisation */
} FigureView;
/* Whatever the scope may see. FORBIDDEN: the actor is not of the scope. */
must_use Error figure_sheets(Call *call, const FigureView *view, FigureSheets *out);
const FigureSheet *figure_sheet_find(const FigureSheets *sheets, Text tag); /* NULL */
Text figure_month_text(const Call *call, int64_t month);
Text figure_period_text(const Call *call, const FigurePeriod *period);
FigurePeriod figure_before(const FigurePeriod *period); /* of the same length, just before */
