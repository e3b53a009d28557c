/* Units from the decision of a round: entered for those that accepted the agreement, confirmed as any other decision about a unit. */
#include "store/db/db.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/unit/unit_private.h"

typedef struct FromRound {
	Text round;
	const Map *values;
	int64_t count;
} FromRound;

/* What it is already, and what stands against entering it. */
static Error examine(Call *call, UnitCandidate *candidate)
{
	static const char *const renewable[] = { "ACTIVE", "EXPIRING" };
	int64_t unit_id, banned;
	bool runs = false, is_banned = false, is_member = false, may_renew = false;
	Unit unit;
	TRY(unit_application_of(call, candidate->application_id, &unit_id, &candidate->is_entered));
	TRY(unit_running_of(call, candidate->organisation_id, candidate->direction, &candidate->unit, &runs));
	TRY(unit_ban_of(call, candidate->organisation_id, call->now, &banned, &is_banned));
	TRY(org_is_member(call, candidate->organisation_id, call->actor->person_id, &is_member));
	if (!runs) candidate->unit = TEXT("");
	if (runs) TRY(unit_open(call, candidate->unit, &unit));
	candidate->is_renewal = runs && !text_is(unit.state, TEXT("PROPOSED"));
	for (size_t i = 0; runs && i < COUNT(renewable); i++) may_renew |= text_is(unit.state, text_from(renewable[i]));
	if (candidate->is_entered)
		candidate->why_not = N_("It waits for confirmation.");
	else if (candidate->organisation.state != ORG_VERIFIED)
		candidate->why_not = N_("The organisation is no verified one any more.");
	else if (is_banned)
		candidate->why_not = N_("It was revoked and may not be admitted again yet.");
	else if (is_member)
		candidate->why_not = N_("You belong to this organisation.");
	else if (runs && unit.wish.length)
		candidate->why_not = N_("A decision waits for confirmation.");
	else if (runs && !may_renew)
		candidate->why_not = N_("What it is now cannot be renewed: it is on probation, suspended, or waits for confirmation.");
	return OK;
}

static Error candidates_of(Call *call, const Round *round, UnitCandidates *out, Text *out_document)
{
	DecisionEntries entries;
	UnitCandidates candidates = { 0 };
	TRY(decision_agreed(call, round->id, &entries, out_document));
	for (size_t i = 0; i < entries.count; i++) {
		const DecisionEntry *entry = &entries.at[i];
		UnitCandidate candidate = { .application_id = entry->application_id,
			.organisation_id = entry->organisation_id,
			.stars = entry->stars,
			.application = entry->application,
			.direction = entry->direction };
		TRY(org_find(call, entry->organisation_id, &candidate.organisation));
		TRY(examine(call, &candidate));
		list_add(call->arena, &candidates, candidate);
	}
	*out = candidates;
	return OK;
}

Error unit_candidates(Call *call, Text round, UnitCandidates *out, Text *out_document)
{
	Round opened;
	TRY(round_open(call, round, &opened));
	if (!round_is_from(&opened, "ANNOUNCED")) return fail(call, NOT_FOUND, "nothing was announced yet");
	return candidates_of(call, &opened, out, out_document);
}

/* ---- Entering */
static Map *values_of(Call *call, const UnitCandidate *candidate, const Map *typed)
{
	static const char *const taken[] = { "document", "document_on", "from_on", "until_on" };
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(taken); i++) form_set(call->arena, values, text_from(taken[i]), form_answer(typed, taken[i]));
	form_set(call->arena, values, TEXT("credit_code"), candidate->organisation.credit_code);
	form_set(call->arena, values, TEXT("direction"), candidate->direction);
	form_set(call->arena, values, TEXT("stars"), arena_printf(call->arena, "%lld", (long long)candidate->stars));
	return values;
}

static Error enter_one(Call *call, const UnitCandidate *candidate, const Map *typed)
{
	Map *values = values_of(call, candidate, typed);
	Text ref = candidate->unit;
	Unit unit;
	if (ref.length)
		TRY(unit_act(call, ref, TEXT("propose-renew"), 0, form_values_copy(call->arena, unit_action_form("unit-renew"), values)));
	else
		TRY(unit_enter_within(call, values, &ref));
	TRY(unit_open(call, ref, &unit));
	return unit_application_insert(call, unit.id, candidate->application_id, call->now);
}

static Error enter_all(Call *call, void *argument)
{
	FromRound *from = argument;
	UnitCandidates candidates;
	Text document;
	from->count = 0;
	TRY(unit_candidates(call, from->round, &candidates, &document));
	for (size_t i = 0; i < candidates.count; i++) {
		if (candidates.at[i].why_not) continue;
		TRY(enter_one(call, &candidates.at[i], from->values));
		from->count++;
	}
	if (!from->count) call_problem(call, TEXT("document"), N_("Nobody can be entered."), (Text) { 0 });
	return call_check_problems(call);
}

Error unit_enter_from_round(Call *call, Text round, const Map *values, int64_t *out_count)
{
	FromRound from = { .round = round, .values = values };
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on units");
	if (!call->actor->second_factor) return fail(call, SECOND_FACTOR, "units without second factor");
	TRY(form_check(call, &unit_round_form, values));
	TRY(db_transact(call, enter_all, &from));
	*out_count = from.count;
	return OK;
}

/* ---- When it is confirmed, or not */
Error unit_round_done(Call *call, int64_t unit_id)
{
	Texts applications;
	TRY(unit_applications(call, unit_id, &applications));
	for (size_t i = 0; i < applications.count; i++) TRY(application_system(call, applications.at[i], TEXT("certify")));
	return OK;
}

Error unit_round_undone(Call *call, int64_t unit_id) { return unit_application_remove(call, unit_id); }
