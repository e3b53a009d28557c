/* What the files of the PDF writer share. */
#pragma once
#include "face/doc/pdf.h"
#include <pango/pangocairo.h>

enum { PDF_PAGES_MAX = 2000 };
#define PDF_WIDTH 595.28 /* A4 in points */
#define PDF_HEIGHT 841.89
#define PDF_SIDE 71.0
#define PDF_TOP 76.0
#define PDF_BOTTOM 72.0
#define PDF_SIZE 11.0
#define PDF_LINE 1.45 /* distance of lines, in sizes */

typedef struct PdfRecording {
	cairo_surface_t *surface;
} PdfRecording;
struct Pdf {
	Arena *arena;
	PdfSpec spec;
	int64_t at;
	PangoContext *context;
	LIST_OF(PdfRecording) pages; /* recordings: what a page's background says may depend on how many there are */
	cairo_t *cairo; /* on the last page */
	double y;
	double width, height;
	bool full; /* too many pages: nothing more is drawn */
};
static inline double pdf_inner_width(void) { return PDF_WIDTH - 2 * PDF_SIDE; } /* of what flows: portrait */
static inline double pdf_room(const Pdf *pdf) { return PDF_HEIGHT - PDF_BOTTOM - pdf->y; }
static inline bool pdf_page_is_fresh(const Pdf *pdf) { return pdf->y <= PDF_TOP; }
void pdf_code_draw(Arena *arena, cairo_t *cairo, Text content, double left, double top, double size);
Text pdf_clean(Arena *arena, Text text);
/* A layout of cleaned runs; the caller unrefs it. */
PangoLayout *pdf_layout(Pdf *pdf, const PdfRun *runs, size_t count, PdfStyle style, double width);
/* Height of a line of a layout, in points. */
double pdf_line_height(PangoLayout *layout, int line);
/* Draws a line of a layout with its top at (x, y). */
void pdf_line_draw(Pdf *pdf, PangoLayout *layout, int line, double x, double y);
