/*
 * letter: what the office sends on paper or as a file. A letter is made of a template of Word, has a number that follows the one before it within
 * kind and year, is kept as DOCX and PDF sealed for its matter, and stays in the register for ever: a wrong one is voided, its number never used again.
 * One person drafts it, another one issues it: coordinators at the desk of the library, secretaries at the desk of the selection programme, where
 * supervisors read and approve too. Whether the actor may see the matter is the subject's business.
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
typedef enum LetterDesk { LETTER_LIBRARY, LETTER_PROGRAMME } LetterDesk; /* LETTER_PROGRAMME: never on the pages of this room */
LetterDesk letter_kind_desk(LetterKind kind);
bool letter_kind_is_sheet(LetterKind kind); /* it is printed and filled in by hand: no number, and nobody issues it */
/* Roles that write it, and are told of a draft: coordinators at the desk of the library, secretaries at that of the programme, but supervisors write
 * what answers a complaint about staff, which nobody else sees. */
uint32_t letter_kind_writers(LetterKind kind);
const char *letter_kind_tag(LetterKind kind); /* "notice": stored, in addresses */
const char *letter_kind_name(LetterKind kind); /* English source text */
must_use bool letter_kind_parse(Text tag, LetterKind *out);

/* ---- Two people: one writes a draft, another one approves it; only then does it get a number, and the seal. */
typedef struct LetterOrder {
	LetterKind kind;
	const char *machine; /* of the subject, with its id and key */
	int64_t subject_id, seal_key;
	Text matter; /* the number people know the matter by */
	Text recipient;
	Text product, text, deadline, link, claim_code; /* what the kind's template may name; empty where there is nothing to say */
	const DocxField *more; /* fields beyond these */
	size_t more_count;
	const DocxList *lists;
	size_t list_count;
	bool wants_seal; /* the image of the seal on the PDF; the file for Word never bears it */
} LetterOrder;
typedef struct IssuedLetter {
	int64_t id, issued_at, voided_at; /* voided_at 0: it stands */
	int64_t seal_key, word_blob, page_blob;
	Text ref, number, matter, machine;
	Text recipient, reason; /* reason: why it was voided */
	Text drafter, issuer; /* names: who wrote it, who approved it */
	bool has_seal;
	LetterKind kind;
} IssuedLetter;
typedef LIST_OF(IssuedLetter) IssuedLetters;

/* FORBIDDEN: nobody of the kind's desk, with a second factor. INVALID: problems at recipient, text, or wants_seal when there is no image of it. */
must_use Error letter_draft(Call *call, const LetterOrder *order, Text *out_ref);
typedef struct LetterDraft {
	LetterOrder order;
	int64_t id, drafted_at, decided_at; /* decided_at 0: it waits */
	Text ref, state, drafter, decider, reason; /* state: waiting issued refused withdrawn; reason: why it was refused */
	Text letter; /* ref of what was issued; empty: nothing */
	bool is_own;
} LetterDraft;
typedef LIST_OF(LetterDraft) LetterDrafts;
/* Newest first, of one state; before: id of the last one seen, 0 to begin with. */
must_use Error letter_draft_list(Call *call, LetterDesk desk, Text state, int64_t before, int64_t max, LetterDrafts *out);
must_use Error letter_draft_open(
	Call *call, LetterDesk desk, Text ref, LetterDraft *out); /* recorded as a reading of its matter; NOT_FOUND */
must_use Error letter_draft_pages(
	Call *call, LetterDesk desk, Text ref, Text *out_bytes); /* as it will be, without number and seal; likewise recorded */
must_use Error letter_drafts_waiting(Call *call, int64_t *out_count); /* of the library that the actor may decide about; at most 100 */
/* Gives the next number, fills the template now in force and stores both files, all in one transaction.
 * FORBIDDEN: as above, or one's own draft. CONFLICT: it is decided. CONFIG: the setting of the number's form. */
