/* The casefile's machine. The publication gate stands in gate.c. */
#include "subject/casefile/casefile_private.h"

/* ---- Whose task it is */
static const char *is_verifier(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!actor->person_id || casefile->verifier_id != actor->person_id) return N_("Somebody else verifies this casefile.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

static const char *is_second(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!actor->person_id || casefile->second_id != actor->person_id) return N_("Somebody else verifies this casefile a second time.");
	if (casefile->verified_by_id == actor->person_id) return N_("The second verifier has to be another person than the first.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

static const char *is_not_verifier(const void *facts, const Actor *actor)
{
	return casefile_has_verified(facts, actor->person_id) ? N_("Who verified a casefile does not accept it.") : NULL;
}

/* Approvals of an early release: two people, neither of whom verified or reported it. */
static const char *may_approve_early(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (casefile->early_first_id == actor->person_id) return N_("The second approval has to come from another person.");
	if (casefile_has_verified(casefile, actor->person_id)) return N_("Who verified a casefile does not approve its early release.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

/* A change of the advisory is decided by another person than the one who proposed it, without interest in it. */
static const char *may_decide_change(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!actor->person_id) return N_("A person has to decide.");
	if (casefile->proposer_id == actor->person_id) return N_("Another person than the one who proposed the change has to decide.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

/* Only what was escalated has buttons of supervision. */
static const char *instructed(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_escalated ? NULL : N_("It has not been escalated to the competent authority.");
}

/* ---- Its own condition */
static const char *may_be_changed(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->has_advisory) return N_("Nothing of it has been published.");
	if (casefile->is_withdrawn) return N_("The advisory has been withdrawn.");
	return casefile->has_proposal ? N_("A proposed change of the advisory waits for its decision.") : NULL;
}

static const char *is_not_escalated(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_escalated ? N_("It has been escalated to the competent authority.") : NULL;
}

static const char *may_be_instructed(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->is_escalated) return N_("It has not been escalated to the competent authority.");
	return casefile->has_instruction ? N_("An instruction is open already.") : NULL;
}

static const char *waits_for_answer(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->has_instruction) return N_("No instruction is open.");
	return casefile->is_answered ? N_("The instruction has been answered.") : NULL;
}

static const char *has_instruction(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_instruction ? NULL : N_("No instruction is open.");
}

static const char *has_proposal(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_proposal ? NULL : N_("No change of the advisory is proposed.");
}

static const char *has_signed(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_undertaking ? NULL : N_("The confidentiality undertaking has to be signed first.");
}

static const char *has_not_signed(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_undertaking ? N_("The confidentiality undertaking has been signed.") : NULL;
}

static const char *is_verified_enough(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->is_high) return NULL;
	bool both = casefile->verified_by_id && casefile->second_by_id && casefile->verified_by_id != casefile->second_by_id;
	return both ? NULL : N_("A vulnerability of high or critical severity needs a second verifier.");
}

static const char *has_verifier(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->verifier_id ? NULL : N_("Nobody is assigned.");
}

static const char *has_second(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->second_id && !casefile->second_by_id ? NULL : N_("Nobody is assigned.");
}

static const char *needs_second(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->second_by_id) return N_("It has been verified a second time.");
	return casefile->is_high ? NULL : N_("Only high and critical severity need a second verifier.");
}

static const char *stays_internal(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->is_incident && !casefile->is_server_only)
		return N_("Only a vulnerability of the incident type, or of a server in use, stays internal.");
	return casefile->has_notice ? NULL : N_("The evidence that the operator was notified is missing.");
}

static const char *is_refuted(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_refuted ? NULL : N_("The verifier has not found that it cannot be reproduced.");
}

static const char *has_embargo(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_embargo ? NULL : N_("There is no embargo.");
}

static const char *is_not_public(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_public ? N_("The matter is public already.") : NULL;
}

static const char *has_party(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->parties ? NULL : N_("No vendor is named yet.");
}

/* Before acceptance vendors are told in the emergency channel only: in parallel with the verification. */
static const char *is_urgent(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_emergency ? NULL : N_("Before acceptance vendors are named in the emergency channel only.");
}

static const char *is_frozen(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_frozen ? NULL : N_("No period of a major event runs.");
}

