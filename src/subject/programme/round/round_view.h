/* What the templates of rounds show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct RoundListView {
	Markup filters, pager;
	const Table *table; /* NULL: nothing */
	Text empty;
	Url fresh; /* where a new one is begun; may be empty */
} RoundListView;
typedef struct RoundFormView {
	FormView form;
	Url action, remove; /* remove: may be empty */
	int64_t seen;
} RoundFormView;
typedef struct RoundPart { /* one kind of items */
	Text title;
	const Table *table; /* NULL: none yet */
	Url add; /* may be empty */
} RoundPart;
typedef struct RoundDeskView {
	Text state_text, tone, sum;
	Markup checks, facts, actions;
	RoundPart parts[8];
	size_t part_count;
	Url edit, rehearse, dossier, shown, applications, panels, inspections, decision, letters; /* may be empty */
} RoundDeskView;
typedef struct RoundDirectionView {
	Text title;
	Markup facts;
	const Table *criteria, *stars;
} RoundDirectionView;
typedef struct RoundShowView {
	Text state_text, tone, reason, sum;
	Markup notice, facts;
	Texts conditions;
	const RoundDirectionView *directions;
	size_t direction_count;
	const Table *form; /* NULL: none */
	Url rules, dossier, decided; /* decided: the dossier of what was decided; may be empty */
	Url apply; /* empty: it is not open */
	Url draw; /* empty before the pool of experts is frozen */
	Url publicity, announcement, log; /* publicity, announcement: empty before their time */
} RoundShowView;
