/* What the sheets come to, the four grounds of a correction, the lock, and the dossier. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/programme/panel/panel_private.h"

#define DAY_MS ((int64_t)24 * 3600000)

Error panel_result(Call *call, PanelState *state, size_t at, DossierResult *out)
{
	DossierFault fault = { 0 };
	TRY(panel_sheets_read(call, state));
	if (dossier_result(call->arena, &state->dossier, &state->seats, at, out, &fault)) return OK;
	return fail(call, CORRUPT, "the result does not follow: %s (%.*s)", fault.why, TEXT_ARGS(fault.argument));
}

typedef struct Deciding {
	Text ref, name;
	const Map *values;
} Deciding;

/* ---- Sheets that are far from the others */
static Error explain(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	Sealed words;
	TRY(panel_member(call, deciding->ref, member));
	const EntryRow *entry = panel_entry(member->part, deciding->name);
	if (!entry || !panel_is_in(&member->state, "SCORED")) return fail(call, NOT_FOUND, "nothing is asked");
	for (size_t i = 0; i < member->part->sheets.count; i++) {
		const SheetRow *row = &member->part->sheets.at[i];
		if (row->application_id != entry->application_id || row->expert_id != member->expert.id || !row->is_counted) continue;
		TRY(seal_close(call, member->state.draw.seal_key, "panel_sheet|sealed_words", row->commitment,
			form_answer(deciding->values, "explained"), &words));
		TRY(sheet_explain(call, row->id, words));
		return panel_record(call, &member->state, "explain", form_values_text(call->arena, &panel_words_form, deciding->values));
	}
	return fail(call, NOT_FOUND, "no such sheet");
}

Error panel_explain(Call *call, Text panel, Text application, const Map *values)
{
	Deciding deciding = { panel, application, values };
	TRY(form_check(call, &panel_words_form, values));
	return db_transact(call, explain, &deciding);
}

Error panel_words_of(Call *call, const PanelState *state, const PanelPart *part, Text application, Text expert, Text *out)
{
	const EntryRow *entry = panel_entry(part, application);
	*out = (Text) { 0 };
	for (size_t i = 0; i < part->sheets.count; i++) {
		const SheetRow *row = &part->sheets.at[i];
		if (row->application_id != entry->application_id || !text_is(panel_expert_ref(state, row->expert_id), expert)) continue;
		TRY(seal_open(call, "panel_sheet|sealed_words", row->commitment, row->sealed_words, out));
	}
	return OK;
}

/* ---- Corrections */
typedef struct Wanted { /* a score of a counted sheet */
	size_t at, criterion;
	const EntryRow *entry;
	int64_t expert_id, was, becomes;
} Wanted;

/* As it is now, corrections included. */
static bool score_now(const DossierResult *result, const Wanted *wanted, Text expert, int64_t *out)
{
	for (size_t a = 0; a < result->panel.applicant_count; a++)
		for (size_t e = 0; e < result->experts.count; e++)
			if (text_is(result->panel.applicants[a].id, wanted->entry->ref) && text_is(result->experts.at[e], expert) &&
				result->panel.given[panel_sheet(&result->panel, a, e)]) {
				*out = panel_scores(&result->panel, a, e)[wanted->criterion];
				return true;
			}
	return false;
}

