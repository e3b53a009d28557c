/* The teams of one's organisation: who is in each, and for which products it answers. */
#include "people/person/form_page.h"
#include "subject/party/team.h"
#include "subject/party/team_view.h"
#include "subject/party/views/team_list.html.h"

enum { PRODUCTS = 500 };

static Text base_of(Arena *arena, const Team *team) { return arena_printf(arena, "/teams/%.*s", TEXT_ARGS(url_segment(arena, team->ref))); }

static FormField choice_of(const Request *request, const char *name, const char *label, const Texts *values, const Texts *labels)
{
	FormField field = form_field(request, name, INPUT_CHOICE, label, NULL, TEXT(""));
	field.choice_values = values->at;
	field.choice_labels = labels->at;
	field.choice_count = values->count;
	return field;
}

static Markup members_table(Html *html, const Team *team, const Members *members, bool is_admin)
{
	Arena *arena = html->call->arena;
	Column columns[] = { { .label = tr(html->lang, "Member") }, { .label = tr(html->lang, "Change"), .kind = COLUMN_NARROW } };
	Cell *cells = arena_array_of(arena, Cell, members->count * COUNT(columns) + 1);
	for (size_t i = 0; i < members->count; i++) {
		cells[2 * i].text = members->at[i].name;
		if (is_admin)
			cells[2 * i + 1].markup = button_form(html, url_local(arena, "%.*s/leave", TEXT_ARGS(base_of(arena, team))),
				tr(html->lang, "Take out of the team"), TEXT("quiet"), TEXT("member"), members->at[i].ref);
	}
	return part_table(html, &(Table) { tr(html->lang, "Members of the team"), columns, COUNT(columns), cells, members->count });
}

static Markup products_table(Html *html, const Team *team, const Products *products, bool is_admin)
{
	Arena *arena = html->call->arena;
	Column columns[] = { { .label = tr(html->lang, "Product") }, { .label = tr(html->lang, "Change"), .kind = COLUMN_NARROW } };
	Cell *cells = arena_array_of(arena, Cell, products->count * COUNT(columns) + 1);
	for (size_t i = 0; i < products->count; i++) {
		cells[2 * i].text = product_shown_name(&products->at[i], html->lang);
		if (is_admin)
			cells[2 * i + 1].markup = button_form(html, url_local(arena, "%.*s/disown", TEXT_ARGS(base_of(arena, team))),
				tr(html->lang, "Take from the team"), TEXT("quiet"), TEXT("product"), products->at[i].ref);
	}
	return part_table(html, &(Table) { tr(html->lang, "Products of the team"), columns, COUNT(columns), cells, products->count });
}

typedef struct Choices {
	Texts members, names, products, titles;
} Choices;

/* Of what the organisation has, what the team has not got yet. */
static void leave_out(Arena *arena, const Texts *taken, const Texts *values, const Texts *words, Texts *out_values, Texts *out_words)
{
	for (size_t i = 0; i < values->count; i++) {
		size_t k = 0;
		while (k < taken->count && !text_is(taken->at[k], values->at[i])) k++;
		if (k < taken->count) continue;
		list_add(arena, out_values, values->at[i]);
		list_add(arena, out_words, words->at[i]);
	}
}

static Choices choices_left(Arena *arena, const Choices *all, const Members *members, const Products *products)
{
	Choices left = { 0 };
	Texts members_in = { 0 }, products_in = { 0 };
	for (size_t i = 0; i < members->count; i++) list_add(arena, &members_in, members->at[i].ref);
	for (size_t i = 0; i < products->count; i++) list_add(arena, &products_in, products->at[i].ref);
	leave_out(arena, &members_in, &all->members, &all->names, &left.members, &left.names);
	leave_out(arena, &products_in, &all->products, &all->titles, &left.products, &left.titles);
	return left;
}

static Error line_of(Html *html, const Team *team, const Choices *choices, bool is_admin, TeamLine *out)
{
	Members members;
	Products products;
	Call *call = html->call;
	Text base = base_of(call->arena, team);
	*out = (TeamLine) { .name = team->name };
	TRY(org_team_members(call, team, &members));
	TRY(team_products(call, team, &products));
	if (members.count) out->members = members_table(html, team, &members, is_admin);
	if (products.count) out->products = products_table(html, team, &products, is_admin);
	if (!is_admin) return OK;
	Choices left = choices_left(call->arena, choices, &members, &products);
	FormField member = choice_of(html->request, "member", N_("Member"), &left.members, &left.names),
		  product = choice_of(html->request, "product", N_("Product"), &left.products, &left.titles);
	if (left.members.count)
		out->join = inline_form(html, url_local(call->arena, "%.*s/join", TEXT_ARGS(base)), &member, 1,
			tr(html->lang, "Take into the team"), TEXT("quiet"));
	if (left.products.count)
		out->own = inline_form(html, url_local(call->arena, "%.*s/own", TEXT_ARGS(base)), &product, 1,
			tr(html->lang, "Let the team answer for it"), TEXT("quiet"));
	out->end = button_form(html, url_local(call->arena, "%.*s/end", TEXT_ARGS(base)), tr(html->lang, "End the team"), TEXT("quiet"),
		TEXT(""), TEXT(""));
	return OK;
}

