#include "face/doc/pdf_private.h"

#include "base/base/clock.h"

#include <cairo-pdf.h>

/* ---- Pages */
static void page_new(Pdf *pdf)
{
	if (pdf->pages.count >= PDF_PAGES_MAX || arena_is_full(pdf->arena)) pdf->full = true;
	pdf->y = PDF_TOP;
	if (pdf->full) return;
	if (pdf->cairo) cairo_destroy(pdf->cairo);
	const cairo_rectangle_t whole = { 0, 0, pdf->width, pdf->height };
	PdfRecording page = { cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &whole) };
	list_add(pdf->arena, &pdf->pages, page);
	pdf->cairo = cairo_create(page.surface);
}

Pdf *pdf_open(Call *call, const PdfSpec *spec)
{
	Pdf *pdf = arena_new_of(call->arena, Pdf);
	pdf->arena = call->arena;
	pdf->spec = *spec;
	pdf->at = call->now;
	pdf->width = spec->landscape ? PDF_HEIGHT : PDF_WIDTH;
	pdf->height = spec->landscape ? PDF_WIDTH : PDF_HEIGHT;
	/* The map of fonts is the thread's own. */
	pdf->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	pango_context_set_language(pdf->context, pango_language_from_string(lang_tag(call->lang).at));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(pdf->context, options);
	cairo_font_options_destroy(options);
	page_new(pdf);
	return pdf;
}

void pdf_close(Pdf **pdf)
{
	if (!*pdf) return;
	if ((*pdf)->cairo) cairo_destroy((*pdf)->cairo);
	for (size_t i = 0; i < (*pdf)->pages.count; i++) cairo_surface_destroy((*pdf)->pages.at[i].surface);
	g_object_unref((*pdf)->context);
	*pdf = NULL;
}

void pdf_page_break(Pdf *pdf) { page_new(pdf); }

void pdf_space(Pdf *pdf, double points)
{
	if (!pdf_page_is_fresh(pdf)) pdf->y += points;
}

/* ---- Text */
Text pdf_clean(Arena *arena, Text text)
{
	Buffer out = { .arena = arena };
	for (size_t at = 0, step; at < text.length; at += step) {
		step = text_utf8_sequence(text, at);
		unsigned char byte = (unsigned char)text.at[at];
		if (step == 0 || (step == 1 && (byte < 0x20 || byte == 0x7f) && byte != '\n')) {
			buffer_byte(&out, ' ');
			step = 1;
		} else {
			buffer_put(&out, text_slice(text, at, at + step));
		}
	}
	return buffer_text(&out);
}

static void attribute(PangoAttrList *list, PangoAttribute *one, size_t from, size_t to)
{
	one->start_index = (guint)from;
	one->end_index = (guint)to;
	pango_attr_list_insert(list, one);
}

static void set_style(PangoLayout *layout, PdfStyle style, double width)
{
	static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT };
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, aligns[style.align]);
	pango_layout_set_justify(layout, style.align == PDF_JUSTIFY);
	pango_layout_set_indent(layout, (int)(style.indent * style.size * PANGO_SCALE));
}

PangoLayout *pdf_layout(Pdf *pdf, const PdfRun *runs, size_t count, PdfStyle style, double width)
{
	PangoLayout *layout = pango_layout_new(pdf->context);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *attributes = pango_attr_list_new();
	Buffer all = { .arena = pdf->arena };
	pango_font_description_set_family(font, pdf->spec.serif ? "Noto Serif CJK SC" : "Noto Sans CJK SC");
	pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
	for (size_t i = 0; i < count; i++) {
		size_t from = all.length;
		buffer_put(&all, pdf_clean(pdf->arena, runs[i].text));
		if (runs[i].bold || style.bold) attribute(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, all.length);
		if (runs[i].size > 0)
			attribute(attributes, pango_attr_size_new_absolute((int)(runs[i].size * PANGO_SCALE)), from, all.length);
	}
	Text text = buffer_text(&all);
	pango_layout_set_font_description(layout, font);
	set_style(layout, style, width);
	pango_layout_set_text(layout, text.length ? text.at : "", (int)text.length);
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
	pango_font_description_free(font);
	return layout;
}

double pdf_line_height(PangoLayout *layout, int line)
{
	PangoRectangle box;
	pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, line), NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

/* A line does not know where it stands, its layout does: found by walking to it. */
void pdf_line_draw(Pdf *pdf, PangoLayout *layout, int line, double x, double y)
{
	PangoLayoutIter *walk = pango_layout_get_iter(layout);
	PangoRectangle box;
	for (int i = 0; i < line; i++) pango_layout_iter_next_line(walk);
	pango_layout_iter_get_line_extents(walk, NULL, &box);
	double rise = (double)(pango_layout_iter_get_baseline(walk) - box.y) / PANGO_SCALE;
	if (!pdf->full) {
		cairo_set_source_rgb(pdf->cairo, 0, 0, 0);
		cairo_move_to(pdf->cairo, x + (double)box.x / PANGO_SCALE, y + rise);
		pango_cairo_show_layout_line(pdf->cairo, pango_layout_iter_get_line_readonly(walk));
	}
	pango_layout_iter_free(walk);
}

