#include "engine/likeness/features.h"
#include "harness/test.h"

static void count(const Features *a, const Features *b, int shared[FEATURE_KINDS])
{
	memset(shared, 0, sizeof(int) * FEATURE_KINDS);
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++)
			shared[a->at[i].kind] += a->at[i].kind == b->at[k].kind && text_is(a->at[i].value, b->at[k].value);
}

static int bands(Test *t, const char *left, const char *right)
{
	Features a = { 0 }, b = { 0 };
	int shared[FEATURE_KINDS];
	features_add_text(t->arena, &a, text_from(left));
	features_add_text(t->arena, &b, text_from(right));
	count(&a, &b, shared);
	return shared[FEATURE_TEXT];
}

TEST(features__case_width_and_script_do_not_matter)
{
	Features features = { 0 };
	features_add(t->arena, &features, FEATURE_PRODUCT, TEXT("示例錢包 Ｐｒｏ"));
	features_add(t->arena, &features, FEATURE_PRODUCT, TEXT("示例钱包PRO"));
	features_add(t->arena, &features, FEATURE_PRODUCT, TEXT("示例钱包-pro"));
	features_add(t->arena, &features, FEATURE_IDENTITY, TEXT(" -- "));
	CHECK_INT(features.count, 1);
	CHECK_TEXT(features.at[0].value, "示例钱包pro");
}

TEST(features__an_address_gives_its_host_and_its_path)
{
	Features features = { 0 }, other = { 0 };
	int shared[FEATURE_KINDS];
	features_add_places(t->arena, &features, TEXT("POST https://API.example.cn/order/list?id=7 HTTP"));
	CHECK_INT(features.count, 2);
	CHECK_INT(features.at[0].kind, FEATURE_IDENTITY);
	CHECK_TEXT(features.at[1].value, "orderlist");
	features_add_places(t->arena, &other, TEXT("/order/list, com.example.PayActivity"));
	count(&features, &other, shared);
	CHECK(shared[FEATURE_PLACE] == 1 && !shared[FEATURE_IDENTITY] && other.count == 2);
}

static const char chinese[] = "导出组件 PayActivity 未校验调用方，任意应用可以传入订单号打开支付页面并读取账单。";
static const char english[] = "The exported component does not check who calls it, so any app opens the payment page and reads the bills.";

TEST(features__texts_are_alike_as_far_as_they_share_words)
{
	CHECK_INT(bands(t, chinese, chinese), 16);
	CHECK(bands(t, chinese, "导出组件 PayActivity 没有校验调用方，任意应用都可以传入订单号，打开支付页面并读取账单") >= 2);
	CHECK(bands(t, english, "The exported component does not check the caller; any app opens the payment page and reads all bills") >=
		2);
	CHECK_INT(bands(t, chinese, "登录接口未限制口令尝试次数，攻击者可以暴力破解短信验证码并登录他人账号。"), 0);
	CHECK(bands(t, english, "The login form does not limit attempts and an attacker guesses the code that was sent by message.") < 2);
	CHECK_INT(bands(t, "太短", "太短"), 0);
}

TEST(features__the_score_asks_for_more_than_the_product)
{
	int none[FEATURE_KINDS] = { 0 }, product[FEATURE_KINDS] = { [FEATURE_PRODUCT] = 1 }, place[FEATURE_KINDS] = { [FEATURE_PLACE] = 1 },
	    text[FEATURE_KINDS] = { [FEATURE_TEXT] = 6 }, chance[FEATURE_KINDS] = { [FEATURE_TEXT] = 1 },
	    all[FEATURE_KINDS] = { 1, 1, 3, 16 };
	CHECK(!features_score(none, true) && !features_score(product, false) && !features_score(chance, true));
	CHECK(features_score(product, true) > 0 && features_score(place, false) > 0 &&
		features_score(text, false) > features_score(product, true));
	CHECK(features_score(all, true) > features_score(all, false));
}
