/* The library of experts: who stands in it, who reads it, what ties are found. */
#include "subject/programme/expert/expert_scene.h"

typedef struct Stage {
	Scene *scene;
	const Actor *mi, *jian, *fang, *stranger;
} Stage;

static Stage stage_of(Test *t)
{
	Scene *scene = scene_new(t);
	Stage stage = { scene, scene_person(scene, "mi", ROLE_SECRETARY), scene_person(scene, "jian", ROLE_SUPERVISOR),
		scene_person(scene, "fang", ROLE_EXPERT), scene_person(scene, "lu", ROLE_COORDINATOR) };
	scene_as(scene, stage.mi);
	return stage;
}

static bool has_problem(const Call *call, const char *field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, text_from(field))) return true;
	return false;
}

#define REFUSED_AT(expression, field) \
	do { \
		call_recover(t->call); \
		CHECK((expression) == ERROR_INVALID && has_problem(t->call, field)); \
		call_recover(t->call); \
	} while (0)

TEST_DB(expert__is_invited_by_the_office_and_accepts_with_every_promise)
{
	Stage stage = stage_of(t);
	Text ref, other;
	Expert expert;
	Experts available;
	const char *code = expert_scene_code(t, 1);
	Map *values = expert_scene_values(t, "fang", "移动安全", "云岭大学", code);
	CHECK_OK(t->call, expert_invite(t->call, values, &ref));
	CHECK_OK(t->call, expert_available(t->call, &available));
	CHECK_INT(available.count, 0);
	REFUSED_AT(expert_invite(t->call, values, &other), "login");
	CHECK_ERROR(t->call, expert_act(t->call, ref, TEXT("accept"), 0, NULL), FORBIDDEN);
	scene_as(stage.scene, stage.fang);
	CHECK_ERROR(t->call, expert_act(t->call, ref, TEXT("accept"), 0, NULL), INVALID);
	CHECK_OK(t->call, expert_act(t->call, ref, TEXT("accept"), 0,
				  VALUES(stage.scene, "impartial", "yes", "confidential", "yes", "complete", "yes")));
	CHECK_OK(t->call, expert_own(t->call, &expert));
	CHECK_TEXT(expert.state, "ACTIVE");
	CHECK_OK(t->call, expert_available(t->call, &available));
	CHECK_INT(available.count, 1);
	t->call->now += (int64_t)6 * 366 * 86400000; /* its term is over */
	CHECK_OK(t->call, expert_available(t->call, &available));
	CHECK_INT(available.count, 0);
}

TEST_DB(expert__what_is_wrong_is_said_where_it_is_wrong)
{
	Stage stage = stage_of(t);
	Text ref;
	REFUSED_AT(expert_invite(t->call, expert_scene_values(t, "lu", "a", "b", expert_scene_code(t, 1)), &ref), "login");
	REFUSED_AT(expert_invite(t->call, expert_scene_values(t, "nobody", "a", "b", expert_scene_code(t, 1)), &ref), "login");
	REFUSED_AT(expert_invite(t->call, expert_scene_values(t, "fang", "a", "b", "91350100M000100Y44"), &ref), "employer_code");
	REFUSED_AT(expert_invite(t->call, expert_scene_values(t, "fang", "", "b", expert_scene_code(t, 1)), &ref), "specialties");
	expert_scene_active(t, stage.fang, "a", "b", expert_scene_code(t, 1));
	scene_as(stage.scene, stage.fang);
	REFUSED_AT(expert_relate(t->call, VALUES(stage.scene, "kind", "kin")), "organisation");
	REFUSED_AT(expert_relate(t->call, VALUES(stage.scene, "kind", "kin", "organisation", "X", "code", "1")), "code");
	REFUSED_AT(expert_relate(t->call,
			   VALUES(stage.scene, "kind", "kin", "organisation", "X", "from_on", "2024-02-01", "until_on", "2024-01-01")),
		"until_on");
}

TEST_DB(expert__is_seen_by_office_supervisor_and_itself_only)
{
	Stage stage = stage_of(t);
	Text ref = expert_scene_active(t, stage.fang, "a", "云岭大学", expert_scene_code(t, 1));
	const Actor *other = scene_person(stage.scene, "guo", ROLE_EXPERT);
	Expert expert;
	Experts experts;
	scene_as(stage.scene, stage.jian);
	CHECK_OK(t->call, expert_open(t->call, ref, &expert));
	CHECK_ERROR(t->call, expert_write(t->call, ref, 0, expert.profile), FORBIDDEN);
	CHECK_ERROR(t->call, expert_act(t->call, ref, TEXT("ban"), 0, VALUES(stage.scene, "reason", "R")), FORBIDDEN);
	const Actor *strangers[] = { stage.stranger, other };
	for (size_t i = 0; i < COUNT(strangers); i++) {
		scene_as(stage.scene, strangers[i]);
		CHECK_ERROR(t->call, expert_open(t->call, ref, &expert), NOT_FOUND);
		CHECK_OK(t->call, expert_in_state(t->call, TEXT("ACTIVE"), 0, 10, &experts));
		CHECK_INT(experts.count, 0);
	}
	CHECK_ERROR(t->call, expert_own(t->call, &expert), NOT_FOUND);
	Actor weak = *stage.fang;
	weak.second_factor = false;
	t->call->actor = &weak;
	CHECK_ERROR(t->call, expert_own(t->call, &expert), NOT_FOUND);
}

