/* absence_view: what the template of this room is given. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct AbsencesView {
	Markup table, pager;
	FormView form;
	Url action;
	bool is_open;
} AbsencesView;
