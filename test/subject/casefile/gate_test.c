/* The publication gate cannot be passed in any wrong way: each is a test of its own, by the operations people use. */
#include "subject/casefile/gate_fixture.h"

TEST_DB(gate__opens_when_nothing_is_missing)
{
	Gate gate = gate_new(t, "READY");
	CHECK_OK(t->call, gate_publish(&gate));
	gate_stands(&gate, "PUBLISHED");
}

/* ---- 1. The provider's measure */
static const char NO_MEASURE[] = "The provider's repair measure is missing.";

TEST_DB(gate__without_the_providers_measure_nobody_asks)
{
	Gate gate = gate_new(t, "COORDINATING");
	gate_lose_measure(&gate);
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__a_mitigation_of_the_library_is_no_measure_of_the_provider)
{
	Gate gate = gate_new(t, "COORDINATING");
	gate_lose_measure(&gate);
	CHECK_OK(t->call, gate_describe(&gate, "solution_zh", "关闭导出功能。"));
	Casefile casefile;
	gate_open_casefile(&gate, &casefile);
	CHECK(casefile.facts->has_mitigation && !casefile.facts->has_fix);
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__a_measure_taken_back_closes_it_again)
{
	Gate gate = gate_new(t, "READY");
	CHECK_OK(t->call, gate_act(&gate, gate.cast.publisher, "return", VALUES(gate.scene, "reason", "The fix does not work.")));
	gate_lose_measure(&gate);
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__a_fixed_version_in_the_public_text_is_no_measure_either)
{
	Gate gate = gate_new(t, "ACCEPTED");
	scene_tell_vendor(gate.scene, &gate.cast);
	CHECK_OK(t->call, gate_describe(&gate, "fixed_version", "9.9"));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
	scene_repair(gate.scene, &gate.cast);
	CHECK_OK(t->call, gate_ask(&gate));
}

TEST_DB(gate__a_vendor_out_of_reach_made_no_measure)
{
	Gate gate = gate_new(t, "ACCEPTED");
	Casefile casefile;
	PartyLines parties;
	gate_open_casefile(&gate, &casefile);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "coordinate", NULL), INVALID); /* nobody is named */
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "party", VALUES(gate.scene, "name", "无主公司", "product", "旧应用")));
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "coordinate", NULL));
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	gate_refused(&gate, gate_ask(&gate), "The evidence that the vendor was notified is missing.");
	CHECK_OK(t->call, party_list(t->call, casefile.id, 0, 10, &parties));
	scene_as(gate.scene, gate.cast.coordinator);
	CHECK_OK(t->call, party_act(t->call, parties.at[0].ref, TEXT("orphan"), 0, VALUES(gate.scene, "reason", "Dissolved.")));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE); /* the early release is the way on */
}

/* ---- 1b. Early release: every step, in its order, by two people who are not its parties */
static Error consult(Gate *gate, const char *ground)
{
	return gate_act(gate, gate->cast.coordinator, "early-consult",
		VALUES(gate->scene, "ground", ground, "record", "Called on three days.", "need", "It is exploited."));
}
static Error report_to_ministries(Gate *gate)
{
	return gate_act(gate, gate->cast.coordinator, "early-report",
		VALUES(gate->scene, "miit", "文1", "miit_on", "2026-03-01", "mps", "文2", "mps_on", "2026-03-01"));
}
static Error assess(Gate *gate, const char *verdict)
{
	return gate_act(gate, gate->cast.coordinator, "early-assess",
		VALUES(gate->scene, "verdict", verdict, "document", "文3", "dated", "2026-03-02"));
}
static Error approve_early(Gate *gate, const Actor *actor)
{
	return gate_act(gate, actor, "early-approve", VALUES(gate->scene, "document_read", "yes"));
}

static Gate early(Test *t)
{
	Gate gate = gate_new(t, "COORDINATING");
	gate_lose_measure(&gate);
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	return gate;
}

TEST_DB(gate__early_release_opens_with_all_its_steps)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "permitted"));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.coordinator));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.second_coordinator));
	CHECK_OK(t->call, gate_ask(&gate));
	CHECK_OK(t->call, gate_publish(&gate));
	gate_stands(&gate, "PUBLISHED");
}

TEST_DB(gate__early_release_without_consultation_has_no_reports)
{
	Gate gate = early(t);
	gate_refused(&gate, report_to_ministries(&gate), "The consultation with the provider is missing.");
}

TEST_DB(gate__early_release_without_reports_has_no_assessment)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	gate_refused(&gate, assess(&gate, "permitted"), "The reports to the two ministries are missing.");
}

