/* Which way up: the one thing of EXIF that pixels cannot tell. */
#include "engine/picture/picture_private.h"

enum { ORIENTATION_TAG = 0x0112, SHORT_TYPE = 3, ENTRY_BYTES = 12, ENTRIES_MAX = 512 };

static uint32_t number(Text bytes, size_t at, size_t count, bool little)
{
	uint32_t value = 0;
	if (at > bytes.length || count > bytes.length - at) return 0;
	for (size_t i = 0; i < count; i++) value = value << 8 | (unsigned char)bytes.at[little ? at + count - 1 - i : at + i];
	return value;
}

int exif_orientation(Text exif)
{
	bool little = text_starts(exif, TEXT("II"));
	if (!little && !text_starts(exif, TEXT("MM"))) return 1;
	size_t directory = number(exif, 4, 4, little), entries = number(exif, directory, 2, little);
	for (size_t i = 0; i < entries && i < ENTRIES_MAX; i++) {
		size_t entry = directory + 2 + i * ENTRY_BYTES;
		if (number(exif, entry, 2, little) != ORIENTATION_TAG || number(exif, entry + 2, 2, little) != SHORT_TYPE) continue;
		uint32_t value = number(exif, entry + 8, 2, little);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

/* Where the pixel that is shown at (x, y) stands in the file; width and height are of the file. */
static size_t source_of(int orientation, size_t x, size_t y, size_t width, size_t height)
{
	switch (orientation) {
	case 2: return y * width + width - 1 - x;
	case 3: return (height - 1 - y) * width + width - 1 - x;
	case 4: return (height - 1 - y) * width + x;
	case 5: return x * width + y;
	case 6: return (height - 1 - x) * width + y;
	case 7: return (height - 1 - x) * width + width - 1 - y;
	case 8: return x * width + width - 1 - y;
	default: return y * width + x;
	}
}

void picture_turn(Arena *arena, Picture *picture, int orientation)
{
	if (orientation == 1) return;
	size_t width = orientation >= 5 ? picture->height : picture->width, height = orientation >= 5 ? picture->width : picture->height;
	unsigned char *turned = arena_alloc(arena, width * height * picture->channels);
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++) {
			size_t from = source_of(orientation, x, y, picture->width, picture->height);
			memcpy(turned + (y * width + x) * picture->channels, picture->at + from * picture->channels, picture->channels);
		}
	*picture = (Picture) { turned, width, height, picture->channels };
}
