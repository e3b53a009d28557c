/* The whole tree again, from its leaves, compared with all that was stored and signed. */
#include "store/ledger/ledger.h"

#include "store/ledger/ledger.sql.h"
#include "store/ledger/ledger_private.h"

enum { ROWS_AT_ONCE = 1000, FAULTS_MAX = 100 };

typedef struct Checking {
	Call *call; /* its arena is emptied again and again */
	Arena *faults_arena;
	LedgerCheck *out;
	const PublicKey *keys;
	size_t key_count;
	bool deep;
	LedgerTreeRow goal; /* as far as the sequencer had come at the start: it may run meanwhile */
	MerkleTree tree;
	LedgerCheckpointRows checkpoints; /* a page of them */
	Arena *checkpoint_arena;
	size_t next;
} Checking;

static void note_fault(Checking *checking, const char *format, ...) printf_like(2, 3);
static void note_fault(Checking *checking, const char *format, ...)
{
	if (checking->out->faults.count == FAULTS_MAX) return;
	va_list arguments;
	va_start(arguments, format);
	Text fault = arena_vprintf(checking->faults_arena, format, arguments);
	va_end(arguments);
	list_add(checking->faults_arena, &checking->out->faults, fault);
}

static Error compare_node(void *context, int level, uint64_t index, const Digest *node)
{
	Checking *checking = context;
	Digest stored;
	if (level == 0) return OK;
	Error error = ledger_read_node(checking->call, level, index, &stored);
	if (error == ERROR_NOT_FOUND || error == ERROR_CORRUPT)
		call_recover(checking->call);
	else
		TRY(error);
	if (error != OK || !digest_is(&stored, node))
		note_fault(checking, "node %d/%llu is not what the leaves give", level, (unsigned long long)index);
	return OK;
}

static bool is_signed(const Checking *checking, Arena *arena, const LedgerCheckpointRow *row, Checkpoint *out)
{
	if (checkpoint_open(arena, row->note, signer_public(checking->call->house->signer), out)) return true;
	for (size_t i = 0; i < checking->key_count; i++)
		if (checkpoint_open(arena, row->note, &checking->keys[i], out)) return true;
	return false;
}

static void compare_checkpoint(Checking *checking, const LedgerCheckpointRow *row)
{
	Digest root = merkle_root(&checking->tree);
	Checkpoint checkpoint;
	checking->out->checkpoints++;
	if (!is_signed(checking, checking->call->arena, row, &checkpoint)) {
		note_fault(checking, "checkpoint %lld is not signed with a known key", (long long)row->size);
		return;
	}
	if (checkpoint.size != checking->tree.size || !digest_is(&checkpoint.root, &root) || !text_is(row->root, DIGEST_TEXT(root)))
		note_fault(checking, "checkpoint %lld is not what the leaves give", (long long)row->size);
}

/* The next checkpoint, read page by page; NULL when there is none. */
static Error checkpoint_next(Checking *checking, const LedgerCheckpointRow **out)
{
	*out = NULL;
	if (checking->next == checking->checkpoints.count) {
		int64_t after = checking->next ? checking->checkpoints.at[checking->next - 1].size : 0;
		arena_release(checking->checkpoint_arena, (ArenaMark) { 0 });
		Call call = *checking->call;
		call.arena = checking->checkpoint_arena;
		TRY(ledger_checkpoint_after(&call, after, ROWS_AT_ONCE, &checking->checkpoints));
		checking->next = 0;
	}
	if (checking->checkpoints.count) *out = &checking->checkpoints.at[checking->next];
	return OK;
}

static Error compare_event(Checking *checking, const LedgerNumberedRow *row)
{
	LedgerEntry entry;
	bool readable;
	Error error = ledger_entry_of(checking->call, row->event, &entry, &readable);
	if (error == ERROR_CORRUPT) {
		call_recover(checking->call);
		note_fault(checking, "event %lld does not open", (long long)row->event);
		return OK;
	}
	TRY(error);
	if (!readable) {
		checking->out->unreadable++;
		return OK;
	}
	Digest leaf = merkle_leaf(ledger_entry_text(checking->call->arena, &entry));
	if (!text_is(row->hash, DIGEST_TEXT(leaf))) note_fault(checking, "event %lld does not fit its leaf", (long long)row->event);
	return OK;
}

