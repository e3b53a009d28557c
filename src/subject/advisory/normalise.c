/* Small helpers of the readers: what every text goes through before it becomes part of a record. */
#include "subject/advisory/advisory_private.h"

static bool is_plain(Text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return false;
	}
	return true;
}

Text clean_text(Arena *arena, Text text)
{
	text = text_trim(text);
	if (!text.length) return TEXT("");
	if (is_plain(text)) return text;
	char *out = arena_alloc(arena, text.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool line_end = c == '\r' && i + 1 < text.length && text.at[i + 1] == '\n';
		if (c == '\r' && !line_end)
			out[length++] = '\n';
		else if (c >= 0x20 ? c != 0x7F : c == '\n' || c == '\t')
			out[length++] = (char)c;
	}
	return text_trim((Text) { out, length });
}

bool texts_has(const Texts *texts, Text text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_is(texts->at[i], text)) return true;
	return false;
}

void texts_add_new(Arena *arena, Texts *texts, Text text)
{
	if (text.length && !texts_has(texts, text)) list_add(arena, texts, text);
}

bool is_identifier(Text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool good = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
		if (!good) return false;
	}
	return text.length >= 3 && text.length <= 100;
}

static bool all_digits(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] < '0' || text.at[i] > '9') return false;
	return text.length > 0;
}

bool is_cve_number(Text text)
{
	return text_starts(text, TEXT("CVE-")) && text.length >= 13 && text.length <= 24 && all_digits(text_slice(text, 4, 8)) &&
	       text.at[8] == '-' && all_digits(text_slice(text, 9, text.length));
}

Text identifier_upper(Arena *arena, Text text)
{
	char *out = arena_alloc(arena, text.length + 1);
	for (size_t i = 0; i < text.length; i++) out[i] = (char)(text.at[i] >= 'a' && text.at[i] <= 'z' ? text.at[i] - 32 : text.at[i]);
	return (Text) { out, text.length };
}

/* Where the first sentence ends: ". ", a line feed, a Chinese full stop; or after 120 characters. */
Text title_from(Arena *arena, Text description)
{
	enum { TITLE_CHARACTERS = 120 };
	size_t characters = 0, at = 0;
	for (; at < description.length && characters < TITLE_CHARACTERS; at++) {
		char c = description.at[at];
		if (c == '\n' || text_starts(text_slice(description, at, at + 3), TEXT("。"))) break;
		if (c == '.' && characters > 20 && at + 1 < description.length && description.at[at + 1] == ' ') break;
		characters += ((unsigned char)c & 0xC0) != 0x80;
	}
	while (at < description.length && ((unsigned char)description.at[at] & 0xC0) == 0x80) at++;
	Text title = text_trim(text_slice(description, 0, at));
	if (characters < TITLE_CHARACTERS || at >= description.length) return title;
	size_t blank = title.length;
	while (blank > title.length / 2 && title.at[blank - 1] != ' ') blank--;
	if (blank > title.length / 2) title.length = blank - 1;
	return arena_printf(arena, "%.*s…", TEXT_ARGS(title));
}

Text level_of_score(int64_t score_tenths, bool version_2)
{
	if (score_tenths >= 90 && !version_2) return TEXT("critical");
	if (score_tenths >= 70) return TEXT("high");
	if (score_tenths >= 40) return TEXT("medium");
	return score_tenths > 0 || (score_tenths == 0 && version_2) ? TEXT("low") : TEXT("none");
}

static const struct {
	const char *platform, *word;
} platform_words[] = {
	{ "android", "android" },
	{ "android", "安卓" },
	{ "ios", "iphone" },
	{ "ios", "ipad" },
	{ "ios", "for ios" },
	{ "ios", "apple ios" },
	{ "ios", "ios app" },
	{ "ios", "ios and" },
	{ "ios", "and ios" },
	{ "ios", "ios版" },
	{ "harmonyos", "harmonyos" },
	{ "harmonyos", "openharmony" },
	{ "harmonyos", "鸿蒙" },
	{ "mini-program", "小程序" },
	{ "mini-program", "mini program" },
	{ "mini-program", "mini-program" },
	{ "mini-program", "miniprogram" },
	{ "official-account", "公众号" },
	{ "sdk", " sdk" },
	{ "sdk", "_sdk" },
	{ "sdk", "-sdk" },
};

void add_platforms_of(Arena *arena, Texts *platforms, Text text)
{
	if (!text.length) return;
	ArenaMark mark = arena_mark(arena);
	Text lower = arena_lower(arena, text);
	uint32_t found = 0;
	for (size_t i = 0; i < COUNT(platform_words); i++)
		if (text_find(lower, text_from(platform_words[i].word), NULL)) found |= 1U << i;
	arena_release(arena, mark);
	for (size_t i = 0; i < COUNT(platform_words); i++)
		if (found >> i & 1) texts_add_new(arena, platforms, text_from(platform_words[i].platform));
}
