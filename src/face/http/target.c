/* The request target: path segments and query, decoded strictly. */
#include "face/http/http_private.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

bool percent_decode_bytes(Arena *arena, Text text, bool plus_is_blank, Text *out)
{
	char *at = arena_alloc(arena, text.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '%') {
			if (text.length - i < 3) return false;
			int high = hex_digit(text.at[i + 1]), low = hex_digit(text.at[i + 2]);
			if (high < 0 || low < 0) return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus_is_blank)
			c = ' ';
		at[length++] = c;
	}
	*out = (Text) { at, length };
	return true;
}

bool percent_decode(Arena *arena, Text text, bool plus_is_blank, Text *out)
{
	Text decoded;
	if (!percent_decode_bytes(arena, text, plus_is_blank, &decoded) || !text_is_utf8(decoded)) return false;
	*out = decoded;
	return true;
}

Text text_repair(Arena *arena, Text text)
{
	if (text_is_utf8(text)) return text;
	Buffer repaired = { .arena = arena };
	for (size_t i = 0; i < text.length;) {
		size_t length = 4;
		while (length && (i + length > text.length || text_utf8_length(text_slice(text, i, i + length)) != 1 ||
					 !text_is_utf8(text_slice(text, i, i + length))))
			length--;
		buffer_put(&repaired, length ? text_slice(text, i, i + length) : TEXT("\xEF\xBF\xBD"));
		i += length ? length : 1;
	}
	return buffer_text(&repaired);
}

bool text_has_control(Text text, bool lines_are_fine)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (lines_are_fine && (c == '\t' || c == '\n' || c == '\r')) continue;
		if (c < 0x20 || c == 0x7F) return true;
	}
	return false;
}

bool urlencoded_parse(Arena *arena, Text text, FormValues *out)
{
	for (Text rest = text, piece; text_next(&rest, '&', &piece);) {
		if (!piece.length) continue;
		FormValue value = { .value = TEXT("") };
		Text name, raw = piece;
		text_next(&raw, '=', &name);
		if (!percent_decode(arena, name, true, &value.name) || text_has_control(value.name, false)) return false;
		if (raw.at && !percent_decode_bytes(arena, raw, true, &value.value)) return false;
		value.is_broken = !text_is_utf8(value.value);
		value.value = text_repair(arena, value.value);
		if (out->count >= FORM_VALUES_MAX) return false;
		list_add(arena, out, value);
	}
	return true;
}

static Error add_segment(Call *call, Text raw, Target *out)
{
	Text segment;
	if (!percent_decode(call->arena, raw, false, &segment)) return fail(call, USAGE, "malformed escape in the path");
	if (text_has_control(segment, false)) return fail(call, USAGE, "control character in the path");
	if (memchr(segment.at, '/', segment.length) || memchr(segment.at, '\\', segment.length))
		return fail(call, USAGE, "hidden slash in the path");
	if (text_is(segment, TEXT(".")) || text_is(segment, TEXT(".."))) return fail(call, USAGE, "dots in the path");
	if (out->segment_count == SEGMENTS_MAX)
		out->is_strange = true;
	else
		out->segments[out->segment_count++] = segment;
	return OK;
}

static Error parse_path(Call *call, Text path, Target *out)
{
	if (!path.length || path.at[0] != '/') return fail(call, USAGE, "the target is no path");
	if (path.length > 1)
		for (Text rest = text_slice(path, 1, path.length), raw; text_next(&rest, '/', &raw);) {
			if (!raw.length)
				out->is_strange = true;
			else
				TRY(add_segment(call, raw, out));
		}
	if (out->segment_count && text_is(out->segments[0], TEXT("en"))) {
		out->is_english = true;
		out->segment_count--;
		memmove(out->segments, out->segments + 1, out->segment_count * sizeof(Text));
	}
	Buffer joined = { .arena = call->arena };
	for (size_t i = 0; i < out->segment_count; i++) {
		buffer_byte(&joined, '/');
		buffer_put(&joined, out->segments[i]);
	}
	out->path = out->segment_count ? buffer_text(&joined) : TEXT("/");
	return OK;
}

/* "http://host/path" is what clients send to proxies; a server accepts it too (RFC 9112, 3.2.2). */
static Text without_authority(Text target)
{
	size_t start;
	if (!text_starts(target, TEXT("http://")) && !text_starts(target, TEXT("https://"))) return target;
	text_find(target, TEXT("://"), &start);
	Text rest = text_slice(target, start + 3, target.length);
	const char *slash = rest.length ? memchr(rest.at, '/', rest.length) : NULL;
	return slash ? text_slice(rest, (size_t)(slash - rest.at), rest.length) : TEXT("/");
}

Error target_parse(Call *call, Text target, Target *out)
{
	Target found = { 0 };
	found.raw = without_authority(target);
	Text rest = found.raw, path;
	text_next(&rest, '?', &path);
	TRY(parse_path(call, path, &found));
	if (rest.at && !urlencoded_parse(call->arena, rest, &found.query)) return fail(call, USAGE, "malformed query");
	for (size_t i = 0; i < found.query.count; i++)
		if (found.query.at[i].is_broken || text_has_control(found.query.at[i].value, true))
			return fail(call, USAGE, "control character in the query");
	*out = found;
	return OK;
}
