#include "people/person/account_view_private.h"
#include "people/person/page_private.h"
#include "people/person/person_private.h"
#include "people/person/views/new_passkey.html.h"
#include "people/person/views/secrets.html.h"
#include "people/person/views/security.html.h"
#include "people/person/views/totp.html.h"

enum { COOKIE_SECONDS = 12 * 3600 };
#define COLUMN(text, kind_) \
	{ \
		tr(lang, text), kind_ \
	}

/* ---- /account/security */
static Url address_of(Arena *arena, const char *start, Text ref, const char *end)
{
	return url_local(arena, "%s/%.*s%s", start, TEXT_ARGS(url_segment(arena, ref)), end);
}

static Markup passkey_table(Html *html, const FactorState *state)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { COLUMN(N_("Security key"), COLUMN_TEXT), COLUMN(N_("Added"), COLUMN_NARROW),
		COLUMN(N_("Last used"), COLUMN_NARROW), COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, state->passkey_count * COUNT(columns) + 1);
	for (size_t i = 0; i < state->passkey_count; i++) {
		const struct PasskeyInfo *passkey = &state->passkeys[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = passkey->name;
		row[1].markup = part_date(html, passkey->created_at);
		row[2] = passkey->last_used_at ? (Cell) { .markup = part_date(html, passkey->last_used_at) }
					       : (Cell) { .text = tr(lang, "Never") };
		row[3] = (Cell) { .text = tr(lang, "Remove"), .url = address_of(arena, "/account/passkeys", passkey->ref, "/remove") };
	}
	return part_table(html, &(Table) { tr(lang, "Security keys"), columns, COUNT(columns), cells, state->passkey_count });
}

static Markup session_table(Html *html, const Sessions *sessions)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { COLUMN(N_("From"), COLUMN_TEXT), COLUMN(N_("Signed in"), COLUMN_NARROW),
		COLUMN(N_("Last seen"), COLUMN_NARROW), COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, sessions->count * COUNT(columns) + 1);
	for (size_t i = 0; i < sessions->count; i++) {
		const Session *session = &sessions->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = session->origin;
		row[1].markup = part_time(html, session->created_at);
		row[2].markup = part_time(html, session->seen_at);
		if (session->is_own)
			row[3].text = tr(lang, "This session");
		else
			row[3].markup = button_form(html, address_of(arena, "/account/sessions", session->ref, "/end"), tr(lang, "End"),
				TEXT("quiet"), TEXT(""), TEXT(""));
	}
	return part_table(html, &(Table) { tr(lang, "Sessions"), columns, COUNT(columns), cells, sessions->count });
}

static Markup token_table(Html *html, const TokenInfos *tokens)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { COLUMN(N_("Token"), COLUMN_TEXT), COLUMN(N_("Scopes"), COLUMN_CODE), COLUMN(N_("Expires"), COLUMN_NARROW),
		COLUMN(N_("Last used"), COLUMN_NARROW), COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, tokens->count * COUNT(columns) + 1);
	for (size_t i = 0; i < tokens->count; i++) {
		const TokenInfo *token = &tokens->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = token->name;
		row[1].text = scopes_text(arena, token->scopes);
		row[2].markup = part_date(html, token->expires_at);
		row[3] = token->last_used_at ? (Cell) { .markup = part_date(html, token->last_used_at) }
					     : (Cell) { .text = tr(lang, "Never") };
		row[4].markup = button_form(html, address_of(arena, "/account/tokens", token->ref, "/end"), tr(lang, "Revoke"),
			TEXT("quiet"), TEXT(""), TEXT(""));
	}
	return part_table(html, &(Table) { tr(lang, "API tokens"), columns, COUNT(columns), cells, tokens->count });
}

static Error show_security(Request *request)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "Password, second factor, sessions and tokens") };
	FactorState state;
	Sessions sessions;
	TokenInfos tokens;
	Html *html;
	TRY(factor_state(call, &state));
	TRY(session_list(call, &sessions));
	TRY(token_list(call, &tokens));
	TRY(html_page_open(request, &head, &html));
	SecurityView view = { .is_required = state.is_required,
		.has_totp = state.has_totp,
		.has_any = state.has_totp || state.passkey_count > 0,
		.recovery_left = state.recovery_left,
		.passkeys = passkey_table(html, &state),
		.sessions = session_table(html, &sessions),
		.tokens = token_table(html, &tokens),
		.end_others = button_form(html, url_local(call->arena, "/account/sessions/end"), tr(call->lang, "End all other sessions"),
			TEXT("quiet"), TEXT(""), TEXT("")),
		.passkey_count = state.passkey_count,
		.token_count = tokens.count,
		.session_count = sessions.count };
	page_security(html, &view);
	return html_page_close(request, html);
}

