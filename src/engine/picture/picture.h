/*
 * picture: PNG, JPEG and PGM to pixels and back. What is not pixels (EXIF, comments, colour profiles, thumbnails) is dropped, after the
 * orientation that EXIF tells has been carried out. Hostile files: call it in the sandbox only (picture_work).
 */
#pragma once
#include "base/base/base.h"
#include "base/sandbox/sandbox.h"

enum { PICTURE_PIXELS_MAX = 40 * 1000 * 1000, PICTURE_SIDE_MAX = 20000, PICTURE_BOXES_MAX = 200 };
typedef struct Picture {
	unsigned char *at; /* rows from the top, no padding */
	size_t width, height, channels; /* 1: grey, 3: red, green, blue; what was transparent stands on white */
} Picture;
typedef enum PictureFormat { PICTURE_PNG, PICTURE_JPEG, PICTURE_PGM } PictureFormat;
typedef struct PictureBox { /* thousandths of width and height, so that whoever draws it needs no pixels */
	int left, top, right, bottom;
} PictureBox;

/* False: not such a picture, damaged, or too large. `channels` is 1 or 3. */
bool picture_decode(Arena *arena, Text file, size_t channels, Picture *out, PictureFormat *out_format);
/* Fills the box with black; a box beyond the picture is cut. */
void picture_burn(Picture *picture, PictureBox box);
bool picture_encode(Arena *arena, const Picture *picture, PictureFormat format, Text *out);

/* SANDBOX_PICTURE: decodes, burns, encodes in the same format (PGM as PNG). */
extern const SandboxWork picture_work;
/* INVALID: not a picture, or it brought the child down. TOO_LARGE. */
must_use Error picture_mask(Call *call, Sandbox *sandbox, Text file, const PictureBox *boxes, size_t count, Text *out);
/* The work itself, for the fuzzer: "BOXES left top right bottom …\n" and the file. */
Error picture_run(const void *input, size_t length, Buffer *out);
