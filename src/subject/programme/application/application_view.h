/* What the templates of applications show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct ApplicationOffer { /* a direction of an open round */
	Text round, direction, code, tag;
	int64_t closes_at;
	Url about;
} ApplicationOffer;
typedef struct ApplicationListView {
	const Table *table; /* NULL: none */
	Markup pager;
	LIST_OF(ApplicationOffer) offers;
	Url begin;
	Text why_not; /* why the reader cannot apply; empty: they can */
} ApplicationListView;
typedef struct ApplicationDeskView {
	Markup filters, pager;
	const Table *table; /* NULL: none */
} ApplicationDeskView;
typedef struct ApplicationSectionView {
	Text title, count; /* count: "3 of 4" */
	Text tone;
} ApplicationSectionView;
typedef struct ApplicationLack { /* a field that is missing or wrong */
	Text label, why;
	Url url;
} ApplicationLack;
typedef struct ApplicationPart { /* a section as it is read */
	Text title, digest;
	Markup facts;
} ApplicationPart;
typedef struct ApplicationShown {
	Text state_text, tone, seen;
	Markup clock, facts, actions, files, marks, figures, history, differences, evidence;
	bool is_form; /* it can be written */
	FormView form;
	Url letter; /* where the office writes it; may be empty */
	Url action, autosave, print, correction, notice, evidence_upload, seal_upload;
	LIST_OF(ApplicationLack) lacks;
	bool is_complete, is_marked; /* is_marked: what its reader downloads bears their mark */
	LIST_OF(ApplicationPart) parts;
	Markup evidence_field, seal_field, correction_field, correction_files;
} ApplicationShown;
