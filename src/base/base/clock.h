/* clock: points in time are Unix milliseconds UTC. Only the edge reads the clock; everything below is given call->now. */
#pragma once
#include "base/base/base.h"

int64_t clock_wall(void); /* Unix milliseconds; moved by CAPPVD_CLOCK_OFFSET_SECONDS for tests of whole processes */
int64_t clock_offset(void); /* milliseconds that a test moves the clock; times of files know nothing of it */
int64_t clock_monotonic(void); /* milliseconds since boot, sleep included; never jumps */
int64_t clock_precise(void); /* microseconds, monotonic: for measuring */

Text clock_iso(Arena *arena, int64_t at); /* "2026-03-05T06:00:00.000Z" */
/* ISO 8601 / RFC 3339 date-time or date; a missing zone is UTC; fractions of any length. False when it is not one. */
must_use bool clock_parse(Text text, int64_t *out);
/* "2026年3月5日 14:00 (北京时间)" or "5 Mar 2026, 14:00 UTC+8" */
Text clock_human(Arena *arena, Lang lang, int64_t at);
Text clock_human_date(Arena *arena, Lang lang, int64_t at); /* "2026年3月5日", "5 Mar 2026", in UTC+8 */
Text clock_http(Arena *arena, int64_t at); /* "Thu, 05 Mar 2026 06:00:00 GMT" */

/* Days since 1970-01-01 of the proleptic Gregorian calendar, and back. */
int64_t clock_days(int year, int month, int day);
void clock_civil(int64_t days, int *out_year, int *out_month, int *out_day);
