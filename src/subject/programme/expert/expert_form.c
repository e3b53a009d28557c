/* The forms of the library: an entry, a tie to an organisation, and what actions ask for. */
#include "base/base/clock.h"
#include "subject/programme/expert/expert_private.h"

enum { DAY_CHARACTERS = 10 };

bool expert_day(Text text, int64_t *out)
{
	char iso[32];
	if (text.length != DAY_CHARACTERS) return false;
	snprintf(iso, sizeof(iso), "%.10sT00:00:00+08:00", text.at);
	return clock_parse(text_from(iso), out);
}

static const char *check_day(Text value)
{
	int64_t at;
	return expert_day(text_trim(value), &at) ? NULL : N_("Please enter a day as 2026-12-31.");
}

static const FormItem account_items[] = {
	{ "login", FORM_TEXT, N_("Mail address or handle of the account"),
		N_("The account must hold the office of an expert, which security administrators give."), .required = true },
};
static const FormItem work_items[] = {
	{ "specialties", FORM_LINES, N_("Specialties"),
		N_("One a line, the main one first, in the words that rounds name them by. In a round the first one that it asks for "
		   "counts."),
		.required = true, .max_length = 500 },
	{ "employer", FORM_TEXT, N_("Employer"), NULL, .required = true },
	{ "employer_code", FORM_TEXT, N_("Unified social credit code of the employer"), NULL, .required = true },
	{ "parent_code", FORM_TEXT, N_("Unified social credit code of its parent"), N_("Empty: it belongs to no group.") },
	{ "title", FORM_TEXT, N_("Professional title"), NULL, .required = true },
	{ "term_until", FORM_TEXT, N_("In the library until"), N_("A day as 2026-12-31; later days are drawn without this expert."),
		.required = true, .check = check_day },
	{ "panels_a_year", FORM_NUMBER, N_("Panels a year at most"), NULL, .required = true, .max_length = 100 },
};
static const FormItem fee_items[] = {
	{ "bank", FORM_TEXT, N_("Bank"), N_("For the list of fees.") },
	{ "account", FORM_TEXT, N_("Bank account"), NULL, .max_length = 40 },
};
#define PROFILE_SECTIONS \
	{ N_("Field and employer"), NULL, work_items, COUNT(work_items) }, { N_("Fee"), NULL, fee_items, COUNT(fee_items) }
static const FormSection new_sections[] = { { N_("Account"), NULL, account_items, COUNT(account_items) }, PROFILE_SECTIONS };
const Form expert_profile_form = { "expert", 1, N_("Entry of an expert"), new_sections + 1, COUNT(new_sections) - 1, NULL };
const Form expert_new_form = { "expert-new", 1, N_("Invite an expert"), new_sections, COUNT(new_sections), NULL };

/* ---- Ties */
static const FormChoice kinds[] = { { "employer", N_("Worked there") }, { "kin", N_("A close relative works there") },
	{ "contract", N_("Contract with it") }, { "testing", N_("Testing or assessment for it") } };
static const FormItem relation_items[] = {
	{ "kind", FORM_CHOICE, N_("Kind of tie"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "organisation", FORM_TEXT, N_("Organisation"), N_("Its full name, as its licence has it."), .required = true },
	{ "code", FORM_TEXT, N_("Unified social credit code"), N_("Where it is known.") },
	{ "from_on", FORM_DATE, N_("Since when"), NULL },
	{ "until_on", FORM_DATE, N_("Until when"), N_("Empty: it goes on. It counts for three years more.") },
	{ "note", FORM_LINES, N_("Remarks"), NULL, .max_length = 1000 },
};
static const FormSection relation_section[] = { { N_("Tie to an organisation"), NULL, relation_items, COUNT(relation_items) } };
const Form expert_relation_form = { "expert-relation", 1, N_("Declare a tie"), relation_section, 1, NULL };

/* ---- Actions */
static const FormItem accept_items[] = {
	{ "impartial", FORM_CHECK, N_("I assess impartially and withdraw where I have an interest."), NULL, .required = true },
	{ "confidential", FORM_CHECK, N_("I keep secret what I learn as an expert."), NULL, .required = true },
	{ "complete", FORM_CHECK, N_("My employer and my ties are stated completely, and I keep them up to date."), NULL,
		.required = true },
};
static const FormItem ban_items[] = {
	{ "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 },
};
static const FormSection accept_section[] = { { N_("Accept the invitation"), NULL, accept_items, COUNT(accept_items) } };
static const FormSection ban_section[] = { { N_("Bar from panels"), NULL, ban_items, COUNT(ban_items) } };
static const Form accept_form = { "expert-accept", 1, N_("Accept the invitation"), accept_section, 1, NULL };
static const Form ban_form = { "expert-ban", 1, N_("Bar from panels"), ban_section, 1, NULL };

const Form *expert_action_form(const char *name)
{
	if (name && strcmp(name, accept_form.name) == 0) return &accept_form;
	return name && strcmp(name, ban_form.name) == 0 ? &ban_form : NULL;
}

/* ---- What a table cannot say */
static void check_code(Call *call, const Map *values, const char *field)
{
	Text code = text_trim(form_answer(values, field));
	if (code.length && !credit_code_parse(call->arena, code).at)
		call_problem(call, text_from(field), N_("This is no unified social credit code."), (Text) { 0 });
}

Map *expert_normalised(Arena *arena, const Form *form, const Map *values)
{
	static const char *const codes[] = { "employer_code", "parent_code", "code" };
	Map *copy = form_values_copy(arena, form, values);
	for (size_t i = 0; i < COUNT(codes); i++) {
		Text code = credit_code_parse(arena, form_answer(copy, codes[i]));
		if (code.at) form_set(arena, copy, text_from(codes[i]), code);
	}
	return copy;
}

void expert_check_profile(Call *call, const Map *values)
{
	check_code(call, values, "employer_code");
	check_code(call, values, "parent_code");
}

void expert_check_relation(Call *call, const Map *values)
{
	int64_t from, until;
	check_code(call, values, "code");
	if (expert_day(form_answer(values, "from_on"), &from) && expert_day(form_answer(values, "until_on"), &until) && until < from)
		call_problem(call, TEXT("until_on"), N_("The end has to lie after the beginning."), (Text) { 0 });
}
