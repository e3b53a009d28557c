/*
 * html: what compiled templates write through, the shell around every page, and the parts pages are made of.
 * Text is escaped by what it is and where it stands; only a Markup goes out unescaped, and only this room makes one.
 * How templates are written stands at the top of tools/htmlgen.py. A template src/ROOM/views/NAME.html is included as "ROOM/views/NAME.html.h".
 */
#pragma once
#include "base/base/base.h"
#include "face/http/http.h"

typedef struct Html {
	Buffer out;
	Call *call;
	Lang lang;
	Text csrf_token;
	Request *request; /* NULL when no page of a request is written, as in a mail */
	const struct PageHead *head; /* NULL likewise */
	int next_id; /* parts number their elements */
	Text scope; /* of the fields of one form among several: part of their ids; what was typed and is wrong belongs to another form. May be empty */
} Html;
typedef struct Markup { /* known to be safe HTML */
	Text text;
} Markup;
typedef struct Url { /* a local path or an https/http/mailto address, checked */
	Text text;
} Url;

/* ---- For generated code only */
void html_raw(Html *html, const char *bytes, size_t length);
void html_text(Html *html, Text text); /* ill-formed UTF-8 becomes U+FFFD, control characters go */
void html_number(Html *html, int64_t number);
void html_size(Html *html, size_t number);
void html_markup(Html *html, Markup markup);
void html_url(Html *html, Url url);
void html_csrf(Html *html);
void html_translate(Html *html, const char *english); /* <%_ "text" %>; in attributes too */
void html_translate_before(Html *html, const char *english); /* what stands before its %s … */
void html_translate_after(Html *html, const char *english); /* … and after it */
#define html_put(html, value) \
	_Generic((value), Text \
		 : html_text, Markup \
		 : html_markup, int \
		 : html_number, int64_t \
		 : html_number, size_t \
		 : html_size)((html), (value))
#define html_put_attribute(html, value) \
	_Generic((value), Text : html_text, int : html_number, int64_t : html_number, size_t : html_size)((html), (value))
#define html_put_url(html, value) _Generic((value), Url : html_url)((html), (value))

/* A template's output as a piece of another page or as a whole mail:
 *   Html inner = html_inner(html); page_x(&inner, &view); return html_done(html, &inner); */
Html html_inner(const Html *html);
Markup html_done(Html *html, const Html *inner);
Html html_alone(Call *call, Lang lang); /* without request: no CSRF field, addresses by url_absolute */

/* ---- Addresses */
Url url_local(Arena *arena, const char *format, ...)
	printf_like(2, 3); /* every %s-like argument must already be path-safe: see url_segment */
Text url_segment(Arena *arena, Text segment); /* percent-encoded; in query values too */
must_use bool url_parse(Text text, Url *out); /* "/path", "?query", "#fragment", http(s):// or mailto:; nothing else; `text` is borrowed */
Url url_public(const Request *request, Text path); /* with /en for readers of English */
Url url_absolute(const Call *call, Url local); /* with the house's public address */
Url asset_url(const char *name); /* of src/ROOM/static/NAME; must exist */

/* Static files, compiled in by tools/assetgen.py; app/ gives them to HttpOptions. */
extern const HttpAsset assets[];
extern const char *const asset_names[];
extern const size_t asset_count;

/* ---- Pages: html_page_open … page_<template>(html, &view) … html_page_close. */
typedef struct Crumb {
	Text text;
	Url url; /* empty: the page itself */
} Crumb;
typedef struct PageHead {
	Text title; /* shown in <title> and as the page's <h1> */
	Text lead; /* one sentence under it; may be empty */
	const Crumb *crumbs;
	size_t crumb_count;
	Markup actions; /* buttons beside the heading; may be empty */
	Text feed; /* path of an Atom feed of this page, may be empty */
	bool wide; /* lists and tables use the whole width */
	bool own_heading; /* the template writes <h1> itself (home page) */
} PageHead;
/* `head` must live until the page is closed. */
must_use Error html_page_open(Request *request, const PageHead *head, Html **out);
must_use Error html_page_close(Request *request, Html *html); /* writes the reply */
/* The page of a failed call: for HttpHooks.show_error. */
void html_show_error(Request *request, Error error);

