/* Sending: number, claim code, storage and receipt in one transaction; the same thing sent twice is one report. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "store/seal/seal.h"
#include "subject/report/report_private.h"

enum { CODE_LENGTH = 16, GROUP = 4, GUESSES = 5, WAIT_MILLISECONDS = 15 * 60 * 1000 };
static const char CODE_LETTERS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- Claim codes */
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

typedef struct Claiming {
	Text key, address, ref;
	bool locked;
} Claiming;

static Error claim(Call *call, void *argument)
{
	Claiming *claiming = argument;
	int64_t failures = 0, last_at = 0;
	bool known = false, found = false;
	TRY(claim_failure_find(call, claiming->address, &failures, &last_at, &known));
	if (!known || last_at < call->now - WAIT_MILLISECONDS) failures = 0;
	claiming->ref = (Text) { 0 };
	claiming->locked = failures >= GUESSES;
	if (claiming->locked) return OK;
	if (claiming->key.at) TRY(report_find_claim(call, claiming->key, &claiming->ref, &found));
	if (found) return OK;
	claiming->ref = (Text) { 0 };
	TRY(claim_failure_forget(call, call->now - WAIT_MILLISECONDS));
	return claim_failure_set(call, claiming->address, failures + 1, call->now);
}

Error report_claim(Call *call, Text code, Text address, Text *out_ref)
{
	Claiming claiming = { .key = report_claim_key(call, code), .address = seal_lookup(call, "claim address", address) };
	TRY(db_transact(call, claim, &claiming));
	if (claiming.locked) {
		call->failure.retry_after_seconds = WAIT_MILLISECONDS / 1000;
		return fail(call, TOO_MANY, "too many wrong claim codes");
	}
	if (!claiming.ref.at) return fail(call, NOT_FOUND, "wrong claim code");
	*out_ref = claiming.ref;
	return OK;
}

/* ---- Sending */
typedef struct Sending {
	Text draft_ref, secret, key;
	const Map *values;
	Reception reception;
} Sending;

static Error new_ref(Call *call, Text *out)
{
	int year, month, day;
	bool taken = true;
	clock_civil((call->now / 1000 + 8 * 3600) / 86400, &year, &month, &day);
	while (taken) {
		int64_t id;
		*out = arena_printf(call->arena, "R-%04d-%.*s-%.*s", year, TEXT_ARGS(random_code(call->arena, GROUP)),
			TEXT_ARGS(random_code(call->arena, GROUP)));
		TRY(report_ref_taken(call, *out, &id, &taken));
	}
	return OK;
}

static Text digest_text(Arena *arena, Text content)
{
	Digest digest = sha256(content);
	return hex_text(arena, DIGEST_TEXT(digest));
}

typedef struct Origin { /* where the values come from */
	int64_t draft_id, seal_key;
	Text idempotency, digest;
} Origin;

static Error insert(Call *call, const Map *values, const Origin *origin, Matter *matter, Text claim_code)
{
	Sealed title, content;
	Text ref, claim = claim_code.at ? report_claim_key(call, claim_code) : (Text) { 0 };
	const Actor *actor = call->actor;
	TRY(new_ref(call, &ref));
	TRY(seal_close(call, origin->seal_key, "report|sealed_title", ref, form_answer(values, "title"), &title));
	TRY(seal_close(call, origin->seal_key, "report|sealed_values", ref, form_values_text(call->arena, &report_form, values), &content));
	TRY(report_insert(call, ref, form_answer(values, "kind"), form_answer(values, "class"),
		text_is(form_answer(values, "owner"), TEXT("own")), text_is(form_answer(values, "original"), TEXT("original")),
		text_is(form_answer(values, "disclosed"), TEXT("public")), (Maybe) { actor->person_id != 0, actor->person_id },
		(Maybe) { actor->organisation_id != 0, actor->organisation_id }, claim, origin->idempotency, origin->digest,
		(Maybe) { origin->draft_id != 0, origin->draft_id }, report_form.version, origin->seal_key, title, content, call->now,
		&matter->id));
	ReportFacts *facts = arena_new_of(call->arena, ReportFacts);
	*facts = (ReportFacts) { .reporter_id = actor->person_id, .by_claim = claim.at != NULL };
	matter->revision = 1;
	matter->ref = ref;
	matter->state = TEXT("DRAFT");
	matter->facts = facts;
	matter->seal_key = origin->seal_key;
	return OK;
}

