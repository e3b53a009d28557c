#include "engine/picture/picture_private.h"

#include <turbojpeg.h>

enum { QUALITY = 90, APP1 = 0xE1, SCAN = 0xDA };

static void handle_close(const tjhandle *handle)
{
	if (*handle) tjDestroy(*handle);
}

/* EXIF stands in a segment before the first scan. */
static int orientation_of(Text file)
{
	for (size_t at = 2; at + 4 <= file.length;) {
		const unsigned char *head = (const unsigned char *)file.at + at;
		size_t length = (size_t)head[2] << 8 | head[3];
		if (head[0] != 0xFF || head[1] == SCAN || length < 2) break;
		Text content = text_slice(file, at + 4, at + 2 + length);
		if (head[1] == APP1 && text_starts(content, (Text) { "Exif\0\0", 6 }))
			return exif_orientation(text_slice(content, 6, content.length));
		at += 2 + length;
	}
	return 1;
}

bool jpeg_decode(Arena *arena, Text file, size_t channels, Picture *out)
{
	scoped(handle_close) tjhandle handle = tjInitDecompress();
	int width = 0, height = 0, sampling = 0, space = 0;
	const unsigned char *bytes = (const unsigned char *)file.at;
	if (!handle || tjDecompressHeader3(handle, bytes, file.length, &width, &height, &sampling, &space) != 0) return false;
	if (width < 1 || height < 1 || !picture_fits((size_t)width, (size_t)height) || space == TJCS_CMYK || space == TJCS_YCCK)
		return false;
	Picture picture = { arena_alloc(arena, (size_t)width * (size_t)height * channels), (size_t)width, (size_t)height, channels };
	/* A progressive file of a few bytes can ask for thousands of passes: TJFLAG_LIMITSCANS. */
	int code = tjDecompress2(
		handle, bytes, file.length, picture.at, width, 0, height, channels == 1 ? TJPF_GRAY : TJPF_RGB, TJFLAG_LIMITSCANS);
	if (code != 0 && tjGetErrorCode(handle) != TJERR_WARNING) return false;
	picture_turn(arena, &picture, orientation_of(file));
	*out = picture;
	return true;
}

bool jpeg_encode(Arena *arena, const Picture *picture, Text *out)
{
	scoped(handle_close) tjhandle handle = tjInitCompress();
	bool grey = picture->channels == 1;
	int sampling = grey ? TJSAMP_GRAY : TJSAMP_420, width = (int)picture->width, height = (int)picture->height;
	if (!handle) return false;
	unsigned long length = tjBufSize(width, height, sampling);
	unsigned char *file = arena_alloc(arena, length);
	if (tjCompress2(handle, picture->at, width, 0, height, grey ? TJPF_GRAY : TJPF_RGB, &file, &length, sampling, QUALITY,
		    TJFLAG_NOREALLOC) != 0)
		return false;
	*out = (Text) { (const char *)file, length };
	return true;
}
