/* What the files of html share: helpers, and the structs its own templates show. */
#pragma once
#include "face/html/html.h"

void html_escape(Buffer *out, Text text); /* for text and for quoted attributes alike */
Handler styleguide_page;

typedef struct ShellLink {
	Text text;
	Url url;
	bool is_here;
} ShellLink;
typedef LIST_OF(ShellLink) ShellLinks;
typedef struct ShellView {
	const PageHead *head;
	bool is_public, demo;
	Text language, other_language_tag, other_language_name, library_name, person, filing_numbers;
	Url other_language, home, desk, sign_in, sign_out, demo_url, unread_url, feed;
	int64_t unread;
	ShellLinks public_links, role_links, footer_links;
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
typedef struct FieldView {
	const FormField *field;
	Text id, value, problem, type, described; /* described: ids of help and problem */
	int rows;
	bool is_lines, is_choice, is_secret, is_file, is_code, is_checked;
	LIST_OF(FieldChoice) choices;
	Url upload;
} FieldView;
typedef struct ProblemLine {
	Text text;
	Url url; /* to the field; empty when the problem belongs to none */
} ProblemLine;
typedef LIST_OF(ProblemLine) ProblemLines;
