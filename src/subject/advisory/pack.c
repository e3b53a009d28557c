/* Documents are kept compressed: level 1, because import has to keep up with the database; half of the gain costs a fifth of the time. */
#include "subject/advisory/advisory_private.h"

#include <stdlib.h>
#include <zlib.h>

enum { UNPACKED_BYTES_MAX = 32 * 1024 * 1024 };

struct Packer {
	z_stream stream;
};

Packer *packer_new(void)
{
	Packer *packer = calloc(1, sizeof(*packer));
	must(packer);
	must(deflateInit(&packer->stream, 1) == Z_OK);
	return packer;
}

void packer_free(Packer **packer)
{
	if (!*packer) return;
	deflateEnd(&(*packer)->stream);
	free(*packer);
	*packer = NULL;
}

/* The length of the plain bytes, 4 bytes little-endian, then the zlib stream. */
Text packer_pack(Packer *packer, Arena *arena, Text bytes)
{
	z_stream *stream = &packer->stream;
	must(bytes.length <= UNPACKED_BYTES_MAX);
	must(deflateReset(stream) == Z_OK);
	size_t room = deflateBound(stream, bytes.length);
	unsigned char *out = arena_alloc(arena, room + 4);
	for (int i = 0; i < 4; i++) out[i] = (unsigned char)(bytes.length >> (8 * i));
	stream->next_in = (z_const Bytef *)(uintptr_t)bytes.at;
	stream->avail_in = (uInt)bytes.length;
	stream->next_out = out + 4;
	stream->avail_out = (uInt)room;
	must(deflate(stream, Z_FINISH) == Z_STREAM_END);
	return (Text) { (const char *)out, room + 4 - stream->avail_out };
}

bool unpack(Arena *arena, Text packed, Text *out)
{
	if (packed.length < 4) return false;
	const unsigned char *in = (const unsigned char *)packed.at;
	uLongf length = (uLongf)in[0] | (uLongf)in[1] << 8 | (uLongf)in[2] << 16 | (uLongf)in[3] << 24;
	if (length > UNPACKED_BYTES_MAX) return false;
	uLongf got = length;
	char *bytes = arena_alloc(arena, length + 1);
	if (uncompress((Bytef *)bytes, &got, in + 4, packed.length - 4) != Z_OK || got != length) return false;
	*out = (Text) { bytes, length };
	return true;
}
