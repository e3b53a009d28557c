/* Lists of products: the catalogue, one's own, a vendor's, the staff's queue. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "subject/product/product_page_private.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"
#include "subject/product/views/product_list.html.h"
#include "subject/product/views/product_queue.html.h"
#include "subject/product/views/product_vendor.html.h"

Url product_url(Arena *arena, Text ref, const char *end)
{
	return url_local(arena, "/catalogue/%.*s%s", TEXT_ARGS(url_segment(arena, ref)), end);
}

Text product_kind_word(Lang lang, Text tag)
{
	const ProductKind *kind = product_kind(tag);
	return kind ? tr(lang, kind->text) : tag;
}

Markup product_status(Html *html, const Product *product)
{
	if (text_is(product->state, TEXT("confirmed"))) return part_status(html, tr(html->lang, "Confirmed"), TEXT("good"));
	return part_status(html, tr(html->lang, "Stated, not confirmed"), TEXT("neutral"));
}
/* ---- Lists */
Markup product_table(Html *html, const Products *products, bool is_public)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { { tr(lang, "Product"), COLUMN_TEXT }, { tr(lang, "Kind"), COLUMN_NARROW }, { tr(lang, "Vendor"), COLUMN_TEXT },
		{ tr(lang, "State"), COLUMN_NARROW }, { tr(lang, "Catalogue number"), COLUMN_CODE } };
	Cell *cells = arena_array_of(arena, Cell, products->count * COUNT(columns) + 1);
	for (size_t i = 0; i < products->count; i++) {
		const Product *product = &products->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = product_shown_name(product, lang);
		row[0].url = is_public ? url_public(html->request, arena_printf(arena, "/products/%.*s", TEXT_ARGS(product->ref)))
				       : product_url(arena, product->ref, "");
		row[1].text = product_kind_word(lang, product->kind);
		row[2].text = product->vendor.length > 0 ? product->vendor : TEXT("–");
		row[3].markup = product_status(html, product);
		row[4].text = product->ref;
	}
	if (products->count == 0) return (Markup) { 0 };
	return part_table(html, &(Table) { tr(lang, "Products"), columns, COUNT(columns), cells, products->count });
}
static Markup filters_of(Html *html, Text query, Text kind)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, product_kind_count + 1), *labels = arena_array_of(arena, Text, product_kind_count + 1);
	values[0] = TEXT("");
	labels[0] = tr(html->lang, "Any kind");
	for (size_t i = 0; i < product_kind_count; i++) {
		values[i + 1] = text_from(product_kinds[i].tag);
		labels[i + 1] = tr(html->lang, product_kinds[i].text);
	}
	Filter filters[] = { { .name = TEXT("q"),
				     .label = tr(html->lang, "Search by name, package name, AppID or filing number"),
				     .value = query,
				     .is_search = true },
		{ .name = TEXT("kind"),
			.label = tr(html->lang, "Kind"),
			.value = kind,
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = product_kind_count + 1 } };
	return part_filters(html, &(FilterBar) { .action = url_local(arena, "/catalogue"), .filters = filters, .count = COUNT(filters) });
}

Error product_cursor(Request *request, int64_t *out)
{
	int64_t cursor = 0;
	Text given = request_query(request, TEXT("after"));
	if (given.at && (!text_to_int(given, &cursor) || cursor < 0)) return fail(request->call, USAGE, "cursor");
	*out = cursor;
	return OK;
}

static Markup pager_of(Html *html, const char *path, Text query, Text kind, const Products *products)
{
	Arena *arena = html->call->arena;
	if (products->count < PRODUCT_PAGE) return (Markup) { 0 };
	Url next = url_local(arena, "%s?q=%.*s&kind=%.*s&after=%lld", path, TEXT_ARGS(url_segment(arena, query)),
		TEXT_ARGS(url_segment(arena, kind)), (long long)products->at[products->count - 1].id);
	return part_pager(html, (Url) { 0 }, next);
}

static Text asked(const Request *request, Text name)
{
	Text value = request_query(request, name);
	return value.at ? value : TEXT("");
}

