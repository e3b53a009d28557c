/* Coded reasons, each with the rule, version and article it comes from; and the libraries a report may be handed to. */
#include "subject/report/report.h"

static const WordBuiltIn reasons[] = {
#define REASON(code, text, rule, version, article, by_hand) { code, text, !(by_hand) },
#include "subject/report/reason.def"
#undef REASON
};

static const struct {
	const char *rule; /* "collection" of the rule centre, or the name of a law or standard; English source text */
	int version; /* of a rule of the rule centre */
	const char *article;
} sources[] = {
#define REASON(code, text, rule, version, article, by_hand) { rule, version, article },
#include "subject/report/reason.def"
#undef REASON
};

/* "Collection rules, version 1, article 3" */
static Text rule_of(Arena *arena, Lang lang, size_t at)
{
	static const struct {
		const char *tag, *words;
	} rules[] = { { "collection", N_("Collection rules, version %s") }, { "verification", N_("Verification rules, version %s") } };
	Text comma = tr(lang, N_(", "));
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (strcmp(rules[i].tag, sources[at].rule) != 0) continue;
		Problem rule = { .message = rules[i].words, .argument = arena_printf(arena, "%d", sources[at].version) };
		Problem article = { .message = N_("article %s"), .argument = text_from(sources[at].article) };
		return arena_printf(arena, "%.*s%.*s%.*s", TEXT_ARGS(problem_text(arena, lang, &rule)), TEXT_ARGS(comma),
			TEXT_ARGS(problem_text(arena, lang, &article)));
	}
	return arena_printf(
		arena, "%.*s%.*s%.*s", TEXT_ARGS(tr(lang, sources[at].rule)), TEXT_ARGS(comma), TEXT_ARGS(tr(lang, sources[at].article)));
}

const Wordlist report_reasons = { .name = "reason",
	.title = N_("Reasons why a report is not taken on"),
	.source_label = N_("Rule it cites"),
	.words = reasons,
	.count = COUNT(reasons),
	.source = rule_of };

/* ---- Where a report is handed to */
static const WordBuiltIn libraries[] = {
#define LIBRARY(tag, name, address) { tag, name, false },
#include "subject/report/transfer.def"
#undef LIBRARY
};

static const char *const addresses[] = {
#define LIBRARY(tag, name, address) address,
#include "subject/report/transfer.def"
#undef LIBRARY
};

static Text address_of(Arena *arena, Lang lang, size_t at)
{
	(void)arena, (void)lang;
	return text_from(addresses[at]);
}

const Wordlist report_libraries = { .name = "library",
	.title = N_("Libraries that a report is handed to"),
	.source_label = N_("Address"),
	.words = libraries,
	.count = COUNT(libraries),
	.source = address_of };
