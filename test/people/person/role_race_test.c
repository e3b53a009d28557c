/* Two approvals at once make one role. */
#include "people/people_fixture.h"

#include <pthread.h>

enum { RACERS = 6 };
typedef struct Racer {
	Call call;
	Text request;
	pthread_barrier_t *start;
	Error error;
} Racer;

static void *race(void *argument)
{
	Racer *racer = argument;
	pthread_barrier_wait(racer->start);
	racer->error = role_decide(&racer->call, racer->request, true);
	return NULL;
}

TEST_DB(attack__of_parallel_approvals_of_a_role_one_counts)
{
	Person person;
	RoleRequests requests;
	RoleGrants grants;
	Racer racers[RACERS];
	pthread_t threads[RACERS];
	pthread_barrier_t start;
	size_t won = 0;
	people_open(t);
	int64_t id = people_register(t, "editor@b.cn");
	CHECK_OK(t->call, person_find(t->call, id, &person));
	people_staff(t, "security@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_ask(t->call, person.ref, ROLE_EDITOR, 0));
	CHECK_OK(t->call, role_requests(t->call, &requests));
	CHECK_INT(requests.count, 1);
	people_staff(t, "other-security@b.cn", ROLE_SECURITY_ADMIN);
	pthread_barrier_init(&start, NULL, RACERS);
	for (size_t i = 0; i < RACERS; i++) {
		racers[i] = (Racer) { .call = *t->call, .request = requests.at[0].ref, .start = &start };
		racers[i].call.arena = arena_new(ARENA_CEILING);
		CHECK(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
	}
	for (size_t i = 0; i < RACERS; i++) {
		pthread_join(threads[i], NULL);
		won += racers[i].error == OK;
		arena_free(&racers[i].call.arena);
	}
	CHECK_INT(won, 1);
	CHECK_OK(t->call, role_history(t->call, id, &grants));
	CHECK_INT(grants.count, 1);
}
