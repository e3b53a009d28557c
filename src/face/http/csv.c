/* Tables for spreadsheets (RFC 4180). */
#include "face/http/http.h"

Buffer csv_begin(Arena *arena)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT("\xEF\xBB\xBF")); /* or spreadsheets take Chinese for something else */
	return out;
}

void csv_cell(Buffer *out, Text value, bool is_last)
{
	bool is_formula = value.length && strchr("=+-@\t\r", value.at[0]);
	buffer_byte(out, '"');
	if (is_formula) buffer_byte(out, '\'');
	for (size_t i = 0; i < value.length; i++) {
		if (value.at[i] == '"') buffer_byte(out, '"');
		buffer_byte(out, value.at[i]);
	}
	buffer_byte(out, '"');
	buffer_byte(out, is_last ? '\n' : ',');
}

void reply_csv(Request *request, const char *name, const Buffer *table)
{
	reply_text(request, TEXT("text/csv; charset=utf-8"), buffer_text(table));
	reply_header(request, TEXT("Content-Disposition"), arena_printf(request->call->arena, "attachment; filename=\"%s\"", name));
}
