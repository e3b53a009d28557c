#include "harness/scene.h"
#include "people/notice/notice.h"

static size_t told(Test *t, Scene *scene, const Actor *actor)
{
	Notices notices;
	scene_as(scene, actor);
	CHECK_OK(t->call, notice_list(t->call, 0, 50, &notices));
	for (size_t i = 0; i < notices.count; i++) CHECK(!text_find(notices.at[i].subject_line, TEXT("SQL"), NULL));
	return notices.count;
}

TEST_DB(notice__each_step_tells_those_whom_it_concerns_and_nobody_else)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *stranger = scene_person(scene, "stranger", ROLE_VERIFIER);
	scene_open_casefile(scene, &cast, false);
	CHECK_INT(told(t, scene, cast.reporter), 2); /* received, accepted */
	CHECK_INT(told(t, scene, cast.second_coordinator), 1); /* one waits */
	CHECK_INT(told(t, scene, cast.verifier), 1); /* assigned */
	scene_bring_to(scene, &cast, "PUBLISHED");
	CHECK_INT(told(t, scene, cast.reporter), 4); /* number, published */
	CHECK_INT(told(t, scene, cast.publisher), 1);
	CHECK_INT(told(t, scene, stranger), 0);
}
