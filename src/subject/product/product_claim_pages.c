/* A vendor's claim of a product. */
#include "people/person/form_page.h"
#include "subject/product/product_form_view.h"
#include "subject/product/product_page_private.h"
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"
#include "subject/product/views/product_claim.html.h"

Markup product_claim_table(Html *html, const ProductClaims *claims)
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
static Error do_claim(Request *request)
{
	Text ref;
	TRY(product_begin_claim(request, &ref));
	return reply_redirect(request, arena_printf(request->call->arena, "/claims/%.*s", TEXT_ARGS(ref)));
}

Error product_claim_load(Request *request)
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
	Fact target = { .label = tr(lang, "Fingerprint, listing or domain"), .text = claim->target };
	Fact challenge = { .label = tr(lang, "Text to be signed, or to be put into the listing or the file"),
		.markup = part_copy(html, claim->challenge) };
	Fact note = { .label = tr(lang, "Explanation"), .text = claim->note };
	Fact proven = { .label = tr(lang, "Proof"), .text = tr(lang, "The proof was checked by the program.") };
	Fact contested = { .label = tr(lang, "Claims"), .text = tr(lang, "Others claim this product, too.") };
	Fact decision = { .label = tr(lang, "Decision"), .text = claim->decision };
	list_add(arena, &facts, what);
	list_add(arena, &facts, who);
	if (claim->target.length > 0) list_add(arena, &facts, target);
	if (claim->target.length > 0) list_add(arena, &facts, challenge);
	if (text_is(claim->method, TEXT("host"))) {
		Text address = arena_printf(arena, "https://%.*s%s", TEXT_ARGS(claim->target), product_claim_path);
		list_add(arena, &facts, ((Fact) { .label = tr(lang, "Address of the file"), .markup = part_copy(html, address) }));
	}
	const char *fault = product_claim_fault_text(claim->fault);
	if (fault && !claim->is_proven)
		list_add(arena, &facts, ((Fact) { .label = tr(lang, "When it was last read"), .text = tr(lang, fault) }));
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

static const Route rows[] = {
	{ POST, "/catalogue/:ref/claims", do_claim, .may = ROLE_VENDOR_ADMIN, .subject = product_load, .form = &product_claim_form,
		.retry = product_show_page, .summary = "Claims a product for one's organisation." },
	{ GET, "/claims/:ref", show_claim, .may = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_COORDINATOR, .subject = product_claim_load,
		.summary = "Shows a claim of a product." },
	{ POST, "/claims/:ref/actions/:action", act_claim, .may = ROLE_VENDOR_ADMIN | ROLE_COORDINATOR, .subject = product_claim_load,
		.form = &action_request_form, .retry = show_claim, .summary = "Carries out an action of a claim." },
};
const RouteTable product_claim_routes = { "subject/product claims", rows, COUNT(rows) };
