/* What the rooms after the panel ask of it: the order of the locked result, who is drawn to inspect, who may not judge, who has assessed. */
#include "subject/interest/interest.h"
#include "subject/programme/panel/panel_private.h"

Error panel_places(Call *call, int64_t round_id, PanelPlaces *out)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	PanelPlaces places = { 0 };
	TRY(panel_state_of(call, round_id, state));
	if (!state->is_frozen || !state->draw.locked_at.is) return fail(call, CONFLICT, "the result is not locked");
	for (size_t d = 0; d < state->part_count; d++) {
		DossierResult result;
		TRY(panel_result(call, state, d, &result));
		for (size_t i = 0; i < result.panel.applicant_count; i++) {
			const EntryRow *entry = panel_entry(&state->parts[d], result.panel.applicants[result.placings[i].applicant].id);
			if (!entry) return fail(call, CORRUPT, "a placed application is of no panel");
			PanelPlace place = { entry->application_id, entry->ref, state->parts[d].row.direction, result.placings[i].outcome };
			if (panel_awaits_sheets(entry)) list_add(call->arena, &places, place);
		}
	}
	*out = places;
	return OK;
}

/* ---- Who may not judge */
static Error line_of(Call *call, Text ref, ApplicationLine *out)
{
	Application application;
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = application_open(call, ref, &application);
	call->actor = actor;
	TRY(error);
	*out = (ApplicationLine) { .id = application.id,
		.round_id = application.round_id,
		.organisation_id = application.organisation_id,
		.ref = application.ref,
		.organisation = application.organisation,
		.credit_code = application.credit_code };
	return OK;
}

static const Expert *expert_of(const Experts *experts, int64_t id, int64_t person_id)
{
	for (size_t i = 0; i < experts->count; i++)
		if (experts->at[i].id == id || experts->at[i].person_id == person_id) return &experts->at[i];
	return NULL;
}

Error panel_against(Call *call, Text application, int64_t person_id, const char **out_why)
{
	ApplicationLine line;
	PanelApplicants *applicants;
	Experts experts;
	InterestMatter matter = { 0 };
	bool is_tied = false;
	TRY(line_of(call, application, &line));
	list_add(call->arena, &matter.organisations, line.organisation_id);
	TRY(interest_against(call, person_id, &matter, out_why));
	TRY(expert_available(call, &experts));
	const Expert *expert = expert_of(&experts, 0, person_id);
	if (*out_why || !expert) return OK;
	TRY(panel_applicants_of(call, &line, &applicants));
	TRY(panel_has_conflict(call, expert, applicants, &is_tied));
	if (is_tied) *out_why = N_("Something stands against this person judging the applicant.");
	return OK;
}

/* ---- Who inspects */
typedef struct Inspecting {
	PanelState *state;
	PanelApplicants *applicants;
	Experts experts;
} Inspecting;

static bool has_sat(const PanelState *state, int64_t expert_id)
{
	for (size_t d = 0; d < state->part_count; d++)
		for (size_t i = 0; i < state->parts[d].seats.count; i++)
			if (state->parts[d].seats.at[i].expert_id == expert_id && text_is(state->parts[d].seats.at[i].code, TEXT("taken")))
				return true;
	return false;
}

static Error take_if_free(
	Call *call, const Inspecting *inspecting, int64_t expert_id, int64_t position, PanelInspectors *fresh, PanelInspectors *sat)
{
	bool is_tied = false;
	const Expert *expert = expert_of(&inspecting->experts, expert_id, 0);
	if (!expert) return OK;
	TRY(panel_has_conflict(call, expert, inspecting->applicants, &is_tied));
	PanelInspector inspector = { expert->person_id, position };
	PanelInspectors *list = has_sat(inspecting->state, expert_id) ? sat : fresh;
	if (!is_tied) list_add(call->arena, list, inspector);
	return OK;
}

Error panel_inspectors(Call *call, int64_t round_id, Text application, PanelInspectors *out)
{
	Inspecting inspecting = { .state = arena_new_of(call->arena, PanelState) };
	const PanelState *state = inspecting.state;
	PanelInspectors fresh = { 0 }, sat = { 0 };
	TRY(panel_state_of(call, round_id, inspecting.state));
	if (!state->is_drawn) return fail(call, CONFLICT, "nothing is drawn");
	ApplicationLine line;
	TRY(line_of(call, application, &line));
	TRY(panel_applicants_of(call, &line, &inspecting.applicants));
	TRY(expert_available(call, &inspecting.experts));
	uint32_t *order = arena_array_of(call->arena, uint32_t, state->leaves.count + 1);
	Digest seed = draw_label(&state->seats.seed, arena_printf(call->arena, DRAW_INSPECTORS "/%.*s", TEXT_ARGS(application)));
	draw_permutation(&seed, order, state->leaves.count);
	for (size_t i = 0; i < state->leaves.count; i++)
		TRY(take_if_free(call, &inspecting, state->leaves.at[order[i]].expert_id, (int64_t)i, &fresh, &sat));
	for (size_t i = 0; sat.at && i < sat.count; i++) list_add(call->arena, &fresh, sat.at[i]);
	*out = fresh;
	return OK;
}

Error panel_assessed(Call *call, int64_t round_id, int64_t person_id, bool *out)
{
	int64_t seats = 0;
	TRY(seats_of_person(call, round_id, person_id, &seats));
	*out = seats > 0;
	return OK;
}
