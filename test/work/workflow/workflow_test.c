#include <stdlib.h>

#include "harness/test.h"
#include "work/workflow/workflow.h"

typedef struct LampFacts {
	bool broken, mine;
} LampFacts;
static const char *whole(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const LampFacts *)facts)->broken ? "It is broken." : NULL;
}
static const char *own(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const LampFacts *)facts)->mine ? NULL : "It is not yours.";
}

static const WorkflowState lamp_states[] = {
	{ "OFF", "Off", "somebody", "neutral", false },
	{ "ON", "On", "somebody", "active", false },
	{ "GONE", "Gone", NULL, "bad", true },
};
static const WorkflowClock lamp_clocks[] = { { "night", "Night", 2, "lamp 1" } };
static const Transition lamp_rows[] = {
	{ "OFF", "light", "ON", ROLE_REPORTER, own, whole, "night", false, "Light it", NULL },
	{ "ON", "darken", "OFF", ROLE_REPORTER | ROLE_COORDINATOR, NULL, NULL, NULL, true, "Darken it", NULL },
	{ "ON", "throw", "GONE", ROLE_COORDINATOR, NULL, NULL, NULL, false, "Throw it away", NULL },
};
static const Machine lamp = { .name = "lamp",
	.text = "Lamp",
	.states = lamp_states,
	.state_count = COUNT(lamp_states),
	.rows = lamp_rows,
	.row_count = COUNT(lamp_rows),
	.clocks = lamp_clocks,
	.clock_count = COUNT(lamp_clocks) };

static Error asked(const char *state, LampFacts facts, uint32_t roles, const char *action)
{
	Actor actor = { .person_id = 1, .roles = roles };
	Matter matter = { .state = text_from(state), .facts = &facts };
	Error error = OK;
	const char *why = NULL;
	const Transition *row = workflow_row(&lamp, &matter, &actor, text_from(action), &error, &why);
	CHECK((row != NULL) == (error == OK));
	CHECK((error == ERROR_INVALID) == (why != NULL));
	return error;
}

TEST(workflow__row_needs_role_relation_and_condition)
{
	LampFacts good = { false, true };
	CHECK(asked("OFF", good, ROLE_REPORTER, "light") == OK);
	CHECK(asked("OFF", good, ROLE_COORDINATOR, "light") == ERROR_FORBIDDEN);
	CHECK(asked("OFF", (LampFacts) { false, false }, ROLE_REPORTER, "light") == ERROR_FORBIDDEN);
	CHECK(asked("OFF", (LampFacts) { true, true }, ROLE_REPORTER, "light") == ERROR_INVALID);
	CHECK(asked("OFF", good, ROLE_REPORTER, "explode") == ERROR_FORBIDDEN);
}

TEST(workflow__an_action_of_another_state_is_a_conflict_only_for_who_could_have_done_it)
{
	LampFacts good = { false, true };
	CHECK(asked("ON", good, ROLE_REPORTER, "light") == ERROR_CONFLICT);
	CHECK(asked("ON", good, ROLE_PUBLISHER, "light") == ERROR_FORBIDDEN);
	CHECK(asked("GONE", good, ROLE_REPORTER, "throw") == ERROR_FORBIDDEN);
}

TEST(workflow__buttons_show_why_they_are_closed_and_hide_what_is_not_yours)
{
	LampFacts broken = { true, true }, strange = { false, false };
	Actor actor = { .person_id = 1, .roles = ROLE_REPORTER };
	Matter matter = { .state = TEXT("OFF"), .facts = &broken };
	WorkflowActions actions = workflow_actions(t->arena, &lamp, &matter, &actor);
	CHECK_INT(actions.count, 1);
	CHECK_TEXT(text_from(actions.at[0].why_not), "It is broken.");
	matter.facts = &strange;
	CHECK_INT(workflow_actions(t->arena, &lamp, &matter, &actor).count, 0);
	matter.state = TEXT("GONE");
	CHECK_INT(workflow_actions(t->arena, &lamp, &matter, &actor).count, 0);
}

static Text fault_with(Test *t, size_t row, Transition changed)
{
	Transition *rows = arena_array_of(t->arena, Transition, COUNT(lamp_rows));
	memcpy(rows, lamp_rows, sizeof(lamp_rows));
	rows[row] = changed;
	Machine machine = lamp;
	machine.rows = rows;
	return workflow_fault(t->arena, &machine);
}

TEST(workflow__walk_finds_dead_ends_and_endless_clocks)
{
	CHECK(workflow_fault(t->arena, &lamp).at == NULL);
	Transition row = lamp_rows[2];
	row.clock = "night";
	CHECK_TEXT(fault_with(t, 2, row), "lamp: ON throw → GONE starts a clock that nothing ends");
	row = lamp_rows[2];
	row.to = "OFF";
	CHECK_TEXT(fault_with(t, 2, row), "lamp: GONE cannot be reached");
	row = lamp_rows[0];
	row.to = "OFF";
	CHECK_TEXT(fault_with(t, 0, row), "lamp: ON cannot be reached");
	row = lamp_rows[0];
	row.clock = "day";
	CHECK_TEXT(fault_with(t, 0, row), "lamp: OFF light → ON starts an unknown clock");
	row = lamp_rows[1];
	row.to = "DIM";
	CHECK_TEXT(fault_with(t, 1, row), "lamp: ON darken → DIM leads to an unknown state");
	row = lamp_rows[2];
	row.action = "darken";
	CHECK_TEXT(fault_with(t, 2, row), "lamp: ON darken → GONE stands in the table twice");
	row = lamp_rows[2];
	row.who = 0;
	CHECK_TEXT(fault_with(t, 2, row), "lamp: ON throw → GONE nobody may do it");
}

TEST(workflow__walk_finds_a_state_without_a_way_to_an_end)
{
	Transition rows[COUNT(lamp_rows)];
	memcpy(rows, lamp_rows, sizeof(rows));
	rows[1].to = "ON";
	rows[2].from = "OFF";
	Machine machine = lamp;
	machine.rows = rows;
	CHECK_TEXT(workflow_fault(t->arena, &machine), "lamp: nothing leads from ON to an end");
}

TEST(workflow__picture_and_text_hold_every_state_and_row)
{
	const Machine *machines[20]; /* more than the product has */
	for (size_t i = 0; i < COUNT(machines); i++) machines[i] = &lamp;
	char *picture = NULL, *text = NULL;
	size_t picture_bytes = 0, text_bytes = 0;
	FILE *out = open_memstream(&picture, &picture_bytes);
	workflow_draw(t->arena, out, machines, COUNT(machines));
	fclose(out);
	out = open_memstream(&text, &text_bytes);
	workflow_describe(out, LANG_EN, machines, COUNT(machines));
	fclose(out);
	for (size_t i = 0; i < COUNT(lamp_states); i++) CHECK(strstr(picture, lamp_states[i].name) && strstr(text, lamp_states[i].name));
	for (size_t i = 0; i < COUNT(lamp_rows); i++) CHECK(strstr(picture, lamp_rows[i].says) && strstr(text, lamp_rows[i].says));
	free(picture);
	free(text);
}
