/* What is the same for the lists of every kind. */
#include "work/workflow/worklist.h"

/* The machines say whose turn it is in words for people; these are the words. */
static const struct {
	const char *word;
	WorkPart part;
} turns[] = { { "reporter", WORK_REPORTER }, { "vendor", WORK_VENDOR }, { "verifier", WORK_VERIFIER }, { "coordinator", WORK_COORDINATOR },
	{ "library", WORK_COORDINATOR | WORK_VERIFIER }, { "applicant", WORK_APPLICANT }, { "secretary", WORK_SECRETARY },
	{ "publisher", WORK_PUBLISHER }, { "inspector", WORK_INSPECTOR }, { "whoever appealed", WORK_APPELLANT },
	{ "panel of experts", WORK_PANEL }, { "the author", WORK_AUTHOR }, { "the recipients", WORK_RECIPIENT } };

uint32_t work_turn(const WorkflowState *state)
{
	uint32_t parts = 0;
	for (size_t i = 0; state->turn && i < COUNT(turns); i++)
		if (strstr(state->turn, turns[i].word)) parts |= turns[i].part;
	return parts;
}

bool work_is_turn(const WorkLine *line) { return !line->is_stage && !line->state->final && (work_turn(line->state) & line->parts) != 0; }

Texts work_actions(Arena *arena, const Machine *machine, bool moves)
{
	Texts actions = { 0 };
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		if (moves && !strcmp(row->from, row->to)) continue;
		bool there = false;
		for (size_t k = 0; k < actions.count; k++) there |= text_is(actions.at[k], text_from(row->action));
		if (!there) list_add(arena, &actions, text_from(row->action));
	}
	return actions;
}

/* An action that leads to several states, such as a return, is called by no state's name. */
Text work_words(Lang lang, const Machine *machine, Text action)
{
	const Transition *first = NULL;
	bool one_state = true, one_word = true;
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		if (!text_is(action, text_from(row->action))) continue;
		if (!first) first = row;
		one_state &= !strcmp(row->to, first->to);
		one_word &= !strcmp(row->says, first->says);
	}
	if (!first || (!one_state && !one_word)) return tr(lang, N_("Moved to another stage"));
	const WorkflowState *to = workflow_state(machine, text_from(first->to));
	if (one_state && to && strcmp(first->from, first->to) != 0) return tr(lang, to->text);
	return tr(lang, first->says);
}

ClockView work_clock(
	const Machine *machine, Text name, int64_t started_at, int64_t due_at, bool provisional, int64_t limit_days, int64_t now)
{
	for (size_t i = 0; name.at && i < machine->clock_count; i++)
		if (text_is(name, text_from(machine->clocks[i].name)))
			return (ClockView) { .clock = &machine->clocks[i],
				.started_at = started_at,
				.due_at = due_at,
				.provisional = provisional,
				.overdue = due_at < now,
				.limit_working_days = (int)limit_days };
	return (ClockView) { 0 };
}
