/*
 * calendar: deadlines as iCalendar (RFC 5545): one event for each clock, at its end, in China Standard Time. It leaves the house and stands in
 * programs of others, so it holds the number, the stage and the page of a matter: no title, no name.
 */
#pragma once
#include "work/workflow/worklist.h"

/* `site`: "https://host", for addresses of pages; its host makes the identifiers worldwide. */
Text calendar_text(Arena *arena, Lang lang, Text site, const WorkLines *deadlines, int64_t now);
