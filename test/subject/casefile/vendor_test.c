/* The casefile and the parts of its vendors: one by one, with the vendors' own accounts. */
#include "subject/casefile/casefile_private.h"
#include "subject/party/party_fixture.h"

static PartyScene *vendors(Test *t)
{
	PartyScene *ps = party_scene(t);
	party_set_hooks(&casefile_party_hooks);
	return ps;
}

static Error act(PartyScene *ps, const Actor *actor, const char *action, const Map *values)
{
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	return scene_casefile_act(ps->scene, ps->cast.casefile, action, values);
}

static Map *vendor_values(PartyScene *ps)
{
	return VALUES(ps->scene, "credit_code", "9144030071526726XG", "product", "示例钱包", "versions", "7.x\n8.x", "own_provider", "yes");
}

static Map *public_values(PartyScene *ps)
{
	return VALUES(ps->scene, "title_zh", "题", "description_zh", "述", "vendor", "厂", "product", "品", "versions", "1",
		"fixed_version", "2", "solution_zh", "升级");
}

static void name_vendor(PartyScene *ps)
{
	PartyLines parties;
	CHECK_OK(ps->scene->call, act(ps, ps->cast.coordinator, "party", vendor_values(ps)));
	CHECK_OK(ps->scene->call, party_list(ps->scene->call, ps->casefile_id, 0, 10, &parties));
	CHECK(parties.count > 0);
	ps->ref = parties.at[parties.count - 1].ref;
}

static void is_shut(PartyScene *ps, const char *why)
{
	Call *call = ps->scene->call;
	CHECK_INT(act(ps, ps->cast.coordinator, "request", NULL), ERROR_INVALID);
	test_check_text(__FILE__, __LINE__, "why", text_from(call->failure.problems.at[0].message), text_from(why));
	call_recover(call);
}

TEST_DB(vendors__gate_stays_shut_until_each_is_notified_and_has_its_measure)
{
	PartyScene *ps = vendors(t);
	CHECK_ERROR(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL), INVALID);
	name_vendor(ps);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "describe", public_values(ps)));
	is_shut(ps, "The evidence that the vendor was notified is missing.");
	party_do(ps, ps->cast.coordinator, "attempt");
	party_do(ps, ps->cast.coordinator, "notify");
	is_shut(ps, "The provider's repair measure is missing.");
	party_do(ps, ps->vendor, "acknowledge");
	party_do(ps, ps->vendor, "state");
	party_do(ps, ps->vendor, "plan");
	party_do(ps, ps->cast.coordinator, "accept");
	party_do(ps, ps->vendor, "fix");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "line", "8.x", "fixed", "8.0.2")));
	party_do(ps, ps->vendor, "declare");
	is_shut(ps, "The provider's repair measure is missing.");
	party_do(ps, ps->cast.coordinator, "assign");
	party_do(ps, ps->cast.verifier, "replay");
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "request", NULL));
	CHECK_OK(t->call, act(ps, ps->cast.publisher, "publish", VALUES(ps->scene, "no_exploit", "yes", "no_running_system", "yes")));
}

TEST_DB(vendors__a_second_one_without_measure_shuts_it_again)
{
	PartyScene *ps = vendors(t);
	name_vendor(ps);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "describe", public_values(ps)));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "party", VALUES(ps->scene, "name", "别家", "product", "别家钱包")));
	PartyLines parties;
	CHECK_OK(t->call, party_list(t->call, ps->casefile_id, 0, 10, &parties));
	CHECK_INT(parties.count, 2);
	ps->ref = parties.at[1].ref;
	party_do(ps, ps->cast.coordinator, "orphan"); /* without owner: nobody made a measure */
	is_shut(ps, "The evidence that the vendor was notified is missing.");
}

TEST_DB(vendors__early_release_on_silence_opens_after_45_days_and_not_before)
{
	PartyScene *ps = vendors(t);
	Map *silence = VALUES(ps->scene, "ground", "silence", "record", "Three letters.", "need", "It is exploited.");
	name_vendor(ps);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	party_do(ps, ps->cast.coordinator, "attempt");
	party_do(ps, ps->cast.coordinator, "notify");
	scene_later(ps->scene, (int64_t)44 * 86400000);
	CHECK_ERROR(t->call, act(ps, ps->cast.coordinator, "early-consult", silence), INVALID);
	scene_later(ps->scene, (int64_t)2 * 86400000);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "early-consult", silence));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "describe", public_values(ps)));
	is_shut(ps, "The provider's repair measure is missing."); /* silence opens the procedure and nothing else */
}

