/* A round from its decision on: who is proposed with which stars, what was listed, and who may decide. */
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/decision/decision_private.h"

bool decision_is_state(Text state, const char *name) { return text_is(state, text_from(name)); }

static bool is_one_of(Text state, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (decision_is_state(state, names[i])) return true;
	return false;
}

Text decision_place(Arena *arena, Text ref) { return arena_printf(arena, "/programme/rounds/%.*s/decision", TEXT_ARGS(ref)); }

Error decision_record(Call *call, const Round *round, int64_t seal_key, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = "decision", .ref = round->ref, .action = action, .matter = seal_key, .detail = detail }, NULL);
}

Error decision_may(Call *call, uint32_t roles)
{
	if (!actor_has(call->actor, roles)) return fail(call, FORBIDDEN, "no work on decisions");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "decisions without second factor");
}

/* ---- Lines */
Error decision_lines(Call *call, int64_t round_id, const char *state, ApplicationLines *out)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	*out = (ApplicationLines) { 0 };
	Error error = application_in_round(call, round_id, TEXT(""), text_from(state), 0, DECISION_ENTRIES_MAX, out);
	call->actor = actor;
	return error;
}

Error decision_line_of(Call *call, int64_t application_id, ApplicationLine *out)
{
	ApplicationPlaceRow row;
	ApplicationLines lines = { 0 };
	const Actor *actor = call->actor;
	TRY(decision_application(call, application_id, &row));
	call->actor = &actor_system;
	Error error = application_in_round(call, row.round_id, TEXT(""), TEXT(""), application_id - 1, 1, &lines);
	call->actor = actor;
	TRY(error);
	if (lines.count != 1 || lines.at[0].id != application_id)
		return fail(call, NOT_FOUND, "application %lld", (long long)application_id);
	*out = lines.at[0];
	return OK;
}

static const char *const standing[] = { "PROPOSED", "IN_PUBLICITY", "OBJECTED", "APPROVED", "AGREED", "CERTIFIED" };

static Error place_direction(Call *call, const Round *round, Text direction, const ApplicationLines *lines, DecisionProposals *out)
{
	PanelStar *places = arena_array_of(call->arena, PanelStar, lines->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < lines->count; i++) {
		const ApplicationLine *line = &lines->at[i];
		if (!is_one_of(line->state, standing, COUNT(standing)) || !text_is(line->direction, direction)) continue;
		places[count] = (PanelStar) { .application = line->ref };
		TRY(inspection_faultless(call, line->id, &places[count].is_faultless));
		count++;
	}
	if (count) TRY(panel_star(call, round, direction, places, count));
	for (size_t p = 0; p < count; p++)
		for (size_t i = 0; i < lines->count; i++) {
			if (!text_is(lines->at[i].ref, places[p].application)) continue;
			DecisionProposal proposal = { lines->at[i], places[p].rank, places[p].stars, places[p].total, false };
			list_add(call->arena, out, proposal);
		}
	return OK;
}

static Error load_proposals(Call *call, DecisionState *state)
{
	static const char *const directions[] = { "technical", "partner" };
	ApplicationLines lines;
	DecisionProposals *proposals = &state->proposals;
	TRY(decision_lines(call, state->round.id, "", &lines));
	for (size_t d = 0; d < COUNT(directions); d++)
		TRY(place_direction(call, &state->round, text_from(directions[d]), &lines, proposals));
	for (size_t i = 0; i < proposals->count; i++)
		for (size_t j = 0; j < proposals->count; j++) {
			const ApplicationLine *one = &proposals->at[i].line, *other = &proposals->at[j].line;
			if (i != j && one->organisation_id == other->organisation_id && text_is(one->direction, other->direction))
				proposals->at[i].is_twice = true;
		}
	return OK;
}

