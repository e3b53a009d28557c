/* Whether a find may be certified as an original one. The rule is stricter than that of acceptance, so people see it before they send. */
#include "subject/report/certificate_private.h"

#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "store/setting/setting.h"

/* Version 1 of the certificate rules, condition by condition; the level and who must be verified are settings and accounts. */
static const struct {
	const char *name, *text;
	FormRule holds; /* field NULL: looked at below */
} conditions[] = {
	{ "account", N_("Sent with a verified account"), { NULL, NULL } },
	{ "original", N_("Found by yourself or your team"), { "original", "original" } },
	{ "kind", N_("Generic type: a product as it is delivered"), { "kind", "generic" } },
	{ "owner", N_("A product of somebody else"), { "owner", "others" } },
	{ "disclosed", N_("Not made public before"), { "disclosed", "no vendor" } },
	{ "sent_to", N_("Declared where it was sent; sent to this library only"), { "sent_to", "only" } },
	{ "level", N_("Rated at the required level or above; the library's rating decides"), { NULL, NULL } },
};

static Error account_holds(Call *call, int64_t reporter_id, EligibilityState *out)
{
	Person person;
	*out = ELIGIBILITY_MISSING;
	if (!reporter_id) return OK;
	TRY(person_find(call, reporter_id, &person));
	*out = person.state == PERSON_VERIFIED ? ELIGIBILITY_MET : ELIGIBILITY_MISSING;
	return OK;
}

static Error level_holds(Call *call, const Map *values, EligibilityState *out)
{
	static const char *const fields[] = { "gbt30279", "cvss" };
	Level least = LEVEL_MEDIUM;
	Rating rating;
	RatingError error;
	if (!level_parse(setting_text(call, SETTING_certificate_level), &least)) return fail(call, CONFIG, "certificate_level");
	*out = ELIGIBILITY_OPEN;
	for (size_t i = 0; i < COUNT(fields); i++) {
		Text vector = form_answer(values, fields[i]);
		if (!vector.length || !rating_parse(vector, &rating, &error)) continue;
		*out = rating.level >= least ? ELIGIBILITY_MET : ELIGIBILITY_MISSING;
		return OK;
	}
	return OK;
}

static Error state_of(Call *call, size_t at, const Map *values, int64_t reporter_id, EligibilityState *out)
{
	const FormRule *rule = &conditions[at].holds;
	if (!strcmp(conditions[at].name, "account")) return account_holds(call, reporter_id, out);
	if (!strcmp(conditions[at].name, "level")) return level_holds(call, values, out);
	FormItem item = { .shown_when = *rule };
	*out = !form_answer(values, rule->field).length ? ELIGIBILITY_OPEN
	       : form_is_shown(&item, values)           ? ELIGIBILITY_MET
							: ELIGIBILITY_MISSING;
	return OK;
}

Error certificate_eligibility(Call *call, const Map *values, int64_t reporter_id, Eligibility *out)
{
	Eligibility eligibility = { .state = ELIGIBILITY_MET };
	for (size_t i = 0; i < COUNT(conditions); i++) {
		EligibilityLine line = { .name = conditions[i].name, .text = conditions[i].text };
		TRY(state_of(call, i, values, reporter_id, &line.state));
		if (line.state > eligibility.state) eligibility.state = line.state;
		list_add(call->arena, &eligibility.lines, line);
	}
	*out = eligibility;
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
