/*
 * sheet: rows of text as a file that people open in a spreadsheet. What a cell holds is text and nothing else: nothing is ever a formula.
 */
#pragma once
#include "base/base/base.h"

typedef struct Sheet {
	Text name; /* of the list; of the sheet inside the workbook */
	const Text *heads; /* column_count of them; NULL: no row of heads */
	size_t column_count;
	const Text *cells; /* row by row */
	size_t row_count;
} Sheet;

/* RFC 4180. `mark`: begins with the byte order mark, without which Excel takes UTF-8 for GBK. A cell that a spreadsheet would compute
 * (it begins, after spaces, with = + - @, one of their full-width forms, a tab or a line break, and is no plain number) gets a ' in front. */
Text sheet_csv(Arena *arena, const Sheet *sheet, bool mark);
/* Office Open XML: every cell a string, heads bold and frozen, filters on. TOO_LARGE: beyond 1,048,575 rows. */
must_use Error sheet_xlsx(Call *call, const Sheet *sheet, Text *out);
enum { SHEETS_MAX = 16 };
/* The same with several sheets, in this order; their names differ. */
must_use Error sheets_xlsx(Call *call, const Sheet *sheets, size_t count, Text *out);
