/* The deed's machine: who stated it does not confirm it. */
#include "subject/merit/deed_private.h"

static const char *is_another(const void *facts, const Actor *actor)
{
	const DeedFacts *deed = facts;
	if (deed->stated_by == actor->person_id) return N_("Whoever entered it does not decide about it.");
	return actor->organisation_id && actor->organisation_id == deed->organisation_id
		       ? N_("Nobody decides about their own organisation.")
		       : NULL;
}

static const char *is_third(const void *facts, const Actor *actor)
{
	const DeedFacts *deed = facts;
	if (deed->decided_by == actor->person_id) return N_("Whoever confirmed it does not take it back.");
	return actor->organisation_id && actor->organisation_id == deed->organisation_id
		       ? N_("Nobody decides about their own organisation.")
		       : NULL;
}

static const char *is_whose(const void *facts, const Actor *actor)
{
	const DeedFacts *deed = facts;
	if (deed->is_entered) return deed->stated_by == actor->person_id ? NULL : N_("Somebody else entered it.");
	return actor->organisation_id && actor->organisation_id == deed->organisation_id ? NULL : N_("It is another organisation.");
}

static const char *has_evidence(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DeedFacts *)facts)->has_files ? NULL : N_("No evidence is attached.");
}

static const WorkflowState states[] = {
	{ "STATED", N_("Stated, waits for confirmation"), N_("a selection secretary"), "active", false },
	{ "CONFIRMED", N_("Confirmed"), NULL, "good", true },
	{ "REFUSED", N_("Not confirmed"), NULL, "bad", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
	{ "REVOKED", N_("Taken back"), NULL, "bad", true },
};

#define ANYBODY_WITH_ACCOUNT (ROLE_EVERYBODY & ~(uint32_t)ROLE_VISITOR)
static const Transition rows[] = {
	{ "STATED", "confirm", "CONFIRMED", ROLE_SECRETARY, is_another, has_evidence, NULL, false, N_("Confirm the contribution"), NULL },
	{ "STATED", "refuse", "REFUSED", ROLE_SECRETARY, is_another, NULL, NULL, false, N_("Do not confirm it"), "deed-reason" },
	{ "STATED", "withdraw", "WITHDRAWN", ANYBODY_WITH_ACCOUNT, is_whose, NULL, NULL, false, N_("Withdraw"), NULL },
	{ "CONFIRMED", "revoke", "REVOKED", ROLE_SECRETARY, is_third, NULL, NULL, false, N_("Take the confirmation back"), "deed-reason" },
};

const Machine deed_machine = {
	.name = "deed",
	.text = N_("Evidenced contribution"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = deed_machine_load,
	.move = deed_machine_move,
	.applied = deed_machine_applied,
};
