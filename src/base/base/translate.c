#include "base/base/base.h"
#include "base/base/translate_private.h"

#include <stdlib.h>

static int by_source(const void *key, const void *entry) { return strcmp(key, ((const Translation *)entry)->english); }

Text tr(Lang lang, const char *english)
{
	if (lang == LANG_EN || !*english) return text_from(english);
	const Translation *found = bsearch(english, translations_zh, translation_zh_count, sizeof(*translations_zh), by_source);
	return text_from(found ? found->text : english);
}
