/* What reading JSON needs beside the parser: look-ups by name, and finding the place of a fault. */
#include "base/base/json.h"

#include <math.h>
#include <stdlib.h>

static Json json_member(Json object, Text key)
{
	if (json_kind(object) != JSON_OBJECT) return (Json) { 0 };
	JsonEach each = json_each(object);
	while (json_next(&each))
		if (text_is(each.key, key)) return each.value;
	return (Json) { 0 };
}

Json json_get(Json object, const char *key) { return json_member(object, text_from(key)); }

Json json_find(Json value, const char *path)
{
	Text rest = text_from(path), name;
	while (text_next(&rest, '.', &name)) value = json_member(value, name);
	return value;
}

Error json_read(Call *call, Text document, Json *out)
{
	JsonFault fault;
	if (json_parse(call->arena, document, out, &fault)) return OK;
	call_problem(call, (Text) { 0 }, "This is not valid JSON: %s", arena_printf(call->arena, "%zu:%zu", fault.line, fault.column));
	return fail(call, INVALID, "JSON line %zu, column %zu: %s", fault.line, fault.column, fault.why);
}

/* ---- A plain checker, used only on what the fast parser refused: it remembers the first place that is wrong. */
typedef struct Checker {
	Text text;
	size_t at;
	const char *why;
} Checker;

static int peek(const Checker *checker) { return checker->at < checker->text.length ? (unsigned char)checker->text.at[checker->at] : -1; }

static bool wrong(Checker *checker, const char *why)
{
	if (!checker->why) checker->why = peek(checker) < 0 ? "The document ends too early." : why;
	return false;
}

static void skip_space(Checker *checker)
{
	for (int c = peek(checker); c == ' ' || c == '\t' || c == '\n' || c == '\r'; c = peek(checker)) checker->at++;
}

static bool accept(Checker *checker, char expected)
{
	if (peek(checker) != (unsigned char)expected) return false;
	checker->at++;
	return true;
}

