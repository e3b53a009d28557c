/* What the actions of the machine ask for. */
#include "subject/party/party_private.h"

static const FormChoice channels[] = { { "mail", N_("Mail") }, { "phone", N_("Telephone") }, { "letter", N_("Letter") },
	{ "web", N_("Form or chat on its page") }, { "store", N_("Through the store or platform") },
	{ "authority", N_("Through the authority") } };
static const FormChoice sources[] = { { "filing", N_("App or mini-program filing") }, { "store", N_("Store listing") },
	{ "privacy", N_("Privacy policy") }, { "security-txt", N_("security.txt") }, { "other", N_("Elsewhere") } };
static const FormChoice outcomes[] = { { "reached", N_("Somebody answered") }, { "no-answer", N_("No answer yet") },
	{ "failed", N_("It did not arrive") } };
static const FormItem attempt_items[] = {
	{ "channel", FORM_CHOICE, N_("By which way"), NULL, .required = true, .choices = channels, .choice_count = COUNT(channels) },
	{ "source", FORM_CHOICE, N_("Where the contact was found"), NULL, .required = true, .choices = sources,
		.choice_count = COUNT(sources) },
	{ "address", FORM_TEXT, N_("Address, number or person"), NULL, .required = true },
	{ "outcome", FORM_CHOICE, N_("Outcome"), NULL, .required = true, .choices = outcomes, .choice_count = COUNT(outcomes) },
	{ "note", FORM_LINES, N_("What was said"), N_("Nothing of the vulnerability is told before it is proven who the vendor is."),
		.max_length = 4000 },
};

static const FormChoice proofs[] = { { "claim-code", N_("It showed the claim code of our letter") },
	{ "papers", N_("By its papers and the filing of the product") }, { "partner", N_("A partner confirms it") } };
static const FormChoice yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
static const FormItem bind_items[] = {
	{ "credit_code", FORM_TEXT, N_("Unified social credit code"), N_("Of the verified organisation"), .required = true },
	{ "proof", FORM_CHOICE, N_("How it is proven that it is the vendor"), NULL, .required = true, .choices = proofs,
		.choice_count = COUNT(proofs) },
	{ "evidence", FORM_LINES, N_("Evidence"), NULL, .required = true, .max_length = 4000 },
	{ "own_provider", FORM_CHOICE, N_("Is it the provider of this very product?"), NULL, .required = true, .choices = yes_no,
		.choice_count = COUNT(yes_no) },
	{ "domicile", FORM_TEXT, N_("Domicile that was checked"), N_("Two letters of the country, such as CN"), .required = true,
		.max_length = 2 },
};
static const FormItem confirm_items[] = {
	{ "credit_code", FORM_TEXT, N_("Unified social credit code of the partner"), N_("An organisation with the standing of a partner"),
		.required = true },
	{ "evidence", FORM_LINES, N_("What the partner confirms"), NULL, .required = true, .max_length = 4000 },
	{ "own_provider", FORM_CHOICE, N_("Is it the provider of this very product?"), NULL, .required = true, .choices = yes_no,
		.choice_count = COUNT(yes_no) },
	{ "domicile", FORM_TEXT, N_("Domicile that was checked"), N_("Two letters of the country, such as CN"), .required = true,
		.max_length = 2 },
};

static const FormChoice ways[] = { { "account", N_("In its account on this platform") }, { "partner", N_("Handed over by a partner") },
	{ "letter", N_("Letter") }, { "meeting", N_("In person") } };
#define NOTICE_ITEMS \
	{ "title", FORM_TEXT, N_("Title of the vendor's copy"), NULL, .required = true, .max_length = 120 }, \
		{ "content", FORM_MARKDOWN, N_("Content of the notice"), \
			N_("What the vendor needs to find and repair it; nobody who reported it is named."), .required = true }, \
		{ "personal", FORM_CHECK, N_("The vendor needs the personal data or secrets in it"), \
			N_("Else the notice is refused while any stand in it. What the reporter wrote is put in masked.") }, \
	{ \
		"versions", FORM_LINES, N_("Affected version lines"), N_("One a line, such as “7.x”; each needs a fix of its own."), \
			.max_length = 4000 \
	}