static Error find_wanted(Call *call, PanelState *state, const Map *values, Wanted *out)
{
	Text application = text_trim(form_answer(values, "of_application")), expert = text_trim(form_answer(values, "of_expert")),
	     id = text_trim(form_answer(values, "of_criterion"));
	DossierResult result;
	const PanelPart *part = panel_part_of(state, application, &out->at);
	if (!part) {
		call_problem(call, TEXT("of_application"), N_("No application of this round has this number."), (Text) { 0 });
		return call_check_problems(call);
	}
	const Rubric *rubric = &state->dossier.rules.directions[out->at].rubric;
	out->entry = panel_entry(part, application);
	while (out->criterion < rubric->criterion_count && !text_is(rubric->criteria[out->criterion].id, id)) out->criterion++;
	if (out->criterion == rubric->criterion_count)
		call_problem(call, TEXT("of_criterion"), N_("No criterion has this short name."), (Text) { 0 });
	TRY(call_check_problems(call));
	for (size_t i = 0; i < part->seats.count; i++)
		if (text_is(panel_expert_ref(state, part->seats.at[i].expert_id), expert)) out->expert_id = part->seats.at[i].expert_id;
	TRY(panel_result(call, state, out->at, &result));
	if (!score_now(&result, out, expert, &out->was))
		call_problem(call, TEXT("of_expert"), N_("No counted sheet of this expert exists."), (Text) { 0 });
	if (!hundredths_parse(text_trim(form_answer(values, "becomes")), &out->becomes)) out->becomes = -1;
	const Criterion *criterion = &rubric->criteria[out->criterion];
	if (out->becomes > criterion->maximum)
		call_problem(call, TEXT("becomes"), N_("At most %s."), hundredths_text(call->arena, criterion->maximum));
	else if (out->becomes < 0 || out->becomes % criterion->step)
		call_problem(call, TEXT("becomes"), N_("Steps of %s."), hundredths_text(call->arena, criterion->step));
	else if (out->becomes == out->was)
		call_problem(call, TEXT("becomes"), N_("This is the score that it has."), (Text) { 0 });
	return call_check_problems(call);
}

static Text corrected_text(Arena *arena, const Wanted *wanted, Text words)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_int(&writer, "was", wanted->was);
	json_put_int(&writer, "becomes", wanted->becomes);
	json_put_text(&writer, "words", words);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error correct(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Wanted wanted = { 0 };
	Text ref = random_code(call->arena, 16);
	Sealed sealed;
	TRY(panel_office(call, deciding->ref, ROLE_SECRETARY, state));
	if (!panel_is_in(state, "SCORED")) return fail(call, CONFLICT, "nothing is corrected now");
	TRY(find_wanted(call, state, deciding->values, &wanted));
	TRY(seal_close(call, state->draw.seal_key, "panel_correction|sealed_content", ref,
		corrected_text(call->arena, &wanted, form_answer(deciding->values, "explanation")), &sealed));
	TRY(correction_insert(call, ref, state->parts[wanted.at].row.id, wanted.entry->application_id, wanted.expert_id,
		(int64_t)wanted.criterion, form_answer(deciding->values, "because"), sealed, call->actor->person_id, call->now));
	return panel_record(call, state, "correct", form_values_text(call->arena, &panel_correct_form, deciding->values));
}

Error panel_correct(Call *call, Text ref, const Map *values)
{
	Deciding deciding = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_correct_form, values));
	return db_transact(call, correct, &deciding);
}

static const CorrectionRow *waiting_of(const PanelState *state, Text ref, size_t *out_at)
{
	for (*out_at = 0; *out_at < state->part_count; ++*out_at) {
		const PanelPart *part = &state->parts[*out_at];
		for (size_t i = 0; i < part->corrections.count; i++)
			if (text_is(part->corrections.at[i].ref, ref)) return &part->corrections.at[i];
	}
	return NULL;
}

