/* The forms of case collections. */
#include "subject/programme/collection/collection_private.h"

static const FormChoice kinds[] = { { "finding", N_("Finding vulnerabilities") }, { "handling", N_("Handling vulnerabilities") },
	{ "telling", N_("Telling users") }, { "emergency", N_("Emergency response") }, { "other", N_("Something else") } };
#define LINES(name, label, help, most) \
	{ \
		name, FORM_LINES, label, help, .required = true, .max_length = most \
	}
static const FormItem what_items[] = {
	{ "title", FORM_TEXT, N_("Title of the case"), N_("Shown to everybody when it is in public notice."), .required = true,
		.max_length = 100 },
	{ "kind", FORM_CHOICE, N_("What it shows"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	LINES("summary", N_("Summary"), N_("In a few sentences."), 1000),
};
static const FormItem how_items[] = {
	LINES("background", N_("Background"), N_("What the situation was."), 5000),
	LINES("measures", N_("Measures taken"), N_("Steps, people, tools; without details of vulnerabilities that are not published."),
		8000),
	LINES("effect", N_("Effect achieved"), N_("Figures where there are any."), 5000),
	{ "proof", FORM_FILES, N_("Files that show it"), NULL },
};
static const FormItem declaration_items[] = {
	{ "contact", FORM_TEXT, N_("Who answers questions"), N_("Name and phone; seen by the office alone."), .required = true,
		.max_length = 200 },
	{ "declaration", FORM_CHECK,
		N_("We answer for the case: it is true, it is our own work, it discloses no unpublished vulnerability and no secret of "
		   "others."),
		NULL, .required = true },
};
static const FormSection sections[] = { { N_("The case"), NULL, what_items, COUNT(what_items) },
	{ N_("What was done and what came of it"), NULL, how_items, COUNT(how_items) },
	{ N_("Declaration of responsibility"), NULL, declaration_items, COUNT(declaration_items) } };
const Form collection_form = { "collection", 1, N_("Case"), sections, COUNT(sections), NULL };

static const FormChoice oaths[] = { { "free", N_("I have no conflict of interest, and score it") },
	{ "conflict", N_("I have a conflict of interest; somebody else is to score it") } };
static const char *check_score(Text value)
{
	int64_t score;
	return text_to_int(text_trim(value), &score) && score >= 0 && score <= 100 ? NULL : N_("A whole number from 0 to 100.");
}
static const FormItem score_items[] = {
	{ "oath", FORM_CHOICE, N_("Conflict of interest"), NULL, .required = true, .choices = oaths, .choice_count = COUNT(oaths) },
	{ "score", FORM_TEXT, N_("Score from 0 to 100"), N_("Value for others 40, effect 30, novelty 20, presentation 10."),
		.max_length = 3, .required_when = { "oath", "free" }, .check = check_score },
	{ "reason", FORM_LINES, N_("Reasons"), N_("Read by the office when all scores are in."), .required = true, .max_length = 2000 },
};
static const FormSection score_section[] = { { N_("Your score"), NULL, score_items, COUNT(score_items) } };
const Form collection_score_form = { "case-score", 1, N_("Your score"), score_section, 1, NULL };

static const FormItem check_items[] = {
	{ "complete", FORM_CHECK, N_("All that is asked for is there, and the files can be opened"), NULL, .required = true },
	{ "declared", FORM_CHECK, N_("The declaration of responsibility is given"), NULL, .required = true },
	{ "undisclosed", FORM_CHECK, N_("It discloses no vulnerability that is not published"), NULL, .required = true },
};
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason, told to the unit"), NULL, .required = true,
	.max_length = 2000 } };
#define ACTION(variable, name, title, items) \
	static const FormSection variable##_section[] = { { title, NULL, items, COUNT(items) } }; \
	static const Form variable##_form = { name, 1, title, variable##_section, 1, NULL }
ACTION(check, "case-check", N_("Formal review"), check_items);
ACTION(refuse, "case-refuse", N_("It does not pass the formal review"), reason_items);
ACTION(leave, "case-leave", N_("Do not choose it"), reason_items);
ACTION(strike, "case-strike", N_("Strike it off"), reason_items);

const Form *collection_action_form(const char *name)
{
	static const Form *const forms[] = { &check_form, &refuse_form, &leave_form, &strike_form };
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i]->name) == 0) return forms[i];
	return NULL;
}
