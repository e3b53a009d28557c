/* Forms: the round's own, of a direction, and those of the actions, some of which follow from it. */
#include "subject/programme/application/application_private.h"

const char application_mark[] = "mark-";

/* ---- The round's form */
static const char *in_language(const Call *call, const Map *values, const char *zh, const char *en)
{
	return arena_string(call->arena, form_answer(values, call->lang == LANG_ZH ? zh : en));
}

static const char *optional_text(const Call *call, const Map *values, const char *zh, const char *en)
{
	const char *text = in_language(call, values, zh, en);
	return *text ? text : NULL;
}

static FormKind kind_of(Text kind)
{
	static const struct {
		const char *name;
		FormKind kind;
	} kinds[] = { { "lines", FORM_LINES }, { "number", FORM_NUMBER }, { "date", FORM_DATE }, { "choice", FORM_CHOICE },
		{ "table", FORM_TABLE }, { "file", FORM_FILES } };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(kind, text_from(kinds[i].name))) return kinds[i].kind;
	return FORM_TEXT;
}

/* What is stored is the Chinese word, whatever the reader's language. */
static void put_choices(const Call *call, const Map *values, FormItem *item)
{
	LIST_OF(FormChoice) choices = { 0 };
	Text rest = form_answer(values, "choices"), other = form_answer(values, "choices_en"), line, translated;
	while (text_next(&rest, '\n', &line)) {
		bool is_translated = other.length && text_next(&other, '\n', &translated) && call->lang != LANG_ZH;
		const char *word = arena_string(call->arena, text_trim(line));
		FormChoice choice = { word, is_translated ? arena_string(call->arena, text_trim(translated)) : word };
		if (*word) list_add(call->arena, &choices, choice);
	}
	item->choices = choices.at;
	item->choice_count = choices.count;
}

static FormItem item_of(const Call *call, const Map *values)
{
	enum { HIGHEST_NUMBER = 1000000000 };
	int64_t limit = 0;
	FormItem item = { .name = arena_string(call->arena, form_answer(values, "name")),
		.kind = kind_of(form_answer(values, "kind")),
		.label = in_language(call, values, "label_zh", "label_en"),
		.help = optional_text(call, values, "help_zh", "help_en"),
		.required = text_is(form_answer(values, "required"), TEXT("yes")),
		.is_from_zero = true };
	if (!text_to_int(text_trim(form_answer(values, "limit")), &limit) || limit < 0) limit = 0;
	item.max_length = (size_t)(item.kind == FORM_NUMBER && !limit ? HIGHEST_NUMBER : limit);
	if (item.kind == FORM_TABLE && item.max_length > FORM_ROWS_MAX) item.max_length = FORM_ROWS_MAX;
	if (item.kind == FORM_CHOICE || item.kind == FORM_TABLE) put_choices(call, values, &item);
	return item;
}

static bool is_of(const RoundItem *item, Text direction)
{
	Text scope = form_answer(item->values, "direction");
	return !strcmp(item->kind->name, "field") && (text_is(scope, direction) || text_is(scope, TEXT("both")));
}

typedef LIST_OF(FormItem) FormItems;
typedef LIST_OF(FormSection) FormSections;

/* Fields of one section stand together, in the order in which the round states them. */
static FormSection section_of(const Call *call, const Round *round, Text direction, Text title)
{
	FormItems items = { 0 };
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (!is_of(item, direction)) continue;
		if (text_is(text_from(in_language(call, item->values, "section_zh", "section_en")), title))
			list_add(call->arena, &items, item_of(call, item->values));
	}
	return (FormSection) { .title = arena_string(call->arena, title), .items = items.at, .item_count = items.count };
}

Error application_form_of(Call *call, const Round *round, Text direction, const Form **out)
{
	FormSections sections = { 0 };
	Form *form = arena_new_of(call->arena, Form);
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		bool is_known = false;
		if (!is_of(item, direction)) continue;
		Text title = text_from(in_language(call, item->values, "section_zh", "section_en"));
		for (size_t s = 0; s < sections.count; s++) is_known |= text_is(text_from(sections.at[s].title), title);
		if (!is_known) list_add(call->arena, &sections, section_of(call, round, direction, title));
	}
	*form = (Form) { "application", 1, N_("Application"), sections.at, sections.count, NULL };
	Text fault = form_fault(call->arena, form);
	if (fault.at) return fail(call, CORRUPT, "the form of round %.*s: %.*s", TEXT_ARGS(round->code), TEXT_ARGS(fault));
	*out = form;
	return OK;
}

