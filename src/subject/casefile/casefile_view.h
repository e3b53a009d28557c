/* What the templates of this room show. */
#pragma once
#include "subject/casefile/casefile.h"
#include "work/form/action_view.h"
#include "work/thread/thread_view.h"

typedef struct CasefileReportView {
	const Report *report;
	Url url; /* empty: the actor may not open the report itself */
	Markup facts, files;
} CasefileReportView;

typedef struct CasefileShowView {
	const Casefile *casefile;
	Text state_text, tone, class_text, level_text, verifier, coordinator;
	Markup steps, clock, actions, gate, facts, history, public_text, threads, readers;
	LIST_OF(CasefileReportView) reports;
	Url advisory, check, rating; /* may be empty */
} CasefileShowView;

typedef struct CasefileCheckView {
	Markup gate, preview, actions;
	Url back;
} CasefileCheckView;

typedef struct CasefileListView {
	Markup filters, table, empty, pager;
} CasefileListView;
