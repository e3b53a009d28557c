/* Writing the text of a warning; it saves itself while people type. */
#include "subject/warning/views/warning_text.html.h"
#include "subject/warning/warning_pages_private.h"
#include "subject/warning/warning_view.h"

static Error load(Request *request)
{
	TRY(warning_load(request));
	const Warning *warning = request->subject;
	if (!warning_may_write(warning, request->call->actor))
		return fail(request->call, FORBIDDEN, "warning %.*s is not theirs to write now", TEXT_ARGS(warning->ref));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Warning *warning = request->subject;
	Failure failure = call->failure;
	Map *values = form_values_copy(call->arena, &warning_form, warning->values);
	if (request->method == POST && form_take(request, &warning_form, values) != OK) call_recover(call);
	call->failure = failure;
	Crumb crumbs[] = { { tr(call->lang, "Warnings"), url_local(call->arena, "/warning-desk") },
		{ warning->ref, warning_url(call->arena, warning, "") }, { .text = tr(call->lang, "Text") } };
	PageHead head = { .title = tr(call->lang, "Text of the warning"),
		.lead = tr(
			call->lang, "What you type is saved as you go. Nothing is sent before two people of the library have approved it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	WarningTextView view = { .form = form_view(html, &warning_form, values, (Url) { { 0 } }),
		.action = warning_url(call->arena, warning, "/text"),
		.autosave = warning_url(call->arena, warning, "/autosave"),
		.back = warning_url(call->arena, warning, "") };
	page_warning_text(html, &view);
	return html_page_close(request, html);
}

static Error save(Request *request)
{
	Call *call = request->call;
	const Warning *warning = request->subject;
	Map *values = form_values_copy(call->arena, &warning_form, warning->values);
	bool is_check = text_is(request_form_value(request, TEXT("do")), TEXT("check"));
	TRY(form_take(request, &warning_form, values));
	TRY(warning_save(call, warning->ref, values));
	if (is_check) TRY(form_check(call, &warning_form, values));
	return reply_redirect(request, warning_url(call->arena, warning, "").text);
}

typedef struct AutosaveForm {
	Text field, value;
} AutosaveForm;
static const FieldSpec autosave_fields[] = {
	{ "field", FIELD_TEXT, offsetof(AutosaveForm, field), .required = true },
	{ "value", FIELD_LINES, offsetof(AutosaveForm, value), .max_length = 20000 },
};
static const FormSpec autosave_form = {
	.fields = autosave_fields, .field_count = COUNT(autosave_fields), .struct_size = sizeof(AutosaveForm), .max_body_bytes = 256 * 1024
};

static Error autosave(Request *request)
{
	const AutosaveForm *form = request->form;
	const Warning *warning = request->subject;
	TRY(warning_save_field(request->call, warning->ref, form->field, form->value.at ? form->value : TEXT("")));
	reply_json(request, TEXT("{\"saved\":true}"));
	return OK;
}

static const FormSpec text_form = { .max_body_bytes = 256 * 1024, .takes_more = true };
#define AUTHOR .may = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_COORDINATOR, .needs_second_factor = true, .subject = load
static const Route routes[] = {
	{ GET, "/warning-desk/:ref/text", show, AUTHOR, .summary = "The form of a warning's text" },
	{ POST, "/warning-desk/:ref/text", save, AUTHOR, .form = &text_form, .retry = show, .summary = "Save the text of a warning" },
	{ POST, "/warning-desk/:ref/autosave", autosave, AUTHOR, .form = &autosave_form, .summary = "Save one field of a warning" },
};
const RouteTable warning_text_routes = { "subject/warning", routes, COUNT(routes) };
