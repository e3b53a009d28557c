/* The publication gate (Regulations on Security Vulnerabilities of Network Products, article 9): what must be there, and who may not. Pure. */
#include "subject/casefile/casefile_private.h"

/* ---- Persons */
bool casefile_has_verified(const CasefileFacts *casefile, int64_t person_id)
{
	for (size_t i = 0; i < casefile->verifier_count; i++)
		if (casefile->verifier_ids[i] == person_id) return true;
	return casefile->verified_by_id == person_id || casefile->second_by_id == person_id;
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
	for (size_t i = 0; organisation_id && i < casefile->vendor_count; i++)
		if (casefile->vendor_ids[i] == organisation_id) return N_("The vendor of the product has an interest in it.");
	return person_id && person_id == casefile->actor_id ? casefile->actor_interest : NULL;
}

const char *gate_may_ask(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (casefile_has_verified(casefile, actor->person_id)) return N_("Who verified a casefile does not ask for its publication.");
	return casefile_interest(casefile, actor->person_id, 0);
}

const char *casefile_second_person(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	if (!actor->person_id) return N_("A person has to publish.");
	if (casefile->asked_by_id == actor->person_id) return N_("Another person than the one who asked for publication has to publish.");
	if (casefile_has_verified(casefile, actor->person_id)) return N_("Another person than the verifier has to publish.");
	return casefile_interest(casefile, actor->person_id, actor->organisation_id);
}

/* ---- Early release: each step, in order, and two different people who are not its parties */
bool early_is_approved(const CasefileFacts *casefile)
{
	int64_t first = casefile->early_first_id, second = casefile->early_second_id;
	return casefile->is_consulted && casefile->is_reported && casefile->is_assessed && casefile->is_permitted && first && second &&
	       first != second;
}

/* ---- The conditions */
static bool has_measure(const CasefileFacts *casefile) { return casefile->has_fix || early_is_approved(casefile); }
static bool was_notified(const CasefileFacts *casefile) { return casefile->has_notice; }
static bool is_generic(const CasefileFacts *casefile) { return !casefile->is_incident; }
static bool is_delivered(const CasefileFacts *casefile) { return !casefile->is_server_only; }
static bool is_harmless(const CasefileFacts *casefile) { return !casefile->text_fault; }
static bool has_mitigation(const CasefileFacts *casefile) { return casefile->has_mitigation; }
static bool has_text(const CasefileFacts *casefile) { return casefile->has_public_text; }
static bool is_not_frozen(const CasefileFacts *casefile) { return !casefile->is_frozen; }
static bool stayed_home(const CasefileFacts *casefile) { return !casefile->went_abroad; }
static bool is_not_embargoed(const CasefileFacts *casefile) { return !casefile->is_embargoed; }

const GateItem casefile_gate[] = {
	{ was_notified, N_("The vendor has been notified, with evidence"), N_("The evidence that the vendor was notified is missing."),
		false },
	{ has_measure, N_("The provider's repair measure exists, or an early release is approved"),
		N_("The provider's repair measure is missing."), false },
	{ is_generic, N_("It concerns a product as delivered, not one operator's running system"),
		N_("A vulnerability of the incident type is never published."), false },
	{ is_delivered, N_("The affected part is not a server in use"), N_("Details of a server in use are never published."), false },
	{ is_harmless, N_("The public text contains no exploit, no tool and no address of a system"),
		N_("The public text contains what may not be public."), false },
	{ has_mitigation, N_("What users can do is said together with it"), N_("The measures for users are missing."), false },
	{ has_text, N_("The public text is complete"), N_("The public title and description are missing."), false },
	{ stayed_home, N_("No undisclosed information went to a foreign recipient but the product's own provider"),
		N_("Undisclosed information went to a foreign recipient."), false },
	{ is_not_frozen, N_("No period of a major event runs, or consent is on record"),
		N_("A period of a major event runs, and the consent is missing."), true },
	{ is_not_embargoed, N_("No embargo runs"), N_("The embargo has not ended."), true },
};
const size_t casefile_gate_count = COUNT(casefile_gate);

static const char *first_unmet(const CasefileFacts *casefile, bool with_time)
{
	for (size_t i = 0; i < casefile_gate_count; i++) {
		const GateItem *item = &casefile_gate[i];
		if ((item->is_of_time && !with_time) || item->is_met(casefile)) continue;
		return item->is_met == is_harmless ? casefile->text_fault : item->why_not;
	}
	return NULL;
}

const char *gate_lets_ask(const void *facts, const Actor *actor)
{
	(void)actor;
	return first_unmet(facts, false);
}

const char *gate_lets_publish(const void *facts, const Actor *actor)
{
	(void)actor;
	return first_unmet(facts, true);
}

/* Whoever approved is looked at again: a second role, or a casefile merged since, may have made a party of them. */
const char *gate_lets_publish_by_itself(const void *facts, const Actor *actor)
{
	const CasefileFacts *casefile = facts;
	(void)actor;
	if (!casefile->is_approved || !casefile->approved_by_id) return N_("No publisher has approved the publication.");
	const Actor approver = { .person_id = casefile->approved_by_id };
	const char *why = casefile_second_person(casefile, &approver);
	if (!why) why = casefile->approver_interest;
	return why ? why : first_unmet(casefile, true);
}

GateLines casefile_gate_lines(Arena *arena, const Casefile *casefile, const Actor *actor)
{
	GateLines lines = { 0 };
	for (size_t i = 0; i < casefile_gate_count; i++) {
		const GateItem *item = &casefile_gate[i];
		const char *why = item->is_met == is_harmless && casefile->facts->text_fault ? casefile->facts->text_fault : item->why_not;
		GateLine line = { item->text, item->is_met(casefile->facts) ? NULL : why };
		list_add(arena, &lines, line);
	}
	GateLine second = { N_("A second person approves: neither who asked for it, nor a verifier, nor a reporter"),
		casefile_second_person(casefile->facts, actor) };
	list_add(arena, &lines, second);
	return lines;
}