must_use Error letter_approve(Call *call, LetterDesk desk, Text ref, Text *out_letter);
/* One's own draft is withdrawn, without a reason. CONFLICT as above; INVALID: problem at reason. */
must_use Error letter_refuse(Call *call, LetterDesk desk, Text ref, Text reason);
/* FORBIDDEN as above; CONFLICT: it is voided already; INVALID: problem at reason. */
must_use Error letter_void(Call *call, LetterDesk desk, Text ref, Text reason);

/* ---- For subjects, which have asked who may */
/* In the caller's transaction, without a draft: what another operation has entered by one and decided by another person, the actor. */
must_use Error letter_issue(Call *call, const LetterOrder *order, int64_t entered_by, IssuedLetter *out);
typedef enum LetterForm { LETTER_WORD, LETTER_PAGES } LetterForm;
/* The template filled, with this number or without one; kept nowhere. */
must_use Error letter_document(Call *call, const LetterOrder *order, Text number, LetterForm form, Text *out_bytes);
/* The last letter of a kind about a subject that stands. */
must_use Error letter_latest(Call *call, LetterKind kind, const char *machine, int64_t subject_id, IssuedLetter *out, bool *out_found);
/* A letter for whom it was sent to: recorded as the download of whoever reads. */
must_use Error letter_give(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes);
/* The same for who must not be named: by a claim code, or an account that nobody else knows of. That it was fetched is recorded, not by whom. */
must_use Error letter_give_unnamed(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes);
/* The same of one that is public: nobody is recorded. */
must_use Error letter_bytes(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes);
typedef struct
	LetterAbout { /* what a draft or a letter is about, for a subject that asks whether the actor may see it; nothing is recorded */
	LetterKind kind;
	Text machine, matter;
} LetterAbout;
/* By the ref of a draft or of a letter. FORBIDDEN: nobody of the desk. NOT_FOUND. */
must_use Error letter_about(Call *call, LetterDesk desk, Text ref, bool is_draft, LetterAbout *out);
typedef struct LetterStand { /* what became of a draft */
	LetterKind kind;
	Text state, recipient, letter, number; /* letter, number: of what was issued; empty */
	int64_t at; /* of the last step */
	bool is_voided;
} LetterStand;
must_use Error letter_stand(Call *call, Text draft_ref, LetterStand *out);

/* ---- The register. FORBIDDEN as above. */
typedef struct LetterQuery {
	LetterKind kind; /* LETTER_KINDS: all */
	LetterDesk desk;
	int64_t year; /* 0: all */
	Text words; /* the whole number of a letter or of a matter; empty: all */
	int64_t before; /* id of the last one seen, 0 to begin with */
} LetterQuery;
must_use Error letter_list(Call *call, const LetterQuery *query, int64_t max, IssuedLetters *out); /* newest first */
/* Recorded as a reading of its matter before anything is given; the same holds for letter_file. NOT_FOUND. */
must_use Error letter_open(Call *call, LetterDesk desk, Text ref, IssuedLetter *out);
/* The file, and its download recorded first. */
must_use Error letter_file(Call *call, LetterDesk desk, Text ref, LetterForm form, Text *out_name, Text *out_bytes);
typedef struct LetterReading {
	Text name; /* empty: whom it was sent to, without a name */
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

/* ---- The seal: its image, sealed; a system administrator's. It is put on what two coordinators decided and shown nowhere else. */
typedef struct LetterSeal {
	int64_t added_at; /* 0: there is none */
	Text adder;
} LetterSeal;
must_use Error letter_seal_now(Call *call, LetterSeal *out);
/* For what two people decided in another room of the office. CONFLICT: there is none. */
must_use Error letter_seal_bytes(Call *call, Text *out_png);
/* INVALID with a problem at `seal`: no PNG, over 512 KiB, over 2,000 pixels. Opened in the sandbox. */
must_use Error letter_seal_put(Call *call, Text png);

/* What a template of this kind may name, and whether it has to. `at` from 0; false: no more. */
typedef struct LetterFieldFacts {
	const char *name, *text;
	bool is_needed;
} LetterFieldFacts;
bool letter_field(LetterKind kind, size_t at, LetterFieldFacts *out);

extern const struct RouteTable letter_routes, letter_draft_routes, letter_api_routes;
