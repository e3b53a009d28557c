/* What pages about one report share: its sections, its files, its editions. */
#include "subject/figure/figure_report_private.h"
#include "subject/figure/figure_report_view.h"
#include "subject/figure/views/figure_report_files.html.h"
#include "subject/figure/views/figure_report_parts.html.h"

static const char *const file_names[] = { "zh.pdf", "zh.docx", "en.pdf", "en.docx" };
static const char *const file_labels[] = { N_("PDF in Chinese"), N_("Word in Chinese"), N_("PDF in English"), N_("Word in English") };
static const char *const lang_tags[LANG_COUNT] = { [LANG_ZH] = "zh-CN", [LANG_EN] = "en" };

Markup figure_report_files(Html *html, Text base)
{
	Html inner = html_inner(html);
	FigureFilesView view = { .count = COUNT(file_names) };
	for (size_t i = 0; i < COUNT(file_names); i++)
		view.files[i] = (FigureFile) { tr(html->lang, file_labels[i]),
			url_local(html->call->arena, "%.*s/%s", TEXT_ARGS(base), file_names[i]) };
	page_figure_report_files(&inner, &view);
	return html_done(html, &inner);
}

Error figure_report_load(Request *request)
{
	FigureReport *report = arena_new_of(request->call->arena, FigureReport);
	TRY(figure_report_open(request->call, request_parameter(request, TEXT("ref")), report));
	request->subject = report;
	return OK;
}

Error figure_report_load_public(Request *request)
{
	FigureReport *report = arena_new_of(request->call->arena, FigureReport);
	TRY(figure_report_open_public(request->call, request_parameter(request, TEXT("ref")), report));
	request->subject = report;
	return OK;
}

/* ---- Sections */
static void put_words(Html *html, const FigurePart *part, Lang lang, bool has_head, FigurePartView *view)
{
	static const char *const heads[LANG_COUNT] = { [LANG_ZH] = N_("Words in Chinese"), [LANG_EN] = N_("Words in English") };
	FigureWordsView words = { .lang = text_from(lang_tags[lang]) };
	Text rest = part->words[lang], line;
	if (has_head) words.head = tr(html->lang, heads[lang]);
	while (text_next(&rest, '\n', &line))
		if (text_trim(line).length) list_add(html->call->arena, &words.lines, text_trim(line));
	if (words.lines.count) list_add(html->call->arena, &view->words, words);
}

static FigurePartView part_view(Html *html, const FigurePart *part, const FigureSheet *sheet, bool both)
{
	FigurePartView view = { .title = tr(html->lang, part->section->text), .note = TEXT("") };
	if (both)
		for (int lang = 0; lang < LANG_COUNT; lang++) put_words(html, part, (Lang)lang, true, &view);
	else
		put_words(html, part, html->lang, false, &view);
	if (!sheet || !figure_sheet_rows(sheet)) return view;
	SheetView shown = figure_sheet_view(html, sheet, TEXT("?"));
	view.note = shown.note;
	view.chart = shown.chart;
	view.table = shown.table;
	return view;
}

Error figure_report_parts(Html *html, const FigureReport *report, bool is_public, bool both, Markup *out)
{
	FigureView period;
	FigureSheets sheets;
	FigurePartsView view = { 0 };
	Html inner = html_inner(html);
	figure_report_view(html->call, report, is_public, &period);
	TRY(figure_sheets(html->call, &period, &sheets));
	for (size_t i = 0; i < report->parts.count; i++) {
		const FigurePart *part = &report->parts.at[i];
		bool is_told_elsewhere = !both && part->section->is_words && strcmp(part->section->tag, "summary") != 0;
		if (is_told_elsewhere) continue;
		list_add(html->call->arena, &view.parts,
			part_view(html, part, figure_sheet_find(&sheets, text_from(part->section->tag)), both));
	}
	page_figure_report_parts(&inner, &view);
	*out = html_done(html, &inner);
	return OK;
}

/* ---- Editions */
Error figure_report_editions_markup(Html *html, const FigureReport *report, Text address, Markup *out)
{
	static const char *const labels[] = { N_("Edition"), N_("Issued on"), N_("Why it is corrected") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	FigureEditions editions;
	*out = markup_text(html, TEXT(""));
	TRY(figure_report_editions(html->call, report, address.at != NULL, &editions));
	if (editions.count < 2) return OK;
	Cell *cells = arena_array_of(arena, Cell, editions.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 2 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < editions.count; i++) {
		const FigureEdition *edition = &editions.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = arena_printf(arena, "%lld", (long long)edition->n);
		if (address.at) cell[0].url = url_local(arena, "%.*s?edition=%lld", TEXT_ARGS(address), (long long)edition->n);
		cell[1].markup = part_date(html, edition->issued_at);
		cell[2].text = edition->reason[html->lang].length ? edition->reason[html->lang] : TEXT("–");
	}
	*out = part_table(html, &(Table) { tr(html->lang, "Editions"), columns, COUNT(labels), cells, editions.count });
	return OK;
}
