#include "store/db/sample.h"

#include <pthread.h>

static int64_t count_rows(Test *t)
{
	int64_t count;
	CHECK_OK(t->call, sample_count(t->call, &count));
	return count;
}

static Error put_and_fail(Call *call, void *argument)
{
	(void)argument;
	int64_t id;
	TRY(sample_put(call, TEXT("gone"), &id));
	return fail(call, FORBIDDEN, "test");
}

TEST_DB(db__a_body_that_fails_leaves_nothing)
{
	sample_create(t);
	CHECK_ERROR(t->call, db_transact(t->call, put_and_fail, NULL), FORBIDDEN);
	CHECK_INT(count_rows(t), 0);
	CHECK(!db_in_transaction(t->call));
}

static Error put_one(Call *call, void *argument)
{
	int64_t id;
	return sample_put(call, text_from(argument), &id);
}

static Error outer_goes_on(Call *call, void *argument)
{
	(void)argument;
	char kept[] = "kept", inner[] = "inner";
	TRY(db_transact(call, put_one, kept));
	Error error = db_transact(call, put_and_fail, NULL);
	if (error != ERROR_FORBIDDEN) return fail(call, INTERNAL, "the nested one should have failed");
	call_recover(call);
	return db_transact(call, put_one, inner);
}

TEST_DB(db__nested_failure_takes_back_its_own_changes_only)
{
	sample_create(t);
	CHECK_OK(t->call, db_transact(t->call, outer_goes_on, NULL));
	CHECK_INT(count_rows(t), 2);
}

static Error overlook_a_conflict(Call *call, void *argument)
{
	Error *second = argument;
	char name[] = "same", other[] = "other";
	TRY(put_one(call, name));
	if (put_one(call, name) != ERROR_CONFLICT) return fail(call, INTERNAL, "no conflict");
	call_recover(call);
	*second = put_one(call, other);
	call_recover(call);
	return OK;
}

TEST_DB(db__after_a_failed_statement_the_transaction_is_over)
{
	sample_create(t);
	Error second = OK;
	CHECK_ERROR(t->call, db_transact(t->call, overlook_a_conflict, &second), CONFLICT);
	CHECK_INT(second, ERROR_INTERNAL);
	CHECK_INT(count_rows(t), 0);
}

static Error recover_from_a_conflict(Call *call, void *argument)
{
	(void)argument;
	char name[] = "same", other[] = "other";
	TRY(put_one(call, name));
	if (db_transact(call, put_one, name) != ERROR_CONFLICT) return fail(call, INTERNAL, "no conflict");
	call_recover(call);
	return put_one(call, other);
}

TEST_DB(db__a_conflict_inside_a_nested_transaction_can_be_survived)
{
	sample_create(t);
	CHECK_OK(t->call, db_transact(t->call, recover_from_a_conflict, NULL));
	CHECK_INT(count_rows(t), 2);
}

/* ---- Many at once */

enum { THREADS = 6, ROUNDS = 40 };
typedef struct Worker {
	pthread_t thread;
	Test *t;
	int64_t row;
	int number, done, runs, refused;
} Worker;

static Error add_one(Call *call, void *argument)
{
	Worker *worker = argument;
	worker->runs++;
	int64_t count;
	TRY(sample_counter_add(call, worker->row, 1, &count));
	return worker->number == 0 ? fail(call, FORBIDDEN, "the first always fails") : OK;
}

static void *add_many(void *argument)
{
	Worker *worker = argument;
	Call call = sample_other_call(worker->t);
	while (worker->done + worker->refused < ROUNDS) {
		Error error = db_transact(&call, add_one, worker);
		worker->done += error == OK;
		worker->refused += error == ERROR_FORBIDDEN;
		must(error == OK || error == ERROR_FORBIDDEN || error == ERROR_BUSY);
		call_recover(&call);
	}
	arena_free(&call.arena);
	return NULL;
}

