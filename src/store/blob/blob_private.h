/* blob: what its files share. */
#pragma once
#include "store/blob/blob.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
	BLOB_CHUNK_BYTES = 64 * 1024, /* of content, in one envelope */
	BLOB_HEADER_BYTES = 24, /* "CAPPVD1", algorithm, 16 random bytes that tie the chunks to this file */
	BLOB_KEPT_MILLISECONDS = 24 * 3600 * 1000,
};

/* ---- directory.c: the store. Names are hexadecimal; a file appears under its name complete or not at all. */
struct BlobStore {
	char *folder;
	pthread_mutex_t naming; /* a sweep and a new file of the same name exclude one another */
	atomic_bool broken; /* an fsync failed */
};
void descriptor_close(const int *descriptor);
must_use Error store_create(Call *call, BlobStore *store, int *out_file, char **out_path); /* a temporary file; free the path */
must_use Error store_write(Call *call, BlobStore *store, int file, Text bytes);
must_use Error store_publish(Call *call, BlobStore *store, int file, const char *path, Text name); /* durable under its name */
must_use Error store_open_file(Call *call, BlobStore *store, Text name, int *out_file); /* CORRUPT: missing */
/* Not written for so long, by the clock of the file system that stamped it. */
bool store_untouched_for(Call *call, const char *path, int64_t milliseconds);
must_use Error store_sweep_one(Call *call, BlobStore *store, const char *path, Text name, bool *out_removed);
must_use Error store_sweep_unfinished(Call *call, BlobStore *store, int64_t *out_removed);

/* ---- format.c */
typedef struct BlobKeys {
	Key name, file;
} BlobKeys;
void blob_keys_wipe(BlobKeys *keys);
must_use Error blob_keys(Call *call, int64_t matter, BlobKeys *out);
Text blob_name(Arena *arena, const BlobKeys *keys, const Digest *content);
size_t blob_overhead(EnvelopeKind kind); /* bytes an envelope adds to a chunk */
/* What a chunk's envelope is bound to. */
Text blob_about(Arena *arena, const unsigned char *file_id, uint64_t index, bool last);
int64_t blob_file_bytes(EnvelopeKind kind, int64_t size); /* on disk, of content of this size */
