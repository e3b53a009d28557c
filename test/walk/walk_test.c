/*
 * A random walk through every machine. CAPPVD_WALK_STEPS, CAPPVD_WALK_SEED and CAPPVD_WALK_TRACE (a folder) make it longer and write it down;
 * test/acceptance/walk.py compares what both databases wrote.
 */
#include "walk/walk.h"

#include <stdlib.h>
#include <unistd.h>

static int64_t from_environment(const char *name, int64_t otherwise)
{
	int64_t number;
	const char *text = getenv(name);
	return text && text_to_int(text_from(text), &number) ? number : otherwise;
}

static FILE *trace_file(Test *t)
{
	const char *folder = getenv("CAPPVD_WALK_TRACE");
	if (!folder) return NULL;
	FILE *file = fopen(arena_printf(t->arena, "%s/%s", folder, t->database == TEST_SQLITE ? "sqlite" : "postgres").at, "we");
	CHECK(file);
	return file;
}

static void print_reached(const Walk *walk, FILE *out)
{
	for (size_t i = 0; i < walk_machine_count; i++)
		for (size_t j = 0; j < walk_machines[i].machine->row_count; j++) {
			const Transition *row = &walk_machines[i].machine->rows[j];
			fprintf(out, "row %s %s %s %llu\n", walk_machines[i].machine->name, row->from, row->action,
				(unsigned long long)walk->reached[i][j]);
		}
}

TEST_DB(walk__random_people_break_no_rule_of_any_machine)
{
	Walk *walk = walk_new(t, (uint64_t)from_environment("CAPPVD_WALK_SEED", 20260305));
	int64_t steps = from_environment("CAPPVD_WALK_STEPS", 600);
	walk->trace = trace_file(t);
	if (steps > 2000) alarm((unsigned)(steps / 20)); /* seconds: a long walk takes longer than a test may */
	for (int64_t i = 0; i < steps; i++) walk_step(walk);
	CHECK(walk->done > (size_t)steps / 10 && walk->refused > (size_t)steps / 50);
	walk_end(walk);
	if (!walk->trace) return;
	print_reached(walk, walk->trace);
	fprintf(walk->trace, "end %zu done, %zu refused, digest %016llx\n", walk->done, walk->refused, (unsigned long long)walk->digest);
	CHECK(fclose(walk->trace) == 0);
}
