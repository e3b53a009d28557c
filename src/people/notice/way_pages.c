/* How somebody wants to be told: rhythm, telephone, and unsubscribing without login. */
#include "people/notice/notice_pages.h"
#include "people/notice/notice_way.h"
#include "people/notice/views/way.html.h"
#include "people/notice/way_view_private.h"
#include "people/person/form_page.h"

/* ---- /account/notices */
typedef struct WayForm {
	Text rhythm;
	int64_t hour;
	Text weekday;
	bool mails;
} WayForm;
static const FieldSpec way_fields[] = {
	{ "rhythm", FIELD_CHOICE, offsetof(WayForm, rhythm), .required = true, .choices = "at-once daily weekly" },
	{ "hour", FIELD_INT, offsetof(WayForm, hour), .required = true },
	{ "weekday", FIELD_CHOICE, offsetof(WayForm, weekday), .required = true, .choices = "1 2 3 4 5 6 7" },
	{ "mails", FIELD_BOOL, offsetof(WayForm, mails) },
};
static const FormSpec way_form = { way_fields, COUNT(way_fields), sizeof(WayForm), .max_body_bytes = 0 };

static const Text weekdays[] = { TEXT_INIT("1"), TEXT_INIT("2"), TEXT_INIT("3"), TEXT_INIT("4"), TEXT_INIT("5"), TEXT_INIT("6"),
	TEXT_INIT("7") };
static const char *const weekday_texts[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
	N_("Sunday") };
static const char *const rhythm_texts[NOTICE_RHYTHMS] = { N_("Each by itself, at once"), N_("One list a day"), N_("One list a week") };

static Text typed_or(const Request *request, const char *name, Text value)
{
	Text typed = request->method == POST ? request_form_value(request, text_from(name)) : (Text) { 0 };
	return typed.at ? typed : value;
}

static void fill_fields(Request *request, const NoticeWay *way, WayView *view)
{
	Call *call = request->call;
	Text *rhythms = arena_array_of(call->arena, Text, NOTICE_RHYTHMS),
	     *rhythm_words = arena_array_of(call->arena, Text, NOTICE_RHYTHMS);
	Text *days = arena_array_of(call->arena, Text, COUNT(weekdays));
	FormField *fields = arena_array_of(call->arena, FormField, COUNT(way_fields));
	for (size_t i = 0; i < NOTICE_RHYTHMS; i++) {
		rhythms[i] = tr(call->lang, rhythm_texts[i]);
		rhythm_words[i] = text_from(notice_rhythm_words[i]);
	}
	for (size_t i = 0; i < COUNT(weekdays); i++) days[i] = tr(call->lang, weekday_texts[i]);
	Text hour = arena_printf(call->arena, "%lld", (long long)way->hour),
	     day = arena_printf(call->arena, "%lld", (long long)way->weekday);
	fields[0] = form_field(request, "mails", INPUT_CHECK, N_("Mail me what happens with my matters"),
		N_("What the law or a time limit asks for is mailed in any case, and so is what protects your account."),
		typed_or(request, "mails", way->mails ? TEXT("true") : TEXT("")));
	fields[1] = form_field(request, "rhythm", INPUT_RADIO, N_("How often"),
		N_("Time limits, questions to you and decisions about your reports always come at once."),
		typed_or(request, "rhythm", text_from(notice_rhythm_words[way->rhythm])));
	fields[2] = form_field(
		request, "hour", INPUT_TEXT, N_("Hour of the list"), N_("From 0 to 23, Beijing time."), typed_or(request, "hour", hour));
	fields[3] = form_field(request, "weekday", INPUT_CHOICE, N_("Day of the weekly list"), NULL, typed_or(request, "weekday", day));
	fields[0].required = false;
	fields[1].choice_values = rhythm_words;
	fields[1].choice_labels = rhythms;
	fields[1].choice_count = NOTICE_RHYTHMS;
	fields[2].pattern = TEXT("[0-9]|1[0-9]|2[0-3]");
	fields[3].choice_values = weekdays;
	fields[3].choice_labels = days;
	fields[3].choice_count = COUNT(weekdays);
	view->fields = fields;
	view->field_count = COUNT(way_fields);
}

