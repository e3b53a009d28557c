/* What the templates of warnings show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct WarningPartView {
	Text head;
	Markup body;
} WarningPartView;
typedef LIST_OF(WarningPartView) WarningParts;
typedef struct WarningListView {
	Markup filters, table, empty, pager; /* may be empty */
	Url fresh; /* may be empty: writes no warnings */
	Markup shared; /* may be empty */
} WarningListView;
typedef struct WarningShowView {
	Markup chip, clock, text, facts, why, receipt, actions, history, changes, proposal, remark; /* may be empty */
	Markup audience; /* of the library; may be empty */
	Url edit, reach, receipts, acknowledge, pdf, word, published; /* may be empty */
	Text edit_words, lang; /* lang: of parts in another language than the page; may be empty */
	WarningParts parts; /* instead of text */
	Markup counts;
	FormView receipt_form;
} WarningShowView;
typedef struct WarningTextView {
	FormView form;
	Url action, autosave, back;
} WarningTextView;
typedef struct WarningAudienceView {
	Markup aims, counts, reaches, unheld, empty, note; /* may be empty */
	FormView form;
	Url add; /* may be empty */
	Url back, csv, xlsx;
} WarningAudienceView;
typedef struct WarningReceiptsView {
	Markup counts, table, empty, pager; /* may be empty: table, empty, pager */
	Url back, csv, xlsx; /* may be empty: csv, xlsx */
} WarningReceiptsView;
typedef struct WarningPublicListView {
	const Table *table; /* NULL: none */
	Markup pager;
	Url feed;
} WarningPublicListView;
typedef struct WarningPublicView {
	Text number, lang, reason; /* lang: of a text in another language than the page; may be empty */
	int64_t published_at, changed_at;
	bool was_changed, is_withdrawn, is_urgent;
	WarningParts parts;
	Markup changes; /* may be empty */
	Url pdf, word;
} WarningPublicView;