/* To many at once: by which way they are told is said by how it is done. */
static const FormItem notify_many_items[] = { NOTICE_ITEMS };
static const FormItem notify_items[] = {
	NOTICE_ITEMS,
	{ "way", FORM_CHOICE, N_("By which way"), NULL, .required = true, .choices = ways, .choice_count = COUNT(ways) },
	{ "evidence", FORM_LINES, N_("Evidence of the notice"), N_("To whom, by which way, and what was answered"), .required = true,
		.max_length = 4000 },
};

/* Filled by what the partner reports. */
static const FormItem delivered_items[] = {
	{ "partner", FORM_TEXT, N_("Partner"), NULL, .required = true },
	{ "package", FORM_TEXT, N_("Package"), NULL, .required = true },
	{ "letter", FORM_TEXT, N_("Letter"), NULL, .required = true },
	{ "to", FORM_LINES, N_("To whom it was delivered"), NULL, .required = true, .max_length = 2000 },
	{ "at", FORM_TEXT, N_("Delivered at"), NULL, .required = true },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};

static const FormItem acknowledge_items[] = {
	{ "signer", FORM_TEXT, N_("Name of the person who signs"), NULL, .required = true, .max_length = 100 },
	{ "office", FORM_TEXT, N_("Department and office"), NULL, .max_length = 100 },
	{ "confirm", FORM_CHECK, N_("I sign for the notice and keep it confidential"), NULL, .required = true },
};

static const FormChoice positions[] = { { "affected", N_("Affected") }, { "not-affected", N_("Not affected") },
	{ "fixed", N_("Affected, and fixed already") }, { "known", N_("Known already") },
	{ "upstream", N_("A component of somebody else is affected") }, { "retired", N_("The product is retired") } };
#define POSITION_IS(words) .shown_when = { "position", words }
#define POSITION_NEEDS(words) .required_when = { "position", words }, POSITION_IS(words)
static const FormItem position_items[] = {
	{ "position", FORM_CHOICE, N_("Position"), NULL, .required = true, .choices = positions, .choice_count = COUNT(positions) },
	{ "versions", FORM_LINES, N_("Affected version lines"), N_("One a line, such as “7.x”; each needs a fix of its own."),
		.max_length = 4000 },
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("Why it is not affected: what was examined, on which version, and what was seen"),
		POSITION_NEEDS("not-affected") },
	{ "fixed_version", FORM_TEXT, N_("Fixed version"), N_("Of a service: since when it is fixed"),
		.required_when = { "position", "fixed" }, POSITION_IS("fixed known") },
	{ "date", FORM_DATE, N_("Since when"), N_("The day of the fix, or since when it has been known"),
		POSITION_NEEDS("fixed known retired") },
	{ "proof", FORM_LINES, N_("Proof of the date"),
		N_("Release notes, ticket or commit with its date; of a retired product where it was taken offline"),
		POSITION_NEEDS("fixed known retired") },
	{ "provider", FORM_TEXT, N_("Provider of the component"), N_("It is told at once."), POSITION_NEEDS("upstream") },
	{ "component", FORM_TEXT, N_("Component and version"), NULL, POSITION_NEEDS("upstream") },
	{ "provider_contact", FORM_TEXT, N_("How the provider can be reached"), NULL, POSITION_IS("upstream") },
	{ "explanation", FORM_MARKDOWN, N_("Explanation"), NULL },
};

/* ---- Closing evidence */
static const FormItem close_fixed_items[] = {
	{ "fixed", FORM_TEXT, N_("Fixed version"),
		N_("Of a service, mini-program or official account: the instant since when, as 2026-03-05 14:00"), .required = true },
	{ "date", FORM_DATE, N_("Since when users can have it"), NULL, .required = true },
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("Release notes, change and its date, what was tested"), .required = true },
	{ "told", FORM_LINES, N_("How users were told"), N_("Where and when, with links: the risk and how to repair it"), .required = true,
		.max_length = 4000 },
};
static const FormItem close_retired_items[] = {
	{ "offline_since", FORM_DATE, N_("Offline since"), N_("The day since which nobody can get or use the product"), .required = true },
	{ "where", FORM_LINES, N_("Where it was taken offline"), N_("Stores, download pages, servers; one a line"), .required = true,
		.max_length = 4000 },
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("Notice of the end, record of the store, filing that was cancelled"),
		.required = true },
	{ "users", FORM_LINES, N_("What users who still have it were told"), NULL, .max_length = 4000 },
};
static const FormChoice proof_kinds[] = { { "file-hash", N_("Hash of a file that was deposited elsewhere") },
	{ "ledger", N_("Entry of this library's ledger") }, { "timestamp", N_("Time stamp of a third party") } };
