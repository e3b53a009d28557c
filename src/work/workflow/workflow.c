#include "work/workflow/workflow.h"

static bool named(const char *name, Text text) { return text_is(text_from(name), text); }

const WorkflowState *workflow_state(const Machine *machine, Text name)
{
	for (size_t i = 0; i < machine->state_count; i++)
		if (named(machine->states[i].name, name)) return &machine->states[i];
	return NULL;
}

const WorkflowClock *workflow_clock(const Machine *machine, const char *name)
{
	for (size_t i = 0; name && i < machine->clock_count; i++)
		if (named(machine->clocks[i].name, text_from(name))) return &machine->clocks[i];
	return NULL;
}

static bool fits(const Transition *row, const Matter *matter, const Actor *actor)
{
	return actor_has(actor, row->who) && (!row->only || !row->only(matter->facts, actor));
}

const Transition *workflow_row(
	const Machine *machine, const Matter *matter, const Actor *actor, Text action, Error *out_error, const char **out_why)
{
	Error error = ERROR_FORBIDDEN;
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		if (!named(row->action, action) || !fits(row, matter, actor)) continue;
		if (!named(row->from, matter->state)) {
			error = ERROR_CONFLICT; /* it could have been done before: somebody has moved the matter on */
			continue;
		}
		const char *why = row->when ? row->when(matter->facts, actor) : NULL;
		if (!why) return row;
		*out_why = why;
		*out_error = ERROR_INVALID;
		return NULL;
	}
	*out_error = error;
	return NULL;
}

WorkflowActions workflow_actions(Arena *arena, const Machine *machine, const Matter *matter, const Actor *actor)
{
	WorkflowActions actions = { 0 };
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		if (!named(row->from, matter->state) || !fits(row, matter, actor)) continue;
		WorkflowAction action = { row, row->when ? row->when(matter->facts, actor) : NULL };
		list_add(arena, &actions, action);
	}
	return actions;
}
