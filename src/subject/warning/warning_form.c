/* The text of a warning as data, and the forms of its actions. The parts are those of the bulletins that such bodies publish. */
#include "subject/warning/warning_private.h"

#define TEXT_OF(name_, label_, help_) .name = (name_), .kind = FORM_LINES, .label = (label_), .help = (help_), .max_length = 4000
#define IN_ENGLISH .required_when = { "what_en", "*" }

static const FormItem chinese_items[] = {
	{ "what_zh", FORM_TEXT, N_("What it warns of, in Chinese"),
		N_("Product and vulnerability or incident, as it stands in the title between its fixed words."), .required = true,
		.max_length = 60 },
	{ TEXT_OF("found_zh", N_("What was found"), N_("By whom and when it was observed, in a sentence or two.")), .required = true },
	{ TEXT_OF("product_zh", N_("What the product is"), N_("What it does, and who uses it.")), .required = true },
	{ TEXT_OF("cause_zh", N_("Cause and trigger"),
		  N_("What has to be there for it to happen: never how to do it, no code and no command.")),
		.required = true },
	{ TEXT_OF("harm_zh", N_("Harm"), NULL), .required = true },
	{ "versions", FORM_TEXT, N_("Affected versions"), NULL, .required = true, .max_length = 300 },
	{ TEXT_OF("advice_zh", N_("What to do"), N_("What vendors and users can do now: update, setting, look through their products.")),
		.required = true },
};
static const FormItem english_items[] = {
	{ "what_en", FORM_TEXT, N_("What it warns of, in English"), N_("Recommended; without it readers of English are shown the Chinese."),
		.max_length = 120 },
	{ TEXT_OF("found_en", N_("What was found, in English"), NULL), IN_ENGLISH },
	{ TEXT_OF("product_en", N_("What the product is, in English"), NULL), IN_ENGLISH },
	{ TEXT_OF("cause_en", N_("Cause and trigger, in English"), NULL), IN_ENGLISH },
	{ TEXT_OF("harm_en", N_("Harm, in English"), NULL), IN_ENGLISH },
	{ TEXT_OF("advice_en", N_("What to do, in English"), NULL), IN_ENGLISH },
};
static const FormItem source_items[] = {
	{ "credits", FORM_TEXT, N_("Credits"), N_("Who found it or supports the warning, as they wish to be named."), .max_length = 300 },
	{ "links", FORM_LINES, N_("References"), N_("Addresses, one a line: notices of the vendor, advisories, updates."),
		.max_length = 2000 },
};
static const FormItem first_items[] = { { "urgent", FORM_CHECK, N_("It is urgent: exploited already, or about to be"),
	N_("Shorter time limits, and a short message to every recipient.") } };
static const FormSection text_sections[] = { { NULL, NULL, first_items, COUNT(first_items) },
	{ N_("Text in Chinese"), NULL, chinese_items, COUNT(chinese_items) },
	{ N_("Text in English"), NULL, english_items, COUNT(english_items) }, { N_("Sources"), NULL, source_items, COUNT(source_items) } };
const Form warning_form = { "warning", 1, N_("Warning"), text_sections, COUNT(text_sections), NULL };

/* ---- Actions */
static const WordBuiltIn words[] = {
	{ "incomplete", N_("What is needed to judge it is missing"), false },
	{ "unverified", N_("What it says could not be confirmed"), false },
	{ "known", N_("It has been warned of already"), false },
	{ "not-app", N_("It does not concern mobile apps"), false },
	{ "exaggerated", N_("It says more than is known"), false },
	{ "undisclosed", N_("The vulnerability may not be spoken of yet"), false },
	{ "audience", N_("The audience is not the right one"), false },
	{ "wrong", N_("What it says turned out to be wrong"), false },
	{ "over", N_("The danger is over"), false },
};
const Wordlist warning_reasons = { .name = "warning",
	.title = N_("Why a warning is returned, not taken up or withdrawn"),
	.source_label = N_("Rule it cites"),
	.words = words,
	.count = COUNT(words) };

static const FormItem reason_items[] = { { "code", FORM_CHOICE, N_("Reason"), NULL, .required = true, .list = &warning_reasons },
	{ "explanation", FORM_LINES, N_("Explanation"), N_("Whoever was shown the warning reads this; when it is public, everybody."),
		.required = true, .max_length = 2000 } };
static const FormItem assess_items[] = {
	{ "casefile", FORM_TEXT, N_("Casefile it is about"),
		N_("Its reference or number. Nothing is said in public before its gate is open.") },
	{ "no_casefile", FORM_CHECK, N_("No casefile of the library is about it: I have looked"), NULL,
		.required_when = { "casefile", "-" } },
	{ "assessment", FORM_LINES, N_("Assessment"), N_("What was checked, and with what result. The library alone reads this."),
		.required = true, .max_length = 4000 },
};
static const FormItem send_items[] = {
	{ "no_exploit", FORM_CHECK, N_("The text holds no exploit in any form, and names no running system"), NULL, .required = true },
	{ "audience", FORM_CHECK, N_("I have looked at the list of who is told, and why"), NULL, .required = true },
};
static const FormItem extend_items[] = { { "reason", FORM_LINES, N_("Why they are told, too"), NULL, .required = true, .max_length = 1000 },
	{ "audience", FORM_CHECK, N_("I have looked at the list of who is told, and why"), NULL, .required = true } };
