/* The way into the library: kind, draft, check, sending. */
#include "base/base/clock.h"
#include "store/setting/setting.h"
#include "subject/report/certificate_view.h"
#include "subject/report/gate_private.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"
#include "subject/report/views/intake_check.html.h"
#include "subject/report/views/intake_form.html.h"
#include "subject/report/views/intake_start.html.h"

enum { COOKIE_SECONDS = 30 * 24 * 3600 };

static Url rating_url(const Html *html) { return url_local(html->call->arena, "/tools/rating"); }

/* The first section alone: what follows depends on it. */
static Form first_form(void)
{
	Form form = report_form;
	form.section_count = 1;
	return form;
}

/* ---- Beginning */
/* A title tells of its product; what has none yet is known by the product. */
static Text draft_name(const Html *html, const Map *values)
{
	Text title = form_answer(values, "title"), product = form_answer(values, "product");
	return title.length ? title : product.length ? product : tr(html->lang, N_("Without title or product yet"));
}

static Error drafts_markup(Html *html, Markup *out)
{
	Arena *arena = html->call->arena;
	DraftLines lines;
	TRY(draft_list(html->call, &lines));
	*out = (Markup) { TEXT("") };
	if (!lines.count) return OK;
	Fact *facts = arena_array_of(arena, Fact, lines.count);
	for (size_t i = 0; i < lines.count; i++) {
		Draft draft;
		TRY(draft_open(html->call, &report_form, lines.at[i].ref, (Text) { 0 }, &draft));
		facts[i] = (Fact) { .label = clock_human_date(arena, html->lang, lines.at[i].updated_at),
			.text = draft_name(html, draft.values),
			.url = url_local(arena, "/report/%.*s", TEXT_ARGS(lines.at[i].ref)) };
	}
	*out = part_note(html, TEXT("neutral"), tr(html->lang, "Your drafts"), part_facts(html, facts, lines.count));
	return OK;
}

static Error show_start(Request *request)
{
	Html *html;
	Arena *arena = request->call->arena;
	PageHead head = { .title = tr(request->call->lang, "Report a vulnerability"), .wide = true };
	Map *values = map_new(arena);
	Form form = first_form();
	Failure failure = request->call->failure;
	if (request->method == POST && form_take(request, &form, values) != OK) call_recover(request->call);
	request->call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	IntakeStartView view = { .form = form_view(html, &form, values, (Url) { { 0 } }),
		.action = url_local(arena, "/report"),
		.claim = url_local(arena, "/claim"),
		.rating = rating_url(html) };
	TRY(drafts_markup(html, &view.drafts));
	page_intake_start(html, &view);
	return html_page_close(request, html);
}

static Text cookie_name(Arena *arena, Text ref) { return arena_printf(arena, "draft-%.*s", TEXT_ARGS(ref)); }
static Text gate_name(Arena *arena, Text ref) { return arena_printf(arena, "gate-%.*s", TEXT_ARGS(ref)); }
/* What the cookie says of when the draft was begun; a page never repeats it. */
static Text begun(Arena *arena, Text ref) { return arena_printf(arena, "begun %.*s", TEXT_ARGS(ref)); }
static Text draft_secret(const Request *request, Text ref) { return request_cookie(request, cookie_name(request->call->arena, ref)); }

static Error begin_draft(Request *request)
{
	Call *call = request->call;
	Draft draft;
	Text secret;
	Form form = first_form();
	Map *values = map_new(call->arena);
	TRY(form_take(request, &form, values));
	TRY(form_check(call, &form, values));
	TRY(draft_new(call, &report_form, values, &draft, &secret));
	if (secret.length) {
		reply_cookie(request, cookie_name(call->arena, draft.ref), secret, COOKIE_SECONDS);
		reply_cookie(
			request, gate_name(call->arena, draft.ref), gate_challenge(call, begun(call->arena, draft.ref)), COOKIE_SECONDS);
	}
	return reply_redirect(request, arena_printf(call->arena, "/report/%.*s", TEXT_ARGS(draft.ref)));
}

/* ---- Writing */
Error report_load_draft(Request *request)
{
	Text ref = request_parameter(request, TEXT("ref"));
	Draft *draft = arena_new_of(request->call->arena, Draft);
	TRY(draft_open(request->call, &report_form, ref, draft_secret(request, ref), draft));
	request->subject = draft;
	return OK;
}

