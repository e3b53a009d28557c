#include "harness/test.h"
#include "store/ledger/ledger.h"
#include "store/ledger/ledger_test.sql.h"
#include "store/seal/seal.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Recording {
	LedgerEvent event;
	int64_t id;
	bool give_up;
} Recording;

static Error record(Call *call, void *argument)
{
	Recording *recording = argument;
	TRY(ledger_record(call, &recording->event, &recording->id));
	TRY(change_record(call, recording->event.kind, recording->event.ref));
	return recording->give_up ? fail(call, CONFLICT, "on purpose") : OK;
}

static int64_t recorded(Test *t, const char *ref, Text detail)
{
	Recording recording = { .event = { .kind = "report", .ref = text_from(ref), .action = "receive", .detail = detail } };
	CHECK_OK(t->call, db_transact(t->call, record, &recording));
	return recording.id;
}

static void roll_back(Test *t)
{
	Recording recording = { .event = { .kind = "report", .ref = TEXT("never"), .action = "receive" }, .give_up = true };
	CHECK_ERROR(t->call, db_transact(t->call, record, &recording), CONFLICT);
}

static int64_t sequenced(Test *t)
{
	int64_t numbered = -1;
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	return numbered;
}

static void check_sound(Test *t, int64_t leaves)
{
	LedgerCheck found;
	CHECK_OK(t->call, ledger_check(t->call, NULL, 0, true, &found));
	if (found.faults.count) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(found.faults.at[0]));
	CHECK_INT(found.leaves, leaves);
}

static void check_faults(Test *t, Text part)
{
	LedgerCheck found;
	CHECK_OK(t->call, ledger_check(t->call, NULL, 0, true, &found));
	for (size_t i = 0; i < found.faults.count; i++)
		if (text_find(found.faults.at[i], part, NULL)) return;
	test_fail(__FILE__, __LINE__, "%zu faults, none says \"%.*s\"", found.faults.count, TEXT_ARGS(part));
}

TEST_DB(ledger__numbers_have_no_gap_whatever_is_rolled_back)
{
	Changes changes;
	int64_t latest = -1;
	CHECK_OK(t->call, change_latest(t->call, &latest));
	CHECK_INT(latest, 0);
	recorded(t, "r-1", TEXT("a"));
	roll_back(t);
	recorded(t, "r-2", TEXT("b"));
	CHECK_OK(t->call, change_since(t->call, 0, 10, &changes));
	CHECK_INT(changes.count, 0); /* not numbered yet */
	CHECK_INT(sequenced(t), 4);
	CHECK_INT(sequenced(t), 0);
	roll_back(t);
	recorded(t, "r-3", TEXT("c"));
	CHECK_INT(sequenced(t), 2);
	CHECK_OK(t->call, change_since(t->call, 1, 10, &changes));
	CHECK_INT(changes.count, 2);
	CHECK(changes.at[0].number == 2 && changes.at[1].number == 3);
	CHECK_TEXT(changes.at[1].ref, "r-3");
	CHECK_OK(t->call, change_latest(t->call, &latest));
	CHECK_INT(latest, 3);
	check_sound(t, 3);
}

static Error record_late(Call *call, void *argument)
{
	Recording early = { .event = { .kind = "report", .ref = TEXT("early"), .action = "receive" } };
	(void)argument;
	return record(call, &early);
}

TEST_DB(ledger__numbers_given_once_never_change)
{
	Digests before, after;
	for (int i = 0; i < 5; i++) recorded(t, "r", TEXT("x"));
	sequenced(t);
	CHECK_OK(t->call, ledger_leaves(t->call, 0, 100, &before));
	CHECK_OK(t->call, db_transact(t->call, record_late, NULL));
	sequenced(t);
	CHECK_OK(t->call, ledger_leaves(t->call, 0, 100, &after));
	CHECK(before.count == 5 && after.count == 6);
	for (size_t i = 0; i < before.count; i++) CHECK(digest_is(&before.at[i], &after.at[i]));
	check_sound(t, 6);
}

