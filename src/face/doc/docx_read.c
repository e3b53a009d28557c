/* A document's body as blocks, and blocks as pages. */
#include "face/doc/chart.h"
#include "face/doc/docx_private.h"
#include "face/doc/pdf_private.h"

enum { TABLE_COLUMNS_MAX = 12, TABLE_ROWS_MAX = 500 };
#define ROW_POINTS_MAX 400.0
#define TABLE_SIZE 10.5
#define TWIPS_PER_CHARACTER 240.0 /* of twelve points; a twip is a twentieth of one */
#define DEFAULT_SIZE 12.0

static bool is_on(const Node *flag)
{
	if (!flag) return false;
	Text value = node_attribute(flag, TEXT("w:val"));
	return !text_is(value, TEXT("0")) && !text_is(value, TEXT("false")) && !text_is(value, TEXT("off"));
}

static double number_of(const Node *node, Text name)
{
	int64_t number = 0;
	if (!node || !text_to_int(node_attribute(node, name), &number) || number < 0 || number > 10000) return 0;
	return (double)number;
}

static PdfAlign align_of(Text word)
{
	if (text_is(word, TEXT("center"))) return PDF_CENTER;
	if (text_is(word, TEXT("right")) || text_is(word, TEXT("end"))) return PDF_END;
	return text_is(word, TEXT("both")) || text_is(word, TEXT("distribute")) ? PDF_JUSTIFY : PDF_START;
}

static PdfStyle style_of(const Node *paragraph)
{
	const Node *properties = node_child(paragraph, TEXT("w:pPr")), *align = node_child(properties, TEXT("w:jc"));
	const Node *indent = node_child(properties, TEXT("w:ind")), *spacing = node_child(properties, TEXT("w:spacing"));
	PdfStyle style = {
		.size = DEFAULT_SIZE, .before = number_of(spacing, TEXT("w:before")) / 20, .after = number_of(spacing, TEXT("w:after")) / 20
	};
	if (align) style.align = align_of(node_attribute(align, TEXT("w:val")));
	style.indent = number_of(indent, TEXT("w:firstLineChars")) / 100;
	if (style.indent <= 0) style.indent = number_of(indent, TEXT("w:firstLine")) / TWIPS_PER_CHARACTER;
	return style;
}

typedef struct Paragraph {
	Arena *arena;
	LIST_OF(PdfRun) runs;
	bool breaks_before, breaks_after; /* a page break stands in it, before or after its words */
} Paragraph;

static void read_run(Paragraph *paragraph, const Node *run)
{
	const Node *properties = node_child(run, TEXT("w:rPr"));
	Buffer text = { .arena = paragraph->arena };
	if (is_on(node_child(properties, TEXT("w:vanish")))) return;
	for (const Node *child = run->first; child; child = child->next) {
		if (node_is(child, TEXT("w:t")))
			buffer_put(&text, buffer_text(&child->text));
		else if (node_is(child, TEXT("w:tab")))
			buffer_put(&text, TEXT("    "));
		else if (node_is(child, TEXT("w:br")) && text_is(node_attribute(child, TEXT("w:type")), TEXT("page")))
			*(paragraph->runs.count > 0 || text.length > 0 ? &paragraph->breaks_after : &paragraph->breaks_before) = true;
		else if (node_is(child, TEXT("w:br")) || node_is(child, TEXT("w:cr")))
			buffer_byte(&text, '\n');
	}
	double size = number_of(node_child(properties, TEXT("w:sz")), TEXT("w:val")) / 2;
	if (size > 0 && size < 4) size = 4;
	if (size > 96) size = 96;
	if (text.length == 0) return;
	PdfRun one = { .text = buffer_text(&text), .bold = is_on(node_child(properties, TEXT("w:b"))), .size = size };
	list_add(paragraph->arena, &paragraph->runs, one);
}

/* Runs stand directly in a paragraph, or in a link, a smart tag, a control inside it. */
static void read_runs(Paragraph *paragraph, const Node *node)
{
	for (const Node *child = node->first; child; child = child->next) {
		if (node_is(child, TEXT("w:r")))
			read_run(paragraph, child);
		else if (!node_is(child, TEXT("w:pPr")))
			read_runs(paragraph, child);
	}
}

