/* The life of a party, and the hard cases. */
#include "face/doc/tool.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/party/party_fixture.h"
#include "subject/party/party_fixture.sql.h"
#include "work/copy/copy.h"

TEST_DB(party__walks_from_the_first_attempt_to_the_checked_fix)
{
	PartyScene *ps = party_scene(t);
	static const char *const states[] = { "CONTACTING", "NOTIFIED", "ACKNOWLEDGED", "POSITION_STATED", "PLAN_REVIEW", "FIXING",
		"FIX_CHECK", "DONE", "ORPHAN", "WITHDRAWN", "UNREACHABLE" };
	for (size_t i = 0; i < COUNT(states); i++) {
		party_bring_to(ps, states[i]);
		if (!text_is(party_look(ps, ps->cast.coordinator).state, text_from(states[i])))
			test_fail(__FILE__, __LINE__, "%s", states[i]);
	}
	CHECK(ps->changed > 30);
	CHECK_INT(ps->upstream, 0);
}

static PartySummary summary(PartyScene *ps)
{
	PartySummary now;
	CHECK_OK(ps->scene->call, party_summary(ps->scene->call, ps->casefile_id, &now));
	return now;
}

TEST_DB(party_summary__says_where_all_of_them_stand)
{
	PartyScene *ps = party_scene(t);
	PartySummary now = summary(ps);
	CHECK(!now.count && !now.all_settled && !now.has_notice && !now.provider_fix && !now.silent_since && !now.first_notice_at);
	party_bring_to(ps, "CONTACTING");
	now = summary(ps);
	CHECK(now.count == 1 && !now.has_notice && !now.all_settled && !now.silent_since);
	party_do(ps, ps->cast.coordinator, "notify");
	int64_t noticed = t->call->now;
	now = summary(ps);
	CHECK(now.notified == 1 && now.has_notice && now.first_notice_at == noticed && now.silent_since == noticed && !now.acknowledged);
	scene_later(ps->scene, 3600000);
	party_do(ps, ps->vendor, "acknowledge");
	now = summary(ps);
	CHECK(now.acknowledged == 1 && now.silent_since == noticed + 3600000);
	party_do(ps, ps->vendor, "state");
	CHECK(summary(ps).silent_since == 0 && summary(ps).stated == 1);
	party_bring_to(ps, "DONE");
	now = summary(ps);
	CHECK(now.count == 2 && now.done == 1 && now.provider_fix && !now.all_settled);
	party_bring_to(ps, "ORPHAN");
	now = summary(ps);
	CHECK(now.orphan == 1 && !now.provider_fix && now.has_notice);
	party_bring_to(ps, "WITHDRAWN"); /* named by mistake: counts no more */
	CHECK_INT(summary(ps).count, 3);
}

/* ---- Who sees it */
TEST_DB(party__is_seen_by_its_vendor_from_the_notice_on_and_by_nobody_else)
{
	PartyScene *ps = party_scene(t);
	Party party;
	party_bring_to(ps, "CONTACTING");
	const Actor *others[] = { ps->rival, ps->cast.reporter, ps->cast.publisher, ps->cast.verifier, &actor_visitor };
	scene_as(ps->scene, ps->vendor);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND); /* before the notice there is nothing to be seen */
	party_do(ps, ps->cast.coordinator, "notify");
	CHECK(party_look(ps, ps->vendor).is_vendor && party_look(ps, ps->colleague).is_vendor);
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(ps->scene, others[i]);
		CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
		CHECK_ERROR(t->call, party_act(t->call, ps->ref, TEXT("acknowledge"), 0, party_values(ps, "acknowledge")), NOT_FOUND);
	}
	Actor weak = *ps->vendor;
	weak.second_factor = false;
	scene_as(ps->scene, &weak);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
	Actor left = *ps->colleague; /* a member who leaves sees nothing at once */
	left.organisation_id = 0;
	scene_as(ps->scene, &left);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
	party_do(ps, ps->cast.coordinator, "withdraw");
	scene_as(ps->scene, ps->vendor);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND); /* named by mistake */
}

TEST_DB(party__verifier_sees_it_as_long_as_the_fix_is_checked)
{
	PartyScene *ps = party_scene(t);
	Party party;
	party_bring_to(ps, "FIX_CHECK");
	scene_as(ps->scene, ps->cast.verifier);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
	party_do(ps, ps->cast.coordinator, "assign");
	CHECK(!party_look(ps, ps->cast.verifier).is_vendor);
	PartyLines lines;
	CHECK_OK(t->call, party_assigned(t->call, &lines));
	CHECK_INT(lines.count, 1);
	party_do(ps, ps->cast.verifier, "replay");
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
	CHECK_OK(t->call, party_assigned(t->call, &lines));
	CHECK_INT(lines.count, 0);
}