static AttachmentOwner owner_of(const Request *request)
{
	const Draft *draft = request->subject;
	return (AttachmentOwner) { "draft", draft->id, draft->seal_key };
}

/* The form with what the draft holds, and with the problems of the failure. */
static Error show_form(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Draft *draft = request->subject;
	Attachments files;
	Failure failure = call->failure;
	TRY(attachment_list(call, "draft", draft->id, &files));
	call->failure = failure;
	CoverPlace place;
	Draft copy = *draft;
	report_draft_cover(call->arena, &copy, &place);
	PageHead head = { .title = tr(call->lang, "Report a vulnerability"),
		.lead = tr(call->lang, "Few fields are required; what you type is saved as you go.") };
	Text base = arena_printf(call->arena, "/report/%.*s", TEXT_ARGS(draft->ref)),
	     address = arena_printf(call->arena, "%.*s/files", TEXT_ARGS(base));
	TRY(html_page_open(request, &head, &html));
	IntakeFormView view = { .form = form_view(html, &report_form, draft->values, url_local(call->arena, "%.*s", TEXT_ARGS(address))),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(base)),
		.autosave = url_local(call->arena, "%.*s/autosave", TEXT_ARGS(base)),
		.discard = url_local(call->arena, "%.*s/discard", TEXT_ARGS(base)),
		.rating = rating_url(html),
		.files = form_files(html, &files, arena_printf(call->arena, "%.*s/content/", TEXT_ARGS(address))) };
	TRY(cover_banner(html, &place, &view.banner));
	call->failure = failure;
	page_intake_form(html, &view);
	return html_page_close(request, html);
}

/* What was typed and refused is shown again. */
static Error show_draft(Request *request)
{
	Call *call = request->call;
	Draft *draft = request->subject;
	Failure failure = call->failure;
	if (request->method == POST && form_take(request, &report_form, draft->values) != OK) call_recover(call);
	call->failure = failure;
	return show_form(request);
}

static Error save_draft(Request *request)
{
	Call *call = request->call;
	Draft *draft = request->subject;
	TRY(form_take(request, &report_form, draft->values));
	TRY(draft_save(call, &report_form, draft, draft->values));
	TRY(upload_store(request, owner_of(request)));
	bool is_check = text_is(request_form_value(request, TEXT("do")), TEXT("check"));
	bool is_search = text_is(request_form_value(request, TEXT("do")), TEXT("product"));
	if (is_check) TRY(form_check(call, &report_form, draft->values));
	return reply_redirect(request, arena_printf(call->arena, "/report/%.*s%s", TEXT_ARGS(draft->ref),
					       is_check    ? "/check"
					       : is_search ? "/product"
							   : ""));
}

typedef struct AutosaveForm {
	Text field, value;
} AutosaveForm;
static const FieldSpec autosave_fields[] = {
	{ "field", FIELD_TEXT, offsetof(AutosaveForm, field), .required = true },
	{ "value", FIELD_LINES, offsetof(AutosaveForm, value), .max_length = 60000 },
};
static const FormSpec autosave_form = {
	.fields = autosave_fields, .field_count = COUNT(autosave_fields), .struct_size = sizeof(AutosaveForm), .max_body_bytes = 512 * 1024
};

static Error autosave(Request *request)
{
	const AutosaveForm *form = request->form;
	TRY(draft_save_field(request->call, &report_form, request->subject, form->field, form->value.at ? form->value : TEXT("")));
	MaskCounts personal = cover_counts_of(request->call->arena, form->value.at ? form->value : TEXT(""));
	reply_json(request, arena_printf(request->call->arena, "{\"saved\":true,\"personal\":%lld}", (long long)cover_count(&personal)));
	return OK;
}

static Error discard(Request *request)
{
	TRY(draft_discard(request->call, request->subject));
	return reply_redirect(request, TEXT("/report"));
}

