/* Claim codes: how a visitor comes back to a report, and how an account takes it over. */
#include "base/crypto/crypto.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/report/report_private.h"

enum { CODE_LENGTH = 16, GROUP = 4, GUESSES = 5, WAIT_MILLISECONDS = 15 * 60 * 1000 };
static const char CODE_LETTERS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static Text grouped(Arena *arena, Text letters)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < letters.length; i++) {
		if (i && i % GROUP == 0) buffer_byte(&buffer, '-');
		buffer_byte(&buffer, letters.at[i]);
	}
	return buffer_text(&buffer);
}

/* The same secret gives the same code again, so that who sends a form twice sees the code twice, and nobody else ever does. */
Text report_code_of(Call *call, Text kind, Text secret)
{
	scoped(key_wipe) Key key = seal_key(call, "claim code");
	Text parts[] = { kind, secret };
	Digest digest = mac_of(&key, parts, COUNT(parts));
	char letters[CODE_LENGTH];
	for (size_t i = 0; i < CODE_LENGTH; i++) letters[i] = CODE_LETTERS[digest.at[i] & 31];
	return grouped(call->arena, (Text) { letters, CODE_LENGTH });
}

Text report_claim_key(Call *call, Text code)
{
	char letters[CODE_LENGTH];
	size_t count = 0;
	for (size_t i = 0; i < code.length; i++) {
		char letter = code.at[i];
		if (letter == '-' || letter == ' ') continue;
		if (letter >= 'a' && letter <= 'z') letter = (char)(letter - 'a' + 'A');
		if (letter == 'O') letter = '0';
		if (letter == 'I' || letter == 'L') letter = '1';
		if (count == CODE_LENGTH || !letter || !strchr(CODE_LETTERS, letter)) return (Text) { 0 };
		letters[count++] = letter;
	}
	return count == CODE_LENGTH ? seal_lookup(call, "claim code", (Text) { letters, CODE_LENGTH }) : (Text) { 0 };
}

typedef struct Guess {
	Text key, address;
	ClaimLook *look;
	void *argument;
	bool locked, found;
} Guess;

static Error guess(Call *call, void *argument)
{
	Guess *self = argument;
	int64_t failures = 0, last_at = 0;
	bool known = false;
	self->found = false;
	TRY(claim_failure_find(call, self->address, &failures, &last_at, &known));
	if (!known || last_at < call->now - WAIT_MILLISECONDS) failures = 0;
	self->locked = failures >= GUESSES;
	if (self->locked) return OK;
	if (self->key.at) TRY(self->look(call, self->key, self->argument, &self->found));
	if (self->found) return OK;
	TRY(claim_failure_forget(call, call->now - WAIT_MILLISECONDS));
	return claim_failure_set(call, self->address, failures + 1, call->now);
}

Error report_guess(Call *call, Text code, Text address, ClaimLook *look, void *argument)
{
	Guess self = { report_claim_key(call, code), seal_lookup(call, "claim address", address), look, argument, false, false };
	TRY(db_transact(call, guess, &self));
	if (self.locked) {
		call->failure.retry_after_seconds = WAIT_MILLISECONDS / 1000;
		return fail(call, TOO_MANY, "too many wrong claim codes");
	}
	return self.found ? OK : fail(call, NOT_FOUND, "wrong claim code");
}

static Error look_for_report(Call *call, Text key, void *argument, bool *out_found)
{
	return report_find_claim(call, key, argument, out_found);
}

Error report_claim(Call *call, Text code, Text address, Text *out_ref)
{
	Text ref = { 0 };
	TRY(report_guess(call, code, address, look_for_report, &ref));
	*out_ref = ref;
	return OK;
}

/* ---- Taking over */
static Error take_over(Call *call, void *argument)
{
	const Text *ref = argument;
	ReportRow row;
	Report report;
	int64_t changed = 0;
	TRY(report_open(call, *ref, &report));
	if (report.reporter_id) return fail(call, CONFLICT, "report %.*s has a reporter", TEXT_ARGS(*ref));
	if (!report.by_claim || !call->actor->person_id)
		return fail(call, FORBIDDEN, "report %.*s: no claim code was shown", TEXT_ARGS(*ref));
	TRY(report_find_id(call, report.id, &row));
	TRY(report_take(call, report.id, call->actor->person_id, &changed));
	if (changed != 1) return fail(call, CONFLICT, "report %.*s was taken over meanwhile", TEXT_ARGS(*ref));
	TRY(notice_visitor_forget(call, row.claim));
	LedgerEvent event = { .kind = report_machine.name, .ref = *ref, .action = "take-over", .matter = report.seal_key };
	return ledger_record(call, &event, NULL);
}

Error report_take_over(Call *call, Text ref) { return db_transact(call, take_over, &ref); }
