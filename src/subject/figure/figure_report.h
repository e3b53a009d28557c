/*
 * figure_report: the weekly, the monthly and the yearly report. A job drafts each when its period is computed: words in both languages made of the
 * numbers, tables and charts. An editor changes the words and reviews them, another person issues it.
 *
 * A monthly and a yearly report have a public edition, made of the public figures only. A weekly report has none: a month less its weeks would tell
 * of the few days between. Its words, and those of a draft, are sealed; words become public when the report is issued.
 */
#pragma once
#include "face/doc/docx.h"
#include "subject/figure/figure.h"

extern const Machine figure_report_machine;
const Form *figure_report_form(const char *name);

typedef enum FigureReportKind { FIGURE_WEEKLY, FIGURE_MONTHLY, FIGURE_YEARLY, FIGURE_REPORT_KINDS } FigureReportKind;
const char *figure_report_kind_tag(FigureReportKind kind); /* "week" */
const char *figure_report_kind_text(FigureReportKind kind); /* English source text */
typedef struct FigureReport {
	int64_t id, revision, seal_key, start, reviewed_by, issued_at,
		updated_at; /* start: day of a week, else month; issued_at 0: not issued */
	FigureReportKind kind;
	Text ref, state;
	Text words[LANG_COUNT];
	bool is_public; /* issued, with an edition for everybody */
} FigureReport;
typedef LIST_OF(FigureReport) FigureReports;

/* ---- For FIGURE_STAFF with second factor. NOT_FOUND: others, or absent. */
must_use Error figure_report_open(Call *call, Text ref, FigureReport *out);
must_use Error figure_report_list(Call *call, int64_t before, int64_t max, FigureReports *out); /* newest first */
must_use Error figure_report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void figure_report_matter(Call *call, const FigureReport *report, Matter *out);
/* ---- For everybody: what has a public edition; its words only. NOT_FOUND. */
must_use Error figure_report_open_public(Call *call, Text ref, FigureReport *out);
must_use Error figure_report_list_public(Call *call, int64_t before, int64_t max, FigureReports *out);

/* Drafts one for a period that is over. FORBIDDEN: not the system. CONFLICT: there is one. */
must_use Error figure_report_begin(Call *call, FigureReportKind kind, int64_t start, Text *out_ref);
/* Drafts what is due: last week on its Monday, last month from its first working day on, last year in January. For a job. */
must_use Error figure_reports_draft(Call *call, int64_t *out_count);

/* What it shows, in call->lang. */
void figure_report_view(Call *call, const FigureReport *report, bool is_public, FigureView *out);
Text figure_report_title(Call *call, const FigureReport *report);
/* The words a draft begins with: what the tables of the view say. */
must_use Error figure_report_draft_words(Call *call, const FigureView *view, Text *out);
/* As a document of Word or as PDF, in call->lang. */
must_use Error figure_report_document(Call *call, const FigureReport *report, bool is_public, bool as_pdf, Text *out);
