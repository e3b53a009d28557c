#include "harness/scene.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"

/* ---- Who may do what in which state, written by hand: C coordinator, V assigned verifier, W second verifier, P publisher, A the authority, S the system */
static const struct {
	const char *state, *action, *who;
} permitted[] = {
	{ "VERIFYING", "assign", "C" },
	{ "VERIFYING", "unassign", "CS" },
	{ "VERIFYING", "hand-over", "S" },
	{ "RATED", "hand-over", "S" },
	{ "RATED", "unassign", "CS" },
	{ "VERIFYING", "isolate", "C" },
	{ "RATED", "isolate", "C" },
	{ "ACCEPTED", "isolate", "C" },
	{ "COORDINATING", "isolate", "C" },
	{ "READY", "isolate", "C" },
	{ "PUBLISHED", "isolate", "C" },
	{ "INTERNAL", "isolate", "C" },
	{ "TRACKING", "isolate", "C" },
	{ "CLOSED", "isolate", "C" },
	{ "TRANSFERRED", "isolate", "C" },
	{ "ISOLATED", "wipe", "C" },
	{ "ISOLATED", "release-isolated", "C" },
	{ "ISOLATED", "release-accepted", "C" },
	{ "VERIFYING", "propose-merge", "C" },
	{ "VERIFYING", "merge", "C" },
	{ "VERIFYING", "refuse-merge", "C" },
	{ "RATED", "propose-merge", "C" },
	{ "RATED", "merge", "C" },
	{ "RATED", "refuse-merge", "C" },
	{ "ACCEPTED", "propose-merge", "C" },
	{ "ACCEPTED", "merge", "C" },
	{ "ACCEPTED", "refuse-merge", "C" },
	{ "COORDINATING", "propose-merge", "C" },
	{ "COORDINATING", "merge", "C" },
	{ "COORDINATING", "refuse-merge", "C" },
	{ "CLOSED", "propose-unmerge", "C" },
	{ "CLOSED", "unmerge", "C" },
	{ "CLOSED", "unmerge-accepted", "C" },
	{ "CLOSED", "refuse-merge", "C" },
	{ "VERIFYING", "relate", "C" },
	{ "RATED", "relate", "C" },
	{ "ACCEPTED", "relate", "C" },
	{ "COORDINATING", "relate", "C" },
	{ "READY", "relate", "C" },
	{ "PUBLISHED", "relate", "C" },
	{ "INTERNAL", "relate", "C" },
	{ "TRACKING", "relate", "C" },
	{ "ACCEPTED", "rate-anew", "S" },
	{ "COORDINATING", "rate-anew", "S" },
	{ "READY", "rate-anew", "S" },
	{ "PUBLISHED", "rate-anew", "S" },
	{ "INTERNAL", "rate-anew", "S" },
	{ "TRACKING", "rate-anew", "S" },
	{ "CLOSED", "rate-anew", "S" },
	{ "VERIFYING", "undertake", "V" },
	{ "VERIFYING", "confirm", "V" },
	{ "VERIFYING", "part", "V" },
	{ "VERIFYING", "refute", "V" },
	{ "VERIFYING", "extend", "C" },
	{ "VERIFYING", "transfer", "C" },
	{ "VERIFYING", "close", "C" },
	{ "VERIFYING", "emergency", "C" },
	{ "RATED", "assign-second", "C" },
	{ "RATED", "undertake", "W" },
	{ "RATED", "confirm-second", "W" },
	{ "RATED", "refute", "W" },
	{ "RATED", "accept", "C" },
	{ "RATED", "return", "C" },
	{ "RATED", "transfer", "C" },
	{ "RATED", "emergency", "C" },
	{ "VERIFYING", "report-up", "C" },
	{ "RATED", "report-up", "C" },
	{ "VERIFYING", "report-up-answer", "C" },
	{ "RATED", "report-up-answer", "C" },
	{ "VERIFYING", "party", "C" },
	{ "RATED", "party", "C" },
	{ "ACCEPTED", "party", "C" },
	{ "COORDINATING", "party", "C" },
	{ "ACCEPTED", "coordinate", "C" },
	{ "COORDINATING", "describe", "C" },
	{ "COORDINATING", "extend", "C" },
	{ "COORDINATING", "request", "C" },
	{ "COORDINATING", "keep", "C" },
	{ "COORDINATING", "early-consult", "C" },
	{ "COORDINATING", "early-report", "C" },
	{ "COORDINATING", "early-assess", "C" },
	{ "COORDINATING", "early-approve", "C" },
	{ "READY", "publish", "P" },
	{ "READY", "approve", "P" },
	{ "READY", "release", "S" },
	{ "READY", "return", "P" },
	{ "PUBLISHED", "track", "C" },
	{ "INTERNAL", "track", "C" },
	{ "INTERNAL", "close", "C" },
	{ "TRACKING", "note", "C" },
	{ "TRACKING", "extend", "C" },
	{ "TRACKING", "reopen", "C" },
	{ "TRACKING", "close", "C" },
	{ "PUBLISHED", "correct", "C" },
	{ "PUBLISHED", "withdraw-advisory", "C" },
	{ "PUBLISHED", "change-advisory", "P" },
	{ "PUBLISHED", "refuse-change", "P" },
	{ "TRACKING", "correct", "C" },
	{ "TRACKING", "withdraw-advisory", "C" },
	{ "TRACKING", "change-advisory", "P" },
	{ "TRACKING", "refuse-change", "P" },
	{ "CLOSED", "correct", "C" },
	{ "CLOSED", "withdraw-advisory", "C" },
	{ "CLOSED", "change-advisory", "P" },
	{ "CLOSED", "refuse-change", "P" },
	{ "VERIFYING", "escalate", "C" },
	{ "VERIFYING", "instruct", "A" },
	{ "VERIFYING", "answer-instruction", "C" },
	{ "VERIFYING", "close-instruction", "A" },
	{ "RATED", "escalate", "C" },
	{ "RATED", "instruct", "A" },
	{ "RATED", "answer-instruction", "C" },
	{ "RATED", "close-instruction", "A" },
	{ "ACCEPTED", "escalate", "C" },
	{ "ACCEPTED", "instruct", "A" },
	{ "ACCEPTED", "answer-instruction", "C" },
	{ "ACCEPTED", "close-instruction", "A" },
	{ "COORDINATING", "escalate", "C" },
	{ "COORDINATING", "instruct", "A" },
	{ "COORDINATING", "answer-instruction", "C" },
	{ "COORDINATING", "close-instruction", "A" },
	{ "READY", "escalate", "C" },
	{ "READY", "instruct", "A" },
	{ "READY", "answer-instruction", "C" },
	{ "READY", "close-instruction", "A" },
	{ "PUBLISHED", "escalate", "C" },
	{ "PUBLISHED", "instruct", "A" },
	{ "PUBLISHED", "answer-instruction", "C" },
	{ "PUBLISHED", "close-instruction", "A" },
	{ "INTERNAL", "escalate", "C" },
	{ "INTERNAL", "instruct", "A" },
	{ "INTERNAL", "answer-instruction", "C" },
	{ "INTERNAL", "close-instruction", "A" },
	{ "TRACKING", "escalate", "C" },
	{ "TRACKING", "instruct", "A" },
	{ "TRACKING", "answer-instruction", "C" },
	{ "TRACKING", "close-instruction", "A" },
	{ "CLOSED", "instruct", "A" },
	{ "CLOSED", "answer-instruction", "C" },
	{ "CLOSED", "close-instruction", "A" },
	{ "TRANSFERRED", "instruct", "A" },
	{ "TRANSFERRED", "answer-instruction", "C" },
	{ "TRANSFERRED", "close-instruction", "A" },
	{ "CLOSED", "reopen", "C" },
	{ "CLOSED", "verify-again", "C" },
};
/* In ACCEPTED, COORDINATING and READY a coordinator may do these. */
static const char *const coordinated[] = { "emergency", "report-up", "report-up-answer", "embargo", "embargo-answer", "made-public",
	"consent" };