const RoundItem *application_field(const Application *application, Text name)
{
	const Round *round = application->round;
	for (size_t i = 0; i < round->items.count; i++)
		if (is_of(&round->items.at[i], application->direction) && text_is(form_answer(round->items.at[i].values, "name"), name))
			return &round->items.at[i];
	return NULL;
}

/* ---- Forms of actions that are the same in every round */
static const FormChoice verdicts[] = { { "yes", N_("Met") }, { "no", N_("Not met") } };
static const FormChoice ways[] = { { "post", N_("By post or courier") }, { "seal", N_("An electronic seal on the PDF") } };
static const FormItem lodge_items[] = { { "hashes", FORM_LINES, N_("SHA-256 of the files that follow"),
	N_("One a line, as sha256sum writes it: 64 signs, then anything. Files that are here already need no line."),
	.max_length = 20000 } };
static const FormItem reject_items[] = {
	{ "reason", FORM_CHOICE, N_("Reason"), NULL, .required = true, .list = &application_reasons },
	{ "explanation", FORM_LINES, N_("Explanation for the applicant"), NULL, .required = true, .max_length = 2000 },
};
static const FormItem appeal_items[] = { { "grounds", FORM_LINES, N_("Grounds of the appeal"), NULL, .required = true,
	.max_length = 4000 } };
static const FormItem decision_items[] = { { "explanation", FORM_LINES, N_("Explanation for the applicant"), NULL, .required = true,
	.max_length = 2000 } };
static const FormItem post_items[] = {
	{ "way", FORM_CHOICE, N_("How it comes"), NULL, .required = true, .choices = ways, .choice_count = COUNT(ways) },
	{ "courier", FORM_TEXT, N_("Courier"), NULL, .max_length = 100, .required_when = { "way", "post" },
		.shown_when = { "way", "post" } },
	{ "number", FORM_TEXT, N_("Courier number"), NULL, .max_length = 60, .required_when = { "way", "post" },
		.shown_when = { "way", "post" } },
	{ "posted", FORM_DATE, N_("Date of the postmark"), NULL, .shown_when = { "way", "post" } },
	{ "arrived", FORM_DATE, N_("Date of arrival"), NULL },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 1000 },
};
static const FormItem receive_items[] = {
	{ "posted", FORM_DATE, N_("Date of the postmark"), NULL, .required = true },
	{ "arrived", FORM_DATE, N_("Date of arrival"), NULL, .required = true },
};
static const FormItem withdraw_items[] = { { "confirm", FORM_CHECK, N_("It is out of the round for good"),
	N_("As long as the round is open, another one may be begun."), .required = true } };
static const FormItem mismatch_items[] = { { "note", FORM_LINES, N_("What differs"), NULL, .required = true, .max_length = 1000 } };

static const FormItem objection_items[] = { { "substance", FORM_LINES, N_("What is objected, without anything of who objects"), NULL,
	.required = true, .max_length = 5000 } };
static const FormItem statement_items[] = { { "statement", FORM_LINES, N_("Statement of the applicant"), NULL, .required = true,
	.max_length = 5000 } };
static const FormItem removal_items[] = { { "explanation", FORM_LINES, N_("Explanation for the applicant"), NULL, .required = true,
	.max_length = 4000 } };
static const FormItem agree_items[] = {
	{ "duties", FORM_CHECK, N_("We accept the library's rules and the duties of a support unit"),
		N_("They stand in the notice of the round and in the rule centre."), .required = true },
	{ "signatory", FORM_TEXT, N_("Name of who signs for the organisation"), NULL, .required = true, .max_length = 60 },
	{ "position", FORM_TEXT, N_("Position"), NULL, .required = true, .max_length = 60 },
};

#define FORM_OF(name, title) \
	static const FormSection name##_section[] = { { title, NULL, name##_items, COUNT(name##_items) } }; \
	static const Form name##_form = { "application-" #name, 1, title, name##_section, 1, NULL }
FORM_OF(lodge, N_("Lodge the hash"));
FORM_OF(reject, N_("Reject"));
FORM_OF(appeal, N_("Appeal"));
FORM_OF(decision, N_("Decide about the appeal"));
FORM_OF(post, N_("The stamped copy"));
FORM_OF(receive, N_("Receive the stamped copy"));
FORM_OF(mismatch, N_("The copy differs"));
FORM_OF(withdraw, N_("Withdraw the application"));
FORM_OF(objection, N_("What is objected"));
FORM_OF(statement, N_("Statement about the objection"));
FORM_OF(removal, N_("Removal after an objection"));
FORM_OF(agree, N_("Agreement"));
static const Form *const fixed[] = { &lodge_form, &reject_form, &appeal_form, &decision_form, &post_form, &receive_form, &mismatch_form,
	&withdraw_form, &objection_form, &statement_form, &removal_form, &agree_form };

