/* Small helpers of the readers: what every text goes through before it becomes part of a record. */
#include "subject/advisory/advisory_private.h"

#include <pthread.h>

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

/* Which words may begin with a byte, have it second, third: a text has hardly a place where all three agree. */
enum { PLATFORM_LEADS = 3 };
static uint32_t platform_leads[PLATFORM_LEADS][256];

static void prepare_platform_leads(void)
{
	_Static_assert(COUNT(platform_words) <= 32, "one bit for each word");
	for (size_t word = 0; word < COUNT(platform_words); word++)
		for (size_t i = 0; i < PLATFORM_LEADS; i++) {
			unsigned char byte = (unsigned char)platform_words[word].word[i];
			platform_leads[i][byte] |= 1U << word;
			if (byte >= 'a' && byte <= 'z') platform_leads[i][byte - 'a' + 'A'] |= 1U << word;
		}
}

static bool stands_at(Text text, size_t at, Text word) { return text_is_nocase(text_slice(text, at, at + word.length), word); }

void add_platforms_of(Arena *arena, Texts *platforms, Text text)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, prepare_platform_leads);
	const unsigned char *bytes = (const unsigned char *)text.at;
	uint32_t found = 0;
	for (size_t at = 0; at + PLATFORM_LEADS <= text.length; at++) {
		uint32_t may = platform_leads[0][bytes[at]] & platform_leads[1][bytes[at + 1]] & platform_leads[2][bytes[at + 2]] & ~found;
		for (size_t word = 0; may; may >>= 1, word++)
			if (may & 1 && stands_at(text, at, text_from(platform_words[word].word))) found |= 1U << word;
	}
	for (size_t i = 0; i < COUNT(platform_words); i++)
		if (found >> i & 1) texts_add_new(arena, platforms, text_from(platform_words[i].platform));
}
