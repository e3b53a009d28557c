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
	if (report->reporter_id && report->reporter_id == actor->person_id) return N_("Nobody decides about a report of their own.");
	return report->interest;
}

static const char *is_second(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	return report->decided_by == actor->person_id ? N_("A second person must do this.") : NULL;
}

/* Whoever decided does not look at it again. */
static const char *may_reopen(const void *facts, const Actor *actor)
{
	const char *why = is_not_own(facts, actor);
	return why ? why : is_second(facts, actor);
}

/* A report of a casefile is decided about with it. */
static const char *is_alone(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->in_casefile ? N_("It is decided with its casefile.") : NULL;
}

static const char *is_overdue(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->is_overdue ? NULL : N_("The time for additions is not over yet.");
}

static const char *has_embargo(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->has_embargo ? NULL : N_("There is no embargo.");
}

static const char *is_lapsed(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->is_lapsed ? NULL : N_("Only what was closed for want of an answer is taken up again by answering.");
}

/* ---- Known internally: one proposes, another one confirms */
static const char *has_known(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->has_known ? NULL : N_("That it is known internally was not proposed.");
}

static const char *has_no_known(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->has_known ? N_("That it is known internally waits for its confirmation.") : NULL;
}

static const char *may_confirm_known(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	if (report->has_known && report->known_proposed_by == actor->person_id) return N_("A second person must do this.");
	return is_not_own(facts, actor);
}

/* ---- The formal review by somebody who verifies */
static const char *is_reviewer(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	return actor->person_id && report->reviewer_id == actor->person_id ? NULL : N_("It is assigned to somebody else.");
}

static const char *has_reviewer(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->reviewer_id ? NULL : N_("Nobody is assigned.");
}

static const char *has_signed(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->has_undertaking ? NULL : N_("The confidentiality undertaking has to be signed first.");
}

