/*
 * calendar: working days of mainland China with holidays and make-up days, and the due instant of a limit.
 * Days are civil days of Asia/Shanghai (UTC+8 without summer time since 1992), counted from 1970-01-01 as clock_days does.
 * The official years are built in; an operator's rows make further years, so every function takes the calendar.
 */
#pragma once
#include "base/base/base.h"

typedef enum DayKind {
	DAY_WORKING, /* Monday to Friday */
	DAY_WEEKEND,
	DAY_HOLIDAY, /* free by notice, also where it falls on a weekend */
	DAY_MAKE_UP, /* a weekend worked for a holiday (调休) */
} DayKind;
const char *day_kind_tag(DayKind kind); /* "working", "weekend", "holiday", "make-up" */
const char *day_kind_text(DayKind kind); /* English source text */
must_use bool day_kind_parse(Text tag, DayKind *out);

/* Consecutive days of one kind by a notice; dates are year * 10000 + month * 100 + day. */
typedef struct CalendarSpan {
	int32_t first_date, last_date;
	DayKind kind; /* DAY_HOLIDAY or DAY_MAKE_UP */
	const char *text; /* English source text of the occasion */
} CalendarSpan;

/* What is known about one year. Its spans may begin in December of the year before (New Year 2023 began on 2022-12-31). */
typedef struct CalendarYear {
	int year;
	const char *source; /* the notice, as people cite it */
	const CalendarSpan *spans;
	size_t span_count;
} CalendarYear;

typedef struct Calendar {
	const CalendarYear *years; /* ascending, no year twice */
	size_t year_count;
} Calendar;

/* The years 2020 to 2026 as the General Office of the State Council ordered them. */
const Calendar *calendar_official(void);

/* The calendar with this year entered or replaced. The spans are borrowed. The year must have passed calendar_year_check. */
const Calendar *calendar_with_year(Arena *arena, const Calendar *calendar, CalendarYear year);

/* What is wrong with a year somebody entered: an English source text, and which span; NULL when nothing is.
 * Dates exist, lie in the year or the December before, spans do not overlap, make-up days are weekends. */
const char *calendar_year_check(const CalendarYear *year, size_t *out_span);

int64_t calendar_day(int64_t at); /* the civil day an instant lies in */
int64_t calendar_day_end(int64_t day); /* its last millisecond */

typedef struct CalendarDay {
	DayKind kind;
	const char *text; /* of the occasion; "" on ordinary days */
	const CalendarYear *year; /* whose notice says so; NULL: no notice is known for the day's year */
} CalendarDay;
CalendarDay calendar_look(const Calendar *calendar, int64_t day);
bool calendar_is_working_day(const Calendar *calendar, int64_t day);

/* The last year up to which notices are known without a gap from the first one; 0 for an empty calendar. */
int calendar_known_until(const Calendar *calendar);

/* The end of the count-th working day after the day of `from` (Civil Code, articles 201 and 203: the first day is not counted, the last
 * one ends at 24:00). count 0: the end of the day of `from` itself. *out_provisional: a day of an unknown year was counted. */
int64_t calendar_add_working_days(const Calendar *calendar, int64_t from, int count, bool *out_provisional);

/* Working days after the day of `from` up to and including the day of `to`; negative when `to` lies before. */
int64_t calendar_working_days_between(const Calendar *calendar, int64_t from, int64_t to);

/* ---- The clock of a stage */
typedef enum LimitUnit { LIMIT_WORKING_DAYS, LIMIT_CALENDAR_DAYS } LimitUnit;
enum { LIMIT_DAYS_MAX = 10000 };
typedef struct ClockPause {
	int64_t from, to; /* instants; to is PAUSE_OPEN while the clock stands still */
} ClockPause;
#define PAUSE_OPEN INT64_MAX

typedef struct StageClock {
	int64_t start;
	int limit_days; /* extensions included; 0 … LIMIT_DAYS_MAX */
	LimitUnit unit;
	const ClockPause *pauses; /* any order */
	size_t pause_count;
} StageClock;

typedef struct StageDue {
	int64_t at; /* last millisecond of the last day; PAUSE_OPEN while the clock stands still */
	int days_used; /* counted before an open pause; limit_days when nothing is open */
	bool provisional; /* counted over days of a year whose notice is not known: may move when it is entered */
} StageDue;

/* A day counts unless the clock stands still at its end. So a pause gives back as many days as it holds midnights (UTC+8), and one that
 * begins and ends on the same day gives back nothing. Calendar days count holidays too and the last day may be one. */
StageDue calendar_due(const Calendar *calendar, const StageClock *clock);
