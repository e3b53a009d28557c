/* A casefile with 200 vendors and 1,000 messages, as its coordinator sees it, beside one with a few and none. In process, without cache. */
#include "subject/casefile/casefile.h"

#include "app/demo_fill.h"
#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"
#include "bench/bench.h"

enum { VENDORS = 200, MESSAGES = 1000, ROUNDS = 60, BARE_CACHE_KIB = 1024 };

static Actor coordinator = { .roles = ROLE_REPORTER | ROLE_COORDINATOR, .second_factor = true, .scopes = ~0U };

static Error become_coordinator(Request *request)
{
	request->call->actor = &coordinator;
	request->csrf_token = TEXT("bench");
	return OK;
}

/* ---- What is measured */
static Error make_library(Call *call, const char *data)
{
	HouseOptions options = { .data = data, .create = true, .demo = true };
	scoped(house_close) struct OpenHouse *house = NULL;
	TRY(house_open(call, &options, &house));
	call->house = &house->house;
	wire_rooms();
	return demo_fill(call);
}

typedef struct Naming {
	int64_t casefile_id;
	PartyNew party;
} Naming;

static Error name_one(Call *call, void *argument)
{
	const Naming *naming = argument;
	Text ref;
	return party_add(call, naming->casefile_id, &naming->party, &ref);
}

static Error fill(Call *call, const Casefile *casefile)
{
	ThreadSubject subject;
	ThreadMembers members;
	casefile_threads(casefile, &subject);
	for (int i = 0; i < VENDORS; i++) {
		Naming naming = { casefile->id,
			{ .name = arena_printf(call->arena, "厂商 %d", i), .product = arena_printf(call->arena, "应用 %d", i) } };
		TRY(db_transact(call, name_one, &naming));
	}
	for (int i = 0; i < MESSAGES; i++) {
		Text body = arena_printf(call->arena, "第 %d 条：**已联系**厂商，等待答复。\n\n- 电话\n- 邮件\n", i);
		TRY(thread_write(call, &subject, TEXT("verification"), body, &members));
	}
	return OK;
}

/* The first two casefiles in coordination: one is filled, the other is the reference. */
static Error choose(Call *call, const Inside *inside, Casefile *out_large, Casefile *out_small)
{
	Casefiles found;
	sqlite3 *handle = bare_open(inside->database, BARE_CACHE_KIB, false);
	sqlite3_stmt *statement =
		bare_prepare(handle, "SELECT coordinator_id FROM casefile WHERE state = 'COORDINATING' ORDER BY id LIMIT 1");
	coordinator.person_id = coordinator.session_id = bare_read_all(statement);
	sqlite3_finalize(statement);
	bare_close(&handle);
	call->actor = &coordinator;
	TRY(casefile_queue(call, TEXT("COORDINATING"), 0, 2, &found));
	if (found.count < 2) return fail(call, NOT_FOUND, "two casefiles in coordination");
	*out_large = found.at[0];
	*out_small = found.at[1];
	return OK;
}

/* ---- Measuring */
typedef struct Page {
	const char *name, *target; /* one %s: the reference of the casefile, where it has one */
} Page;
static const Page pages[] = { { "casefile page", "/casefiles/%s" }, { "casefile for machines", "/api/v1/casefiles/%s" },
	{ "conversation for machines", "/api/v1/casefiles/%s/threads/verification" },
	{ "list of vendors that wait", "/parties?state=CONTACTING" } };

static Text target_of(Call *call, const Page *page, const Casefile *casefile)
{
	Text rest = text_from(page->target), head;
	if (!strchr(page->target, '%')) return rest;
	text_next(&rest, '%', &head);
	return arena_printf(
		call->arena, "%.*s%.*s%.*s", TEXT_ARGS(head), TEXT_ARGS(casefile->ref), TEXT_ARGS(text_slice(rest, 1, rest.length)));
}

static void print_samples(const char *name, Samples *samples)
{
	printf(", \"%s\": {\"p50\": %lld, \"p95\": %lld}", name, (long long)samples_share(samples, 50),
		(long long)samples_share(samples, 95));
}

static void measure(Call *call, const Inside *inside, const Casefile *large, const Casefile *small)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		Samples ours = { 0 }, reference = { 0 }, processor = { 0 };
		int failed = 0;
		Text full = target_of(call, &pages[i], large), bare = target_of(call, &pages[i], small);
		for (int round = -5; round < ROUNDS; round++) {
			int status = 0, other = 0;
			int64_t begin = processor_microseconds(), taken = inside_measure(inside, full, &status);
			int64_t used = processor_microseconds() - begin, plain = inside_measure(inside, bare, &other);
			failed += status != 200 || other != 200;
			if (round < 0) continue; /* warming up */
			list_add(call->arena, &ours, taken);
			list_add(call->arena, &processor, used);
			list_add(call->arena, &reference, plain);
		}
		printf("{\"page\": \"%s\", \"failed\": %d", pages[i].name, failed);
		print_samples("ours", &ours);
		print_samples("processor", &processor);
		print_samples("reference", &reference);
		puts("}");
	}
}

Error casefile_mode(Call *call, int argc, char **argv)
{
	Casefile large, small;
	if (argc != 1) return fail(call, USAGE, "casefile DATA");
	TRY(make_library(call, argv[0]));
	scoped(inside_close) Inside inside = { 0 };
	TRY(inside_open(call, argv[0], &inside));
	call->house = &inside.house->house;
	call->db = call->house->db;
	http_site_close(&inside.site);
	inside.options.hooks.authenticate = become_coordinator;
	TRY(http_site_open(call, &inside.options, &inside.site));
	TRY(choose(call, &inside, &large, &small));
	TRY(fill(call, &large));
	measure(call, &inside, &large, &small);
	return OK;
}
