#include "base/base/base.h"

Text text_from(const char *nul_terminated)
{
	return (Text) { nul_terminated ? nul_terminated : "", nul_terminated ? strlen(nul_terminated) : 0 };
}

bool text_is(Text a, Text b)
{
	if (a.length != b.length) return false;
	return a.length == 0 || (a.at && b.at && memcmp(a.at, b.at, a.length) == 0);
}

static unsigned char lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

bool text_is_nocase(Text a, Text b)
{
	if (a.length != b.length) return false;
	for (size_t i = 0; i < a.length; i++)
		if (lower(a.at[i]) != lower(b.at[i])) return false;
	return true;
}

int text_compare(Text a, Text b)
{
	size_t shared = a.length < b.length ? a.length : b.length;
	int order = shared ? memcmp(a.at, b.at, shared) : 0;
	if (order) return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

bool text_starts(Text text, Text start) { return text.length >= start.length && text_is(text_slice(text, 0, start.length), start); }

bool text_ends(Text text, Text end)
{
	return text.length >= end.length && text_is(text_slice(text, text.length - end.length, text.length), end);
}

bool text_find(Text text, Text part, size_t *out_position)
{
	if (part.length > text.length) return false;
	const char *found = part.length ? memmem(text.at, text.length, part.at, part.length) : text.at;
	if (!found) return part.length == 0;
	if (out_position) *out_position = (size_t)(found - text.at);
	return true;
}

Text text_slice(Text text, size_t from, size_t to)
{
	if (to > text.length) to = text.length;
	if (from > to) from = to;
	return (Text) { text.at ? text.at + from : NULL, to - from };
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Text text_trim(Text text)
{
	while (text.length && is_space(text.at[0])) text = text_slice(text, 1, text.length);
	while (text.length && is_space(text.at[text.length - 1])) text.length--;
	return text;
}

bool text_next(Text *rest, char separator, Text *out_piece)
{
	if (!rest->at) return false;
	const char *cut = rest->length ? memchr(rest->at, separator, rest->length) : NULL;
	size_t length = cut ? (size_t)(cut - rest->at) : rest->length;
	*out_piece = (Text) { rest->at, length };
	*rest = cut ? (Text) { cut + 1, rest->length - length - 1 } : (Text) { 0 };
	return true;
}

bool text_to_int(Text text, int64_t *out)
{
	bool negative = text.length && text.at[0] == '-';
	int64_t value = 0;
	if (text.length == (negative ? 1U : 0U)) return false;
	for (size_t i = negative; i < text.length; i++) {
		int digit = text.at[i] - '0';
		if (digit < 0 || digit > 9) return false;
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value)) return false;
	}
	if (!negative && value == INT64_MIN) return false;
	*out = negative ? value : -value;
	return true;
}

size_t text_utf8_sequence(Text text, size_t from)
{
	if (from >= text.length) return 0;
	const unsigned char *at = (const unsigned char *)text.at + from;
	unsigned char first = at[0];
	if (first < 0x80) return first ? 1 : 0;
	size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
	if (first < 0xC2 || first > 0xF4 || text.length - from < length) return 0;
	if ((first == 0xE0 && at[1] < 0xA0) || (first == 0xED && at[1] > 0x9F)) return 0;
	if ((first == 0xF0 && at[1] < 0x90) || (first == 0xF4 && at[1] > 0x8F)) return 0;
	for (size_t i = 1; i < length; i++)
		if ((at[i] & 0xC0) != 0x80) return 0;
	return length;
}

bool text_is_utf8(Text text)
{
	for (size_t i = 0; i < text.length;) {
		size_t length = text_utf8_sequence(text, i);
		if (!length) return false;
		i += length;
	}
	return true;
}

size_t text_utf8_length(Text text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	return count;
}

uint64_t text_hash(Text text)
{
	uint64_t hash = 14695981039346656037U;
	for (size_t i = 0; i < text.length; i++) hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211U;
	return hash;
}

size_t text_distance(Text a, Text b)
{
	size_t row[64];
	if (b.length >= COUNT(row)) return b.length;
	for (size_t j = 0; j <= b.length; j++) row[j] = j;
	for (size_t i = 1; i <= a.length; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.length; j++) {
			size_t change = diagonal + (a.at[i - 1] != b.at[j - 1]);
			size_t gap = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
			diagonal = row[j];
			row[j] = change < gap ? change : gap;
		}
	}
	return row[b.length];
}
