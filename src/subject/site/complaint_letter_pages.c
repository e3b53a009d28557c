/* The letter of answer to a complaint: the form of its draft for the office, and the letter for whoever has the claim code. */
#include "face/doc/export.h"
#include "subject/site/complaint.h"
#include "work/letter/letter_order_view.h"

static Error load(Request *request)
{
	Complaint *complaint = arena_new_of(request->call->arena, Complaint);
	TRY(complaint_open(request->call, request_parameter(request, TEXT("ref")), complaint));
	request->subject = complaint;
	return OK;
}

static Error show(Request *request)
{
	Call *call = request->call;
	const Complaint *complaint = request->subject;
	LetterOrder order;
	Text own = arena_printf(call->arena, "/site/complaints/%.*s", TEXT_ARGS(url_segment(call->arena, complaint->ref)));
	TRY(complaint_letter_order(call, complaint, &order));
	return letter_order_show(request, &order, own, arena_printf(call->arena, "%.*s/letters/complaint", TEXT_ARGS(own)));
}

static Error draft(Request *request)
{
	LetterOrder order;
	TRY(complaint_letter_order(request->call, request->subject, &order));
	return letter_order_take(request, &order);
}

typedef struct CodeForm {
	Text code;
} CodeForm;
static const FieldSpec code_fields[] = { { "code", FIELD_TEXT, offsetof(CodeForm, code), .required = true, .max_length = 60 } };
static const FormSpec code_form = { code_fields, COUNT(code_fields), sizeof(CodeForm), .max_body_bytes = 0 };

static Error send_by_code(Request *request)
{
	Text name, bytes;
	TRY(complaint_letter(request->call, ((const CodeForm *)request->form)->code, request->address, &name, &bytes));
	return export_bytes(request, name, bytes);
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = load
static const Route rows[] = {
	{ GET, "/site/complaints/:ref/letters/complaint", show, OFFICE, .summary = "The form of the letter that answers a complaint" },
	{ POST, "/site/complaints/:ref/letters/complaint", draft, OFFICE, .form = &letter_order_form, .retry = show,
		.summary = "Draft the letter that answers a complaint" },
	{ POST, "/complaints/status/letter", send_by_code, .may = ROLE_EVERYBODY, .form = &code_form, .weight = 10,
		.summary = "The letter of answer to whoever has the claim code; recorded without a name" },
};
const RouteTable complaint_letter_routes = { "subject/site", rows, COUNT(rows) };
