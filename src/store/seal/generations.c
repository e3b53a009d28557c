/* The key file: generations of the master key. */
#include "store/seal/seal_private.h"

static const Text first_line = TEXT_INIT("cappvd-keyring");
enum { KEY_FILE_BYTES_MAX = 4096 };

void generations_wipe(Generations *generations) { secret_wipe(generations, sizeof(*generations)); }

static bool line_parse(Arena *arena, Text line, Generation *out)
{
	Text number, key;
	if (!text_next(&line, ' ', &number) || !text_to_int(number, &out->number) || out->number < 1) return false;
	if (!base64_parse(arena, line, &key)) return false;
	bool fits = key.length == sizeof(out->key.at);
	if (fits) memcpy(out->key.at, key.at, sizeof(out->key.at));
	key_file_wipe(key);
	return fits;
}

static bool generations_parse(Arena *arena, Text text, Generations *out)
{
	Text line;
	if (!text_next(&text, '\n', &line) || !text_is(line, first_line)) return false;
	while (text_next(&text, '\n', &line)) {
		if (!line.length) continue;
		if (out->count == GENERATIONS_MAX || !line_parse(arena, line, &out->at[out->count])) return false;
		if (out->count && out->at[out->count].number <= out->at[out->count - 1].number) return false;
		out->count++;
	}
	return out->count > 0;
}

Error generations_load(Call *call, const char *path, Generations *out)
{
	Text text;
	TRY(key_file_read(call, path, KEY_FILE_BYTES_MAX, &text));
	Generations scoped(generations_wipe) found = { 0 };
	bool good = generations_parse(call->arena, text, &found);
	key_file_wipe(text);
	if (!good) return fail(call, CONFIG, "key file %s is malformed", path);
	*out = found;
	return OK;
}

Error generations_save(Call *call, const char *path, const Generations *generations, bool replace)
{
	Buffer buffer = { .arena = call->arena };
	buffer_reserve(&buffer, KEY_FILE_BYTES_MAX); /* so that no smaller copy stays behind unwiped */
	buffer_printf(&buffer, "%.*s\n", TEXT_ARGS(first_line));
	for (size_t i = 0; i < generations->count; i++) {
		Text key = base64_text(call->arena, (Text) { (const char *)generations->at[i].key.at, sizeof(Key) });
		buffer_number(&buffer, generations->at[i].number);
		buffer_byte(&buffer, ' ');
		buffer_put(&buffer, key);
		buffer_byte(&buffer, '\n');
		key_file_wipe(key);
	}
	Error error = key_file_write(call, path, buffer_text(&buffer), replace);
	key_file_wipe(buffer_text(&buffer));
	return error;
}

const Key *generations_find(const Generations *generations, int64_t number)
{
	for (size_t i = 0; i < generations->count; i++)
		if (generations->at[i].number == number) return &generations->at[i].key;
	return NULL;
}