TEST_DB(party__notice_is_read_once_it_is_signed_for_and_every_copy_is_known)
{
	PartyScene *ps = party_scene(t);
	PartyNotice notice;
	Text copy, again, other;
	PartyStatements said;
	party_bring_to(ps, "NOTIFIED");
	Party party = party_look(ps, ps->vendor);
	CHECK_ERROR(t->call, party_notice_text(t->call, &party, &notice), FORBIDDEN);
	CHECK_ERROR(t->call, party_notice_pdf(t->call, &party, &notice), FORBIDDEN);
	CHECK_OK(t->call, party_said(t->call, &party, &said));
	for (size_t i = 0; i < said.count; i++)
		CHECK(!form_answer(said.at[i].values, "content").length && !form_answer(said.at[i].values, "title").length);
	party_do(ps, ps->vendor, "acknowledge");
	party = party_look(ps, ps->vendor);
	CHECK_OK(t->call, party_notice_text(t->call, &party, &notice));
	copy = arena_copy(t->arena, notice.copy_ref);
	CHECK(text_find(notice.text, TEXT("Secret details of the hole"), NULL) && text_find(notice.text, copy, NULL));
	CHECK(!text_find(notice.text, TEXT("finder"), NULL) && !text_find(notice.text, TEXT("Delivered to"), NULL));
	CHECK_OK(t->call, party_notice_pdf(t->call, &party, &notice));
	again = notice.copy_ref;
	CHECK(text_is(copy, again)); /* one copy for each person … */
	party = party_look(ps, ps->colleague);
	CHECK_OK(t->call, party_notice_text(t->call, &party, &notice));
	other = notice.copy_ref;
	CHECK(!text_is(copy, other)); /* … and another for another */
	party = party_look(ps, ps->cast.coordinator);
	PartyCopies copies;
	CHECK_OK(t->call, party_copies(t->call, &party, &copies));
	CHECK_INT(copies.count, 2);
	CHECK_INT(copies.at[1].downloads, 2);
	CHECK_TEXT(copies.at[1].person, "victor");
	party = party_look(ps, ps->vendor);
	CHECK_OK(t->call, party_copies(t->call, &party, &copies));
	CHECK_INT(copies.count, 0);
	CHECK_OK(t->call, party_said(t->call, &party, &said));
	CHECK_TEXT(said.at[1].action, "notify");
	CHECK(form_answer(said.at[1].values, "content").length && !form_answer(said.at[1].values, "evidence").length);
	Text receipt;
	CHECK_OK(t->call, party_receipt(t->call, &party, "acknowledge", &receipt));
	CHECK(text_starts(receipt, TEXT("cappvd-receipt/1")));
}

static Map *notice_of(PartyScene *ps, Text content)
{
	Map *values = map_new(ps->scene->t->arena);
	for (const char *const *name = (const char *const[]) { "title", "versions", "way", "evidence", NULL }; *name; name++)
		form_set(ps->scene->t->arena, values, text_from(*name), form_answer(party_values(ps, "notify"), *name));
	form_set(ps->scene->t->arena, values, TEXT("content"), content);
	return values;
}

TEST_DB(party__personal_data_goes_to_a_vendor_masked_or_confirmed)
{
	PartyScene *ps = party_scene(t);
	Text content = TEXT("Log in as 13800138000 at 203.0.113.7");
	party_bring_to(ps, "CONTACTING");
	Map *values = notice_of(ps, content);
	CHECK(party_try(ps, ps->cast.coordinator, "notify", values) == ERROR_INVALID);
	CHECK_TEXT(t->call->failure.problems.at[0].field, "content");
	CHECK_TEXT(t->call->failure.problems.at[0].argument, "Mobile phone number");
	call_recover(t->call);
	Party party = party_look(ps, ps->cast.coordinator);
	party.casefile.content = content;
	Text masked = form_answer(party_known(t->call, &party), "content");
	CHECK(text_find(masked, TEXT(MASK_BLOCK " at 203.0.113.7"), NULL) && !text_find(masked, TEXT("13800138000"), NULL));
	form_set(t->arena, values, TEXT("content"), masked);
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "notify", values));
	form_set(t->arena, values, TEXT("content"), content);
	form_set(t->arena, values, TEXT("personal"), TEXT("yes"));
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "notify", values));
}

