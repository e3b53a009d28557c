#include "harness/test.h"
#include "store/db/db.h"
#include "store/setting/setting.h"

static const Actor system_admin = { .person_id = 7, .roles = ROLE_SYSTEM_ADMIN };

static void open_settings(Test *t, const char *content)
{
	const char *path = arena_printf(t->arena, "%s/settings.conf", t->directory).at;
	FILE *file = fopen(path, "w");
	CHECK(file && fputs(content, file) >= 0 && fclose(file) == 0);
	CHECK_OK(t->call, settings_open(t->call, path, &t->house->settings));
}

TEST(setting__every_default_lies_within_its_bounds_and_has_chinese)
{
	for (SettingId id = 0; id < SETTING_COUNT; id++) {
		const Setting *setting = &setting_table[id];
		if (setting->kind == SETTING_INT) {
			int64_t value = setting_int(t->call, id);
			CHECK(value >= setting->least && value <= setting->most);
		} else
			CHECK(setting->kind == SETTING_CHOICE || (int64_t)setting_text(t->call, id).length >= setting->least);
		CHECK(!text_is(tr(LANG_ZH, setting->text), text_from(setting->text)));
	}
}

TEST_DB(setting__a_change_has_a_version_and_earlier_ones_stay)
{
	open_settings(t, "");
	t->call->actor = &system_admin;
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 5);
	CHECK_OK(t->call, setting_set(t->call, SETTING_verify_days, TEXT("7")));
	CHECK_OK(t->call, setting_set(t->call, SETTING_verify_days, TEXT("8")));
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 8);
	CHECK_INT(setting_version(t->call, SETTING_verify_days), 2);
	Text earlier;
	CHECK_OK(t->call, setting_at(t->call, SETTING_verify_days, 1, &earlier));
	CHECK_TEXT(earlier, "7");
	CHECK_OK(t->call, setting_at(t->call, SETTING_verify_days, 0, &earlier));
	CHECK_TEXT(earlier, "5");
	CHECK_ERROR(t->call, setting_at(t->call, SETTING_verify_days, 3, &earlier), NOT_FOUND);
	settings_close(&t->house->settings);
	open_settings(t, ""); /* as another node, or after a restart */
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 8);
	settings_close(&t->house->settings);
}

TEST_DB(setting__only_its_administrator_may_change_it)
{
	open_settings(t, "");
	CHECK_ERROR(t->call, setting_set(t->call, SETTING_verify_days, TEXT("7")), FORBIDDEN);
	t->call->actor = &system_admin;
	CHECK_ERROR(t->call, setting_set(t->call, SETTING_password_policy, TEXT("mlps3")), FORBIDDEN);
	CHECK_INT(setting_version(t->call, SETTING_verify_days), 0);
	settings_close(&t->house->settings);
}

TEST_DB(setting__a_value_out_of_bounds_is_refused_with_the_bounds)
{
	open_settings(t, "");
	t->call->actor = &actor_system;
	CHECK(setting_set(t->call, SETTING_verify_days, TEXT("61")) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 1);
	Text problem = problem_text(t->arena, LANG_EN, &t->call->failure.problems.at[0]);
	CHECK_TEXT(problem, "This should be a number from 1 to 60.");
	call_recover(t->call);
	CHECK_ERROR(t->call, setting_set(t->call, SETTING_password_policy, TEXT("none")), INVALID);
	CHECK_ERROR(t->call, setting_set(t->call, SETTING_verify_days, TEXT("5 ")), INVALID);
	settings_close(&t->house->settings);
}

TEST_DB(setting__the_file_fixes_a_value)
{
	open_settings(t, "# a remark\n\n verify_days = 9 \n");
	t->call->actor = &actor_system;
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 9);
	CHECK(setting_is_fixed(t->call, SETTING_verify_days));
	CHECK_ERROR(t->call, setting_set(t->call, SETTING_verify_days, TEXT("7")), CONFLICT);
	settings_close(&t->house->settings);
}

static void check_refused(Test *t, const char *content, Text says)
{
	const char *path = arena_printf(t->arena, "%s/settings.conf", t->directory).at;
	FILE *file = fopen(path, "w");
	CHECK(file && fputs(content, file) >= 0 && fclose(file) == 0);
	CHECK(settings_open(t->call, path, &t->house->settings) == ERROR_CONFIG);
	if (!text_find(t->call->failure.detail, says, NULL)) test_fail(__FILE__, __LINE__, "says %.*s", TEXT_ARGS(t->call->failure.detail));
	call_recover(t->call);
}

TEST_DB(setting__the_file_is_checked_with_line_and_nearest_name)
{
	check_refused(t, "\nverfy_days = 9\n", TEXT("settings.conf:2: no setting verfy_days; did you mean verify_days"));
	check_refused(t, "verify_days = 0\n", TEXT("settings.conf:1: verify_days should be a number from 1 to 60"));
	check_refused(t, "verify_days\n", TEXT("settings.conf:1: expected `name = value`"));
	CHECK(setting_nearest(TEXT("something else altogether")) == NULL);
}
