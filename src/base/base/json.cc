/*
 * The one C++ file: simdjson parses into its tape (documented in its doc/tape.md), the tape moves into the arena, and the
 * questions below walk it. A tape word is a type letter in the top byte and a payload of 56 bits.
 */
#include <simdjson.h> /* first: base.h defines fail() */

#include "base/base/json.h"

namespace {

constexpr uint64_t payload_mask = 0x00FFFFFFFFFFFFFF;
constexpr size_t parser_keep_bytes = 4 * 1024 * 1024;

char type_at(const uint64_t *tape, size_t at) { return static_cast<char>(tape[at] >> 56); }
size_t payload_at(const uint64_t *tape, size_t at) { return static_cast<size_t>(tape[at] & payload_mask); }

Text string_at(const char *strings, size_t offset)
{
	uint32_t length;
	memcpy(&length, strings + offset, sizeof(length));
	return Text { strings + offset + sizeof(length), length };
}

size_t after(const uint64_t *tape, size_t at)
{
	switch (type_at(tape, at)) {
	case '{':
	case '[': return tape[at] & 0xFFFFFFFF;
	case 'l':
	case 'u':
	case 'd': return at + 2;
	default: return at + 1;
	}
}

size_t strings_end(const uint64_t *tape, const char *strings, size_t length)
{
	size_t end = 0;
	for (size_t at = 1; at + 1 < length;) {
		char type = type_at(tape, at);
		if (type == '"') {
			size_t offset = payload_at(tape, at);
			size_t string_end = offset + sizeof(uint32_t) + string_at(strings, offset).length + 1;
			if (string_end > end) end = string_end;
		}
		at += type == 'l' || type == 'u' || type == 'd' ? 2 : 1;
	}
	return end;
}

} // namespace

static bool parse_into(simdjson::dom::parser &parser, Arena *arena, Text document, Json *out)
{
	if (document.length > parser.capacity() && parser.allocate(document.length, JSON_DEPTH_MAX) != simdjson::SUCCESS) return false;
	if (parser.parse(document.at, document.length, true).error() != simdjson::SUCCESS) return false;
	const uint64_t *tape = parser.doc.tape.get();
	const char *strings = reinterpret_cast<const char *>(parser.doc.string_buf.get());
	size_t words = payload_at(tape, 0), bytes = strings_end(tape, strings, words);
	uint64_t *own_tape = static_cast<uint64_t *>(arena_alloc(arena, words * sizeof(*tape)));
	memcpy(own_tape, tape, words * sizeof(*tape));
	char *own_strings = static_cast<char *>(arena_alloc(arena, bytes + 1));
	memcpy(own_strings, strings, bytes);
	*out = Json { own_tape, own_strings, 1 };
	return true;
}

bool json_parse(Arena *arena, Text document, Json *out, JsonFault *out_fault)
{
	static thread_local simdjson::dom::parser parser;
	bool parsed = document.length > 0 && parse_into(parser, arena, document, out);
	if (parser.capacity() > parser_keep_bytes) parser = simdjson::dom::parser();
	if (parsed || !out_fault) return parsed;
	if (!json_locate(document, out_fault)) *out_fault = JsonFault { 0, 1, 1, "The document is too large." };
	return false;
}

Text json_minify(Arena *arena, Text document)
{
	char *out = static_cast<char *>(arena_alloc(arena, document.length + simdjson::SIMDJSON_PADDING));
	size_t length = 0;
	must(simdjson::minify(document.at, document.length, out, length) == simdjson::SUCCESS);
	return Text { out, length };
}

JsonKind json_kind(Json value)
{
	if (!value.tape) return JSON_ABSENT;
	switch (type_at(value.tape, value.at)) {
	case '{': return JSON_OBJECT;
	case '[': return JSON_ARRAY;
	case '"': return JSON_TEXT;
	case 'l':
	case 'u': return JSON_INT;
	case 'd': return JSON_REAL;
	case 't':
	case 'f': return JSON_BOOL;
	default: return JSON_NULL;
	}
}

JsonEach json_each(Json value)
{
	JsonKind kind = json_kind(value);
	JsonEach each = {};
	if (kind != JSON_OBJECT && kind != JSON_ARRAY) return each;
	each.of = value;
	each.next = value.at + 1;
	each.end = after(value.tape, value.at) - 1;
	return each;
}

bool json_next(JsonEach *each)
{
	if (each->next >= each->end) return false;
	const uint64_t *tape = each->of.tape;
	each->key = Text { nullptr, 0 };
	if (type_at(tape, each->of.at) == '{') each->key = string_at(each->of.strings, payload_at(tape, each->next++));
	each->value = Json { tape, each->of.strings, each->next };
	each->next = after(tape, each->next);
	return true;
}

Text json_as_text(Json value)
{
	if (json_kind(value) != JSON_TEXT) return Text { nullptr, 0 };
	return string_at(value.strings, payload_at(value.tape, value.at));
}

bool json_as_bool(Json value) { return json_kind(value) == JSON_BOOL && type_at(value.tape, value.at) == 't'; }

bool json_as_int(Json value, int64_t *out)
{
	if (json_kind(value) != JSON_INT) return false;
	uint64_t word = value.tape[value.at + 1];
	if (type_at(value.tape, value.at) == 'u' && word > INT64_MAX) return false;
	*out = static_cast<int64_t>(word);
	return true;
}

bool json_as_real(Json value, double *out)
{
	if (json_kind(value) == JSON_INT) {
		uint64_t word = value.tape[value.at + 1];
		*out = type_at(value.tape, value.at) == 'u' ? static_cast<double>(word) : static_cast<double>(static_cast<int64_t>(word));
		return true;
	}
	if (json_kind(value) != JSON_REAL) return false;
	memcpy(out, &value.tape[value.at + 1], sizeof(*out));
	return true;
}
