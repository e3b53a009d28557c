#include "subject/warning/warning_fixture.h"

#include "people/notice/notice.h"
#include "people/org/credit_code.h"
#include "store/db/db.h"

const char *warning_code(Test *t, int n)
{
	Text first = arena_printf(t->arena, "91110108MA%05dA0", 10000 + n);
	return arena_printf(t->arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first)).at;
}

WarningWorld warning_world(Test *t)
{
	static const char *const names[FIXTURE_VENDORS] = { "甲科技", "乙科技", "丙科技", "丁科技", "戊科技" };
	static const char *const handles[FIXTURE_VENDORS] = { "alba", "bert", "cleo", "dora", "emil" };
	WarningWorld world = { .scene = scene_new(t) };
	Scene *scene = world.scene;
	world.coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	world.second_coordinator = scene_person(scene, "carl", ROLE_COORDINATOR);
	world.publisher = scene_person(scene, "paul", ROLE_PUBLISHER);
	world.second_publisher = scene_person(scene, "petra", ROLE_PUBLISHER);
	for (int i = 0; i < FIXTURE_VENDORS; i++) {
		(void)scene_person(scene, handles[i], ROLE_REPORTER);
		world.vendors[i] = &scene->people[scene->count - 1];
		(void)scene_organisation(scene, world.coordinator, world.vendors[i], names[i], warning_code(t, i), "vendor", "CN");
		world.vendors[i]->roles |= ROLE_VENDOR_ADMIN;
	}
	(void)scene_person(scene, "una", ROLE_REPORTER);
	world.unit = &scene->people[scene->count - 1];
	(void)scene_organisation(scene, world.coordinator, world.unit, "支撑实验室", warning_code(t, 50), "unit", "CN");
	world.unit->roles |= ROLE_UNIT_ADMIN;
	Standing standing = { .kind = TEXT("unit"), .stars = 2, .from_at = t->call->now };
	t->call->actor = &actor_system;
	CHECK_OK(t->call, org_standing_set(t->call, world.unit->organisation_id, &standing));
	return world;
}

Product warning_product(WarningWorld *world, const char *kind, const char *name, Actor *owner)
{
	Call *call = world->scene->call;
	Product product;
	Text claim;
	ProductStatement statement = { .kind = text_from(kind), .name = text_from(name) };
	scene_as(world->scene, world->coordinator);
	CHECK_OK(call, product_register(call, &statement, &product));
	CHECK_OK(call, product_confirm(call, product.ref));
	if (!owner) return product;
	scene_as(world->scene, owner);
	CHECK_OK(call, product_claim(call, product.ref, TEXT("staff"), TEXT(""), TEXT("Ours."), &claim));
	CHECK_OK(call, product_claim_act(call, claim, TEXT("submit"), 0, NULL));
	scene_as(world->scene, world->coordinator);
	CHECK_OK(call, product_claim_act(call, claim, TEXT("grant"), 0, VALUES(world->scene, "reason", "Looked at.")));
	return product;
}

void warning_contain(WarningWorld *world, const Product *product, Text release_ref, const Product *part, const char *version)
{
	scene_as(world->scene, world->coordinator);
	CHECK_OK(world->scene->call,
		product_containment_add(world->scene->call, product->ref, release_ref, part->ref, text_from(version), TEXT("Listed.")));
}

Map *warning_values(WarningWorld *world)
{
	return VALUES(world->scene, "what_zh", "金丝雀推送SDK远程代码执行漏洞", "found_zh", "监测发现该SDK存在漏洞。", "product_zh",
		"消息推送组件。", "cause_zh", "消息解析缺少长度检查，收到畸形消息时触发。", "harm_zh", "可致应用被远程控制。", "versions",
		"< 3.6.5", "advice_zh", "升级到3.6.5。", "what_en", "CanaryPush remote code execution", "found_en", "The SDK has a flaw.",
		"product_en", "A push component.", "cause_en", "No check of a length.", "harm_en", "The app can be taken over.",
		"advice_en", "Update to 3.6.5.", "links", "https://vendor.example.cn/notice");
}

Text warning_written(WarningWorld *world, const Actor *author)
{
	Text ref;
	Call *call = world->scene->call;
	scene_as(world->scene, author ? author : world->coordinator);
	CHECK_OK(call, warning_new(call, &ref));
	CHECK_OK(call, warning_save(call, ref, warning_values(world)));
	return ref;
}

Error warning_do(WarningWorld *world, const Actor *actor, Text ref, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	Map *values = VALUES(world->scene, "code", "unverified", "explanation", "An explanation.", "no_casefile", "yes", "assessment",
		"Looked at.", "no_exploit", "yes", "audience", "yes", "reason", "A reason.");
	return warning_act(world->scene->call, ref, text_from(action), 0, values);
}

void warning_aim_at(WarningWorld *world, Text ref, const Map *values)
{
	scene_as(world->scene, world->coordinator);
	CHECK_OK(world->scene->call, warning_aim_add(world->scene->call, ref, values));
}

void warning_assessed(WarningWorld *world, Text ref)
{
	Warning warning = warning_seen(world, &actor_system, ref);
	const Actor *author = warning.organisation_id ? world->unit : NULL;
	if (author && text_is(warning.state, TEXT("DRAFT"))) CHECK_OK(world->scene->call, warning_do(world, author, ref, "submit"));
	CHECK_OK(world->scene->call, warning_do(world, world->coordinator, ref, "assess"));
}

void warning_sent(WarningWorld *world, Text ref)
{
	Warning warning = warning_seen(world, &actor_system, ref);
	if (!text_is(warning.state, TEXT("ASSESSED"))) warning_assessed(world, ref);
	CHECK_OK(world->scene->call, warning_do(world, world->publisher, ref, "send"));
}

Warning warning_seen(WarningWorld *world, const Actor *actor, Text ref)
{
	Warning warning;
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	CHECK_OK(world->scene->call, warning_open(world->scene->call, ref, &warning));
	return warning;
}

void warning_delivered(WarningWorld *world)
{
	int64_t count = 1;
	scene_as(world->scene, &actor_system);
	while (count) CHECK_OK(world->scene->call, warning_deliver(world->scene->call, 50, &count));
}

size_t warning_told(WarningWorld *world, const Actor *actor)
{
	Notices notices;
	size_t told = 0;
	scene_as(world->scene, actor);
	CHECK_OK(world->scene->call, notice_list(world->scene->call, 0, 100, &notices));
	for (size_t i = 0; i < notices.count; i++) told += text_starts(notices.at[i].link, TEXT("/warning-desk/"));
	return told;
}
