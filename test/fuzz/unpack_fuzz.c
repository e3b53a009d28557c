/* Any bytes as pieces of an archive that are unpacked together: what is told of each fits what follows. And any bytes as an archive whose files
 * are all opened: none is larger than it says. */
#include <stdint.h>

#include "subject/batch/read_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void open_all(Arena *arena, Text archive)
{
	PackedEntries entries = { 0 };
	Text about, content;
	if (packed_list(arena, archive, &entries, &about)) return;
	for (size_t i = 0; i < entries.count && i < 20; i++)
		if (!packed_open(arena, &entries.at[i], 1024 * 1024, &content)) must(content.length == entries.at[i].bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Buffer out = { .arena = arena };
	Text input = arena_copy(arena, (Text) { size ? (const char *)data : "", size }), line, word;
	bool is_broken = false;
	size_t end = 0, length = 0;
	open_all(arena, input);
	unpack_any(arena, input, &out, &is_broken);
	if (is_broken) return 0;
	Text answer = buffer_text(&out);
	if (text_starts(answer, TEXT("\n"))) return 0; /* nothing was asked for */
	must(text_find(answer, TEXT("\n\n"), &end));
	for (Text rest = text_slice(answer, 0, end); text_next(&rest, '\n', &line);) {
		int64_t one = 0;
		must(text_next(&line, ' ', &word));
		if (text_is(word, TEXT("ok"))) must(text_next(&line, ' ', &word) && text_to_int(word, &one));
		length += (size_t)one;
	}
	must(length == answer.length - end - 2);
	return 0;
}
