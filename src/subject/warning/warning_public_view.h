/* warning_public_view: public warnings as other pages show them. Part of the face of this room for pages. */
#pragma once
#include "face/html/html.h"
#include "subject/warning/warning.h"

/* NULL: none. */
const Table *warning_public_table(Html *html, const WarningPublics *list, Text caption);
Text warning_public_title(Arena *arena, Lang lang, const WarningPublic *warning);
Url warning_public_url(const Request *request, Text number);
