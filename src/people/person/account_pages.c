#include "people/person/account_view_private.h"
#include "people/person/page_private.h"
#include "people/person/person_private.h"
#include "people/person/views/account.html.h"
#include "people/person/views/secrets.html.h"

Text page_role_names(Arena *arena, Lang lang, uint32_t roles)
{
	Texts names = { 0 };
	for (uint32_t bit = 1; bit != 0 && bit <= roles; bit <<= 1)
		if ((roles & bit) != 0 && bit != ROLE_VISITOR && bit != ROLE_REPORTER)
			list_add(arena, &names, tr(lang, role_text((Role)bit)));
	if (names.count == 0) return tr(lang, role_text(ROLE_REPORTER));
	return arena_join(arena, names.at, names.count, lang == LANG_ZH ? TEXT("、") : TEXT(", "));
}

FormField page_password_field(const Request *request)
{
	FormField field = form_field(request, "password", INPUT_PASSWORD, N_("Your password"),
		N_("Asked for again, because this changes how your account is protected."), TEXT(""));
	field.autocomplete = TEXT("current-password");
	return field;
}

/* ---- /account */
static Markup state_chip(Html *html, const Person *person)
{
	static const char *const tones[] = { [PERSON_UNVERIFIED] = "neutral",
		[PERSON_CHECKING] = "active",
		[PERSON_VERIFIED] = "good",
		[PERSON_RETURNED] = "warn",
		[PERSON_DISABLED] = "bad" };
	return part_status(html, tr(html->lang, person_state_text(person->state)), text_from(tones[person->state]));
}

static Error fill_consents(Html *html, const Person *person, AccountView *view)
{
	Call *call = html->call;
	view->consents = arena_array_of(call->arena, ConsentLine, consent_document_count);
	for (size_t i = 0; i < consent_document_count; i++) {
		const ConsentDocument *document = &consent_documents[i];
		ConsentLine *line = &view->consents[view->consent_count++];
		*line = (ConsentLine) { .title = tr(call->lang, document->title) };
		TRY(consent_version(call, document, &line->version));
		line->text = url_local(call->arena, "/rules/%s/%lld", document->tag, (long long)line->version);
		TRY(consent_has(call, person->id, text_from(document->tag), &line->is_given));
		if (!line->is_given)
			line->button = button_form(html, url_local(call->arena, "/account/consents/%s", document->tag),
				tr(call->lang, "Agree"), TEXT(""), TEXT(""), TEXT(""));
	}
	return OK;
}

static Error fill_calendar(Html *html, AccountView *view)
{
	Call *call = html->call;
	CalendarKey key;
	TRY(calendar_key_info(call, &key));
	view->calendar_renew = button_form(html, url_local(call->arena, "/account/calendar"),
		key.created_at ? tr(call->lang, "Renew the address") : tr(call->lang, "Make an address"), TEXT("quiet"), TEXT(""),
		TEXT(""));
	if (!key.created_at) return OK;
	Fact facts[] = { { .label = tr(call->lang, "Address made"), .markup = part_time(html, key.created_at) },
		{ .label = tr(call->lang, "Last read"), .text = tr(call->lang, "Never") } };
	if (key.last_used_at) facts[1].markup = part_time(html, key.last_used_at);
	view->calendar = part_facts(html, facts, COUNT(facts));
	view->calendar_end = button_form(html, url_local(call->arena, "/account/calendar/end"), tr(call->lang, "Revoke the address"),
		TEXT("bad"), TEXT(""), TEXT(""));
	return OK;
}

static Error do_calendar(Request *request)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "The address of your calendar") };
	Text token;
	Html *html;
	TRY(calendar_key_renew(call, &token));
	Text address = outbox_link(call, "/calendar/%.*s.ics", TEXT_ARGS(token));
	SecretsView view = { .secrets = &address,
		.count = 1,
		.text = tr(call->lang, "This address is shown only now. Whoever has it reads your deadlines: keep it like a password. An "
				       "earlier address has ended."),
		.next = url_local(call->arena, "/account") };
	TRY(html_page_open(request, &head, &html));
	page_secrets(html, &view);
	return html_page_close(request, html);
}

