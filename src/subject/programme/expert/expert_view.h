/* What the templates of experts show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct ExpertListView {
	Markup filters, pager;
	const Table *table; /* NULL: nothing */
	Url fresh; /* may be empty */
} ExpertListView;
typedef struct ExpertFormView {
	FormView form;
	Url action;
	int64_t seen;
} ExpertFormView;
typedef struct ExpertShowView {
	Text state_text, tone, reason;
	Markup facts, record, actions;
	const Table *relations; /* NULL: none */
	Url edit; /* may be empty */
	Url relate; /* of the own page alone */
	FormView form; /* of a tie */
	bool is_open, is_own;
} ExpertShowView;
