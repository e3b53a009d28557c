/* The catalogue in pages: search, a product with what may be done about it, claims, the staff's queue, and what everybody may see. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"
#include "subject/product/views/product_claim.html.h"
#include "subject/product/views/product_list.html.h"
#include "subject/product/views/product_queue.html.h"
#include "subject/product/views/product_show.html.h"
#include "subject/product/views/product_vendor.html.h"

enum { PAGE = 50, SHOWN_MAX = 100, PANELS_MAX = 8 };

static Url product_url(Arena *arena, Text ref, const char *end)
{
	return url_local(arena, "/catalogue/%.*s%s", TEXT_ARGS(url_segment(arena, ref)), end);
}

static Text kind_word(Lang lang, Text tag)
{
	const ProductKind *kind = product_kind(tag);
	return kind ? tr(lang, kind->text) : tag;
}

static Markup status_of(Html *html, const Product *product)
{
	if (text_is(product->state, TEXT("confirmed"))) return part_status(html, tr(html->lang, "Confirmed"), TEXT("good"));
	return part_status(html, tr(html->lang, "Stated, not confirmed"), TEXT("neutral"));
}

/* ---- Lists */
static Markup product_table(Html *html, const Products *products, bool is_public)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { { tr(lang, "Product"), COLUMN_TEXT }, { tr(lang, "Kind"), COLUMN_NARROW }, { tr(lang, "Vendor"), COLUMN_TEXT },
		{ tr(lang, "State"), COLUMN_NARROW }, { tr(lang, "Reference"), COLUMN_CODE } };
	Cell *cells = arena_array_of(arena, Cell, products->count * COUNT(columns) + 1);
	for (size_t i = 0; i < products->count; i++) {
		const Product *product = &products->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = product_shown_name(product, lang);
		row[0].url = is_public ? url_public(html->request, arena_printf(arena, "/products/%.*s", TEXT_ARGS(product->ref)))
				       : product_url(arena, product->ref, "");
		row[1].text = kind_word(lang, product->kind);
		row[2].text = product->vendor.length > 0 ? product->vendor : TEXT("–");
		row[3].markup = status_of(html, product);
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

static Error cursor_of(Request *request, int64_t *out)
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
	if (products->count < PAGE) return (Markup) { 0 };
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
	TRY(cursor_of(request, &after));
	TRY(own ? product_list_own(call, after, PAGE, &products) : product_search(call, query, kind, after, PAGE, &products));
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

/* ---- A new entry */
static const FieldSpec statement_fields[] = {
	{ "kind", FIELD_TEXT, offsetof(ProductStatement, kind), .max_length = 20 },
	{ "name", FIELD_TEXT, offsetof(ProductStatement, name) },
	{ "name_en", FIELD_TEXT, offsetof(ProductStatement, name_en) },
	{ "vendor", FIELD_TEXT, offsetof(ProductStatement, vendor) },
	{ "package", FIELD_TEXT, offsetof(ProductStatement, package), .max_length = 255 },
	{ "filing_number", FIELD_TEXT, offsetof(ProductStatement, filing_number) },
	{ "store", FIELD_TEXT, offsetof(ProductStatement, store), .max_length = 500 },
	{ "host", FIELD_TEXT, offsetof(ProductStatement, host), .max_length = 253 },
	{ "for_organisation", FIELD_BOOL, offsetof(ProductStatement, for_organisation) },
};
static const FormSpec statement_form = { statement_fields, COUNT(statement_fields), sizeof(ProductStatement), .max_body_bytes = 0 };

static void choose(Arena *arena, Lang lang, FormField *field, const char *const (*pairs)[2], size_t count)
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

static void choose_kind(Arena *arena, Lang lang, FormField *field)
{
	const char *(*pairs)[2] = arena_alloc(arena, sizeof(*pairs) * product_kind_count);
	for (size_t i = 0; i < product_kind_count; i++) {
		pairs[i][0] = product_kinds[i].tag;
		pairs[i][1] = product_kinds[i].text;
	}
	choose(arena, lang, field, (const char *const(*)[2])pairs, product_kind_count);
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

static Error back_to(Request *request, Text ref) { return reply_redirect(request, product_url(request->call->arena, ref, "").text); }

static Error do_add(Request *request)
{
	Product product;
	TRY(product_register(request->call, request->form, &product));
	return back_to(request, product.ref);
}

/* ---- One product */
static Error load_product(Request *request)
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
	Fact kind = { .label = tr(lang, "Kind"), .text = kind_word(lang, product->kind) };
	Fact english = { .label = tr(lang, "English name"), .text = product->name_en };
	Fact vendor = { .label = tr(lang, "Vendor as stated"), .text = product->vendor };
	Fact holder = { .label = tr(lang, "Held by"), .text = owner.id ? org_shown_name(&owner, lang) : tr(lang, "Nobody has claimed it") };
	if (owner.id && product->is_public)
		holder.url = url_public(html->request, arena_printf(call->arena, "/vendors/%.*s", TEXT_ARGS(owner.ref)));
	Fact old = { .label = tr(lang, "Former names"), .text = arena_join(call->arena, former.at, former.count, TEXT("; ")) };
	Fact ref = { .label = tr(lang, "Reference"), .markup = part_copy(html, product->ref) };
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
	TRY(product_identities(html->call, product->id, &identities));
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
	TRY(product_releases(html->call, product->id, 0, SHOWN_MAX, &releases));
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

static Error fill_record(Html *html, const Product *product, bool is_public, ProductShowView *view)
{
	Call *call = html->call;
	Containments parts, whole;
	view->status = status_of(html, product);
	TRY(facts_of(html, product, &view->facts));
	TRY(identities_of(html, product, &view->identities));
	TRY(releases_of(html, product, &view->releases));
	TRY(product_contains(call, product->id, 0, SHOWN_MAX, &parts));
	TRY(product_contained_in(call, product->id, 0, SHOWN_MAX, &whole));
	view->contains = containment_list(html, &parts, is_public);
	view->contained_in = containment_list(html, &whole, is_public);
	Text path = arena_printf(call->arena, "/advisories?q=%.*s", TEXT_ARGS(url_segment(call->arena, product->name)));
	view->advisories = is_public ? url_public(html->request, path) : url_local(call->arena, "%.*s", TEXT_ARGS(path));
	return OK;
}

/* ---- What may be done about it: each a closed panel with its form */
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
	choose(arena, panels->html->lang, &fields[0], (const char *const(*)[2])pairs, identity_kind_count);
	fields[2].required = false;
	panel(panels, "/identities", fields, is_staff ? COUNT(fields) : COUNT(fields) - 1, N_("Add an identity"));
}

static void claim_panel(Panels *panels, const Request *request)
{
	static const char *const methods[][2] = { { "certificate", N_("By the signing certificate") },
		{ "store", N_("By the store listing") }, { "staff", N_("By a check of the library's staff") } };
	FormField fields[] = { form_field(request, "method", INPUT_CHOICE, N_("How you show it"), NULL, TEXT("")),
		form_field(request, "target", INPUT_TEXT, N_("Fingerprint or listing"),
			N_("One of the identities above; empty for a check by staff"), TEXT("")),
		form_field(request, "note", INPUT_LINES, N_("Explanation"), NULL, TEXT("")) };
	fields[1].required = fields[2].required = false;
	choose(panels->html->call->arena, panels->html->lang, &fields[0], methods, COUNT(methods));
	panel(panels, "/claims", fields, COUNT(fields), N_("Claim this product"));
}

static Error fill_forms(Html *html, const Request *request, const Product *product, ProductShowView *view)
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

static Markup claim_table(Html *html, const ProductClaims *claims)
{
	Arena *arena = html->call->arena;
	Column columns[] = { { tr(html->lang, "Claim"), COLUMN_CODE }, { tr(html->lang, "State"), COLUMN_NARROW },
		{ tr(html->lang, "Since"), COLUMN_NARROW } };
	if (claims->count == 0) return (Markup) { 0 };
	Cell *cells = arena_array_of(arena, Cell, claims->count * COUNT(columns));
	for (size_t i = 0; i < claims->count; i++) {
		const ProductClaim *claim = &claims->at[i];
		const WorkflowState *state = workflow_state(&claim_machine, claim->state);
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = claim->ref;
		row[0].url = url_local(arena, "/claims/%.*s", TEXT_ARGS(url_segment(arena, claim->ref)));
		row[1].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		row[2].markup = part_date(html, claim->claimed_at);
	}
	return part_table(html, &(Table) { tr(html->lang, "Claims"), columns, COUNT(columns), cells, claims->count });
}

static Error show_product(Request *request)
{
	Call *call = request->call;
	const Product *product = request->subject;
	ProductShowView view = { 0 };
	ProductClaims claims;
	Html *html;
	Crumb crumbs[] = { { tr(call->lang, "Products"), url_local(call->arena, "/catalogue") }, { .text = product->ref } };
	PageHead head = { .title = product_shown_name(product, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	if (request->method == GET && !text_is(product->ref, request_parameter(request, TEXT("ref"))))
		return back_to(request, product->ref);
	TRY(html_page_open(request, &head, &html));
	TRY(fill_record(html, product, false, &view));
	TRY(product_claims(call, product->id, &claims));
	view.claims = claim_table(html, &claims);
	if (product->is_public)
		view.public_page = url_public(request, arena_printf(call->arena, "/products/%.*s", TEXT_ARGS(product->ref)));
	TRY(fill_forms(html, request, product, &view));
	page_product_show(html, &view);
	return html_page_close(request, html);
}

/* ---- Changes */
typedef struct ChangeForm {
	Text name, name_en, vendor, kind, value, version_name, version_code, since, part, version, evidence, into, method, target, note;
	bool verified;
} ChangeForm;
#define TEXT_FIELD(name, length) \
	{ \
#name, FIELD_TEXT, offsetof(ChangeForm, name), .max_length = (length) \
	}
static const FieldSpec name_fields[] = { TEXT_FIELD(name, 0), TEXT_FIELD(name_en, 0), TEXT_FIELD(vendor, 0) };
static const FieldSpec identity_fields[] = { TEXT_FIELD(kind, 20), TEXT_FIELD(value, 2200),
	{ "verified", FIELD_BOOL, offsetof(ChangeForm, verified) } };
static const FieldSpec release_fields[] = { TEXT_FIELD(version_name, 100), TEXT_FIELD(version_code, 20), TEXT_FIELD(since, 10) };
static const FieldSpec part_fields[] = { TEXT_FIELD(part, 40), TEXT_FIELD(version, 100),
	{ "evidence", FIELD_LINES, offsetof(ChangeForm, evidence), .max_length = 2000 } };
static const FieldSpec into_fields[] = { TEXT_FIELD(into, 40) };
static const FieldSpec claim_fields[] = { TEXT_FIELD(method, 20), TEXT_FIELD(target, 500),
	{ "note", FIELD_LINES, offsetof(ChangeForm, note), .max_length = 2000 } };
static const FormSpec name_form = { name_fields, COUNT(name_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
static const FormSpec identity_form = { identity_fields, COUNT(identity_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
static const FormSpec release_form = { release_fields, COUNT(release_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
static const FormSpec part_form = { part_fields, COUNT(part_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
static const FormSpec into_form = { into_fields, COUNT(into_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
static const FormSpec claim_form = { claim_fields, COUNT(claim_fields), sizeof(ChangeForm), .max_body_bytes = 0 };

static Text ref_of(const Request *request) { return ((const Product *)request->subject)->ref; }

static Error do_confirm(Request *request)
{
	TRY(product_confirm(request->call, ref_of(request)));
	return back_to(request, ref_of(request));
}

static Error do_names(Request *request)
{
	const ChangeForm *form = request->form;
	TRY(product_rename(request->call, ref_of(request), form->name, form->name_en, form->vendor));
	return back_to(request, ref_of(request));
}

static Error do_identity(Request *request)
{
	const ChangeForm *form = request->form;
	TRY(product_identity_add(request->call, ref_of(request), form->kind, form->value, form->verified));
	return back_to(request, ref_of(request));
}

static Error do_release(Request *request)
{
	Call *call = request->call;
	const ChangeForm *form = request->form;
	Release release = { .version_name = form->version_name, .version_code = -1 };
	if (form->version_code.length > 0 && (!text_to_int(form->version_code, &release.version_code) || release.version_code < 0))
		call_problem(call, TEXT("version_code"), N_("This is not a number."), (Text) { 0 });
	if (form->since.length > 0 &&
		!clock_parse(arena_printf(call->arena, "%.*sT00:00:00+08:00", TEXT_ARGS(form->since)), &release.since_at))
		call_problem(call, TEXT("since"), N_("This is not a date."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(product_release_add(call, ref_of(request), &release));
	return back_to(request, ref_of(request));
}

static Error do_contains(Request *request)
{
	const ChangeForm *form = request->form;
	TRY(product_containment_add(request->call, ref_of(request), TEXT(""), form->part, form->version, form->evidence));
	return back_to(request, ref_of(request));
}

static Error do_merge(Request *request)
{
	const ChangeForm *form = request->form;
	TRY(product_merge(request->call, ref_of(request), form->into));
	return back_to(request, form->into);
}

/* ---- Claims */
static Error do_claim(Request *request)
{
	const ChangeForm *form = request->form;
	Text ref;
	TRY(product_claim(request->call, ref_of(request), form->method, form->target, form->note, &ref));
	return reply_redirect(request, arena_printf(request->call->arena, "/claims/%.*s", TEXT_ARGS(ref)));
}

static Error load_claim(Request *request)
{
	ProductClaim *claim = arena_new_of(request->call->arena, ProductClaim);
	TRY(product_claim_open(request->call, request_parameter(request, TEXT("ref")), claim));
	request->subject = claim;
	return OK;
}

static Text claim_base(Arena *arena, const ProductClaim *claim) { return arena_printf(arena, "/claims/%.*s", TEXT_ARGS(claim->ref)); }

static Error claim_facts(Html *html, const ProductClaim *claim, Markup *out)
{
	Lang lang = html->lang;
	Product product;
	Organisation organisation;
	LIST_OF(Fact) facts = { 0 };
	Arena *arena = html->call->arena;
	TRY(product_find(html->call, claim->product_id, &product));
	TRY(org_find(html->call, claim->organisation_id, &organisation));
	Fact what = {
		.label = tr(lang, "Product"), .text = product_shown_name(&product, lang), .url = product_url(arena, product.ref, "")
	};
	Fact who = { .label = tr(lang, "Organisation"), .text = org_shown_name(&organisation, lang) };
	Fact target = { .label = tr(lang, "Fingerprint or listing"), .text = claim->target };
	Fact challenge = { .label = tr(lang, "Text to be signed, or to be put into the listing"),
		.markup = part_copy(html, claim->challenge) };
	Fact note = { .label = tr(lang, "Explanation"), .text = claim->note };
	Fact proven = { .label = tr(lang, "Proof"), .text = tr(lang, "The proof was checked by the program.") };
	Fact contested = { .label = tr(lang, "Claims"), .text = tr(lang, "Others claim this product, too.") };
	Fact decision = { .label = tr(lang, "Decision"), .text = claim->decision };
	list_add(arena, &facts, what);
	list_add(arena, &facts, who);
	if (claim->target.length > 0) list_add(arena, &facts, target);
	if (claim->target.length > 0) list_add(arena, &facts, challenge);
	if (claim->note.length > 0) list_add(arena, &facts, note);
	if (claim->is_proven) list_add(arena, &facts, proven);
	if (claim->is_contested && product_is_staff(html->call->actor)) list_add(arena, &facts, contested);
	if (claim->decision.length > 0) list_add(arena, &facts, decision);
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error show_claim(Request *request)
{
	Call *call = request->call;
	const ProductClaim *claim = request->subject;
	const WorkflowState *state = workflow_state(&claim_machine, claim->state);
	ProductClaimView view = { 0 };
	Matter matter;
	Html *html;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	PageHead head = { .title = tr(call->lang, "Claim of a product") };
	product_claim_matter(claim, &matter);
	TRY(html_page_open(request, &head, &html));
	view.status = part_status(html, tr(call->lang, state->text), text_from(state->tone));
	TRY(claim_facts(html, claim, &view.facts));
	view.actions = action_markups(html, &claim_machine, &matter, claim_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(claim_base(call->arena, claim))), failed, NULL);
	page_product_claim(html, &view);
	return html_page_close(request, html);
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
	return reply_redirect(request, claim_base(request->call->arena, claim));
}

/* ---- The staff's queue */
static Error show_queue(Request *request)
{
	Call *call = request->call;
	Products products;
	ProductClaims claims;
	int64_t after;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Stated products and claims"), .wide = true };
	TRY(cursor_of(request, &after));
	TRY(product_queue(call, after, PAGE, &products));
	TRY(product_claims_waiting(call, 0, SHOWN_MAX, &claims));
	TRY(html_page_open(request, &head, &html));
	ProductQueueView view = { .products = product_table(html, &products, false),
		.claims = claim_table(html, &claims),
		.pager = pager_of(html, "/admin/products", TEXT(""), TEXT(""), &products) };
	page_product_queue(html, &view);
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
	TRY(fill_record(html, &product, true, &view));
	page_product_show(html, &view);
	reply_public(request, TEXT("product"));
	return html_page_close(request, html);
}

static Error show_vendor(Request *request)
{
	Call *call = request->call;
	Organisation organisation;
	Products products;
	int64_t after;
	Html *html;
	TRY(cursor_of(request, &after));
	TRY(org_find_ref(call, request_parameter(request, TEXT("ref")), &organisation));
	TRY(product_list_of(call, organisation.id, after, PAGE, &products));
	if (organisation.state != ORG_VERIFIED || (products.count == 0 && after == 0))
		return fail(call, NOT_FOUND, "no vendor with public products");
	PageHead head = { .title = org_shown_name(&organisation, call->lang), .wide = true };
	TRY(html_page_open(request, &head, &html));
	ProductQueueView view = { .products = product_table(html, &products, true) };
	if (products.count == PAGE)
		view.pager = part_pager(html, (Url) { 0 },
			url_public(request,
				arena_printf(call->arena, "/vendors/%.*s?after=%lld", TEXT_ARGS(url_segment(call->arena, organisation.ref)),
					(long long)products.at[PAGE - 1].id)));
	page_product_vendor(html, &view);
	reply_public(request, TEXT("product"));
	return html_page_close(request, html);
}

#define OF_PRODUCT(form_) .may = ROLE_PEOPLE, .subject = load_product, .form = &(form_), .retry = show_product
static const Route rows[] = {
	{ GET, "/catalogue", show_catalogue, .may = ROLE_PEOPLE, .summary = "Searches the products one may see." },
	{ GET, "/catalogue/own", show_own, .may = ROLE_PEOPLE, .summary = "Lists the products of one's own and of one's organisation." },
	{ GET, "/catalogue/add", show_add, .may = ROLE_PEOPLE, .summary = "Shows the form to state a product." },
	{ POST, "/catalogue/add", do_add, .may = ROLE_PEOPLE, .form = &statement_form, .retry = show_add, .weight = 5,
		.summary = "States a product." },
	{ GET, "/catalogue/:ref", show_product, .may = ROLE_PEOPLE, .subject = load_product, .summary = "Shows a product." },
	{ POST, "/catalogue/:ref/confirm", do_confirm, .may = ROLE_COORDINATOR, .subject = load_product, .needs_second_factor = true,
		.summary = "Confirms a product." },
	{ POST, "/catalogue/:ref/names", do_names, OF_PRODUCT(name_form), .summary = "Changes the names of a product." },
	{ POST, "/catalogue/:ref/identities", do_identity, OF_PRODUCT(identity_form), .summary = "Adds what a product is known by." },
	{ POST, "/catalogue/:ref/releases", do_release, OF_PRODUCT(release_form), .summary = "Adds a release of a product." },
	{ POST, "/catalogue/:ref/contains", do_contains, OF_PRODUCT(part_form), .summary = "Declares that a product contains an SDK." },
	{ POST, "/catalogue/:ref/merge", do_merge, .may = ROLE_COORDINATOR, .subject = load_product, .form = &into_form,
		.retry = show_product, .needs_second_factor = true, .summary = "Merges a product into another one." },
	{ POST, "/catalogue/:ref/claims", do_claim, .may = ROLE_VENDOR_ADMIN, .subject = load_product, .form = &claim_form,
		.retry = show_product, .summary = "Claims a product for one's organisation." },
	{ GET, "/claims/:ref", show_claim, .may = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_COORDINATOR, .subject = load_claim,
		.summary = "Shows a claim of a product." },
	{ POST, "/claims/:ref/actions/:action", act_claim, .may = ROLE_VENDOR_ADMIN | ROLE_COORDINATOR, .subject = load_claim,
		.form = &action_request_form, .retry = show_claim, .summary = "Carries out an action of a claim." },
	{ GET, "/admin/products", show_queue, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.summary = "Lists stated products and claims that wait." },
	{ GET, "/products/:ref", show_public, .may = ROLE_EVERYBODY, .is_public = true, .summary = "A product" },
	{ GET, "/vendors/:ref", show_vendor, .may = ROLE_EVERYBODY, .is_public = true, .summary = "The products of a vendor" },
};
const RouteTable product_routes = { "subject/product", rows, COUNT(rows) };
