/* What the templates of this room show: pages of cards, each with tables, facts and forms. And how pages are put together. */
#pragma once
#include "subject/programme/decision/decision_private.h"
#include "subject/report/report.h"
#include "work/form/form_view.h"

enum { DECISION_CARDS_MAX = 40, DECISION_FORMS_MAX = 3 };
typedef struct DecisionForm {
	Text summary, button; /* summary: what is clicked to open it */
	Url action;
	FormView form;
	bool is_open;
} DecisionForm;
typedef struct DecisionCard {
	Text title, help; /* help may be empty */
	Markup body, more; /* may be empty; more: below the table */
	const Table *table; /* NULL: none */
	DecisionForm forms[DECISION_FORMS_MAX];
	size_t form_count;
} DecisionCard;
typedef struct DecisionPageView {
	Text state_text, tone; /* may be empty */
	DecisionCard main[DECISION_CARDS_MAX], aside[DECISION_CARDS_MAX];
	size_t main_count, aside_count;
	Markup pager; /* may be empty */
} DecisionPageView;
typedef struct ObjectionFormView {
	const FormField *fields;
	size_t field_count;
	Url action, status;
	Text once;
	ReportGate gate;
} ObjectionFormView;
typedef struct ObjectionDoneView {
	Text number;
	Markup code;
	Url status;
} ObjectionDoneView;

DecisionCard *decision_card(Html *html, DecisionCard *cards, size_t *count, const char *title, const char *help); /* help NULL: none */
/* Values: what was typed when this very form was sent, else `known` (NULL: none). */
void decision_add_form(Html *html, DecisionCard *card, const Form *form, Text address, const char *button, const Map *known);
/* NULL without rows. */
const Table *decision_table(Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows);
Markup decision_button(Html *html, Text address, const char *label, const char *tone);
Text decision_direction_text(Html *html, Text direction);
Text decision_stars_text(Html *html, int64_t stars); /* "★★★", or "none" */
Text decision_name(Lang lang, Text organisation, Text organisation_en);
/* The problems of a failed POST stay while the page is made again. */
must_use Error decision_page_open(Request *request, const PageHead *head, Html **out);
extern const FormSpec decision_any_form;
