/* What the page about teams shows. */
#pragma once
#include "face/html/html.h"

typedef struct TeamLine {
	Text name;
	Markup members, products, join, own, end; /* may be empty */
} TeamLine;
typedef struct TeamListView {
	LIST_OF(TeamLine) teams;
	Markup empty, add;
	bool is_admin;
} TeamListView;
