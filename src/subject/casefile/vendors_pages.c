/* The vendors of a casefile as a list of its own, and what is done to many of them at once: chosen, looked at, done. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/vendors_view.h"
#include "subject/casefile/views/vendor_choice.html.h"
#include "subject/casefile/views/vendors.html.h"
#include "subject/casefile/views/vendors_preview.html.h"

enum { PAGE = 50, PACKAGES = 50 };

static Text base_of(Arena *arena, const Casefile *casefile)
{
	return arena_printf(arena, "/casefiles/%.*s/parties", TEXT_ARGS(casefile->ref));
}

static const struct {
	const char *tag, *text;
} deeds[] = {
	{ "notify", N_("Send the notice to their accounts") },
	{ "channel", N_("Hand letters to a partner") },
	{ "remind", N_("Remind them") },
	{ "escalate", N_("Go on to the next step") },
};

static const char *deed_text(Text tag)
{
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (text_is(tag, text_from(deeds[i].tag))) return deeds[i].text;
	return NULL;
}

/* ---- The list */
static PartyFilter filter_of(Text tag)
{
	bool unbound = text_is(tag, TEXT("unbound"));
	bool known = workflow_state(&party_machine, tag) != NULL;
	return (PartyFilter) { .state = unbound ? TEXT("CONTACTING") : known ? tag : TEXT(""), .is_unbound = unbound };
}

static Markup choice_of(Html *html, const PartyLine *line)
{
	Text name = line->vendor.length ? line->vendor : line->ref;
	VendorChoice choice = { .ref = line->ref,
		.label = name,
		.tick = arena_printf(html->call->arena, "%.*s %.*s", TEXT_ARGS(tr(html->lang, "Tick")), TEXT_ARGS(name)),
		.url = url_local(html->call->arena, "/parties/%.*s", TEXT_ARGS(line->ref)) };
	Html inner = html_inner(html);
	page_vendor_choice(&inner, &choice);
	return html_done(html, &inner);
}

static Table table_of(Html *html, const PartyLines *lines, bool is_file)
{
	static const char *const labels[] = { N_("Vendor"), N_("Number of the matter"), N_("Product"), N_("State"), N_("Account"),
		N_("Notified"), N_("Until") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 || i > 3 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const PartyLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		const WorkflowState *state = workflow_state(&party_machine, line->state);
		cell[0].text = line->vendor;
		if (!is_file) cell[0].markup = choice_of(html, line);
		cell[1].text = line->ref;
		cell[2].text = line->product;
		if (state)
			cell[3].markup =
				part_status(html, tr(html->lang, party_stage_text(line->state, line->position)), text_from(state->tone));
		cell[4].text = tr(html->lang, line->organisation_id ? N_("Yes") : N_("No"));
		if (line->notified_at) cell[5].markup = part_date(html, line->notified_at);
		if (line->due_at) cell[6].markup = part_time(html, line->due_at);
	}
	return (Table) { tr(html->lang, "Vendors"), columns, COUNT(labels), cells, lines->count };
}

static Markup filters_of(Html *html, const Casefile *casefile, Text filter)
{
	Arena *arena = html->call->arena;
	Texts values = { 0 }, labels = { 0 };
	Text base = base_of(arena, casefile);
	list_add(arena, &values, TEXT(""));
	list_add(arena, &labels, tr(html->lang, "All"));
	list_add(arena, &values, TEXT("unbound"));
	list_add(arena, &labels, tr(html->lang, "Making contact, without account"));
	for (size_t i = 0; i < party_machine.state_count; i++) {
		list_add(arena, &values, text_from(party_machine.states[i].name));
		list_add(arena, &labels, tr(html->lang, party_machine.states[i].text));
	}
	Filter choice = { .name = TEXT("filter"),
		.label = tr(html->lang, "State"),
		.value = filter,
		.choice_values = values.at,
		.choice_labels = labels.at,
		.choice_count = values.count };
	Text address = arena_printf(arena, "%.*s?filter=%.*s", TEXT_ARGS(base), TEXT_ARGS(filter));
	FilterBar bar = { .action = url_local(arena, "%.*s", TEXT_ARGS(base)),
		.filters = &choice,
		.count = 1,
		.csv = export_csv_url(arena, address),
		.xlsx = export_xlsx_url(arena, address) };
	return part_filters(html, &bar);
}

