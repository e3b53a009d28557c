#include "face/outbox/outbox.h"
#include "face/outbox/outbox.sql.h"
#include "smtp_fixture.h"
#include "store/db/db.h"

static Error put(Call *call, void *argument)
{
	return outbox_letter(call, &(Letter) { .to = text_from(argument),
					   .lang = LANG_EN,
					   .subject = "Subject",
					   .body = "CanaryBody",
					   .link = outbox_link(call, "/x/%d", 7) });
}

static Error put_and_fail(Call *call, void *argument)
{
	TRY(put(call, argument));
	return fail(call, CONFLICT, "on purpose");
}

static int64_t queued(Test *t, const char *to)
{
	Numbers ids;
	char *address = arena_alloc(t->arena, strlen(to) + 1);
	memcpy(address, to, strlen(to) + 1);
	CHECK_OK(t->call, db_transact(t->call, put, address));
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	int64_t newest = 0;
	for (size_t i = 0; i < ids.count; i++)
		if (ids.at[i] > newest) newest = ids.at[i];
	return newest;
}

static SmtpOptions options_of(const MailServer *server)
{
	return (SmtpOptions) { .host = TEXT("127.0.0.1"),
		.port = server->port,
		.security = SMTP_PLAIN,
		.sender = { TEXT("library@cappvd.test"), TEXT("Library") },
		.timeout_seconds = 10 };
}

TEST_DB(outbox__leaves_only_with_the_transaction_it_belongs_to)
{
	char to[] = "a@b.cn", bad[] = "a@b.cn\r\nRCPT TO:<c@d.cn>";
	Numbers ids;
	CHECK_ERROR(t->call, db_transact(t->call, put_and_fail, to), CONFLICT);
	CHECK_ERROR(t->call, db_transact(t->call, put, bad), INVALID);
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 0);
}

TEST_DB(outbox__is_sent_once_and_forgets_the_words)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_of(&server);
	OutboxState state;
	OutboxRow row;
	bool found = false;
	int64_t due = 0;
	t->house->public_address = TEXT("https://cappvd.test");
	int64_t id = queued(t, "a@b.cn");
	CHECK_OK(t->call, outbox_send(t->call, &options, id, &state, &due));
	CHECK(state == OUTBOX_DONE);
	CHECK_OK(t->call, outbox_send(t->call, &options, id, &state, &due));
	CHECK(state == OUTBOX_DONE);
	CHECK_TEXT(mail_text_part(t->arena, mail_server_message(t, &server, 1)), "CanaryBody\r\n\r\nhttps://cappvd.test/x/7\r\n");
	CHECK(mail_server_message(t, &server, 2).at == NULL);
	CHECK_OK(t->call, outbox_find(t->call, id, &row, &found));
	CHECK(found && row.sealed_payload.bytes.at == NULL);
}

TEST_DB(outbox__tries_later_what_may_pass_and_gives_up_what_was_refused)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_of(&server);
	OutboxState state;
	int64_t due = 0, later = queued(t, "later@b.cn"), refused = 0;
	CHECK_OK(t->call, outbox_send(t->call, &options, later, &state, &due));
	CHECK(state == OUTBOX_WAITING);
	CHECK_INT(due, t->call->now + 60 * 1000);
	CHECK_OK(t->call, outbox_send(t->call, &options, later, &state, &due));
	CHECK_INT(due, t->call->now + 120 * 1000);
	refused = queued(t, "refused@b.cn");
	CHECK_OK(t->call, outbox_send(t->call, &options, refused, &state, &due));
	CHECK(state == OUTBOX_DEAD);
	CHECK_INT(outbox_pause_seconds(OUTBOX_MAIL, 20), 0);
	for (int64_t n = 1; n < 19; n++) CHECK(outbox_pause_seconds(OUTBOX_MAIL, n + 1) >= outbox_pause_seconds(OUTBOX_MAIL, n));
}

TEST_DB(outbox__a_sender_that_died_is_followed_by_another_with_the_same_message_id)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_of(&server);
	OutboxState state;
	OutboxRow row;
	bool found = false;
	int64_t due = 0, id = queued(t, "later@b.cn");
	CHECK_OK(t->call, outbox_send(t->call, &options, id, &state, &due));
	CHECK_OK(t->call, outbox_find(t->call, id, &row, &found));
	CHECK_INT(row.attempts, 1);
	Text ref = row.ref;
	CHECK_OK(t->call, outbox_send(t->call, &options, id, &state, &due));
	CHECK_OK(t->call, outbox_find(t->call, id, &row, &found));
	CHECK_INT(row.attempts, 2);
	CHECK(text_is(row.ref, ref)); /* the Message-ID's left side */
}

typedef struct Taking {
	int64_t id, attempts, *changed;
} Taking;
static Error take_and_die(Call *call, void *argument)
{
	const Taking *taking = argument;
	return outbox_take(call, taking->id, taking->attempts, call->now, taking->changed);
}

TEST_DB(outbox__what_is_due_is_what_waits_and_what_a_dead_sender_left)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_of(&server);
	OutboxState state;
	Numbers ids;
	int64_t due = 0, changed = 0, id = queued(t, "later@b.cn");
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK(ids.count == 1 && ids.at[0] == id);
	CHECK_OK(t->call, outbox_send(t->call, &options, id, &state, &due));
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 0);
	t->call->now = due;
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 1);
	Taking taking = { id, 1, &changed };
	CHECK_OK(t->call, db_transact(t->call, take_and_die, &taking));
	CHECK_INT(changed, 1);
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 0);
	t->call->now += 5 * 60 * 1000 + 1;
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 1);
}
