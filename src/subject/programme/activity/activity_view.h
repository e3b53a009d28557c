/* What the templates of activities show. */
#pragma once
#include "face/html/html.h"
#include "subject/programme/activity/activity.h"
#include "work/form/form_view.h"

typedef struct ActivityListView {
	Markup filters, table, empty, pager; /* filters, empty, pager may be empty */
	Url fresh, calendar; /* where one is prepared; of all as a calendar; may be empty */
} ActivityListView;
typedef struct ActivityFormView {
	FormView form;
	Url action;
	int64_t seen;
	Text button;
} ActivityFormView;
typedef struct ActivityShowView {
	Markup chip, facts, about, results; /* results may be empty */
	Text reason; /* of a cancellation; may be empty */
	Url registration, calendar;
	Url cases, result; /* of a case collection; may be empty */
	bool takes_people;
} ActivityShowView;
typedef struct ActivityOwnView {
	Markup chip, facts, button; /* button may be empty */
	Text says;
} ActivityOwnView;
typedef struct ActivityDeskView {
	Markup chip, facts, about, actions, people, results, history; /* may be empty but for chip and facts */
	FormView form; /* of a result */
	Url cases; /* of a case collection; may be empty */
	Url action, edit, shown; /* action empty: no result is entered now */
	bool is_failed; /* what was typed is shown again */
} ActivityDeskView;
/* What both pages are made of. */
Markup activity_chip(Html *html, const Activity *activity);
Markup activity_facts(Html *html, const Activity *activity);
