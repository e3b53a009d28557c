/* Documents are kept compressed: the length of the plain bytes, 4 bytes little-endian, then a zlib stream. The lowest level, because import
 * has to keep up with the database. */
#include "subject/advisory/advisory_private.h"

#include <libdeflate.h>

enum { UNPACKED_BYTES_MAX = 32 * 1024 * 1024, LENGTH_BYTES = 4 };

Packer *packer_new(void)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(1);
	must(compressor);
	return (Packer *)compressor;
}

void packer_free(Packer **packer)
{
	libdeflate_free_compressor((struct libdeflate_compressor *)*packer);
	*packer = NULL;
}

Text packer_pack(Packer *packer, Arena *arena, Text bytes)
{
	struct libdeflate_compressor *compressor = (struct libdeflate_compressor *)packer;
	must(bytes.length <= UNPACKED_BYTES_MAX);
	size_t room = libdeflate_zlib_compress_bound(compressor, bytes.length);
	unsigned char *out = arena_alloc(arena, room + LENGTH_BYTES);
	for (int i = 0; i < LENGTH_BYTES; i++) out[i] = (unsigned char)(bytes.length >> (8 * i));
	size_t packed = libdeflate_zlib_compress(compressor, bytes.at, bytes.length, out + LENGTH_BYTES, room);
	must(packed > 0);
	return (Text) { (const char *)out, packed + LENGTH_BYTES };
}

static void free_decompressor(struct libdeflate_decompressor **decompressor) { libdeflate_free_decompressor(*decompressor); }

bool unpack(Arena *arena, Text packed, Text *out)
{
	if (packed.length < LENGTH_BYTES) return false;
	const unsigned char *in = (const unsigned char *)packed.at;
	size_t length = (size_t)in[0] | (size_t)in[1] << 8 | (size_t)in[2] << 16 | (size_t)in[3] << 24;
	if (length > UNPACKED_BYTES_MAX) return false;
	scoped(free_decompressor) struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	must(decompressor);
	char *bytes = arena_alloc(arena, length + 1);
	if (libdeflate_zlib_decompress(decompressor, in + LENGTH_BYTES, packed.length - LENGTH_BYTES, bytes, length, NULL) !=
		LIBDEFLATE_SUCCESS)
		return false;
	*out = (Text) { bytes, length };
	return true;
}
