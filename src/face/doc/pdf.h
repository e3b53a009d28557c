/*
 * pdf: pages of A4 made of headings, paragraphs, tables, QR codes and a seal; pango sets the text, cairo writes it, Noto CJK is embedded.
 * A text is cleaned before it is set (what is no UTF-8 or a control character becomes a space), so any text may be given.
 *
 *   scoped(pdf_close) Pdf *pdf = pdf_open(call, &(PdfSpec) { .title = title });
 *   pdf_heading(pdf, 1, title); pdf_paragraph(pdf, text, (PdfStyle) { 0 }); TRY(pdf_finish(call, pdf, &bytes));
 */
#pragma once
#include "base/base/base.h"
#include "face/doc/sheet.h"

typedef struct _cairo cairo_t; /* of cairo.h, for those who draw a background */

typedef struct PdfPage {
	double width, height; /* points */
	int number, count; /* from 1 */
} PdfPage;
/* Draws what lies under a page's text, a watermark; units are points, the origin is the upper left corner. The state of `cairo` is restored. */
typedef void PdfBackground(cairo_t *cairo, const PdfPage *page, void *argument);
typedef struct PdfSpec {
	Text title, author, subject; /* metadata */
	bool serif; /* Noto Serif CJK SC, as letters have it; else Noto Sans CJK SC */
	bool page_numbers;
	Text page_code; /* what a QR code at the upper right of each page says; "#2/5" of the second of five is added. Empty: none */
	bool landscape; /* A4 the other way; for what is placed by hand, see pdf_text_at */
	bool is_for_signing; /* in the plain form that pdf_sign reads */
	PdfBackground *background; /* NULL: none */
	void *background_argument;
} PdfSpec;

typedef enum PdfAlign { PDF_START, PDF_CENTER, PDF_END, PDF_JUSTIFY } PdfAlign;
typedef struct PdfStyle {
	PdfAlign align;
	double size; /* points; 0: 11 */
	bool bold;
	double indent; /* of the first line, in characters */
	double before, after; /* points of space */
} PdfStyle;
typedef struct PdfRun {
	Text text;
	double size; /* 0: as the style says */
	bool bold;
} PdfRun;

typedef struct Pdf Pdf;
Pdf *pdf_open(Call *call, const PdfSpec *spec); /* call->now is the date of the document; memory in call->arena */
void pdf_close(Pdf **pdf); /* for scoped(); also after pdf_finish */
void pdf_heading(Pdf *pdf, int level, Text text); /* 1 to 3; never the last line of a page */
void pdf_paragraph(Pdf *pdf, Text text, PdfStyle style); /* a line break in it breaks the line */
void pdf_runs(Pdf *pdf, const PdfRun *runs, size_t count, PdfStyle style); /* one paragraph */
/* The heads are repeated on each page. `shares`: relative widths of the columns; NULL: equal. Without `heads` a table of cells alone. */
void pdf_table(Pdf *pdf, const Sheet *sheet, const double *shares);
typedef struct PdfTable {
	const double *shares; /* as above */
	double size; /* of the letters, in points; 0: 9.5 */
	double row_height; /* at least so many points for each row of cells: room to write by hand */
} PdfTable;
void pdf_table_as(Pdf *pdf, const Sheet *sheet, const PdfTable *table);
void pdf_qr(Pdf *pdf, Text content, double size); /* at the left; at most 1,200 bytes */
/* A PNG of `width` points at the right that overlaps the lines above it, as a seal does. INVALID: it cannot be read or is over 2,000 pixels. */
must_use Error pdf_seal(Call *call, Pdf *pdf, Text png, double width);

/* A PNG that this program made, in the middle, with a little room around it; nothing when it cannot be read. */
void pdf_picture(Pdf *pdf, Text png, double width);

/* ---- Placed by hand, in points from the upper left corner; nothing moves what flows. */
typedef struct PdfBox {
	double x, y, width;
} PdfBox;
/* At most as many lines as fit into `lines`; a text that is longer is set smaller until it fits. The height it took. */
double pdf_text_at(Pdf *pdf, PdfBox box, Text text, PdfStyle style, int lines);
void pdf_qr_at(Pdf *pdf, PdfBox box, Text content); /* at most 1,200 bytes */
must_use Error pdf_picture_at(Call *call, Pdf *pdf, PdfBox box, Text png); /* as pdf_seal */
void pdf_frame(Pdf *pdf); /* the ornament around a certificate: two lines and four corners */

void pdf_space(Pdf *pdf, double points);
void pdf_page_break(Pdf *pdf);
/* The document. TOO_LARGE: more than 2,000 pages or the ceiling of the arena. */
must_use Error pdf_finish(Call *call, Pdf *pdf, Text *out);
