/* What may be done about a product: each a closed panel with its form. */
#include "people/person/form_page.h"
#include "subject/product/product_page_private.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"

enum { PANELS_MAX = 8 };

void product_choose(Arena *arena, Lang lang, FormField *field, const char *const (*pairs)[2], size_t count)
{
	Text *values = arena_array_of(arena, Text, count), *labels = arena_array_of(arena, Text, count);
	for (size_t i = 0; i < count; i++) {
		values[i] = text_from(pairs[i][0]);
		labels[i] = tr(lang, pairs[i][1]);
	}
	field->choice_values = values;
	field->choice_labels = labels;
	field->choice_count = count;
}
typedef struct Panels {
	Html *html;
	const Product *product;
	Markup *at;
	size_t count;
} Panels;

static void panel(Panels *panels, const char *end, const FormField *fields, size_t count, const char *label)
{
	Html *html = panels->html;
	Text word = tr(html->lang, label);
	Markup form = inline_form(html, product_url(html->call->arena, panels->product->ref, end), fields, count, word, TEXT(""));
	must(panels->count < PANELS_MAX);
	panels->at[panels->count++] = part_dialog(html, word, TEXT("quiet"), form);
}

static void owner_panels(Panels *panels, const Request *request, bool is_staff)
{
	const Product *product = panels->product;
	Text none = TEXT("");
	FormField names[] = { form_field(request, "name", INPUT_TEXT, N_("Name"), NULL, product->name),
		form_field(request, "name_en", INPUT_TEXT, N_("English name"), NULL, product->name_en),
		form_field(request, "vendor", INPUT_TEXT, N_("Vendor as stated"), NULL, product->vendor) };
	names[1].required = names[2].required = false;
	panel(panels, "/names", names, COUNT(names), N_("Change the names"));
	FormField release[] = { form_field(request, "version_name", INPUT_TEXT, N_("Version name"), NULL, none),
		form_field(request, "version_code", INPUT_TEXT, N_("Version code"), NULL, none),
		form_field(request, "since", INPUT_DATE, N_("Since (services)"), NULL, none) };
	for (size_t i = 0; i < COUNT(release); i++) release[i].required = false;
	panel(panels, "/releases", release, COUNT(release), N_("Add a release"));
	FormField sdk[] = { form_field(request, "part", INPUT_CODE, N_("Reference of the SDK"), NULL, none),
		form_field(request, "version", INPUT_TEXT, N_("Version name"), NULL, none),
		form_field(request, "evidence", INPUT_LINES, N_("Evidence"), NULL, none) };
	sdk[2].required = false;
	panel(panels, "/contains", sdk, COUNT(sdk), N_("Declare an SDK"));
	FormField into[] = { form_field(request, "into", INPUT_CODE, N_("Reference of the other product"), NULL, none) };
	if (is_staff) panel(panels, "/merge", into, COUNT(into), N_("Merge into another product"));
}

static void identity_panel(Panels *panels, const Request *request, bool is_staff)
{
	Arena *arena = panels->html->call->arena;
	const char *(*pairs)[2] = arena_alloc(arena, sizeof(*pairs) * identity_kind_count);
	FormField fields[] = { form_field(request, "kind", INPUT_CHOICE, N_("Kind"), NULL, TEXT("")),
		form_field(request, "value", INPUT_TEXT, N_("Value"), NULL, TEXT("")),
		form_field(request, "verified", INPUT_CHECK, N_("I have verified it"), NULL, TEXT("")) };
	for (size_t i = 0; i < identity_kind_count; i++) {
		pairs[i][0] = identity_kinds[i].tag;
		pairs[i][1] = identity_kinds[i].text;
	}
	product_choose(arena, panels->html->lang, &fields[0], (const char *const(*)[2])pairs, identity_kind_count);
	fields[2].required = false;
	panel(panels, "/identities", fields, is_staff ? COUNT(fields) : COUNT(fields) - 1, N_("Add an identity"));
}

static void claim_panel(Panels *panels, const Request *request)
{
	static const char *const methods[][2] = { { "certificate", N_("By the signing certificate") },
		{ "store", N_("By the store listing") }, { "host", N_("By a file on its domain") },
		{ "staff", N_("By a check of the library's staff") } };
	FormField fields[] = { form_field(request, "method", INPUT_CHOICE, N_("How you show it"), NULL, TEXT("")),
		form_field(request, "target", INPUT_TEXT, N_("Fingerprint, listing or domain"),
			N_("One of the identities above; empty for a check by staff"), TEXT("")),
		form_field(request, "note", INPUT_LINES, N_("Explanation"), NULL, TEXT("")) };
	fields[1].required = fields[2].required = false;
	product_choose(panels->html->call->arena, panels->html->lang, &fields[0], methods, COUNT(methods));
	panel(panels, "/claims", fields, COUNT(fields), N_("Claim this product"));
}

Error product_fill_panels(Html *html, const Request *request, const Product *product, ProductShowView *view)
{
	Call *call = html->call;
	bool is_owner = false, is_staff = product_is_staff(call->actor), is_vendor = actor_has(call->actor, ROLE_VENDOR_ADMIN);
	Panels panels = { html, product, arena_array_of(call->arena, Markup, PANELS_MAX), 0 };
	Products alike;
	TRY(product_is_owner(call, product, &is_owner));
	if (is_staff && text_is(product->state, TEXT("stated")))
		panels.at[panels.count++] = button_form(html, product_url(call->arena, product->ref, "/confirm"),
			tr(html->lang, "Confirm the product"), TEXT(""), TEXT(""), TEXT(""));
	if (is_owner || is_staff) owner_panels(&panels, request, is_staff);
	bool is_author = product->is_own && !product->is_public && product->organisation_id == 0;
	if (is_owner || is_staff || is_author) identity_panel(&panels, request, is_staff);
	if (is_vendor && !is_owner) claim_panel(&panels, request);
	view->panels = panels.at;
	view->panel_count = panels.count;
	if (!is_staff) return OK;
	TRY(product_lookalikes(call, product->id, &alike));
	if (alike.count > 0) view->alike = part_note(html, TEXT("warn"), tr(html->lang, "Names alike"), product_table(html, &alike, false));
	return OK;
}
