/* desk_view: what the page of the desk shows. */
#pragma once
#include "face/html/html.h"
#include "subject/desk/desk.h"

typedef struct DeskFigure {
	int64_t number;
	Text label;
	Url url;
} DeskFigure;
typedef struct DeskCell { /* two things in one cell, kept together on a phone */
	Markup first, second;
} DeskCell;
typedef struct DeskDay {
	Text name;
	Markup lines;
} DeskDay;
typedef struct DeskView {
	const DeskFigure *figures;
	size_t figure_count;
	Markup turn, pager, queues, changes, reports, parties, drafts, tasks, unread; /* may be empty, but turn and changes */
	const DeskDay *days;
	size_t day_count;
	Url report, all_reports, all_parties; /* empty: nothing more than what is shown */
	bool is_vendor, shows_reports, has_news;
} DeskView;
