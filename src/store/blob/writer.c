/* Writing: content is collected to whole chunks, sealed, hashed and put under its name. */
#include "store/blob/blob_private.h"

#include "base/base/random.h"
#include "store/seal/seal.h"

#include <stdlib.h>
#include <unistd.h>

struct BlobWriter {
	int64_t matter, size;
	EnvelopeKind kind;
	BlobKeys keys;
	Sha256 *content;
	int file;
	char *path; /* of the temporary file; NULL once it has its name */
	uint64_t index;
	unsigned char file_id[16];
	size_t filled;
	char chunk[BLOB_CHUNK_BYTES];
};

static Error writer_begin(Call *call, BlobWriter *writer)
{
	TRY(blob_keys(call, writer->matter, &writer->keys));
	TRY(store_create(call, call->house->blobs, &writer->file, &writer->path));
	char header[BLOB_HEADER_BYTES] = "CAPPVD1";
	header[7] = (char)writer->kind;
	memcpy(header + 8, writer->file_id, sizeof(writer->file_id));
	return store_write(call, call->house->blobs, writer->file, (Text) { header, sizeof(header) });
}

Error blob_writer_open(Call *call, int64_t matter, BlobWriter **out)
{
	BlobWriter *writer scoped(blob_writer_close) = secret_alloc(sizeof(*writer));
	writer->matter = matter;
	writer->kind = seal_kind(call);
	writer->file = -1;
	writer->content = sha256_new();
	random_bytes(writer->file_id, sizeof(writer->file_id));
	TRY(writer_begin(call, writer));
	*out = writer;
	writer = NULL;
	return OK;
}

void blob_writer_close(BlobWriter **writer)
{
	if (!*writer) return;
	if ((*writer)->file >= 0) close((*writer)->file);
	if ((*writer)->path) unlink((*writer)->path);
	free((*writer)->path);
	sha256_free(&(*writer)->content);
	secret_free(*writer);
	*writer = NULL;
}

static Error chunk_write(Call *call, BlobWriter *writer, bool last)
{
	ArenaMark mark = arena_mark(call->arena);
	Text about = blob_about(call->arena, writer->file_id, writer->index, last), chunk = { writer->chunk, writer->filled };
	Text envelope = envelope_close(call->arena, writer->kind, (uint64_t)writer->matter, &writer->keys.file, about, chunk);
	TRY(store_write(call, call->house->blobs, writer->file, envelope));
	arena_release(call->arena, mark);
	writer->index++;
	writer->filled = 0;
	return OK;
}

/* A full chunk waits until something follows it, for only the last one is marked. */
Error blob_writer_add(Call *call, BlobWriter *writer, Text piece)
{
	must(writer->path);
	sha256_add(writer->content, piece);
	writer->size += (int64_t)piece.length;
	while (piece.length) {
		if (writer->filled == BLOB_CHUNK_BYTES) TRY(chunk_write(call, writer, false));
		size_t room = BLOB_CHUNK_BYTES - writer->filled, part = piece.length < room ? piece.length : room;
		memcpy(writer->chunk + writer->filled, piece.at, part);
		writer->filled += part;
		piece = text_slice(piece, part, piece.length);
	}
	return OK;
}

Error blob_writer_finish(Call *call, BlobWriter *writer, BlobFile *out)
{
	must(writer->path);
	TRY(chunk_write(call, writer, true));
	BlobFile file = { .matter = writer->matter, .size = writer->size, .content = sha256_finish(writer->content) };
	file.name = blob_name(call->arena, &writer->keys, &file.content);
	TRY(store_publish(call, call->house->blobs, writer->file, writer->path, file.name));
	free(writer->path);
	writer->path = NULL;
	*out = file;
	return OK;
}

Error blob_write(Call *call, int64_t matter, Text content, BlobFile *out)
{
	BlobWriter *writer scoped(blob_writer_close) = NULL;
	TRY(blob_writer_open(call, matter, &writer));
	TRY(blob_writer_add(call, writer, content));
	return blob_writer_finish(call, writer, out);
}
