/* The machine of an application, from the draft to the certificate. What rooms of later steps move is moved by the system, when they have asked who may. */
#include "subject/programme/application/application_private.h"

/* ---- What the actor is to it */
static const char *administers(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->application->is_admin ? NULL : N_("Only an administrator of the applicant does this.");
}

static const char *administers_or_system(const void *facts, const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) ? NULL : administers(facts, actor);
}

static const char *may_check(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	if (!actor->second_factor) return N_("This needs your second factor.");
	return known->application->conflict;
}

static const char *is_second(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	const char *why = may_check(facts, actor);
	if (why) return why;
	return known->application->checked_by == actor->person_id ? N_("Another officer decides than the one who checked.") : NULL;
}

static const char *was_not_involved(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	const char *why = is_second(facts, actor);
	if (why) return why;
	return known->application->decided_by == actor->person_id ? N_("Whoever decided does not decide about the appeal.") : NULL;
}

/* An appeal against a later step is decided on the page of the round's decision. */
static const char *decides_about_review(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	if (!text_is(known->application->appeal_of, TEXT("REJECTED"))) return N_("It is decided with the round.");
	return was_not_involved(facts, actor);
}

/* ---- Conditions of the matter */
static const char *may_submit(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	if (known->now >= known->application->closes_at) return N_("The round has closed.");
	return known->is_complete ? NULL : N_("Something is still missing.");
}

static const char *may_lodge(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->now < known->application->closes_at ? NULL : N_("The round has closed.");
}

static const char *is_delivered(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->is_delivered ? NULL : N_("What is here does not have the hash that was lodged.");
}

static bool is_cancelled(const ApplicationFacts *known) { return text_is(known->application->round_state, TEXT("CANCELLED")); }

static const char *draft_is_over(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return is_cancelled(known) || known->now >= known->application->closes_at ? NULL : N_("Its hour has not come.");
}

static const char *grace_is_over(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return is_cancelled(known) || known->now >= known->application->ends_at ? NULL : N_("Its hour has not come.");
}

static const char *round_is_cancelled(const void *facts, const Actor *actor)
{
	(void)actor;
	return is_cancelled(facts) ? NULL : N_("The round goes on.");
}

static const char *return_is_over(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	bool is_over = known->return_due && known->return_due < known->now;
	return is_over || is_cancelled(known) ? NULL : N_("Its hour has not come.");
}

static const char *review_has_begun(const void *facts, const Actor *actor)
{
	static const char *const before[] = { "PUBLISHED", "OPEN", "GRACE", "CLOSED", "CANCELLED" };
	const ApplicationFacts *known = facts;
	(void)actor;
	for (size_t i = 0; i < COUNT(before); i++)
		if (text_is(known->application->round_state, text_from(before[i]))) return N_("The review has not begun.");
	return NULL;
}

static const char *may_file_check(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->has_look_up ? NULL : N_("The extract of the credit register must be filed first.");
}

static const char *paper_fault(const Application *application)
{
	if (text_is(application->paper, TEXT("none")) || text_is(application->paper, TEXT("matched"))) return NULL;
	return text_is(application->paper, TEXT("late")) ? N_("The stamped copy came too late.")
							 : N_("The stamped copy has not been found to match.");
}

static const char *may_approve(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	const Application *application = known->application;
	(void)actor;
	if (!application->checked_by) return N_("The checklist has not been filled in.");
	if (!application->is_check_good) return N_("The checklist names a condition that is not met.");
	if (known->has_rival) return N_("This organisation has passed with another application in this direction.");
	return paper_fault(application);
}

static const char *may_reject(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->application->checked_by ? NULL : N_("The checklist has not been filled in.");
}

static const char *may_return(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->application->returns < APPLICATION_RETURNS_MAX ? NULL : N_("It was returned twice already.");
}

static const char *is_corrected(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	if (known->return_due && known->return_due < known->now) return N_("The day it was due has passed.");
	if (!known->is_complete) return N_("Something is still missing.");
	return known->is_changed ? NULL : N_("A marked field has not been corrected.");
}

static const char *appeals_in_time(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->now < known->application->appeal_until ? NULL : N_("The time to appeal has passed.");
}

static const char *is_announced(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->agreement_due ? NULL : N_("The result has not been announced yet.");
}

static const char *agreement_is_over(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return known->agreement_due && known->agreement_due < known->now ? NULL : N_("Its hour has not come.");
}

