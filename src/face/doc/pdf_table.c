/* Tables: a row that does not fit goes on over the page, and every page begins with the heads. */
#include "face/doc/pdf_private.h"

#define CELL_PADDING 4.0
#define CELL_SIZE 9.5
enum { COLUMNS_MAX = 24 };

typedef struct TableRow {
	size_t count;
	PangoLayout *cells[COLUMNS_MAX];
	int lines[COLUMNS_MAX], done[COLUMNS_MAX];
} TableRow;
typedef struct TableShape {
	size_t count;
	double x[COLUMNS_MAX + 1];
	double size, row_height;
	bool is_head;
} TableShape;

static void row_open(Pdf *pdf, const TableShape *shape, const Text *texts, bool bold, TableRow *row)
{
	row->count = shape->count;
	for (size_t i = 0; i < shape->count; i++) {
		row->cells[i] = pdf_layout(pdf, &(PdfRun) { .text = texts[i], .bold = bold }, 1, (PdfStyle) { .size = shape->size },
			shape->x[i + 1] - shape->x[i] - 2 * CELL_PADDING);
		row->lines[i] = pango_layout_get_line_count(row->cells[i]);
		row->done[i] = 0;
	}
}

static void row_close(TableRow *row)
{
	for (size_t i = 0; i < row->count; i++) g_object_unref(row->cells[i]);
}

/* How many further lines of a cell fit, and how high they are. */
static int lines_that_fit(const TableRow *row, size_t cell, double room, double *out_height)
{
	int count = 0;
	double height = 0;
	for (int i = row->done[cell]; i < row->lines[cell]; i++, count++) {
		double next = pdf_line_height(row->cells[cell], i);
		if (height + next > room) break;
		height += next;
	}
	*out_height = height;
	return count;
}

static bool row_is_done(const TableRow *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->done[i] < row->lines[i]) return false;
	return true;
}

static void draw_borders(Pdf *pdf, const TableShape *shape, double height, bool shaded)
{
	if (pdf->full) return;
	if (shaded) {
		cairo_set_source_rgb(pdf->cairo, 0.93, 0.94, 0.96);
		cairo_rectangle(pdf->cairo, shape->x[0], pdf->y, shape->x[shape->count] - shape->x[0], height);
		cairo_fill(pdf->cairo);
	}
	cairo_set_source_rgb(pdf->cairo, 0.45, 0.45, 0.45);
	cairo_set_line_width(pdf->cairo, 0.6);
	for (size_t i = 0; i < shape->count; i++) cairo_rectangle(pdf->cairo, shape->x[i], pdf->y, shape->x[i + 1] - shape->x[i], height);
	cairo_stroke(pdf->cairo);
}

/* Draws what fits of the row. False: nothing did. */
static bool draw_slice(Pdf *pdf, const TableShape *shape, TableRow *row, bool shaded)
{
	double room = pdf_room(pdf) - 2 * CELL_PADDING, highest = 0;
	int counts[COLUMNS_MAX] = { 0 }, all = 0;
	for (size_t i = 0; i < row->count; i++) {
		double height;
		counts[i] = lines_that_fit(row, i, room, &height);
		all += counts[i];
		if (height > highest) highest = height;
	}
	if (all == 0) return false;
	double wanted = shape->row_height - 2 * CELL_PADDING;
	if (!shaded && highest < wanted) highest = wanted < room ? wanted : room;
	draw_borders(pdf, shape, highest + 2 * CELL_PADDING, shaded);
	for (size_t i = 0; i < row->count; i++) {
		double y = pdf->y + CELL_PADDING;
		for (int end = row->done[i] + counts[i]; row->done[i] < end; row->done[i]++) {
			pdf_line_draw(pdf, row->cells[i], row->done[i], shape->x[i] + CELL_PADDING, y);
			y += pdf_line_height(row->cells[i], row->done[i]);
		}
	}
	pdf->y += highest + 2 * CELL_PADDING;
	return true;
}

static void put_heads(Pdf *pdf, const TableShape *shape, const Sheet *sheet)
{
	TableRow heads;
	if (!sheet->heads) return;
	row_open(pdf, shape, sheet->heads, true, &heads);
	(void)draw_slice(pdf, shape, &heads, true);
	row_close(&heads);
}

static void put_row(Pdf *pdf, const TableShape *shape, const Sheet *sheet, const Text *texts)
{
	TableRow row;
	row_open(pdf, shape, texts, false, &row);
	if (shape->row_height > pdf_room(pdf) && !pdf_page_is_fresh(pdf)) {
		pdf_page_break(pdf);
		put_heads(pdf, shape, sheet);
	}
	while (!row_is_done(&row) && !pdf->full) {
		if (draw_slice(pdf, shape, &row, false)) continue;
		pdf_page_break(pdf);
		put_heads(pdf, shape, sheet);
	}
	row_close(&row);
}

void pdf_table(Pdf *pdf, const Sheet *sheet, const double *shares) { pdf_table_as(pdf, sheet, &(PdfTable) { .shares = shares }); }

void pdf_table_as(Pdf *pdf, const Sheet *sheet, const PdfTable *table)
{
	const double *shares = table->shares;
	TableShape shape = { .count = sheet->column_count,
		.x = { PDF_SIDE },
		.size = table->size > 0 ? table->size : CELL_SIZE,
		.row_height = table->row_height };
	double sum = 0;
	must(sheet->column_count > 0 && sheet->column_count <= COLUMNS_MAX);
	for (size_t i = 0; i < shape.count; i++) sum += shares ? shares[i] : 1;
	for (size_t i = 0; i < shape.count; i++) shape.x[i + 1] = shape.x[i] + (shares ? shares[i] : 1) / sum * pdf_inner_width();
	if (pdf_room(pdf) < CELL_SIZE * 8 && !pdf_page_is_fresh(pdf)) pdf_page_break(pdf);
	put_heads(pdf, &shape, sheet);
	for (size_t i = 0; i < sheet->row_count && !pdf->full; i++) put_row(pdf, &shape, sheet, &sheet->cells[i * shape.count]);
	pdf_space(pdf, CELL_SIZE);
}