static Error file_begin(Request *request) { return upload_begin(request, owner_of(request)); }
static Error file_part(Request *request) { return upload_part(request, owner_of(request), request_parameter(request, TEXT("file"))); }
static Error file_state(Request *request) { return upload_state(request, owner_of(request), request_parameter(request, TEXT("file"))); }
static Error file_finish(Request *request) { return upload_finish(request, owner_of(request), request_parameter(request, TEXT("file"))); }
static Error file_remove(Request *request) { return upload_remove(request, owner_of(request), request_parameter(request, TEXT("file"))); }
static Error file_content(Request *request)
{
	return upload_download(request, owner_of(request), request_parameter(request, TEXT("file")));
}

/* ---- Sending */
/* The challenge dates from the beginning of the draft: by the time it is written nobody has to wait any more. */
static void fill_gate(Html *html, const Draft *draft, IntakeCheckView *view)
{
	Call *call = html->call;
	Text known = request_cookie(html->request, gate_name(call->arena, draft->ref)), start = begun(call->arena, draft->ref);
	FormField mail = { .name = TEXT("mail"),
		.label = tr(html->lang, "Mail address for notices"),
		.help = tr(html->lang, "We write to it when something happens: a number and a link, nothing else. It is stored sealed."),
		.kind = INPUT_EMAIL,
		.autocomplete = TEXT("email") };
	if (!known.length || gate_bits(call, start, known) < 0)
		reply_cookie(html->request, gate_name(call->arena, draft->ref), gate_challenge(call, start), COOKIE_SECONDS);
	view->challenge = gate_challenge(call, draft->ref);
	view->bits = gate_bits(call, draft->ref, view->challenge);
	view->mail = part_field(html, &mail);
	Problem wait = { .message = N_("Instead of a picture puzzle your browser works for a moment. Without script the report is taken %s "
				       "seconds after you "
				       "began it."),
		.argument = arena_printf(call->arena, "%lld", (long long)setting_int(call, SETTING_visitor_wait_seconds)) };
	view->wait = problem_text(call->arena, html->lang, &wait);
}

static Error show_check(Request *request)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure; /* shown again because sending was refused */
	call_recover(call);
	if (!request->subject) TRY(report_load_draft(request));
	const Draft *draft = request->subject;
	Attachments files;
	if (form_check(call, &report_form, draft->values) != OK) return show_form(request);
	TRY(attachment_list(call, "draft", draft->id, &files));
	call->failure = failure;
	PageHead head = { .title = tr(call->lang, "Check before sending") };
	TRY(html_page_open(request, &head, &html));
	Text base = arena_printf(call->arena, "/report/%.*s", TEXT_ARGS(draft->ref));
	IntakeCheckView view = { .facts = form_facts(html, &report_form, draft->values, TEXT("")),
		.files = form_files(html, &files, arena_printf(call->arena, "%.*s/files/content/", TEXT_ARGS(base))),
		.back = url_local(call->arena, "%.*s", TEXT_ARGS(base)),
		.send = url_local(call->arena, "%.*s/send", TEXT_ARGS(base)),
		.is_visitor = !call->actor->person_id };
	Draft copy = *draft;
	CoverPlace place;
	report_draft_cover(call->arena, &copy, &place);
	TRY(cover_banner(html, &place, &view.banner));
	if (view.is_visitor) fill_gate(html, draft, &view);
	TRY(certificate_markup(html, draft->values, call->actor->person_id, &view.certificate));
	if (!view.is_visitor) {
		TRY(candidates_markup(html, draft->values, 0, &view.alike));
		TRY(published_markup(html, draft->values, &view.published));
	}
	page_intake_check(html, &view);
	return html_page_close(request, html);
}

typedef struct SendForm {
	Text mail, challenge, solution;
} SendForm;
static const FieldSpec send_fields[] = { { "mail", FIELD_TEXT, offsetof(SendForm, mail), .max_length = 200 },
	{ "challenge", FIELD_TEXT, offsetof(SendForm, challenge), .max_length = 80 },
	{ "solution", FIELD_TEXT, offsetof(SendForm, solution), .max_length = 40 } };
static const FormSpec send_form = { .fields = send_fields, .field_count = COUNT(send_fields), .struct_size = sizeof(SendForm) };

static bool is_about_mail(const Call *call)
{
	const Failure *failure = &call->failure;
	return failure->problems.count == 1 && text_is(failure->problems.at[0].field, TEXT("mail"));
}

