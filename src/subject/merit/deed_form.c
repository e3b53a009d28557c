/* Kinds of deeds and the forms they are stated with. */
#include "subject/merit/deed_private.h"

static const WordBuiltIn kinds[] = {
	{ "talk", N_("Talk at an event of the library"), false },
	{ "campaign", N_("Part in a campaign of the library"), false },
	{ "emergency", N_("Emergency support"), false },
	{ "joint", N_("Joint task"), false },
	{ "warning", N_("Early warning shared"), false },
	{ "delivery", N_("Notice delivered for the library"), false },
	{ "collection", N_("Contribution to a collection of cases"), false },
};
const Wordlist merit_deeds = { .name = "deed",
	.title = N_("Kinds of evidenced contributions"),
	.source_label = N_("Rule it cites"),
	.words = kinds,
	.count = COUNT(kinds) };

static const char kind_label[] = N_("Kind"), what_label[] = N_("What was done"), day_label[] = N_("Day it was done"),
		  evidence_label[] = N_("What proves it"), evidence_help[] = N_("The evidence itself is attached on the next page."),
		  title[] = N_("State a contribution"), entry_title[] = N_("Enter a contribution");
#define ITEMS \
	{ "kind", FORM_CHOICE, kind_label, NULL, .required = true, .list = &merit_deeds }, \
		{ "what", FORM_LINES, what_label, NULL, .required = true, .max_length = 2000 }, \
		{ "done_on", FORM_DATE, day_label, NULL, .required = true }, \
	{ \
		"evidence", FORM_LINES, evidence_label, evidence_help, .required = true, .max_length = 2000 \
	}
static const FormItem items[] = { ITEMS };
static const FormItem entry_items[] = { { "credit_code", FORM_TEXT, N_("Unified social credit code"),
						N_("Of an organisation that is registered and verified here."), .required = true,
						.max_length = 18 },
	ITEMS };
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), N_("The organisation reads it."), .required = true,
	.max_length = 1000 } };
static const FormSection sections[] = { { title, NULL, items, COUNT(items) } };
static const FormSection entry_sections[] = { { entry_title, NULL, entry_items, COUNT(entry_items) } };
static const FormSection reason_sections[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };

const Form deed_form = { "deed", 1, title, sections, 1, NULL };
const Form deed_entry_form = { "deed-entry", 1, entry_title, entry_sections, 1, NULL };
static const Form reason_form = { "deed-reason", 1, N_("Reason"), reason_sections, 1, NULL };

const Form *deed_action_form(const char *name) { return name && strcmp(name, reason_form.name) == 0 ? &reason_form : NULL; }
