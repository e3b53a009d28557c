/* What verifiers are shown of a report. The casefile of a component's provider is walked through in test/subject/party and test/browser. */
#include "harness/scene.h"
#include "subject/casefile/casefile_private.h"

TEST_DB(casefile__who_reported_it_and_how_to_reach_them_is_the_coordinators_affair)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	Reports reports;
	scene_open_casefile(scene, &cast, false);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_reports(t->call, &casefile, &reports));
	CHECK(reports.count == 1 && form_answer(reports.at[0].values, "credit").length > 0);
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "undertake", VALUES(scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_reports(t->call, &casefile, &reports));
	CHECK(reports.count == 1 && form_answer(reports.at[0].values, "steps").length > 0);
	CHECK(!form_answer(reports.at[0].values, "credit").length && !form_answer(reports.at[0].values, "contact").length);
}
