/*
 * blob: files, sealed with the key of their matter, named by a keyed hash of their content: equal files of one matter are stored once, and a
 * name tells nothing. Written in pieces of 64 KiB, so that size costs no memory. A file is on disk before its row exists; a file without a row
 * is an orphan and is swept away later.
 * The store is a directory. What a store has to do is the handful of functions of blob_private.h.
 */
#pragma once
#include "base/crypto/crypto.h"
#include "store/db/db.h"

typedef struct BlobStore BlobStore;
must_use Error blob_store_open(Call *call, const char *folder, BlobStore **out); /* makes the folder */
void blob_store_close(BlobStore **store);

/* ---- All below work with call->house->blobs and call->house->keyring, from any thread. */

/* A file that is complete and on disk, but not yet known to the database. */
typedef struct BlobFile {
	int64_t matter;
	Text name; /* keyed hash, hexadecimal */
	int64_t size; /* of the content, bytes */
	Digest content; /* SHA-256 of the content: evidence, to be sealed like the content */
} BlobFile;

typedef struct BlobWriter BlobWriter; /* lives outside the arena: an upload may outlast a call */
/* NOT_FOUND: no such matter, or destroyed. */
must_use Error blob_writer_open(Call *call, int64_t matter, BlobWriter **out);
/* FULL: the disk is full. IO: writing failed; after a failed fsync every write is refused until restart. */
must_use Error blob_writer_add(Call *call, BlobWriter *writer, Text piece);
must_use Error blob_writer_finish(Call *call, BlobWriter *writer, BlobFile *out); /* once; out lives in call->arena */
void blob_writer_close(BlobWriter **writer); /* drops what was not finished; for scoped() */
must_use Error blob_write(Call *call, int64_t matter, Text content, BlobFile *out); /* all at once */

/* Many at once, each all at once: the disk settles several together. Every key must be committed. The first failure is handed back. */
typedef struct BlobWish {
	int64_t matter;
	Text content;
	BlobFile file; /* what became of it */
} BlobWish;
must_use Error blob_write_many(Call *call, BlobWish *wishes, size_t count);

/* Enters the file into the database, inside db_transact; gives the row that is there already for equal content.
 * Other tables refer to it as blob_file(id). */
must_use Error blob_keep(Call *call, const BlobFile *file, int64_t *out_blob);
/* Takes the row away, inside db_transact. CONFLICT: something still refers to it. The file goes with the next sweep. */
must_use Error blob_remove(Call *call, int64_t blob);

typedef struct Blob {
	int64_t id, matter, size;
	Text name;
} Blob;
must_use Error blob_find(Call *call, int64_t blob, Blob *out);
/* Gives the content piece by piece. NOT_FOUND: no such blob, or the key of its matter is destroyed. CORRUPT: file missing, changed or cut;
 * pieces that were given before are authentic. An error of the sink ends the reading and is handed back. */
typedef Error BlobSink(Call *call, void *context, Text piece);
must_use Error blob_read(Call *call, int64_t blob, BlobSink *sink, void *context);
must_use Error blob_read_file(Call *call, int64_t blob, int file); /* into an open file, such as sandbox_file */
must_use Error blob_load(Call *call, int64_t blob, size_t bytes_max, Text *out); /* whole; TOO_LARGE */

/* ---- Care */
/* One text per fault: row without file, file of the wrong size, file without row that two sweeps left; with `deep` every byte is opened and
 * compared too. */
must_use Error blob_check(Call *call, bool deep, Texts *out_faults);
/* Removes files without a row and unfinished uploads that nobody has touched for a day. */
must_use Error blob_sweep(Call *call, int64_t *out_removed);
/* Name and size on disk of every stored file, for backups: FOLDER/ab/abcd… */
must_use Error blob_store_each(Call *call, Error (*each)(Call *call, void *context, const char *path, Text name), void *context);
