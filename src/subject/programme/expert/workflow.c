/* An entry of the expert library: the office invites, the expert accepts, either ends it; a ban is the office's alone. */
#include "subject/programme/expert/expert_private.h"

static bool is_own(const void *facts, const Actor *actor)
{
	return actor->person_id && ((const ExpertFacts *)facts)->person_id == actor->person_id;
}

static const char *own_only(const void *facts, const Actor *actor)
{
	return is_own(facts, actor) ? NULL : N_("Only the expert can do that.");
}

static const char *others_only(const void *facts, const Actor *actor)
{
	return is_own(facts, actor) ? N_("Nobody decides about their own entry.") : NULL;
}

static const char *own_or_office(const void *facts, const Actor *actor)
{
	return is_own(facts, actor) || actor_has(actor, ROLE_SECRETARY) ? NULL : N_("Only the expert can do that.");
}

static const WorkflowState states[] = {
	{ "INVITED", N_("Invited"), N_("the expert"), "active", false },
	{ "ACTIVE", N_("In the library of experts"), NULL, "good", true },
	{ "BANNED", N_("Barred from panels"), N_("a selection secretary"), "bad", false },
	{ "DECLINED", N_("Invitation declined"), NULL, "neutral", true },
	{ "RETIRED", N_("No longer in the library"), NULL, "neutral", true },
};

#define OFFICE ROLE_SECRETARY, others_only, NULL, NULL, false
#define OWN ROLE_EXPERT, own_only, NULL, NULL, false
static const Transition rows[] = {
	/* from      action     to         who, only, when, clock, pauses   says */
	{ "INVITED", "accept", "ACTIVE", OWN, N_("Accept the invitation"), "expert-accept" },
	{ "INVITED", "decline", "DECLINED", OWN, N_("Decline the invitation"), NULL },
	{ "INVITED", "withdraw", "RETIRED", OFFICE, N_("Withdraw the invitation"), NULL },
	{ "ACTIVE", "retire", "RETIRED", ROLE_SECRETARY | ROLE_EXPERT, own_or_office, NULL, NULL, false, N_("Leave the library of experts"),
		NULL },
	{ "ACTIVE", "ban", "BANNED", OFFICE, N_("Bar from panels"), "expert-ban" },
	{ "BANNED", "lift", "ACTIVE", OFFICE, N_("Lift the ban"), NULL },
	{ "DECLINED", "invite", "INVITED", OFFICE, N_("Invite again"), NULL },
	{ "RETIRED", "invite", "INVITED", OFFICE, N_("Invite again"), NULL },
};

const Machine expert_machine = {
	.name = "expert",
	.text = N_("Expert"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = expert_machine_load,
	.move = expert_machine_move,
	.applied = expert_machine_applied,
};
