/* The ranking of finders: who wishes it, by public name, with the points of finds. */
#include "subject/merit/ranking.h"

#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/merit/ranking_test.sql.h"

typedef struct Points {
	const char *code;
	int64_t person_id, points, month;
} Points;

static Error give(Call *call, void *argument)
{
	const Points *points = argument;
	Text ref = arena_printf(call->arena, "%s-%lld-%lld", points->code, (long long)points->person_id, (long long)points->month);
	return test_ranking_points(call, ref, text_from(points->code), points->person_id, points->points, points->month);
}

static void points(Test *t, const Actor *person, const char *code, int64_t hundredths, int64_t month)
{
	Points given = { code, person->person_id, hundredths, month };
	CHECK_OK(t->call, db_transact(t->call, give, &given));
}

static void wish(Scene *scene, const Actor *person, bool joins)
{
	scene_as(scene, person);
	CHECK_OK(scene->call, ranking_wish(scene->call, joins));
}

static RankingLines list(Test *t, int quarter)
{
	RankingLines lines;
	CHECK_OK(t->call, ranking_list(t->call, (RankingPeriod) { 2025, quarter }, &lines));
	return lines;
}

TEST_DB(ranking__names_only_who_wishes_it_and_leaving_takes_effect_at_once)
{
	Scene *scene = scene_new(t);
	const Actor *ann = scene_person(scene, "ann", ROLE_REPORTER), *ben = scene_person(scene, "ben", ROLE_REPORTER);
	bool joined = true;
	int64_t before, after;
	points(t, ann, "find-high", 2000, 202502);
	points(t, ben, "find-high", 1000, 202502);
	CHECK_INT(list(t, 0).count, 0);
	scene_as(scene, ann);
	CHECK_OK(t->call, ranking_has(t->call, &joined));
	CHECK(!joined);
	wish(scene, ann, true);
	wish(scene, ann, true); /* said twice */
	wish(scene, ben, true);
	RankingLines lines = list(t, 0);
	CHECK_INT(lines.count, 2);
	CHECK_TEXT(lines.at[0].handle, "ann");
	CHECK(lines.at[1].place == 2 && lines.at[1].points == 1000);
	CHECK_OK(t->call, change_latest(t->call, &before));
	wish(scene, ann, false);
	int64_t left = 1;
	while (left) CHECK_OK(t->call, ledger_sequence(t->call, &left));
	CHECK_OK(t->call, change_latest(t->call, &after));
	CHECK(after > before); /* kept pages are made anew */
	CHECK_INT(list(t, 0).count, 1);
	CHECK_TEXT(list(t, 0).at[0].handle, "ben");
}

TEST_DB(ranking__counts_finds_under_the_caps_by_year_and_quarter_and_equal_points_share_a_place)
{
	Scene *scene = scene_new(t);
	const Actor *ann = scene_person(scene, "ann", ROLE_REPORTER), *ben = scene_person(scene, "ben", ROLE_REPORTER),
		    *cid = scene_person(scene, "cid", ROLE_REPORTER);
	points(t, ann, "find-low", 5000, 202502); /* the cap of a year is 10.00 */
	points(t, ben, "find-high", 1000, 202505);
	points(t, ben, "verify-in-time", 9000, 202505); /* no find */
	points(t, cid, "find-critical", 2000, 202404);
	wish(scene, ann, true);
	wish(scene, ben, true);
	wish(scene, cid, true);
	RankingLines lines = list(t, 0);
	CHECK_INT(lines.count, 2);
	CHECK(lines.at[0].points == 1000 && lines.at[1].points == 1000);
	CHECK(lines.at[0].place == 1 && lines.at[1].place == 1);
	CHECK_INT(list(t, 1).count, 1);
	CHECK_TEXT(list(t, 1).at[0].handle, "ann");
	CHECK_TEXT(list(t, 2).at[0].handle, "ben");
	CHECK_INT(list(t, 3).count, 0);
}

TEST_DB(ranking__needs_a_public_name_and_shows_the_present_one)
{
	Scene *scene = scene_new(t);
	const Actor *ann = scene_person(scene, "ann", ROLE_REPORTER);
	points(t, ann, "find-high", 1000, 202502);
	scene_as(scene, &actor_visitor);
	CHECK_ERROR(t->call, ranking_wish(t->call, true), FORBIDDEN);
	wish(scene, ann, true);
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("ann"), TEXT("anna"), TEXT(""), LANG_ZH));
	CHECK_TEXT(list(t, 0).at[0].handle, "anna");
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("ann"), TEXT(""), TEXT(""), LANG_ZH));
	CHECK_INT(list(t, 0).count, 0);
	CHECK_OK(t->call, ranking_wish(t->call, false));
	CHECK_ERROR(t->call, ranking_wish(t->call, true), INVALID);
}