static const char *awaits_paper(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	Text paper = known->application->paper;
	if (text_is(paper, TEXT("none"))) return N_("This round wants no stamped copy.");
	bool is_awaited = text_is(paper, TEXT("awaited")) || text_is(paper, TEXT("sent")) || text_is(paper, TEXT("mismatch"));
	return is_awaited ? NULL : N_("The stamped copy is here.");
}

static const char *has_paper(const void *facts, const Actor *actor)
{
	const ApplicationFacts *known = facts;
	(void)actor;
	return text_is(known->application->paper, TEXT("received")) ? NULL : N_("The stamped copy is not here, or was looked at.");
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("the applicant"), "neutral", false },
	{ "HASHED", N_("Hash lodged, files awaited"), N_("the applicant"), "warn", false },
	{ "SUBMITTED", N_("Submitted"), N_("a selection secretary"), "active", false },
	{ "IN_CHECK", N_("In the material review"), N_("a selection secretary"), "active", false },
	{ "RETURNED", N_("Returned for correction"), N_("the applicant"), "warn", false },
	{ "QUALIFIED", N_("Passed the material review"), N_("the selection panel"), "good", false },
	{ "SCHEDULED", N_("Presents itself to the panel"), N_("the applicant"), "active", false },
	{ "PRESENTED", N_("Presented, the panel assesses"), N_("the selection panel"), "active", false },
	{ "SEALED", N_("All sheets are sealed"), N_("a selection secretary"), "active", false },
	{ "SCORED", N_("Assessed"), N_("a selection secretary"), "active", false },
	{ "SHORTLISTED", N_("Shortlisted"), N_("a selection secretary"), "good", false },
	{ "RESERVE", N_("On the reserve list"), N_("a selection secretary"), "neutral", true },
	{ "NOT_SELECTED", N_("Not selected"), NULL, "bad", true },
	{ "INSPECT", N_("On-site inspection"), N_("the inspectors"), "active", false },
	{ "CORRECTING", N_("Corrects what the inspection found"), N_("the applicant"), "warn", false },
	{ "PROPOSED", N_("Passed the inspection, proposed"), N_("a selection secretary"), "good", false },
	{ "IN_PUBLICITY", N_("In public notice"), N_("the library"), "active", false },
	{ "OBJECTED", N_("In public notice, an objection is examined"), N_("a selection secretary"), "warn", false },
	{ "APPROVED", N_("Approved, accepts the agreement"), N_("the applicant"), "good", false },
	{ "AGREED", N_("Agreement accepted"), N_("a selection secretary"), "good", false },
	{ "CERTIFIED", N_("Certificate issued"), NULL, "good", true },
	{ "REMOVED", N_("Removed after an objection"), NULL, "bad", true },
	{ "FAILED", N_("Did not pass the inspection"), NULL, "bad", true },
	{ "ABSENT", N_("Did not present itself"), NULL, "bad", true },
	{ "REJECTED", N_("Rejected"), NULL, "bad", true },
	{ "APPEAL", N_("Appealed"), N_("a selection secretary"), "warn", false },
	{ "DISMISSED", N_("Appeal dismissed"), NULL, "bad", true },
	{ "LAPSED", N_("Lapsed"), NULL, "neutral", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "check", N_("Material review"), SETTING_application_check_days, "selection 1" },
	{ "return", N_("Correction by the applicant"), SETTING_application_return_days, "selection 1" },
	{ "correction", N_("Findings of the inspection"), SETTING_inspection_correct_days, "selection 1" },
	{ "appeal", N_("Decision about the appeal"), SETTING_application_decide_days, "selection 1" },
	{ "publicity", N_("Public notice"), SETTING_publicity_days, "selection 1" },
	{ "agreement", N_("Acceptance of the agreement"), SETTING_agreement_days, "selection 1" },
};

#define APPLICANT ROLE_REPORTER
#define LAPSE "lapse", "LAPSED", ROLE_SYSTEM, NULL
#define LAPSE_SAYS NULL, false, lapse_says, NULL
static const char post_says[] = N_("Tell how the stamped copy comes");
static const char receive_says[] = N_("Receive the stamped copy");
static const char match_says[] = N_("The stamped copy matches");
static const char mismatch_says[] = N_("The stamped copy differs");
static const char lapse_says[] = N_("Let it lapse");
#define PAPER(state) \
	{ state, "post", state, APPLICANT, administers, awaits_paper, NULL, false, post_says, "application-post" }, \
		{ state, "receive", state, ROLE_SECRETARY, may_check, awaits_paper, NULL, false, receive_says, "application-receive" }, \
		{ state, "match", state, ROLE_SECRETARY, may_check, has_paper, NULL, false, match_says, NULL }, \
	{ \
		state, "mismatch", state, ROLE_SECRETARY, may_check, has_paper, NULL, false, mismatch_says, "application-mismatch" \
	}
