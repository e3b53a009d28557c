/*
 * certificate: what the library certifies, as one mechanism for support units and for original finds. The register is the truth: a certificate
 * has a number that is never used again, says from when to when it holds, and is active, suspended, revoked, expired or replaced. The file for
 * printing is signed, and bears the proof that its entry stands in the ledger. Who may issue or revoke is the business of the subject that calls.
 */
#pragma once
#include "base/crypto/stamp.h"

struct RouteTable;
extern const struct RouteTable certificate_routes, certificate_api_routes;

typedef enum CertificateKind { CERTIFICATE_UNIT, CERTIFICATE_FIND, CERTIFICATE_KINDS } CertificateKind;
const char *certificate_kind_tag(CertificateKind kind); /* "unit": stored, in addresses */
const char *certificate_kind_text(CertificateKind kind); /* English source text */
must_use bool certificate_kind_parse(Text tag, CertificateKind *out);
const char *certificate_direction_text(Text direction); /* "technical", "partner": English source text */

typedef struct CertificateOrder {
	CertificateKind kind;
	int64_t organisation_id, person_id; /* 0: none */
	Text holder, holder_en, credit_code; /* as they are printed */
	Text direction; /* of a unit */
	int64_t stars;
	Text subject, class_tag, level; /* of a find: its archived number, tags of its class of weakness and of its level */
	Text document; /* number of the decision it rests on */
	Text replaces; /* number of the one it takes the place of; may be empty */
	int64_t from_at, until_at; /* until_at 0: without end */
} CertificateOrder;
typedef struct Certificate {
	CertificateOrder is;
	int64_t id, issued_at, seal_key, event_id, file_blob; /* file_blob 0: not made yet */
	Text number, state, record, file_sha256; /* record: what the ledger's entry is the hash of */
} Certificate;
typedef LIST_OF(Certificate) Certificates;

/* ---- Inside db_transact; the caller has decided that it may be done. */
/* Gives the next number of kind and year. The one it replaces becomes REPLACED. CONFIG: the setting of the number's form. */
must_use Error certificate_issue(Call *call, const CertificateOrder *order, Text *out_number);
/* One row of the table: suspend, resume, revoke, expire, replace. CONFLICT: it is in no state for that. Reason and document are shown. */
must_use Error certificate_act(Call *call, Text number, const char *action, Text reason, Text document);

/* ---- For everybody */
must_use Error certificate_find(Call *call, Text number, Certificate *out); /* NOT_FOUND */
/* Whether it holds now: active, and within its days. */
bool certificate_holds(const Certificate *certificate, int64_t now);
typedef struct CertificateState {
	const char *name, *text, *tone;
} CertificateState;
/* As it stands now: an active one whose days are over reads as expired, whoever has not come by yet to write it down. */
const CertificateState *certificate_state(const Certificate *certificate, int64_t now);
typedef struct CertificateQuery {
	CertificateKind kind; /* CERTIFICATE_KINDS: all */
	Text words; /* a whole number, or a part of the holder's name; empty: all */
	int64_t before; /* id of the last one seen, 0 to begin with */
} CertificateQuery;
must_use Error certificate_list(Call *call, const CertificateQuery *query, int64_t max, Certificates *out); /* newest first */
must_use Error certificate_list_of(Call *call, int64_t organisation_id, int64_t max, Certificates *out); /* newest first */
/* Of finds, newest first. before: id of the last one seen, 0 to begin with. */
must_use Error certificate_list_of_finder(Call *call, int64_t person_id, int64_t before, int64_t max, Certificates *out);
typedef struct CertificateStep {
	int64_t at;
	Text action, state, reason, document;
} CertificateStep;
typedef LIST_OF(CertificateStep) CertificateSteps;
must_use Error certificate_steps(Call *call, int64_t certificate_id, CertificateSteps *out);
const char *certificate_action_text(Text action); /* English source text, for the history */
must_use Error certificate_proof(Call *call, const Certificate *certificate, Text *out); /* receipt of the ledger */

/* ---- The file */
/* Whether the actor is its holder, or of the office with second factor. */
bool certificate_may_fetch(const Certificate *certificate, const Actor *actor);
/* NOT_FOUND: not theirs. BUSY: not made yet. */
must_use Error certificate_file(Call *call, Text number, Text *out_name, Text *out_bytes);
/* Makes the files of those whose entry is in the ledger's tree by now, at most `max`; for a job. Nothing happens without a key for documents. */
must_use Error certificate_make_files(Call *call, int64_t max, int64_t *out_count);

/* What somebody brought, looked at without opening it: by its hash, or as a proof. */
typedef struct CertificateCheck {
	enum { CHECK_UNKNOWN, CHECK_FILE, CHECK_PROOF } what; /* CHECK_FILE: byte by byte what the library signed */
	const char *why; /* of a proof that does not hold: English source text */
	Certificate certificate; /* unless CHECK_UNKNOWN */
	Stamped signed_by; /* CHECK_FILE */
} CertificateCheck;
must_use Error certificate_check(Call *call, Text bytes, CertificateCheck *out);