static Error choices_of(Call *call, const Organisation *organisation, Choices *out)
{
	Members members;
	Products products;
	*out = (Choices) { 0 };
	TRY(org_members(call, organisation, &members));
	TRY(product_list_of(call, organisation->id, 0, PRODUCTS, &products));
	for (size_t i = 0; i < members.count; i++) {
		list_add(call->arena, &out->members, members.at[i].ref);
		list_add(call->arena, &out->names, members.at[i].name);
	}
	for (size_t i = 0; i < products.count; i++) {
		list_add(call->arena, &out->products, products.at[i].ref);
		list_add(call->arena, &out->titles, product_shown_name(&products.at[i], call->lang));
	}
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Teams teams;
	Organisation organisation;
	Choices choices;
	TeamListView view = { 0 };
	Call *call = request->call;
	if (!call->actor->organisation_id) return fail(call, NOT_FOUND, "no organisation, no teams");
	TRY(org_find(call, call->actor->organisation_id, &organisation));
	TRY(org_is_admin(call, organisation.id, call->actor->person_id, &view.is_admin));
	TRY(org_teams(call, organisation.id, &teams));
	TRY(choices_of(call, &organisation, &choices));
	PageHead head = { .title = tr(call->lang, "Teams"),
		.lead = tr(call->lang, "A matter of a product reaches the team that answers for it, and is seen by that team and the "
				       "administrators only."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < teams.count; i++) {
		TeamLine line;
		TRY(line_of(html, &teams.at[i], &choices, view.is_admin, &line));
		list_add(call->arena, &view.teams, line);
	}
	if (!teams.count)
		view.empty = part_empty(html, tr(html->lang, "There is no team yet."),
			tr(html->lang, "As long as there is none, everybody of the organisation is told of its matters."), (Url) { { 0 } },
			TEXT(""));
	FormField name = form_field(request, "name", INPUT_TEXT, N_("Name of the team"), NULL, TEXT(""));
	if (view.is_admin)
		view.add = inline_form(html, url_local(call->arena, "/teams"), &name, 1, tr(html->lang, "Make a team"), TEXT(""));
	page_team_list(html, &view);
	return html_page_close(request, html);
}

/* ---- Changes */
typedef struct TeamForm {
	Text name, member, product;
} TeamForm;
static const FieldSpec name_fields[] = { { "name", FIELD_TEXT, offsetof(TeamForm, name), .required = true, .max_length = 60 } },
		       member_fields[] = { { "member", FIELD_TEXT, offsetof(TeamForm, member), .required = true, .max_length = 60 } },
		       product_fields[] = { { "product", FIELD_TEXT, offsetof(TeamForm, product), .required = true, .max_length = 60 } };
static const FormSpec name_form = { .fields = name_fields, .field_count = 1, .struct_size = sizeof(TeamForm) },
		      member_form = { .fields = member_fields, .field_count = 1, .struct_size = sizeof(TeamForm) },
		      product_form = { .fields = product_fields, .field_count = 1, .struct_size = sizeof(TeamForm) };

static const TeamForm *form_of(const Request *request) { return request->form; }
static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }
static Error back(Request *request) { return reply_redirect(request, TEXT("/teams")); }

static Error add(Request *request)
{
	Text ref;
	TRY(org_team_add(request->call, form_of(request)->name, &ref));
	return back(request);
}

static Error join(Request *request)
{
	TRY(org_team_join(request->call, ref_of(request), form_of(request)->member));
	return back(request);
}

static Error leave(Request *request)
{
	TRY(org_team_leave(request->call, ref_of(request), form_of(request)->member));
	return back(request);
}

static Error own(Request *request)
{
	TRY(team_own(request->call, ref_of(request), form_of(request)->product));
	return back(request);
}

static Error disown(Request *request)
{
	TRY(team_disown(request->call, ref_of(request), form_of(request)->product));
	return back(request);
}

static Error end(Request *request)
{
	TRY(team_end(request->call, ref_of(request)));
	return back(request);
}

#define VENDOR .may = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, .needs_second_factor = true
#define ADMIN .may = ROLE_VENDOR_ADMIN, .needs_second_factor = true, .retry = show
static const Route routes[] = {
	{ GET, "/teams", show, VENDOR, .summary = "The teams of one's organisation, their members and products" },
	{ POST, "/teams", add, ADMIN, .form = &name_form, .summary = "Make a team" },
	{ POST, "/teams/:ref/join", join, ADMIN, .form = &member_form, .summary = "Take a member into a team" },
	{ POST, "/teams/:ref/leave", leave, ADMIN, .form = &member_form, .summary = "Take a member out of a team" },
	{ POST, "/teams/:ref/own", own, ADMIN, .form = &product_form, .summary = "Let a team answer for a product" },
	{ POST, "/teams/:ref/disown", disown, ADMIN, .form = &product_form, .summary = "Take a product from a team" },
	{ POST, "/teams/:ref/end", end, ADMIN, .summary = "End a team" },
};
const RouteTable team_routes = { "subject/party team", routes, COUNT(routes) };
