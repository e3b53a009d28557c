/* The signature against the published example of Standard Webhooks, and which addresses are ones. */
#include "base/crypto/crypto.h"
#include "face/outbox/webhook.h"
#include "harness/test.h"

TEST(webhook__is_signed_as_the_standard_says)
{
	Text secret;
	CHECK(base64_parse(t->arena, TEXT("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), &secret));
	Webhook webhook = {
		.secret = secret, .id = TEXT("msg_p5jXN8AQM9LWM0D4loKWxJek"), .at = 1614265330000, .body = TEXT("{\"test\": 2432232314}")
	};
	CHECK_TEXT(webhook_signature(t->arena, &webhook), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	CHECK_TEXT(webhook_secret_text(t->arena, secret), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
	webhook.body = TEXT("{\"test\": 2432232315}");
	CHECK(!text_is(webhook_signature(t->arena, &webhook), TEXT("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
}

TEST(webhook__addresses_are_https_and_nothing_else)
{
	static const char *const good[] = { "https://hooks.example.cn/in", "https://hooks.example.cn:8443/in?x=1",
		"https://hooks.example.cn" };
	static const char *const bad[] = { "", "http://hooks.example.cn/in", "hooks.example.cn", "https://",
		"https://user@hooks.example.cn/in", "https://user:word@hooks.example.cn/in", "https://hooks.example.cn/in#part",
		"https://[::1]/in", "file:///etc/passwd", "gopher://hooks.example.cn", "https://hooks.example.cn/\r\nX-Injected: 1",
		"https://hooks.example.cn/a b", "https://hooks.example.cn:0/" };
	for (size_t i = 0; i < COUNT(good); i++)
		if (!webhook_address_is(t->arena, text_from(good[i]))) test_fail(__FILE__, __LINE__, "%s is refused", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (webhook_address_is(t->arena, text_from(bad[i]))) test_fail(__FILE__, __LINE__, "%s is accepted", bad[i]);
}

TEST(webhook__pauses_grow_from_half_a_minute_to_a_day_and_end)
{
	int64_t before = 0, pause;
	CHECK_INT(webhook_pause_seconds(1), 30);
	for (int64_t attempt = 1; (pause = webhook_pause_seconds(attempt)) > 0; before = pause) CHECK(++attempt < 20 && pause >= before);
	CHECK_INT(before, 86400);
}

/* 30 s, 2 min, 10 min, 1 h, 4 h, 12 h, 24 h, 24 h, then no more: what docs and the account page promise. */
TEST(webhook__retries_are_those_of_the_table)
{
	static const int64_t table[] = { 30, 120, 600, 3600, 14400, 43200, 86400, 86400, 0, 0 };
	for (size_t i = 0; i < COUNT(table); i++) CHECK_INT(webhook_pause_seconds((int64_t)i + 1), table[i]);
	CHECK_INT(webhook_pause_seconds(0), 0);
}
