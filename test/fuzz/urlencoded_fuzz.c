/* Any bytes as a form: every value is well-formed text, and encoded again it parses to the same. */
#include "face/http/http_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_escaped(Buffer *out, Text text)
{
	for (size_t i = 0; i < text.length; i++) buffer_printf(out, "%%%02X", (unsigned char)text.at[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	FormValues first = { 0 }, second = { 0 };
	if (!urlencoded_parse(arena, (Text) { (const char *)data, size }, &first)) return 0;
	Buffer again = { .arena = arena };
	for (size_t i = 0; i < first.count; i++) {
		const FormValue *value = &first.at[i];
		must(text_is_utf8(value->name) && !text_has_control(value->name, false) && text_is_utf8(value->value));
		put_escaped(&again, value->name);
		buffer_byte(&again, '=');
		put_escaped(&again, value->value);
		buffer_byte(&again, '&');
	}
	must(urlencoded_parse(arena, buffer_text(&again), &second));
	must(second.count == first.count);
	for (size_t i = 0; i < first.count; i++)
		must(text_is(first.at[i].name, second.at[i].name) && text_is(first.at[i].value, second.at[i].value));
	return 0;
}
