/* What the templates of internal records show. */
#pragma once
#include "subject/report/internal.h"
#include "work/form/form_view.h"

typedef struct InternalListView {
	Markup table, empty, pager, document, stamp;
	FormView form;
	Url action;
	bool is_open;
} InternalListView;
typedef struct InternalView {
	Markup facts, content, files, stamp; /* stamp: empty without one */
	Url receipt, token;
} InternalView;
/* The same for pages and machines: what a request holds of a new record. */
typedef struct InternalBody {
	Uploads document, stamp;
} InternalBody;
extern const FormSpec internal_body;
void internal_take_files(const Request *request, InternalNew *out);
must_use Error internal_load(Request *request); /* records the reading */
must_use Error internal_reply_stamp(Request *request, Text ref, Text token); /* REF.tst */
/* "known_proposal": the record, by whom and when; null for everybody but coordinators, and while none waits. */
must_use Error internal_proposal_json(Call *call, JsonWriter *writer, const Report *report);
must_use Error report_load_api(Request *request); /* records the reading of others' */
