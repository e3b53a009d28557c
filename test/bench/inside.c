#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"
#include "bench/bench.h"

#include <time.h>

Error inside_open(Call *call, const char *data, Inside *out)
{
	HouseOptions options = { .data = data };
	Inside inside = { 0 };
	TRY(house_open(call, &options, &inside.house));
	inside.house->house.public_address = TEXT("http://localhost:8080");
	wire_http(call, &inside.house->house, &inside.options);
	inside.database = arena_printf(call->arena, "%s/library.db", data).at;
	Error error = http_site_open(call, &inside.options, &inside.site);
	if (error != OK)
		inside_close(&inside);
	else
		*out = inside;
	return error;
}

void inside_close(Inside *inside)
{
	if (inside->site) http_site_close(&inside->site);
	if (inside->house) house_close(&inside->house);
}

int64_t inside_measure(const Inside *inside, Text target, int *out_status)
{
	int64_t begin = clock_precise();
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	const House *house = &inside->house->house;
	Call call = { .arena = arena, .db = house->db, .actor = &actor_visitor, .now = clock_wall(), .house = house };
	Request *request = request_new(&call, GET);
	Error error = http_site_dispatch(inside->site, request, target);
	*out_status = error == OK && !request->reply.status ? 200 : request->reply.status;
	return clock_precise() - begin;
}

int64_t processor_microseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
