/* Letters of the office to a vendor: which ones a party in each state calls for, and their forms. */
#include "base/base/clock.h"
#include "subject/party/party_view.h"
#include "work/letter/letter_order_view.h"

enum { KINDS_MAX = 3 };
static const struct {
	const char *state;
	LetterKind kinds[KINDS_MAX];
	size_t count;
} letters_of[] = {
	{ "NOTIFIED", { LETTER_NOTICE, LETTER_REMINDER, LETTER_SUPERVISION }, 3 },
	{ "ACKNOWLEDGED", { LETTER_NOTICE, LETTER_REMINDER, LETTER_SUPERVISION }, 3 },
	{ "POSITION_STATED", { LETTER_NOTICE, LETTER_REMINDER, LETTER_SUPERVISION }, 3 },
	{ "CLOSING", { LETTER_NOTICE }, 1 },
	{ "PLAN_REVIEW", { LETTER_NOTICE }, 1 },
	{ "FIXING", { LETTER_NOTICE, LETTER_REMINDER, LETTER_SUPERVISION }, 3 },
	{ "FIX_CHECK", { LETTER_NOTICE }, 1 },
	{ "UNREACHABLE", { LETTER_NOTICE, LETTER_REMINDER, LETTER_SUPERVISION }, 3 },
	{ "DONE", { LETTER_THANKS }, 1 },
};

static size_t kinds_of(const Party *party, const LetterKind **out)
{
	for (size_t i = 0; i < COUNT(letters_of); i++) {
		if (!party->is_staff || !text_is(party->state, text_from(letters_of[i].state))) continue;
		*out = letters_of[i].kinds;
		return letters_of[i].count;
	}
	return 0;
}

static Text page_of(Arena *arena, const Party *party) { return arena_printf(arena, "/parties/%.*s", TEXT_ARGS(party->ref)); }

Markup party_letters(Html *html, const Party *party)
{
	const LetterKind *kinds = NULL;
	size_t count = kinds_of(party, &kinds);
	return letter_links(html, page_of(html->call->arena, party), kinds, count);
}

/* NOT_FOUND: no such kind; CONFLICT: not in this state. Nobody writes letters to an own organisation. */
static Error order_of(Request *request, const Party *party, LetterOrder *out)
{
	Call *call = request->call;
	const LetterKind *kinds = NULL;
	size_t count = kinds_of(party, &kinds), i = 0;
	ClockView clock;
	LetterOrder order = { .machine = party_machine.name,
		.subject_id = party->id,
		.seal_key = party->seal_key,
		.matter = party->ref,
		.recipient = party->vendor,
		.product = party->product };
	if (!party->is_staff) return fail(call, FORBIDDEN, "letters to an own organisation");
	if (!letter_kind_parse(request_parameter(request, TEXT("kind")), &order.kind))
		return fail(call, NOT_FOUND, "no such kind of letter");
	while (i < count && kinds[i] != order.kind) i++;
	if (i == count) return fail(call, CONFLICT, "party %.*s calls for no such letter", TEXT_ARGS(party->ref));
	TRY(workflow_clock_of(call, &party_machine, party->id, &clock));
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

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = party_load
static const Route rows[] = {
	{ GET, "/parties/:ref/letters/:kind", show, OFFICE,
		.summary = "Shows the form of a letter to the vendor, with what is known of it." },
	{ POST, "/parties/:ref/letters/:kind", draft, OFFICE, .form = &letter_order_form, .retry = show,
		.summary = "Drafts a letter to the vendor for a second person to approve." },
};
const RouteTable party_letter_routes = { "subject/party", rows, COUNT(rows) };
