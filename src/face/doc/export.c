#include "face/doc/export.h"

#include "base/sandbox/sandbox.h"

#include <unistd.h>

static bool is_format(const Request *request, Text format) { return text_is(request_query(request, TEXT("format")), format); }
bool export_wanted(const Request *request) { return is_format(request, TEXT("csv")) || is_format(request, TEXT("xlsx")); }

Url export_csv_url(Arena *arena, Text address) { return url_local(arena, "%.*s&format=csv", TEXT_ARGS(address)); }
Url export_xlsx_url(Arena *arena, Text address) { return url_local(arena, "%.*s&format=xlsx", TEXT_ARGS(address)); }

/* The references html.c writes. */
static size_t put_reference(Buffer *out, Text rest)
{
	static const struct {
		Text reference;
		char byte;
	} known[] = { { TEXT_INIT("&amp;"), '&' }, { TEXT_INIT("&lt;"), '<' }, { TEXT_INIT("&gt;"), '>' }, { TEXT_INIT("&quot;"), '"' },
		{ TEXT_INIT("&#39;"), '\'' }, { TEXT_INIT("&#34;"), '"' } };
	for (size_t i = 0; i < COUNT(known); i++)
		if (text_starts(rest, known[i].reference)) {
			buffer_byte(out, known[i].byte);
			return known[i].reference.length;
		}
	buffer_byte(out, '&');
	return 1;
}

Text export_words(Arena *arena, Markup markup)
{
	Buffer out = { .arena = arena };
	Text rest = markup.text;
	while (rest.length > 0) {
		size_t step = 1, end;
		if (rest.at[0] == '<')
			step = text_find(rest, TEXT(">"), &end) ? end + 1 : rest.length;
		else if (rest.at[0] == '&')
			step = put_reference(&out, rest);
		else
			buffer_byte(&out, rest.at[0]);
		rest = text_slice(rest, step, rest.length);
	}
	return text_trim(buffer_text(&out));
}

static void descriptor_close(const int *file)
{
	if (*file >= 0) close(*file);
}

Error export_bytes(Request *request, Text name, Text bytes)
{
	scoped(descriptor_close) int file = -1;
	TRY(sandbox_file(request->call, &file));
	for (Text rest = bytes; rest.length > 0;) {
		ssize_t written = write(file, rest.at, rest.length);
		if (written <= 0) return fail(request->call, IO, "writing a memory file");
		rest = text_slice(rest, (size_t)written, rest.length);
	}
	if (lseek(file, 0, SEEK_SET) != 0) return fail(request->call, IO, "rewinding a memory file");
	reply_download(request, name, file, (int64_t)bytes.length);
	file = -1;
	return OK;
}

Error export_reply(Request *request, const Table *table, Text name)
{
	Call *call = request->call;
	size_t count = table->column_count * table->row_count;
	Text *heads = arena_array_of(call->arena, Text, table->column_count), *cells = arena_array_of(call->arena, Text, count + 1), bytes;
	for (size_t i = 0; i < table->column_count; i++) heads[i] = table->columns[i].label;
	for (size_t i = 0; i < count; i++) {
		const Cell *cell = &table->cells[i];
		cells[i] = cell->markup.text.length ? export_words(call->arena, cell->markup) : cell->text;
	}
	const Sheet sheet = { name, heads, table->column_count, cells, table->row_count };
	bool as_book = is_format(request, TEXT("xlsx"));
	if (as_book)
		TRY(sheet_xlsx(call, &sheet, &bytes));
	else
		bytes = sheet_csv(call->arena, &sheet, true); /* with the mark: Excel is what most people open it with */
	return export_bytes(request, arena_printf(call->arena, "%.*s.%s", TEXT_ARGS(name), as_book ? "xlsx" : "csv"), bytes);
}
