#include "people/person/form_page.h"
#include "people/person/login_view_private.h"
#include "people/person/page_private.h"
#include "people/person/person_private.h"
#include "people/person/views/demo.html.h"
#include "people/person/views/login.html.h"

enum { COOKIE_SECONDS = 12 * 3600 };

static Text agent_of(const Request *request)
{
	Text agent = request_header(request, TEXT("User-Agent"));
	return agent.at ? agent : TEXT("");
}

Error page_signed_in(Request *request, Text token, Text next)
{
	reply_cookie(request, TEXT(SESSION_COOKIE), token, COOKIE_SECONDS);
	return reply_redirect(request, request_local_path(next, TEXT("/desk")));
}

static Text next_of(const Request *request)
{
	Text next = request->method == POST ? request_form_value(request, TEXT("next")) : request_query(request, TEXT("next"));
	return request_local_path(next, TEXT(""));
}

PasskeyForm passkey_form(Request *request, ChallengeKind kind, int64_t person_id, const char *action)
{
	Call *call = request->call;
	return (PasskeyForm) { .action = url_local(call->arena, "%s", action),
		.ceremony = kind == CHALLENGE_CREATE ? TEXT("create") : TEXT("get"),
		.challenge = base64url_text(call->arena, passkey_challenge(call, kind, person_id)),
		.party = relying_party_of(call->house->public_address).id,
		.verification = kind == CHALLENGE_LOGIN ? TEXT("required") : TEXT("preferred") };
}

bool passkey_answer(Request *request, const PasskeyInput *input, Text *out_challenge, Text *out_id, PasskeyAnswer *out)
{
	Arena *arena = request->call->arena;
	PasskeyAnswer answer = { 0 };
	Text challenge, id;
	bool good = base64url_parse(arena, input->challenge, &challenge) && base64url_parse(arena, input->credential_id, &id) &&
		    base64url_parse(arena, input->client_data, &answer.client_data) &&
		    base64url_parse(arena, input->attestation_object, &answer.attestation_object) &&
		    base64url_parse(arena, input->authenticator_data, &answer.authenticator_data) &&
		    base64url_parse(arena, input->signature, &answer.signature);
	if (!good) return false;
	*out_challenge = challenge;
	*out_id = id;
	*out = answer;
	return true;
}

/* ---- /login */
typedef struct LoginForm {
	Text login, password, next;
} LoginForm;
static const FieldSpec login_fields[] = {
	{ "login", FIELD_TEXT, offsetof(LoginForm, login), .required = true },
	{ "password", FIELD_TEXT, offsetof(LoginForm, password), .required = true, .max_length = PASSWORD_LENGTH_MAX + 1,
		.is_verbatim = true },
	{ "next", FIELD_TEXT, offsetof(LoginForm, next) },
};
static const FormSpec login_form = { login_fields, COUNT(login_fields), sizeof(LoginForm), .max_body_bytes = 0 };

static Error show_login(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Sign in") };
	FormField fields[] = { form_field(request, "login", INPUT_TEXT, N_("Mail address or public name"), NULL, TEXT("")),
		form_field(request, "password", INPUT_PASSWORD, N_("Password"), NULL, TEXT("")) };
	fields[0].autocomplete = TEXT("username");
	fields[1].autocomplete = TEXT("current-password");
	LoginView view = { .fields = fields,
		.field_count = COUNT(fields),
		.next = next_of(request),
		.passkey = passkey_form(request, CHALLENGE_LOGIN, 0, "/login/passkey") };
	Html *html;
	TRY(html_page_open(request, &head, &html));
	page_login(html, &view);
	return html_page_close(request, html);
}