static Error back(Request *request) { return reply_redirect(request, TEXT("/account/security")); }

static Error do_end_session(Request *request)
{
	TRY(session_revoke(request->call, request_parameter(request, TEXT("ref"))));
	return back(request);
}

static Error do_end_sessions(Request *request)
{
	TRY(session_revoke_others(request->call));
	return back(request);
}

static Error do_end_token(Request *request)
{
	TRY(token_revoke(request->call, request_parameter(request, TEXT("ref"))));
	return back(request);
}

/* What is shown once: recovery codes, a token. */
static Error show_secrets(Request *request, const char *title, const char *text, const Texts *secrets)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, title) };
	SecretsView view = { .secrets = secrets->at,
		.count = secrets->count,
		.text = tr(call->lang, text),
		.next = url_local(call->arena, "/account/security") };
	Html *html;
	TRY(html_page_open(request, &head, &html));
	page_secrets(html, &view);
	return html_page_close(request, html);
}

static Error show_codes(Request *request, const Texts *codes)
{
	return show_secrets(request, N_("Your recovery codes"),
		N_("Each of these codes signs you in once when you lost your second factor. They are shown only now: print them or keep "
		   "them in a password manager."),
		codes);
}

static Error factor_added(Request *request, const Texts *codes, Text token)
{
	reply_cookie(request, TEXT(SESSION_COOKIE), token, COOKIE_SECONDS);
	request->csrf_token = session_form_token(request->call->arena, token);
	return codes->count > 0 ? show_codes(request, codes) : back(request);
}

/* ---- Forms with a password */
typedef struct ConfirmForm {
	Text password, code;
} ConfirmForm;
#define PASSWORD_FIELD \
	{ \
		"password", FIELD_TEXT, offsetof(ConfirmForm, password), .required = true, .max_length = PASSWORD_LENGTH_MAX + 1, \
									 .is_verbatim = true \
	}
#define CODE_FIELD \
	{ \
		"code", FIELD_TEXT, offsetof(ConfirmForm, code), .required = true, .max_length = 30 \
	}
static const FieldSpec password_fields[] = { PASSWORD_FIELD }, code_fields[] = { CODE_FIELD },
		       both_fields[] = { PASSWORD_FIELD, CODE_FIELD };
static const FormSpec password_form = { password_fields, COUNT(password_fields), sizeof(ConfirmForm), .max_body_bytes = 0 };
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(ConfirmForm), .max_body_bytes = 0 };
static const FormSpec both_form = { both_fields, COUNT(both_fields), sizeof(ConfirmForm), .max_body_bytes = 0 };