static Text long_notice(Test *t)
{
	Buffer content = { .arena = t->arena };
	buffer_put(&content, TEXT("# Secret details of the hole\n\n```\n# curl -k\n```\n"));
	for (int i = 0; i < 60; i++) buffer_printf(&content, "%d. 攻击者无需登录即可读取其他用户的订单信息，请于五个工作日内反馈。\n\n", i);
	return buffer_text(&content);
}

TEST_DB(party__a_photograph_of_any_page_of_a_notice_names_its_recipient)
{
	PartyScene *ps = party_scene(t);
	PartyNotice notice, other;
	CopyReading reading;
	const SandboxWork works[] = { [SANDBOX_MARK] = mark_work };
	party_bring_to(ps, "CONTACTING");
	Map *values = notice_of(ps, long_notice(t));
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "notify", values));
	party_do(ps, ps->vendor, "acknowledge");
	Party party = party_look(ps, ps->vendor);
	CHECK_OK(t->call, party_notice_pdf(t->call, &party, &notice));
	Text words = tool_run(t, "a.pdf", notice.pdf, "pdftotext -layout a.pdf - && pdftoppm -r 150 -gray a.pdf p && ls p-*.pgm");
	CHECK(tool_says(words, "Secret details of the hole") && tool_says(words, "# curl -k") && !tool_says(words, "```"));
	CHECK(tool_says(words, "p-2.pgm"));
	party = party_look(ps, ps->colleague);
	CHECK_OK(t->call, party_notice_pdf(t->call, &party, &other));
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	scene_as(ps->scene, ps->cast.coordinator);
	for (int page = 1; page <= 2; page++) {
		Text picture = tool_run(t, "a.pdf", notice.pdf, arena_printf(t->arena, "cat p-%d.pgm", page).at);
		CHECK_OK(t->call, copy_read_photo(t->call, picture, &reading));
		CHECK(reading.known && reading.copy.person_id == ps->vendor->person_id);
		CHECK(text_is(reading.copy.copy_ref, notice.copy_ref) && text_is(reading.copy.subject_ref, ps->ref));
		CHECK(text_find(reading.copy.recipient, ps->vendor->name, NULL));
	}
}

TEST_DB(party__two_accounts_of_a_vendor_see_the_same_and_a_merger_keeps_its_parties)
{
	PartyScene *ps = party_scene(t);
	PartyLines mine, theirs;
	party_bring_to(ps, "ACKNOWLEDGED");
	party_bring_to(ps, "FIXING");
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, party_list_own(t->call, 0, 50, &mine));
	scene_as(ps->scene, ps->colleague);
	CHECK_OK(t->call, party_list_own(t->call, 0, 50, &theirs));
	CHECK(mine.count == 2 && theirs.count == 2 && text_is(mine.at[0].ref, theirs.at[0].ref) &&
		text_is(mine.at[0].state, TEXT("FIXING")));
	scene_as(ps->scene, ps->rival);
	CHECK_OK(t->call, party_list_own(t->call, 0, 50, &theirs));
	CHECK_INT(theirs.count, 0);
	party_merge(ps, ps->vendor_org, ps->rival_org);
	CHECK_OK(t->call, party_list_own(t->call, 0, 50, &theirs));
	CHECK_INT(theirs.count, 2);
	Party party = party_look(ps, ps->rival);
	CHECK(party.is_vendor);
	CHECK_TEXT(party.vendor, "别家公司");
	party_do(ps, ps->rival, "fix");
}

/* ---- Reaching a vendor without account */
static PartyNew unclaimed(void)
{
	return (PartyNew) { .name = TEXT("未名科技"),
		.mail = TEXT("security@unnamed.example.org"),
		.phone = TEXT("010-12345678"),
		.source = TEXT("filing"),
		.product = TEXT("Notebook") };
}

static Text code_in(Test *t, Text letter)
{
	size_t at = 0;
	for (at = 0; at + 19 <= letter.length; at++) {
		Text piece = text_slice(letter, at, at + 19);
		if (piece.at[4] == '-' && piece.at[9] == '-' && piece.at[14] == '-' && report_claim_key(t->call, piece).at) return piece;
	}
	test_fail(__FILE__, __LINE__, "no code in: %.*s", TEXT_ARGS(letter));
}