void pdf_runs(Pdf *pdf, const PdfRun *runs, size_t count, PdfStyle style)
{
	if (style.size <= 0) style.size = PDF_SIZE;
	PangoLayout *layout = pdf_layout(pdf, runs, count, style, pdf_inner_width());
	pdf_space(pdf, style.before);
	int lines = pango_layout_get_line_count(layout);
	for (int i = 0; i < lines && !pdf->full; i++) {
		double height = pdf_line_height(layout, i), spaced = height > PDF_LINE * style.size ? height : PDF_LINE * style.size;
		if (spaced > pdf_room(pdf) && !pdf_page_is_fresh(pdf)) page_new(pdf);
		pdf_line_draw(pdf, layout, i, PDF_SIDE, pdf->y + (spaced - height) / 2);
		pdf->y += spaced;
	}
	pdf_space(pdf, style.after);
	g_object_unref(layout);
}

void pdf_paragraph(Pdf *pdf, Text text, PdfStyle style) { pdf_runs(pdf, &(PdfRun) { .text = text }, 1, style); }

void pdf_heading(Pdf *pdf, int level, Text text)
{
	static const double sizes[] = { 20, 15, 12.5 };
	must(level >= 1 && level <= 3);
	double size = sizes[level - 1];
	if (pdf_room(pdf) < size * 4 && !pdf_page_is_fresh(pdf)) page_new(pdf); /* never alone at the foot */
	pdf_paragraph(pdf, text,
		(PdfStyle) { .align = level == 1 ? PDF_CENTER : PDF_START,
			.size = size,
			.bold = true,
			.before = size * 0.8,
			.after = size * 0.4 });
}

/* ---- The file */
static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
	buffer_put(closure, (Text) { (const char *)data, length });
	return CAIRO_STATUS_SUCCESS;
}

static void put_number(Pdf *pdf, cairo_t *cairo, const PdfPage *page)
{
	Text text = arena_printf(pdf->arena, "%d / %d", page->number, page->count);
	PangoLayout *layout =
		pdf_layout(pdf, &(PdfRun) { .text = text }, 1, (PdfStyle) { .align = PDF_CENTER, .size = 9 }, pdf_inner_width());
	cairo_set_source_rgb(cairo, 0.25, 0.25, 0.25);
	cairo_move_to(cairo, PDF_SIDE, PDF_HEIGHT - PDF_BOTTOM * 0.6);
	pango_cairo_show_layout(cairo, layout);
	g_object_unref(layout);
}

static void put_code(Pdf *pdf, cairo_t *cairo, const PdfPage *page)
{
	const double size = 62;
	Text content = arena_printf(pdf->arena, "%.*s#%d/%d", TEXT_ARGS(pdf->spec.page_code), page->number, page->count);
	pdf_code_draw(pdf->arena, cairo, content, PDF_WIDTH - PDF_SIDE - size + 8, 8, size);
}

static void put_metadata(Pdf *pdf, cairo_surface_t *file)
{
	/* Without the milliseconds, which cairo does not read. */
	const char *at = arena_printf(pdf->arena, "%.19sZ", clock_iso(pdf->arena, pdf->at).at).at;
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_TITLE, arena_string(pdf->arena, pdf_clean(pdf->arena, pdf->spec.title)));
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_AUTHOR, arena_string(pdf->arena, pdf_clean(pdf->arena, pdf->spec.author)));
	cairo_pdf_surface_set_metadata(
		file, CAIRO_PDF_METADATA_SUBJECT, arena_string(pdf->arena, pdf_clean(pdf->arena, pdf->spec.subject)));
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_CREATOR, "cappvd");
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_MOD_DATE, at);
}

static void put_page(Pdf *pdf, cairo_t *cairo, const PdfPage *page)
{
	if (pdf->spec.background) {
		cairo_save(cairo);
		pdf->spec.background(cairo, page, pdf->spec.background_argument);
		cairo_restore(cairo);
	}
	cairo_set_source_surface(cairo, pdf->pages.at[page->number - 1].surface, 0, 0);
	cairo_paint(cairo);
	if (pdf->spec.page_code.length) put_code(pdf, cairo, page);
	if (pdf->spec.page_numbers) put_number(pdf, cairo, page);
	cairo_show_page(cairo);
}

Error pdf_finish(Call *call, Pdf *pdf, Text *out)
{
	Buffer bytes = { .arena = call->arena };
	if (pdf->full) return fail(call, TOO_LARGE, "a document of more than %d pages", PDF_PAGES_MAX);
	cairo_surface_t *file = cairo_pdf_surface_create_for_stream(append, &bytes, pdf->width, pdf->height);
	if (pdf->spec.is_for_signing) cairo_pdf_surface_restrict_to_version(file, CAIRO_PDF_VERSION_1_4);
	put_metadata(pdf, file);
	cairo_t *cairo = cairo_create(file);
	PdfPage page = { .width = pdf->width, .height = pdf->height, .count = (int)pdf->pages.count };
	for (page.number = 1; page.number <= page.count; page.number++) put_page(pdf, cairo, &page);
	cairo_status_t drawn = cairo_status(cairo);
	cairo_destroy(cairo);
	cairo_surface_finish(file);
	cairo_status_t written = cairo_surface_status(file);
	cairo_surface_destroy(file);
	if (drawn || written) return fail(call, INTERNAL, "a document: %s", cairo_status_to_string(drawn ? drawn : written));
	if (arena_is_full(call->arena)) return fail(call, TOO_LARGE, "a document beyond the memory of a call");
	*out = buffer_text(&bytes);
	return OK;
}
