#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/report/internal.h"
#include "work/alike/alike.sql.h"

#include <stdlib.h>

static Map *wallet(Scene *scene, const char *word)
{
	Map *values = scene_values(scene);
	form_set(scene->t->arena, values, TEXT("package"), TEXT("com.example.wallet"));
	form_set(scene->t->arena, values, TEXT("description"),
		arena_printf(scene->t->arena, "The export interface joins text of the caller. %s", word));
	return values;
}

static Map *other_app(Scene *scene)
{
	Map *values = scene_values(scene);
	form_set(scene->t->arena, values, TEXT("product"), TEXT("天气助手"));
	form_set(scene->t->arena, values, TEXT("class"), TEXT("access-control"));
	form_set(scene->t->arena, values, TEXT("description"), TEXT("Anybody reads places of others by their number at the forecast."));
	form_set(scene->t->arena, values, TEXT("steps"), TEXT("Count the number up"));
	form_set(scene->t->arena, values, TEXT("impact"), TEXT("Where people live"));
	return values;
}

static Text send_as(Scene *scene, const Actor *actor, const Map *values)
{
	scene_as(scene, actor);
	return scene_report(scene, values);
}

static Candidates candidates(Scene *scene, const Actor *actor, Text ref)
{
	Report report;
	Candidates found;
	scene_as(scene, actor);
	CHECK_OK(scene->call, report_open(scene->call, ref, &report));
	CHECK_OK(scene->call, report_candidates(scene->call, report.values, report.id, &found));
	return found;
}

TEST_DB(alike__the_earlier_report_is_found_with_reasons_and_others_are_not)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Text first = send_as(scene, cast.reporter, wallet(scene, "It is the first."));
	Text apart = send_as(scene, cast.reporter, other_app(scene));
	Text second = send_as(scene, cast.verifier, wallet(scene, "It is another one."));
	Candidates found = candidates(scene, cast.coordinator, second);
	CHECK_INT(found.count, 1);
	CHECK(text_is(found.at[0].report.ref, first));
	CHECK(found.at[0].shared[FEATURE_IDENTITY] == 1 && found.at[0].shared[FEATURE_PRODUCT] == 1 && found.at[0].same_class);
	CHECK_INT(candidates(scene, cast.coordinator, apart).count, 0);
	CHECK_INT(candidates(scene, cast.verifier, second).count, 0); /* of what others sent the reporter learns nothing */
}

/* HackerOne 1242680 and 75556: what is offered as a duplicate, and what a duplicate is told to repeat, gave the earlier report's title away. */
TEST_DB(attack__hints_at_duplicates_reveal_no_titles_of_others)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Report told, hidden;
	Text proof;
	Map *earlier = wallet(scene, "SECRETDESCRIPTION");
	form_set(t->arena, earlier, TEXT("title"), TEXT("SECRETTITLE"));
	Text first = send_as(scene, cast.reporter, earlier), second = send_as(scene, cast.verifier, wallet(scene, "It is another one."));
	CHECK_INT(candidates(scene, cast.verifier, second).count, 0);
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, second, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, second, "duplicate", VALUES(scene, "of", first.at)));
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, report_open(t->call, second, &told));
	CHECK(text_is(told.earlier_ref, first) && !text_find(told.title, TEXT("SECRET"), NULL) &&
		!text_find(told.decision, TEXT("SECRET"), NULL));
	CHECK_OK(t->call, report_earlier_proof(t->call, &told, &proof));
	CHECK(text_find(proof, first, NULL) && !text_find(proof, TEXT("SECRET"), NULL));
	CHECK_ERROR(t->call, report_open(t->call, first, &hidden), NOT_FOUND);
}

TEST_DB(alike__a_decision_keeps_what_was_found)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Events events;
	Text first = send_as(scene, cast.reporter, wallet(scene, "It is the first."));
	Text second = send_as(scene, cast.verifier, wallet(scene, "It is another one."));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, second, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, second, "duplicate", VALUES(scene, "of", first.at)));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", second, "duplicate", 0, 1, &events));
	CHECK_INT(events.count, 1);
	CHECK(text_is(events.at[0].detail, arena_printf(t->arena, "{\"candidates\":[\"%.*s\"]}", TEXT_ARGS(first))));
}

TEST_DB(alike__what_is_kept_cannot_be_read_and_goes_with_what_is_wiped)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	AlikeRows rows;
	Report report;
	Text first = send_as(scene, cast.reporter, wallet(scene, "It is the first."));
	Text second = send_as(scene, cast.verifier, wallet(scene, "It is another one."));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, report_open(t->call, first, &report));
	Text key = seal_lookup(t->call, "alike|identity", TEXT("comexamplewallet"));
	int64_t number = (int64_t)strtoll(arena_printf(t->arena, "%.15s", key.at).at, NULL, 16);
	CHECK_OK(t->call, alike_with(t->call, TEXT("report"), number, 10, &rows));
	CHECK_INT(rows.count, 2);
	CHECK_OK(t->call, scene_report_act(scene, first, "isolate", VALUES(scene, "why", "A map")));
	CHECK_INT(candidates(scene, cast.coordinator, second).count, 0);
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(scene, first, "wipe", VALUES(scene, "understood", "yes")));
	CHECK_OK(t->call, alike_with(t->call, TEXT("report"), number, 10, &rows));
	CHECK_INT(rows.count, 1);
}