static const FormItem correct_items[] = { { "reason", FORM_LINES, N_("What is corrected, and why"),
	N_("Every reader of the warning reads this."), .required = true, .max_length = 1000 } };
static const FormSection reason_section[] = { { NULL, NULL, reason_items, COUNT(reason_items) } },
			 assess_section[] = { { NULL, NULL, assess_items, COUNT(assess_items) } },
			 send_section[] = { { NULL, NULL, send_items, COUNT(send_items) } },
			 extend_section[] = { { NULL, NULL, extend_items, COUNT(extend_items) } },
			 correct_sections[] = { { NULL, NULL, correct_items, COUNT(correct_items) },
				 { N_("Text in Chinese"), NULL, chinese_items, COUNT(chinese_items) },
				 { N_("Text in English"), NULL, english_items, COUNT(english_items) },
				 { N_("Sources"), NULL, source_items, COUNT(source_items) } };
static const Form forms[] = {
	{ "warning-reason", 1, N_("Reason"), reason_section, 1, NULL },
	{ "warning-assess", 1, N_("Assessment"), assess_section, 1, NULL },
	{ "warning-send", 1, N_("Approval"), send_section, 1, NULL },
	{ "warning-extend", 1, N_("Further recipients"), extend_section, 1, NULL },
	{ "warning-correct", 1, N_("Correction"), correct_sections, COUNT(correct_sections), NULL },
};

const Form *warning_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return NULL;
}

/* ---- Whom it is meant for */
static const FormChoice aim_kinds[] = { { "public", N_("Everybody") }, { "units", N_("Support units") },
	{ "vendors", N_("Vendors whose products contain an SDK") }, { "sector", N_("Organisations of an industry") },
	{ "organisation", N_("One organisation") } };
static const FormChoice directions[] = { { "unit", N_("Technical support units") },
	{ "partner", N_("Vulnerability-governance partners") } };
static const FormItem aim_items[] = {
	{ "kind", FORM_CHOICE, N_("Who is to be told?"), NULL, .required = true, .choices = aim_kinds, .choice_count = COUNT(aim_kinds) },
	{ "direction", FORM_CHOICE, N_("Direction"), N_("None: both"), .shown_when = { "kind", "units" }, .choices = directions,
		.choice_count = COUNT(directions) },
	{ "stars", FORM_NUMBER, N_("Stars, at least"), NULL, .shown_when = { "kind", "units" }, .max_length = 5, .is_from_zero = true },
	{ "sdk", FORM_TEXT, N_("The SDK"), N_("Its reference in the catalogue, or its exact name"), .required_when = { "kind", "vendors" },
		.shown_when = { "kind", "vendors" } },
	{ "version_from", FORM_TEXT, N_("From version"), N_("This one included; empty: from the first one."),
		.shown_when = { "kind", "vendors" }, .max_length = 40 },
	{ "version_before", FORM_TEXT, N_("Before version"), N_("Where it is repaired: this one not included; empty: all."),
		.shown_when = { "kind", "vendors" }, .max_length = 40 },
	{ "sector", FORM_CHOICE, N_("Industry"), N_("One at a time; further ones are added."), .required_when = { "kind", "sector" },
		.shown_when = { "kind", "sector" }, .list = &org_sector_words },
	{ "credit_code", FORM_TEXT, N_("Unified social credit code"), NULL, .required_when = { "kind", "organisation" },
		.shown_when = { "kind", "organisation" }, .max_length = 18 },
};
static const FormSection aim_section[] = { { NULL, NULL, aim_items, COUNT(aim_items) } };
const Form warning_aim_form = { "warning-aim", 2, N_("Audience"), aim_section, 1, NULL };

/* ---- Receipts */
static const FormChoice statements[] = { { "affected", N_("We are affected") }, { "not-affected", N_("We are not affected") },
	{ "handled", N_("We have dealt with it") } };
static const FormItem receipt_items[] = {
	{ "confirm", FORM_CHECK, N_("I sign for this warning on behalf of my organisation"), NULL, .required = true },
	{ "statement", FORM_CHOICE, N_("Are you affected?"), N_("Can be said later, and changed."), .choices = statements,
		.choice_count = COUNT(statements) },
	{ "note", FORM_LINES, N_("Remark to the library"), NULL, .max_length = 2000 },
};
static const FormSection receipt_section[] = { { NULL, NULL, receipt_items, COUNT(receipt_items) } };
const Form warning_receipt_form = { "warning-receipt", 1, N_("Signing for it"), receipt_section, 1, NULL };

const char *warning_statement_text(Text statement)
{
	for (size_t i = 0; i < COUNT(statements); i++)
		if (text_is(statement, text_from(statements[i].value))) return statements[i].label;
	return "";
}

Text warning_title(Arena *arena, Lang lang, Text what_zh, Text what_en)
{
	if (lang == LANG_EN && what_en.length) return arena_printf(arena, "Warning: %.*s", TEXT_ARGS(what_en));
	return arena_printf(arena, "关于防范%.*s的风险提示", TEXT_ARGS(what_zh));
}