static bool is_permitted(const char *state, const char *action, char who)
{
	for (size_t i = 0; i < COUNT(permitted); i++)
		if (!strcmp(permitted[i].state, state) && !strcmp(permitted[i].action, action))
			return strchr(permitted[i].who, who) != NULL;
	bool is_coordinated = !strcmp(state, "ACCEPTED") || !strcmp(state, "COORDINATING") || !strcmp(state, "READY");
	for (size_t i = 0; is_coordinated && i < COUNT(coordinated); i++)
		if (!strcmp(coordinated[i], action)) return who == 'C';
	return false;
}

TEST(casefile_workflow__table_has_no_fault) { CHECK(workflow_fault(t->arena, &casefile_machine).at == NULL); }

TEST(casefile_workflow__only_the_permitted_may_act_in_every_state)
{
	static const CasefileReporter reporters[] = { { 7, 70 } };
	const CasefileFacts facts = { .verifier_id = 2,
		.verified_by_id = 2,
		.second_id = 9,
		.asked_by_id = 1,
		.has_undertaking = true,
		.reporters = reporters,
		.reporter_count = 1,
		.has_notice = true,
		.has_fix = true,
		.has_mitigation = true,
		.has_public_text = true,
		.is_escalated = true,
		.is_refuted = true };
	const struct {
		char letter;
		Actor actor;
	} actors[] = {
		{ 'C', { .person_id = 1, .roles = ROLE_REPORTER | ROLE_COORDINATOR } },
		{ 'V', { .person_id = 2, .roles = ROLE_REPORTER | ROLE_VERIFIER } },
		{ 'W', { .person_id = 9, .roles = ROLE_REPORTER | ROLE_VERIFIER } },
		{ 'S', { .roles = ROLE_SYSTEM } },
		{ 'P', { .person_id = 3, .roles = ROLE_REPORTER | ROLE_PUBLISHER } },
		{ 'R', { .person_id = 7, .organisation_id = 70, .roles = ROLE_REPORTER } },
		{ 'X', { .person_id = 4, .roles = ROLE_REPORTER | ROLE_VERIFIER } },
		{ 'X', { .person_id = 5, .roles = ROLE_REPORTER | ROLE_SYSTEM_ADMIN } },
		{ 'X', { .roles = ROLE_VISITOR } },
		{ 'X', { .person_id = 6, .roles = ROLE_REPORTER | ROLE_EDITOR | ROLE_EXPERT } },
		{ 'A', { .person_id = 8, .roles = ROLE_REPORTER | ROLE_AUTHORITY } },
	};
	for (size_t s = 0; s < casefile_machine.state_count; s++) {
		for (size_t r = 0; r < casefile_machine.row_count; r++) {
			for (size_t a = 0; a < COUNT(actors); a++) {
				const char *state = casefile_machine.states[s].name, *action = casefile_machine.rows[r].action, *why;
				Matter matter = { .state = text_from(state), .facts = &facts };
				Error error = OK;
				const Transition *row =
					workflow_row(&casefile_machine, &matter, &actors[a].actor, text_from(action), &error, &why);
				bool may = row || error == ERROR_INVALID;
				if (may != is_permitted(state, action, actors[a].letter))
					test_fail(__FILE__, __LINE__, "%s %s by %c: %d", state, action, actors[a].letter, may);
			}
		}
	}
}

