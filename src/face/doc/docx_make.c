/* A document of Word made of blocks: the built-in templates, which an office then edits. */
#include "face/doc/chart.h"
#include "face/doc/docx_private.h"
#include "face/doc/xml.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

static const char types[] =
	DECLARATION "<Types xmlns=\"" PACKAGE
		    "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		    "<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"xml\" "
		    "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
		    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
static const char relations[] = DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
					    "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static const char fonts[] = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\"/>";

enum { TABLE_TWIPS = 9066 }; /* between the margins */
#define TABLE_SIZE 11.0

static void put_run(Buffer *out, const PdfRun *run, PdfStyle style)
{
	double size = run->size > 0 ? run->size : style.size > 0 ? style.size : 12;
	Text rest = run->text, line;
	buffer_printf(
		out, "<w:r><w:rPr>%s%s<w:sz w:val=\"%d\"/></w:rPr>", fonts, run->bold || style.bold ? "<w:b/>" : "", (int)(size * 2 + 0.5));
	for (bool first = true; text_next(&rest, '\n', &line); first = false) {
		buffer_put(out, first ? TEXT("<w:t xml:space=\"preserve\">") : TEXT("<w:br/><w:t xml:space=\"preserve\">"));
		xml_put(out, line);
		buffer_put(out, TEXT("</w:t>"));
	}
	buffer_put(out, TEXT("</w:r>"));
}

static void put_paragraph(Buffer *out, const PdfRun *runs, size_t count, PdfStyle style, bool keeps)
{
	static const char *const aligns[] = { "left", "center", "right", "both" };
	buffer_put(out, keeps ? TEXT("<w:p><w:pPr><w:keepNext/>") : TEXT("<w:p><w:pPr>"));
	buffer_printf(out, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"360\" w:lineRule=\"auto\"/>", (int)(style.before * 20),
		(int)(style.after * 20));
	if (style.indent > 0)
		buffer_printf(out, "<w:ind w:firstLineChars=\"%d\" w:firstLine=\"%d\"/>", (int)(style.indent * 100),
			(int)(style.indent * (style.size > 0 ? style.size : 12) * 20));
	buffer_printf(out, "<w:jc w:val=\"%s\"/></w:pPr>", aligns[style.align]);
	for (size_t i = 0; i < count; i++) put_run(out, &runs[i], style);
	buffer_put(out, TEXT("</w:p>"));
}

typedef struct TableRow {
	const Text *cells;
	const int *widths; /* twips */
	size_t count;
	double height;
	bool is_head;
} TableRow;

static void put_row(Buffer *out, const TableRow *row)
{
	buffer_put(out, TEXT("<w:tr><w:trPr><w:cantSplit/>"));
	if (row->height > 0) buffer_printf(out, "<w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/>", (int)(row->height * 20));
	buffer_put(out, row->is_head ? TEXT("<w:tblHeader/></w:trPr>") : TEXT("</w:trPr>"));
	for (size_t i = 0; i < row->count; i++) {
		buffer_printf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s<w:vAlign w:val=\"center\"/></w:tcPr>",
			row->widths[i], row->is_head ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEFF3\"/>" : "");
		put_paragraph(out, &(PdfRun) { .text = row->cells[i], .bold = row->is_head }, 1,
			(PdfStyle) { .size = TABLE_SIZE, .align = row->is_head ? PDF_CENTER : PDF_START }, false);
		buffer_put(out, TEXT("</w:tc>"));
	}
	buffer_put(out, TEXT("</w:tr>"));
}

static void put_table(Buffer *out, const DocxBlock *block)
{
	static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
	const Sheet *sheet = block->table;
	int *widths = arena_array_of(out->arena, int, sheet->column_count);
	double sum = 0;
	for (size_t i = 0; i < sheet->column_count; i++) sum += block->shares ? block->shares[i] : 1;
	buffer_put(out, TEXT("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>"));
	for (size_t i = 0; i < COUNT(sides); i++) buffer_printf(out, "<w:%s w:val=\"single\" w:sz=\"4\"/>", sides[i]);
	buffer_put(out, TEXT("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"));
	for (size_t i = 0; i < sheet->column_count; i++) {
		widths[i] = (int)((block->shares ? block->shares[i] : 1) / sum * TABLE_TWIPS);
		buffer_printf(out, "<w:gridCol w:w=\"%d\"/>", widths[i]);
	}
	buffer_put(out, TEXT("</w:tblGrid>"));
	TableRow row = { .cells = sheet->heads, .widths = widths, .count = sheet->column_count, .is_head = true };
	if (sheet->heads) put_row(out, &row);
	row.is_head = false;
	row.height = block->row_height;
	for (size_t i = 0; i < sheet->row_count; i++) {
		row.cells = &sheet->cells[i * sheet->column_count];
		put_row(out, &row);
	}
	buffer_put(out, TEXT("</w:tbl>"));
}

