/* panel_scene: a round whose applications passed the review, a library of experts, and the way through the panel, for tests. */
#pragma once
#include "subject/programme/application/application_scene.h"
#include "subject/programme/expert/expert_scene.h"
#include "subject/programme/panel/panel_private.h"

enum { PANEL_SCENE_EXPERTS = 12, PANEL_SCENE_APPLICANTS = 3 };
typedef struct PanelScene {
	Test *t;
	ApplicationScene *of;
	const Actor *experts[PANEL_SCENE_EXPERTS]; /* even ones of the first specialty, odd ones of the second */
	Text refs[PANEL_SCENE_EXPERTS], applications[PANEL_SCENE_APPLICANTS], shares[SPLIT_SHARES];
} PanelScene;
PanelScene *panel_scene(Test *t); /* in the material review, all applications qualified; the secretary's call */
/* Each goes on where the one before ended. */
void panel_scene_freeze(PanelScene *scene);
void panel_scene_draw(PanelScene *scene);
void panel_scene_key(PanelScene *scene); /* made, taken by three people, rehearsed */
void panel_scene_present(PanelScene *scene); /* all have presented; every member has signed */
void panel_scene_commit(PanelScene *scene); /* every member all sheets */
void panel_scene_open(PanelScene *scene);
void panel_scene_lock(PanelScene *scene);
PanelState *panel_scene_state(PanelScene *scene);
Text panel_scene_panel(PanelScene *scene); /* the ref of the only panel */
/* The n-th who sits, of those with this code; NULL: there are not so many. */
const Actor *panel_scene_member(PanelScene *scene, const char *code, size_t n);
Map *panel_scene_sheet(Test *t, const char *first, const char *second); /* with a reason each */
Map *panel_scene_shares(PanelScene *scene, int one, int other);
Error panel_scene_dossier(PanelScene *scene, Text *out_archive); /* of the locked round */
