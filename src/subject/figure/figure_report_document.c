/* What a report says and shows: words made of the tables, and documents of words, charts and tables. */
#include "base/base/clock.h"
#include "face/doc/chart.h"
#include "subject/figure/figure_report_private.h"

enum { WEEK_LAST = 6, YEAR_LAST = FIGURE_YEAR_MONTHS - 1 };

void figure_report_view(Call *call, const FigureReport *report, bool is_public, FigureView *out)
{
	FigureView view = { .scope = is_public ? FIGURE_PUBLIC : FIGURE_OFFICE };
	view.period = (FigurePeriod) { report->kind == FIGURE_WEEKLY ? FIGURE_DAYS : FIGURE_MONTHS_SPAN, report->start, report->start };
	if (report->kind == FIGURE_WEEKLY) view.period.last += WEEK_LAST;
	if (report->kind == FIGURE_YEARLY) view.period.last += YEAR_LAST;
	view.before = figure_before(&view.period);
	view.trend_last = report->kind == FIGURE_WEEKLY ? figure_month_of(view.period.last + 1) - 1 : view.period.last;
	view.period_text = figure_period_text(call, &view.period);
	view.before_text = figure_period_text(call, &view.before);
	*out = view;
}

Text figure_report_title(Call *call, const FigureReport *report)
{
	FigureView view;
	figure_report_view(call, report, true, &view);
	const char *kind = tr(call->lang, figure_report_kind_text(report->kind)).at;
	return call->lang == LANG_ZH ? arena_printf(call->arena, "漏洞库%s（%.*s）", kind, TEXT_ARGS(view.period_text))
				     : arena_printf(call->arena, "%s of the library, %.*s", kind, TEXT_ARGS(view.period_text));
}

/* ---- Words */
static void put_sentence(Buffer *out, const Call *call, const FigureSheet *sheet, const size_t *columns, size_t count)
{
	bool is_chinese = call->lang == LANG_ZH, any = false;
	Buffer line = { .arena = out->arena };
	for (size_t row = 0; row < figure_sheet_rows(sheet); row++) {
		const FigureCell *cells = &sheet->cells.at[row * sheet->heads.count];
		if (cells[1].is_hidden || (cells[1].is_number && cells[1].number == 0)) continue;
		if (any) buffer_put(&line, is_chinese ? TEXT("；") : TEXT("; "));
		any = true;
		buffer_printf(&line, "%.*s %.*s", TEXT_ARGS(cells[0].text), TEXT_ARGS(cells[1].text));
		for (size_t i = 0; i < count; i++) {
			const FigureCell *cell = &cells[columns[i]];
			if (cell->is_hidden || text_is(cell->text, TEXT("–"))) continue;
			buffer_printf(&line, is_chinese ? "，%.*s %.*s" : ", %.*s %.*s", TEXT_ARGS(sheet->heads.at[columns[i]]),
				TEXT_ARGS(cell->text));
		}
	}
	if (!any) return;
	buffer_printf(out, "%.*s%s", TEXT_ARGS(sheet->title), is_chinese ? "：" : ": ");
	buffer_put(out, buffer_text(&line));
	buffer_put(out, is_chinese ? TEXT("。\n") : TEXT(".\n"));
}

Error figure_report_draft_words(Call *call, const FigureView *view, Text *out)
{
	static const struct {
		const char *tag;
		size_t columns[2], count;
	} sentences[] = { { "counts", { 3 }, 1 }, { "levels", { 0 }, 0 }, { "classes", { 0 }, 0 }, { "times", { 2, 5 }, 2 } };
	Buffer buffer = { .arena = call->arena };
	FigureSheets sheets;
	TRY(figure_sheets(call, view, &sheets));
	for (size_t i = 0; i < COUNT(sentences); i++) {
		const FigureSheet *sheet = figure_sheet_find(&sheets, text_from(sentences[i].tag));
		if (sheet) put_sentence(&buffer, call, sheet, sentences[i].columns, sentences[i].count);
	}
	if (!buffer.length) buffer_put(&buffer, tr(call->lang, "Nothing in this period."));
	*out = text_trim(buffer_text(&buffer));
	return OK;
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
		lines[i] = (ChartLine) { sheet->bars.at[i].label, sheet->bars.at[i].tone, sheet->bars.at[i].value };
		any |= lines[i].value > 0;
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

static Error put_sheet(Writing *writing, const FigureSheet *sheet)
{
	if (!figure_sheet_rows(sheet)) return OK;
	put_text(writing, sheet->title, (PdfStyle) { .size = HEAD_SIZE, .bold = true, .before = 14, .after = 4 });
	writing->blocks.at[writing->blocks.count - 1].keeps = true;
	if (sheet->note.length) {
		put_text(writing, sheet->note, (PdfStyle) { .size = NOTE_SIZE, .after = 4 });
		writing->blocks.at[writing->blocks.count - 1].keeps = true;
	}
	TRY(put_chart(writing, sheet));
	put_table(writing, sheet);
	return OK;
}

static void put_head(Writing *writing, const FigureReport *report)
{
	Call *call = writing->call;
	Text rest = report->words[call->lang], paragraph;
	put_text(writing, figure_report_title(call, report),
		(PdfStyle) { .size = TITLE_SIZE, .bold = true, .align = PDF_CENTER, .after = 6 });
	if (report->issued_at) {
		FigurePeriod day = { FIGURE_DAYS, (report->issued_at + FIGURE_ZONE_MS) / FIGURE_DAY_MS, 0 };
		day.last = day.first;
		Text issued = problem_text(
			call->arena, call->lang, &(Problem) { .message = N_("Issued on %s"), .argument = figure_period_text(call, &day) });
		put_text(writing, issued, (PdfStyle) { .size = WORD_SIZE, .align = PDF_CENTER, .after = 10 });
	} else
		put_text(writing, tr(call->lang, "Draft"), (PdfStyle) { .size = WORD_SIZE, .align = PDF_CENTER, .after = 10 });
	while (text_next(&rest, '\n', &paragraph))
		if (text_trim(paragraph).length)
			put_text(writing, text_trim(paragraph), (PdfStyle) { .size = WORD_SIZE, .indent = 2, .after = 4 });
}

Error figure_report_document(Call *call, const FigureReport *report, bool is_public, bool as_pdf, Text *out)
{
	Writing writing = { .call = call };
	FigureView view;
	FigureSheets sheets;
	figure_report_view(call, report, is_public, &view);
	TRY(figure_sheets(call, &view, &sheets));
	put_head(&writing, report);
	for (size_t i = 0; i < sheets.count; i++) TRY(put_sheet(&writing, &sheets.at[i]));
	if (!as_pdf) return docx_make(call, writing.blocks.at, writing.blocks.count, out);
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &(PdfSpec) { .title = figure_report_title(call, report), .page_numbers = true });
	docx_draw(pdf, &writing.blocks);
	return pdf_finish(call, pdf, out);
}
