/* CSAF 2.0 (OASIS, Common Security Advisory Framework): a report for each vulnerability and each product it is known to affect. Pure. */
#include "subject/batch/read_private.h"

#include "engine/rating/rating.h"

enum { PRODUCTS_MAX = 5000 };

typedef struct Known { /* a product of the tree */
	Text vendor, name, versions;
} Known;

typedef struct Csaf {
	Reading *reading;
	Map *products; /* Known by product_id */
	Json document;
} Csaf;

static void add_product(Csaf *csaf, Json product, Known known)
{
	Text id = json_as_text(json_get(product, "product_id")), name = json_as_text(json_get(product, "name"));
	if (!id.length || map_count(csaf->products) >= PRODUCTS_MAX) return;
	Known *copy = arena_new_of(csaf->reading->arena, Known);
	*copy = known;
	if (!copy->name.length) copy->name = name.at ? name : TEXT("");
	map_put(csaf->products, id, copy);
}

/* Branches lie in one another: vendor, product, version. JSON itself is no deeper than JSON_DEPTH_MAX. */
static void add_branches(Csaf *csaf, Json branches, Known known)
{
	for (JsonEach each = json_each(branches); json_next(&each);) {
		Known here = known;
		Text category = json_as_text(json_get(each.value, "category")), name = json_as_text(json_get(each.value, "name"));
		if (!name.at) name = TEXT("");
		if (text_is(category, TEXT("vendor"))) here.vendor = name;
		if (text_is(category, TEXT("product_name"))) here.name = name;
		if (text_starts(category, TEXT("product_version"))) here.versions = name;
		if (json_has(json_get(each.value, "product"))) add_product(csaf, json_get(each.value, "product"), here);
		add_branches(csaf, json_get(each.value, "branches"), here);
	}
}

static void add_tree(Csaf *csaf)
{
	Json tree = json_get(csaf->document, "product_tree");
	const Known nothing = { TEXT(""), TEXT(""), TEXT("") };
	add_branches(csaf, json_get(tree, "branches"), nothing);
	for (JsonEach each = json_each(json_get(tree, "full_product_names")); json_next(&each);) add_product(csaf, each.value, nothing);
	for (JsonEach each = json_each(json_get(tree, "relationships")); json_next(&each);)
		add_product(csaf, json_get(each.value, "full_product_name"), nothing);
}

static bool names(Json list, Text id)
{
	for (JsonEach each = json_each(list); json_next(&each);)
		if (text_is(json_as_text(each.value), id)) return true;
	return false;
}

static Text note_of(Json notes, const char *const *categories, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (JsonEach each = json_each(notes); json_next(&each);)
			if (text_is(json_as_text(json_get(each.value, "category")), text_from(categories[i]))) {
				Text text = json_as_text(json_get(each.value, "text"));
				if (text.length) return text;
			}
	return TEXT("");
}

static Text score_of(Json vulnerability, Text product)
{
	static const char *const kinds[] = { "cvss_v3", "cvss_v2" };
	for (size_t i = 0; i < COUNT(kinds); i++)
		for (JsonEach each = json_each(json_get(vulnerability, "scores")); json_next(&each);) {
			Text vector = json_as_text(json_get(json_get(each.value, kinds[i]), "vectorString"));
			if (vector.length && names(json_get(each.value, "products"), product)) return vector;
		}
	return TEXT("");
}

static Text fix_of(Json vulnerability, Text product)
{
	for (JsonEach each = json_each(json_get(vulnerability, "remediations")); json_next(&each);) {
		Text details = json_as_text(json_get(each.value, "details"));
		if (details.length && names(json_get(each.value, "product_ids"), product)) return details;
	}
	return TEXT("");
}

