/* A published record leads to its product: the entry is found or made, and shows no more than what is public. */
#include "subject/advisory/advisory.h"
#include "subject/casefile/gate_fixture.h"
#include "subject/product/product.h"

static AdvisoryAffected published(Gate *gate)
{
	Casefile casefile;
	Advisory advisory;
	CHECK_OK(gate->t->call, gate_publish(gate));
	gate_open_casefile(gate, &casefile);
	CHECK_OK(gate->t->call, advisory_find(gate->t->call, casefile.number, &advisory));
	CHECK_INT(advisory.content.affected.count, 1);
	return advisory.content.affected.at[0];
}

static Product stated(Gate *gate, const char *name, const char *vendor, const char *package, const char *host)
{
	Product product;
	ProductStatement statement = { .kind = TEXT("android"),
		.name = text_from(name),
		.vendor = text_from(vendor),
		.package = text_from(package),
		.host = text_from(host) };
	call_recover(gate->t->call);
	scene_as(gate->scene, gate->cast.reporter);
	CHECK_OK(gate->t->call, product_register(gate->t->call, &statement, &product));
	CHECK(!product.is_public);
	return product;
}

TEST_DB(entry__a_product_that_nobody_knew_enters_the_catalogue_when_it_is_published)
{
	Gate gate = gate_new(t, "READY");
	Products before, after;
	Product product;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, product_search(t->call, TEXT("示例钱包"), TEXT(""), 0, 10, &before));
	CHECK_INT(before.count, 0); /* an undisclosed report enters nothing */
	AdvisoryAffected affected = published(&gate);
	CHECK(affected.entry.length > 0);
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, product_open(t->call, affected.entry, &product));
	CHECK_TEXT(product.name, "示例钱包");
	CHECK_TEXT(product.vendor, "示例公司");
	CHECK_TEXT(product.kind, "android");
	CHECK(product.is_public && !product.organisation_id);
	CHECK_OK(t->call, product_search(t->call, TEXT("示例钱包"), TEXT("android"), 0, 10, &after));
	CHECK_INT(after.count, 1);
	scene_as(gate.scene, gate.cast.publisher); /* who published has stated nothing */
	CHECK_OK(t->call, product_open(t->call, affected.entry, &product));
	CHECK(!product.is_own);
}

TEST_DB(entry__an_entry_that_fits_is_shown_from_then_on_without_what_nobody_verified)
{
	Gate gate = gate_new(t, "READY");
	Product hidden = stated(&gate, "示例钱包", "示例公司", "com.example.wallet", "pay.internal.example.com"), shown;
	Identities identities;
	t->call->actor = &actor_visitor;
	CHECK_ERROR(t->call, product_open(t->call, hidden.ref, &shown), NOT_FOUND);
	AdvisoryAffected affected = published(&gate);
	CHECK(text_is(affected.entry, hidden.ref));
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, product_open(t->call, hidden.ref, &shown));
	CHECK_OK(t->call, product_identities_shown(t->call, &shown, &identities));
	CHECK_INT(identities.count, 1);
	CHECK_TEXT(identities.at[0].value, "com.example.wallet");
	scene_as(gate.scene, gate.cast.reporter); /* who stated it sees all of it */
	CHECK_OK(t->call, product_open(t->call, hidden.ref, &shown));
	CHECK_OK(t->call, product_identities_shown(t->call, &shown, &identities));
	CHECK_INT(identities.count, 2);
}

TEST_DB(entry__the_package_name_decides_and_a_namesake_of_another_vendor_stays_hidden)
{
	Gate gate = gate_new(t, "COORDINATING");
	Product named = stated(&gate, "旧名字", "旧公司", "com.example.wallet", ""), shown;
	Product other = stated(&gate, "示例钱包", "另一家公司", "com.other.wallet", "");
	CHECK_OK(t->call, gate_describe(&gate, "package", "com.example.wallet"));
	CHECK_OK(t->call, gate_ask(&gate));
	AdvisoryAffected affected = published(&gate);
	CHECK(text_is(affected.entry, named.ref));
	t->call->actor = &actor_visitor;
	CHECK_ERROR(t->call, product_open(t->call, other.ref, &shown), NOT_FOUND);
}

TEST_DB(entry__a_correction_keeps_the_entry)
{
	Gate gate = gate_new(t, "READY");
	AdvisoryAffected first = published(&gate);
	Map *values = VALUES(gate.scene, "reason", "更正版本。", "title_zh", "示例钱包SQL注入漏洞", "description_zh",
		"导出接口未过滤输入。", "vendor", "示例公司", "product", "示例钱包", "versions", "< 3.3", "fixed_version", "3.3",
		"solution_zh", "升级到3.3。");
	Casefile casefile;
	Advisory advisory;
	scene_later(gate.scene, 60000); /* of two documents the younger speaks */
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "correct", values));
	CHECK_OK(t->call, gate_act(&gate, gate.cast.publisher, "change-advisory", VALUES(gate.scene, "change_read", "yes")));
	gate_open_casefile(&gate, &casefile);
	CHECK_OK(t->call, advisory_find(t->call, casefile.number, &advisory));
	CHECK_TEXT(advisory.content.affected.at[0].versions, "< 3.3");
	CHECK(text_is(advisory.content.affected.at[0].entry, first.entry));
}