static Markup phone_state(Html *html, const NoticePhone *phone)
{
	if (phone->failing_at) return part_status(html, tr(html->lang, "Does not arrive"), TEXT("bad"));
	if (!phone->is_verified) return part_status(html, tr(html->lang, "Not verified yet"), TEXT("warn"));
	return part_status(html, tr(html->lang, "Verified"), TEXT("good"));
}

static Markup phone_facts(Html *html, const NoticePhone *phone)
{
	Text never = tr(html->lang, "Never");
	Fact facts[] = { { .label = tr(html->lang, "Telephone"), .text = phone->phone },
		{ .label = tr(html->lang, "State"), .markup = phone_state(html, phone) },
		{ .label = tr(html->lang, "Newest short message"), .text = never },
		{ .label = tr(html->lang, "Taken by the network"), .text = never } };
	if (phone->sent_at) facts[2].markup = part_time(html, phone->sent_at);
	if (phone->arrived_at) facts[3].markup = part_time(html, phone->arrived_at);
	return part_facts(html, facts, COUNT(facts));
}

static void fill_mail(Html *html, const Person *person, const NoticeWay *way, WayView *view)
{
	Fact facts[] = { { .label = tr(html->lang, "Mail address"), .text = person->mail },
		{ .label = tr(html->lang, "State"),
			.markup = person->mail_failing_at ? part_status(html, tr(html->lang, "Does not arrive"), TEXT("bad"))
							  : part_status(html, tr(html->lang, "In order"), TEXT("good")) },
		{ .label = tr(html->lang, "Does not arrive since"), .markup = part_time(html, person->mail_failing_at) },
		{ .label = tr(html->lang, "Next list"), .markup = part_time(html, way->list_at) } };
	Fact shown[COUNT(facts)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(facts); i++)
		if (i < 2 || (i == 2 && person->mail_failing_at) || (i == 3 && way->list_at)) shown[count++] = facts[i];
	view->mail = part_facts(html, shown, count);
	view->mail_fails = person->mail_failing_at != 0;
}

static void fill_phone(Html *html, const NoticePhone *phone, WayView *view)
{
	Arena *arena = html->call->arena;
	FormField *number = arena_new_of(arena, FormField), *code = arena_new_of(arena, FormField);
	*number = form_field(html->request, "phone", INPUT_TEXT, N_("Mobile number"),
		N_("Short messages tell of time limits and nothing else. They hold a number, never what it is about."),
		typed_or(html->request, "phone", phone->phone.at ? phone->phone : TEXT("")));
	number->autocomplete = TEXT("tel");
	*code = form_field(
		html->request, "code", INPUT_CODE, N_("Code from the short message"), N_("Six digits, valid for 10 minutes."), TEXT(""));
	code->autocomplete = TEXT("one-time-code");
	view->phone_ask = inline_form(html, url_local(arena, "/account/phone"), number, 1, tr(html->lang, "Send me a code"), TEXT(""));
	if (phone->has_code)
		view->phone_confirm =
			inline_form(html, url_local(arena, "/account/phone/code"), code, 1, tr(html->lang, "Verify"), TEXT(""));
	if (!phone->phone.at) return;
	view->phone = phone_facts(html, phone);
	view->phone_end = button_form(
		html, url_local(arena, "/account/phone/end"), tr(html->lang, "Remove the telephone"), TEXT("quiet"), TEXT(""), TEXT(""));
}

