/* rule_text: the first version of every rule, as Markdown. {name} of a setting stands for its present value. */
#pragma once
#include "store/setting/rule.h"

extern const char *const rule_first_text[RULE_COUNT][LANG_COUNT];
/* The text with the values of the settings it names. */
Text rule_filled(Call *call, Text text);
