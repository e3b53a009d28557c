/* Tables in forms: what people fill in row by row, kept as lines that can be read and compared as they are. */
#include "work/form/form.h"

static bool line_at(Text table, size_t row, Text *out)
{
	Text rest = table, line;
	for (size_t i = 0; table.length && text_next(&rest, '\n', &line); i++) {
		if (i < row) continue;
		*out = text_trim(line);
		return true;
	}
	return false;
}

size_t form_rows(Text table)
{
	Text rest = table, line;
	size_t count = 0;
	while (table.length && text_next(&rest, '\n', &line)) count++;
	return count;
}

Text form_cell(Text table, size_t row, size_t column)
{
	Text line, cell;
	if (!line_at(table, row, &line)) return TEXT("");
	if (text_starts(line, TEXT("|"))) line = text_slice(line, 1, line.length);
	for (size_t i = 0; text_next(&line, '|', &cell); i++)
		if (i == column) return text_trim(cell);
	return TEXT("");
}

bool form_row_fits(Text table, size_t row, size_t columns)
{
	Text line, cell;
	if (!line_at(table, row, &line)) return true;
	if (text_starts(line, TEXT("|"))) line = text_slice(line, 1, line.length);
	for (size_t i = 0; text_next(&line, '|', &cell); i++)
		if (i >= columns && text_trim(cell).length) return false;
	return true;
}

static Text clean(Arena *arena, Text cell)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < cell.length; i++)
		if (cell.at[i] == '|')
			buffer_put(&buffer, TEXT("｜"));
		else
			buffer_byte(&buffer, cell.at[i] == '\n' || cell.at[i] == '\r' || cell.at[i] == '\t' ? ' ' : cell.at[i]);
	return text_trim(buffer_text(&buffer));
}

static void put_row(Buffer *out, const Text *cells, size_t count)
{
	if (out->length) buffer_byte(out, '\n');
	buffer_byte(out, '|');
	for (size_t c = 0; c < count; c++) buffer_printf(out, " %.*s |", TEXT_ARGS(cells[c]));
}

static size_t columns_of(const FormItem *item) { return item->choice_count < FORM_COLUMNS_MAX ? item->choice_count : FORM_COLUMNS_MAX; }

Text form_cell_put(Arena *arena, const FormItem *item, Text table, size_t row, size_t column, Text cell)
{
	Buffer out = { .arena = arena };
	size_t rows = form_rows(table), columns = columns_of(item);
	for (size_t r = 0; r < rows || r <= row; r++) {
		Text cells[FORM_COLUMNS_MAX];
		for (size_t c = 0; c < columns; c++) cells[c] = r == row && c == column ? clean(arena, cell) : form_cell(table, r, c);
		put_row(&out, cells, columns);
	}
	return buffer_text(&out);
}

Text form_rows_filled(Arena *arena, const FormItem *item, Text table)
{
	Buffer out = { .arena = arena };
	size_t rows = form_rows(table), columns = columns_of(item);
	for (size_t r = 0; r < rows; r++) {
		Text cells[FORM_COLUMNS_MAX];
		bool is_empty = true;
		for (size_t c = 0; c < columns; c++) {
			cells[c] = clean(arena, form_cell(table, r, c));
			is_empty &= !cells[c].length;
		}
		if (!is_empty) put_row(&out, cells, columns);
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

bool form_cell_find(const Form *form, Text name, const FormItem **out_item, size_t *out_row, size_t *out_column)
{
	Text rest = name, field, row, column;
	int64_t row_number, column_number;
	if (!text_next(&rest, '.', &field) || !text_next(&rest, '.', &row) || !text_next(&rest, '.', &column) || rest.at) return false;
	const FormItem *item = form_item(form, field);
	if (!item || item->kind != FORM_TABLE || !text_to_int(row, &row_number) || !text_to_int(column, &column_number)) return false;
	if (row_number < 0 || row_number >= FORM_ROWS_MAX || column_number < 0 || (size_t)column_number >= columns_of(item)) return false;
	*out_item = item;
	*out_row = (size_t)row_number;
	*out_column = (size_t)column_number;
	return true;
}
