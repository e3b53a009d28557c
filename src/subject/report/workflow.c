/* The report's machine: from the draft to the decision whether it becomes part of a casefile. */
#include "subject/report/report_private.h"

enum { SENDERS = ROLE_VISITOR | ROLE_REPORTER };

static const char *is_own(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	if (report->by_claim || (report->reporter_id && report->reporter_id == actor->person_id)) return NULL;
	return N_("Only the reporter can do this.");
}

static const char *is_not_own(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	return report->reporter_id && report->reporter_id == actor->person_id ? N_("Nobody decides about a report of their own.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("the reporter"), "neutral", false },
	{ "RECEIVED", N_("Received"), N_("the library"), "active", false },
	{ "FORMAL_REVIEW", N_("Formal review"), N_("the library"), "active", false },
	{ "NEEDS_INFO", N_("Additions asked for"), N_("the reporter"), "warn", false },
	{ "ATTACHED", N_("Taken on"), NULL, "good", true },
	{ "REJECTED", N_("Not taken on"), NULL, "bad", true },
	{ "DUPLICATE", N_("Duplicate"), NULL, "neutral", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "formal-review", N_("Formal review"), SETTING_formal_review_days, "collection 1" },
	{ "additions", N_("Additions by the reporter"), SETTING_supplement_days, "collection 1" },
};

static const Transition rows[] = {
	/* from            action       to               who               only        when  clock           pauses  says */
	{ "DRAFT", "send", "RECEIVED", SENDERS, is_own, NULL, "formal-review", false, N_("Send"), NULL },
	{ "RECEIVED", "review", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, NULL, "formal-review", false, N_("Begin the formal review"),
		NULL },
	{ "RECEIVED", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "FORMAL_REVIEW", "attach", "ATTACHED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Take on"), "report-attach" },
	{ "FORMAL_REVIEW", "ask", "NEEDS_INFO", ROLE_COORDINATOR, is_not_own, NULL, "additions", true, N_("Ask for additions"),
		"report-ask" },
	{ "FORMAL_REVIEW", "duplicate", "DUPLICATE", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Decide as duplicate"),
		"report-duplicate" },
	{ "FORMAL_REVIEW", "reject", "REJECTED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Do not take on"), "report-reject" },
	{ "FORMAL_REVIEW", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "NEEDS_INFO", "answer", "FORMAL_REVIEW", SENDERS, is_own, NULL, "formal-review", false, N_("Send the additions"),
		"report-answer" },
	{ "NEEDS_INFO", "review", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, NULL, "formal-review", false,
		N_("Go on without additions"), NULL },
	{ "NEEDS_INFO", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
};

const Machine report_machine = {
	.name = "report",
	.text = N_("Report"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.load = report_machine_load,
	.move = report_machine_move,
	.applied = report_machine_applied,
};
