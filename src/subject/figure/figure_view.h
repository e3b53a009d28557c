/* What the templates of figures show. */
#pragma once
#include "face/html/html.h"
#include "subject/figure/figure.h"

typedef struct SheetView {
	const char *tag;
	Text title, note; /* note: may be empty */
	Markup chart, table; /* chart: may be empty */
	Url csv, xlsx;
} SheetView;
typedef struct FiguresView {
	Markup filters, empty; /* empty: nothing is computed yet */
	LIST_OF(SheetView) sheets;
	Url json, reports, vendors; /* vendors: how they respond; may be empty */
	Text reports_label;
} FiguresView;

/* The parts of a sheet as a page shows them; `address`: of the page with its filters, with a '?' in it. */
SheetView figure_sheet_view(Html *html, const FigureSheet *sheet, Text address);
Table figure_sheet_table(Html *html, const FigureSheet *sheet);
/* One table as a file: table=TAG&format=csv|xlsx. NOT_FOUND. */
must_use Error figure_export(Request *request, const FigureSheets *sheets);
void figure_sheet_json(JsonWriter *json, const char *name, const FigureSheet *sheet); /* a member: an array of its rows */
void figure_json(JsonWriter *json, Call *call, const FigureView *view, const FigureSheets *sheets);
/* The public month an address asks for with month=, else the newest; *out_any false: there is none. INVALID: month. */
must_use Error figure_public_view(Request *request, FigureView *out, bool *out_any);
/* The same of how vendors respond. */
must_use Error figure_vendors_view(Request *request, FigureView *out, bool *out_any);
/* As the office asks: from=, until= (months), else the last twelve months. */
must_use Error figure_office_view(Request *request, FigureView *out, bool *out_any);
/* One's own organisation's, likewise. FORBIDDEN: neither a vendor's nor a unit's member. */
must_use Error figure_own_view(Request *request, FigureView *out, bool *out_any);
