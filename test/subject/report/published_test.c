/* The duplicate check against published records, as coordinators read it and as a decision keeps it. */
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/advisory/advisory_private.h"

static Error put_record(Call *call, void *argument)
{
	static const char document[] =
		"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2032-7001\",\"state\":\"PUBLISHED\","
		"\"datePublished\":\"2032-05-06T00:00:00Z\"},\"containers\":{\"cna\":{\"descriptions\":[{\"lang\":\"en\",\"value\":"
		"\"InkpadCloud before 3.4.1 allows SQL injection via the note_id parameter of api/notes/export.\"}],"
		"\"affected\":[{\"vendor\":\"brightleaf\",\"product\":\"inkpadcloud\",\"versions\":[{\"version\":\"3.4.0\",\"status\":"
		"\"affected\"}]}]}}}";
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	AdvisoryFinished finished;
	AdvisoryOutcome outcome;
	Text why;
	(void)argument;
	if (!advisory_finish(finisher, call->arena, FORM_CVE5, text_from(document), &finished, &why))
		return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
	return advisory_put(call, &finished, &outcome);
}

static Text send(Scene *scene, const char *product, const char *description)
{
	Map *values = scene_values(scene);
	form_set(scene->t->arena, values, TEXT("product"), text_from(product));
	form_set(scene->t->arena, values, TEXT("class"), TEXT("sql-injection"));
	form_set(scene->t->arena, values, TEXT("description"), text_from(description));
	return scene_report(scene, values);
}

static Text decided(Scene *scene, Text ref)
{
	Events events;
	CHECK_OK(scene->call, scene_report_act(scene, ref, "review", NULL));
	CHECK_OK(scene->call, scene_report_act(scene, ref, "attach", NULL));
	CHECK_OK(scene->call, ledger_events_of_action(scene->call, "report", ref, "attach", 0, 1, &events));
	CHECK_INT(events.count, 1);
	return events.at[0].detail;
}

TEST_DB(published__a_chinese_report_is_held_against_english_records_and_the_decision_keeps_them)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	int64_t made;
	CHECK_OK(t->call, db_transact(t->call, put_record, NULL));
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	CHECK_INT(made, 1);
	scene_as(scene, cast.reporter);
	Text same = send(scene, "InkpadCloud", "InkpadCloud 3.4.0的api/notes/export存在SQL注入漏洞，参数note_id未过滤。");
	Text apart = send(scene, "天气助手", "接口未校验身份，任何人可以查看他人的位置。");
	scene_as(scene, cast.coordinator);
	CHECK(text_find(decided(scene, same), TEXT("\"published\":[\"CVE-2032-7001\"]"), NULL));
	CHECK(!text_find(decided(scene, apart), TEXT("published"), NULL));
}
