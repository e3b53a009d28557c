/* The walk over a table that finds what no reader of one row would see. */
#include "work/workflow/workflow.h"

static size_t state_index(const Machine *machine, const char *name)
{
	const WorkflowState *state = workflow_state(machine, text_from(name));
	return state ? (size_t)(state - machine->states) : machine->state_count;
}

static bool is_twice(const Machine *machine, size_t at)
{
	const Transition *row = &machine->rows[at];
	for (size_t i = 0; i < at; i++)
		if (!strcmp(machine->rows[i].from, row->from) && !strcmp(machine->rows[i].action, row->action)) return true;
	return false;
}

static const char *row_fault(const Machine *machine, size_t at)
{
	const Transition *row = &machine->rows[at];
	if (state_index(machine, row->from) == machine->state_count) return "comes from an unknown state";
	if (state_index(machine, row->to) == machine->state_count) return "leads to an unknown state";
	if (!row->who) return "nobody may do it";
	if (!row->says || !*row->says) return "has no text";
	if (row->clock && !workflow_clock(machine, row->clock)) return "starts an unknown clock";
	if (row->clock && machine->states[state_index(machine, row->to)].final) return "starts a clock that nothing ends";
	if (is_twice(machine, at)) return "stands in the table twice";
	return NULL;
}

/* Marks what is connected with the marked states, along the rows or against them. */
static void spread(const Machine *machine, bool *marked, bool forwards)
{
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < machine->row_count; i++) {
			size_t from = state_index(machine, machine->rows[i].from), to = state_index(machine, machine->rows[i].to);
			size_t known = forwards ? from : to, next = forwards ? to : from;
			if (!marked[known] || marked[next]) continue;
			marked[next] = again = true;
		}
	}
}

static Text states_fault(Arena *arena, const Machine *machine)
{
	bool *reached = arena_array_of(arena, bool, machine->state_count), *ends = arena_array_of(arena, bool, machine->state_count);
	reached[0] = true;
	spread(machine, reached, true);
	for (size_t i = 0; i < machine->state_count; i++)
		if (!reached[i]) return arena_printf(arena, "%s: %s cannot be reached", machine->name, machine->states[i].name);
	for (size_t i = 0; i < machine->state_count; i++) ends[i] = machine->states[i].final;
	spread(machine, ends, false);
	for (size_t i = 0; i < machine->state_count; i++) {
		const WorkflowState *state = &machine->states[i];
		if (!ends[i]) return arena_printf(arena, "%s: nothing leads from %s to an end", machine->name, state->name);
		if (!state->final && !state->turn) return arena_printf(arena, "%s: in %s it is nobody's turn", machine->name, state->name);
	}
	return (Text) { 0 };
}

Text workflow_fault(Arena *arena, const Machine *machine)
{
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		const char *fault = row_fault(machine, i);
		if (fault) return arena_printf(arena, "%s: %s %s → %s %s", machine->name, row->from, row->action, row->to, fault);
	}
	for (size_t i = 0; i < machine->clock_count; i++)
		if (setting_table[machine->clocks[i].limit].least < 1 || !machine->clocks[i].rule)
			return arena_printf(arena, "%s: clock %s has no limit or no rule", machine->name, machine->clocks[i].name);
	if (machine->opening && !workflow_clock(machine, machine->opening))
		return arena_printf(arena, "%s: opens with an unknown clock", machine->name);
	return states_fault(arena, machine);
}
