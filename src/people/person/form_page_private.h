/* What the templates of people/ share. */
#pragma once
#include "people/person/form_page.h"

typedef struct FormView {
	const FormPage *page;
	Markup before;
} FormView;
typedef struct ButtonView {
	Url action;
	Text label, tone, name, value;
	const FormField *fields;
	size_t field_count;
} ButtonView;
typedef struct MessageView {
	Text text, link;
	Url path;
} MessageView;