/* ---- Lists */
static Error load_entries(Call *call, DecisionList *list)
{
	DecisionEntryRows rows;
	TRY(decision_entry_rows(call, list->id, DECISION_ENTRIES_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const DecisionEntryRow *row = &rows.at[i];
		DecisionEntry entry = { .id = row->id,
			.application_id = row->application_id,
			.stars = row->stars,
			.rule_stars = row->rule_stars,
			.place = row->place,
			.ref = row->ref,
			.organisation = row->organisation,
			.organisation_en = row->organisation_en,
			.direction = row->direction,
			.application = row->application,
			.state = row->state };
		list_add(call->arena, &list->entries, entry);
	}
	return OK;
}

Error decision_public(Call *call, const Round *round, const char *kind, DecisionLists *out)
{
	DecisionRows rows;
	DecisionLists lists = { 0 };
	TRY(decision_rows(call, round->id, text_from(kind), DECISION_LISTS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const DecisionRow *row = &rows.at[i];
		DecisionList list = { .id = row->id,
			.number = row->number,
			.decided_at = row->decided_at.value,
			.until_at = row->until_at.is ? row->until_at.value : 0,
			.ref = row->ref,
			.kind = row->kind,
			.document = row->document,
			.list = row->list,
			.sha256 = row->sha256 };
		TRY(load_entries(call, &list));
		list_add(call->arena, &lists, list);
	}
	*out = lists;
	return OK;
}

bool decision_is_listed(const DecisionLists *lists, int64_t application_id)
{
	for (size_t i = 0; i < lists->count; i++)
		for (size_t e = 0; e < lists->at[i].entries.count; e++)
			if (lists->at[i].entries.at[e].application_id == application_id) return true;
	return false;
}

Error decision_load(Call *call, const Round *round, DecisionState *out)
{
	memset(out, 0, sizeof(*out));
	out->round = *round;
	TRY(decision_public(call, round, "publicity", &out->publicity));
	TRY(decision_public(call, round, "announcement", &out->announcements));
	TRY(decision_waits(call, round->id, TEXT("publicity"), &out->waiting, &out->is_waiting));
	TRY(decision_waits(call, round->id, TEXT("announcement"), &out->announcing, &out->is_announcing));
	return load_proposals(call, out);
}

Error decision_office(Call *call, Text ref, DecisionState *out)
{
	static const char *const states[] = { "DECISION", "PUBLICITY", "ANNOUNCED", "ARCHIVED" };
	Round round;
	TRY(round_open(call, ref, &round));
	if (!is_one_of(round.state, states, COUNT(states))) return fail(call, NOT_FOUND, "its decision is not due yet");
	return decision_load(call, &round, out);
}

Error decision_values(Call *call, const DecisionRow *row, Map **out, size_t *out_starred)
{
	Text json;
	Json object;
	Map *values = map_new(call->arena);
	size_t starred = 0;
	TRY(seal_open(call, "decision|sealed_content", row->ref, row->sealed_content, &json));
	if (!json.at) return fail(call, CORRUPT, "decision %.*s", TEXT_ARGS(row->ref));
	TRY(json_read(call, json, &object));
	for (JsonEach each = json_each(object); json_next(&each);) {
		form_set(call->arena, values, each.key, json_as_text(each.value));
		starred += text_starts(each.key, TEXT("stars-"));
	}
	*out = values;
	*out_starred = starred;
	return OK;
}

/* ---- Who may decide */
static Error did(Call *call, const char *kind, Text ref, const char *const *actions, size_t count, bool *out)
{
	enum { TRACES = 500 };
	LedgerQuery query = { .kind = text_from(kind), .ref = ref, .by_actor = true, .actor = call->actor->person_id, .count = TRACES };
	LedgerTraces traces;
	*out = false;
	TRY(ledger_search(call, &query, &traces));
	for (size_t i = 0; i < traces.count; i++) *out |= is_one_of(traces.at[i].action, actions, count);
	return OK;
}

static Error assessed(Call *call, const ApplicationLine *line, bool *out)
{
	static const char *const reviewing[] = { "check", "approve", "return", "reject", "uphold", "dismiss" };
	return did(call, "application", line->ref, reviewing, COUNT(reviewing), out);
}

Error decision_involvement(Call *call, const Round *round, const ApplicationLine *line, bool of_list, const char **out)
{
	static const char *const deciding[] = { "publicise", "announce", "grant" };
	bool has_scored = false, has_judged = false, has_inspected = false, has_decided = false, has_assessed = false, is_member = false;
	Application application;
	*out = NULL;
	TRY(panel_has_scored(call, round, call->actor->person_id, &has_scored));
	TRY(panel_assessed(call, round->id, call->actor->person_id, &has_judged));
	TRY(inspection_assessed(call, round->id, call->actor->person_id, &has_inspected));
	if (has_scored || has_judged || has_inspected) *out = N_("Whoever assessed does not decide.");
	if (!*out && of_list) TRY(did(call, "decision", round->ref, deciding, COUNT(deciding), &has_decided));
	if (has_decided) *out = N_("Whoever decided the list does not judge what is said against it.");
	if (*out || !line) return OK;
	TRY(assessed(call, line, &has_assessed));
	TRY(org_is_member(call, line->organisation_id, call->actor->person_id, &is_member));
	if (has_assessed) *out = N_("Whoever assessed does not decide.");
	if (is_member) *out = N_("You belong to this organisation.");
	if (*out) return OK;
	Error error = application_open(call, line->ref, &application);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		*out = N_("You have an interest in this organisation.");
		return OK;
	}
	TRY(error);
	*out = application.conflict;
	return OK;
}

bool decision_has_news(const DecisionState *state)
{
	size_t open = 0, approved = 0;
	for (size_t i = 0; i < state->proposals.count; i++) {
		const ApplicationLine *line = &state->proposals.at[i].line;
		if (decision_is_listed(&state->announcements, line->id)) continue;
		approved += decision_is_state(line->state, "APPROVED");
		open += !decision_is_state(line->state, "APPROVED");
	}
	return approved > 0 || (!open && !state->announcements.count);
}