static const FormItem close_known_items[] = {
	{ "known_since", FORM_DATE, N_("Known since"), N_("It has to be earlier than the report."), .required = true },
	{ "proof_kind", FORM_CHOICE, N_("Kind of proof"), N_("Only the library's staff sees it."), .required = true, .choices = proof_kinds,
		.choice_count = COUNT(proof_kinds) },
	{ "hash", FORM_TEXT, N_("SHA-256 or SM3 of the file"), NULL, .required_when = { "proof_kind", "file-hash" },
		.shown_when = { "proof_kind", "file-hash" } },
	{ "token", FORM_LINES, N_("Number of the entry, or the time stamp"), NULL, .required_when = { "proof_kind", "ledger timestamp" },
		.shown_when = { "proof_kind", "ledger timestamp" }, .max_length = 8000 },
	{ "where", FORM_LINES, N_("Where and by whom the date can be checked"), NULL, .required = true, .max_length = 4000 },
};

static const FormItem plan_items[] = {
	{ "measures", FORM_MARKDOWN, N_("What will be done"), NULL, .required = true },
	{ "interim", FORM_LINES, N_("What users can do until then"), NULL, .max_length = 4000 },
	{ "begin", FORM_TEXT, N_("Begin of the work"), N_("A day, as 2026-03-05"), .required = true, .max_length = 10 },
	{ "finish", FORM_TEXT, N_("Fix ready on"), N_("A day, as 2026-03-05"), .required = true, .max_length = 10 },
	{ "release", FORM_TEXT, N_("Users have it on"), N_("A day, as 2026-03-05"), .required = true, .max_length = 10 },
	{ "person", FORM_TEXT, N_("Person in charge"), NULL, .required = true, .max_length = 100 },
};

static const FormItem fix_items[] = {
	{ "line", FORM_TEXT, N_("Version line"), N_("As it stands in the list of version lines; empty when there is only one.") },
	{ "fixed", FORM_TEXT, N_("Fixed version"),
		N_("Of a service, mini-program or official account: the instant since when, as 2026-03-05 14:00"), .required = true },
	{ "note", FORM_LINES, N_("What was changed"), NULL, .max_length = 4000 },
};

static const FormItem declare_items[] = {
	{ "told", FORM_LINES, N_("How users were told"), N_("Where and when, with links: the risk and how to repair it"), .required = true,
		.max_length = 4000 },
	{ "confirm", FORM_CHECK, N_("Every affected version line is fixed"), NULL, .required = true },
};

static const FormItem days_items[] = {
	{ "days", FORM_NUMBER, N_("Working days"), NULL, .required = true, .max_length = 60 },
	{ "reason", FORM_LINES, N_("Reason"), N_("The vendor reads this."), .required = true, .max_length = 2000 },
};
static const FormItem ask_items[] = {
	{ "days", FORM_NUMBER, N_("Working days"), NULL, .required = true, .max_length = 60 },
	{ "reason", FORM_LINES, N_("Reason"), N_("The coordinator decides."), .required = true, .max_length = 2000 },
};
static const FormItem reason_items[] = {
	{ "reason", FORM_LINES, N_("Reason"), N_("The vendor reads this."), .required = true, .max_length = 2000 },
};

static const FormItem hand_over_items[] = {
	{ "whose", FORM_TEXT, N_("Who is away"), NULL, .required = true },
	{ "holder", FORM_TEXT, N_("Who holds the task"), NULL, .required = true },
};
static const FormItem assign_items[] = {
	{ "verifier", FORM_TEXT, N_("Verifier"), N_("Public name of the person; nobody with an interest in the product can be assigned."),
		.required = true },
};
static const FormItem replay_items[] = {
	{ "checked_on", FORM_DATE, N_("Day of the check"), NULL, .required = true },
	{ "version", FORM_TEXT, N_("Version that was checked"), NULL, .required = true },
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
};
static const FormItem spot_items[] = {
	{ "declaration", FORM_CHECK, N_("The vendor's declaration is on record"), NULL, .required = true },
	{ "checked_on", FORM_DATE, N_("Day of the check"), NULL, .required = true },
	{ "evidence", FORM_MARKDOWN, N_("What the spot check showed"), NULL, .required = true },
};
static const FormItem fail_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("The vendor reads this."), .required = true },
};

