/* The machine of a list of recommendations, its forms, and the honours with their rules. */
#include "subject/merit/honour_private.h"
#include "subject/merit/merit.h"

static const char *is_second(const void *facts, const Actor *actor)
{
	return ((const HonourFacts *)facts)->proposed_by == actor->person_id ? N_("Whoever proposed it does not decide about it.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("List made by the rule"), N_("a selection secretary"), "active", false },
	{ "PROPOSED", N_("Proposed, waits for confirmation"), N_("a second secretary"), "active", false },
	{ "RECOMMENDED", N_("Confirmed, to be sent"), N_("a selection secretary"), "active", false },
	{ "SENT", N_("Sent to the ministry"), N_("the ministry"), "active", false },
	{ "AWARDED", N_("Awarded"), NULL, "good", true },
	{ "DROPPED", N_("Dropped"), NULL, "neutral", true },
};

static const char drops[] = N_("Drop the list");
static const Transition rows[] = {
	{ "DRAFT", "propose", "PROPOSED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Propose the list"), NULL },
	{ "DRAFT", "drop", "DROPPED", ROLE_SECRETARY, NULL, NULL, NULL, false, drops, "honour-reason" },
	{ "PROPOSED", "confirm", "RECOMMENDED", ROLE_SECRETARY, is_second, NULL, NULL, false, N_("Confirm the list"), NULL },
	{ "PROPOSED", "return", "DRAFT", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Return the list"), "honour-reason" },
	{ "RECOMMENDED", "send", "SENT", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Note the letter it was sent with"),
		"honour-document" },
	{ "RECOMMENDED", "drop", "DROPPED", ROLE_SECRETARY, NULL, NULL, NULL, false, drops, "honour-reason" },
	{ "SENT", "award", "AWARDED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Note the award"), "honour-document" },
	{ "SENT", "drop", "DROPPED", ROLE_SECRETARY, NULL, NULL, NULL, false, drops, "honour-reason" },
};

const Machine honour_machine = {
	.name = "honour",
	.text = N_("Recommendations for honours"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = honour_machine_load,
	.move = honour_machine_move,
	.applied = honour_machine_applied,
};

/* ---- Forms */
static const FormItem document_items[] = { { "document", FORM_TEXT, N_("Document number"), NULL, .required = true, .max_length = 100 },
	{ "document_on", FORM_DATE, N_("Date of the document"), NULL, .required = true } };
static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 } };
static const FormSection document_sections[] = { { N_("Document"), NULL, document_items, COUNT(document_items) } };
static const FormSection reason_sections[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
static const Form document_form = { "honour-document", 1, N_("Document"), document_sections, 1, NULL };
static const Form reason_form = { "honour-reason", 1, N_("Reason"), reason_sections, 1, NULL };

const Form *honour_action_form(const char *name)
{
	if (name && strcmp(name, document_form.name) == 0) return &document_form;
	return name && strcmp(name, reason_form.name) == 0 ? &reason_form : NULL;
}

/* ---- The honours and their first rules */
static const WordBuiltIn honours[] = {
	{ "reports", N_("Unit with the greatest contribution in reporting vulnerabilities"), false },
	{ "special", N_("Unit with a special contribution in reporting vulnerabilities"), false },
	{ "practice", N_("Exemplary unit in the practice of vulnerability management"), false },
	{ "governance", N_("Unit with the greatest contribution in vulnerability governance"), false },
};
static const char *const first_rules[COUNT(honours)] = {
	"direction=technical\nlines=find-\nmost=3\nleast=30.00",
	"direction=technical\nlines=find-critical,deed-emergency\nmost=3\nleast=15.00",
	"direction=any\nlines=fixed-in-time,notice-signed,find-own\nmost=3\nleast=10.00",
	"direction=partner\nlines=\nmost=3\nleast=20.00",
};

static Text rule_of(Arena *arena, Lang lang, size_t word)
{
	(void)arena;
	(void)lang;
	return text_from(first_rules[word]);
}

const Wordlist merit_honours = { .name = "honour",
	.title = N_("Honours of the ministry and the rules of their recommendation"),
	.source_label = N_("Rule of the recommendation"),
	.words = honours,
	.count = COUNT(honours),
	.source = rule_of,
	.has_lines = true };

static bool take(HonourRule *rule, Text name, Text value)
{
	if (text_is(name, TEXT("direction"))) {
		rule->direction = value;
		return text_is(value, TEXT("technical")) || text_is(value, TEXT("partner")) || text_is(value, TEXT("any"));
	}
	if (text_is(name, TEXT("lines"))) {
		rule->lines = value;
		return true;
	}
	if (text_is(name, TEXT("most"))) return text_to_int(value, &rule->most) && rule->most > 0 && rule->most <= 100;
	return text_is(name, TEXT("least")) && merit_points_parse(value, &rule->least);
}

bool honour_rule_parse(Text text, HonourRule *out)
{
	HonourRule rule = { .direction = TEXT("any"), .lines = TEXT("") };
	Text line;
	size_t equals;
	while (text_next(&text, '\n', &line)) {
		line = text_trim(line);
		if (!line.length) continue;
		if (!text_find(line, TEXT("="), &equals)) return false;
		if (!take(&rule, text_trim(text_slice(line, 0, equals)), text_trim(text_slice(line, equals + 1, line.length))))
			return false;
	}
	*out = rule;
	return rule.most > 0;
}