TEST_DB(gate__early_release_reported_to_one_ministry_only_is_not_reported)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_ERROR(t->call,
		gate_act(&gate, gate.cast.coordinator, "early-report", VALUES(gate.scene, "miit", "文1", "miit_on", "2026-03-01")),
		INVALID);
	gate_refused(&gate, assess(&gate, "permitted"), "The reports to the two ministries are missing.");
}

TEST_DB(gate__early_release_without_assessment_is_not_approved)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	gate_refused(&gate, approve_early(&gate, gate.cast.coordinator), "The assessment of the two ministries is missing.");
}

TEST_DB(gate__early_release_that_the_ministries_refused_is_not_approved)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "refused"));
	gate_refused(&gate, approve_early(&gate, gate.cast.coordinator), "The two ministries did not permit it.");
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__early_release_with_one_approval_is_not_enough)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "permitted"));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.coordinator));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__early_release_is_not_approved_twice_by_one_person)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "permitted"));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.coordinator));
	CHECK_ERROR(t->call, approve_early(&gate, gate.cast.coordinator), FORBIDDEN);
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__early_release_is_not_approved_by_its_verifier_as_coordinator)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "permitted"));
	Actor promoted = *gate.cast.verifier;
	promoted.roles |= ROLE_COORDINATOR;
	CHECK_ERROR(t->call, approve_early(&gate, &promoted), FORBIDDEN);
}

TEST_DB(gate__early_release_on_silence_needs_45_days_of_it)
{
	Gate gate = early(t);
	CHECK_ERROR(t->call, consult(&gate, "silence"), INVALID);
	gate_refused(&gate, report_to_ministries(&gate), "The consultation with the provider is missing.");
}

TEST_DB(gate__a_new_consultation_takes_the_old_approvals_away)
{
	Gate gate = early(t);
	CHECK_OK(t->call, consult(&gate, "consulted"));
	CHECK_OK(t->call, report_to_ministries(&gate));
	CHECK_OK(t->call, assess(&gate, "permitted"));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.coordinator));
	CHECK_OK(t->call, approve_early(&gate, gate.cast.second_coordinator));
	CHECK_OK(t->call, consult(&gate, "consulted"));
	gate_refused(&gate, gate_ask(&gate), NO_MEASURE);
}

TEST_DB(gate__early_release_does_not_publish_without_measures_for_users)
{
	Gate gate = early(t);
	CHECK_ERROR(t->call, gate_describe(&gate, "solution_zh", ""), INVALID);
	CasefileFacts facts = { .has_notice = true,
		.has_public_text = true,
		.is_consulted = true,
		.is_reported = true,
		.is_assessed = true,
		.is_permitted = true,
		.early_first_id = 1,
		.early_second_id = 2 };
	CHECK_TEXT(text_from(gate_lets_publish(&facts, &actor_system)), "The measures for users are missing.");
}

/* ---- 2. Servers in use, incident type */
TEST_DB(gate__an_incident_is_never_published_though_everything_is_there)
{
	Gate gate = { .t = t, .scene = scene_new(t) };
	gate.cast = scene_cast(gate.scene);
	scene_open_casefile(gate.scene, &gate.cast, true);
	scene_bring_to(gate.scene, &gate.cast, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	gate_refused(&gate, gate_ask(&gate), "A vulnerability of the incident type is never published.");
}

TEST_DB(gate__an_incident_is_not_published_by_early_release)
{
	Gate gate = { .t = t, .scene = scene_new(t) };
	gate.cast = scene_cast(gate.scene);
	scene_open_casefile(gate.scene, &gate.cast, true);
	scene_bring_to(gate.scene, &gate.cast, "COORDINATING");
	gate_refused(&gate, consult(&gate, "consulted"), "A vulnerability of the incident type is never published.");
}

static Gate server_found(Test *t)
{
	Gate gate = { .t = t, .scene = scene_new(t) };
	gate.cast = scene_cast(gate.scene);
	scene_open_casefile(gate.scene, &gate.cast, false);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.verifier, "undertake", VALUES(gate.scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, gate_act(&gate, gate.cast.verifier, "confirm",
				  VALUES(gate.scene, "evidence", "Seen", "class", "sql-injection", "gbt30279", scene_vector, "cvss",
					  scene_cvss, "part", "server")));
	scene_second(gate.scene, &gate.cast);
	scene_bring_to(gate.scene, &gate.cast, "RATED");
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "accept", NULL));
	scene_tell_vendor(gate.scene, &gate.cast);
	scene_repair(gate.scene, &gate.cast);
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	return gate;
}

