/* The unit's machine. Whatever gives or takes is proposed by one secretary and confirmed by another: `only` sees who entered it. */
#include "subject/programme/unit/unit_private.h"

static const char *second(const void *facts, const Actor *actor, const char *wish)
{
	const UnitFacts *unit = facts;
	if (!text_is(unit->wish, text_from(wish))) return N_("No such decision was entered.");
	return unit->wish_by == actor->person_id ? N_("Whoever entered a decision does not confirm it.") : NULL;
}
static const char *second_admits(const void *facts, const Actor *actor) { return second(facts, actor, "admit"); }
static const char *second_renews(const void *facts, const Actor *actor) { return second(facts, actor, "renew"); }
static const char *second_reissues(const void *facts, const Actor *actor) { return second(facts, actor, "reissue"); }
static const char *second_revokes(const void *facts, const Actor *actor) { return second(facts, actor, "revoke"); }

static const char *has_no_wish(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const UnitFacts *)facts)->wish.length ? N_("A decision waits for confirmation.") : NULL;
}

static const char *has_wish(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const UnitFacts *)facts)->wish.length ? NULL : N_("No such decision was entered.");
}

static const char *has_review(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const UnitFacts *)facts)->review.length ? NULL : N_("No review is open.");
}

static const char *is_own(const void *facts, const Actor *actor)
{
	const UnitFacts *unit = facts;
	return actor->organisation_id && actor->organisation_id == unit->organisation_id ? NULL : N_("It is another organisation.");
}

static const char *is_verified(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const UnitFacts *)facts)->is_verified ? NULL : N_("The organisation is no verified one any more.");
}

static const char *is_near(const void *facts, const Actor *actor)
{
	const UnitFacts *unit = facts;
	(void)actor;
	return unit->until_at - unit->expiring_ms <= unit->now ? NULL : N_("Its days are not near their end.");
}

static const char *is_over(const void *facts, const Actor *actor)
{
	const UnitFacts *unit = facts;
	(void)actor;
	return unit->until_at <= unit->now ? NULL : N_("Its days are not over.");
}