static Error store(Call *call, const Map *values, const Origin *origin, Text claim_code, Matter *out)
{
	Matter matter = { 0 };
	TRY(insert(call, values, origin, &matter, claim_code));
	matter.detail = origin->digest; /* what the receipt vouches for */
	TRY(workflow_apply(call, &report_machine, &matter, &(Act) { .action = TEXT("send"), .input = values }));
	*out = matter;
	return OK;
}

static Error again(Call *call, int64_t report_id, Text claim_code, Reception *out)
{
	ReportRow row;
	TRY(report_find_id(call, report_id, &row));
	*out = (Reception) { .ref = row.ref, .claim_code = claim_code, .repeated = true };
	return OK;
}

static Error send_draft(Call *call, void *argument)
{
	Sending *sending = argument;
	Draft draft;
	int64_t sent = 0;
	Text code = call->actor->person_id ? (Text) { 0 } : report_code_of(call, TEXT("draft"), sending->secret);
	TRY(draft_find_result(call, sending->draft_ref, sending->secret, "report", &sent));
	if (sent) return again(call, sent, code, &sending->reception);
	TRY(draft_open(call, &report_form, sending->draft_ref, sending->secret, &draft));
	TRY(form_complete(call, &report_form, draft.values, draft.values));
	TRY(form_check(call, &report_form, draft.values));
	Origin origin = { .draft_id = draft.id,
		.seal_key = draft.seal_key,
		.digest = digest_text(call->arena, form_values_text(call->arena, &report_form, draft.values)) };
	Matter matter;
	TRY(store(call, draft.values, &origin, code, &matter));
	TRY(draft_sent(call, &draft, "report", matter.id));
	sending->reception = (Reception) { .ref = matter.ref, .claim_code = code };
	return OK;
}

Error report_send_draft(Call *call, Text draft_ref, Text secret, Reception *out)
{
	Sending sending = { .draft_ref = draft_ref, .secret = secret };
	TRY(db_transact(call, send_draft, &sending));
	*out = sending.reception;
	return OK;
}

static Error send_values(Call *call, void *argument)
{
	Sending *sending = argument;
	int64_t id = 0;
	bool found = false;
	Text before;
	Text sender = arena_printf(call->arena, "%lld %.*s", (long long)call->actor->person_id, TEXT_ARGS(sending->key));
	Origin origin = { .idempotency = sending->key.length ? seal_lookup(call, "idempotency key", sender) : (Text) { 0 },
		.digest = digest_text(call->arena, form_values_text(call->arena, &report_form, sending->values)) };
	Text secret = sending->key.length ? arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(sender), TEXT_ARGS(origin.digest))
					  : token_new(call->arena, 24);
	Text code = call->actor->person_id ? (Text) { 0 } : report_code_of(call, TEXT("key"), secret);
	if (origin.idempotency.at) TRY(report_find_idempotency(call, origin.idempotency, &id, &before, &found));
	if (found && !text_is(before, origin.digest)) return fail(call, CONFLICT, "this Idempotency-Key stands for another report");
	if (found) return again(call, id, code, &sending->reception);
	Matter matter;
	TRY(seal_matter_new(call, &origin.seal_key));
	TRY(store(call, sending->values, &origin, code, &matter));
	sending->reception = (Reception) { .ref = matter.ref, .claim_code = code };
	return OK;
}

Error report_send(Call *call, const Map *values, Text key, Reception *out)
{
	Map *whole = form_values_copy(call->arena, &report_form, values);
	TRY(form_complete(call, &report_form, NULL, whole));
	TRY(form_check(call, &report_form, whole));
	Sending sending = { .values = whole, .key = key };
	TRY(db_transact(call, send_values, &sending));
	*out = sending.reception;
	return OK;
}
