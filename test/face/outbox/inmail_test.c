/* Mails that come in: who sent them, who vouches for it, and the words without what is quoted. */
#include "face/outbox/inmail.h"
#include "harness/test.h"

static InMail parse(Test *t, const char *mail)
{
	InMail read = { 0 };
	CHECK_OK(t->call, inmail_parse(t->call, text_from(mail), &read));
	return read;
}

#define HEAD \
	"From: =?utf-8?B?5p6X?= <Lin@Example.org>\r\nTo: Library <reply+00@lib.example.cn>, x@example.net\r\nMessage-ID: " \
	"<1@example.org>\r\n"

TEST(inmail__the_words_come_out_of_every_usual_shape)
{
	static const struct {
		const char *mail, *words;
	} mails[] = {
		{ HEAD "\r\nPlain words.\r\n\r\n> quoted\r\n", "Plain words." },
		{ HEAD "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5L2g5aW9\r\n", "你好" },
		{ HEAD "Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C4=E3=BA=C3\r\n",
			"你好" },
		{ HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: "
		       "text/plain\r\n\r\nOne\r\n--b\r\nContent-Type: "
		       "text/html\r\n\r\n<p>Two</p>\r\n--b--\r\n",
			"One" },
		{ HEAD "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>t</title><style>p{}</style></head><body>A &amp; "
		       "&#20013;<br>B<blockquote>quoted</blockquote><script>alert(1)</script></body></html>\r\n",
			"A & 中\nB" },
		{ HEAD "\r\nYes.\r\n\r\nOn Thu, 5 Mar 2026 at 14:00, Library\r\n<l@lib.example.cn> wrote:\r\n> x\r\n", "Yes." },
		{ HEAD "Content-Type: text/plain; charset=utf-8\r\n\r\n可以。\r\n在 2026年3月5日，漏洞库 写道：\r\n> x\r\n", "可以。" },
		{ HEAD "Content-Type: text/plain; charset=utf-8\r\n\r\n可以。\r\n------------------ 原始邮件 ------------------\r\n发件人: "
		       "x@y.cn\r\n",
			"可以。" },
		{ HEAD "\r\nNo.\r\n-- \r\nLin, Example Ltd\r\n", "No." },
		{ HEAD "\r\nAs you wrote:\r\nit crashes.\r\n", "As you wrote:\nit crashes." },
		{ HEAD "\r\nOn Thu, 5 Mar 2026 at 14:00, Library\r\n<l@lib.example.cn> wrote:\r\n\r\n> Which?\r\nThe first.\r\n> When?\r\n"
		       "Now.\r\n",
			"The first.\nNow." },
		{ HEAD "\r\nYes.\r\n\r\nOn 5 Mar 2026, l@lib.example.cn wrote:\r\nnot marked\r\n", "Yes." },
	};
	for (size_t i = 0; i < COUNT(mails); i++) {
		InMail mail = parse(t, mails[i].mail);
		if (!text_is(mail.words, text_from(mails[i].words)))
			test_fail(__FILE__, __LINE__, "mail %zu gives “%.*s”", i, TEXT_ARGS(mail.words));
		CHECK_TEXT(mail.from, "lin@example.org");
		CHECK(mail.to.count == 2 && text_is(mail.to.at[0], TEXT("reply+00@lib.example.cn")));
		CHECK_TEXT(mail.message_id, "<1@example.org>");
		CHECK(!mail.is_automatic && !mail.has_files);
	}
}

TEST(inmail__two_senders_are_none)
{
	CHECK(!parse(t, "From: a@example.org, b@example.org\r\n\r\nx").from.length);
	CHECK(!parse(t, "From: a@example.org\r\nFrom: b@example.org\r\n\r\nx").from.length);
	CHECK(!parse(t, "From: nobody\r\n\r\nx").from.length);
}

TEST(inmail__machines_and_files_are_told_apart)
{
	CHECK(parse(t, HEAD "Auto-Submitted: auto-replied\r\n\r\nAway.").is_automatic);
	CHECK(!parse(t, HEAD "Auto-Submitted: no\r\n\r\nHere.").is_automatic);
	CHECK(parse(t, HEAD "Precedence: bulk\r\n\r\nNews.").is_automatic);
	CHECK(parse(t, "Return-Path: <>\r\n" HEAD "\r\nBounce.").is_automatic);
	InMail mail = parse(t, HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee file.\r\n--b\r\nContent-Type: "
				    "image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nxx\r\n--b--\r\n");
	CHECK(mail.has_files && text_is(mail.words, TEXT("See file.")));
	mail = parse(t, HEAD "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\nSigned.\r\n--b\r\nContent-Type: "
			     "image/png\r\nContent-ID: <logo>\r\n\r\nxx\r\n--b--\r\n");
	CHECK(!mail.has_files && text_is(mail.words, TEXT("Signed.")));
}

