/*
 * ledger: what happened, so that an outsider can check it later.
 * A transaction writes its event and an unnumbered leaf: the hash of a blinded entry that says who did what, when, to which matter and the hash
 * of the detail. One sequencer numbers committed leaves, extends the RFC 6962 tree and signs checkpoints. Readers see numbered rows only, so
 * nobody who follows `since` misses a transaction that committed late.
 */
#pragma once
#include "store/db/db.h"
#include "store/ledger/receipt.h"

/* ---- Events */
typedef struct LedgerEvent {
	const char *kind; /* of the subject, a word: "report" */
	Text ref; /* of the subject, public */
	const char *action; /* a word: "accept" */
	int64_t matter; /* whose key seals the detail; 0: the library's own */
	Text detail; /* whatever makes the decision checkable, such as JSON; never shown to those who may not see the matter */
} LedgerEvent;
/* Records what call->actor does at call->now, inside db_transact. INVALID: a ref with spaces. out_event may be NULL. */
must_use Error ledger_record(Call *call, const LedgerEvent *event, int64_t *out_event);

typedef struct Event {
	int64_t id, at;
	Text code; /* names the event in addresses and commands */
	Text kind, ref, action;
	int64_t actor; /* person; 0: visitor or system */
	int64_t matter;
	Text detail; /* no text when the key of the matter is destroyed */
} Event;
typedef LIST_OF(Event) Events;
/* Newest first. before: id of the last one seen, 0 to begin with. */
must_use Error ledger_events(Call *call, int64_t before, int count, Events *out);
must_use Error ledger_events_of_subject(Call *call, const char *kind, Text ref, int64_t before, int count, Events *out);
must_use Error ledger_events_of_action(Call *call, const char *kind, Text ref, const char *action, int64_t before, int count, Events *out);
must_use Error ledger_events_of_actor(Call *call, int64_t person, int64_t before, int count, Events *out);
must_use Error ledger_event_find(Call *call, Text code, Event *out);

/* What happened without what it says: for those who watch over the library. All wishes together; an empty one is none. */
typedef struct LedgerQuery {
	Text kind, ref, action;
	bool by_actor;
	int64_t actor; /* with by_actor; 0: visitor or system */
	int64_t from_at, until_at; /* until_at is outside; 0: open */
	int64_t before, before_at; /* id and time of the last one seen, 0 to begin with */
	int count;
} LedgerQuery;
typedef struct LedgerTrace {
	int64_t id, at, actor;
	Text code, kind, ref, action;
} LedgerTrace;
typedef LIST_OF(LedgerTrace) LedgerTraces;
must_use Error ledger_search(Call *call, const LedgerQuery *query, LedgerTraces *out); /* newest first */
/* Numbered events in the order of their numbers, from this number on: for those who do something with each. *out_next: where to go on. */
must_use Error ledger_follow(Call *call, int64_t from, int count, LedgerTraces *out, int64_t *out_next);
/* Refs of subjects of this kind with an event, in order, behind `after`. */
must_use Error ledger_refs(Call *call, const char *kind, Text after, int count, Texts *out);
must_use Error ledger_kinds(Call *call, Texts *out); /* that occur, in order */
must_use Error ledger_actions(Call *call, Texts *out);

/* ---- Receipts and proofs; see receipt.h for their form */
/* The promise, and the proof once the leaf is numbered. Also inside the transaction that recorded the event.
 * NOT_FOUND: no such event, or the key of its matter is destroyed. */
must_use Error ledger_receipt(Call *call, int64_t event, Text *out);
/* The newest signed checkpoint, or the one of that size. NOT_FOUND: none yet. */
must_use Error ledger_checkpoint(Call *call, Text *out_note);
must_use Error ledger_checkpoint_of(Call *call, int64_t size, Text *out_note);
/* That the tree of `to` leaves extends the tree of `from` leaves. INVALID: not 0 < from <= to <= leaves there are. */
must_use Error ledger_consistency(Call *call, int64_t from, int64_t to, MerkleProof *out);
/* Leaf hashes from number `from` on, for who rebuilds the tree. */
typedef LIST_OF(Digest) Digests;
must_use Error ledger_leaves(Call *call, int64_t from, int count, Digests *out);

/* ---- Public changes: what every page, feed and cache follows */
must_use Error change_record(Call *call, const char *kind, Text ref); /* inside db_transact; `ref` must be public */
typedef struct Change {
	int64_t number, at;
	Text kind, ref;
} Change;
typedef LIST_OF(Change) Changes;
must_use Error change_since(Call *call, int64_t since, int count, Changes *out); /* in order, without gaps */
must_use Error change_latest(Call *call, int64_t *out_number); /* 0: none yet */

/* ---- Care */
/* Numbers what was committed; run by a leased job every 500 ms or sooner. Several at once do no harm. Needs call->house->signer. */
must_use Error ledger_sequence(Call *call, int64_t *out_numbered);
/* Recomputes the whole tree from its leaves and compares it with every node and checkpoint; with `deep` each leaf with its event, too.
 * keys: of former signers; the present one is known. One text per fault, at most 100. */
typedef struct LedgerCheck {
	int64_t leaves, checkpoints, unreadable; /* unreadable: events whose matter's key is destroyed */
	Digest root;
	Texts faults;
} LedgerCheck;
must_use Error ledger_check(Call *call, const PublicKey *keys, size_t key_count, bool deep, LedgerCheck *out);
