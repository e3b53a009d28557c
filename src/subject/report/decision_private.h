/* decision: the package that goes there, and what isolates and wipes. Private to this room. */
#pragma once
#include "subject/report/report.h"

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