/* Navigation, footer numbers and the demo bar come from app/ through this, so that html knows no subject. */
typedef struct NavigationItem {
	const char *text; /* English source text */
	const char *path;
	uint32_t may; /* shown to these roles; public pages show only those of ROLE_VISITOR and one link to the desk */
	bool is_public;
	const char *group; /* English source text of the menu it stands in, beside its neighbours of the same group; NULL: by itself */
	bool has_one_address; /* a form, which stands at no address of its own in English */
} NavigationItem;
typedef struct ShellSpec {
	const char *library_name; /* English source text */
	const NavigationItem *items;
	size_t item_count;
	const NavigationItem *footer; /* rules, contact, accessibility, … all public */
	size_t footer_count;
	const char *desk_path, *sign_in_path, *sign_out_path; /* sign-out is a POST */
	const char *report_path; /* what the public is asked to do first: stands on every public page */
	const char *inbox_path; /* the item of the navigation that carries the mark of what is unread */
	const char *demo_path; /* where roles are entered in demo mode */
	const char *unread_path; /* GET gives {"unread":n}; app.js asks it once a minute */
	Text (*filing_numbers)(const House *house, Arena *arena); /* ICP and platform filing number for the footer; may give "" */
	int64_t (*unread_count)(Request *request); /* for the mark beside the inbox; NULL: none */
} ShellSpec;
void html_set_shell(const ShellSpec *shell); /* once, at start; the struct must live as long as the program */
/* /language/:to?back=/path keeps the reader's language in the cookie "lang" ("zh-CN" or "en") of pages that are not public;
 * HttpHooks.authenticate reads it. /styleguide shows every part, in demo mode only. */
extern const RouteTable html_routes;

/* ---- Parts. Everything visible is made of these and of plain templates. Each is called in a template: <%= part_level(html, …) %>.
 * The words of `tone`: neutral active good warn bad. The tags of a level: critical high medium low none. */
Markup part_markdown(Html *html, Text markdown); /* CommonMark, raw HTML off, links checked, images become links */
/* The same with images whose address begins with this path, as "/reports/AVR-1/files/". */
Markup part_markdown_with_images(Html *html, Text markdown, Text own_path);
/* The same for a text that is the page itself: ## is a heading of the page, <h2>. In the others the highest is <h3>. */
Markup part_document(Html *html, Text markdown, Text own_path);
Markup part_level(Html *html, Text level_tag, Text word); /* severity chip: colour, shape and word */
Markup part_status(Html *html, Text word, Text tone);
Markup part_time(Html *html, int64_t at); /* <time> for people, with machine value */
Markup part_date(Html *html, int64_t at);
Markup part_number(Html *html, int64_t number); /* "118,204" */
Markup part_bytes(Html *html, int64_t size_bytes); /* "1.4 MiB" */
Markup part_copy(Html *html, Text text); /* the text as code, with a copy button where there is script */
Markup part_qr(Html *html, Text content, Text label); /* content: at most 1,000 bytes; label: said to screen readers */
Markup part_note(Html *html, Text tone, Text title, Markup body); /* a framed remark above or between; body may be empty */
Markup markup_text(Html *html, Text text); /* escaped */
Markup part_difference(Html *html, Text before, Text after); /* what changed between two texts, by lines */

typedef struct FormField { /* a labelled field with help, value and its problem */
	Text name, label, help, value;
	enum {
		INPUT_TEXT,
		INPUT_LINES,
		INPUT_PASSWORD,
		INPUT_CHOICE,
		INPUT_RADIO,
		INPUT_CHECK,
		INPUT_FILE,
		INPUT_DATE,
		INPUT_EMAIL,
		INPUT_CODE,
		INPUT_NAMED, /* one line; the choices are suggestions */
		INPUT_ROWS /* a table to be filled in: choice_labels are its columns, values its cells, row after row; a cell is called NAME.ROW.COLUMN */
	} kind;
	bool decides; /* other fields of an autosaving form depend on it: with script they follow at once */
	Text when, when_values; /* the field and its values that this one belongs to: with script it is seen only then; may be empty */
	bool required, multiple; /* CHOICE with `multiple` is a list of check boxes; `values` then holds what is chosen */
	const Text *choice_values, *choice_labels;
	size_t choice_count;
	const Text *values;
	size_t value_count;
	Text autocomplete, pattern;
	int rows;
	Url about; /* CHECK: the text that is agreed to, opened beside the form; may be empty */
} FormField;
Markup part_field(Html *html, const FormField *field); /* shows call->failure's problem of that name beside the field */
Markup part_problems(Html *html); /* summary with links to the fields; empty when there is none */
Markup part_problems_of(Html *html, const FormField *fields, size_t count); /* the same, each with the label of its field */

