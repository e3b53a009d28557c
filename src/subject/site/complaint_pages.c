/* Complaints: the form, following one by its code, and the office's queue. */
#include "base/crypto/crypto.h"
#include "people/person/form_page.h"
#include "store/setting/setting.h"
#include "subject/report/report.h"
#include "subject/site/complaint.h"
#include "subject/site/complaint_view.h"
#include "subject/site/views/complaint_done.html.h"
#include "subject/site/views/complaint_form.html.h"
#include "subject/site/views/complaint_list.html.h"
#include "subject/site/views/complaint_show.html.h"
#include "work/letter/letter_order_view.h"

enum { PAGE = 50 };

static Text kind_text(Lang lang, Text tag)
{
	for (size_t i = 0; i < complaint_kind_count; i++)
		if (text_is(tag, text_from(complaint_kinds[i].tag))) return tr(lang, complaint_kinds[i].text);
	return tag;
}

static Text typed(const Request *request, const char *name)
{
	Text value = request->method == POST ? request_form_value(request, text_from(name)) : (Text) { 0 };
	return value.at ? value : TEXT("");
}

/* ---- Sending */
static void fill_fields(Request *request, ComplaintFormView *view)
{
	Call *call = request->call;
	FormField *fields = arena_array_of(call->arena, FormField, 3);
	Text *tags = arena_array_of(call->arena, Text, complaint_kind_count),
	     *labels = arena_array_of(call->arena, Text, complaint_kind_count);
	for (size_t i = 0; i < complaint_kind_count; i++) {
		tags[i] = text_from(complaint_kinds[i].tag);
		labels[i] = tr(call->lang, complaint_kinds[i].text);
	}
	fields[0] = form_field(request, "kind", INPUT_RADIO, N_("What is it about?"), NULL, typed(request, "kind"));
	fields[0].choice_values = tags;
	fields[0].choice_labels = labels;
	fields[0].choice_count = complaint_kind_count;
	fields[1] = form_field(request, "text", INPUT_LINES, N_("What happened?"),
		N_("With the number of the matter, if there is one. Kept encrypted and read by coordinators only."),
		typed(request, "text"));
	fields[1].rows = 8;
	fields[2] = form_field(request, "mail", INPUT_EMAIL, N_("Mail address"),
		N_("Only to tell you that the answer is there. You can leave it out and use the claim code."), typed(request, "mail"));
	fields[2].required = false;
	view->fields = fields;
	view->field_count = 3;
}

static Error show_form(Request *request)
{
	Call *call = request->call;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Complaints and reports"),
		.lead = tr(call->lang, "About how the library or those who work with it treat a matter, a person or information.") };
	Text once = typed(request, "once");
	ComplaintFormView view = { .once = once.length ? once : token_new(call->arena, 16),
		.status = url_local(call->arena, "/complaints/status") };
	TRY(html_page_open(request, &head, &html));
	fill_fields(request, &view);
	report_gate_open(call, view.once, typed(request, "challenge"), &view.gate);
	page_complaint_form(html, &view);
	return html_page_close(request, html);
}

typedef struct SendForm {
	Text kind, text, mail, once, challenge, solution;
} SendForm;
static const FieldSpec send_fields[] = {
	{ "kind", FIELD_TEXT, offsetof(SendForm, kind), .required = true, .max_length = 40 },
	{ "text", FIELD_LINES, offsetof(SendForm, text), .required = true, .max_length = COMPLAINT_MOST },
	{ "mail", FIELD_TEXT, offsetof(SendForm, mail), .max_length = 254 },
	{ "once", FIELD_TEXT, offsetof(SendForm, once), .required = true, .max_length = 60 },
	{ "challenge", FIELD_TEXT, offsetof(SendForm, challenge), .max_length = 80 },
	{ "solution", FIELD_TEXT, offsetof(SendForm, solution), .max_length = 40 },
};
static const FormSpec send_form = { send_fields, COUNT(send_fields), sizeof(SendForm), .max_body_bytes = 0 };

