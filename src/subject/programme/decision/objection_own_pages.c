/* Following an objection by its claim code, or with the account that objected: where it stands, the answer, the letter. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"

static Error show_status(Request *request)
{
	FormField field = form_field(
		request, "code", INPUT_TEXT, N_("Claim code"), N_("Sixteen letters and digits; hyphens do not matter."), TEXT(""));
	field.autocomplete = TEXT("off");
	FormPage page = { .title = tr(request->call->lang, "Follow an objection"),
		.action = url_local(request->call->arena, "/objections/status"),
		.fields = &field,
		.field_count = 1,
		.button = tr(request->call->lang, "Show") };
	return form_page_show(request, &page);
}

static Text state_text(Html *html, const Objection *objection)
{
	const WorkflowState *state = workflow_state(&objection_machine, objection->state);
	return objection->ended_at && state ? tr(html->lang, state->text) : tr(html->lang, "Under examination");
}

/* `letter`: the button or link that fetches it; shown when there is one. */
static Error show(Request *request, const Objection *objection, Markup (*letter)(Html *html, const Objection *objection))
{
	Html *html;
	DecisionPageView *view = arena_new_of(request->call->arena, DecisionPageView);
	PageHead head = { .title = objection->ref };
	TRY(html_page_open(request, &head, &html));
	Fact facts[] = { { .label = tr(html->lang, "State"), .text = state_text(html, objection) },
		{ .label = tr(html->lang, "Received at"), .markup = part_time(html, objection->received_at) } };
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("The objection"), NULL);
	card->body = part_facts(html, facts, COUNT(facts));
	if (objection->answer.length) {
		card = decision_card(html, view->main, &view->main_count, N_("Answer to the objection"), NULL);
		card->body = part_markdown(html, objection->answer);
	}
	if (objection->has_letter) {
		card = decision_card(html, view->main, &view->main_count, N_("Letter of answer"),
			N_("With the number and the seal of the library. Nobody else can download it; that it was downloaded is recorded, "
			   "without a name."));
		card->body = letter(html, objection);
	}
	page_decision_page(html, view);
	return html_page_close(request, html);
}

/* ---- By the claim code */
typedef struct CodeForm {
	Text code;
} CodeForm;
static const FieldSpec code_fields[] = { { "code", FIELD_TEXT, offsetof(CodeForm, code), .required = true, .max_length = 60 } };
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(CodeForm), .max_body_bytes = 0 };
static Text code_of(const Request *request) { return ((const CodeForm *)request->form)->code; }

static Error no_such_code(Call *call)
{
	call_recover(call);
	call_problem(call, TEXT("code"), N_("No objection has this claim code."), (Text) { 0 });
	return call_check_problems(call);
}

static Markup letter_button(Html *html, const Objection *objection)
{
	(void)objection;
	return button_form(html, url_local(html->call->arena, "/objections/status/letter"), tr(html->lang, "Download the letter"),
		TEXT("quiet"), TEXT("code"), code_of(html->request));
}

static Error do_status(Request *request)
{
	Objection objection;
	Error error = objection_follow(request->call, code_of(request), request->address, &objection);
	if (error == ERROR_NOT_FOUND) return no_such_code(request->call);
	TRY(error);
	return show(request, &objection, letter_button);
}

static Error send_by_code(Request *request)
{
	Text name, bytes;
	Error error = objection_letter_by_code(request->call, code_of(request), request->address, &name, &bytes);
	if (error == ERROR_NOT_FOUND) return no_such_code(request->call);
	TRY(error);
	return export_bytes(request, name, bytes);
}

/* ---- With the account */
static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }

static Markup letter_link(Html *html, const Objection *objection)
{
	Fact fact = { .label = TEXT("PDF"),
		.text = tr(html->lang, "Download the letter"),
		.url = url_local(
			html->call->arena, "/objections/own/%.*s/letter", TEXT_ARGS(url_segment(html->call->arena, objection->ref))) };
	return part_facts(html, &fact, 1);
}

static Error show_own(Request *request)
{
	Objection objection;
	TRY(objection_open_own(request->call, ref_of(request), &objection));
	return show(request, &objection, letter_link);
}

static Error send_own(Request *request)
{
	Text name, bytes;
	TRY(objection_letter_own(request->call, ref_of(request), &name, &bytes));
	return export_bytes(request, name, bytes);
}

#define EVERYBODY .may = ROLE_EVERYBODY
static const Route routes[] = {
	{ GET, "/objections/status", show_status, EVERYBODY, .summary = "Where the claim code of an objection is entered" },
	{ POST, "/objections/status", do_status, EVERYBODY, .form = &code_form, .retry = show_status, .weight = 10,
		.summary = "Show an objection and its answer to whoever has its claim code" },
	{ POST, "/objections/status/letter", send_by_code, EVERYBODY, .form = &code_form, .retry = show_status, .weight = 10,
		.summary = "The letter of answer to whoever has the claim code; recorded without a name" },
	{ GET, "/objections/own/:ref", show_own, .may = ROLE_PEOPLE,
		.summary = "An objection and its answer, to the account that objected" },
	{ GET, "/objections/own/:ref/letter", send_own, .may = ROLE_PEOPLE, .weight = 5,
		.summary = "The letter of answer, to the account that objected; recorded without a name" },
};
const RouteTable objection_own_routes = { "subject/programme", routes, COUNT(routes) };
