/*
 * A workbook, ECMA-376 part 1, with the strings in their cells. Written here and not by libxlsxwriter: as Debian 12 has it,
 * that library puts every part into a temporary file in clear, and lists name what is not public.
 */
#include "face/doc/sheet.h"
#include "face/doc/xml.h"
#include "face/doc/zip.h"

enum { ROWS_MAX = 1048575, COLUMNS_MAX = 16384, CELL_UNITS_MAX = 32767, NAME_UNITS_MAX = 31 };
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

static const char types_head[] =
	DECLARATION "<Types xmlns=\"" PACKAGE
		    "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		    "<Override PartName=\"/xl/workbook.xml\" "
		    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>";
static const char types_tail[] = "<Override PartName=\"/xl/styles.xml\" "
				 "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
static const char package_relations[] =
	DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
		    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
/* Format 1 is bold; both hold text ("@", number 49). */
static const char styles[] = DECLARATION
	"<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz "
	"val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
	"<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
	"<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs "
	"count=\"1\"><xf/></cellStyleXfs>"
	"<cellXfs count=\"2\"><xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" xfId=\"0\" "
	"applyFont=\"1\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

/* At most so many UTF-16 units, as the format counts. */
static Text shortened(Text text, size_t units)
{
	size_t at = 0;
	while (at < text.length) {
		size_t step = text_utf8_sequence(text, at), takes = step == 4 ? 2 : 1;
		if (takes > units) break;
		units -= takes;
		at += step > 0 ? step : 1;
	}
	return text_slice(text, 0, at);
}

/* What the format forbids in a sheet's name is left out; never empty. */
static Text sheet_name(Arena *arena, Text name)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < name.length; i++)
		if ((unsigned char)name.at[i] >= 0x20 && !strchr("[]:*?/\\'", name.at[i])) buffer_byte(&out, name.at[i]);
	return out.length > 0 ? shortened(buffer_text(&out), NAME_UNITS_MAX) : TEXT("1");
}

static Text column_name(Arena *arena, size_t column)
{
	char letters[4];
	size_t at = sizeof(letters);
	for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters[--at] = (char)('A' + (rest - 1) % 26);
	return arena_copy(arena, (Text) { letters + at, sizeof(letters) - at });
}

static void put_row(Buffer *out, size_t number, const Text *names, const Text *cells, size_t count, int style)
{
	buffer_printf(out, "<row r=\"%zu\">", number);
	for (size_t i = 0; i < count; i++) {
		if (cells[i].length == 0) continue;
		buffer_printf(out, "<c r=\"%.*s%zu\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", TEXT_ARGS(names[i]), number,
			style);
		xml_put(out, shortened(cells[i], CELL_UNITS_MAX));
		buffer_put(out, TEXT("</t></is></c>"));
	}
	buffer_put(out, TEXT("</row>"));
}

static Text worksheet(Arena *arena, const Sheet *sheet)
{
	Buffer out = { .arena = arena };
	size_t columns = sheet->column_count, row = 1;
	Text *names = arena_array_of(arena, Text, columns);
	for (size_t i = 0; i < columns; i++) names[i] = column_name(arena, i);
	buffer_put(&out, TEXT(DECLARATION "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"));
	if (sheet->heads) buffer_put(&out, TEXT("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"));
	buffer_printf(&out, "</sheetView></sheetViews><cols><col min=\"1\" max=\"%zu\" width=\"22\" customWidth=\"1\"/></cols><sheetData>",
		columns);
	if (sheet->heads) put_row(&out, row++, names, sheet->heads, columns, 1);
	for (size_t i = 0; i < sheet->row_count; i++) put_row(&out, row++, names, &sheet->cells[i * columns], columns, 0);
	buffer_put(&out, TEXT("</sheetData>"));
	if (sheet->heads) buffer_printf(&out, "<autoFilter ref=\"A1:%.*s%zu\"/>", TEXT_ARGS(names[columns - 1]), row - 1);
	buffer_put(&out, TEXT("</worksheet>"));
	return buffer_text(&out);
}

static Text types_of(Arena *arena, size_t count)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, text_from(types_head));
	for (size_t i = 1; i <= count; i++)
		buffer_printf(&out,
			"<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
			"ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
			i);
	buffer_put(&out, text_from(types_tail));
	return buffer_text(&out);
}

static Text book_relations(Arena *arena, size_t count)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT(DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">"));
	for (size_t i = 1; i <= count; i++)
		buffer_printf(&out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>", i, i);
	buffer_printf(&out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>", count + 1);
	return buffer_text(&out);
}

static Text workbook(Arena *arena, const Sheet *sheets, size_t count)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT(DECLARATION "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>"));
	for (size_t i = 0; i < count; i++) {
		buffer_put(&out, TEXT("<sheet name=\""));
		xml_put(&out, sheet_name(arena, sheets[i].name));
		buffer_printf(&out, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
	}
	buffer_put(&out, TEXT("</sheets></workbook>"));
	return buffer_text(&out);
}

Error sheets_xlsx(Call *call, const Sheet *sheets, size_t count, Text *out)
{
	enum { PARTS = 5 };
	Arena *arena = call->arena;
	must(count > 0 && count <= SHEETS_MAX);
	ZipEntry entries[PARTS + SHEETS_MAX] = { { TEXT("[Content_Types].xml"), types_of(arena, count) },
		{ TEXT("_rels/.rels"), text_from(package_relations) }, { TEXT("xl/workbook.xml"), workbook(arena, sheets, count) },
		{ TEXT("xl/_rels/workbook.xml.rels"), book_relations(arena, count) }, { TEXT("xl/styles.xml"), text_from(styles) } };
	for (size_t i = 0; i < count; i++) {
		must(sheets[i].column_count > 0 && sheets[i].column_count <= COLUMNS_MAX);
		if (sheets[i].row_count > ROWS_MAX) return fail(call, TOO_LARGE, "%zu rows in a workbook", sheets[i].row_count);
		entries[PARTS + i] = (ZipEntry) { arena_printf(arena, "xl/worksheets/sheet%zu.xml", i + 1), worksheet(arena, &sheets[i]) };
	}
	if (arena_is_full(arena)) return fail(call, TOO_LARGE, "a workbook beyond the memory of a call");
	return zip_pack(call, entries, PARTS + count, call->now, out);
}

Error sheet_xlsx(Call *call, const Sheet *sheet, Text *out) { return sheets_xlsx(call, sheet, 1, out); }
