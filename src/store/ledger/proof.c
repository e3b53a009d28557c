/* Receipts, proofs and checkpoints out of the stored tree. */
#include "store/ledger/ledger.h"

#include "store/ledger/ledger.sql.h"
#include "store/ledger/ledger_private.h"

Error ledger_read_node(void *context, int level, uint64_t index, Digest *out)
{
	Call *call = context;
	Text hash;
	int64_t event;
	if (level == 0)
		TRY(ledger_leaf_by_number(call, (int64_t)index, &hash, &event));
	else
		TRY(ledger_node_at(call, level, (int64_t)index, &hash));
	return digest_from(hash, out) ? OK : fail(call, CORRUPT, "node %d/%llu is no hash", level, (unsigned long long)index);
}

static Error receipt_prove(Call *call, int64_t number, Receipt *receipt)
{
	LedgerCheckpointRow row;
	bool found;
	TRY(ledger_checkpoint_last(call, &row, &found));
	const PublicKey *key = signer_public(call->house->signer);
	/* Between a change of the signing key and the next checkpoint there is the promise only. */
	if (!found || row.size <= number || !checkpoint_open(call->arena, row.note, key, &receipt->checkpoint)) return OK;
	receipt->checkpoint_signature =
		note_sign(call->house->signer, checkpoint_text(call->arena, &receipt->checkpoint)); /* the same as stored */
	receipt->checkpoint_key = *key;
	receipt->index = (uint64_t)number;
	receipt->proven = true;
	return merkle_inclusion((uint64_t)number, (uint64_t)row.size, ledger_read_node, call, &receipt->path);
}

Error ledger_receipt(Call *call, int64_t event, Text *out)
{
	Receipt receipt = { .key = *signer_public(call->house->signer) };
	bool readable;
	Text hash;
	Maybe number;
	TRY(ledger_entry_of(call, event, &receipt.entry, &readable));
	if (!readable) return fail(call, NOT_FOUND, "the matter of event %lld is destroyed", (long long)event);
	Text entry = ledger_entry_text(call->arena, &receipt.entry);
	Digest leaf = merkle_leaf(entry);
	TRY(ledger_leaf_of_event(call, event, &hash, &number));
	if (!text_is(hash, DIGEST_TEXT(leaf))) return fail(call, CORRUPT, "event %lld does not fit its leaf", (long long)event);
	receipt.promise = note_sign(call->house->signer, entry);
	if (number.is) TRY(receipt_prove(call, number.value, &receipt));
	*out = receipt_text(call->arena, &receipt);
	return OK;
}

Error ledger_checkpoint(Call *call, Text *out_note)
{
	LedgerCheckpointRow row;
	bool found;
	TRY(ledger_checkpoint_last(call, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no checkpoint yet");
	*out_note = row.note;
	return OK;
}

Error ledger_checkpoint_of(Call *call, int64_t size, Text *out_note)
{
	LedgerCheckpointRow row;
	bool found;
	TRY(ledger_checkpoint_row(call, size, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no checkpoint of %lld leaves", (long long)size);
	*out_note = row.note;
	return OK;
}

Error ledger_consistency(Call *call, int64_t from, int64_t to, MerkleProof *out)
{
	LedgerTreeRow tree;
	TRY(ledger_tree_now(call, &tree));
	if (from < 1 || from > to || to > tree.size)
		return fail(call, INVALID, "no proof from %lld to %lld leaves", (long long)from, (long long)to);
	return merkle_consistency((uint64_t)from, (uint64_t)to, ledger_read_node, call, out);
}

Error ledger_leaves(Call *call, int64_t from, int count, Digests *out)
{
	LedgerNumberedRows rows;
	Digests leaves = { 0 };
	TRY(ledger_leaf_numbered(call, from, count, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Digest leaf;
		if (!digest_from(rows.at[i].hash, &leaf)) return fail(call, CORRUPT, "leaf %lld is no hash", (long long)rows.at[i].number);
		list_add(call->arena, &leaves, leaf);
	}
	*out = leaves;
	return OK;
}
