/* The table of receipts as a partner sends it: RFC 4180, as people's programs write it. Hostile bytes: test/fuzz/receipts_fuzz.c. */
#include "subject/party/delivery_private.h"

enum { LETTER, OUTCOME, AT, TO, NOTE, COLUMNS };
static const struct {
	const char *name, *zh;
} heads[COLUMNS] = { [LETTER] = { "letter", "函件编号" },
	[OUTCOME] = { "outcome", "送达结果" },
	[AT] = { "delivered_at", "送达时间" },
	[TO] = { "to", "签收人" },
	[NOTE] = { "note", "备注" } };

typedef struct CsvTable {
	Text rest;
	bool is_broken; /* a quoted cell without end */
} CsvTable;

static bool is_end(char byte) { return byte == ',' || byte == '\n'; }

/* Of a cell that nobody has to write anew the bytes of the table itself stand. */
static Text take_plain(Text rest, size_t *out_taken)
{
	size_t i = 0;
	while (i < rest.length && !is_end(rest.at[i])) i++;
	*out_taken = i;
	return text_slice(rest, 0, i);
}

/* Up to the mark that ends it; a doubled mark is one. */
static Text take_quoted(Arena *arena, Text rest, size_t *out_taken)
{
	size_t i = 1;
	Buffer cell = { .arena = arena };
	bool has_doubled = false;
	for (; i < rest.length && (rest.at[i] != '"' || (i + 1 < rest.length && rest.at[i + 1] == '"')); i++) {
		bool is_doubled = rest.at[i] == '"';
		has_doubled |= is_doubled;
		i += is_doubled;
	}
	*out_taken = i;
	Text whole = text_slice(rest, 1, i);
	for (size_t k = 0; has_doubled && k < whole.length; k++) {
		buffer_byte(&cell, whole.at[k]);
		k += whole.at[k] == '"';
	}
	return has_doubled ? buffer_text(&cell) : whole;
}

/* The next cell of RFC 4180; *out_last: it ends its row. */
static Text next_cell(Arena *arena, CsvTable *table, bool *out_last)
{
	size_t i = 0;
	Text rest = table->rest;
	bool quoted = rest.length && rest.at[0] == '"';
	Text cell = quoted ? take_quoted(arena, rest, &i) : take_plain(rest, &i);
	table->is_broken |= quoted && i >= rest.length;
	if (quoted && i < rest.length) i++;
	while (i < rest.length && !is_end(rest.at[i])) i++;
	*out_last = i >= rest.length || rest.at[i] == '\n';
	table->rest = text_slice(rest, i + 1, rest.length);
	/* A spreadsheet that took our own table may keep the mark that kept it from computing. */
	Text value = text_trim(cell);
	return value.length && value.at[0] == '\'' ? text_slice(value, 1, value.length) : value;
}

static size_t next_row(Arena *arena, CsvTable *table, Text *cells, size_t max)
{
	bool last = false;
	size_t count = 0;
	while (!last) {
		Text cell = next_cell(arena, table, &last);
		if (count < max) cells[count] = cell;
		count++;
	}
	return count < max ? count : max;
}

static int column_of(Text head)
{
	for (int i = 0; i < COLUMNS; i++)
		if (text_is_nocase(head, text_from(heads[i].name)) || text_is(head, text_from(heads[i].zh))) return i;
	return -1;
}

static const char *read_heads(Arena *arena, CsvTable *table, int *columns, size_t max, size_t *out_count)
{
	Text *cells = arena_array_of(arena, Text, max);
	bool has_letter = false, has_outcome = false;
	if (text_starts(table->rest, TEXT("\xEF\xBB\xBF"))) table->rest = text_slice(table->rest, 3, table->rest.length);
	*out_count = next_row(arena, table, cells, max);
	for (size_t i = 0; i < *out_count; i++) {
		columns[i] = column_of(cells[i]);
		has_letter |= columns[i] == LETTER;
		has_outcome |= columns[i] == OUTCOME;
	}
	return has_letter && has_outcome ? NULL : N_("The first line names the columns: letter, outcome, delivered_at, to, note.");
}

static void put_cell(DeliveryWord *word, int column, Text cell)
{
	Text *const places[COLUMNS] = {
		[LETTER] = &word->letter, [OUTCOME] = &word->outcome, [AT] = &word->at, [TO] = &word->to, [NOTE] = &word->note
	};
	if (column >= 0) *places[column] = cell;
}

const char *delivery_table_read(Arena *arena, Text text, DeliveryWords *out)
{
	enum { CELLS = 40 };
	int columns[CELLS];
	Text cells[CELLS];
	size_t column_count = 0;
	CsvTable table = { .rest = text };
	const char *why = text.length > DELIVERY_TABLE_BYTES_MAX ? N_("The table is too large.")
			  : !text_is_utf8(text)                  ? N_("This is not a text in UTF-8.")
								 : NULL;
	if (!why) why = read_heads(arena, &table, columns, CELLS, &column_count);
	while (!why && table.rest.length) {
		DeliveryWord word = { .to = TEXT(""), .note = TEXT(""), .at = TEXT("") };
		size_t count = next_row(arena, &table, cells, CELLS);
		for (size_t i = 0; i < count && i < column_count; i++) put_cell(&word, columns[i], cells[i]);
		if (word.letter.length && word.outcome.length) list_add(arena, out, word); /* no outcome: nothing is known of it yet */
		if (out->count > DELIVERY_WORDS_MAX) why = N_("These are more lines than a package has letters.");
	}
	if (!why && table.is_broken) why = N_("A quotation mark in the table has no end.");
	return !why && !out->count ? N_("The table has no line with an outcome.") : why;
}
