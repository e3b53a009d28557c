#include "engine/rating/rating.h"
#include "harness/scene.h"
#include "subject/report/certificate_private.h"
#include "subject/report/intake_private.h"

/* ---- Names of attacks, as people type them, and the leaf they belong to; written by hand */
static const struct {
	const char *typed, *attack, *class_tag;
} named[] = {
	{ "越权", "broken-access", "access-control" },
	{ "弱口令", "weak-password", "trust-management" },
	{ "组件导出", "exported-component", "access-control" },
	{ "SQL注入", "sql-injection", "sql-injection" },
	{ "sql注入漏洞", "sql-injection", "sql-injection" },
	{ "XSS", "xss", "cross-site-scripting" },
	{ "SSRF", "ssrf", "code" },
	{ "信息泄露", "information-disclosure", "information-disclosure" },
	{ "未授权访问", "unauthorized-access", "access-control" },
	{ "逻辑缺陷", "logic", "processing-logic" },
	{ "任意文件读取", "file-read", "path-traversal" },
	{ "中间人", "man-in-the-middle", "trust-management" },
	{ "硬编码", "hard-coded-key", "trust-management" },
	{ "WebView远程代码执行", "webview-code-execution", "code-injection" },
	{ "webview 远程代码执行", "webview-code-execution", "code-injection" },
	{ "拒绝服务", "denial-of-service", "resource-management" },
	{ "SQL injection", "sql-injection", "sql-injection" },
	{ "sql-injection", "sql-injection", "sql-injection" },
	{ "Cross-Site Scripting", "xss", "cross-site-scripting" },
	{ "hard coded key or password", "hard-coded-key", "trust-management" },
	{ "IDOR", "broken-access", "access-control" },
	{ "path traversal vulnerability", "path-traversal", "path-traversal" },
	{ "weak password", "weak-password", "trust-management" },
	{ "AppSecret泄露", "app-secret", "information-disclosure" },
	{ "文件上传", "file-upload", "code" },
};

TEST(attack__plain_names_lead_to_the_standards_leaf)
{
	for (size_t i = 0; i < COUNT(named); i++) {
		const char *attack = attack_of_name(text_from(named[i].typed));
		if (!attack || strcmp(attack, named[i].attack) != 0)
			test_fail(__FILE__, __LINE__, "%s is %s", named[i].typed, attack ? attack : "unknown");
		CHECK(text_is(text_from(attack_class(text_from(attack))), text_from(named[i].class_tag)));
	}
	CHECK(!attack_of_name(TEXT("")) && !attack_of_name(TEXT("漏洞")) && !attack_of_name(TEXT("something new")));
}

TEST(attack__each_has_a_class_of_the_standard_and_is_found_by_its_own_names)
{
	for (size_t i = 0; i < ATTACK_COUNT; i++) {
		const FormChoice *choice = &attack_choices[i];
		CHECK(weakness_find(text_from(attack_class(text_from(choice->value)))));
		CHECK(text_is(text_from(attack_of_name(text_from(choice->value))), text_from(choice->value)));
		CHECK(text_is(text_from(attack_of_name(text_from(choice->label))), text_from(choice->value)));
		CHECK(text_is(text_from(attack_of_name(tr(LANG_ZH, choice->label))), text_from(choice->value)));
	}
}

/* ---- Which fields a weakness asks for; written by hand */
static const struct {
	const char *attack, *shown, *hidden;
} asked[] = {
	{ "sql-injection", "request parameter raw_request injection_kind", "account component_kind path webview_setting key_kind" },
	{ "weak-password", "account login_place", "request parameter raw_request component_kind" },
	{ "exported-component", "component_kind permission", "request account storage_place" },
	{ "path-traversal", "path request parameter", "account component_kind" },
	{ "insecure-storage", "storage_place stored_data", "transport request" },
	{ "man-in-the-middle", "transport transport_hosts", "storage_place request" },
	{ "webview-code-execution", "webview_setting webview_entry deep_link", "account key_kind" },
	{ "deep-link", "deep_link", "account webview_setting" },
	{ "hard-coded-key", "key_kind key_place key_opens", "account deep_link" },
	{ "vulnerable-sdk", "sdk_name sdk_version", "account request" },
	{ "other", "", "request account sdk_name key_kind component_kind" },
};

static void check_shown(Test *t, const Map *values, const char *names, bool expected)
{
	Text rest = text_from(names), name;
	while (*names && text_next(&rest, ' ', &name)) {
		const FormItem *item = form_item(&report_form, name);
		CHECK(item);
		if (form_is_shown(item, values) != expected)
			test_fail(__FILE__, __LINE__, "%.*s with %.*s", TEXT_ARGS(name), TEXT_ARGS(form_answer(values, "attack")));
		CHECK(!form_is_required(item, values));
	}
	(void)t;
}