static bool check_hex4(Checker *checker, unsigned *out)
{
	unsigned value = 0;
	for (int i = 0; i < 4; i++, checker->at++) {
		int c = peek(checker);
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return wrong(checker, "This is not an escape.");
		value = value * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	*out = value;
	return true;
}

static bool check_escape(Checker *checker)
{
	int c = peek(checker);
	if (c < 0 || !strchr("\"\\/bfnrtu", c) || c == 0) return wrong(checker, "This is not an escape.");
	checker->at++;
	if (c != 'u') return true;
	unsigned high, low;
	if (!check_hex4(checker, &high)) return false;
	if (high < 0xD800 || high > 0xDFFF) return true;
	if (high > 0xDBFF || !accept(checker, '\\') || !accept(checker, 'u')) return wrong(checker, "Half a surrogate pair stands alone.");
	if (!check_hex4(checker, &low)) return false;
	return (low >= 0xDC00 && low <= 0xDFFF) || wrong(checker, "Half a surrogate pair stands alone.");
}

static bool check_string(Checker *checker)
{
	if (!accept(checker, '"')) return wrong(checker, "A text in quotation marks is expected.");
	for (;;) {
		int c = peek(checker);
		if (c < 0) return wrong(checker, "");
		if (c < 0x20) return wrong(checker, "A control character stands in a text.");
		checker->at++;
		if (c == '"') return true;
		if (c == '\\' && !check_escape(checker)) return false;
	}
}

static size_t check_digits(Checker *checker)
{
	size_t start = checker->at;
	while (peek(checker) >= '0' && peek(checker) <= '9') checker->at++;
	return checker->at - start;
}

static bool check_range(Checker *checker, size_t start, bool real)
{
	char digits[400];
	Text number = text_slice(checker->text, start, checker->at);
	bool negative = number.at[0] == '-';
	if (!real) {
		Text limit = negative ? TEXT("-9223372036854775808") : TEXT("18446744073709551615");
		if (number.length < limit.length || (number.length == limit.length && text_compare(number, limit) <= 0)) return true;
	} else if (number.length < sizeof(digits)) {
		memcpy(digits, number.at, number.length);
		digits[number.length] = 0;
		if (isfinite(strtod(digits, NULL))) return true;
	}
	checker->at = start;
	return wrong(checker, "This number is out of range.");
}

static bool check_number(Checker *checker)
{
	size_t start = checker->at;
	bool real = false;
	accept(checker, '-');
	if (!accept(checker, '0') && !check_digits(checker)) return wrong(checker, "A value is expected.");
	if (accept(checker, '.')) {
		real = true;
		if (!check_digits(checker)) return wrong(checker, "A digit is expected.");
	}
	if (accept(checker, 'e') || accept(checker, 'E')) {
		real = true;
		if (!accept(checker, '+')) accept(checker, '-');
		if (!check_digits(checker)) return wrong(checker, "A digit is expected.");
	}
	return check_range(checker, start, real);
}

static bool check_word(Checker *checker, Text word)
{
	if (!text_starts(text_slice(checker->text, checker->at, checker->text.length), word)) return wrong(checker, "A value is expected.");
	checker->at += word.length;
	return true;
}

static bool check_scalar(Checker *checker)
{
	switch (peek(checker)) {
	case '"': return check_string(checker);
	case 't': return check_word(checker, TEXT("true"));
	case 'f': return check_word(checker, TEXT("false"));
	case 'n': return check_word(checker, TEXT("null"));
	default: return check_number(checker);
	}
}

static bool check_member_name(Checker *checker)
{
	skip_space(checker);
	if (!check_string(checker)) return false;
	skip_space(checker);
	return accept(checker, ':') || wrong(checker, "A colon is expected.");
}

/* Opens containers until a scalar or an empty container has been read; ends[] holds the bracket each open one waits for. */
static bool check_down(Checker *checker, char *ends, int *depth)
{
	for (;;) {
		skip_space(checker);
		char end = accept(checker, '{') ? '}' : accept(checker, '[') ? ']' : 0;
		if (!end) return check_scalar(checker);
		skip_space(checker);
		if (accept(checker, end)) return true;
		if (*depth + 1 >= JSON_DEPTH_MAX) return wrong(checker, "The document is nested too deeply.");
		ends[(*depth)++] = end;
		if (end == '}' && !check_member_name(checker)) return false;
	}
}

static bool check_document(Checker *checker)
{
	char ends[JSON_DEPTH_MAX] = { 0 };
	int depth = 0;
	for (;;) {
		if (!check_down(checker, ends, &depth)) return false;
		for (;;) {
			skip_space(checker);
			if (!depth) return peek(checker) < 0 || wrong(checker, "Nothing may follow the value.");
			if (!accept(checker, ends[depth - 1])) break;
			depth--;
		}
		if (!accept(checker, ',')) return wrong(checker, "A comma or the closing bracket is expected.");
		if (ends[depth - 1] == '}' && !check_member_name(checker)) return false;
	}
}

static bool find_bad_utf8(Text document, size_t *out)
{
	for (size_t at = 0; at < document.length;) {
		unsigned char first = (unsigned char)document.at[at];
		size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
		if (first >= 0x80 && (at + length > document.length || !text_is_utf8(text_slice(document, at, at + length)))) {
			*out = at;
			return true;
		}
		at += length;
	}
	return false;
}

bool json_locate(Text document, JsonFault *out_fault)
{
	Checker checker = { .text = document };
	size_t bad;
	bool good = check_document(&checker);
	if (find_bad_utf8(document, &bad) && (good || bad < checker.at)) {
		checker.at = bad;
		checker.why = "The text is not UTF-8.";
		good = false;
	}
	if (good) return false;
	*out_fault = (JsonFault) { .offset = checker.at, .line = 1, .column = 1, .why = checker.why };
	for (size_t i = 0; i < checker.at; i++) {
		out_fault->column++;
		if (document.at[i] == '\n') *out_fault = (JsonFault) { checker.at, out_fault->line + 1, 1, checker.why };
	}
	return true;
}