static const Form *one_section(Call *call, const char *name, const char *title, const FormItems *items)
{
	FormSection *section = arena_new_of(call->arena, FormSection);
	Form *form = arena_new_of(call->arena, Form);
	*section = (FormSection) { title, NULL, items->at, items->count };
	*form = (Form) { name, 1, title, section, 1, NULL };
	return form;
}

/* ---- The checklist: the look-up in the national register, and each condition of the round's notice */
static const Form *check_form(Call *call, const Application *application)
{
	FormItems items = { 0 };
	Text rest = form_answer(application->round->head, "conditions_zh"), line;
	Text english = form_answer(application->round->head, "conditions_en"), translated;
	const FormItem look_up[] = {
		{ "register_on", FORM_DATE, N_("Day of the look-up in the national enterprise credit register"),
			N_("File the extract as evidence below."), .required = true },
		{ "register", FORM_CHOICE, N_("Good record in the national enterprise credit register"), NULL, .required = true,
			.choices = verdicts, .choice_count = COUNT(verdicts) },
	};
	for (size_t i = 0; i < COUNT(look_up); i++) list_add(call->arena, &items, look_up[i]);
	for (int number = 1; text_next(&rest, '\n', &line);) {
		if (!text_trim(line).length) continue;
		bool is_translated = text_next(&english, '\n', &translated) && call->lang != LANG_ZH;
		FormItem item = { .name = arena_printf(call->arena, "condition-%d", number++).at,
			.kind = FORM_CHOICE,
			.label = arena_string(call->arena, text_trim(is_translated ? translated : line)),
			.required = true,
			.choices = verdicts,
			.choice_count = COUNT(verdicts) };
		FormItem note = { .name = arena_printf(call->arena, "%s-note", item.name).at,
			.kind = FORM_LINES,
			.label = N_("Note"),
			.max_length = 1000,
			.required_when = { item.name, "no" } };
		list_add(call->arena, &items, item);
		list_add(call->arena, &items, note);
	}
	return one_section(call, "application-check", N_("Checklist"), &items);
}

/* ---- A return: for each field why it has to be corrected */
static const Form *return_form(Call *call, const Application *application)
{
	FormItems items = { 0 };
	FormItem days = {
		.name = "days", .kind = FORM_NUMBER, .label = N_("Working days to correct it"), .required = true, .max_length = 30
	};
	list_add(call->arena, &items, days);
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *field = &application->form->sections[s].items[i];
			FormItem item = { .name = arena_printf(call->arena, "%s%s", application_mark, field->name).at,
				.kind = FORM_LINES,
				.label = field->label,
				.help = N_("Why it must be corrected. Empty: it stays as it is."),
				.max_length = 1000 };
			list_add(call->arena, &items, item);
		}
	return one_section(call, "application-return", N_("Return for correction"), &items);
}

ApplicationMarks application_marks_of(Call *call, const Application *application, const Map *values)
{
	ApplicationMarks marks = { 0 };
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const char *field = application->form->sections[s].items[i].name;
			Text reason = form_answer(values, arena_printf(call->arena, "%s%s", application_mark, field).at);
			ApplicationMark mark = { text_from(field), reason };
			if (reason.length) list_add(call->arena, &marks, mark);
		}
	return marks;
}

const Form *application_action_form(Call *call, const Application *application, const char *name)
{
	if (!name) return NULL;
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (!strcmp(fixed[i]->name, name)) return fixed[i];
	if (!strcmp(name, "application-check")) return check_form(call, application);
	return strcmp(name, "application-return") == 0 ? return_form(call, application) : NULL;
}

/* ---- Coded reasons of a rejection */
static const WordBuiltIn reasons[] = {
	{ "conditions", N_("A condition of the notice is not met"), false },
	{ "register", N_("Bad record in the national enterprise credit register"), false },
	{ "incomplete", N_("Materials incomplete or not credible after the returns allowed"), false },
	{ "paper", N_("The stamped copy is missing, late or differs"), false },
	{ "untrue", N_("Materials are untrue"), false },
	{ "twice", N_("The organisation applies twice in this direction"), false },
};

static Text no_source(Arena *arena, Lang lang, size_t word)
{
	(void)arena, (void)lang, (void)word;
	return TEXT("");
}

const Wordlist application_reasons = { .name = "application-reason",
	.title = N_("Reasons why an application is rejected"),
	.source_label = N_("Rule it cites"),
	.words = reasons,
	.count = COUNT(reasons),
	.source = no_source };