static Error show_form(Request *request, const char *title, const char *lead, Url action, const FormField *fields, size_t count,
	const char *button, bool is_bad)
{
	Call *call = request->call;
	Crumb links[] = { { tr(call->lang, "Back"), url_local(call->arena, "/account/security") } };
	FormPage page = { .title = tr(call->lang, title),
		.lead = tr(call->lang, lead),
		.action = action,
		.fields = fields,
		.field_count = count,
		.button = tr(call->lang, button),
		.tone = is_bad ? TEXT("bad") : TEXT(""),
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

static Markup totp_picture(Html *html, const void *about)
{
	const Text *secret = about;
	Person person;
	if (person_find(html->call, html->call->actor->person_id, &person) != OK) return (Markup) { 0 };
	TotpView view = { .qr = part_qr(html, totp_address(html->call->arena, *secret, TEXT("CAPPVD"), person.mail),
				  tr(html->lang, "QR code for the authenticator app")),
		.secret = totp_secret_text(html->call->arena, *secret) };
	Html inner = html_inner(html);
	page_totp(&inner, &view);
	return html_done(html, &inner);
}

static Error show_totp_code(Request *request, const Text *secret)
{
	Call *call = request->call;
	FormField fields[] = { form_field(request, "code", INPUT_CODE, N_("Code of the app"), NULL, TEXT("")) };
	fields[0].autocomplete = TEXT("one-time-code");
	FormPage page = { .title = tr(call->lang, "Set up an authenticator app"),
		.before = totp_picture,
		.about = secret,
		.action = url_local(call->arena, "/account/totp/confirm"),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(call->lang, "Switch on") };
	return form_page_show(request, &page);
}

static Error show_totp(Request *request)
{
	Text secret;
	if (factor_totp_pending(request->call, &secret) == OK) return show_totp_code(request, &secret);
	call_recover(request->call);
	FormField fields[] = { page_password_field(request) };
	return show_form(request, N_("Set up an authenticator app"), N_("Any app that shows time codes (TOTP) will do."),
		url_local(request->call->arena, "/account/totp"), fields, COUNT(fields), N_("Continue"), false);
}

static Error do_totp(Request *request)
{
	Text secret;
	TRY(factor_totp_begin(request->call, ((const ConfirmForm *)request->form)->password, &secret));
	return reply_redirect(request, TEXT("/account/totp"));
}

/* A wrong code is said at its field, and the form is shown again. */
static Error at_the_code(Request *request, Error error)
{
	if (error != ERROR_UNAUTHENTICATED) return error;
	call_recover(request->call);
	call_problem(request->call, TEXT("code"), N_("This code is wrong or was used already."), (Text) { 0 });
	return call_check_problems(request->call);
}

static Error do_totp_confirm(Request *request)
{
	Texts codes;
	Text token;
	TRY(at_the_code(request, factor_totp_confirm(request->call, ((const ConfirmForm *)request->form)->code,
					 request_cookie(request, TEXT(SESSION_COOKIE)), &codes, &token)));
	return factor_added(request, &codes, token);
}

static Error show_totp_remove(Request *request)
{
	FormField fields[] = { page_password_field(request),
		form_field(request, "code", INPUT_CODE, N_("Code of the app"), NULL, TEXT("")) };
	return show_form(request, N_("Switch off the authenticator app"), N_("Your other sessions end with it."),
		url_local(request->call->arena, "/account/totp/remove"), fields, COUNT(fields), N_("Switch off"), true);
}

static Error do_totp_remove(Request *request)
{
	const ConfirmForm *form = request->form;
	TRY(at_the_code(request, factor_totp_remove(request->call, form->password, form->code)));
	return back(request);
}

static Error show_recovery(Request *request)
{
	FormField fields[] = { page_password_field(request) };
	return show_form(request, N_("New recovery codes"), N_("The old ones end."), url_local(request->call->arena, "/account/recovery"),
		fields, COUNT(fields), N_("Make new ones"), false);
}

static Error do_recovery(Request *request)
{
	Texts codes;
	TRY(factor_recovery_new(request->call, ((const ConfirmForm *)request->form)->password, &codes));
	return show_codes(request, &codes);
}

/* ---- Security keys */
static Error show_new_passkey(Request *request)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "Add a security key") };
	FormField fields[] = { form_field(request, "name", INPUT_TEXT, N_("Name of the key"),
				       N_("So that you recognise it: \"blue key\", \"office laptop\"."), TEXT("")),
		page_password_field(request) };
	Person person;
	Texts ids;
	Html *html;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(passkey_ids(call, person.id, &ids));
	NewPasskeyView view = { .passkey = passkey_form(request, CHALLENGE_CREATE, person.id, "/account/passkeys"),
		.fields = fields,
		.field_count = COUNT(fields) };
	view.passkey.credentials = encoded_ids(call->arena, &ids);
	view.passkey.user = person.ref;
	view.passkey.user_name = person.mail;
	TRY(html_page_open(request, &head, &html));
	page_new_passkey(html, &view);
	return html_page_close(request, html);
}

static Error do_new_passkey(Request *request)
{
	const PasskeyInput *input = request->form;
	PasskeyAnswer answer;
	Text challenge, id, token;
	Texts codes;
	if (!passkey_answer(request, input, &challenge, &id, &answer))
		return fail(request->call, INVALID, "answer of the key is not base64url");
	TRY(passkey_add(request->call, input->password, input->name, challenge, &answer, request_cookie(request, TEXT(SESSION_COOKIE)),
		&codes, &token));
	return factor_added(request, &codes, token);
}

static Error show_drop_passkey(Request *request)
{
	FormField fields[] = { page_password_field(request) };
	return show_form(request, N_("Remove a security key"), N_("Your other sessions end with it."),
		address_of(request->call->arena, "/account/passkeys", request_parameter(request, TEXT("ref")), "/remove"), fields,
		COUNT(fields), N_("Remove"), true);
}

static Error do_drop_passkey(Request *request)
{
	TRY(passkey_drop(request->call, ((const ConfirmForm *)request->form)->password, request_parameter(request, TEXT("ref"))));
	return back(request);
}

/* ---- Tokens */
typedef struct TokenForm {
	Text name;
	Texts scopes;
	int64_t days;
} TokenForm;
static const FieldSpec token_fields[] = {
	{ "name", FIELD_TEXT, offsetof(TokenForm, name), .max_length = 80 },
	{ "scopes", FIELD_TEXTS, offsetof(TokenForm, scopes) },
	{ "days", FIELD_INT, offsetof(TokenForm, days), .required = true },
};
static const FormSpec token_form = { token_fields, COUNT(token_fields), sizeof(TokenForm), .max_body_bytes = 0 };

