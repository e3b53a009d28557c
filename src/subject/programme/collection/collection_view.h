/* What the form of a case shows; its other pages are made of the cards of decisions. */
#pragma once
#include "subject/programme/decision/decision_view.h"

typedef struct CaseFormView {
	FormView form;
	Url action, autosave;
	Markup files, actions, facts, clock; /* files: those that are there; may be empty */
	Text seen;
} CaseFormView;

/* What pages and the API share: the case of the address, as far as the actor may see it, its reading recorded; and what is done with it. */
must_use Error collection_load(Request *request);
must_use Error collection_load_activity(Request *request);
must_use Error collection_do(Request *request); /* the action of the address */
must_use Error collection_send_letter(Request *request);
must_use Error collection_file_begin(Request *request);
must_use Error collection_file_part(Request *request);
must_use Error collection_file_finish(Request *request);
must_use Error collection_file_remove(Request *request);
must_use Error collection_file_content(Request *request);
