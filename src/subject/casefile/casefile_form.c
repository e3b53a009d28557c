/* What the actions of the machine ask for. */
#include "subject/casefile/casefile_private.h"

static const FormItem assign_items[] = {
	{ "verifier", FORM_TEXT, N_("Verifier"), N_("Public name of the person; nobody with an interest in the product can be assigned."),
		.required = true },
};
static const FormItem confirm_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
	{ "class", FORM_CLASS, N_("Weakness class"), NULL, .required = true },
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required = true },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required = true },
};
static const FormItem refute_items[] = {
	{ "evidence", FORM_MARKDOWN, N_("Evidence"), N_("What was done, on which version, and what was seen"), .required = true },
};
static const FormItem extend_items[] = {
	{ "days", FORM_NUMBER, N_("Working days"), NULL, .required = true, .max_length = 60 },
	{ "reason", FORM_LINES, N_("Reason"), N_("The reporter reads this."), .required = true, .max_length = 2000 },
};
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 2000 } };
static const FormItem notice_items[] = {
	{ "vendor", FORM_TEXT, N_("Vendor"), NULL, .required = true },
	{ "notified_on", FORM_DATE, N_("Date of the notice"), NULL, .required = true },
	{ "evidence", FORM_LINES, N_("Evidence of the notice"), N_("To whom, by which way, and what was answered"), .required = true },
};
static const FormChoice yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
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
	{ "has_fix", FORM_CHOICE, N_("Does the provider's repair measure exist?"), NULL, .required = true, .choices = yes_no,
		.choice_count = COUNT(yes_no) },
	{ "fixed_version", FORM_TEXT, N_("Fixed version"), N_("Of a service: since when it is fixed"),
		.required_when = { "has_fix", "yes" }, .shown_when = { "has_fix", "yes" } },
	{ "solution_zh", FORM_LINES, N_("What users can do, Chinese"), N_("Update, or how the risk can be kept small"), .required = true },
	{ "solution_en", FORM_LINES, N_("What users can do, English"), NULL },
	{ "finder", FORM_TEXT, N_("Finder to be named"), NULL },
	{ "cve", FORM_TEXT, N_("CVE number"), NULL },
	{ "reference", FORM_URL, N_("Reference"), N_("The vendor's own notice, for example") },
};
static const FormItem publish_items[] = {
	{ "no_exploit", FORM_CHECK, N_("The public text contains no exploit code and no tool"), NULL, .required = true },
	{ "no_running_system", FORM_CHECK, N_("It contains no details of a system in use and no personal data"), NULL, .required = true },
};

static const FormSection assign_sections[] = { { NULL, NULL, assign_items, COUNT(assign_items) } };
static const FormSection confirm_sections[] = { { NULL, NULL, confirm_items, COUNT(confirm_items) } };
static const FormSection refute_sections[] = { { NULL, NULL, refute_items, COUNT(refute_items) } };
static const FormSection extend_sections[] = { { NULL, NULL, extend_items, COUNT(extend_items) } };
static const FormSection reason_sections[] = { { NULL, NULL, reason_items, COUNT(reason_items) } };
static const FormSection notice_sections[] = { { NULL, NULL, notice_items, COUNT(notice_items) } };
static const FormSection public_sections[] = { { NULL, NULL, public_items, COUNT(public_items) } };
static const FormSection publish_sections[] = { { NULL, NULL, publish_items, COUNT(publish_items) } };

const Form casefile_public_form = { "casefile-public", 1, N_("Measures and public text"), public_sections, 1 };
static const Form action_forms[] = {
	{ "casefile-assign", 1, N_("Assign a verifier"), assign_sections, 1 },
	{ "casefile-confirm", 1, N_("Confirm and rate the vulnerability"), confirm_sections, 1 },
	{ "casefile-refute", 1, N_("State that it cannot be reproduced"), refute_sections, 1 },
	{ "casefile-extend", 1, N_("Extend the time limit"), extend_sections, 1 },
	{ "casefile-reason", 1, N_("Reason"), reason_sections, 1 },
	{ "casefile-notice", 1, N_("Record the notice to the vendor"), notice_sections, 1 },
	{ "casefile-publish", 1, N_("Publish"), publish_sections, 1 },
};

const Form *casefile_action_form(const char *name)
{
	if (name && !strcmp(name, casefile_public_form.name)) return &casefile_public_form;
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