static Error show_new_token(Request *request)
{
	Call *call = request->call;
	Texts tags = { 0 }, labels = { 0 };
	for (size_t i = 0; scope_at(i) != 0; i++) {
		Text label =
			arena_printf(call->arena, "%.*s (%s)", TEXT_ARGS(tr(call->lang, scope_text(scope_at(i)))), scope_tag(scope_at(i)));
		list_add(call->arena, &tags, text_from(scope_tag(scope_at(i))));
		list_add(call->arena, &labels, label);
	}
	FormField fields[] = { form_field(request, "name", INPUT_TEXT, N_("Name"), N_("Which program uses it, and where."), TEXT("")),
		form_field(request, "scopes", INPUT_CHOICE, N_("What the token may do"),
			N_("Never more than you yourself may do at that moment."), TEXT("")),
		form_field(request, "days", INPUT_TEXT, N_("Valid for how many days"), NULL, TEXT("90")) };
	fields[1].multiple = true;
	fields[1].choice_values = tags.at;
	fields[1].choice_labels = labels.at;
	fields[1].choice_count = tags.count;
	if (request->method == POST && request->form) {
		const TokenForm *form = request->form;
		fields[1].values = form->scopes.at;
		fields[1].value_count = form->scopes.count;
	}
	return show_form(request, N_("New token"), N_("With a token a program works in your name, within the scopes you choose."),
		url_local(call->arena, "/account/tokens"), fields, COUNT(fields), N_("Make the token"), false);
}

static Error do_new_token(Request *request)
{
	const TokenForm *form = request->form;
	uint32_t scopes = 0;
	Texts secrets = { 0 };
	Text token, joined = arena_join(request->call->arena, form->scopes.at, form->scopes.count, TEXT(" "));
	if (!scopes_parse(joined, &scopes))
		call_problem(request->call, TEXT("scopes"), N_("Please choose what the token may do."), (Text) { 0 });
	TRY(call_check_problems(request->call));
	TRY(token_create(request->call, form->name, scopes, form->days, &token));
	list_add(request->call->arena, &secrets, token);
	return show_secrets(request, N_("Your new token"), N_("This token is shown only now. Keep it like a password."), &secrets);
}

static const Route rows[] = {
	{ GET, "/account/security", show_security, ROLE_PEOPLE, .summary = "Shows second factors, sessions and tokens." },
	{ POST, "/account/sessions/:ref/end", do_end_session, ROLE_PEOPLE, .summary = "Ends one of one's own sessions." },
	{ POST, "/account/sessions/end", do_end_sessions, ROLE_PEOPLE, .summary = "Ends all of one's own sessions but this." },
	{ GET, "/account/totp", show_totp, ROLE_PEOPLE, .summary = "Sets up time codes." },
	{ POST, "/account/totp", do_totp, ROLE_PEOPLE, .form = &password_form, .retry = show_totp, .weight = 5,
		.summary = "Makes a secret for time codes." },
	{ POST, "/account/totp/confirm", do_totp_confirm, ROLE_PEOPLE, .form = &code_form, .retry = show_totp, .weight = 5,
		.summary = "Switches time codes on." },
	{ GET, "/account/totp/remove", show_totp_remove, ROLE_PEOPLE, .summary = "Asks for what switches time codes off." },
	{ POST, "/account/totp/remove", do_totp_remove, ROLE_PEOPLE, .form = &both_form, .retry = show_totp_remove, .weight = 5,
		.summary = "Switches time codes off." },
	{ GET, "/account/recovery", show_recovery, ROLE_PEOPLE, .summary = "Asks for the password before new recovery codes." },
	{ POST, "/account/recovery", do_recovery, ROLE_PEOPLE, .form = &password_form, .retry = show_recovery, .weight = 5,
		.summary = "Makes new recovery codes." },
	{ GET, "/account/passkeys/new", show_new_passkey, ROLE_PEOPLE, .summary = "Asks a security key." },
	{ POST, "/account/passkeys", do_new_passkey, ROLE_PEOPLE, .form = &passkey_form_spec, .retry = show_new_passkey, .weight = 5,
		.summary = "Adds a security key." },
	{ GET, "/account/passkeys/:ref/remove", show_drop_passkey, ROLE_PEOPLE,
		.summary = "Asks for the password before a security key goes." },
	{ POST, "/account/passkeys/:ref/remove", do_drop_passkey, ROLE_PEOPLE, .form = &password_form, .retry = show_drop_passkey,
		.weight = 5, .summary = "Removes a security key." },
	{ GET, "/account/tokens/new", show_new_token, ROLE_PEOPLE, .summary = "Shows the form of a new API token." },
	{ POST, "/account/tokens", do_new_token, ROLE_PEOPLE, .form = &token_form, .retry = show_new_token,
		.summary = "Makes an API token." },
	{ POST, "/account/tokens/:ref/end", do_end_token, ROLE_PEOPLE, .summary = "Revokes an API token." },
};
const RouteTable security_routes = { "person", rows, COUNT(rows) };