static Error sign_correction(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	PanelState *state = arena_new_of(call->arena, PanelState), *after = arena_new_of(call->arena, PanelState);
	DossierResult result;
	DossierFault fault = { 0 };
	size_t at = 0;
	int64_t changed = 0;
	TRY(panel_office(call, deciding->ref, ROLE_SECRETARY | ROLE_SUPERVISOR, state));
	const CorrectionRow *row = waiting_of(state, deciding->name, &at);
	if (!row) return fail(call, NOT_FOUND, "no such correction");
	if (!panel_is_in(state, "SCORED") || row->second_by.is) return fail(call, CONFLICT, "nothing is to be signed");
	if (row->first_by == call->actor->person_id) return fail(call, FORBIDDEN, "another person signs");
	TRY(correction_sign(call, row->panel_id, row->ref, call->actor->person_id, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it was signed");
	TRY(panel_state_load(call, &state->round, after));
	TRY(panel_sheets_read(call, after));
	if (!dossier_result(call->arena, &after->dossier, &after->seats, at, &result, &fault))
		return fail(call, CONFLICT, "the score has changed meanwhile: %s", fault.why);
	return panel_record(call, after, "sign-correction", arena_printf(call->arena, "{\"correction\":\"%.*s\"}", TEXT_ARGS(row->ref)));
}

Error panel_correction_sign(Call *call, Text ref, Text correction)
{
	Deciding deciding = { .ref = ref, .name = correction };
	return db_transact(call, sign_correction, &deciding);
}

/* ---- The lock */
/* Every sheet far from the others was confirmed or explained by its author. */
static Error check_explained(Call *call, const PanelState *state, size_t at, const DossierResult *result)
{
	const PanelPart *part = &state->parts[at];
	Diagnosis found;
	panel_diagnose(call->arena, &result->panel, result->scores, result->placings, &state->dossier.rules.directions[at].quota, &found);
	for (size_t o = 0; o < found.outliers.count; o++) {
		Text application = result->panel.applicants[found.outliers.at[o].applicant].id,
		     expert = result->experts.at[found.outliers.at[o].expert];
		const EntryRow *entry = panel_entry(part, application);
		for (size_t i = 0; i < part->sheets.count; i++) {
			const SheetRow *row = &part->sheets.at[i];
			bool is_it =
				row->application_id == entry->application_id && text_is(panel_expert_ref(state, row->expert_id), expert);
			if (is_it && !row->sealed_words.bytes.at)
				call_problem(
					call, TEXT("discussed"), N_("A strange sheet is neither confirmed nor explained: %s"), application);
		}
	}
	return OK;
}

static Error check_waiting(Call *call, const PanelPart *part)
{
	for (size_t i = 0; i < part->corrections.count; i++)
		if (!part->corrections.at[i].second_by.is)
			call_problem(call, TEXT("discussed"), N_("A correction waits for its second signature."), (Text) { 0 });
	return OK;
}

static const char *action_of(Outcome outcome)
{
	return outcome == OUTCOME_SHORTLISTED ? "shortlist" : outcome == OUTCOME_RESERVE ? "reserve" : "pass-over";
}

static Error settle(Call *call, const PanelState *state, size_t at, const DossierResult *result)
{
	const PanelPart *part = &state->parts[at];
	for (size_t i = 0; i < result->panel.applicant_count; i++) {
		const Placing *placing = &result->placings[i];
		const EntryRow *entry = panel_entry(part, result->panel.applicants[placing->applicant].id);
		if (panel_awaits_sheets(entry)) TRY(application_system(call, entry->ref, text_from(action_of(placing->outcome))));
	}
	for (size_t i = 0; i < part->seats.count; i++)
		if (text_is(part->seats.at[i].code, TEXT("taken"))) TRY(expert_note(call, part->seats.at[i].expert_id, EXPERT_SERVED));
	return OK;
}

static Error lock_all(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	DossierResult results[SEAT_PANELS_MAX] = { 0 };
	DossierVerdict verdict;
	Text archive;
	Sealed minutes;
	int64_t changed = 0;
	TRY(panel_office(call, deciding->ref, ROLE_SECRETARY, state));
	if (!panel_is_in(state, "SCORED")) return fail(call, CONFLICT, "nothing is to be locked");
	for (size_t d = 0; d < state->part_count; d++) {
		TRY(panel_result(call, state, d, &results[d]));
		TRY(check_waiting(call, &state->parts[d]));
		TRY(check_explained(call, state, d, &results[d]));
	}
	TRY(call_check_problems(call));
	TRY(panel_archive(call, state, &archive));
	dossier_verify(call->arena, archive, signer_public(call->house->signer), 1, &verdict);
	if (!verdict.consistent) return fail(call, INTERNAL, "the dossier does not follow: %s", verdict.fault.why);
	for (size_t d = 0; d < state->part_count; d++) TRY(settle(call, state, d, &results[d]));
	TRY(seal_close(call, state->draw.seal_key, "panel_draw|sealed_minutes", state->round.ref, form_answer(deciding->values, "minutes"),
		&minutes));
	TRY(draw_locked(call, state->draw.id, minutes, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it is locked");
	Digest digest = sha256(archive);
	TRY(panel_record(call, state, "lock",
		arena_printf(call->arena, "{\"dossier\":\"%.*s\"}", TEXT_ARGS(hex_text(call->arena, DIGEST_TEXT(digest))))));
	return panel_round_moves(call, state, "lock");
}

Error panel_lock(Call *call, Text ref, const Map *values)
{
	Deciding deciding = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_lock_form, values));
	return db_transact(call, lock_all, &deciding);
}

static Error sign(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	Text dissent = text_trim(form_answer(deciding->values, "dissent"));
	Sealed sealed = { 0 };
	TRY(panel_member(call, deciding->ref, member));
	if (!member->is_taken || !member->state.draw.locked_at.is) return fail(call, CONFLICT, "there are no minutes yet");
	Text row = arena_printf(call->arena, "%.*s/%lld", TEXT_ARGS(member->part->row.ref), (long long)member->expert.id);
	if (dissent.length) TRY(seal_close(call, member->state.draw.seal_key, "panel_signing|sealed_dissent", row, dissent, &sealed));
	TRY(signing_put(call, member->part->row.id, member->expert.id, sealed, call->now));
	return panel_record(call, &member->state, "sign", form_values_text(call->arena, &panel_sign_form, deciding->values));
}

Error panel_sign(Call *call, Text panel, const Map *values)
{
	Deciding deciding = { .ref = panel, .values = values };
	TRY(form_check(call, &panel_sign_form, values));
	return db_transact(call, sign, &deciding);
}

/* ---- The dossier */
Error panel_dossier_pack(Call *call, const Dossier *dossier, Text *out_archive)
{
	ArchiveMembers members;
	DossierFault fault = { 0 };
	if (!dossier_members(call->arena, dossier, &members, &fault))
		return fail(call, CORRUPT, "the dossier does not follow: %s (%.*s)", fault.why, TEXT_ARGS(fault.argument));
	*out_archive = dossier_pack(call->arena, dossier->rules.round, &members, call->house->signer);
	return OK;
}

Error panel_archive(Call *call, PanelState *state, Text *out)
{
	TRY(panel_sheets_read(call, state));
	return panel_dossier_pack(call, &state->dossier, out);
}

static Error inputs_of(Call *call, PanelState *state, Round *out_round, Dossier **out)
{
	TRY(panel_sheets_read(call, state));
	*out_round = state->round;
	*out = &state->dossier;
	return OK;
}

Error panel_dossier_inputs(Call *call, Text ref, Round *out_round, Dossier **out)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	TRY(panel_office(call, ref, 0, state));
	if (!state->draw.locked_at.is) return fail(call, NOT_FOUND, "no dossier before the lock");
	return inputs_of(call, state, out_round, out);
}

bool panel_is_public(const PanelState *state)
{
	return state->is_frozen && (state->draw.published_at.is || round_is_from(&state->round, "ANNOUNCED"));
}

static Error publish(Call *call, void *argument)
{
	const DrawDueRow *due = argument;
	int64_t changed;
	TRY(draw_publish(call, due->id, call->now, &changed));
	return changed ? change_record(call, round_machine.name, due->code) : OK;
}

Error panel_advance(Call *call, int64_t *out_count)
{
	enum { DUE_AT_ONCE = 50 };
	DrawDueRows due;
	TRY(draw_due(call, call->now - setting_int(call, SETTING_dossier_days) * DAY_MS, DUE_AT_ONCE, &due));
	for (size_t i = 0; i < due.count; i++) TRY(db_transact(call, publish, &due.at[i]));
	*out_count = (int64_t)due.count;
	return OK;
}

Error panel_public_dossier_inputs(Call *call, Text code, Round *out_round, Dossier **out)
{
	Round round;
	PanelState *state = arena_new_of(call->arena, PanelState);
	TRY(round_open_public(call, code, &round));
	TRY(panel_state_load(call, &round, state));
	if (!panel_is_public(state)) return fail(call, NOT_FOUND, "its time has not come");
	return inputs_of(call, state, out_round, out);
}
