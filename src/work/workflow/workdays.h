/*
 * workdays: the calendar that time limits are counted by: the built-in official years, and those that an administrator entered when the State
 * Council's notice came out. Part of the face of this room.
 */
#pragma once
#include "engine/calendar/calendar.h"

/* For one call. What was entered replaces what is built in. */
must_use Error workdays(Call *call, const Calendar **out);

enum { WORKDAY_YEAR_FIRST = 2020, WORKDAY_YEAR_LAST = 2100 };
typedef struct WorkdayYear {
	CalendarYear year;
	int64_t entered_at, entered_by; /* 0: built in; by 0: a command */
} WorkdayYear;
typedef LIST_OF(WorkdayYear) WorkdayYears;
must_use Error workday_years(Call *call, WorkdayYears *out); /* newest year first; what holds now */
/* "2027-01-01 2027-01-03 休 元旦", a line for each span: first day, last day (none: the same), 休 (free) or 班 (worked), the occasion. */
Text workday_spans_text(Arena *arena, const CalendarYear *year);
/* Enters or replaces a year, and counts every running time limit anew. FORBIDDEN: no system administrator with a second factor. INVALID with
 * problems at year, source, spans (naming the line). */
must_use Error workday_year_enter(Call *call, int64_t year, Text source, Text spans);