TEST(intake__fields_follow_the_kind_of_attack_and_none_of_them_is_required)
{
	for (size_t i = 0; i < COUNT(asked); i++) {
		Map *values = map_new(t->arena);
		form_set(t->arena, values, TEXT("attack"), text_from(asked[i].attack));
		check_shown(t, values, asked[i].shown, true);
		check_shown(t, values, asked[i].hidden, false);
	}
}

/* ---- What fills itself */
static Map *values_of(Test *t, const char *const *pairs)
{
	Map *values = map_new(t->arena);
	for (; *pairs; pairs += 2) form_put(t->arena, form_item(&report_form, text_from(pairs[0])), values, text_from(pairs[1]));
	return values;
}
#define GIVEN(...) values_of(t, (const char *const[]) { __VA_ARGS__, NULL })

TEST_DB(intake__class_and_title_follow_until_somebody_writes_them)
{
	Map *first = GIVEN("product", "示例钱包", "attack", "越权"), *second, *third;
	t->call->lang = LANG_ZH;
	CHECK_OK(t->call, intake_complete(t->call, NULL, first));
	CHECK_TEXT(form_answer(first, "attack"), "broken-access");
	CHECK_TEXT(form_answer(first, "class"), "access-control");
	CHECK(text_find(form_answer(first, "title"), TEXT("示例钱包"), NULL));
	second = form_values_copy(t->arena, &report_form, first);
	form_put(t->arena, form_item(&report_form, TEXT("attack")), second, TEXT("弱口令"));
	CHECK_OK(t->call, intake_complete(t->call, first, second));
	CHECK_TEXT(form_answer(second, "class"), "trust-management");
	CHECK(!text_is(form_answer(first, "title"), form_answer(second, "title")));
	third = form_values_copy(t->arena, &report_form, second);
	form_set(t->arena, third, TEXT("title"), TEXT("My own words"));
	form_set(t->arena, third, TEXT("product"), TEXT("Another"));
	CHECK_OK(t->call, intake_complete(t->call, second, third));
	CHECK_TEXT(form_answer(third, "title"), "My own words");
	Map *by_class = GIVEN("class", "sql-injection");
	CHECK_OK(t->call, intake_complete(t->call, NULL, by_class));
	CHECK_TEXT(form_answer(by_class, "attack"), "sql-injection");
	CHECK_TEXT(form_answer(by_class, "title"), "");
	Map *unsure = GIVEN("class", "access-control");
	CHECK_OK(t->call, intake_complete(t->call, NULL, unsure));
	CHECK_TEXT(form_answer(unsure, "attack"), "");
}

TEST_DB(intake__answered_questions_make_the_vector)
{
	Map *values =
		GIVEN("rate_by", "form", "rate_AV", "N", "rate_AC", "L", "rate_PR", "N", "rate_UI", "R", "rate_C", "L", "rate_I", "L");
	CHECK_OK(t->call, intake_complete(t->call, NULL, values));
	CHECK_TEXT(form_answer(values, "gbt30279"), "");
	form_set(t->arena, values, TEXT("rate_A"), TEXT("N"));
	CHECK_OK(t->call, intake_complete(t->call, NULL, values));
	CHECK_TEXT(form_answer(values, "gbt30279"), "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:L/I:L/A:N");
	Map *after = form_values_copy(t->arena, &report_form, values);
	const char *const rest[] = { "rate_E", "rate_RL", "rate_S" };
	for (size_t i = 0; i < COUNT(rest); i++) form_set(t->arena, after, text_from(rest[i]), TEXT("L"));
	CHECK_OK(t->call, intake_complete(t->call, values, after));
	Rating rating;
	RatingError error;
	CHECK_TEXT(form_answer(after, "gbt30279"), "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:L/I:L/A:N/E:L/RL:L/S:L");
	CHECK(rating_parse(form_answer(after, "gbt30279"), &rating, &error));
}

