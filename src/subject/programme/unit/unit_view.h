/* What the templates of units show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct UnitListView {
	Markup filters, table, empty, pager;
	Url fresh; /* where an earlier decision is entered; may be empty */
} UnitListView;
typedef struct UnitFormView {
	FormView form;
	Url action;
} UnitFormView;
typedef struct UnitRoundView {
	Markup table;
	FormView form;
	Url action; /* empty: nothing is to be entered */
} UnitRoundView;
typedef struct UnitDeskView {
	Markup chip, facts, wish, clock, actions, certificates, history; /* may be empty: wish, clock, actions, history */
	Text review; /* may be empty */
	Url shown; /* may be empty */
} UnitDeskView;
typedef struct UnitDirection {
	Text title;
	Markup table, pager; /* an empty table: none yet */
} UnitDirection;
typedef struct UnitRegisterView {
	UnitDirection directions[3];
	size_t count;
} UnitRegisterView;
typedef struct UnitShowView {
	Markup chip, facts, duties, certificates, honours; /* honours: may be empty */
	Text reason;
} UnitShowView;
