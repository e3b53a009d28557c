/* Recommendations for honours: the rule proposes, two people decide, the award is shown. */
#include "face/doc/tool.h"
#include "harness/scene.h"
#include "subject/merit/honour.h"
#include "subject/merit/honour_test.sql.h"
#include "subject/merit/merit.h"

static const char *const codes[] = { "91110108551385082Q", "91350100M000100Y43" };

typedef struct World {
	Scene *scene;
	const Actor *secretary, *second, *member;
	int64_t organisations[2]; /* a technical unit, a partner */
} World;

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	const Actor *coordinator = scene_person(world.scene, "carol", ROLE_COORDINATOR);
	static const char *const handles[] = { "olga", "rita" }, *const kinds[] = { "unit", "partner" };
	for (size_t i = 0; i < 2; i++) {
		(void)scene_person(world.scene, handles[i], ROLE_REPORTER);
		Actor *actor = &world.scene->people[world.scene->count - 1];
		world.organisations[i] =
			scene_organisation(world.scene, coordinator, actor, i ? "另一公司" : "示例公司", codes[i], "unit", "CN");
		CHECK_OK(t->call, org_standing_set(t->call, world.organisations[i],
					  &(Standing) { .kind = text_from(kinds[i]), .stars = 1, .from_at = t->call->now }));
		world.member = actor;
	}
	world.secretary = scene_person(world.scene, "mi", ROLE_SECRETARY);
	world.second = scene_person(world.scene, "ni", ROLE_SECRETARY);
	return world;
}

typedef struct Points {
	const char *code;
	int64_t organisation_id, points;
} Points;

static Error give(Call *call, void *argument)
{
	const Points *points = argument;
	Text ref = arena_printf(call->arena, "%s-%lld", points->code, (long long)points->organisation_id);
	return test_honour_points(call, ref, text_from(points->code), points->organisation_id, points->points);
}

static void give_points(World *world, size_t at, const char *code, int64_t hundredths)
{
	Points points = { code, world->organisations[at], hundredths };
	CHECK_OK(world->scene->call, db_transact(world->scene->call, give, &points));
}

static Text begin(World *world)
{
	Text ref;
	scene_as(world->scene, world->secretary);
	CHECK_OK(world->scene->call, honour_begin(world->scene->call, TEXT("2025"), &ref));
	return ref;
}

static Error act(World *world, const Actor *actor, Text ref, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return honour_act(world->scene->call, ref, text_from(action), 0,
		VALUES(world->scene, "reason", "A reason.", "document", "工信〔2026〕7号", "document_on", "2026-02-01"));
}

static Honours lines_of(World *world, Text ref)
{
	HonourList list;
	Honours honours;
	scene_as(world->scene, world->secretary);
	CHECK_OK(world->scene->call, honour_open(world->scene->call, ref, &list));
	CHECK_OK(world->scene->call, honour_of_list(world->scene->call, &list, &honours));
	return honours;
}

static bool has(const Honours *honours, const char *code, int64_t organisation_id)
{
	for (size_t i = 0; i < honours->count; i++)
		if (text_is(honours->at[i].code, text_from(code)) && honours->at[i].organisation.id == organisation_id) return true;
	return false;
}

TEST(honour__its_table_has_no_fault) { CHECK(!workflow_fault(t->arena, &honour_machine).length); }

TEST(honour__rules_are_read_and_what_cannot_be_read_is_none)
{
	HonourRule rule;
	CHECK(honour_rule_parse(TEXT("direction=partner\nlines=find-,deed-emergency\nmost=2\nleast=12.50\n"), &rule));
	CHECK(rule.most == 2 && rule.least == 1250 && text_is(rule.direction, TEXT("partner")));
	static const char *const wrong[] = { "", "direction=all\nmost=2", "most=0", "most=x", "least=3", "most=2\nleast=x",
		"most=2\nstars=3", "most" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!honour_rule_parse(text_from(wrong[i]), &rule));
}

TEST_DB(honour__the_rules_propose_by_direction_lines_and_least_points)
{
	World world = open_world(t);
	give_points(&world, 0, "find-high", 4000);
	give_points(&world, 0, "fixed-in-time", 400); /* too few for the practice */
	give_points(&world, 1, "find-own", 2500);
	Honours honours = lines_of(&world, begin(&world));
	CHECK(has(&honours, "reports", world.organisations[0]));
	CHECK(!has(&honours, "reports", world.organisations[1])); /* a partner */
	CHECK(has(&honours, "governance", world.organisations[1]));
	CHECK(has(&honours, "practice", world.organisations[1]));
	CHECK(!has(&honours, "practice", world.organisations[0]));
	CHECK(!has(&honours, "special", world.organisations[0]));
}