static bool vouched(Test *t, const char *results, const char *server)
{
	InMail mail = parse(t, arena_printf(t->arena, "%s" HEAD "\r\nx", results).at);
	return inmail_is_vouched(&mail, text_from(server));
}

TEST(inmail__only_our_servers_word_about_this_very_domain_counts)
{
	static const char *const good[] = { "Authentication-Results: mx.lib.cn; dmarc=pass header.from=example.org\r\n",
		"Authentication-Results: mx.lib.cn 1;\r\n spf=fail smtp.mailfrom=example.org;\r\n dkim=pass (2048 bit) "
		"header.d=example.org\r\n",
		"Authentication-Results: MX.lib.cn; spf=pass smtp.mailfrom=lin@example.org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=pass header.d=EXAMPLE.ORG header.s=k\r\n" };
	static const char *const bad[] = { "", "Authentication-Results: mx.lib.cn; none\r\n",
		"Authentication-Results: mx.evil.cn; dmarc=pass header.from=example.org\r\n",
		"Authentication-Results: mx.lib.cn; dmarc=fail header.from=example.org\r\n",
		"Authentication-Results: mx.lib.cn; dmarc=pass header.from=evil.org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=pass header.d=evil.org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=pass header.d=org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=pass header.d=ample.org\r\n", "Authentication-Results: mx.lib.cn; dkim=pass\r\n",
		"Authentication-Results: mx.lib.cn; spf=pass smtp.mailfrom=evil.org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=fail (dmarc=pass header.from=example.org; dmarc=pass header.from=example.org) "
		"header.d=x.org\r\n",
		"Authentication-Results: mx.lib.cn; dkim=fail reason=\"x; dmarc=pass header.from=example.org\" header.d=x.org\r\n",
		/* one that the sender wrote stands below our server's */
		"Authentication-Results: mx.lib.cn; dmarc=fail header.from=example.org\r\nAuthentication-Results: mx.lib.cn; dmarc=pass "
		"header.from=example.org\r\n",
		"Authentication-Results: mx.other.cn; none\r\nAuthentication-Results: mx.lib.cn; dmarc=pass header.from=example.org\r\n" };
	for (size_t i = 0; i < COUNT(good); i++)
		if (!vouched(t, good[i], "mx.lib.cn")) test_fail(__FILE__, __LINE__, "not vouched for: %s", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (vouched(t, bad[i], "mx.lib.cn")) test_fail(__FILE__, __LINE__, "vouched for: %s", bad[i]);
	CHECK(!vouched(t, good[0], ""));
}

TEST(inmail__is_read_in_the_sandbox_alike)
{
	static const char mail[] =
		"Authentication-Results: mx.lib.cn; none\r\n" HEAD
		"Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xc4\xe3\xba\xc3\r\n> x\r\n";
	const SandboxWork works[] = { [SANDBOX_INMAIL] = inmail_work };
	InMail inside, outside;
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	CHECK_OK(t->call, inmail_read(t->call, t->house->sandbox, text_from(mail), &inside));
	outside = parse(t, mail); /* only now: what the library prepares once, the child prepares by itself */
	CHECK(text_is(inside.words, TEXT("你好")) && text_is(inside.words, outside.words) && text_is(inside.from, outside.from));
	CHECK(inside.to.count == outside.to.count && text_is(inside.vouched, outside.vouched) &&
		text_is(inside.message_id, outside.message_id));
	CHECK_ERROR(t->call, inmail_read(t->call, t->house->sandbox, TEXT(""), &inside), INVALID);
	char *large = arena_alloc(t->arena, INMAIL_BYTES_MAX + 1);
	memset(large, 'x', INMAIL_BYTES_MAX + 1);
	CHECK_ERROR(t->call, inmail_read(t->call, t->house->sandbox, (Text) { large, INMAIL_BYTES_MAX + 1 }, &inside), TOO_LARGE);
}
