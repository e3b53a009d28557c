/* What files say: tables in the characters people have, archives, records of others, and everything hostile refused with a word. */
#include "subject/batch/read_private.h"

#include "base/sandbox/inspect.h"
#include "face/doc/zip.h"
#include "harness/test.h"
#include "subject/batch/batch_fixture.h"

static Text lines_of(Test *t, Text content)
{
	Buffer out = { .arena = t->arena };
	read_any(t->arena, content, &out);
	return buffer_text(&out);
}

static bool says(Text lines, const char *part) { return text_find(lines, text_from(part), NULL); }

#define CHECK_REFUSED(t, content, code) CHECK(says(lines_of((t), (content)), "{\"refusal\":\"" code "\""))

TEST(batch_read__csv_in_utf8_with_mark_and_words_for_heads_and_values)
{
	Text lines =
		lines_of(t, TEXT("\xEF\xBB\xBF产品,类型,Who found it?,class,颜色\r\n示例,通用型,Found by me or my team,SQL注入,red\r\n"));
	CHECK(says(lines, "{\"format\":\"csv\"}") && says(lines, "{\"note\":\"column\",\"about\":\"颜色\"}"));
	CHECK(says(lines, "\"row\":2") && says(lines, "\"product\":\"示例\""));
	CHECK(says(lines, "\"original\":\"original\"") && says(lines, "\"class\":\"sql-injection\""));
}

TEST(batch_read__csv_in_gb18030_is_the_same)
{
	Text lines = lines_of(t, TEXT("product,title\n\xCA\xBE\xC0\xFD\xC7\xAE\xB0\xFC,\xC2\xA9\xB6\xB4\n"));
	CHECK(says(lines, "\"product\":\"示例钱包\"") && says(lines, "\"title\":\"漏洞\""));
	CHECK_REFUSED(t, TEXT("product\n\xFF\xFF\xFF"), "encoding");
}

TEST(batch_read__cells_hold_quotation_marks_line_ends_and_separators)
{
	Text lines = lines_of(t, TEXT("title;steps\n\"a \"\"b\"\" ; c\";\"1\r\n2\"\n"));
	CHECK(says(lines, "\"title\":\"a \\\"b\\\" ; c\"") && says(lines, "\"steps\":\"1\\n2\""));
	CHECK_REFUSED(t, TEXT("title\n\"never closed\n"), "quote");
}

/* Attack: CSV formulas. What a spreadsheet would compute is text here, and the guard of our own tables goes. */
TEST(batch_read__attack__a_formula_is_only_text)
{
	Text lines = lines_of(t, TEXT("title,impact\n\"=HYPERLINK(\"\"http://x\"\")\",'=1+1\n"));
	CHECK(says(lines, "\"title\":\"=HYPERLINK(\\\"http://x\\\")\"") && says(lines, "\"impact\":\"=1+1\""));
}

TEST(batch_read__the_second_head_of_the_template_is_no_row)
{
	Text lines = lines_of(t, TEXT("product,title\n产品 *,标题\nA,B\n"));
	CHECK(says(lines, "\"row\":3") && !says(lines, "\"row\":2"));
	CHECK_REFUSED(t, TEXT("product,title\n"), "empty");
	CHECK_REFUSED(t, TEXT("a,b\n1,2\n"), "columns");
	CHECK_REFUSED(t, TEXT(""), "empty");
}

TEST(batch_read__too_many_rows_and_columns_are_refused)
{
	Buffer rows = { .arena = t->arena }, wide = { .arena = t->arena };
	buffer_put(&rows, TEXT("title\n"));
	for (int i = 0; i <= BATCH_ROWS_MAX; i++) buffer_put(&rows, TEXT("x\n"));
	for (int i = 0; i <= READ_COLUMNS_MAX; i++) buffer_put(&wide, TEXT("title,"));
	CHECK_REFUSED(t, buffer_text(&rows), "rows");
	CHECK_REFUSED(t, buffer_text(&wide), "wide");
}

TEST(batch_read__rows_of_json_and_what_is_no_json)
{
	Text lines = lines_of(t, TEXT("{\"rows\":[{\"title\":\"A\",\"no_secrets\":true,\"files\":[\"a.txt\"],\"seal_key\":\"7\"}]}"));
	CHECK(says(lines, "\"row\":1,\"values\":{\"title\":\"A\",\"no_secrets\":\"yes\"},\"files\":[\"a.txt\"]"));
	CHECK(says(lines, "\"about\":\"seal_key\"")); /* no field: passed over */
	CHECK_REFUSED(t, TEXT("{\"rows\":[1]}"), "records");
	CHECK_REFUSED(t, TEXT("{\"rows\":[{]"), "json");
	CHECK_REFUSED(t, TEXT("{\"a\":1}"), "records");
}

