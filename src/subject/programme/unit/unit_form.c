/* The forms that decisions about units are entered with. */
#include "base/base/clock.h"
#include "subject/programme/unit/unit_private.h"

bool unit_day(Text text, int64_t *out)
{
	enum { ZONE_MS = 8 * 3600 * 1000, LENGTH = 10 };
	if (text.length != LENGTH || text.at[4] != '-' || !clock_parse(text, out)) return false;
	*out -= ZONE_MS;
	return true;
}

static const char *check_day(Text value)
{
	int64_t at;
	return unit_day(text_trim(value), &at) ? NULL : N_("Please enter a day as 2026-03-05.");
}

/* ---- Words */
static const WordBuiltIn reasons[] = {
	{ "materials", N_("False materials in its application"), false },
	{ "duties", N_("Duties not fulfilled, and not after the probation either"), false },
	{ "leak", N_("Undisclosed vulnerability information passed on or misused"), false },
	{ "record", N_("Serious breach of law, or a bad record in the national enterprise credit register"), false },
	{ "ability", N_("It no longer meets the conditions"), false },
	{ "conduct", N_("Conduct that harms the library"), false },
};
const Wordlist unit_reasons = { .name = "revocation",
	.title = N_("Why a support unit is revoked"),
	.source_label = N_("Rule it cites"),
	.words = reasons,
	.count = COUNT(reasons) };

/* ---- Forms */
static const FormChoice directions[] = { { "technical", N_("Technical support unit") },
	{ "partner", N_("Vulnerability-governance partner") } };
static const FormChoice stars[] = { { "0", N_("none") }, { "1", "1" }, { "2", "2" }, { "3", "3" }, { "4", "4" }, { "5", "5" } };
/* What stands in several of them. */
static const char document_label[] = N_("Document number"), date_label[] = N_("Date of the decision"), day_help[] = N_("As 2026-03-05."),
		  shown_label[] = N_("Reason, shown to everybody"), kept_label[] = N_("Reason"), stars_label[] = N_("Stars");
#define DOCUMENT \
	{ "document", FORM_TEXT, document_label, NULL, .required = true, .max_length = 100 }, \
	{ \
		"document_on", FORM_TEXT, date_label, day_help, .required = true, .check = check_day \
	}
#define DAY(name, label) \
	{ \
		name, FORM_TEXT, label, day_help, .required = true, .check = check_day \
	}
#define STARS \
	{ \
		"stars", FORM_CHOICE, stars_label, NULL, .required = true, .choices = stars, .choice_count = COUNT(stars) \
	}
#define REASON(label) \
	{ \
		"reason", FORM_LINES, label, NULL, .required = true, .max_length = 1000 \
	}
#define SHOWN REASON(shown_label)
#define KEPT REASON(kept_label)
static const FormItem admission_items[] = { { "credit_code", FORM_TEXT, N_("Unified social credit code"),
						    N_("Of an organisation that is registered and verified here."), .required = true,
						    .max_length = 18 },
	{ "direction", FORM_CHOICE, N_("Direction"), NULL, .required = true, .choices = directions, .choice_count = COUNT(directions) },
	STARS, DOCUMENT, DAY("from_on", N_("First day")), DAY("until_on", N_("Last day")) };
static const FormItem round_items[] = { DOCUMENT, DAY("from_on", N_("First day")), DAY("until_on", N_("Last day")) };
static const FormItem renew_items[] = { STARS, DOCUMENT, DAY("until_on", N_("Last day")) };
static const FormItem reissue_items[] = { STARS, DOCUMENT, SHOWN };
static const FormItem revoke_items[] = { { "code", FORM_CHOICE, N_("Ground"), NULL, .required = true, .list = &unit_reasons }, DOCUMENT,
	SHOWN,
	{ "banned_until", FORM_TEXT, N_("It may not apply again before"), N_("As 2026-03-05; empty: at any time."), .check = check_day } };
static const FormItem suspend_items[] = { DOCUMENT, SHOWN };
static const FormItem shown_items[] = { SHOWN }, kept_items[] = { KEPT };
#define SECTION(name, title, items) static const FormSection name##_section[] = { { title, NULL, items, COUNT(items) } }
SECTION(admission, N_("Earlier decision"), admission_items);
SECTION(round, N_("Units of this round"), round_items);
SECTION(renew, N_("Enter the decision to renew"), renew_items);
SECTION(reissue, N_("Enter the decision to change stars or name"), reissue_items);
SECTION(revoke, N_("Enter the decision to revoke"), revoke_items);
SECTION(suspend, N_("Suspend"), suspend_items);
SECTION(shown, N_("Reason"), shown_items);
SECTION(kept, N_("Reason"), kept_items);

const Form unit_admission_form = { "unit-admission", 1, N_("Enter an earlier decision"), admission_section, 1, NULL };
const Form unit_round_form = { "unit-round", 1, N_("Enter the units of this round"), round_section, 1, NULL };
static const Form forms[] = {
	{ "unit-renew", 1, N_("Enter the decision to renew"), renew_section, 1, NULL },
	{ "unit-reissue", 1, N_("Enter the decision to change stars or name"), reissue_section, 1, NULL },
	{ "unit-revoke", 1, N_("Enter the decision to revoke"), revoke_section, 1, NULL },
	{ "unit-suspend", 1, N_("Suspend"), suspend_section, 1, NULL },
	{ "unit-withdraw", 1, N_("Withdraw as a support unit"), shown_section, 1, NULL },
	{ "unit-refuse", 1, N_("Do not confirm it"), kept_section, 1, NULL },
	{ "unit-warn", 1, N_("Put on probation"), kept_section, 1, NULL },
	{ "unit-clear", 1, N_("End the probation"), kept_section, 1, NULL },
	{ "unit-resume", 1, N_("End the suspension"), kept_section, 1, NULL },
	{ "unit-drop", 1, N_("Drop the decision that waits"), kept_section, 1, NULL },
	{ "unit-declare", 1, N_("Tell of a change of circumstances"), kept_section, 1, NULL },
	{ "unit-reviewed", 1, N_("Close the review"), kept_section, 1, NULL },
};

const Form *unit_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return NULL;
}

const Form *unit_wish_form(Text wish)
{
	static const char *const names[][2] = { { "renew", "unit-renew" }, { "reissue", "unit-reissue" }, { "revoke", "unit-revoke" } };
	if (text_is(wish, TEXT("admit"))) return &unit_admission_form;
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(wish, text_from(names[i][0]))) return unit_action_form(names[i][1]);
	return NULL;
}
