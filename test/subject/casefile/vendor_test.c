/* The casefile and the parts of its vendors: one by one, with the vendors' own accounts. */
#include "base/base/clock.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/trusted_time.h"
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

/* ---- What a vendor says at any time */
static void bring_to_acknowledged(PartyScene *ps)
{
	name_vendor(ps);
	CHECK_OK(ps->scene->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	party_do(ps, ps->cast.coordinator, "attempt");
	party_do(ps, ps->cast.coordinator, "notify");
	party_do(ps, ps->vendor, "acknowledge");
}

static void look_at(PartyScene *ps, const Actor *actor, Casefile *out)
{
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	CHECK_OK(ps->scene->call, casefile_open(ps->scene->call, ps->cast.casefile, out));
}

TEST_DB(vendors__own_rating_stands_beside_the_official_one_and_never_changes_it)
{
	PartyScene *ps = vendors(t);
	Casefile before, after;
	Verifications verifications;
	CasefileRatings ratings;
	bring_to_acknowledged(ps);
	look_at(ps, ps->cast.coordinator, &before);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "rate", VALUES(ps->scene, "explanation", "Low")), INVALID); /* one vector at least */
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "rate", VALUES(ps->scene, "cvss", "CVSS:3.1/AV:Q")), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "rate", VALUES(ps->scene, "cvss", scene_cvss)), FORBIDDEN);
	static const char low[] = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";
	CHECK_OK(t->call, party_try(ps, ps->vendor, "rate", VALUES(ps->scene, "cvss", low)));
	look_at(ps, ps->cast.coordinator, &after);
	CHECK(text_is(before.level, after.level) && text_is(before.technical_level, after.technical_level));
	CHECK_OK(t->call, casefile_history(t->call, &after, &verifications, &ratings));
	const CasefileRating *last = &ratings.at[ratings.count - 1];
	CHECK(text_is(last->who, TEXT("party")) && text_is(last->cvss, text_from(low)) && last->at == t->call->now);
	CHECK_TEXT(last->person, "victor");
}

static void embargo_until(PartyScene *ps, const char *until)
{
	Map *values = VALUES(ps->scene, "until", until, "zone", "+08:00", "reason", "The update needs a week.");
	CHECK_OK(ps->scene->call, act(ps, ps->cast.coordinator, "embargo", values));
}

static CasefileEmbargo embargo_seen(PartyScene *ps)
{
	Casefile casefile;
	CasefileEmbargo embargo;
	look_at(ps, ps->cast.coordinator, &casefile);
	CHECK_OK(ps->scene->call, casefile_embargo(ps->scene->call, casefile.id, casefile.ref, &embargo));
	CHECK_OK(ps->scene->call, casefile_embargo_silent(ps->scene->call, casefile.id, &embargo));
	return embargo;
}

TEST_DB(vendors__answer_the_embargo_themselves_each_version_anew)
{
	PartyScene *ps = vendors(t);
	bring_to_acknowledged(ps);
	const Map *accepts = VALUES(ps->scene, "answer", "accepted");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "embargo", accepts), INVALID); /* there is none */
	embargo_until(ps, "2026-12-05 10:00");
	Notices notices;
	scene_as(ps->scene, ps->colleague);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK(strstr(arena_string(t->arena, notices.at[0].subject_line), "has moved on"));
	CasefileEmbargo embargo = embargo_seen(ps);
	CHECK(embargo.answers.count == 2 && !strcmp(embargo.answers.at[0].text, "No answer yet") && !embargo.answers.at[0].at);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "embargo", VALUES(ps->scene, "answer", "revised")), INVALID); /* until when? */
	CHECK_OK(t->call, party_try(ps, ps->vendor, "embargo", VALUES(ps->scene, "answer", "revised", "until", "2026-12-20 10:00 +08:00")));
	embargo = embargo_seen(ps);
	CHECK(embargo.answers.count == 2 && text_is(embargo.answers.at[0].answer, TEXT("revised")));
	CHECK_TEXT(embargo.answers.at[0].note, "2026-12-20 10:00 +08:00");
	CHECK_TEXT(embargo.answers.at[0].participant, "示例公司");
	embargo_until(ps, "2026-12-20 10:00"); /* a new version waits for its own answers */
	embargo = embargo_seen(ps);
	CHECK(embargo.answers.count == 3 && !strcmp(embargo.answers.at[1].text, "No answer yet"));
	CHECK_OK(t->call, party_try(ps, ps->vendor, "embargo", accepts));
	embargo = embargo_seen(ps);
	CHECK(embargo.answers.count == 3 && text_is(embargo.answers.at[0].answer, TEXT("accepted")) && embargo.answers.at[0].n == 2);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "made-public", VALUES(ps->scene, "where", "https://news.example/1")));
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "embargo", accepts), INVALID); /* it has ended for everybody */
}

/* So much later, by both clocks of the machine. */
static void tick(PartyScene *ps, int64_t later)
{
	scene_later(ps->scene, later);
	scene_as(ps->scene, &actor_system);
	TimeReading reading = { ps->scene->call->now, (int64_t)1000 * 3600000 + later, TEXT("boot-1") };
	CHECK_OK(ps->scene->call, trusted_time_keep(ps->scene->call, &reading));
}

