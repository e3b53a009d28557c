/* library_view: the public face of the library in pages, and what other rooms' pages and machine faces need of it. */
#pragma once
#include "face/html/html.h"
#include "subject/library/library.h"

enum { LIBRARY_QUESTION_BYTES_MAX = 600 };
/* What an address asks: q level year platform vendor source weakness fix=yes sort=relevance kind=advisory|warning cursor limit; without
 * kind both are searched. INVALID: limit. */
must_use Error library_query_of(Request *request, LibraryQuery *out);
/* "?q=…&cursor=…", or the empty text. */
Text library_query_text(Arena *arena, const LibraryQuery *query, Text cursor);
Url advisory_url(const Request *request, Text identifier); /* of the record's page */
Url library_url(const Request *request, const LibraryItem *item); /* of the page of a record or of a warning */
Markup library_level(Html *html, Text level); /* its chip */
Text library_platform(const Html *html, Text tag); /* in words; what is no platform of ours stays as it is */
/* GET /advisories, /advisories/:id */
extern const RouteTable library_routes;
Error library_show_advisory(Request *request); /* a row of it */

/* ---- What the templates show */

typedef struct AdvisoriesView {
	const FilterBar *filters;
	const Table *table; /* NULL: nothing was found */
	Text empty_title, empty_hint, empty_label;
	Url empty_action;
	Url newer, older;
} AdvisoriesView;

typedef struct LinkView {
	Text text, note;
	Url url; /* empty: no address that may be followed */
} LinkView;
typedef struct RevisionView {
	Text title;
	LIST_OF(Fact) changes; /* label, and the difference as markup */
} RevisionView;
typedef struct AdvisoryView {
	Markup withdrawn; /* the note above everything; empty when it stands */
	LinkView successor; /* text empty: none */
	Text lang; /* of the texts, "" when it is the page's */
	Texts description, solution, existence, detection, other; /* paragraphs */
	const Table *affected, *ratings; /* NULL: none */
	LIST_OF(LinkView) references;
	const Fact *facts;
	size_t fact_count;
	const TimelineEntry *timeline, *history;
	size_t timeline_count, history_count;
	LIST_OF(RevisionView) revisions;
	Url json;
} AdvisoryView;