static Error packages_of(Html *html, const Casefile *casefile, Markup *out)
{
	static const char *const labels[] = { N_("Package"), N_("Partner"), N_("State"), N_("Letters"), N_("Delivered"), N_("Came back"),
		N_("Handed out") };
	Deliveries deliveries;
	Arena *arena = html->call->arena;
	TRY(delivery_of_casefile(html->call, casefile->id, PACKAGES, &deliveries));
	if (!deliveries.count) return OK;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, deliveries.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < deliveries.count; i++) {
		const Delivery *delivery = &deliveries.at[i];
		const WorkflowState *state = workflow_state(&delivery_machine, delivery->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = delivery->ref, .url = url_local(arena, "/deliveries/%.*s", TEXT_ARGS(delivery->ref)) };
		cell[1].text = delivery->partner;
		if (state) cell[2].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		cell[3].markup = part_number(html, delivery->letters);
		cell[4].markup = part_number(html, delivery->delivered);
		cell[5].markup = part_number(html, delivery->returned);
		cell[6].markup = part_date(html, delivery->sent_at);
	}
	*out = part_table(html, &(Table) { tr(html->lang, "Packages with partners"), columns, COUNT(labels), cells, deliveries.count });
	return OK;
}

static void fill_choices(Html *html, VendorsView *view)
{
	Texts values = { 0 }, labels = { 0 };
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < COUNT(deeds); i++) {
		list_add(arena, &values, text_from(deeds[i].tag));
		list_add(arena, &labels, tr(html->lang, deeds[i].text));
	}
	FormField what = form_field(html->request, "what", INPUT_RADIO, N_("What is to be done"), NULL, TEXT("remind"));
	what.choice_values = values.at;
	what.choice_labels = labels.at;
	what.choice_count = values.count;
	FormField all = form_field(html->request, "all", INPUT_CHECK, N_("All vendors of this filter, not only the ticked ones"),
		N_("At most 200 at once."), TEXT(""));
	all.required = false;
	view->what = part_field(html, &what);
	view->all = part_field(html, &all);
}

static Error fill(Html *html, const Casefile *casefile, Text filter, const PartyLines *lines, VendorsView *view)
{
	Arena *arena = html->call->arena;
	Text base = base_of(arena, casefile);
	*view = (VendorsView) {
		.filters = filters_of(html, casefile, filter), .action = url_local(arena, "%.*s/preview", TEXT_ARGS(base)), .filter = filter
	};
	if (lines->count) {
		Table table = table_of(html, lines, false);
		view->table = part_table(html, &table);
		fill_choices(html, view);
	} else {
		view->empty = part_empty(html, tr(html->lang, "No vendor is in this state."),
			tr(html->lang, "Vendors are named on the page of the casefile."), (Url) { { 0 } }, TEXT(""));
	}
	if (lines->count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(arena, "%.*s?filter=%.*s&after=%lld", TEXT_ARGS(base), TEXT_ARGS(filter),
				(long long)lines->at[PAGE - 1].id));
	return packages_of(html, casefile, &view->deliveries);
}

static Text filter_given(Request *request)
{
	Text filter = request->method == POST ? request_form_value(request, TEXT("filter")) : request_query(request, TEXT("filter"));
	bool known = filter.at && (text_is(filter, TEXT("unbound")) || workflow_state(&party_machine, filter));
	return known ? filter : TEXT("");
}

static Error open_page(Request *request, const char *title, Html **out)
{
	Arena *arena = request->call->arena;
	const Casefile *casefile = request->subject;
	enum { CRUMBS = 3 };
	Crumb *crumbs = arena_array_of(arena, Crumb, CRUMBS); /* shown when the page is closed */
	PageHead *head = arena_new_of(arena, PageHead);
	crumbs[0] = (Crumb) { tr(request->call->lang, "Casefiles"), url_local(arena, "/casefiles") };
	crumbs[1] = (Crumb) { casefile->ref, url_local(arena, "/casefiles/%.*s", TEXT_ARGS(casefile->ref)) };
	crumbs[2] = (Crumb) { .text = tr(request->call->lang, title) };
	*head = (PageHead) {
		.title = tr(request->call->lang, title), .lead = casefile->title, .crumbs = crumbs, .crumb_count = CRUMBS, .wide = true
	};
	return html_page_open(request, head, out);
}

