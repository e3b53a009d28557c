#include "engine/likeness/name.h"
#include "harness/test.h"

TEST(name__what_looks_alike_has_one_skeleton)
{
	static const struct {
		const char *a, *b;
		bool alike;
	} pairs[] = { { "PayPal", "P\xD0\xB0yP\xD0\xB0l", true }, { "PayPal", "Pay Pal", true }, { "PayPal", "pay-pal", true },
		{ "PayPal", "paypa1", true }, { "ＰａｙＰａｌ", "PayPal", true }, { "示例钱包", "示例 钱包", true },
		{ "示例钱包", "示例钱包包", false }, { "PayPal", "PayBal", false } };
	for (size_t i = 0; i < COUNT(pairs); i++) {
		bool alike = text_is(name_skeleton(t->arena, text_from(pairs[i].a)), name_skeleton(t->arena, text_from(pairs[i].b)));
		if (alike != pairs[i].alike) test_fail(__FILE__, __LINE__, "%s and %s", pairs[i].a, pairs[i].b);
	}
}

TEST(name__what_nobody_sees_is_found_and_what_people_write_is_not)
{
	static const char *const hiding[] = { "a\xE2\x80\x8B",
		"\xE2\x80\xAE"
		"b",
		"\xC2\xAD",
		"\xEF\xBB\xBF"
		"a",
		"a\xE3\x85\xA4" },
				 *const plain[] = { "", "示例科技（深圳）有限公司", "Example Technology Co., Ltd. – №1", "Ünïcödé",
					 "北京“示例”·研究院" };
	for (size_t i = 0; i < COUNT(hiding); i++) CHECK(name_hides(text_from(hiding[i])));
	for (size_t i = 0; i < COUNT(plain); i++) CHECK(!name_hides(text_from(plain[i])));
}
