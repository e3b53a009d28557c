/* The machines of a month's list and of a find, and the forms of their actions. */
#include "subject/find/find_private.h"

/* ---- The list */
static const char *is_second(const void *facts, const Actor *actor)
{
	const FindListFacts *list = facts;
	if (list->proposed_by == actor->person_id) return N_("Whoever proposed it does not decide about it.");
	return list->has_own ? N_("Nobody decides about their own find.") : NULL;
}

static const char *has_finds(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const FindListFacts *)facts)->is_empty ? N_("No find is on the list.") : NULL;
}

static const WorkflowState list_states[] = {
	{ "DRAFT", N_("List made by the conditions"), N_("a coordinator"), "active", false },
	{ "PROPOSED", N_("Proposed, waits for confirmation"), N_("a second coordinator"), "active", false },
	{ "ISSUED", N_("Certificates issued"), NULL, "good", true },
	{ "DROPPED", N_("Dropped"), NULL, "neutral", true },
};

#define COORDINATOR ROLE_COORDINATOR
static const Transition list_rows[] = {
	{ "DRAFT", "propose", "PROPOSED", COORDINATOR, NULL, has_finds, NULL, false, N_("Propose the list"), "find-document" },
	{ "DRAFT", "drop", "DROPPED", COORDINATOR, NULL, NULL, NULL, false, N_("Drop the list"), "find-reason" },
	{ "PROPOSED", "confirm", "ISSUED", COORDINATOR, is_second, NULL, NULL, false, N_("Confirm the list and issue the certificates"),
		NULL },
	{ "PROPOSED", "return", "DRAFT", COORDINATOR, NULL, NULL, NULL, false, N_("Return the list"), "find-reason" },
};

const Machine find_list_machine = {
	.name = "find-list",
	.text = N_("Original finds of a month"),
	.states = list_states,
	.state_count = COUNT(list_states),
	.rows = list_rows,
	.row_count = COUNT(list_rows),
	.load = find_list_machine_load,
	.move = find_list_machine_move,
	.applied = find_list_machine_applied,
};

/* ---- The find */
static const char *by_list(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const FindFacts *)facts)->by_list ? NULL : N_("It is decided with its list.");
}

static const char *is_draft(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const FindFacts *)facts)->is_draft ? NULL : N_("Its list is proposed or decided.");
}

static const char *not_own(const void *facts, const Actor *actor)
{
	const FindFacts *find = facts;
	bool is_own = find->person_id == actor->person_id || (actor->organisation_id && actor->organisation_id == find->organisation_id);
	return is_own ? N_("Nobody decides about their own find.") : NULL;
}

static const char *other(const void *facts, const Actor *actor)
{
	if (((const FindFacts *)facts)->wish_by == actor->person_id) return N_("Whoever entered a decision does not confirm it.");
	return not_own(facts, actor);
}

static const char *has_review(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const FindFacts *)facts)->has_review ? NULL : N_("No review is open.");
}

static const WorkflowState states[] = {
	{ "LISTED", N_("On the list"), N_("a coordinator"), "active", false },
	{ "CERTIFIED", N_("Certified"), NULL, "good", true },
	{ "REVOKING", N_("Revocation waits for confirmation"), N_("a second coordinator"), "warn", false },
	{ "REISSUING", N_("New certificate waits for confirmation"), N_("a second coordinator"), "active", false },
	{ "REVOKED", N_("Revoked"), NULL, "bad", true },
	{ "STRUCK", N_("Struck from the list"), NULL, "neutral", true },
};