static Error show(Request *request)
{
	Html *html;
	PartyLines lines;
	VendorsView view;
	const Casefile *casefile = request->subject;
	Text filter = filter_given(request);
	PartyFilter where = filter_of(filter);
	bool is_file = export_wanted(request);
	int64_t max = is_file ? PARTY_MANY_MAX * 5 : PAGE;
	TRY(party_list_where(request->call, casefile->id, &where, request_query_number(request, TEXT("after")), max, &lines));
	TRY(open_page(request, "Vendors of the casefile", &html));
	if (is_file) {
		Table table = table_of(html, &lines, true);
		return export_reply(request, &table, casefile->ref);
	}
	TRY(fill(html, casefile, filter, &lines, &view));
	page_vendors(html, &view);
	return html_page_close(request, html);
}

/* ---- Looking at what it will do */
typedef struct ManyForm {
	Text what, filter, partner;
	Texts parties;
	bool all;
} ManyForm;
static const FieldSpec many_fields[] = { { "what", FIELD_CHOICE, offsetof(ManyForm, what), .required = true,
						 .choices = "notify channel remind escalate" },
	{ "filter", FIELD_TEXT, offsetof(ManyForm, filter), .max_length = 40 },
	{ "partner", FIELD_TEXT, offsetof(ManyForm, partner), .max_length = 40 },
	{ "party", FIELD_TEXTS, offsetof(ManyForm, parties), .max_length = 40 }, { "all", FIELD_BOOL, offsetof(ManyForm, all) } };
static const FormSpec many_form = { .fields = many_fields,
	.field_count = COUNT(many_fields),
	.struct_size = sizeof(ManyForm),
	.max_body_bytes = 1024 * 1024,
	.takes_more = true };

static Error chosen(Request *request, PartyMany *out)
{
	const ManyForm *form = request->form;
	const Casefile *casefile = request->subject;
	Texts refs = form->parties;
	if (form->all) {
		PartyLines lines;
		PartyFilter where = filter_of(form->filter.at ? form->filter : TEXT(""));
		TRY(party_list_where(request->call, casefile->id, &where, 0, PARTY_MANY_MAX, &lines));
		refs = (Texts) { 0 };
		for (size_t i = 0; i < lines.count; i++) list_add(request->call->arena, &refs, lines.at[i].ref);
	}
	*out = (PartyMany) { .casefile_id = casefile->id, .action = form->what, .refs = refs.at, .count = refs.count };
	return OK;
}

static Markup preview_table(Html *html, const PartyManyLines *lines, Texts *out_refs)
{
	static const char *const labels[] = { N_("Vendor"), N_("Number of the matter"), N_("State"), N_("What happens") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const PartyManyLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		const WorkflowState *state = workflow_state(&party_machine, line->state);
		cell[0] = (Cell) { .text = line->vendor, .url = url_local(arena, "/parties/%.*s", TEXT_ARGS(line->ref)) };
		cell[1].text = line->ref;
		if (state) cell[2].text = tr(html->lang, state->text);
		cell[3].markup = part_status(
			html, tr(html->lang, line->why_not ? line->why_not : line->does), line->why_not ? TEXT("bad") : TEXT("good"));
		if (!line->why_not) list_add(arena, out_refs, line->ref);
	}
	return part_table(html, &(Table) { tr(html->lang, "What it will do"), columns, COUNT(labels), cells, lines->count });
}

static const Form *notice_form(Text what)
{
	bool needs = text_is(what, TEXT("notify")) || text_is(what, TEXT("channel"));
	return needs ? party_action_form("party-notify-many") : NULL;
}

/* What the notice begins with is the same for all: of the first one that is told. */
static Error notice_values(Request *request, const Form *form, const Texts *refs, bool is_again, Map **out)
{
	Party party;
	Arena *arena = request->call->arena;
	Map *values = map_new(arena);
	*out = values;
	if (is_again) return form_take(request, form, values);
	if (!refs->count) return OK;
	TRY(party_open(request->call, refs->at[0], &party));
	*out = form_values_copy(arena, form, party_known(request->call, &party));
	return OK;
}

