/* The threads that run jobs. One at a time looks for work; the others run what they have found. */
#include "base/base/clock.h"
#include "base/base/log.h"
#include "store/job/job.h"
#include "store/job/job.sql.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { LOOK_MILLISECONDS = 60, THREADS_MAX = 16 };

struct JobRunner {
	const House *house;
	const JobKind *const *kinds;
	size_t kind_count;
	pthread_t threads[THREADS_MAX];
	int thread_count;
	pthread_mutex_t looking, lock;
	pthread_cond_t stopping;
	bool stop;
};

static Call job_call(const JobRunner *runner)
{
	return (Call) { .arena = arena_new(ARENA_CEILING),
		.db = runner->house->db,
		.actor = &actor_system,
		.now = clock_wall(),
		.lang = LANG_ZH,
		.house = runner->house };
}

/* True when the runner stops. */
static bool rest(JobRunner *runner, int milliseconds)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)milliseconds * 1000 * 1000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&runner->lock);
	int code = 0;
	while (!runner->stop && code != ETIMEDOUT) code = pthread_cond_timedwait(&runner->stopping, &runner->lock, &until);
	bool stop = runner->stop;
	pthread_mutex_unlock(&runner->lock);
	return stop;
}

/* A cheap read, so that a queue at rest costs no transaction. */
static bool is_work_due(JobRunner *runner)
{
	Call call = job_call(runner);
	int64_t ready_at = 0, id = 0;
	bool found = false;
	Error error = job_first_ready(&call, &ready_at, &id, &found);
	if (error != OK) log_failure(LOG_WARNING, "job-queue", &call);
	arena_free(&call.arena);
	return error == OK && found && ready_at <= call.now;
}

/* False: nothing was there to do. */
static bool run_one(JobRunner *runner)
{
	Call call = job_call(runner);
	bool ran = false;
	Error error = job_run_one(&call, runner->kinds, runner->kind_count, &ran);
	if (error != OK) log_failure(LOG_WARNING, "job", &call);
	arena_free(&call.arena);
	return ran;
}

/* Waits, one thread at a time, until a job is due. False when the runner stops. */
static bool wait_for_work(JobRunner *runner)
{
	pthread_mutex_lock(&runner->looking);
	bool stop = rest(runner, 0);
	while (!stop && !is_work_due(runner)) stop = rest(runner, LOOK_MILLISECONDS);
	pthread_mutex_unlock(&runner->looking);
	return !stop;
}

static void *thread_run(void *argument)
{
	JobRunner *runner = argument;
	while (wait_for_work(runner))
		if (!run_one(runner) && rest(runner, LOOK_MILLISECONDS)) break;
	return NULL;
}

static Error schedule_body(Call *call, void *argument)
{
	const JobRunner *runner = argument;
	for (size_t i = 0; i < runner->kind_count; i++)
		if (runner->kinds[i]->every_milliseconds)
			TRY(job_add(call, runner->kinds[i]->name, runner->kinds[i]->name, (Text) { 0 }, call->now));
	return OK;
}

Error job_runner_start(Call *call, const House *house, const JobKind *const *kinds, size_t kind_count, int threads, JobRunner **out)
{
	must(threads > 0 && threads <= THREADS_MAX);
	JobRunner *runner = calloc(1, sizeof(*runner));
	must(runner);
	*runner = (JobRunner) { .house = house, .kinds = kinds, .kind_count = kind_count };
	pthread_mutex_init(&runner->looking, NULL);
	pthread_mutex_init(&runner->lock, NULL);
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&runner->stopping, &attributes);
	pthread_condattr_destroy(&attributes);
	Error error = db_transact(call, schedule_body, runner);
	while (error == OK && runner->thread_count < threads) {
		if (pthread_create(&runner->threads[runner->thread_count], NULL, thread_run, runner) != 0)
			error = fail(call, INTERNAL, "no thread for jobs");
		else
			runner->thread_count++;
	}
	if (error != OK) {
		job_runner_stop(&runner);
		return error;
	}
	*out = runner;
	return OK;
}

void job_runner_stop(JobRunner **at)
{
	JobRunner *runner = *at;
	if (!runner) return;
	pthread_mutex_lock(&runner->lock);
	runner->stop = true;
	pthread_cond_broadcast(&runner->stopping);
	pthread_mutex_unlock(&runner->lock);
	for (int i = 0; i < runner->thread_count; i++) pthread_join(runner->threads[i], NULL);
	pthread_cond_destroy(&runner->stopping);
	pthread_mutex_destroy(&runner->lock);
	pthread_mutex_destroy(&runner->looking);
	free(runner);
	*at = NULL;
}
