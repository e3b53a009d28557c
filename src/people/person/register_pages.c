#include "people/person/page_private.h"
#include "people/person/person_private.h"

/* ---- One mail address */
typedef struct MailForm {
	Text mail;
} MailForm;
static const FieldSpec mail_fields[] = { { "mail", FIELD_TEXT, offsetof(MailForm, mail), .required = true,
	.max_length = MAIL_ADDRESS_MAX } };
static const FormSpec mail_form = { mail_fields, COUNT(mail_fields), sizeof(MailForm), .max_body_bytes = 0 };

static Error show_mail(Request *request, const char *title, const char *lead, const char *action)
{
	Lang lang = request->call->lang;
	FormField fields[] = { form_field(request, "mail", INPUT_EMAIL, N_("Mail address"), NULL, TEXT("")) };
	Crumb links[] = { { tr(lang, "Sign in"), url_local(request->call->arena, "/login") } };
	fields[0].autocomplete = TEXT("email");
	FormPage page = { .title = tr(lang, title),
		.lead = tr(lang, lead),
		.action = url_local(request->call->arena, "%s", action),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(lang, "Send me a link"),
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

static Error show_register(Request *request)
{
	return show_mail(
		request, N_("Register"), N_("We send a link to your mail address; it shows that the address is yours."), "/register");
}

static Error show_forgot(Request *request)
{
	return show_mail(
		request, N_("Set a new password"), N_("We send a link to your mail address; with it you set a new password."), "/forgot");
}

/* The same page whoever asked: only the mailbox learns more. */
static Error show_sent(Request *request)
{
	return message_page_show(request, N_("Please look into your mailbox"),
		N_("If the address is right, a message with a link is on its way. It is valid for 24 hours. Please look among unwanted "
		   "mail, too."),
		N_("Sign in"), "/login");
}

static Error do_register(Request *request)
{
	TRY(person_register(request->call, ((const MailForm *)request->form)->mail, request->address));
	return show_sent(request);
}

static Error do_forgot(Request *request)
{
	TRY(person_forgot(request->call, ((const MailForm *)request->form)->mail, request->address));
	return show_sent(request);
}

/* ---- /verify/:token finishes a registration */
static const FieldSpec registration_fields[] = {
	{ "name", FIELD_TEXT, offsetof(Registration, name), .max_length = 80 },
	{ "handle", FIELD_TEXT, offsetof(Registration, handle), .max_length = 30 },
	{ "password", FIELD_TEXT, offsetof(Registration, password), .max_length = PASSWORD_LENGTH_MAX + 1, .is_verbatim = true },
	{ "accepts_terms", FIELD_BOOL, offsetof(Registration, accepts_terms) },
	{ "accepts_privacy", FIELD_BOOL, offsetof(Registration, accepts_privacy) },
	{ "accepts_confidentiality", FIELD_BOOL, offsetof(Registration, accepts_confidentiality) },
};
static const FormSpec registration_form = { registration_fields, COUNT(registration_fields), sizeof(Registration), .max_body_bytes = 0 };

static Error show_registration(Request *request)
{
	Call *call = request->call;
	Text mail, token = request_parameter(request, TEXT("token"));
	TRY(person_ticket_open(call, token, "register", &mail));
	FormField fields[] = {
		form_field(request, "name", INPUT_TEXT, N_("Name"),
			N_("As you want to be addressed; the real name is asked for when your identity is verified."), TEXT("")),
		form_field(request, "handle", INPUT_TEXT, N_("Public name"),
			N_("Shown in thanks and rankings, if you wish. Letters without accents, digits, '-', '_' and '.'."), TEXT("")),
		form_field(request, "password", INPUT_PASSWORD, N_("Password"),
			N_("At least 12 characters. A few words that only you would put together are easy to remember."), TEXT("")),
		form_field(request, "accepts_terms", INPUT_CHECK, N_("I agree to the user agreement"), NULL, TEXT("")),
		form_field(request, "accepts_privacy", INPUT_CHECK, N_("I agree to the privacy policy"), NULL, TEXT("")),
		form_field(request, "accepts_confidentiality", INPUT_CHECK,
			N_("I give the confidentiality undertaking: what is not public stays with me"), NULL, TEXT("")),
	};
	fields[0].autocomplete = TEXT("name");
	fields[1].required = false;
	fields[2].autocomplete = TEXT("new-password");
	fields[3].about = url_public(request, TEXT("/rules/terms"));
	fields[4].about = url_public(request, TEXT("/rules/privacy"));
	fields[5].about = url_public(request, TEXT("/rules/confidentiality"));
	FormPage page = { .title = tr(call->lang, "Finish your registration"),
		.lead = mail,
		.action = url_local(call->arena, "/verify/%.*s", TEXT_ARGS(url_segment(call->arena, token))),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(call->lang, "Create the account") };
	return form_page_show(request, &page);
}

static Error do_registration(Request *request)
{
	int64_t id = 0;
	TRY(person_register_finish(request->call, request_parameter(request, TEXT("token")), request->form, &id));
	return message_page_show(request, N_("Your account is ready"),
		N_("You can sign in now. We recommend to switch on a second factor at once."), N_("Sign in"), "/login");
}

/* ---- /verify/mail/:token: one more click, so that a mail program that follows links confirms nothing */
static Error show_confirm_mail(Request *request)
{
	Call *call = request->call;
	Text mail, token = request_parameter(request, TEXT("token"));
	TRY(person_ticket_open(call, token, "mail", &mail));
	FormPage page = { .title = tr(call->lang, "Use this mail address"),
		.lead = mail,
		.action = url_local(call->arena, "/verify/mail/%.*s", TEXT_ARGS(url_segment(call->arena, token))),
		.button = tr(call->lang, "Confirm") };
	return form_page_show(request, &page);
}

static Error do_confirm_mail(Request *request)
{
	TRY(person_mail_confirm(request->call, request_parameter(request, TEXT("token"))));
	return message_page_show(request, N_("Your mail address is changed"),
		N_("From now on messages go to the new address, and you sign in with it."), N_("To your account"), "/account");
}

/* ---- /forgot/:token sets a password, the first one too */
typedef struct PasswordForm {
	Text password;
} PasswordForm;
static const FieldSpec password_fields[] = { { "password", FIELD_TEXT, offsetof(PasswordForm, password), .required = true,
	.max_length = PASSWORD_LENGTH_MAX + 1, .is_verbatim = true } };
static const FormSpec password_form = { password_fields, COUNT(password_fields), sizeof(PasswordForm), .max_body_bytes = 0 };

static Error show_reset(Request *request)
{
	Call *call = request->call;
	Text mail, token = request_parameter(request, TEXT("token"));
	if (person_ticket_open(call, token, "password", &mail) != OK) {
		call_recover(call);
		TRY(person_ticket_open(call, token, "enrol", &mail));
	}
	FormField fields[] = { form_field(request, "password", INPUT_PASSWORD, N_("New password"),
		N_("At least 12 characters. A few words that only you would put together are easy to remember."), TEXT("")) };
	fields[0].autocomplete = TEXT("new-password");
	FormPage page = { .title = tr(call->lang, "Set a new password"),
		.lead = mail,
		.action = url_local(call->arena, "/forgot/%.*s", TEXT_ARGS(url_segment(call->arena, token))),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(call->lang, "Set the password") };
	return form_page_show(request, &page);
}

static Error do_reset(Request *request)
{
	TRY(person_password_reset(
		request->call, request_parameter(request, TEXT("token")), ((const PasswordForm *)request->form)->password));
	return message_page_show(request, N_("Your password is set"),
		N_("All sessions of your account have ended. Please sign in with the new password."), N_("Sign in"), "/login");
}

static const Route rows[] = {
	{ GET, "/register", show_register, ROLE_EVERYBODY, .summary = "Asks for the mail address of a new account." },
	{ POST, "/register", do_register, ROLE_EVERYBODY, .form = &mail_form, .retry = show_register, .weight = 5,
		.summary = "Sends the link that finishes a registration." },
	{ GET, "/verify/:token", show_registration, ROLE_EVERYBODY, .summary = "Asks for what makes an account." },
	{ POST, "/verify/:token", do_registration, ROLE_EVERYBODY, .form = &registration_form, .retry = show_registration, .weight = 5,
		.summary = "Makes an account." },
	{ GET, "/verify/mail/:token", show_confirm_mail, ROLE_EVERYBODY, .summary = "Asks whether to use a new mail address." },
	{ POST, "/verify/mail/:token", do_confirm_mail, ROLE_EVERYBODY, .summary = "Confirms a new mail address." },
	{ GET, "/forgot", show_forgot, ROLE_EVERYBODY, .summary = "Asks for the mail address of an account whose password is forgotten." },
	{ POST, "/forgot", do_forgot, ROLE_EVERYBODY, .form = &mail_form, .retry = show_forgot, .weight = 5,
		.summary = "Sends the link that sets a new password." },
	{ GET, "/forgot/:token", show_reset, ROLE_EVERYBODY, .summary = "Asks for a new password." },
	{ POST, "/forgot/:token", do_reset, ROLE_EVERYBODY, .form = &password_form, .retry = show_reset, .weight = 5,
		.summary = "Sets a new password by a link." },
};
const RouteTable register_routes = { "person", rows, COUNT(rows) };
