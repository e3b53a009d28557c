/*
 * expert: the library of those who may sit on selection panels: specialties, employer, term, load, what ties them to organisations, and how
 * reliably they came. A secretary invites, the expert accepts; both keep the entry. Personal data is sealed and is shown to nobody else.
 */
#pragma once
#include "people/org/org.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable expert_routes;
extern const Machine expert_machine;
extern const Form expert_profile_form, expert_new_form, expert_relation_form;
const Form *expert_action_form(const char *name);

enum { EXPERT_RELATIONS_MAX = 100, EXPERT_LIBRARY_MAX = 5000 };
typedef struct ExpertRelation {
	int64_t id, declared_at;
	Text ref;
	Map *values; /* of expert_relation_form */
} ExpertRelation;
typedef LIST_OF(ExpertRelation) ExpertRelations;
typedef struct Expert {
	int64_t id, person_id, revision, seal_key, served, declined, absent, updated_at;
	Text ref, state, name, reason; /* reason: of a ban; may be empty */
	Map *profile; /* of expert_profile_form */
	ExpertRelations relations; /* with expert_open alone */
} Expert;
typedef LIST_OF(Expert) Experts;

/* By secretaries and supervisors with second factor, and the expert itself. NOT_FOUND: hidden or absent. */
must_use Error expert_open(Call *call, Text ref, Expert *out);
must_use Error expert_own(Call *call, Expert *out); /* the actor's own entry */
/* By id upwards; nothing for those who may not read the library. */
must_use Error expert_in_state(Call *call, Text state, int64_t after, int64_t max, Experts *out);
/* For the rooms after this one, which have asked who may: by id, and all who may be drawn on this day, with their relations. */
must_use Error expert_find(Call *call, int64_t id, Expert *out);
must_use Error expert_available(Call *call, Experts *out);

/* By a secretary. `values` of expert_new_form; the account must hold the office of an expert. INVALID with problems at the fields. */
must_use Error expert_invite(Call *call, const Map *values, Text *out_ref);
/* By a secretary or the expert itself. Who changes the employer keeps the former one as a relation. CONFLICT: somebody was faster. */
must_use Error expert_write(Call *call, Text ref, int64_t seen, const Map *values);
must_use Error expert_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void expert_matter(Call *call, const Expert *expert, Matter *out);
/* Of the actor's own entry. */
must_use Error expert_relate(Call *call, const Map *values);
must_use Error expert_relation_remove(Call *call, Text relation);

/* What counts in an expert's record; inside db_transact. */
typedef enum ExpertDeed { EXPERT_SERVED, EXPERT_DECLINED, EXPERT_ABSENT } ExpertDeed;
must_use Error expert_note(Call *call, int64_t id, ExpertDeed deed);

/* The first instant of a day of Beijing; false: no day. */
must_use bool expert_day(Text text, int64_t *out);
/* The codes of employer and its parent; empty where there is none. */
Text expert_employer_code(const Expert *expert);
Text expert_parent_code(const Expert *expert);
/* An organisation as far as ties are looked for: its own code, those of its group, its name. */
typedef struct ExpertParty {
	Text code, name;
	Texts group;
} ExpertParty;
/* What is known of a tie between them: English source text; NULL: nothing. Pure; needs the relations. */
const char *expert_tie(const Expert *expert, const ExpertParty *party, int64_t now);
