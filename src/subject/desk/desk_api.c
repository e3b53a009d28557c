/* The desk for machines: the same lists as on the page. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/desk/desk_view.h"
#include "work/form/action_view.h"

static void put_line(JsonWriter *writer, Arena *arena, const WorkLine *line)
{
	json_object_begin(writer);
	json_put_text(writer, "kind", text_from(line->machine->name));
	json_put_text(writer, "number", line->number);
	json_put_text(writer, "path", line->path);
	json_put_filled(writer, "title", line->title);
	json_put_text(writer, "state", text_from(line->state->name));
	json_put_bool(writer, "your_turn", work_is_turn(line));
	json_put_int(writer, "unread", line->unread);
	json_put_text(writer, "updated_at", clock_iso(arena, line->updated_at));
	json_key(writer, TEXT("clock"));
	clock_json(writer, arena, &line->clock);
	json_end(writer);
}

static void put_lines(JsonWriter *writer, Arena *arena, const char *key, const WorkLines *lines)
{
	json_key(writer, text_from(key));
	json_array_begin(writer);
	for (size_t i = 0; i < lines->count; i++) put_line(writer, arena, &lines->at[i]);
	json_end(writer);
}

static void put_events(JsonWriter *writer, Arena *arena, const Desk *desk)
{
	json_key(writer, TEXT("changes"));
	json_array_begin(writer);
	for (size_t i = 0; i < desk->events.count; i++) {
		const WorkEvent *event = &desk->events.at[i];
		json_object_begin(writer);
		json_put_text(writer, "kind", text_from(event->machine->name));
		json_put_text(writer, "number", event->number);
		json_put_text(writer, "path", event->path);
		json_put_text(writer, "words", event->words);
		json_put_text(writer, "at", clock_iso(arena, event->at));
		json_put_bool(writer, "seen", event->at <= desk->seen_at);
		json_end(writer);
	}
	json_end(writer);
}

static void put_counts(JsonWriter *writer, const Desk *desk)
{
	json_key(writer, TEXT("queues"));
	json_array_begin(writer);
	for (size_t i = 0; i < desk->counts.count; i++) {
		const WorkCount *count = &desk->counts.at[i];
		json_object_begin(writer);
		json_put_text(writer, "kind", text_from(count->machine->name));
		json_put_text(writer, "state", text_from(count->state->name));
		json_put_int(writer, "waiting", count->count);
		json_put_int(writer, "overdue", count->overdue);
		json_put_int(writer, "unassigned", count->unassigned);
		json_end(writer);
	}
	json_end(writer);
}

static Error get_desk(Request *request)
{
	Arena *arena = request->call->arena;
	Desk desk;
	Buffer out = { .arena = arena };
	JsonWriter writer = json_writer(&out);
	Text after = request_query(request, TEXT("after"));
	TRY(desk_load(request->call, after.at ? after : TEXT(""), &desk));
	json_object_begin(&writer);
	json_put_int(&writer, "turn_total", desk.turn_total);
	json_put_int(&writer, "overdue", desk.overdue);
	json_put_int(&writer, "unread", desk.unread_total);
	put_lines(&writer, arena, "turn", &desk.turn);
	json_put_text(&writer, "next", desk.next);
	put_lines(&writer, arena, "deadlines", &desk.deadlines);
	put_lines(&writer, arena, "unread_conversations", &desk.unread);
	put_lines(&writer, arena, "reports", &desk.reports);
	put_lines(&writer, arena, "parties", &desk.parties);
	put_events(&writer, arena, &desk);
	put_counts(&writer, &desk);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&out));
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/desk", get_desk, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.summary = "What waits for oneself, deadlines, one's matters, what changed; casefiles and parties with case:read; after=: "
			   "the next page" },
};
const RouteTable desk_api_routes = { "subject/desk API", routes, COUNT(routes) };