static Error fill_partner(Request *request, Html *html, VendorsPreviewView *view)
{
	Organisations partners;
	Texts codes = { 0 }, names = { 0 };
	Arena *arena = html->call->arena;
	const ManyForm *given = request->form;
	TRY(delivery_partner_list(request->call, &partners));
	for (size_t i = 0; i < partners.count; i++) {
		list_add(arena, &codes, partners.at[i].credit_code);
		list_add(arena, &names, org_shown_name(&partners.at[i], html->lang));
	}
	FormField partner = form_field(request, "partner", INPUT_CHOICE, N_("Partner"),
		N_("A store or platform with the standing of a partner. It is given names and claim codes, and nothing of the notice."),
		given->partner.at ? given->partner : TEXT(""));
	partner.choice_values = codes.at;
	partner.choice_labels = names.at;
	partner.choice_count = codes.count;
	view->partner = part_field(html, &partner);
	return OK;
}

static Error fill_preview(Request *request, Html *html, const PartyManyLines *lines, bool is_again, VendorsPreviewView *view)
{
	Map *values;
	const ManyForm *given = request->form;
	Text base = base_of(html->call->arena, request->subject);
	const Form *form = notice_form(given->what);
	view->what = given->what;
	view->label = tr(html->lang, deed_text(given->what));
	view->action = url_local(html->call->arena, "%.*s/act", TEXT_ARGS(base));
	view->back = url_local(html->call->arena, "%.*s", TEXT_ARGS(base));
	view->table = preview_table(html, lines, &view->refs);
	if (form) {
		TRY(notice_values(request, form, &view->refs, is_again, &values));
		view->form = form_view_whole(html, form, values);
		view->has_form = true;
	}
	if (!text_is(given->what, TEXT("channel"))) return OK;
	return fill_partner(request, html, view);
}

static Error show_preview_of(Request *request, bool is_again)
{
	Html *html;
	PartyMany many;
	PartyManyLines lines;
	VendorsPreviewView view = { 0 };
	Failure failure = request->call->failure;
	if (is_again) call_recover(request->call);
	TRY(chosen(request, &many));
	Error error = party_many_preview(request->call, &many, &lines);
	if (error == ERROR_INVALID && is_again) { /* nothing to look at: the list says what is missing */
		call_recover(request->call);
		request->call->failure = failure;
		return show(request);
	}
	TRY(error);
	TRY(open_page(request, "What it will do", &html));
	if (is_again) request->call->failure = failure;
	TRY(fill_preview(request, html, &lines, is_again, &view));
	page_vendors_preview(html, &view);
	return html_page_close(request, html);
}

static Error preview(Request *request) { return show_preview_of(request, false); }
static Error preview_again(Request *request) { return show_preview_of(request, true); }

/* ---- Doing it */
static Error hand_out(Request *request, const PartyMany *many, const Map *values)
{
	Text ref;
	const ManyForm *form = request->form;
	DeliveryOrder order = { .casefile_id = many->casefile_id,
		.partner = form->partner.at ? form->partner : TEXT(""),
		.parties = many->refs,
		.count = many->count,
		.notice = values };
	TRY(delivery_send(request->call, &order, &ref));
	return reply_redirect(request, arena_printf(request->call->arena, "/deliveries/%.*s", TEXT_ARGS(ref)));
}

static Error act(Request *request)
{
	PartyMany many;
	PartyManyLines lines;
	const ManyForm *given = request->form;
	const Form *form = notice_form(given->what);
	Map *values = map_new(request->call->arena);
	TRY(chosen(request, &many));
	if (form) TRY(form_take(request, form, values));
	if (text_is(given->what, TEXT("channel"))) return hand_out(request, &many, values);
	TRY(party_many_act(request->call, &many, values, &lines));
	return reply_redirect(request, base_of(request->call->arena, request->subject));
}

#define COORDINATOR .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = casefile_load
static const Route routes[] = {
	{ GET, "/casefiles/:ref/parties", show, COORDINATOR,
		.summary = "The vendors of a casefile by state, and the packages with partners" },
	{ POST, "/casefiles/:ref/parties/preview", preview, COORDINATOR, .form = &many_form, .retry = show,
		.summary = "Look at what an action does to the chosen vendors" },
	{ POST, "/casefiles/:ref/parties/act", act, COORDINATOR, .form = &many_form, .retry = preview_again,
		.summary = "Notify, remind or escalate the chosen vendors, or hand letters to a partner" },
};
const RouteTable vendors_routes = { "subject/casefile vendors", routes, COUNT(routes) };
