/* Letters of thanks to organisations: who is thanked, and by whom. */
#include "harness/scene.h"
#include "subject/merit/honour_test.sql.h"
#include "subject/merit/merit.h"
#include "work/letter/letter.h"

typedef struct Points {
	const char *ref;
	int64_t organisation_id, points;
} Points;

static Error give(Call *call, void *argument)
{
	const Points *points = argument;
	return test_honour_points(call, text_from(points->ref), TEXT("find-high"), points->organisation_id, points->points);
}

TEST_DB(thanks__go_to_who_has_points_of_the_year_and_a_second_coordinator_approves_the_letter)
{
	Scene *scene = scene_new(t);
	const Actor *coordinator = scene_person(scene, "carol", ROLE_COORDINATOR), *second = scene_person(scene, "carl", ROLE_COORDINATOR);
	Actor *admins[2];
	int64_t ids[2];
	Organisations list;
	Text draft, ref;
	IssuedLetter letter;
	static const char *const codes[] = { "91110108551385082Q", "91350100M000100Y43" }, *const handles[] = { "olga", "rita" };
	for (size_t i = 0; i < 2; i++) {
		(void)scene_person(scene, handles[i], ROLE_REPORTER);
		admins[i] = &scene->people[scene->count - 1];
		ids[i] = scene_organisation(scene, coordinator, admins[i], i ? "另一公司" : "示例公司", codes[i], "unit", "CN");
	}
	Points points = { "a", ids[0], 1000 };
	CHECK_OK(t->call, db_transact(t->call, give, &points));
	scene_as(scene, coordinator);
	CHECK_OK(t->call, merit_contributors(t->call, 2025, &list));
	CHECK_INT(list.count, 1); /* the other one has none */
	CHECK_TEXT(list.at[0].name, "示例公司");
	LetterOrder order = { .kind = LETTER_CONTRIBUTION,
		.machine = "organisation",
		.subject_id = list.at[0].id,
		.seal_key = list.at[0].seal_key,
		.matter = list.at[0].ref,
		.recipient = list.at[0].name,
		.text = TEXT("谢谢。") };
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref), FORBIDDEN);
	scene_as(scene, second);
	call_recover(t->call);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref));
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, ref, &letter));
	CHECK(text_find(letter.number, TEXT("感函"), NULL));
	scene_as(scene, admins[0]);
	CHECK_ERROR(t->call, merit_contributors(t->call, 2025, &list), FORBIDDEN);
	Actor weak = *coordinator;
	weak.second_factor = false;
	scene_as(scene, &weak);
	CHECK_ERROR(t->call, merit_contributors(t->call, 2025, &list), FORBIDDEN);
}
