/* The casefile's machine and the publication gate. */
#include "subject/casefile/casefile_private.h"

static const char *is_verifier(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!actor->person_id || casefile->verifier_id != actor->person_id) return N_("Somebody else verifies this casefile.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

static const char *is_not_verifier(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	return casefile->verified_by_id == actor->person_id ? N_("Who verified a casefile does not accept it.") : NULL;
}

const char *casefile_second_person(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (casefile->asked_by_id == actor->person_id) return N_("Another person than the one who asked for publication has to publish.");
	if (casefile->verified_by_id == actor->person_id) return N_("Another person than the verifier has to publish.");
	return casefile_interest(casefile, actor->person_id, 0);
}

const char *casefile_interest(const CasefileFacts *casefile, int64_t person_id, int64_t organisation_id)
{
	for (size_t i = 0; i < casefile->reporter_count; i++) {
		const CasefileReporter *reporter = &casefile->reporters[i];
		if (reporter->person_id && reporter->person_id == person_id)
			return N_("Who reported the vulnerability has an interest in it.");
		if (reporter->organisation_id && reporter->organisation_id == organisation_id)
			return N_("The organisation that reported the vulnerability has an interest in it.");
	}
	return NULL;
}

static bool is_generic(const CasefileFacts *casefile) { return !casefile->is_incident; }
static bool has_text(const CasefileFacts *casefile) { return casefile->has_public_text; }
static bool has_mitigation(const CasefileFacts *casefile) { return casefile->has_mitigation; }
static bool has_fix(const CasefileFacts *casefile) { return casefile->has_fix; }
static bool has_notice(const CasefileFacts *casefile) { return casefile->has_notice; }

const GateItem casefile_gate[] = {
	{ is_generic, N_("It concerns a product as delivered, not one operator's running system"),
		N_("A vulnerability of the incident type is never published.") },
	{ has_notice, N_("The vendor has been notified, with evidence"), N_("The evidence that the vendor was notified is missing.") },
	{ has_fix, N_("The provider's repair measure exists"), N_("The provider's repair measure is missing.") },
	{ has_mitigation, N_("What users can do is said together with it"), N_("The measures for users are missing.") },
	{ has_text, N_("The public text is complete"), N_("The public title and description are missing.") },
};
const size_t casefile_gate_count = COUNT(casefile_gate);

static const char *gate_is_open(const void *facts, const Actor *actor)
{
	(void)actor;
	for (size_t i = 0; i < casefile_gate_count; i++)
		if (!casefile_gate[i].is_met(facts)) return casefile_gate[i].why_not;
	return NULL;
}

static const char *stays_internal(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	if (!casefile->is_incident) return N_("Only a vulnerability of the incident type stays internal.");
	return casefile->has_notice ? NULL : N_("The evidence that the operator was notified is missing.");
}

static const char *is_refuted(const void *facts, const Actor *actor)
{
	(void)actor;
	const CasefileFacts *casefile = facts;
	return casefile->is_refuted ? NULL : N_("The verifier has not found that it cannot be reproduced.");
}

static const WorkflowState states[] = {
	{ "VERIFYING", N_("Verification"), N_("the verifier"), "active", false },
	{ "RATED", N_("Rated"), N_("the coordinator"), "active", false },
	{ "ACCEPTED", N_("Accepted"), N_("the coordinator"), "active", false },
	{ "COORDINATING", N_("Coordination with the vendor"), N_("the coordinator and the vendor"), "active", false },
	{ "READY", N_("Ready for publication"), N_("the publisher"), "active", false },
	{ "PUBLISHED", N_("Published"), NULL, "good", true },
	{ "INTERNAL", N_("Kept internal"), N_("the coordinator"), "neutral", false },
	{ "CLOSED", N_("Closed"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "verification", N_("Verification"), SETTING_verify_days, "verification 1" },
	{ "rating", N_("Confirmation of the rating"), SETTING_rating_days, "verification 1" },
	{ "contact", N_("Notice to the vendor"), SETTING_contact_days, "notice 1" },
	{ "fixing", N_("Fixing"), SETTING_fixing_days, "notice 1" },
	{ "publication", N_("Check before publication"), SETTING_publication_days, "publication 1" },
	{ "closing", N_("Closing"), SETTING_closing_days, "notice 1" },
};

static const Transition rows[] = {
	/* from           action        to              who               only              when            clock           pauses says */
	{ "VERIFYING", "assign", "VERIFYING", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Assign a verifier"), "casefile-assign" },
	{ "VERIFYING", "confirm", "RATED", ROLE_VERIFIER, is_verifier, NULL, "rating", false, N_("Confirm and rate the vulnerability"),
		"casefile-confirm" },
	{ "VERIFYING", "refute", "VERIFYING", ROLE_VERIFIER, is_verifier, NULL, NULL, false, N_("State that it cannot be reproduced"),
		"casefile-refute" },
	{ "VERIFYING", "extend", "VERIFYING", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Extend the time limit"), "casefile-extend" },
	{ "VERIFYING", "close", "CLOSED", ROLE_COORDINATOR, NULL, is_refuted, NULL, false, N_("Close as not reproducible"),
		"casefile-reason" },
	{ "RATED", "accept", "ACCEPTED", ROLE_COORDINATOR, is_not_verifier, NULL, "contact", false,
		N_("Accept and give the archived number"), NULL },
	{ "RATED", "return", "VERIFYING", ROLE_COORDINATOR, is_not_verifier, NULL, "verification", false, N_("Return to verification"),
		"casefile-reason" },
	{ "ACCEPTED", "notify", "COORDINATING", ROLE_COORDINATOR, NULL, NULL, "fixing", false, N_("Record the notice to the vendor"),
		"casefile-notice" },
	{ "COORDINATING", "describe", "COORDINATING", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Write measures and public text"),
		"casefile-public" },
	{ "COORDINATING", "extend", "COORDINATING", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Extend the time limit"),
		"casefile-extend" },
	{ "COORDINATING", "request", "READY", ROLE_COORDINATOR, NULL, gate_is_open, "publication", false, N_("Ask for publication"), NULL },
	{ "COORDINATING", "keep", "INTERNAL", ROLE_COORDINATOR, NULL, stays_internal, "closing", false, N_("Keep internal"), NULL },
	{ "READY", "publish", "PUBLISHED", ROLE_PUBLISHER, casefile_second_person, gate_is_open, NULL, false, N_("Publish"),
		"casefile-publish" },
	{ "READY", "return", "COORDINATING", ROLE_PUBLISHER, casefile_second_person, NULL, "fixing", false, N_("Return to coordination"),
		"casefile-reason" },
	{ "INTERNAL", "close", "CLOSED", ROLE_COORDINATOR, NULL, NULL, NULL, false, N_("Close"), "casefile-reason" },
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
