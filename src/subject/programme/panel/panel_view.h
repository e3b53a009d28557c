/* What the template of this room shows: a page of cards, each with a table, facts and forms. And how pages are put together. */
#pragma once
#include "subject/programme/panel/panel_private.h"
#include "work/form/form_view.h"

enum { PANEL_CARDS_MAX = 24, PANEL_FORMS_MAX = 4, PANEL_TABLES_MAX = 3 };
typedef struct PanelForm {
	Text summary, button; /* summary: what is clicked to open it */
	Url action;
	FormView form;
	bool is_open;
} PanelForm;
typedef struct PanelCard {
	Text title, help; /* help may be empty */
	Markup body; /* may be empty */
	const Table *tables[PANEL_TABLES_MAX];
	size_t table_count;
	PanelForm forms[PANEL_FORMS_MAX];
	size_t form_count;
} PanelCard;
typedef struct PanelPageView {
	Text state_text, tone; /* may be empty */
	PanelCard main[PANEL_CARDS_MAX], aside[PANEL_CARDS_MAX];
	size_t main_count, aside_count;
} PanelPageView;

PanelCard *panel_card(Html *html, PanelCard *cards, size_t *count, const char *title, const char *help); /* help NULL: none */
/* Values: what was typed when this very form was sent, else `known` (NULL: none). */
void panel_add_form(Html *html, PanelCard *card, const Form *form, Text address, const char *button, const Map *known);
const Table *panel_table(Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows);
void panel_add_table(PanelCard *card, const Table *table);
/* The problems of a failed POST stay while the page is made again. */
must_use Error panel_page_open(Request *request, const PageHead *head, Html **out);
Text panel_office_path(Arena *arena, Text round);
Text panel_direction_text(Html *html, Text direction);
Text panel_organisation(const EntryRow *entry, Lang lang);
/* Ranking, agreement, corrections of one direction, for those who may see them. */
must_use Error panel_result_cards(Html *html, PanelState *state, size_t at, bool may_sign, PanelPageView *view);
/* Hours and place as a table, with the address of the calendar file. */
void panel_timetable_fill(Html *html, const PanelTimetable *timetable, Text calendar, PanelCard *card);
extern const FormSpec panel_any_form;
