/* The sections of reports, and what a draft says of each. */
#include "subject/figure/figure_report_private.h"

const FigureSection figure_sections[] = {
	{ "title", N_("Title"), .is_words = true },
	{ "summary", N_("The period in short"), .is_words = true },
	{ "reason", N_("Why it is corrected"), .is_words = true },
	{ "counts", N_("Work of the period") },
	{ "months", N_("Month by month") },
	{ "levels", N_("Accepted vulnerabilities by level"), .is_drafted = true },
	{ "kinds", N_("Accepted vulnerabilities by type"), .is_drafted = true },
	{ "products", N_("Accepted vulnerabilities by kind of product"), .is_drafted = true },
	{ "classes", N_("Accepted vulnerabilities by class of weakness"), .is_drafted = true },
	{ "warnings", N_("Warnings by month") },
	{ "times", N_("Time in each stage"), .is_drafted = true, .columns = { 2, 5 }, .column_count = 2 },
	{ "reviews", N_("First reviews by month") },
	{ "backlog", N_("What waited at the end") },
	{ "definitions", N_("What each figure means") },
	{ "reaches", N_("Warnings by audience"), .is_inside = true, .is_drafted = true },
	{ "vendors", N_("Response of vendors"), .is_inside = true },
	{ "units", N_("Contribution of units"), .is_inside = true },
};
const size_t figure_section_count = COUNT(figure_sections);

const FigureSection *figure_section_find(Text tag)
{
	for (size_t i = 0; i < figure_section_count; i++)
		if (text_is(tag, text_from(figure_sections[i].tag))) return &figure_sections[i];
	return NULL;
}

Text figure_report_words(const FigureReport *report, const char *section, Lang lang)
{
	for (size_t i = 0; i < report->parts.count; i++)
		if (!strcmp(report->parts.at[i].section->tag, section)) return report->parts.at[i].words[lang];
	return TEXT("");
}

/* ---- Words */
static void put_row(Buffer *line, bool is_chinese, const FigureSheet *sheet, const FigureCell *cells, const FigureSection *section)
{
	buffer_printf(line, "%.*s %.*s", TEXT_ARGS(cells[0].text), TEXT_ARGS(cells[1].text));
	for (size_t i = 0; i < section->column_count; i++) {
		const FigureCell *cell = &cells[section->columns[i]];
		if (cell->is_hidden || text_is(cell->text, TEXT("–"))) continue;
		buffer_printf(line, is_chinese ? "，%.*s %.*s" : ", %.*s %.*s", TEXT_ARGS(sheet->heads.at[section->columns[i]]),
			TEXT_ARGS(cell->text));
	}
}

static Text sentence_of(const Call *call, const FigureSheet *sheet, const FigureSection *section)
{
	bool is_chinese = call->lang == LANG_ZH, any = false;
	Buffer line = { .arena = call->arena };
	buffer_printf(&line, "%.*s%s", TEXT_ARGS(sheet->title), is_chinese ? "：" : ": ");
	for (size_t row = 0; row < figure_sheet_rows(sheet); row++) {
		const FigureCell *cells = &sheet->cells.at[row * sheet->heads.count];
		if (cells[1].is_hidden || (cells[1].is_number && cells[1].number == 0)) continue;
		if (any) buffer_put(&line, is_chinese ? TEXT("；") : TEXT("; "));
		any = true;
		put_row(&line, is_chinese, sheet, cells, section);
	}
	buffer_put(&line, is_chinese ? TEXT("。") : TEXT("."));
	return any ? buffer_text(&line) : TEXT("");
}

Text figure_report_draft_words(Call *call, const FigureSheets *sheets, const FigureSection *section)
{
	static const FigureSection summary = { "counts", N_("Work of the period"), .columns = { 3 }, .column_count = 1,
		.is_drafted = true };
	bool is_summary = !strcmp(section->tag, "summary");
	const FigureSection *said = is_summary ? &summary : section;
	const FigureSheet *sheet = figure_sheet_find(sheets, text_from(said->tag));
	Text words = sheet && said->is_drafted ? sentence_of(call, sheet, said) : TEXT("");
	return is_summary && !words.length ? tr(call->lang, "Nothing in this period.") : words;
}