TEST_DB(party__first_letter_carries_a_code_and_nothing_else_and_the_code_opens_nothing)
{
	PartyScene *ps = party_scene(t);
	PartyNew new = unclaimed();
	Text number;
	Party party;
	ps->ref = party_name(ps, &new);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "notify", NULL), INVALID);
	party_do(ps, ps->cast.coordinator, "invite");
	Mail mail = people_mail(t, 0);
	CHECK_TEXT(mail.to, "security@unnamed.example.org");
	const char *const secrets[] = { "示例钱包", "注入", "Secret", "export interface", "NVDB", "Notebook" };
	for (size_t i = 0; i < COUNT(secrets); i++)
		CHECK(!text_find(mail.text, text_from(secrets[i]), NULL) && !text_find(mail.subject, text_from(secrets[i]), NULL));
	Text code = code_in(t, mail.text);
	scene_as(ps->scene, ps->cast.reporter); /* belongs to no organisation */
	CHECK_ERROR(t->call, party_claim(t->call, code, TEXT("192.0.2.9"), &number), CONFLICT);
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, party_claim(t->call, code, TEXT("192.0.2.9"), &number));
	CHECK(text_is(number, ps->ref));
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND); /* it is for the coordinator to look who that is */
	Map *bind = VALUES(ps->scene, "credit_code", "91350100M000100Y43", "proof", "claim-code", "evidence", "Code", "own_provider", "yes",
		"domicile", "CN");
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "bind", bind), INVALID); /* somebody else showed it */
	form_set(t->arena, bind, TEXT("credit_code"), TEXT("9144030071526726XG"));
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "bind", bind));
	scene_as(ps->scene, ps->vendor);
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND);
	party_do(ps, ps->cast.coordinator, "notify");
	CHECK_TEXT(party_look(ps, ps->vendor).vendor, "示例公司");
	scene_as(ps->scene, ps->rival);
	CHECK_ERROR(t->call, party_claim(t->call, code, TEXT("192.0.2.9"), &number), NOT_FOUND); /* used up */
}

TEST_DB(attack__a_claim_code_tried_a_thousand_times_opens_nothing)
{
	PartyScene *ps = party_scene(t);
	PartyNew new = unclaimed();
	Text number = { 0 };
	ps->ref = party_name(ps, &new);
	party_do(ps, ps->cast.coordinator, "invite");
	Text code = code_in(t, people_mail(t, 0).text);
	int wrong = 0, locked = 0;
	scene_as(ps->scene, ps->rival);
	for (int i = 0; i < 1000; i++) {
		ArenaMark mark = arena_mark(t->arena);
		Error error = party_claim(t->call, arena_printf(t->arena, "0000-0000-0000-%04d", i), TEXT("192.0.2.66"), &number);
		wrong += error == ERROR_NOT_FOUND;
		locked += error == ERROR_TOO_MANY;
		call_recover(t->call);
		arena_release(t->arena, mark);
	}
	CHECK_INT(wrong, 5);
	CHECK_INT(locked, 995);
	CHECK_ERROR(t->call, party_claim(t->call, code, TEXT("192.0.2.66"), &number), TOO_MANY); /* right or wrong */
	CHECK_ERROR(
		t->call, report_claim(t->call, TEXT("0000-0000-0000-0000"), TEXT("192.0.2.66"), &number), TOO_MANY); /* of whatever kind */
	CHECK(!party_look(ps, ps->cast.coordinator).claimed_by);
	scene_later(ps->scene, 16 * 60000);
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, party_claim(t->call, code, TEXT("192.0.2.66"), &number));
}

TEST_DB(party__partner_confirms_a_vendor_without_account_and_its_answers_are_entered)
{
	PartyScene *ps = party_scene(t);
	PartyNew new = unclaimed();
	ps->ref = party_name(ps, &new);
	Map *confirm = VALUES(
		ps->scene, "credit_code", "91350100M000100Y43", "evidence", "Store contract", "own_provider", "yes", "domicile", "CN");
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "confirm", confirm), INVALID); /* no partner */
	scene_as(ps->scene, &actor_system);
	Standing standing = { .kind = TEXT("partner"), .from_at = t->call->now };
	CHECK_OK(t->call, org_standing_set(t->call, ps->rival_org, &standing));
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "confirm", confirm));
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "notify", NULL), INVALID); /* it has no account */
	Map *notice = VALUES(ps->scene, "title", "T", "content", "C", "way", "partner", "evidence", "Handed over");
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "notify", notice));
	scene_as(ps->scene, ps->rival);
	Party party;
	CHECK_ERROR(t->call, party_open(t->call, ps->ref, &party), NOT_FOUND); /* a partner delivers, it does not read here */
	party_do(ps, ps->cast.coordinator, "acknowledge");
	party_do(ps, ps->cast.coordinator, "state");
	CHECK_TEXT(party_look(ps, ps->cast.coordinator).position, "affected");
}

