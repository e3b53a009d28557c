/* RFC 8785 clause 3.2: no white space, members sorted by their names, texts with the shortest escapes. */
#include "engine/selection/archive.h"

#include <stdlib.h>

static const int64_t largest = INT64_C(1) << 53; /* RFC 8785 clause 3.2.2.3: what every reader of JSON keeps exactly */

static void put_text(Buffer *buffer, Text text)
{
	static const char *const short_escapes[32] = { ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r" };
	buffer_byte(buffer, '"');
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		if (byte == '"' || byte == '\\')
			buffer_byte(buffer, '\\'), buffer_byte(buffer, (char)byte);
		else if (byte >= 32)
			buffer_byte(buffer, (char)byte);
		else if (short_escapes[byte])
			buffer_put(buffer, text_from(short_escapes[byte]));
		else
			buffer_printf(buffer, "\\u%04x", byte);
	}
	buffer_byte(buffer, '"');
}

typedef struct Member {
	Text key;
	Json value;
} Member;

/* By UTF-16 code units (clause 3.2.3). The order of bytes is the same but between U+E000 … U+FFFF and what lies beyond. */
static int compare_keys(const void *left, const void *right)
{
	Text a = ((const Member *)left)->key, b = ((const Member *)right)->key;
	size_t same = 0, shorter = a.length < b.length ? a.length : b.length;
	while (same < shorter && a.at[same] == b.at[same]) same++;
	if (same == shorter) return (a.length > b.length) - (a.length < b.length);
	unsigned char x = (unsigned char)a.at[same], y = (unsigned char)b.at[same];
	if (x >= 0xf0 && (y == 0xee || y == 0xef)) return -1; /* surrogates stand before U+E000 */
	if (y >= 0xf0 && (x == 0xee || x == 0xef)) return 1;
	return (x > y) - (x < y);
}

static bool put_object(Buffer *buffer, Json value)
{
	LIST_OF(Member) members = { 0 };
	JsonEach each = json_each(value);
	while (json_next(&each)) {
		Member member = { each.key, each.value };
		list_add(buffer->arena, &members, member);
	}
	if (members.count > 1) qsort(members.at, members.count, sizeof(*members.at), compare_keys);
	buffer_byte(buffer, '{');
	for (size_t i = 0; i < members.count; i++) {
		if (i && text_is(members.at[i - 1].key, members.at[i].key)) return false;
		if (i) buffer_byte(buffer, ',');
		put_text(buffer, members.at[i].key);
		buffer_byte(buffer, ':');
		if (!canonical_write(buffer, members.at[i].value)) return false;
	}
	buffer_byte(buffer, '}');
	return true;
}

static bool put_array(Buffer *buffer, Json value)
{
	JsonEach each = json_each(value);
	bool later = false;
	buffer_byte(buffer, '[');
	for (; json_next(&each); later = true) {
		if (later) buffer_byte(buffer, ',');
		if (!canonical_write(buffer, each.value)) return false;
	}
	buffer_byte(buffer, ']');
	return true;
}

bool canonical_write(Buffer *buffer, Json value)
{
	int64_t number;
	switch (json_kind(value)) {
	case JSON_NULL: buffer_put(buffer, TEXT("null")); return true;
	case JSON_BOOL: buffer_put(buffer, json_as_bool(value) ? TEXT("true") : TEXT("false")); return true;
	case JSON_INT:
		if (!json_as_int(value, &number) || number < -largest || number > largest) return false;
		buffer_number(buffer, number);
		return true;
	case JSON_TEXT: put_text(buffer, json_as_text(value)); return true;
	case JSON_ARRAY: return put_array(buffer, value);
	case JSON_OBJECT: return put_object(buffer, value);
	case JSON_REAL:
	case JSON_ABSENT:
	default: return false;
	}
}

Text canonical_text(Arena *arena, Text json)
{
	Buffer buffer = { .arena = arena };
	Json value;
	must(json_parse(arena, json, &value, NULL) && canonical_write(&buffer, value));
	return buffer_text(&buffer);
}

/* ---- The first difference */

static Text shown(Arena *arena, Json value)
{
	Buffer buffer = { .arena = arena };
	if (!json_has(value)) return TEXT("–");
	if (!canonical_write(&buffer, value)) return TEXT("?");
	return buffer.length > 100 ? arena_printf(arena, "%.97s…", arena_string(arena, buffer_text(&buffer))) : buffer_text(&buffer);
}

static bool same(Arena *arena, Json a, Json b)
{
	Buffer x = { .arena = arena }, y = { .arena = arena };
	return canonical_write(&x, a) && canonical_write(&y, b) && text_is(buffer_text(&x), buffer_text(&y));
}

bool json_difference(Arena *arena, Json expected, Json found, Text *out_path, Text *out_expected, Text *out_found)
{
	JsonKind kind = json_kind(expected);
	bool is_array = kind == JSON_ARRAY;
	int64_t at = 0;
	if (same(arena, expected, found)) return false;
	JsonEach each = json_each(expected), other = json_each(found);
	while ((is_array || kind == JSON_OBJECT) && json_kind(found) == kind && json_next(&each)) {
		Text rest, key = is_array ? arena_printf(arena, "[%lld]", (long long)at++) : arena_copy(arena, each.key);
		Json value = is_array ? (json_next(&other) ? other.value : (Json) { 0 }) : json_get(found, arena_string(arena, each.key));
		if (!json_difference(arena, each.value, value, &rest, out_expected, out_found)) continue;
		*out_path =
			arena_printf(arena, rest.length && rest.at[0] != '[' ? "%.*s.%.*s" : "%.*s%.*s", TEXT_ARGS(key), TEXT_ARGS(rest));
		return true;
	}
	*out_path = TEXT("");
	*out_expected = shown(arena, expected);
	*out_found = shown(arena, found);
	return true;
}
