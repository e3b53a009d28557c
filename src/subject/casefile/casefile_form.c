/* What the actions of the machine ask for. */
#include "subject/casefile/casefile_private.h"

static const FormItem assign_items[] = {
	{ "verifier", FORM_TEXT, N_("Verifier"), N_("Public name of the person; nobody with an interest in the product can be assigned."),
		.required = true },
};
static const FormChoice parts[] = { { "client", N_("The app itself") }, { "sdk", N_("An SDK in the app") },
	{ "server", N_("A server in use (never public)") } };
static const FormItem confirm_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
	{ "class", FORM_CLASS, N_("Weakness class"), NULL, .required = true },
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required = true },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required = true },
	{ "part", FORM_CHOICE, N_("Affected part"), NULL, .required = true, .choices = parts, .choice_count = COUNT(parts) },
	{ "part_product", FORM_TEXT, N_("Product of the affected part"), N_("Of an SDK: its name") },
	{ "part_versions", FORM_TEXT, N_("Affected versions of the part"), NULL },
};
static const FormChoice raters[] = { { "expert", N_("Expert decision") }, { "appeal", N_("Answer to an appeal") } };
static const FormItem rate_anew_items[] = {
	{ "who", FORM_CHOICE, N_("Rated by"), NULL, .required = true, .choices = raters, .choice_count = COUNT(raters) },
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required = true },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required = true },
};
static const FormItem part_items[] = {
	{ "part", FORM_CHOICE, N_("Affected part"), NULL, .required = true, .choices = parts, .choice_count = COUNT(parts) },
	{ "part_product", FORM_TEXT, N_("Product of the affected part"), N_("Of an SDK: its name") },
	{ "part_versions", FORM_TEXT, N_("Affected versions of the part"), NULL },
};
static const FormItem second_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required = true },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required = true },
};
static const FormItem undertake_items[] = {
	{ "undertaking", FORM_CHECK,
		N_("I keep everything I learn in this casefile confidential, use it for the verification only, and destroy my copies when "
		   "the "
		   "task ends"),
		NULL, .required = true },
	{ "no_interest", FORM_CHECK,
		N_("Neither I nor my organisation belongs to the vendor or its group, competes with it, or has been its customer within "
		   "three years"),
		NULL, .required = true },
};
static const FormItem transfer_items[] = {
	{ "library", FORM_TEXT, N_("Library it is transferred to"), NULL, .required = true },
	{ "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 2000 },
};
static const FormChoice urgencies[] = { { "exploited", N_("It is being exploited") }, { "critical", N_("It is of critical severity") } };
static const FormItem emergency_items[] = {
	{ "why", FORM_CHOICE, N_("Why it is urgent"), NULL, .required = true, .choices = urgencies, .choice_count = COUNT(urgencies) },
	{ "grounds", FORM_LINES, N_("What is known"), NULL, .required = true, .max_length = 4000 },
};
static const FormChoice zones[] = { { "+08:00", N_("UTC+8 (Beijing)") }, { "Z", N_("UTC") }, { "+09:00", N_("UTC+9 (Tokyo)") },
	{ "+07:00", N_("UTC+7 (Bangkok)") }, { "+05:30", N_("UTC+5:30 (Delhi)") }, { "+03:00", N_("UTC+3 (Moscow)") },
	{ "+02:00", N_("UTC+2") }, { "+01:00", N_("UTC+1") }, { "-05:00", N_("UTC-5") }, { "-08:00", N_("UTC-8") } };
static const FormItem embargo_items[] = {
	{ "until", FORM_TEXT, N_("Until"), N_("Day and hour, such as 2026-12-05 10:00"), .required = true, .max_length = 19 },
	{ "zone", FORM_CHOICE, N_("Time zone"), NULL, .required = true, .choices = zones, .choice_count = COUNT(zones) },
	{ "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 2000 },
};
static const FormChoice answers[] = { { "accepted", N_("Accepts") }, { "revised", N_("Asks for another instant") },
	{ "refused", N_("Refuses") } };
static const FormItem embargo_answer_items[] = {
	{ "participant", FORM_TEXT, N_("Participant"), N_("Who answered: the vendor, the reporter, another library"), .required = true },
	{ "answer", FORM_CHOICE, N_("Answer"), NULL, .required = true, .choices = answers, .choice_count = COUNT(answers) },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};
static const FormItem party_items[] = {
	{ "credit_code", FORM_TEXT, N_("Unified social credit code of the vendor"),
		N_("Of a verified organisation; empty: it has no account yet") },
	{ "name", FORM_TEXT, N_("Name of the vendor"), N_("As it was found; needed without credit code") },
	{ "mail", FORM_EMAIL, N_("Mail address"), NULL },
	{ "phone", FORM_TEXT, N_("Telephone"), NULL },
	{ "source", FORM_TEXT, N_("Where the contact was found"), N_("Filing, store listing, privacy policy, security.txt") },
	{ "product", FORM_TEXT, N_("Product"), NULL, .required = true },
	{ "versions", FORM_LINES, N_("Affected version lines"), N_("One a line, such as “7.x”; each needs a fix of its own."),
		.max_length = 4000 },
	{ "is_service", FORM_CHECK, N_("It is a service, mini-program or official account"), NULL },
	{ "own_provider", FORM_CHECK, N_("The organisation is the provider of this very product"), NULL },
};
static const FormChoice recipients[] = { { "national-platform", N_("National vulnerability sharing platform (NVDB)") },
	{ "cncert", N_("CNCERT") }, { "notification-centre", N_("National notification centre") } };
static const FormItem upward_items[] = {
	{ "recipient", FORM_CHOICE, N_("Recipient"), NULL, .required = true, .choices = recipients, .choice_count = COUNT(recipients) },
	{ "document", FORM_TEXT, N_("Number of the document"), NULL, .required = true },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};
static const FormItem upward_answer_items[] = {
	{ "recipient", FORM_CHOICE, N_("Recipient"), NULL, .required = true, .choices = recipients, .choice_count = COUNT(recipients) },
	{ "document", FORM_TEXT, N_("Number of its acknowledgement"), NULL, .required = true },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};
static const FormItem made_public_items[] = {
	{ "where", FORM_URL, N_("Where it was made public"), NULL, .required = true },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};
static const FormItem consent_items[] = {
	{ "authority", FORM_TEXT, N_("Authority that consented"), NULL, .required = true },
	{ "document", FORM_TEXT, N_("Number of the document"), NULL, .required = true },
	{ "dated", FORM_DATE, N_("Date of the document"), NULL, .required = true },
};
static const FormChoice grounds[] = { { "consulted", N_("The provider was consulted") },
	{ "silence", N_("The provider has been silent for 45 days") } };
static const FormItem early_consult_items[] = {
	{ "ground", FORM_CHOICE, N_("Ground"), NULL, .required = true, .choices = grounds, .choice_count = COUNT(grounds) },
	{ "record", FORM_LINES, N_("Record of the consultation"),
		N_("When, with whom, and what was said; or every attempt to reach the provider"), .required = true },
	{ "need", FORM_LINES, N_("Why the public has to know before the repair"), NULL, .required = true },
};
static const FormItem early_report_items[] = {
	{ "miit", FORM_TEXT, N_("Document to the Ministry of Industry and Information Technology"), NULL, .required = true },
	{ "miit_on", FORM_DATE, N_("Sent to it on"), NULL, .required = true },
	{ "mps", FORM_TEXT, N_("Document to the Ministry of Public Security"), NULL, .required = true },
	{ "mps_on", FORM_DATE, N_("Sent to it on"), NULL, .required = true },
};
static const FormChoice verdicts[] = { { "permitted", N_("Permitted") }, { "refused", N_("Refused") } };
static const FormItem early_assess_items[] = {
	{ "verdict", FORM_CHOICE, N_("Assessment of the two ministries"), NULL, .required = true, .choices = verdicts,
		.choice_count = COUNT(verdicts) },
	{ "document", FORM_TEXT, N_("Number of the document"), NULL, .required = true },
	{ "dated", FORM_DATE, N_("Date of the document"), NULL, .required = true },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 4000 },
};
static const FormItem early_approve_items[] = {
	{ "document_read", FORM_CHECK, N_("I have read the documents of both ministries"), NULL, .required = true },
};
static const FormItem uptake_items[] = {
	{ "share", FORM_NUMBER, N_("Users with the fixed version, in percent"), NULL, .max_length = 100 },
	{ "note", FORM_LINES, N_("What was seen"), NULL, .required = true, .max_length = 4000 },
};
static const FormItem refute_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
};
static const FormItem extend_items[] = {
	{ "days", FORM_NUMBER, N_("Working days"), NULL, .required = true, .max_length = 60 },
	{ "reason", FORM_LINES, N_("Reason"), N_("The reporter reads this."), .required = true, .max_length = 2000 },
};
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 2000 } };
static const FormItem public_items[] = {
	{ "title_zh", FORM_TEXT, N_("Public title, Chinese"), NULL, .required = true, .max_length = 120 },
	{ "title_en", FORM_TEXT, N_("Public title, English"), NULL, .max_length = 200 },
	{ "description_zh", FORM_LINES, N_("Public description, Chinese"), N_("What is affected and what can happen; no steps, no code."),
		.required = true },
	{ "description_en", FORM_LINES, N_("Public description, English"), NULL },
	{ "vendor", FORM_TEXT, N_("Vendor"), NULL, .required = true },
	{ "product", FORM_TEXT, N_("Product"), NULL, .required = true },
	{ "package", FORM_TEXT, N_("Package name, bundle ID or AppID"), NULL },
	{ "versions", FORM_TEXT, N_("Affected versions"), NULL, .required = true },
	{ "fixed_version", FORM_TEXT, N_("Fixed version"), N_("Of a service: since when it is fixed") },
	{ "solution_zh", FORM_LINES, N_("What users can do, Chinese"), N_("Update, or how the risk can be kept small"), .required = true },
	{ "solution_en", FORM_LINES, N_("What users can do, English"), NULL },
	{ "existence_zh", FORM_LINES, N_("Statement of existence, Chinese"), N_("How it was shown to exist; no steps, no code.") },
	{ "existence_en", FORM_LINES, N_("Statement of existence, English"), NULL },
	{ "detection_zh", FORM_LINES, N_("How users can tell whether they are affected, Chinese"), NULL },
	{ "detection_en", FORM_LINES, N_("How users can tell whether they are affected, English"), NULL },
	{ "finder", FORM_TEXT, N_("Finder to be named"), NULL },
	{ "cve", FORM_TEXT, N_("CVE number"), NULL },
	{ "reference", FORM_URL, N_("Reference"), N_("The vendor's own notice, for example") },
};
static const FormItem publish_items[] = {
	{ "no_exploit", FORM_CHECK, N_("The public text contains no exploit code and no tool"), NULL, .required = true },
	{ "no_running_system", FORM_CHECK, N_("It contains no details of a system in use and no personal data"), NULL, .required = true },
};
static const FormItem isolate_items[] = {
	{ "why", FORM_LINES, N_("Why"), N_("Say nothing of the content: this outlives the wiping."), .required = true, .max_length = 500 },
};
static const FormItem wipe_items[] = {
	{ "understood", FORM_CHECK,
		N_("The casefile, its reports and its vendors' parts are destroyed and cannot be brought back, by nobody"),
		N_("Backups made before now still hold the wrapped key: destroy them, or rotate the master key until theirs is forgotten "
		   "(cappvd key rotate --forget)."),
		.required = true },
};
static const FormItem merge_items[] = {
	{ "survivor", FORM_TEXT, N_("Casefile that stays"),
		N_("Its number. Reports and vendors go there; reporters keep number, priority and credit."), .required = true },
	{ "reason", FORM_LINES, N_("What shows that the root cause is the same"), NULL, .required = true, .max_length = 2000 },
};
static const FormItem relate_items[] = {
	{ "other", FORM_TEXT, N_("Related casefile"), N_("Its number. Both stay as they are and lead to each other."), .required = true },
	{ "reason", FORM_LINES, N_("What they have to do with each other"), NULL, .required = true, .max_length = 2000 },
};
static const FormItem hand_over_items[] = {
	{ "whose", FORM_TEXT, N_("Who is away"), NULL, .required = true },
	{ "holder", FORM_TEXT, N_("Who holds the task"), NULL, .required = true },
};
static const FormItem public_reason_items[] = { { "reason", FORM_LINES, N_("Reason"),
	N_("Everybody reads this in the history of the record."), .required = true, .max_length = 2000 } };
