/* Rows, reading and care. */
#include "store/blob/blob.h"

#include "store/blob/blob.sql.h"
#include "store/blob/blob_private.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

Error blob_keep(Call *call, const BlobFile *file, int64_t *out_blob)
{
	must(db_in_transaction(call));
	BlobRow row;
	bool found;
	TRY(blob_insert(call, file->matter, file->name, file->size, call->now, &row, &found));
	if (!found) TRY(blob_by_name(call, file->name, &row, &found));
	if (!found) return fail(call, CONFLICT, "blob %.*s was removed meanwhile", TEXT_ARGS(file->name));
	*out_blob = row.id;
	return OK;
}

Error blob_remove(Call *call, int64_t blob)
{
	int64_t changed;
	TRY(blob_delete(call, blob, &changed));
	return changed == 1 ? OK : fail(call, NOT_FOUND, "blob %lld", (long long)blob);
}

Error blob_find(Call *call, int64_t blob, Blob *out)
{
	BlobRow row;
	TRY(blob_row(call, blob, &row));
	*out = (Blob) { .id = row.id, .matter = row.matter, .size = row.size, .name = row.name };
	return OK;
}

typedef struct Reading {
	const BlobRow *row;
	int file;
	EnvelopeKind kind;
	unsigned char file_id[16];
	BlobKeys keys;
	int64_t size;
} Reading;

static void reading_close(Reading *reading)
{
	descriptor_close(&reading->file);
	blob_keys_wipe(&reading->keys);
}

static Error read_exactly(Call *call, int file, char *at, size_t length)
{
	for (size_t done = 0; done < length;) {
		ssize_t got = read(file, at + done, length - done);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return fail(call, IO, "blob: %s", strerror(errno));
		if (got == 0) return fail(call, CORRUPT, "a blob ends early");
		done += (size_t)got;
	}
	return OK;
}

static Error reading_begin(Call *call, Reading *reading)
{
	char header[BLOB_HEADER_BYTES];
	struct stat status;
	TRY(blob_keys(call, reading->row->matter, &reading->keys));
	TRY(store_open_file(call, call->house->blobs, reading->row->name, &reading->file));
	TRY(read_exactly(call, reading->file, header, sizeof(header)));
	reading->kind = (EnvelopeKind)header[7];
	if (memcmp(header, "CAPPVD1", 7) != 0 || (reading->kind != ENVELOPE_XCHACHA20 && reading->kind != ENVELOPE_SM4))
		return fail(call, CORRUPT, "blob %.*s has no header", TEXT_ARGS(reading->row->name));
	memcpy(reading->file_id, header + 8, sizeof(reading->file_id));
	if (fstat(reading->file, &status) != 0 || status.st_size != blob_file_bytes(reading->kind, reading->row->size))
		return fail(call, CORRUPT, "blob %.*s has the wrong size", TEXT_ARGS(reading->row->name));
	return OK;
}

static Error read_chunk(Call *call, Arena *arena, const Reading *reading, int64_t at, Text *out)
{
	int64_t left = reading->row->size - at;
	bool last = left <= BLOB_CHUNK_BYTES;
	size_t length = (last ? (size_t)left : BLOB_CHUNK_BYTES) + blob_overhead(reading->kind);
	char *buffer = arena_alloc(arena, length);
	TRY(read_exactly(call, reading->file, buffer, length));
	Text about = blob_about(arena, reading->file_id, (uint64_t)(at / BLOB_CHUNK_BYTES), last);
	if (!envelope_open(arena, &reading->keys.file, about, (Text) { buffer, length }, out))
		return fail(call, CORRUPT, "blob %.*s was changed", TEXT_ARGS(reading->row->name));
	return OK;
}

static Error read_row(Call *call, const BlobRow *row, BlobSink *sink, void *context)
{
	Reading reading scoped(reading_close) = { .row = row, .file = -1 };
	Sha256 *content scoped(sha256_free) = sha256_new();
	TRY(reading_begin(call, &reading));
	Arena *chunk scoped(arena_free) = arena_new(ARENA_CEILING);
	int64_t at = 0;
	do {
		Text piece;
		TRY(read_chunk(call, chunk, &reading, at, &piece));
		sha256_add(content, piece);
		at += (int64_t)piece.length;
		if (sink) TRY(sink(call, context, piece));
		arena_release(chunk, (ArenaMark) { 0 });
	} while (at < row->size);
	Digest digest = sha256_finish(content);
	if (!text_is(blob_name(call->arena, &reading.keys, &digest), row->name))
		return fail(call, CORRUPT, "blob %.*s holds another file", TEXT_ARGS(row->name));
	return OK;
}

Error blob_read(Call *call, int64_t blob, BlobSink *sink, void *context)
{
	BlobRow row;
	TRY(blob_row(call, blob, &row));
	return read_row(call, &row, sink, context);
}

