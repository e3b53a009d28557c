/* What ties an expert to an organisation, of what both sides have stated. */
#include "subject/programme/expert/expert.h"

#define YEARS_MS ((int64_t)(3 * 365 + 1) * 86400000)

Text expert_employer_code(const Expert *expert) { return text_trim(form_answer(expert->profile, "employer_code")); }
Text expert_parent_code(const Expert *expert) { return text_trim(form_answer(expert->profile, "parent_code")); }

static bool is_in(const Texts *codes, Text code)
{
	for (size_t i = 0; code.length && i < codes->count; i++)
		if (text_is(codes->at[i], code)) return true;
	return false;
}

/* The organisation itself, or one of its group: by code, and by name where no code is stated. */
static bool is_of(const ExpertParty *party, Text code, Text name)
{
	if (code.length) return text_is(code, party->code) || is_in(&party->group, code);
	return name.length && text_is(name, party->name);
}

static bool counts(const Map *relation, int64_t now)
{
	int64_t until;
	return !expert_day(text_trim(form_answer(relation, "until_on")), &until) || now < until + YEARS_MS;
}

static const char *tie_of(const Map *relation)
{
	Text kind = form_answer(relation, "kind");
	if (text_is(kind, TEXT("employer"))) return N_("Worked for the applicant or its group within three years.");
	if (text_is(kind, TEXT("kin"))) return N_("A close relative works for the applicant or its group.");
	return text_is(kind, TEXT("contract")) ? N_("Has or had a contract with the applicant or its group within three years.")
					       : N_("Tested or assessed for the applicant or its group within three years.");
}

const char *expert_tie(const Expert *expert, const ExpertParty *party, int64_t now)
{
	Text parent = expert_parent_code(expert);
	if (is_of(party, expert_employer_code(expert), form_answer(expert->profile, "employer")))
		return N_("Works for the applicant or its group.");
	if (parent.length && is_of(party, parent, (Text) { 0 })) return N_("Works in the group of the applicant.");
	for (size_t i = 0; i < expert->relations.count; i++) {
		const Map *relation = expert->relations.at[i].values;
		if (counts(relation, now) &&
			is_of(party, text_trim(form_answer(relation, "code")), text_trim(form_answer(relation, "organisation"))))
			return tie_of(relation);
	}
	return NULL;
}
