/* The parts of lists: tables and the filter bar above them. */
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/part_filters.html.h"
#include "face/html/views/part_table.html.h"

static Text column_class(const Column *column)
{
	switch (column->kind) {
	case COLUMN_NUMBER: return TEXT("number");
	case COLUMN_NARROW: return TEXT("narrow");
	case COLUMN_CODE: return TEXT("code");
	case COLUMN_VECTOR: return TEXT("code vector");
	case COLUMN_TEXT: break;
	}
	return TEXT("words");
}

Markup part_table(Html *html, const Table *table)
{
	Arena *arena = html->call->arena;
	TableRow *rows = arena_array_of(arena, TableRow, table->row_count);
	must(table->caption.length > 0);
	for (size_t r = 0; r < table->row_count; r++) {
		TableCell *cells = arena_array_of(arena, TableCell, table->column_count);
		for (size_t c = 0; c < table->column_count; c++)
			cells[c] = (TableCell) { &table->cells[r * table->column_count + c], &table->columns[c],
				column_class(&table->columns[c]) };
		rows[r] = (TableRow) { cells, table->column_count };
	}
	TableView view = { table, rows, table->row_count };
	return RENDER(html, page_part_table, &view);
}

Markup part_filters(Html *html, const FilterBar *bar)
{
	Arena *arena = html->call->arena;
	FilterView view = { .bar = bar };
	for (size_t i = 0; i < bar->count; i++) {
		const Filter *filter = &bar->filters[i];
		FilterLine line = { .filter = filter, .id = arena_printf(arena, "filter-%.*s", TEXT_ARGS(filter->name)) };
		line.type = filter->is_search ? TEXT("search") : filter->is_date ? TEXT("date") : TEXT("text");
		for (size_t c = 0; c < filter->choice_count; c++) {
			FieldChoice choice = { filter->choice_values[c], filter->choice_labels[c],
				text_is(filter->choice_values[c], filter->value) };
			list_add(arena, &line.choices, choice);
		}
		view.is_filtered |= filter->value.length > 0;
		list_add(arena, &view.lines, line);
	}
	return RENDER(html, page_part_filters, &view);
}
