/* What is asked of a reporter. Few fields are required; the answers of the first section decide which others appear. */
#include "subject/report/report_private.h"

static const FormChoice kinds[] = {
	{ "generic", N_("Generic type: a product as it is delivered") },
	{ "incident", N_("Incident type: one operator's running system (never published)") },
};
static const FormChoice owners[] = { { "others", N_("A product of somebody else") }, { "own", N_("My own organisation's product") } };
static const FormChoice originals[] = { { "original", N_("Found by me or my team") }, { "known", N_("Already known elsewhere") } };
static const FormChoice disclosures[] = { { "no", N_("Not disclosed to anybody but the library and the vendor") },
	{ "vendor", N_("The vendor knows") }, { "public", N_("It is public already") } };
static const FormChoice parts[] = { { "android", N_("Android app") }, { "ios", N_("iOS app") }, { "harmonyos", N_("HarmonyOS app") },
	{ "mini-program", N_("Mini-program") }, { "official-account", N_("Official account") }, { "sdk", N_("SDK") },
	{ "server", N_("Back end of an app") } };
static const FormChoice credits[] = { { "handle", N_("By my public name") }, { "name", N_("By the name I give here") },
	{ "none", N_("Not at all") } };

static const FormItem kind_items[] = {
	{ "kind", FORM_CHOICE, N_("What does it concern?"), N_("Details of a system in use are never made public."), .required = true,
		.choices = kinds, .choice_count = COUNT(kinds) },
	{ "owner", FORM_CHOICE, N_("Whose product is it?"), NULL, .required = true, .choices = owners, .choice_count = COUNT(owners) },
	{ "original", FORM_CHOICE, N_("Who found it?"), NULL, .required = true, .choices = originals, .choice_count = COUNT(originals) },
	{ "disclosed", FORM_CHOICE, N_("Who knows about it?"), NULL, .required = true, .choices = disclosures,
		.choice_count = COUNT(disclosures) },
	{ "disclosed_where", FORM_URL, N_("Where was it made public?"), NULL, .required_when = { "disclosed", "public" },
		.shown_when = { "disclosed", "public" } },
	{ "known_number", FORM_TEXT, N_("Number it is known by"), N_("Such as CVE-2024-1234 or CNVD-2024-12345"),
		.required_when = { "original", "known" }, .shown_when = { "original", "known" } },
};

static const FormItem product_items[] = {
	{ "part", FORM_CHOICE, N_("Affected part"), NULL, .required = true, .choices = parts, .choice_count = COUNT(parts) },
	{ "product", FORM_TEXT, N_("Product"), N_("As it is called in its store or on its page"), .required = true },
	{ "vendor", FORM_TEXT, N_("Vendor"), NULL },
	{ "package", FORM_TEXT, N_("Package name, bundle ID or AppID"), N_("Such as com.example.app") },
	{ "filing_number", FORM_TEXT, N_("Filing number of the app or mini-program"), NULL },
	{ "store", FORM_URL, N_("Link in a store"), NULL },
	{ "host", FORM_TEXT, N_("Domain name or API host"), NULL, .required_when = { "part", "server" },
		.shown_when = { "part", "server" } },
	{ "operator", FORM_TEXT, N_("Operator of the system"), NULL, .required_when = { "kind", "incident" },
		.shown_when = { "kind", "incident" } },
	{ "versions", FORM_TEXT, N_("Affected versions"), N_("Such as “< 8.0.33” or “7.1 – 7.4”"), .required_when = { "kind", "generic" },
		.shown_when = { "kind", "generic" } },
};

static const FormItem weakness_items[] = {
	{ "class", FORM_CLASS, N_("Weakness class"), NULL, .required = true },
	{ "title", FORM_TEXT, N_("Title"), N_("One line: product and weakness"), .required = true, .max_length = 120 },
	{ "description", FORM_MARKDOWN, N_("Description"), N_("What is wrong, and where"), .required = true },
	{ "component", FORM_TEXT, N_("Component, interface or parameter"),
		N_("Name of the exported component, address and parameter of the request, or file and function") },
	{ "conditions", FORM_LINES, N_("Trigger conditions"), NULL },
	{ "steps", FORM_MARKDOWN, N_("Steps to reproduce"), N_("So that somebody who has never seen the product can follow"),
		.required = true },
	{ "proof", FORM_MARKDOWN, N_("Proof of concept"), N_("Code, request or command. It is never made public.") },
	{ "impact", FORM_LINES, N_("Impact"), N_("What somebody gains from it, and how many are affected"), .required = true },
	{ "fix", FORM_LINES, N_("Suggested fix"), NULL },
	{ "references", FORM_LINES, N_("References"), NULL },
	{ "files", FORM_FILES, N_("Files"), N_("Pictures, recordings, app files, logs. They are stored sealed.") },
};

