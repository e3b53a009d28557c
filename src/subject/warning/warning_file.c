/* A warning as a file: for Word, and as a PDF with the signature of the library. */
#include "base/base/clock.h"
#include "face/doc/docx.h"
#include "face/doc/pdf_sign.h"
#include "subject/warning/warning_private.h"
#include "work/copy/copy.h"

#include <cairo.h>

static const PdfStyle sender_style = { .align = PDF_CENTER, .size = 15, .bold = true, .after = 6 },
		      number_style = { .align = PDF_CENTER, .size = 10.5, .after = 14 },
		      title_style = { .align = PDF_CENTER, .size = 18, .bold = true, .after = 14 },
		      head_style = { .size = 12.5, .bold = true, .before = 10, .after = 4 },
		      text_style = { .align = PDF_JUSTIFY, .size = 12, .indent = 2, .after = 4 },
		      foot_style = { .align = PDF_END, .size = 12, .before = 14 }, note_style = { .size = 9.5, .before = 16 },
		      copy_style = { .align = PDF_CENTER, .size = 9.5, .after = 12 };

typedef struct Making {
	Arena *arena;
	const WarningDocument *document;
	DocxBlocks blocks;
} Making;

static void put(Making *making, Text text, PdfStyle style)
{
	if (!text.length) return;
	PdfRun *run = arena_new_of(making->arena, PdfRun);
	*run = (PdfRun) { .text = text };
	list_add(making->arena, &making->blocks, ((DocxBlock) { .style = style, .runs = run, .run_count = 1 }));
}

/* Each line is a paragraph. */
static void put_part(Making *making, Lang lang, const char *head, const char *name)
{
	Text rest = form_answer(making->document->values, name), line;
	if (!rest.length) return;
	put(making, tr(lang, head), head_style);
	while (text_next(&rest, '\n', &line)) put(making, text_trim(line), text_style);
}

static const struct {
	const char *head, *zh, *en;
} parts[] = { { N_("What was found"), "found_zh", "found_en" }, { N_("What the product is"), "product_zh", "product_en" },
	{ N_("Cause and trigger"), "cause_zh", "cause_en" }, { N_("Harm"), "harm_zh", "harm_en" },
	{ N_("Affected versions"), "versions", "versions" }, { N_("What to do"), "advice_zh", "advice_en" },
	{ N_("Credits"), "credits", "credits" }, { N_("References"), "links", "links" } };

static void put_language(Making *making, Lang lang)
{
	const Map *values = making->document->values;
	put(making, warning_title(making->arena, lang, form_answer(values, "what_zh"), form_answer(values, "what_en")), title_style);
	for (size_t i = 0; i < COUNT(parts); i++) put_part(making, lang, parts[i].head, lang == LANG_ZH ? parts[i].zh : parts[i].en);
}

static Text revision_text(Call *call, const WarningDocument *document)
{
	if (document->n <= 1) return document->number;
	Problem revision = { .message = N_(" (revision %s)"), .argument = arena_printf(call->arena, "%lld", (long long)document->n) };
	return arena_printf(call->arena, "%.*s%.*s", TEXT_ARGS(document->number), TEXT_ARGS(problem_text(call->arena, LANG_ZH, &revision)));
}

/* ---- Whose copy it is */
static Text copy_text(Arena *arena, const WarningCopy *copy)
{
	Text at = clock_human(arena, LANG_ZH, copy->at);
	return arena_printf(arena, "%.*s · %.*s · %.*s", TEXT_ARGS(copy->recipient), TEXT_ARGS(at), TEXT_ARGS(copy->ref));
}

typedef struct Marking {
	const WarningCopy *copy;
	const char *words;
} Marking;

static void dot(void *context, double x, double y)
{
	cairo_t *cairo = context;
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, x, y, MARK_DOT_RADIUS_POINTS, 0, 6.283185307179586);
}

/* In pale letters across the page, and as the pattern that a photograph of half a page still shows. */
static void put_mark(cairo_t *cairo, const PdfPage *page, void *argument)
{
	enum { LINES = 6 };
	const Marking *marking = argument;
	cairo_set_source_rgb(cairo, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK);
	mark_draw_points(marking->copy->mark, page->width, page->height, dot, cairo);
	cairo_fill(cairo);
	cairo_select_font_face(cairo, "Noto Sans CJK SC", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, 11);
	cairo_set_source_rgb(cairo, 0.86, 0.86, 0.88);
	for (int i = 0; i < LINES; i++) {
		cairo_save(cairo);
		cairo_translate(cairo, i % 2 ? page->width * 0.30 : page->width * 0.08, page->height * (0.26 + 0.14 * i));
		cairo_rotate(cairo, -0.42);
		cairo_move_to(cairo, 0, 0);
		cairo_show_text(cairo, marking->words);
		cairo_restore(cairo);
	}
}

static DocxBlocks blocks_of(Call *call, const WarningDocument *document)
{
	Making making = { .arena = call->arena, .document = document };
	Text sender = setting_text(call, SETTING_letter_sender);
	put(&making, sender, sender_style);
	put(&making, revision_text(call, document), number_style);
	if (document->copy) {
		Problem whose = { .message = N_("Copy of %s"), .argument = copy_text(call->arena, document->copy) };
		put(&making, problem_text(call->arena, LANG_ZH, &whose), copy_style);
	}
	put_language(&making, LANG_ZH);
	if (form_answer(document->values, "what_en").length) put_language(&making, LANG_EN);
	put(&making, sender, foot_style);
	put(&making, clock_human_date(call->arena, LANG_ZH, document->at), (PdfStyle) { .align = PDF_END, .size = 12 });
	if (!document->is_public)
		put(&making, tr(LANG_ZH, N_("For the organisations it was sent to: it is not public and must not be passed on.")),
			note_style);
	return making.blocks;
}

Error warning_word(Call *call, const WarningDocument *document, Text *out)
{
	DocxBlocks blocks = blocks_of(call, document);
	return docx_make(call, blocks.at, blocks.count, out);
}

static Error pages_of(Call *call, const WarningDocument *document, Text *out)
{
	Text title = warning_title(call->arena, LANG_ZH, form_answer(document->values, "what_zh"), TEXT(""));
	PdfSpec spec = { .title = title,
		.author = setting_text(call, SETTING_letter_sender),
		.subject = document->number,
		.serif = true,
		.page_numbers = true,
		.is_for_signing = pdf_stamp(call) != NULL };
	if (document->is_public)
		spec.page_code = arena_printf(
			call->arena, "%.*s/warnings/%.*s", TEXT_ARGS(call->house->public_address), TEXT_ARGS(document->number));
	Marking marking = { .copy = document->copy };
	if (document->copy) {
		marking.words = arena_string(call->arena, copy_text(call->arena, document->copy));
		spec.background = put_mark;
		spec.background_argument = &marking;
	}
	DocxBlocks blocks = blocks_of(call, document);
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	docx_draw(pdf, &blocks);
	return pdf_finish(call, pdf, out);
}

Error warning_pdf(Call *call, const WarningDocument *document, Text *out)
{
	Text pages;
	int64_t now = call->now;
	call->now = document->at; /* the date of the document */
	Error error = pages_of(call, document, &pages);
	call->now = now;
	TRY(error);
	if (!pdf_stamp(call)) {
		*out = pages;
		return OK;
	}
	return pdf_sign(call, pages,
		&(PdfSigning) { .stamp = pdf_stamp(call), .name = setting_text(call, SETTING_letter_sender), .reason = document->number },
		out);
}
