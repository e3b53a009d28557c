#include "harness/scene.h"
#include "store/db/db.h"
#include "subject/product/product_private.h"

static Product register_app(Scene *scene, const char *name, const char *package)
{
	Product product;
	ProductStatement statement = {
		.kind = TEXT("android"), .name = text_from(name), .vendor = TEXT("示例科技"), .package = text_from(package)
	};
	CHECK_OK(scene->call, product_register(scene->call, &statement, &product));
	return product;
}

static void make_public(Scene *scene, const Product *product) { CHECK_OK(scene->call, product_publish(scene->call, product->id)); }

/* ---- Identities */
static const struct {
	const char *kind, *given, *normal; /* NULL: refused */
} spellings[] = {
	{ "package", " com.tencent.mm ", "com.tencent.mm" },
	{ "package", "wechat", NULL },
	{ "package", "com..mm", NULL },
	{ "package", "com.1password", NULL },
	{ "bundle-id", "com.Tencent.xin", "com.tencent.xin" },
	{ "bundle-id", "com.tencent.", NULL },
	{ "bundle-name", "com.huawei.hmos.photos", "com.huawei.hmos.photos" },
	{ "appid", "WX0123456789ABCDEF", "wx0123456789abcdef" },
	{ "appid", "wx0123", NULL },
	{ "appid", "2021001234567890", "2021001234567890" },
	{ "account", "gh_0123456789ab", "gh_0123456789ab" },
	{ "account", "gh", NULL },
	{ "filing", "京ICP备12345678号-2A", "京ICP备12345678号-2A" },
	{ "filing", "京 ｉｃｐ备１２３４５６７８号－２ａ", "京ICP备12345678号-2A" },
	{ "filing", "粤ICP备2021000001号", "粤ICP备2021000001号" },
	{ "filing", "京ICP备12345678号-2Z", NULL },
	{ "filing", "京ICP证030173号", NULL },
	{ "filing", "东ICP备12345678号", NULL },
	{ "certificate", "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89",
		"abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789" },
	{ "certificate", "abcdef", NULL },
	{ "filed-certificate", "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e" },
	{ "host", "https://API.Example.com/v1", "api.example.com" },
	{ "host", "10.0.0.1", NULL },
	{ "host", "localhost", NULL },
	{ "host", "a_b.example.com", NULL },
	{ "store", "https://Apps.Example.com/app/1#top", "https://apps.example.com/app/1" },
	{ "store", "http://apps.example.com/app/1", NULL },
	{ "store", "javascript:alert(1)", NULL },
	{ "coordinates", "com.squareup.okhttp3:okhttp", "com.squareup.okhttp3:okhttp" },
	{ "coordinates", "a b", NULL },
	{ "no-such-kind", "x", NULL },
};

TEST(product_identity__each_kind_has_one_spelling)
{
	for (size_t i = 0; i < COUNT(spellings); i++) {
		Text normal = { 0 };
		bool fits = identity_parse(t->arena, text_from(spellings[i].kind), text_from(spellings[i].given), &normal);
		if (fits != (spellings[i].normal != NULL)) test_fail(__FILE__, __LINE__, "%s %s", spellings[i].kind, spellings[i].given);
		if (fits) CHECK(text_is(normal, text_from(spellings[i].normal)));
	}
}

/* ---- Who sees what was stated */
TEST_DB(product__what_is_stated_is_hidden_from_everybody_but_its_author_and_coordinators)
{
	Scene *scene = scene_new(t);
	const Actor *author = scene_person(scene, "author", ROLE_REPORTER), *stranger = scene_person(scene, "stranger", ROLE_REPORTER);
	const Actor *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR);
	const Actor *verifier = scene_person(scene, "verifier", ROLE_VERIFIER);
	Product seen;
	Products found;
	scene_as(scene, author);
	Product product = register_app(scene, "隐秘应用", "com.example.hidden");
	CHECK(product.is_own && !product.is_public);
	const Actor *hidden_from[] = { stranger, verifier, &actor_visitor };
	for (size_t i = 0; i < COUNT(hidden_from); i++) {
		scene_as(scene, hidden_from[i]);
		CHECK_ERROR(t->call, product_open(t->call, product.ref, &seen), NOT_FOUND);
		CHECK_ERROR(t->call, product_by_identity(t->call, TEXT("android"), TEXT("package"), TEXT("com.example.hidden"), &seen),
			NOT_FOUND);
		CHECK_OK(t->call, product_search(t->call, TEXT("com.example.hidden"), TEXT(""), 0, 10, &found));
		CHECK_INT(found.count, 0);
		CHECK_OK(t->call, product_search(t->call, TEXT(""), TEXT(""), 0, 10, &found));
		CHECK_INT(found.count, 0);
	}
	scene_as(scene, coordinator);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK(!seen.is_own);
	CHECK_OK(t->call, product_queue(t->call, 0, 10, &found));
	CHECK_INT(found.count, 1);
	make_public(scene, &product);
	scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_ERROR(t->call, product_queue(t->call, 0, 10, &found), FORBIDDEN);
}

