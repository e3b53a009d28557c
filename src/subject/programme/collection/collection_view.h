/* What the form of a case shows; its other pages are made of the cards of decisions. */
#pragma once
#include "subject/programme/decision/decision_view.h"

typedef struct CaseFormView {
	FormView form;
	Url action, autosave;
	Markup files, actions, facts, clock; /* files: those that are there; may be empty */
	Text seen;
} CaseFormView;
