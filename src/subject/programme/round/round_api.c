/* Rounds for machines: the list, and one round with its directions and dates. The rules themselves, byte by byte: round_public_pages.c. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "subject/programme/round/round.h"

enum { PAGE = 100 };

static void put_number(JsonWriter *json, const char *name, Text typed)
{
	int64_t number = 0;
	if (text_to_int(text_trim(typed), &number)) json_put_int(json, name, number);
}

static void put_head(JsonWriter *json, const Round *round)
{
	json_put_text(json, "code", round->code);
	json_put_text(json, "state", round->state);
	json_put_text(json, "title", form_answer(round->head, "title_zh"));
	json_put_text(json, "title_en", form_answer(round->head, "title_en"));
	json_put_text(json, "rules_sha256", round->rules_sha256);
	json_put_time(json, "announced_at", round->published_at);
	json_put_time(json, "opens_at", round->opens_at);
	json_put_time(json, "closes_at", round->closes_at);
	json_put_time(json, "files_until", round->ends_at);
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	Rounds rounds;
	JsonList page;
	TRY(round_list_public(call, request_query_number(request, TEXT("cursor")), PAGE, &rounds));
	json_list_begin(request, &page);
	for (size_t i = 0; i < rounds.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &rounds.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, rounds.count == PAGE ? rounds.at[PAGE - 1].id : 0));
	reply_public(request, TEXT("round"));
	return OK;
}

/* ---- One round */
static void put_criteria(JsonWriter *json, const Round *round, Text direction)
{
	json_key(json, TEXT("criteria"));
	json_array_begin(json);
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (strcmp(item->kind->name, "criterion") != 0 || !text_is(form_answer(item->values, "direction"), direction)) continue;
		json_object_begin(json);
		json_put_text(json, "id", form_answer(item->values, "id"));
		json_put_text(json, "name", form_answer(item->values, "name_zh"));
		json_put_text(json, "name_en", form_answer(item->values, "name_en"));
		json_put_text(json, "clause", form_answer(item->values, "clause"));
		json_put_text(json, "weight_percent", form_answer(item->values, "weight"));
		json_put_text(json, "maximum", form_answer(item->values, "maximum"));
		json_put_text(json, "must", form_answer(item->values, "must"));
		json_end(json);
	}
	json_end(json);
}

static void put_directions(JsonWriter *json, const Round *round)
{
	json_key(json, TEXT("directions"));
	json_array_begin(json);
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (strcmp(item->kind->name, "direction") != 0) continue;
		Text tag = form_answer(item->values, "direction");
		json_object_begin(json);
		json_put_text(json, "direction", tag);
		put_number(json, "places", form_answer(item->values, "places"));
		put_number(json, "reserve", form_answer(item->values, "reserve"));
		put_number(json, "newcomers", form_answer(item->values, "newcomers"));
		json_put_text(json, "threshold", form_answer(item->values, "threshold"));
		put_criteria(json, round, tag);
		json_end(json);
	}
	json_end(json);
}

static void put_lines(JsonWriter *json, const char *name, Text lines)
{
	Text line;
	json_key(json, text_from(name));
	json_array_begin(json);
	while (text_next(&lines, '\n', &line))
		if (text_trim(line).length) json_text(json, text_trim(line));
	json_end(json);
}

static Error get_state(Request *request)
{
	Call *call = request->call;
	Round *round = arena_new_of(call->arena, Round);
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	TRY(round_open_public(call, request_parameter(request, TEXT("code")), round));
	json_object_begin(&json);
	put_head(&json, round);
	json_put_text(&json, "cancelled_because", round->reason.length ? round->reason : (Text) { 0 });
	json_put_text(&json, "paper", form_answer(round->head, "paper"));
	put_number(&json, "publicity_days", form_answer(round->head, "publicity_days"));
	put_lines(&json, "conditions", form_answer(round->head, "conditions_zh"));
	put_lines(&json, "conditions_en", form_answer(round->head, "conditions_en"));
	put_lines(&json, "specialties", form_answer(round->head, "specialties"));
	put_directions(&json, round);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(round->code)));
	return OK;
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/api/v1/rounds", get_list, EVERYBODY, .summary = "Selection rounds that were announced, newest first; cursor goes on." },
	{ GET, "/api/v1/rounds/:code/state", get_state, EVERYBODY,
		.summary = "Where a round stands: state, dates, conditions, directions with places and criteria." },
};
const RouteTable round_api_routes = { "subject/programme API", routes, COUNT(routes) };
