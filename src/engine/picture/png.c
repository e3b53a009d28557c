#include "engine/picture/picture_private.h"

#include <png.h>

static void image_free(png_image *image) { png_image_free(image); }

bool png_decode(Arena *arena, Text file, size_t channels, Picture *out)
{
	scoped(image_free) png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_memory(&image, file.at, file.length) || !picture_fits(image.width, image.height)) return false;
	image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
	const png_color white = { 255, 255, 255 };
	Picture picture = { arena_alloc(arena, (size_t)image.width * image.height * channels), image.width, image.height, channels };
	if (!png_image_finish_read(&image, &white, picture.at, (png_int_32)(image.width * channels), NULL)) return false;
	*out = picture;
	return true;
}

bool png_encode(Arena *arena, const Picture *picture, Text *out)
{
	scoped(image_free) png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)picture->width,
		.height = (png_uint_32)picture->height,
		.format = picture->channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB };
	png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(image);
	char *file = arena_alloc(arena, length);
	if (!png_image_write_to_memory(&image, file, &length, 0, picture->at, 0, NULL)) return false;
	*out = (Text) { file, length };
	return true;
}
