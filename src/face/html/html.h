/*
 * html: what compiled templates write through, the shell around every page, and the parts pages are made of.
 * Text is escaped by what it is and where it stands; only a Markup goes out unescaped, and only this room makes one.
 */
#pragma once
#include "base/base/base.h"
#include "face/http/http.h"

typedef struct Html {
	Buffer out;
	Lang lang;
	Text csrf_token;
	Request *request;
} Html;
typedef struct Markup { /* known to be safe HTML */
	Text text;
} Markup;
typedef struct Url { /* a local path or an https/http/mailto address, checked */
	Text text;
} Url;

/* ---- For generated code only */
void html_raw(Html *html, const char *bytes, size_t length);
void html_text(Html *html, Text text);
void html_number(Html *html, int64_t number);
void html_markup(Html *html, Markup markup);
void html_url(Html *html, Url url);
void html_csrf(Html *html);
void html_translate(Html *html, const char *english); /* <%_ "text" %>; in attributes too */
#define html_put(html, value)                                                                                                              \
	_Generic((value), Text: html_text, Markup: html_markup, int: html_number, int64_t: html_number, size_t: html_number)((html), (value))
#define html_put_attribute(html, value)                                                                                                    \
	_Generic((value), Text: html_text, int: html_number, int64_t: html_number, size_t: html_number)((html), (value))
#define html_put_url(html, value) _Generic((value), Url: html_url)((html), (value))

/* ---- Addresses */
Url url_local(Arena *arena, const char *format, ...) printf_like(2, 3); /* every %s-like argument must already be path-safe: see url_segment */
Text url_segment(Arena *arena, Text segment);                          /* percent-encoded */
must_use bool url_parse(Text text, Url *out); /* "/path" or http(s):// or mailto:; nothing else */
Url url_public(const Request *request, Text path); /* with /en for readers of English */

/* ---- Pages: html_page_open … page_<template>(html, &view) … html_page_close. */
typedef struct Crumb {
	Text text;
	Url url; /* empty: the page itself */
} Crumb;
typedef struct PageHead {
	Text title;        /* shown in <title> and as the page's <h1> */
	Text lead;         /* one sentence under it; may be empty */
	const Crumb *crumbs;
	size_t crumb_count;
	Text feed;         /* path of an Atom feed of this page, may be empty */
	bool wide;         /* lists and tables use the whole width */
} PageHead;
must_use Error html_page_open(Request *request, const PageHead *head, Html **out);
must_use Error html_page_close(Request *request, Html *html); /* writes the reply */
/* Navigation, footer numbers and the demo bar come from app/ through this, so that html knows no subject. */
typedef struct NavigationItem {
	const char *text; /* English source text */
	const char *path;
	uint32_t may;     /* shown to these roles; public pages show only those of ROLE_VISITOR and one link to the desk */
	bool is_public;
} NavigationItem;
typedef struct ShellSpec {
	const char *library_name; /* English source text */
	const NavigationItem *items;
	size_t item_count;
	Text (*filing_numbers)(const House *house, Arena *arena); /* ICP and platform filing number for the footer; may give "" */
} ShellSpec;
void html_set_shell(const ShellSpec *shell); /* once, at start */

/* ---- Parts. Everything visible is made of these and of plain templates. */
Markup part_markdown(Html *html, Text markdown); /* CommonMark, raw HTML off, links checked */
Markup part_level(Html *html, Text level_tag, Text word); /* severity chip: colour, shape and word; tag critical|high|medium|low|none */
Markup part_status(Html *html, Text word, Text tone);     /* chip; tone neutral|active|good|warn|bad */
Markup part_time(Html *html, int64_t at);                 /* <time> for people, with machine value */
typedef struct FormField { /* a labelled field with help, value and its problem */
	Text name, label, help, value;
	enum { INPUT_TEXT, INPUT_LINES, INPUT_PASSWORD, INPUT_CHOICE, INPUT_RADIO, INPUT_CHECK, INPUT_FILE, INPUT_DATE, INPUT_EMAIL, INPUT_CODE } kind;
	bool required, multiple;
	const Text *choice_values, *choice_labels;
	size_t choice_count;
	Text autocomplete, pattern;
	int rows;
} FormField;
Markup part_field(Html *html, const FormField *field); /* shows call->failure's problem of that name beside the field */
Markup part_problems(Html *html);                      /* summary with links to the fields; empty when there is none */
typedef struct Step {
	Text label, note;
	enum { STEP_DONE, STEP_CURRENT, STEP_AHEAD, STEP_SKIPPED } state;
} Step;
Markup part_steps(Html *html, const Step *steps, size_t count); /* where do I stand */
typedef struct TimelineEntry {
	int64_t at;
	Text title, note, actor;
} TimelineEntry;
Markup part_timeline(Html *html, const TimelineEntry *entries, size_t count);
Markup part_pager(Html *html, Url previous, Url next); /* empty Url: none */
Markup part_empty(Html *html, Text title, Text hint, Url action, Text action_label);
typedef struct ChartBar {
	Text label, tone; /* tone: a level tag, or empty for the accent colour */
	int64_t value;
} ChartBar;
Markup part_bars(Html *html, Text title, const ChartBar *bars, size_t count); /* inline SVG with its data table */
