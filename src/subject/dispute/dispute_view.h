/* What the templates of disputes show. */
#pragma once
#include "subject/dispute/dispute.h"
#include "work/form/action_view.h"

/* Loads the dispute that an address names; a claim code in the cookie opens that of its report. Reading it is recorded. */
must_use Error dispute_load(Request *request);

typedef struct DisputeShowView {
	Markup chip, steps, clock, facts, text, answer, request, decision, votes, seats, files, upload_field, history, actions, materials;
	Url upload, receipt, letter, ruling, decision_file; /* may be empty */
	bool hides_content, is_seated, is_priority;
} DisputeShowView;
typedef struct DisputeListView {
	Markup filters, table, empty, pager;
	Url csv; /* where no filters have it; may be empty */
} DisputeListView;
typedef struct AppealView {
	FormView form;
	Url action;
	Markup facts;
} AppealView;