static Text class_of(Json vulnerability)
{
	Text cwe = json_as_text(json_find(vulnerability, "cwe.id"));
	int64_t number = 0;
	if (!text_starts(cwe, TEXT("CWE-")) || !text_to_int(text_slice(cwe, 4, cwe.length), &number) || number > 100000) return TEXT("");
	const WeaknessClass *weakness = weakness_of_cwe((int)number);
	return weakness ? text_from(weakness->tag) : TEXT("");
}

static void set(Csaf *csaf, Map *values, const char *name, Text value)
{
	if (value.length) form_set(csaf->reading->arena, values, text_from(name), value);
}

static Text addresses_of(Csaf *csaf, Json vulnerability, Text *out_first)
{
	Buffer out = { .arena = csaf->reading->arena };
	const Json lists[] = { json_get(vulnerability, "references"), json_find(csaf->document, "document.references") };
	for (size_t i = 0; i < COUNT(lists); i++)
		for (JsonEach each = json_each(lists[i]); json_next(&each) && out.length < 15000;) {
			Text url = json_as_text(json_get(each.value, "url"));
			if (!url.length) continue;
			if (!out.length) *out_first = url;
			buffer_printf(&out, "%s%.*s", out.length ? "\n" : "", TEXT_ARGS(url));
		}
	return buffer_text(&out);
}

static bool put_one(Csaf *csaf, Json vulnerability, Text product_id)
{
	static const char *const says[] = { "description", "summary", "details", "general" }, *const harms[] = { "impact", "other" };
	const Known *known = map_get(csaf->products, product_id);
	Json notes = json_get(vulnerability, "notes");
	Map *values = map_new(csaf->reading->arena);
	Text first = TEXT(""), cve = json_as_text(json_get(vulnerability, "cve"));
	Text title = json_as_text(json_get(vulnerability, "title")), references = addresses_of(csaf, vulnerability, &first);
	bool is_white = text_is_nocase(json_as_text(json_find(csaf->document, "document.distribution.tlp.label")), TEXT("WHITE"));
	set(csaf, values, "kind", TEXT("generic"));
	set(csaf, values, "owner", TEXT("others"));
	set(csaf, values, "original", cve.length ? TEXT("known") : TEXT("original"));
	set(csaf, values, "known_number", cve);
	set(csaf, values, "disclosed", is_white ? TEXT("public") : TEXT("vendor"));
	if (is_white) set(csaf, values, "disclosed_where", first);
	set(csaf, values, "product", known ? known->name : product_id);
	set(csaf, values, "vendor", known ? known->vendor : TEXT(""));
	set(csaf, values, "versions", known ? known->versions : TEXT(""));
	set(csaf, values, "title", text_slice(title.length ? title : json_as_text(json_find(csaf->document, "document.title")), 0, 120));
	set(csaf, values, "description", note_of(notes, says, COUNT(says)));
	set(csaf, values, "impact", note_of(notes, harms, COUNT(harms)));
	set(csaf, values, "fix", fix_of(vulnerability, product_id));
	set(csaf, values, "class", class_of(vulnerability));
	set(csaf, values, "cvss", score_of(vulnerability, product_id));
	set(csaf, values, "references", references);
	return read_put(csaf->reading, csaf->reading->last + 1, values, NULL);
}

bool read_csaf(Reading *reading, Json document)
{
	static const char *const affected[] = { "known_affected", "first_affected", "last_affected" };
	Csaf csaf = { .reading = reading, .products = map_new(reading->arena), .document = document };
	add_tree(&csaf);
	for (JsonEach each = json_each(json_get(document, "vulnerabilities")); json_next(&each);) {
		Json status = json_get(each.value, "product_status");
		Map *seen = map_new(reading->arena);
		for (size_t i = 0; i < COUNT(affected); i++)
			for (JsonEach id = json_each(json_get(status, affected[i])); json_next(&id);) {
				Text product = json_as_text(id.value);
				if (!product.length || map_get(seen, product)) continue;
				map_put(seen, product, seen);
				if (!put_one(&csaf, each.value, product)) return false;
			}
	}
	return true;
}
