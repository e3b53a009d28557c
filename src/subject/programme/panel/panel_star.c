/* What the rooms after this one ask: places and stars of those that go on, and who judged. */
#include "store/ledger/ledger.h"
#include "subject/programme/panel/panel_private.h"

static PanelStar *place_of(PanelStar *places, size_t count, Text application)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(places[i].application, application)) return &places[i];
	return NULL;
}

/* The star rules see those that go on, in their order, and nobody else. */
static void give_stars(Call *call, const DossierResult *result, const RoundRules *rules, size_t at, PanelStar *places, size_t count)
{
	size_t all = result->panel.applicant_count, kept = 0;
	Placing *placings = arena_array_of(call->arena, Placing, all + 1);
	PanelStar *sorted = arena_array_of(call->arena, PanelStar, count + 1);
	bool *faultless = arena_array_of(call->arena, bool, all + 1);
	int64_t *stars = arena_array_of(call->arena, int64_t, all + 1);
	for (size_t i = 0; i < all; i++) {
		const Placing *placing = &result->placings[i];
		const PanelStar *place = place_of(places, count, result->panel.applicants[placing->applicant].id);
		if (!place) continue;
		sorted[kept] = *place;
		sorted[kept].rank = placing->rank;
		sorted[kept].total = result->scores[placing->applicant].total;
		faultless[kept] = place->is_faultless;
		placings[kept] = *placing;
		placings[kept++].outcome = OUTCOME_SHORTLISTED;
	}
	panel_stars(&result->panel, result->scores, placings, kept, rules->directions[at].stars, rules->directions[at].star_count,
		faultless, stars);
	for (size_t i = 0; i < kept; i++) {
		places[i] = sorted[i];
		places[i].stars = stars[i];
	}
}

Error panel_star(Call *call, const Round *round, Text direction, PanelStar *places, size_t count)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	DossierResult result;
	TRY(panel_state_load(call, round, state));
	for (size_t d = 0; d < state->part_count; d++) {
		if (!text_is(state->parts[d].row.direction, direction)) continue;
		for (size_t i = 0; i < count; i++)
			if (!panel_entry(&state->parts[d], places[i].application))
				return fail(call, NOT_FOUND, "%.*s was before no panel", TEXT_ARGS(places[i].application));
		TRY(panel_result(call, state, d, &result));
		give_stars(call, &result, &state->dossier.rules, d, places, count);
		return OK;
	}
	return fail(call, NOT_FOUND, "no panel of this direction");
}

Error panel_has_scored(Call *call, const Round *round, int64_t person_id, bool *out)
{
	enum { TRACES = 500 };
	static const char *const judging[] = { "objective", "commit", "correct", "sign-correction", "explain" };
	LedgerQuery query = { .kind = TEXT("panel"), .ref = round->ref, .by_actor = true, .actor = person_id, .count = TRACES };
	LedgerTraces traces;
	bool has_judged = false;
	TRY(ledger_search(call, &query, &traces));
	for (size_t i = 0; i < traces.count; i++)
		for (size_t j = 0; j < COUNT(judging); j++) has_judged |= text_is(traces.at[i].action, text_from(judging[j]));
	*out = has_judged;
	return OK;
}