TEST_DB(db__many_writers_lose_no_change_and_one_that_fails_hurts_nobody)
{
	sample_create(t);
	char name[] = "counter";
	CHECK_OK(t->call, db_transact(t->call, put_one, name));
	SampleRow row;
	bool found;
	CHECK_OK(t->call, sample_seek(t->call, TEXT("counter"), &row, &found));
	Worker workers[THREADS];
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (Worker) { .t = t, .row = row.id, .number = i };
		CHECK(pthread_create(&workers[i].thread, NULL, add_many, &workers[i]) == 0);
	}
	int done = 0;
	for (int i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		done += workers[i].done;
	}
	CHECK_INT(done, (THREADS - 1) * ROUNDS);
	CHECK_OK(t->call, sample_find(t->call, row.id, &row));
	CHECK_INT(row.count.value, done);
}

/* Each writes a row if the other has not: with snapshots alone both would. */
typedef struct Skew {
	pthread_barrier_t *barrier;
	Test *t;
	char own[8], other[8];
	int runs;
	Error error;
} Skew;

static Error write_if_other_has_not(Call *call, void *argument)
{
	Skew *skew = argument;
	SampleRow row;
	bool found;
	TRY(sample_seek(call, text_from(skew->other), &row, &found));
	if (skew->runs++ == 0 && db_kind(call->db) == DB_POSTGRES) pthread_barrier_wait(skew->barrier);
	if (found) return fail(call, FORBIDDEN, "the other was first");
	return put_one(call, skew->own);
}

static void *skew_run(void *argument)
{
	Skew *skew = argument;
	Call call = sample_other_call(skew->t);
	skew->error = db_transact(&call, write_if_other_has_not, skew);
	arena_free(&call.arena);
	return NULL;
}

TEST_DB(db__what_a_body_decided_on_still_holds_when_it_commits)
{
	sample_create(t);
	pthread_barrier_t barrier;
	pthread_barrier_init(&barrier, NULL, 2);
	Skew a = { &barrier, t, "a", "b", 0, OK }, b = { &barrier, t, "b", "a", 0, OK };
	pthread_t other;
	CHECK(pthread_create(&other, NULL, skew_run, &a) == 0);
	skew_run(&b);
	pthread_join(other, NULL);
	CHECK((a.error == OK && b.error == ERROR_FORBIDDEN) || (b.error == OK && a.error == ERROR_FORBIDDEN));
	CHECK_INT(count_rows(t), 1);
	if (t->database == TEST_POSTGRES) CHECK_INT(a.runs + b.runs, 3);
}

static Error fill_arena(Call *call, void *argument)
{
	int *runs = argument;
	if (call->failure.kind != OK || call->failure.problems.count != 1)
		return fail(call, INTERNAL, "the failure of the first run is still there");
	arena_alloc(call->arena, 1000 * 1000);
	call_problem(call, TEXT("b"), "wrong", (Text) { 0 });
	int64_t id;
	TRY(sample_put(call, TEXT("once"), &id));
	if ((*runs)++ > 0) return OK;
	((Transaction *)call->transaction)->rerun = true;
	return fail(call, BUSY, "as if 40001");
}

static Error without_locks(Call *call, void *argument)
{
	int *runs = argument;
	int64_t id;
	TRY(sample_put(call, TEXT("once"), &id));
	if ((*runs)++ > 1) return OK;
	return db_script(call, "DO $$ BEGIN RAISE 'out of shared memory' USING ERRCODE = '53200'; END $$");
}

TEST_DB(db__runs_again_when_the_server_had_no_room_for_locks)
{
	sample_create(t);
	if (t->database == TEST_SQLITE) return; /* which locks as a whole */
	int runs = 0;
	CHECK_OK(t->call, db_transact(t->call, without_locks, &runs));
	CHECK_INT(runs, 3);
	CHECK_INT(count_rows(t), 1);
}

TEST_DB(db__a_second_run_starts_where_the_first_did)
{
	sample_create(t);
	if (t->database == TEST_SQLITE) return; /* there only a failed group commit leads to one; see sqlite_test.c */
	int runs = 0;
	call_problem(t->call, TEXT("a"), "wrong", (Text) { 0 });
	CHECK_OK(t->call, db_transact(t->call, fill_arena, &runs));
	CHECK_INT(runs, 2);
	CHECK_INT(count_rows(t), 1);
}