typedef struct Step {
	Text label, note;
	enum { STEP_DONE, STEP_CURRENT, STEP_AHEAD, STEP_SKIPPED } state;
} Step;
Markup part_steps(Html *html, const Step *steps, size_t count); /* where do I stand */
typedef struct Clock { /* whose turn it is and until when */
	Text what; /* "Formal review" */
	Text turn; /* whose turn, as a name or role; may be empty */
	int64_t due;
	Text rule; /* the rule it comes from; may be empty */
	Url rule_url;
	bool paused, provisional; /* provisional: beyond the known holiday calendar */
} Clock;
Markup part_clock(Html *html, const Clock *clock); /* with hour and zone; marked when less than a day is left or it is over */
typedef struct TimelineEntry {
	int64_t at;
	Text title, note, actor;
} TimelineEntry;
Markup part_timeline(Html *html, const TimelineEntry *entries, size_t count);
typedef struct Fact { /* a line of a record: label and value */
	Text label, text;
	Url url; /* of the text; may be empty */
	Markup markup; /* instead of the text */
} Fact;
Markup part_facts(Html *html, const Fact *facts, size_t count);
typedef struct Check { /* a condition and how it stands */
	Text text;
	Text word, tone; /* tone "good": the word is said to screen readers only, the mark shows it */
} Check;
Markup part_checks(Html *html, const Check *checks, size_t count);

typedef struct Column {
	Text label;
	enum {
		COLUMN_TEXT,
		COLUMN_NUMBER,
		COLUMN_NARROW,
		COLUMN_CODE,
		COLUMN_VECTOR
	} kind; /* VECTOR: code that may be broken; NARROW and CODE never are */
} Column;
typedef struct Cell {
	Text text;
	Url url; /* of the text; may be empty */
	Markup markup; /* instead of the text */
} Cell;
typedef struct Table { /* narrow screens show each row as a card; j and k walk over the rows, Enter follows a row's first link */
	Text caption; /* said to screen readers; required */
	const Column *columns;
	size_t column_count;
	const Cell *cells; /* row after row */
	size_t row_count;
} Table;
Markup part_table(Html *html, const Table *table);
typedef struct Filter {
	Text name, label, value;
	const Text *choice_values, *choice_labels; /* none: a text field */
	size_t choice_count;
	bool is_search; /* the wide one, first */
	bool is_date;
} Filter;
typedef struct FilterBar { /* a GET form: filters stand in the address */
	Url action;
	const Filter *filters;
	size_t count;
	Text result; /* "1,204 advisories"; may be empty */
	Url csv, xlsx; /* export of what is shown; may be empty */
} FilterBar;
Markup part_filters(Html *html, const FilterBar *bar);
Markup part_pager(Html *html, Url previous, Url next); /* empty Url: none */
Markup part_empty(Html *html, Text title, Text hint, Url action, Text action_label);

typedef struct FileEntry {
	Text name, note, digest; /* digest: SHA-256 in hex; may be empty */
	int64_t size_bytes;
	Url url; /* empty: not to be fetched */
} FileEntry;
Markup part_files(Html *html, const FileEntry *files, size_t count);
/* An upload field that works without script (multipart, at most 50 MiB) and, with script, in parts with progress and resume:
 * the contract stands at the top of static/app.js. */
Markup part_upload(Html *html, const FormField *field, Url upload);
typedef struct Message {
	int64_t at;
	Text author, role, audience; /* audience: who sees it, in words */
	Markup body;
	Markup files; /* may be empty */
	bool unread, own;
} Message;
Markup part_messages(Html *html, const Message *messages, size_t count);
Markup part_audience(Html *html, const Text *names, size_t count); /* "who will see this", above every composer's button */
/* A question before a step that cannot be taken back: opens without script; `body` is usually a form. */
Markup part_dialog(Html *html, Text label, Text tone, Markup body);

typedef struct ChartBar {
	Text label, tone; /* tone: a level tag, or empty for the accent colour */
	int64_t value;
	bool is_hidden; /* what it is, is not told: no bar, and no number */
} ChartBar;
Markup part_bars(Html *html, Text title, const ChartBar *bars, size_t count); /* inline SVG with its data table; one bar a month */
Markup part_ranks(Html *html, Text title, const ChartBar *bars,
	size_t count); /* one row a thing, for labels of any length; its numbers stand beside */
Markup part_shares(Html *html, Text title, const ChartBar *bars, size_t count); /* parts of a whole, likewise */

/* ---- What scripts and server have agreed on stands at the top of static/app.js:
 *   <form method="post" data-autosave="URL">   saves single fields while people type; put part_autosave into it
 *   part_upload(html, &field, URL)             uploads in parts
 *   ShellSpec.unread_path                      live unread marks */
Markup part_autosave(Html *html); /* the line that says when the draft was saved */

/* Classes for the layout of pages, as /styleguide shows them: card, columns, beside (main and aside), prose, actions, hero, figures. */
