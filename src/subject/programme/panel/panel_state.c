/* What was decided, out of the tables into the form of engine/selection, and who may see how much of it. */
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel_private.h"

static Error corrupt(Call *call, const DossierFault *fault)
{
	return fail(call, CORRUPT, "the panel does not follow: %s (%.*s)", fault->why, TEXT_ARGS(fault->argument));
}

/* ---- Loading */
static Error opening_of(Call *call, const DrawRow *draw, const LeafRow *row, uint32_t place, Opening *out)
{
	Text json, salt;
	Json value;
	TRY(seal_open(call, "panel_leaf|sealed_opening", row->leaf, row->sealed_opening, &json));
	if (!json.at) return fail(call, CORRUPT, "the opening of leaf %lld of draw %lld", (long long)row->place, (long long)draw->id);
	TRY(json_read(call, json, &value));
	if (!hex_parse(call->arena, json_as_text(json_get(value, "salt")), &salt)) return fail(call, CORRUPT, "a salt");
	*out = (Opening) { place, salt, json_as_text(json_get(value, "expert")), json_as_text(json_get(value, "employer")) };
	return OK;
}

static Error load_pool(Call *call, PanelState *state)
{
	TRY(leaf_list(call, state->draw.id, DOSSIER_POOL_MAX, &state->leaves));
	for (size_t i = 0; i < state->leaves.count; i++) {
		const LeafRow *row = &state->leaves.at[i];
		PoolEntry entry = { .specialty = (uint32_t)row->specialty, .group = row->grouping };
		Text bytes;
		if (!hex_parse(call->arena, row->leaf, &bytes) || !digest_from(bytes, &entry.leaf)) return fail(call, CORRUPT, "a leaf");
		list_add(call->arena, &state->dossier.pool, entry);
	}
	return OK;
}

static Error load_conflicts(Call *call, const PanelRow *row, DossierDirection *direction)
{
	Text json, nonce;
	Json value;
	TRY(seal_open(call, "panel|sealed_conflicts", row->ref, row->sealed_conflicts, &json));
	if (!json.at) return fail(call, CORRUPT, "the conflicts of panel %.*s", TEXT_ARGS(row->ref));
	TRY(json_read(call, json, &value));
	direction->conflicts = json_as_text(json_get(value, "bits"));
	if (!hex_parse(call->arena, json_as_text(json_get(value, "nonce")), &nonce) || nonce.length != sizeof(direction->conflict_nonce.at))
		return fail(call, CORRUPT, "a nonce");
	memcpy(direction->conflict_nonce.at, nonce.at, nonce.length);
	return OK;
}

static Error load_sheet(Call *call, PanelState *state, size_t at, const OpenedRow *row)
{
	const EntryRow *entry = panel_entry_of(&state->parts[at], row->application_id);
	size_t count = 0, most = state->dossier.rules.directions[at].rubric.criterion_count;
	Text json, nonce;
	Json value;
	int64_t *scores = arena_array_of(call->arena, int64_t, most);
	Text *reasons = arena_array_of(call->arena, Text, most);
	DossierSheet sheet = { entry ? entry->ref : TEXT(""), panel_expert_ref(state, row->expert_id), scores, reasons, { { 0 } } };
	TRY(seal_open(call, "panel_sheet|sealed_opened", row->commitment, row->sealed_opened, &json));
	if (!json.at) return fail(call, CORRUPT, "an opened sheet");
	TRY(json_read(call, json, &value));
	for (JsonEach each = json_each(json_get(value, "scores")); json_next(&each) && count < most;)
		if (!json_as_int(each.value, &scores[count++])) return fail(call, CORRUPT, "a score");
	count = 0;
	for (JsonEach each = json_each(json_get(value, "reasons")); json_next(&each) && count < most;)
		reasons[count++] = json_as_text(each.value);
	if (!hex_parse(call->arena, json_as_text(json_get(value, "nonce")), &nonce) || nonce.length != sizeof(sheet.nonce.at))
		return fail(call, CORRUPT, "a nonce");
	memcpy(sheet.nonce.at, nonce.at, nonce.length);
	list_add(call->arena, &state->dossier.directions[at].sheets, sheet);
	return OK;
}

