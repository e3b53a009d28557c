/* inspection_scene: a round whose result is locked, with the applicants of panel_scene in the order 0, 2, 1, and the way through inspections, for tests. */
#pragma once
#include "subject/programme/inspection/inspection_private.h"
#include "subject/programme/panel/panel_scene.h"

typedef struct InspectionScene {
	Test *t;
	PanelScene *panel;
	ApplicationScene *of;
} InspectionScene;
/* `places`: so many of the three are shortlisted, the others stand on the reserve list. The secretary's call; the inspections have begun. */
InspectionScene *inspection_scene(Test *t, const char *places);
Text inspection_scene_state(InspectionScene *scene, int applicant); /* of the application */
Text inspection_scene_round(InspectionScene *scene);
Text inspection_scene_ref(InspectionScene *scene, int applicant); /* no text: none */
Inspection *inspection_scene_open(InspectionScene *scene, int applicant); /* as the system */
const Actor *inspection_scene_inspector(InspectionScene *scene, int applicant, int seat); /* 1 or 2 */
const Actor *inspection_scene_admin(InspectionScene *scene, int applicant);
void inspection_scene_arrange(InspectionScene *scene, int applicant);
/* Each item by the first inspector: meets it, but for `item`, which is `verdict` with so many days. */
void inspection_scene_fill(InspectionScene *scene, int applicant, const char *item, const char *verdict, const char *days);
Error inspection_scene_sign(InspectionScene *scene, int applicant, int seat);
/* Arranged, visited, filled in and signed by both. */
void inspection_scene_pass(InspectionScene *scene, int applicant, const char *item, const char *verdict, const char *days);
Error inspection_scene_save(InspectionScene *scene, int applicant, const char *item, const char *client, int64_t seen, const char *comment,
	InspectionSaved *out);
void inspection_scene_advance(InspectionScene *scene);
