/* The machine of a report of figures, and the forms of its actions. */
#include "subject/figure/figure_report_private.h"

static const char *is_another(const void *facts, const Actor *actor)
{
	const FigureReportFacts *report = facts;
	return report->reviewed_by == actor->person_id ? N_("Whoever reviewed it does not issue it.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Drafted"), N_("an editor"), "active", false },
	{ "REVIEWED", N_("Reviewed, waits to be issued"), N_("another person who approves articles"), "active", false },
	{ "ISSUED", N_("Issued"), NULL, "good", true },
	{ "VOID", N_("Void"), NULL, "bad", true },
};

enum { EDITORS = ROLE_EDITOR | ROLE_APPROVER };
static const Transition rows[] = {
	{ "DRAFT", "edit", "DRAFT", EDITORS, NULL, NULL, NULL, false, N_("Change the words"), "figure-report-words" },
	{ "DRAFT", "review", "REVIEWED", EDITORS, NULL, NULL, NULL, false, N_("Mark as reviewed"), NULL },
	{ "DRAFT", "drop", "VOID", EDITORS, NULL, NULL, NULL, false, N_("Drop the draft"), "figure-report-reason" },
	{ "REVIEWED", "return", "DRAFT", EDITORS, NULL, NULL, NULL, false, N_("Return to the draft"), "figure-report-reason" },
	{ "REVIEWED", "issue", "ISSUED", ROLE_APPROVER, is_another, NULL, NULL, false, N_("Issue the report"), NULL },
	{ "ISSUED", "void", "VOID", ROLE_APPROVER, NULL, NULL, NULL, false, N_("Declare it void"), "figure-report-reason" },
};

const Machine figure_report_machine = {
	.name = "figure-report",
	.text = N_("Report of figures"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = figure_report_machine_load,
	.move = figure_report_machine_move,
	.applied = figure_report_machine_applied,
};

#define WORDS(name, label) \
	{ \
		name, FORM_LINES, label, N_("A line is a paragraph. Of a monthly or yearly report everybody reads it once it is issued."), \
			.required = true, .max_length = 8000 \
	}
static const FormItem word_items[] = { WORDS("zh", N_("Words in Chinese")), WORDS("en", N_("Words in English")) };
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 } };
static const FormSection word_section[] = { { N_("Words of the report"), NULL, word_items, COUNT(word_items) } };
static const FormSection reason_section[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
static const Form forms[] = {
	{ "figure-report-words", 1, N_("Words of the report"), word_section, 1, NULL },
	{ "figure-report-reason", 1, N_("Reason"), reason_section, 1, NULL },
};

const Form *figure_report_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return NULL;
}