static const char cve[] =
	"{\"dataType\":\"CVE_RECORD\",\"cveMetadata\":{\"cveId\":\"CVE-2026-12345\",\"state\":\"PUBLISHED\"},\"containers\":{\"cna\":{"
	"\"title\":\"A title\",\"descriptions\":[{\"lang\":\"en\",\"value\":\"English\"},{\"lang\":\"zh-CN\",\"value\":\"中文\"}],"
	"\"affected\":[{\"vendor\":\"V\",\"product\":\"P\",\"platforms\":[\"Android\"],\"versions\":[{\"status\":\"affected\",\"version\":"
	"\"1.0\","
	"\"lessThan\":\"2.0\"}]}],\"problemTypes\":[{\"descriptions\":[{\"cweId\":\"CWE-89\"}]}],\"references\":[{\"url\":\"https://"
	"example.org/a\"}],"
	"\"metrics\":[{\"cvssV3_1\":{\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}]}}}";

TEST(batch_read__a_cve_record_is_a_report_of_something_known)
{
	Text lines = lines_of(t, text_from(cve));
	static const char *const parts[] = { "{\"format\":\"cve5\"}", "\"known_number\":\"CVE-2026-12345\"", "\"original\":\"known\"",
		"\"disclosed\":\"public\"", "\"disclosed_where\":\"https://example.org/a\"", "\"description\":\"中文\"",
		"\"part\":\"android\"", "\"versions\":\"≥ 1.0, \\u003c 2.0\"", "\"class\":\"sql-injection\"", "\"cvss\":\"CVSS:3.1/" };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!says(lines, parts[i])) test_fail(__FILE__, __LINE__, "%s in %.*s", parts[i], TEXT_ARGS(lines));
	Text many = arena_printf(t->arena, "[%s,%s]", cve, cve);
	CHECK(says(lines_of(t, many), "\"row\":2"));
}

TEST(batch_read__an_advisory_is_a_report_for_each_vulnerability_and_product)
{
	Text lines = lines_of(
		t, TEXT("{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"T\",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},"
			"\"references\":[{\"url\":"
			"\"https://example.org/"
			"b\"}]},\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"V\",\"branches\":[{\"category\":"
			"\"product_name\",\"name\":\"P\",\"branches\":[{\"category\":\"product_version\",\"name\":\"1.0\",\"product\":{"
			"\"product_id\":\"p1\","
			"\"name\":\"P "
			"1.0\"}},{\"category\":\"product_version\",\"name\":\"1.1\",\"product\":{\"product_id\":\"p2\",\"name\":\"P "
			"1.1\"}}]}]}]},"
			"\"vulnerabilities\":[{\"cve\":\"CVE-2026-1234\",\"cwe\":{\"id\":\"CWE-79\"},\"notes\":[{\"category\":"
			"\"description\",\"text\":\"D\"}],"
			"\"product_status\":{\"known_affected\":[\"p1\",\"p2\"],\"first_affected\":[\"p1\"]},\"remediations\":[{"
			"\"details\":\"Fix\","
			"\"product_ids\":[\"p2\"]}]},{\"title\":\"second\",\"product_status\":{\"known_affected\":[\"p2\"],\"fixed\":["
			"\"p1\"]}}]}"));
	CHECK(says(lines, "{\"format\":\"csaf\"}") && says(lines, "\"row\":3") && !says(lines, "\"row\":4"));
	CHECK(says(lines, "\"versions\":\"1.1\"") && says(lines, "\"fix\":\"Fix\"") && says(lines, "\"title\":\"second\""));
}

/* ---- Archives */
static Text archive_of(Test *t, const char *name, Text content)
{
	const BatchPart parts[] = { { "manifest.csv", TEXT("title,files\nA,a.txt\n") }, { name, content } };
	return batch_zip(t, parts, COUNT(parts));
}

/* Puts bytes in the place of others everywhere. */
static Text changed(Test *t, Text bytes, const char *from, const char *to)
{
	char *copy = arena_alloc(t->arena, bytes.length + 1);
	size_t at, begin = 0;
	memcpy(copy, bytes.at, bytes.length);
	while (text_find(text_slice(bytes, begin, bytes.length), text_from(from), &at)) {
		memcpy(copy + begin + at, to, strlen(to));
		begin += at + strlen(from);
	}
	return (Text) { copy, bytes.length };
}