TEST_DB(vendors__one_who_never_answers_does_not_hold_the_embargo_beyond_its_end)
{
	PartyScene *ps = vendors(t);
	bring_to_acknowledged(ps);
	tick(ps, 0);
	Text end = clock_iso(t->arena, t->call->now + (int64_t)8 * 3600000 + (int64_t)30 * 60000); /* as a clock of Beijing shows it */
	embargo_until(ps, arena_printf(t->arena, "%.10s %.5s", end.at, end.at + 11).at);
	tick(ps, (int64_t)40 * 60000);
	CasefileEmbargo embargo = embargo_seen(ps);
	CHECK(!embargo.holds && text_is(embargo.state, TEXT("EXPIRED")));
	CHECK(embargo.answers.count == 2 && !strcmp(embargo.answers.at[0].text, "Ended without its answer"));
}

static Error reporter_says(PartyScene *ps, const char *answer)
{
	call_recover(ps->scene->call);
	scene_as(ps->scene, ps->cast.reporter);
	return scene_report_act(ps->scene, ps->cast.report, "embargo", VALUES(ps->scene, "answer", answer));
}

TEST_DB(reporters__see_the_embargo_and_answer_it_themselves)
{
	PartyScene *ps = vendors(t);
	Report report;
	Notices notices;
	bring_to_acknowledged(ps);
	CHECK_ERROR(t->call, reporter_says(ps, "accepted"), INVALID); /* there is none */
	embargo_until(ps, "2026-12-05 10:00");
	scene_as(ps->scene, ps->cast.reporter);
	CHECK_OK(t->call, report_open(t->call, ps->cast.report, &report));
	CHECK_TEXT(clock_iso(t->arena, report.embargo_until), "2026-12-05T02:00:00.000Z");
	CHECK_ERROR(t->call, reporter_says(ps, "revised"), INVALID); /* until when? */
	CHECK_OK(t->call, reporter_says(ps, "refused"));
	CasefileEmbargo embargo = embargo_seen(ps);
	CHECK_TEXT(embargo.answers.at[0].answer, "refused");
	CHECK(text_is(embargo.answers.at[0].participant, ps->cast.report));
	CHECK(embargo.holds && text_is(embargo.state, TEXT("PROPOSED"))); /* one answer of many moves nothing by itself */
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK(strstr(arena_string(t->arena, notices.at[0].subject_line), "has moved on"));
	scene_as(ps->scene, ps->vendor); /* nobody else answers for the reporter */
	CHECK_ERROR(t->call, scene_report_act(ps->scene, ps->cast.report, "embargo", VALUES(ps->scene, "answer", "accepted")), NOT_FOUND);
}

static Text name_product(PartyScene *ps, const char *product)
{
	PartyLines parties;
	Map *values = VALUES(ps->scene, "credit_code", "9144030071526726XG", "product", product, "own_provider", "yes");
	CHECK_OK(ps->scene->call, act(ps, ps->cast.coordinator, "party", values));
	CHECK_OK(ps->scene->call, party_list(ps->scene->call, ps->casefile_id, 0, 10, &parties));
	CHECK(text_is(parties.at[parties.count - 1].product, text_from(product)));
	return parties.at[parties.count - 1].ref;
}

/* Either account may speak for each of the three. */
static void settle(PartyScene *ps, const Actor *who)
{
	party_do(ps, ps->cast.coordinator, "attempt");
	party_do(ps, ps->cast.coordinator, "notify");
	party_do(ps, who, "acknowledge");
	CHECK_OK(ps->scene->call,
		party_try(ps, who, "state",
			VALUES(ps->scene, "position", "fixed", "fixed_version", "9", "date", "2026-03-01", "proof", "Notes")));
	party_do(ps, ps->cast.coordinator, "check");
	party_do(ps, ps->cast.coordinator, "assign");
	party_do(ps, ps->cast.verifier, "spot");
}

TEST_DB(vendors__one_with_three_products_and_two_accounts_has_three_parts_and_each_needs_its_measure)
{
	static const char *const products[] = { "示例钱包", "示例地图", "示例相机" };
	PartyScene *ps = vendors(t);
	PartyLines seen;
	Text refs[COUNT(products)];
	for (size_t i = 0; i < COUNT(products); i++) refs[i] = name_product(ps, products[i]);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "coordinate", NULL));
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "describe", public_values(ps)));
	for (size_t i = 0; i < COUNT(products); i++) {
		is_shut(ps, "The evidence that the vendor was notified is missing."); /* of the rest */
		ps->ref = refs[i];
		settle(ps, i % 2 ? ps->colleague : ps->vendor);
	}
	const Actor *accounts[] = { ps->vendor, ps->colleague };
	for (size_t i = 0; i < COUNT(accounts); i++) {
		scene_as(ps->scene, accounts[i]);
		CHECK_OK(t->call, party_list_own(t->call, 0, 10, &seen));
		CHECK_INT(seen.count, COUNT(products));
	}
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "request", NULL));
	ps->ref = refs[1];
	CHECK_OK(t->call, act(ps, ps->cast.publisher, "return", VALUES(ps->scene, "reason", "One does not hold.")));
	party_do(ps, ps->cast.coordinator, "reopen");
	is_shut(ps, "The provider's repair measure is missing.");
}
