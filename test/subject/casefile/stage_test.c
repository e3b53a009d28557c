/* Where a casefile stands, as the report's page tells the reporter. */
#include "harness/scene.h"
#include "subject/casefile/casefile_private.h"

static ReportStage stage_of(Scene *scene, const Cast *cast)
{
	Report report;
	ReportStage stage = { 0 };
	bool found = false;
	scene_as(scene, cast->reporter);
	CHECK_OK(scene->call, report_open(scene->call, cast->report, &report));
	CHECK_OK(scene->call, casefile_report_hooks.stage(scene->call, report.id, &stage, &found));
	CHECK(found && stage.current < stage.steps.count);
	scene_as(scene, cast->coordinator);
	return stage;
}

static void stands(Scene *scene, const Cast *cast, const char *step, bool ended)
{
	ReportStage stage = stage_of(scene, cast);
	CHECK(text_is(stage.steps.at[stage.current], text_from(step)));
	CHECK(stage.ended == ended && !stage.stopped && (stage.turn != NULL || ended));
}

TEST_DB(casefile_stage__an_incident_goes_from_internal_to_its_end_and_never_by_publication)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene->call->lang = LANG_EN;
	scene_open_casefile(scene, &cast, true);
	stands(scene, &cast, "Verification", false);
	scene_bring_to(scene, &cast, "COORDINATING");
	stands(scene, &cast, "Coordination with the vendor", false);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "keep", NULL));
	stands(scene, &cast, "Kept internal", false);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "track", NULL));
	stands(scene, &cast, "Tracking", false);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "close", VALUES(scene, "reason", "Repaired")));
	stands(scene, &cast, "Closed", true);
	ReportStage stage = stage_of(scene, &cast);
	for (size_t i = 0; i < stage.steps.count; i++) CHECK(!text_is(stage.steps.at[i], TEXT("Published")));
}

TEST_DB(casefile_stage__what_cannot_be_reproduced_stops_and_is_not_shown_as_published)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene->call->lang = LANG_EN;
	scene_open_casefile(scene, &cast, false);
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "undertake", VALUES(scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "refute", VALUES(scene, "evidence", "Nothing of the kind")));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "close", VALUES(scene, "reason", "Not reproducible")));
	ReportStage stage = stage_of(scene, &cast);
	CHECK(stage.stopped && stage.ended && text_is(stage.state_text, TEXT("Closed")));
}