static Error do_send(Request *request)
{
	Call *call = request->call;
	const SendForm *form = request->form;
	ComplaintReceipt receipt;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Your complaint has been received") };
	ComplaintNew complaint = { .once = form->once,
		.kind = form->kind,
		.text = form->text,
		.mail = form->mail.at ? form->mail : TEXT(""),
		.address = request->address };
	TRY(report_gate_check(call, form->once, form->challenge, form->solution));
	TRY(complaint_send(call, &complaint, &receipt));
	TRY(html_page_open(request, &head, &html));
	ComplaintDoneView view = { .number = receipt.ref,
		.code = part_copy(html, receipt.code),
		.due = part_time(html, receipt.due_at),
		.status = url_local(call->arena, "/complaints/status") };
	page_complaint_done(html, &view);
	return html_page_close(request, html);
}

/* ---- Following */
static Error show_status(Request *request)
{
	FormField field = form_field(
		request, "code", INPUT_TEXT, N_("Claim code"), N_("Sixteen letters and digits; hyphens do not matter."), TEXT(""));
	field.autocomplete = TEXT("off");
	FormPage page = { .title = tr(request->call->lang, "Follow a complaint"),
		.action = url_local(request->call->arena, "/complaints/status"),
		.fields = &field,
		.field_count = 1,
		.button = tr(request->call->lang, "Show") };
	return form_page_show(request, &page);
}

