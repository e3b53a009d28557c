/*
 * feed: documents of others in, lists and records for machines out.
 *
 * An import reads, normalises, compresses and tokenises on a thread of its own while the caller's thread inserts, 1,000 documents a
 * transaction: nobody else who writes waits long for it. How far a file has come is written in the same transaction, so an interrupted
 * import goes on where it was; what is there already is not changed. A document that is refused is named and the rest goes in.
 */
#pragma once
#include "subject/advisory/advisory.h"

enum { IMPORT_BATCH_DOCUMENTS = 1000, IMPORT_BATCH_BYTES = 48 * 1024 * 1024 };

typedef struct ImportOptions {
	AdvisoryForm form; /* FORM_COUNT: seen from the content */
	const Text *paths; /* files and folders; of folders .json, .jsonl, .ndjson and .xml, also .gz */
	size_t path_count;
	FILE *talk; /* progress and refusals; NULL: none */
	bool on_terminal; /* a bar that is drawn anew instead of lines */
} ImportOptions;
typedef struct ImportSummary {
	int64_t files, documents, added, changed, unchanged, refused, milliseconds;
	int64_t resumed; /* documents of earlier, interrupted imports that were not read again */
} ImportSummary;
/* NOT_FOUND: a path does not exist. IO: it cannot be read. What was committed before stays. */
must_use Error import_run(Call *call, const ImportOptions *options, ImportSummary *out);

/* ---- For programs that measure: the finished documents, in the order in which an import would insert them, without a database. */
typedef struct ImportBatch {
	AdvisoryFinished *at;
	size_t count;
} ImportBatch;
must_use Error import_read(
	Call *call, const ImportOptions *options, Error (*take)(Call *call, const ImportBatch *batch, void *argument), void *argument);
