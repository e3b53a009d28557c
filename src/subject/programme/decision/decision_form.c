/* The forms of this room. Names of fields differ, for several of them stand on one page. */
#include "engine/selection/score.h"
#include "subject/programme/decision/decision_private.h"

#define FORM(variable, name, title, items) \
	static const FormSection variable##_section[] = { { title, NULL, items, COUNT(items) } }; \
	const Form variable = { name, 1, title, variable##_section, 1, NULL }
#define WORDS(name, label, help) \
	{ \
		name, FORM_LINES, label, help, .required = true, .max_length = 4000 \
	}

/* ---- Lists */
static const char document_label[] = N_("Document number");
static const FormItem announce_items[] = {
	{ "announced_as", FORM_TEXT, document_label,
		N_("Of the announcement, as it is printed on certificates. Left empty, it is the next number of the register of letters."),
		.max_length = 100 },
};
FORM(decision_announce_form, "decision-announce", N_("Enter the announcement"), announce_items);
static const FormChoice appeal_verdicts[] = { { "uphold", N_("Uphold the appeal: it is proposed") },
	{ "dismiss", N_("Dismiss the appeal") } };
static const FormItem appeal_items[] = {
	{ "verdict", FORM_CHOICE, N_("Verdict"), NULL, .required = true, .choices = appeal_verdicts,
		.choice_count = COUNT(appeal_verdicts) },
	{ "explanation", FORM_LINES, N_("Explanation for the applicant"), NULL, .required = true, .max_length = 2000 },
};
FORM(decision_appeal_form, "decision-appeal", N_("Decide about the appeal"), appeal_items);

static Text direction_text(Call *call, Text direction)
{
	return form_shown_value(call, call->lang, form_item(round_kinds[0].form, TEXT("direction")), direction);
}

static const FormItem *list_items(Call *call, const DecisionProposal *proposal)
{
	Arena *arena = call->arena;
	FormItem *items = arena_array_of(arena, FormItem, 2);
	FormChoice *choices = arena_array_of(arena, FormChoice, (size_t)proposal->stars + 1);
	for (int64_t s = 0; s <= proposal->stars; s++) {
		Text number = arena_printf(arena, "%lld", (long long)(proposal->stars - s));
		choices[s].value = arena_string(arena, number);
		choices[s].label = proposal->stars == s ? N_("none") : choices[s].value;
	}
	Problem rule = { .message = N_("The rules give %s; it may be lowered, with a reason."),
		.argument = arena_printf(arena, "%lld", (long long)proposal->stars) };
	items[0] = (FormItem) { .name = arena_printf(arena, "stars-%.*s", TEXT_ARGS(proposal->line.ref)).at,
		.kind = FORM_CHOICE,
		.label = N_("Stars"),
		.help = arena_string(arena, problem_text(arena, call->lang, &rule)),
		.required = true,
		.choices = choices,
		.choice_count = (size_t)proposal->stars + 1 };
	items[1] = (FormItem) { .name = arena_printf(arena, "reason-%.*s", TEXT_ARGS(proposal->line.ref)).at,
		.kind = FORM_LINES,
		.label = N_("Reason for fewer stars"),
		.max_length = 1000 };
	return items;
}

const Form *decision_list_form(Call *call, const DecisionState *state, Map **out_known)
{
	static const FormItem document[] = { { "listed_as", FORM_TEXT, document_label,
		N_("Left empty, it is the next number of the register of letters."), .max_length = 100 } };
	Arena *arena = call->arena;
	LIST_OF(FormSection) sections = { 0 };
	Form *form = arena_new_of(arena, Form);
	Map *known = map_new(arena);
	for (size_t i = 0; i < state->proposals.count; i++) {
		const DecisionProposal *proposal = &state->proposals.at[i];
		if (!decision_is_state(proposal->line.state, "PROPOSED")) continue;
		Text title = arena_printf(arena, "%.*s · %.*s · %.*s", TEXT_ARGS(proposal->line.organisation),
			TEXT_ARGS(direction_text(call, proposal->line.direction)),
			TEXT_ARGS(hundredths_text(arena, fraction_hundredths(proposal->total))));
		FormSection section = { arena_string(arena, title), NULL, list_items(call, proposal), 2 };
		list_add(arena, &sections, section);
		form_set(arena, known, text_from(section.items[0].name), arena_printf(arena, "%lld", (long long)proposal->stars));
	}
	FormSection last = { N_("Public notice"), NULL, document, COUNT(document) };
	list_add(arena, &sections, last);
	*form = (Form) { "decision-list", 1, N_("Enter the list"), sections.at, sections.count, NULL };
	if (out_known) *out_known = known;
	return form;
}

/* ---- Objections */
static const FormChoice verdicts[] = { { "uphold", N_("The objection is upheld: the unit is removed from the list") },
	{ "dismiss", N_("The objection is dismissed") } };
static const FormItem mask_items[] = { { "masked", FORM_LINES, N_("What is objected, without anything of who objects"),
	N_("The unit reads this and may answer. Names, contacts and whatever tells who objects must not stand in it."), .required = true,
	.max_length = OBJECTION_MOST } };
static const FormItem verdict_items[] = {
	{ "verdict", FORM_CHOICE, N_("Verdict"), NULL, .required = true, .choices = verdicts, .choice_count = COUNT(verdicts) },
	WORDS("answer", N_("Answer to who objects"), N_("It is read with the claim code, and is final.")),
	{ "explanation", FORM_LINES, N_("Explanation for the applicant"), N_("Without anything of who objects."), .max_length = 4000,
		.required_when = { "verdict", "uphold" } },
};
static const FormItem return_items[] = { WORDS("reason", N_("Reason"), NULL) };
static const FormItem answer_items[] = { WORDS("answer", N_("Answer"), N_("It is read with the claim code, and is final.")) };
#define ACTION(name, title) static const FormSection name##_section[] = { { title, NULL, name##_items, COUNT(name##_items) } }
ACTION(mask, N_("Mask it for the unit"));
ACTION(verdict, N_("Enter the verdict"));
ACTION(return, N_("Return it"));
ACTION(answer, N_("Answer the complaint"));
static const Form forms[] = {
	{ "objection-mask", 1, N_("Mask it for the unit"), mask_section, 1, NULL },
	{ "objection-verdict", 1, N_("Enter the verdict"), verdict_section, 1, NULL },
	{ "objection-return", 1, N_("Return it"), return_section, 1, NULL },
	{ "objection-answer", 1, N_("Answer the complaint"), answer_section, 1, NULL },
};

const Form *objection_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return NULL;
}
