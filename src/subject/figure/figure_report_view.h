/* What the templates of reports show, and what the pages of reports share. */
#pragma once
#include "subject/figure/figure_report.h"
#include "subject/figure/figure_view.h"
#include "work/form/form_view.h"

enum { FIGURE_FILES = 4 };
typedef struct FigureFile {
	Text label;
	Url url;
} FigureFile;
typedef struct FigureFilesView {
	FigureFile files[FIGURE_FILES];
	size_t count;
} FigureFilesView;
typedef struct FigureReportListView {
	Markup table, pager;
	Url figures, fresh; /* fresh: may be empty: drafts no reports */
} FigureReportListView;
typedef struct FigureWordsView {
	Text head, lang; /* head: may be empty */
	Texts lines;
} FigureWordsView;
typedef struct FigurePartView {
	Text title, note; /* note: may be empty */
	LIST_OF(FigureWordsView) words;
	Markup chart, table; /* may be empty */
} FigurePartView;
typedef struct FigurePartsView {
	LIST_OF(FigurePartView) parts;
} FigurePartsView;
typedef struct FigureReportView {
	Markup chip, files, parts, actions, history, editions; /* editions: may be empty */
} FigureReportView;
typedef struct FigureReadView {
	Markup note, parts, files, editions; /* note, editions: may be empty */
	Url list;
} FigureReadView;
typedef struct FigureNewView {
	FormView form;
	Url action, back;
} FigureNewView;

/* Sections with charts and tables, in the words of the page's language, or of both. */
must_use Error figure_report_parts(Html *html, const FigureReport *report, bool is_public, bool both, Markup *out);
Markup figure_report_files(Html *html, Text base);
/* The editions with their reasons; empty when there is but one. `address`: of a public report, to which ?edition= is added; else no text. */
must_use Error figure_report_editions_markup(Html *html, const FigureReport *report, Text address, Markup *out);
/* The report an address names, for staff and for everybody. */
must_use Error figure_report_load(Request *request);
must_use Error figure_report_load_public(Request *request);
