/* For the office: where the panels of a round stand, for machines. No sheet and no score stands in it. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "people/person/person.h"
#include "subject/programme/panel/panel_private.h"

static void put_time(JsonWriter *json, Arena *arena, const char *name, Maybe at)
{
	json_put_text(json, name, at.is ? clock_iso(arena, at.value) : (Text) { 0 });
}

/* ---- For the office */
static void put_draw(JsonWriter *json, Arena *arena, const PanelState *state)
{
	const DrawRow *draw = &state->draw;
	json_put_text(json, "round", state->round.code);
	json_put_text(json, "state", state->round.state);
	json_put_bool(json, "frozen", state->is_frozen);
	json_put_bool(json, "drawn", state->is_drawn);
	if (!state->is_frozen) return;
	json_put_int(json, "pool", draw->size);
	put_time(json, arena, "frozen_at", (Maybe) { true, draw->frozen_at });
	put_time(json, arena, "source_at", (Maybe) { true, draw->source_at });
	put_time(json, arena, "key_rehearsed_at", draw->rehearsed_at);
	put_time(json, arena, "opened_at", draw->opened_at);
	put_time(json, arena, "locked_at", draw->locked_at);
	put_time(json, arena, "dossier_public_at", draw->published_at);
}

static void put_entries(JsonWriter *json, const PanelPart *part)
{
	json_key(json, TEXT("applications"));
	json_array_begin(json);
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = &part->entries.at[i];
		int64_t sheets = 0;
		for (size_t s = 0; s < part->sheets.count; s++) sheets += part->sheets.at[s].application_id == entry->application_id;
		json_object_begin(json);
		json_put_text(json, "application", entry->ref);
		json_put_text(json, "state", entry->state);
		if (entry->place >= 0) json_put_int(json, "order", entry->place + 1);
		json_put_int(json, "sheets", sheets);
		json_end(json);
	}
	json_end(json);
}

static void put_seats(JsonWriter *json, const PanelState *state, size_t at)
{
	const PanelPart *part = &state->parts[at];
	json_key(json, TEXT("seats"));
	json_array_begin(json);
	for (size_t i = 0; i < part->seats.count; i++) {
		const SeatRow *seat = &part->seats.at[i];
		int64_t sheets = 0;
		for (size_t s = 0; s < part->sheets.count; s++) sheets += part->sheets.at[s].expert_id == seat->expert_id;
		json_object_begin(json);
		json_put_text(json, "expert", panel_expert_ref(state, seat->expert_id));
		json_put_text(json, "seat", seat->code);
		json_put_int(json, "position", seat->position + 1);
		json_put_int(json, "sheets", sheets);
		json_end(json);
	}
	json_end(json);
}

static Error put_panel(JsonWriter *json, Call *call, const PanelState *state, size_t at)
{
	const PanelPart *part = &state->parts[at];
	SigningRows signings;
	TRY(signing_list(call, part->row.id, &signings));
	json_object_begin(json);
	json_put_text(json, "panel", part->row.ref);
	json_put_text(json, "direction", part->row.direction);
	put_entries(json, part);
	put_seats(json, state, at);
	json_put_int(json, "corrections", (int64_t)part->corrections.count);
	json_put_int(json, "minutes_signed", (int64_t)signings.count);
	json_end(json);
	return OK;
}

static Error get_state(Request *request)
{
	Call *call = request->call;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	TRY(panel_office(call, request_parameter(request, TEXT("ref")), 0, state));
	json_object_begin(&json);
	put_draw(&json, call->arena, state);
	json_key(&json, TEXT("panels"));
	json_array_begin(&json);
	for (size_t d = 0; d < state->part_count; d++) TRY(put_panel(&json, call, state, d));
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/programme/rounds/:ref/panels", get_state, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true,
		.scope = SCOPE_PROGRAMME, .summary = "Where the panels of a round stand: draw, seats, sheets that are in, opening, lock." },
};
const RouteTable panel_api_routes = { "subject/programme API", routes, COUNT(routes) };