TEST_DB(batch_read__an_archive_names_its_reports_and_its_files)
{
	Text archive = archive_of(t, "a.txt", TEXT("evidence"));
	Text lines = lines_of(t, archive);
	CHECK(says(lines, "{\"format\":\"zip\"}") && says(lines, "\"entry\":\"a.txt\"") && says(lines, "\"bytes\":8"));
	CHECK(says(lines, "\"files\":[\"a.txt\"]"));
	const BatchPart records[] = { { "x/1.json", text_from(cve) }, { "x/2.json", text_from(cve) } };
	CHECK(says(lines_of(t, batch_zip(t, records, COUNT(records))), "\"row\":2"));
	const BatchPart nothing[] = { { "a.png", TEXT("x") } };
	CHECK_REFUSED(t, batch_zip(t, nothing, 1), "manifest");
}

/* Attack: zip slip. */
TEST_DB(batch_read__attack__a_name_that_leaves_the_archive_is_refused)
{
	Text archive = archive_of(t, "aa/bb.txt", TEXT("x"));
	CHECK_REFUSED(t, changed(t, archive, "aa/bb.txt", "../bb.txt"), "path");
	CHECK_REFUSED(t, changed(t, archive, "aa/bb.txt", "/a/bb.txt"), "path");
	CHECK_REFUSED(t, changed(t, archive, "aa/bb.txt", "..\\bb.txt"), "path");
	CHECK_REFUSED(t, changed(t, archive, "aa/bb.txt", "C:/bb.txt"), "path");
	const BatchPart twice[] = { { "manifest.csv", TEXT("title\nA\n") }, { "a.txt", TEXT("x") }, { "b.txt", TEXT("y") } };
	CHECK_REFUSED(t, changed(t, batch_zip(t, twice, COUNT(twice)), "b.txt", "a.txt"), "path");
}

/* The directory's entry for the last file: its fields are changed one by one. */
static Text with_field(Test *t, Text archive, size_t offset, const char *bytes, size_t length)
{
	char *copy = arena_alloc(t->arena, archive.length + 1);
	size_t at, entry = 0;
	memcpy(copy, archive.at, archive.length);
	for (size_t from = 0; text_find(text_slice(archive, from, archive.length), TEXT("PK\x01\x02"), &at); from = entry + 4)
		entry = from + at;
	memcpy(copy + entry + offset, bytes, length);
	return (Text) { copy, archive.length };
}

TEST_DB(batch_read__attack__archives_that_lie_are_refused)
{
	Text archive = archive_of(t, "a.txt", TEXT("evidence"));
	CHECK_REFUSED(t, with_field(t, archive, 8, "\x01", 1), "encrypted");
	CHECK_REFUSED(t, with_field(t, archive, 10, "\x0C", 1), "method"); /* bzip2 */
	CHECK_REFUSED(t, with_field(t, archive, 24, "\xFE\xFF\xFF\x7F", 4), "bomb"); /* two gigabytes of ten bytes */
	CHECK_REFUSED(t, with_field(t, archive, 42, "\x00\x00\x00\x00", 4), "damaged"); /* the local head of another file */
	CHECK_REFUSED(t, text_slice(archive, 0, archive.length - 30), "damaged");
	Text many = arena_copy(t->arena, archive);
	char *end = arena_alloc(t->arena, many.length);
	memcpy(end, many.at, many.length);
	memcpy(end + many.length - 12, "\xA0\x86", 2); /* of the directory's end: 34,464 entries; 100,000 need the large form */
	CHECK_REFUSED(t, ((Text) { end, many.length }), "entries");
	memcpy(end + many.length - 12, "\xFF\xFF", 2);
	CHECK_REFUSED(t, ((Text) { end, many.length }), "entries");
}

/* ---- The large form (ZIP64): every number of the directory stands in it */
static uint64_t number_at(Text bytes, size_t at, int count)
{
	uint64_t value = 0;
	for (int i = count; i-- > 0;) value = value << 8 | (unsigned char)bytes.at[at + (size_t)i];
	return value;
}

static void put_number(Buffer *out, uint64_t value, int count)
{
	for (int i = 0; i < count; i++) buffer_byte(out, i < 8 ? (char)(value >> 8 * i & 0xFF) : 0);
}

