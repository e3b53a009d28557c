/* Any bytes as Markdown: only known elements come out, each closed in order, with only known attributes and checked addresses. */
#include "face/html/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPEN_MAX = 256 };
typedef struct Open {
	Text names[OPEN_MAX];
	size_t count;
} Open;

static bool is_one_of(Text name, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(name, text_from(words[i]))) return true;
	return false;
}

/* ` name="value"` pairs up to the end of the tag. */
static void check_attributes(Text rest)
{
	static const char *const known[] = { "href", "rel", "src", "alt", "loading", "start", "tabindex" };
	while (rest.length) {
		size_t quote, end;
		must(rest.at[0] == ' ' && text_find(rest, TEXT("=\""), &quote));
		Text name = text_slice(rest, 1, quote), after = text_slice(rest, quote + 2, rest.length);
		must(is_one_of(name, known, COUNT(known)) && text_find(after, TEXT("\""), &end));
		Text value = text_slice(after, 0, end);
		bool is_address = text_is(name, TEXT("href")) || text_is(name, TEXT("src"));
		Url url;
		must(!is_address || url_parse(value, &url));
		must(!text_is(name, TEXT("src")) || text_starts(value, TEXT("/files/")));
		rest = text_slice(after, end + 1, after.length);
	}
}

static void check_tag(Open *open, Text tag)
{
	static const char *const known[] = { "p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code", "em", "strong",
		"a", "span" };
	static const char *const empty[] = { "br", "hr", "img" };
	if (tag.length && tag.at[0] == '/') {
		must(open->count > 0 && text_is(open->names[--open->count], text_slice(tag, 1, tag.length)));
		return;
	}
	size_t end = tag.length;
	text_find(tag, TEXT(" "), &end);
	Text name = text_slice(tag, 0, end);
	check_attributes(text_slice(tag, end, tag.length));
	if (is_one_of(name, empty, COUNT(empty))) return;
	must(is_one_of(name, known, COUNT(known)) && open->count < OPEN_MAX);
	open->names[open->count++] = name;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Html html = html_alone(&call, LANG_EN);
	Text rest = part_markdown_with_images(&html, (Text) { (const char *)data, size }, TEXT("/files/")).text;
	must(text_is_utf8(rest));
	Open open = { .count = 0 };
	size_t from, end;
	while (text_find(rest, TEXT("<"), &from)) {
		rest = text_slice(rest, from + 1, rest.length);
		must(text_find(rest, TEXT(">"), &end));
		check_tag(&open, text_slice(rest, 0, end));
		rest = text_slice(rest, end + 1, rest.length);
	}
	must(open.count == 0);
	return 0;
}
