#include "engine/likeness/tokens.h"
#include "harness/test.h"

static Text tokens_of(Test *t, Text text)
{
	TokenSet *set = tokens_new(t->arena);
	tokens_add_text(set, text);
	return tokens_text(set);
}

static Text question_of(Test *t, Text question)
{
	TokenSet *set = tokens_new(t->arena);
	tokens_add_question(set, question);
	return tokens_text(set);
}

static bool has_token(Text tokens, Text wanted)
{
	Text piece;
	while (text_next(&tokens, ' ', &piece))
		if (text_is(piece, wanted)) return true;
	return false;
}

/* What search promises: every token of the question is among the tokens of the text. */
static bool finds(Test *t, Text text, Text question)
{
	Text asked = question_of(t, question), stored = tokens_of(t, text), piece;
	if (!asked.length) return false;
	while (text_next(&asked, ' ', &piece))
		if (!has_token(stored, piece)) return false;
	return true;
}

TEST(tokens__chinese_gives_characters_and_pairs_and_is_asked_by_pairs)
{
	CHECK_TEXT(tokens_of(t, TEXT("支付宝")), "支 付 支付 宝 付宝");
	CHECK_TEXT(question_of(t, TEXT("支付宝")), "支付 付宝");
	CHECK_TEXT(question_of(t, TEXT("付")), "付");
	CHECK(finds(t, TEXT("某APP存在越权漏洞，可查看他人订单"), TEXT("越权")) && finds(t, TEXT("某APP存在越权漏洞"), TEXT("app 漏")));
	CHECK(!finds(t, TEXT("越来越有权"), TEXT("越权")));
}

TEST(tokens__width_case_accents_and_traditional_characters_make_no_difference)
{
	CHECK_TEXT(question_of(t, TEXT("ＷｅｂＶｉｅｗ")), "webview");
	CHECK_TEXT(question_of(t, TEXT("Café ﬁle Straße")), "cafe file strasse");
	CHECK(finds(t, TEXT("微信小程序信息洩露，資料庫"), TEXT("信息泄露")) && finds(t, TEXT("数据库"), TEXT("數據庫")));
	CHECK(finds(t, TEXT("ＣＶＥ－２０２３－００１"), TEXT("cve-2023-001")));
	CHECK(finds(t, TEXT("e\xCC\x81t\xC3\xA9"), TEXT("\xC3\xA9te\xCC\x81")));
}

TEST(tokens__identifiers_are_found_whole_and_in_every_part)
{
	Text text = TEXT("see CVE-2023-12345, com.tencent.mm.plugin 8.0.33");
	Text found[] = { TEXT("CVE-2023-12345"), TEXT("CVE-2023-"), TEXT("cve-2023"), TEXT("2023-12345"), TEXT("12345"),
		TEXT("com.tencent.mm"), TEXT("tencent.mm"), TEXT("com.tencent.mm.plugin"), TEXT("tencent"), TEXT("8.0.33"), TEXT("8.0"),
		TEXT("8.0."), TEXT("-cve-2023-12345-") };
	for (size_t i = 0; i < COUNT(found); i++)
		if (!finds(t, text, found[i])) test_fail(__FILE__, __LINE__, "%.*s is not found", TEXT_ARGS(found[i]));
	Text absent[] = { TEXT("CVE-2023-1234"), TEXT("CVE-2023-8"), TEXT("com.mm"), TEXT("8.33"), TEXT("com_tencent") };
	for (size_t i = 0; i < COUNT(absent); i++)
		if (finds(t, text, absent[i])) test_fail(__FILE__, __LINE__, "%.*s is found", TEXT_ARGS(absent[i]));
}

TEST(tokens__hyphenated_words_are_words_and_camel_case_has_parts)
{
	CHECK_TEXT(tokens_of(t, TEXT("Use-After-Free")), "use after free");
	CHECK_TEXT(tokens_of(t, TEXT("WebView")), "webview web view");
	CHECK(finds(t, TEXT("setJavaScriptEnabled"), TEXT("script")) &&
		finds(t, TEXT("setJavaScriptEnabled"), TEXT("SETJAVASCRIPTENABLED")));
	CHECK(finds(t, TEXT("a use after free in x"), TEXT("use-after-free")));
}

TEST(tokens__none_twice_and_none_that_the_databases_could_misread)
{
	CHECK_TEXT(tokens_of(t, TEXT("a a A ａ")), "a");
	Text tokens = tokens_of(t, TEXT("level:high \"x\" 'y' (z) a\\b & | ! * %_% <b>; \x01 \xFF\xE6 end"));
	for (size_t i = 0; i < tokens.length; i++) {
		unsigned char c = (unsigned char)tokens.at[i];
		CHECK(c >= 0x80 || c == ' ' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_');
	}
	CHECK(text_is_utf8(tokens) && has_token(tokens, TEXT("end")));
	CHECK_TEXT(question_of(t, TEXT(" -_.:*\"' ")), "");
}

TEST(tokens__filters_cannot_be_forged_by_text)
{
	TokenSet *set = tokens_new(t->arena);
	tokens_add_filter(set, "vendor", TEXT("Tencent Music (深圳)"));
	tokens_add_filter(set, "vendor", TEXT("***"));
	CHECK_TEXT(tokens_text(set), "vendor:tencent-music-深圳");
	CHECK(!has_token(tokens_of(t, TEXT("vendor:tencent")), TEXT("vendor:tencent")));
}

TEST(tokens__long_words_are_cut_alike_in_text_and_question)
{
	Buffer word = { .arena = t->arena };
	for (int i = 0; i < 5000; i++) buffer_put(&word, i % 3 ? TEXT("a") : TEXT("é漏x"));
	CHECK(finds(t, buffer_text(&word), buffer_text(&word)));
	Buffer chain = { .arena = t->arena };
	for (int i = 0; i < 500; i++) buffer_printf(&chain, "p%d.", i);
	CHECK(finds(t, buffer_text(&chain), TEXT("p7.p8")) && finds(t, buffer_text(&chain), TEXT("p0.p1.p2")));
	CHECK(finds(t, buffer_text(&chain), buffer_text(&chain)));
}

TEST(tokens__a_set_is_bounded_and_forgets)
{
	TokenSet *set = tokens_new(t->arena);
	for (int i = 0; i < TOKENS_PER_SET_MAX + 10; i++) tokens_add_text(set, arena_printf(t->arena, "w%d", i));
	CHECK_INT(tokens_count(set), TOKENS_PER_SET_MAX);
	tokens_clear(set);
	tokens_add_text(set, TEXT("fresh"));
	CHECK_TEXT(tokens_text(set), "fresh");
}
