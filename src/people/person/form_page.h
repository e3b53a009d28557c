/* form_page: a page that is one form, and small forms inside lists. For pages of people/. */
#pragma once
#include "face/html/html.h"

#define ROLE_PEOPLE (ROLE_EVERYBODY & ~(uint32_t)ROLE_VISITOR)
typedef struct FormPage {
	Text title, lead;
	Markup (*before)(Html *html, const void *about); /* above the form; may be NULL */
	const void *about;
	Url action;
	const FormField *fields;
	size_t field_count;
	Text button, tone; /* tone "bad": a step that cannot be taken back */
	bool has_files;
	const Crumb *links; /* below the form */
	size_t link_count;
} FormPage;
must_use Error form_page_show(Request *request, const FormPage *page);
/* A button in a list: a POST form without fields but for a hidden one, when `name` is not empty. */
Markup button_form(Html *html, Url action, Text label, Text tone, Text name, Text value);
/* The same with fields, as they stand in a panel. */
Markup inline_form(Html *html, Url action, const FormField *fields, size_t count, Text label, Text tone);
/* A field in the reader's language. */
FormField form_field(const Request *request, const char *name, int kind, const char *label, const char *help, Text value);
/* A page that says one thing, and where to go from there. */
must_use Error message_page_show(Request *request, const char *title, const char *text, const char *link, const char *path);
