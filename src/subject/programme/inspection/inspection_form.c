/* The forms of this room, and the checklist that an operator keeps. */
#include "subject/programme/inspection/inspection_private.h"

#define FORM(variable, name, title, items) \
	static const FormSection variable##_section[] = { { title, NULL, items, COUNT(items) } }; \
	const Form variable = { name, 1, title, variable##_section, 1, NULL }

/* ---- The office */
static const FormItem arrange_items[] = {
	{ "visit_on", FORM_TEXT, N_("Day and hour of the visit"), N_("In Beijing time, as 2026-03-05 14:00."), .required = true,
		.check = round_check_instant },
	{ "where", FORM_LINES, N_("Place"), NULL, .required = true, .max_length = 500 },
	{ "words", FORM_LINES, N_("What the applicant has to prepare"), NULL, .max_length = 2000 },
};
FORM(inspection_arrange_form, "inspection-arrange", N_("Arrange the visit"), arrange_items);

static const FormChoice seats[] = { { "1", N_("The first inspector") }, { "2", N_("The second inspector") } };
static const FormChoice grounds[] = { { "declined", N_("Cannot come") }, { "conflict", N_("Conflict of interest") },
	{ "objection", N_("The applicant's objection is justified") }, { "knowledge", N_("Other knowledge is needed") } };
static const FormItem replace_items[] = {
	{ "seat", FORM_CHOICE, N_("Who is replaced"), NULL, .required = true, .choices = seats, .choice_count = COUNT(seats) },
	{ "by", FORM_TEXT, N_("Account of the new inspector"),
		N_("Mail address or account name of an expert of the library or an inspector. Empty: the next of the draw.") },
	{ "ground", FORM_CHOICE, N_("Ground"), NULL, .required = true, .choices = grounds, .choice_count = COUNT(grounds) },
	{ "words", FORM_LINES, N_("Explanation"), NULL, .required = true, .max_length = 1000 },
};
FORM(inspection_replace_form, "inspection-replace", N_("Name another inspector"), replace_items);

/* ---- Inspectors */
static const FormItem sign_items[] = {
	{ "independent", FORM_CHECK, N_("I have no tie to this organisation, and saw myself what the report says"), NULL,
		.required = true },
	{ "words", FORM_LINES, N_("Remark"), NULL, .max_length = 2000 },
};
FORM(inspection_sign_form, "inspection-sign", N_("Sign the report"), sign_items);

static const FormItem reopen_items[] = {
	{ "words", FORM_LINES, N_("What has to be changed"), NULL, .required = true, .max_length = 2000 },
};
FORM(inspection_reopen_form, "inspection-reopen", N_("Change the report"), reopen_items);

static const FormChoice verdicts[] = { { "meets", N_("Meets it") }, { "minor", N_("Minor finding") }, { "major", N_("Major finding") } };
static const FormItem entry_items[] = {
	{ "verdict", FORM_CHOICE, N_("Verdict"), NULL, .choices = verdicts, .choice_count = COUNT(verdicts) },
	{ "evidence", FORM_LINES, N_("What was seen"), N_("Documents, people spoken to, what was shown."), .max_length = 4000 },
	{ "comment", FORM_LINES, N_("What is wrong"), N_("The applicant reads it."), .shown_when = { "verdict", "minor major" },
		.max_length = 4000 },
	{ "days", FORM_NUMBER, N_("Working days to correct it"), NULL, .shown_when = { "verdict", "minor" }, .max_length = 120 },
};
FORM(inspection_entry_form, "inspection-entry", N_("An item of the checklist"), entry_items);

static const FormItem remark_items[] = {
	{ "words", FORM_LINES, N_("Remark for the applicant"), NULL, .max_length = 2000 },
};
FORM(inspection_remark_form, "inspection-remark", N_("Judge the correction"), remark_items);

/* ---- The applicant */
static const FormItem answer_items[] = {
	{ "cause", FORM_LINES, N_("Root cause"), NULL, .required = true, .max_length = 4000 },
	{ "measure", FORM_LINES, N_("What was corrected, and how it is kept from coming back"), NULL, .required = true,
		.max_length = 4000 },
};
FORM(inspection_answer_form, "inspection-answer", N_("State the correction"), answer_items);

static const FormItem object_items[] = {
	{ "seat", FORM_CHOICE, N_("Whom it is about"), NULL, .required = true, .choices = seats, .choice_count = COUNT(seats) },
	{ "words", FORM_LINES, N_("Why this person is not impartial"), NULL, .required = true, .max_length = 2000 },
};
FORM(inspection_object_form, "inspection-object", N_("Object to an inspector"), object_items);

const Form *inspection_action_form(const char *name)
{
	static const Form *const forms[] = { &inspection_arrange_form, &inspection_replace_form, &inspection_sign_form,
		&inspection_reopen_form };
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (!strcmp(forms[i]->name, name)) return forms[i];
	return NULL;
}

Text inspection_verdict_text(Lang lang, Text verdict)
{
	for (size_t i = 0; i < COUNT(verdicts); i++)
		if (text_is(verdict, text_from(verdicts[i].value))) return tr(lang, verdicts[i].label);
	return tr(lang, N_("not looked at yet"));
}

/* ---- The checklist */
static const WordBuiltIn words[] = {
	{ "premises", N_("Registration and premises are as stated in the application"), false },
	{ "team", N_("The team and its qualifications are really there"), false },
	{ "laboratory", N_("Tools and laboratory, licences included"), false },
	{ "confidentiality", N_("Confidentiality: rules, signed undertakings, how vulnerability data is kept"), false },
	{ "emergency", N_("Emergency duty: who is reached at night, and how fast"), false },
	{ "sample", N_("A sample of the finds claimed was reproduced on the spot"), false },
};

static Text no_source(Arena *arena, Lang lang, size_t word)
{
	(void)arena, (void)lang, (void)word;
	return TEXT("");
}

const Wordlist inspection_checklist = { .name = "inspection-item",
	.title = N_("What every on-site inspection looks at"),
	.source_label = N_("Rule it cites"),
	.words = words,
	.count = COUNT(words),
	.source = no_source };
