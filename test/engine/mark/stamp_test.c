/* A mark on somebody else's file: whatever wrote the PDF, a rendered page tells the number; what cannot be marked is refused. */
#include "engine/mark/mark.h"
#include "engine/picture/picture.h"
#include "face/doc/pdf.h"
#include "face/doc/tool.h"
#include "harness/test.h"

static const uint64_t COPY = 0x5A5A123456;

static Text stamped(Test *t, Text file, Error expected)
{
	Buffer out = { .arena = t->arena };
	Text parts[] = { arena_printf(t->arena, "%llu ", (unsigned long long)COPY), file };
	Text whole = arena_join(t->arena, parts, 2, TEXT(""));
	Error error = mark_stamp_run(whole.at, whole.length, &out);
	CHECK_INT(error, expected);
	if (error != OK) return TEXT("");
	Text answer = buffer_text(&out), rest = text_slice(answer, 1, answer.length), both[] = { file, rest };
	return answer.at[0] == 'A' ? arena_join(t->arena, both, 2, TEXT("")) : rest;
}

static MarkReading read_back(Test *t, Text picture)
{
	Picture pixels;
	PictureFormat format;
	if (!picture_decode(t->arena, picture, 1, &pixels, &format)) test_fail(__FILE__, __LINE__, "no picture");
	return mark_read(t->arena, &(MarkPicture) { pixels.at, pixels.width, pixels.height });
}

static Text document(Test *t)
{
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .title = TEXT("Evidence"), .page_numbers = true });
	Text bytes;
	pdf_heading(pdf, 1, TEXT("能力证明 Evidence"));
	for (int i = 0; i < 60; i++)
		pdf_paragraph(pdf, TEXT("The team has found and reported these vulnerabilities, and helped to repair them."),
			(PdfStyle) { .size = 11 });
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &bytes));
	return bytes;
}

static void check_pages(Test *t, Text file)
{
	Text page = tool_run(t, "a.pdf", file, "pdftoppm -r 130 -f 1 -l 1 -gray a.pdf page >/dev/null && cat page-*1.pgm");
	MarkReading reading = read_back(t, page);
	CHECK(reading.found && reading.copy == COPY);
	CHECK_TEXT(text_trim(tool_run(t, "a.pdf", file, "qpdf --check a.pdf >/dev/null 2>&1; echo $?")), "0");
}

TEST(stamp__every_page_of_a_document_bears_the_mark)
{
	Text file = document(t), marked = stamped(t, file, OK);
	CHECK(text_starts(marked, text_slice(file, 0, file.length - 1))); /* an update: what was there stays */
	check_pages(t, marked);
	Text last = tool_run(t, "a.pdf", marked, "pdftoppm -r 130 -f 2 -l 2 -gray a.pdf page >/dev/null && cat page-*2.pgm");
	CHECK(read_back(t, last).copy == COPY);
	Text words = tool_run(t, "a.pdf", marked, "pdftotext a.pdf -");
	CHECK(text_find(words, TEXT("helped to repair"), NULL)); /* and what it says */
}

TEST(stamp__so_does_one_with_object_streams_or_in_order_for_the_web_or_turned)
{
	static const char *const ways[] = { "qpdf --object-streams=generate a.pdf b.pdf", "qpdf --linearize a.pdf b.pdf",
		"qpdf --object-streams=generate --linearize a.pdf b.pdf", "qpdf --rotate=+90 a.pdf b.pdf",
		"qpdf --object-streams=disable --stream-data=uncompress a.pdf b.pdf", "qpdf --qdf a.pdf b.pdf" };
	Text file = document(t);
	for (size_t i = 0; i < COUNT(ways); i++) {
		ArenaMark mark = arena_mark(t->arena);
		Text other = tool_run(t, "a.pdf", file, arena_string(t->arena, arena_printf(t->arena, "%s && cat b.pdf", ways[i])));
		check_pages(t, stamped(t, other, OK));
		arena_release(t->arena, mark);
	}
	check_pages(t, stamped(t, stamped(t, file, OK), OK)); /* once more over what was updated already */
}

TEST(stamp__a_picture_bears_it_in_its_pixels)
{
	const PictureFormat formats[] = { PICTURE_PNG, PICTURE_JPEG };
	Picture page = { .width = 1240, .height = 1754, .channels = 3 };
	page.at = arena_alloc(t->arena, page.width * page.height * 3);
	memset(page.at, 0xF4, page.width * page.height * 3);
	for (size_t y = 100; y < 1600; y += 40) /* lines of words */
		for (size_t x = 120; x < 1100; x++)
			if ((x * 7 + y) % 29 < 11) memset(page.at + (y * page.width + x) * 3, 0x20, 3 * 1);
	for (size_t i = 0; i < COUNT(formats); i++) {
		Text file;
		CHECK(picture_encode(t->arena, &page, formats[i], &file));
		CHECK(!read_back(t, file).found);
		MarkReading reading = read_back(t, stamped(t, file, OK));
		CHECK(reading.found && reading.copy == COPY);
	}
}

TEST(stamp__what_cannot_be_marked_is_refused)
{
	Text file = document(t);
	(void)stamped(t, tool_run(t, "a.pdf", file, "qpdf --encrypt u o 256 -- a.pdf b.pdf && cat b.pdf"), ERROR_INVALID);
	(void)stamped(t, TEXT("PK\3\4 a workbook or an archive"), ERROR_INVALID);
	(void)stamped(t, text_slice(file, 0, file.length / 2), ERROR_INVALID);
	(void)stamped(t, TEXT("%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nendobj\nstartxref\n9\n%%EOF"), ERROR_INVALID);
	(void)stamped(t, TEXT("Only words."), ERROR_INVALID);
	Picture small = { .width = 100, .height = 100, .channels = 3, .at = arena_alloc(t->arena, 30000) };
	memset(small.at, 0xFF, 30000);
	CHECK(picture_encode(t->arena, &small, PICTURE_PNG, &file));
	(void)stamped(t, file, ERROR_INVALID);
}

/* Whatever byte is changed: it is marked or refused, and nothing outside is read. */
TEST(stamp__a_damaged_document_is_marked_or_refused)
{
	Text file = document(t);
	char *bytes = arena_alloc(t->arena, file.length);
	for (size_t i = 0; i < 400; i++) {
		ArenaMark mark = arena_mark(t->arena);
		memcpy(bytes, file.at, file.length);
		bytes[file.length - 1 - i * 7 % file.length] ^= (char)(1 << i % 7);
		Text parts[] = { TEXT("77 "), { bytes, i % 3 ? file.length : file.length - i } };
		Text whole = arena_join(t->arena, parts, 2, TEXT(""));
		Buffer out = { .arena = t->arena };
		Error error = mark_stamp_run(whole.at, whole.length, &out);
		CHECK(error == OK || error == ERROR_INVALID);
		arena_release(t->arena, mark);
	}
}