typedef struct Runner {
	Test *t;
	bool writes, right;
	int64_t numbered;
} Runner;

static void *run_beside(void *argument)
{
	Runner *runner = argument;
	Call call = *runner->t->call;
	call.arena = arena_new(ARENA_CEILING);
	runner->right = true;
	for (int i = 0; i < 30; i++) {
		Recording recording = { .event = { .kind = "report", .ref = TEXT("beside"), .action = "receive" }, .give_up = i % 5 == 4 };
		int64_t numbered = 0;
		Error error = runner->writes ? db_transact(&call, record, &recording) : ledger_sequence(&call, &numbered);
		if (error == ERROR_CONFLICT)
			call_recover(&call);
		else
			runner->right = runner->right && error == OK;
		runner->numbered += numbered;
	}
	arena_free(&call.arena);
	return NULL;
}

TEST_DB(ledger__two_sequencers_and_many_writers_at_once_stay_in_step)
{
	Runner runners[] = { { t, false }, { t, false }, { t, true }, { t, true }, { t, true } };
	pthread_t threads[COUNT(runners)];
	int64_t numbered = 0;
	for (size_t i = 0; i < COUNT(runners); i++) CHECK(pthread_create(&threads[i], NULL, run_beside, &runners[i]) == 0);
	for (size_t i = 0; i < COUNT(runners); i++) {
		CHECK(pthread_join(threads[i], NULL) == 0 && runners[i].right);
		numbered += runners[i].numbered;
	}
	numbered += sequenced(t);
	CHECK_INT(numbered, 3 * 24 * 2);
	check_sound(t, 3 * 24);
}

TEST_DB(ledger__promise_comes_at_once_and_the_proof_with_the_number)
{
	int64_t first = recorded(t, "r-1", TEXT("detail"));
	Text promise, proof;
	Receipt receipt;
	const char *why = NULL;
	const PublicKey *key = signer_public(t->house->signer);
	CHECK_OK(t->call, ledger_receipt(t->call, first, &promise));
	CHECK(receipt_verify(t->arena, promise, key, 1, &receipt, &why) && !receipt.proven);
	Digest detail = sha256(TEXT("detail"));
	CHECK(digest_is(&receipt.entry.detail, &detail) && receipt.entry.at == t->call->now);
	CHECK_TEXT(receipt.entry.ref, "r-1");
	for (int i = 0; i < 20; i++) recorded(t, "r-2", TEXT("other"));
	sequenced(t);
	recorded(t, "r-3", TEXT("other"));
	sequenced(t);
	CHECK_OK(t->call, ledger_receipt(t->call, first, &proof));
	CHECK(receipt_verify(t->arena, proof, key, 1, &receipt, &why) && receipt.proven && receipt.index == 0 &&
		receipt.checkpoint.size == 22);
	CHECK(text_starts(proof, promise)); /* the promise given first is part of it, byte by byte */
}

TEST_DB(ledger__receipt_altered_at_any_byte_is_refused)
{
	int64_t event = 0;
	for (int i = 0; i < 6; i++) event = recorded(t, "r-1", TEXT("detail"));
	recorded(t, "r-1", TEXT("last"));
	sequenced(t);
	Text document;
	CHECK_OK(t->call, ledger_receipt(t->call, event, &document));
	const PublicKey *key = signer_public(t->house->signer);
	Receipt receipt;
	const char *why = NULL;
	CHECK(receipt_verify(t->arena, document, key, 1, &receipt, &why) && receipt.proven && receipt.path.count == 3);
	Arena *scratch scoped(arena_free) = arena_new(ARENA_CEILING);
	for (size_t i = 0; i < document.length; i++)
		for (int bit = 0; bit < 8; bit += 3) {
			Text changed = arena_copy(scratch, document);
			((char *)(uintptr_t)changed.at)[i] ^= (char)(1 << bit);
			if (receipt_verify(scratch, changed, key, 1, &receipt, &why))
				test_fail(__FILE__, __LINE__, "byte %zu, bit %d may be changed", i, bit);
			if (receipt_verify(scratch, changed, NULL, 0, &receipt, &why))
				test_fail(__FILE__, __LINE__, "byte %zu, bit %d may be changed without a key", i, bit);
			arena_release(scratch, (ArenaMark) { 0 });
		}
	size_t promise_end;
	CHECK(text_find(document, TEXT("\n\nindex"), &promise_end));
	for (size_t length = 0; length < document.length; length++)
		CHECK(receipt_verify(t->arena, text_slice(document, 0, length), key, 1, &receipt, &why) == (length == promise_end + 1));
	CHECK(!receipt_verify(t->arena, arena_printf(t->arena, "%.*s\n", TEXT_ARGS(document)), key, 1, &receipt, &why));
}

