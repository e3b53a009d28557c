/* Any bytes as the pixels of a photograph: no reading goes outside, and nothing is found by chance. */
#include "engine/mark/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new((size_t)512 << 20);
	if (size < 3) return 0;
	size_t width = 256 + data[0] * 2u, height = 256 + data[1] * 2u;
	unsigned char *pixels = arena_alloc(arena, width * height);
	for (size_t i = 0; i < width * height; i++) pixels[i] = data[2 + i * (size_t)(1 + data[0] % 7) % (size - 2)];
	MarkReading reading = mark_read(arena, &(MarkPicture) { pixels, width, height });
	must(!reading.found);
	return 0;
}
