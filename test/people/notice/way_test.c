#include "base/base/clock.h"
#include "face/outbox/outbox.sql.h"
#include "people/notice/notice_private.h"
#include "people/notice/way_fixture.sql.h"
#include "people/people_fixture.h"
#include "store/setting/setting.h"

enum { HOUR = 3600 };
typedef struct Sending {
	int64_t person;
	NoticeKind kind;
	const char *ref;
} Sending;

static Error send_one(Call *call, void *argument)
{
	const Sending *sending = argument;
	return notice_send(
		call, sending->person, sending->kind, text_from(sending->ref), arena_printf(call->arena, "/reports/%s", sending->ref));
}

static void tell(Test *t, int64_t person, NoticeKind kind, const char *ref)
{
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { person, kind, ref }));
}

static int64_t lists(Test *t)
{
	int64_t sent = 0;
	CHECK_OK(t->call, notice_lists_due(t->call, 100, &sent));
	return sent;
}

/* 2026-03-05, a Thursday, 14:00 in Beijing. */
static int64_t reader(Test *t, NoticeRhythm rhythm)
{
	int64_t at = 0;
	people_open(t);
	CHECK(clock_parse(TEXT("2026-03-05T06:00:00Z"), &at));
	t->call->now = at;
	t->call->lang = LANG_EN;
	int64_t person = people_staff(t, "reader@b.cn", 0);
	CHECK_OK(t->call, notice_way_change(t->call, &(NoticeWay) { .rhythm = rhythm, .hour = 9, .weekday = 1, .mails = true }));
	return person;
}

static Text at_text(Test *t, const NoticeWay *way, const char *now)
{
	int64_t at = 0;
	CHECK(clock_parse(text_from(now), &at));
	return clock_iso(t->arena, notice_list_next(way, at));
}

TEST(notice_way__list_is_due_at_its_hour_in_beijing)
{
	NoticeWay daily = { .rhythm = NOTICE_DAILY, .hour = 9, .weekday = 1, .mails = true };
	NoticeWay weekly = { .rhythm = NOTICE_WEEKLY, .hour = 0, .weekday = 1, .mails = true };
	CHECK_TEXT(at_text(t, &daily, "2026-03-05T00:59:59Z"), "2026-03-05T01:00:00.000Z");
	CHECK_TEXT(at_text(t, &daily, "2026-03-05T01:00:00Z"), "2026-03-06T01:00:00.000Z");
	CHECK_TEXT(at_text(t, &weekly, "2026-03-05T01:00:00Z"), "2026-03-08T16:00:00.000Z"); /* Monday 9 March, 0:00 there */
	daily.mails = false;
	CHECK_INT(notice_list_next(&daily, 0), 0);
}

TEST_DB(notice_way__ordinary_ones_wait_for_one_list_and_urgent_ones_do_not)
{
	int64_t person = reader(t, NOTICE_DAILY);
	size_t before = people_mail_count(t);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	tell(t, person, NOTICE_MESSAGE, "CASE-2");
	CHECK_INT(people_mail_count(t), before);
	tell(t, person, NOTICE_REPORT_NEEDS_INFO, "R-3");
	CHECK_INT(people_mail_count(t), before + 1);
	CHECK_INT(lists(t), 0); /* not its hour yet */
	people_pass(t, 19 * HOUR);
	CHECK_INT(lists(t), 1);
	CHECK_INT(people_mail_count(t), before + 2);
	Mail mail = people_mail(t, 0);
	size_t at = 0;
	CHECK_TEXT(mail.subject, "What happened with your matters: 2"); /* the same thing once */
	CHECK(text_find(mail.text, TEXT("https://cappvd.test/reports/CASE-1"), &at));
	CHECK(!text_find(text_slice(mail.text, at + 30, mail.text.length), TEXT("/reports/CASE-1"), NULL));
	CHECK(text_find(mail.text, TEXT("https://cappvd.test/reports/CASE-2"), NULL));
	CHECK(!text_find(mail.text, TEXT("R-3"), NULL));
	CHECK_INT(lists(t), 0);
	people_pass(t, 24 * HOUR);
	CHECK_INT(lists(t), 0); /* nothing new: no mail */
}

TEST_DB(notice_way__what_was_read_meanwhile_is_not_mailed)
{
	int64_t person = reader(t, NOTICE_DAILY);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	CHECK_OK(t->call, notice_read_all(t->call));
	size_t before = people_mail_count(t);
	people_pass(t, 24 * HOUR);
	CHECK_INT(lists(t), 0);
	CHECK_INT(people_mail_count(t), before);
}

TEST_DB(notice_way__whoever_wants_no_lists_any_more_gets_what_waits)
{
	int64_t person = reader(t, NOTICE_WEEKLY);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	CHECK_OK(t->call, notice_way_change(t->call, &(NoticeWay) { .rhythm = NOTICE_AT_ONCE, .hour = 9, .weekday = 1, .mails = true }));
	CHECK_INT(lists(t), 1);
	size_t before = people_mail_count(t);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-2");
	CHECK_INT(people_mail_count(t), before + 1);
	CHECK(notice_way_change(t->call, &(NoticeWay) { .rhythm = NOTICE_DAILY, .hour = 24, .weekday = 8 }) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 2);
}

