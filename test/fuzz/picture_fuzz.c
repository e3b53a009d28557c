/* Any bytes as a picture: decoded in grey and in colour, masked, written again. */
#include "engine/picture/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The head of a file can promise forty million pixels; most inputs are then only waiting. */
static bool promises_much(const uint8_t *data, size_t size)
{
	size_t large = 0;
	for (size_t i = 0; i + 1 < size && i < 400; i++) large += data[i] >= 0x08 && data[i] < 0x50 && i >= 16 && i < 24;
	return large > 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new((size_t)256 << 20);
	Text file = { (const char *)data, size };
	Picture picture;
	PictureFormat format;
	if (promises_much(data, size)) return 0;
	if (picture_decode(arena, file, 1, &picture, &format))
		must(picture.width * picture.height <= PICTURE_PIXELS_MAX && picture.channels == 1);
	Buffer input = { .arena = arena }, out = { .arena = arena };
	buffer_put(&input, TEXT("2 100 100 900 300 990 990 1000 1000\n"));
	buffer_put(&input, file);
	Error error = picture_run(input.at, input.length, &out);
	must(error == OK || error == ERROR_INVALID);
	return 0;
}