static const WorkflowState states[] = {
	{ "PROPOSED", N_("Entered, waits for confirmation"), N_("a second secretary"), "neutral", false },
	{ "ACTIVE", N_("In effect"), N_("the unit"), "good", false },
	{ "PROBATION", N_("On probation"), N_("the unit"), "warn", false },
	{ "SUSPENDED", N_("Suspended"), N_("a selection secretary"), "warn", false },
	{ "EXPIRING", N_("Ends soon"), N_("a selection secretary"), "active", false },
	{ "REVOKED", N_("Revoked"), NULL, "bad", true },
	{ "EXPIRED", N_("Expired"), NULL, "neutral", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
	{ "REFUSED", N_("Not confirmed"), NULL, "neutral", true },
};

#define OFFICE ROLE_SECRETARY
#define OWN (ROLE_UNIT_ADMIN | ROLE_VENDOR_ADMIN)
/* What stands in several rows. */
static const char enters_renewal[] = N_("Enter the decision to renew"), confirms_renewal[] = N_("Confirm the renewal"),
		  enters_change[] = N_("Enter the decision to change stars or name"), confirms_change[] = N_("Confirm the change"),
		  suspends[] = N_("Suspend"), withdraws[] = N_("Withdraw as a support unit"), drops[] = N_("Drop the decision that waits"),
		  declares[] = N_("Tell of a change of circumstances"), closes_review[] = N_("Close the review");
#define PROPOSALS(state) \
	{ state, "propose-renew", state, OFFICE, has_no_wish, is_verified, NULL, false, enters_renewal, "unit-renew" }, \
		{ state, "renew", "ACTIVE", OFFICE, second_renews, is_verified, NULL, false, confirms_renewal, NULL }, \
		{ state, "propose-reissue", state, OFFICE, has_no_wish, is_verified, NULL, false, enters_change, "unit-reissue" }, \
		{ state, "reissue", "ACTIVE", OFFICE, second_reissues, is_verified, NULL, false, confirms_change, NULL }, \
		{ state, "suspend", "SUSPENDED", OFFICE, has_no_wish, NULL, NULL, false, suspends, "unit-suspend" }, \
		{ state, "withdraw", "WITHDRAWN", OWN, is_own, has_no_wish, NULL, false, withdraws, "unit-withdraw" }, EVERYWHERE(state)
#define EVERYWHERE(state) \
	{ state, "drop", state, OFFICE, has_wish, NULL, NULL, false, drops, "unit-drop" }, \
		{ state, "declare", state, OWN, is_own, NULL, NULL, false, declares, "unit-declare" }, \
	{ \
		state, "reviewed", state, OFFICE, has_review, NULL, NULL, false, closes_review, "unit-reviewed" \
	}

static const Transition rows[] = {
	{ "PROPOSED", "admit", "ACTIVE", OFFICE, second_admits, is_verified, NULL, false, N_("Confirm the admission"), NULL },
	{ "PROPOSED", "refuse", "REFUSED", OFFICE, NULL, NULL, NULL, false, N_("Do not confirm it"), "unit-refuse" },
	PROPOSALS("ACTIVE"),
	{ "ACTIVE", "warn", "PROBATION", OFFICE, has_no_wish, NULL, "probation", false, N_("Put on probation"), "unit-warn" },
	{ "ACTIVE", "near", "EXPIRING", ROLE_SYSTEM, NULL, is_near, NULL, false, N_("The end of its days is near"), NULL },
	{ "PROBATION", "clear", "ACTIVE", OFFICE, NULL, has_no_wish, NULL, false, N_("End the probation"), "unit-clear" },
	{ "PROBATION", "propose-renew", "PROBATION", OFFICE, has_no_wish, is_verified, NULL, false, enters_renewal, "unit-renew" },
	{ "PROBATION", "renew", "ACTIVE", OFFICE, second_renews, is_verified, NULL, false, confirms_renewal, NULL },
	{ "PROBATION", "drop", "PROBATION", OFFICE, has_wish, NULL, NULL, false, drops, "unit-drop" },
	{ "PROBATION", "suspend", "SUSPENDED", OFFICE, NULL, has_no_wish, NULL, false, N_("Suspend"), "unit-suspend" },
	{ "PROBATION", "withdraw", "WITHDRAWN", OWN, is_own, has_no_wish, NULL, false, N_("Withdraw as a support unit"), "unit-withdraw" },
	{ "PROBATION", "end", "EXPIRED", ROLE_SYSTEM, NULL, is_over, NULL, false, N_("Its days are over"), NULL },
	PROPOSALS("EXPIRING"),
	{ "EXPIRING", "end", "EXPIRED", ROLE_SYSTEM, NULL, is_over, NULL, false, N_("Its days are over"), NULL },
	{ "SUSPENDED", "resume", "ACTIVE", OFFICE, has_no_wish, is_verified, NULL, false, N_("End the suspension"), "unit-resume" },
	{ "SUSPENDED", "propose-revoke", "SUSPENDED", OFFICE, has_no_wish, NULL, NULL, false, N_("Enter the decision to revoke"),
		"unit-revoke" },
	{ "SUSPENDED", "revoke", "REVOKED", OFFICE, second_revokes, NULL, NULL, false, N_("Confirm the revocation"), NULL },
	{ "SUSPENDED", "end", "EXPIRED", ROLE_SYSTEM, NULL, is_over, NULL, false, N_("Its days are over"), NULL },
	EVERYWHERE("SUSPENDED"),
};

static const WorkflowClock clocks[] = {
	{ "probation", N_("Probation"), SETTING_unit_probation_days, "units 1" },
};

const Machine unit_machine = {
	.name = "unit",
	.text = N_("Support unit"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.load = unit_machine_load,
	.move = unit_machine_move,
	.applied = unit_machine_applied,
};