static Error do_login(Request *request)
{
	const LoginForm *form = request->form;
	SignIn sign_in = { .login = form->login, .password = form->password, .peer_address = request->address, .agent = agent_of(request) };
	SignedIn in;
	Error error = session_sign_in(request->call, &sign_in, &in);
	if (error == ERROR_UNAUTHENTICATED) {
		call_recover(request->call);
		call_problem(request->call, TEXT("login"), N_("Login or password is wrong."), (Text) { 0 });
		return call_check_problems(request->call);
	}
	TRY(error);
	if (!in.waits) return page_signed_in(request, in.token, form->next);
	reply_cookie(request, TEXT(SESSION_COOKIE), in.token, COOKIE_SECONDS);
	Text next = request_local_path(form->next, TEXT(""));
	Text query = next.length > 0 ? arena_printf(request->call->arena, "?next=%.*s", TEXT_ARGS(url_segment(request->call->arena, next)))
				     : TEXT("");
	return reply_redirect(request, arena_printf(request->call->arena, "/login/factor%.*s", TEXT_ARGS(query)));
}

/* ---- /login/passkey: a security key alone */
#define PASSKEY_FIELDS \
	{ "challenge", FIELD_TEXT, offsetof(PasskeyInput, challenge), .max_length = 400 }, \
		{ "credential_id", FIELD_TEXT, offsetof(PasskeyInput, credential_id), .max_length = 2000 }, \
		{ "client_data", FIELD_TEXT, offsetof(PasskeyInput, client_data), .max_length = 4000 }, \
		{ "attestation_object", FIELD_TEXT, offsetof(PasskeyInput, attestation_object), .max_length = 8000 }, \
		{ "authenticator_data", FIELD_TEXT, offsetof(PasskeyInput, authenticator_data), .max_length = 4000 }, \
		{ "signature", FIELD_TEXT, offsetof(PasskeyInput, signature), .max_length = 2000 }, \
		{ "name", FIELD_TEXT, offsetof(PasskeyInput, name), .max_length = 80 }, \
		{ "password", FIELD_TEXT, offsetof(PasskeyInput, password), .max_length = PASSWORD_LENGTH_MAX + 1, .is_verbatim = true }, \
		{ "next", FIELD_TEXT, offsetof(PasskeyInput, next) },
static const FieldSpec passkey_fields[] = { PASSKEY_FIELDS };
const FormSpec passkey_form_spec = { passkey_fields, COUNT(passkey_fields), sizeof(PasskeyInput), .max_body_bytes = 0 };

static Error refused(Request *request, Error error)
{
	if (error != ERROR_UNAUTHENTICATED && error != ERROR_INVALID) return error;
	call_recover(request->call);
	call_problem(request->call, TEXT("passkey"), N_("The security key was not accepted. Please try again."), (Text) { 0 });
	return call_check_problems(request->call);
}

static Error do_login_passkey(Request *request)
{
	const PasskeyInput *input = request->form;
	PasskeyAnswer answer;
	Text challenge, id, token;
	if (!passkey_answer(request, input, &challenge, &id, &answer)) return refused(request, ERROR_INVALID);
	Error error = session_sign_in_passkey(request->call, challenge, id, &answer, request->address, agent_of(request), &token);
	return error == OK ? page_signed_in(request, token, input->next) : refused(request, error);
}

/* ---- /login/factor: the second step */
typedef struct CodeForm {
	Text code, next;
} CodeForm;
static const FieldSpec code_fields[] = {
	{ "code", FIELD_TEXT, offsetof(CodeForm, code), .required = true, .max_length = 30 },
	{ "next", FIELD_TEXT, offsetof(CodeForm, next) },
};
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(CodeForm), .max_body_bytes = 0 };

static Error show_factor(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Second factor"),
		.lead = tr(lang, "Your password was right. One more step shows that it is you.") };
	FormField fields[] = {
		form_field(request, "code", INPUT_CODE, N_("Code of your authenticator app, or a recovery code"), NULL, TEXT("")),
	};
	fields[0].autocomplete = TEXT("one-time-code");
	int64_t person = 0;
	Texts ids;
	Html *html;
	TRY(session_waiting(request->call, request_cookie(request, TEXT(SESSION_COOKIE)), &person));
	TRY(passkey_ids(request->call, person, &ids));
	LoginView view = { .fields = fields,
		.field_count = COUNT(fields),
		.next = next_of(request),
		.is_factor = true,
		.passkey = passkey_form(request, CHALLENGE_FACTOR, person, "/login/factor/passkey") };
	view.passkey.credentials = encoded_ids(request->call->arena, &ids);
	view.has_passkey = ids.count > 0;
	TRY(html_page_open(request, &head, &html));
	page_login(html, &view);
	return html_page_close(request, html);
}

