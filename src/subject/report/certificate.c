/* Whether a find may be certified as an original one. The rule is stricter than that of acceptance, so people see it before they send. */
#include "subject/report/certificate_private.h"

#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "store/setting/setting.h"

/* ---- The conditions, as the operator keeps them: each a word, its source the answers of the form it asks for */
static const WordBuiltIn conditions[] = {
	{ "account", N_("Sent with a verified account"), false },
	{ "original", N_("Found by yourself or your team"), false },
	{ "kind", N_("Generic type: a product as it is delivered"), false },
	{ "owner", N_("A product of somebody else"), false },
	{ "disclosed", N_("Not made public before"), false },
	{ "sent-to", N_("Declared where it was sent; sent to this library only"), false },
	{ "level", N_("Rated at the required level or above; the library's rating decides"), false },
};
static const char *const first_rules[COUNT(conditions)] = { "account = verified", "original = original", "kind = generic", "owner = others",
	"disclosed = no vendor", "sent_to = only", "level = certificate_level" };

static Text rule_of(Arena *arena, Lang lang, size_t word)
{
	(void)arena;
	(void)lang;
	return text_from(first_rules[word]);
}

const Wordlist report_conditions = { .name = "certificate",
	.title = N_("Conditions of a certificate of an original find"),
	.source_label = N_("What the condition asks for"),
	.words = conditions,
	.count = COUNT(conditions),
	.source = rule_of,
	.has_lines = true };

/* ---- One condition: "field = value value" a line; of several lines each holds */
typedef struct Asking {
	const Map *values;
	int64_t reporter_id;
	Text level;
} Asking;

static Error account_holds(Call *call, const Asking *asking, EligibilityState *out)
{
	Person person;
	*out = ELIGIBILITY_MISSING;
	if (!asking->reporter_id) return OK;
	TRY(person_find(call, asking->reporter_id, &person));
	*out = person.state == PERSON_VERIFIED ? ELIGIBILITY_MET : ELIGIBILITY_MISSING;
	return OK;
}

static Error level_holds(Call *call, const Asking *asking, Text wanted, EligibilityState *out)
{
	static const char *const fields[] = { "gbt30279", "cvss" };
	Level least, level;
	Rating rating;
	RatingError error;
	if (text_is(wanted, TEXT("certificate_level"))) wanted = setting_text(call, SETTING_certificate_level);
	*out = ELIGIBILITY_MISSING;
	if (!level_parse(wanted, &least)) return OK;
	if (level_parse(asking->level, &level)) {
		*out = level >= least ? ELIGIBILITY_MET : ELIGIBILITY_MISSING;
		return OK;
	}
	*out = ELIGIBILITY_OPEN;
	for (size_t i = 0; i < COUNT(fields); i++) {
		Text vector = form_answer(asking->values, fields[i]);
		if (!vector.length || !rating_parse(vector, &rating, &error)) continue;
		*out = rating.level >= least ? ELIGIBILITY_MET : ELIGIBILITY_MISSING;
		return OK;
	}
	return OK;
}

/* What cannot be read is not met: a condition with a slip in it certifies nothing. */
static Error line_holds(Call *call, const Asking *asking, Text line, EligibilityState *out)
{
	size_t equals;
	*out = ELIGIBILITY_MISSING;
	if (!text_find(line, TEXT("="), &equals)) return OK;
	Text field = text_trim(text_slice(line, 0, equals)), wanted = text_trim(text_slice(line, equals + 1, line.length));
	if (text_is(field, TEXT("account"))) return text_is(wanted, TEXT("verified")) ? account_holds(call, asking, out) : OK;
	if (text_is(field, TEXT("level"))) return level_holds(call, asking, wanted, out);
	if (!form_item(&report_form, field)) return OK;
	const char *name = arena_string(call->arena, field);
	FormItem item = { .shown_when = { name, arena_string(call->arena, wanted) } };
	*out = !form_answer(asking->values, name).length ? ELIGIBILITY_OPEN
	       : form_is_shown(&item, asking->values)    ? ELIGIBILITY_MET
							 : ELIGIBILITY_MISSING;
	return OK;
}

static Error state_of(Call *call, const Asking *asking, Text rule, EligibilityState *out)
{
	Text line;
	EligibilityState worst = ELIGIBILITY_MET, state;
	bool any = false;
	while (text_next(&rule, '\n', &line)) {
		if (!text_trim(line).length) continue;
		any = true;
		TRY(line_holds(call, asking, line, &state));
		if (state > worst) worst = state;
	}
	*out = any ? worst : ELIGIBILITY_MISSING;
	return OK;
}

Error certificate_eligibility(Call *call, const Map *values, int64_t reporter_id, Text level, Eligibility *out)
{
	Eligibility eligibility = { .state = ELIGIBILITY_MET, .version = 1 };
	const Asking asking = { values, reporter_id, level };
	Words words;
	TRY(wordlist_words(call, &report_conditions, &words));
	for (size_t i = 0; i < words.count; i++) {
		const Word *word = &words.at[i];
		EligibilityLine line = { .name = word->code, .text = word_text(word, call->lang), .rule = word_source(word, LANG_ZH) };
		eligibility.version += word->version;
		if (word->is_retired) continue;
		TRY(state_of(call, &asking, line.rule, &line.state));
		if (line.state > eligibility.state) eligibility.state = line.state;
		list_add(call->arena, &eligibility.lines, line);
	}
	*out = eligibility;
	return OK;
}

Error report_condition_version(Call *call, int64_t *out_version)
{
	Words words;
	int64_t version = 1;
	TRY(wordlist_words(call, &report_conditions, &words));
	for (size_t i = 0; i < words.count; i++) version += words.at[i].version;
	*out_version = version;
	return OK;
}

Error report_certifiable(Call *call, const Report *report, Text level, bool is_incident, Text *out_fault)
{
	Eligibility eligibility;
	Map *values = form_values_copy(call->arena, &report_form, report->values);
	form_set(call->arena, values, TEXT("kind"), is_incident ? TEXT("incident") : TEXT("generic"));
	TRY(certificate_eligibility(call, values, report->reporter_id, level, &eligibility));
	*out_fault = TEXT("");
	for (size_t i = 0; i < eligibility.lines.count && !out_fault->length; i++)
		if (eligibility.lines.at[i].state != ELIGIBILITY_MET) *out_fault = eligibility.lines.at[i].text;
	return OK;
}

const char *eligibility_text(EligibilityState state)
{
	static const char *const texts[] = { N_("Met"), N_("Still open"), N_("Not met") };
	return texts[state];
}

const char *eligibility_tag(EligibilityState state)
{
	static const char *const tags[] = { "met", "open", "missing" };
	return tags[state];
}
