/*
 * receipt: what a reporter keeps, and how anybody checks it with no database and no network.
 *
 * A receipt is a text of two signed notes (C2SP signed-note). The first is the ledger's entry with the library's signature: the promise, given
 * at once. The second, once the sequencer has come by, is a signed checkpoint (C2SP tlog-checkpoint) with the proof that the entry is a leaf
 * of that tree (RFC 6962). A receipt has one form: every byte of it counts.
 *
 *   cappvd-receipt/1
 *   key NAME+ID+BASE64
 *
 *   cappvd ledger entry v1
 *   subject KIND REF
 *   action ACTION
 *   at 2026-03-05T06:00:00.000Z
 *   actor KEYED-HASH
 *   detail sha256:HEX            of what was recorded, such as the digest of the report
 *   blind HEX                    keeps others from guessing the entry from its leaf
 *
 *   — NAME SIGNATURE
 *
 *   index N
 *   BASE64                       one line for each hash of the path
 *
 *   NAME                         the checkpoint: origin, size, root
 *   SIZE
 *   BASE64
 *
 *   — NAME SIGNATURE
 */
#pragma once
#include "base/crypto/crypto.h"

typedef struct LedgerEntry {
	Text kind, ref, action;
	int64_t at;
	Text actor; /* 64 hexadecimal digits; never a name */
	Digest detail; /* SHA-256 */
	Digest blind;
} LedgerEntry;
bool ledger_word_is_fit(Text word); /* of kind, ref and action: 1 to 200 visible ASCII or other characters, no space */
Text ledger_entry_text(Arena *arena, const LedgerEntry *entry);

typedef struct Checkpoint {
	Text origin;
	uint64_t size;
	Digest root;
} Checkpoint;

typedef struct Receipt {
	PublicKey key; /* that signed the entry, as the receipt says: only the caller knows whether to believe it */
	LedgerEntry entry;
	Signature promise;
	bool proven; /* the rest is there */
	uint64_t index;
	MerkleProof path;
	Checkpoint checkpoint;
	Signature checkpoint_signature;
	PublicKey checkpoint_key; /* which of the keys given signed it */
} Receipt;

/* Signs a text, which ends with a line end. */
Signature note_sign(const Signer *signer, Text text);
Text note_text(Arena *arena, Text text, const PublicKey *key, const Signature *signature);
Text checkpoint_text(Arena *arena, const Checkpoint *checkpoint); /* without signature */
/* Reads a signed checkpoint. False: malformed, or not signed by the key. Other signatures (of witnesses) are passed over. */
must_use bool checkpoint_open(Arena *arena, Text note, const PublicKey *key, Checkpoint *out);

Text receipt_text(Arena *arena, const Receipt *receipt);
/*
 * Checks everything a receipt says of itself against the keys of the library; with no keys, against the key named in it, which proves only
 * that it is whole. False: *out_why is an English source text.
 */
must_use bool receipt_verify(Arena *arena, Text document, const PublicKey *keys, size_t key_count, Receipt *out, const char **out_why);
