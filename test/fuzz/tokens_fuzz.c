/* Any bytes as a text and as a question: only signs that both databases take as they are, and a text is found by itself. */
#include "engine/likeness/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_safe(Text tokens)
{
	for (size_t i = 0; i < tokens.length; i++) {
		unsigned char c = (unsigned char)tokens.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c >= 0x80;
		if (!plain && c != ' ') return false;
	}
	return text_is_utf8(tokens);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Text text = { size ? (const char *)data : "", size < 8192 ? size : 8192 }, token;
	TokenSet *stored = tokens_new(arena), *asked = tokens_new(arena), *filter = tokens_new(arena);
	Map *known = map_new(arena);
	tokens_add_text(stored, text);
	tokens_add_question(asked, text);
	tokens_add_filter(filter, "vendor", text);
	must(is_safe(tokens_text(stored)) && is_safe(tokens_text(asked)) && tokens_count(filter) <= 1);
	must(text_is_utf8(tokens_text(filter)));
	Text rest = tokens_text(stored);
	size_t count = 0;
	for (; rest.length && text_next(&rest, ' ', &token); count++) {
		must(token.length > 0 && token.length <= TOKEN_BYTES_MAX && !map_get(known, token));
		map_put(known, token, arena);
	}
	must(count == tokens_count(stored));
	for (rest = tokens_text(asked); rest.length && text_next(&rest, ' ', &token);) must(map_get(known, token));
	return 0;
}
