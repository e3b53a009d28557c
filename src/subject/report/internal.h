/*
 * internal: what the library found out by itself (内部线索), entered when it arose, and the decision that a report is known internally. Only what was
 * entered earlier proves it: number, instant, and the ledger's entry, which also holds the digest of a document that is kept elsewhere. One
 * coordinator proposes, another one confirms; the reporter sees number, instant and proof, and never the content.
 */
#pragma once
#include "subject/report/report.h"

extern const Form internal_form; /* title, content, document_sha256 */
typedef struct InternalRecord {
	int64_t id, person_id, seal_key, event_id, entered_at;
	Text ref, title, content, document_sha256, person; /* document_sha256: may be empty; person: who entered it */
} InternalRecord;
typedef LIST_OF(InternalRecord) InternalRecords;

/* By coordinators and those who verify, with second factor. INVALID with problems at the fields. */
must_use Error internal_enter(Call *call, const Map *values, Text *out_ref);
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

extern const struct RouteTable internal_routes;