static void read_paragraph(Arena *arena, const Node *node, DocxBlocks *out)
{
	Paragraph paragraph = { .arena = arena };
	DocxBlock block = { .style = style_of(node) }, page = { .page_break = true };
	read_runs(&paragraph, node);
	if (paragraph.breaks_before || is_on(node_child(node_child(node, TEXT("w:pPr")), TEXT("w:pageBreakBefore"))))
		list_add(arena, out, page);
	if (paragraph.runs.count > 0) block.style.size = paragraph.runs.at[0].size > 0 ? paragraph.runs.at[0].size : DEFAULT_SIZE;
	block.runs = paragraph.runs.at;
	block.run_count = paragraph.runs.count;
	list_add(arena, out, block);
	if (paragraph.breaks_after) list_add(arena, out, page);
}

/* All words of a cell, a line for each paragraph. */
static Text cell_of(Arena *arena, const Node *cell)
{
	Nodes paragraphs = { 0 };
	Buffer out = { .arena = arena };
	docx_paragraphs(arena, cell, &paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++) {
		Paragraph paragraph = { .arena = arena };
		read_runs(&paragraph, paragraphs.at[i].node);
		if (i > 0) buffer_byte(&out, '\n');
		for (size_t j = 0; j < paragraph.runs.count; j++) buffer_put(&out, paragraph.runs.at[j].text);
	}
	return buffer_text(&out);
}

static size_t count_children(const Node *node, Text name)
{
	size_t count = 0;
	for (const Node *child = node->first; child; child = child->next) count += node_is(child, name);
	return count;
}

/* Widths of the columns as Word has laid them out; NULL: it does not say so for each. */
static const double *shares_of(Arena *arena, const Node *table, size_t columns)
{
	const Node *grid = node_child(table, TEXT("w:tblGrid"));
	double *shares = arena_array_of(arena, double, columns);
	size_t at = 0;
	if (!grid || count_children(grid, TEXT("w:gridCol")) != columns) return NULL;
	for (const Node *one = grid->first; one; one = one->next) {
		if (!node_is(one, TEXT("w:gridCol"))) continue;
		shares[at] = number_of(one, TEXT("w:w"));
		if (shares[at++] < 1) return NULL;
	}
	return shares;
}

static void read_row(Arena *arena, const Node *row, Text *cells)
{
	size_t column = 0;
	for (const Node *cell = row->first; cell; cell = cell->next)
		if (node_is(cell, TEXT("w:tc"))) cells[column++] = cell_of(arena, cell);
}

static Error read_table(Call *call, const Node *table, DocxBlocks *out)
{
	size_t rows = count_children(table, TEXT("w:tr")), columns = 0, row = 0;
	for (const Node *one = table->first; one; one = one->next) {
		size_t cells = count_children(one, TEXT("w:tc"));
		if (node_is(one, TEXT("w:tr")) && cells > columns) columns = cells;
	}
	if (columns > TABLE_COLUMNS_MAX || rows > TABLE_ROWS_MAX)
		return docx_refuse(call, N_("A table is too large for a letter."), (Text) { 0 });
	if (columns == 0) return OK;
	Text *cells = arena_array_of(call->arena, Text, rows * columns), *heads = NULL;
	DocxBlock block = { .shares = shares_of(call->arena, table, columns) };
	for (const Node *one = table->first; one; one = one->next) {
		if (!node_is(one, TEXT("w:tr"))) continue;
		const Node *properties = node_child(one, TEXT("w:trPr"));
		double height = number_of(node_child(properties, TEXT("w:trHeight")), TEXT("w:val")) / 20;
		bool is_head = !row && !heads && is_on(node_child(properties, TEXT("w:tblHeader")));
		if (is_head) heads = arena_array_of(call->arena, Text, columns);
		read_row(call->arena, one, is_head ? heads : &cells[row * columns]);
		if (is_head) continue;
		if (height > block.row_height) block.row_height = height < ROW_POINTS_MAX ? height : ROW_POINTS_MAX;
		row++;
	}
	Sheet *sheet = arena_new_of(call->arena, Sheet);
	*sheet = (Sheet) { .column_count = columns, .heads = heads, .cells = cells, .row_count = row };
	block.table = sheet;
	list_add(call->arena, out, block);
	return OK;
}