/* Whose draft it is comes first; what was sent before is only shown again. */
static Error pass_gate(Request *request, Text ref, const SendForm *form)
{
	Call *call = request->call;
	Draft draft;
	int64_t sent = 0;
	Text secret = draft_secret(request, ref);
	TRY(draft_find_result(call, ref, secret, report_machine.name, &sent));
	if (sent) return OK;
	TRY(draft_open(call, &report_form, ref, secret, &draft));
	if (gate_check(call, ref, form->challenge, form->solution) == OK) return OK;
	call_recover(call);
	return gate_check(call, begun(call->arena, ref), request_cookie(request, gate_name(call->arena, ref)), TEXT(""));
}

static Error send(Request *request)
{
	Call *call = request->call;
	Text ref = request_parameter(request, TEXT("ref"));
	const SendForm *form = request->form;
	Reception reception;
	ReportSender sender = { .address = request->address, .mail = form->mail.at ? form->mail : TEXT("") };
	TRY(pass_gate(request, ref, form));
	Error error = report_send_draft_from(call, ref, draft_secret(request, ref), &sender, &reception);
	if (error == ERROR_INVALID && is_about_mail(call)) return error;
	if (error == ERROR_INVALID) {
		call_recover(call);
		return reply_redirect(request, arena_printf(call->arena, "/report/%.*s/check", TEXT_ARGS(ref))); /* says what is missing */
	}
	TRY(error);
	if (reception.claim_code.length) reply_cookie(request, TEXT("claim"), reception.claim_code, COOKIE_SECONDS);
	return reply_redirect(request, arena_printf(call->arena, "/reports/%.*s/receipt", TEXT_ARGS(reception.ref)));
}

static const FormSpec any_form = { .max_body_bytes = 1024 * 1024 };
enum { ANYBODY = ROLE_VISITOR | ROLE_REPORTER };
static const Route routes[] = {
	{ GET, "/report", show_start, .may = ANYBODY, .summary = "Begin a report" },
	{ POST, "/report", begin_draft, .may = ANYBODY, .form = &any_form, .retry = show_start, .weight = 5, .summary = "Begin a draft" },
	{ GET, "/report/:ref", show_draft, .may = ANYBODY, .subject = report_load_draft, .summary = "Go on with a draft" },
	{ POST, "/report/:ref", save_draft, .may = ANYBODY, .subject = report_load_draft, .form = &upload_files_form, .retry = show_draft,
		.summary = "Save a draft, with files" },
	{ POST, "/report/:ref/autosave", autosave, .may = ANYBODY, .subject = report_load_draft, .form = &autosave_form,
		.summary = "Save one field of a draft" },
	{ POST, "/report/:ref/discard", discard, .may = ANYBODY, .subject = report_load_draft, .summary = "Discard a draft and its files" },
	{ POST, "/report/:ref/files", file_begin, .may = ANYBODY, .subject = report_load_draft, .form = &upload_begin_form,
		.summary = "Begin an upload" },
	{ PUT, "/report/:ref/files/:file", file_part, .may = ANYBODY, .subject = report_load_draft, .form = &upload_part_form,
		.summary = "One part of an upload" },
	{ GET, "/report/:ref/files/:file", file_state, .may = ANYBODY, .subject = report_load_draft,
		.summary = "How much of an upload has arrived" },
	{ POST, "/report/:ref/files/:file/finish", file_finish, .may = ANYBODY, .subject = report_load_draft,
		.summary = "Finish an upload" },
	{ DELETE, "/report/:ref/files/:file", file_remove, .may = ANYBODY, .subject = report_load_draft,
		.summary = "Remove a file from a draft" },
	{ GET, "/report/:ref/files/content/:file", file_content, .may = ANYBODY, .subject = report_load_draft,
		.summary = "Download a file of a draft" },
	{ GET, "/report/:ref/check", show_check, .may = ANYBODY, .subject = report_load_draft, .summary = "Check before sending" },
	{ POST, "/report/:ref/send", send, .may = ANYBODY, .form = &send_form, .retry = show_check, .weight = 5,
		.summary = "Send the report" },
};
const RouteTable intake_routes = { "subject/report", routes, COUNT(routes) };
