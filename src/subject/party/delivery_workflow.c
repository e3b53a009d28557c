/* The package's machine, its forms, and the words for what became of a letter. */
#include "subject/party/delivery_private.h"

enum { LIBRARY = ROLE_COORDINATOR, ANYBODY_WITH_ACCOUNT = ROLE_REPORTER };

static const char *is_partner(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DeliveryFacts *)facts)->is_partner ? NULL : N_("Only the partner can do this.");
}

static const char *is_library(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DeliveryFacts *)facts)->is_partner ? N_("Who belongs to the partner does not decide for the library.") : NULL;
}

static const char *is_reported(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DeliveryFacts *)facts)->is_reported ? NULL : N_("Letters wait to be reported.");
}

static const WorkflowState states[] = {
	{ "SENT", N_("Given to the partner"), N_("the partner"), "active", false },
	{ "RECEIVED", N_("Receipt confirmed"), N_("the partner"), "active", false },
	{ "REPORTED", N_("Every letter reported"), NULL, "good", true },
	{ "RECALLED", N_("Called back"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "delivery-receipt", N_("Receipt of the package"), SETTING_contact_days, "notice 1" },
	{ "delivery-report", N_("Delivery of the letters"), SETTING_partner_days, "notice 1" },
};

static const char reminds[] = N_("Remind the partner"), recalls[] = N_("Call the package back");
static const Transition rows[] = {
	{ "SENT", "receive", "RECEIVED", ANYBODY_WITH_ACCOUNT, is_partner, NULL, "delivery-report", false, N_("Confirm receipt"), NULL },
	{ "SENT", "remind", "SENT", LIBRARY, is_library, NULL, NULL, false, reminds, NULL },
	{ "SENT", "recall", "RECALLED", LIBRARY, is_library, NULL, NULL, false, recalls, "delivery-reason" },
	{ "RECEIVED", "remind", "RECEIVED", LIBRARY, is_library, NULL, NULL, false, reminds, NULL },
	{ "RECEIVED", "finish", "REPORTED", ROLE_SYSTEM, NULL, is_reported, NULL, false, N_("Close the package: every letter is reported"),
		NULL },
	{ "RECEIVED", "recall", "RECALLED", LIBRARY, is_library, NULL, NULL, false, recalls, "delivery-reason" },
};

const Machine delivery_machine = {
	.name = "delivery",
	.text = N_("Package of letters for a partner"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "delivery-receipt",
	.load = delivery_machine_load,
	.move = delivery_machine_move,
	.applied = delivery_machine_applied,
};

/* ---- Forms */
static const FormItem reason_items[] = {
	{ "reason", FORM_LINES, N_("Reason"), N_("The partner reads this."), .required = true, .max_length = 2000 },
};
static const FormSection reason_sections[] = { { NULL, NULL, reason_items, COUNT(reason_items) } };
static const Form reason_form = { "delivery-reason", 1, N_("Reason"), reason_sections, 1, NULL };

const Form *delivery_action_form(const char *name) { return name && !strcmp(name, reason_form.name) ? &reason_form : NULL; }

/* ---- Outcomes */
static const struct {
	const char *tag, *text, *tone;
} outcomes[] = {
	{ "waiting", N_("Not reported yet"), "active" },
	{ "delivered", N_("Delivered"), "good" },
	{ "bounced", N_("Came back"), "bad" },
	{ "refused", N_("Refused by the vendor"), "bad" },
	{ "unknown", N_("Vendor unknown there"), "bad" },
	{ "recalled", N_("Called back"), "neutral" },
};

const char *delivery_outcome_text(Text outcome)
{
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (text_is(outcome, text_from(outcomes[i].tag))) return outcomes[i].text;
	return "";
}

const char *delivery_outcome_tone(Text outcome)
{
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (text_is(outcome, text_from(outcomes[i].tag))) return outcomes[i].tone;
	return "neutral";
}
