#include "people/person/admin_view_private.h"
#include "people/person/page_private.h"
#include "people/person/person_private.h"
#include "people/person/views/people.html.h"
#include "people/person/views/person.html.h"

enum { PAGE_PEOPLE = 50 };
#define COLUMN(text, kind_) \
	{ \
		tr(lang, text), kind_ \
	}

static Url person_url(Arena *arena, Text ref, const char *end)
{
	return url_local(arena, "/admin/people/%.*s%s", TEXT_ARGS(url_segment(arena, ref)), end);
}

/* The roles that two people give, as a choice. */
static FormField role_field(const Request *request, bool with_none)
{
	Arena *arena = request->call->arena;
	Texts tags = { 0 }, labels = { 0 };
	if (with_none) {
		list_add(arena, &tags, TEXT(""));
		list_add(arena, &labels, tr(request->call->lang, "None"));
	}
	for (uint32_t bit = 1; bit <= ROLE_APPROVER; bit <<= 1) {
		if (!(bit & ROLE_GRANTED)) continue;
		list_add(arena, &tags, text_from(role_tag((Role)bit)));
		list_add(arena, &labels, tr(request->call->lang, role_text((Role)bit)));
	}
	FormField field = form_field(request, "role", INPUT_CHOICE, N_("Role"), NULL, tags.at[0]);
	field.choice_values = tags.at;
	field.choice_labels = labels.at;
	field.choice_count = tags.count;
	return field;
}