TEST_DB(gate__a_server_in_use_is_never_published_whatever_kind_the_reporter_chose)
{
	Gate gate = server_found(t);
	gate_refused(&gate, gate_ask(&gate), "Details of a server in use are never published.");
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "keep", NULL));
}

TEST_DB(gate__the_public_text_does_not_name_the_server)
{
	Gate gate = { .t = t, .scene = scene_new(t) };
	gate.cast = scene_cast(gate.scene);
	Map *values = scene_values(gate.scene);
	form_set(t->arena, values, TEXT("part"), TEXT("server"));
	form_set(t->arena, values, TEXT("host"), TEXT("https://api.wallet.example.cn/v2"));
	scene_as(gate.scene, gate.cast.reporter);
	gate.cast.report = scene_report(gate.scene, values);
	scene_as(gate.scene, gate.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(gate.scene, gate.cast.report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(gate.scene, gate.cast.report, "attach", VALUES(gate.scene, "verifier", "vera")));
	Casefiles casefiles;
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &casefiles));
	gate.cast.casefile = casefiles.at[0].ref;
	scene_bring_to(gate.scene, &gate.cast, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, "description_zh", "接口 API.Wallet.example.cn 未过滤输入。"));
	gate_refused(&gate, gate_ask(&gate), "The public text names a server in use. It has to be taken out.");
}

TEST_DB(gate__the_public_text_holds_no_network_address)
{
	Gate gate = gate_new(t, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, "description_zh", "服务器 203.0.113.7 未过滤输入。"));
	gate_refused(&gate, gate_ask(&gate), "The public text names a server in use. It has to be taken out.");
}

/* ---- 3. No exploit and no tool, however it is dressed */
static const char CODE[] = "The public text contains code. It has to be taken out.";
static const char COMMAND[] = "The public text contains a command or request. It has to be taken out.";
static const char TOOL[] = "The public text names a tool or a place of exploits. It has to be taken out.";

static void text_is_refused(Test *t, const char *field, const char *value, const char *why)
{
	Gate gate = gate_new(t, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, field, value));
	gate_refused(&gate, gate_ask(&gate), why);
}

TEST_DB(gate__code_fence_in_the_description) { text_is_refused(t, "description_zh", "说明：\n```\nx = 1\n```", CODE); }
TEST_DB(gate__query_of_an_injection_in_the_english_text) { text_is_refused(t, "description_en", "Send UNION   SELECT 1", CODE); }
TEST_DB(gate__command_in_the_solution) { text_is_refused(t, "solution_en", "Run adb shell pm list", COMMAND); }
TEST_DB(gate__command_in_full_width_letters) { text_is_refused(t, "description_zh", "执行ａｄｂ　ｓｈｅｌｌ即可", COMMAND); }
TEST_DB(gate__tool_with_invisible_signs_inside) { text_is_refused(t, "description_zh", "使用 sql\xE2\x80\x8Bmap 可复现", TOOL); }
TEST_DB(gate__reference_to_a_place_of_exploits) { text_is_refused(t, "reference", "https://www.exploit-db.com/exploits/1", TOOL); }
TEST_DB(gate__reference_to_a_proof_of_concept) { text_is_refused(t, "reference", "https://code.example/u/wallet-PoC", TOOL); }
TEST_DB(gate__code_in_the_name_of_the_finder) { text_is_refused(t, "finder", "<SCRIPT>alert(1)</SCRIPT>", CODE); }
TEST_DB(gate__code_in_the_statement_of_existence) { text_is_refused(t, "existence_zh", "eval(atob(x))", CODE); }

static const char PERSONAL[] = "The public text contains personal data or a secret. It has to be taken out.";
TEST_DB(gate__identity_number_in_the_description) { text_is_refused(t, "description_zh", "样例用户 11010519491231002X 的订单", PERSONAL); }
TEST_DB(gate__mobile_number_in_the_description) { text_is_refused(t, "description_en", "The order of +86 138-0013-8000 opens", PERSONAL); }
TEST_DB(gate__password_in_the_solution) { text_is_refused(t, "solution_en", "Change password=Tr0ub4dor at once", PERSONAL); }

TEST(gate__ordinary_words_are_no_exploit)
{
	Map *values = map_new(t->arena);
	Texts none = { 0 };
	const char *texts[] = { "1.2.3.4", "An attacker can exploit this. The epoch pocket version is safe.",
		"Version 10.20.30 and 1.2.3.4444", "组件导出导致越权", "Write to security@vendor.example or call 010-12345678." };
	for (size_t i = 0; i < COUNT(texts); i++) {
		form_set(t->arena, values, TEXT("versions"), text_from(texts[i]));
		form_set(t->arena, values, TEXT("description_zh"), i ? text_from(texts[i]) : TEXT(""));
		CHECK(public_text_fault(t->arena, values, &none) == NULL);
	}
}

