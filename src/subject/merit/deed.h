/*
 * deed: what an organisation did for the library that the library's own records do not show: a talk, a campaign, emergency support, a joint task. A
 * member states it with its evidence and a secretary confirms it, or a secretary enters it and another one confirms. Confirmed, it counts by the
 * points rule at the day it was done.
 */
#pragma once
#include "people/org/org.h"
#include "store/setting/wordlist.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable deed_routes;
extern const Machine deed_machine;
extern const Wordlist merit_deeds; /* kinds of deeds; a line of the points rule says what each is worth: condition "deed=talk" */
extern const Form deed_form, deed_entry_form; /* of a member; of a secretary, with the organisation's code */
const Form *deed_action_form(const char *name);

typedef struct Deed {
	int64_t id, revision, seal_key, organisation_id, done_at, stated_by, decided_by, stated_at, updated_at;
	Text ref, state, code, reason; /* reason: of the last decision; may be empty */
	bool is_entered; /* by a secretary */
	bool is_own; /* of the actor's organisation */
	const Map *values; /* of deed_form */
	Organisation organisation;
} Deed;
typedef LIST_OF(Deed) Deeds;

/* For members of the organisation, and for secretaries and supervisors with second factor. NOT_FOUND: hidden or absent. */
must_use Error deed_open(Call *call, Text ref, Deed *out);
must_use Error deed_in_state(Call *call, Text state, int64_t before, int64_t max, Deeds *out); /* the office; newest first */
must_use Error deed_of_actor(Call *call, int64_t before, int64_t max, Deeds *out); /* of the actor's organisation */
/* By a member of a verified organisation, or with credit_code by a secretary. INVALID: kind, what, done_on, credit_code. FORBIDDEN: neither, or a
 * secretary's own organisation. */
must_use Error deed_state(Call *call, const Map *values, bool as_office, Text *out_ref);
must_use Error deed_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void deed_matter(Call *call, const Deed *deed, bool has_files, Matter *out);
/* Whether the actor may still add evidence: whose statement it is, until it is decided. */
bool deed_takes_files(const Deed *deed, const Actor *actor);

/* What counts of one; for the points alone. NOT_FOUND. */
typedef struct DeedCredit {
	int64_t organisation_id, done_at;
	Text code, shown; /* shown: ref that its organisation knows it by */
	bool is_confirmed;
} DeedCredit;
must_use Error deed_credit(Call *call, Text ref, DeedCredit *out);
/* Matters of a room above this one that count like deeds, by events of their kind; given once at start. */
typedef Error DeedSource(Call *call, Text ref, DeedCredit *out);
void deed_set_source(const char *kind, DeedSource *source);
