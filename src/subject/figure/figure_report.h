/*
 * figure_report: reports of figures: weekly, monthly, yearly, and special ones of any months. A job drafts the first three when their period is
 * computed; an editor drafts any by hand. A report has sections, each with words in both languages beside a chart and a table. Who wrote the words
 * does not review them, and who reviewed them does not issue them. What is issued is an edition; a correction with its reason is a further one, and
 * the edition before stays readable.
 *
 * A monthly and a yearly report have a public edition, and so has a special one unless it is for the office: made of the public figures of whole
 * months only. A weekly report has none: a month less its weeks would tell of the few days between. The words of a draft and of what is for the
 * office are sealed; words become public when a public report is issued.
 */
#pragma once
#include "face/doc/docx.h"
#include "subject/figure/figure.h"

extern const Machine figure_report_machine;
const Form *figure_report_form(const char *name);
extern const Form figure_report_new_form;

typedef enum FigureReportKind { FIGURE_WEEKLY, FIGURE_MONTHLY, FIGURE_YEARLY, FIGURE_SPECIAL, FIGURE_REPORT_KINDS } FigureReportKind;
const char *figure_report_kind_tag(FigureReportKind kind); /* "week" */
const char *figure_report_kind_text(FigureReportKind kind); /* English source text */

typedef struct FigureSection {
	const char *tag; /* of the sheet it shows, or of words alone */
	const char *text; /* English source text */
	bool is_words; /* words alone: title, summary, reason of a correction */
	bool is_inside; /* never of a public report */
	size_t columns[2], column_count; /* of its sheet: what a draft says of each row beside its first number */
	bool is_drafted; /* a draft says something of it */
} FigureSection;
extern const FigureSection figure_sections[]; /* in the order of a report */
extern const size_t figure_section_count;
const FigureSection *figure_section_find(Text tag); /* NULL: there is none */

typedef struct FigurePart {
	const FigureSection *section;
	Text words[LANG_COUNT]; /* may be empty */
} FigurePart;
typedef LIST_OF(FigurePart) FigureParts;
typedef struct FigureReport {
	int64_t id, revision, seal_key, start, last; /* days of a week, else months */
	int64_t writer_id, reviewed_by, issued_at, updated_at; /* writer_id 0: drafted by itself; issued_at 0: not issued */
	int64_t edition; /* the newest that was issued; 0: none */
	FigureReportKind kind;
	Text ref, state;
	bool is_inside, is_public; /* is_public: issued, and everybody reads it */
	FigureParts parts; /* in order; of the list: words alone */
} FigureReport;
typedef LIST_OF(FigureReport) FigureReports;
/* Words of a section; empty: none. */
Text figure_report_words(const FigureReport *report, const char *section, Lang lang);

/* ---- For FIGURE_STAFF with second factor. NOT_FOUND: others, or absent. */
must_use Error figure_report_open(Call *call, Text ref, FigureReport *out); /* as it is being worked on */
must_use Error figure_report_list(Call *call, int64_t before, int64_t max, FigureReports *out); /* newest first */
must_use Error figure_report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void figure_report_matter(Call *call, const FigureReport *report, Matter *out);
/* The form of an action of this report; NULL: none of this name. */
const Form *figure_report_form_of(Call *call, const void *report, const char *name);
/* ---- For everybody: what has a public edition; its words only. NOT_FOUND. */
must_use Error figure_report_open_public(Call *call, Text ref, FigureReport *out);
must_use Error figure_report_list_public(Call *call, int64_t before, int64_t max, FigureReports *out);

typedef struct FigureEdition {
	int64_t n, issued_at;
	Text reason[LANG_COUNT]; /* of the correction; empty: the first one */
} FigureEdition;
typedef LIST_OF(FigureEdition) FigureEditions;
/* Newest first; of a report the actor has opened, as public as that one. */
must_use Error figure_report_editions(Call *call, const FigureReport *report, bool is_public, FigureEditions *out);
/* The same report with the words of an earlier public edition. NOT_FOUND. */
must_use Error figure_report_open_edition(Call *call, const FigureReport *report, int64_t n, FigureReport *out);

/* Drafts one for a period that is over. FORBIDDEN: not the system. CONFLICT: there is one. */
must_use Error figure_report_begin(Call *call, FigureReportKind kind, int64_t start, Text *out_ref);
/* The same by an editor, with values of figure_report_new_form. FORBIDDEN: others. INVALID: the period is not over yet, there is a report of it
 * (which can be corrected), no section is chosen. */
must_use Error figure_report_make(Call *call, const Map *values, Text *out_ref);
/* Drafts what is due: last week on its Monday, last month from its first working day on, last year in January. For a job. */
must_use Error figure_reports_draft(Call *call, int64_t *out_count);

/* What it shows, in call->lang. */
void figure_report_view(Call *call, const FigureReport *report, bool is_public, FigureView *out);
Text figure_report_title(Call *call, const FigureReport *report);
/* The words a draft begins with: what the table of the section says; empty: nothing. */
Text figure_report_draft_words(Call *call, const FigureSheets *sheets, const FigureSection *section);
/* As a document of Word or as PDF, in call->lang. */
must_use Error figure_report_document(Call *call, const FigureReport *report, bool is_public, bool as_pdf, Text *out);
