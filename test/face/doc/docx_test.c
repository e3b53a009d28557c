#include "base/sandbox/inspect.h"
#include "face/doc/docx.h"
#include "face/doc/tool.h"

#define BODY(inner) \
	"<w:document xmlns:w=\\\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\\\"><w:body>" inner "</w:body></w:document>"

static Text make(Test *t)
{
	static const Text cells[] = { TEXT_INIT("编号"), TEXT_INIT("{{number}}") };
	static const Sheet table = { .column_count = 2, .cells = cells, .row_count = 1 };
	static const PdfRun title[] = { { .text = TEXT_INIT("漏洞通知函"), .size = 22, .bold = true } };
	static const PdfRun words[] = { { .text = TEXT_INIT("{{vendor}}:\n请处理。") } };
	Text out;
	const DocxBlock blocks[] = { { .style = { .align = PDF_CENTER }, .runs = title, .run_count = 1 },
		{ .style = { .indent = 2, .size = 16 }, .runs = words, .run_count = 1 }, { .table = &table }, { .page_break = true },
		{ .runs = title, .run_count = 1 } };
	CHECK_OK(t->call, docx_make(t->call, blocks, COUNT(blocks), &out));
	return out;
}

/* A document as Python's zipfile writes it, with this body; `more` is Python that adds to the archive z. */
static Text document(Test *t, const char *body, const char *more)
{
	Text script = arena_printf(t->arena,
		"import zipfile\nz=zipfile.ZipFile('p.docx','w',zipfile.ZIP_DEFLATED)\nz.writestr('[Content_Types].xml','<Types/>')\n"
		"z.writestr('word/document.xml',\"%s\")\n%s\nz.close()\n",
		body, more);
	(void)tool_run(t, "p.py", script, "rm -f p.docx && python3 p.py");
	return test_read_file(t->arena, arena_printf(t->arena, "%s/p.docx", t->directory).at);
}

static const DocxField values[] = { { TEXT_INIT("vendor"), TEXT_INIT("甲&乙<公司>\n第二行") }, { TEXT_INIT("number"), TEXT_INIT("R-1") } };

static const char reader[] =
	"python3 - <<'E'\nimport zipfile, xml.etree.ElementTree as E\nz=zipfile.ZipFile('a.docx'); assert z.testzip() is None\n"
	"r=E.fromstring(z.read('word/document.xml')); n='{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'\n"
	"print('|'.join(e.text or '' for e in r.iter(n+'t')), len(list(r.iter(n+'br'))))\nE";

TEST(docx__what_it_makes_and_fills_is_read_by_another_program)
{
	Text template = make(t), filled;
	Texts names;
	CHECK_OK(t->call, docx_fields(t->call, template, &names));
	CHECK_INT(names.count, 2);
	CHECK_TEXT(names.at[0], "vendor");
	CHECK_OK(t->call, docx_fill(t->call, template, &(DocxValues) { .fields = values, .field_count = COUNT(values) }, &filled));
	CHECK_TEXT(text_trim(tool_run(t, "a.docx", filled, reader)), "漏洞通知函|甲&乙<公司>|第二行:|请处理。|编号|R-1|漏洞通知函 3");
	(void)tool_run(t, "a.docx", filled,
		"unzip -q -o a.docx 2>/dev/null || python3 -m zipfile -e a.docx . && xmllint --noout word/document.xml");
}

TEST(docx__a_field_that_word_cut_into_runs_is_filled)
{
	Text body = document(t,
		BODY("<w:p><w:r><w:t>To {</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ven</w:t></w:r><w:proofErr/><w:r><w:t>dor "
		     "}</w:t></w:r><w:r><w:t>}, number "
		     "{{number}}{{number}}</w:t></w:r></w:p><w:p><w:r><w:t>a &amp; {b}</w:t></w:r></w:p>"),
		"");
	Text filled;
	CHECK_OK(t->call, docx_fill(t->call, body, &(DocxValues) { .fields = values, .field_count = COUNT(values) }, &filled));
	CHECK_TEXT(text_trim(tool_run(t, "a.docx", filled, reader)), "To 甲&乙<公司>|第二行|||, number R-1R-1|a & {b} 1");
}

TEST(docx__the_pdf_says_what_the_document_says)
{
	Text filled, bytes;
	DocxBlocks blocks;
	CHECK_OK(t->call, docx_fill(t->call, make(t), &(DocxValues) { .fields = values, .field_count = COUNT(values) }, &filled));
	CHECK_OK(t->call, docx_read(t->call, filled, &blocks));
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .serif = true });
	docx_draw(pdf, &blocks);
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &bytes));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf - && pdfinfo a.pdf | grep Pages && pdffonts a.pdf");
	CHECK(tool_says(words, "漏洞通知函") && tool_says(words, "甲&乙<公司>") && tool_says(words, "R-1") &&
		tool_says(words, "NotoSerifCJK"));
	CHECK(tool_says(words, "Pages:           2"));
}

static void refused(Test *t, Text template, const char *message, const char *argument)
{
	Texts names;
	call_recover(t->call);
	CHECK(docx_inspect(t->call, t->house->sandbox, template, &names) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 1);
	CHECK(text_is(text_from(t->call->failure.problems.at[0].message), text_from(message)));
	CHECK(text_is(t->call->failure.problems.at[0].argument, text_from(argument)));
	call_recover(t->call);
}

