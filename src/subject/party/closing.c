/* Closing a matter by evidence: fixed already, retired, known before the report. The vendor states it, the coordinator looks at it. */
#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/party/party_private.h"

static void keep(const PartyChange *change, const char *closing) { change->row->closing = text_from(closing); }

Error party_close_fixed(const PartyChange *change)
{
	TRY(party_fix_whole(change, form_answer(change->values, "fixed")));
	keep(change, "fixed");
	return OK;
}

Error party_close_retired(const PartyChange *change)
{
	keep(change, "retired");
	return OK;
}

static bool is_digest(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!strchr("0123456789abcdefABCDEF", text.at[i])) return false;
	return text.length == 64;
}

/* A number of this library's own ledger proves its own time. */
static Error check_ledger(Call *call, Text code, int64_t before)
{
	Event event;
	Error error = ledger_event_find(call, code, &event);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error != OK)
		call_problem(call, TEXT("token"), N_("The ledger has no entry of this number."), (Text) { 0 });
	else if (before && event.at >= before)
		call_problem(call, TEXT("token"), N_("This entry is not older than the report."), (Text) { 0 });
	return OK;
}

Error party_close_known(const PartyChange *change)
{
	int64_t since = 0;
	Call *call = change->call;
	const Map *values = change->values;
	Text kind = form_answer(values, "proof_kind"), since_text = form_answer(values, "known_since");
	int64_t reported = change->party->casefile.reported_at;
	if (!clock_parse(since_text, &since)) since = call->now;
	if (reported && since >= reported)
		call_problem(call, TEXT("known_since"), N_("This is not earlier than the report."), (Text) { 0 });
	if (text_is(kind, TEXT("file-hash")) && !is_digest(text_trim(form_answer(values, "hash"))))
		call_problem(call, TEXT("hash"), N_("A SHA-256 or SM3 value has 64 hexadecimal digits."), (Text) { 0 });
	if (text_is(kind, TEXT("ledger"))) TRY(check_ledger(call, text_trim(form_answer(values, "token")), reported));
	TRY(call_check_problems(call));
	keep(change, "known");
	return OK;
}

static Error known_since(Call *call, const PartyRow *row, Maybe *out)
{
	const Map *values;
	int64_t since = 0;
	TRY(party_last_values(call, row, "party-close-known", &values));
	bool is_day = clock_parse(form_answer(values, "known_since"), &since);
	*out = (Maybe) { is_day, since };
	return OK;
}

Error party_accept_closing(const PartyChange *change)
{
	PartyRow *row = change->row;
	if (!row->stated_at.is) row->stated_at = (Maybe) { true, change->call->now };
	if (text_is(row->closing, TEXT("known"))) TRY(known_since(change->call, row, &row->known_at));
	row->position = row->closing;
	row->closing = row->closing_from = (Text) { 0 };
	return OK;
}

/* What was said to be fixed is open again. */
Error party_return_closing(const PartyChange *change)
{
	PartyRow *row = change->row;
	if (text_is(row->closing, TEXT("fixed"))) TRY(party_line_open_again(change->call, row->id));
	row->closing = row->closing_from = (Text) { 0 };
	return OK;
}
