/* Buffer, List and Map: what grows inside an arena. */
#include "base/base/base.h"

void buffer_reserve(Buffer *buffer, size_t more_bytes)
{
	if (buffer->room - buffer->length > more_bytes) return;
	size_t needed = buffer->length + more_bytes + 1;
	size_t room = buffer->room * 2 > needed ? buffer->room * 2 : needed + 240;
	char *bigger = arena_alloc(buffer->arena, room);
	if (buffer->length) memcpy(bigger, buffer->at, buffer->length);
	buffer->at = bigger;
	buffer->room = room;
}

void buffer_put(Buffer *buffer, Text text)
{
	if (!text.length) return;
	buffer_reserve(buffer, text.length);
	memcpy(buffer->at + buffer->length, text.at, text.length);
	buffer->length += text.length;
}

void buffer_byte(Buffer *buffer, char byte) { buffer_put(buffer, (Text) { &byte, 1 }); }

void buffer_number(Buffer *buffer, int64_t number) { buffer_printf(buffer, "%lld", (long long)number); }

void buffer_printf(Buffer *buffer, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	must(length >= 0);
	buffer_reserve(buffer, (size_t)length + 1);
	vsnprintf(buffer->at + buffer->length, (size_t)length + 1, format, again);
	buffer->length += (size_t)length;
	va_end(again);
	va_end(arguments);
}

Text buffer_text(const Buffer *buffer) { return (Text) { buffer->at ? buffer->at : "", buffer->length }; }

void *list_grow(Arena *arena, void *at, size_t count, size_t *room, size_t item_bytes)
{
	*room = *room ? *room * 2 : 8;
	void *bigger = arena_alloc(arena, *room * item_bytes);
	if (count) memcpy(bigger, at, count * item_bytes);
	return bigger;
}

typedef struct MapSlot {
	Text key;
	void *value;
} MapSlot;

struct Map {
	Arena *arena;
	MapSlot *slots;
	size_t count, room; /* room is a power of two, never more than half used */
};

Map *map_new(Arena *arena)
{
	Map *map = arena_new_of(arena, Map);
	*map = (Map) { .arena = arena, .slots = arena_array_of(arena, MapSlot, 16), .room = 16 };
	return map;
}

static MapSlot *map_slot(MapSlot *slots, size_t room, Text key)
{
	size_t at = (size_t)text_hash(key) & (room - 1);
	while (slots[at].key.at && !text_is(slots[at].key, key)) at = (at + 1) & (room - 1);
	return &slots[at];
}

static void map_double(Map *map)
{
	size_t room = map->room * 2;
	MapSlot *slots = arena_array_of(map->arena, MapSlot, room);
	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].key.at) *map_slot(slots, room, map->slots[i].key) = map->slots[i];
	map->slots = slots;
	map->room = room;
}

void map_put(Map *map, Text key, void *value)
{
	must(key.at);
	if (map->count * 2 >= map->room) map_double(map);
	MapSlot *slot = map_slot(map->slots, map->room, key);
	map->count += slot->key.at == NULL;
	*slot = (MapSlot) { key, value };
}

void *map_get(const Map *map, Text key) { return key.at ? map_slot(map->slots, map->room, key)->value : NULL; }

size_t map_count(const Map *map) { return map->count; }
