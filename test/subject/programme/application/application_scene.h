/* application_scene: a round that is open, an applicant and two officers, for tests. */
#pragma once
#include "people/people_fixture.h"
#include "subject/programme/application/application.h"
#include "subject/programme/round/round_scene.h"

typedef struct ApplicationScene {
	Test *t;
	Scene *scene;
	Actor *applicant, *rival; /* administrators of verified organisations */
	const Actor *member; /* of the applicant, who administers nothing */
	const Actor *secretary, *second, *supervisor, *coordinator, *stranger;
	Text round, code;
	int64_t opens_at, closes_at, ends_at;
} ApplicationScene;
ApplicationScene *application_scene(Test *t);
Text application_scene_draft(ApplicationScene *scene, Actor *applicant);
void application_scene_fill(ApplicationScene *scene, Text ref); /* all that the form requires, but files */
Attachment application_scene_file(ApplicationScene *scene, Text ref, const char *field, const char *content);
/* By the actor of the call, with values as names and values, NULL at the end. */
Error application_scene_act(ApplicationScene *scene, Text ref, const char *action, const char *const *names_and_values);
#define WITH(...) ((const char *const[]) { __VA_ARGS__, NULL })
Text application_scene_submitted(ApplicationScene *scene, Actor *applicant);
void application_scene_close(ApplicationScene *scene); /* the round ends and is reviewed */
/* Filed, checked by the first officer; as the second one afterwards. */
void application_scene_check(ApplicationScene *scene, Text ref, const char *verdict);
Application application_scene_open(ApplicationScene *scene, Text ref);
