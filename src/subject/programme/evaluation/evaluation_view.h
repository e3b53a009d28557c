/* What the templates of evaluations show. */
#pragma once
#include "face/html/html.h"

typedef struct EvaluationListView {
	Markup table, empty, field; /* field: of the year; empty: may not open one */
	Url action;
} EvaluationListView;
typedef struct EvaluationView {
	Markup chip, facts, lines, actions, unit_field, reason_field; /* may be empty: actions, unit_field */
	Url leave_out, shown; /* may be empty */
} EvaluationView;
typedef struct EvaluationPublicView {
	Markup table, empty;
} EvaluationPublicView;