/* Regulations on Security Vulnerabilities of Network Products, article 7(2): these six. */
static const FormItem duty_items[] = {
	{ "product", FORM_TEXT, N_("Product name"), NULL, .required = true },
	{ "model", FORM_TEXT, N_("Model"), NULL, .required = true },
	{ "version", FORM_TEXT, N_("Version"), NULL, .required = true },
	{ "features", FORM_LINES, N_("Technical features of the vulnerability"), NULL, .required = true },
	{ "harm", FORM_LINES, N_("Harm"), NULL, .required = true },
	{ "scope", FORM_LINES, N_("Scope of influence"), NULL, .required = true },
};

static const FormItem rate_items[] = {
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required_when = { "cvss", "-" } },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), N_("It stands beside the library's rating and does not change it."),
		.required_when = { "gbt30279", "-" } },
	{ "explanation", FORM_LINES, N_("Explanation"), NULL, .max_length = 4000 },
};
#define SECTION(name) static const FormSection name##_sections[] = { { NULL, NULL, name##_items, COUNT(name##_items) } }
SECTION(attempt);
SECTION(bind);
SECTION(confirm);
SECTION(notify);
SECTION(notify_many);
SECTION(delivered);
SECTION(acknowledge);
SECTION(position);
SECTION(close_fixed);
SECTION(close_retired);
SECTION(close_known);
SECTION(plan);
SECTION(fix);
SECTION(declare);
SECTION(days);
SECTION(ask);
SECTION(reason);
SECTION(assign);
SECTION(hand_over);
SECTION(replay);
SECTION(spot);
SECTION(fail);
SECTION(duty);
SECTION(rate);

static const Form forms[] = {
	{ "party-attempt", 1, N_("Record an attempt"), attempt_sections, 1 },
	{ "party-bind", 1, N_("Bind the organisation"), bind_sections, 1 },
	{ "party-confirm", 1, N_("Record that a partner confirms the contact"), confirm_sections, 1 },
	{ "party-notify", 1, N_("Notice"), notify_sections, 1 },
	{ "party-notify-many", 1, N_("Notice"), notify_many_sections, 1 },
	{ "party-delivered", 1, N_("Delivery by a partner"), delivered_sections, 1 },
	{ "party-acknowledge", 1, N_("Sign for the notice"), acknowledge_sections, 1 },
	{ "party-position", 1, N_("Position"), position_sections, 1 },
	{ "party-close-fixed", 1, N_("Closing evidence: fixed already"), close_fixed_sections, 1 },
	{ "party-close-retired", 1, N_("Closing evidence: the product is retired"), close_retired_sections, 1 },
	{ "party-close-known", 1, N_("Proof that it was known before"), close_known_sections, 1 },
	{ "party-plan", 1, N_("Repair plan"), plan_sections, 1 },
	{ "party-fix", 1, N_("Fixed version"), fix_sections, 1 },
	{ "party-declare", 1, N_("Declare the fix complete"), declare_sections, 1 },
	{ "party-extend", 1, N_("Extend the time limit"), days_sections, 1 },
	{ "party-ask", 1, N_("Ask for more time"), ask_sections, 1 },
	{ "party-reason", 1, N_("Reason"), reason_sections, 1 },
	{ "party-assign", 1, N_("Assign a verifier"), assign_sections, 1 },
	{ "party-hand-over", 1, N_("Hand the task over during an absence"), hand_over_sections, 1 },
	{ "party-replay", 1, N_("Steps repeated"), replay_sections, 1 },
	{ "party-spot", 1, N_("Declaration and spot check"), spot_sections, 1 },
	{ "party-fail", 1, N_("The fix does not hold"), fail_sections, 1 },
	{ "party-rate", 1, N_("Rating of the vendor's own"), rate_sections, 1 },
	{ "party-embargo", 1, N_("Answer to the embargo"), &embargo_answer_section, 1 },
	{ "party-duty", 1, N_("Report to the national platform"), duty_sections, 1 },
};

const Form *party_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (!strcmp(forms[i].name, name)) return &forms[i];
	return NULL;
}
