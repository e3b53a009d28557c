/* A warning as a file: for Word, and as a PDF with the signature of the library. */
#include "base/base/clock.h"
#include "face/doc/docx.h"
#include "face/doc/pdf_sign.h"
#include "subject/warning/warning_private.h"

static const PdfStyle sender_style = { .align = PDF_CENTER, .size = 15, .bold = true, .after = 6 },
		      number_style = { .align = PDF_CENTER, .size = 10.5, .after = 14 },
		      title_style = { .align = PDF_CENTER, .size = 18, .bold = true, .after = 14 },
		      head_style = { .size = 12.5, .bold = true, .before = 10, .after = 4 },
		      text_style = { .align = PDF_JUSTIFY, .size = 12, .indent = 2, .after = 4 },
		      foot_style = { .align = PDF_END, .size = 12, .before = 14 }, note_style = { .size = 9.5, .before = 16 };

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

static DocxBlocks blocks_of(Call *call, const WarningDocument *document)
{
	Making making = { .arena = call->arena, .document = document };
	Text sender = setting_text(call, SETTING_letter_sender);
	put(&making, sender, sender_style);
	put(&making, revision_text(call, document), number_style);
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