TEST_DB(party__foreign_recipient_is_told_only_as_the_products_own_provider)
{
	PartyScene *ps = party_scene(t);
	Text ref;
	Actor *foreigner = arena_new_of(t->arena, Actor);
	*foreigner = *scene_person(ps->scene, "fiona", ROLE_REPORTER);
	int64_t org = party_organisation(ps, foreigner, "Foreign Inc", "91110000600001760P", "vendor", "US");
	PartyNew new = { .organisation_id = org, .product = TEXT("P") };
	CHECK_ERROR(t->call, party_name_error(ps, &new, &ref), INVALID);
	new.is_own_provider = true;
	ps->ref = party_name(ps, &new);
	party_do(ps, ps->cast.coordinator, "notify");
	CHECK_INT(summary(ps).foreign, 1);
	PartyNew other = unclaimed();
	ps->ref = party_name(ps, &other);
	Map *bind = VALUES(
		ps->scene, "credit_code", "91110000600001760P", "proof", "papers", "evidence", "E", "own_provider", "no", "domicile", "US");
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "bind", bind), INVALID);
	form_set(t->arena, bind, TEXT("own_provider"), TEXT("yes"));
	form_set(t->arena, bind, TEXT("domicile"), TEXT("CN")); /* not what it was verified with */
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "bind", bind), INVALID);
	form_set(t->arena, bind, TEXT("domicile"), TEXT("US"));
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "bind", bind));
}

/* ---- Time */
TEST_DB(party__who_never_answers_walks_through_the_steps_and_nobody_is_lost)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "NOTIFIED");
	CHECK_INT(party_pass_days(ps, 3), 0); /* the vendor has five working days */
	CHECK_INT(party_pass_days(ps, 6), 1);
	CHECK_TEXT(party_look(ps, ps->cast.coordinator).state, "CONTACTING");
	CHECK_TEXT(party_look(ps, ps->cast.coordinator).step, "partner");
	CHECK_INT(party_pass_days(ps, 10), 0); /* nobody has tried the partner: that is not passed over */
	party_do(ps, ps->cast.coordinator, "attempt");
	int64_t done = 0;
	party_run_jobs(ps, &done);
	CHECK_TEXT(party_look(ps, ps->cast.coordinator).step, "authority");
	party_do(ps, ps->cast.coordinator, "attempt");
	CHECK_INT(party_pass_days(ps, 10), 1);
	CHECK_TEXT(party_look(ps, ps->cast.coordinator).state, "UNREACHABLE");
	CHECK(summary(ps).all_settled && summary(ps).unreachable == 1 && !summary(ps).provider_fix && summary(ps).silent_since > 0);
	party_do(ps, ps->vendor, "acknowledge"); /* it turns up after all: nothing is lost */
	CHECK_TEXT(party_look(ps, ps->vendor).state, "ACKNOWLEDGED");
}

TEST_DB(party__letter_that_comes_back_is_a_failed_attempt)
{
	PartyScene *ps = party_scene(t);
	PartyNew new = unclaimed();
	PartyAttempts attempts;
	int64_t count = 0;
	ps->ref = party_name(ps, &new);
	party_do(ps, ps->cast.coordinator, "invite");
	party_run_jobs(ps, &count);
	CHECK_INT(count, 0);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "partner", NULL), INVALID);
	party_refuse_mail(ps);
	party_run_jobs(ps, &count);
	CHECK_INT(count, 1);
	CHECK_TEXT(people_mail(t, 0).to, "carla@example.org"); /* the coordinator is told */
	Party party = party_look(ps, ps->cast.coordinator);
	CHECK_OK(t->call, party_attempts(t->call, &party, &attempts));
	CHECK_TEXT(attempts.at[0].outcome, "failed");
	CHECK_TEXT(attempts.at[0].address, "security@unnamed.example.org");
	party_do(ps, ps->cast.coordinator, "partner"); /* no use in waiting any longer */
}

static Error fixture_fail_mail_of(Call *call, void *argument) { return fixture_fail_mail(call, *(const int64_t *)argument, call->now); }

static Error fixture_take_all(Call *call, void *argument)
{
	(void)argument;
	return fixture_take_mail(call);
}

static int64_t failed_attempts(PartyScene *ps)
{
	PartyAttempts attempts;
	int64_t failed = 0;
	Party party = party_look(ps, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, party_attempts(ps->scene->call, &party, &attempts));
	for (size_t i = 0; i < attempts.count; i++) failed += text_is(attempts.at[i].outcome, TEXT("failed"));
	return failed;
}

