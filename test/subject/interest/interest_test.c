/* Who has an interest judges nothing of it: what is declared, what is known anyway, and what happens to a task that somebody has already. */
#include "people/people_fixture.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"
#include "subject/party/party_fixture.h"
#include "subject/product/product.h"

#define DAY_MS ((int64_t)86400000)
static const char VENDOR_CODE[] = "9144030071526726XG", UNIT_CODE[] = "91110108MADEM0002P";

static PartyScene *world(Test *t)
{
	PartyScene *ps = party_scene(t);
	party_set_hooks(&casefile_party_hooks);
	interest_set_hook(casefile_interest_declared);
	person_set_left(casefile_person_left);
	return ps;
}

static Actor *verifier_of(PartyScene *ps, const char *handle)
{
	Actor *kept = arena_new_of(ps->scene->t->arena, Actor);
	*kept = *scene_person(ps->scene, handle, ROLE_VERIFIER);
	return kept;
}

static Map *declaration(PartyScene *ps, const char *whose, const char *kind, const char *code, const char *from, const char *until)
{
	return VALUES(ps->scene, "whose", whose, "kind", kind, "credit_code", code, "from", from, "until", until, "evidence", "Contract 7");
}

static Error declare(PartyScene *ps, const Actor *actor, const Map *values)
{
	Text ref;
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	return interest_declare(ps->scene->call, values, &ref);
}

static const char *why_not(PartyScene *ps, const Actor *actor)
{
	const char *why = NULL;
	InterestMatter matter = { 0 };
	list_add(ps->scene->t->arena, &matter.organisations, ps->vendor_org);
	CHECK_OK(ps->scene->call, interest_against(ps->scene->call, actor->person_id, &matter, &why));
	return why;
}

TEST(interest__form_is_in_order) { CHECK(form_fault(t->arena, &interest_form).at == NULL); }