Text encoded_ids(Arena *arena, const Texts *ids)
{
	Texts encoded = { 0 };
	for (size_t i = 0; i < ids->count; i++) list_add(arena, &encoded, base64url_text(arena, ids->at[i]));
	return arena_join(arena, encoded.at, encoded.count, TEXT(" "));
}

static Error do_factor(Request *request)
{
	const CodeForm *form = request->form;
	Text token;
	Error error = session_pass_code(request->call, request_cookie(request, TEXT(SESSION_COOKIE)), form->code, &token);
	if (error == OK) return page_signed_in(request, token, form->next);
	if (error != ERROR_UNAUTHENTICATED) return error;
	call_recover(request->call);
	call_problem(request->call, TEXT("code"), N_("This code is wrong or was used already."), (Text) { 0 });
	return call_check_problems(request->call);
}

static Error do_factor_passkey(Request *request)
{
	const PasskeyInput *input = request->form;
	PasskeyAnswer answer;
	Text challenge, id, token;
	if (!passkey_answer(request, input, &challenge, &id, &answer)) return refused(request, ERROR_INVALID);
	Error error = session_pass_passkey(request->call, request_cookie(request, TEXT(SESSION_COOKIE)), challenge, id, &answer, &token);
	return error == OK ? page_signed_in(request, token, input->next) : refused(request, error);
}

static Error do_logout(Request *request)
{
	Text cookie = request_cookie(request, TEXT(SESSION_COOKIE));
	if (cookie.at) TRY(session_sign_out(request->call, cookie));
	reply_cookie(request, TEXT(SESSION_COOKIE), TEXT(""), 0);
	reply_header(request, TEXT("Clear-Site-Data"), TEXT("\"storage\"")); /* what a page kept on the device to be used without network */
	return reply_redirect(request, TEXT("/login"));
}

/* ---- The demonstration */
enum { PEOPLE_MAX = 200, DOORS_OF_A_KIND = 3 };
/* In the order of a matter's life; a person with several roles stands at the first. */
static const struct {
	uint32_t roles;
	const char *hint;
} demo_hints[] = {
	{ ROLE_COORDINATOR, N_("Review what came in, assign it, accept it, tell vendors, prepare the publication.") },
	{ ROLE_VERIFIER, N_("Sign the undertaking, reproduce a vulnerability, rate it, check a fix.") },
	{ ROLE_PUBLISHER, N_("Be the second pair of eyes before anything becomes public.") },
	{ ROLE_VENDOR_ADMIN | ROLE_VENDOR_MEMBER, N_("Sign for a notice, state your position, plan and declare the fix.") },
	{ ROLE_UNIT_ADMIN | ROLE_UNIT_MEMBER, N_("Report for a support unit.") },
	{ ROLE_AUTHORITY, N_("See what was escalated to the competent authority.") },
	{ ROLE_SECRETARY, N_("Select support units: rounds, applications, experts, panels, certificates.") },
	{ ROLE_SUPERVISOR, N_("Watch over the selection, and be the second pair of eyes at the draw and the opening.") },
	{ ROLE_EXPERT, N_("Judge applicants on a panel: conflicts of interest, sealed sheets, minutes.") },
	{ ROLE_WRITER, N_("Write a notice for the website.") },
	{ ROLE_EDITOR, N_("Edit what a writer has handed in.") },
	{ ROLE_APPROVER, N_("Approve an article before it is published.") },
	{ ROLE_SYSTEM_ADMIN, N_("Operate the library, without reading a single report.") },
	{ ROLE_SECURITY_ADMIN, N_("Grant roles, with a second person.") },
	{ ROLE_AUDIT_ADMIN, N_("Look at what everybody did, without changing anything.") },
	{ ROLE_REPORTER, N_("Report a vulnerability, follow where it stands, answer questions.") },
};

