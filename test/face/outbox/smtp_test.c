#include "face/outbox/letter.h"
#include "face/outbox/smtp.h"
#include "smtp_fixture.h"

static SmtpOptions options_for(const MailServer *server, SmtpSecurity security)
{
	return (SmtpOptions) { .host = TEXT("127.0.0.1"),
		.port = server->port,
		.security = security,
		.authority_file = text_from(server->authority),
		.sender = { TEXT("library@cappvd.test"), TEXT("漏洞库") },
		.timeout_seconds = 10 };
}

static Text sample(Test *t)
{
	Mail mail = {
		.to = TEXT("a@b.cn"), .subject = TEXT("您好"), .text = TEXT("第一行\n.\nafter a lone dot\n"), .html = TEXT("<p>x</p>")
	};
	CHECK_OK(t->call, mail_check(t->call, &mail));
	MailSender sender = { TEXT("library@cappvd.test"), TEXT("漏洞库") };
	return mail_message(t->arena, &mail, &sender, TEXT("m1"), t->call->now);
}

TEST(smtp__a_real_server_receives_the_message_whole)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_for(&server, SMTP_PLAIN);
	Text reason, message = sample(t);
	CHECK(smtp_send(t->arena, &options, TEXT("a@b.cn"), message, &reason) == SEND_ACCEPTED);
	Text kept = mail_server_message(t, &server, 1);
	CHECK(text_find(kept, TEXT("X-Envelope-To: a@b.cn\n"), NULL));
	CHECK(text_find(kept, TEXT("X-Envelope-From: library@cappvd.test\n"), NULL));
	CHECK(text_find(kept, message, NULL));
	CHECK_TEXT(mail_text_part(t->arena, kept), "第一行\r\n.\r\nafter a lone dot\r\n");
}

TEST(smtp__refused_for_good_and_try_later_are_told_apart)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_for(&server, SMTP_PLAIN);
	Text reason, message = sample(t);
	CHECK(smtp_send(t->arena, &options, TEXT("refused@b.cn"), message, &reason) == SEND_REFUSED);
	CHECK(text_find(reason, TEXT("550"), NULL) && !text_find(reason, TEXT("b.cn"), NULL));
	CHECK(smtp_send(t->arena, &options, TEXT("later@b.cn"), message, &reason) == SEND_LATER);
	options.port = 1; /* nobody listens */
	CHECK(smtp_send(t->arena, &options, TEXT("a@b.cn"), message, &reason) == SEND_LATER);
	CHECK(mail_server_message(t, &server, 1).at == NULL);
}

TEST(smtp__starttls_encrypts_and_its_absence_or_a_strange_certificate_sends_nothing)
{
	MailServer server = mail_server_start(t, true);
	SmtpOptions options = options_for(&server, SMTP_STARTTLS);
	Text reason, message = sample(t);
	options.authority_file = TEXT("");
	CHECK(smtp_send(t->arena, &options, TEXT("a@b.cn"), message, &reason) == SEND_LATER);
	CHECK(mail_server_message(t, &server, 1).at == NULL);
	options.authority_file = text_from(server.authority);
	CHECK(smtp_send(t->arena, &options, TEXT("a@b.cn"), message, &reason) == SEND_ACCEPTED);
	CHECK(text_find(mail_server_message(t, &server, 1), TEXT("X-Encrypted: True\n"), NULL));
}

TEST(smtp__a_server_without_starttls_gets_nothing_in_the_clear)
{
	MailServer server = mail_server_start(t, false);
	SmtpOptions options = options_for(&server, SMTP_STARTTLS);
	Text reason;
	CHECK(smtp_send(t->arena, &options, TEXT("a@b.cn"), sample(t), &reason) == SEND_LATER);
	CHECK(mail_server_message(t, &server, 1).at == NULL);
}