static const char *lacks_measure(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->is_incident) return N_("A vulnerability of the incident type is never published.");
	return casefile->has_fix ? N_("The provider's repair measure exists: no early release is needed.") : NULL;
}

static const char *is_consulted(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!casefile->is_consulted) return N_("The consultation with the provider is missing.");
	return lacks_measure(facts, actor);
}

static const char *is_reported(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!casefile->is_reported) return N_("The reports to the two ministries are missing.");
	return is_consulted(facts, actor);
}

static const char *is_permitted(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!casefile->is_assessed) return N_("The assessment of the two ministries is missing.");
	if (!casefile->is_permitted) return N_("The two ministries did not permit it.");
	if (casefile->early_second_id) return N_("Both approvals are on record.");
	return is_reported(facts, actor);
}

static const char *is_not_emergency(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_emergency ? N_("It is in the emergency channel already.") : NULL;
}

static const char *was_accepted(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->is_merged) return N_("It was merged into another casefile.");
	return casefile->is_numbered ? NULL : N_("It was never accepted; it can be verified again.");
}

static const char *was_not_accepted(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->is_merged) return N_("It was merged into another casefile.");
	return casefile->is_numbered ? N_("It was accepted; it can be reopened.") : NULL;
}

static const char *may_be_isolated(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->is_merged) return N_("It was merged into another casefile.");
	return casefile->has_advisory && !casefile->is_withdrawn ? N_("Its advisory is public: it has to be withdrawn first.") : NULL;
}

static const char *is_second_person(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	return casefile->isolated_by_id == actor->person_id ? N_("A second person must do this.") : NULL;
}

static const char *is_not_numbered(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_numbered ? N_("It was accepted; it goes back to the coordination.") : NULL;
}

/* What others rely on under its own number stays where it is. */
static const char *may_be_merged(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (casefile->is_escalated) return N_("It has been escalated to the competent authority: merge the other one into it.");
	if (casefile->has_component) return N_("It is linked to the casefile of a component's provider: merge the other one into it.");
	return casefile->is_embargoed ? N_("An embargo holds in it: merge the other one into it.") : NULL;
}

static const char *may_propose_merge(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	return casefile->has_merge ? N_("A proposed merging waits for its confirmation.") : may_be_merged(facts, actor);
}

static const char *has_merge(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->has_merge && !casefile->is_unmerge ? NULL : N_("No merging is proposed.");
}

static const char *can_merge(const void *facts, const Actor *actor)
{
	const char *why = has_merge(facts, actor);
	return why ? why : may_be_merged(facts, actor);
}

/* Another coordinator than the one who proposed it, who has not verified it either. */
static const char *may_confirm_merge(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (casefile->has_merge && casefile->merge_proposer_id == actor->person_id) return N_("A second person must do this.");
	return is_not_verifier(facts, actor);
}

static const char *was_merged(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->is_merged) return N_("It was not merged into another casefile.");
	return casefile->has_merge ? N_("A proposed merging waits for its confirmation.") : NULL;
}

static const char *has_unmerge(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_merged && casefile->has_merge && casefile->is_unmerge ? NULL : N_("It is not proposed to undo a merging.");
}

static const char *has_unmerge_new(const void *facts, const Actor *actor)
{
	const char *why = has_unmerge(facts, actor);
	return why ? why : is_not_numbered(facts, actor);
}

static const char *has_unmerge_accepted(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	const char *why = has_unmerge(facts, actor);
	if (why) return why;
	return casefile->is_numbered ? NULL : N_("It was never accepted; it can be verified again.");
}