/* One entry of the small directory in the large form; gives its length there. */
static size_t put_large_entry(Buffer *out, Text head)
{
	size_t name = number_at(head, 28, 2), whole = 46 + name + number_at(head, 30, 2) + number_at(head, 32, 2);
	buffer_put(out, text_slice(head, 0, 20));
	put_number(out, UINT64_MAX, 8); /* packed, bytes */
	put_number(out, name, 2);
	put_number(out, 28 + 4, 2);
	put_number(out, 0, 10);
	put_number(out, UINT64_MAX, 4); /* where */
	buffer_put(out, text_slice(head, 46, 46 + name));
	put_number(out, 0x7075, 4); /* a field of another kind, empty */
	put_number(out, 1, 2);
	put_number(out, 24, 2);
	put_number(out, number_at(head, 24, 4), 8);
	put_number(out, number_at(head, 20, 4), 8);
	put_number(out, number_at(head, 42, 4), 8);
	return whole;
}

static Text large_form(Test *t, Text archive)
{
	Buffer out = { .arena = t->arena };
	size_t end = archive.length - 22, at = number_at(archive, end + 16, 4), count = number_at(archive, end + 10, 2);
	buffer_put(&out, text_slice(archive, 0, at));
	for (size_t entry = at, i = 0; i < count; i++) entry += put_large_entry(&out, text_slice(archive, entry, end));
	size_t record = out.length;
	buffer_put(&out, TEXT("PK\x06\x06"));
	put_number(&out, 44, 8);
	put_number(&out, 45 << 16 | 45, 4);
	put_number(&out, 0, 8); /* this disk, and that of the directory */
	put_number(&out, count, 8);
	put_number(&out, count, 8);
	put_number(&out, record - at, 8);
	put_number(&out, at, 8);
	buffer_put(&out, TEXT("PK\x06\x07"));
	put_number(&out, 0, 4);
	put_number(&out, record, 8);
	put_number(&out, 1, 4);
	buffer_put(&out, TEXT("PK\x05\x06"));
	put_number(&out, 0, 4);
	put_number(&out, UINT64_MAX, 8);
	put_number(&out, UINT64_MAX, 4);
	put_number(&out, 0, 2);
	return buffer_text(&out);
}

/* Counted from the end of the archive, where record, locator and end are of fixed lengths. */
enum { LARGE_RECORD = 22 + 20 + 56, LARGE_LOCATOR = 22 + 20, LARGE_FIELD = LARGE_RECORD + 24 };
static Text with_number(Test *t, Text archive, size_t from_end, uint64_t value, int count)
{
	char *copy = arena_alloc(t->arena, archive.length + 1);
	memcpy(copy, archive.at, archive.length);
	for (int i = 0; i < count; i++) copy[archive.length - from_end + (size_t)i] = (char)(value >> 8 * i & 0xFF);
	return (Text) { copy, archive.length };
}

TEST_DB(batch_read__an_archive_in_the_large_form_is_the_same)
{
	Text archive = archive_of(t, "a.txt", TEXT("evidence")), lines = lines_of(t, large_form(t, archive));
	CHECK(text_is(lines, lines_of(t, archive)));
	CHECK(says(lines, "\"entry\":\"a.txt\"") && says(lines, "\"bytes\":8"));
	CHECK(number_at(large_form(t, archive), large_form(t, archive).length - LARGE_RECORD, 4) == 0x06064b50);
}

TEST_DB(batch_read__attack__large_archives_that_lie_are_refused)
{
	Text archive = large_form(t, archive_of(t, "a.txt", TEXT("evidence")));
	const uint64_t huge = UINT64_C(5) << 30, most = UINT64_MAX;
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD, huge, 8), "bomb"); /* an entry of five gigabytes in eight bytes */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD, most, 8), "bomb");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD - 8, huge, 8), "damaged"); /* packed: beyond the end */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD - 8, most, 8), "damaged");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD - 16, huge, 8), "damaged"); /* where: beyond the end */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD - 16, most, 8), "damaged");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD + 2, 16, 2), "damaged"); /* the field ends before its third number */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD + 2, 0xFFFF, 2), "damaged"); /* and behind the entry */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD + 8, 1, 2), "damaged"); /* twice */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_FIELD + 4, 7, 2), "damaged"); /* none */
}

