#include "base/base/base.h"

#include <stdlib.h>

typedef struct Block {
	struct Block *older;
	size_t used, size;
	_Alignas(16) char bytes[];
} Block;

struct Arena {
	Block *newest;
	size_t total, ceiling;
};

enum { BLOCK_BYTES = 16 * 1024, LARGE_BLOCK_BYTES = 256 * 1024 };

Arena *arena_new(size_t ceiling_bytes)
{
	Arena *arena = calloc(1, sizeof(*arena));
	must(arena);
	arena->ceiling = ceiling_bytes;
	return arena;
}

void arena_free(Arena **arena)
{
	if (!*arena) return;
	arena_release(*arena, (ArenaMark) { 0 });
	free(*arena);
	*arena = NULL;
}

void *arena_alloc(Arena *arena, size_t size_bytes)
{
	must(size_bytes < SIZE_MAX / 2);
	size_t size = (size_bytes + 15) & ~(size_t)15;
	Block *block = arena->newest;
	if (!block || block->size - block->used < size) {
		size_t usual = arena->total < LARGE_BLOCK_BYTES ? BLOCK_BYTES : LARGE_BLOCK_BYTES; /* whoever takes much takes more */
		size_t room = size > usual ? size : usual;
		block = malloc(sizeof(*block) + room);
		must(block);
		*block = (Block) { .older = arena->newest, .size = room };
		arena->newest = block;
	}
	void *at = block->bytes + block->used;
	block->used += size;
	arena->total += size;
	return memset(at, 0, size);
}

bool arena_is_full(const Arena *arena) { return arena->total > arena->ceiling; }

ArenaMark arena_mark(const Arena *arena) { return (ArenaMark) { arena->newest, arena->newest ? arena->newest->used : 0, arena->total }; }

void arena_release(Arena *arena, ArenaMark mark)
{
	while (arena->newest && arena->newest != mark.block) {
		Block *older = arena->newest->older;
		free(arena->newest);
		arena->newest = older;
	}
	if (arena->newest) arena->newest->used = mark.used;
	arena->total = mark.total;
}

Text arena_copy(Arena *arena, Text text)
{
	if (!text.at) return text;
	char *copy = arena_alloc(arena, text.length + 1);
	if (text.length) memcpy(copy, text.at, text.length);
	return (Text) { copy, text.length };
}

const char *arena_string(Arena *arena, Text text) { return text.at ? arena_copy(arena, text).at : ""; }

Text arena_vprintf(Arena *arena, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	must(length >= 0);
	char *text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return (Text) { text, (size_t)length };
}

Text arena_printf(Arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	Text text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

Text arena_join(Arena *arena, const Text *parts, size_t count, Text separator)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < count; i++) {
		if (i) buffer_put(&buffer, separator);
		buffer_put(&buffer, parts[i]);
	}
	return buffer_text(&buffer);
}

Text arena_lower(Arena *arena, Text text)
{
	char *lowered = arena_alloc(arena, text.length + 1);
	for (size_t i = 0; i < text.length; i++)
		lowered[i] = (char)(text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] + ('a' - 'A') : text.at[i]);
	return (Text) { lowered, text.length };
}
