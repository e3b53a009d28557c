/* A round from its first line to the hour it closes: what is refused at which field, what is frozen, who sees it when. */
#include "base/base/clock.h"
#include "subject/programme/round/round_scene.h"

enum { MINUTE_MS = 60000 };
#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })

static const Actor *secretary(Test *t)
{
	Scene *scene = scene_new(t);
	const Actor *actor = scene_person(scene, "mi", ROLE_SECRETARY);
	scene_as(scene, actor);
	return actor;
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

static int64_t instant(const char *iso)
{
	int64_t at = 0;
	CHECK(clock_parse(text_from(iso), &at));
	return at;
}

static Text state_of(Test *t, Text ref)
{
	Round round;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	return round.state;
}

TEST_DB(round__weights_that_do_not_add_up_are_refused_at_the_field_and_at_publication)
{
	(void)secretary(t);
	Text ref = round_scene_draft(t, "2026-1");
	const RoundKind *criterion = round_kind(TEXT("criterion"));
	REFUSED_AT(round_add(t->call, ref, criterion,
			   LIST("direction", "technical", "id", "c3", "name_zh", "三", "name_en", "Three", "weight", "0.01", "maximum",
				   "10", "step", "1", "must", "0")),
		"weight");
	Round round;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK(!round.fault);
	CHECK_OK(t->call, round_remove(t->call, ref, round.items.at[2].ref));
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK(round.fault && strstr(round.fault, "add up"));
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL), INVALID);
	CHECK_ERROR(t->call, round_rehearse(t->call, ref), INVALID);
}

TEST_DB(round__what_is_wrong_is_said_where_it_is_wrong)
{
	(void)secretary(t);
	Text ref = round_scene_draft(t, "2026-1");
	const RoundKind *criterion = round_kind(TEXT("criterion")), *direction = round_kind(TEXT("direction"));
#define CRITERION(id, weight, maximum, step, must) \
	LIST("direction", "partner", "id", id, "name_zh", "三", "name_en", "Three", "weight", weight, "maximum", maximum, "step", step, \
		"must", must)
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c 1", "50", "10", "1", "0")), "id");
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "150", "10", "1", "0")), "weight");
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "0", "10", "1", "0")), "weight");
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "50", "10", "3", "0")), "step");
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "50", "10", "1", "11")), "must");
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "50", "5000", "1", "0")), "maximum");
	CHECK_OK(t->call, round_add(t->call, ref, criterion, CRITERION("c1", "50", "10", "1", "0")));
	REFUSED_AT(round_add(t->call, ref, criterion, CRITERION("c1", "50", "10", "1", "0")), "id");
#define DIRECTION(tag, seats, alternates, low) \
	LIST("direction", tag, "places", "1", "reserve", "0", "threshold", "60", "ties", "median", "low_percent", low, "high_percent", \
		"95", "seats", seats, "group_limit", "1", "alternate_percent", alternates)
	REFUSED_AT(round_add(t->call, ref, direction, DIRECTION("technical", "3, 2", "40", "60")), "direction");
	REFUSED_AT(round_add(t->call, ref, direction, DIRECTION("partner", "3", "40", "60")), "seats");
	REFUSED_AT(round_add(t->call, ref, direction, DIRECTION("partner", "3, x", "40", "60")), "seats");
	REFUSED_AT(round_add(t->call, ref, direction, DIRECTION("partner", "3, 2", "29", "60")), "alternate_percent");
	REFUSED_AT(round_add(t->call, ref, direction, DIRECTION("partner", "3, 2", "40", "96")), "low_percent");
	Map *head = LIST("code", "2026-2", "title_zh", "题", "title_en", "T", "notice_zh", "n", "notice_en", "n", "conditions_zh", "c",
		"conditions_en", "c", "opens_on", "2026-04-01 09:00", "closes_on", "2026-04-01 09:00", "grace_minutes", "60",
		"publicity_days", "5", "paper", "none", "specialties", "a");
	REFUSED_AT(round_new(t->call, head, &ref), "closes_on");
	form_set(t->arena, head, TEXT("closes_on"), TEXT("soon"));
	REFUSED_AT(round_new(t->call, head, &ref), "closes_on");
	form_set(t->arena, head, TEXT("closes_on"), TEXT("2026-04-02 09:00"));
	form_set(t->arena, head, TEXT("code"), TEXT("2026-1"));
	REFUSED_AT(round_new(t->call, head, &ref), "code");
}