TEST(intake__numbers_of_other_libraries_are_checked)
{
	static const char *const good[] = { "CVE-2024-1234", "cve-2024-123456", "CNVD-2024-12345", "CNNVD-202401-123",
		"CNNVD-2026-53985539", "CVE-2024-1234, CNVD-2024-12345", "" };
	static const char *const bad[] = { "CVE-24-1234", "CVE-2024-123", "CNVD-2024-1", "2024-1234", "CVE-2024-1234x", "CVE-2024-", "none",
		"CNNVD-20240-123", "CVE20241234", "CVE-2024-12345678901" };
	for (size_t i = 0; i < COUNT(good); i++)
		if (numbers_fault(text_from(good[i]))) test_fail(__FILE__, __LINE__, "%s is refused", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (!numbers_fault(text_from(bad[i]))) test_fail(__FILE__, __LINE__, "%s is taken", bad[i]);
}

TEST_DB(intake__attack_typed_in_words_and_no_class_make_a_complete_report)
{
	Scene *scene = scene_new(t);
	Reception reception;
	Report report;
	Map *values = scene_values(scene);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	form_set(t->arena, values, TEXT("class"), TEXT(""));
	form_set(t->arena, values, TEXT("title"), TEXT(""));
	CHECK_ERROR(t->call, report_send(t->call, values, TEXT(""), &reception), INVALID);
	form_put(t->arena, form_item(&report_form, TEXT("attack")), values, TEXT("组件导出"));
	CHECK_OK(t->call, report_send(t->call, values, TEXT(""), &reception));
	CHECK_OK(t->call, report_open(t->call, reception.ref, &report));
	CHECK_TEXT(report.class_tag, "access-control");
	CHECK(text_find(report.title, TEXT("示例钱包"), NULL));
}

static void set(Test *t, SettingId id, const char *value)
{
	const Actor *actor = t->call->actor;
	if (!t->house->settings)
		CHECK_OK(t->call, settings_open(t->call, arena_printf(t->arena, "%s/settings.conf", t->directory).at, &t->house->settings));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, setting_set(t->call, id, text_from(value)));
	t->call->actor = actor;
}

/* ---- Certificates: stricter than acceptance */
static EligibilityState eligible(Scene *scene, const char *field, const char *value, int64_t reporter_id)
{
	Test *t = scene->t;
	Eligibility eligibility;
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("sent_to"), TEXT("only"));
	form_set(t->arena, values, TEXT("gbt30279"), TEXT("CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H"));
	if (field) form_set(t->arena, values, text_from(field), text_from(value));
	CHECK_OK(t->call, certificate_eligibility(t->call, values, reporter_id, TEXT(""), &eligibility));
	return eligibility.state;
}

TEST_DB(certificate__conditions_are_shown_one_by_one_and_the_worst_decides)
{
	Scene *scene = scene_new(t);
	int64_t finder = scene_person(scene, "finder", ROLE_REPORTER)->person_id;
	CHECK_INT(eligible(scene, NULL, NULL, finder), ELIGIBILITY_MET);
	CHECK_INT(eligible(scene, NULL, NULL, 0), ELIGIBILITY_MISSING);
	static const struct {
		const char *field, *value;
		EligibilityState state;
	} changes[] = { { "original", "known", ELIGIBILITY_MISSING }, { "kind", "incident", ELIGIBILITY_MISSING },
		{ "owner", "own", ELIGIBILITY_MISSING }, { "disclosed", "public", ELIGIBILITY_MISSING },
		{ "disclosed", "vendor", ELIGIBILITY_MET }, { "sent_to", "several", ELIGIBILITY_MISSING },
		{ "sent_to", "", ELIGIBILITY_OPEN }, { "gbt30279", "", ELIGIBILITY_OPEN },
		{ "gbt30279", "CNVRS:1.0/AV:P/AC:H/PR:H/UI:R/C:N/I:N/A:L", ELIGIBILITY_MISSING },
		{ "gbt30279", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:L/I:L/A:N", ELIGIBILITY_MET } };
	for (size_t i = 0; i < COUNT(changes); i++)
		if (eligible(scene, changes[i].field, changes[i].value, finder) != changes[i].state)
			test_fail(__FILE__, __LINE__, "%s %s", changes[i].field, changes[i].value);
	set(t, SETTING_certificate_level, "critical");
	CHECK_INT(eligible(scene, NULL, NULL, finder), ELIGIBILITY_MET);
	CHECK_INT(eligible(scene, "gbt30279", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:L/I:L/A:N", finder), ELIGIBILITY_MISSING);
}

TEST_DB(attachment__types_and_sizes_are_settings)
{
	Draft draft;
	Text secret;
	Attachment file;
	CHECK_OK(t->call, draft_new(t->call, &report_form, map_new(t->arena), &draft, &secret));
	AttachmentOwner owner = { "draft", draft.id, draft.seal_key };
	CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("record.MP4"), 5, &file));
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("shortcut.lnk"), 5, &file), INVALID);
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("a.png.exe"), 5, &file), INVALID);
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("big.mp4"), 201LL * 1024 * 1024, &file), INVALID);
	CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("big.mp4"), 200LL * 1024 * 1024, &file));
	set(t, SETTING_attachment_types, "");
	CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("shortcut.lnk"), 5, &file));
}