static const char *why_not(const CasefileFacts *facts, const Actor *actor, const char *state, const char *action)
{
	Matter matter = { .state = text_from(state), .facts = facts };
	Error error = OK;
	const char *why = "nothing";
	const Transition *row = workflow_row(&casefile_machine, &matter, actor, text_from(action), &error, &why);
	return row ? NULL : error == ERROR_INVALID ? why : error_name(error);
}

TEST(casefile_workflow__gate_names_what_is_missing_and_never_lets_an_incident_through)
{
	CasefileFacts facts = {
		.has_notice = true, .has_fix = true, .has_mitigation = true, .has_public_text = true, .asked_by_id = 1, .verified_by_id = 2
	};
	Actor coordinator = { .person_id = 1, .roles = ROLE_COORDINATOR }, publisher = { .person_id = 3, .roles = ROLE_PUBLISHER };
	CHECK(!why_not(&facts, &coordinator, "COORDINATING", "request") && !why_not(&facts, &publisher, "READY", "publish"));
	bool *conditions[] = { &facts.has_notice, &facts.has_fix, &facts.has_mitigation, &facts.has_public_text };
	for (size_t i = 0; i < COUNT(conditions); i++) {
		*conditions[i] = false;
		const char *asked = why_not(&facts, &coordinator, "COORDINATING", "request"),
			   *published = why_not(&facts, &publisher, "READY", "publish");
		CHECK(asked && published && !strcmp(asked, published) && strstr(asked, "missing"));
		*conditions[i] = true;
	}
	facts.is_incident = true;
	CHECK_TEXT(text_from(why_not(&facts, &publisher, "READY", "publish")), "A vulnerability of the incident type is never published.");
	CHECK(!why_not(&facts, &coordinator, "COORDINATING", "keep"));
}

