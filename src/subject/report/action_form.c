/* What the actions of the machine ask for. */
#include "subject/report/report_private.h"

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
