/* What the templates of inspections show, and how their forms stand on one page: fields carry the name of what they are about. */
#pragma once
#include "subject/programme/inspection/inspection_private.h"
#include "work/form/action_view.h"
#include "work/form/form_view.h"

typedef struct InspectionListView {
	Text state_text, tone;
	Url start; /* empty: nothing to begin */
	const Table *table; /* NULL: none */
	Markup pager;
	bool is_own; /* one's own visits */
	Url letters; /* of the round; empty: of one person */
} InspectionListView;
typedef struct InspectionItemView {
	Text name, text, clause, verdict, tone, was;
	int64_t seen;
	Markup entry, other, photos; /* as they are read; each may be empty */
	FormView form, photo;
	Text client, photo_client;
	bool is_unfolded; /* of a form: its fields are seen */
} InspectionItemView;
typedef struct InspectionFindingView {
	Text title, level, tone, state;
	Markup facts;
	Url action; /* where the form below goes; empty: none */
	Url second; /* the other button; empty: none */
	Text button, second_button;
	FormView form;
} InspectionFindingView;
typedef struct InspectionShowView {
	Text state_text, tone, outcome, outcome_tone;
	Text address, worker; /* for the script */
	Markup clock, facts, actions, history;
	LIST_OF(InspectionItemView) items;
	LIST_OF(InspectionFindingView) findings;
	Url action, notice; /* notice: may be empty */
	Url objection; /* may be empty */
	FormView objection_form;
	bool is_open, is_inspector;
} InspectionShowView;

/* The same form with "-SUFFIX" behind each name, and its values with those names and without. */
const Form *inspection_form_for(Call *call, const Form *form, Text suffix);
Map *inspection_values_for(Call *call, const Form *form, Text suffix, const Map *values);
Map *inspection_values_from(Call *call, const Form *form, Text suffix, const Map *values);
/* Problems at the fields of a form are problems at those of the form with this suffix. */
void inspection_problems_for(Call *call, Text suffix);
/* A form's fields as it was sent with this suffix. */
must_use Error inspection_take(Request *request, const Form *form, Text suffix, Map **out);
Text inspection_base(Arena *arena, Text ref);
Text inspection_was(Call *call, const Map *values); /* a mark of what the page showed */
Markup inspection_facts(Html *html, const Inspection *inspection);
Text inspection_outcome_text(Lang lang, Text outcome);
InspectionFindingView inspection_finding_view(Html *html, const InspectionFinding *finding);
extern const FormSpec inspection_any_form, inspection_files_form;
typedef struct InspectionFiles {
	Uploads files;
} InspectionFiles;
extern const Form inspection_photo_form;