TEST(casefile_workflow__four_eyes_and_interests_exclude)
{
	static const CasefileReporter reporters[] = { { 7, 70 }, { 0, 0 } };
	CasefileFacts facts = { .has_notice = true,
		.has_fix = true,
		.has_mitigation = true,
		.has_public_text = true,
		.asked_by_id = 1,
		.verified_by_id = 2,
		.has_undertaking = true,
		.verifier_id = 7,
		.reporters = reporters,
		.reporter_count = 2 };
	uint32_t all = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER;
	Actor asked = { .person_id = 1, .roles = all }, verified = { .person_id = 2, .roles = all },
	      reporter = { .person_id = 7, .roles = all };
	Actor colleague = { .person_id = 8, .organisation_id = 70, .roles = all },
	      other = { .person_id = 9, .organisation_id = 71, .roles = all };
	CHECK_TEXT(text_from(why_not(&facts, &asked, "READY", "publish")), "FORBIDDEN");
	CHECK_TEXT(text_from(why_not(&facts, &verified, "READY", "publish")), "FORBIDDEN");
	CHECK_TEXT(text_from(why_not(&facts, &reporter, "READY", "publish")), "FORBIDDEN");
	CHECK(!why_not(&facts, &other, "READY", "publish"));
	CHECK_TEXT(text_from(why_not(&facts, &verified, "RATED", "accept")), "FORBIDDEN");
	CHECK_TEXT(text_from(why_not(&facts, &reporter, "VERIFYING", "confirm")), "FORBIDDEN");
	facts.verifier_id = 8;
	CHECK_TEXT(text_from(why_not(&facts, &colleague, "VERIFYING", "confirm")), "FORBIDDEN");
	facts.verifier_id = 9;
	CHECK(!why_not(&facts, &other, "VERIFYING", "confirm"));
}

/* ---- Archived numbers */
TEST(casefile_number__permutation_hits_every_number_of_the_range_once)
{
	enum { SIZE = 100000 };
	Key key = { { 1, 2, 3 } };
	char *seen = arena_alloc(t->arena, SIZE);
	size_t in_order = 0;
	uint64_t before = 0;
	for (uint64_t i = 0; i < SIZE; i++) {
		uint64_t value = casefile_permute(&key, i, SIZE);
		CHECK(value < SIZE && !seen[value]);
		seen[value] = 1;
		in_order += value == before + 1;
		before = value;
	}
	CHECK(in_order < 20);
	Key other = { { 1, 2, 4 } };
	size_t same = 0;
	for (uint64_t i = 0; i < 1000; i++) same += casefile_permute(&key, i, SIZE) == casefile_permute(&other, i, SIZE);
	CHECK(same < 5);
	for (uint64_t size = 1; size < 40; size++) {
		uint64_t bits = 0;
		for (uint64_t i = 0; i < size; i++) bits |= (uint64_t)1 << casefile_permute(&key, i, size);
		CHECK(bits == ((uint64_t)1 << size) - 1);
	}
}

