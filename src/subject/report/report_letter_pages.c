/* After a decision the office may want it on paper: the form that issues the letter. */
#include "subject/report/report_letter_view.h"

#include "base/base/clock.h"
#include "people/person/form_page.h"

static const struct {
	const char *state;
	LetterKind kind;
} letters_of[] = {
	{ "NEEDS_INFO", LETTER_SUPPLEMENT },
	{ "REJECTED", LETTER_REJECTION },
	{ "TRANSFERRED", LETTER_TRANSFER },
	{ "ATTACHED", LETTER_THANKS },
};

bool report_letter_kind(const Report *report, LetterKind *out)
{
	for (size_t i = 0; i < COUNT(letters_of); i++) {
		if (!text_is(report->state, text_from(letters_of[i].state))) continue;
		*out = letters_of[i].kind;
		return true;
	}
	return false;
}

Url report_letter_url(Call *call, const Report *report)
{
	LetterKind kind;
	bool may = actor_has(call->actor, ROLE_COORDINATOR) && call->actor->second_factor && !report->is_own;
	if (!may || !report_letter_kind(report, &kind)) return (Url) { 0 };
	return url_local(call->arena, "/reports/%.*s/letters", TEXT_ARGS(url_segment(call->arena, report->ref)));
}

/* A reporter reads the report too, but writes no letter about it: that is said before anything else. */
static Error load(Request *request)
{
	Report *report = arena_new_of(request->call->arena, Report);
	TRY(report_open(request->call, request_parameter(request, TEXT("ref")), report));
	if (report->is_own) return fail(request->call, FORBIDDEN, "nobody writes letters about an own report");
	TRY(report_record_reading(request->call, report_machine.name, report->ref, report->seal_key));
	request->subject = report;
	return OK;
}

static Error kind_of(Call *call, const Report *report, LetterKind *out)
{
	if (report_letter_kind(report, out)) return OK;
	return fail(call, CONFLICT, "report %.*s calls for no letter in state %.*s", TEXT_ARGS(report->ref), TEXT_ARGS(report->state));
}

static Error deadline_of(Call *call, const Report *report, Text *out)
{
	ClockView clock = { 0 };
	TRY(workflow_clock_of(call, &report_machine, report->id, &clock));
	*out = clock.due_at > 0 ? clock_human_date(call->arena, LANG_ZH, clock.due_at) : TEXT("");
	return OK;
}

static Error show(Request *request)
{
	Call *call = request->call;
	const Report *report = request->subject;
	LetterKind kind;
	Text deadline;
	TRY(kind_of(call, report, &kind));
	TRY(deadline_of(call, report, &deadline));
	Text own = arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(url_segment(call->arena, report->ref)));
	FormField fields[] = { form_field(request, "recipient", INPUT_TEXT, N_("Recipient"), N_("As it stands in the letter."), TEXT("")),
		form_field(request, "text", INPUT_LINES, N_("Text"),
			N_("What the letter says beside its standing words; a line is a paragraph."), report->decision),
		form_field(request, "deadline", INPUT_TEXT, N_("Deadline"), NULL, deadline) };
	fields[1].required = fields[2].required = false;
	fields[1].rows = 8;
	Crumb links[] = { { tr(call->lang, "Back to the report"), url_local(call->arena, "%.*s", TEXT_ARGS(own)) } };
	FormPage page = { .title = tr(call->lang, letter_kind_name(kind)),
		.lead = report->ref,
		.action = url_local(call->arena, "%.*s/letters", TEXT_ARGS(own)),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(call->lang, "Issue the letter"),
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

typedef struct OrderForm {
	Text recipient, text, deadline;
} OrderForm;
static const FieldSpec order_fields[] = {
	{ "recipient", FIELD_TEXT, offsetof(OrderForm, recipient), .required = true, .max_length = 200 },
	{ "text", FIELD_LINES, offsetof(OrderForm, text), .max_length = 4000 },
	{ "deadline", FIELD_TEXT, offsetof(OrderForm, deadline), .max_length = 60 },
};
static const FormSpec order_form = { order_fields, COUNT(order_fields), sizeof(OrderForm), .max_body_bytes = 0 };

static Error issue(Request *request)
{
	Call *call = request->call;
	const Report *report = request->subject;
	const OrderForm *form = request->form;
	LetterKind kind;
	Text ref;
	TRY(kind_of(call, report, &kind));
	const LetterOrder order = { .kind = kind,
		.machine = report_machine.name,
		.subject_id = report->id,
		.seal_key = report->seal_key,
		.matter = report->ref,
		.recipient = form->recipient,
		.text = form->text,
		.deadline = form->deadline };
	TRY(letter_issue(call, &order, &ref));
	return reply_redirect(request, arena_printf(call->arena, "/letters/%.*s", TEXT_ARGS(ref)));
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = load
static const Route rows[] = {
	{ GET, "/reports/:ref/letters", show, OFFICE,
		.summary = "Shows the form of the letter that belongs to the decision about a report." },
	{ POST, "/reports/:ref/letters", issue, OFFICE, .form = &order_form, .retry = show,
		.summary = "Issues the letter that belongs to the decision about a report." },
};
const RouteTable report_letter_routes = { "subject/report", rows, COUNT(rows) };
