/* An organisation that becomes part of another: its people and all it has follow at once. */
#include "harness/scene.h"
#include "people/org/org.h"
#include "subject/product/product.h"

typedef struct Two {
	Scene *scene;
	Cast cast;
	Actor *one, *other; /* their administrators */
	int64_t one_id, other_id;
} Two;

static const char one_code[] = "9144030071526726XG", other_code[] = "914403001922038216";

static Two two_vendors(Test *t, const char *domicile)
{
	Two two = { .scene = scene_new(t) };
	two.cast = scene_cast(two.scene);
	two.one = (Actor *)(uintptr_t)scene_person(two.scene, "one", 0);
	two.other = (Actor *)(uintptr_t)scene_person(two.scene, "other", 0);
	two.one_id = scene_organisation(two.scene, two.cast.coordinator, two.one, "One", one_code, "vendor", "CN");
	two.other_id = scene_organisation(two.scene, two.cast.coordinator, two.other, "Other", other_code, "vendor", domicile);
	two.one->roles |= ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN;
	scene_as(two.scene, two.cast.coordinator);
	return two;
}

static Error merge(Two *two, const char *from, const char *into, const char *reason)
{
	return org_merge(two->scene->call, text_from(from), text_from(into), text_from(reason));
}

static uint32_t roles_of(Call *call, const Actor *person)
{
	uint32_t roles = 0;
	CHECK_OK(call, role_of(call, person->person_id, &roles));
	return roles;
}

TEST_DB(org_merge__members_follow_without_their_rights_to_administer)
{
	Two two = two_vendors(t, "CN");
	Call *call = two.scene->call;
	Organisation merged, heir;
	Members members;
	Standings left;
	bool is_admin = true;
	CHECK((roles_of(call, two.one) & ROLE_VENDOR_ADMIN) != 0);
	CHECK_OK(call, merge(&two, one_code, other_code, "Registered on 5 March."));
	CHECK_OK(call, org_find(call, two.one_id, &merged));
	CHECK(merged.state == ORG_MERGED && merged.merged_into == two.other_id);
	CHECK_OK(call, org_find(call, two.other_id, &heir));
	scene_as(two.scene, two.other);
	CHECK_OK(call, org_members(call, &heir, &members));
	scene_as(two.scene, two.cast.coordinator);
	CHECK_INT(members.count, 2);
	CHECK_OK(call, org_is_admin(call, two.other_id, two.one->person_id, &is_admin));
	CHECK(!is_admin);
	CHECK_INT(roles_of(call, two.one) & (ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN), ROLE_VENDOR_MEMBER);
	CHECK_OK(call, org_standings(call, two.one_id, &left));
	CHECK_INT(left.count, 0);
	CHECK_ERROR(call, merge(&two, one_code, other_code, "Again."), INVALID);
}

TEST_DB(org_merge__its_products_are_the_other_ones_over_several_steps)
{
	Two two = two_vendors(t, "CN");
	Call *call = two.scene->call;
	Actor *third = (Actor *)(uintptr_t)scene_person(two.scene, "third", 0);
	int64_t third_id = scene_organisation(two.scene, two.cast.coordinator, third, "Third", "91350100M000100Y43", "vendor", "CN");
	Product product;
	Text claim;
	Map *reason = VALUES(two.scene, "reason", "Looked at.");
	ProductStatement statement = { .kind = TEXT("android"), .name = TEXT("App"), .package = TEXT("com.example.merged") };
	scene_as(two.scene, two.cast.coordinator);
	CHECK_OK(call, product_register(call, &statement, &product));
	CHECK_OK(call, product_confirm(call, product.ref));
	scene_as(two.scene, two.one);
	CHECK_OK(call, product_claim(call, product.ref, TEXT("staff"), TEXT(""), TEXT("Ours."), &claim));
	CHECK_OK(call, product_claim_act(call, claim, TEXT("submit"), 0, NULL));
	scene_as(two.scene, two.cast.coordinator);
	CHECK_OK(call, product_claim_act(call, claim, TEXT("grant"), 0, reason));
	CHECK_OK(call, merge(&two, one_code, other_code, "First step."));
	CHECK_OK(call, merge(&two, other_code, "91350100M000100Y43", "Second step."));
	scene_as(two.scene, third);
	CHECK_OK(call, product_open(call, product.ref, &product));
	CHECK_INT(product.organisation_id, third_id);
	CHECK(product.is_own);
}

TEST_DB(org_merge__is_decided_by_staff_of_neither_with_both_codes_and_a_reason)
{
	Two two = two_vendors(t, "US");
	Call *call = two.scene->call;
	CHECK(merge(&two, "", "nonsense", "") == ERROR_INVALID);
	CHECK_INT(call->failure.problems.count, 3);
	call_recover(call);
	CHECK_ERROR(call, merge(&two, one_code, one_code, "R"), INVALID);
	call_recover(call);
	CHECK_ERROR(call, merge(&two, one_code, other_code, "R"), INVALID); /* undisclosed matters would go abroad */
	call_recover(call);
	scene_as(two.scene, two.other);
	CHECK_ERROR(call, merge(&two, one_code, other_code, "R"), FORBIDDEN);
}

TEST_DB(org_merge__nobody_decides_about_their_own_organisation)
{
	Two two = two_vendors(t, "CN");
	Actor *const members[] = { two.one, two.other };
	for (size_t i = 0; i < COUNT(members); i++) {
		Actor own = *members[i];
		own.roles |= ROLE_COORDINATOR;
		scene_as(two.scene, &own);
		CHECK_ERROR(two.scene->call, merge(&two, one_code, other_code, "R"), FORBIDDEN);
		call_recover(two.scene->call);
	}
	scene_as(two.scene, two.cast.coordinator);
	CHECK_OK(two.scene->call, merge(&two, one_code, other_code, "R"));
}
