/* What the templates of this room are given. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct InterestsView {
	Markup table, pager;
	FormView form; /* without sections: only read */
	Url action, all; /* all: the staff's view; empty: not theirs */
	bool is_open;
} InterestsView;
