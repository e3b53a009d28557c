/* QR codes and seals. */
#include "face/doc/pdf_private.h"

#include <qrencode.h>

enum { QUIET_ZONE = 4, SEAL_PIXELS_MAX = 2000, PNG_HEAD_BYTES = 24 };

static void close_code(QRcode **code) { QRcode_free(*code); }

/* With its quiet zone, in a square of this size. */
void pdf_code_draw(Arena *arena, cairo_t *cairo, Text content, double left, double top, double size)
{
	scoped(close_code) QRcode *code = QRcode_encodeString8bit(arena_string(arena, content), 0, QR_ECLEVEL_M);
	must(code != NULL); /* too long for a QR code: the caller's mistake */
	double module = size / (code->width + 2 * QUIET_ZONE);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if (code->data[y * code->width + x] & 1)
				cairo_rectangle(cairo, left + (x + QUIET_ZONE) * module, top + (y + QUIET_ZONE) * module, module, module);
	cairo_fill(cairo);
}

void pdf_qr(Pdf *pdf, Text content, double size)
{
	if (size > pdf_room(pdf) && !pdf_page_is_fresh(pdf)) pdf_page_break(pdf);
	if (pdf->full) return;
	pdf_code_draw(pdf->arena, pdf->cairo, content, PDF_SIDE, pdf->y, size);
	pdf->y += size;
}

void pdf_qr_at(Pdf *pdf, PdfBox box, Text content)
{
	if (!pdf->full) pdf_code_draw(pdf->arena, pdf->cairo, content, box.x, box.y, box.width);
}

typedef struct Reading {
	Text rest;
} Reading;

static cairo_status_t read_png(void *closure, unsigned char *data, unsigned int length)
{
	Reading *reading = closure;
	if (length > reading->rest.length) return CAIRO_STATUS_READ_ERROR;
	memcpy(data, reading->rest.at, length);
	reading->rest = text_slice(reading->rest, length, reading->rest.length);
	return CAIRO_STATUS_SUCCESS;
}

/* What the head claims, before anything is unpacked: a picture of a few bytes can claim gigabytes. */
static bool size_is_right(Text png)
{
	if (png.length < PNG_HEAD_BYTES || memcmp(png.at, "\x89PNG\r\n\x1a\n", 8) != 0 || memcmp(png.at + 12, "IHDR", 4) != 0) return false;
	for (size_t at = 16; at < PNG_HEAD_BYTES; at += 4) {
		uint32_t pixels = 0;
		for (size_t i = 0; i < 4; i++) pixels = pixels << 8 | (unsigned char)png.at[at + i];
		if (pixels == 0 || pixels > SEAL_PIXELS_MAX) return false;
	}
	return true;
}

/* The picture, to be destroyed by the caller; NULL: it cannot be read. */
static cairo_surface_t *picture_of(Text png)
{
	Reading reading = { png };
	if (!size_is_right(png)) return NULL;
	cairo_surface_t *image = cairo_image_surface_create_from_png_stream(read_png, &reading);
	if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) return image;
	cairo_surface_destroy(image);
	return NULL;
}

static void draw_picture(Pdf *pdf, cairo_surface_t *image, double x, double y, double scale)
{
	if (pdf->full) return;
	cairo_save(pdf->cairo);
	cairo_translate(pdf->cairo, x, y);
	cairo_scale(pdf->cairo, scale, scale);
	cairo_set_source_surface(pdf->cairo, image, 0, 0);
	cairo_paint(pdf->cairo);
	cairo_restore(pdf->cairo);
}

Error pdf_seal(Call *call, Pdf *pdf, Text png, double width)
{
	cairo_surface_t *image = picture_of(png);
	if (!image) return fail(call, INVALID, "a seal that is no PNG of at most %d pixels", SEAL_PIXELS_MAX);
	double scale = width / cairo_image_surface_get_width(image), height = scale * cairo_image_surface_get_height(image);
	double y = pdf->y - height * 0.75, lowest = PDF_HEIGHT - height - 20;
	if (y > lowest) y = lowest;
	draw_picture(pdf, image, PDF_WIDTH - PDF_SIDE - width, y > 20 ? y : 20, scale);
	cairo_surface_destroy(image);
	return OK;
}

Error pdf_picture_at(Call *call, Pdf *pdf, PdfBox box, Text png)
{
	cairo_surface_t *image = picture_of(png);
	if (!image) return fail(call, INVALID, "a picture that is no PNG of at most %d pixels", SEAL_PIXELS_MAX);
	draw_picture(pdf, image, box.x, box.y, box.width / cairo_image_surface_get_width(image));
	cairo_surface_destroy(image);
	return OK;
}

void pdf_picture(Pdf *pdf, Text png, double width)
{
	enum { ROOM = 6 };
	cairo_surface_t *image = picture_of(png);
	if (!image) return;
	double scale = width / cairo_image_surface_get_width(image), height = scale * cairo_image_surface_get_height(image) + 2 * ROOM;
	if (height > pdf_room(pdf) && !pdf_page_is_fresh(pdf)) pdf_page_break(pdf);
	draw_picture(pdf, image, (PDF_WIDTH - width) / 2, pdf->y + ROOM, scale);
	pdf->y += height;
	cairo_surface_destroy(image);
}
