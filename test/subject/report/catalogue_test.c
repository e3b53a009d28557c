#include "harness/scene.h"

#include "subject/report/catalogue_private.h"

static void confirmed(Scene *scene, Product *out)
{
	ProductStatement statement = { .kind = TEXT("android"),
		.name = TEXT("示例钱包"),
		.vendor = TEXT("示例公司"),
		.package = TEXT("com.example.wallet"),
		.filing_number = TEXT("京ICP备12345678号-2A"),
		.store = TEXT("https://store.example.com/wallet") };
	scene_as(scene, scene_person(scene, "catalogue", ROLE_COORDINATOR));
	CHECK_OK(scene->call, product_register(scene->call, &statement, out));
	CHECK_OK(scene->call, product_confirm(scene->call, out->ref));
}

TEST_DB(catalogue__one_identity_fills_the_rest_of_the_form_and_another_one_replaces_it)
{
	Scene *scene = scene_new(t);
	Product product, other;
	confirmed(scene, &product);
	ProductStatement second = { .kind = TEXT("android"), .name = TEXT("示例地图"), .package = TEXT("com.example.map") };
	CHECK_OK(t->call, product_register(t->call, &second, &other));
	CHECK_OK(t->call, product_confirm(t->call, other.ref));
	static const struct {
		const char *field, *value;
	} typed[] = { { "package", "com.example.wallet" }, { "store", "https://STORE.example.com/wallet" },
		{ "filing_number", "京icp备12345678号-2a" } };
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	for (size_t i = 0; i < COUNT(typed); i++) {
		Map *empty = map_new(t->arena), *values = map_new(t->arena);
		form_set(t->arena, values, text_from(typed[i].field), text_from(typed[i].value));
		CHECK_OK(t->call, form_complete(t->call, &report_form, empty, values));
		CHECK_TEXT(form_answer(values, "part"), "android");
		CHECK_TEXT(form_answer(values, "product"), "示例钱包");
		CHECK_TEXT(form_answer(values, "vendor"), "示例公司");
		CHECK(form_answer(values, "package").length && form_answer(values, "store").length);
		CHECK(text_is(form_answer(values, typed[i].field), text_from(typed[i].value))); /* as it was typed */
		Map *before = form_values_copy(t->arena, &report_form, values);
		form_set(t->arena, values, TEXT("package"), TEXT("com.example.map"));
		CHECK_OK(t->call, form_complete(t->call, &report_form, before, values));
		CHECK_TEXT(form_answer(values, "product"), "示例地图");
		CHECK_TEXT(form_answer(values, "vendor"), "");
	}
}

TEST_DB(catalogue__what_was_typed_by_hand_stays)
{
	Scene *scene = scene_new(t);
	Product product;
	Map *empty = map_new(t->arena), *values = map_new(t->arena);
	confirmed(scene, &product);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	form_set(t->arena, values, TEXT("product"), TEXT("My name for it"));
	form_set(t->arena, values, TEXT("package"), TEXT("com.example.wallet"));
	CHECK_OK(t->call, form_complete(t->call, &report_form, empty, values));
	CHECK_TEXT(form_answer(values, "product"), "My name for it");
	CHECK_TEXT(form_answer(values, "vendor"), "示例公司");
}

TEST_DB(catalogue__a_report_keeps_the_product_that_it_names)
{
	Scene *scene = scene_new(t);
	Product product;
	Reception reception;
	Report report;
	confirmed(scene, &product);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("vendor"), TEXT("示例公司")); /* chosen by name: no identity */
	CHECK_OK(t->call, report_send(t->call, values, TEXT(""), &reception));
	CHECK_OK(t->call, report_open(t->call, reception.ref, &report));
	CHECK_INT(report.product_id, product.id);
	form_set(t->arena, values, TEXT("part"), TEXT("server")); /* the back end of the app that is named */
	form_set(t->arena, values, TEXT("host"), TEXT("api.example.com"));
	form_set(t->arena, values, TEXT("package"), TEXT("com.example.wallet"));
	CHECK_OK(t->call, report_send(t->call, values, TEXT(""), &reception));
	CHECK_OK(t->call, report_open(t->call, reception.ref, &report));
	CHECK_INT(report.product_id, product.id);
}

static int64_t taken_up(Scene *scene, const Actor *finder, const Actor *coordinator, const Map *values)
{
	Report report;
	scene_as(scene, finder);
	Text ref = scene_report(scene, values);
	CHECK_OK(scene->call, report_open(scene->call, ref, &report));
	CHECK_INT(report.product_id, 0);
	scene_as(scene, coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, ref, "review", NULL));
	CHECK_OK(scene->call, scene_report_act(scene, ref, "attach", NULL));
	CHECK_OK(scene->call, report_open(scene->call, ref, &report));
	return report.product_id;
}

TEST_DB(catalogue__an_undisclosed_report_enters_nothing_and_a_hidden_entry_tells_nobody)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *other = scene_person(scene, "other", ROLE_REPORTER),
		    *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR);
	ProductStatement statement = { .kind = TEXT("android"), .name = TEXT("示例钱包"), .package = TEXT("com.example.wallet") };
	Product stated, seen;
	Products products;
	Map *values = scene_values(scene), *empty = map_new(t->arena), *next = map_new(t->arena);
	form_set(t->arena, values, TEXT("package"), TEXT("com.example.wallet"));
	CHECK_INT(taken_up(scene, finder, coordinator, values), 0);
	CHECK_OK(t->call, product_queue(t->call, 0, 10, &products));
	CHECK_INT(products.count, 0);
	scene_as(scene, other);
	CHECK_OK(t->call, product_register(t->call, &statement, &stated));
	form_set(t->arena, values, TEXT("impact"), TEXT("Another one."));
	CHECK_INT(taken_up(scene, finder, coordinator, values), stated.id); /* the library knows, the reporter does not */
	scene_as(scene, finder);
	CHECK_ERROR(t->call, product_open(t->call, stated.ref, &seen), NOT_FOUND);
	form_set(t->arena, next, TEXT("package"), TEXT("com.example.wallet"));
	CHECK_OK(t->call, form_complete(t->call, &report_form, empty, next));
	CHECK_TEXT(form_answer(next, "product"), "");
}
