/* The table that tools/pogen.py makes from po/zh.po, sorted by English source text. */
#pragma once
#include "base/base/base.h"

typedef struct Translation {
	const char *english, *text;
} Translation;
extern const Translation translations_zh[];
extern const size_t translation_zh_count;