static Text unsubscribe_token(Text mail_unsubscribe)
{
	size_t at = 0;
	CHECK(text_find(mail_unsubscribe, TEXT("/unsubscribe/"), &at));
	return text_slice(mail_unsubscribe, at + 13, mail_unsubscribe.length);
}

TEST_DB(notice_way__unsubscribing_needs_the_right_address_and_never_stops_a_duty)
{
	int64_t person = reader(t, NOTICE_AT_ONCE);
	NoticeWay way;
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	Text token = unsubscribe_token(people_mail(t, 0).unsubscribe);
	tell(t, person, NOTICE_PARTY_NOTICE, "PARTY-1");
	CHECK_INT(people_mail(t, 0).unsubscribe.length, 0); /* no one-click address on a duty */
	people_as_visitor(t);
	Text wrong = arena_copy(t->arena, token);
	((char *)(uintptr_t)wrong.at)[wrong.length - 2] ^= 1;
	CHECK_ERROR(t->call, notice_unsubscribe(t->call, wrong), NOT_FOUND);
	call_recover(t->call);
	CHECK_ERROR(t->call, notice_unsubscribe(t->call, TEXT("guessed")), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, notice_unsubscribe_check(t->call, token)); /* changes nothing */
	size_t before = people_mail_count(t);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-2");
	CHECK_INT(people_mail_count(t), before + 1);
	CHECK_OK(t->call, notice_unsubscribe(t->call, token));
	CHECK_OK(t->call, notice_unsubscribe(t->call, token));
	tell(t, person, NOTICE_CASE_MOVED, "CASE-3");
	tell(t, person, NOTICE_REPORT_NEEDS_INFO, "R-3");
	CHECK_INT(people_mail_count(t), before + 1);
	tell(t, person, NOTICE_DEADLINE_TODAY, "CASE-3");
	tell(t, person, NOTICE_PARTY_NOTICE, "PARTY-2");
	CHECK_INT(people_mail_count(t), before + 3);
	people_enter(t, person);
	CHECK_OK(t->call, notice_way(t->call, &way));
	CHECK(!way.mails);
	Notices notices;
	CHECK_OK(t->call, notice_list(t->call, 0, 20, &notices)); /* the inbox has everything */
	CHECK_INT(notices.count, 7);
}

static Error leave_mail(Call *call, void *argument) { return notice_visitor_set(call, *(const Text *)argument, TEXT("visitor@b.cn")); }

static Error tell_visitor(Call *call, void *argument)
{
	return notice_send_claim(call, *(const Text *)argument, NOTICE_REPORT_REJECTED, TEXT("R-1"), TEXT("/claim"));
}

TEST_DB(notice_way__visitor_unsubscribes_and_is_forgotten)
{
	Text claim = TEXT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	people_open(t);
	CHECK_OK(t->call, db_transact(t->call, leave_mail, &claim));
	CHECK_OK(t->call, db_transact(t->call, tell_visitor, &claim));
	Text token = unsubscribe_token(people_mail(t, 0).unsubscribe);
	CHECK_OK(t->call, notice_unsubscribe(t->call, token));
	CHECK_ERROR(t->call, notice_unsubscribe(t->call, token), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, db_transact(t->call, tell_visitor, &claim));
	CHECK_INT(people_mail_count(t), 1);
}

/* ---- Ways that fail */
static Error fixture_change_mail_value(Call *call, void *argument)
{
	return fixture_set_mail_value(call, *(const int64_t *)argument, TEXT("another"));
}

static Error end_messages(Call *call, void *argument) { return fixture_end_messages(call, text_from(argument)); }

static int64_t settle(Test *t, const char *state)
{
	int64_t settled = 0;
	char *word = (char *)(uintptr_t)arena_string(t->arena, text_from(state));
	CHECK_OK(t->call, db_transact(t->call, end_messages, word));
	CHECK_OK(t->call, notice_watch(t->call, 100, &settled));
	return settled;
}

static int64_t failing_since(Test *t, int64_t person_id)
{
	Person person;
	CHECK_OK(t->call, person_find(t->call, person_id, &person));
	return person.mail_failing_at;
}

TEST_DB(notice_way__refused_address_fails_until_something_arrives_again)
{
	int64_t person = reader(t, NOTICE_AT_ONCE);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	CHECK_INT(settle(t, "dead"), 1);
	int64_t since = failing_since(t, person);
	CHECK_INT(since, t->call->now);
	people_pass(t, HOUR);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-2");
	CHECK_INT(settle(t, "dead"), 1);
	CHECK_INT(failing_since(t, person), since);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-3");
	CHECK_INT(settle(t, "done"), 1);
	CHECK_INT(failing_since(t, person), 0);
	CHECK_INT(settle(t, "done"), 0);
}

