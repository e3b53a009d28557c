/*
 * ics: dates as iCalendar (RFC 5545), in China Standard Time. Such a file leaves the house and stands in programs of others: what is put into it
 * is a number and a page, unless whoever makes it says otherwise.
 */
#pragma once
#include "base/base/base.h"

typedef struct IcsEvent {
	Text uid; /* worldwide with the host of the site behind it */
	Text summary, place; /* place may be empty */
	Text path; /* of its page; may be empty */
	int64_t starts_at, ends_at, changed_at; /* ends_at 0: a moment */
	bool is_tentative, is_cancelled;
	bool takes_time; /* who looks for a free hour is told that this one is not */
	bool is_public;
} IcsEvent;
typedef LIST_OF(IcsEvent) IcsEvents;
typedef struct IcsCalendar {
	Text product, name; /* "deadlines"; the name as people see it */
	Text site; /* "https://host", for addresses of pages; its host makes the identifiers worldwide */
	IcsEvents events;
} IcsCalendar;
Text ics_text(Arena *arena, const IcsCalendar *calendar, int64_t now);

/* ---- For tests: a content line, escaped and folded as RFC 5545 3.1 and 3.3.11 say. */
void ics_put_text(Buffer *out, const char *name, Text value);
