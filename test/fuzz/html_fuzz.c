/* Any bytes as text, attribute, address and path segment: nothing of them becomes markup, and what comes out is UTF-8. */
#include "face/html/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_only_references(Text written)
{
	for (size_t i = 0; i < written.length; i++) {
		char byte = written.at[i];
		if (byte == '<' || byte == '>' || byte == '"' || byte == '\'') return false;
		if (byte != '&') continue;
		Text rest = text_slice(written, i, i + 6);
		if (!text_starts(rest, TEXT("&lt;")) && !text_starts(rest, TEXT("&gt;")) && !text_starts(rest, TEXT("&amp;")) &&
			!text_starts(rest, TEXT("&quot;")) && !text_starts(rest, TEXT("&#39;")))
			return false;
	}
	return true;
}

static void check_url(Html *html, Text text)
{
	Url url;
	if (!url_parse(text, &url)) return;
	size_t from = html->out.length;
	html_url(html, url);
	must(has_only_references(text_slice(buffer_text(&html->out), from, html->out.length)));
	bool is_of_this_host = text.at[0] == '/' || text.at[0] == '?' || text.at[0] == '#';
	bool is_other = text_is_nocase(text_slice(text, 0, 4), TEXT("http")) || text_is_nocase(text_slice(text, 0, 7), TEXT("mailto:"));
	must(is_of_this_host || is_other);
	must(!text_starts(text, TEXT("//")) && !text_starts(text, TEXT("/\\")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Text text = { (const char *)data, size };
	Html html = html_alone(&call, LANG_EN);
	html_text(&html, text);
	Text written = buffer_text(&html.out);
	must(has_only_references(written) && text_is_utf8(written));
	must(!text_is_utf8(text) || written.length >= size);
	check_url(&html, text);
	Text segment = url_segment(arena, text);
	for (size_t i = 0; i < segment.length; i++)
		must(segment.at[i] != '/' && segment.at[i] != '?' && segment.at[i] != '#' && segment.at[i] != '"');
	Url local;
	must(url_parse(arena_printf(arena, "/x/%.*s", TEXT_ARGS(segment)), &local));
	return 0;
}
