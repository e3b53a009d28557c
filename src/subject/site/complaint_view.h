/* What the pages of complaints show. */
#pragma once
#include "face/html/html.h"
#include "subject/report/report.h"

typedef struct ComplaintFormView {
	const FormField *fields;
	size_t field_count;
	Text once;
	ReportGate gate;
	Url status;
} ComplaintFormView;
typedef struct ComplaintDoneView {
	Text number;
	Markup code, due;
	Url status;
} ComplaintDoneView;
typedef struct ComplaintShowView {
	Markup facts, text, answer, form; /* answer, form: may be empty */
} ComplaintShowView;
typedef struct ComplaintListView {
	Markup filters, table, pager;
} ComplaintListView;