TEST_DB(ledger__receipt_of_another_library_is_refused)
{
	int64_t event = recorded(t, "r-1", TEXT("detail"));
	Signer *other scoped(signer_free) = signer_new(TEXT("library.example/ledger"));
	Text document;
	Receipt receipt;
	const char *why = NULL;
	sequenced(t);
	CHECK_OK(t->call, ledger_receipt(t->call, event, &document));
	CHECK(!receipt_verify(t->arena, document, signer_public(other), 1, &receipt, &why));
	CHECK(strcmp(why, "It was signed with another key than the one given.") == 0);
	CHECK(receipt_verify(
		t->arena, document, (PublicKey[]) { *signer_public(other), *signer_public(t->house->signer) }, 2, &receipt, &why));
}

TEST_DB(ledger__checkpoint_reads_as_a_signed_note_and_trees_extend_one_another)
{
	Text note, missing;
	CHECK_ERROR(t->call, ledger_checkpoint(t->call, &missing), NOT_FOUND);
	Digest roots[12];
	for (int64_t size = 1; size < (int64_t)COUNT(roots); size++) {
		recorded(t, "r", TEXT("x"));
		sequenced(t);
		Checkpoint checkpoint;
		CHECK_OK(t->call, ledger_checkpoint(t->call, &note));
		CHECK(checkpoint_open(t->arena, note, signer_public(t->house->signer), &checkpoint) && (int64_t)checkpoint.size == size);
		CHECK(text_starts(note, arena_printf(t->arena, "library.example/ledger\n%lld\n", (long long)size)));
		roots[size] = checkpoint.root;
		CHECK_OK(t->call, ledger_checkpoint_of(t->call, size, &missing));
		CHECK(text_is(note, missing));
	}
	for (int64_t to = 1; to < (int64_t)COUNT(roots); to++)
		for (int64_t from = 1; from <= to; from++) {
			MerkleProof proof;
			CHECK_OK(t->call, ledger_consistency(t->call, from, to, &proof));
			CHECK(merkle_verify_consistency((uint64_t)from, (uint64_t)to, &roots[from], &roots[to], &proof));
		}
	MerkleProof proof;
	CHECK_ERROR(t->call, ledger_consistency(t->call, 0, 3, &proof), INVALID);
	CHECK_ERROR(t->call, ledger_consistency(t->call, 2, (int64_t)COUNT(roots), &proof), INVALID);
}

static Error new_matter(Call *call, void *argument) { return seal_matter_new(call, argument); }
static Error destroy_matter(Call *call, void *argument) { return seal_matter_destroy(call, *(int64_t *)argument); }