TEST_DB(party__member_whose_mail_is_refused_is_told_to_the_coordinator_once)
{
	PartyScene *ps = party_scene(t);
	int64_t count = 0;
	party_bring_to(ps, "ACKNOWLEDGED");
	CHECK_OK(t->call, db_transact(t->call, fixture_take_all, NULL)); /* the notice itself arrived */
	party_run_jobs(ps, &count);
	CHECK_INT(failed_attempts(ps), 0);
	CHECK_OK(t->call, db_transact(t->call, fixture_fail_mail_of, &ps->vendor->person_id)); /* of whatever letter */
	party_run_jobs(ps, &count);
	CHECK_INT(failed_attempts(ps), 1);
	CHECK_TEXT(people_mail(t, 0).to, "carla@example.org");
	party_run_jobs(ps, &count);
	CHECK_INT(failed_attempts(ps), 1);
}

TEST_DB(party__notice_that_comes_back_is_one_failed_attempt_and_not_two)
{
	PartyScene *ps = party_scene(t);
	int64_t count = 0;
	party_bring_to(ps, "NOTIFIED");
	party_refuse_mail(ps);
	CHECK_OK(t->call, db_transact(t->call, fixture_fail_mail_of, &ps->vendor->person_id));
	party_run_jobs(ps, &count);
	int64_t failed = failed_attempts(ps);
	CHECK(failed > 0);
	party_run_jobs(ps, &count);
	CHECK_INT(failed_attempts(ps), failed);
}

static ClockView clock_now(PartyScene *ps)
{
	ClockView clock;
	Party party = party_look(ps, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, workflow_clock_of(ps->scene->call, &party_machine, party.id, &clock));
	return clock;
}

TEST_DB(party__fixing_limit_follows_the_level_and_stands_still_while_the_fix_is_checked)
{
	static const struct {
		const char *level;
		int days;
	} limits[] = { { "critical", 10 }, { "high", 20 }, { "medium", 45 }, { "low", 90 }, { "", 90 } };
	PartyScene *ps = party_scene(t);
	for (size_t i = 0; i < COUNT(limits); i++) {
		ps->shown.level = text_from(limits[i].level);
		party_bring_to(ps, "FIXING");
		CHECK_INT(clock_now(ps).limit_working_days, limits[i].days);
	}
	ps->shown.level = TEXT("high");
	party_bring_to(ps, "FIX_CHECK");
	CHECK_TEXT(text_from(clock_now(ps).clock->name), "fix-check");
	scene_later(ps->scene, 40 * 86400000LL);
	party_do(ps, ps->cast.coordinator, "assign");
	party_do(ps, ps->cast.verifier, "fail");
	ClockView clock = clock_now(ps);
	CHECK_TEXT(text_from(clock.clock->name), "fixing");
	CHECK_INT(clock.limit_working_days, 20);
	CHECK(!clock.overdue); /* those forty days were not the vendor's */
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "declare", NULL), INVALID); /* and its fixes have to be stated anew */
	party_do(ps, ps->cast.coordinator, "extend");
	CHECK_INT(clock_now(ps).limit_working_days, 23);
}

TEST_DB(party__plan_that_is_returned_keeps_the_time_that_was_left)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "POSITION_STATED");
	int64_t due = clock_now(ps).due_at;
	scene_later(ps->scene, 86400000);
	party_do(ps, ps->vendor, "plan");
	scene_later(ps->scene, 7 * 86400000);
	party_do(ps, ps->cast.coordinator, "return");
	CHECK_TEXT(party_look(ps, ps->vendor).state, "POSITION_STATED");
	CHECK(clock_now(ps).due_at >= due + 7 * 86400000);
}

