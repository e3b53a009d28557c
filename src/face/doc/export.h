/*
 * export: a list that a page shows, as a file. It is made of the very table the page is made of, so that it holds what is shown and nothing else.
 * The one header of this room that knows requests: for pages only.
 */
#pragma once
#include "face/doc/sheet.h"
#include "face/html/html.h"

/* Whether the address asks for a file: format=csv or format=xlsx. */
bool export_wanted(const Request *request);
/* Answers with it. `name`: of the list, without ending. */
must_use Error export_reply(Request *request, const Table *table, Text name);
/* The addresses for a page's FilterBar; `address`: of the list with its filters, with a '?' in it. */
Url export_csv_url(Arena *arena, Text address);
Url export_xlsx_url(Arena *arena, Text address);
/* Bytes as a download. */
must_use Error export_bytes(Request *request, Text name, Text bytes);
/* The words of a piece of HTML that this program made. */
Text export_words(Arena *arena, Markup markup);
