/* The mark on a file that somebody uploaded: over the pages of a PDF, in the pixels of a picture. In the sandbox. */
#include "engine/mark/stamp_private.h"

#include "engine/picture/picture.h"

enum { SIDE_LEAST = 500 }; /* pixels: on less no tile is whole */
static const double pixels_per_point_least = 2; /* 144 pixels per inch */

typedef struct Stamping {
	Picture *picture;
	double scale; /* pixels in a point */
} Stamping;

/* White becomes grey, black stays nearly black: what is read on the picture stays readable. */
static void shade(Picture *picture, size_t x, size_t y, double share)
{
	unsigned char *pixel = picture->at + (y * picture->width + x) * picture->channels;
	for (size_t c = 0; c < picture->channels; c++) {
		double value = pixel[c], target = value >= 64 ? value * (1 - MARK_DOT_INK) : value + (255 - value) * MARK_DOT_INK;
		pixel[c] = (unsigned char)(value + (target - value) * share);
	}
}

/* The pixel at that place of a side, or the nearest there is. */
static size_t pixel_at(double place, size_t side)
{
	if (place < 0) return 0;
	return place < (double)side ? (size_t)place : side;
}

static void dot(void *context, double x_points, double y_points)
{
	const Stamping *stamping = context;
	Picture *picture = stamping->picture;
	double radius = MARK_DOT_RADIUS_POINTS * stamping->scale, x = x_points * stamping->scale, y = y_points * stamping->scale;
	size_t left = pixel_at(x - radius - 1, picture->width), right = pixel_at(x + radius + 2, picture->width);
	size_t top = pixel_at(y - radius - 1, picture->height), bottom = pixel_at(y + radius + 2, picture->height);
	for (size_t row = top; row < bottom; row++)
		for (size_t column = left; column < right; column++) {
			double across = (double)column + 0.5 - x, down = (double)row + 0.5 - y;
			double over = radius + 0.5 - __builtin_sqrt(across * across + down * down);
			if (over > 0) shade(picture, column, row, over < 1 ? over : 1);
		}
}

static bool stamp_picture(Arena *arena, Text file, uint64_t copy, Text *out)
{
	Picture picture;
	PictureFormat format;
	if (!picture_decode(arena, file, 3, &picture, &format) || picture.width < SIDE_LEAST || picture.height < SIDE_LEAST) return false;
	double longest = (double)(picture.width > picture.height ? picture.width : picture.height);
	Stamping stamping = { &picture, longest / 842 > pixels_per_point_least ? longest / 842 : pixels_per_point_least };
	mark_draw_points(copy, (double)picture.width / stamping.scale, (double)picture.height / stamping.scale, dot, &stamping);
	return picture_encode(arena, &picture, format == PICTURE_PGM ? PICTURE_PNG : format, out);
}

/* The number in decimal, a space, and the file. Answers "W" and the whole file, or "A" and what is appended to it. */
Error mark_stamp_run(const void *input, size_t length, Buffer *out)
{
	Text file = { input, length }, number, whole;
	int64_t copy;
	if (!text_next(&file, ' ', &number) || !file.at || !text_to_int(number, &copy) || copy < 0 || copy >> MARK_COPY_BITS)
		return ERROR_INVALID;
	if (text_starts(file, TEXT("%PDF-"))) {
		Buffer appended = { .arena = out->arena };
		if (!mark_pdf_append(out->arena, file, (uint64_t)copy, &appended)) return ERROR_INVALID;
		buffer_byte(out, 'A');
		buffer_put(out, buffer_text(&appended));
		return OK;
	}
	if (!stamp_picture(out->arena, file, (uint64_t)copy, &whole)) return ERROR_INVALID;
	buffer_byte(out, 'W');
	buffer_put(out, whole);
	return OK;
}

const SandboxWork mark_stamp_work = { mark_stamp_run, (size_t)700 << 20, (size_t)96 << 20, 30, 60000 };
