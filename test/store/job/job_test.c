#include "base/base/clock.h"
#include "harness/test.h"
#include "store/job/job.h"

#include <time.h>

static int runs, seen_attempt;
static char seen_payload[64];
static Error outcome = OK;

static Error note(Call *call, const Job *job)
{
	(void)call;
	__atomic_add_fetch(&runs, 1, __ATOMIC_SEQ_CST);
	seen_attempt = (int)job->attempt;
	snprintf(seen_payload, sizeof(seen_payload), "%.*s", TEXT_ARGS(job->payload));
	return outcome == OK ? OK : call_fail(call, outcome, __FILE__, __LINE__, "test");
}
static const JobKind note_kind = { .name = "note", .run = note, .attempts_max = 3 },
		     tick_kind = { .name = "tick", .run = note, .every_milliseconds = 1000 };
static const JobKind *const kinds[] = { &note_kind, &tick_kind };

typedef struct Addition {
	const char *once;
	int64_t at;
	Error then;
} Addition;

static Error add(Call *call, void *argument)
{
	const Addition *addition = argument;
	TRY(job_add(call, "note", addition->once, TEXT("payload"), addition->at));
	return addition->then == OK ? OK : fail(call, FORBIDDEN, "test");
}

static void add_one(Test *t, const char *once, int64_t at)
{
	Addition addition = { once, at, OK };
	CHECK_OK(t->call, db_transact(t->call, add, &addition));
}

static bool run(Test *t)
{
	bool ran = false;
	Error error = job_run_one(t->call, kinds, COUNT(kinds), &ran);
	CHECK(error == OK || error == outcome);
	call_recover(t->call);
	return ran;
}

TEST_DB(job__a_job_runs_once_when_it_is_due)
{
	add_one(t, NULL, t->call->now + 1000);
	CHECK(!run(t));
	t->call->now += 1000;
	CHECK(run(t));
	CHECK(strcmp(seen_payload, "payload") == 0);
	CHECK(!run(t));
	CHECK_INT(runs, 1);
}

TEST_DB(job__a_transaction_that_fails_adds_none)
{
	Addition addition = { NULL, t->call->now, ERROR_FORBIDDEN };
	CHECK_ERROR(t->call, db_transact(t->call, add, &addition), FORBIDDEN);
	CHECK(!run(t));
}

TEST_DB(job__the_same_key_is_one_job_until_it_is_finished)
{
	add_one(t, "key", t->call->now);
	add_one(t, "key", t->call->now);
	CHECK(run(t));
	CHECK(!run(t));
	add_one(t, "key", t->call->now);
	CHECK(run(t));
}

TEST_DB(job__what_fails_comes_back_later_and_is_given_up_at_last)
{
	add_one(t, NULL, t->call->now);
	outcome = ERROR_BUSY;
	for (int attempt = 1; attempt <= 3; attempt++) {
		CHECK(run(t));
		CHECK_INT(seen_attempt, attempt);
		CHECK(!run(t)); /* not at once */
		t->call->now += 12 * 3600 * 1000;
	}
	CHECK(!run(t));
	DeadJobs dead;
	CHECK_OK(t->call, job_dead_list(t->call, 0, 10, &dead));
	CHECK_INT(dead.count, 1);
	CHECK_TEXT(dead.at[0].last_error, "BUSY");
	CHECK_INT(dead.at[0].attempts, 3);
	outcome = OK;
	CHECK_OK(t->call, job_again(t->call, dead.at[0].id));
	CHECK(run(t));
	CHECK_ERROR(t->call, job_again(t->call, dead.at[0].id), NOT_FOUND);
}

static Job first_lease;
static Error keep_lease(Call *call, const Job *job)
{
	(void)call;
	if (!first_lease.id) first_lease = *job;
	return job->attempt == 1 ? fail(call, CONFLICT, "as if this runner had died") : OK;
}

TEST_DB(job__a_late_runner_cannot_end_what_another_has_taken_over)
{
	static const JobKind kind = { .name = "note", .run = keep_lease };
	static const JobKind *const only[] = { &kind };
	add_one(t, NULL, t->call->now);
	bool ran;
	CHECK_ERROR(t->call, job_run_one(t->call, only, 1, &ran), CONFLICT);
	CHECK_OK(t->call, job_renew(t->call, &first_lease)); /* nobody else has taken it yet */
	t->call->now += first_lease.lease_milliseconds + 1;
	CHECK_OK(t->call, job_run_one(t->call, only, 1, &ran));
	CHECK(ran);
	CHECK_ERROR(t->call, job_renew(t->call, &first_lease), CONFLICT);
	CHECK_ERROR(t->call, job_done(t->call, &first_lease), CONFLICT);
}

TEST_DB(job__a_job_of_an_unknown_kind_is_left_to_others)
{
	static const JobKind *const only_tick[] = { &tick_kind };
	add_one(t, NULL, t->call->now);
	bool ran = true;
	CHECK_OK(t->call, job_run_one(t->call, only_tick, 1, &ran));
	CHECK(!ran);
}

static void pause_milliseconds(int milliseconds)
{
	struct timespec pause = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	nanosleep(&pause, NULL);
}

TEST_DB(job__several_runners_do_each_job_once_and_soon)
{
	enum { JOBS = 40 };
	t->call->now = clock_wall();
	JobRunner *runners[2];
	for (int i = 0; i < 2; i++) CHECK_OK(t->call, job_runner_start(t->call, t->house, kinds, 1, 2, &runners[i]));
	for (int i = 0; i < JOBS; i++) add_one(t, NULL, t->call->now);
	int64_t until = clock_monotonic() + 20000;
	while (__atomic_load_n(&runs, __ATOMIC_SEQ_CST) < JOBS && clock_monotonic() < until) pause_milliseconds(5);
	pause_milliseconds(150);
	for (int i = 0; i < 2; i++) job_runner_stop(&runners[i]);
	CHECK_INT(runs, JOBS);
}

TEST_DB(job__a_schedule_is_one_job_however_many_runners_start)
{
	t->call->now = clock_wall();
	JobRunner *runners[3];
	for (int i = 0; i < 3; i++) CHECK_OK(t->call, job_runner_start(t->call, t->house, kinds, COUNT(kinds), 1, &runners[i]));
	pause_milliseconds(1700);
	for (int i = 0; i < 3; i++) job_runner_stop(&runners[i]);
	CHECK(runs >= 1 && runs <= 2);
	t->call->now = clock_wall() + 5000;
	CHECK(run(t));
	CHECK(!run(t));
}
