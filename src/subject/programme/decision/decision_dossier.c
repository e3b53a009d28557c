/* The dossier of a round with what was decided after the lock: who fell out and why, who moved up, the lists. It follows from the ledger and the lists;
 * until the first list is decided it is the panel's alone, and for everybody until the result is announced. */
#include "subject/programme/decision/decision_private.h"

static const struct {
	const char *kind, *action;
	DossierStepKind step;
	const char *reason;
} moves[] = {
	{ "application", "fail", STEP_DEPART, "inspection" },
	{ "application", "withdraw", STEP_DEPART, "withdrawn" },
	{ "application", "remove", STEP_DEPART, "objection" },
	{ "application", "lapse", STEP_DEPART, "lapsed" },
	{ "application", "promote", STEP_PROMOTE, "" },
	{ "application", "reinstate", STEP_REINSTATE, "" },
	{ "round", "decide", STEP_INSPECTED, "" },
};

typedef struct Gathering {
	const Round *round;
	Dossier *dossier;
	DecisionLists publicity, announcements;
	size_t publicities, announced;
	Map *corrects; /* applications that were given time to correct what was found */
} Gathering;

static Error add_list(Call *call, Gathering *gathering, bool is_publicity)
{
	const DecisionLists *lists = is_publicity ? &gathering->publicity : &gathering->announcements;
	size_t *at = is_publicity ? &gathering->publicities : &gathering->announced;
	DossierStep step = { .kind = STEP_LIST, .application = TEXT(""), .reason = TEXT("") };
	if (*at == lists->count) return fail(call, CORRUPT, "a decision of %.*s has no list", TEXT_ARGS(gathering->round->code));
	const DecisionList *list = &lists->at[(*at)++];
	step.list = list->list;
	for (size_t i = 0; i < list->entries.count; i++) {
		const DecisionEntry *entry = &list->entries.at[i];
		DossierUnit unit = { .application = entry->application, .stars = entry->stars };
		if (is_publicity) TRY(inspection_faultless(call, entry->application_id, &unit.is_faultless));
		list_add(call->arena, &step.units, unit);
	}
	list_add(call->arena, &gathering->dossier->steps, step);
	return OK;
}

static void add_move(Call *call, Gathering *gathering, const DecisionStepRow *row)
{
	for (size_t i = 0; i < COUNT(moves); i++) {
		if (!decision_is_state(row->kind, moves[i].kind) || !decision_is_state(row->action, moves[i].action)) continue;
		DossierStep step = { .kind = moves[i].step,
			.application = moves[i].step == STEP_INSPECTED ? TEXT("") : row->ref,
			.reason = text_from(moves[i].reason) };
		if (decision_is_state(row->action, "fail") && map_get(gathering->corrects, row->ref)) step.reason = TEXT("findings");
		list_add(call->arena, &gathering->dossier->steps, step);
	}
}

/* What comes after the last list counts for the next one. */
static void end_with_a_list(Dossier *dossier)
{
	while (dossier->steps.count && dossier->steps.at[dossier->steps.count - 1].kind != STEP_LIST) dossier->steps.count--;
	dossier->is_decided = dossier->steps.count > 0;
}

static Error add_decided(Call *call, const Round *round, Dossier *dossier)
{
	enum { STEPS = DOSSIER_STEPS_MAX };
	Gathering gathering = { .round = round, .dossier = dossier, .corrects = map_new(call->arena) };
	DecisionStepRows rows;
	bool is_locked = false;
	TRY(decision_public(call, round, "publicity", &gathering.publicity));
	TRY(decision_public(call, round, "announcement", &gathering.announcements));
	if (!gathering.publicity.count) return OK;
	TRY(decision_steps(call, round->id, round->ref, STEPS, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const DecisionStepRow *row = &rows.at[i];
		is_locked = is_locked || (decision_is_state(row->kind, "round") && decision_is_state(row->action, "lock"));
		if (!is_locked) continue;
		if (decision_is_state(row->action, "correct")) map_put(gathering.corrects, row->ref, dossier);
		if (decision_is_state(row->kind, "decision"))
			TRY(add_list(call, &gathering, decision_is_state(row->action, "publicise")));
		else
			add_move(call, &gathering, row);
	}
	end_with_a_list(dossier);
	return OK;
}

Error decision_dossier(Call *call, Text ref, Text *out_archive)
{
	Round round;
	Dossier *dossier;
	TRY(panel_dossier_inputs(call, ref, &round, &dossier));
	TRY(add_decided(call, &round, dossier));
	return panel_dossier_pack(call, dossier, out_archive);
}

Error decision_public_dossier(Call *call, Text code, Text *out_archive)
{
	Round round;
	Dossier *dossier;
	TRY(panel_public_dossier_inputs(call, code, &round, &dossier));
	if (round_is_from(&round, "ANNOUNCED")) TRY(add_decided(call, &round, dossier));
	return panel_dossier_pack(call, dossier, out_archive);
}
