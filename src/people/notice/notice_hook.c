#include "people/notice/notice_hook.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "people/notice/hook.sql.h"
#include "people/notice/notice_private.h"
#include "store/ledger/ledger.h"

enum { REF_LENGTH = 12, STALE_SENDER_MS = 5 * 60 * 1000 };
static const char address_place[] = "hook|sealed_address", secret_place[] = "hook|sealed_secret", body_place[] = "hook_message|sealed_body";

static Error is_person(Call *call) { return call->actor->person_id != 0 ? OK : fail(call, UNAUTHENTICATED, "nobody is signed in"); }

/* ---- One's own */
Error notice_hooks(Call *call, Hooks *out)
{
	HookRows rows;
	Hooks hooks = { 0 };
	TRY(is_person(call));
	TRY(hook_list(call, call->actor->person_id, HOOKS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const HookRow *row = &rows.at[i];
		Hook hook = { .ref = row->ref,
			.reason = row->reason,
			.created_at = row->created_at,
			.arrived_at = row->arrived_at.value,
			.failing_at = row->failing_at.value };
		TRY(seal_open(call, address_place, row->ref, row->sealed_address, &hook.address));
		list_add(call->arena, &hooks, hook);
	}
	*out = hooks;
	return OK;
}

static Error record(Call *call, const char *action, Text hook)
{
	Person person;
	TRY(person_find(call, call->actor->person_id, &person));
	Text detail = arena_printf(call->arena, "{\"hook\":\"%.*s\"}", TEXT_ARGS(hook));
	return ledger_record(call, &(LedgerEvent) { .kind = "person", .ref = person.ref, .action = action, .detail = detail }, NULL);
}

typedef struct Adding {
	Text address, secret; /* secret: as it is shown */
} Adding;

static Error add(Call *call, void *argument)
{
	Adding *adding = argument;
	HookRows rows;
	Sealed address, secret;
	Text ref = random_code(call->arena, REF_LENGTH);
	Key random = key_random();
	Text bytes = arena_copy(call->arena, (Text) { (const char *)random.at, WEBHOOK_SECRET_BYTES });
	key_wipe(&random);
	TRY(hook_list(call, call->actor->person_id, HOOKS_MAX, &rows));
	if (rows.count >= HOOKS_MAX) return fail(call, TOO_MANY, "%d hooks of one person", HOOKS_MAX);
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, address_place, ref, adding->address, &address));
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, secret_place, ref, bytes, &secret));
	adding->secret = webhook_secret_text(call->arena, bytes);
	TRY(hook_insert(call, ref, call->actor->person_id, address, secret, call->now));
	return record(call, "hook-add", ref);
}

Error notice_hook_add(Call *call, Text address, Text *out_secret)
{
	Adding adding = { .address = text_trim(address) };
	TRY(is_person(call));
	if (!webhook_address_is(call->arena, adding.address))
		call_problem(call, TEXT("address"), N_("Please enter an address that begins with https://."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, add, &adding));
	*out_secret = adding.secret;
	return OK;
}

static Error find_own(Call *call, Text ref, HookRow *out)
{
	HookRows rows;
	TRY(is_person(call));
	TRY(hook_list(call, call->actor->person_id, HOOKS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (text_is(rows.at[i].ref, ref)) return *out = rows.at[i], OK;
	return fail(call, NOT_FOUND, "no such hook of this person");
}

static Error end(Call *call, void *argument)
{
	const Text *ref = argument;
	HookRow row;
	TRY(find_own(call, *ref, &row));
	TRY(hook_message_drop(call, row.id));
	TRY(hook_end(call, row.id, call->now, (Text) { 0 }));
	return record(call, "hook-end", row.ref);
}

Error notice_hook_end(Call *call, Text ref) { return db_transact(call, end, &ref); }

Error notice_hook_end_all(Call *call, int64_t person_id)
{
	HookRows rows;
	TRY(hook_list(call, person_id, HOOKS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		TRY(hook_message_drop(call, rows.at[i].id));
		TRY(hook_delete(call, rows.at[i].id));
	}
	return OK;
}

/* ---- What they are told */
static Text body_of(Call *call, Text type, Text subject, Text link)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "type", type);
	json_put_text(&json, "timestamp", clock_iso(call->arena, call->now));
	json_key(&json, TEXT("data"));
	json_object_begin(&json);
	json_put_text(&json, "ref", subject);
	json_put_text(&json, "link", outbox_link(call, "%.*s", TEXT_ARGS(link)));
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	return buffer_text(&buffer);
}

static Error put(Call *call, int64_t hook_id, Text type, Text subject, Text link)
{
	Sealed body;
	Text ref = token_new(call->arena, 16);
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, body_place, ref, body_of(call, type, subject, link), &body));
	return hook_message_insert(call, ref, hook_id, body, call->now);
}

