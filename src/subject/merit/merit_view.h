/* What the templates of contribution points show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct MeritAimView {
	Text title, stand; /* stand: what is reached, what is missing */
	Markup ways; /* may be empty */
} MeritAimView;
typedef struct MeritView {
	Markup years, figures, sums, entries, pager, empty;
	MeritAimView aims[2];
	size_t aim_count;
	Url csv, rule, deeds; /* may be empty: deeds */
} MeritView;
typedef struct MeritStandsView {
	Markup years, table, empty;
	Url rule;
} MeritStandsView;
typedef struct MeritRuleView {
	Markup rows, stars, versions, change; /* may be empty: change */
	Text reason;
	int64_t number, from_at; /* from_at 0: since the platform opened */
	bool is_current;
	Url current;
} MeritRuleView;
typedef struct MeritRuleDeskView {
	Markup versions, rows, stars, difference; /* of what is proposed; empty: nothing is */
	Text reason;
	int64_t open, from_at;
	bool may_decide;
	FormView form;
	Url propose_action, approve_action, refuse_action, shown;
} MeritRuleDeskView;
