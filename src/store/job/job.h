/*
 * job: what is done later, at least once, by whichever node comes first. A job is added in the transaction of the change that wants it, so both
 * happen or neither. A runner leases it; a runner that dies loses its lease and another one takes the job. The fence tells a late runner from
 * the one that holds the lease. A job that fails is tried again ever later; one that failed too often is kept as dead until somebody looks.
 */
#pragma once
#include "store/db/db.h"

typedef struct Job {
	int64_t id, fence;
	int64_t attempt; /* 1: the first */
	Text kind, payload;
	int64_t lease_milliseconds;
} Job;
/* Runs outside a transaction. What must happen exactly once belongs into a db_transact that calls job_done as well. */
typedef Error JobBody(Call *call, const Job *job);
typedef struct JobKind {
	const char *name;
	JobBody *run;
	int64_t lease_milliseconds; /* how long a run may take without job_renew; 0: one minute */
	int64_t every_milliseconds; /* not 0: a schedule; the runner makes its one job, which never dies */
	int attempts_max; /* 0: 12, which is about a day and a half */
} JobKind;

/* Adds a job, due at `at` (not before; call->now for at once). Inside db_transact. The payload is sealed. NULL `once`: always a new job;
 * else a job with the same key that is not finished yet is enough. */
must_use Error job_add(Call *call, const char *kind, const char *once, Text payload, int64_t at);
/* CONFLICT: the lease was lost, somebody else does it by now. */
must_use Error job_renew(Call *call, const Job *job);
must_use Error job_done(Call *call, const Job *job);

typedef struct DeadJob {
	int64_t id, attempts, created_at;
	Text kind, last_error;
} DeadJob;
typedef LIST_OF(DeadJob) DeadJobs;
must_use Error job_dead_list(Call *call, int64_t after, int64_t max, DeadJobs *out);
must_use Error job_dead_count(Call *call, int64_t *out);
must_use Error job_again(Call *call, int64_t id); /* NOT_FOUND: there is no such dead job */

/* Threads that run jobs of these kinds until stopped; they notice a due job within 100 ms. */
typedef struct JobRunner JobRunner;
must_use Error job_runner_start(
	Call *call, const House *house, const JobKind *const *kinds, size_t kind_count, int threads, JobRunner **out);
void job_runner_stop(JobRunner **runner); /* waits for running jobs */
/* Takes one due job of these kinds and runs it: what a runner's thread does; for tests and `cappvd worker`. */
must_use Error job_run_one(Call *call, const JobKind *const *kinds, size_t kind_count, bool *out_ran);