static Error do_calendar_end(Request *request)
{
	TRY(calendar_key_revoke(request->call));
	return reply_redirect(request, TEXT("/account"));
}

static Error show_account(Request *request)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "My account") };
	AccountView view = { 0 };
	Person person;
	uint32_t roles = 0;
	Html *html;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(role_of(call, person.id, &roles));
	TRY(html_page_open(request, &head, &html));
	Fact facts[] = {
		{ .label = tr(call->lang, "Name"), .text = person.name },
		{ .label = tr(call->lang, "Public name"), .text = person.handle.length > 0 ? person.handle : TEXT("–") },
		{ .label = tr(call->lang, "Mail address"), .text = person.mail },
		{ .label = tr(call->lang, "Telephone"), .text = person.phone.length > 0 ? person.phone : TEXT("–") },
		{ .label = tr(call->lang, "Identity"), .markup = state_chip(html, &person) },
		{ .label = tr(call->lang, "Roles"), .text = page_role_names(call->arena, call->lang, roles) },
	};
	view.facts = part_facts(html, facts, COUNT(facts));
	view.reason = person.state == PERSON_RETURNED ? person.reason : (Text) { 0 };
	view.mail_fails = person.mail_failing_at != 0;
	view.asks_verification = person.state == PERSON_UNVERIFIED || person.state == PERSON_RETURNED;
	TRY(fill_calendar(html, &view));
	TRY(fill_consents(html, &person, &view));
	page_account(html, &view);
	return html_page_close(request, html);
}

static Error do_consent(Request *request)
{
	TRY(consent_give(request->call, request_parameter(request, TEXT("document"))));
	return reply_redirect(request, TEXT("/account"));
}

static FormPage account_form(
	Request *request, const char *title, const char *action, const FormField *fields, size_t count, const char *button)
{
	Call *call = request->call;
	Crumb *links = arena_new_of(call->arena, Crumb);
	*links = (Crumb) { tr(call->lang, "Back to my account"), url_local(call->arena, "/account") };
	return (FormPage) { .title = tr(call->lang, title),
		.action = url_local(call->arena, "%s", action),
		.fields = fields,
		.field_count = count,
		.button = tr(call->lang, button),
		.links = links,
		.link_count = 1 };
}

/* ---- /account/profile */
typedef struct ProfileForm {
	Text name, handle, phone, language;
} ProfileForm;
static const FieldSpec profile_fields[] = {
	{ "name", FIELD_TEXT, offsetof(ProfileForm, name), .required = true, .max_length = 80 },
	{ "handle", FIELD_TEXT, offsetof(ProfileForm, handle), .max_length = 30 },
	{ "phone", FIELD_TEXT, offsetof(ProfileForm, phone), .max_length = 30 },
	{ "language", FIELD_CHOICE, offsetof(ProfileForm, language), .required = true, .choices = "zh-CN en" },
};
static const FormSpec profile_form = { profile_fields, COUNT(profile_fields), sizeof(ProfileForm), .max_body_bytes = 0 };

static Error show_profile(Request *request)
{
	static const Text tags[] = { TEXT_INIT("zh-CN"), TEXT_INIT("en") }, names[] = { TEXT_INIT("中文"), TEXT_INIT("English") };
	Person person;
	TRY(person_find(request->call, request->call->actor->person_id, &person));
	FormField fields[] = {
		form_field(request, "name", INPUT_TEXT, N_("Name"), NULL, person.name),
		form_field(request, "handle", INPUT_TEXT, N_("Public name"),
			N_("Shown in thanks and rankings, if you wish. Letters without accents, digits, '-', '_' and '.'."), person.handle),
		form_field(request, "phone", INPUT_TEXT, N_("Telephone"), NULL, person.phone),
		form_field(request, "language", INPUT_RADIO, N_("Language of messages"), NULL, lang_tag(person.lang)),
	};
	fields[1].required = fields[2].required = false;
	fields[3].choice_values = tags;
	fields[3].choice_labels = names;
	fields[3].choice_count = COUNT(tags);
	FormPage page = account_form(request, N_("My profile"), "/account/profile", fields, COUNT(fields), N_("Save"));
	return form_page_show(request, &page);
}