TEST_DB(casefile_number__follows_the_format_and_refuses_a_wrong_one)
{
	Text first, second;
	CHECK_OK(t->call, casefile_number(t->call, TEXT("NVDB-CAPPVD-{YYYY}{6}"), 2026, 0, &first));
	CHECK_OK(t->call, casefile_number(t->call, TEXT("NVDB-CAPPVD-{YYYY}{6}"), 2026, 1, &second));
	CHECK(text_starts(first, TEXT("NVDB-CAPPVD-2026")) && first.length == 22 && !text_is(first, second));
	CHECK_ERROR(t->call, casefile_number(t->call, TEXT("CAPPVD-{6}"), 2026, 0, &first), CONFIG);
	CHECK_ERROR(t->call, casefile_number(t->call, TEXT("CAPPVD-{YYYY}"), 2026, 0, &first), CONFIG);
	CHECK_ERROR(t->call, casefile_number(t->call, TEXT("CAPPVD-{YYYY}{6"), 2026, 0, &first), CONFIG);
	CHECK_ERROR(t->call, casefile_number(t->call, TEXT("CAPPVD-{YYYY}{4}"), 2026, 10000, &first), FULL);
}

/* ---- The whole way */
TEST_DB(casefile__goes_from_report_to_advisory_and_the_reporter_follows)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "PUBLISHED");
	scene_as(scene, cast.coordinator);
	Casefile casefile;
	Advisory advisory;
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_TEXT(casefile.state, "PUBLISHED");
	CHECK_TEXT(casefile.level, "critical");
	CHECK(text_is(casefile.number, casefile.advisory));
	CHECK_OK(t->call, advisory_find(t->call, casefile.number, &advisory));
	CHECK_TEXT(advisory.content.title[LANG_ZH], "示例钱包SQL注入漏洞");
	CHECK_INT(advisory.content.ratings.count, 2);
	scene_as(scene, cast.reporter);
	Report report;
	ReportStage stage;
	bool found;
	CHECK_OK(t->call, report_open(t->call, cast.report, &report));
	CHECK_OK(t->call, casefile_report_hooks.stage(t->call, report.id, &stage, &found));
	CHECK(found && stage.ended && text_is(stage.advisory, casefile.number) && stage.current == stage.steps.count - 1);
}

TEST_DB(casefile__publication_is_refused_without_the_providers_measure)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "COORDINATING");
	Map *text = VALUES(
		scene, "title_zh", "题", "description_zh", "述", "vendor", "厂", "product", "品", "versions", "1", "solution_zh", "停用");
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, party_act(t->call, cast.party, TEXT("reopen"), 0, VALUES(scene, "reason", "It still opens.")));
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "describe", text));
	CHECK_ERROR(t->call, scene_casefile_act(scene, cast.casefile, "request", NULL), INVALID);
	scene_as(scene, cast.publisher);
	CHECK_ERROR(t->call,
		scene_casefile_act(scene, cast.casefile, "publish", VALUES(scene, "no_exploit", "yes", "no_running_system", "yes")),
		NOT_FOUND);
}

TEST_DB(casefile__publisher_confirms_or_nothing_happens)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Casefile casefile;
	Advisory advisory;
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "READY");
	scene_as(scene, cast.publisher);
	CHECK_ERROR(t->call, scene_casefile_act(scene, cast.casefile, "publish", VALUES(scene, "no_exploit", "yes")), INVALID);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_TEXT(casefile.state, "READY");
	CHECK_ERROR(t->call, advisory_find(t->call, casefile.number, &advisory), NOT_FOUND);
}