static Error show_list(Request *request, const char *title, const char *path, bool own)
{
	Call *call = request->call;
	Text query = asked(request, TEXT("q")), kind = asked(request, TEXT("kind"));
	Products products;
	int64_t after;
	Html *html;
	PageHead head = { .title = tr(call->lang, title), .wide = true };
	TRY(product_cursor(request, &after));
	TRY(own ? product_list_own(call, after, PRODUCT_PAGE, &products)
		: product_search(call, query, kind, after, PRODUCT_PAGE, &products));
	TRY(html_page_open(request, &head, &html));
	ProductListView view = { .table = product_table(html, &products, false),
		.pager = pager_of(html, path, query, kind, &products),
		.add = url_local(call->arena, "/catalogue/add"),
		.own = url_local(call->arena, "/catalogue/own"),
		.queue = url_local(call->arena, "/admin/products"),
		.is_staff = product_is_staff(call->actor) };
	if (!own) view.filters = filters_of(html, query, kind);
	if (products.count == 0)
		view.empty = part_empty(html, tr(html->lang, "No product found"),
			tr(html->lang, "Products are shown here once the library has confirmed them."), (Url) { 0 }, TEXT(""));
	page_product_list(html, &view);
	return html_page_close(request, html);
}

static Error show_catalogue(Request *request) { return show_list(request, N_("Products"), "/catalogue", false); }
static Error show_own(Request *request) { return show_list(request, N_("My products"), "/catalogue/own", true); }
/* ---- The staff's queue */
static Error show_queue(Request *request)
{
	Call *call = request->call;
	Products products;
	ProductClaims claims;
	int64_t after;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Stated products and claims"), .wide = true };
	TRY(product_cursor(request, &after));
	TRY(product_queue(call, after, PRODUCT_PAGE, &products));
	TRY(product_claims_waiting(call, 0, PRODUCT_SHOWN_MAX, &claims));
	TRY(html_page_open(request, &head, &html));
	ProductQueueView view = { .products = product_table(html, &products, false),
		.claims = product_claim_table(html, &claims),
		.pager = pager_of(html, "/admin/products", TEXT(""), TEXT(""), &products) };
	page_product_queue(html, &view);
	return html_page_close(request, html);
}
static Error show_vendor(Request *request)
{
	Call *call = request->call;
	Organisation organisation;
	Products products;
	int64_t after;
	Html *html;
	TRY(product_cursor(request, &after));
	TRY(org_find_ref(call, request_parameter(request, TEXT("ref")), &organisation));
	if (organisation.merged_into) {
		TRY(org_find(call, organisation.merged_into, &organisation));
		return reply_redirect(request,
			request_public_path(request,
				arena_printf(call->arena, "/vendors/%.*s", TEXT_ARGS(url_segment(call->arena, organisation.ref)))));
	}
	TRY(product_list_of(call, organisation.id, after, PRODUCT_PAGE, &products));
	if (organisation.state != ORG_VERIFIED || (products.count == 0 && after == 0))
		return fail(call, NOT_FOUND, "no vendor with public products");
	PageHead head = { .title = org_shown_name(&organisation, call->lang), .wide = true };
	TRY(html_page_open(request, &head, &html));
	ProductQueueView view = { .products = product_table(html, &products, true) };
	if (products.count == PRODUCT_PAGE)
		view.pager = part_pager(html, (Url) { 0 },
			url_public(request,
				arena_printf(call->arena, "/vendors/%.*s?after=%lld", TEXT_ARGS(url_segment(call->arena, organisation.ref)),
					(long long)products.at[PRODUCT_PAGE - 1].id)));
	page_product_vendor(html, &view);
	reply_public(request, TEXT("product"));
	reply_public(request, TEXT("organisation"));
	return html_page_close(request, html);
}
static const Route rows[] = {
	{ GET, "/catalogue", show_catalogue, .may = ROLE_PEOPLE, .summary = "Searches the products one may see." },
	{ GET, "/catalogue/own", show_own, .may = ROLE_PEOPLE, .summary = "Lists the products of one's own and of one's organisation." },
	{ GET, "/admin/products", show_queue, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.summary = "Lists stated products and claims that wait." },
	{ GET, "/vendors/:ref", show_vendor, .may = ROLE_EVERYBODY, .is_public = true, .summary = "The products of a vendor" },
};
const RouteTable product_list_routes = { "subject/product lists", rows, COUNT(rows) };
