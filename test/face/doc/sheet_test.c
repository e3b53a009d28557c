#include "face/doc/sheet.h"
#include "face/doc/tool.h"

static const Text heads[] = { TEXT_INIT("编号"), TEXT_INIT("Words, \"quoted\"") };
static const Text cells[] = { TEXT_INIT("=1+1"), TEXT_INIT("a\nb"), TEXT_INIT(" @SUM(A1)"), TEXT_INIT("-5.5"),
	TEXT_INIT("+cmd|' /C calc'!A0"), TEXT_INIT("＝1"), TEXT_INIT("plain"), TEXT_INIT("<&>\x02") };
static const Sheet sheet = { .name = TEXT_INIT("受理/[1]*"), .heads = heads, .column_count = 2, .cells = cells, .row_count = 4 };

TEST(sheet__csv_is_read_back_and_nothing_in_it_computes)
{
	Text csv = sheet_csv(t->arena, &sheet, false);
	Text read =
		tool_run(t, "a.csv", csv, "python3 -c \"import csv;print(list(csv.reader(open('a.csv',newline='',encoding='utf-8'))))\"");
	CHECK_TEXT(text_trim(read), "[['编号', 'Words, \"quoted\"'], [\"'=1+1\", 'a\\nb'], [\"' @SUM(A1)\", '-5.5'], [\"'+cmd|' /C "
				    "calc'!A0\", \"'＝1\"], ['plain', '<&>\\x02']]");
	CHECK(text_starts(sheet_csv(t->arena, &sheet, true), TEXT("\xef\xbb\xbf编号,")));
}

static const char reader[] =
	"python3 - <<'E'\n"
	"import zipfile, xml.etree.ElementTree as E\n"
	"z = zipfile.ZipFile('a.xlsx'); assert z.testzip() is None\n"
	"for n in z.namelist(): E.fromstring(z.read(n))\n"
	"n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
	"s = E.fromstring(z.read('xl/worksheets/sheet1.xml'))\n"
	"print([(c.get('r'), c.get('t'), c.find(f'{n}is/{n}t').text) for c in s.iter(n + 'c')])\n"
	"print('formulas', len(list(s.iter(n + 'f'))), E.fromstring(z.read('xl/workbook.xml')).find(f'{n}sheets/{n}sheet').get('name'))\n"
	"E\n";

TEST(sheet__a_workbook_holds_strings_and_no_formula)
{
	Text bytes;
	CHECK_OK(t->call, sheet_xlsx(t->call, &sheet, &bytes));
	Text read = tool_run(t, "a.xlsx", bytes, reader);
	CHECK(tool_says(read, "('A1', 'inlineStr', '编号'), ('B1', 'inlineStr', 'Words, \"quoted\"'), ('A2', 'inlineStr', '=1+1'), ('B2', "
			      "'inlineStr', 'a\\nb')"));
	CHECK(tool_says(read, "('B5', 'inlineStr', '<&> ')]"));
	CHECK(tool_says(read, "formulas 0 受理1"));
}
