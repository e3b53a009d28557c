/* The evaluation's machine. */
#include "subject/programme/evaluation/evaluation_private.h"

static const char *is_second(const void *facts, const Actor *actor)
{
	return ((const EvaluationFacts *)facts)->proposed_by == actor->person_id ? N_("Whoever proposed it does not decide about it.")
										 : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("List made by the rule"), N_("a selection secretary"), "active", false },
	{ "PROPOSED", N_("Proposed, waits for confirmation"), N_("a second secretary"), "active", false },
	{ "CONFIRMED", N_("Confirmed and carried out"), NULL, "good", true },
	{ "DROPPED", N_("Dropped"), NULL, "neutral", true },
};

static const Transition rows[] = {
	{ "DRAFT", "propose", "PROPOSED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Propose the list"), "evaluation-propose" },
	{ "DRAFT", "drop", "DROPPED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Drop the evaluation"), "evaluation-reason" },
	{ "PROPOSED", "confirm", "CONFIRMED", ROLE_SECRETARY, is_second, NULL, NULL, false, N_("Confirm the list and carry it out"), NULL },
	{ "PROPOSED", "return", "DRAFT", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Return the list"), "evaluation-reason" },
};

const Machine evaluation_machine = {
	.name = "evaluation",
	.text = N_("Yearly evaluation"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = evaluation_machine_load,
	.move = evaluation_machine_move,
	.applied = evaluation_machine_applied,
};

/* ---- Forms */
static const FormItem propose_items[] = {
	{ "document", FORM_TEXT, N_("Document number"), NULL, .required = true, .max_length = 100 },
	{ "document_on", FORM_DATE, N_("Date of the decision"), NULL, .required = true },
	{ "until_on", FORM_DAY, N_("Last day of the renewed certificates"), N_("As 2027-12-31."), .required = true },
};
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 } };
static const FormSection propose_sections[] = { { N_("Propose the list"), NULL, propose_items, COUNT(propose_items) } };
static const FormSection reason_sections[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
const Form evaluation_propose_form = { "evaluation-propose", 1, N_("Propose the list"), propose_sections, 1, NULL };
static const Form reason_form = { "evaluation-reason", 1, N_("Reason"), reason_sections, 1, NULL };

const Form *evaluation_action_form(const char *name)
{
	if (name && strcmp(name, evaluation_propose_form.name) == 0) return &evaluation_propose_form;
	return name && strcmp(name, reason_form.name) == 0 ? &reason_form : NULL;
}
