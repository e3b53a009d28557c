/* action_view: the actions of a machine as buttons and forms. Part of the face of this room for pages and API. */
#pragma once
#include "work/form/form_view.h"
#include "work/workflow/workflow.h"

typedef struct ActionBlock {
	Text label;
	Url address;
	int64_t revision;
	const FormView *form;
	bool is_simple, is_open;
} ActionBlock;
typedef LIST_OF(Check) ClosedActions; /* what cannot be done now, and why */

typedef const Form *ActionForm(const char *name);
/* What the actor may do now. Posts to `address`/ACTION with the revision that was seen. `failed`: the action whose form is shown again with what
 * was typed and its problems; no text: none. `known`: values that a form begins with (the public text), may be NULL. */
Markup action_markups(
	Html *html, const Machine *machine, const Matter *matter, ActionForm *form_of, Text address, Text failed, const Map *known);
/* The same where forms follow from the matter. */
typedef struct ActionForms {
	const Form *(*find)(Call *call, const void *about, const char *name); /* NULL: none of this name */
	const void *about;
} ActionForms;
Markup action_markups_of(
	Html *html, const Machine *machine, const Matter *matter, ActionForms forms, Text address, Text failed, const Map *known);
must_use Error action_take_of(
	Request *request, const Machine *machine, const Matter *matter, ActionForms forms, int64_t *out_revision, Map **out_values);
/* The actions with their forms, for the API. */
void action_json(JsonWriter *writer, Arena *arena, const Machine *machine, const Matter *matter, const Actor *actor);
/* Members "stage" and "turn": the state, and whose turn it is (null: nobody's), in the reader's language. */
void turn_json(JsonWriter *writer, Lang lang, const Machine *machine, Text state);
void clock_json(JsonWriter *writer, Arena *arena, const ClockView *clock);
Markup clock_markup(Html *html, const ClockView *clock, const char *turn); /* empty when none runs */

/* What was done to a matter, newest first, in the words of its machine; empty when nothing was. */
typedef struct StepView {
	const struct StepWord { /* of what no row of the machine says, or says otherwise; text NULL: not shown */
		const char *action, *text;
	} * words;
	size_t word_count;
	const char *others; /* what stands for every other action; NULL: they are not shown */
	bool names; /* who took the step */
	bool (*shows)(const void *about, Text action); /* NULL: every step */
	const void *about;
} StepView;
typedef struct StepWord StepWord;
must_use Error steps_markup(Html *html, const Machine *machine, Text ref, const StepView *view, Markup *out);

/* What an action's address is given: revision (0: whatever it is now) and the fields of the row's form. */
extern const FormSpec action_request_form;
must_use Error action_take(
	Request *request, const Machine *machine, const Matter *matter, ActionForm *form_of, int64_t *out_revision, Map **out_values);

/* The bar above a list of matters that lets its reader choose a state of the machine; chosen in the address, state=. */
typedef struct StateFilter {
	const char *address; /* of the list */
	Text state; /* chosen now */
	size_t first; /* the states from here on: 1 where matters in the first one stand elsewhere */
	FormChoice before, after; /* what can be chosen beside the states; label NULL: nothing */
	Url csv; /* may be empty */
} StateFilter;
Markup state_filter(Html *html, const Machine *machine, const StateFilter *filter);

/* A table; each that can be chosen with a button that posts the handle as `field` to `address`. Empty for an empty list. */
Markup assignables_markup(Html *html, const Assignables *candidates, const char *caption, Url address, const char *field);
/* A list of objects: handle (as `field`), name, open_tasks, why_not. */
void assignables_json(JsonWriter *writer, const Assignables *candidates, const char *field);