static const FormItem withdraw_items[] = {
	{ "reason", FORM_LINES, N_("Reason"), N_("Everybody reads this in the history of the record."), .required = true,
		.max_length = 2000 },
	{ "successor", FORM_TEXT, N_("Successor"), N_("Number of the published record that takes its place, if there is one") },
};
static const FormItem change_items[] = {
	{ "change_read", FORM_CHECK, N_("I have read the change and its reason, and they contain nothing that may not be public"), NULL,
		.required = true },
};
static const FormItem instruct_items[] = {
	{ "instruction", FORM_LINES, N_("Instruction"), N_("What is to be done; the coordinator reads this."), .required = true,
		.max_length = 4000 },
	{ "document", FORM_TEXT, N_("Number of the document"), NULL },
	{ "days", FORM_NUMBER, N_("Working days for the answer"), NULL, .required = true, .max_length = 60 },
};
static const FormItem instruction_answer_items[] = {
	{ "answer", FORM_LINES, N_("Answer"), N_("What was done; the authority reads this. No steps to exploit it."), .required = true,
		.max_length = 4000 },
};

/* Each form is one section of its own; a correction is its reason and the public text. */
#define SECTION(items) (const FormSection[]) { { NULL, NULL, items, COUNT(items) } }, 1
#define SECTIONS(first, second) (const FormSection[]) { { NULL, NULL, first, COUNT(first) }, { NULL, NULL, second, COUNT(second) } }, 2