Error panel_corrected(Call *call, const CorrectionRow *row, PanelCorrected *out)
{
	Text json;
	Json value;
	TRY(seal_open(call, "panel_correction|sealed_content", row->ref, row->sealed_content, &json));
	TRY(json_read(call, json.at ? json : TEXT("{}"), &value));
	*out = (PanelCorrected) { .words = json_as_text(json_get(value, "words")) };
	return json_as_int(json_get(value, "was"), &out->was) && json_as_int(json_get(value, "becomes"), &out->becomes)
		       ? OK
		       : fail(call, CORRUPT, "correction %.*s", TEXT_ARGS(row->ref));
}

static Error load_corrections(Call *call, const PanelState *state, const PanelPart *part, DossierDirection *direction)
{
	for (size_t i = 0; i < part->corrections.count; i++) {
		const CorrectionRow *row = &part->corrections.at[i];
		const EntryRow *entry = panel_entry_of(part, row->application_id);
		PanelCorrected corrected;
		if (!row->second_by.is || !entry) continue;
		TRY(panel_corrected(call, row, &corrected));
		Correction correction = { entry->ref, panel_expert_ref(state, row->expert_id), row->criterion, corrected.was,
			corrected.becomes, row->reason };
		list_add(call->arena, &direction->corrections, correction);
	}
	return OK;
}

static Error load_part(Call *call, PanelState *state, size_t at)
{
	PanelPart *part = &state->parts[at];
	DossierDirection *direction = &state->dossier.directions[at];
	TRY(load_conflicts(call, &part->row, direction));
	TRY(entry_list(call, part->row.id, PANEL_ENTRIES_MAX, &part->entries));
	TRY(seat_list(call, part->row.id, &part->seats));
	TRY(sheet_list(call, part->row.id, PANEL_ROWS_MAX, &part->sheets));
	TRY(correction_list(call, part->row.id, PANEL_ROWS_MAX, &part->corrections));
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = &part->entries.at[i];
		DossierApplicant applicant = { entry->ref, entry->organisation, entry->contribution, entry->is_newcomer };
		list_add(call->arena, &direction->applicants, applicant);
	}
	return OK;
}

