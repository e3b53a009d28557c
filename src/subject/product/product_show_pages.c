/* One product: its record, for those who work with it and for everybody. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "subject/product/product_page_private.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"
#include "subject/product/views/product_show.html.h"

Error product_load(Request *request)
{
	Product *product = arena_new_of(request->call->arena, Product);
	TRY(product_open(request->call, request_parameter(request, TEXT("ref")), product));
	request->subject = product;
	return OK;
}
static Error facts_of(Html *html, const Product *product, Markup *out)
{
	LIST_OF(Fact) facts = { 0 };
	Call *call = html->call;
	Lang lang = html->lang;
	Organisation owner = { 0 };
	ProductNames names;
	LIST_OF(Text) former = { 0 };
	if (product->organisation_id) TRY(org_find(call, product->organisation_id, &owner));
	TRY(product_names(call, product->id, &names));
	for (size_t i = 0; i < names.count; i++)
		if (!names.at[i].is_current) list_add(call->arena, &former, names.at[i].name);
	Fact kind = { .label = tr(lang, "Kind"), .text = product_kind_word(lang, product->kind) };
	Fact english = { .label = tr(lang, "English name"), .text = product->name_en };
	Fact vendor = { .label = tr(lang, "Vendor as stated"), .text = product->vendor };
	Fact holder = { .label = tr(lang, "Held by"), .text = owner.id ? org_shown_name(&owner, lang) : tr(lang, "Nobody has claimed it") };
	if (owner.id && product->is_public)
		holder.url = url_public(html->request, arena_printf(call->arena, "/vendors/%.*s", TEXT_ARGS(owner.ref)));
	Fact old = { .label = tr(lang, "Former names"), .text = arena_join(call->arena, former.at, former.count, TEXT("; ")) };
	Fact ref = { .label = tr(lang, "Catalogue number"), .markup = part_copy(html, product->ref) };
	list_add(call->arena, &facts, kind);
	if (product->name_en.length > 0) list_add(call->arena, &facts, english);
	if (product->vendor.length > 0) list_add(call->arena, &facts, vendor);
	list_add(call->arena, &facts, holder);
	if (former.count > 0) list_add(call->arena, &facts, old);
	list_add(call->arena, &facts, ref);
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error identities_of(Html *html, const Product *product, Markup *out)
{
	Identities identities;
	TRY(product_identities_shown(html->call, product, &identities));
	if (identities.count == 0) return OK;
	Fact *facts = arena_array_of(html->call->arena, Fact, identities.count);
	for (size_t i = 0; i < identities.count; i++) {
		const Identity *identity = &identities.at[i];
		Text state = identity->is_verified ? tr(html->lang, "Verified identity") : tr(html->lang, "Claimed identity");
		facts[i].label = tr(html->lang, identity_kind(identity->kind)->text);
		facts[i].text = arena_printf(html->call->arena, "%.*s (%.*s)", TEXT_ARGS(identity->value), TEXT_ARGS(state));
	}
	*out = part_facts(html, facts, identities.count);
	return OK;
}

static Error releases_of(Html *html, const Product *product, Markup *out)
{
	Releases releases;
	TRY(product_releases(html->call, product->id, 0, PRODUCT_SHOWN_MAX, &releases));
	if (releases.count == 0) return OK;
	Column columns[] = { { tr(html->lang, "Version name"), COLUMN_TEXT }, { tr(html->lang, "Version code"), COLUMN_NUMBER },
		{ tr(html->lang, "Since (services)"), COLUMN_NARROW } };
	Cell *cells = arena_array_of(html->call->arena, Cell, releases.count * COUNT(columns));
	for (size_t i = 0; i < releases.count; i++) {
		const Release *release = &releases.at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = release->version_name.length > 0 ? release->version_name : TEXT("–");
		row[1].text =
			release->version_code >= 0 ? arena_printf(html->call->arena, "%lld", (long long)release->version_code) : TEXT("–");
		row[2].text = TEXT("–");
		if (release->since_at > 0) row[2].markup = part_date(html, release->since_at);
	}
	*out = part_table(html, &(Table) { tr(html->lang, "Releases"), columns, COUNT(columns), cells, releases.count });
	return OK;
}

static Markup containment_list(Html *html, const Containments *containments, bool is_public)
{
	Arena *arena = html->call->arena;
	if (containments->count == 0) return (Markup) { 0 };
	Fact *facts = arena_array_of(arena, Fact, containments->count);
	for (size_t i = 0; i < containments->count; i++) {
		const Containment *containment = &containments->at[i];
		facts[i].label = product_shown_name(&containment->other, html->lang);
		facts[i].text = containment->version;
		facts[i].url = is_public
				       ? url_public(html->request, arena_printf(arena, "/products/%.*s", TEXT_ARGS(containment->other.ref)))
				       : product_url(arena, containment->other.ref, "");
	}
	return part_facts(html, facts, containments->count);
}

Error product_fill_record(Html *html, const Product *product, bool is_public, ProductShowView *view)
{
	Call *call = html->call;
	Containments parts, whole;
	view->status = product_status(html, product);
	TRY(facts_of(html, product, &view->facts));
	TRY(identities_of(html, product, &view->identities));
	TRY(releases_of(html, product, &view->releases));
	TRY(product_contains(call, product->id, 0, PRODUCT_SHOWN_MAX, &parts));
	TRY(product_contained_in(call, product->id, 0, PRODUCT_SHOWN_MAX, &whole));
	view->contains = containment_list(html, &parts, is_public);
	view->contained_in = containment_list(html, &whole, is_public);
	Text path = arena_printf(call->arena, "/advisories?q=%.*s", TEXT_ARGS(url_segment(call->arena, product->name)));
	view->advisories = is_public ? url_public(html->request, path) : url_local(call->arena, "%.*s", TEXT_ARGS(path));
	return OK;
}
Error product_show_page(Request *request)
{
	Call *call = request->call;
	const Product *product = request->subject;
	ProductShowView view = { 0 };
	ProductClaims claims;
	Html *html;
	Crumb crumbs[] = { { tr(call->lang, "Products"), url_local(call->arena, "/catalogue") }, { .text = product->ref } };
	PageHead head = { .title = product_shown_name(product, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	if (request->method == GET && !text_is(product->ref, request_parameter(request, TEXT("ref"))))
		return product_go_to(request, product->ref);
	TRY(html_page_open(request, &head, &html));
	TRY(product_fill_record(html, product, false, &view));
	TRY(product_claims(call, product->id, &claims));
	view.claims = product_claim_table(html, &claims);
	if (product->is_public)
		view.public_page = url_public(request, arena_printf(call->arena, "/products/%.*s", TEXT_ARGS(product->ref)));
	TRY(product_fill_panels(html, request, product, &view));
	page_product_show(html, &view);
	return html_page_close(request, html);
}
/* ---- What everybody may see */
static Error show_public(Request *request)
{
	Call *call = request->call;
	Product product;
	ProductShowView view = { 0 };
	Html *html;
	TRY(product_open(call, request_parameter(request, TEXT("ref")), &product));
	if (!text_is(product.ref, request_parameter(request, TEXT("ref"))))
		return reply_redirect(request, request_public_path(request, arena_printf(call->arena, "/products/%.*s",
										    TEXT_ARGS(url_segment(call->arena, product.ref)))));
	PageHead head = { .title = product_shown_name(&product, call->lang) };
	TRY(html_page_open(request, &head, &html));
	TRY(product_fill_record(html, &product, true, &view));
	page_product_show(html, &view);
	reply_public(request, TEXT("product"));
	reply_public(request, TEXT("organisation"));
	return html_page_close(request, html);
}
static const Route rows[] = {
	{ GET, "/catalogue/:ref", product_show_page, .may = ROLE_PEOPLE, .subject = product_load, .summary = "Shows a product." },
	{ GET, "/products/:ref", show_public, .may = ROLE_EVERYBODY, .is_public = true, .summary = "A product" },
};
const RouteTable product_show_routes = { "subject/product record", rows, COUNT(rows) };
