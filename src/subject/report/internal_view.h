/* What the templates of internal records show. */
#pragma once
#include "subject/report/internal.h"
#include "work/form/form_view.h"

typedef struct InternalListView {
	Markup table, empty, pager;
	FormView form;
	Url action;
	bool is_open;
} InternalListView;
typedef struct InternalView {
	Markup facts, content;
	Url receipt;
} InternalView;
