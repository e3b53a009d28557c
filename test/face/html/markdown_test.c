#include "face/html/html.h"
#include "harness/test.h"

static Text shown(Test *t, Text markdown)
{
	Html html = html_alone(t->call, LANG_EN);
	return part_markdown_with_images(&html, markdown, TEXT("/reports/AVR-1/files/")).text;
}

/* No tag, attribute or address of the attack may come through as such. */
static void check_harmless(Test *t, Text markdown)
{
	static const char *const signs[] = { "<script", "<img", "<iframe", "<svg", "<style", "<b>", "<input", "<form", "href=\"javascript",
		"href=\"data", "href=\"vbscript", "href=\"//", "src=\"http", "<!--" };
	Text html = arena_lower(t->arena, shown(t, markdown));
	for (size_t i = 0; i < COUNT(signs); i++)
		if (text_find(html, text_from(signs[i]), NULL))
			test_fail(__FILE__, __LINE__, "%s came out of %.*s: %.*s", signs[i], TEXT_ARGS(markdown), TEXT_ARGS(html));
}

TEST(markdown__attacks_come_out_as_what_was_typed)
{
	const Text attacks[] = { TEXT_INIT("<script>alert(1)</script>"), TEXT_INIT("a <img src=x onerror=alert(1)> b"),
		TEXT_INIT("<b>x</b>"), TEXT_INIT("[x](javascript:alert(1))"), TEXT_INIT("[x](JAVASCRIPT:alert(1))"),
		TEXT_INIT("[x](<javascript:alert(1)>)"), TEXT_INIT("[x](java&#115;cript:alert(1))"),
		TEXT_INIT("[x](&#x6a;avascript:alert(1))"), TEXT_INIT("[x](java%0ascript:alert(1))"),
		TEXT_INIT("[x]( javascript:alert(1))"), TEXT_INIT("<javascript:alert(1)>"),
		TEXT_INIT("[x](data:text/html;base64,PHNjcmlwdD4=)"), TEXT_INIT("![x](data:image/svg+xml,<svg onload=alert(1)>)"),
		TEXT_INIT("![x](http://evil.example/pixel.gif)"), TEXT_INIT("![x](/reports/AVR-1/files/../../AVR-2/files/a.png)"),
		TEXT_INIT("![x](/reports/AVR-1/files/%2e%2e/%2e%2e/a)"), TEXT_INIT("![x](/logout)"), TEXT_INIT("[x](//evil.example)"),
		TEXT_INIT("[x][r]\n\n[r]: javascript:alert(1)"), TEXT_INIT("```\n</code></pre><script>alert(1)</script>\n```"),
		TEXT_INIT("```\"><script>\nx\n```"), TEXT_INIT("`<script>`"), TEXT_INIT("<!-- <script> -->"),
		TEXT_INIT("<div\n<script>\n>"), TEXT_INIT("<?php <script> ?>"), TEXT_INIT("<![CDATA[<script>]]>"),
		TEXT_INIT("[<img src=x>](/a \"<script>\")"), TEXT_INIT("![<script>](/reports/AVR-1/files/a\" onerror=\"x)") };
	for (size_t i = 0; i < COUNT(attacks); i++) check_harmless(t, attacks[i]);
}

TEST(markdown__a_title_or_address_cannot_leave_its_attribute)
{
	CHECK(!text_find(shown(t, TEXT("[x](/a \"\\\" onclick=alert(1) \")")), TEXT("onclick"), NULL));
	CHECK(!text_find(shown(t, TEXT("[x](https://a.example/\"onclick=alert(1))")), TEXT("\"onclick"), NULL));
	CHECK(!text_find(shown(t, TEXT("![\" onerror=\"x](/reports/AVR-1/files/1)")), TEXT("\" onerror"), NULL));
}

TEST(markdown__ordinary_text_is_shaped)
{
	CHECK_TEXT(shown(t, TEXT("**a** *b* `c`")), "<p><strong>a</strong> <em>b</em> <code>c</code></p>\n");
	CHECK_TEXT(shown(t, TEXT("# a")), "<h3>a</h3>\n");
	CHECK_TEXT(shown(t, TEXT("###### a")), "<h3>a</h3>\n");
	CHECK_TEXT(shown(t, TEXT("- a\n- b")), "<ul><li>a</li><li>b</li></ul>\n");
	CHECK_TEXT(shown(t, TEXT("3. a\n4. b")), "<ol start=\"3\"><li>a</li><li>b</li></ol>\n");
	CHECK_TEXT(shown(t, TEXT("- a\n\n- b")), "<ul><li><p>a</p>\n</li><li><p>b</p>\n</li></ul>\n");
	CHECK_TEXT(shown(t, TEXT("> a")), "<blockquote><p>a</p>\n</blockquote>\n");
	CHECK_TEXT(shown(t, TEXT("支付**越权**")), "<p>支付<strong>越权</strong></p>\n");
	CHECK_TEXT(shown(t, (Text) { 0 }), "");
}

TEST(markdown__links_take_no_credit_and_hand_over_no_window)
{
	CHECK_TEXT(shown(t, TEXT("[x](https://a.example/?b=1&c=2)")),
		"<p><a rel=\"nofollow noopener\" href=\"https://a.example/?b=1&amp;c=2\">x</a></p>\n");
	CHECK_TEXT(shown(t, TEXT("[x](javascript:1)")), "<p><span>x</span></p>\n");
}

TEST(markdown__only_own_attachments_are_shown_as_images)
{
	CHECK_TEXT(shown(t, TEXT("![an *image*](/reports/AVR-1/files/7)")),
		"<p><img loading=\"lazy\" src=\"/reports/AVR-1/files/7\" alt=\"an image\"></p>\n");
	CHECK_TEXT(shown(t, TEXT("![x](https://a.example/b.png)")),
		"<p><a rel=\"nofollow noopener\" href=\"https://a.example/b.png\">x</a></p>\n");
	CHECK_TEXT(shown(t, TEXT("[![x](https://a.example/b.png)](/c)")), "<p><a rel=\"nofollow noopener\" href=\"/c\">x</a></p>\n");
	Html html = html_alone(t->call, LANG_EN);
	CHECK(!text_find(part_markdown(&html, TEXT("![x](/reports/AVR-1/files/7)")).text, TEXT("<img"), NULL));
}

TEST(markdown__a_tree_deeper_than_people_write_is_shown_as_typed)
{
	Buffer deep = { .arena = t->arena };
	for (int i = 0; i < 5000; i++) buffer_put(&deep, TEXT("> "));
	buffer_put(&deep, TEXT("<x>"));
	Text html = shown(t, buffer_text(&deep));
	CHECK(text_starts(html, TEXT("<pre>")) && text_ends(html, TEXT("&lt;x&gt;</pre>")));
}

TEST(markdown__headings_go_on_below_those_of_the_page)
{
	Html html = html_alone(t->call, LANG_EN);
	CHECK_TEXT(part_markdown(&html, TEXT("# A\n\n## B")).text, "<h3>A</h3>\n<h4>B</h4>\n");
	CHECK_TEXT(part_markdown(&html, TEXT("## A")).text, "<h3>A</h3>\n"); /* no level is left out */
	CHECK_TEXT(part_document(&html, TEXT("# A\n\n## B\n\n### C"), TEXT("")).text, "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n");
}
