#include "harness/scene.h"

#include <pthread.h>

typedef struct Racer {
	Call call;
	Text ref;
	pthread_barrier_t *start;
	Error error;
} Racer;

static void *race(void *argument)
{
	Racer *racer = argument;
	pthread_barrier_wait(racer->start);
	racer->error = casefile_act(&racer->call, racer->ref, TEXT("accept"), 0, NULL);
	return NULL;
}

TEST_DB(casefile__of_coordinators_who_act_at_once_one_wins_and_the_others_are_told)
{
	enum { RACERS = 6 };
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_open_casefile(scene, &cast, false);
	scene_bring_to(scene, &cast, "RATED");
	scene_second(scene, &cast);
	Racer racers[RACERS];
	pthread_t threads[RACERS];
	pthread_barrier_t start;
	pthread_barrier_init(&start, NULL, RACERS);
	for (size_t i = 0; i < RACERS; i++) {
		racers[i] = (Racer) { .call = *t->call, .ref = cast.casefile, .start = &start };
		racers[i].call.arena = arena_new(ARENA_CEILING);
		racers[i].call.actor = i % 2 ? cast.coordinator : cast.second_coordinator;
		CHECK(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
	}
	size_t won = 0, told = 0;
	for (size_t i = 0; i < RACERS; i++) {
		pthread_join(threads[i], NULL);
		won += racers[i].error == OK;
		told += racers[i].error == ERROR_CONFLICT;
		arena_free(&racers[i].call.arena);
	}
	CHECK_INT(won, 1);
	CHECK_INT(told, RACERS - 1);
	Casefile casefile;
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, casefile_open(t->call, cast.casefile, &casefile));
	CHECK_TEXT(casefile.state, "ACCEPTED");
}
