/* Sending: number, claim code, storage and receipt in one transaction; the same thing sent twice is one report. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "store/seal/seal.h"
#include "subject/report/catalogue_private.h"
#include "subject/report/gate_private.h"
#include "subject/report/report_private.h"

enum { GROUP = 4 };

/* ---- Sending */
typedef struct Sending {
	Text draft_ref, secret, key;
	const Map *values;
	const ReportSender *sender; /* NULL: the library itself */
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
	bool is_of_batch;
	const ReportSender *sender;
} Origin;

static Error insert(Call *call, const Map *values, const Origin *origin, Matter *matter, Text claim_code)
{
	Sealed title, content;
	Product product;
	bool is_known = false;
	Text ref, suspect, claim = claim_code.at ? report_claim_key(call, claim_code) : (Text) { 0 };
	const Actor *actor = call->actor;
	TRY(gate_limit(call, origin->sender));
	TRY(gate_suspect(call, origin->sender, values, origin->digest, &suspect));
	TRY(catalogue_find(call, values, &product, &is_known));
	TRY(new_ref(call, &ref));
	TRY(seal_close(call, origin->seal_key, "report|sealed_title", ref, form_answer(values, "title"), &title));
	TRY(seal_close(call, origin->seal_key, "report|sealed_values", ref, form_values_text(call->arena, &report_form, values), &content));
	TRY(report_insert(call, ref, form_answer(values, "kind"), form_answer(values, "class"),
		text_is(form_answer(values, "owner"), TEXT("own")), text_is(form_answer(values, "original"), TEXT("original")),
		text_is(form_answer(values, "disclosed"), TEXT("public")), (Maybe) { actor->person_id != 0, actor->person_id },
		(Maybe) { actor->organisation_id != 0, actor->organisation_id }, (Maybe) { is_known, is_known ? product.id : 0 }, claim,
		gate_sender(call, origin->sender), suspect, origin->idempotency, origin->digest,
		(Maybe) { origin->draft_id != 0, origin->draft_id }, report_form.version, origin->seal_key, title, content, call->now,
		&matter->id));
	ReportFacts *facts = arena_new_of(call->arena, ReportFacts);
	*facts = (ReportFacts) { .reporter_id = actor->person_id, .by_claim = claim.at != NULL, .is_of_batch = origin->is_of_batch };
	matter->revision = 1;
	matter->ref = ref;
	matter->state = TEXT("DRAFT");
	matter->facts = facts;
	matter->seal_key = origin->seal_key;
	return OK;
}

/* A visitor's address for notices, told at once that it works. */
static Error set_mail(Call *call, const ReportSender *sender, Text claim_code, const Matter *matter)
{
	if (!sender || !sender->mail.length || !claim_code.at) return OK;
	Text claim = report_claim_key(call, claim_code);
	TRY(notice_visitor_set(call, claim, sender->mail));
	return notice_send_claim(
		call, claim, NOTICE_REPORT_RECEIVED, matter->ref, arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(matter->ref)));
}

static Error store(Call *call, const Map *values, const Origin *origin, Text claim_code, Matter *out)
{
	Matter matter = { 0 };
	TRY(insert(call, values, origin, &matter, claim_code));
	matter.detail = origin->digest; /* what the receipt vouches for */
	TRY(report_alike_put(call, matter.id, values));
	TRY(workflow_apply(call, &report_machine, &matter, &(Act) { .action = TEXT("send"), .input = values }));
	TRY(set_mail(call, origin->sender, claim_code, &matter));
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
		.sender = sending->sender,
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
	return report_send_draft_from(call, draft_ref, secret, NULL, out);
}

Error report_send_draft_from(Call *call, Text draft_ref, Text secret, const ReportSender *sender, Reception *out)
{
	Sending sending = { .draft_ref = draft_ref, .secret = secret, .sender = sender };
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
	Origin origin = { .sender = sending->sender,
		.idempotency = sending->key.length ? seal_lookup(call, "idempotency key", sender) : (Text) { 0 },
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

Error report_send(Call *call, const Map *values, Text key, Reception *out) { return report_send_from(call, values, key, NULL, out); }

Error report_send_from(Call *call, const Map *values, Text key, const ReportSender *sender, Reception *out)
{
	Map *whole = form_values_copy(call->arena, &report_form, values);
	TRY(form_complete(call, &report_form, NULL, whole));
	TRY(form_check(call, &report_form, whole));
	Sending sending = { .values = whole, .key = key, .sender = sender };
	TRY(db_transact(call, send_values, &sending));
	*out = sending.reception;
	return OK;
}

/* ---- One of many */
Error report_send_prepared(Call *call, const ReportPrepared *prepared, ReportSent *out)
{
	must(db_in_transaction(call) && call->actor->person_id);
	Matter matter;
	Map *whole = form_values_copy(call->arena, &report_form, prepared->values);
	TRY(form_complete(call, &report_form, NULL, whole));
	TRY(form_check(call, &report_form, whole));
	Origin origin = { .seal_key = prepared->seal_key,
		.idempotency = seal_lookup(call, "batch row", prepared->key),
		.digest = digest_text(call->arena, form_values_text(call->arena, &report_form, whole)),
		.is_of_batch = true };
	TRY(store(call, whole, &origin, (Text) { 0 }, &matter));
	TRY(attachment_give_all(call, prepared->files_of, prepared->files_id, report_machine.name, matter.id));
	*out = (ReportSent) { matter.id, matter.ref };
	return OK;
}

Error report_sent_since(Call *call, int64_t since, int64_t *out_count)
{
	return report_count_of(call, call->actor->person_id, since, out_count);
}
