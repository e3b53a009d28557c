#include "engine/calendar/calendar.h"

#include "base/base/clock.h"

enum { BEIJING_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };

static const struct {
	const char *tag, *text;
} kinds[] = {
	[DAY_WORKING] = { "working", N_("Working day") },
	[DAY_WEEKEND] = { "weekend", N_("Weekend") },
	[DAY_HOLIDAY] = { "holiday", N_("Holiday") },
	[DAY_MAKE_UP] = { "make-up", N_("Make-up working day") },
};

const char *day_kind_tag(DayKind kind) { return kinds[kind].tag; }
const char *day_kind_text(DayKind kind) { return kinds[kind].text; }

bool day_kind_parse(Text tag, DayKind *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(tag, text_from(kinds[i].tag))) {
			*out = (DayKind)i;
			return true;
		}
	return false;
}

int64_t calendar_day(int64_t at)
{
	int64_t local = at + BEIJING_OFFSET_MS;
	return local / DAY_MS - (local % DAY_MS < 0);
}

int64_t calendar_day_end(int64_t day) { return (day + 1) * DAY_MS - BEIJING_OFFSET_MS - 1; }

static bool day_is_weekend(int64_t day)
{
	int64_t weekday = ((day % 7) + 7 + 4) % 7; /* 1970-01-01 was a Thursday; 0 is Sunday */
	return weekday == 0 || weekday == 6;
}

static const CalendarYear *calendar_year(const Calendar *calendar, int year)
{
	for (size_t i = 0; i < calendar->year_count; i++)
		if (calendar->years[i].year == year) return &calendar->years[i];
	return NULL;
}

static const CalendarSpan *year_span(const CalendarYear *year, int32_t date)
{
	for (size_t i = 0; year && i < year->span_count; i++)
		if (date >= year->spans[i].first_date && date <= year->spans[i].last_date) return &year->spans[i];
	return NULL;
}

CalendarDay calendar_look(const Calendar *calendar, int64_t day)
{
	int number, month, date;
	clock_civil(day, &number, &month, &date);
	int32_t packed = number * 10000 + month * 100 + date;
	const CalendarYear *year = calendar_year(calendar, number);
	const CalendarSpan *span = year_span(year, packed);
	if (!span && month == 12) {
		const CalendarYear *next = calendar_year(calendar, number + 1);
		span = year_span(next, packed);
		if (span) year = next;
	}
	if (span) return (CalendarDay) { span->kind, span->text, year };
	return (CalendarDay) { day_is_weekend(day) ? DAY_WEEKEND : DAY_WORKING, "", year };
}

static bool kind_is_worked(DayKind kind) { return kind == DAY_WORKING || kind == DAY_MAKE_UP; }

bool calendar_is_working_day(const Calendar *calendar, int64_t day) { return kind_is_worked(calendar_look(calendar, day).kind); }

int calendar_known_until(const Calendar *calendar)
{
	if (!calendar->year_count) return 0;
	int last = calendar->years[0].year;
	for (size_t i = 1; i < calendar->year_count && calendar->years[i].year == last + 1; i++) last++;
	return last;
}

int64_t calendar_add_working_days(const Calendar *calendar, int64_t from, int count, bool *out_provisional)
{
	StageDue due = calendar_due(calendar, &(StageClock) { .start = from, .limit_days = count, .unit = LIMIT_WORKING_DAYS });
	*out_provisional = due.provisional;
	return due.at;
}

int64_t calendar_working_days_between(const Calendar *calendar, int64_t from, int64_t to)
{
	int64_t first = calendar_day(from), last = calendar_day(to), count = 0;
	if (last < first) return -calendar_working_days_between(calendar, to, from);
	for (int64_t day = first + 1; day <= last; day++) count += calendar_is_working_day(calendar, day);
	return count;
}

/* The pause in which the clock stands still at this instant, or NULL. */
static const ClockPause *clock_pause_at(const StageClock *clock, int64_t at)
{
	for (size_t i = 0; i < clock->pause_count; i++)
		if (at >= clock->pauses[i].from && at < clock->pauses[i].to) return &clock->pauses[i];
	return NULL;
}

StageDue calendar_due(const Calendar *calendar, const StageClock *clock)
{
	must(clock->limit_days >= 0 && clock->limit_days <= LIMIT_DAYS_MAX);
	StageDue due = { 0 };
	int64_t day = calendar_day(clock->start);
	while (due.days_used < clock->limit_days) {
		day++;
		const ClockPause *pause = clock_pause_at(clock, calendar_day_end(day));
		if (pause && pause->to == PAUSE_OPEN) {
			due.at = PAUSE_OPEN;
			return due;
		}
		if (pause) continue;
		CalendarDay look = calendar_look(calendar, day);
		if (clock->unit == LIMIT_WORKING_DAYS && !look.year) due.provisional = true;
		due.days_used += clock->unit == LIMIT_CALENDAR_DAYS || kind_is_worked(look.kind);
	}
	due.at = calendar_day_end(day);
	return due;
}

const Calendar *calendar_with_year(Arena *arena, const Calendar *calendar, CalendarYear year)
{
	CalendarYear *years = arena_array_of(arena, CalendarYear, calendar->year_count + 1);
	Calendar *wider = arena_new_of(arena, Calendar);
	bool placed = false;
	wider->years = years;
	for (size_t i = 0; i < calendar->year_count; i++) {
		const CalendarYear *old = &calendar->years[i];
		if (!placed && old->year >= year.year) {
			years[wider->year_count++] = year;
			placed = true;
		}
		if (old->year != year.year) years[wider->year_count++] = *old;
	}
	if (!placed) years[wider->year_count++] = year;
	return wider;
}

/* False when no such day exists. */
static bool date_to_day(int32_t date, int64_t *out)
{
	if (date < 10000101 || date > 99991231) return false;
	int year, month, day, wanted_month = date / 100 % 100, wanted_day = date % 100;
	if (wanted_month < 1 || wanted_month > 12) return false;
	int64_t number = clock_days(date / 10000, wanted_month, wanted_day);
	clock_civil(number, &year, &month, &day);
	if (year != date / 10000 || month != wanted_month || day != wanted_day) return false;
	*out = number;
	return true;
}

static const char *span_check(const CalendarYear *year, const CalendarSpan *span)
{
	int64_t first, last;
	if (!date_to_day(span->first_date, &first) || !date_to_day(span->last_date, &last)) return N_("There is no such day.");
	if (first > last) return N_("The first day lies after the last one.");
	if (span->first_date < (year->year - 1) * 10000 + 1201 || span->last_date > year->year * 10000 + 1231)
		return N_("The day lies outside the year of the notice.");
	if (span->kind != DAY_HOLIDAY && span->kind != DAY_MAKE_UP) return N_("A notice orders holidays and make-up days only.");
	for (int64_t day = first; span->kind == DAY_MAKE_UP && day <= last; day++)
		if (!day_is_weekend(day)) return N_("A make-up day must be a Saturday or Sunday.");
	return NULL;
}

const char *calendar_year_check(const CalendarYear *year, size_t *out_span)
{
	for (size_t i = 0; i < year->span_count; i++) {
		const CalendarSpan *span = &year->spans[i];
		const char *wrong = span_check(year, span);
		for (size_t j = 0; !wrong && j < i; j++)
			if (span->first_date <= year->spans[j].last_date && span->last_date >= year->spans[j].first_date)
				wrong = N_("Two entries name the same day.");
		if (!wrong) continue;
		*out_span = i;
		return wrong;
	}
	return NULL;
}