static const WorkflowState states[] = {
	{ "VERIFYING", N_("Verification"), N_("the verifier"), "active", false },
	{ "RATED", N_("Rated"), N_("the coordinator, or the second verifier where one is needed"), "active", false },
	{ "ACCEPTED", N_("Accepted"), N_("the coordinator"), "active", false },
	{ "COORDINATING", N_("Coordination with the vendor"), N_("the coordinator and the vendor"), "active", false },
	{ "READY", N_("Ready for publication"), N_("the publisher"), "active", false },
	{ "PUBLISHED", N_("Published"), N_("the coordinator"), "good", false },
	{ "INTERNAL", N_("Kept internal"), N_("the coordinator"), "neutral", false },
	{ "TRACKING", N_("Tracking"), N_("the coordinator"), "good", false },
	{ "CLOSED", N_("Closed"), NULL, "neutral", true },
	{ "TRANSFERRED", N_("Transferred"), NULL, "neutral", true },
	{ "ISOLATED", N_("Isolated"), N_("a second coordinator"), "bad", false },
	{ "WIPED", N_("Wiped"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "verification", N_("Verification"), SETTING_verify_days, "verification 1" },
	{ "rating", N_("Confirmation of the rating"), SETTING_rating_days, "verification 1" },
	{ "contact", N_("Notice to the vendor"), SETTING_contact_days, "notice 1" },
	{ "fixing", N_("Fixing"), SETTING_fixing_days, "notice 1" },
	{ "publication", N_("Check before publication"), SETTING_publication_days, "publication 1" },
	{ "closing", N_("Closing"), SETTING_closing_days, "notice 1" },
	{ "tracking", N_("Tracking of the repair"), SETTING_tracking_days, "notice 1" },
	{ "isolation", N_("Decision about what was isolated"), SETTING_isolation_days, "collection 1" },
};

enum { AUTHORITY = ROLE_AUTHORITY, COORDINATOR = ROLE_COORDINATOR, VERIFIER = ROLE_VERIFIER, PUBLISHER = ROLE_PUBLISHER };

/* What a coordinator may do in several states without moving the casefile. */
#define ESTABLISHED(state) \
	{ state, "emergency", state, COORDINATOR, NULL, is_not_emergency, NULL, false, N_("Take into the emergency channel"), \
		"casefile-emergency" }, \
		{ state, "report-up", state, COORDINATOR, NULL, NULL, NULL, false, N_("Report upward"), "casefile-upward" }, \
	{ \
		state, "report-up-answer", state, COORDINATOR, NULL, NULL, NULL, false, \
			N_("Record the acknowledgement of a report upward"), "casefile-upward-answer" \
	}
#define COORDINATED(state) \
	ESTABLISHED(state), \
		{ state, "embargo", state, COORDINATOR, NULL, is_not_public, NULL, false, N_("Propose or revise an embargo"), \
			"casefile-embargo" }, \
		{ state, "embargo-answer", state, COORDINATOR, NULL, has_embargo, NULL, false, N_("Record an answer to the embargo"), \
			"casefile-embargo-answer" }, \
		{ state, "made-public", state, COORDINATOR, NULL, is_not_public, NULL, false, N_("Record that the matter became public"), \
			"casefile-made-public" }, \
	{ \
		state, "consent", state, COORDINATOR, NULL, is_frozen, NULL, false, \
			N_("Record the consent for the period of a major event"), "casefile-consent" \
	}

/* Changes of the advisory, which lead nowhere else. */
#define ADVISED(state) \
	{ state, "correct", state, COORDINATOR, NULL, may_be_changed, NULL, false, N_("Propose a correction of the advisory"), \
		"casefile-correct" }, \
		{ state, "withdraw-advisory", state, COORDINATOR, NULL, may_be_changed, NULL, false, \
			N_("Propose the withdrawal of the advisory"), "casefile-withdraw" }, \
		{ state, "change-advisory", state, PUBLISHER, may_decide_change, has_proposal, NULL, false, \
			N_("Carry out the proposed change of the advisory"), "casefile-change" }, \
	{ \
		state, "refuse-change", state, PUBLISHER, may_decide_change, has_proposal, NULL, false, \
			N_("Refuse the proposed change of the advisory"), "casefile-reason" \
	}

/* Until publication is asked for, a casefile may turn out to be another one. */
#define MERGED(state) \
	{ state, "propose-merge", state, COORDINATOR, is_not_verifier, may_propose_merge, NULL, false, \
		N_("Propose to merge it into another casefile"), "casefile-merge" }, \
		{ state, "merge", "CLOSED", COORDINATOR, may_confirm_merge, can_merge, NULL, false, N_("Confirm the merging"), NULL }, \
	{ \
		state, "refuse-merge", state, COORDINATOR, NULL, has_merge, NULL, false, N_("Drop the proposed merging"), NULL \
	}
#define RELATED(state) \
	{ \
		state, "relate", state, COORDINATOR, NULL, NULL, NULL, false, N_("Name a related casefile"), "casefile-relate" \
	}

/* A dispute has changed the rating. */
#define RATED_ANEW(state) \
	{ \
		state, "rate-anew", state, ROLE_SYSTEM, NULL, was_accepted, NULL, false, N_("Change the rating after a dispute"), \
			"casefile-rate-anew" \
	}

/* Whoever meets what may be a state secret stops everybody, themselves included, from reading on. */
#define ISOLATED(state) \
	{ \
		state, "isolate", "ISOLATED", COORDINATOR, NULL, may_be_isolated, "isolation", false, \
			N_("Isolate: it may hold a state secret"), "casefile-isolate" \
	}

/* Supervision, whatever else happens to the casefile. */
#define SUPERVISED(state) \
	{ state, "instruct", state, AUTHORITY, NULL, may_be_instructed, NULL, false, N_("Issue an instruction"), "casefile-instruct" }, \
		{ state, "answer-instruction", state, COORDINATOR, instructed, waits_for_answer, NULL, false, \
			N_("Answer the instruction of the authority"), "casefile-instruction-answer" }, \
	{ \
		state, "close-instruction", state, AUTHORITY, NULL, has_instruction, NULL, false, N_("Close the instruction"), \
			"casefile-reason" \
	}
#define ESCALATED(state) \
	{ state, "escalate", state, COORDINATOR, NULL, is_not_escalated, NULL, false, N_("Escalate to the competent authority"), \
		"casefile-reason" }, \
		SUPERVISED(state)

static const Transition rows[] = {
	/* from, action, to, who, only, when, clock, pauses, says, form */
	{ "VERIFYING", "assign", "VERIFYING", COORDINATOR, NULL, NULL, NULL, false, N_("Assign a verifier"), "casefile-assign" },
	{ "VERIFYING", "unassign", "VERIFYING", COORDINATOR | ROLE_SYSTEM, NULL, has_verifier, NULL, false,
		N_("Take the task back from the verifier"), "casefile-reason" },
	{ "VERIFYING", "hand-over", "VERIFYING", ROLE_SYSTEM, NULL, has_verifier, NULL, false, N_("Hand the task over during an absence"),
		"casefile-hand-over" },
	{ "VERIFYING", "undertake", "VERIFYING", VERIFIER, is_verifier, has_not_signed, NULL, false,
		N_("Sign the confidentiality undertaking"), "casefile-undertake" },
	{ "VERIFYING", "confirm", "RATED", VERIFIER, is_verifier, has_signed, "rating", false, N_("Confirm and rate the vulnerability"),
		"casefile-confirm" },
	{ "VERIFYING", "part", "VERIFYING", VERIFIER, is_verifier, has_signed, NULL, false, N_("Add an affected part"), "casefile-part" },
	{ "VERIFYING", "refute", "VERIFYING", VERIFIER, is_verifier, has_signed, NULL, false, N_("State that it cannot be reproduced"),
		"casefile-refute" },
	{ "VERIFYING", "extend", "VERIFYING", COORDINATOR, NULL, NULL, NULL, false, N_("Extend the time limit"), "casefile-extend" },
	{ "VERIFYING", "transfer", "TRANSFERRED", COORDINATOR, NULL, NULL, NULL, false, N_("Transfer to another library"),
		"casefile-transfer" },
	{ "VERIFYING", "close", "CLOSED", COORDINATOR, NULL, is_refuted, NULL, false, N_("Close as not reproducible"), "casefile-reason" },
	{ "VERIFYING", "party", "VERIFYING", COORDINATOR, NULL, is_urgent, NULL, false, N_("Name a vendor"), "casefile-party" },
	ESTABLISHED("VERIFYING"),

	{ "RATED", "assign-second", "RATED", COORDINATOR, NULL, needs_second, NULL, false, N_("Assign a second verifier"),
		"casefile-assign" },
	{ "RATED", "unassign", "RATED", COORDINATOR | ROLE_SYSTEM, NULL, has_second, NULL, false,
		N_("Take the task back from the second verifier"), "casefile-reason" },
	{ "RATED", "hand-over", "RATED", ROLE_SYSTEM, NULL, has_second, NULL, false, N_("Hand the task over during an absence"),
		"casefile-hand-over" },
	{ "RATED", "undertake", "RATED", VERIFIER, is_second, has_not_signed, NULL, false, N_("Sign the confidentiality undertaking"),
		"casefile-undertake" },
	{ "RATED", "confirm-second", "RATED", VERIFIER, is_second, has_signed, NULL, false, N_("Confirm a second time"),
		"casefile-second" },
	{ "RATED", "refute", "VERIFYING", VERIFIER, is_second, has_signed, "verification", false, N_("State that it cannot be reproduced"),
		"casefile-refute" },
	{ "RATED", "accept", "ACCEPTED", COORDINATOR, is_not_verifier, is_verified_enough, "contact", false,
		N_("Accept and give the archived number"), NULL },
	{ "RATED", "return", "VERIFYING", COORDINATOR, is_not_verifier, NULL, "verification", false, N_("Return to verification"),
		"casefile-reason" },
	{ "RATED", "transfer", "TRANSFERRED", COORDINATOR, NULL, NULL, NULL, false, N_("Transfer to another library"),
		"casefile-transfer" },
	{ "RATED", "party", "RATED", COORDINATOR, NULL, is_urgent, NULL, false, N_("Name a vendor"), "casefile-party" },
	ESTABLISHED("RATED"),
	ESCALATED("VERIFYING"),
	{ "CLOSED", "propose-unmerge", "CLOSED", COORDINATOR, is_not_verifier, was_merged, NULL, false, N_("Propose to undo the merging"),
		"casefile-reason" },
	{ "CLOSED", "unmerge", "VERIFYING", COORDINATOR, may_confirm_merge, has_unmerge_new, "verification", false,
		N_("Confirm: undo the merging"), NULL },
	{ "CLOSED", "unmerge-accepted", "COORDINATING", COORDINATOR, may_confirm_merge, has_unmerge_accepted, "fixing", false,
		N_("Confirm: undo the merging"), NULL },
	{ "CLOSED", "refuse-merge", "CLOSED", COORDINATOR, NULL, has_unmerge, NULL, false, N_("Drop the proposed merging"), NULL },
	MERGED("VERIFYING"),
	MERGED("RATED"),
	MERGED("ACCEPTED"),
	MERGED("COORDINATING"),
	RELATED("VERIFYING"),
	RELATED("RATED"),
	RELATED("ACCEPTED"),
	RELATED("COORDINATING"),
	RELATED("READY"),
	RELATED("PUBLISHED"),
	RELATED("INTERNAL"),
	RELATED("TRACKING"),
	ESCALATED("RATED"),

	{ "ACCEPTED", "party", "ACCEPTED", COORDINATOR, NULL, NULL, NULL, false, N_("Name a vendor"), "casefile-party" },
	{ "ACCEPTED", "coordinate", "COORDINATING", COORDINATOR, NULL, has_party, "fixing", false,
		N_("Begin the coordination with the vendors"), NULL },
	COORDINATED("ACCEPTED"),
	ESCALATED("ACCEPTED"),

	{ "COORDINATING", "describe", "COORDINATING", COORDINATOR, NULL, NULL, NULL, false, N_("Write measures and public text"),
		"casefile-public" },
	{ "COORDINATING", "request", "READY", COORDINATOR, gate_may_ask, gate_lets_ask, "publication", false, N_("Ask for publication"),
		NULL },
	{ "COORDINATING", "keep", "INTERNAL", COORDINATOR, NULL, stays_internal, "closing", false, N_("Keep internal"), NULL },
	{ "COORDINATING", "extend", "COORDINATING", COORDINATOR, NULL, NULL, NULL, false, N_("Extend the time limit"), "casefile-extend" },
	{ "COORDINATING", "party", "COORDINATING", COORDINATOR, NULL, NULL, NULL, false, N_("Name a vendor"), "casefile-party" },
	COORDINATED("COORDINATING"),
	ESCALATED("COORDINATING"),
	{ "COORDINATING", "early-consult", "COORDINATING", COORDINATOR, NULL, lacks_measure, NULL, false,
		N_("Early release: record the consultation"), "casefile-early-consult" },
	{ "COORDINATING", "early-report", "COORDINATING", COORDINATOR, NULL, is_consulted, NULL, false,
		N_("Early release: record the reports to the ministries"), "casefile-early-report" },
	{ "COORDINATING", "early-assess", "COORDINATING", COORDINATOR, NULL, is_reported, NULL, false,
		N_("Early release: record their assessment"), "casefile-early-assess" },
	{ "COORDINATING", "early-approve", "COORDINATING", COORDINATOR, may_approve_early, is_permitted, NULL, false,
		N_("Early release: approve"), "casefile-early-approve" },

	{ "READY", "publish", "PUBLISHED", PUBLISHER, casefile_second_person, gate_lets_publish, "tracking", false, N_("Publish"),
		"casefile-publish" },
	{ "READY", "approve", "READY", PUBLISHER, casefile_second_person, gate_lets_ask, NULL, false,
		N_("Approve publication as soon as nothing holds it back"), "casefile-publish" },
	{ "READY", "release", "PUBLISHED", ROLE_SYSTEM, NULL, gate_lets_publish_by_itself, "tracking", false,
		N_("Publish what a publisher has approved"), NULL },
	{ "READY", "return", "COORDINATING", PUBLISHER, casefile_second_person, NULL, "fixing", false, N_("Return to coordination"),
		"casefile-reason" },
	COORDINATED("READY"),
	ESCALATED("READY"),
	ESCALATED("PUBLISHED"),
	ESCALATED("INTERNAL"),
	ESCALATED("TRACKING"),
	SUPERVISED("CLOSED"),
	SUPERVISED("TRANSFERRED"),

	{ "PUBLISHED", "track", "TRACKING", COORDINATOR, NULL, NULL, "tracking", false, N_("Begin tracking"), NULL },
	ADVISED("PUBLISHED"),
	{ "INTERNAL", "track", "TRACKING", COORDINATOR, NULL, NULL, "tracking", false, N_("Begin tracking"), NULL },
	{ "INTERNAL", "close", "CLOSED", COORDINATOR, NULL, NULL, NULL, false, N_("Close"), "casefile-reason" },
	{ "TRACKING", "note", "TRACKING", COORDINATOR, NULL, NULL, NULL, false, N_("Note how the repair spreads"), "casefile-uptake" },
	{ "TRACKING", "extend", "TRACKING", COORDINATOR, NULL, NULL, NULL, false, N_("Extend the time limit"), "casefile-extend" },
	{ "TRACKING", "reopen", "COORDINATING", COORDINATOR, NULL, NULL, "fixing", false, N_("Reopen"), "casefile-reason" },
	{ "TRACKING", "close", "CLOSED", COORDINATOR, NULL, NULL, NULL, false, N_("Close"), "casefile-reason" },
	ADVISED("TRACKING"),
	ADVISED("CLOSED"),
	{ "CLOSED", "reopen", "COORDINATING", COORDINATOR, NULL, was_accepted, "fixing", false, N_("Reopen"), "casefile-reason" },
	RATED_ANEW("ACCEPTED"),
	RATED_ANEW("COORDINATING"),
	RATED_ANEW("READY"),
	RATED_ANEW("PUBLISHED"),
	RATED_ANEW("INTERNAL"),
	RATED_ANEW("TRACKING"),
	RATED_ANEW("CLOSED"),
	ISOLATED("VERIFYING"),
	ISOLATED("RATED"),
	ISOLATED("ACCEPTED"),
	ISOLATED("COORDINATING"),
	ISOLATED("READY"),
	ISOLATED("PUBLISHED"),
	ISOLATED("INTERNAL"),
	ISOLATED("TRACKING"),
	ISOLATED("CLOSED"),
	ISOLATED("TRANSFERRED"),
	{ "ISOLATED", "wipe", "WIPED", COORDINATOR, is_second_person, NULL, NULL, false, N_("Wipe for ever"), "casefile-wipe" },
	{ "ISOLATED", "release-isolated", "VERIFYING", COORDINATOR, is_second_person, is_not_numbered, "verification", false,
		N_("Release to verification: it holds no state secret"), NULL },
	{ "ISOLATED", "release-accepted", "COORDINATING", COORDINATOR, is_second_person, was_accepted, "fixing", false,
		N_("Release to coordination: it holds no state secret"), NULL },
	{ "CLOSED", "verify-again", "VERIFYING", COORDINATOR, NULL, was_not_accepted, "verification", false, N_("Verify again"),
		"casefile-reason" },
};

const Machine casefile_machine = {
	.name = "casefile",
	.text = N_("Casefile"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "verification",
	.load = casefile_machine_load,
	.move = casefile_machine_move,
	.applied = casefile_machine_applied,
};
