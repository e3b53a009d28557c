/* What the templates of honours show. */
#pragma once
#include "face/html/html.h"

typedef struct HonourListView {
	Markup table, empty, field; /* field: of the year; empty: may not open one */
	Url action;
} HonourListView;
typedef struct HonourView {
	Markup chip, facts, lines, empty, actions, honour_field, reason_field; /* may be empty: actions, honour_field */
	Markup documents; /* may be empty */
	Url strike, shown; /* may be empty */
} HonourView;
typedef struct HonourPublicView {
	Markup table, empty;
} HonourPublicView;
