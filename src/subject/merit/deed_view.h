/* What the templates of deeds show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct DeedListView {
	Markup filters, table, empty, pager;
	Url fresh; /* may be empty */
} DeedListView;
typedef struct DeedNewView {
	FormView form;
	Url action;
} DeedNewView;
typedef struct DeedView {
	Markup chip, facts, files, upload_field, actions, history; /* may be empty: upload_field, actions */
	Text reason; /* may be empty */
	Url upload;
} DeedView;
