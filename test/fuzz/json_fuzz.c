/* Any bytes as JSON: the fast reader and the plain checker agree, and what is read is written as JSON that says the same. */
#include "base/base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Text copy_of(Arena *arena, Json value)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_copy(&writer, value);
	json_finish(&writer);
	return buffer_text(&buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Text document = arena_copy(arena, (Text) { size ? (const char *)data : "", size });
	Json value, again;
	JsonFault fault, located;
	bool parsed = json_parse(arena, document, &value, &fault);
	must(parsed != json_locate(document, &located));
	if (!parsed) {
		must(fault.offset <= size && fault.line >= 1 && fault.column >= 1 && fault.why);
		return 0;
	}
	Text written = copy_of(arena, value);
	must(json_parse(arena, written, &again, NULL));
	must(text_is(copy_of(arena, again), written));
	must(json_parse(arena, json_minify(arena, document), &again, NULL));
	must(text_is(copy_of(arena, again), written));
	return 0;
}
