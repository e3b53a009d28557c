#include "store/job/job.h"

#include "base/base/random.h"
#include "store/job/job.sql.h"
#include "store/seal/seal.h"

enum {
	REF_LENGTH = 26,
	LEASE_MILLISECONDS = 60 * 1000,
	ATTEMPTS_MAX_DEFAULT = 12,
	BACKOFF_FIRST_MILLISECONDS = 5 * 1000,
	BACKOFF_MAX_MILLISECONDS = 6 * 3600 * 1000,
};

/* ---- Adding */

Error job_add(Call *call, const char *kind, const char *once, Text payload, int64_t at)
{
	must(db_in_transaction(call));
	Text ref = random_code(call->arena, REF_LENGTH);
	Sealed sealed;
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, "job|payload", ref, payload, &sealed));
	int64_t added;
	return job_insert(call, ref, text_from(kind), once ? text_from(once) : (Text) { 0 }, sealed, at, call->now, &added);
}

/* ---- Ending */

static Error remove_body(Call *call, void *argument)
{
	const Job *job = argument;
	int64_t removed;
	TRY(job_remove(call, job->id, job->fence, &removed));
	return removed ? OK : fail(call, CONFLICT, "job %lld: the lease was lost", (long long)job->id);
}

static Error renew_body(Call *call, void *argument)
{
	const Job *job = argument;
	int64_t extended;
	TRY(job_extend(call, job->id, job->fence, call->now + job->lease_milliseconds, &extended));
	return extended ? OK : fail(call, CONFLICT, "job %lld: the lease was lost", (long long)job->id);
}

Error job_done(Call *call, const Job *job)
{
	Job copy = *job;
	return db_transact(call, remove_body, &copy);
}

Error job_renew(Call *call, const Job *job)
{
	Job copy = *job;
	return db_transact(call, renew_body, &copy);
}

/* ---- Dead ones */

Error job_dead_count(Call *call, int64_t *out) { return job_dead_number(call, out); }

Error job_dead_list(Call *call, int64_t after, int64_t max, DeadJobs *out)
{
	JobDeadRows rows;
	TRY(job_dead_after(call, after, max, &rows));
	DeadJobs list = { 0 };
	for (size_t i = 0; i < rows.count; i++) {
		const JobDeadRow *row = &rows.at[i];
		DeadJob dead = { .id = row->id,
			.attempts = row->attempts,
			.created_at = row->created_at,
			.kind = row->kind,
			.last_error = row->last_error };
		list_add(call->arena, &list, dead);
	}
	*out = list;
	return OK;
}

static Error revive_body(Call *call, void *argument)
{
	int64_t revived, id = *(const int64_t *)argument;
	TRY(job_revive(call, id, call->now, &revived));
	return revived ? OK : fail(call, NOT_FOUND, "no dead job %lld", (long long)id);
}

Error job_again(Call *call, int64_t id) { return db_transact(call, revive_body, &id); }

/* ---- Running one */

typedef struct Turn {
	const JobKind *const *kinds;
	size_t kind_count;
	JobRow row;
	bool found;
	/* how it ended */
	const JobKind *kind;
	Job job;
	Error error;
} Turn;

static int64_t lease_of(const JobKind *kind) { return kind->lease_milliseconds ? kind->lease_milliseconds : LEASE_MILLISECONDS; }

static const JobKind *kind_find(const Turn *turn, Text name)
{
	for (size_t i = 0; i < turn->kind_count; i++)
		if (text_is(name, text_from(turn->kinds[i]->name))) return turn->kinds[i];
	return NULL;
}

static Error take_body(Call *call, void *argument)
{
	Turn *turn = argument;
	Texts names = { 0 };
	int64_t lease = 0;
	for (size_t i = 0; i < turn->kind_count; i++) {
		list_add(call->arena, &names, text_from(turn->kinds[i]->name));
		if (lease_of(turn->kinds[i]) > lease) lease = lease_of(turn->kinds[i]);
	}
	TRY(job_take(call, call->now, call->now + lease, names, &turn->row, &turn->found));
	if (!turn->found) return OK;
	const JobKind *kind = kind_find(turn, turn->row.kind);
	must(kind);
	int64_t extended;
	return job_extend(call, turn->row.id, turn->row.fence, call->now + lease_of(kind), &extended);
}

/* Twice as long each time, with jitter, so that what failed together does not come back together. */
static int64_t backoff(int64_t attempt)
{
	int64_t pause = BACKOFF_FIRST_MILLISECONDS;
	for (int64_t i = 1; i < attempt && pause < BACKOFF_MAX_MILLISECONDS; i++) pause *= 2;
	if (pause > BACKOFF_MAX_MILLISECONDS) pause = BACKOFF_MAX_MILLISECONDS;
	return pause / 2 + (int64_t)random_below((uint64_t)pause / 2 + 1);
}

/* A schedule goes on in any case; another job is removed, postponed, or given up. */
static Error end_body(Call *call, void *argument)
{
	const Turn *turn = argument;
	const Job *job = &turn->job;
	Text error = turn->error == OK ? (Text) { 0 } : text_from(error_name(turn->error));
	int64_t changed;
	if (turn->kind->every_milliseconds)
		return job_postpone(
			call, job->id, job->fence, (Maybe) { true, call->now + turn->kind->every_milliseconds }, 0, error, &changed);
	if (turn->error == OK) return job_remove(call, job->id, job->fence, &changed);
	int64_t most = turn->kind->attempts_max ? turn->kind->attempts_max : ATTEMPTS_MAX_DEFAULT;
	Maybe ready = { job->attempt < most, call->now + backoff(job->attempt) };
	return job_postpone(call, job->id, job->fence, ready, job->attempt, error, &changed);
}

/* A job that was taken too often without ever ending takes its process down with it: it is given up before it runs again. */
static Error run_taken(Call *call, Turn *turn)
{
	int64_t most = turn->kind->attempts_max ? turn->kind->attempts_max : ATTEMPTS_MAX_DEFAULT;
	if (!turn->kind->every_milliseconds && turn->job.attempt > most) return ERROR_INTERNAL;
	TRY(seal_open(call, "job|payload", turn->row.ref, turn->row.payload, &turn->job.payload));
	return turn->kind->run(call, &turn->job);
}

Error job_run_one(Call *call, const JobKind *const *kinds, size_t kind_count, bool *out_ran)
{
	Turn turn = { .kinds = kinds, .kind_count = kind_count };
	TRY(db_transact(call, take_body, &turn));
	*out_ran = turn.found;
	if (!turn.found) return OK;
	turn.kind = kind_find(&turn, turn.row.kind);
	turn.job = (Job) { .id = turn.row.id,
		.fence = turn.row.fence,
		.attempt = turn.row.attempts,
		.kind = turn.row.kind,
		.lease_milliseconds = lease_of(turn.kind) };
	turn.error = run_taken(call, &turn);
	must(!db_in_transaction(call));
	Failure failure = call->failure;
	call_recover(call);
	Error error = db_transact(call, end_body, &turn);
	if (turn.error == OK) return error;
	call->failure = failure;
	return turn.error;
}
