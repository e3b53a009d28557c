/* The machine of a case: a unit's until it is submitted; then two reviews, public notice, and what came of it. */
#include "subject/programme/collection/collection_private.h"

static const char *belongs(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const CollectionFacts *)facts)->of->is_own ? NULL : N_("It belongs to another organisation.");
}

static const char *may_decide(const void *facts, const Actor *actor)
{
	const CollectionCase *one = ((const CollectionFacts *)facts)->of;
	if (!actor->second_factor) return N_("This needs your second factor.");
	return one->is_own ? N_("You belong to this organisation.") : one->conflict;
}

static const char *is_another(const void *facts, const Actor *actor)
{
	const CollectionCase *one = ((const CollectionFacts *)facts)->of;
	const char *why = may_decide(facts, actor);
	if (why) return why;
	return one->lister_id == actor->person_id ? N_("Whoever entered a decision does not confirm it.") : NULL;
}

static const char *may_submit(const void *facts, const Actor *actor)
{
	const CollectionFacts *known = facts;
	(void)actor;
	if (!collection_may_write(known->of, known->now)) return N_("The collection takes no cases now.");
	return known->is_complete ? NULL : N_("Something is still missing.");
}

static const char *is_over(const void *facts, const Actor *actor)
{
	const CollectionFacts *known = facts;
	const Activity *activity = &known->of->activity;
	(void)actor;
	bool takes = text_is(activity->state, TEXT("OPEN")) && known->now < activity->closes_at;
	return takes ? N_("Its hour has not come.") : NULL;
}

static const char *all_are_in(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const CollectionFacts *)facts)->scores >= COLLECTION_EXPERTS ? NULL : N_("Scores are still awaited.");
}

static const char *notice_is_over(const void *facts, const Actor *actor)
{
	const CollectionFacts *known = facts;
	(void)actor;
	return known->notice_due && known->notice_due <= known->now ? NULL : N_("The days of public notice run.");
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("the unit"), "neutral", false },
	{ "SUBMITTED", N_("Submitted, formal review"), N_("a selection secretary"), "active", false },
	{ "SCORING", N_("Experts score it"), N_("the experts"), "active", false },
	{ "SCORED", N_("Scored"), N_("a selection secretary"), "active", false },
	{ "PROPOSED", N_("Proposed, waits for a second person"), N_("a selection secretary"), "active", false },
	{ "IN_NOTICE", N_("In public notice"), N_("the library"), "active", false },
	{ "CHOSEN", N_("Chosen"), NULL, "good", true },
	{ "NOT_CHOSEN", N_("Not chosen"), NULL, "neutral", true },
	{ "REFUSED", N_("Did not pass the formal review"), NULL, "bad", true },
	{ "STRUCK", N_("Struck off after the public notice"), NULL, "bad", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
	{ "LAPSED", N_("Lapsed"), NULL, "neutral", true },
	{ "DISCARDED", N_("Discarded"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "case-check", N_("Formal review of the case"), SETTING_application_check_days, "selection 1" },
	{ "case-score", N_("Scores of the experts"), SETTING_application_check_days, "selection 1" },
	{ "case-decide", N_("Decision about the case"), SETTING_application_decide_days, "selection 1" },
	{ "case-notice", N_("Public notice"), SETTING_publicity_days, "selection 1" },
};

#define UNIT ROLE_REPORTER, belongs
#define WITHDRAW "withdraw", "WITHDRAWN", UNIT, NULL, NULL, false, N_("Withdraw the case"), NULL
#define OFFICE ROLE_SECRETARY, may_decide, NULL
static const Transition rows[] = {
	{ "DRAFT", "submit", "SUBMITTED", UNIT, may_submit, "case-check", false, N_("Submit the case"), NULL },
	{ "DRAFT", "discard", "DISCARDED", UNIT, NULL, NULL, false, N_("Discard the draft"), NULL },
	{ "DRAFT", "lapse", "LAPSED", ROLE_SYSTEM, NULL, is_over, NULL, false, N_("Let it lapse"), NULL },
	{ "SUBMITTED", "pass", "SCORING", OFFICE, "case-score", false, N_("It is complete: let experts score it"), "case-check" },
	{ "SUBMITTED", "refuse", "REFUSED", OFFICE, NULL, false, N_("It does not pass the formal review"), "case-refuse" },
	{ "SUBMITTED", WITHDRAW },
	{ "SCORING", "score", "SCORED", ROLE_SYSTEM, NULL, all_are_in, "case-decide", false, N_("Count the scores"), NULL },
	{ "SCORING", WITHDRAW },
	{ "SCORED", "propose", "PROPOSED", OFFICE, "case-decide", false, N_("Propose it"), NULL },
	{ "SCORED", "leave", "NOT_CHOSEN", OFFICE, NULL, false, N_("Do not choose it"), "case-leave" },
	{ "PROPOSED", "publicise", "IN_NOTICE", ROLE_SECRETARY, is_another, NULL, "case-notice", false, N_("Give public notice of it"),
		NULL },
	{ "PROPOSED", "return", "SCORED", ROLE_SECRETARY, is_another, NULL, "case-decide", false, N_("Return it to who proposed it"),
		NULL },
	{ "IN_NOTICE", "choose", "CHOSEN", ROLE_SYSTEM, NULL, notice_is_over, NULL, false, N_("Choose it: its public notice is over"),
		NULL },
	{ "IN_NOTICE", "strike", "STRUCK", OFFICE, NULL, false, N_("Strike it off"), "case-strike" },
};

const Machine collection_machine = {
	.name = "collection",
	.text = N_("Case of a case collection"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.load = collection_machine_load,
	.move = collection_machine_move,
	.applied = collection_machine_applied,
};
