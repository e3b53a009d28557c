#include "harness/test.h"
#include "people/person/rules.h"

static const char *fault(Test *t, PasswordPolicy policy, const char *password)
{
	Text own[] = { TEXT("zhanglei@example.cn"), TEXT("Lei.Zhang") };
	return password_fault(t->arena, policy, text_from(password), own, COUNT(own));
}

TEST(password__modern_asks_for_length_and_not_for_classes)
{
	CHECK(fault(t, PASSWORD_MODERN, "kelp-orbit") != NULL);
	CHECK(fault(t, PASSWORD_MODERN, "kelp orbit tunnel") == NULL);
	CHECK(fault(t, PASSWORD_MODERN, "海带轨道隧道水壶窗帘纸船") == NULL);
	char longest[202];
	for (size_t i = 0; i < sizeof(longest) - 1; i++) longest[i] = "kgtzrwmxhy"[(i * 7 + i / 10) % 10];
	longest[201] = 0;
	CHECK(fault(t, PASSWORD_MODERN, longest) != NULL);
	longest[200] = 0;
	CHECK(fault(t, PASSWORD_MODERN, longest) == NULL);
}

TEST(password__what_is_tried_first_is_refused_in_every_spelling)
{
	const char *bad[] = { "password1234", "P@ssw0rd2024!!", "123456789012", "qwertyuiop123", "1qaz2wsx3edc4rfv", "woaini5201314!",
		"aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "Admin@2026!!", "Beijing@2008!!", "correct horse battery staple", "111222333444555",
		"!QAZ@WSX#EDC4rfv" };
	for (size_t i = 0; i < COUNT(bad); i++)
		if (!fault(t, PASSWORD_MODERN, bad[i])) test_fail(__FILE__, __LINE__, "accepted: %s", bad[i]);
}

TEST(password__must_not_contain_the_login)
{
	CHECK(fault(t, PASSWORD_MODERN, "kelp ZhangLei orbit") != NULL);
	CHECK(fault(t, PASSWORD_MODERN, "kelp lei.zhang orbit") != NULL);
	CHECK(fault(t, PASSWORD_MODERN, "kelp zh-lei orbit tunnel") == NULL);
}

TEST(password__mlps3_asks_for_three_classes_and_a_change_after_90_days)
{
	int64_t day = 86400 * 1000;
	CHECK(fault(t, PASSWORD_MLPS3, "kelporbittunnel") != NULL);
	CHECK(fault(t, PASSWORD_MLPS3, "kelporbitTUNNEL") != NULL);
	CHECK(fault(t, PASSWORD_MLPS3, "kelporbitTUNNEL7") == NULL);
	CHECK(!password_is_overdue(PASSWORD_MLPS3, 0, 90 * day));
	CHECK(password_is_overdue(PASSWORD_MLPS3, 0, 90 * day + 1));
	CHECK(!password_is_overdue(PASSWORD_MODERN, 0, 900 * day));
}

TEST(handle__is_ascii_so_that_no_two_look_alike)
{
	CHECK(handle_is(TEXT("kelp_orbit-7.x")));
	CHECK(!handle_is(TEXT("ab")) && !handle_is(TEXT("7up")) && !handle_is(TEXT("кelp")) && !handle_is(TEXT("a b c")) &&
		!handle_is(TEXT("a@b.cn")) && !handle_is(TEXT("")));
}

TEST(lock__waits_longer_with_each_failure_up_to_15_minutes)
{
	CHECK_INT(lock_seconds(LOCK_ACCOUNT, 0), 0);
	CHECK_INT(lock_seconds(LOCK_ACCOUNT, 4), 0);
	CHECK_INT(lock_seconds(LOCK_ACCOUNT, 5), 2);
	for (int64_t n = 5; n < 200; n++) CHECK(lock_seconds(LOCK_ACCOUNT, n + 1) >= lock_seconds(LOCK_ACCOUNT, n));
	CHECK_INT(lock_seconds(LOCK_ACCOUNT, 200), 900);
	CHECK_INT(lock_seconds(LOCK_ADDRESS, 29), 0);
	CHECK_INT(lock_seconds(LOCK_ADDRESS, 30), 2);
}

TEST(token__a_typing_error_is_seen_without_asking_the_database)
{
	Text token = api_token_new(t->arena);
	CHECK(text_starts(token, TEXT("cappvd_")) && api_token_is(token));
	CHECK(!text_is(token, api_token_new(t->arena)));
	for (size_t i = 0; i < token.length; i++) {
		Text wrong = arena_copy(t->arena, token);
		char *at = arena_alloc(t->arena, wrong.length);
		memcpy(at, wrong.at, wrong.length);
		at[i] = at[i] == 'x' ? 'y' : 'x';
		CHECK(!api_token_is((Text) { at, wrong.length }));
	}
	CHECK(!api_token_is(text_slice(token, 0, token.length - 1)));
	CHECK(!api_token_is(TEXT("")));
}

TEST(scope__tags_and_bits_translate_both_ways)
{
	uint32_t scopes = 0;
	CHECK(scopes_parse(TEXT("report:read case:write"), &scopes));
	CHECK_INT(scopes, SCOPE_REPORT_READ | SCOPE_CASE_WRITE);
	CHECK_TEXT(scopes_text(t->arena, scopes), "report:read case:write");
	CHECK(!scopes_parse(TEXT("report:read report:*"), &scopes));
	CHECK_INT(scopes, SCOPE_REPORT_READ | SCOPE_CASE_WRITE);
}