TEST_DB(vendors__before_acceptance_they_are_named_in_the_emergency_channel_only)
{
	PartyScene *ps = vendors(t);
	Casefile casefile;
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_ERROR(t->call, act(ps, ps->cast.coordinator, "party", vendor_values(ps)), INVALID);
	int64_t now = t->call->now;
	CHECK_OK(
		t->call, act(ps, ps->cast.coordinator, "emergency", VALUES(ps->scene, "why", "exploited", "grounds", "Seen in the wild.")));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "party", vendor_values(ps)));
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	CHECK_TEXT(casefile.state, "VERIFYING");
	CHECK_INT(casefile.emergency_due_at, now + (int64_t)24 * 3600000);
	int64_t told = 0;
	scene_later(ps->scene, (int64_t)24 * 3600000);
	CHECK_OK(t->call, casefile_emergencies(t->call, 10, &told));
	CHECK_INT(told, 0); /* its last millisecond is not over */
	scene_later(ps->scene, 1);
	CHECK_OK(t->call, casefile_emergencies(t->call, 10, &told));
	CHECK_INT(told, 1);
	CHECK_OK(t->call, casefile_emergencies(t->call, 10, &told));
	CHECK_INT(told, 0);
	CHECK_ERROR(
		t->call, act(ps, ps->cast.coordinator, "emergency", VALUES(ps->scene, "why", "critical", "grounds", "Again.")), INVALID);
}

TEST_DB(vendors__upstream_position_opens_a_casefile_of_the_provider)
{
	PartyScene *ps = vendors(t);
	Casefiles waiting;
	PartyLines parties;
	name_vendor(ps);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	party_do(ps, ps->cast.coordinator, "attempt");
	party_do(ps, ps->cast.coordinator, "notify");
	party_do(ps, ps->vendor, "acknowledge");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "state",
				  VALUES(ps->scene, "position", "upstream", "provider", "组件公司", "component", "PaySDK 2",
					  "provider_contact", "security@pay.example")));
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &waiting));
	CHECK_INT(waiting.count, 1);
	const Casefile *linked = &waiting.at[0];
	CHECK_INT(linked->upstream_of, ps->casefile_id);
	CHECK_TEXT(linked->title, "组件公司: PaySDK 2");
	CHECK_INT(linked->facts->reporter_count, 1); /* who reported the first one has an interest here too */
	CHECK_OK(t->call, party_list(t->call, linked->id, 0, 10, &parties));
	CHECK_INT(parties.count, 1);
	CHECK_TEXT(parties.at[0].vendor, "组件公司");
}

TEST_DB(vendors__report_of_an_own_product_begins_with_the_fix)
{
	PartyScene *ps = vendors(t);
	Casefiles waiting;
	PartyLines parties;
	Map *values = scene_values(ps->scene);
	form_set(t->arena, values, TEXT("owner"), TEXT("own"));
	scene_as(ps->scene, ps->vendor);
	Text report = scene_report(ps->scene, values);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, scene_report_act(ps->scene, report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(ps->scene, report, "attach", NULL));
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &waiting));
	CHECK_OK(t->call, party_list(t->call, waiting.at[waiting.count - 1].id, 0, 10, &parties));
	CHECK_INT(parties.count, 1);
	CHECK_TEXT(parties.at[0].state, "FIXING");
	CHECK_INT(parties.at[0].organisation_id, ps->vendor_org);
}

TEST(vendors__have_an_interest)
{
	const int64_t ids[] = { 5, 7 };
	const CasefileFacts facts = { .vendor_ids = ids, .vendor_count = 2 };
	CHECK(casefile_interest(&facts, 1, 7) != NULL);
	CHECK(casefile_interest(&facts, 1, 8) == NULL);
	CHECK(casefile_interest(&facts, 1, 0) == NULL);
}

TEST_DB(upward__is_reminded_of_daily_until_it_is_acknowledged)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	UpwardReports reports;
	int64_t reminded = 0;
	scene_open_casefile(scene, &cast, false);
	Map *answer = VALUES(scene, "recipient", "cncert", "document", "收文9");
	CHECK_ERROR(t->call, scene_casefile_act(scene, cast.casefile, "report-up-answer", answer), INVALID);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "report-up", VALUES(scene, "recipient", "cncert", "document", "发文7")));
	CHECK_OK(t->call, casefile_remind_upward(t->call, 10, &reminded));
	CHECK_INT(reminded, 0);
	for (int day = 0; day < 3; day++) {
		scene_later(scene, (int64_t)86400000 + 1);
		CHECK_OK(t->call, casefile_remind_upward(t->call, 10, &reminded));
		CHECK_INT(reminded, 1);
		CHECK_OK(t->call, casefile_remind_upward(t->call, 10, &reminded));
		CHECK_INT(reminded, 0);
	}
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "report-up", VALUES(scene, "recipient", "cncert", "document", "发文8")));
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "report-up-answer", answer));
	CHECK_ERROR(t->call, scene_casefile_act(scene, cast.casefile, "report-up", VALUES(scene, "recipient", "cncert", "document", "x")),
		INVALID);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_upward(t->call, casefile.id, &reports));
	CHECK_INT(reports.count, 1);
	CHECK(reports.at[0].sendings == 2 && reports.at[0].acknowledged_at == t->call->now);
	CHECK(text_is(reports.at[0].document, TEXT("发文8")) && text_is(reports.at[0].receipt, TEXT("收文9")));
	scene_later(scene, (int64_t)30 * 86400000);
	CHECK_OK(t->call, casefile_remind_upward(t->call, 10, &reminded));
	CHECK_INT(reminded, 0);
}
