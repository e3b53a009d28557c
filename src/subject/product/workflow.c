/* The machine of a vendor's claim: from the wish to the proof, and to its release. */
#include "subject/product/product_private.h"

static const char *is_claimant(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	return claim->organisation_id && claim->organisation_id == actor->organisation_id && claim->is_admin
		       ? NULL
		       : N_("Only an administrator of the organisation that claims the product can do this.");
}

static const char *is_not_claimant(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	if (claim->organisation_id == actor->organisation_id) return N_("Nobody decides about a claim of their own organisation.");
	return actor->second_factor ? NULL : N_("This needs your second factor.");
}

static const char *is_free(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	(void)actor;
	return claim->is_held ? N_("Another organisation holds this product. End its claim first.") : NULL;
}

static const char *is_signed(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	(void)actor;
	return claim->is_by_certificate ? NULL : N_("This claim is not shown by a signature.");
}

static const char *is_not_signed(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	(void)actor;
	return claim->is_by_certificate ? N_("This claim is shown by a signature.") : NULL;
}

static const char *is_of_domain(const void *facts, const Actor *actor)
{
	const ClaimFacts *claim = facts;
	(void)actor;
	return claim->is_by_host ? NULL : N_("This claim is not shown by a domain.");
}

static const WorkflowState states[] = {
	{ "OPEN", N_("Proof awaited"), N_("the vendor"), "active", false },
	{ "FETCHING", N_("The domain is being read"), N_("the library"), "active", false },
	{ "REVIEW", N_("Being checked"), N_("the library"), "warn", false },
	{ "GRANTED", N_("Held by the vendor"), NULL, "good", true },
	{ "REFUSED", N_("Not granted"), NULL, "bad", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
	{ "ENDED", N_("Ended"), NULL, "neutral", true },
};

static const Transition rows[] = {
	/* from       action       to         who                only            when        clock pauses says form */
	{ "OPEN", "prove", "REVIEW", ROLE_VENDOR_ADMIN, is_claimant, is_signed, NULL, false, N_("Send the signature"), "claim-prove" },
	{ "OPEN", "fetch", "FETCHING", ROLE_VENDOR_ADMIN, is_claimant, is_of_domain, NULL, false, N_("Have the file on the domain read"),
		NULL },
	{ "FETCHING", "found", "REVIEW", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("The file on the domain proves it"), NULL },
	{ "FETCHING", "missed", "OPEN", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("The file on the domain does not prove it"), NULL },
	{ "FETCHING", "withdraw", "WITHDRAWN", ROLE_VENDOR_ADMIN, is_claimant, NULL, NULL, false, N_("Withdraw the claim"), NULL },
	{ "OPEN", "submit", "REVIEW", ROLE_VENDOR_ADMIN, is_claimant, is_not_signed, NULL, false, N_("Have it checked"), NULL },
	{ "OPEN", "withdraw", "WITHDRAWN", ROLE_VENDOR_ADMIN, is_claimant, NULL, NULL, false, N_("Withdraw the claim"), NULL },
	{ "REVIEW", "grant", "GRANTED", ROLE_COORDINATOR | ROLE_SYSTEM, is_not_claimant, is_free, NULL, false, N_("Grant the claim"),
		"claim-grant" },
	{ "REVIEW", "refuse", "REFUSED", ROLE_COORDINATOR, is_not_claimant, NULL, NULL, false, N_("Do not grant it"), "claim-refuse" },
	{ "REVIEW", "withdraw", "WITHDRAWN", ROLE_VENDOR_ADMIN, is_claimant, NULL, NULL, false, N_("Withdraw the claim"), NULL },
	{ "GRANTED", "release", "ENDED", ROLE_VENDOR_ADMIN, is_claimant, NULL, NULL, false, N_("Give the product up"), "claim-release" },
	{ "GRANTED", "revoke", "ENDED", ROLE_COORDINATOR, is_not_claimant, NULL, NULL, false, N_("End the claim"), "claim-revoke" },
};

const Machine claim_machine = {
	.name = "claim",
	.text = N_("Claim of a product"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = claim_machine_load,
	.move = claim_machine_move,
	.applied = claim_machine_applied,
};

/* ---- What the actions ask for */
static const FormItem proof_items[] = {
	{ "certificate", FORM_LINES, N_("Certificate"), N_("As PEM text, -----BEGIN CERTIFICATE-----"), .required = true,
		.max_length = 10000 },
	{ "signature", FORM_LINES, N_("Signature"), N_("In Base64, over the text above, without a line end after it"), .required = true,
		.max_length = 4000 },
};
static const FormSection proof_sections[] = { { N_("Proof"), NULL, proof_items, COUNT(proof_items) } };
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 2000 } };
static const FormSection reason_sections[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
static const FormItem evidence_items[] = { { "reason", FORM_LINES, N_("What was checked, and what it showed"), NULL, .required = true,
	.max_length = 2000 } };
static const FormSection evidence_sections[] = { { N_("Evidence"), NULL, evidence_items, COUNT(evidence_items) } };
static const Form action_forms[] = {
	{ "claim-prove", 1, N_("Send the signature"), proof_sections, 1 },
	{ "claim-grant", 1, N_("Grant the claim"), evidence_sections, 1 },
	{ "claim-refuse", 1, N_("Do not grant it"), reason_sections, 1 },
	{ "claim-release", 1, N_("Give the product up"), reason_sections, 1 },
	{ "claim-revoke", 1, N_("End the claim"), reason_sections, 1 },
};

const Form *claim_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