TEST_DB(gate__the_publisher_confirms_both_or_nothing_happens)
{
	Gate gate = gate_new(t, "READY");
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.publisher, "publish", VALUES(gate.scene, "no_exploit", "yes")), INVALID);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.publisher, "publish", VALUES(gate.scene, "no_running_system", "yes")), INVALID);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.publisher, "approve", NULL), INVALID);
	gate_stands(&gate, "READY");
}

/* ---- 4. Text and measures */
TEST_DB(gate__without_public_text_nobody_asks)
{
	Gate gate = { .t = t, .scene = scene_new(t) };
	gate.cast = scene_cast(gate.scene);
	scene_open_casefile(gate.scene, &gate.cast, false);
	CasefileFacts facts = { .has_notice = true, .has_fix = true, .has_mitigation = true };
	CHECK_TEXT(text_from(gate_lets_ask(&facts, gate.cast.coordinator)), "The public title and description are missing.");
	facts.has_public_text = true;
	facts.has_mitigation = false;
	CHECK_TEXT(text_from(gate_lets_ask(&facts, gate.cast.coordinator)), "The measures for users are missing.");
	facts.has_mitigation = true;
	facts.has_notice = false;
	CHECK_TEXT(text_from(gate_lets_ask(&facts, gate.cast.coordinator)), "The evidence that the vendor was notified is missing.");
}

/* ---- 5. Periods of major events */
static const char FROZEN[] = "A period of a major event runs, and the consent is missing.";

TEST_DB(gate__nothing_is_published_in_a_period_of_a_major_event)
{
	Gate gate = gate_new(t, "READY");
	gate_freeze(&gate, t->call->now - DAY, t->call->now + DAY);
	gate_refused(&gate, gate_publish(&gate), FROZEN);
	gate_stands(&gate, "READY");
}

TEST_DB(gate__consent_opens_it_for_that_period_only)
{
	Gate gate = gate_new(t, "READY");
	gate_freeze(&gate, t->call->now - DAY, t->call->now + DAY);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "consent",
				  VALUES(gate.scene, "authority", "公安部", "document", "文9", "dated", "2026-03-01")));
	gate_freeze(&gate, t->call->now, t->call->now + 2 * DAY);
	gate_refused(&gate, gate_publish(&gate), FROZEN);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "consent",
				  VALUES(gate.scene, "authority", "公安部", "document", "文10", "dated", "2026-03-01")));
	CHECK_OK(t->call, gate_publish(&gate));
}

TEST_DB(gate__consent_to_another_casefile_opens_nothing)
{
	Gate gate = gate_new(t, "READY");
	gate_freeze(&gate, t->call->now - DAY, t->call->now + DAY);
	Gate other = gate;
	scene_open_casefile(gate.scene, &other.cast, false);
	scene_bring_to(gate.scene, &other.cast, "READY");
	CHECK_OK(t->call, gate_act(&other, other.cast.coordinator, "consent",
				  VALUES(gate.scene, "authority", "公安部", "document", "文9", "dated", "2026-03-01")));
	gate_refused(&gate, gate_publish(&gate), FROZEN);
}

TEST_DB(gate__a_clock_set_forth_or_back_does_not_leave_the_period)
{
	Gate gate = gate_new(t, "READY");
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_freeze(&gate, now - DAY, now + DAY);
	const int64_t jumps[] = { 10 * YEAR, -10 * YEAR, 2 * DAY, -2 * DAY };
	for (size_t i = 0; i < COUNT(jumps); i++) {
		t->call->now = now + jumps[i];
		gate_refused(&gate, gate_publish(&gate), FROZEN);
	}
}

TEST_DB(gate__only_coordinators_enter_and_end_periods)
{
	Gate gate = gate_new(t, "READY");
	Freeze period = { .name = TEXT("a"), .basis = TEXT("b"), .from_at = 1, .until_at = 2 };
	scene_as(gate.scene, gate.cast.publisher);
	CHECK_ERROR(t->call, freeze_add(t->call, &period), FORBIDDEN);
	gate_freeze(&gate, t->call->now - DAY, t->call->now + DAY);
	Freezes list;
	CHECK_OK(t->call, freeze_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 1);
	scene_as(gate.scene, gate.cast.publisher);
	CHECK_ERROR(t->call, freeze_end(t->call, list.at[0].ref), FORBIDDEN);
	scene_as(gate.scene, gate.cast.coordinator);
	CHECK_OK(t->call, freeze_end(t->call, list.at[0].ref));
	CHECK_ERROR(t->call, freeze_end(t->call, list.at[0].ref), NOT_FOUND);
	CHECK_OK(t->call, gate_publish(&gate));
}

