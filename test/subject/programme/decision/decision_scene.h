/* decision_scene: a round whose inspections are over, two proposed and one not selected, and officers who assessed nobody, for tests. */
#pragma once
#include "subject/programme/decision/decision_private.h"
#include "subject/programme/panel/panel_scene.h"

typedef struct DecisionScene {
	Test *t;
	PanelScene *panel;
	ApplicationScene *of;
	const Actor *clerk, *decider, *handler, *judge; /* secretaries; clerk enters, decider decides */
	Text first, second, below; /* applications: of of->applicant and of the third organisation, proposed; of of->rival, not selected */
	const Actor *third;
	Text round;
} DecisionScene;
DecisionScene *decision_scene(Test *t); /* in DECISION */
void decision_scene_as(DecisionScene *scene, const Actor *actor);
/* Enters the list with all stars of the rules, as the clerk. */
void decision_scene_enter(DecisionScene *scene);
void decision_scene_publicise(DecisionScene *scene); /* and decides it */
DecisionState *decision_scene_state(DecisionScene *scene);
Text decision_scene_in(DecisionScene *scene, Text application); /* its state */
int64_t decision_scene_due(DecisionScene *scene, Text application); /* the end of its days */
/* Objects as the actor of the call. about: an application, or "staff". */
Error decision_scene_object(DecisionScene *scene, Text about, const char *words, ObjectionReceipt *out);
/* The handler takes it, masks it, and enters this verdict; the judge confirms. */
void decision_scene_verdict(DecisionScene *scene, Text objection, const char *verdict);
void decision_scene_announce(DecisionScene *scene); /* approves whose days are over, entered and decided */
