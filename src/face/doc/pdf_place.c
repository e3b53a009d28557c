/* What is placed by hand: certificates. */
#include "face/doc/pdf_private.h"

#define SMALLEST 6.0

double pdf_text_at(Pdf *pdf, PdfBox box, Text text, PdfStyle style, int lines)
{
	double y = box.y + style.before;
	PangoLayout *layout;
	if (style.size <= 0) style.size = PDF_SIZE;
	for (;;) {
		layout = pdf_layout(pdf, &(PdfRun) { .text = text, .bold = style.bold }, 1, style, box.width);
		if (pango_layout_get_line_count(layout) <= lines || style.size <= SMALLEST) break;
		g_object_unref(layout);
		style.size -= 0.5;
	}
	for (int i = 0; i < pango_layout_get_line_count(layout) && i < lines; i++) {
		double height = pdf_line_height(layout, i), spaced = height > PDF_LINE * style.size ? height : PDF_LINE * style.size;
		pdf_line_draw(pdf, layout, i, box.x, y + (spaced - height) / 2);
		y += spaced;
	}
	g_object_unref(layout);
	return y + style.after - box.y;
}

static void frame_line(Pdf *pdf, double inset, double thickness)
{
	cairo_set_line_width(pdf->cairo, thickness);
	cairo_rectangle(pdf->cairo, inset, inset, pdf->width - 2 * inset, pdf->height - 2 * inset);
	cairo_stroke(pdf->cairo);
}

void pdf_frame(Pdf *pdf)
{
	const double outer = 24, inner = 32, corner = 46;
	if (pdf->full) return;
	cairo_save(pdf->cairo);
	cairo_set_source_rgb(pdf->cairo, 0.62, 0.11, 0.13);
	frame_line(pdf, outer, 2.4);
	frame_line(pdf, inner, 0.7);
	for (int i = 0; i < 4; i++) {
		double x = i % 2 ? pdf->width - inner : inner, y = i / 2 ? pdf->height - inner : inner;
		double right = i % 2 ? -1 : 1, down = i / 2 ? -1 : 1;
		cairo_set_line_width(pdf->cairo, 0.7);
		cairo_move_to(pdf->cairo, x + right * (corner - inner), y);
		cairo_line_to(pdf->cairo, x + right * (corner - inner), y + down * (corner - inner));
		cairo_line_to(pdf->cairo, x, y + down * (corner - inner));
		cairo_stroke(pdf->cairo);
	}
	cairo_restore(pdf->cairo);
}
