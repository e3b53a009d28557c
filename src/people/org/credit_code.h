/* credit_code: 统一社会信用代码 (GB 32100-2015): 18 of "0-9A-Z" without I, O, S, V, Z; the last is a check digit (clause 5, MOD 31). Pure. */
#pragma once
#include "base/base/base.h"

enum { CREDIT_CODE_LENGTH = 18 };
/* White space is dropped and small letters become capital; no text when it is not a code with the right check digit. */
Text credit_code_parse(Arena *arena, Text typed);
/* The check digit for the first 17 characters, or 0 when one of them is not of the alphabet. */
char credit_code_check(Text first_17);
