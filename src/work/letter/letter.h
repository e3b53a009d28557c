/*
 * letter: what the office sends on paper or as a file. A letter is made of a template of Word, has a number that follows the one before it within
 * kind and year, is kept as DOCX and PDF sealed for its matter, and stays in the register for ever: a wrong one is voided, its number never used again.
 * Whether the actor may see the matter is the subject's business; here only coordinators issue and read.
 */
#pragma once
#include "base/base/base.h"
#include "face/doc/docx.h"

typedef enum LetterKind {
#define LETTER(kind, tag, name, mark, title, words) LETTER_##kind,
#include "work/letter/letter_kind.def"
#undef LETTER
	LETTER_KINDS
} LetterKind;
const char *letter_kind_tag(LetterKind kind); /* "notice": stored, in addresses */
const char *letter_kind_name(LetterKind kind); /* English source text */
must_use bool letter_kind_parse(Text tag, LetterKind *out);

/* ---- Issuing */
typedef struct LetterOrder {
	LetterKind kind;
	const char *machine; /* of the subject, with its id and key */
	int64_t subject_id, seal_key;
	Text matter; /* the number people know the matter by */
	Text recipient;
	Text product, text, deadline, link, claim_code; /* what the kind's template may name; empty where there is nothing to say */
} LetterOrder;
typedef struct IssuedLetter {
	int64_t id, issued_at, voided_at; /* voided_at 0: it stands */
	int64_t seal_key, word_blob, page_blob;
	Text ref, number, matter, machine;
	Text recipient, reason; /* reason: why it was voided */
	Text issuer; /* name */
	LetterKind kind;
} IssuedLetter;
typedef LIST_OF(IssuedLetter) IssuedLetters;

/* Gives the next number, fills the template now in force and stores both files, all in one transaction, also inside the caller's.
 * FORBIDDEN: no coordinator with a second factor. INVALID: problems at recipient or text. CONFIG: the setting of the number's form. */
must_use Error letter_issue(Call *call, const LetterOrder *order, Text *out_ref);
/* FORBIDDEN as above; CONFLICT: it is voided already; INVALID: problem at reason. */
must_use Error letter_void(Call *call, Text ref, Text reason);

/* ---- The register. FORBIDDEN as above. */
/* Newest first; before: id of the last one seen, 0 to begin with. `kind` LETTER_KINDS: all. */
must_use Error letter_list(Call *call, LetterKind kind, int64_t before, int64_t max, IssuedLetters *out);
/* Recorded as a reading of its matter before anything is given; the same holds for letter_file. NOT_FOUND. */
must_use Error letter_open(Call *call, Text ref, IssuedLetter *out);
typedef enum LetterForm { LETTER_WORD, LETTER_PAGES } LetterForm;
/* The file, and its download recorded first. */
must_use Error letter_file(Call *call, Text ref, LetterForm form, Text *out_name, Text *out_bytes);
typedef struct LetterReading {
	Text name;
	int64_t at;
	LetterForm form;
} LetterReading;
typedef LIST_OF(LetterReading) LetterReadings;
must_use Error letter_readings(Call *call, int64_t letter_id, LetterReadings *out); /* the newest hundred, newest first */

/* ---- Templates: a system administrator's */
typedef struct LetterTemplate {
	LetterKind kind;
	int64_t version; /* how many were sent before and with it; 0: the built-in one */
	int64_t added_at;
} LetterTemplate;
must_use Error letter_template_now(Call *call, LetterKind kind, LetterTemplate *out, Text *out_bytes); /* out_bytes may be NULL */
/* Opened in the sandbox. INVALID with a problem at `template`: see docx_fields; a field that does not exist; one that has to be there and is not. */
must_use Error letter_template_put(Call *call, LetterKind kind, Text bytes);

extern const struct RouteTable letter_routes;
