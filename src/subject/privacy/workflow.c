/* The machine of an impact assessment, its form and the forms of its actions. */
#include "subject/privacy/privacy_private.h"

static const char *is_complete(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const ImpactFacts *)facts)->is_complete ? NULL : N_("Something is not filled in yet.");
}

static const char *is_second(const void *facts, const Actor *actor)
{
	return ((const ImpactFacts *)facts)->written_by == actor->person_id ? N_("Whoever wrote it does not approve it.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Being written"), N_("a security administrator"), "active", false },
	{ "PROPOSED", N_("Waits for approval"), N_("a second security administrator"), "active", false },
	{ "APPROVED", N_("Approved"), NULL, "good", true },
	{ "ENDED", N_("The processing has ended"), NULL, "neutral", true },
};

static const Transition rows[] = {
	{ "DRAFT", "propose", "PROPOSED", ROLE_SECURITY_ADMIN, NULL, is_complete, NULL, false, N_("Send it for approval"), NULL },
	{ "PROPOSED", "approve", "APPROVED", ROLE_SECURITY_ADMIN, is_second, NULL, NULL, false, N_("Approve"), NULL },
	{ "PROPOSED", "return", "DRAFT", ROLE_SECURITY_ADMIN, NULL, NULL, NULL, false, N_("Return it"), "impact-reason" },
	{ "APPROVED", "revise", "DRAFT", ROLE_SECURITY_ADMIN, NULL, NULL, NULL, false, N_("Begin a new version"), NULL },
	{ "APPROVED", "end", "ENDED", ROLE_SECURITY_ADMIN, NULL, NULL, NULL, false, N_("Record that the processing has ended"),
		"impact-reason" },
};

const Machine impact_machine = {
	.name = "impact",
	.text = N_("Impact assessment"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = impact_machine_load,
	.move = impact_machine_move,
	.applied = impact_machine_applied,
};

static const FormChoice triggers[] = { { "sensitive", N_("Sensitive personal information is processed") },
	{ "automated", N_("Decisions are made by machine") },
	{ "entrusted", N_("Processing is entrusted, data is given to others or made public") }, { "abroad", N_("Data goes abroad") },
	{ "other", N_("Another processing of great weight for people") } };
static const FormChoice risks[] = { { "low", N_("Low") }, { "medium", N_("Medium") }, { "high", N_("High") } };

#define LINES(name, label, help) \
	{ \
		name, FORM_LINES, label, help, .required = true, .max_length = 4000 \
	}
static const FormItem processing_items[] = {
	{ "title", FORM_TEXT, N_("Processing that is assessed"), NULL, .required = true, .max_length = 100 },
	{ "trigger", FORM_CHOICE, N_("Why it has to be assessed"), N_("Personal Information Protection Law, article 55"), .required = true,
		.choices = triggers, .choice_count = COUNT(triggers) },
	LINES("data", N_("Which data, of whom, how much"), NULL),
	LINES("purpose", N_("Purpose and way of processing"), NULL),
	LINES("basis", N_("Legal basis"), N_("With law and article")),
	LINES("retention", N_("How long it is kept, and what happens then"), NULL),
	LINES("receivers", N_("Who gets it"), N_("Roles, organisations, entrusted parties; and that nobody abroad does, or who")),
};
static const FormItem weighing_items[] = {
	LINES("lawful", N_("Whether purpose and way are lawful, fair and necessary"), NULL),
	LINES("effects", N_("What it may mean for people's rights, and the risks"), NULL),
	{ "risk", FORM_CHOICE, N_("Risk before measures"), NULL, .required = true, .choices = risks, .choice_count = COUNT(risks) },
	LINES("measures", N_("Measures, and whether they are lawful, effective and fit the risk"), NULL),
	{ "residual", FORM_CHOICE, N_("Risk that stays"), NULL, .required = true, .choices = risks, .choice_count = COUNT(risks) },
	LINES("conclusion", N_("Conclusion"), NULL),
};
static const FormSection sections[] = {
	{ N_("The processing"), NULL, processing_items, COUNT(processing_items) },
	{ N_("Assessment"), N_("Personal Information Protection Law, article 56"), weighing_items, COUNT(weighing_items) },
};
const Form impact_form = { "impact", 1, N_("Impact assessment"), sections, COUNT(sections), NULL };

static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 } };
static const FormSection reason_section[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
static const Form reason_form = { "impact-reason", 1, N_("Reason"), reason_section, 1, NULL };
const Form *impact_action_form(const char *name) { return name && strcmp(name, reason_form.name) == 0 ? &reason_form : NULL; }