TEST_DB(product__stating_what_is_hidden_makes_another_entry_and_tells_nothing)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "first", ROLE_REPORTER));
	Product first = register_app(scene, "某应用", "com.example.one");
	CHECK(text_is(register_app(scene, "某应用新名", "com.example.one").ref, first.ref));
	scene_as(scene, scene_person(scene, "second", ROLE_REPORTER));
	CHECK(!text_is(register_app(scene, "某应用", "com.example.one").ref, first.ref));
	make_public(scene, &first);
	scene_as(scene, scene_person(scene, "third", ROLE_REPORTER));
	CHECK(text_is(register_app(scene, "某应用", "com.example.one").ref, first.ref));
}

TEST_DB(product__found_by_name_package_and_filing_number_in_pages)
{
	Scene *scene = scene_new(t);
	Products found, next;
	Product product;
	scene_as(scene, scene_person(scene, "author", ROLE_REPORTER));
	ProductStatement statement = { .kind = TEXT("mini-program"),
		.name = TEXT("乘車碼"),
		.name_en = TEXT("Ride Pass"),
		.package = TEXT("wx0123456789abcdef"),
		.filing_number = TEXT("京ICP备12345678号-2X") };
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	const char *questions[] = { "乘车", "ride pass", "WX0123456789ABCDEF", "京ICP备12345678号-2X", "乘车码 ride" };
	for (size_t i = 0; i < COUNT(questions); i++) {
		CHECK_OK(t->call, product_search(t->call, text_from(questions[i]), TEXT(""), 0, 10, &found));
		if (found.count != 1) test_fail(__FILE__, __LINE__, "%s: %zu", questions[i], found.count);
	}
	CHECK_OK(t->call, product_search(t->call, TEXT("乘车"), TEXT("android"), 0, 10, &found));
	CHECK_INT(found.count, 0);
	CHECK_OK(t->call, product_search(t->call, TEXT("!?"), TEXT(""), 0, 10, &found));
	CHECK_INT(found.count, 0);
	for (int i = 0; i < 5; i++) (void)register_app(scene, "地铁助手", arena_printf(t->arena, "com.example.metro%d", i).at);
	CHECK_OK(t->call, product_search(t->call, TEXT("地铁"), TEXT(""), 0, 3, &found));
	CHECK_INT(found.count, 3);
	CHECK_OK(t->call, product_search(t->call, TEXT("地铁"), TEXT(""), found.at[2].id, 3, &next));
	CHECK_INT(next.count, 2);
	CHECK(next.at[0].id > found.at[2].id);
}

TEST_DB(product__a_value_that_does_not_fit_is_refused_at_its_field_or_left_out)
{
	Scene *scene = scene_new(t);
	Product product;
	Identities identities;
	ProductStatement statement = {
		.kind = TEXT("android"), .name = TEXT("应用"), .package = TEXT("not a package"), .store = TEXT("x")
	};
	scene_as(scene, scene_person(scene, "author", ROLE_REPORTER));
	CHECK_ERROR(t->call, product_register(t->call, &statement, &product), INVALID);
	statement.lenient = true;
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	CHECK_OK(t->call, product_identities(t->call, product.id, &identities));
	CHECK_INT(identities.count, 0);
	statement.name = TEXT("  ");
	CHECK_ERROR(t->call, product_register(t->call, &statement, &product), INVALID);
}

/* ---- Look-alikes */
TEST_DB(product__names_that_look_alike_are_shown_to_coordinators)
{
	Scene *scene = scene_new(t);
	Products alike;
	scene_as(scene, scene_person(scene, "author", ROLE_REPORTER));
	Product real = register_app(scene, "PayPal", "com.paypal.app");
	Product fake = register_app(scene, "P\xD0\xB0yP\xD0\xB0l", "com.paypa1.app"); /* Cyrillic а */
	(void)register_app(scene, "Else", "com.example.other");
	CHECK_ERROR(t->call, product_lookalikes(t->call, real.id, &alike), FORBIDDEN);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	CHECK_OK(t->call, product_lookalikes(t->call, real.id, &alike));
	CHECK_INT(alike.count, 1);
	CHECK(text_is(alike.at[0].ref, fake.ref));
}
