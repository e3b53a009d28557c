/* Tables: rows of cells, and CSV (RFC 4180, with the semicolons and tabs that spreadsheets write in some countries). Pure. */
#include "subject/batch/read_private.h"

/* ---- Rows of cells */
void read_table_begin(Reading *reading)
{
	reading->has_head = reading->may_repeat = false;
	reading->column_count = 0;
}

static bool is_empty(const Texts *cells)
{
	for (size_t i = 0; i < cells->count; i++)
		if (text_trim(cells->at[i]).length) return false;
	return true;
}

static bool take_head(Reading *reading, const Texts *cells)
{
	size_t known = 0;
	for (size_t i = 0; i < cells->count; i++) {
		ColumnName name = column_of(cells->at[i]);
		reading->columns[i] = name.item;
		reading->is_files[i] = name.is_files;
		known += name.item || name.is_files;
		if (!name.item && !name.is_files && text_trim(cells->at[i]).length) read_note(reading, "column", text_trim(cells->at[i]));
	}
	reading->column_count = cells->count;
	reading->has_head = reading->may_repeat = true;
	return known ? true : read_refuse(reading, "columns", (Text) { 0 });
}

/* The template has two rows of heads: names for machines, words for people. */
static bool is_head_again(const Reading *reading, const Texts *cells)
{
	size_t same = 0, filled = 0;
	for (size_t i = 0; i < cells->count && i < reading->column_count; i++) {
		ColumnName name = column_of(cells->at[i]);
		filled += text_trim(cells->at[i]).length > 0;
		same += (name.item && name.item == reading->columns[i]) || (name.is_files && reading->is_files[i]);
	}
	return same > 1 && same * 2 > filled;
}

/* Paths, apart by semicolons or lines. */
static void take_files(Arena *arena, Text cell, Texts *out)
{
	Text line, piece;
	while (text_next(&cell, '\n', &line))
		while (text_next(&line, ';', &piece)) {
			Text path = text_trim(piece);
			char *copy = arena_alloc(arena, path.length + 1);
			for (size_t i = 0; i < path.length; i++) copy[i] = path.at[i] == '\\' ? '/' : path.at[i];
			Text plain = { copy, path.length };
			if (text_starts(plain, TEXT("./"))) plain = text_slice(plain, 2, plain.length);
			if (plain.length) list_add(arena, out, plain);
		}
}

bool read_cells(Reading *reading, int64_t number, const Texts *cells)
{
	if (is_empty(cells)) return true;
	if (cells->count > READ_COLUMNS_MAX) return read_refuse(reading, "wide", arena_printf(reading->arena, "%lld", (long long)number));
	if (!reading->has_head) return take_head(reading, cells);
	bool is_again = reading->may_repeat && is_head_again(reading, cells);
	reading->may_repeat = false;
	if (is_again) return true;
	Map *values = map_new(reading->arena);
	Texts files = { 0 };
	for (size_t i = 0; i < cells->count && i < reading->column_count; i++) {
		const FormItem *item = reading->columns[i];
		if (cells->at[i].length > READ_CELL_BYTES_MAX)
			return read_refuse(reading, "wide", arena_printf(reading->arena, "%lld", (long long)number));
		if (reading->is_files[i]) take_files(reading->arena, cells->at[i], &files);
		Text value = item ? column_value(reading->arena, item, cells->at[i]) : TEXT("");
		if (value.length) form_set(reading->arena, values, text_from(item->name), value);
	}
	return read_put(reading, number, values, &files);
}

bool read_table_end(Reading *reading) { return reading->has_head ? true : read_refuse(reading, "empty", (Text) { 0 }); }

/* ---- CSV */
typedef struct Csv {
	Text text;
	size_t at;
	char separator;
} Csv;

static char separator_of(Text text)
{
	static const char separators[] = ",;\t";
	size_t counts[3] = { 0 }, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < text.length && (quoted || text.at[i] != '\n'); i++) {
		quoted ^= text.at[i] == '"';
		for (size_t k = 0; k < COUNT(counts); k++) counts[k] += !quoted && text.at[i] == separators[k];
	}
	for (size_t k = 1; k < COUNT(counts); k++)
		if (counts[k] > counts[best]) best = k;
	return separators[best];
}

/* After the opening quotation mark. False: it is never closed. */
static bool quoted_cell(Csv *csv, Arena *arena, Text *out)
{
	Buffer cell = { .arena = arena };
	for (; csv->at < csv->text.length; csv->at++) {
		char byte = csv->text.at[csv->at];
		if (byte != '"') {
			buffer_byte(&cell, byte);
			continue;
		}
		if (csv->at + 1 < csv->text.length && csv->text.at[csv->at + 1] == '"') {
			buffer_byte(&cell, '"');
			csv->at++;
			continue;
		}
		csv->at++;
		while (csv->at < csv->text.length && csv->text.at[csv->at] != csv->separator && !strchr("\r\n", csv->text.at[csv->at]))
			buffer_byte(&cell, csv->text.at[csv->at++]); /* what stands behind the mark, wrongly, is kept */
		*out = buffer_text(&cell);
		return true;
	}
	return false;
}

static Text plain_cell(Csv *csv)
{
	size_t from = csv->at;
	while (csv->at < csv->text.length && csv->text.at[csv->at] != csv->separator && !strchr("\r\n", csv->text.at[csv->at])) csv->at++;
	return text_slice(csv->text, from, csv->at);
}

/* One record, and past its end. */
static bool next_record(Csv *csv, Arena *arena, Texts *out)
{
	for (;;) {
		Text cell = TEXT("");
		bool is_quoted = csv->at < csv->text.length && csv->text.at[csv->at] == '"';
		if (is_quoted) {
			csv->at++;
			if (!quoted_cell(csv, arena, &cell)) return false;
		} else
			cell = plain_cell(csv);
		if (out->count <= READ_COLUMNS_MAX) list_add(arena, out, cell);
		if (csv->at >= csv->text.length) return true;
		char end = csv->text.at[csv->at++];
		if (end == csv->separator) continue;
		if (end == '\r' && csv->at < csv->text.length && csv->text.at[csv->at] == '\n') csv->at++;
		return true;
	}
}

bool read_csv(Reading *reading, Text content)
{
	Arena *arena = reading->arena;
	Csv csv = { .text = read_decoded(arena, content) };
	if (!csv.text.at) return read_refuse(reading, "encoding", (Text) { 0 });
	csv.separator = separator_of(csv.text);
	read_format(reading, "csv");
	read_table_begin(reading);
	for (int64_t number = 1; csv.at < csv.text.length; number++) {
		ArenaMark mark = arena_mark(arena);
		Texts cells = { 0 };
		if (!next_record(&csv, arena, &cells)) return read_refuse(reading, "quote", arena_printf(arena, "%lld", (long long)number));
		if (!read_cells(reading, number, &cells)) return false;
		arena_release(arena, mark);
	}
	return read_table_end(reading);
}
