/* For machines: the lists of a round that were decided. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "subject/programme/decision/decision_private.h"

static void put_list(JsonWriter *json, const DecisionList *list)
{
	json_object_begin(json);
	json_put_text(json, "ref", list->ref);
	json_put_text(json, "kind", list->kind);
	json_put_int(json, "number", list->number);
	json_put_text(json, "document", list->document.length ? list->document : (Text) { 0 });
	json_put_time(json, "decided_at", list->decided_at);
	json_put_time(json, "until", list->until_at);
	json_put_text(json, "sha256", list->sha256);
	json_key(json, TEXT("units"));
	json_array_begin(json);
	for (size_t i = 0; i < list->entries.count; i++) {
		const DecisionEntry *entry = &list->entries.at[i];
		json_object_begin(json);
		json_put_text(json, "organisation", entry->organisation);
		json_put_text(json, "organisation_en", entry->organisation_en.length ? entry->organisation_en : (Text) { 0 });
		json_put_text(json, "direction", entry->direction);
		json_put_int(json, "stars", entry->stars);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static Error get_lists(Request *request)
{
	static const char *const kinds[] = { "publicity", "announcement" };
	Call *call = request->call;
	Round *round = arena_new_of(call->arena, Round);
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	TRY(round_open_public(call, request_parameter(request, TEXT("code")), round));
	json_object_begin(&json);
	json_put_text(&json, "round", round->code);
	json_key(&json, TEXT("lists"));
	json_array_begin(&json);
	for (size_t k = 0; k < COUNT(kinds); k++) {
		DecisionLists lists;
		TRY(decision_public(call, round, kinds[k], &lists));
		for (size_t i = 0; i < lists.count; i++) put_list(&json, &lists.at[i]);
	}
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(round->code)));
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/rounds/:code/lists", get_lists, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "What was decided in a round: lists in public notice and announcements; each one's bytes under its ref." },
};
const RouteTable round_decision_api_routes = { "subject/programme API", routes, COUNT(routes) };