TEST_DB(notice_way__letter_to_an_address_that_was_changed_says_nothing_of_the_new_one)
{
	int64_t person = reader(t, NOTICE_AT_ONCE);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-1");
	CHECK_OK(t->call, db_transact(t->call, fixture_change_mail_value, &person));
	CHECK_INT(settle(t, "dead"), 1);
	CHECK_INT(failing_since(t, person), 0);
}

/* ---- Telephones */
static void name_gateway(Test *t)
{
	const Actor *actor = t->call->actor;
	const char *path = arena_printf(t->arena, "%s/settings.conf", t->directory).at;
	CHECK_OK(t->call, settings_open(t->call, path, &t->house->settings));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, setting_set(t->call, SETTING_sms_address, TEXT("http://127.0.0.1:1/")));
	t->call->actor = actor;
}

static Text newest_text(Test *t, size_t *out_count)
{
	Numbers ids;
	Text payload;
	OutboxRow row;
	bool found = false;
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_SMS, 100, &ids));
	*out_count = ids.count;
	if (!ids.count) return TEXT("");
	int64_t newest = 0;
	for (size_t i = 0; i < ids.count; i++) newest = ids.at[i] > newest ? ids.at[i] : newest;
	CHECK_OK(t->call, outbox_find(t->call, newest, &row, &found));
	CHECK_OK(t->call, seal_open(t->call, "outbox|sealed_payload", row.ref, row.sealed_payload, &payload));
	return payload;
}

static Text code_in(Text payload)
{
	size_t at = 0;
	CHECK(text_find(payload, TEXT("Your code: "), &at));
	return text_slice(payload, at + 11, at + 17);
}

TEST_DB(notice_phone__only_a_verified_one_gets_short_messages_and_of_time_limits_alone)
{
	int64_t person = reader(t, NOTICE_AT_ONCE);
	size_t count = 0;
	NoticePhone phone;
	CHECK_ERROR(t->call, notice_phone_ask(t->call, TEXT("13800138000")), CONFLICT); /* no gateway */
	call_recover(t->call);
	name_gateway(t);
	CHECK_ERROR(t->call, notice_phone_ask(t->call, TEXT("010-1234")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, notice_phone_ask(t->call, TEXT("138 0013 8000")));
	Text code = code_in(newest_text(t, &count));
	CHECK_INT(count, 1);
	tell(t, person, NOTICE_DEADLINE_TODAY, "CASE-1");
	newest_text(t, &count);
	CHECK_INT(count, 1); /* not verified yet */
	CHECK_ERROR(t->call, notice_phone_confirm(t->call, TEXT("000000x")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, notice_phone_confirm(t->call, code));
	CHECK_ERROR(t->call, notice_phone_confirm(t->call, code), INVALID); /* once */
	call_recover(t->call);
	tell(t, person, NOTICE_CASE_MOVED, "CASE-2");
	newest_text(t, &count);
	CHECK_INT(count, 1);
	tell(t, person, NOTICE_DEADLINE_TODAY, "NVDB-CAPPVD-2026123456");
	Text payload = newest_text(t, &count);
	CHECK_INT(count, 2);
	CHECK(text_find(payload, TEXT("NVDB-CAPPVD-2026123456"), NULL) && text_find(payload, TEXT("+8613800138000"), NULL));
	settle(t, "dead");
	CHECK_OK(t->call, notice_phone(t->call, &phone));
	CHECK(phone.is_verified && phone.failing_at == t->call->now);
	CHECK_OK(t->call, notice_phone_remove(t->call));
	CHECK_OK(t->call, notice_phone(t->call, &phone));
	CHECK(!phone.phone.at);
}

TEST_DB(notice_phone__code_is_not_guessed_and_not_asked_for_without_end)
{
	reader(t, NOTICE_AT_ONCE);
	size_t count = 0;
	name_gateway(t);
	CHECK_OK(t->call, notice_phone_ask(t->call, TEXT("13800138000")));
	Text code = code_in(newest_text(t, &count));
	CHECK_ERROR(t->call, notice_phone_ask(t->call, TEXT("13800138000")), TOO_MANY); /* a minute apart */
	call_recover(t->call);
	for (int i = 0; i < PHONE_CODE_TRIES; i++) {
		CHECK_ERROR(t->call, notice_phone_confirm(t->call, TEXT("abcdef")), INVALID);
		call_recover(t->call);
	}
	CHECK_ERROR(t->call, notice_phone_confirm(t->call, code), INVALID);
	call_recover(t->call);
	people_pass(t, 60);
	CHECK_OK(t->call, notice_phone_ask(t->call, TEXT("13800138000")));
	code = code_in(newest_text(t, &count));
	people_pass(t, PHONE_CODE_MINUTES * 60);
	CHECK_ERROR(t->call, notice_phone_confirm(t->call, code), INVALID); /* too old */
	call_recover(t->call);
	for (int i = 2; i < PHONE_CODES_A_DAY; i++) {
		people_pass(t, 60);
		CHECK_OK(t->call, notice_phone_ask(t->call, TEXT("13800138000")));
	}
	people_pass(t, 60);
	CHECK_ERROR(t->call, notice_phone_ask(t->call, TEXT("13800138000")), TOO_MANY);
}
