/* Any bytes as the file of a batch: every line that is told of it is one JSON object, rows name only fields of the form, and what is refused is so with a
 * known word on the last line. */
#include <stdint.h>

#include "subject/batch/read_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_row(Json line)
{
	int64_t number = 0;
	must(json_as_int(json_get(line, "row"), &number) && number > 0);
	for (JsonEach each = json_each(json_get(line, "values")); json_next(&each);) {
		const FormItem *item = form_item(&report_form, each.key);
		must(item && item->kind != FORM_FILES && json_as_text(each.value).length > 0);
	}
	for (JsonEach each = json_each(json_get(line, "files")); json_next(&each);) must(json_as_text(each.value).at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Buffer out = { .arena = arena };
	Text input = arena_copy(arena, (Text) { size ? (const char *)data : "", size }), line;
	bool refused = false;
	read_any(arena, input, &out);
	for (Text rest = buffer_text(&out); text_next(&rest, '\n', &line) && rest.at;) {
		Json object;
		must(!refused && json_parse(arena, line, &object, NULL) && json_kind(object) == JSON_OBJECT);
		refused = json_has(json_get(object, "refusal"));
		if (refused) must(batch_reason_text(arena, LANG_EN, json_as_text(json_get(object, "refusal")), TEXT("x")).length > 0);
		if (json_has(json_get(object, "row"))) check_row(object);
	}
	return 0;
}