TEST_DB(party__duty_runs_in_hours_is_told_before_its_end_and_gives_a_receipt)
{
	PartyScene *ps = party_scene(t);
	Text receipt;
	PartyStatement said;
	int64_t count = 0;
	party_bring_to(ps, "ACKNOWLEDGED");
	Party party = party_look(ps, ps->vendor);
	CHECK_INT(party.duty_due_at, t->call->now + 48 * 3600000LL);
	CHECK_ERROR(t->call, party_receipt(t->call, &party, "duty", &receipt), NOT_FOUND);
	size_t before = people_mail_count(t);
	scene_later(ps->scene, 35 * 3600000LL);
	party_run_jobs(ps, &count);
	CHECK(count == 0 && people_mail_count(t) == before);
	scene_later(ps->scene, 3600000LL);
	party_run_jobs(ps, &count);
	CHECK(count == 1 && people_mail_count(t) == before + 2); /* both accounts */
	party_run_jobs(ps, &count);
	CHECK_INT(count, 0);
	scene_later(ps->scene, 12 * 3600000LL);
	party_run_jobs(ps, &count);
	CHECK(count == 1 && people_mail_count(t) == before + 5); /* and the coordinator */
	Map *short_one = VALUES(ps->scene, "product", "示例钱包", "model", "Android");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "duty", short_one), INVALID);
	party_do(ps, ps->colleague, "duty");
	party = party_look(ps, ps->vendor);
	CHECK_OK(t->call, party_receipt(t->call, &party, "duty", &receipt));
	CHECK_OK(t->call, party_duty(t->call, &party, &said));
	CHECK_TEXT(form_answer(said.values, "scope"), "All users");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "duty", NULL), INVALID); /* once */
	party_run_jobs(ps, &count);
	CHECK_INT(count, 0);
}

/* ---- What the vendor says */
TEST_DB(party__each_position_asks_for_its_proof)
{
	static const char *const positions[] = { "not-affected", "fixed", "known", "upstream", "retired" };
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "ACKNOWLEDGED");
	for (size_t i = 0; i < COUNT(positions); i++)
		CHECK_ERROR(t->call, party_try(ps, ps->vendor, "state", VALUES(ps->scene, "position", positions[i])), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "state", VALUES(ps->scene, "position", "silent")), INVALID);
	CHECK_TEXT(party_look(ps, ps->vendor).position, "");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "state", VALUES(ps->scene, "position", "not-affected", "evidence", "No such code")));
	party_do(ps, ps->cast.coordinator, "settle");
	CHECK(summary(ps).all_settled && summary(ps).provider_fix);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "reopen", NULL), INVALID);
	party_do(ps, ps->cast.coordinator, "reconsider");
	CHECK_TEXT(party_look(ps, ps->vendor).position, "");
}

TEST_DB(party__upstream_provider_is_told_at_once_through_the_casefile)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "ACKNOWLEDGED");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "state",
				  VALUES(ps->scene, "position", "upstream", "provider", "推送科技", "component", "PushSDK 4.1",
					  "provider_contact", "psirt@push.example.org", "explanation", "In their parser")));
	CHECK_INT(ps->upstream, 1);
	CHECK_TEXT(ps->told.vendor, "推送科技");
	CHECK_TEXT(ps->told.product, "PushSDK 4.1");
	CHECK_TEXT(ps->told.contact, "psirt@push.example.org");
	party_do(ps, ps->vendor, "plan"); /* its own product still needs a plan */
}

TEST_DB(party__stated_fix_is_checked_and_falls_back_to_fixing)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "ACKNOWLEDGED");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "state",
				  VALUES(ps->scene, "position", "fixed", "versions", "7.x", "fixed_version", "7.9", "date", "2026-03-01",
					  "proof", "Release notes")));
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "settle", NULL), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "plan", NULL), INVALID);
	party_do(ps, ps->cast.coordinator, "check");
	party_do(ps, ps->cast.coordinator, "assign");
	CHECK_ERROR(t->call, party_try(ps, ps->cast.verifier, "samples", NULL), INVALID);
	party_do(ps, ps->cast.verifier, "fail");
	CHECK_TEXT(party_look(ps, ps->vendor).state, "FIXING");
	party_do(ps, ps->vendor, "fix");
	party_do(ps, ps->vendor, "declare");
	party_do(ps, ps->cast.verifier, "spot");
	CHECK(party_look(ps, ps->vendor).has_fix && summary(ps).provider_fix);
	party_do(ps, ps->cast.coordinator, "reopen");
	CHECK(!party_look(ps, ps->vendor).has_fix && !summary(ps).provider_fix && !summary(ps).all_settled);
}

TEST_DB(party__fix_for_one_version_line_only_is_not_done)
{
	PartyScene *ps = party_scene(t);
	PartyVersions versions;
	party_bring_to(ps, "FIXING");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "declare", NULL), INVALID);
	party_do(ps, ps->vendor, "fix");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "declare", NULL), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "line", "9.x", "fixed", "9.1")), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "fixed", "9.1")), INVALID); /* which of two? */
	CHECK_OK(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "line", "8.x", "fixed", "8.0.2")));
	Party party = party_look(ps, ps->vendor);
	CHECK_OK(t->call, party_versions(t->call, &party, &versions));
	CHECK(versions.count == 2 && text_is(versions.at[1].fixed, TEXT("8.0.2")));
	party_do(ps, ps->vendor, "declare");
}

