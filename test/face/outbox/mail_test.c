#include "base/crypto/crypto.h"
#include "face/outbox/letter.h"
#include "harness/test.h"

static const MailSender sender = { TEXT_INIT("library@cappvd.test"), TEXT_INIT("移动互联网APP产品安全漏洞库") };
static Text line_of(Arena *arena, Text message, const char *start)
{
	Text needle = arena_printf(arena, "\r\n%s", start);
	size_t at = 0, end = 0;
	if (!text_find(message, needle, &at)) return (Text) { 0 };
	Text rest = text_slice(message, at + 2, message.length);
	return text_find(rest, TEXT("\r\n"), &end) ? text_slice(rest, 0, end) : rest;
}

TEST(mail__an_address_is_one_mailbox_and_nothing_else)
{
	const char *good[] = { "a@b.cn", "first.last+tag@mail.example.com", "o'brien@x-y.org", "UPPER@Example.COM" };
	const char *bad[] = { "", "a", "a@b", "@b.cn", "a@", "a b@c.cn", "a@b.cn,c@d.cn", "a@b.cn\r\nBcc: c@d.cn", "<a@b.cn>", "\"a\"@b.cn",
		"a@b.cn>", "a..b@c.cn", "a@-b.cn", "a@b..cn", "a@b.cn;c", "a@[127.0.0.1]", "a@b@c.cn", "用户@例子.cn", "a(x)@b.cn",
		".a@b.cn" };
	for (size_t i = 0; i < COUNT(good); i++) CHECK(mail_address_is(text_from(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (mail_address_is(text_from(bad[i]))) test_fail(__FILE__, __LINE__, "accepted: %s", bad[i]);
	char local[70];
	memset(local, 'a', sizeof(local));
	CHECK(!mail_address_is(arena_printf(t->arena, "%.65s@b.cn", local)));
	CHECK(mail_address_is(arena_printf(t->arena, "%.64s@b.cn", local)));
}

TEST(mail__a_line_break_in_a_header_is_refused)
{
	Mail mail = { .to = TEXT("a@b.cn"), .subject = TEXT("Hello"), .text = TEXT("x") };
	CHECK_OK(t->call, mail_check(t->call, &mail));
	mail.subject = TEXT("Hello\r\nBcc: c@d.cn");
	CHECK_ERROR(t->call, mail_check(t->call, &mail), INVALID);
	mail.subject = TEXT("Hello\nBcc: c@d.cn");
	CHECK_ERROR(t->call, mail_check(t->call, &mail), INVALID);
	mail.subject = TEXT("Hello");
	mail.to = TEXT("a@b.cn\nBcc: c@d.cn");
	CHECK_ERROR(t->call, mail_check(t->call, &mail), INVALID);
	mail.to = TEXT("a@b.cn");
	mail.unsubscribe = TEXT("https://x/u>\r\nBcc: c@d.cn");
	CHECK_ERROR(t->call, mail_check(t->call, &mail), INVALID);
	mail.unsubscribe = TEXT("");
	mail.subject = TEXT("\xff");
	CHECK_ERROR(t->call, mail_check(t->call, &mail), INVALID);
}

TEST(mail__chinese_headers_are_encoded_words_of_at_most_75_characters_each_whole_utf8)
{
	Text value = TEXT("关于防范移动互联网应用程序越权访问漏洞的风险提示与后续处置要求的通知 2026");
	Text rest = mail_header_text(t->arena, value), line;
	Buffer back = { .arena = t->arena };
	CHECK(rest.length > 0);
	while (text_next(&rest, '\n', &line)) {
		Text word = text_trim(line), bytes;
		CHECK(word.length <= 75);
		CHECK(text_starts(word, TEXT("=?UTF-8?B?")) && text_ends(word, TEXT("?=")));
		CHECK(base64_parse(t->arena, text_slice(word, 10, word.length - 2), &bytes));
		CHECK(text_is_utf8(bytes));
		buffer_put(&back, bytes);
	}
	CHECK(text_is(buffer_text(&back), value));
	CHECK_TEXT(mail_header_text(t->arena, TEXT("Plain words")), "Plain words");
	CHECK(text_starts(
		mail_header_text(t->arena, TEXT("=?UTF-8?B?PGI+?=")), TEXT("=?UTF-8?B?PT9V"))); /* not taken for encoded already */
}

TEST(mail__both_parts_say_the_same_and_no_line_is_longer_than_78)
{
	Mail mail = { .to = TEXT("a@b.cn"),
		.subject = TEXT("Hello"),
		.text = TEXT("第一行\nsecond\n"),
		.html = TEXT("<p>第一行</p>"),
		.thread = TEXT("report/R-1"),
		.unsubscribe = TEXT("https://cappvd.test/u/x"),
		.lang = LANG_ZH };
	Text message = mail_message(t->arena, &mail, &sender, TEXT("m1"), t->call->now);
	Text rest = message, line;
	while (text_next(&rest, '\n', &line)) {
		CHECK(line.length <= 79 && (line.length == 0 || text_ends(line, TEXT("\r"))));
		for (size_t i = 0; i < line.length; i++) CHECK((unsigned char)line.at[i] < 0x80);
	}
	CHECK_TEXT(line_of(t->arena, message, "To: "), "To: <a@b.cn>");
	CHECK_TEXT(line_of(t->arena, message, "Date: "), "Date: Thu, 05 Mar 2026 06:00:00 +0000");
	CHECK_TEXT(line_of(t->arena, message, "Message-ID: "), "Message-ID: <m1@cappvd.test>");
	CHECK_TEXT(line_of(t->arena, message, "List-Unsubscribe: "), "List-Unsubscribe: <https://cappvd.test/u/x>");
	CHECK_TEXT(line_of(t->arena, message, "List-Unsubscribe-Post: "), "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
	CHECK_TEXT(line_of(t->arena, message, "Content-Language: "), "Content-Language: zh-CN");
	CHECK(text_find(message, base64_text(t->arena, TEXT("第一行\r\nsecond\r\n")), NULL));
	CHECK(text_find(message, base64_text(t->arena, TEXT("<p>第一行</p>")), NULL));
	CHECK(!text_find(message, TEXT("R-1"), NULL)); /* the thread's key does not travel */
	CHECK(text_is(message, mail_message(t->arena, &mail, &sender, TEXT("m1"), t->call->now)));
}

TEST(mail__messages_of_one_thread_refer_to_the_same_root)
{
	Mail a = { .to = TEXT("a@b.cn"), .subject = TEXT("1"), .text = TEXT("x"), .thread = TEXT("k") }, b = a, c = a;
	b.subject = TEXT("2");
	c.thread = TEXT("other");
	Text one = line_of(t->arena, mail_message(t->arena, &a, &sender, TEXT("1"), 0), "References: ");
	CHECK(one.length > 0);
	CHECK(text_is(one, line_of(t->arena, mail_message(t->arena, &b, &sender, TEXT("2"), 0), "References: ")));
	CHECK(!text_is(one, line_of(t->arena, mail_message(t->arena, &c, &sender, TEXT("3"), 0), "References: ")));
}

TEST(letter__values_are_escaped_in_html_and_cannot_break_the_subject)
{
	LetterField fields[] = { { "name", TEXT("<img src=x>\r\nBcc: c@d.cn") } };
	Letter letter = { .to = TEXT("a@b.cn"),
		.lang = LANG_EN,
		.subject = "Hello {name}",
		.body = "Dear {name},\n\nplease look.",
		.fields = fields,
		.field_count = 1,
		.link = TEXT("https://cappvd.test/x?a=1&b=2") };
	Mail mail = letter_mail(t->arena, &letter);
	CHECK_OK(t->call, mail_check(t->call, &mail));
	CHECK_TEXT(mail.subject, "Hello <img src=x>  Bcc: c@d.cn");
	CHECK(!text_find(mail.html, TEXT("<img"), NULL));
	CHECK(text_find(mail.html, TEXT("&lt;img src=x&gt;"), NULL));
	CHECK(text_find(mail.html, TEXT("<p>please look.</p>"), NULL));
	CHECK(text_find(mail.html, TEXT("a=1&amp;b=2"), NULL));
	CHECK(text_find(mail.text, TEXT("\nhttps://cappvd.test/x?a=1&b=2\n"), NULL));
}
