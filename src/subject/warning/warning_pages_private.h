/* What the pages of warnings share. */
#pragma once
#include "face/html/html.h"
#include "subject/warning/warning.h"
#include "subject/warning/warning_view.h"

/* The newest text that was sent, as the actor's own copy unless everybody reads it. NOT_FOUND: nothing was sent. */
must_use Error warning_reply_newest(Request *request, bool as_word);
must_use Error warning_load(Request *request); /* request->subject; a reading is recorded */
Text warning_shown_title(Arena *arena, Lang lang, const Warning *warning); /* before it has one: that it has none */
Url warning_url(Arena *arena, const Warning *warning, const char *rest);
Markup warning_chip(Html *html, Text state);
Text warning_org_name(Lang lang, Text name, Text name_en);
must_use Error warning_reply_file(Request *request, const WarningDocument *document, bool as_word);
Markup warning_lines(Html *html, Text lines); /* each line a paragraph; addresses become links */
/* The parts of a text in the reader's language, or in Chinese where it has no English: then *out_lang says so, else it is empty. */
WarningParts warning_parts(Html *html, const Map *values, Text *out_lang);
Markup warning_counts_markup(Html *html, const WarningCounts *counts);
/* The fields that differ, each with what changed; empty: none. */
Markup warning_difference(Html *html, const Map *before, const Map *after);