static const char *has_not_signed(const void *facts, const Actor *actor)
{
	const ReportFacts *report = facts;
	(void)actor;
	return report->has_undertaking ? N_("The confidentiality undertaking has been signed.") : NULL;
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
	{ "TRANSFERRED", N_("Handed to another library"), NULL, "neutral", true },
	{ "ISOLATED", N_("Isolated"), N_("a second coordinator"), "bad", false },
	{ "WIPED", N_("Wiped"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "formal-review", N_("Formal review"), SETTING_formal_review_days, "collection 1" },
	{ "additions", N_("Additions by the reporter"), SETTING_supplement_days, "collection 1" },
	{ "isolation", N_("Decision about what was isolated"), SETTING_isolation_days, "collection 1" },
};

/* Whoever meets what may be a state secret stops everybody, themselves included, from reading on. */
#define ISOLATE(from) \
	{ \
		from, "isolate", "ISOLATED", ROLE_COORDINATOR, NULL, NULL, "isolation", false, N_("Isolate: it may hold a state secret"), \
			"report-isolate" \
	}

static const Transition rows[] = {
	/* from            action       to               who               only        when  clock           pauses  says */
	{ "DRAFT", "send", "RECEIVED", SENDERS, is_own, NULL, "formal-review", false, N_("Send"), NULL },
	{ "RECEIVED", "review", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, NULL, "formal-review", false, N_("Begin the formal review"),
		NULL },
	{ "RECEIVED", "spam", "REJECTED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Put aside as no report"), NULL },
	ISOLATE("RECEIVED"),
	{ "RECEIVED", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "FORMAL_REVIEW", "attach", "ATTACHED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Take on"), "report-attach" },
	{ "FORMAL_REVIEW", "ask", "NEEDS_INFO", ROLE_COORDINATOR, is_not_own, NULL, "additions", true, N_("Ask for additions"),
		"report-ask" },
	{ "FORMAL_REVIEW", "duplicate", "DUPLICATE", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Decide as duplicate"),
		"report-duplicate" },
	{ "FORMAL_REVIEW", "known", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, has_no_known, NULL, false,
		N_("Propose: known internally"), "report-known" },
	{ "FORMAL_REVIEW", "confirm-known", "DUPLICATE", ROLE_COORDINATOR, may_confirm_known, has_known, NULL, false,
		N_("Confirm: known internally"), NULL },
	{ "FORMAL_REVIEW", "refuse-known", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, has_known, NULL, false,
		N_("Drop the proposal: known internally"), NULL },
	{ "FORMAL_REVIEW", "reject", "REJECTED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Do not take on"), "report-reject" },
	{ "FORMAL_REVIEW", "transfer", "TRANSFERRED", ROLE_COORDINATOR, is_not_own, NULL, NULL, false, N_("Hand to another library"),
		"report-transfer" },
	{ "FORMAL_REVIEW", "assign", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, NULL, NULL, false,
		N_("Give the formal review to a verifier"), "report-assign" },
	{ "FORMAL_REVIEW", "unassign", "FORMAL_REVIEW", ROLE_COORDINATOR | ROLE_SYSTEM, is_not_own, has_reviewer, NULL, false,
		N_("Take the formal review back"), "report-unassign" },
	{ "FORMAL_REVIEW", "hand-over", "FORMAL_REVIEW", ROLE_SYSTEM, NULL, has_reviewer, NULL, false,
		N_("Hand the task over during an absence"), "report-hand-over" },
	{ "FORMAL_REVIEW", "undertake", "FORMAL_REVIEW", ROLE_VERIFIER, is_reviewer, has_not_signed, NULL, false,
		N_("Sign the confidentiality undertaking"), "report-undertake" },
	{ "FORMAL_REVIEW", "opine", "FORMAL_REVIEW", ROLE_VERIFIER, is_reviewer, has_signed, NULL, false,
		N_("Give the opinion of the formal review"), "report-opinion" },
	ISOLATE("FORMAL_REVIEW"),
	{ "FORMAL_REVIEW", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "NEEDS_INFO", "answer", "FORMAL_REVIEW", SENDERS, is_own, NULL, "formal-review", false, N_("Send the additions"),
		"report-answer" },
	{ "NEEDS_INFO", "review", "FORMAL_REVIEW", ROLE_COORDINATOR, is_not_own, NULL, "formal-review", false,
		N_("Go on without additions"), NULL },
	{ "NEEDS_INFO", "lapse", "REJECTED", ROLE_COORDINATOR, is_not_own, is_overdue, NULL, false, N_("Close for want of an answer"),
		NULL },
	ISOLATE("NEEDS_INFO"),
	{ "NEEDS_INFO", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "ATTACHED", "withdraw", "WITHDRAWN", SENDERS, is_own, NULL, NULL, false, N_("Withdraw"), "report-withdraw" },
	{ "ATTACHED", "embargo", "ATTACHED", SENDERS, is_own, has_embargo, NULL, false, N_("Answer the embargo"), "report-embargo" },
	{ "REJECTED", "resume", "FORMAL_REVIEW", SENDERS, is_own, is_lapsed, "formal-review", false, N_("Answer now"), "report-answer" },
	{ "REJECTED", "reopen", "FORMAL_REVIEW", ROLE_COORDINATOR, may_reopen, NULL, "formal-review", false, N_("Reopen"),
		"report-reopen" },
	{ "DUPLICATE", "reopen", "FORMAL_REVIEW", ROLE_COORDINATOR, may_reopen, NULL, "formal-review", false, N_("Reopen"),
		"report-reopen" },
	{ "REJECTED", "set-aside", "FORMAL_REVIEW", ROLE_SYSTEM, NULL, NULL, "formal-review", false, N_("Set the decision aside"), NULL },
	{ "DUPLICATE", "set-aside", "FORMAL_REVIEW", ROLE_SYSTEM, NULL, NULL, "formal-review", false, N_("Set the decision aside"), NULL },
	ISOLATE("ATTACHED"),
	{ "ISOLATED", "wipe-with", "WIPED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Wipe with its casefile"), NULL },
	{ "ISOLATED", "return", "ATTACHED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Return to its casefile"), NULL },
	{ "ISOLATED", "return-withdrawn", "WITHDRAWN", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Return to its casefile"), NULL },
	ISOLATE("REJECTED"),
	ISOLATE("DUPLICATE"),
	ISOLATE("WITHDRAWN"),
	ISOLATE("TRANSFERRED"),
	{ "ISOLATED", "wipe", "WIPED", ROLE_COORDINATOR, is_second, is_alone, NULL, false, N_("Wipe for ever"), "report-wipe" },
	{ "ISOLATED", "release", "FORMAL_REVIEW", ROLE_COORDINATOR, is_second, is_alone, "formal-review", false,
		N_("Release: it holds no state secret"), NULL },
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
