#include "face/html/html.h"
#include "harness/test.h"

TEST(url__attacks_are_refused)
{
	const Text attacks[] = { TEXT_INIT("javascript:alert(1)"), TEXT_INIT("JaVaScRiPt:alert(1)"), TEXT_INIT(" javascript:alert(1)"),
		TEXT_INIT("java\tscript:alert(1)"), TEXT_INIT("java\nscript:alert(1)"), TEXT_INIT("\x01javascript:alert(1)"),
		TEXT_INIT("data:text/html,<script>alert(1)</script>"), TEXT_INIT("vbscript:x"), TEXT_INIT("blob:https://a/b"),
		TEXT_INIT("file:///etc/passwd"), TEXT_INIT("about:blank"), TEXT_INIT("//evil.example"), TEXT_INIT("/\\evil.example"),
		TEXT_INIT("\\\\evil.example"), TEXT_INIT("/\t/evil.example"), TEXT_INIT("/\n/evil.example"),
		TEXT_INIT("https:/evil.example"), TEXT_INIT("https:evil.example"), TEXT_INIT("https://"), TEXT_INIT("http:///x"),
		TEXT_INIT("https://bank.example@evil.example/"), TEXT_INIT("https://a b/"), TEXT_INIT("https://a/\"onclick=x"),
		TEXT_INIT("https://a/<b>"), TEXT_INIT("ftp://a/b"), TEXT_INIT("mailto"), TEXT_INIT("mailto:"), TEXT_INIT("x"),
		TEXT_INIT("x/y"), TEXT_INIT("../x"), TEXT_INIT(""), TEXT_INIT("/a\xff"), TEXT_INIT("/a\0b") };
	for (size_t i = 0; i < COUNT(attacks); i++) {
		Url url = { TEXT("untouched") };
		if (url_parse(attacks[i], &url)) test_fail(__FILE__, __LINE__, "accepted %.*s", TEXT_ARGS(attacks[i]));
		CHECK_TEXT(url.text, "untouched");
	}
}

TEST(url__ordinary_addresses_are_taken_as_they_are)
{
	const Text good[] = { TEXT_INIT("/"), TEXT_INIT("/advisories/CVE-2024-1?q=%E6%94%AF#top"), TEXT_INIT("?q=1&after=2"),
		TEXT_INIT("#field-title"), TEXT_INIT("https://example.org"), TEXT_INIT("HTTP://example.org:8080/a@b"),
		TEXT_INIT("https://[::1]/x"), TEXT_INIT("https://例子.测试/路径"), TEXT_INIT("mailto:security@example.org") };
	for (size_t i = 0; i < COUNT(good); i++) {
		Url url;
		if (!url_parse(good[i], &url)) test_fail(__FILE__, __LINE__, "refused %.*s", TEXT_ARGS(good[i]));
		CHECK(text_is(url.text, good[i]));
	}
}

TEST(url__a_segment_stays_one_segment)
{
	CHECK_TEXT(url_segment(t->arena, TEXT("a/b?c#d&e=f%")), "a%2Fb%3Fc%23d%26e%3Df%25");
	CHECK_TEXT(url_segment(t->arena, TEXT("支")), "%E6%94%AF");
	CHECK_TEXT(url_segment(t->arena, TEXT("CVE-2024-1_x.y~")), "CVE-2024-1_x.y~");
	CHECK_TEXT(url_segment(t->arena, TEXT("..")), "");
	CHECK_TEXT(url_segment(t->arena, TEXT(".")), "");
	CHECK_TEXT(url_segment(t->arena, TEXT("...")), "...");
}

TEST(url__absolute_addresses_begin_with_the_public_one)
{
	t->house->public_address = TEXT("https://library.example");
	CHECK_TEXT(url_absolute(t->call, url_local(t->arena, "/a/%d", 1)).text, "https://library.example/a/1");
}

TEST(url__assets_carry_the_hash_of_their_content)
{
	Text path = asset_url("app.css").text;
	CHECK(text_starts(path, TEXT("/assets/app.")) && text_ends(path, TEXT(".css")));
	CHECK_INT(path.length, sizeof("/assets/app.0123456789abcdef.css") - 1);
	size_t packed = 0;
	for (size_t i = 0; i < asset_count; i++) packed += assets[i].gzip_bytes ? assets[i].gzip_length : assets[i].length;
	CHECK(packed < (size_t)30 * 1024);
}
