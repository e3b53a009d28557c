/* What a report says and shows: words made of the tables, and documents of words, charts and tables. */
#include "base/base/clock.h"
#include "face/doc/chart.h"
#include "subject/figure/figure_report_private.h"

void figure_report_view(Call *call, const FigureReport *report, bool is_public, FigureView *out)
{
	FigureView view = { .scope = is_public ? FIGURE_PUBLIC : FIGURE_OFFICE };
	bool is_weekly = report->kind == FIGURE_WEEKLY;
	view.period = (FigurePeriod) { is_weekly ? FIGURE_DAYS : FIGURE_MONTHS_SPAN, report->start, report->last };
	view.before = figure_before(&view.period);
	view.trend_last = is_weekly ? figure_month_of(view.period.last + 1) - 1 : view.period.last;
	view.period_text = figure_period_text(call, &view.period);
	view.before_text = figure_period_text(call, &view.before);
	*out = view;
}

Text figure_report_title(Call *call, const FigureReport *report)
{
	FigureView view;
	figure_report_view(call, report, true, &view);
	Text own = figure_report_words(report, "title", call->lang);
	const char *kind = tr(call->lang, figure_report_kind_text(report->kind)).at;
	bool is_chinese = call->lang == LANG_ZH;
	if (own.length)
		return arena_printf(call->arena, is_chinese ? "%.*s（%.*s）" : "%.*s, %.*s", TEXT_ARGS(own), TEXT_ARGS(view.period_text));
	return is_chinese ? arena_printf(call->arena, "漏洞库%s（%.*s）", kind, TEXT_ARGS(view.period_text))
			  : arena_printf(call->arena, "%s of the library, %.*s", kind, TEXT_ARGS(view.period_text));
}

/* ---- Documents */
#define TITLE_SIZE 18.0
#define HEAD_SIZE 14.0
#define WORD_SIZE 11.0
#define NOTE_SIZE 9.5
#define PICTURE_WIDTH 440.0

typedef struct Writing {
	Call *call;
	DocxBlocks blocks;
} Writing;

static void put_text(Writing *writing, Text text, PdfStyle style)
{
	PdfRun *run = arena_new_of(writing->call->arena, PdfRun);
	*run = (PdfRun) { .text = text };
	list_add(writing->call->arena, &writing->blocks, ((DocxBlock) { .style = style, .runs = run, .run_count = 1 }));
}

static Error put_chart(Writing *writing, const FigureSheet *sheet)
{
	Arena *arena = writing->call->arena;
	DocxBlock block = { .picture_width = PICTURE_WIDTH, .style = { .align = PDF_CENTER } };
	bool any = false;
	ChartLine *lines = arena_array_of(arena, ChartLine, sheet->bars.count + 1);
	for (size_t i = 0; i < sheet->bars.count; i++) {
		const FigureBar *bar = &sheet->bars.at[i];
		Text label = bar->is_hidden ? arena_printf(arena, "%.*s (%s)", TEXT_ARGS(bar->label), tr(writing->call->lang, "hidden").at)
					    : bar->label;
		lines[i] = (ChartLine) { label, bar->tone, bar->value };
		any |= bar->value > 0;
	}
	if (sheet->chart == CHART_NONE || !any) return OK;
	TRY(chart_picture(writing->call, sheet->chart_title, lines, sheet->bars.count, &block.picture));
	list_add(arena, &writing->blocks, block);
	return OK;
}

static void put_table(Writing *writing, const FigureSheet *sheet)
{
	Arena *arena = writing->call->arena;
	Sheet *table = arena_new_of(arena, Sheet);
	double *shares = arena_array_of(arena, double, sheet->heads.count);
	Text *cells = arena_array_of(arena, Text, sheet->cells.count + 1);
	bool is_definitions = !strcmp(sheet->tag, "definitions");
	for (size_t i = 0; i < sheet->cells.count; i++) cells[i] = sheet->cells.at[i].text;
	for (size_t i = 0; i < sheet->heads.count; i++) shares[i] = i == 0 || (is_definitions && i == 1) ? 2 : 1;
	*table = (Sheet) { sheet->title, sheet->heads.at, sheet->heads.count, cells, figure_sheet_rows(sheet) };
	list_add(arena, &writing->blocks, ((DocxBlock) { .table = table, .shares = shares }));
}