static Error check_leaf(Checking *checking, const LedgerNumberedRow *row)
{
	Digest leaf;
	if (row->number != (int64_t)checking->tree.size)
		return fail(checking->call, CORRUPT, "leaf %llu is missing", (unsigned long long)checking->tree.size);
	if (!digest_from(row->hash, &leaf)) return fail(checking->call, CORRUPT, "leaf %lld is no hash", (long long)row->number);
	TRY(merkle_add(&checking->tree, &leaf, compare_node, checking));
	if (checking->deep) TRY(compare_event(checking, row));
	const LedgerCheckpointRow *checkpoint;
	TRY(checkpoint_next(checking, &checkpoint));
	if (!checkpoint || (uint64_t)checkpoint->size != checking->tree.size) return OK;
	compare_checkpoint(checking, checkpoint);
	checking->next++;
	return OK;
}

static Error check_leaves(Checking *checking)
{
	while (checking->tree.size < (uint64_t)checking->goal.size) {
		arena_release(checking->call->arena, (ArenaMark) { 0 });
		LedgerNumberedRows rows;
		TRY(ledger_leaf_numbered(checking->call, (int64_t)checking->tree.size, ROWS_AT_ONCE, &rows));
		if (!rows.count) return fail(checking->call, CORRUPT, "leaf %llu is missing", (unsigned long long)checking->tree.size);
		for (size_t i = 0; i < rows.count && checking->tree.size < (uint64_t)checking->goal.size; i++) {
			ArenaMark mark = arena_mark(checking->call->arena);
			TRY(check_leaf(checking, &rows.at[i]));
			arena_release(checking->call->arena, mark);
		}
	}
	return OK;
}

static Error check_end(Checking *checking)
{
	LedgerTreeRow now;
	const LedgerCheckpointRow *checkpoint;
	Text frontier = merkle_tree_text(checking->call->arena, &checking->tree);
	bool fits = (uint64_t)checking->goal.size == checking->tree.size &&
		    (checking->goal.size == 0 || text_is(checking->goal.frontier, frontier));
	if (!fits) note_fault(checking, "the stored tree of %lld leaves is not what the leaves give", (long long)checking->goal.size);
	TRY(checkpoint_next(checking, &checkpoint));
	TRY(ledger_tree_now(checking->call, &now));
	if (checkpoint && (checkpoint->size <= checking->goal.size || checkpoint->size > now.size))
		note_fault(checking, "checkpoint %lld has no leaf", (long long)checkpoint->size);
	checking->out->leaves = (int64_t)checking->tree.size;
	checking->out->root = merkle_root(&checking->tree);
	return OK;
}

static Error check_all(Checking *checking)
{
	Call outer = *checking->call;
	outer.arena = checking->faults_arena; /* the goal stays while the other arena is emptied */
	TRY(ledger_tree_now(&outer, &checking->goal));
	Error error = check_leaves(checking);
	if (error == ERROR_CORRUPT) {
		note_fault(checking, "%.*s", TEXT_ARGS(checking->call->failure.detail));
		call_recover(checking->call);
	} else {
		TRY(error);
	}
	return check_end(checking);
}

Error ledger_check(Call *call, const PublicKey *keys, size_t key_count, bool deep, LedgerCheck *out)
{
	Arena *scratch scoped(arena_free) = arena_new(ARENA_CEILING), *checkpoint_arena scoped(arena_free) = arena_new(ARENA_CEILING);
	LedgerCheck found = { 0 };
	Call inner = *call;
	inner.arena = scratch;
	Checking checking = { .call = &inner,
		.faults_arena = call->arena,
		.out = &found,
		.keys = keys,
		.key_count = key_count,
		.deep = deep,
		.checkpoint_arena = checkpoint_arena };
	Error error = check_all(&checking);
	if (error != OK) return call_fail(call, error, inner.failure.file, inner.failure.line, "%.*s", TEXT_ARGS(inner.failure.detail));
	*out = found;
	return OK;
}
