/*
 * vault: papers that prove who somebody is – licences, stamped authorisations, numbers of identity documents. Each lies under a key of its own,
 * apart from accounts and matters. Only those who verify open one, for a purpose they state; each opening is recorded and shown to whom the paper
 * is about. Once verification is decided it takes a second person. Deleted, nothing opens a paper again; its digest and the dates stay.
 */
#pragma once
#include "store/db/db.h"
#include "store/db/kept.h"

typedef struct VaultOwner {
	const char *kind; /* "person", "organisation" */
	int64_t id;
} VaultOwner;
typedef struct VaultPaper {
	int64_t id, owner_id, size_bytes, added_at, added_by;
	int64_t decided_at, deleted_at; /* 0: not yet */
	Text ref, owner, kind, digest; /* kind: "licence", "authorisation", "identity"; digest: SHA-256 of the content, hexadecimal */
	Text name; /* of the file; no text of what is no file, or is deleted */
	int64_t blob; /* 0: a text, or deleted */
	Text text; /* only where the content was asked for */
} VaultPaper;
typedef LIST_OF(VaultPaper) VaultPapers;

/* ---- For the rooms whose papers they are, which have asked for permission */
/* A file that is read from its start. INVALID at `kind`: empty, or larger than 20 MB. */
must_use Error vault_put_file(Call *call, VaultOwner owner, Text kind, Text name, int file, int64_t size_bytes);
must_use Error vault_put_text(
	Call *call, VaultOwner owner, Text kind, Text text); /* inside db_transact; replaces earlier ones of this kind */
must_use Error vault_papers(Call *call, VaultOwner owner, VaultPapers *out); /* without their content */
must_use Error vault_find(Call *call, Text ref, VaultPaper *out); /* without its content; NOT_FOUND */
/* The content, for whom the paper is about; the room above has asked whether it is. NOT_FOUND: deleted. */
must_use Error vault_own(Call *call, Text ref, VaultPaper *out);
/* Verification is asked for, or decided: the time until deletion runs from the decision. Inside db_transact. */
must_use Error vault_asked(Call *call, VaultOwner owner);
must_use Error vault_decided(Call *call, VaultOwner owner);
must_use Error vault_delete_all(Call *call, VaultOwner owner); /* inside db_transact */

/* ---- For those who verify: coordinators with a session and a second factor, never about themselves. NOT_FOUND for everybody else. */
typedef struct VaultPurpose {
	const char *tag, *text; /* text: English source text */
} VaultPurpose;
extern const VaultPurpose vault_purposes[];
extern const size_t vault_purpose_count;
const char *vault_purpose_text(Text tag); /* the tag itself is never shown: "" for an unknown one */
must_use Error vault_look(Call *call, Text ref, VaultPaper *out); /* that there is one, and whether a second person is needed; no content */
/* The content. INVALID with a problem at "purpose". CONFLICT: verification is decided, and no second person has agreed within the last day, or it
 * was opened on that already. */
must_use Error vault_open(Call *call, Text ref, Text purpose, VaultPaper *out);
must_use Error vault_ask(
	Call *call, Text ref, Text purpose, Text reason); /* INVALID: purpose, reason; CONFLICT: need not be asked for, or waits */
must_use Error vault_decide(Call *call, Text opening_ref, bool granted); /* FORBIDDEN: the one who asked, or whom it is about */

typedef struct VaultOpening {
	int64_t id, person_id, decided_by, asked_at, decided_at, opened_at; /* 0: not yet, nobody */
	Text ref, paper_ref, kind, owner, purpose, state, reason;
	int64_t owner_id;
} VaultOpening;
typedef LIST_OF(VaultOpening) VaultOpenings;
must_use Error vault_waiting(Call *call, VaultOpenings *out); /* what a second person is asked for; at most 100 */
/* Of all papers of this owner, newest first, for whom they are about. before: id of the last one seen, 0 to begin with. */
must_use Error vault_openings(Call *call, VaultOwner owner, int64_t before, int64_t max, VaultOpenings *out);

/* ---- For the retention rules: what was decided about and is not deleted */
must_use Error vault_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error vault_delete(Call *call, Text ref); /* inside db_transact; destroys its key. Again is the same. */

/* Given once at start: an opening is told to whom the paper is about; inside the transaction. */
typedef Error VaultTell(Call *call, VaultOwner owner, Text paper_ref);
void vault_set_tell(VaultTell *tell);