TEST(docx__hostile_templates_are_refused_in_the_sandbox)
{
	Texts names;
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_DOCX] = docx_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	CHECK_OK(t->call, docx_inspect(t->call, t->house->sandbox, make(t), &names));
	CHECK_INT(names.count, 2);
	refused(t, TEXT("not a zip"), "This is not a document of Word (.docx).", "");
	refused(t, document(t, BODY("<w:p/>"), "z.writestr('word/vbaProject.bin','x')"), "The file holds macros or embedded objects: %s",
		"word/vbaProject.bin");
	refused(t,
		document(t, BODY("<w:p/>"),
			"z.writestr('word/_rels/"
			"document.xml.rels',bytes.fromhex('"
			"3c523e3c72205461726765744d6f64653d2245787465726e616c22205461726765743d22687474703a2f2f6576696c222f3e3c2f523e'))"),
		"The file refers to something outside of it: %s", "http://evil");
	refused(t, document(t, BODY("<w:p><w:r><w:drawing/></w:r></w:p>"), ""), "A letter cannot hold this part of Word: %s", "w:drawing");
	refused(t, document(t, BODY("<w:p><w:r><w:t>{{open</w:t></w:r></w:p>"), ""), "A field is begun with {{ and not ended.", "");
	refused(t, document(t, "<!DOCTYPE a [<!ENTITY b 'c'>]>" BODY("<w:p/>"), ""), "This is not a document of Word (.docx).", "");
	refused(t, document(t, BODY("<w:p/>"), "z.writestr('word/media/zeros.bin', b'0' * 20000000)"),
		"The document is too large for a letter.", "");
	sandbox_stop(&t->house->sandbox);
}

TEST(docx__an_unknown_field_is_named)
{
	Text out;
	CHECK(docx_fill(t->call, make(t), &(DocxValues) { .fields = values, .field_count = 1 }, &out) == ERROR_INVALID);
	CHECK_TEXT(t->call->failure.problems.at[0].argument, "number");
	call_recover(t->call);
}

/* ---- Lists */
static Text with_list(Test *t)
{
	static const Text heads[] = { TEXT_INIT("No."), TEXT_INIT("Name") },
			  cells[] = { TEXT_INIT("{{people.n}}"), TEXT_INIT("{{people.name}} {{number}}") };
	static const Sheet table = { .heads = heads, .column_count = 2, .cells = cells, .row_count = 1 };
	static const double shares[] = { 1, 4 };
	static const PdfRun words[] = { { .text = TEXT_INIT("{{vendor}}") } };
	const DocxBlock blocks[] = { { .runs = words, .run_count = 1 }, { .table = &table, .shares = shares, .row_height = 40 } };
	Text out;
	CHECK_OK(t->call, docx_make(t->call, blocks, COUNT(blocks), &out));
	return out;
}

TEST(docx__a_row_that_names_a_list_is_repeated_and_its_heads_stand_on_every_page)
{
	enum { ROWS = 40 };
	static const Text columns[] = { TEXT_INIT("name") };
	Text *cells = arena_array_of(t->arena, Text, ROWS), filled, bytes;
	DocxBlocks blocks;
	for (size_t i = 0; i < ROWS; i++) cells[i] = arena_printf(t->arena, "Person%zu <&>", i);
	DocxList list = { TEXT("people"), columns, 1, cells, ROWS };
	DocxValues all = { values, COUNT(values), &list, 1 };
	CHECK_OK(t->call, docx_fill(t->call, with_list(t), &all, &filled));
	CHECK_OK(t->call, docx_read(t->call, filled, &blocks));
	CHECK_INT(blocks.at[1].table->row_count, ROWS);
	CHECK_TEXT(blocks.at[1].table->heads[1], "Name");
	CHECK_TEXT(blocks.at[1].table->cells[2 * ROWS - 2], "40");
	CHECK_TEXT(blocks.at[1].table->cells[2 * ROWS - 1], "Person39 <&> R-1");
	CHECK(blocks.at[1].shares && blocks.at[1].shares[1] > 3 * blocks.at[1].shares[0] && blocks.at[1].row_height == 40);
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .serif = true });
	docx_draw(pdf, &blocks);
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &bytes));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf - | grep -c Name; pdfinfo a.pdf | grep Pages");
	CHECK(tool_says(words, "3\nPages:           3")); /* 40 rows of 40 points */
	list.row_count = 0;
	CHECK_OK(t->call, docx_fill(t->call, with_list(t), &all, &filled));
	CHECK_OK(t->call, docx_read(t->call, filled, &blocks));
	CHECK_INT(blocks.at[1].table->row_count, 1);
	CHECK_TEXT(blocks.at[1].table->cells[0], "");
}

TEST(docx__a_column_outside_of_its_row_is_refused)
{
	static const Text columns[] = { TEXT_INIT("name") }, cells[] = { TEXT_INIT("A") };
	DocxList list = { TEXT("people"), columns, 1, cells, 1 };
	DocxValues all = { values, COUNT(values), &list, 1 };
	Text out, body = document(t, BODY("<w:p><w:r><w:t>{{people.name}}</w:t></w:r></w:p>"), "");
	CHECK(docx_fill(t->call, body, &all, &out) == ERROR_INVALID);
	CHECK_TEXT(t->call->failure.problems.at[0].argument, "people.name");
	call_recover(t->call);
}
