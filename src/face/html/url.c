#include "face/html/html.h"

static bool is_unreserved(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
	       byte == '_' || byte == '~';
}

Text url_segment(Arena *arena, Text segment)
{
	static const char digits[] = "0123456789ABCDEF";
	Buffer out = { .arena = arena };
	bool is_dots = text_is(segment, TEXT(".")) || text_is(segment, TEXT("..")); /* a browser resolves those away, escaped or not */
	for (size_t i = 0; i < segment.length && !is_dots; i++) {
		char byte = segment.at[i];
		if (is_unreserved(byte)) {
			buffer_byte(&out, byte);
			continue;
		}
		buffer_byte(&out, '%');
		buffer_byte(&out, digits[(unsigned char)byte >> 4]);
		buffer_byte(&out, digits[(unsigned char)byte & 15]);
	}
	return buffer_text(&out);
}

/* "/path" but not "//host" nor "/\host", which browsers read as another host. */
static bool is_local(Text text)
{
	return text.length && text.at[0] == '/' && (text.length == 1 || (text.at[1] != '/' && text.at[1] != '\\'));
}

static bool has_scheme(Text text, Text scheme)
{
	return text.length > scheme.length && text_is_nocase(text_slice(text, 0, scheme.length), scheme);
}

/* Free of what browsers drop or fold while they look for the scheme. */
static bool has_plain_bytes(Text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		if (byte <= 0x20 || byte == 0x7f || strchr("\\<>\"", byte)) return false;
	}
	return text_is_utf8(text);
}

/* http(s) with a host, and no name and password before it, which exist to deceive. */
static bool is_web(Text text)
{
	size_t from = has_scheme(text, TEXT("https://")) ? 8 : has_scheme(text, TEXT("http://")) ? 7 : 0, end = from;
	while (end < text.length && !strchr("/?#", text.at[end])) end++;
	return from && end > from && !text_find(text_slice(text, from, end), TEXT("@"), NULL);
}

bool url_parse(Text text, Url *out)
{
	if (!text.length || !has_plain_bytes(text)) return false;
	bool is_of_page = text.at[0] == '#' || text.at[0] == '?';
	if (!is_of_page && !is_local(text) && !is_web(text) && !has_scheme(text, TEXT("mailto:"))) return false;
	*out = (Url) { text };
	return true;
}

Url url_local(Arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	Text text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	Url url = { 0 };
	must(url_parse(text, &url) && (text.at[0] == '/' || text.at[0] == '#' || text.at[0] == '?'));
	return url;
}

Url url_public(const Request *request, Text path)
{
	Url url;
	must(url_parse(request_public_path(request, path), &url));
	return url;
}

Url url_absolute(const Call *call, Url local)
{
	must(is_local(local.text));
	return (Url) { arena_printf(call->arena, "%.*s%.*s", TEXT_ARGS(call->house->public_address), TEXT_ARGS(local.text)) };
}

Url asset_url(const char *name)
{
	size_t at = 0;
	while (at < asset_count && strcmp(asset_names[at], name) != 0) at++;
	must(at < asset_count);
	return (Url) { text_from(assets[at].path) };
}
