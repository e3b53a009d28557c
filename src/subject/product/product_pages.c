/* Stating a product, and changing its record. */
#include "people/person/form_page.h"
#include "subject/product/product_form_view.h"
#include "subject/product/product_page_private.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"

static void choose_kind(Arena *arena, Lang lang, FormField *field)
{
	const char *(*pairs)[2] = arena_alloc(arena, sizeof(*pairs) * product_kind_count);
	for (size_t i = 0; i < product_kind_count; i++) {
		pairs[i][0] = product_kinds[i].tag;
		pairs[i][1] = product_kinds[i].text;
	}
	product_choose(arena, lang, field, (const char *const(*)[2])pairs, product_kind_count);
}
static Error show_add(Request *request)
{
	Text none = TEXT("");
	FormField fields[] = { form_field(request, "kind", INPUT_CHOICE, N_("Kind"), NULL, none),
		form_field(request, "name", INPUT_TEXT, N_("Name"), N_("As it is called in its store or on its page"), none),
		form_field(request, "name_en", INPUT_TEXT, N_("English name"), NULL, none),
		form_field(request, "vendor", INPUT_TEXT, N_("Vendor"), NULL, none),
		form_field(request, "package", INPUT_TEXT, N_("Package name, bundle ID or AppID"), N_("Such as com.example.app"), none),
		form_field(request, "filing_number", INPUT_TEXT, N_("Filing number"), N_("Such as 京ICP备12345678号-2A"), none),
		form_field(request, "store", INPUT_TEXT, N_("Store link"), NULL, none),
		form_field(request, "host", INPUT_TEXT, N_("Domain name or API host"), NULL, none),
		form_field(request, "for_organisation", INPUT_CHECK, N_("It is our own product"),
			N_("We will claim it for the organisation."), none) };
	for (size_t i = 2; i < COUNT(fields); i++) fields[i].required = false;
	choose_kind(request->call->arena, request->call->lang, &fields[0]);
	bool is_vendor = actor_has(request->call->actor, ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN);
	FormPage page = { .title = tr(request->call->lang, "Add a product"),
		.action = url_local(request->call->arena, "/catalogue/add"),
		.fields = fields,
		.field_count = is_vendor ? COUNT(fields) : COUNT(fields) - 1,
		.button = tr(request->call->lang, "Add a product") };
	return form_page_show(request, &page);
}
Error product_go_to(Request *request, Text ref) { return reply_redirect(request, product_url(request->call->arena, ref, "").text); }

static Error do_add(Request *request)
{
	Product product;
	TRY(product_register(request->call, request->form, &product));
	return product_go_to(request, product.ref);
}
/* ---- Changes */
static Error do_confirm(Request *request)
{
	const Product *product = request->subject;
	TRY(product_confirm(request->call, product->ref));
	return product_go_to(request, product->ref);
}

static Error changed(Request *request, Handler *change)
{
	const Product *product = request->subject;
	TRY(change(request));
	return product_go_to(request, product->ref);
}

static Error do_names(Request *request) { return changed(request, product_change_names); }
static Error do_identity(Request *request) { return changed(request, product_change_identities); }
static Error do_release(Request *request) { return changed(request, product_change_releases); }
static Error do_contains(Request *request) { return changed(request, product_change_parts); }
static Error do_merge(Request *request) { return changed(request, product_change_into); } /* its reference leads to the other one */

#define OF_PRODUCT(form_) .may = ROLE_PEOPLE, .subject = product_load, .form = &(form_), .retry = product_show_page
static const Route rows[] = {
	{ GET, "/catalogue/add", show_add, .may = ROLE_PEOPLE, .summary = "Shows the form to state a product." },
	{ POST, "/catalogue/add", do_add, .may = ROLE_PEOPLE, .form = &product_statement_form, .retry = show_add, .weight = 5,
		.summary = "States a product." },
	{ POST, "/catalogue/:ref/confirm", do_confirm, .may = ROLE_COORDINATOR, .subject = product_load, .needs_second_factor = true,
		.summary = "Confirms a product." },
	{ POST, "/catalogue/:ref/names", do_names, OF_PRODUCT(product_name_form), .summary = "Changes the names of a product." },
	{ POST, "/catalogue/:ref/identities", do_identity, OF_PRODUCT(product_identity_form),
		.summary = "Adds what a product is known by." },
	{ POST, "/catalogue/:ref/releases", do_release, OF_PRODUCT(product_release_form), .summary = "Adds a release of a product." },
	{ POST, "/catalogue/:ref/contains", do_contains, OF_PRODUCT(product_part_form),
		.summary = "Declares that a product contains an SDK." },
	{ POST, "/catalogue/:ref/merge", do_merge, .may = ROLE_COORDINATOR, .subject = product_load, .form = &product_into_form,
		.retry = product_show_page, .needs_second_factor = true, .summary = "Merges a product into another one." },
};
const RouteTable product_routes = { "subject/product", rows, COUNT(rows) };
