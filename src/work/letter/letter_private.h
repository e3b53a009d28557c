/* What the files of this room share. */
#pragma once
#include "work/letter/letter.h"
#include "work/letter/letter.sql.h"

typedef enum LetterFrame { LETTER_FRAME_LETTER, LETTER_FRAME_NOTICE, LETTER_FRAME_SHEET } LetterFrame;
typedef struct LetterKindFacts {
	const char *tag, *name, *mark, *title, *words;
	LetterDesk desk;
	LetterFrame frame;
} LetterKindFacts;
extern const LetterKindFacts letter_kinds[LETTER_KINDS];
must_use Error letter_builtin(Call *call, LetterKind kind, Text *out);
/* Names that no letter has, and needed ones that are missing, as problems at `template`. */
must_use Error letter_check_fields(Call *call, LetterKind kind, const Texts *names);
/* "软测漏函〔2026〕12号". CONFIG: the form lacks {kind}, {YYYY} or {n}. */
must_use Error letter_number(Call *call, Text form, LetterKind kind, int year, int64_t serial, Text *out);
must_use Error letter_is_office(Call *call, LetterDesk desk);
Text letter_desk_text(LetterDesk desk); /* "library": stored */
Text letter_place(Arena *arena, LetterDesk desk); /* "/letters" */
enum { LETTER_RECIPIENT_MAX = 200, LETTER_WORDS_MAX = 4000, LETTER_SEAL_BYTES_MAX = 512 * 1024 };
void letter_check_length(Call *call, const char *field, Text value, size_t most, bool required);
/* The letter with its number and files, in the caller's transaction. */
must_use Error letter_make(Call *call, const LetterOrder *order, int64_t drafted_by, Text *out_ref, int64_t *out_id);
must_use Error letter_preview(Call *call, const LetterOrder *order, Text *out_pages);
must_use Error letter_record_reading(Call *call, Text machine, Text matter, int64_t seal_key); /* inside db_transact */
must_use Error letter_draft_of_row(Call *call, const DraftLetterRow *row, LetterDraft *out);