TEST_DB(round__is_published_rehearsed_only_and_never_changed_again)
{
	(void)secretary(t);
	Text ref = round_scene_draft(t, "2026-1"), other = round_scene_draft(t, "2026-2");
	Round round, after;
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL), INVALID); /* not rehearsed */
	CHECK_OK(t->call, round_rehearse(t->call, ref));
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK(round.is_rehearsed);
	form_set(t->arena, round.items.at[1].values, TEXT("must"), TEXT("21"));
	CHECK_OK(t->call, round_change(t->call, ref, round.items.at[1].ref, round.items.at[1].values));
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL), INVALID); /* these were other rules */
	CHECK_OK(t->call, round_rehearse(t->call, ref));
	CHECK_OK(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL));
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	Digest digest = sha256(round.rules);
	CHECK(text_is(hex_text(t->arena, DIGEST_TEXT(digest)), round.rules_sha256));
	CHECK_ERROR(t->call, round_change(t->call, ref, round.items.at[1].ref, round.items.at[1].values), FORBIDDEN);
	CHECK_ERROR(t->call, round_remove(t->call, ref, round.items.at[1].ref), FORBIDDEN);
	CHECK_ERROR(t->call, round_add(t->call, ref, round.items.at[0].kind, round.items.at[0].values), FORBIDDEN);
	CHECK_ERROR(t->call, round_write(t->call, ref, 0, round.head), FORBIDDEN);
	CHECK_ERROR(t->call, round_rehearse(t->call, ref), FORBIDDEN);
	CHECK_OK(t->call, round_open_public(t->call, TEXT("2026-1"), &after));
	CHECK(text_is(after.rules, round.rules));
	CHECK_ERROR(t->call, round_open_public(t->call, TEXT("2026-2"), &after), NOT_FOUND); /* a draft */
	(void)other;
}

TEST_DB(round__the_dossier_of_its_rehearsal_is_verified_with_the_librarys_key)
{
	(void)secretary(t);
	Text ref = round_scene_published(t, "2026-1"), archive, again;
	Round round;
	DossierVerdict verdict;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK_OK(t->call, round_dossier(t->call, &round, &archive));
	CHECK_OK(t->call, round_dossier(t->call, &round, &again));
	CHECK(text_is(archive, again));
	dossier_verify(t->arena, archive, signer_public(t->house->signer), 1, &verdict);
	CHECK(verdict.consistent && verdict.signer_known && text_is(verdict.rules_sha256, round.rules_sha256));
}

/* Hypha's deadlines were days without hour and zone, so that nobody knew when they were over. */
TEST_DB(attack__a_deadline_is_an_hour_in_a_zone_and_never_a_day)
{
	static const char *const wrong[] = { "2026-05-01", "2026-05-01 25:00", "2026-05-01 17:60", "2026-02-30 17:00", "17:00",
		"2026-05-01T17:00:00", "2026-05-01 17:00 UTC" };
	(void)secretary(t);
	Round round;
	Text ref = round_scene_published(t, "2026-1"), other;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK_INT(round.closes_at, instant("2026-05-01T09:00:00Z")); /* 17:00 in Beijing */
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Map *head = LIST("code", "2026-2", "title_zh", "题", "title_en", "T", "notice_zh", "n", "notice_en", "n", "conditions_zh",
			"c", "conditions_en", "c", "opens_on", "2026-04-01 09:00", "closes_on", wrong[i], "grace_minutes", "60",
			"publicity_days", "5", "paper", "none", "specialties", "a");
		REFUSED_AT(round_new(t->call, head, &other), "closes_on");
	}
}

/* pretalx let weights change while reviews went on. From the announcement on nothing of the rules moves, whatever is tried, and their hash says so. */
TEST_DB(attack__weights_never_change_under_a_running_review)
{
	const Actor *mi = secretary(t);
	Round before, after;
	Text ref = round_scene_published(t, "2026-1");
	const RoundKind *criterion = round_kind(TEXT("criterion"));
	static const struct {
		const char *action;
		int64_t at;
	} steps[] = { { NULL, 0 }, { "open", 0 }, { "close", 0 }, { "end", 0 } };
	CHECK_OK(t->call, round_open(t->call, ref, &before));
	for (size_t i = 0; i < COUNT(steps); i++) {
		t->call->actor = &actor_system;
		if (i == 1) t->call->now = before.opens_at;
		if (i == 2) t->call->now = before.closes_at;
		if (i == 3) t->call->now = before.ends_at;
		if (steps[i].action) CHECK_OK(t->call, round_act(t->call, ref, text_from(steps[i].action), 0, NULL));
		t->call->actor = mi;
		Map *weight = LIST("direction", "technical", "id", "c1", "name_zh", "一", "name_en", "One", "weight", "10", "maximum", "40",
			"step", "0.5", "must", "0");
		CHECK_ERROR(t->call, round_add(t->call, ref, criterion, weight), FORBIDDEN);
		CHECK_ERROR(t->call, round_remove(t->call, ref, before.items.at[1].ref), FORBIDDEN);
		CHECK_ERROR(t->call, round_rehearse(t->call, ref), FORBIDDEN);
		CHECK_OK(t->call, round_open(t->call, ref, &after));
		CHECK(after.rules_sha256.length == 64 && text_is(after.rules_sha256, before.rules_sha256));
	}
}

