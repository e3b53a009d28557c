/* What the templates of this room show. */
#pragma once
#include "subject/casefile/casefile.h"
#include "work/form/action_view.h"
#include "work/thread/thread_view.h"

extern const ThreadMatter casefile_thread_matter; /* for the rows of its conversations */

/* For pages and API: the casefile the address names, its reading recorded. */
must_use Error casefile_load(Request *request);
must_use Error casefile_load_shell(Request *request); /* also what is isolated */
must_use Error supervision_load(Request *request); /* likewise, of what is escalated */

typedef struct CasefileReportView {
	const Report *report;
	Url url; /* empty: the actor may not open the report itself */
	Markup facts, files;
} CasefileReportView;

typedef struct CasefileShowView {
	const Casefile *casefile;
	Text state_text, tone, class_text, level_text, verifier, coordinator;
	Markup steps, clock, candidates, actions, gate, proposal, supervision, waits, facts, parts, vendors, history, taken, public_text,
		threads, readers, letters;
	LIST_OF(CasefileReportView) reports;
	Url advisory, check, rating, all_vendors; /* may be empty */
} CasefileShowView;

typedef struct CasefileCheckView {
	Markup gate, preview, actions;
	Url back;
} CasefileCheckView;

typedef struct FreezesView {
	Markup table, pager, form; /* form: of coordinators */
} FreezesView;

typedef struct SupervisionShowView {
	Markup status, clock, facts, parties, instructions, actions; /* parties, instructions, actions may be empty */
} SupervisionShowView;

typedef struct SupervisionListView {
	Markup table, pager; /* pager may be empty */
} SupervisionListView;

typedef struct CasefileListView {
	Markup filters, table, empty, pager;
	Url freezes; /* empty: not for this reader */
} CasefileListView;

/* The form of the letter that its state calls for; empty: none, or not for this reader. */
Markup casefile_letters(Html *html, const Casefile *casefile);
/* ---- What stands between a casefile and its publication; the markups are empty when there is nothing to say */
Markup gate_markup(Html *html, const Casefile *casefile);
must_use Error waits_markup(Html *html, const Casefile *casefile, Markup *out); /* emergency, embargo, periods, early release */
must_use Error vendors_markup(Html *html, const Casefile *casefile, Markup *out); /* for coordinators */
must_use Error assignable_markup(Html *html, const Casefile *casefile, Markup *out); /* whom a coordinator can assign now */
must_use Error assignable_json(JsonWriter *writer, Call *call, const Casefile *casefile); /* a member of the casefile's object, likewise */
must_use Error parts_markup(Html *html, const Casefile *casefile, Markup *out);
must_use Error steps_taken_markup(Html *html, const Casefile *casefile, Markup *out); /* for coordinators */
must_use Error instructions_markup(Html *html, const Casefile *casefile, Markup *out); /* of the authority; for coordinators too */
must_use Error proposal_markup(Html *html, const Casefile *casefile, Markup *out); /* the change of the advisory that waits */
must_use Error proposal_json(JsonWriter *writer, Call *call, const Casefile *casefile); /* a member of the casefile's object */
must_use Error gate_json(JsonWriter *writer, Call *call, const Casefile *casefile); /* members of the casefile's object */
/* The vendors' stages as a member of an object; `with_address`: for readers who may open each. */
must_use Error parties_json(JsonWriter *writer, Call *call, const PartyLines *parties, bool with_address);
must_use Error instructions_json(JsonWriter *writer, Call *call, const Casefile *casefile); /* members of the casefile's object */
void form_values_json(JsonWriter *writer, Arena *arena, const char *key, const Form *form, const Map *values); /* a member */
