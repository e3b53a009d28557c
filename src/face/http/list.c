/* A page of a list as JSON, and where the next one goes on. */
#include "face/http/http.h"

void json_list_begin(Request *request, JsonList *out)
{
	out->buffer = (Buffer) { .arena = request->call->arena };
	out->writer = json_writer(&out->buffer);
	json_object_begin(&out->writer);
	json_key(&out->writer, TEXT("items"));
	json_array_begin(&out->writer);
}

void json_list_end(Request *request, JsonList *list, Text next)
{
	json_end(&list->writer);
	json_put_text(&list->writer, "next_cursor", next);
	json_end(&list->writer);
	json_finish(&list->writer);
	reply_json(request, buffer_text(&list->buffer));
}

Text cursor_after(Call *call, int64_t last) { return last ? arena_printf(call->arena, "%lld", (long long)last) : (Text) { 0 }; }

Error request_cursor(Request *request, int64_t *out)
{
	Text given = request_query(request, TEXT("cursor"));
	*out = 0;
	if (given.at && (!text_to_int(given, out) || *out < 0)) return fail(request->call, USAGE, "cursor");
	return OK;
}