/* Paragraphs and tables stand in the body, or in controls inside it. */
static Error read_blocks(Call *call, const Node *node, DocxBlocks *out)
{
	for (const Node *child = node->first; child; child = child->next) {
		if (node_is(child, TEXT("w:p")))
			read_paragraph(call->arena, child, out);
		else if (node_is(child, TEXT("w:tbl")))
			TRY(read_table(call, child, out));
		else
			TRY(read_blocks(call, child, out));
	}
	return OK;
}

Error docx_read(Call *call, Text document, DocxBlocks *out)
{
	ZipEntries parts;
	Text body;
	Node *root;
	DocxBlocks blocks = { 0 };
	TRY(docx_open(call, document, &parts, &body));
	TRY(docx_parse(call, body, &root));
	TRY(read_blocks(call, root, &blocks));
	if (arena_is_full(call->arena)) return fail(call, TOO_LARGE, "a document beyond the memory of a call");
	*out = blocks;
	return OK;
}

/* Of what stays on one page: headings, and the picture or the first rows after them. */
static double height_kept(const DocxBlocks *blocks, size_t at)
{
	enum { HEADING = 44, BEGINNING = 80, ROOM = 14 };
	double height = 0;
	int64_t wide, high;
	for (; at < blocks->count && blocks->at[at].keeps; at++) height += HEADING;
	if (at < blocks->count && chart_picture_size(blocks->at[at].picture, &wide, &high))
		return height + blocks->at[at].picture_width * (double)high / (double)wide + ROOM;
	return height + BEGINNING;
}

void docx_draw(Pdf *pdf, const DocxBlocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++) {
		const DocxBlock *block = &blocks->at[i];
		if (block->keeps && height_kept(blocks, i) > pdf_room(pdf) && !pdf_page_is_fresh(pdf)) pdf_page_break(pdf);
		if (block->page_break)
			pdf_page_break(pdf);
		else if (block->picture.length)
			pdf_picture(pdf, block->picture, block->picture_width);
		else if (block->table)
			pdf_table_as(pdf, block->table,
				&(PdfTable) { .shares = block->shares, .size = TABLE_SIZE, .row_height = block->row_height });
		else
			pdf_runs(pdf, block->runs, block->run_count, block->style);
	}
}

/* ---- In the sandbox: "1", then the names; or "0" and why, for the child's problems are lost with it */
static Error answer(Call *call, Buffer *out, const Texts *names)
{
	buffer_byte(out, '1');
	for (size_t i = 0; i < names->count; i++) {
		buffer_byte(out, '\n');
		buffer_put(out, names->at[i]);
	}
	return arena_is_full(call->arena) ? ERROR_TOO_LARGE : OK;
}

static Error work_body(const void *input, size_t length, Buffer *out)
{
	Call call = { .arena = out->arena, .actor = &actor_system };
	Texts names = { 0 };
	DocxBlocks blocks;
	Text template = { length ? input : "", length };
	Error error = docx_fields(&call, template, &names);
	if (error == OK) error = docx_read(&call, template, &blocks);
	if (error == OK) return answer(&call, out, &names);
	if (call.failure.problems.count == 0) return error;
	const Problem *problem = &call.failure.problems.at[0];
	buffer_printf(out, "0\n%s\n", problem->message);
	for (size_t i = 0; i < problem->argument.length; i++)
		buffer_byte(out, (unsigned char)problem->argument.at[i] < 0x20 ? ' ' : problem->argument.at[i]);
	return OK;
}
const SandboxWork docx_work = {
	.body = work_body, .memory_bytes = 96 << 20, .output_bytes = 64 << 10, .processor_seconds = 5, .wall_milliseconds = 10000
};

Error docx_inspect(Call *call, Sandbox *sandbox, Text template, Texts *out)
{
	Text found, line;
	Texts names = { 0 };
	Error error = sandbox_run(call, sandbox, SANDBOX_DOCX, template, &found);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		return docx_refuse(call, N_("This is not a document of Word (.docx)."), (Text) { 0 });
	}
	TRY(error);
	if (!text_next(&found, '\n', &line)) return fail(call, CORRUPT, "the sandbox answered nothing");
	if (text_is(line, TEXT("0"))) {
		if (!text_next(&found, '\n', &line)) return fail(call, CORRUPT, "the sandbox gave no reason");
		return docx_refuse(call, arena_string(call->arena, line), found);
	}
	while (text_next(&found, '\n', &line)) list_add(call->arena, &names, line);
	*out = names;
	return OK;
}
