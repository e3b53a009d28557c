/* The machine of a warning, and what its actions ask for. */
#include "subject/warning/warning_private.h"

/* ---- Who */
static const char *is_own(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	(void)actor;
	return warning->organisation_id && warning->is_owner ? NULL : N_("Another organisation has shared it.");
}

static const char *is_the_librarys(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const WarningFacts *)facts)->organisation_id ? N_("A support unit writes it.") : NULL;
}

static const char *is_author(const void *facts, const Actor *actor)
{
	bool is_shared = ((const WarningFacts *)facts)->organisation_id != 0;
	if (!is_shared) return actor_has(actor, ROLE_COORDINATOR) ? NULL : N_("The library writes it.");
	return is_own(facts, actor);
}

static const char *not_own(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	bool is_theirs = warning->is_owner || (warning->organisation_id && warning->author_id == actor->person_id);
	return is_theirs ? N_("Nobody decides about what their own organisation has shared.") : NULL;
}

static bool has(const Numbers *numbers, int64_t id)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == id) return true;
	return false;
}

/* Who approves has had no part in it. */
static const char *is_second(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	int64_t id = actor->person_id;
	if (!id) return N_("A person has to approve it.");
	if (id == warning->author_id || id == warning->writer_id || id == warning->submitted_by)
		return N_("Whoever wrote a warning does not send it.");
	if (id == warning->assessed_by) return N_("Another person than the one who assessed it has to approve it.");
	if (id == warning->corrector_id) return N_("Another person than the one who corrected it has to approve it.");
	if (has(&warning->aimed_by, id)) return N_("Another person than the one who chose the audience has to approve it.");
	return not_own(facts, actor);
}

/* ---- When */
static const char *is_ready(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	(void)actor;
	if (!warning->is_complete) return N_("The text is not complete.");
	return warning->text_fault;
}

static const char *has_audience(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	if (!warning->has_aims) return N_("Nobody is chosen who is to be told.");
	if (warning->aims_public && warning->closed) return warning->closed;
	return is_ready(facts, actor);
}

static const char *may_extend(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	(void)actor;
	if (!warning->has_aims) return N_("Nobody else is chosen who is to be told.");
	return warning->aims_public ? warning->closed : NULL;
}

static const char *may_correct(const void *facts, const Actor *actor)
{
	const WarningFacts *warning = facts;
	(void)actor;
	if (warning->is_public && warning->closed) return warning->closed;
	return warning->proposal_fault;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("the author"), "neutral", false },
	{ "SUBMITTED", N_("Shared, waits for assessment"), N_("a coordinator"), "active", false },
	{ "ASSESSED", N_("Assessed, waits for approval"), N_("a publisher"), "active", false },
	{ "SENT", N_("Sent, receipts come in"), N_("the recipients"), "good", false },
	{ "CORRECTING", N_("Sent, a correction waits for approval"), N_("a publisher"), "warn", false },
	{ "CLOSED", N_("Closed"), NULL, "good", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "bad", true },
	{ "REJECTED", N_("Not taken up"), NULL, "neutral", true },
	{ "DISCARDED", N_("Discarded"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "assess", N_("Assessment of the warning"), SETTING_warning_assess_days, "publication 1" },
	{ "supplement", N_("Additions by the author"), SETTING_supplement_days, "publication 1" },
	{ "approve", N_("Approval of the warning"), SETTING_warning_approve_days, "publication 1" },
	{ "receipt", N_("Receipts of the recipients"), SETTING_warning_receipt_days, "publication 1" },
};

#define UNIT (ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN)
static const char assesses[] = N_("Assess it and pass it on for approval"), withdraws[] = N_("Withdraw it"),
		  corrects[] = N_("Correct the text");
static const Transition rows[] = {
	{ "DRAFT", "submit", "SUBMITTED", UNIT, is_own, is_ready, "assess", false, N_("Share it with the library"), NULL },
	{ "DRAFT", "assess", "ASSESSED", ROLE_COORDINATOR, is_the_librarys, is_ready, "approve", false, assesses, "warning-assess" },
	{ "DRAFT", "discard", "DISCARDED", UNIT | ROLE_COORDINATOR, is_author, NULL, NULL, false, N_("Discard"), NULL },
	{ "SUBMITTED", "assess", "ASSESSED", ROLE_COORDINATOR, not_own, is_ready, "approve", false, assesses, "warning-assess" },
	{ "SUBMITTED", "return", "DRAFT", ROLE_COORDINATOR, not_own, NULL, "supplement", false, N_("Return it to the author"),
		"warning-reason" },
	{ "SUBMITTED", "reject", "REJECTED", ROLE_COORDINATOR, not_own, NULL, NULL, false, N_("Do not take it up"), "warning-reason" },
	{ "SUBMITTED", "recall", "DRAFT", UNIT, is_own, NULL, NULL, false, N_("Take it back to change it"), NULL },
	{ "ASSESSED", "send", "SENT", ROLE_PUBLISHER, is_second, has_audience, "receipt", false, N_("Approve and send it"),
		"warning-send" },
	{ "ASSESSED", "return", "SUBMITTED", ROLE_PUBLISHER, is_second, NULL, "assess", false, N_("Return it to the coordinators"),
		"warning-reason" },
	{ "SENT", "extend", "SENT", ROLE_PUBLISHER, is_second, may_extend, "receipt", false, N_("Tell the others who were chosen, too"),
		"warning-extend" },
	{ "SENT", "correct", "CORRECTING", ROLE_COORDINATOR, not_own, NULL, "approve", false, corrects, "warning-correct" },
	{ "SENT", "close", "CLOSED", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Close it"), NULL },
	{ "SENT", "withdraw", "WITHDRAWN", ROLE_PUBLISHER, not_own, NULL, NULL, false, withdraws, "warning-reason" },
	{ "CORRECTING", "issue", "SENT", ROLE_PUBLISHER, is_second, may_correct, "receipt", false, N_("Approve the correction and send it"),
		"warning-send" },
	{ "CORRECTING", "drop", "SENT", ROLE_PUBLISHER | ROLE_COORDINATOR, NULL, NULL, "receipt", false, N_("Drop the correction"), NULL },
	{ "CORRECTING", "withdraw", "WITHDRAWN", ROLE_PUBLISHER, not_own, NULL, NULL, false, withdraws, "warning-reason" },
	{ "CLOSED", "correct", "CORRECTING", ROLE_COORDINATOR, not_own, NULL, "approve", false, corrects, "warning-correct" },
	{ "CLOSED", "reopen", "SENT", ROLE_COORDINATOR, NULL, NULL, "receipt", false, N_("Reopen it"), NULL },
	{ "CLOSED", "withdraw", "WITHDRAWN", ROLE_PUBLISHER, not_own, NULL, NULL, false, withdraws, "warning-reason" },
};

const Machine warning_machine = {
	.name = "warning",
	.text = N_("Warning"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.load = warning_machine_load,
	.move = warning_machine_move,
	.applied = warning_machine_applied,
};
