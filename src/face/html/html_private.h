/* What the files of html share: helpers, and the structs its own templates show. */
#pragma once
#include "face/html/html.h"

void html_escape(Buffer *out, Text text); /* for text and for quoted attributes alike */
Text known_level(Text tag); /* the tag itself, or "none" */
Text known_tone(Text tone); /* the tone itself, or "neutral" */
Handler styleguide_page;

typedef struct ShellLink {
	Text text;
	Url url;
	const char *group; /* NULL: stands by itself */
	bool is_here, is_inbox;
} ShellLink;
typedef LIST_OF(ShellLink) ShellLinks;
typedef struct ShellMenu { /* links of one group; a single one stands without a menu */
	Text text; /* empty: no menu */
	const ShellLink *links;
	size_t link_count;
	bool is_here;
} ShellMenu;
typedef LIST_OF(ShellMenu) ShellMenus;
typedef struct ShellView {
	const PageHead *head;
	bool is_public, demo;
	Text language, other_language_tag, other_language_name, library_name, person, filing_numbers;
	Url other_language, home, desk, report, sign_in, sign_out, demo_url, unread_url, feed, feed_link; /* feed_link: shown at the foot */
	Text unread; /* "" when nothing is */
	ShellLinks public_links, footer_links;
	ShellMenus menus; /* of the reader's roles */
	Markup body;
} ShellView;
typedef struct ErrorView {
	int status, retry_seconds;
	Markup problems;
	Url home, sign_in;
} ErrorView;

typedef struct FieldChoice {
	Text value, label;
	bool is_chosen;
} FieldChoice;
typedef struct RowCell {
	Text name, column, value;
} RowCell;
typedef struct RowLine {
	LIST_OF(RowCell) cells;
} RowLine;
typedef LIST_OF(RowLine) RowLines;
typedef struct FieldView {
	const FormField *field;
	Text id, value, problem, type, described; /* described: ids of help and problem */
	int rows;
	bool is_lines, is_choice, is_secret, is_file, is_code, is_checked, is_named;
	LIST_OF(FieldChoice) choices;
	RowLines lines;
	Url upload;
} FieldView;
typedef struct ProblemLine {
	Text label, text; /* label: empty when the field is not known here */
	Url url; /* to the field; empty when the problem belongs to none */
} ProblemLine;
typedef LIST_OF(ProblemLine) ProblemLines;

/* Renders one of the room's own templates as a Markup. */
#define RENDER(html, page, view) \
	__extension__({ \
		Html inner_ = html_inner(html); \
		page(&inner_, (view)); \
		html_done((html), &inner_); \
	})
typedef struct ChipView {
	Text tone, word;
	bool is_critical, is_high, is_medium, is_low; /* of a level */
	bool is_good, is_bad, is_warn, is_active; /* of a status */
} ChipView;
typedef struct NoteView {
	Text tone, title;
	Markup body;
} NoteView;
typedef struct StepLine {
	const Step *step;
	Text state, word;
	bool is_current;
} StepLine;
typedef LIST_OF(StepLine) StepLines;
typedef struct ClockView {
	const Clock *clock;
	Text tone, left;
} ClockView;
typedef struct TimelineView {
	const TimelineEntry *entries;
	size_t count;
} TimelineView;
typedef struct FactLine {
	Text label;
	Cell cell;
} FactLine;
typedef LIST_OF(FactLine) FactLines;
typedef struct CheckLine {
	Text text, word, tone;
	bool is_good, is_warn, is_bad;
} CheckLine;
typedef LIST_OF(CheckLine) ChecksView;
typedef struct TableCell {
	const Cell *cell;
	const Column *column;
	Text kind;
} TableCell;
typedef struct TableRow {
	const TableCell *cells;
	size_t count;
} TableRow;
typedef struct TableView {
	const Table *table;
	const TableRow *rows;
	size_t row_count;
} TableView;
typedef struct FilterLine {
	const Filter *filter;
	Text id, type;
	LIST_OF(FieldChoice) choices;
} FilterLine;
typedef struct FilterView {
	const FilterBar *bar;
	bool is_filtered;
	LIST_OF(FilterLine) lines;
} FilterView;
typedef struct PagerView {
	Url previous, next;
} PagerView;
typedef struct EmptyView {
	Text title, hint, label;
	Url action;
} EmptyView;
typedef struct FilesView {
	const FileEntry *files;
	size_t count;
} FilesView;
typedef struct MessageView {
	const Message *messages;
	size_t count;
} MessageView;
typedef struct AudienceView {
	const Text *names;
	size_t count;
} AudienceView;
typedef struct QrView {
	Text path, label;
	int size;
} QrView;
typedef struct DialogView {
	Text label, tone;
	Markup body;
} DialogView;
typedef struct ChartShape {
	const ChartBar *bar;
	Text tone, label, x, y, width, height, middle, value_y, percent;
	bool shows_value, shows_label, is_minor; /* minor: left out where it is narrow */
} ChartShape;
typedef struct ChartView {
	Text title;
	bool is_shares;
	LIST_OF(ChartShape) shapes;
} ChartView;
typedef struct StyleguideView {
	const ChartBar *figures, *months, *levels;
	size_t figure_count, month_count, level_count;
	const Step *steps;
	size_t step_count;
	const Clock *clocks;
	size_t clock_count;
	const TimelineEntry *timeline;
	size_t timeline_count;
	const Message *messages;
	size_t message_count;
	const FormField *composer, *fields, *upload;
	size_t field_count;
	const Text *audience;
	size_t audience_count;
	const Fact *facts;
	size_t fact_count;
	const Check *checks;
	size_t check_count;
	const FileEntry *files;
	size_t file_count;
	const FilterBar *filters;
	const Table *table;
	Url before, after, upload_url;
	Text markdown;
	Markup nothing;
} StyleguideView;

typedef struct DifferenceShown {
	Text text;
	bool is_added, is_removed;
} DifferenceShown;
typedef struct DifferenceView {
	LIST_OF(DifferenceShown) lines;
} DifferenceView;
