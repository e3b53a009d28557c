#include "engine/rating/rating.h"

static const struct {
	const char *tag, *text;
} levels[] = {
	[LEVEL_NONE] = { "none", N_("No severity") },
	[LEVEL_LOW] = { "low", N_("Low severity") },
	[LEVEL_MEDIUM] = { "medium", N_("Medium severity") },
	[LEVEL_HIGH] = { "high", N_("High severity") },
	[LEVEL_CRITICAL] = { "critical", N_("Critical severity") },
};

/* As the Chinese databases write them; two words for the same are no contradiction. */
static const struct {
	const char *word;
	Level level;
} words[] = {
	{ "超危", LEVEL_CRITICAL },
	{ "高危", LEVEL_HIGH },
	{ "中危", LEVEL_MEDIUM },
	{ "低危", LEVEL_LOW },
	{ "无", LEVEL_NONE },
	{ "超", LEVEL_CRITICAL },
	{ "高", LEVEL_HIGH },
	{ "中", LEVEL_MEDIUM },
	{ "低", LEVEL_LOW },
	{ "严重", LEVEL_CRITICAL },
	{ "危急", LEVEL_CRITICAL },
};

const char *level_tag(Level level) { return levels[level].tag; }
const char *level_text(Level level) { return levels[level].text; }

bool level_parse(Text text, Level *out)
{
	for (size_t i = 0; i < COUNT(levels); i++)
		if (text_is_nocase(text, text_from(levels[i].tag))) {
			*out = (Level)i;
			return true;
		}
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(text, text_from(words[i].word))) {
			*out = words[i].level;
			return true;
		}
	return false;
}