TEST_DB(round__opens_and_closes_to_the_instant)
{
	const Actor *mi = secretary(t);
	Text ref = round_scene_published(t, "2026-1");
	int64_t count = 0, opens = instant("2026-04-01T01:00:00Z"), closes = instant("2026-05-01T09:00:00Z");
	const struct {
		int64_t at;
		const char *state;
	} steps[] = { { opens - 1, "PUBLISHED" }, { opens, "OPEN" }, { closes - 1, "OPEN" }, { closes, "GRACE" },
		{ closes + 60 * MINUTE_MS - 1, "GRACE" }, { closes + 60 * MINUTE_MS, "CLOSED" } };
	for (size_t i = 0; i < COUNT(steps); i++) {
		t->call->now = steps[i].at;
		t->call->actor = &actor_system;
		CHECK_OK(t->call, round_advance(t->call, &count));
		t->call->actor = mi;
		CHECK(text_is(state_of(t, ref), text_from(steps[i].state)));
	}
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("open"), 0, NULL), FORBIDDEN); /* nobody opens it by hand */
}

TEST_DB(round__is_cancelled_with_a_reason_that_everybody_reads)
{
	(void)secretary(t);
	Text ref = round_scene_published(t, "2026-1");
	Round round;
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("cancel"), 0, NULL), INVALID);
	CHECK_OK(t->call, round_act(t->call, ref, TEXT("cancel"), 0, LIST("reason", "专家不足")));
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, round_open_public(t->call, TEXT("2026-1"), &round));
	CHECK_TEXT(round.state, "CANCELLED");
	CHECK_TEXT(round.reason, "专家不足");
}

TEST_DB(round__supervisors_read_and_others_see_no_draft)
{
	Scene *scene = scene_new(t);
	const Actor *mi = scene_person(scene, "mi", ROLE_SECRETARY), *jian = scene_person(scene, "jian", ROLE_SUPERVISOR);
	const Actor *stranger = scene_person(scene, "lu", ROLE_COORDINATOR);
	Round round;
	Rounds rounds;
	Text none;
	scene_as(scene, mi);
	Text ref = round_scene_draft(t, "2026-1");
	scene_as(scene, jian);
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK_ERROR(t->call, round_write(t->call, ref, 0, round.head), FORBIDDEN);
	CHECK_ERROR(t->call, round_rehearse(t->call, ref), FORBIDDEN);
	CHECK_ERROR(t->call, round_act(t->call, ref, TEXT("discard"), 0, NULL), FORBIDDEN);
	CHECK_ERROR(t->call, round_new(t->call, round.head, &none), FORBIDDEN);
	scene_as(scene, stranger);
	CHECK_ERROR(t->call, round_open(t->call, ref, &round), NOT_FOUND);
	CHECK_OK(t->call, round_in_state(t->call, TEXT("DRAFT"), 0, 10, &rounds));
	CHECK_INT(rounds.count, 0);
	Actor without = *mi;
	without.second_factor = false;
	t->call->actor = &without;
	CHECK_ERROR(t->call, round_open(t->call, ref, &round), NOT_FOUND);
}

TEST_DB(round__two_tabs_do_not_overwrite_one_another)
{
	(void)secretary(t);
	Text ref = round_scene_draft(t, "2026-1");
	Round round;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	CHECK_OK(t->call, round_write(t->call, ref, round.revision, round.head));
	CHECK_ERROR(t->call, round_write(t->call, ref, round.revision, round.head), CONFLICT);
}

TEST(round__its_machine_and_forms_are_whole)
{
	Text fault = workflow_fault(t->arena, &round_machine);
	if (fault.at) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(fault));
	CHECK(!form_fault(t->arena, &round_head_form).at);
	for (size_t i = 0; i < round_kind_count; i++) CHECK(!form_fault(t->arena, round_kinds[i].form).at);
}
