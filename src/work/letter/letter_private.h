/* What the files of this room share. */
#pragma once
#include "work/letter/letter.h"
#include "work/letter/letter.sql.h"

typedef struct LetterKindFacts {
	const char *tag, *name, *mark, *title, *words;
} LetterKindFacts;
extern const LetterKindFacts letter_kinds[LETTER_KINDS];
must_use Error letter_builtin(Call *call, LetterKind kind, Text *out);
/* Names that no letter has, and needed ones that are missing, as problems at `template`. */
must_use Error letter_check_fields(Call *call, const Texts *names);
/* "软测漏函〔2026〕12号". CONFIG: the form lacks {kind}, {YYYY} or {n}. */
must_use Error letter_number(Call *call, Text form, LetterKind kind, int year, int64_t serial, Text *out);
must_use Error letter_is_office(Call *call);
