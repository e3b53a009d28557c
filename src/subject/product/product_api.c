/* The catalogue for machines: what the pages show and do, with the scopes product:read and product:write. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "subject/product/product_form_view.h"
#include "subject/product/product_page_private.h"

static void put_head(JsonWriter *writer, const Product *product)
{
	json_put_text(writer, "ref", product->ref);
	json_put_text(writer, "kind", product->kind);
	json_put_text(writer, "state", product->state);
	json_put_text(writer, "name", product->name);
	json_put_filled(writer, "name_en", product->name_en);
	json_put_filled(writer, "vendor", product->vendor);
	json_put_bool(writer, "public", product->is_public);
	json_put_bool(writer, "own", product->is_own);
	json_put_time(writer, "changed_at", product->changed_at);
}

static Text asked(const Request *request, const char *name)
{
	Text value = request_query(request, text_from(name));
	return value.at ? value : TEXT("");
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	Products products;
	JsonList page;
	int64_t after;
	Text of = asked(request, "of");
	if (of.length && !text_is(of, TEXT("own")) && !text_is(of, TEXT("stated"))) return fail(call, USAGE, "of");
	TRY(request_cursor(request, &after));
	TRY(text_is(of, TEXT("own")) ? product_list_own(call, after, PRODUCT_PAGE, &products)
		: text_is(of, TEXT("stated"))
			? product_queue(call, after, PRODUCT_PAGE, &products)
			: product_search(call, asked(request, "q"), asked(request, "kind"), after, PRODUCT_PAGE, &products));
	json_list_begin(request, &page);
	for (size_t i = 0; i < products.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &products.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, products.count == PRODUCT_PAGE ? products.at[PRODUCT_PAGE - 1].id : 0));
	return OK;
}

/* ---- One product */
static Error put_identities(JsonWriter *writer, Call *call, const Product *product)
{
	Identities identities;
	ProductNames names;
	TRY(product_identities_shown(call, product, &identities));
	TRY(product_names(call, product->id, &names));
	json_key(writer, TEXT("names"));
	json_array_begin(writer);
	for (size_t i = 0; i < names.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "name", names.at[i].name);
		json_put_time(writer, "from", names.at[i].from_at);
		json_put_bool(writer, "current", names.at[i].is_current);
		json_end(writer);
	}
	json_end(writer);
	json_key(writer, TEXT("identities"));
	json_array_begin(writer);
	for (size_t i = 0; i < identities.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "kind", identities.at[i].kind);
		json_put_text(writer, "value", identities.at[i].value);
		json_put_bool(writer, "verified", identities.at[i].is_verified);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_releases(JsonWriter *writer, Call *call, const Product *product)
{
	Releases releases;
	TRY(product_releases(call, product->id, 0, PRODUCT_SHOWN_MAX, &releases));
	json_key(writer, TEXT("releases"));
	json_array_begin(writer);
	for (size_t i = 0; i < releases.count; i++) {
		const Release *release = &releases.at[i];
		json_object_begin(writer);
		json_put_text(writer, "ref", release->ref);
		json_put_filled(writer, "version_name", release->version_name);
		json_key(writer, TEXT("version_code"));
		if (release->version_code >= 0)
			json_int(writer, release->version_code);
		else
			json_null(writer);
		json_put_time(writer, "since", release->since_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static void put_containments(JsonWriter *writer, const char *key, const Containments *containments, bool with_evidence)
{
	json_key(writer, text_from(key));
	json_array_begin(writer);
	for (size_t i = 0; i < containments->count; i++) {
		const Containment *containment = &containments->at[i];
		json_object_begin(writer);
		json_put_text(writer, "ref", containment->ref);
		json_put_text(writer, "product", containment->other.ref);
		json_put_text(writer, "name", containment->other.name);
		json_put_text(writer, "version", containment->version);
		if (with_evidence) json_put_filled(writer, "evidence", containment->evidence);
		json_end(writer);
	}
	json_end(writer);
}

static void put_claim_head(JsonWriter *writer, const Call *call, const ProductClaim *claim)
{
	json_put_text(writer, "ref", claim->ref);
	json_put_text(writer, "state", claim->state);
	turn_json(writer, call->lang, &claim_machine, claim->state);
	json_put_text(writer, "method", claim->method);
	json_put_time(writer, "claimed_at", claim->claimed_at);
	json_put_int(writer, "revision", claim->revision);
}

static Error put_claims(JsonWriter *writer, Call *call, const Product *product)
{
	ProductClaims claims;
	TRY(product_claims(call, product->id, &claims));
	json_key(writer, TEXT("claims"));
	json_array_begin(writer);
	for (size_t i = 0; i < claims.count; i++) {
		json_object_begin(writer);
		put_claim_head(writer, call, &claims.at[i]);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_holder(JsonWriter *writer, Call *call, const Product *product)
{
	Organisation owner = { 0 };
	if (product->organisation_id) TRY(org_find(call, product->organisation_id, &owner));
	json_put_filled(writer, "held_by", owner.id ? org_shown_name(&owner, call->lang) : TEXT(""));
	return OK;
}

static Error reply_product(Request *request, const Product *product)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Containments parts, whole;
	bool is_owner = false;
	TRY(product_is_owner(call, product, &is_owner));
	TRY(product_contains(call, product->id, 0, PRODUCT_SHOWN_MAX, &parts));
	TRY(product_contained_in(call, product->id, 0, PRODUCT_SHOWN_MAX, &whole));
	json_object_begin(&writer);
	put_head(&writer, product);
	TRY(put_holder(&writer, call, product));
	TRY(put_identities(&writer, call, product));
	TRY(put_releases(&writer, call, product));
	put_containments(&writer, "contains", &parts, is_owner || product_is_staff(call->actor));
	put_containments(&writer, "contained_in", &whole, false);
	TRY(put_claims(&writer, call, product));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_product(request, request->subject); }

static Error reply_again(Request *request, Text ref)
{
	Product after;
	TRY(product_open(request->call, ref, &after));
	return reply_product(request, &after);
}

static Error post(Request *request)
{
	Product product;
	TRY(product_register(request->call, request->form, &product));
	TRY(reply_product(request, &product));
	request->reply.status = 201;
	reply_header(request, TEXT("Location"), arena_printf(request->call->arena, "/api/v1/products/%.*s", TEXT_ARGS(product.ref)));
	return OK;
}

/* ---- Changes: each answers with the record as it is then */
static Error changed(Request *request, Handler *change)
{
	const Product *product = request->subject;
	TRY(change(request));
	return reply_again(request, product->ref);
}

static Error confirm(Request *request)
{
	const Product *product = request->subject;
	TRY(product_confirm(request->call, product->ref));
	return reply_again(request, product->ref);
}

static Error rename_it(Request *request) { return changed(request, product_change_names); }
static Error add_identity(Request *request) { return changed(request, product_change_identities); }
static Error add_release(Request *request) { return changed(request, product_change_releases); }
static Error add_part(Request *request) { return changed(request, product_change_parts); }
static Error merge(Request *request) { return changed(request, product_change_into); }

static Error end_part(Request *request)
{
	const Product *product = request->subject;
	TRY(product_containment_end(request->call, product->ref, request_parameter(request, TEXT("containment"))));
	return reply_again(request, product->ref);
}

/* ---- Claims */
static Error reply_claim(Request *request, Text ref)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	ProductClaim claim;
	Product product;
	Matter matter;
	TRY(product_claim_open(call, ref, &claim));
	TRY(product_find(call, claim.product_id, &product));
	product_claim_matter(&claim, &matter);
	json_object_begin(&writer);
	put_claim_head(&writer, call, &claim);
	json_put_text(&writer, "product", product.ref);
	json_put_filled(&writer, "target", claim.target);
	json_put_filled(&writer, "challenge", claim.target.length ? claim.challenge : TEXT(""));
	json_put_filled(&writer, "address",
		text_is(claim.method, TEXT("host"))
			? arena_printf(call->arena, "https://%.*s%s", TEXT_ARGS(claim.target), product_claim_path)
			: TEXT(""));
	json_put_filled(&writer, "fault", claim.fault);
	json_put_filled(&writer, "note", claim.note);
	json_put_bool(&writer, "proven", claim.is_proven);
	if (product_is_staff(call->actor)) json_put_bool(&writer, "contested", claim.is_contested);
	json_put_filled(&writer, "decision", claim.decision);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &claim_machine, &matter, call->actor);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error claim_it(Request *request)
{
	Text ref;
	TRY(product_begin_claim(request, &ref));
	TRY(reply_claim(request, ref));
	request->reply.status = 201;
	return OK;
}

static Error get_claim(Request *request) { return reply_claim(request, ((const ProductClaim *)request->subject)->ref); }

static Error get_claims(Request *request)
{
	Call *call = request->call;
	ProductClaims claims;
	JsonList page;
	int64_t after;
	TRY(request_cursor(request, &after));
	TRY(product_claims_waiting(call, after, PRODUCT_PAGE, &claims));
	json_list_begin(request, &page);
	for (size_t i = 0; i < claims.count; i++) {
		json_object_begin(&page.writer);
		put_claim_head(&page.writer, call, &claims.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, claims.count == PRODUCT_PAGE ? claims.at[PRODUCT_PAGE - 1].id : 0));
	return OK;
}

static Error act_claim(Request *request)
{
	const ProductClaim *claim = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	product_claim_matter(claim, &matter);
	TRY(action_take(request, &claim_machine, &matter, claim_action_form, &revision, &values));
	TRY(product_claim_act(request->call, claim->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_claim(request, claim->ref);
}

#define READS .may = ROLE_PEOPLE, .scope = SCOPE_PRODUCT_READ
#define WRITES .may = ROLE_PEOPLE, .scope = SCOPE_PRODUCT_WRITE, .subject = product_load
#define STAFF_WRITES .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_PRODUCT_WRITE, .subject = product_load
#define CLAIMANTS (ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_COORDINATOR)
static const Route rows[] = {
	{ GET, "/api/v1/products", get_list, READS,
		.summary = "Products one may see, found by q= and kind=; of=own: those of one's own and of one's organisation; of=stated: "
			   "those that "
			   "wait for confirmation, for coordinators" },
	{ POST, "/api/v1/products", post, .may = ROLE_PEOPLE, .scope = SCOPE_PRODUCT_WRITE, .form = &product_statement_form, .weight = 5,
		.summary = "State a product; an entry that fits is found, not made again" },
	{ GET, "/api/v1/products/:ref", get_one, READS, .subject = product_load,
		.summary = "A product: names, identities, releases, what it contains and what contains it, claims" },
	{ POST, "/api/v1/products/:ref/confirm", confirm, STAFF_WRITES, .summary = "Confirm a stated product" },
	{ POST, "/api/v1/products/:ref/names", rename_it, WRITES, .form = &product_name_form, .summary = "Change the names of a product" },
	{ POST, "/api/v1/products/:ref/identities", add_identity, WRITES, .form = &product_identity_form,
		.summary = "Add what a product is known by" },
	{ POST, "/api/v1/products/:ref/releases", add_release, WRITES, .form = &product_release_form,
		.summary = "Add a release of a product" },
	{ POST, "/api/v1/products/:ref/contains", add_part, WRITES, .form = &product_part_form,
		.summary = "Declare that a product contains an SDK" },
	{ POST, "/api/v1/products/:ref/contains/:containment/end", end_part, WRITES,
		.summary = "State that a product does not contain it any more" },
	{ POST, "/api/v1/products/:ref/merge", merge, STAFF_WRITES, .form = &product_into_form,
		.summary = "Merge a product into another one" },
	{ POST, "/api/v1/products/:ref/claims", claim_it, .may = ROLE_VENDOR_ADMIN, .scope = SCOPE_PRODUCT_WRITE, .subject = product_load,
		.form = &product_claim_form, .summary = "Claim a product for one's organisation" },
	{ GET, "/api/v1/product-claims", get_claims, .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_PRODUCT_READ,
		.summary = "Claims that wait for a decision" },
	{ GET, "/api/v1/product-claims/:ref", get_claim, .may = CLAIMANTS, .scope = SCOPE_PRODUCT_READ, .subject = product_claim_load,
		.summary = "A claim of a product" },
	{ POST, "/api/v1/product-claims/:ref/actions/:action", act_claim, .may = ROLE_VENDOR_ADMIN | ROLE_COORDINATOR,
		.scope = SCOPE_PRODUCT_WRITE, .subject = product_claim_load, .form = &action_request_form,
		.summary = "Carry out an action of a claim" },
};
const RouteTable product_api_routes = { "subject/product API", rows, COUNT(rows) };