static Error do_profile(Request *request)
{
	const ProfileForm *form = request->form;
	Lang lang = request->call->lang;
	if (!lang_parse(form->language, &lang)) return fail(request->call, INVALID, "unknown language");
	TRY(person_profile_change(request->call, form->name, form->handle, form->phone, lang));
	return reply_redirect(request, TEXT("/account"));
}

/* ---- /account/password */
typedef struct PasswordForm {
	Text password, new_password;
} PasswordForm;
static const FieldSpec password_fields[] = {
	{ "password", FIELD_TEXT, offsetof(PasswordForm, password), .required = true, .max_length = PASSWORD_LENGTH_MAX + 1,
		.is_verbatim = true },
	{ "new_password", FIELD_TEXT, offsetof(PasswordForm, new_password), .required = true, .max_length = PASSWORD_LENGTH_MAX + 1,
		.is_verbatim = true },
};
static const FormSpec password_form = { password_fields, COUNT(password_fields), sizeof(PasswordForm), .max_body_bytes = 0 };

static Error show_password(Request *request)
{
	FormField fields[] = { page_password_field(request),
		form_field(request, "new_password", INPUT_PASSWORD, N_("New password"),
			N_("At least 12 characters. A few words that only you would put together are easy to remember."), TEXT("")) };
	fields[1].autocomplete = TEXT("new-password");
	FormPage page =
		account_form(request, N_("Change the password"), "/account/password", fields, COUNT(fields), N_("Change the password"));
	page.lead = tr(request->call->lang, "Your other sessions end with it.");
	return form_page_show(request, &page);
}

static Error do_password(Request *request)
{
	const PasswordForm *form = request->form;
	TRY(person_password_change(request->call, form->password, form->new_password));
	return reply_redirect(request, TEXT("/account/security"));
}

/* ---- /account/mail */
typedef struct MailForm {
	Text mail, password;
} MailForm;
static const FieldSpec mail_fields[] = {
	{ "mail", FIELD_TEXT, offsetof(MailForm, mail), .required = true, .max_length = MAIL_ADDRESS_MAX },
	{ "password", FIELD_TEXT, offsetof(MailForm, password), .required = true, .max_length = PASSWORD_LENGTH_MAX + 1,
		.is_verbatim = true },
};
static const FormSpec mail_form = { mail_fields, COUNT(mail_fields), sizeof(MailForm), .max_body_bytes = 0 };

static Error show_mail(Request *request)
{
	FormField fields[] = { form_field(request, "mail", INPUT_EMAIL, N_("New mail address"), NULL, TEXT("")),
		page_password_field(request) };
	FormPage page = account_form(request, N_("Change the mail address"), "/account/mail", fields, COUNT(fields), N_("Send me a link"));
	return form_page_show(request, &page);
}

static Error do_mail(Request *request)
{
	const MailForm *form = request->form;
	TRY(person_mail_change(request->call, form->password, form->mail));
	return message_page_show(request, N_("Please look into your mailbox"),
		N_("If the address is right, a message with a link is on its way. It is valid for 24 hours. Please look among unwanted "
		   "mail, too."),
		N_("To your account"), "/account");
}

/* ---- /account/verification */
typedef struct VerificationForm {
	Text name, phone, identity;
} VerificationForm;
static const FieldSpec verification_fields[] = {
	{ "name", FIELD_TEXT, offsetof(VerificationForm, name), .required = true, .max_length = 80 },
	{ "phone", FIELD_TEXT, offsetof(VerificationForm, phone), .required = true, .max_length = 30 },
	{ "identity", FIELD_TEXT, offsetof(VerificationForm, identity), .required = true, .max_length = 30 },
};
static const FormSpec verification_form = { verification_fields, COUNT(verification_fields), sizeof(VerificationForm),
	.max_body_bytes = 0 };