#define WITHDRAW "withdraw", "WITHDRAWN", APPLICANT, administers, NULL, NULL, false, N_("Withdraw the application"), "application-withdraw"
#define INSPECTION_MOVES ROLE_SYSTEM, NULL, NULL /* by the inspection room, which has asked who may */
#define DECISION_MOVES ROLE_SYSTEM, NULL, NULL /* by the decision room, which has asked who may, and by what follows it */
#define PANEL_MOVES ROLE_SYSTEM, NULL, NULL, NULL, false /* by the panel room, which has asked who may */
#define APPEAL "appeal", "APPEAL", APPLICANT, administers, appeals_in_time, "appeal", false, N_("Appeal"), "application-appeal"
static const Transition rows[] = {
	/* from      action     to           who             only  when              clock pauses says, form */
	{ "DRAFT", "submit", "SUBMITTED", APPLICANT, administers, may_submit, NULL, false, N_("Submit the application"), NULL },
	{ "DRAFT", "lodge", "HASHED", APPLICANT, administers, may_lodge, NULL, false,
		N_("Lodge the hash now, deliver the files within the hour of grace"), "application-lodge" },
	{ "DRAFT", WITHDRAW },
	{ "DRAFT", LAPSE, draft_is_over, LAPSE_SAYS },
	{ "HASHED", "deliver", "SUBMITTED", APPLICANT | ROLE_SYSTEM, administers_or_system, is_delivered, NULL, false,
		N_("Everything is delivered"), NULL },
	{ "HASHED", LAPSE, grace_is_over, LAPSE_SAYS },
	{ "SUBMITTED", WITHDRAW },
	{ "SUBMITTED", "start", "IN_CHECK", ROLE_SYSTEM, NULL, review_has_begun, "check", false, N_("Begin the material review"), NULL },
	{ "SUBMITTED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	PAPER("SUBMITTED"),
	{ "IN_CHECK", "check", "IN_CHECK", ROLE_SECRETARY, may_check, may_file_check, NULL, false, N_("Fill in the checklist"),
		"application-check" },
	{ "IN_CHECK", "approve", "QUALIFIED", ROLE_SECRETARY, is_second, may_approve, NULL, false, N_("Pass it on as qualified"), NULL },
	{ "IN_CHECK", "return", "RETURNED", ROLE_SECRETARY, may_check, may_return, "return", true, N_("Return it for correction"),
		"application-return" },
	{ "IN_CHECK", "reject", "REJECTED", ROLE_SECRETARY, is_second, may_reject, NULL, false, N_("Reject it"), "application-reject" },
	{ "IN_CHECK", LAPSE, round_is_cancelled, LAPSE_SAYS },
	PAPER("IN_CHECK"),
	{ "RETURNED", "resubmit", "IN_CHECK", APPLICANT, administers, is_corrected, "check", false, N_("Submit the correction"), NULL },
	{ "RETURNED", LAPSE, return_is_over, LAPSE_SAYS },
	PAPER("RETURNED"),
	{ "QUALIFIED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	{ "QUALIFIED", "schedule", "SCHEDULED", PANEL_MOVES, N_("Schedule the presentation"), NULL },
	{ "SCHEDULED", "present", "PRESENTED", PANEL_MOVES, N_("Note the presentation"), NULL },
	{ "SCHEDULED", "miss", "ABSENT", PANEL_MOVES, N_("Note that nobody came"), NULL },
	{ "SCHEDULED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	{ "PRESENTED", "seal", "SEALED", PANEL_MOVES, N_("Note that all sheets are sealed"), NULL },
	{ "PRESENTED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	{ "SEALED", "score", "SCORED", PANEL_MOVES, N_("Open the sheets"), NULL },
	{ "SEALED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	{ "SCORED", "shortlist", "SHORTLISTED", PANEL_MOVES, N_("Put it on the shortlist"), NULL },
	{ "SCORED", "reserve", "RESERVE", PANEL_MOVES, N_("Put it on the reserve list"), NULL },
	{ "SCORED", "pass-over", "NOT_SELECTED", PANEL_MOVES, N_("Do not select it"), NULL },
	{ "SCORED", LAPSE, round_is_cancelled, LAPSE_SAYS },
	{ "SHORTLISTED", "inspect", "INSPECT", INSPECTION_MOVES, NULL, false, N_("Arrange the inspection"), NULL },
	{ "SHORTLISTED", WITHDRAW },
	{ "RESERVE", "promote", "SHORTLISTED", INSPECTION_MOVES, NULL, false, N_("Let it move up from the reserve list"), NULL },
	{ "RESERVE", WITHDRAW },
	{ "INSPECT", "propose", "PROPOSED", INSPECTION_MOVES, NULL, false, N_("Propose it"), NULL },
	{ "INSPECT", "correct", "CORRECTING", INSPECTION_MOVES, "correction", false, N_("Let it correct what was found"), NULL },
	{ "INSPECT", "fail", "FAILED", INSPECTION_MOVES, NULL, false, N_("It did not pass the inspection"), NULL },
	{ "INSPECT", WITHDRAW },
	{ "CORRECTING", "propose", "PROPOSED", INSPECTION_MOVES, NULL, false, N_("Propose it"), NULL },
	{ "CORRECTING", "fail", "FAILED", INSPECTION_MOVES, NULL, false, N_("It did not pass the inspection"), NULL },
	{ "CORRECTING", WITHDRAW },
	{ "PROPOSED", "publicise", "IN_PUBLICITY", DECISION_MOVES, "publicity", false, N_("Give public notice of it"), NULL },
	{ "PROPOSED", WITHDRAW },
	{ "IN_PUBLICITY", "object", "OBJECTED", DECISION_MOVES, NULL, true, N_("Note an objection"), NULL },
	{ "IN_PUBLICITY", "grant", "APPROVED", DECISION_MOVES, NULL, false, N_("Approve it: its public notice is over"), NULL },
	{ "IN_PUBLICITY", WITHDRAW },
	{ "OBJECTED", "disclose", "OBJECTED", DECISION_MOVES, NULL, false, N_("Tell the applicant what is objected"),
		"application-objection" },
	{ "OBJECTED", "state", "OBJECTED", APPLICANT, administers, NULL, NULL, false, N_("Say something about the objection"),
		"application-statement" },
	{ "OBJECTED", "continue", "IN_PUBLICITY", DECISION_MOVES, "publicity", false, N_("Let the public notice go on"), NULL },
	{ "OBJECTED", "remove", "REMOVED", DECISION_MOVES, NULL, false, N_("Remove it after an objection"), "application-removal" },
	{ "OBJECTED", WITHDRAW },
	{ "APPROVED", "announce", "APPROVED", DECISION_MOVES, "agreement", false, N_("Announce it"), NULL },
	{ "APPROVED", "agree", "AGREED", APPLICANT, administers, is_announced, NULL, false, N_("Accept the agreement"),
		"application-agree" },
	{ "APPROVED", LAPSE, agreement_is_over, LAPSE_SAYS },
	{ "APPROVED", WITHDRAW },
	{ "AGREED", "certify", "CERTIFIED", DECISION_MOVES, NULL, false, N_("Note the certificate"), NULL },
	{ "AGREED", WITHDRAW },
	{ "NOT_SELECTED", "inform", "NOT_SELECTED", DECISION_MOVES, NULL, false, N_("Tell that it was not selected"), NULL },
	{ "RESERVE", "release", "NOT_SELECTED", DECISION_MOVES, NULL, false, N_("End the reserve list"), NULL },
	{ "REJECTED", APPEAL },
	{ "NOT_SELECTED", APPEAL },
	{ "FAILED", APPEAL },
	{ "REMOVED", APPEAL },
	{ "APPEAL", "uphold", "IN_CHECK", ROLE_SECRETARY, decides_about_review, NULL, "check", false,
		N_("Uphold the appeal: it is reviewed again"), "application-decision" },
	{ "APPEAL", "dismiss", "DISMISSED", ROLE_SECRETARY, decides_about_review, NULL, NULL, false, N_("Dismiss the appeal"),
		"application-decision" },
	{ "APPEAL", "reinstate", "PROPOSED", DECISION_MOVES, NULL, false, N_("Uphold the appeal: it is proposed"), "application-decision" },
	{ "APPEAL", "refuse", "DISMISSED", DECISION_MOVES, NULL, false, N_("Dismiss the appeal"), "application-decision" },
};

const Machine application_machine = {
	.name = "application",
	.text = N_("Application of an organisation"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.load = application_machine_load,
	.move = application_machine_move,
	.applied = application_machine_applied,
};
