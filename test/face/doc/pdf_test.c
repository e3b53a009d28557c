#include "face/doc/pdf.h"
#include "face/doc/tool.h"

#include <cairo.h>

static Text everything(Test *t, PdfBackground *background, void *argument)
{
	static const Text heads[] = { TEXT_INIT("编号"), TEXT_INIT("Title") };
	static const Text cells[] = { TEXT_INIT("R-2026-1"), TEXT_INIT("越权访问 & <b>"), TEXT_INIT("R-2026-2"), TEXT_INIT("") };
	Text out;
	PdfSpec spec = { .title = TEXT("漏洞通知函"),
		.author = TEXT("漏洞库"),
		.page_numbers = true,
		.background = background,
		.background_argument = argument };
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &spec);
	pdf_heading(pdf, 1, TEXT("漏洞通知函"));
	pdf_paragraph(pdf, TEXT("某某科技有限公司:请于五个工作日内\x01答复。"), (PdfStyle) { .indent = 2, .align = PDF_JUSTIFY });
	pdf_table(pdf, &(Sheet) { .heads = heads, .column_count = 2, .cells = cells, .row_count = 2 }, NULL);
	pdf_page_break(pdf);
	pdf_qr(pdf, TEXT("https://cappvd.test/verify/1"), 90);
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &out));
	return out;
}

TEST(pdf__its_words_are_read_by_another_program)
{
	Text bytes = everything(t, NULL, NULL);
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	CHECK(tool_says(words, "漏洞通知函") && tool_says(words, "请于五个工作日内 答复") && tool_says(words, "越权访问 & <b>"));
	CHECK(tool_says(words, "1/2") && tool_says(words, "2/2"));
	Text facts = tool_run(t, "a.pdf", bytes, "TZ=UTC pdfinfo a.pdf");
	CHECK(tool_says(facts, "漏洞通知函") && tool_says(facts, "Thu Mar  5 06:00:00 2026") && tool_says(facts, "A4"));
}

TEST(pdf__every_font_is_embedded)
{
	Text fonts = tool_run(t, "a.pdf", everything(t, NULL, NULL), "pdffonts a.pdf | tail -n +3 | awk '{print $(NF-4)}' | sort -u");
	CHECK_TEXT(text_trim(fonts), "yes");
	CHECK(tool_says(tool_run(t, "a.pdf", everything(t, NULL, NULL), "pdffonts a.pdf"), "NotoSansCJK"));
}

typedef struct Seen {
	int pages, count;
} Seen;

static void watermark(cairo_t *cairo, const PdfPage *page, void *argument)
{
	Seen *seen = argument;
	seen->pages += page->number;
	seen->count = page->count;
	cairo_rectangle(cairo, 0, 0, page->width, page->height);
	cairo_set_source_rgb(cairo, 1, 0, 0);
	cairo_fill(cairo);
}

TEST(pdf__a_background_is_drawn_under_each_page)
{
	Seen seen = { 0 };
	Text bytes = everything(t, watermark, &seen);
	CHECK_INT(seen.pages, 3);
	CHECK_INT(seen.count, 2);
	/* A corner is red on both pages, and the words are above it. */
	Text corner = tool_run(
		t, "a.pdf", bytes, "pdftoppm -r 20 a.pdf p && for i in 1 2; do tail -c +16 p-$i.ppm | head -c 3 | od -An -tu1; done");
	CHECK_TEXT(text_trim(corner), "255   0   0\n 255   0   0");
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdftotext a.pdf -"), "漏洞通知函"));
}

TEST(pdf__a_long_table_goes_on_with_its_heads)
{
	enum { ROWS = 200 };
	static const Text heads[] = { TEXT_INIT("Number"), TEXT_INIT("Text") };
	Text *cells = arena_array_of(t->arena, Text, ROWS * 2), out;
	Buffer tall = { .arena = t->arena };
	for (size_t i = 0; i < 400; i++) buffer_printf(&tall, "line %zu\n", i);
	for (size_t i = 0; i < ROWS; i++) {
		cells[2 * i] = arena_printf(t->arena, "row-%zu-end", i);
		cells[2 * i + 1] = i == 100 ? buffer_text(&tall) : TEXT("x");
	}
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .page_numbers = true });
	pdf_table(pdf, &(Sheet) { .heads = heads, .column_count = 2, .cells = cells, .row_count = ROWS }, (const double[]) { 1, 3 });
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &out));
	Text words = tool_run(t, "t.pdf", out,
		"pdftotext -layout t.pdf - > t.txt; for i in $(seq 0 199); do grep -q \"row-$i-end\" t.txt || echo lost $i; done; grep -c "
		"'^ *Number *Text' t.txt; grep -c 'line ' t.txt; pdfinfo t.pdf | grep Pages");
	CHECK(!tool_says(words, "lost"));
	int64_t heads_found = 0;
	Text rest = words, line;
	CHECK(text_next(&rest, '\n', &line) && text_to_int(line, &heads_found));
	CHECK(text_next(&rest, '\n', &line));
	CHECK_TEXT(line, "400");
	CHECK(tool_says(rest, arena_printf(t->arena, "Pages: %10s%lld", "", (long long)heads_found).at));
}

TEST(pdf__a_seal_that_is_no_picture_is_refused)
{
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { 0 });
	static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\10\6\0\0\0";
	CHECK_ERROR(t->call, pdf_seal(t->call, pdf, TEXT("GIF89a"), 100), INVALID);
	CHECK_ERROR(t->call, pdf_seal(t->call, pdf, (Text) { huge, sizeof(huge) - 1 }, 100), INVALID);
}
