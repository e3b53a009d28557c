/* Recording and reading events; public changes. */
#include "store/ledger/ledger.h"

#include "base/base/random.h"
#include "store/ledger/ledger.sql.h"
#include "store/ledger/ledger_private.h"
#include "store/seal/seal.h"

static const char place[] = "ledger_event|detail";

/* What is sealed: 32 bytes of blind, one byte that says whether the system acted, the detail. */
enum { SEALED_HEAD = sizeof(Digest) + 1 };

static Text sealed_plain(Call *call, const LedgerEntry *entry, bool by_system, Text detail)
{
	Buffer plain = { .arena = call->arena };
	buffer_put(&plain, DIGEST_TEXT(entry->blind));
	buffer_byte(&plain, (char)by_system);
	buffer_put(&plain, detail);
	return buffer_text(&plain);
}

static Error words_check(Call *call, const LedgerEvent *event)
{
	must(ledger_word_is_fit(text_from(event->kind)) && ledger_word_is_fit(text_from(event->action)));
	return ledger_word_is_fit(event->ref) ? OK : fail(call, INVALID, "an event of %s needs a ref that is one word", event->kind);
}

Error ledger_record(Call *call, const LedgerEvent *event, int64_t *out_event)
{
	must(db_in_transaction(call));
	TRY(words_check(call, event));
	LedgerEntry entry = { .kind = text_from(event->kind), .ref = event->ref, .action = text_from(event->action), .at = call->now };
	bool by_system = actor_has(call->actor, ROLE_SYSTEM);
	entry.actor = ledger_actor_of(call, call->actor->person_id, by_system);
	entry.detail = sha256(event->detail);
	random_bytes(entry.blind.at, sizeof(entry.blind.at));
	int64_t matter = event->matter ? event->matter : SEAL_MATTER_LIBRARY, id;
	Text code = random_code(call->arena, 26);
	Sealed sealed;
	TRY(seal_close(call, matter, place, code, sealed_plain(call, &entry, by_system, event->detail), &sealed));
	TRY(ledger_event_add(call, code, call->now, entry.kind, entry.ref, entry.action, call->actor->person_id, matter, sealed, &id));
	Digest leaf = merkle_leaf(ledger_entry_text(call->arena, &entry));
	TRY(ledger_leaf_add(call, id, DIGEST_TEXT(leaf)));
	if (out_event) *out_event = id;
	return OK;
}

Text ledger_actor_of(Call *call, int64_t person, bool by_system)
{
	Text who = by_system ? TEXT("system") : arena_printf(call->arena, "%lld", (long long)person);
	return seal_lookup(call, "ledger actor", who);
}

/* Opens what was sealed; *out_readable is false when the key is destroyed. */
static Error event_open(Call *call, const LedgerEventRow *row, LedgerEntry *out, Text *out_detail, bool *out_readable)
{
	Text plain;
	TRY(seal_open(call, place, row->code, row->detail, &plain));
	*out_readable = plain.at != NULL;
	*out_detail = (Text) { 0 };
	if (!plain.at) return OK;
	if (plain.length < SEALED_HEAD) return fail(call, CORRUPT, "event %lld is cut", (long long)row->id);
	*out = (LedgerEntry) { .kind = row->kind, .ref = row->ref, .action = row->action, .at = row->at };
	memcpy(out->blind.at, plain.at, sizeof(out->blind.at));
	out->actor = ledger_actor_of(call, row->actor, plain.at[sizeof(Digest)] != 0);
	*out_detail = text_slice(plain, SEALED_HEAD, plain.length);
	out->detail = sha256(*out_detail);
	return OK;
}

Error ledger_entry_of(Call *call, int64_t event, LedgerEntry *out, bool *out_readable)
{
	LedgerEventRow row;
	Text detail;
	TRY(ledger_event_row(call, event, &row));
	return event_open(call, &row, out, &detail, out_readable);
}

static Error event_of(Call *call, const LedgerEventRow *row, Event *out)
{
	LedgerEntry entry;
	Event event = { row->id, row->at, row->code, row->kind, row->ref, row->action, row->actor, row->matter, { 0 } };
	bool readable;
	TRY(event_open(call, row, &entry, &event.detail, &readable));
	*out = event;
	return OK;
}

static Error events_of(Call *call, const LedgerEventRows *rows, Events *out)
{
	Events events = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Event event;
		TRY(event_of(call, &rows->at[i], &event));
		list_add(call->arena, &events, event);
	}
	*out = events;
	return OK;
}

static int64_t before_of(int64_t before) { return before ? before : INT64_MAX; }

Error ledger_events(Call *call, int64_t before, int count, Events *out)
{
	LedgerEventRows rows;
	TRY(ledger_event_page(call, before_of(before), count, &rows));
	return events_of(call, &rows, out);
}

Error ledger_events_of_subject(Call *call, const char *kind, Text ref, int64_t before, int count, Events *out)
{
	LedgerEventRows rows;
	TRY(ledger_event_of_subject(call, text_from(kind), ref, before_of(before), count, &rows));
	return events_of(call, &rows, out);
}

Error ledger_events_of_action(Call *call, const char *kind, Text ref, const char *action, int64_t before, int count, Events *out)
{
	LedgerEventRows rows;
	TRY(ledger_event_of_action(call, text_from(kind), ref, text_from(action), before_of(before), count, &rows));
	return events_of(call, &rows, out);
}

Error ledger_events_of_actor(Call *call, int64_t person, int64_t before, int count, Events *out)
{
	LedgerEventRows rows;
	TRY(ledger_event_of_actor(call, person, before_of(before), count, &rows));
	return events_of(call, &rows, out);
}

Error ledger_event_find(Call *call, Text code, Event *out)
{
	LedgerEventRow row;
	TRY(ledger_event_by_code(call, code, &row));
	return event_of(call, &row, out);
}

Error change_record(Call *call, const char *kind, Text ref)
{
	must(db_in_transaction(call));
	return ledger_change_add(call, text_from(kind), ref, call->now);
}

Error change_since(Call *call, int64_t since, int count, Changes *out)
{
	LedgerChangeRows rows;
	TRY(ledger_change_since(call, since, count, &rows));
	Changes changes = { 0 };
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &changes, ((Change) { rows.at[i].number, rows.at[i].at, rows.at[i].kind, rows.at[i].ref }));
	*out = changes;
	return OK;
}

Error change_latest(Call *call, int64_t *out_number)
{
	LedgerTreeRow tree;
	TRY(ledger_tree_now(call, &tree));
	*out_number = tree.changes;
	return OK;
}
