/* Letters of the office about a casefile: which ones its state calls for, and their forms. Letters to a vendor are its party's. */
#include "base/base/clock.h"
#include "subject/casefile/casefile_view.h"
#include "work/letter/letter_order_view.h"

static const struct {
	const char *state;
	LetterKind kind;
} letters_of[] = {
	{ "TRANSFERRED", LETTER_TRANSFER },
	{ "COORDINATING", LETTER_SUPERVISION },
	{ "READY", LETTER_SUPERVISION },
	{ "PUBLISHED", LETTER_THANKS },
	{ "TRACKING", LETTER_THANKS },
	{ "CLOSED", LETTER_THANKS },
};

static bool kind_of(const Casefile *casefile, LetterKind *out)
{
	for (size_t i = 0; i < COUNT(letters_of); i++) {
		if (!text_is(casefile->state, text_from(letters_of[i].state))) continue;
		*out = letters_of[i].kind;
		return true;
	}
	return false;
}

static Text page_of(Arena *arena, const Casefile *casefile) { return arena_printf(arena, "/casefiles/%.*s", TEXT_ARGS(casefile->ref)); }

Markup casefile_letters(Html *html, const Casefile *casefile)
{
	LetterKind kind;
	size_t count = kind_of(casefile, &kind) ? 1 : 0;
	return letter_links(html, page_of(html->call->arena, casefile), &kind, count);
}

static Error order_of(Request *request, const Casefile *casefile, LetterOrder *out)
{
	Call *call = request->call;
	LetterKind asked;
	ClockView clock;
	LetterOrder order = {
		.machine = casefile_machine.name, .subject_id = casefile->id, .seal_key = casefile->seal_key, .matter = casefile->ref
	};
	if (!letter_kind_parse(request_parameter(request, TEXT("kind")), &asked)) return fail(call, NOT_FOUND, "no such kind of letter");
	if (!kind_of(casefile, &order.kind) || order.kind != asked)
		return fail(call, CONFLICT, "casefile %.*s calls for no such letter", TEXT_ARGS(casefile->ref));
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	order.deadline = clock.due_at > call->now ? clock_human_date(call->arena, LANG_ZH, clock.due_at) : TEXT("");
	*out = order;
	return OK;
}

static Error show(Request *request)
{
	LetterOrder order;
	Arena *arena = request->call->arena;
	TRY(order_of(request, request->subject, &order));
	Text own = page_of(arena, request->subject);
	return letter_order_show(request, &order, own, arena_printf(arena, "%.*s/letters/%s", TEXT_ARGS(own), letter_kind_tag(order.kind)));
}

static Error draft(Request *request)
{
	LetterOrder order;
	TRY(order_of(request, request->subject, &order));
	return letter_order_take(request, &order);
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = casefile_load
static const Route rows[] = {
	{ GET, "/casefiles/:ref/letters/:kind", show, OFFICE,
		.summary = "Shows the form of a letter about a casefile, with what is known of it." },
	{ POST, "/casefiles/:ref/letters/:kind", draft, OFFICE, .form = &letter_order_form, .retry = show,
		.summary = "Drafts a letter about a casefile for a second person to approve." },
};
const RouteTable casefile_letter_routes = { "subject/casefile", rows, COUNT(rows) };