static const char drops[] = N_("Drop the decision that waits");
static const Transition rows[] = {
	{ "LISTED", "strike", "STRUCK", COORDINATOR, NULL, is_draft, NULL, false, N_("Strike it from the list"), "find-reason" },
	{ "LISTED", "certify", "CERTIFIED", COORDINATOR, by_list, NULL, NULL, false, N_("Issue the certificate"), NULL },
	{ "LISTED", "lapse", "STRUCK", COORDINATOR, by_list, NULL, NULL, false, N_("Leave it out"), NULL },
	{ "CERTIFIED", "propose-revoke", "REVOKING", COORDINATOR, not_own, NULL, NULL, false, N_("Enter the decision to revoke"),
		"find-revoke" },
	{ "CERTIFIED", "propose-reissue", "REISSUING", COORDINATOR, not_own, NULL, NULL, false, N_("Enter a new certificate"),
		"find-reissue" },
	{ "CERTIFIED", "reviewed", "CERTIFIED", COORDINATOR, not_own, has_review, NULL, false, N_("Close the review"), "find-reason" },
	{ "REVOKING", "revoke", "REVOKED", COORDINATOR, other, NULL, NULL, false, N_("Confirm the revocation"), NULL },
	{ "REVOKING", "keep", "CERTIFIED", COORDINATOR, NULL, NULL, NULL, false, drops, "find-reason" },
	{ "REISSUING", "reissue", "CERTIFIED", COORDINATOR, other, NULL, NULL, false, N_("Confirm the new certificate"), NULL },
	{ "REISSUING", "keep", "CERTIFIED", COORDINATOR, NULL, NULL, NULL, false, drops, "find-reason" },
};

const Machine find_machine = {
	.name = "find",
	.text = N_("Certified find"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = find_machine_load,
	.move = find_machine_move,
	.applied = find_machine_applied,
};

/* ---- Forms */
static const WordBuiltIn reasons[] = {
	{ "rejected", N_("The report was rejected after all"), false },
	{ "duplicate", N_("An earlier report of the same vulnerability"), false },
	{ "withdrawn", N_("The report or the vulnerability was withdrawn"), false },
	{ "disclosed", N_("It had been made public before"), false },
	{ "copied", N_("It was not found by the holder"), false },
	{ "conduct", N_("Undisclosed vulnerability information passed on or misused"), false },
};
const Wordlist find_reasons = { .name = "find-revocation",
	.title = N_("Why a certificate of an original find is revoked"),
	.source_label = N_("Rule it cites"),
	.words = reasons,
	.count = COUNT(reasons) };

#define DOCUMENT \
	{ \
		"document", FORM_TEXT, N_("Document number"), N_("Of the decision; it is printed on the certificate."), .required = true, \
															.max_length = 100 \
	}
#define REASON(label) \
	{ \
		"reason", FORM_LINES, label, NULL, .required = true, .max_length = 1000 \
	}
static const FormItem document_items[] = { DOCUMENT }, reason_items[] = { REASON(N_("Reason")) };
static const FormItem revoke_items[] = { { "code", FORM_CHOICE, N_("Ground, shown to everybody"), NULL, .required = true,
						 .list = &find_reasons },
	DOCUMENT, REASON(N_("Explanation, kept inside")) };
static const FormItem reissue_items[] = { { "name", FORM_TEXT, N_("Name on the new certificate"), N_("Empty: an anonymous finder."),
						  .max_length = 60 },
	DOCUMENT, REASON(N_("Explanation, kept inside")) };
#define SECTION(name, title) static const FormSection name##_section[] = { { title, NULL, name##_items, COUNT(name##_items) } }
SECTION(document, N_("Document"));
SECTION(reason, N_("Reason"));
SECTION(revoke, N_("Enter the decision to revoke"));
SECTION(reissue, N_("Enter a new certificate"));
static const Form forms[] = {
	{ "find-document", 1, N_("Document"), document_section, 1, NULL },
	{ "find-reason", 1, N_("Reason"), reason_section, 1, NULL },
	{ "find-revoke", 1, N_("Enter the decision to revoke"), revoke_section, 1, NULL },
	{ "find-reissue", 1, N_("Enter a new certificate"), reissue_section, 1, NULL },
};

const Form *find_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return NULL;
}
