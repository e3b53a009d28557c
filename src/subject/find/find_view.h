/* What the templates of finds show. */
#pragma once
#include "face/html/html.h"

typedef struct FindOwnView {
	Markup table, empty, pager;
	Url conditions;
} FindOwnView;
typedef struct FindListsView {
	Markup table, empty, pager, field;
	Url action, conditions;
} FindListsView;
typedef struct FindListView {
	Markup chip, facts, finds, empty, actions; /* may be empty: actions */
} FindListView;
typedef struct FindView {
	Markup chip, facts, actions, history, letters; /* may be empty: actions, letters */
	Text review; /* may be empty */
	Markup wish; /* may be empty */
} FindView;
