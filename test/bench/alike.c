/* The duplicate check: for each question the first five records, by the product's own search. Who asks knows no answer; tools/bench.py counts. */
#include "app/house.h"
#include "base/base/clock.h"
#include "bench/bench.h"
#include "subject/advisory/advisory.h"

enum { FIRST = 5 };

static void print_answer(const Advisory *asked, const AdvisoryKins *kins, int64_t microseconds)
{
	printf("{\"question\": \"%.*s\", \"microseconds\": %lld, \"found\": [", TEXT_ARGS(asked->identifier), (long long)microseconds);
	for (size_t i = 0; i < kins->count; i++) printf("%s\"%.*s\"", i ? ", " : "", TEXT_ARGS(kins->at[i].identifier));
	puts("]}");
}

/* One question: an identifier of the other library, a line each. `dated`: it says when it became known. */
static Error answer(Call *call, Db *questions, Db *library, Text identifier, bool dated)
{
	Advisory asked;
	AdvisoryKins kins;
	call->db = questions;
	TRY(advisory_find(call, identifier, &asked));
	Description description = advisory_description(call->arena, &asked.content, dated ? asked.content.published_at : 0);
	call->db = library;
	int64_t begin = processor_microseconds();
	TRY(advisory_kin_find(call, &description, TEXT(""), FIRST, &kins));
	print_answer(&asked, &kins, processor_microseconds() - begin);
	return OK;
}

static Error open_library(Call *call, const char *data, struct OpenHouse **out)
{
	HouseOptions options = { .data = data };
	return house_open(call, &options, out);
}

Error alike_mode(Call *call, int argc, char **argv)
{
	char line[128];
	int64_t records;
	if (argc != 3) return fail(call, USAGE, "alike LIBRARY QUESTIONS dated|undated");
	scoped(house_close) struct OpenHouse *library = NULL, *questions = NULL;
	TRY(open_library(call, argv[0], &library));
	TRY(open_library(call, argv[1], &questions));
	call->house = &library->house;
	call->db = library->house.db;
	int64_t begin = clock_precise();
	TRY(advisory_kin_rebuild(call, NULL, NULL, &records));
	printf("{\"records\": %lld, \"build\": %lld}\n", (long long)records, (long long)(clock_precise() - begin));
	while (fgets(line, sizeof(line), stdin)) {
		ArenaMark mark = arena_mark(call->arena);
		TRY(answer(call, questions->house.db, library->house.db, text_trim(text_from(line)), argv[2][0] == 'd'));
		arena_release(call->arena, mark);
	}
	return OK;
}