static Error fill_list(Html *html, const Persons *persons, PeopleView *view)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { COLUMN(N_("Name"), COLUMN_TEXT), COLUMN(N_("Mail address"), COLUMN_TEXT), COLUMN(N_("Roles"), COLUMN_TEXT),
		COLUMN(N_("State"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, persons->count * COUNT(columns) + 1);
	for (size_t i = 0; i < persons->count; i++) {
		const Person *person = &persons->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		uint32_t roles = 0;
		TRY(role_of(html->call, person->id, &roles));
		row[0] = (Cell) { .text = person_shown_name(person), .url = person_url(arena, person->ref, "") };
		row[1].text = person->mail;
		row[2].text = page_role_names(arena, lang, roles);
		row[3].text = tr(lang, person_state_text(person->state));
	}
	view->list = part_table(html, &(Table) { tr(lang, "People"), columns, COUNT(columns), cells, persons->count });
	return OK;
}

static Error fill_requests(Html *html, PeopleView *view)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	RoleRequests requests;
	TRY(role_requests(html->call, &requests));
	Column columns[] = { COLUMN(N_("Name"), COLUMN_TEXT), COLUMN(N_("Role"), COLUMN_TEXT), COLUMN(N_("Asked by"), COLUMN_TEXT),
		COLUMN(N_("At"), COLUMN_NARROW), COLUMN(N_("Approve"), COLUMN_NARROW), COLUMN(N_("Refuse"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, requests.count * COUNT(columns) + 1);
	for (size_t i = 0; i < requests.count; i++) {
		const RoleRequest *asked = &requests.at[i];
		Cell *row = &cells[i * COUNT(columns)];
		Url url = url_local(arena, "/admin/roles/%.*s", TEXT_ARGS(url_segment(arena, asked->ref)));
		row[0] = (Cell) { .text = asked->person_name, .url = person_url(arena, asked->person_ref, "") };
		row[1].text = tr(lang, role_text(asked->role));
		row[2].text = asked->requested_by.length > 0 ? asked->requested_by : tr(lang, "The operator of the machine");
		row[3].markup = part_time(html, asked->requested_at);
		row[4].text = row[5].text = asked->is_own ? tr(lang, "Another person decides") : TEXT("");
		if (asked->is_own) continue;
		row[4].markup = button_form(html, url, tr(lang, "Approve"), TEXT(""), TEXT("approved"), TEXT("true"));
		row[5].markup = button_form(html, url, tr(lang, "Refuse"), TEXT("quiet"), TEXT("approved"), TEXT("false"));
	}
	view->requests =
		part_table(html, &(Table) { tr(lang, "Roles that wait for approval"), columns, COUNT(columns), cells, requests.count });
	view->request_count = requests.count;
	return OK;
}

/* A search is by reference, mail address or handle, whole: what is sealed is found by equality only. */
static Error load_people(Request *request, Text wanted, Persons *out, int64_t *out_next)
{
	Call *call = request->call;
	int64_t after = 0;
	*out_next = 0;
	if (wanted.length > 0) {
		Person person;
		Error error =
			text_starts(wanted, TEXT("P-")) ? person_find_ref(call, wanted, &person) : person_find_login(call, wanted, &person);
		*out = (Persons) { 0 };
		if (error == ERROR_NOT_FOUND)
			call_recover(call);
		else
			TRY(error);
		if (error == OK) list_add(call->arena, out, person);
		return OK;
	}
	if (!text_to_int(request_query(request, TEXT("after")), &after) || after < 0) after = 0;
	TRY(person_list(call, after, PAGE_PEOPLE, out));
	if (out->count == PAGE_PEOPLE) *out_next = out->at[out->count - 1].id;
	return OK;
}

static Error show_people(Request *request)
{
	Call *call = request->call;
	Lang lang = call->lang;
	PageHead head = { .title = tr(lang, "People and roles"), .wide = true };
	Text wanted = text_trim(request_query(request, TEXT("q")));
	PeopleView view = { 0 };
	Persons persons;
	int64_t next = 0;
	Html *html;
	TRY(load_people(request, wanted, &persons, &next));
	TRY(html_page_open(request, &head, &html));
	TRY(fill_list(html, &persons, &view));
	TRY(fill_requests(html, &view));
	Filter filter = {
		.name = TEXT("q"), .label = tr(lang, "Mail address, public name or reference, whole"), .value = wanted, .is_search = true
	};
	FilterBar bar = { .action = url_local(call->arena, "/admin/people"), .filters = &filter, .count = 1 };
	view.search = part_filters(html, &bar);
	FormField fields[] = { form_field(request, "mail", INPUT_EMAIL, N_("Mail address"), NULL, TEXT("")),
		form_field(request, "name", INPUT_TEXT, N_("Name"), NULL, TEXT("")), role_field(request, true) };
	view.create =
		inline_form(html, url_local(call->arena, "/admin/people"), fields, COUNT(fields), tr(lang, "Create the account"), TEXT(""));
	if (next) view.next = url_local(call->arena, "/admin/people?after=%lld", (long long)next);
	page_people(html, &view);
	return html_page_close(request, html);
}

typedef struct NewPerson {
	Text mail, name, role;
} NewPerson;
static const FieldSpec new_fields[] = {
	{ "mail", FIELD_TEXT, offsetof(NewPerson, mail), .required = true, .max_length = MAIL_ADDRESS_MAX },
	{ "name", FIELD_TEXT, offsetof(NewPerson, name), .required = true, .max_length = 80 },
	{ "role", FIELD_TEXT, offsetof(NewPerson, role), .max_length = 40 },
};
static const FormSpec new_form = { new_fields, COUNT(new_fields), sizeof(NewPerson), .max_body_bytes = 0 };

static Error role_of_form(Request *request, Text tag, bool may_be_none, Role *out)
{
	Role role = (Role)0;
	if ((tag.length == 0 && !may_be_none) || (tag.length > 0 && (!role_parse(tag, &role) || !((uint32_t)role & ROLE_GRANTED))))
		call_problem(request->call, TEXT("role"), N_("Please choose a role."), (Text) { 0 });
	TRY(call_check_problems(request->call));
	*out = role;
	return OK;
}

static Error do_create(Request *request)
{
	const NewPerson *form = request->form;
	Role role;
	Text link;
	TRY(role_of_form(request, form->role, true, &role));
	Error error = person_create(request->call, form->mail, form->name, role, &link);
	if (error == ERROR_CONFLICT) {
		call_recover(request->call);
		call_problem(request->call, TEXT("mail"), N_("This address has an account."), (Text) { 0 });
		return call_check_problems(request->call);
	}
	TRY(error);
	return reply_redirect(request, TEXT("/admin/people"));
}

/* ---- One person */
static Error fill_grants(Html *html, const Person *person, PersonView *view)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	RoleGrants grants;
	TRY(role_history(html->call, person->id, &grants));
	Column columns[] = { COLUMN(N_("Role"), COLUMN_TEXT), COLUMN(N_("Since"), COLUMN_NARROW), COLUMN(N_("Until"), COLUMN_NARROW),
		COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, grants.count * COUNT(columns) + 1);
	for (size_t i = 0; i < grants.count; i++) {
		const RoleGrant *grant = &grants.at[i];
		Cell *row = &cells[i * COUNT(columns)];
		int64_t until = grant->ended_at ? grant->ended_at : grant->until_at;
		row[0].text = tr(lang, role_text(grant->role));
		row[1].markup = part_date(html, grant->from_at);
		row[2] = until ? (Cell) { .markup = part_date(html, until) } : (Cell) { .text = TEXT("–") };
		row[3].text = grant->ended_at     ? tr(lang, "Ended")
			      : grant->is_derived ? tr(lang, "Follows from the organisation")
						  : TEXT("");
		if (!grant->ended_at && !grant->is_derived)
			row[3].markup =
				button_form(html, url_local(arena, "/admin/grants/%.*s/end", TEXT_ARGS(url_segment(arena, grant->ref))),
					tr(lang, "End"), TEXT("quiet"), TEXT("person"), person->ref);
	}
	view->grants = part_table(html, &(Table) { tr(lang, "Roles"), columns, COUNT(columns), cells, grants.count });
	return OK;
}

static Error show_person(Request *request)
{
	Call *call = request->call;
	PersonView view = { 0 };
	Person person;
	Html *html;
	TRY(person_find_ref(call, request_parameter(request, TEXT("ref")), &person));
	PageHead head = { .title = person_shown_name(&person) };
	TRY(html_page_open(request, &head, &html));
	Fact facts[] = {
		{ .label = tr(call->lang, "Reference"), .text = person.ref },
		{ .label = tr(call->lang, "Mail address"), .text = person.mail },
		{ .label = tr(call->lang, "State"), .text = tr(call->lang, person_state_text(person.state)) },
		{ .label = tr(call->lang, "Created"), .markup = part_date(html, person.created_at) },
	};
	view.facts = part_facts(html, facts, COUNT(facts));
	view.is_disabled = person.state == PERSON_DISABLED;
	TRY(fill_grants(html, &person, &view));
	FormField fields[] = { role_field(request, false) };
	view.ask = inline_form(
		html, person_url(call->arena, person.ref, "/roles"), fields, COUNT(fields), tr(call->lang, "Ask for this role"), TEXT(""));
	view.disable = button_form(html, person_url(call->arena, person.ref, "/disable"), tr(call->lang, "Disable the account"),
		TEXT("bad"), TEXT(""), TEXT(""));
	page_person(html, &view);
	return html_page_close(request, html);
}

typedef struct RoleForm {
	Text role, person;
	bool approved;
} RoleForm;
static const FieldSpec role_fields[] = { { "role", FIELD_TEXT, offsetof(RoleForm, role), .required = true, .max_length = 40 } };
static const FieldSpec decide_fields[] = { { "approved", FIELD_BOOL, offsetof(RoleForm, approved) } };
static const FieldSpec end_fields[] = { { "person", FIELD_TEXT, offsetof(RoleForm, person), .required = true, .max_length = 80 } };
static const FormSpec role_form = { role_fields, COUNT(role_fields), sizeof(RoleForm), .max_body_bytes = 0 };
static const FormSpec decide_form = { decide_fields, COUNT(decide_fields), sizeof(RoleForm), .max_body_bytes = 0 };
static const FormSpec end_form = { end_fields, COUNT(end_fields), sizeof(RoleForm), .max_body_bytes = 0 };

static Error do_ask(Request *request)
{
	const RoleForm *form = request->form;
	Role role;
	TRY(role_of_form(request, form->role, false, &role));
	TRY(role_ask(request->call, request_parameter(request, TEXT("ref")), role, 0));
	return reply_redirect(request, TEXT("/admin/people"));
}

static Error do_decide(Request *request)
{
	TRY(role_decide(request->call, request_parameter(request, TEXT("ref")), ((const RoleForm *)request->form)->approved));
	return reply_redirect(request, TEXT("/admin/people"));
}

static Error do_end(Request *request)
{
	TRY(role_end(request->call, request_parameter(request, TEXT("ref"))));
	return reply_redirect(request, person_url(request->call->arena, ((const RoleForm *)request->form)->person, "").text);
}

static Error do_disable(Request *request)
{
	TRY(person_disable(request->call, request_parameter(request, TEXT("ref"))));
	return reply_redirect(request, TEXT("/admin/people"));
}

#define SECURITY .may = ROLE_SECURITY_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/admin/people", show_people, SECURITY, .summary = "Lists people and the roles that wait for approval." },
	{ POST, "/admin/people", do_create, SECURITY, .form = &new_form, .retry = show_people,
		.summary = "Makes an account and asks for a role." },
	{ GET, "/admin/people/:ref", show_person, SECURITY, .summary = "Shows a person's roles." },
	{ POST, "/admin/people/:ref/roles", do_ask, SECURITY, .form = &role_form, .retry = show_person,
		.summary = "Asks for a role for somebody." },
	{ POST, "/admin/people/:ref/disable", do_disable, SECURITY, .summary = "Disables an account." },
	{ POST, "/admin/roles/:ref", do_decide, SECURITY, .form = &decide_form,
		.summary = "Approves or refuses a role that another administrator asked for." },
	{ POST, "/admin/grants/:ref/end", do_end, SECURITY, .form = &end_form, .summary = "Ends a role." },
};
const RouteTable people_admin_routes = { "person", rows, COUNT(rows) };
