/* After a decision the office may want it on paper: the form of its draft. */
#include "subject/report/report_letter_view.h"

#include "base/base/clock.h"
#include "work/letter/letter_order_view.h"

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

static Text page_of(Call *call, const Report *report)
{
	return arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(url_segment(call->arena, report->ref)));
}

static Error order_of(Call *call, const Report *report, LetterOrder *out)
{
	LetterOrder order = { .machine = report_machine.name,
		.subject_id = report->id,
		.seal_key = report->seal_key,
		.matter = report->ref,
		.text = report->decision };
	TRY(kind_of(call, report, &order.kind));
	TRY(deadline_of(call, report, &order.deadline));
	*out = order;
	return OK;
}

static Error show(Request *request)
{
	Call *call = request->call;
	LetterOrder order;
	Text own = page_of(call, request->subject);
	TRY(order_of(call, request->subject, &order));
	return letter_order_show(request, &order, own, arena_printf(call->arena, "%.*s/letters", TEXT_ARGS(own)));
}

static Error draft(Request *request)
{
	LetterOrder order;
	TRY(order_of(request->call, request->subject, &order));
	return letter_order_take(request, &order);
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = load
static const Route rows[] = {
	{ GET, "/reports/:ref/letters", show, OFFICE,
		.summary = "Shows the form of the letter that belongs to the decision about a report." },
	{ POST, "/reports/:ref/letters", draft, OFFICE, .form = &letter_order_form, .retry = show,
		.summary = "Drafts the letter that belongs to the decision about a report." },
};
const RouteTable report_letter_routes = { "subject/report", rows, COUNT(rows) };
