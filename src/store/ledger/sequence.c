/* The sequencer: the only place where leaves and changes get their numbers. */
#include "store/ledger/ledger.h"

#include "store/ledger/ledger.sql.h"
#include "store/ledger/ledger_private.h"

enum { ROWS_AT_ONCE = 1000 };

static Error store_node(void *context, int level, uint64_t index, const Digest *node)
{
	if (level == 0) return OK; /* the leaf's own row */
	return ledger_node_add(context, level, (int64_t)index, DIGEST_TEXT(*node));
}

static Error tree_of(Call *call, const LedgerTreeRow *row, MerkleTree *out)
{
	if (!row->frontier.at) {
		*out = (MerkleTree) { 0 };
		return row->size == 0 ? OK : fail(call, CORRUPT, "the ledger's tree has no frontier");
	}
	if (!merkle_tree_parse(row->frontier, out) || out->size != (uint64_t)row->size)
		return fail(call, CORRUPT, "the ledger's frontier does not fit its size");
	return OK;
}

static Error number_leaves(Call *call, MerkleTree *tree, size_t *out_count)
{
	LedgerLeafRows rows;
	TRY(ledger_leaf_waiting(call, ROWS_AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Digest leaf;
		int64_t changed;
		if (!digest_from(rows.at[i].hash, &leaf)) return fail(call, CORRUPT, "leaf %lld is no hash", (long long)rows.at[i].id);
		TRY(ledger_leaf_number(call, rows.at[i].id, (int64_t)tree->size, &changed));
		if (changed != 1) return fail(call, CONFLICT, "leaf %lld was numbered meanwhile", (long long)rows.at[i].id);
		TRY(merkle_add(tree, &leaf, store_node, call));
	}
	*out_count = rows.count;
	return OK;
}

static Error number_changes(Call *call, int64_t *number, size_t *out_count)
{
	Numbers rows;
	TRY(ledger_change_waiting(call, ROWS_AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		int64_t changed;
		TRY(ledger_change_number(call, rows.at[i], ++*number, &changed));
		if (changed != 1) return fail(call, CONFLICT, "change %lld was numbered meanwhile", (long long)rows.at[i]);
	}
	*out_count = rows.count;
	return OK;
}

static Error sign_checkpoint(Call *call, const MerkleTree *tree)
{
	const Signer *signer = call->house->signer;
	const PublicKey *key = signer_public(signer);
	Checkpoint checkpoint = { .origin = key->name, .size = tree->size, .root = merkle_root(tree) };
	Text text = checkpoint_text(call->arena, &checkpoint);
	Signature signature = note_sign(signer, text);
	return ledger_checkpoint_add(
		call, (int64_t)tree->size, call->now, DIGEST_TEXT(checkpoint.root), note_text(call->arena, text, key, &signature));
}

typedef struct Batch {
	size_t leaves, changes;
} Batch;

static Error sequence_some(Call *call, void *argument)
{
	Batch *batch = argument;
	LedgerTreeRow row;
	MerkleTree tree;
	int64_t changed;
	TRY(ledger_tree_now(call, &row));
	TRY(tree_of(call, &row, &tree));
	int64_t changes = row.changes;
	TRY(number_leaves(call, &tree, &batch->leaves));
	TRY(number_changes(call, &changes, &batch->changes));
	if (!batch->leaves && !batch->changes) return OK;
	Text frontier = tree.size ? merkle_tree_text(call->arena, &tree) : (Text) { 0 };
	TRY(ledger_tree_move(call, row.size, row.changes, (int64_t)tree.size, frontier, changes, &changed));
	if (changed != 1) return fail(call, CONFLICT, "another sequencer was faster");
	return batch->leaves ? sign_checkpoint(call, &tree) : OK;
}

static Error is_waiting(Call *call, bool *out)
{
	LedgerLeafRows leaves;
	Numbers changes;
	TRY(ledger_leaf_waiting(call, 1, &leaves));
	TRY(ledger_change_waiting(call, 1, &changes));
	*out = leaves.count || changes.count;
	return OK;
}

Error ledger_sequence(Call *call, int64_t *out_numbered)
{
	must(call->house->signer && !db_in_transaction(call));
	int64_t numbered = 0;
	for (bool waiting = true;;) {
		ArenaMark mark = arena_mark(call->arena);
		Batch batch = { 0 };
		TRY(is_waiting(call, &waiting)); /* most runs find nothing: no transaction for them */
		if (!waiting) break;
		TRY(db_transact(call, sequence_some, &batch));
		numbered += (int64_t)(batch.leaves + batch.changes);
		arena_release(call->arena, mark);
	}
	*out_numbered = numbered;
	return OK;
}