TEST_DB(batch_read__attack__large_directories_that_lie_are_refused)
{
	Text archive = large_form(t, archive_of(t, "a.txt", TEXT("evidence")));
	const uint64_t most = UINT64_MAX;
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 32, 70000, 8), "damaged"); /* two counts that differ */
	Text many = with_number(t, with_number(t, archive, LARGE_RECORD - 24, 70000, 8), LARGE_RECORD - 32, 70000, 8);
	CHECK_REFUSED(t, many, "entries");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 40, most, 8), "damaged"); /* bytes of the directory */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 48, most, 8), "damaged"); /* where it begins */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 48, most - 5, 8), "damaged");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 4, most, 8), "damaged"); /* size of the record */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_RECORD - 16, 1, 4), "damaged"); /* another disk */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_LOCATOR - 8, most, 8), "damaged"); /* where the record is */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_LOCATOR - 8, archive.length - 8, 8), "damaged");
	CHECK_REFUSED(t, with_number(t, archive, LARGE_LOCATOR - 16, 9, 4), "damaged"); /* of nine disks */
	CHECK_REFUSED(t, with_number(t, archive, 12, 1, 2), "damaged"); /* the end counts otherwise */
	CHECK_REFUSED(t, with_number(t, archive, LARGE_LOCATOR, 0, 4), "entries"); /* no locator: 65,535 files */
}

static Text unpacked(Test *t, Text archive, const char *name, const char *ending)
{
	PackedEntries entries = { 0 };
	Text about;
	Buffer order = { .arena = t->arena }, out = { .arena = t->arena };
	bool is_broken = false;
	CHECK(!packed_list(t->arena, archive, &entries, &about));
	for (size_t i = 0; i < entries.count; i++) {
		const PackedEntry *entry = &entries.at[i];
		if (!text_is(entry->name, text_from(name))) continue;
		buffer_printf(&order, "%zu %llu %llu %d %s\n\n", entry->packed.length, (unsigned long long)entry->bytes,
			(unsigned long long)entry->sum, entry->method, ending);
		buffer_put(&order, entry->packed);
	}
	unpack_any(t->arena, buffer_text(&order), &out, &is_broken);
	CHECK(!is_broken);
	return buffer_text(&out);
}

TEST_DB(batch_read__attack__files_with_wrong_sums_and_archives_inside_archives_are_refused)
{
	Text archive = archive_of(t, "a.txt", TEXT("evidence")), inner = archive_of(t, "b.txt", TEXT("x"));
	CHECK(text_starts(unpacked(t, archive, "a.txt", "txt"), TEXT("ok 8 ")));
	CHECK(text_starts(unpacked(t, with_field(t, archive, 16, "\x01\x02\x03\x04", 4), "a.txt", "txt"), TEXT("no sum\n")));
	CHECK(text_starts(unpacked(t, archive_of(t, "b.zip", inner), "b.zip", "zip"), TEXT("no nested\n")));
	CHECK(text_starts(unpacked(t, archive_of(t, "b.ipa", inner), "b.ipa", "ipa"), TEXT("ok "))); /* an app is evidence */
}

TEST_DB(batch_read__the_template_is_read_back_in_both_languages)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		Text book;
		t->call->lang = (Lang)lang;
		CHECK_OK(t->call, batch_template_xlsx(t->call, &book));
		Text lines = lines_of(t, book);
		CHECK(says(lines, "{\"format\":\"xlsx\"}") && says(lines, "{\"refusal\":\"empty\"") && !says(lines, "\"note\""));
		CHECK_REFUSED(t, batch_template_csv(t->call), "empty");
	}
}

TEST_DB(batch_read__a_workbook_with_shared_strings_and_gaps)
{
	const BatchPart parts[] = { { "xl/workbook.xml",
					    TEXT("<workbook xmlns:r=\"r\"><sheets><sheet name=\"1\" r:id=\"rId9\"/></sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels",
			TEXT("<Relationships><Relationship Id=\"rId9\" Target=\"worksheets/s.xml\"/></Relationships>") },
		{ "xl/sharedStrings.xml",
			TEXT("<sst><si><t>title</t></si><si><r><t>im</t></r><r><t>pact</t></r></si><si><t>A&amp;B</t></si></sst>") },
		{ "xl/worksheets/s.xml",
			TEXT("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
			     "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c "
			     "r=\"C5\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>") } };
	Text lines = lines_of(t, batch_zip(t, parts, COUNT(parts)));
	CHECK(says(lines, "\"row\":5,\"values\":{\"title\":\"A\\u0026B\",\"impact\":\"2\"}"));
	BatchPart bad[COUNT(parts)];
	memcpy(bad, parts, sizeof(parts));
	bad[3].content = TEXT("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>");
	CHECK_REFUSED(t, batch_zip(t, bad, COUNT(bad)), "workbook");
}
