/*
 * zip: archives in memory, through libzip; nothing is ever written to a temporary file. The reader is for archives that were inspected
 * (base/sandbox/inspect.h) or for the sandbox's child.
 */
#pragma once
#include "base/base/base.h"

typedef struct ZipEntry {
	Text name, content;
} ZipEntry;
typedef LIST_OF(ZipEntry) ZipEntries;

/* An archive of these entries in this order, each dated `at` (Unix milliseconds). INTERNAL: libzip refuses. */
must_use Error zip_pack(Call *call, const ZipEntry *entries, size_t count, int64_t at, Text *out);
/* All files of an archive. INVALID: it is damaged, encrypted, or names an entry twice. TOO_LARGE: more than `max_entries`, or more than
 * `max_bytes` unpacked, by what is really unpacked. */
must_use Error zip_unpack(Call *call, Text archive, size_t max_entries, size_t max_bytes, ZipEntries *out);