/* ---- Pictures: word/media/pictureN.png by the relation pictureN */
enum { EMU_OF_A_POINT = 12700 };
static void put_picture(Buffer *out, const DocxBlock *block, size_t number)
{
	int64_t width = 1, height = 1;
	must(chart_picture_size(block->picture, &width, &height));
	long long wide = (long long)(block->picture_width * EMU_OF_A_POINT), high = wide * height / width;
	buffer_printf(out,
		"<w:p><w:pPr><w:keepNext/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp=\"" DRAWING
		"wordprocessingDrawing\"><wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr id=\"%zu\" name=\"picture%zu\"/>"
		"<a:graphic xmlns:a=\"" DRAWING "main\"><a:graphicData uri=\"" DRAWING "picture\"><pic:pic xmlns:pic=\"" DRAWING
		"picture\">",
		wide, high, number, number);
	buffer_printf(out,
		"<pic:nvPicPr><pic:cNvPr id=\"%zu\" name=\"picture%zu\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
		"xmlns:r=\"" OFFICE
		"\" r:embed=\"picture%zu\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
		"<a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
		"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
		number, number, number, wide, high);
}

static Text picture_relations(Arena *arena, size_t count)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT(DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">"));
	for (size_t i = 1; i <= count; i++)
		buffer_printf(&out, "<Relationship Id=\"picture%zu\" Type=\"" OFFICE "/image\" Target=\"media/picture%zu.png\"/>", i, i);
	buffer_put(&out, TEXT("</Relationships>"));
	return buffer_text(&out);
}

static Error pack(Call *call, const DocxBlock *blocks, size_t count, Text body, Text *out)
{
	LIST_OF(ZipEntry) entries = { 0 };
	size_t pictures = 0;
	list_add(call->arena, &entries, ((ZipEntry) { TEXT("[Content_Types].xml"), text_from(types) }));
	list_add(call->arena, &entries, ((ZipEntry) { TEXT("_rels/.rels"), text_from(relations) }));
	list_add(call->arena, &entries, ((ZipEntry) { TEXT("word/document.xml"), body }));
	for (size_t i = 0; i < count; i++)
		if (blocks[i].picture.length) {
			Text name = arena_printf(call->arena, "word/media/picture%zu.png", ++pictures);
			list_add(call->arena, &entries, ((ZipEntry) { name, blocks[i].picture }));
		}
	if (pictures)
		list_add(call->arena, &entries,
			((ZipEntry) { TEXT("word/_rels/document.xml.rels"), picture_relations(call->arena, pictures) }));
	return zip_pack(call, entries.at, entries.count, call->now, out);
}

Error docx_make(Call *call, const DocxBlock *blocks, size_t count, Text *out)
{
	Buffer body = { .arena = call->arena };
	size_t pictures = 0;
	buffer_put(&body, TEXT(DECLARATION "<w:document xmlns:w=\"" MAIN "\"><w:body>"));
	for (size_t i = 0; i < count; i++) {
		if (blocks[i].page_break)
			buffer_put(&body, TEXT("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"));
		else if (blocks[i].picture.length)
			put_picture(&body, &blocks[i], ++pictures);
		else if (blocks[i].table)
			put_table(&body, &blocks[i]);
		else
			put_paragraph(&body, blocks[i].runs, blocks[i].run_count, blocks[i].style, blocks[i].keeps);
	}
	buffer_put(&body, TEXT("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1520\" w:right=\"1420\" w:bottom=\"1440\" "
			       "w:left=\"1420\" "
			       "w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"));
	return pack(call, blocks, count, buffer_text(&body), out);
}
