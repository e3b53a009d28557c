/*
 * internal: what the library found out by itself (内部线索), entered when it arose, and the decision that a report is known internally. Only what was
 * entered earlier proves it: number, instant, and the ledger's entry, which also holds the digest of a document; or a time stamp (RFC 3161) over that
 * document, by an authority that the administrator trusts, of an earlier instant. One coordinator proposes, another one confirms; the reporter sees
 * number, instant and proof (the ledger's receipt, and the token, which holds a hash alone), and never the content.
 */
#pragma once
#include "base/sandbox/sandbox.h"
#include "subject/report/report.h"

extern const Form internal_form; /* title, content, document_sha256 */
extern const SandboxWork internal_stamp_work; /* SANDBOX_TIMESTAMP */
typedef struct InternalStamp {
	int64_t at, accuracy_ms; /* as the authority states it */
	Text token, by, serial, policy, hash; /* token: DER; no text: there is no time stamp */
} InternalStamp;
typedef struct InternalRecord {
	int64_t id, person_id, seal_key, event_id, entered_at;
	int64_t proven_at; /* entered_at, or the latest instant that the time stamp allows, whichever is earlier */
	Text ref, title, content, document_sha256, person; /* document_sha256: may be empty; person: who entered it */
	InternalStamp stamp;
} InternalRecord;
typedef LIST_OF(InternalRecord) InternalRecords;

/* By coordinators and those who verify, with second factor. INVALID with problems at the fields. */
must_use Error internal_enter(Call *call, const Map *values, Text *out_ref);
enum { INTERNAL_DOCUMENT_MIB = 32 };
typedef struct InternalFile {
	Text name;
	int descriptor; /* of its bytes, from their start */
	int64_t size_bytes; /* 0: there is none */
} InternalFile;
typedef struct InternalNew {
	const Map *values;
	InternalFile document, stamp; /* stamp: over the document, or over what document_sha256 is of */
	Text key; /* Idempotency-Key; may be empty */
} InternalNew;
/* The same with its files: the document sealed, the time stamp verified. INVALID also at "document" and "timestamp".
 * repeated: the same key gave this record before. */
must_use Error internal_enter_with(Call *call, const InternalNew *new, Text *out_ref, bool *out_repeated);
must_use Error internal_files(Call *call, const InternalRecord *record, Attachments *out); /* its document, or none */
AttachmentOwner internal_owner(const InternalRecord *record);
must_use Error internal_open(Call *call, Text ref, InternalRecord *out); /* coordinators, and who entered it; NOT_FOUND */
/* Newest first; before: id of the last one seen, 0 to begin with. */
must_use Error internal_list(Call *call, int64_t before, int64_t max, InternalRecords *out);
must_use Error internal_receipt(Call *call, const InternalRecord *record, Text *out); /* signed; says nothing of the content */

/* The proposal that waits for its confirmation; ref empty: none. For coordinators. */
typedef struct KnownProposal {
	Text ref, record, person; /* record: its ref; person: who proposed it */
	int64_t proposed_by, proposed_at;
} KnownProposal;
must_use Error report_known_proposal(Call *call, const Report *report, KnownProposal *out);
/* The proof of what an own report is said to repeat: of the earlier report's reception, or of the internal record. NOT_FOUND: it repeats nothing. */
must_use Error report_earlier_proof(Call *call, const Report *report, Text *out);
/* The token of the time stamp over the internal record's document. NOT_FOUND: it has none. */
must_use Error report_earlier_stamp(Call *call, const Report *report, Text *out);

extern const struct RouteTable internal_routes, internal_api_routes;
