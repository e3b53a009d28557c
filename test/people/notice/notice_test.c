#include "people/notice/notice.h"
#include "people/people_fixture.h"
#include "store/db/db.h"

typedef struct Sending {
	int64_t person;
	Text claim;
	const char *mail;
} Sending;
static Error send_one(Call *call, void *argument)
{
	const Sending *sending = argument;
	if (sending->mail) return notice_visitor_set(call, sending->claim, text_from(sending->mail));
	if (sending->claim.at)
		return notice_send_claim(call, sending->claim, NOTICE_REPORT_REJECTED, TEXT("R-2026-4F7K-92QD"), TEXT("/claim"));
	return notice_send(call, sending->person, NOTICE_REPORT_RECEIVED, TEXT("R-2026-4F7K-92QD"), TEXT("/reports/R-2026-4F7K-92QD"));
}

TEST_DB(notice__is_an_inbox_row_and_a_message_in_the_readers_language)
{
	Notices notices;
	int64_t unread = 0;
	people_open(t);
	t->call->lang = LANG_ZH;
	int64_t person = people_staff(t, "a@b.cn", 0);
	t->call->lang = LANG_EN; /* whoever acts reads English */
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .person = person }));
	CHECK(text_is(people_mail(t, 0).subject, letter_fill(t->arena, LANG_ZH, "Report {ref} has been received",
							 (LetterField[]) { { "ref", TEXT("R-2026-4F7K-92QD") } }, 1)));
	CHECK(text_find(people_mail(t, 0).text, TEXT("https://cappvd.test/reports/R-2026-4F7K-92QD"), NULL));
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK_INT(notices.count, 1);
	CHECK_TEXT(notices.at[0].subject_line, "Report R-2026-4F7K-92QD has been received");
	CHECK(notices.at[0].unread);
	CHECK_OK(t->call, notice_unread(t->call, &unread));
	CHECK_INT(unread, 1);
}

TEST_DB(notice__is_read_by_its_reader_only)
{
	Notices notices;
	Text link;
	int64_t unread = 0;
	people_open(t);
	int64_t person = people_staff(t, "a@b.cn", 0);
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .person = person }));
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	people_staff(t, "c@d.cn", 0);
	Notices others;
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &others));
	CHECK_INT(others.count, 0);
	CHECK_ERROR(t->call, notice_open(t->call, notices.at[0].ref, &link), NOT_FOUND);
	people_enter(t, person);
	CHECK_OK(t->call, notice_open(t->call, notices.at[0].ref, &link));
	CHECK_TEXT(link, "/reports/R-2026-4F7K-92QD");
	CHECK_OK(t->call, notice_unread(t->call, &unread));
	CHECK_INT(unread, 0);
	people_as_visitor(t);
	CHECK_ERROR(t->call, notice_list(t->call, 0, 10, &notices), UNAUTHENTICATED);
}

TEST_DB(notice__reaches_no_disabled_person)
{
	people_open(t);
	int64_t gone = people_staff(t, "a@b.cn", 0);
	Person person;
	CHECK_OK(t->call, person_find(t->call, gone, &person));
	people_as_system(t);
	CHECK_OK(t->call, person_disable(t->call, person.ref));
	size_t before = people_mail_count(t);
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .person = gone }));
	CHECK_INT(people_mail_count(t), before);
}

TEST_DB(notice__visitors_are_told_at_the_address_they_left_sealed)
{
	people_open(t);
	Text claim = TEXT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .claim = claim }));
	CHECK_INT(people_mail_count(t), 0); /* no address: nothing */
	CHECK_ERROR(t->call, db_transact(t->call, send_one, &(Sending) { .claim = claim, .mail = "a@b.cn,c@d.cn" }), INVALID);
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .claim = claim, .mail = "CanaryVisitor@b.cn" }));
	CHECK_OK(t->call, db_transact(t->call, send_one, &(Sending) { .claim = claim }));
	CHECK_TEXT(people_mail(t, 0).to, "canaryvisitor@b.cn");
	CHECK_TEXT(people_mail(t, 0).subject, "Report R-2026-4F7K-92QD was not accepted");
	if (t->database != TEST_SQLITE) return;
	Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/cappvd.db-wal", t->directory).at);
	CHECK(bytes.length > 0 && !text_find(bytes, TEXT("canaryvisitor"), NULL));
}
