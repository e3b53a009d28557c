#include "engine/masking/corpus.h"
#include "harness/test.h"

static Text masked(Test *t, const char *text)
{
	MaskSpans spans = masking_find(t->arena, text_from(text));
	return masking_apply(t->arena, text_from(text), &spans);
}

TEST(masking__finds_what_is_personal_and_leaves_what_is_not)
{
	MaskScore score = { 0 };
	int64_t right = 0, extra = 0, missed = 0;
	for (uint32_t seed = 0; seed < 300; seed++) {
		MaskSample sample = mask_sample(t->arena, seed);
		mask_score(t->arena, &sample, &score);
	}
	for (int kind = 0; kind < MASK_KINDS; kind++) {
		CHECK(score.right[kind] > 100);
		right += score.right[kind];
		extra += score.extra[kind];
		missed += score.missed[kind];
	}
	CHECK(extra * 200 <= right && missed * 200 <= right);
}

TEST(masking__a_wrong_check_digit_is_another_number)
{
	CHECK_TEXT(masked(t, "11010519491231002X"), "██████"); /* the example of GB 11643 */
	CHECK_TEXT(masked(t, "11010519491231002x。"), "██████。");
	CHECK_TEXT(masked(t, "110105194912310021"), "110105194912310021");
	CHECK_TEXT(masked(t, "110105 19491231 002X"), "██████");
	CHECK_TEXT(masked(t, "11010519490231002X"), "11010519490231002X"); /* 31 February */
	CHECK_TEXT(masked(t, "A11010519491231002X"), "A11010519491231002X"); /* a piece of something longer */
	CHECK_TEXT(masked(t, "4111 1111 1111 1111"), "██████");
	CHECK_TEXT(masked(t, "4111 1111 1111 1112"), "4111 1111 1111 1112");
}

TEST(masking__numbers_that_stand_beside_one_another_are_told_apart)
{
	CHECK_TEXT(masked(t, "13812345678 11010519491231002X"), "██████ ██████");
	CHECK_TEXT(masked(t, "2026-03-05 13812345678"), "2026-03-05 ██████");
	CHECK_TEXT(masked(t, "13812345678,13912345678"), "██████,██████");
	CHECK_TEXT(masked(t, "(010) 62345678"), "(██████");
}

TEST(masking__a_pasted_session_is_found_in_every_form)
{
	CHECK_TEXT(masked(t, "Cookie: sid=5f2c8a9b0d1e; theme=dark\nAccept: */*"), "Cookie: ██████\nAccept: */*");
	CHECK_TEXT(masked(t, "COOKIE:sid=5f2c8a9b0d1e"), "COOKIE:██████");
	CHECK_TEXT(
		masked(t, "curl -H \"Authorization: Basic dXNlcjpwYXNz\" https://a.cn"), "curl -H \"Authorization: ██████\" https://a.cn");
	CHECK_TEXT(masked(t, "{\"token\": \"a1b2c3d4e5\", \"n\": 1}"), "{\"token\": \"██████\", \"n\": 1}");
	CHECK_TEXT(masked(t, "密码：Passw0rd!23"), "密码：██████");
	CHECK_TEXT(masked(t, "the token is sent with each request"), "the token is sent with each request");
	CHECK_TEXT(masked(t, "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter"), "██████\nafter");
}

TEST(masking__what_is_masked_is_found_no_more)
{
	for (uint32_t seed = 1000; seed < 1100; seed++) {
		MaskSample sample = mask_sample(t->arena, seed);
		MaskSpans spans = masking_find(t->arena, sample.text);
		MaskSpans again = masking_find(t->arena, masking_apply(t->arena, sample.text, &spans));
		CHECK_INT(again.count, 0);
	}
	CHECK_INT(masking_find(t->arena, TEXT("")).count, 0);
	CHECK_INT(masking_find(t->arena, TEXT("\xff\xfe\xe4")).count, 0);
}

TEST(masking__hidden_each_kind_keeps_what_its_owner_knows_it_by)
{
	static const struct {
		const char *text, *hidden;
	} cases[] = {
		{ "11010519491231002X", "110****002X" },
		{ "13812345678", "138****5678" },
		{ "(010) 62345678", "(****78" },
		{ "6222021234567890128", "622202****0128" },
		{ "4111 1111 1111 1111", "4111 1****1111" },
		{ "zhang.san@example.cn", "z****@example.cn" },
		{ "护照 E12345678", "护照 E****78" },
		{ "京A12345", "京A****5" },
		{ "Cookie: sid=5f2c8a9b0d1e", "Cookie: ****" },
		{ "password=Passw0rd!23", "password=****" },
		{ "１３８１２３４５６７８", "１３８****５６７８" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		Text text = text_from(cases[i].text);
		MaskSpans spans = masking_find(t->arena, text);
		CHECK(text_is(masking_hide(t->arena, text, &spans), text_from(cases[i].hidden)));
	}
}

TEST(masking__what_is_hidden_is_found_no_more)
{
	for (uint32_t seed = 2000; seed < 2100; seed++) {
		MaskSample sample = mask_sample(t->arena, seed);
		MaskSpans spans = masking_find(t->arena, sample.text);
		MaskSpans again = masking_find(t->arena, masking_hide(t->arena, sample.text, &spans));
		MaskSpans personal = masking_of_kinds(t->arena, &again, MASK_PERSONAL);
		CHECK_INT(personal.count, 0);
	}
}

TEST(masking__counts_read_back_as_they_were_written)
{
	MaskCounts counts = { .of = { [MASK_IDENTITY] = 1, [MASK_SECRET] = 12 } }, again;
	Text text = masking_counts_text(t->arena, &counts);
	CHECK_TEXT(text, "identity=1 secret=12");
	CHECK(masking_counts_parse(text, &again) && again.of[MASK_SECRET] == 12 && again.of[MASK_MOBILE] == 0);
	CHECK(masking_counts_parse(TEXT(""), &again) && again.of[MASK_SECRET] == 0);
	CHECK(!masking_counts_parse(TEXT("identity"), &again) && !masking_counts_parse(TEXT("face=1"), &again));
}
