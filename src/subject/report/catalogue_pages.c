/* The search step of the form: works without script; with it the form fills itself from what is typed. */
#include "subject/report/catalogue_private.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"
#include "subject/report/views/intake_product.html.h"

enum { MOST = 30, ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

static Text label_of(Html *html, const Product *product)
{
	const ProductKind *kind = product_kind(product->kind);
	Text vendor = product->vendor.at ? product->vendor : TEXT("");
	return arena_printf(html->call->arena, "%.*s%s%.*s%s%.*s", TEXT_ARGS(product_shown_name(product, html->lang)),
		vendor.length ? " · " : "", TEXT_ARGS(vendor), kind ? " · " : "", TEXT_ARGS(kind ? tr(html->lang, kind->text) : TEXT("")));
}

static Markup choices_of(Html *html, const Products *products)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, products->count + 1), *labels = arena_array_of(arena, Text, products->count + 1);
	for (size_t i = 0; i < products->count; i++) {
		values[i] = products->at[i].ref;
		labels[i] = label_of(html, &products->at[i]);
	}
	FormField field = { .name = TEXT("product"),
		.label = tr(html->lang, "Products found"),
		.kind = INPUT_RADIO,
		.required = true,
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = products->count };
	return part_field(html, &field);
}

static Error show_search(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Draft *draft = request->subject;
	Products products = { 0 };
	int64_t after = 0;
	Text query = request_query(request, TEXT("q")), cursor = request_query(request, TEXT("after"));
	if (cursor.at && (!text_to_int(cursor, &after) || after < 0)) return fail(call, USAGE, "cursor");
	if (!query.at) query = form_answer(draft->values, "product");
	if (query.length) TRY(product_search(call, query, TEXT(""), after, MOST, &products));
	PageHead head = { .title = tr(call->lang, "Find the product in the catalogue") };
	TRY(html_page_open(request, &head, &html));
	Text base = arena_printf(call->arena, "/report/%.*s", TEXT_ARGS(draft->ref));
	Filter filter = {
		.name = TEXT("q"), .label = tr(html->lang, "Name, vendor, package name or filing number"), .value = query, .is_search = true
	};
	FilterBar bar = { .action = url_local(call->arena, "%.*s/product", TEXT_ARGS(base)), .filters = &filter, .count = 1 };
	IntakeProductView view = {
		.filters = part_filters(html, &bar), .action = bar.action, .back = url_local(call->arena, "%.*s", TEXT_ARGS(base))
	};
	if (products.count == MOST)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s/product?q=%.*s&after=%lld", TEXT_ARGS(base),
				TEXT_ARGS(url_segment(call->arena, query)), (long long)products.at[products.count - 1].id));
	if (products.count)
		view.choices = choices_of(html, &products);
	else
		view.empty = part_empty(html, tr(html->lang, "The catalogue does not show such a product."),
			tr(html->lang, "Just type its name in the report; that is enough."), (Url) { { 0 } }, TEXT(""));
	page_intake_product(html, &view);
	return html_page_close(request, html);
}

typedef struct ChoiceForm {
	Text product;
} ChoiceForm;
static const FieldSpec choice_fields[] = { { "product", FIELD_TEXT, offsetof(ChoiceForm, product), .required = true, .max_length = 60 } };
static const FormSpec choice_form = { .fields = choice_fields, .field_count = COUNT(choice_fields), .struct_size = sizeof(ChoiceForm) };

static Error choose(Request *request)
{
	Call *call = request->call;
	const ChoiceForm *form = request->form;
	Draft *draft = request->subject;
	Product product;
	Error error = product_open(call, form->product, &product);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		call_problem(call, TEXT("product"), N_("Please choose one of the given answers."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	TRY(catalogue_take(call, &product, draft->values));
	TRY(draft_save(call, &report_form, draft, draft->values));
	return reply_redirect(request, arena_printf(call->arena, "/report/%.*s", TEXT_ARGS(draft->ref)));
}

static const Route routes[] = {
	{ GET, "/report/:ref/product", show_search, .may = ANYBODY, .subject = report_load_draft, .weight = 2,
		.summary = "Find the product of a draft in the catalogue" },
	{ POST, "/report/:ref/product", choose, .may = ANYBODY, .subject = report_load_draft, .form = &choice_form, .retry = show_search,
		.summary = "Take a product of the catalogue into a draft" },
};
const RouteTable catalogue_routes = { "subject/report catalogue", routes, COUNT(routes) };
