#include "face/doc/sheet.h"

static bool is_plain_number(Text cell)
{
	size_t at = cell.length > 0 && (cell.at[0] == '-' || cell.at[0] == '+') ? 1 : 0, digits = 0, points = 0;
	for (; at < cell.length; at++) {
		if (cell.at[at] >= '0' && cell.at[at] <= '9')
			digits++;
		else if (cell.at[at] == '.')
			points++;
		else
			return false;
	}
	return digits > 0 && points <= 1;
}

static bool would_compute(Text cell)
{
	static const Text starts[] = { TEXT_INIT("="), TEXT_INIT("+"), TEXT_INIT("-"), TEXT_INIT("@"), TEXT_INIT("\t"), TEXT_INIT("\r"),
		TEXT_INIT("\n"), TEXT_INIT("＝"), TEXT_INIT("＋"), TEXT_INIT("－"), TEXT_INIT("＠"), TEXT_INIT("|"), TEXT_INIT("%") };
	Text rest = cell;
	while (rest.length > 0 && rest.at[0] == ' ') rest = text_slice(rest, 1, rest.length);
	if (is_plain_number(cell)) return false;
	for (size_t i = 0; i < COUNT(starts); i++)
		if (text_starts(rest, starts[i])) return true;
	return false;
}

static bool needs_quotes(Text cell)
{
	for (size_t i = 0; i < cell.length; i++)
		if (strchr(",\"\r\n;", cell.at[i])) return true;
	return cell.length > 0 && (cell.at[0] == ' ' || cell.at[cell.length - 1] == ' ');
}

static void put_cell(Buffer *out, Text cell)
{
	Text mark = would_compute(cell) ? TEXT("'") : TEXT("");
	if (!needs_quotes(cell)) {
		buffer_put(out, mark);
		buffer_put(out, cell);
		return;
	}
	buffer_byte(out, '"');
	buffer_put(out, mark);
	for (size_t i = 0; i < cell.length; i++) {
		if (cell.at[i] == '"') buffer_byte(out, '"');
		buffer_byte(out, cell.at[i]);
	}
	buffer_byte(out, '"');
}

static void put_row(Buffer *out, const Text *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0) buffer_byte(out, ',');
		put_cell(out, cells[i]);
	}
	buffer_put(out, TEXT("\r\n"));
}

Text sheet_csv(Arena *arena, const Sheet *sheet, bool mark)
{
	Buffer out = { .arena = arena };
	if (mark) buffer_put(&out, TEXT("\xef\xbb\xbf"));
	if (sheet->heads) put_row(&out, sheet->heads, sheet->column_count);
	for (size_t i = 0; i < sheet->row_count; i++) put_row(&out, &sheet->cells[i * sheet->column_count], sheet->column_count);
	return buffer_text(&out);
}