static Error sink_to_file(Call *call, void *context, Text piece)
{
	const int *file = context;
	for (size_t done = 0; done < piece.length;) {
		ssize_t got = write(*file, piece.at + done, piece.length - done);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return fail(call, IO, "blob: %s", strerror(errno));
		done += (size_t)got;
	}
	return OK;
}

Error blob_read_file(Call *call, int64_t blob, int file) { return blob_read(call, blob, sink_to_file, &file); }

typedef struct Loading {
	char *at;
	size_t length;
} Loading;

static Error sink_to_memory(Call *call, void *context, Text piece)
{
	(void)call;
	Loading *loading = context;
	memcpy(loading->at + loading->length, piece.at, piece.length);
	loading->length += piece.length;
	return OK;
}

Error blob_load(Call *call, int64_t blob, size_t bytes_max, Text *out)
{
	BlobRow row;
	TRY(blob_row(call, blob, &row));
	if ((uint64_t)row.size > bytes_max) return fail(call, TOO_LARGE, "blob of %lld bytes", (long long)row.size);
	Loading loading = { .at = arena_alloc(call->arena, (size_t)row.size + 1) };
	TRY(read_row(call, &row, sink_to_memory, &loading));
	*out = (Text) { loading.at, loading.length };
	return OK;
}

/* Faults live in the caller's arena, all else in one that is emptied again and again. */
typedef struct Checking {
	Arena *faults_arena;
	Texts faults;
	bool deep;
} Checking;

/* Header and length only; with `deep` all of it. */
static Error check_row(Call *call, const BlobRow *row, Checking *checking)
{
	Reading reading scoped(reading_close) = { .row = row, .file = -1 };
	Error error = checking->deep ? read_row(call, row, NULL, NULL) : reading_begin(call, &reading);
	if (error != ERROR_CORRUPT && error != ERROR_NOT_FOUND) return error; /* not found: the key is destroyed, nothing to compare */
	if (error == ERROR_CORRUPT)
		list_add(checking->faults_arena, &checking->faults, arena_copy(checking->faults_arena, call->failure.detail));
	call_recover(call);
	return OK;
}

static Error check_rows(Call *call, Checking *checking)
{
	enum { ROWS_AT_ONCE = 500 };
	for (int64_t after = 0;;) {
		ArenaMark mark = arena_mark(call->arena);
		BlobRows rows;
		TRY(blob_page(call, after, ROWS_AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) TRY(check_row(call, &rows.at[i], checking));
		if (rows.count < ROWS_AT_ONCE) return OK;
		after = rows.at[rows.count - 1].id;
		arena_release(call->arena, mark);
	}
}

static Error is_orphan(Call *call, Text name, bool *out)
{
	ArenaMark mark = arena_mark(call->arena);
	BlobRow row;
	bool found;
	TRY(blob_by_name(call, name, &row, &found));
	arena_release(call->arena, mark);
	*out = !found;
	return OK;
}

/* A young one is a file whose row is being written, in a copy of a running library too; one that two sweeps left is a fault. */
static Error find_orphan(Call *call, void *context, const char *path, Text name)
{
	Checking *checking = context;
	bool orphan;
	if (!store_untouched_for(call, path, 2 * (int64_t)BLOB_KEPT_MILLISECONDS)) return OK;
	TRY(is_orphan(call, name, &orphan));
	if (orphan)
		list_add(checking->faults_arena, &checking->faults,
			arena_printf(checking->faults_arena, "blob %.*s: a file without a row", TEXT_ARGS(name)));
	return OK;
}

static Error check_all(Call *call, Checking *checking)
{
	TRY(check_rows(call, checking));
	return blob_store_each(call, find_orphan, checking);
}

Error blob_check(Call *call, bool deep, Texts *out_faults)
{
	Checking checking = { .faults_arena = call->arena, .deep = deep };
	Arena *scratch scoped(arena_free) = arena_new(ARENA_CEILING);
	Call inner = *call;
	inner.arena = scratch;
	Error error = check_all(&inner, &checking);
	if (error != OK) return call_fail(call, error, inner.failure.file, inner.failure.line, "%.*s", TEXT_ARGS(inner.failure.detail));
	*out_faults = checking.faults;
	return OK;
}

static Error sweep_orphan(Call *call, void *context, const char *path, Text name)
{
	int64_t *removed = context;
	bool orphan, gone;
	TRY(is_orphan(call, name, &orphan));
	if (!orphan) return OK;
	TRY(store_sweep_one(call, call->house->blobs, path, name, &gone));
	*removed += gone;
	return OK;
}

Error blob_sweep(Call *call, int64_t *out_removed)
{
	int64_t removed = 0;
	TRY(store_sweep_unfinished(call, call->house->blobs, &removed));
	TRY(blob_store_each(call, sweep_orphan, &removed));
	*out_removed = removed;
	return OK;
}
