/* What the templates of this room show. */
#pragma once
#include "subject/report/report.h"
#include "work/form/action_view.h"
#include "work/thread/thread_view.h"

typedef struct IntakeStartView {
	FormView form;
	Url action, claim, rating;
	Markup drafts;
} IntakeStartView;

typedef struct IntakeFormView {
	FormView form;
	Url action, autosave, discard, rating;
	Markup files;
} IntakeFormView;

typedef struct IntakeCheckView {
	Facts facts;
	Markup files, certificate;
	Url back, send;
	bool is_visitor;
} IntakeCheckView;

typedef struct ReceiptView {
	Text claim_code, document;
	Url status, download;
	Markup facts, clock;
} ReceiptView;

typedef struct ReportShowView {
	const Report *report;
	Text state_text, tone, casefile_number, decision;
	Markup steps, clock, actions, facts, files, threads, upload_field, readers, certificate;
	Url receipt, advisory, upload; /* may be empty: advisory, upload */
} ReportShowView;

typedef struct ReportListView {
	Markup filters, table, empty, pager;
} ReportListView;

typedef struct ClaimView {
	Markup field;
	Url action;
} ClaimView;
