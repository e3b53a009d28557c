/* The form of a sealed file: a header, then one envelope per 64 KiB; each knows its file, its place and whether it is the last. */
#include "store/blob/blob_private.h"

#include "store/seal/seal.h"

void blob_keys_wipe(BlobKeys *keys) { secret_wipe(keys, sizeof(*keys)); }

Error blob_keys(Call *call, int64_t matter, BlobKeys *out)
{
	TRY(seal_matter_key(call, matter, "blob name", &out->name));
	return seal_matter_key(call, matter, "blob file", &out->file);
}

Text blob_name(Arena *arena, const BlobKeys *keys, const Digest *content)
{
	Digest name = mac_of(&keys->name, (Text[]) { DIGEST_TEXT(*content) }, 1);
	return hex_text(arena, DIGEST_TEXT(name));
}

size_t blob_overhead(EnvelopeKind kind) { return ENVELOPE_HEADER_BYTES + (kind == ENVELOPE_SM4 ? 16 + 32 : 24 + 16); }

Text blob_about(Arena *arena, const unsigned char *file_id, uint64_t index, bool last)
{
	Text id = hex_text(arena, (Text) { (const char *)file_id, 16 });
	return arena_printf(arena, "blob|%.*s|%llu|%s", TEXT_ARGS(id), (unsigned long long)index, last ? "last" : "more");
}

int64_t blob_file_bytes(EnvelopeKind kind, int64_t size)
{
	int64_t chunks = size / BLOB_CHUNK_BYTES + (size % BLOB_CHUNK_BYTES != 0 || size == 0);
	return BLOB_HEADER_BYTES + size + chunks * (int64_t)blob_overhead(kind);
}