TEST_DB(party__service_is_fixed_since_an_instant_that_has_come)
{
	PartyScene *ps = party_scene(t);
	PartyNew new = { .organisation_id = ps->vendor_org, .product = TEXT("小程序"), .is_service = true, .is_own_report = true };
	ps->ref = party_name(ps, &new);
	Party party = party_look(ps, ps->vendor); /* its own report: at once, in FIXING, and its duty runs */
	CHECK_TEXT(party.state, "FIXING");
	CHECK(party.duty_due_at == t->call->now + 48 * 3600000LL && party.notified_at);
	CHECK_INT(clock_now(ps).limit_working_days, 20);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "fixed", "2.0")), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "fixed", "2026-04-05 14:00")), INVALID);
	CHECK_OK(t->call, party_try(ps, ps->vendor, "fix", VALUES(ps->scene, "fixed", "2026-03-05 09:30")));
	party_do(ps, ps->vendor, "declare");
}

TEST_DB(party__verifier_of_the_vendor_is_not_assigned)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "FIX_CHECK");
	Actor *verifier = arena_new_of(t->arena, Actor);
	*verifier = *scene_person(ps->scene, "vadim", ROLE_VERIFIER);
	party_join(ps, ps->vendor, verifier);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "vadim")), INVALID);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "nobody")), INVALID);
}

/* ---- Talking */
TEST_DB(party_thread__vendor_talks_with_coordinators_alone)
{
	PartyScene *ps = party_scene(t);
	ThreadSubject subject;
	ThreadMembers members;
	ThreadViews views;
	party_bring_to(ps, "FIX_CHECK");
	party_do(ps, ps->cast.coordinator, "assign");
	Party party = party_look(ps, ps->vendor);
	party_threads(&party, &subject);
	CHECK_OK(t->call, thread_list(t->call, &subject, &views));
	CHECK_INT(views.count, 1);
	CHECK_OK(t->call, thread_write(t->call, &subject, TEXT("vendor"), TEXT("Which build?"), &members));
	CHECK_INT(members.count, 4); /* two of the vendor, two coordinators: no reporter, no verifier, no rival */
	CHECK_ERROR(t->call, thread_write(t->call, &subject, TEXT("check"), TEXT("Hello"), &members), NOT_FOUND);
	party = party_look(ps, ps->cast.verifier);
	party_threads(&party, &subject);
	CHECK_OK(t->call, thread_list(t->call, &subject, &views));
	CHECK_INT(views.count, 1);
	CHECK_TEXT(text_from(views.at[0].audience->name), "check");
}

TEST_DB(party_list__two_hundred_parties_are_one_question)
{
	PartyScene *ps = party_scene(t);
	PartyLines lines;
	PartyNew new = unclaimed();
	for (int i = 0; i < 200; i++) (void)party_name(ps, &new);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, party_list(t->call, ps->casefile_id, 0, 150, &lines));
	CHECK_INT(lines.count, 150);
	CHECK(lines.at[0].due_at > 0 && text_is(lines.at[0].vendor, TEXT("未名科技")));
	CHECK_OK(t->call, party_list(t->call, ps->casefile_id, lines.at[149].id, 150, &lines));
	CHECK_INT(lines.count, 50);
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, party_list(t->call, ps->casefile_id, 0, 150, &lines));
	CHECK_INT(lines.count, 0); /* a party sees no other parties */
}

TEST_DB(party__of_two_who_act_at_once_the_second_is_told)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "PLAN_REVIEW");
	int64_t seen = party_look(ps, ps->cast.coordinator).revision;
	CHECK_OK(t->call, party_act(t->call, ps->ref, TEXT("accept"), seen, NULL));
	scene_as(ps->scene, ps->cast.second_coordinator);
	CHECK_ERROR(t->call, party_act(t->call, ps->ref, TEXT("return"), seen, party_values(ps, "return")), CONFLICT);
}

TEST_DB(party__what_is_settled_is_reminded_of_no_duty)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "FIXING");
	int64_t told = 0;
	scene_as(ps->scene, &actor_system);
	scene_later(ps->scene, 50 * 3600000LL);
	CHECK_OK(t->call, party_watch(t->call, 50, &told));
	CHECK(told >= 1); /* while it is open, the end of the duty is told of */
	party_bring_to(ps, "DONE");
	scene_as(ps->scene, &actor_system);
	scene_later(ps->scene, 50 * 3600000LL);
	CHECK_OK(t->call, party_watch(t->call, 50, &told));
	CHECK_INT(told, 0);
}