/* ---- 7. Four eyes, also when roles change */
TEST_DB(gate__who_asked_does_not_publish_after_a_change_of_role)
{
	Gate gate = gate_new(t, "READY");
	Actor promoted = *gate.cast.coordinator;
	promoted.roles |= ROLE_PUBLISHER;
	CHECK_ERROR(t->call, gate_act(&gate, &promoted, "publish", gate_confirmed(&gate)), FORBIDDEN);
	CHECK_ERROR(t->call, gate_act(&gate, &promoted, "approve", gate_confirmed(&gate)), FORBIDDEN);
}

TEST_DB(gate__neither_verifier_publishes_after_a_change_of_role)
{
	Gate gate = gate_new(t, "READY");
	const Actor *verifiers[] = { gate.cast.verifier, gate.cast.second_verifier };
	for (size_t i = 0; i < COUNT(verifiers); i++) {
		Actor promoted = *verifiers[i];
		promoted.roles |= ROLE_PUBLISHER;
		CHECK_ERROR(t->call, gate_act(&gate, &promoted, "publish", gate_confirmed(&gate)), FORBIDDEN);
	}
}

TEST_DB(gate__a_verifier_of_an_earlier_round_does_not_publish_either)
{
	Gate gate = gate_new(t, "RATED");
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "return", VALUES(gate.scene, "reason", "Unclear")));
	const Actor *third = scene_person(gate.scene, "vivian", ROLE_VERIFIER);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "assign", VALUES(gate.scene, "verifier", "vivian")));
	gate.cast.verifier = third;
	scene_bring_to(gate.scene, &gate.cast, "READY");
	Casefile casefile;
	gate_open_casefile(&gate, &casefile);
	CHECK_INT(casefile.facts->verified_by_id, third->person_id);
	Actor first = { .person_id = casefile.facts->verifier_ids[0], .roles = ROLE_PUBLISHER, .second_factor = true, .scopes = ~0U };
	CHECK(first.person_id != third->person_id);
	CHECK_ERROR(t->call, gate_act(&gate, &first, "publish", gate_confirmed(&gate)), FORBIDDEN);
}

TEST_DB(gate__the_reporter_does_not_publish_after_a_change_of_role)
{
	Gate gate = gate_new(t, "READY");
	Actor promoted = *gate.cast.reporter;
	promoted.roles |= ROLE_PUBLISHER;
	CHECK_ERROR(t->call, gate_act(&gate, &promoted, "publish", gate_confirmed(&gate)), FORBIDDEN);
}

TEST_DB(gate__a_verifier_does_not_ask_for_publication_after_a_change_of_role)
{
	Gate gate = gate_new(t, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	Actor promoted = *gate.cast.verifier;
	promoted.roles |= ROLE_COORDINATOR;
	CHECK_ERROR(t->call, gate_act(&gate, &promoted, "request", NULL), FORBIDDEN);
}

TEST_DB(gate__without_second_factor_nobody_publishes)
{
	Gate gate = gate_new(t, "READY");
	Actor weak = *gate.cast.publisher;
	weak.second_factor = false;
	CHECK_ERROR(t->call, gate_act(&gate, &weak, "publish", gate_confirmed(&gate)), NOT_FOUND);
	Actor mixed = *gate.cast.publisher;
	mixed.roles |= ROLE_SYSTEM_ADMIN;
	CHECK_ERROR(t->call, gate_act(&gate, &mixed, "publish", gate_confirmed(&gate)), NOT_FOUND);
}

TEST_DB(gate__nobody_jumps_over_the_request)
{
	Gate gate = gate_new(t, "COORDINATING");
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	CHECK_ERROR(t->call, gate_publish(&gate), NOT_FOUND);
	Actor both = *gate.cast.second_coordinator;
	both.roles |= ROLE_PUBLISHER;
	CHECK_ERROR(t->call, gate_act(&gate, &both, "publish", gate_confirmed(&gate)), CONFLICT);
}

TEST_DB(gate__only_the_system_carries_an_approval_out)
{
	Gate gate = gate_new(t, "READY");
	CHECK_OK(t->call, gate_approve(&gate));
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.publisher, "release", NULL), FORBIDDEN);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "release", NULL), FORBIDDEN);
	gate_stands(&gate, "READY");
}
