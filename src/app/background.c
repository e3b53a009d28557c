#include "app/background.h"

#include "app/jobs.h"
#include "base/base/clock.h"
#include "base/base/log.h"
#include "face/http/http.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { BEAT_MILLISECONDS = 200, CHANGES_AT_ONCE = 500, JOB_THREADS = 2 };

/* One thing done over and over on a thread of its own. */
typedef struct Loop {
	Background *background;
	const char *name;
	Error (*turn)(Call *call, Background *background);
	pthread_t thread;
} Loop;

struct Background {
	const House *house;
	pthread_mutex_t mutex;
	pthread_cond_t stop_asked;
	bool stopping;
	int64_t change_seen; /* newest change this node's cache knows of */
	int64_t settings_seen; /* generation of the settings its pages were made with */
	Loop loops[2];
	JobRunner *jobs;
};

static Error number_ledger(Call *call, Background *background)
{
	(void)background;
	int64_t numbered;
	return ledger_sequence(call, &numbered);
}

/* Every page may show a setting: the numbers at its foot, a limit in a rule. */
static void follow_settings(Call *call, Background *background)
{
	int64_t generation = settings_generation(call);
	if (generation != background->settings_seen) http_cache_clear(background->house->cache);
	background->settings_seen = generation;
}

static Error follow_changes(Call *call, Background *background)
{
	follow_settings(call, background);
	for (Changes changes = { 0 };; changes = (Changes) { 0 }) {
		TRY(change_since(call, background->change_seen, CHANGES_AT_ONCE, &changes));
		for (size_t i = 0; i < changes.count; i++) {
			const Change *change = &changes.at[i];
			http_cache_forget(background->house->cache,
				arena_printf(call->arena, "%.*s:%.*s", TEXT_ARGS(change->kind), TEXT_ARGS(change->ref)));
			http_cache_forget(background->house->cache, change->kind);
			background->change_seen = change->number;
		}
		if (changes.count < CHANGES_AT_ONCE) return OK;
	}
}

static bool wait_for_beat(Background *background)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += BEAT_MILLISECONDS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&background->mutex);
	while (!background->stopping && pthread_cond_timedwait(&background->stop_asked, &background->mutex, &until) == 0) continue;
	bool stopping = background->stopping;
	pthread_mutex_unlock(&background->mutex);
	return !stopping;
}

/* A failed turn is logged once until a turn succeeds again: a full disk must not fill the log. */
static void *loop_main(void *argument)
{
	Loop *loop = argument;
	Error last = OK;
	do {
		scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
		Call call = { .arena = arena,
			.db = loop->background->house->db,
			.actor = &actor_system,
			.now = clock_wall(),
			.house = loop->background->house };
		Error error = loop->turn(&call, loop->background);
		if (error != OK && error != last) log_failure(LOG_ERROR, loop->name, &call);
		last = error;
	} while (wait_for_beat(loop->background));
	return NULL;
}

Error background_start(Call *call, const House *house, Background **out)
{
	Background *background = calloc(1, sizeof(*background));
	must(background);
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&background->stop_asked, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&background->mutex, NULL);
	background->house = house;
	background->settings_seen = settings_generation(call);
	Error error = change_latest(call, &background->change_seen);
	if (error != OK) {
		free(background);
		return error;
	}
	background->loops[0] = (Loop) { .name = "ledger_sequencer", .turn = number_ledger };
	background->loops[1] = (Loop) { .name = "change_follower", .turn = follow_changes };
	for (size_t i = 0; i < COUNT(background->loops); i++) {
		Loop *loop = &background->loops[i];
		loop->background = background;
		must(pthread_create(&loop->thread, NULL, loop_main, loop) == 0);
	}
	*out = background;
	error = job_runner_start(call, house, app_jobs, app_job_count, JOB_THREADS, &background->jobs);
	if (error != OK) background_stop(out);
	return error;
}

void background_stop(Background **out)
{
	Background *background = *out;
	if (!background) return;
	pthread_mutex_lock(&background->mutex);
	background->stopping = true;
	pthread_cond_broadcast(&background->stop_asked);
	pthread_mutex_unlock(&background->mutex);
	job_runner_stop(&background->jobs);
	for (size_t i = 0; i < COUNT(background->loops); i++) pthread_join(background->loops[i].thread, NULL);
	free(background);
	*out = NULL;
}
