/*
 * scene: people and matters for tests of subjects. Each person has a second factor unless the test takes it away.
 */
#pragma once
#include "harness/test.h"
#include "subject/casefile/casefile.h"

enum { SCENE_PEOPLE = 40 };
typedef struct Scene {
	Test *t;
	Call *call;
	Actor people[SCENE_PEOPLE];
	size_t count;
	Actor *vendor; /* who speaks for the vendor of the product; made when first needed, unless the test gives one */
} Scene;
Scene *scene_new(Test *t); /* wires what app/ would: demo, hooks, sandbox */
const Actor *scene_person(Scene *scene, const char *handle, uint32_t roles);
void scene_as(Scene *scene, const Actor *actor); /* whose call it is from now on */
void scene_later(Scene *scene, int64_t milliseconds);

/* Values of a complete report of a generic product, to be changed by the test. */
Map *scene_values(Scene *scene);
Map *scene_map(Scene *scene, const char *const *names_and_values); /* NULL at the end */
#define VALUES(scene, ...) scene_map((scene), (const char *const[]) { __VA_ARGS__, NULL })
/* Sends it as the present actor; the reference. */
Text scene_report(Scene *scene, const Map *values);
/* Acts as the present actor. */
Error scene_report_act(Scene *scene, Text ref, const char *action, const Map *values);
Error scene_casefile_act(Scene *scene, Text ref, const char *action, const Map *values);

/* A verified organisation with this person as administrator, whose actor knows it afterwards. */
int64_t scene_organisation(
	Scene *scene, const Actor *coordinator, Actor *admin, const char *name, const char *code, const char *kind, const char *domicile);

/* The usual cast, and a casefile brought to a state of its machine: VERIFYING (undertaking not signed) … CLOSED. */
typedef struct Cast {
	const Actor *reporter, *coordinator, *verifier, *second_verifier, *publisher, *second_coordinator;
	Text report, casefile, party;
} Cast;
Cast scene_cast(Scene *scene);
void scene_open_casefile(Scene *scene, Cast *cast, bool incident); /* sent, reviewed, attached, verifier assigned */
void scene_bring_to(Scene *scene, Cast *cast, const char *state);
/* Names the vendor of the product in the casefile and tells it; from ACCEPTED the casefile goes on to COORDINATING. */
void scene_tell_vendor(Scene *scene, Cast *cast);
void scene_repair(Scene *scene, Cast *cast); /* the vendor says since when it is fixed, and a verifier looks at it */
void scene_second(Scene *scene, Cast *cast); /* RATED: the second verification too, so that it can be accepted */
extern const char scene_vendor_code[]; /* unified social credit code */
extern const char scene_vector[], scene_overall_vector[], scene_cvss[];