const Form casefile_public_form = { "casefile-public", 3, N_("Measures and public text"), SECTION(public_items) };
static const Form action_forms[] = {
	{ "casefile-assign", 1, N_("Assign a verifier"), SECTION(assign_items) },
	{ "casefile-isolate", 1, N_("Isolate: it may hold a state secret"), SECTION(isolate_items) },
	{ "casefile-wipe", 1, N_("Wipe for ever"), SECTION(wipe_items) },
	{ "casefile-merge", 1, N_("Merge into another casefile"), SECTION(merge_items) },
	{ "casefile-relate", 1, N_("Name a related casefile"), SECTION(relate_items) },
	{ "casefile-hand-over", 1, N_("Hand the task over during an absence"), SECTION(hand_over_items) },
	{ "casefile-undertake", 1, N_("Sign the confidentiality undertaking"), SECTION(undertake_items) },
	{ "casefile-confirm", 1, N_("Confirm and rate the vulnerability"), SECTION(confirm_items) },
	{ "casefile-rate-anew", 1, N_("Change the rating after a dispute"), SECTION(rate_anew_items) },
	{ "casefile-second", 1, N_("Confirm a second time"), SECTION(second_items) },
	{ "casefile-part", 1, N_("Add an affected part"), SECTION(part_items) },
	{ "casefile-refute", 1, N_("State that it cannot be reproduced"), SECTION(refute_items) },
	{ "casefile-extend", 1, N_("Extend the time limit"), SECTION(extend_items) },
	{ "casefile-reason", 1, N_("Reason"), SECTION(reason_items) },
	{ "casefile-transfer", 1, N_("Transfer to another library"), SECTION(transfer_items) },
	{ "casefile-emergency", 1, N_("Take into the emergency channel"), SECTION(emergency_items) },
	{ "casefile-party", 1, N_("Name a vendor"), SECTION(party_items) },
	{ "casefile-upward", 1, N_("Report upward"), SECTION(upward_items) },
	{ "casefile-upward-answer", 1, N_("Record the acknowledgement of a report upward"), SECTION(upward_answer_items) },
	{ "casefile-embargo", 1, N_("Propose or revise an embargo"), SECTION(embargo_items) },
	{ "casefile-embargo-answer", 1, N_("Record an answer to the embargo"), SECTION(embargo_answer_items) },
	{ "casefile-made-public", 1, N_("Record that the matter became public"), SECTION(made_public_items) },
	{ "casefile-consent", 1, N_("Record the consent for the period of a major event"), SECTION(consent_items) },
	{ "casefile-early-consult", 1, N_("Consultation with the provider"), SECTION(early_consult_items) },
	{ "casefile-early-report", 1, N_("Reports to the two ministries"), SECTION(early_report_items) },
	{ "casefile-early-assess", 1, N_("Assessment of the two ministries"), SECTION(early_assess_items) },
	{ "casefile-early-approve", 1, N_("Early release: approve"), SECTION(early_approve_items) },
	{ "casefile-uptake", 1, N_("Note how the repair spreads"), SECTION(uptake_items) },
	{ "casefile-correct", 1, N_("Correction of the advisory"), SECTIONS(public_reason_items, public_items) },
	{ "casefile-withdraw", 1, N_("Withdrawal of the advisory"), SECTION(withdraw_items) },
	{ "casefile-instruct", 1, N_("Issue an instruction"), SECTION(instruct_items) },
	{ "casefile-instruction-answer", 1, N_("Answer the instruction of the authority"), SECTION(instruction_answer_items) },
	{ "casefile-change", 1, N_("Carry out the proposed change of the advisory"), SECTION(change_items) },
	{ "casefile-publish", 1, N_("Publish"), SECTION(publish_items) },
};

const Form *casefile_action_form(const char *name)
{
	if (name && !strcmp(name, casefile_public_form.name)) return &casefile_public_form;
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