TEST_DB(interest__declared_by_the_person_counts_as_long_as_it_runs_and_of_a_customer_three_years_more)
{
	PartyScene *ps = world(t);
	Actor *uma = verifier_of(ps, "uma"), *ulf = verifier_of(ps, "ulf"), *ute = verifier_of(ps, "ute");
	CHECK(!why_not(ps, uma) && !why_not(ps, ulf) && !why_not(ps, ute));
	CHECK_OK(t->call, declare(ps, uma, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", "")));
	CHECK_OK(t->call, declare(ps, ulf, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", "2025-12-31")));
	CHECK_OK(t->call, declare(ps, ute, declaration(ps, "me", "customer", VENDOR_CODE, "2020-01-01", "2024-03-05")));
	CHECK(strstr(why_not(ps, uma), "competitor"));
	CHECK(!why_not(ps, ulf)); /* it is over */
	CHECK(strstr(why_not(ps, ute), "customer"));
	scene_later(ps->scene, 366 * DAY_MS + 2 * DAY_MS); /* three years after its end */
	CHECK(!why_not(ps, ute) && why_not(ps, uma));
}

TEST_DB(interest__declared_by_the_organisation_counts_for_its_members_and_by_the_vendor_against_them)
{
	PartyScene *ps = world(t);
	Actor *uma = verifier_of(ps, "uma"), *ulf = verifier_of(ps, "ulf");
	(void)party_organisation(ps, uma, "检测单位", UNIT_CODE, "unit", "CN");
	party_join(ps, uma, ulf);
	CHECK(!why_not(ps, ulf));
	CHECK_ERROR(t->call, declare(ps, ulf, declaration(ps, "organisation", "group", VENDOR_CODE, "2025-01-01", "")), INVALID);
	CHECK_OK(t->call, declare(ps, uma, declaration(ps, "organisation", "group", VENDOR_CODE, "2025-01-01", "")));
	CHECK(why_not(ps, uma) && why_not(ps, ulf));

	Actor *una = verifier_of(ps, "una");
	(void)party_organisation(ps, una, "别的单位", "91110108MADEM0003T", "unit", "CN");
	CHECK(!why_not(ps, una));
	CHECK_OK(t->call, declare(ps, ps->vendor, declaration(ps, "organisation", "competitor", "91110108MADEM0003T", "2025-01-01", "")));
	CHECK(why_not(ps, una));
}

TEST_DB(interest__a_product_that_is_found_does_not_let_a_member_declare_for_the_organisation)
{
	PartyScene *ps = world(t);
	Actor *uma = verifier_of(ps, "uma"), *ulf = verifier_of(ps, "ulf");
	Product product;
	Interests list;
	(void)party_organisation(ps, uma, "检测单位", UNIT_CODE, "unit", "CN");
	party_join(ps, uma, ulf);
	scene_as(ps->scene, ulf);
	ProductStatement stated = { .kind = TEXT("android"), .name = TEXT("示例地图"), .package = TEXT("com.example.map") };
	CHECK_OK(t->call, product_register(t->call, &stated, &product));
	Map *values = declaration(ps, "organisation", "competitor", "", "2025-01-01", "");
	form_set(t->arena, values, TEXT("product"), product.ref);
	CHECK(declare(ps, ulf, values) == ERROR_INVALID);
	CHECK_TEXT(t->call->failure.problems.at[0].field, "whose");
	call_recover(t->call);
	scene_as(ps->scene, uma);
	CHECK_OK(t->call, interest_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 0);
}

TEST_DB(interest__members_of_the_vendor_or_its_group_have_it_without_a_word_for_three_years)
{
	PartyScene *ps = world(t);
	Actor *uma = verifier_of(ps, "uma"), *pat = verifier_of(ps, "pat");
	CHECK(!why_not(ps, uma));
	party_join(ps, ps->vendor, uma);
	CHECK(strstr(why_not(ps, uma), "member"));
	(void)party_organisation(ps, pat, "母公司", UNIT_CODE, "vendor", "CN");
	CHECK(!why_not(ps, pat));
	CHECK_OK(t->call, declare(ps, pat, declaration(ps, "organisation", "group", VENDOR_CODE, "2025-01-01", "")));
	CHECK(why_not(ps, pat));
	Members members;
	Organisation organisation;
	scene_as(ps->scene, uma);
	CHECK_OK(t->call, org_find(t->call, ps->vendor_org, &organisation));
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == uma->person_id) CHECK_OK(t->call, org_member_end(t->call, members.at[i].ref));
	CHECK(why_not(ps, uma)); /* it was within three years */
	scene_later(ps->scene, 3 * 366 * DAY_MS);
	CHECK(!why_not(ps, uma));
}

TEST_DB(interest__wrong_input_is_named_and_only_ones_own_is_ended)
{
	PartyScene *ps = world(t);
	Actor *uma = verifier_of(ps, "uma"), *ulf = verifier_of(ps, "ulf");
	Text ref;
	Interests list;
	CHECK_ERROR(t->call, declare(ps, uma, declaration(ps, "me", "competitor", "", "2025-01-01", "")), INVALID);
	CHECK_ERROR(t->call, declare(ps, uma, declaration(ps, "me", "competitor", "12345", "2025-01-01", "")), INVALID);
	CHECK_ERROR(t->call, declare(ps, uma, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-02-01", "2025-01-01")), INVALID);
	Map *product = declaration(ps, "me", "competitor", "", "2025-01-01", "");
	form_set(t->arena, product, TEXT("product"), TEXT("nothing"));
	CHECK_ERROR(t->call, declare(ps, uma, product), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, interest_declare(t->call, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", ""), &ref));
	ref = arena_copy(t->arena, ref);
	scene_as(ps->scene, ulf);
	CHECK_ERROR(t->call, interest_end(t->call, ref), NOT_FOUND);
	CHECK_ERROR(t->call, interest_list_all(t->call, 0, 10, &list), FORBIDDEN);
	CHECK_OK(t->call, interest_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 0);
	scene_as(ps->scene, uma);
	CHECK_OK(t->call, interest_end(t->call, ref));
	CHECK_ERROR(t->call, interest_end(t->call, ref), NOT_FOUND);
	CHECK(!why_not(ps, uma));
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, interest_list_all(t->call, 0, 10, &list));
	CHECK_INT(list.count, 1);
	CHECK(text_is(list.at[0].evidence, TEXT("Contract 7")) && text_is(list.at[0].organisation, TEXT("示例公司")));
}

/* ---- What follows for tasks */
static Error act(PartyScene *ps, const Actor *actor, const char *action, const Map *values)
{
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	return scene_casefile_act(ps->scene, ps->cast.casefile, action, values);
}

/* A casefile that is verified while its vendor is known already: the emergency channel. */
static void urgent(PartyScene *ps)
{
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(ps->scene->call, act(ps, ps->cast.coordinator, "emergency", VALUES(ps->scene, "why", "exploited", "grounds", "Seen.")));
	CHECK_OK(ps->scene->call,
		act(ps, ps->cast.coordinator, "party", VALUES(ps->scene, "credit_code", VENDOR_CODE, "product", "示例钱包")));
}

static int64_t assigned(PartyScene *ps)
{
	Casefile casefile;
	call_recover(ps->scene->call);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, casefile_open(ps->scene->call, ps->cast.casefile, &casefile));
	return casefile.facts->verifier_id;
}

TEST_DB(interest__whoever_has_one_is_not_assigned_and_the_coordinator_sees_why)
{
	PartyScene *ps = world(t);
	Casefile casefile;
	Assignables candidates;
	Actor *uma = verifier_of(ps, "uma");
	urgent(ps);
	CHECK_OK(t->call, declare(ps, uma, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", "")));
	CHECK_ERROR(t->call, act(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "uma")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_assignable(t->call, &casefile, "verifier", &candidates));
	size_t free = 0, barred = 0;
	for (size_t i = 0; i < candidates.count; i++) {
		bool is_uma = text_is(candidates.at[i].handle, TEXT("uma"));
		CHECK(is_uma == (candidates.at[i].why_not != NULL));
		is_uma ? barred++ : free++;
		if (text_is(candidates.at[i].handle, TEXT("vera"))) CHECK_INT(candidates.at[i].tasks, 1);
	}
	CHECK(barred == 1 && free >= 2);
}

TEST_DB(interest__declared_later_takes_the_task_back_tells_the_coordinator_and_is_on_record)
{
	PartyScene *ps = world(t);
	Events events;
	urgent(ps);
	CHECK(assigned(ps) == ps->cast.verifier->person_id);
	CHECK_OK(t->call, declare(ps, ps->cast.verifier, declaration(ps, "me", "customer", UNIT_CODE, "2025-01-01", "")));
	CHECK(assigned(ps) == ps->cast.verifier->person_id); /* it concerns somebody else */
	CHECK_OK(t->call, declare(ps, ps->cast.verifier, declaration(ps, "me", "customer", VENDOR_CODE, "2025-01-01", "")));
	CHECK_INT(assigned(ps), 0);
	CHECK_OK(t->call, ledger_events_of_action(t->call, "casefile", ps->cast.casefile, "unassign", 0, 10, &events));
	CHECK_INT(events.count, 1);
	Notices notices;
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK(notices.count > 0 && strstr(arena_string(t->arena, notices.at[0].subject_line), "without a verifier"));
	scene_as(ps->scene, ps->cast.verifier);
	Casefile casefile;
	CHECK_ERROR(t->call, casefile_open(t->call, ps->cast.casefile, &casefile), NOT_FOUND);
}

TEST_DB(casefile__a_member_who_leaves_in_the_middle_gives_the_task_back_at_once)
{
	PartyScene *ps = world(t);
	Members members;
	Organisation organisation;
	Actor *uma = verifier_of(ps, "uma"), *ulf = verifier_of(ps, "ulf");
	int64_t unit = party_organisation(ps, uma, "检测单位", UNIT_CODE, "unit", "CN");
	party_join(ps, uma, ulf);
	urgent(ps);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "ulf")));
	CHECK(assigned(ps) == ulf->person_id);
	scene_as(ps->scene, uma);
	CHECK_OK(t->call, org_find(t->call, unit, &organisation));
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == ulf->person_id) CHECK_OK(t->call, org_member_end(t->call, members.at[i].ref));
	CHECK_INT(assigned(ps), 0);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "vera")));
	CHECK(assigned(ps) == ps->cast.verifier->person_id);
}

TEST_DB(party__a_check_of_a_fix_is_not_given_to_an_interested_verifier_and_comes_back_when_one_declares)
{
	PartyScene *ps = world(t);
	int64_t verifier = 0;
	Actor *uma = verifier_of(ps, "uma");
	party_bring_to(ps, "FIX_CHECK");
	CHECK_OK(t->call, declare(ps, uma, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", "")));
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "uma")), INVALID);
	party_do(ps, ps->cast.coordinator, "assign");
	CHECK_OK(t->call, declare(ps, ps->cast.verifier, declaration(ps, "me", "competitor", VENDOR_CODE, "2025-01-01", "")));
	CHECK_OK(t->call, workflow_assigned(t->call, &party_machine, party_look(ps, ps->cast.coordinator).id, "verifier", &verifier));
	CHECK_INT(verifier, 0);
}
