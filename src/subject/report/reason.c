/* Coded reasons, each with the rule, version and article it comes from. */
#include "subject/report/decision_private.h"

static const ReportReason reasons[] = {
#define REASON(code, text, rule, version, article, by_hand) { code, text, rule, version, article },
#include "subject/report/reason.def"
#undef REASON
};

const FormChoice reason_choices[REASON_COUNT] = {
#define REASON(code, text, rule, version, article, by_hand) { code, text },
#include "subject/report/reason.def"
#undef REASON
};

const ReportReason *report_reason(Text code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (text_is(text_from(reasons[i].code), code)) return &reasons[i];
	return NULL;
}

/* "Collection rules, version 1, article 3" */
Text report_reason_rule(Arena *arena, Lang lang, const ReportReason *reason)
{
	static const struct {
		const char *tag, *words;
	} rules[] = { { "collection", N_("Collection rules, version %s") }, { "verification", N_("Verification rules, version %s") } };
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (strcmp(rules[i].tag, reason->rule) != 0) continue;
		Problem rule = { .message = rules[i].words, .argument = arena_printf(arena, "%d", reason->version) };
		Problem article = { .message = N_("article %s"), .argument = text_from(reason->article) };
		return arena_printf(arena, "%.*s%.*s%.*s", TEXT_ARGS(problem_text(arena, lang, &rule)), TEXT_ARGS(tr(lang, N_(", "))),
			TEXT_ARGS(problem_text(arena, lang, &article)));
	}
	return arena_printf(arena, "%.*s%.*s%.*s", TEXT_ARGS(tr(lang, reason->rule)), TEXT_ARGS(tr(lang, N_(", "))),
		TEXT_ARGS(tr(lang, reason->article)));
}

/* ---- Where a report is handed to */
static const ReportLibrary libraries[] = {
#define LIBRARY(tag, name, address) { tag, name, address },
#include "subject/report/transfer.def"
#undef LIBRARY
};

const FormChoice library_choices[LIBRARY_COUNT] = {
#define LIBRARY(tag, name, address) { tag, name },
#include "subject/report/transfer.def"
#undef LIBRARY
};

const ReportLibrary *report_library(Text tag)
{
	for (size_t i = 0; i < COUNT(libraries); i++)
		if (text_is(text_from(libraries[i].tag), tag)) return &libraries[i];
	return NULL;
}
