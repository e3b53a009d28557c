/* decision: coded reasons, other libraries, the package that goes there, and what isolates and wipes. Private to this room. */
#pragma once
#include "subject/report/report.h"

typedef struct ReportReason {
	const char *code, *text,
		*rule; /* rule: "collection" of the rule centre, or the name of a law or standard; both English source texts */
	int version; /* of a rule of the rule centre; 0: none */
	const char *article;
} ReportReason;
typedef struct ReportLibrary {
	const char *tag, *name, *address; /* name: English source text; address may be empty */
} ReportLibrary;
enum {
	REASON_COUNT = 0
#define REASON(code, text, rule, version, article, by_hand) +1
#include "subject/report/reason.def"
#undef REASON
	,
	REASONS_BY_HAND = 0 /* they stand first */
#define REASON(code, text, rule, version, article, by_hand) +(by_hand)
#include "subject/report/reason.def"
#undef REASON
	,
	LIBRARY_COUNT = 0
#define LIBRARY(tag, name, address) +1
#include "subject/report/transfer.def"
#undef LIBRARY
};
extern const FormChoice reason_choices[REASON_COUNT];
extern const FormChoice library_choices[LIBRARY_COUNT];
const ReportReason *report_reason(Text code); /* NULL: no such code */
Text report_reason_rule(Arena *arena, Lang lang, const ReportReason *reason);
const ReportLibrary *report_library(Text tag); /* NULL: no such library */

/* ---- Transfer. The manifest is a function of what was sent, so that its hash in the ledger fits whenever the package is made. */
must_use Error transfer_manifest(Call *call, const Report *report, Text library, Text *out);
/* The sealed package of a transferred report: a tar with manifest, report, receipt and files, as package_close makes it; and the passphrase,
 * which goes to the other library by another way. */
typedef struct TransferPackage {
	Text name, passphrase, manifest_sha256;
	int file;
	int64_t size_bytes;
} TransferPackage;
must_use Error transfer_package(
	Call *call, const Report *report, TransferPackage *out); /* the caller closes the file, or replies with it */
Text transfer_passphrase(Call *call, const Report *report);

/* ---- State secrets: everything that was sent is gone, the key first of all; inside the transaction of the action */
must_use Error isolation_wipe(Call *call, int64_t id, int64_t seal_key);
