/* The rule centre: two people change a rule, and consent belongs to a version. */
#include "harness/scene.h"
#include "people/person/person.h"
#include "store/setting/setting.h"
#include "subject/site/rule_text.h"
#include "subject/site/rules.h"

TEST_DB(rule__changes_by_two_people_and_keeps_every_version)
{
	Scene *scene = scene_new(t);
	const Actor *editor = scene_person(scene, "bian", ROLE_EDITOR), *approver = scene_person(scene, "shen", ROLE_APPROVER);
	const Actor *both = scene_person(scene, "quan", ROLE_EDITOR | ROLE_APPROVER),
		    *reporter = scene_person(scene, "finder", ROLE_REPORTER);
	RuleText text;
	RuleTexts texts;
	int64_t number = 0;
	scene_as(scene, reporter);
	CHECK_ERROR(t->call, rules_propose(t->call, RULE_TERMS, TEXT("新"), TEXT("New"), TEXT("理由")), FORBIDDEN);
	scene_as(scene, both);
	CHECK_ERROR(t->call, rules_propose(t->call, RULE_TERMS, TEXT("新"), TEXT("New"), TEXT(" ")), INVALID);
	CHECK_OK(t->call, rules_propose(t->call, RULE_TERMS, TEXT("新"), TEXT("New"), TEXT("理由")));
	CHECK_ERROR(t->call, rules_decide(t->call, RULE_TERMS, 2, true), FORBIDDEN);
	scene_as(scene, editor);
	CHECK_ERROR(t->call, rules_propose(t->call, RULE_TERMS, TEXT("又"), TEXT("Too"), TEXT("理由")), CONFLICT);
	CHECK_ERROR(t->call, rules_decide(t->call, RULE_TERMS, 2, true), FORBIDDEN);
	CHECK_ERROR(t->call, rules_find(t->call, RULE_TERMS, 2, &text), NOT_FOUND); /* a proposal is nobody's rule */
	scene_as(scene, approver);
	CHECK_OK(t->call, rules_decide(t->call, RULE_TERMS, 2, true));
	CHECK_ERROR(t->call, rules_decide(t->call, RULE_TERMS, 2, false), CONFLICT);
	CHECK_OK(t->call, rule_in_force(t->call, RULE_TERMS, &number));
	CHECK_INT(number, 2);
	CHECK_ERROR(t->call, rules_file(t->call, RULE_TERMS, 2, TEXT("tomorrow")), INVALID);
	CHECK_OK(t->call, rules_file(t->call, RULE_TERMS, 2, TEXT("2020-01-02")));
	CHECK_OK(t->call, rules_of(t->call, RULE_TERMS, false, &texts));
	CHECK_INT(texts.count, 2);
	CHECK_TEXT(texts.at[0].filed_on, "2020-01-02");
	CHECK_OK(t->call, rules_find(t->call, RULE_TERMS, 1, &text));
	CHECK(text_find(text.body[LANG_ZH], TEXT("用户"), NULL));
}

TEST_DB(rule__refused_stays_out_of_force_and_its_number_is_not_used_again)
{
	Scene *scene = scene_new(t);
	const Actor *editor = scene_person(scene, "bian", ROLE_EDITOR), *approver = scene_person(scene, "shen", ROLE_APPROVER);
	int64_t number = 0;
	RuleTexts texts;
	scene_as(scene, editor);
	CHECK_OK(t->call, rules_propose(t->call, RULE_NOTICE, TEXT("新"), TEXT("New"), TEXT("理由")));
	scene_as(scene, approver);
	CHECK_OK(t->call, rules_decide(t->call, RULE_NOTICE, 2, false));
	CHECK_OK(t->call, rule_in_force(t->call, RULE_NOTICE, &number));
	CHECK_INT(number, 1);
	scene_as(scene, editor);
	CHECK_OK(t->call, rules_propose(t->call, RULE_NOTICE, TEXT("再"), TEXT("Again"), TEXT("理由")));
	CHECK_OK(t->call, rules_of(t->call, RULE_NOTICE, true, &texts));
	CHECK_INT(texts.at[0].number, 3);
}

TEST_DB(rule__a_new_version_asks_for_consent_anew)
{
	Scene *scene = scene_new(t);
	const Actor *editor = scene_person(scene, "bian", ROLE_EDITOR), *approver = scene_person(scene, "shen", ROLE_APPROVER);
	const Actor *reporter = scene_person(scene, "finder", ROLE_REPORTER);
	bool has = false;
	scene_as(scene, reporter);
	CHECK_OK(t->call, consent_give(t->call, TEXT("privacy")));
	CHECK_OK(t->call, consent_has(t->call, reporter->person_id, TEXT("privacy"), &has));
	CHECK(has);
	scene_as(scene, editor);
	CHECK_OK(t->call, rules_propose(t->call, RULE_PRIVACY, TEXT("新"), TEXT("New"), TEXT("理由")));
	CHECK_OK(t->call, consent_has(t->call, reporter->person_id, TEXT("privacy"), &has));
	CHECK(has); /* only proposed */
	scene_as(scene, approver);
	CHECK_OK(t->call, rules_decide(t->call, RULE_PRIVACY, 2, true));
	CHECK_OK(t->call, consent_has(t->call, reporter->person_id, TEXT("privacy"), &has));
	CHECK(!has);
}

TEST(rule__texts_name_only_settings_there_are_and_show_their_values)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		for (size_t lang = 0; lang < LANG_COUNT; lang++) {
			Text text = rule_filled(t->call, text_from(rule_first_text[i][lang]));
			CHECK(text.length > 200 && !text_find(text, TEXT("{"), NULL));
		}
	CHECK_TEXT(rule_filled(t->call, TEXT("a {verify_days} {nothing} {")), "a 5 {nothing} {");
}
