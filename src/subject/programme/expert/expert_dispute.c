/* Experts for the panels of disputes. */
#include "subject/programme/expert/expert_dispute.h"

#include "subject/programme/expert/expert_private.h"

typedef LIST_OF(ExpertParty) Sides;

static Error find_sides(Call *call, const Numbers *organisations, Sides *out)
{
	for (size_t i = 0; i < organisations->count; i++) {
		Organisation organisation;
		ExpertParty side = { 0 };
		TRY(org_find(call, organisations->at[i], &organisation));
		side.code = organisation.credit_code.at ? organisation.credit_code : TEXT("");
		side.name = organisation.name;
		TRY(expert_group_codes(call, organisation.id, call->now, &side.group));
		list_add(call->arena, out, side);
	}
	return OK;
}

Error expert_for_dispute(Call *call, const Numbers *organisations, DisputeExperts *out)
{
	Experts experts;
	Sides sides = { 0 };
	DisputeExperts found = { 0 };
	TRY(find_sides(call, organisations, &sides));
	TRY(expert_available(call, &experts));
	for (size_t i = 0; i < experts.count; i++) {
		DisputeExpert expert = { .person_id = experts.at[i].person_id };
		for (size_t k = 0; !expert.tie && k < sides.count; k++) expert.tie = expert_tie(&experts.at[i], &sides.at[k], call->now);
		list_add(call->arena, &found, expert);
	}
	*out = found;
	return OK;
}
