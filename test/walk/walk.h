/*
 * walk: people who act at random on matters of every machine, by the tables alone. A seed gives the same steps on every database; what came of
 * them is written down line by line, so that two databases can be compared. After each step the rules that hold for every table are checked.
 */
#pragma once
#include "harness/scene.h"
#include "walk/walk.sql.h"

enum { WALK_MACHINES = 12 };

typedef struct Walk Walk;
extern const char walk_vendor_code[]; /* unified social credit code of the vendor among the people */

typedef struct WalkMatter { /* one row of a subject, known by its place in the list */
	int64_t id;
	char ref[40], state[24]; /* state: after the newest event; "" until there is one */
} WalkMatter;
typedef struct WalkList {
	WalkMatter *at;
	size_t count, room;
} WalkList;

typedef struct WalkMachine {
	const Machine *machine;
	const Form *(*form)(const char *name);
	const Form *(*form_of)(Call *call, Text ref, const char *name); /* instead, where it depends on the matter */
	Error (*act)(Call *call, Text ref, Text action, int64_t revision, const Map *values);
	Error (*newer)(Call *call, int64_t after, WalkRows *out); /* those made after this id */
	Error (*state)(Call *call, int64_t id, Text *out_state, int64_t *out_revision);
} WalkMachine;

typedef struct WalkWorld { /* where the walk goes, and what happens there without anybody acting on a matter */
	const WalkMachine *machines;
	size_t machine_count;
	void (*begin)(Walk *walk); /* somebody makes something new */
	void (*prepare)(Walk *walk); /* something from which the long ways begin */
	void (*pass)(Walk *walk); /* what the system does by itself as time passes */
	Error (*overdue)(Call *call, Text machine, int64_t subject_id, Text clock);
	unsigned prepare_permille; /* of the steps */
	int tries; /* until somebody is found who is offered something */
	int seeks; /* until a matter is found that is not over */
	const char *rare; /* actions after which little follows: seldom taken */
	const char *name; /* of its file in the folder of traces: letters */
} WalkWorld;
extern const WalkWorld walk_library;
extern const WalkWorld walk_applications, walk_register; /* place: the ApplicationScene */
extern const WalkWorld walk_inspections; /* place: the InspectionScene */
extern const WalkWorld walk_decisions; /* place: the DecisionScene, in public notice and with objections */

struct Walk {
	const WalkWorld *world;
	void *place; /* of the world */
	Scene *scene;
	Call *call;
	uint64_t random; /* state of the generator */
	WalkList lists[WALK_MACHINES]; /* of each machine, in its order */
	FILE *trace; /* NULL: none */
	uint64_t digest; /* of all lines */
	size_t done, refused; /* steps that changed something, and those that did not */
	int64_t last_event, followed; /* ids of events: before this step; the newest that was counted */
	uint64_t *reached[WALK_MACHINES]; /* how often each row was applied, by whomever */
};

uint64_t walk_below(Walk *walk, uint64_t limit);
bool walk_chance(Walk *walk, unsigned percent);
/* The reference of a matter of this machine picked at random; "" when there is none. */
Text walk_pick(Walk *walk, const Machine *machine);
Text walk_pick_young(Walk *walk, const Machine *machine); /* one of the newest as a rule */
Text walk_lodged_hashes(Walk *walk); /* of the file that applicants of walk_applications deliver */
/* Answers to a form: mostly right ones, now and then something that must be refused. */
Map *walk_values(Walk *walk, const Form *form);

/* Among the people of the scene. */
Walk *walk_new(Test *t, const WalkWorld *world, Scene *scene, uint64_t seed);
Scene *walk_library_people(Test *t);
/* Writes what came of something that is no row, and counts it; anything but a refusal fails the test. */
void walk_note(Walk *walk, const char *what, Error error);
void walk_step(Walk *walk);
/* Nothing is left that could not go on, and no clock outlives its limit. */
void walk_end(Walk *walk);