static void put_words(Writing *writing, Text words)
{
	Text paragraph;
	while (text_next(&words, '\n', &paragraph))
		if (text_trim(paragraph).length)
			put_text(writing, text_trim(paragraph), (PdfStyle) { .size = WORD_SIZE, .indent = 2, .after = 4 });
}

/* A section: its head, its words, then what its sheet shows. */
static Error put_part(Writing *writing, const FigurePart *part, const FigureSheet *sheet)
{
	Text words = part->words[writing->call->lang];
	bool shows = sheet && figure_sheet_rows(sheet);
	if (!shows && !words.length) return OK;
	put_text(writing, tr(writing->call->lang, part->section->text),
		(PdfStyle) { .size = HEAD_SIZE, .bold = true, .before = 14, .after = 4 });
	writing->blocks.at[writing->blocks.count - 1].keeps = true;
	put_words(writing, words);
	if (!shows) return OK;
	if (sheet->note.length) {
		put_text(writing, sheet->note, (PdfStyle) { .size = NOTE_SIZE, .after = 4 });
		writing->blocks.at[writing->blocks.count - 1].keeps = true;
	}
	TRY(put_chart(writing, sheet));
	put_table(writing, sheet);
	return OK;
}

static Text day_of(Call *call, int64_t at)
{
	FigurePeriod day = { FIGURE_DAYS, (at + FIGURE_ZONE_MS) / FIGURE_DAY_MS, 0 };
	day.last = day.first;
	return figure_period_text(call, &day);
}

/* When it was issued, and of a correction why; or that it was not issued yet. */
static void put_standing(Writing *writing, const FigureReport *report, bool is_issued)
{
	Call *call = writing->call;
	PdfStyle style = { .size = WORD_SIZE, .align = PDF_CENTER, .after = 10 };
	Text reason = figure_report_words(report, "reason", call->lang);
	if (!is_issued)
		put_text(writing, tr(call->lang, "Draft"), style);
	else {
		const char *text = report->edition > 1 ? N_("Corrected on %s") : N_("Issued on %s");
		Problem said = { .message = text, .argument = day_of(call, report->issued_at) };
		put_text(writing, problem_text(call->arena, call->lang, &said), style);
	}
	if (!reason.length) return;
	put_text(writing, tr(call->lang, "Why it is corrected"), (PdfStyle) { .size = WORD_SIZE, .bold = true, .after = 2 });
	put_words(writing, reason);
}

Error figure_report_document(Call *call, const FigureReport *report, bool is_public, bool as_pdf, Text *out)
{
	Writing writing = { .call = call };
	FigureView view;
	FigureSheets sheets;
	bool is_issued = is_public || text_is(report->state, TEXT("ISSUED"));
	figure_report_view(call, report, is_public, &view);
	TRY(figure_sheets(call, &view, &sheets));
	put_text(&writing, figure_report_title(call, report),
		(PdfStyle) { .size = TITLE_SIZE, .bold = true, .align = PDF_CENTER, .after = 6 });
	put_standing(&writing, report, is_issued);
	put_words(&writing, figure_report_words(report, "summary", call->lang));
	for (size_t i = 0; i < report->parts.count; i++) {
		const FigurePart *part = &report->parts.at[i];
		const FigureSheet *sheet = figure_sheet_find(&sheets, text_from(part->section->tag));
		if (!part->section->is_words) TRY(put_part(&writing, part, sheet));
	}
	if (!as_pdf) return docx_make(call, writing.blocks.at, writing.blocks.count, out);
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &(PdfSpec) { .title = figure_report_title(call, report), .page_numbers = true });
	docx_draw(pdf, &writing.blocks);
	return pdf_finish(call, pdf, out);
}