static Error show_way(Request *request)
{
	Call *call = request->call;
	Failure failure = call->failure; /* of the form that is shown again */
	Crumb crumbs[] = { { tr(call->lang, "My account"), url_local(call->arena, "/account") },
		{ .text = tr(call->lang, "How I am told") } };
	PageHead head = { .title = tr(call->lang, "How I am told"),
		.lead = tr(call->lang, "Everything stands in your inbox on the platform. This page says what is sent to you besides."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	WayView view = { 0 };
	NoticeWay way;
	NoticePhone phone;
	Person person;
	Html *html;
	TRY(notice_way(call, &way));
	TRY(notice_phone(call, &phone));
	TRY(person_find(call, call->actor->person_id, &person));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	fill_mail(html, &person, &way, &view);
	fill_fields(request, &way, &view);
	view.has_gateway = notice_has_gateway(call);
	fill_phone(html, &phone, &view);
	page_way(html, &view);
	return html_page_close(request, html);
}

static Error do_way(Request *request)
{
	const WayForm *form = request->form;
	NoticeWay way = { .rhythm = NOTICE_RHYTHMS, .hour = form->hour, .mails = form->mails };
	for (size_t i = 0; i < NOTICE_RHYTHMS; i++)
		if (text_is(form->rhythm, text_from(notice_rhythm_words[i]))) way.rhythm = (NoticeRhythm)i;
	if (!text_to_int(form->weekday, &way.weekday)) way.weekday = 0;
	TRY(notice_way_change(request->call, &way));
	return reply_redirect(request, TEXT("/account/notices"));
}

/* ---- /account/phone */
typedef struct PhoneForm {
	Text phone;
} PhoneForm;
static const FieldSpec phone_fields[] = { { "phone", FIELD_TEXT, offsetof(PhoneForm, phone), .required = true, .max_length = 30 } };
static const FormSpec phone_form = { phone_fields, COUNT(phone_fields), sizeof(PhoneForm), .max_body_bytes = 0 };
typedef struct CodeForm {
	Text code;
} CodeForm;
static const FieldSpec code_fields[] = { { "code", FIELD_TEXT, offsetof(CodeForm, code), .required = true, .max_length = 12 } };
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(CodeForm), .max_body_bytes = 0 };

static Error do_phone(Request *request)
{
	TRY(notice_phone_ask(request->call, ((const PhoneForm *)request->form)->phone));
	return reply_redirect(request, TEXT("/account/notices#phone"));
}

static Error do_code(Request *request)
{
	TRY(notice_phone_confirm(request->call, ((const CodeForm *)request->form)->code));
	return reply_redirect(request, TEXT("/account/notices#phone"));
}

static Error do_phone_end(Request *request)
{
	TRY(notice_phone_remove(request->call));
	return reply_redirect(request, TEXT("/account/notices#phone"));
}

/* ---- /unsubscribe/:token: opening it changes nothing, for scanners of mail open every link */
static Error show_unsubscribe(Request *request)
{
	Call *call = request->call;
	Text token = request_parameter(request, TEXT("token"));
	TRY(notice_unsubscribe_check(call, token));
	FormPage page = { .title = tr(call->lang, "No more mail"),
		.lead = tr(call->lang,
			"After this, nothing is mailed to this address about matters, but for what the law or a time limit asks "
			"for and what protects an account. Whoever has an account finds everything in the inbox and can turn "
			"mail on again there."),
		.action = url_local(call->arena, "/unsubscribe/%.*s", TEXT_ARGS(url_segment(call->arena, token))),
		.button = tr(call->lang, "Stop the mail") };
	return form_page_show(request, &page);
}

static Error do_unsubscribe(Request *request)
{
	TRY(notice_unsubscribe(request->call, request_parameter(request, TEXT("token"))));
	return message_page_show(request, N_("The mail stops"),
		N_("Nothing more is mailed to this address about matters, but for what the law or a time limit asks for and what protects "
		   "an "
		   "account."),
		N_("To the front page"), "/");
}

static const Route rows[] = {
	{ GET, "/account/notices", show_way, ROLE_PEOPLE,
		.summary = "Shows how oneself is told: rhythm of mail, telephone, state of both." },
	{ POST, "/account/notices", do_way, ROLE_PEOPLE, .form = &way_form, .retry = show_way, .summary = "Changes how oneself is told." },
	{ POST, "/account/phone", do_phone, ROLE_PEOPLE, .form = &phone_form, .retry = show_way, .weight = 10,
		.summary = "Sends a code to one's telephone." },
	{ POST, "/account/phone/code", do_code, ROLE_PEOPLE, .form = &code_form, .retry = show_way, .weight = 5,
		.summary = "Verifies one's telephone by that code." },
	{ POST, "/account/phone/end", do_phone_end, ROLE_PEOPLE, .summary = "Removes one's telephone: no more short messages." },
	{ GET, "/unsubscribe/:token", show_unsubscribe, ROLE_EVERYBODY, .summary = "Asks whether mail shall stop; changes nothing." },
	{ POST, "/unsubscribe/:token", do_unsubscribe, ROLE_EVERYBODY, .address_is_key = true,
		.summary = "Stops mail that is no duty: the one-click address of RFC 8058 that stands in the head of a mail." },
};
const RouteTable notice_way_routes = { "notice", rows, COUNT(rows) };