static const FormItem rating_items[] = {
	{ "gbt30279", FORM_GBT30279, N_("Your rating by GB/T 30279-2020"), NULL },
	{ "cvss", FORM_CVSS, N_("Your rating by CVSS"), NULL },
	{ "found_on", FORM_DATE, N_("Date of discovery"), NULL },
};

static const FormItem person_items[] = {
	{ "credit", FORM_CHOICE, N_("How do you want to be named?"), NULL, .required = true, .choices = credits,
		.choice_count = COUNT(credits) },
	{ "credit_name", FORM_TEXT, N_("Name to be given"), NULL, .required_when = { "credit", "name" },
		.shown_when = { "credit", "name" } },
	{ "contact", FORM_TEXT, N_("How can we reach you?"), N_("Mail address or telephone number; only the coordinator sees it.") },
	{ "also_sent", FORM_TEXT, N_("Sent to other libraries too"), N_("Their names, if any") },
	{ "no_secrets", FORM_CHECK, N_("I confirm that this contains no state secrets and that I have found it lawfully"), NULL,
		.required = true },
};

static const FormSection sections[] = {
	{ N_("Kind"), NULL, kind_items, COUNT(kind_items) },
	{ N_("Product"), NULL, product_items, COUNT(product_items) },
	{ N_("Weakness"), NULL, weakness_items, COUNT(weakness_items) },
	{ N_("Rating"), N_("If you like. The library rates it anyway; yours is kept beside it."), rating_items, COUNT(rating_items) },
	{ N_("You"), NULL, person_items, COUNT(person_items) },
};

const Form report_form = { "report", 1, N_("Report a vulnerability"), sections, COUNT(sections) };

/* ---- What the actions of the machine ask for */
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), N_("Optional"), .max_length = 2000 } };
static const FormItem question_items[] = { { "question", FORM_LINES, N_("What is missing?"), N_("The reporter reads this."),
	.required = true, .max_length = 4000 } };
static const FormItem answer_items[] = { { "answer", FORM_MARKDOWN, N_("Your additions"), NULL, .required = true } };
static const FormItem attach_items[] = {
	{ "casefile", FORM_TEXT, N_("Add to an existing casefile"), N_("Its number; empty: a new casefile is opened.") },
	{ "verifier", FORM_TEXT, N_("Verifier"), N_("Public name of the person who is to verify it; may be assigned later.") },
};
static const FormItem duplicate_items[] = {
	{ "of", FORM_TEXT, N_("Reception number of the earlier report"), N_("The reporter sees its number and date, never its content."),
		.required = true },
};
static const FormChoice reject_reasons[] = {
	{ "incomplete", N_("Incomplete or not verifiable (collection rules, 3)") },
	{ "no-impact", N_("No security impact (rating rules, GB/T 30279-2020, annex B)") },
	{ "out-of-scope", N_("Not a product that this library collects (collection rules, 1)") },
	{ "not-lawful", N_("Found or sent against the rules (Regulations on Security Vulnerabilities of Network Products, article 4)") },
	{ "spam", N_("No report of a vulnerability") },
};
static const FormItem reject_items[] = {
	{ "code", FORM_CHOICE, N_("Reason"), NULL, .required = true, .choices = reject_reasons, .choice_count = COUNT(reject_reasons) },
	{ "explanation", FORM_LINES, N_("Explanation for the reporter"), NULL, .required = true, .max_length = 4000 },
};

static const FormSection reason_sections[] = { { NULL, NULL, reason_items, COUNT(reason_items) } };
static const FormSection question_sections[] = { { NULL, NULL, question_items, COUNT(question_items) } };
static const FormSection answer_sections[] = { { NULL, NULL, answer_items, COUNT(answer_items) } };
static const FormSection attach_sections[] = { { NULL, NULL, attach_items, COUNT(attach_items) } };
static const FormSection duplicate_sections[] = { { NULL, NULL, duplicate_items, COUNT(duplicate_items) } };
static const FormSection reject_sections[] = { { NULL, NULL, reject_items, COUNT(reject_items) } };

static const Form action_forms[] = {
	{ "report-withdraw", 1, N_("Withdraw"), reason_sections, 1 },
	{ "report-ask", 1, N_("Ask for additions"), question_sections, 1 },
	{ "report-answer", 1, N_("Send the additions"), answer_sections, 1 },
	{ "report-attach", 1, N_("Take on"), attach_sections, 1 },
	{ "report-duplicate", 1, N_("Decide as duplicate"), duplicate_sections, 1 },
	{ "report-reject", 1, N_("Do not take on"), reject_sections, 1 },
};

const Form *report_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