static size_t demo_place(uint32_t roles)
{
	for (size_t i = 0; i < COUNT(demo_hints); i++)
		if (roles & demo_hints[i].roles) return i;
	return COUNT(demo_hints) - 1;
}

static DemoDoor demo_door(Html *html, const Person *person, uint32_t roles)
{
	Arena *arena = html->call->arena;
	return (DemoDoor) { .name = person_shown_name(person),
		.roles = page_role_names(arena, html->lang, roles),
		.hint = tr(html->lang, demo_hints[demo_place(roles)].hint),
		.button = button_form(html, url_local(arena, "/demo/enter/%.*s", TEXT_ARGS(url_segment(arena, person->ref))),
			tr(html->lang, "Enter"), TEXT(""), TEXT(""), TEXT("")) };
}

static Error show_demo(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Enter the demonstration"),
		.lead = tr(lang, "One click signs you in as one of these people. A real library has no such page.") };
	Persons persons;
	DemoView view = { 0 };
	Html *html;
	if (!request->call->house->demo) return fail(request->call, NOT_FOUND, "not a demonstration");
	TRY(person_list(request->call, 0, PEOPLE_MAX, &persons));
	view.doors = arena_array_of(request->call->arena, DemoDoor, persons.count + 1);
	view.others = arena_array_of(request->call->arena, DemoDoor, persons.count + 1);
	view.tour = url_local(request->call->arena, "/demo/tour");
	uint32_t *roles = arena_array_of(request->call->arena, uint32_t, persons.count + 1);
	for (size_t i = 0; i < persons.count; i++) TRY(role_of(request->call, persons.at[i].id, &roles[i]));
	TRY(html_page_open(request, &head, &html));
	for (size_t place = 0; place < COUNT(demo_hints); place++) {
		size_t shown = 0;
		for (size_t i = 0; i < persons.count; i++) {
			if (persons.at[i].state == PERSON_DISABLED || demo_place(roles[i]) != place) continue;
			DemoDoor *door = shown++ < DOORS_OF_A_KIND ? &view.doors[view.door_count++] : &view.others[view.other_count++];
			*door = demo_door(html, &persons.at[i], roles[i]);
		}
	}
	page_demo(html, &view);
	return html_page_close(request, html);
}

static Error do_demo(Request *request)
{
	Person person;
	Text token;
	if (!request->call->house->demo) return fail(request->call, NOT_FOUND, "not a demonstration");
	TRY(person_find_ref(request->call, request_parameter(request, TEXT("ref")), &person));
	TRY(session_enter_demo(request->call, person.id, &token));
	return page_signed_in(request, token, TEXT(""));
}

static const Route rows[] = {
	{ GET, "/login", show_login, ROLE_EVERYBODY, .summary = "Shows the form to sign in." },
	{ POST, "/login", do_login, ROLE_EVERYBODY, .form = &login_form, .retry = show_login, .weight = 5,
		.summary = "Signs in with login and password." },
	{ POST, "/login/passkey", do_login_passkey, ROLE_EVERYBODY, .form = &passkey_form_spec, .retry = show_login, .weight = 5,
		.summary = "Signs in with a security key." },
	{ GET, "/login/factor", show_factor, ROLE_EVERYBODY, .summary = "Asks for the second factor." },
	{ POST, "/login/factor", do_factor, ROLE_EVERYBODY, .form = &code_form, .retry = show_factor, .weight = 5,
		.summary = "Passes the second factor with a code." },
	{ POST, "/login/factor/passkey", do_factor_passkey, ROLE_EVERYBODY, .form = &passkey_form_spec, .retry = show_factor, .weight = 5,
		.summary = "Passes the second factor with a security key." },
	{ POST, "/logout", do_logout, ROLE_EVERYBODY, .summary = "Signs out." },
	{ GET, "/demo/enter", show_demo, ROLE_EVERYBODY, .summary = "Lists the people of a demonstration." },
	{ POST, "/demo/enter/:ref", do_demo, ROLE_EVERYBODY, .summary = "Enters a demonstration as one of its people." },
};
const RouteTable login_routes = { "person", rows, COUNT(rows) };
