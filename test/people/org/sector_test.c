/* The industries of organisations: who chooses them, and which organisations an industry has. */
#include "harness/scene.h"
#include "people/org/org.h"
#include "store/db/db.h"

static const char one_code[] = "9144030071526726XG", other_code[] = "914403001922038216";

typedef struct World {
	Scene *scene;
	const Actor *coordinator, *verifier;
	Actor *admin, *member;
	Organisation organisation;
} World;

static World world_new(Test *t)
{
	World world = { .scene = scene_new(t) };
	world.coordinator = scene_person(world.scene, "carla", ROLE_COORDINATOR);
	world.verifier = scene_person(world.scene, "vera", ROLE_VERIFIER);
	world.admin = (Actor *)(uintptr_t)scene_person(world.scene, "one", ROLE_REPORTER);
	world.member = (Actor *)(uintptr_t)scene_person(world.scene, "other", ROLE_REPORTER);
	int64_t id = scene_organisation(world.scene, world.coordinator, world.admin, "One", one_code, "vendor", "CN");
	(void)scene_organisation(world.scene, world.coordinator, world.member, "Other", other_code, "other", "CN");
	CHECK_OK(t->call, org_find(t->call, id, &world.organisation));
	return world;
}

static Error choose(World *world, const Actor *actor, const char *words)
{
	Texts codes = { 0 };
	Text rest = text_from(words), word;
	Call *call = world->scene->call;
	call_recover(call);
	scene_as(world->scene, actor);
	while (rest.length && text_next(&rest, ' ', &word)) list_add(call->arena, &codes, word);
	return org_sectors_choose(call, world->organisation.ref, &codes);
}

static void check_chosen(World *world, const char *expected)
{
	Texts codes;
	Call *call = world->scene->call;
	CHECK_OK(call, org_sectors(call, world->organisation.id, &codes));
	CHECK(text_is(arena_join(call->arena, codes.at, codes.count, TEXT(" ")), text_from(expected)));
}

TEST_DB(org_sectors__are_chosen_by_administrators_and_by_the_staff_that_verifies)
{
	World world = world_new(t);
	Actor member = *world.member, token = *world.admin, weak = *world.coordinator;
	token.session_id = 0;
	weak.second_factor = false;
	CHECK_OK(t->call, choose(&world, world.admin, "finance transport"));
	check_chosen(&world, "finance transport");
	CHECK_OK(t->call, choose(&world, world.coordinator, "transport water"));
	check_chosen(&world, "transport water");
	CHECK_ERROR(t->call, choose(&world, &member, "finance"), FORBIDDEN);
	CHECK_ERROR(t->call, choose(&world, world.verifier, "finance"), FORBIDDEN);
	CHECK_ERROR(t->call, choose(&world, &token, "finance"), FORBIDDEN);
	CHECK_ERROR(t->call, choose(&world, &weak, "finance"), SECOND_FACTOR);
	check_chosen(&world, "transport water");
	CHECK_OK(t->call, choose(&world, world.admin, ""));
	check_chosen(&world, "");
}

TEST_DB(org_sectors__are_words_of_the_list_and_not_too_many)
{
	World world = world_new(t);
	CHECK_ERROR(t->call, choose(&world, world.admin, "finance nonsense"), INVALID);
	CHECK_ERROR(t->call,
		choose(&world, world.admin, "telecom internet software finance energy transport post water health education government"),
		INVALID);
	check_chosen(&world, "");
}

static Error retire(Call *call, void *argument) { return wordlist_change(call, &org_sector_words, argument); }

TEST_DB(org_sectors__a_retired_word_may_be_kept_and_is_not_chosen_anew)
{
	World world = world_new(t);
	const Actor *operator= scene_person(world.scene, "olga", ROLE_SYSTEM_ADMIN);
	CHECK_OK(t->call, choose(&world, world.admin, "water"));
	scene_as(world.scene, operator);
	WordWish wish = { .word = { .code = TEXT("water"), .text_zh = TEXT("水利"), .text_en = TEXT("Water"), .is_retired = true },
		.reason = TEXT("Nobody uses it.") };
	CHECK_OK(t->call, db_transact(t->call, retire, &wish));
	CHECK_OK(t->call, choose(&world, world.admin, "finance water"));
	check_chosen(&world, "finance water");
	CHECK_OK(t->call, choose(&world, world.admin, "finance"));
	CHECK_ERROR(t->call, choose(&world, world.admin, "finance water"), INVALID);
}

TEST_DB(org_sectors__an_industry_has_verified_organisations_and_no_merged_one)
{
	World world = world_new(t);
	Organisations found;
	Texts codes;
	CHECK_OK(t->call, choose(&world, world.admin, "finance health"));
	CHECK_OK(t->call, org_list_of_sector(t->call, TEXT("finance"), 0, 50, &found));
	CHECK_INT(found.count, 1);
	CHECK_INT(found.at[0].id, world.organisation.id);
	CHECK_OK(t->call, org_list_of_sector(t->call, TEXT("finance"), world.organisation.id, 50, &found));
	CHECK_INT(found.count, 0);
	scene_as(world.scene, world.coordinator);
	CHECK_OK(t->call, org_merge(t->call, text_from(one_code), text_from(other_code), TEXT("Registered.")));
	CHECK_OK(t->call, org_list_of_sector(t->call, TEXT("finance"), 0, 50, &found));
	CHECK_INT(found.count, 1);
	CHECK_INT(found.at[0].id, world.member->organisation_id); /* what it worked in goes along */
	CHECK_OK(t->call, org_sectors(t->call, found.at[0].id, &codes));
	CHECK_INT(codes.count, 2);
	CHECK_ERROR(t->call, choose(&world, world.coordinator, "water"), CONFLICT);
}