static Error load_opened(Call *call, PanelState *state, size_t at)
{
	PanelPart *part = &state->parts[at];
	OpenedRows rows;
	TRY(sheet_opened_list(call, part->row.id, PANEL_ROWS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(load_sheet(call, state, at, &rows.at[i]));
	return load_corrections(call, state, part, &state->dossier.directions[at]);
}

Error panel_sheets_read(Call *call, PanelState *state)
{
	if (state->has_read || !state->is_drawn) return OK;
	for (size_t i = 0; i < state->part_count; i++) TRY(load_opened(call, state, i));
	state->has_read = true;
	return OK;
}

static Error load_replacements(Call *call, PanelState *state)
{
	ReplacementRows rows;
	TRY(replacement_list(call, state->draw.id, DOSSIER_REPLACEMENTS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++)
		for (size_t d = 0; d < state->part_count; d++) {
			Replacement replacement = { d, (uint32_t)rows.at[i].place, rows.at[i].reason };
			if (state->parts[d].row.id == rows.at[i].panel_id) list_add(call->arena, &state->dossier.replacements, replacement);
		}
	return OK;
}

/* Who was called is opened in the dossier, and nobody else. */
static Error compute_seats(Call *call, PanelState *state)
{
	DossierFault fault = { 0 };
	if (!dossier_seats(call->arena, &state->dossier, &state->seats, &fault)) {
		if (state->is_drawn) return corrupt(call, &fault);
		call_problem(call, TEXT("confirmed"), fault.why, fault.argument);
		return call_check_problems(call);
	}
	state->dossier.openings.count = 0;
	for (uint32_t i = 0; i < state->leaves.count; i++) {
		Opening opening;
		if (!state->seats.opened[i]) continue;
		TRY(opening_of(call, &state->draw, &state->leaves.at[i], i, &opening));
		list_add(call->arena, &state->dossier.openings, opening);
	}
	return OK;
}

static Error load_rules(Call *call, PanelState *state)
{
	Json rules;
	size_t direction = 0;
	const char *why = NULL;
	state->dossier.rules_json = state->round.rules;
	TRY(json_read(call, state->round.rules, &rules));
	if (!round_rules_read(rules, &state->dossier.rules, &direction, &why)) return fail(call, CORRUPT, "rules: %s", why);
	return OK;
}

static Error load_draw(Call *call, PanelState *state)
{
	PanelRows rows;
	TRY(load_pool(call, state));
	TRY(panel_list(call, state->draw.id, &rows));
	state->part_count = rows.count;
	if (rows.count != state->dossier.rules.direction_count)
		return fail(call, CORRUPT, "panels of draw %lld", (long long)state->draw.id);
	for (size_t i = 0; i < rows.count; i++) state->parts[i].row = rows.at[i];
	TRY(load_replacements(call, state));
	state->is_drawn = state->draw.value.at != NULL;
	for (size_t i = 0; i < rows.count; i++) TRY(load_part(call, state, i));
	if (!state->is_drawn) return OK;
	state->dossier.source = state->draw.value;
	return compute_seats(call, state);
}

Error panel_state_load(Call *call, const Round *round, PanelState *out)
{
	memset(out, 0, sizeof(*out));
	out->round = *round;
	TRY(load_rules(call, out));
	TRY(draw_of_round(call, round->id, &out->draw, &out->is_frozen));
	return out->is_frozen ? load_draw(call, out) : OK;
}

Error panel_state_of(Call *call, int64_t round_id, PanelState *out)
{
	Round round;
	TRY(round_find_published(call, round_id, &round));
	return panel_state_load(call, &round, out);
}

Error panel_office(Call *call, Text ref, uint32_t roles, PanelState *out)
{
	Round round;
	TRY(round_open(call, ref, &round));
	if (!round.published_at) return fail(call, NOT_FOUND, "a draft has no panels");
	if (roles && !actor_has(call->actor, roles)) return fail(call, FORBIDDEN, "no work on panels");
	return panel_state_load(call, &round, out);
}

/* ---- Who sits now */
static const SeatRow *seat_of(const PanelPart *part, int64_t expert_id)
{
	for (size_t i = 0; i < part->seats.count; i++)
		if (part->seats.at[i].expert_id == expert_id) return &part->seats.at[i];
	return NULL;
}

static Error write_seats(Call *call, PanelState *state, size_t at)
{
	PanelPart *part = &state->parts[at];
	const PanelSeats *panel = &state->seats.directions[at];
	const Seating *now = &panel->seatings[panel->count - 1];
	for (size_t p = 0; p < now->count; p++) {
		const LeafRow *leaf = &state->leaves.at[state->seats.permutation[p]];
		const SeatRow *before = seat_of(part, leaf->expert_id);
		bool is_taken = now->codes[p] == SEAT_TAKEN, is_called = is_taken || now->codes[p] == SEAT_ALTERNATE;
		const char *code = is_taken ? "taken" : is_called ? "alternate" : "out";
		if ((!before && !is_called) || (before && text_is(before->code, text_from(code)))) continue;
		TRY(seat_put(call, part->row.id, leaf->place, (int64_t)p, leaf->expert_id, text_from(code), call->now));
		if (is_called) TRY(panel_tell(call, leaf->expert_id, is_taken ? NOTICE_PANEL_SEAT : NOTICE_PANEL_ALTERNATE, part->row.ref));
	}
	return seat_list(call, part->row.id, &part->seats);
}

Error panel_seat_now(Call *call, PanelState *state)
{
	TRY(compute_seats(call, state));
	for (size_t d = 0; d < state->part_count; d++) TRY(write_seats(call, state, d));
	return OK;
}

/* ---- A member */
Error panel_member(Call *call, Text panel, PanelMember *out)
{
	MemberRow row;
	Expert expert;
	TRY(expert_own(call, &expert));
	TRY(member_of(call, panel, expert.id, &row));
	TRY(panel_state_of(call, row.round_id, &out->state));
	out->expert = expert;
	out->is_taken = text_is(row.code, TEXT("taken"));
	for (size_t i = 0; i < out->state.part_count; i++)
		if (out->state.parts[i].row.id == row.panel_id) {
			out->part = &out->state.parts[i];
			out->at = i;
			return OK;
		}
	return fail(call, NOT_FOUND, "no such panel");
}

Error panel_own_seats(Call *call, int64_t before, int64_t max, OwnSeats *out)
{
	Expert expert;
	OwnSeatRows rows;
	OwnSeats seats = { 0 };
	TRY(expert_own(call, &expert));
	TRY(seats_of(call, expert.id, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const OwnSeatRow *row = &rows.at[i];
		OwnSeat seat = { row->id, row->ref, row->direction, row->code_of_round, row->state, text_is(row->code, TEXT("taken")) };
		list_add(call->arena, &seats, seat);
	}
	*out = seats;
	return OK;
}

/* ---- Looking up */
const EntryRow *panel_entry(const PanelPart *part, Text application)
{
	for (size_t i = 0; i < part->entries.count; i++)
		if (text_is(part->entries.at[i].ref, application)) return &part->entries.at[i];
	return NULL;
}

const EntryRow *panel_entry_of(const PanelPart *part, int64_t application_id)
{
	for (size_t i = 0; i < part->entries.count; i++)
		if (part->entries.at[i].application_id == application_id) return &part->entries.at[i];
	return NULL;
}

const LeafRow *panel_leaf_of(const PanelState *state, int64_t expert_id)
{
	for (size_t i = 0; i < state->leaves.count; i++)
		if (state->leaves.at[i].expert_id == expert_id) return &state->leaves.at[i];
	return NULL;
}

Text panel_expert_ref(const PanelState *state, int64_t expert_id)
{
	for (size_t i = 0; i < state->dossier.openings.count; i++)
		if (state->leaves.at[state->dossier.openings.at[i].leaf].expert_id == expert_id)
			return state->dossier.openings.at[i].expert;
	return TEXT("");
}

SeatCode panel_code_at(const PanelState *state, size_t direction, size_t position)
{
	const PanelSeats *panel = &state->seats.directions[direction];
	const Seating *last = &panel->seatings[panel->count - 1];
	return position < last->count ? last->codes[position] : SEAT_UNVISITED;
}

PanelPart *panel_part_of(PanelState *state, Text application, size_t *out_at)
{
	for (size_t i = 0; i < state->part_count; i++)
		if (panel_entry(&state->parts[i], application)) {
			*out_at = i;
			return &state->parts[i];
		}
	return NULL;
}

bool panel_is_in(const PanelState *state, const char *round_state) { return text_is(state->round.state, text_from(round_state)); }

/* ---- What every operation does */
Error panel_round_moves(Call *call, const PanelState *state, const char *action)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = round_act(call, state->round.ref, text_from(action), 0, NULL);
	call->actor = actor;
	return error;
}

Error panel_record(Call *call, const PanelState *state, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = "panel", .ref = state->round.ref, .action = action, .matter = state->draw.seal_key, .detail = detail },
		NULL);
}

Error panel_tell(Call *call, int64_t expert_id, NoticeKind kind, Text panel)
{
	Expert expert;
	TRY(expert_find(call, expert_id, &expert));
	return notice_send(call, expert.person_id, kind, panel, arena_printf(call->arena, "/panels/%.*s", TEXT_ARGS(panel)));
}