TEST_DB(casefile__incident_stays_internal)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, true);
	scene_bring_to(scene, &cast, "COORDINATING");
	Map *text = VALUES(scene, "title_zh", "题", "description_zh", "述", "vendor", "厂", "product", "品", "versions", "1",
		"fixed_version", "2", "solution_zh", "停用");
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "describe", text));
	CHECK_ERROR(t->call, scene_casefile_act(scene, cast.casefile, "request", NULL), INVALID);
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "keep", NULL));
	CHECK_OK(t->call, scene_casefile_act(scene, cast.casefile, "close", VALUES(scene, "reason", "Fixed by the operator")));
}

TEST_DB(casefile__verifier_with_an_interest_cannot_be_assigned)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *both = scene_person(scene, "both", ROLE_VERIFIER);
	cast.reporter = both;
	scene_as(scene, both);
	cast.report = scene_report(scene, scene_values(scene));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, cast.report, "review", NULL));
	CHECK_ERROR(t->call, scene_report_act(scene, cast.report, "attach", VALUES(scene, "verifier", "both")), INVALID);
	CHECK_ERROR(t->call, scene_report_act(scene, cast.report, "attach", VALUES(scene, "verifier", "nobody")), INVALID);
	CHECK_ERROR(t->call, scene_report_act(scene, cast.report, "attach", VALUES(scene, "verifier", "finder")), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, cast.report, "attach", VALUES(scene, "verifier", "vera")));
}

TEST_DB(casefile__who_may_not_see_it_finds_nothing)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	const Actor *stranger = scene_person(scene, "stranger", ROLE_VERIFIER), *system = scene_person(scene, "sys", ROLE_SYSTEM_ADMIN);
	Actor without_factor = *cast.coordinator, mixed = *cast.coordinator;
	without_factor.second_factor = false;
	mixed.roles |= ROLE_AUDIT_ADMIN;
	const Actor *blind[] = { cast.reporter, cast.publisher, stranger, system, &without_factor, &mixed, &actor_visitor };
	for (size_t i = 0; i < COUNT(blind); i++) {
		Casefile casefile;
		Casefiles list;
		scene_as(scene, blind[i]);
		CHECK_ERROR(t->call, casefile_open(t->call, cast.casefile, &casefile), NOT_FOUND);
		CHECK_ERROR(
			t->call, scene_casefile_act(scene, cast.casefile, "extend", VALUES(scene, "days", "3", "reason", "x")), NOT_FOUND);
		CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &list));
		CHECK_INT(list.count, 0);
	}
	scene_as(scene, cast.verifier);
	Casefile casefile;
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	scene_bring_to(scene, &cast, "ACCEPTED");
	scene_as(scene, cast.verifier);
	CHECK_ERROR(t->call, casefile_open(t->call, cast.casefile, &casefile), NOT_FOUND); /* the task has ended */
}

TEST_DB(casefile__second_of_two_who_act_on_what_they_saw_is_told_so)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "RATED");
	scene_second(scene, &cast);
	Casefile seen;
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &seen));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, casefile_act(t->call, cast.casefile, TEXT("accept"), seen.revision, NULL));
	scene_as(scene, cast.second_coordinator);
	CHECK_ERROR(t->call, casefile_act(t->call, cast.casefile, TEXT("accept"), seen.revision, NULL), CONFLICT);
	CHECK_ERROR(t->call, casefile_act(t->call, cast.casefile, TEXT("return"), 0, VALUES(scene, "reason", "x")), CONFLICT);
	scene_tell_vendor(scene, &cast);
	scene_as(scene, cast.second_coordinator);
	CHECK_ERROR(t->call,
		casefile_act(t->call, cast.casefile, TEXT("extend"), seen.revision + 1, VALUES(scene, "days", "3", "reason", "x")),
		CONFLICT);
}
