/*
 * A random walk through every machine. CAPPVD_WALK_STEPS, CAPPVD_WALK_SEED and CAPPVD_WALK_TRACE (a folder) make it longer and write it down;
 * test/acceptance/walk.py compares what both databases wrote.
 */
#include "subject/programme/decision/decision_scene.h"
#include "subject/programme/inspection/inspection_scene.h"
#include "walk/walk.h"

#include <stdlib.h>
#include <unistd.h>

static int64_t from_environment(const char *name, int64_t otherwise)
{
	int64_t number;
	const char *text = getenv(name);
	return text && text_to_int(text_from(text), &number) ? number : otherwise;
}

static FILE *trace_file(Test *t, const WalkWorld *world)
{
	const char *folder = getenv("CAPPVD_WALK_TRACE");
	if (!folder) return NULL;
	const char *database = t->database == TEST_SQLITE ? "sqlite" : "postgres";
	FILE *file = fopen(arena_printf(t->arena, "%s/%s-%s", folder, world->name, database).at, "we");
	CHECK(file);
	return file;
}

static void print_reached(const Walk *walk, FILE *out)
{
	for (size_t i = 0; i < walk->world->machine_count; i++)
		for (size_t j = 0; j < walk->world->machines[i].machine->row_count; j++) {
			const Transition *row = &walk->world->machines[i].machine->rows[j];
			fprintf(out, "row %s %s %s %llu\n", walk->world->machines[i].machine->name, row->from, row->action,
				(unsigned long long)walk->reached[i][j]);
		}
}

/* steps: of the test; a longer walk that is asked for takes an eighth of its steps in the worlds of the programme. */
enum { SHARE = 8 };
static void walk_through(Test *t, const WalkWorld *world, Scene *scene, void *place, int64_t otherwise)
{
	Walk *walk = walk_new(t, world, scene, (uint64_t)from_environment("CAPPVD_WALK_SEED", 20260305));
	int64_t steps = from_environment("CAPPVD_WALK_STEPS", otherwise);
	walk->place = place;
	if (world != &walk_library && steps > otherwise) steps = steps / SHARE > otherwise ? steps / SHARE : otherwise;
	walk->trace = trace_file(t, world);
	if (steps > 2000) alarm((unsigned)(steps / 20)); /* seconds: a long walk takes longer than a test may */
	for (int64_t i = 0; i < steps; i++) walk_step(walk);
	CHECK(walk->done > (size_t)(world == &walk_library || steps < 200 ? steps : 200) / 10 && walk->refused > (size_t)steps / 50);
	walk_end(walk);
	if (!walk->trace) return;
	print_reached(walk, walk->trace);
	fprintf(walk->trace, "end %zu done, %zu refused, digest %016llx\n", walk->done, walk->refused, (unsigned long long)walk->digest);
	CHECK(fclose(walk->trace) == 0);
}

TEST_DB(walk__random_people_break_no_rule_of_any_machine) { walk_through(t, &walk_library, walk_library_people(t), NULL, 600); }

TEST_DB(walk__random_people_break_no_rule_from_the_application_to_its_review)
{
	ApplicationScene *place = application_scene(t);
	walk_through(t, &walk_applications, place->scene, place, 300);
}

TEST_DB(walk__random_people_break_no_rule_of_the_register_of_units)
{
	ApplicationScene *place = application_scene(t);
	place->applicant->roles |= ROLE_UNIT_ADMIN | ROLE_UNIT_MEMBER;
	place->rival->roles |= ROLE_UNIT_ADMIN | ROLE_UNIT_MEMBER;
	walk_through(t, &walk_register, place->scene, place, 300);
}

TEST_DB(walk__random_people_break_no_rule_while_units_are_inspected)
{
	InspectionScene *inspections = inspection_scene(t, "2");
	walk_through(t, &walk_inspections, inspections->of->scene, inspections, 160);
}

TEST_DB(walk__random_people_break_no_rule_while_a_list_is_in_public_notice)
{
	DecisionScene *decision = decision_scene(t);
	static const char *const words[] = { "One certificate is borrowed, as it seems.", "It has no team of its own.",
		"The office was not polite to us." };
	decision_scene_publicise(decision);
	const Text about[] = { decision->first, decision->second, TEXT("staff") };
	for (size_t i = 0; i < COUNT(about); i++) {
		ObjectionReceipt receipt;
		decision_scene_as(decision, &actor_visitor);
		CHECK_OK(t->call, decision_scene_object(decision, about[i], words[i], &receipt));
	}
	walk_through(t, &walk_decisions, decision->of->scene, decision, 120);
}