static Error show_verification(Request *request)
{
	Person person;
	TRY(person_find(request->call, request->call->actor->person_id, &person));
	FormField fields[] = { form_field(request, "name", INPUT_TEXT, N_("Real name"), NULL, person.name),
		form_field(request, "phone", INPUT_TEXT, N_("Telephone"), NULL, person.phone),
		form_field(request, "identity", INPUT_TEXT, N_("Number of your identity document"),
			N_("Kept sealed and used for nothing but this verification."), TEXT("")) };
	FormPage page =
		account_form(request, N_("Verify my identity"), "/account/verification", fields, COUNT(fields), N_("Ask for verification"));
	page.lead = tr(request->call->lang, "Points and certificates are for verified people. A member of staff looks at what you enter; "
					    "the rules of the platform ask for it.");
	return form_page_show(request, &page);
}

static Error do_verification(Request *request)
{
	const VerificationForm *form = request->form;
	TRY(person_verification_ask(request->call, form->name, form->phone, form->identity));
	return reply_redirect(request, TEXT("/account"));
}

/* ---- /api/v1/me */
static Error show_me(Request *request)
{
	Call *call = request->call;
	Person person;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	TRY(person_find(call, call->actor->person_id, &person));
	json_object_begin(&json);
	json_put_text(&json, "ref", person.ref);
	json_put_text(&json, "state", text_from(person_state_tag(person.state)));
	json_key(&json, TEXT("roles"));
	json_array_begin(&json);
	for (uint32_t bit = 1; bit != 0 && bit <= call->actor->roles; bit <<= 1)
		if ((call->actor->roles & bit) != 0) json_text(&json, text_from(role_tag((Role)bit)));
	json_end(&json);
	json_put_text(&json, "scopes", scopes_text(call->arena, call->actor->scopes));
	json_put_bool(&json, "second_factor", call->actor->second_factor);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static const Route rows[] = {
	{ GET, "/account", show_account, ROLE_PEOPLE, .summary = "Shows one's own account." },
	{ POST, "/account/consents/:document", do_consent, ROLE_PEOPLE, .summary = "Agrees to the version of a document in force." },
	{ POST, "/account/calendar", do_calendar, ROLE_PEOPLE, .summary = "Makes or renews the secret address of one's own calendar." },
	{ POST, "/account/calendar/end", do_calendar_end, ROLE_PEOPLE, .summary = "Revokes the secret address of one's own calendar." },
	{ GET, "/account/profile", show_profile, ROLE_PEOPLE, .summary = "Shows the form of one's own profile." },
	{ POST, "/account/profile", do_profile, ROLE_PEOPLE, .form = &profile_form, .retry = show_profile,
		.summary = "Changes one's own profile." },
	{ GET, "/account/password", show_password, ROLE_PEOPLE, .summary = "Asks for old and new password." },
	{ POST, "/account/password", do_password, ROLE_PEOPLE, .form = &password_form, .retry = show_password, .weight = 5,
		.summary = "Changes one's own password." },
	{ GET, "/account/mail", show_mail, ROLE_PEOPLE, .summary = "Asks for a new mail address." },
	{ POST, "/account/mail", do_mail, ROLE_PEOPLE, .form = &mail_form, .retry = show_mail, .weight = 5,
		.summary = "Sends a link to a new mail address." },
	{ GET, "/account/verification", show_verification, ROLE_PEOPLE, .summary = "Asks for what verifies an identity." },
	{ POST, "/account/verification", do_verification, ROLE_PEOPLE, .form = &verification_form, .retry = show_verification,
		.summary = "Asks for verification of one's own identity." },
	{ GET, "/api/v1/me", show_me, ROLE_PEOPLE, .summary = "Tells whose token this is and what it may do." },
};
const RouteTable account_routes = { "person", rows, COUNT(rows) };
