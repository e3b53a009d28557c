#include "face/html/html.h"
#include "harness/test.h"

static Text text_written(Test *t, Text text)
{
	Html html = html_alone(t->call, LANG_EN);
	html_text(&html, text);
	return buffer_text(&html.out);
}

TEST(html__text_cannot_become_markup)
{
	CHECK_TEXT(text_written(t, TEXT("<script>alert(1)</script>")), "&lt;script&gt;alert(1)&lt;/script&gt;");
	CHECK_TEXT(text_written(t, TEXT("a & b &amp; c")), "a &amp; b &amp;amp; c");
	CHECK_TEXT(text_written(t, TEXT("\"x\" onmouseover='y'")), "&quot;x&quot; onmouseover=&#39;y&#39;");
	CHECK_TEXT(text_written(t, TEXT("支付 \U0001F512 é")), "支付 \U0001F512 é");
	CHECK_TEXT(text_written(t, (Text) { 0 }), "");
}

TEST(html__ill_formed_bytes_are_replaced)
{
	CHECK_TEXT(text_written(t, TEXT("a\xff<b")), "a\xef\xbf\xbd&lt;b");
	CHECK_TEXT(text_written(t, TEXT("\xc0\xbcscript")), "\xef\xbf\xbd\xef\xbf\xbdscript"); /* over-long < */
	CHECK_TEXT(text_written(t, TEXT("\xe0\x80\xbc")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* the same in three */
	CHECK_TEXT(text_written(t, TEXT("\xed\xa0\x80")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* surrogate */
	CHECK_TEXT(text_written(t, TEXT("\xf4\x90\x80\x80x")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx"); /* above U+10FFFF */
	CHECK_TEXT(text_written(t, TEXT("\xe6\x94")), "\xef\xbf\xbd\xef\xbf\xbd"); /* cut off */
	CHECK_TEXT(text_written(t, TEXT("a\0b\x1b[1mc\x7f\xc2\x9b")), "a\xef\xbf\xbd"
								      "b\xef\xbf\xbd[1mc\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CHECK_TEXT(text_written(t, TEXT("tab\tline\nfeed\r")), "tab\tline\nfeed\r");
}

TEST(html__a_sequence_does_not_swallow_the_quote_after_it)
{
	CHECK_TEXT(text_written(t, TEXT("\xe6\"x")), "\xef\xbf\xbd&quot;x");
	CHECK_TEXT(text_written(t, TEXT("\xf0\x9f\x94<")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&lt;");
}

TEST(html__numbers_and_urls_are_written_plainly)
{
	Html html = html_alone(t->call, LANG_EN);
	html_put(&html, INT64_MIN);
	html_put(&html, (size_t)7);
	html_put_attribute(&html, -3);
	html_put_url(&html, url_local(t->arena, "/a?b=1&c=%d", 2));
	CHECK_TEXT(buffer_text(&html.out), "-92233720368547758087-3/a?b=1&amp;c=2");
}

TEST(html__a_translation_puts_its_value_where_the_language_wants_it)
{
	Html english = html_alone(t->call, LANG_EN), chinese = html_alone(t->call, LANG_ZH);
	Html *both[] = { &english, &chinese };
	for (size_t i = 0; i < COUNT(both); i++) {
		html_translate_before(both[i], "Whose turn: %s");
		html_text(both[i], TEXT("<b>"));
		html_translate_after(both[i], "Whose turn: %s");
	}
	CHECK_TEXT(buffer_text(&english.out), "Whose turn: &lt;b&gt;");
	CHECK_TEXT(buffer_text(&chinese.out), "当前办理：&lt;b&gt;");
}

TEST(html__a_form_without_request_has_no_csrf_field)
{
	Html html = html_alone(t->call, LANG_EN);
	html_csrf(&html);
	CHECK_INT(html.out.length, 0);
	html.csrf_token = TEXT("a\"b");
	html_csrf(&html);
	CHECK_TEXT(buffer_text(&html.out), "<input type=\"hidden\" name=\"csrf\" value=\"a&quot;b\">");
}
