/*
 * masking: personal data and secrets in a text that is about to be shown to others. What it finds is a proposal; a person decides.
 *
 *   identity card   18 digits with region, date and check digit (GB 11643-1999); the old form of 15 digits
 *   mobile, landline  number ranges of the numbering plan, with +86, blanks, dashes, brackets
 *   bank card       13 to 19 digits of known issuers that pass Luhn (ISO/IEC 7812-1)
 *   mail address, passport and permits (after a word that says so), vehicle plate (GA 36), credit code of a sole trader (GB 32100),
 *   address of a machine (IPv4)
 *   secrets         cookies, authorization headers, JWTs, bearer tokens, private keys, keys of cloud services, values of fields that
 *                   are called password, token, session and the like
 * Full and half width are equal everywhere.
 */
#pragma once
#include "base/base/base.h"

typedef enum MaskKind {
	MASK_IDENTITY,
	MASK_MOBILE,
	MASK_LANDLINE,
	MASK_BANK,
	MASK_MAIL,
	MASK_PASSPORT,
	MASK_PLATE,
	MASK_TRADER,
	MASK_MACHINE,
	MASK_SECRET,
	MASK_KINDS,
} MaskKind;
/* What is looked for in what people send: all but addresses of machines, which a report is about. */
enum { MASK_PERSONAL = ((1u << MASK_KINDS) - 1) & ~(1u << MASK_MACHINE) };
const char *mask_kind_text(MaskKind kind); /* "Identity card number", to be translated */
const char *mask_kind_name(MaskKind kind); /* "identity": for machines */

typedef struct MaskSpan { /* bytes of the text */
	size_t from, to;
	MaskKind kind;
} MaskSpan;
typedef LIST_OF(MaskSpan) MaskSpans;

/* In the order of the text, none over another. The text is UTF-8; what is not is looked at as it stands. */
MaskSpans masking_find(Arena *arena, Text text);
/* Those of the kinds whose bit (1u << kind) is set in bits. */
MaskSpans masking_of_kinds(Arena *arena, const MaskSpans *spans, unsigned bits);
/* The text with every span replaced by MASK_BLOCK, whose length tells nothing. Spans in order, as masking_find gives them. */
#define MASK_BLOCK "██████"
Text masking_apply(Arena *arena, Text text, const MaskSpans *spans);
/* The same, but of each number and address stays by what its owner knows it again: first and last signs of an identity card (3, 4), a mobile (3, 4),
 * a landline (0, 2), a bank card (6, 4: PCI DSS 4.0, 3.4.1), a passport (1, 2), a plate (2, 1), a trader (2, 2), first sign and domain of a mail
 * address. Of secrets and machines nothing stays. MASK_STARS between them, however long it was. */
#define MASK_STARS "****"
Text masking_hide(Arena *arena, Text text, const MaskSpans *spans);

/* How many of each kind. As text: "identity=1 mobile=2", in the order of the kinds; empty: none. */
typedef struct MaskCounts {
	int64_t of[MASK_KINDS];
} MaskCounts;
MaskCounts masking_count(const MaskSpans *spans);
Text masking_counts_text(Arena *arena, const MaskCounts *counts);
bool masking_counts_parse(Text text, MaskCounts *out); /* false: not such a text */