TEST_DB(ledger__events_come_newest_first_and_tell_who_did_what)
{
	int64_t matter = 0;
	CHECK_OK(t->call, db_transact(t->call, new_matter, &matter));
	const Actor person = { .person_id = 7, .roles = ROLE_REPORTER };
	t->call->actor = &person;
	Recording read = { .event = {
				   .kind = "report", .ref = TEXT("r-1"), .action = "read", .matter = matter, .detail = TEXT("detail") } };
	recorded(t, "r-1", TEXT("first"));
	recorded(t, "r-2", TEXT("elsewhere"));
	CHECK_OK(t->call, db_transact(t->call, record, &read));
	Events events;
	Event found;
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "report", TEXT("r-1"), 0, 10, &events));
	CHECK(events.count == 2 && events.at[0].id == read.id && events.at[0].actor == 7);
	CHECK_TEXT(events.at[0].detail, "detail");
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "report", TEXT("r-1"), events.at[0].id, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_TEXT(events.at[0].detail, "first");
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("r-1"), "read", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_OK(t->call, ledger_events_of_actor(t->call, 7, 0, 10, &events));
	CHECK_INT(events.count, 3);
	CHECK_OK(t->call, ledger_event_find(t->call, events.at[0].code, &found));
	CHECK_INT(found.id, events.at[0].id);
	CHECK_OK(t->call, ledger_events(t->call, 0, 2, &events));
	CHECK_INT(events.count, 2);
	CHECK_OK(t->call, db_transact(t->call, destroy_matter, &matter));
	CHECK_OK(t->call, ledger_event_find(t->call, found.code, &found));
	CHECK(!found.detail.at);
	Text document;
	CHECK_ERROR(t->call, ledger_receipt(t->call, read.id, &document), NOT_FOUND);
	sequenced(t);
	check_sound(t, 3); /* the tree stands without what it was made of */
}

TEST_DB(ledger__ref_that_is_no_word_is_refused)
{
	Recording recording = { .event = { .kind = "report", .ref = TEXT("r 1"), .action = "receive" } };
	CHECK_ERROR(t->call, db_transact(t->call, record, &recording), INVALID);
	recording.event.ref = TEXT("r\n1");
	CHECK_ERROR(t->call, db_transact(t->call, record, &recording), INVALID);
}

static Error tamper_leaf(Call *call, void *argument) { return test_leaf_tamper(call, 3, *(Text *)argument); }
static Error tamper_event(Call *call, void *argument)
{
	(void)argument;
	return test_event_tamper(call, TEXT("r-2"), TEXT("r-9"));
}
static Error tamper_node(Call *call, void *argument) { return test_node_tamper(call, 1, 1, *(Text *)argument); }
static Error remove_leaf(Call *call, void *argument)
{
	(void)argument;
	return test_leaf_remove(call, 4);
}

static void fill(Test *t)
{
	for (int i = 0; i < 5; i++) recorded(t, i == 2 ? "r-2" : "r-1", TEXT("x"));
	sequenced(t);
	check_sound(t, 5);
}

TEST_DB(ledger__check_sees_a_changed_leaf)
{
	Digest other = sha256(TEXT("other"));
	fill(t);
	CHECK_OK(t->call, db_transact(t->call, tamper_leaf, &(Text) { (const char *)other.at, sizeof(other.at) }));
	check_faults(t, TEXT("checkpoint 5 is not what the leaves give"));
	check_faults(t, TEXT("does not fit its leaf"));
}

TEST_DB(ledger__check_sees_a_changed_event)
{
	fill(t);
	CHECK_OK(t->call, db_transact(t->call, tamper_event, NULL));
	check_faults(t, TEXT("does not fit its leaf"));
}

TEST_DB(ledger__check_sees_a_changed_node)
{
	Digest other = sha256(TEXT("other"));
	fill(t);
	CHECK_OK(t->call, db_transact(t->call, tamper_node, &(Text) { (const char *)other.at, sizeof(other.at) }));
	check_faults(t, TEXT("node 1/1 is not what the leaves give"));
}

TEST_DB(ledger__check_sees_a_missing_leaf)
{
	fill(t);
	CHECK_OK(t->call, db_transact(t->call, remove_leaf, NULL));
	check_faults(t, TEXT("leaf 4 is missing"));
}

TEST_DB(ledger__check_sees_a_foreign_signature)
{
	fill(t);
	signer_free(&t->house->signer);
	t->house->signer = signer_new(TEXT("library.example/ledger"));
	check_faults(t, TEXT("checkpoint 5 is not signed with a known key"));
}