TEST_DB(expert__a_ban_is_not_lifted_by_oneself_and_two_tabs_do_not_overwrite)
{
	Stage stage = stage_of(t);
	Text ref = expert_scene_active(t, stage.fang, "a", "云岭大学", expert_scene_code(t, 1));
	Expert expert;
	Experts available;
	CHECK_OK(t->call, expert_open(t->call, ref, &expert));
	CHECK_OK(t->call, expert_write(t->call, ref, expert.revision, expert.profile));
	CHECK_ERROR(t->call, expert_write(t->call, ref, expert.revision, expert.profile), CONFLICT);
	CHECK_ERROR(t->call, expert_act(t->call, ref, TEXT("ban"), 0, NULL), INVALID);
	CHECK_OK(t->call, expert_act(t->call, ref, TEXT("ban"), 0, VALUES(stage.scene, "reason", "Leaked a score.")));
	CHECK_OK(t->call, expert_available(t->call, &available));
	CHECK_INT(available.count, 0);
	scene_as(stage.scene, stage.fang);
	CHECK_ERROR(t->call, expert_act(t->call, ref, TEXT("lift"), 0, NULL), FORBIDDEN);
	CHECK_OK(t->call, expert_own(t->call, &expert));
	CHECK_TEXT(expert.reason, "Leaked a score.");
}

TEST_DB(expert__ties_are_found_by_employer_group_relation_and_time)
{
	Stage stage = stage_of(t);
	const char *own = expert_scene_code(t, 1), *parent = expert_scene_code(t, 2), *applicant = expert_scene_code(t, 3);
	Text ref = expert_scene_active(t, stage.fang, "a", "云岭大学", own);
	Expert expert;
	ExpertParty party = { .code = text_from(applicant), .name = TEXT("岚山科技") };
	CHECK_OK(t->call, expert_open(t->call, ref, &expert));
	CHECK(!expert_tie(&expert, &party, t->call->now));
	ExpertParty same = { .code = text_from(own), .name = TEXT("另名") };
	CHECK(expert_tie(&expert, &same, t->call->now));
	form_set(t->arena, expert.profile, TEXT("parent_code"), text_from(parent));
	CHECK_OK(t->call, expert_write(t->call, ref, 0, expert.profile));
	CHECK_OK(t->call, expert_open(t->call, ref, &expert));
	CHECK_INT(expert.relations.count, 0); /* the employer stayed */
	list_add(t->arena, &party.group, text_from(parent));
	CHECK(expert_tie(&expert, &party, t->call->now));
	party.group.count = 0;
	form_set(t->arena, expert.profile, TEXT("employer_code"), text_from(applicant));
	CHECK_OK(t->call, expert_write(t->call, ref, 0, expert.profile));
	form_set(t->arena, expert.profile, TEXT("employer_code"), text_from(expert_scene_code(t, 4)));
	CHECK_OK(t->call, expert_write(t->call, ref, 0, expert.profile));
	CHECK_OK(t->call, expert_open(t->call, ref, &expert));
	CHECK_INT(expert.relations.count, 2); /* both former employers */
	CHECK(expert_tie(&expert, &party, t->call->now));
	CHECK(!expert_tie(&expert, &party, t->call->now + (int64_t)4 * 366 * 86400000));
	scene_as(stage.scene, stage.fang);
	CHECK_OK(t->call, expert_relate(t->call, VALUES(stage.scene, "kind", "kin", "organisation", "岚山科技")));
	CHECK_OK(t->call, expert_own(t->call, &expert));
	CHECK(expert_tie(&expert, &party, t->call->now + (int64_t)4 * 366 * 86400000)); /* it goes on */
	CHECK_OK(t->call, expert_relation_remove(t->call, expert.relations.at[2].ref));
	CHECK_ERROR(t->call, expert_relation_remove(t->call, expert.relations.at[2].ref), NOT_FOUND);
}

TEST(expert__its_machine_and_forms_are_whole)
{
	Text fault = workflow_fault(t->arena, &expert_machine);
	if (fault.at) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(fault));
	const Form *const forms[] = { &expert_profile_form, &expert_new_form, &expert_relation_form };
	for (size_t i = 0; i < COUNT(forms); i++) CHECK(!form_fault(t->arena, forms[i]).at);
}
