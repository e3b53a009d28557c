#include "base/base/json.h"

#include "base/base/clock.h"

#include <math.h>
#include <stdlib.h>

JsonWriter json_writer(Buffer *buffer) { return (JsonWriter) { .buffer = buffer }; }

static bool in_object(const JsonWriter *writer) { return writer->depth && (writer->objects >> (writer->depth - 1) & 1); }

/* What stands before a value: nothing after a key, a comma between items; one value only at the top. */
static void value_begin(JsonWriter *writer)
{
	must(in_object(writer) == writer->keyed);
	must(writer->depth || !writer->filled);
	if (writer->filled && !writer->keyed) buffer_byte(writer->buffer, ',');
	writer->filled = true;
	writer->keyed = false;
}

static void container_begin(JsonWriter *writer, bool object)
{
	value_begin(writer);
	must(writer->depth < JSON_DEPTH_MAX);
	uint64_t bit = (uint64_t)1 << writer->depth++;
	writer->objects = object ? writer->objects | bit : writer->objects & ~bit;
	writer->filled = false;
	buffer_byte(writer->buffer, object ? '{' : '[');
}

void json_object_begin(JsonWriter *writer) { container_begin(writer, true); }
void json_array_begin(JsonWriter *writer) { container_begin(writer, false); }

void json_end(JsonWriter *writer)
{
	must(writer->depth > 0 && !writer->keyed);
	buffer_byte(writer->buffer, in_object(writer) ? '}' : ']');
	writer->depth--;
	writer->filled = true;
}

void json_finish(JsonWriter *writer) { must(writer->depth == 0 && writer->filled); }

static const char *const short_escapes[128] = { ['"'] = "\\\"",
	['\\'] = "\\\\",
	['\b'] = "\\b",
	['\f'] = "\\f",
	['\n'] = "\\n",
	['\r'] = "\\r",
	['\t'] = "\\t",
	['<'] = "\\u003c",
	['>'] = "\\u003e",
	['&'] = "\\u0026",
	[0x7F] = "\\u007f" };

/* Bytes from `at` that may be copied as they are: printable ASCII and well-formed sequences. */
static size_t plain_length(Text text, size_t at)
{
	size_t start = at;
	while (at < text.length) {
		unsigned char c = (unsigned char)text.at[at];
		if (c < 0x20 || (c < 0x80 && short_escapes[c])) break;
		size_t length = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
		if (c >= 0x80 && (at + length > text.length || !text_is_utf8(text_slice(text, at, at + length)))) break;
		at += length;
	}
	return at - start;
}

static void put_quoted(Buffer *buffer, Text text)
{
	buffer_reserve(buffer, text.length + 2);
	buffer_byte(buffer, '"');
	for (size_t at = 0; at < text.length;) {
		size_t plain = plain_length(text, at);
		buffer_put(buffer, text_slice(text, at, at + plain));
		at += plain;
		if (at >= text.length) break;
		unsigned char c = (unsigned char)text.at[at++];
		if (c >= 0x80)
			buffer_put(buffer, TEXT("\xEF\xBF\xBD"));
		else if (short_escapes[c])
			buffer_put(buffer, text_from(short_escapes[c]));
		else
			buffer_printf(buffer, "\\u%04x", (unsigned)c);
	}
	buffer_byte(buffer, '"');
}

void json_key(JsonWriter *writer, Text key)
{
	must(in_object(writer) && !writer->keyed);
	if (writer->filled) buffer_byte(writer->buffer, ',');
	put_quoted(writer->buffer, key);
	buffer_byte(writer->buffer, ':');
	writer->keyed = true;
}

void json_text(JsonWriter *writer, Text text)
{
	if (!text.at) {
		json_null(writer);
		return;
	}
	value_begin(writer);
	put_quoted(writer->buffer, text);
}

void json_int(JsonWriter *writer, int64_t number)
{
	value_begin(writer);
	buffer_number(writer->buffer, number);
}

void json_real(JsonWriter *writer, double number)
{
	must(isfinite(number));
	value_begin(writer);
	Text shortest = arena_printf(writer->buffer->arena, number == round(number) && fabs(number) < 1e15 ? "%.1f" : "%.15g", number);
	if (strtod(shortest.at, NULL) == number)
		buffer_put(writer->buffer, shortest);
	else
		buffer_printf(writer->buffer, "%.17g", number);
}

void json_bool(JsonWriter *writer, bool truth)
{
	value_begin(writer);
	buffer_put(writer->buffer, truth ? TEXT("true") : TEXT("false"));
}

void json_null(JsonWriter *writer)
{
	value_begin(writer);
	buffer_put(writer->buffer, TEXT("null"));
}

static void copy_scalar(JsonWriter *writer, Json value)
{
	int64_t number;
	double real;
	if (json_kind(value) == JSON_TEXT)
		json_text(writer, json_as_text(value));
	else if (json_kind(value) == JSON_BOOL)
		json_bool(writer, json_as_bool(value));
	else if (json_as_int(value, &number))
		json_int(writer, number);
	else if (json_as_real(value, &real))
		json_real(writer, real);
	else
		json_null(writer);
}

void json_copy(JsonWriter *writer, Json value)
{
	JsonKind kind = json_kind(value);
	if (kind != JSON_OBJECT && kind != JSON_ARRAY) {
		copy_scalar(writer, value);
		return;
	}
	container_begin(writer, kind == JSON_OBJECT);
	JsonEach each = json_each(value);
	while (json_next(&each)) {
		if (kind == JSON_OBJECT) json_key(writer, each.key);
		json_copy(writer, each.value);
	}
	json_end(writer);
}

void json_put_text(JsonWriter *writer, const char *key, Text text)
{
	json_key(writer, text_from(key));
	json_text(writer, text);
}

void json_put_filled(JsonWriter *writer, const char *key, Text text) { json_put_text(writer, key, text.length ? text : (Text) { 0 }); }

void json_put_time(JsonWriter *writer, const char *key, int64_t at)
{
	json_put_text(writer, key, at ? clock_iso(writer->buffer->arena, at) : (Text) { 0 });
}

void json_put_int(JsonWriter *writer, const char *key, int64_t number)
{
	json_key(writer, text_from(key));
	json_int(writer, number);
}

void json_put_bool(JsonWriter *writer, const char *key, bool truth)
{
	json_key(writer, text_from(key));
	json_bool(writer, truth);
}