Error notice_hook_put(Call *call, int64_t person_id, Text type, Text subject, Text link)
{
	HookRows rows;
	must(db_in_transaction(call));
	TRY(hook_list(call, person_id, HOOKS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(put(call, rows.at[i].id, type, subject, link));
	return OK;
}

static Error put_test(Call *call, void *argument)
{
	const Text *ref = argument;
	HookRow row;
	TRY(find_own(call, *ref, &row));
	return put(call, row.id, TEXT("test"), TEXT("test"), TEXT("/account/webhooks"));
}

Error notice_hook_try(Call *call, Text ref) { return db_transact(call, put_test, &ref); }

/* ---- Sending */
typedef struct Sending {
	HookMessageRow row;
	HookRow hook;
	bool is_gone; /* nothing is to be sent */
	SendOutcome outcome;
	bool wants_no_more;
	Text reason;
} Sending;

/* Whoever left, and whatever was ended, is told nothing more. */
static Error take(Call *call, void *argument)
{
	Sending *sending = argument;
	bool found = false;
	int64_t changed = 0;
	Person person;
	TRY(hook_message_take(call, sending->row.id, sending->row.attempts, call->now, &changed));
	sending->is_gone = changed == 0; /* another node sends it */
	if (sending->is_gone) return OK;
	TRY(hook_find(call, sending->row.hook_id, &sending->hook, &found));
	must(found);
	TRY(person_find(call, sending->hook.person_id, &person));
	if (!sending->hook.ended_at.is && person.state != PERSON_DISABLED) return OK;
	sending->is_gone = true;
	return hook_message_remove(call, sending->row.id);
}

static Error note(Call *call, void *argument)
{
	const Sending *sending = argument;
	int64_t id = sending->hook.id, pause = webhook_pause_seconds(sending->row.attempts + 1);
	if (sending->outcome == SEND_ACCEPTED) {
		TRY(hook_arrives(call, id, call->now));
		return hook_message_remove(call, sending->row.id);
	}
	TRY(hook_fails(call, id, call->now, sending->reason));
	if (sending->wants_no_more) {
		TRY(hook_message_drop(call, id));
		return hook_end(call, id, call->now, sending->reason);
	}
	if (sending->outcome == SEND_REFUSED || pause == 0) return hook_message_remove(call, sending->row.id);
	return hook_message_wait(call, sending->row.id, call->now + pause * 1000, call->now);
}

static Error send_one(Call *call, const FetchOptions *reach, Sending *sending)
{
	Webhook webhook = { .id = sending->row.ref, .at = call->now };
	TRY(db_transact(call, take, sending));
	if (sending->is_gone) return OK;
	TRY(seal_open(call, address_place, sending->hook.ref, sending->hook.sealed_address, &webhook.address));
	TRY(seal_open(call, secret_place, sending->hook.ref, sending->hook.sealed_secret, &webhook.secret));
	TRY(seal_open(call, body_place, sending->row.ref, sending->row.sealed_body, &webhook.body));
	sending->outcome = webhook_send(call->arena, reach, &webhook, &sending->wants_no_more, &sending->reason);
	return db_transact(call, note, sending);
}

Error notice_hook_send(Call *call, const FetchOptions *reach, int64_t max, int64_t *out_count)
{
	HookMessageRows due;
	TRY(hook_message_due(call, call->now, call->now - STALE_SENDER_MS, max, &due));
	for (size_t i = 0; i < due.count; i++) TRY(send_one(call, reach, &(Sending) { .row = due.at[i] }));
	*out_count = (int64_t)due.count;
	return OK;
}