static Markup facts_of(Html *html, const Complaint *complaint, bool is_office)
{
	LIST_OF(Fact) facts = { 0 };
	Lang lang = html->lang;
	const Fact all[] = { { .label = tr(lang, "Number"), .text = complaint->ref },
		{ .label = tr(lang, "Kind"), .text = kind_text(lang, complaint->kind) },
		{ .label = tr(lang, "State"),
			.markup = complaint->answered_at ? part_status(html, tr(lang, "Answered"), TEXT("good"))
							 : part_status(html, tr(lang, "Is looked at"), TEXT("active")) },
		{ .label = tr(lang, "Received at"), .markup = part_time(html, complaint->received_at) },
		{ .label = tr(lang, "To be answered by"), .markup = part_time(html, complaint->due_at) },
		{ .label = tr(lang, "Mail address"), .text = is_office ? complaint->contact : TEXT("") },
		{ .label = tr(lang, "Answered by"), .text = is_office ? complaint->answerer : TEXT("") } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

typedef struct CodeForm {
	Text code;
} CodeForm;
static const FieldSpec code_fields[] = { { "code", FIELD_TEXT, offsetof(CodeForm, code), .required = true, .max_length = 60 } };
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(CodeForm), .max_body_bytes = 0 };

static Error do_status(Request *request)
{
	Call *call = request->call;
	Complaint complaint;
	Html *html;
	Error error = complaint_follow(call, ((const CodeForm *)request->form)->code, request->address, &complaint);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		call_problem(call, TEXT("code"), N_("No complaint has this claim code."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	PageHead head = { .title = complaint.ref };
	TRY(html_page_open(request, &head, &html));
	ComplaintShowView view = { .facts = facts_of(html, &complaint, false), .text = part_markdown(html, complaint.text) };
	if (complaint.answered_at) view.answer = part_markdown(html, complaint.answer);
	if (complaint.has_letter)
		view.form = button_form(html, url_local(call->arena, "/complaints/status/letter"), tr(call->lang, "Download the letter"),
			TEXT("quiet"), TEXT("code"), ((const CodeForm *)request->form)->code);
	page_complaint_show(html, &view);
	return html_page_close(request, html);
}

/* ---- The office */
static Markup queue_table(Html *html, const Complaints *complaints)
{
	static const char *const labels[] = { N_("Number"), N_("Kind"), N_("Received at"), N_("To be answered by") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, complaints->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < complaints->count; i++) {
		const Complaint *complaint = &complaints->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = complaint->ref, .url = url_local(arena, "/site/complaints/%.*s", TEXT_ARGS(complaint->ref)) };
		cell[1].text = kind_text(html->lang, complaint->kind);
		cell[2].markup = part_time(html, complaint->received_at);
		cell[3].markup = part_time(html, complaint->due_at);
	}
	if (!complaints->count) return part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	return part_table(html, &(Table) { tr(html->lang, "Complaints and reports"), columns, COUNT(labels), cells, complaints->count });
}

static Error show_queue(Request *request)
{
	Call *call = request->call;
	Html *html;
	Complaints complaints;
	const Text values[] = { TEXT("received"), TEXT("answered") },
		   labels[] = { tr(call->lang, "Is looked at"), tr(call->lang, "Answered") };
	size_t chosen = text_is(request_query(request, TEXT("state")), values[1]) ? 1 : 0;
	PageHead head = { .title = tr(call->lang, "Complaints and reports"), .wide = true };
	TRY(complaint_list(call, values[chosen], request_query_number(request, TEXT("before")), PAGE, &complaints));
	TRY(html_page_open(request, &head, &html));
	Filter filter = { .name = TEXT("state"),
		.label = tr(call->lang, "State"),
		.value = values[chosen],
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = COUNT(values) };
	ComplaintListView view = {
		.filters = part_filters(
			html, &(FilterBar) { .action = url_local(call->arena, "/site/complaints"), .filters = &filter, .count = 1 }),
		.table = queue_table(html, &complaints)
	};
	if (complaints.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/site/complaints?state=%.*s&before=%lld", TEXT_ARGS(values[chosen]),
				(long long)complaints.at[PAGE - 1].id));
	page_complaint_list(html, &view);
	return html_page_close(request, html);
}

static Error load(Request *request)
{
	Complaint *complaint = arena_new_of(request->call->arena, Complaint);
	TRY(complaint_open(request->call, request_parameter(request, TEXT("ref")), complaint));
	request->subject = complaint;
	return OK;
}

static Error show_one(Request *request)
{
	Call *call = request->call;
	const Complaint *complaint = request->subject;
	Html *html;
	Crumb crumbs[] = { { tr(call->lang, "Complaints and reports"), url_local(call->arena, "/site/complaints") },
		{ .text = complaint->ref } };
	PageHead head = { .title = complaint->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	ComplaintShowView view = { .facts = facts_of(html, complaint, true), .text = part_markdown(html, complaint->text) };
	if (complaint->answered_at) {
		static const LetterKind kinds[] = { LETTER_COMPLAINT };
		view.answer = part_markdown(html, complaint->answer);
		view.form = letter_links(
			html, arena_printf(call->arena, "/site/complaints/%.*s", TEXT_ARGS(complaint->ref)), kinds, COUNT(kinds));
	} else {
		FormField field = form_field(request, "answer", INPUT_LINES, N_("Answer"),
			N_("The sender reads it with the claim code. It is final."), typed(request, "answer"));
		field.rows = 8;
		view.form = inline_form(html, url_local(call->arena, "/site/complaints/%.*s/answer", TEXT_ARGS(complaint->ref)), &field, 1,
			tr(call->lang, "Send the answer"), TEXT(""));
	}
	page_complaint_show(html, &view);
	return html_page_close(request, html);
}

typedef struct AnswerForm {
	Text answer;
} AnswerForm;
static const FieldSpec answer_fields[] = { { "answer", FIELD_LINES, offsetof(AnswerForm, answer), .required = true,
	.max_length = COMPLAINT_MOST } };
static const FormSpec answer_form = { answer_fields, COUNT(answer_fields), sizeof(AnswerForm), .max_body_bytes = 0 };

static Error do_answer(Request *request)
{
	const Complaint *complaint = request->subject;
	TRY(complaint_answer(request->call, complaint->ref, ((const AnswerForm *)request->form)->answer));
	return reply_redirect(request, arena_printf(request->call->arena, "/site/complaints/%.*s", TEXT_ARGS(complaint->ref)));
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/complaints", show_form, .may = ROLE_EVERYBODY, .summary = "The form of a complaint about the library" },
	{ POST, "/complaints", do_send, .may = ROLE_EVERYBODY, .form = &send_form, .retry = show_form, .weight = 10,
		.summary = "Send a complaint; answers with its number and claim code, once" },
	{ GET, "/complaints/status", show_status, .may = ROLE_EVERYBODY, .summary = "Where the claim code of a complaint is entered" },
	{ POST, "/complaints/status", do_status, .may = ROLE_EVERYBODY, .form = &code_form, .retry = show_status, .weight = 10,
		.summary = "Show a complaint and its answer to whoever has its claim code" },
	{ GET, "/site/complaints", show_queue, OFFICE, .summary = "Complaints that wait for an answer, or are answered" },
	{ GET, "/site/complaints/:ref", show_one, OFFICE, .subject = load, .summary = "A complaint; the reading is recorded" },
	{ POST, "/site/complaints/:ref/answer", do_answer, OFFICE, .subject = load, .form = &answer_form, .retry = show_one,
		.summary = "Answer a complaint" },
};
const RouteTable complaint_routes = { "subject/site", rows, COUNT(rows) };
