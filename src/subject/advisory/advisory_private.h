/* What the files of this room share. */
#pragma once
#include "engine/likeness/tokens.h"
#include "subject/advisory/advisory.h"

/* ---- Readers of documents: pure. False: refused, and why, in English. Texts borrow from the document or the arena. */
bool cve5_read(Arena *arena, Text document, AdvisoryDraft *out, Text *out_why);
bool cnvd_read(Arena *arena, Text document, AdvisoryDraft *out, Text *out_why);
bool advisory_read_form(Arena *arena, AdvisoryForm form, Text document, AdvisoryDraft *out, Text *out_why);
/* The document in the form whose digest is taken: white space that means nothing is gone. */
bool advisory_form_parse(Text tag, AdvisoryForm *out);

/* ---- Small helpers of the readers */
AdvisoryDraft draft_empty(void); /* no text in it is NULL */
bool refuse(Text *out_why, const char *why); /* false */
Text clean_text(Arena *arena, Text text); /* trimmed, without control characters but line feed and tab; never at == NULL */
bool texts_has(const Texts *texts, Text text);
void texts_add_new(Arena *arena, Texts *texts, Text text); /* not twice, not empty */
bool is_identifier(Text text); /* letters, digits, - . _ and at most 100 of them */
bool is_cve_number(Text text);
Text identifier_upper(Arena *arena, Text text);
Text title_from(Arena *arena, Text description); /* its first sentence, at most 120 characters */
Text level_of_score(int64_t score_tenths, bool version_2);
void add_platforms_of(Arena *arena, Texts *platforms, Text text); /* android, ios … named in a text */

/* ---- Records */
Text record_key(AdvisoryForm form, const AdvisoryDraft *draft);
/* Puts documents together; they come in order of precedence. */
void record_combine(
	Arena *arena, Text identifier, const AdvisoryDraft *drafts, const AdvisoryForm *forms, size_t count, AdvisoryDraft *out);
void record_tokens(TokenSet *set, const AdvisoryDraft *record);
/* Sorts as (time, tie); the tie follows from the identifier, so that the order of imports does not matter. */
int64_t record_position(const AdvisoryDraft *record);

/* The row of a record; what it needs lives in `arena`. */
void record_finish(Arena *scratch, Arena *arena, const AdvisoryDraft *draft, AdvisoryRecord *out);

/* What one of our own documents changed against the one before it; documents by their digests. */
must_use Error revision_changes(Call *call, Text number, Text before_digest, Text after_digest, AdvisoryRevision *out);

/* ---- zlib */
typedef struct Packer Packer;
Packer *packer_new(void);
void packer_free(Packer **packer);
Text packer_pack(Packer *packer, Arena *arena, Text bytes);
must_use bool unpack(Arena *arena, Text packed, Text *out);