TEST_DB(honour__is_confirmed_by_another_secretary_and_shown_once_it_is_awarded)
{
	World world = open_world(t);
	Honours shown;
	give_points(&world, 0, "find-high", 4000);
	Text ref = begin(&world);
	CHECK_OK(t->call, act(&world, world.secretary, ref, "propose"));
	CHECK_ERROR(t->call, act(&world, world.secretary, ref, "confirm"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.second, ref, "confirm"));
	CHECK_ERROR(t->call, act(&world, world.second, ref, "award"), CONFLICT); /* not sent yet */
	CHECK_OK(t->call, act(&world, world.second, ref, "send"));
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, honour_awarded(t->call, 2025, &shown), NOT_FOUND);
	CHECK_OK(t->call, honour_of_organisation(t->call, world.organisations[0], &shown));
	CHECK_INT(shown.count, 0);
	CHECK_OK(t->call, act(&world, world.second, ref, "award"));
	scene_as(world.scene, &actor_visitor);
	CHECK_OK(t->call, honour_awarded(t->call, 2025, &shown));
	CHECK_INT(shown.count, 1);
	CHECK_TEXT(shown.at[0].award, "工信〔2026〕7号");
	CHECK_OK(t->call, honour_of_organisation(t->call, world.organisations[0], &shown));
	CHECK_INT(shown.count, 1);
	Text honour = shown.at[0].ref;
	scene_as(world.scene, world.secretary);
	CHECK_OK(t->call, honour_strike(t->call, ref, honour, TEXT("It was taken back.")));
	CHECK(honour_strike(t->call, ref, honour, TEXT("Again.")) == ERROR_INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, honour_of_organisation(t->call, world.organisations[0], &shown));
	CHECK_INT(shown.count, 0);
}

TEST_DB(honour__lists_are_the_offices_and_one_for_a_year)
{
	World world = open_world(t);
	HonourList list;
	HonourLists lists;
	Text ref = begin(&world), other;
	CHECK(honour_begin(t->call, TEXT("2025"), &other) == ERROR_INVALID);
	call_recover(t->call);
	CHECK(honour_begin(t->call, TEXT("2026"), &other) == ERROR_INVALID);
	call_recover(t->call);
	scene_as(world.scene, world.member);
	CHECK_ERROR(t->call, honour_open(t->call, ref, &list), NOT_FOUND);
	CHECK_ERROR(t->call, honour_lists(t->call, &lists), FORBIDDEN);
	CHECK_ERROR(t->call, honour_begin(t->call, TEXT("2024"), &other), FORBIDDEN);
	CHECK_ERROR(t->call, honour_strike(t->call, ref, TEXT("x"), TEXT("y")), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.secretary, ref, "drop"));
	(void)begin(&world);
}

TEST_DB(honour__the_letter_lists_who_is_recommended_and_is_issued_by_another_secretary)
{
	World world = open_world(t);
	HonourList list;
	LetterOrder order;
	Text draft, letter, name, bytes;
	give_points(&world, 0, "find-high", 4000);
	give_points(&world, 1, "find-own", 2500);
	Text ref = begin(&world);
	Honours honours = lines_of(&world, ref);
	CHECK_OK(t->call, honour_open(t->call, ref, &list));
	CHECK_ERROR(t->call, honour_letter_order(t->call, &list, LETTER_HONOUR_REPORT, &order), CONFLICT); /* nobody has confirmed it */
	for (size_t i = 0; i < honours.count; i++)
		if (text_is(honours.at[i].code, TEXT("governance")))
			CHECK_OK(t->call, honour_strike(t->call, ref, honours.at[i].ref, TEXT("It has an open matter.")));
	CHECK_OK(t->call, act(&world, world.secretary, ref, "propose"));
	CHECK_OK(t->call, act(&world, world.second, ref, "confirm"));
	CHECK_OK(t->call, honour_open(t->call, ref, &list));
	CHECK_OK(t->call, honour_letter_order(t->call, &list, LETTER_HONOUR_REPORT, &order));
	CHECK_INT(order.lists[0].row_count, honours.count - 1);
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter), FORBIDDEN);
	scene_as(world.scene, world.secretary);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter));
	CHECK_OK(t->call, letter_file(t->call, LETTER_PROGRAMME, letter, LETTER_PAGES, &name, &bytes));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf - | tr -d ' \\n'");
	CHECK(tool_says(words, "软测推函〔2026〕1号") && tool_says(words, "示例公司") && tool_says(words, "40.00"));
	CHECK(tool_says(words, "漏洞管理实践") && !tool_says(words, "漏洞治理合作最具贡献"));
}
