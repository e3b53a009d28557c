#include "engine/calendar/calendar.h"

#include "base/base/clock.h"
#include "harness/test.h"

/* An instant written in Beijing time, "2026-02-13T15:00". */
static int64_t at(const char *local)
{
	int64_t instant;
	CHECK(clock_parse(text_from(local), &instant));
	return instant - (int64_t)8 * 3600 * 1000;
}

static int64_t day(const char *date) { return calendar_day(at(date)); }
static DayKind kind(const char *date) { return calendar_look(calendar_official(), day(date)).kind; }

static int64_t add(const char *from, int count)
{
	bool provisional = true;
	int64_t due = calendar_add_working_days(calendar_official(), at(from), count, &provisional);
	CHECK(!provisional);
	return due;
}

#define CHECK_DUE(found, date) CHECK_INT((found), calendar_day_end(day(date)))

TEST(calendar__a_day_begins_at_midnight_in_beijing)
{
	CHECK_INT(calendar_day(at("2026-03-05T00:00")), clock_days(2026, 3, 5));
	CHECK_INT(calendar_day(at("2026-03-05T00:00") - 1), clock_days(2026, 3, 4));
	CHECK_INT(calendar_day(-(int64_t)8 * 3600 * 1000 - 1), -1);
	CHECK_INT(calendar_day_end(day("2026-03-05")), at("2026-03-06T00:00") - 1);
}

TEST(calendar__notices_make_holidays_of_weekdays_and_working_days_of_weekends)
{
	CHECK_INT(kind("2026-02-13"), DAY_WORKING);
	CHECK_INT(kind("2026-02-14"), DAY_MAKE_UP);
	CHECK_INT(kind("2026-02-15"), DAY_HOLIDAY);
	CHECK_INT(kind("2026-02-23"), DAY_HOLIDAY);
	CHECK_INT(kind("2026-02-24"), DAY_WORKING);
	CHECK_INT(kind("2026-03-07"), DAY_WEEKEND);
	CHECK_INT(kind("2026-03-08"), DAY_WEEKEND);
	CHECK_INT(kind("2026-03-09"), DAY_WORKING);
}

TEST(calendar__new_year_of_the_next_notice_reaches_back_into_december)
{
	CalendarDay look = calendar_look(calendar_official(), day("2022-12-31"));
	CHECK_INT(look.kind, DAY_HOLIDAY);
	CHECK_INT(look.year->year, 2023);
	CHECK_INT(calendar_look(calendar_official(), day("2022-12-30")).year->year, 2022);
}

TEST(calendar__spring_festival_of_2020_was_prolonged_and_its_make_up_day_cancelled)
{
	CHECK_INT(kind("2020-01-31"), DAY_HOLIDAY);
	CHECK_INT(kind("2020-02-01"), DAY_HOLIDAY);
	CHECK_INT(kind("2020-02-03"), DAY_WORKING);
}

/* Counted by hand from the notices: weekdays of the year − holidays on weekdays + make-up days. */
TEST(calendar__each_official_year_has_the_working_days_of_its_notice)
{
	static const int expected[][2] = { { 2020, 249 }, { 2021, 250 }, { 2022, 249 }, { 2023, 249 }, { 2024, 251 }, { 2025, 248 },
		{ 2026, 248 } };
	for (size_t i = 0; i < COUNT(expected); i++) {
		int64_t count = 0;
		for (int64_t d = clock_days(expected[i][0], 1, 1); d < clock_days(expected[i][0] + 1, 1, 1); d++)
			count += calendar_is_working_day(calendar_official(), d);
		CHECK_INT(count, expected[i][1]);
	}
	CHECK_INT(calendar_official()->year_count, COUNT(expected));
}

TEST(calendar__every_official_year_passes_the_check_an_operator_gets)
{
	size_t span = 0;
	for (size_t i = 0; i < calendar_official()->year_count; i++)
		CHECK(calendar_year_check(&calendar_official()->years[i], &span) == NULL);
}

TEST(calendar__limit_ends_at_the_end_of_the_last_working_day_and_skips_the_first)
{
	CHECK_DUE(add("2026-03-05T09:00", 0), "2026-03-05");
	CHECK_DUE(add("2026-03-05T09:00", 1), "2026-03-06");
	CHECK_DUE(add("2026-03-05T23:59", 2), "2026-03-09");
	CHECK_DUE(add("2026-02-13T10:00", 1), "2026-02-14");
	CHECK_DUE(add("2026-02-13T10:00", 2), "2026-02-24");
	CHECK_DUE(add("2026-02-18T10:00", 5), "2026-02-28");
	CHECK_DUE(add("2025-12-31T10:00", 1), "2026-01-04");
}

TEST(calendar__working_days_between_is_the_inverse_of_adding)
{
	for (int count = 1; count < 500; count++) {
		int64_t due = add("2024-06-07T12:00", count);
		CHECK_INT(calendar_working_days_between(calendar_official(), at("2024-06-07T12:00"), due), count);
		CHECK_INT(calendar_working_days_between(calendar_official(), due, at("2024-06-07T12:00")) < 0, 1);
	}
	CHECK_INT(calendar_working_days_between(calendar_official(), at("2026-03-05T01:00"), at("2026-03-05T23:00")), 0);
	CHECK_INT(calendar_working_days_between(calendar_official(), at("2026-10-01"), at("2026-10-10")), 3);
}

TEST(calendar__beyond_the_known_notices_the_answer_is_provisional)
{
	bool provisional = false;
	CHECK_INT(calendar_known_until(calendar_official()), 2026);
	CHECK_DUE(calendar_add_working_days(calendar_official(), at("2026-12-30"), 1, &provisional), "2026-12-31");
	CHECK(!provisional);
	CHECK_DUE(calendar_add_working_days(calendar_official(), at("2026-12-30"), 2, &provisional), "2027-01-01");
	CHECK(provisional);
	calendar_add_working_days(calendar_official(), at("2019-12-27"), 1, &provisional);
	CHECK(provisional);
}

static const CalendarSpan next_year[] = { { 20261231, 20270103, DAY_HOLIDAY, "New Year" },
	{ 20270109, 20270109, DAY_MAKE_UP, "New Year" } };

TEST(calendar__an_entered_year_makes_deadlines_firm_and_moves_them)
{
	CalendarYear entered = { 2027, "国办发明电〔2026〕0号", next_year, COUNT(next_year) };
	const Calendar *wider = calendar_with_year(t->arena, calendar_official(), entered);
	bool provisional = true;
	CHECK_INT(calendar_known_until(wider), 2027);
	CHECK_DUE(calendar_add_working_days(wider, at("2026-12-30"), 1, &provisional), "2027-01-04");
	CHECK_DUE(calendar_add_working_days(wider, at("2026-12-30"), 6, &provisional), "2027-01-09");
	CHECK(!provisional);
	CHECK_INT(calendar_official()->year_count + 1, wider->year_count);
}

TEST(calendar__entering_a_year_again_replaces_it_and_keeps_the_order)
{
	CalendarYear empty = { 2023, "corrected", NULL, 0 };
	const Calendar *other = calendar_with_year(t->arena, calendar_official(), empty);
	CHECK_INT(other->year_count, calendar_official()->year_count);
	for (size_t i = 1; i < other->year_count; i++) CHECK(other->years[i - 1].year < other->years[i].year);
	CHECK_INT(calendar_look(other, day("2023-01-23")).kind, DAY_WORKING);
	const Calendar *early = calendar_with_year(t->arena, calendar_official(), (CalendarYear) { 2018, "old", NULL, 0 });
	CHECK_INT(early->years[0].year, 2018);
	CHECK_INT(calendar_known_until(early), 2018);
	CHECK_INT(calendar_known_until(&(Calendar) { 0 }), 0);
}

TEST(calendar__check_refuses_what_no_notice_can_say)
{
	static const struct {
		CalendarSpan spans[2];
		size_t count, at;
		const char *message;
	} cases[] = {
		{ { { 20270229, 20270301, DAY_HOLIDAY, "" } }, 1, 0, "There is no such day." },
		{ { { 20271301, 20271301, DAY_HOLIDAY, "" } }, 1, 0, "There is no such day." },
		{ { { 20270105, 20270104, DAY_HOLIDAY, "" } }, 1, 0, "The first day lies after the last one." },
		{ { { 20261130, 20270101, DAY_HOLIDAY, "" } }, 1, 0, "The day lies outside the year of the notice." },
		{ { { 20271231, 20280101, DAY_HOLIDAY, "" } }, 1, 0, "The day lies outside the year of the notice." },
		{ { { 20270104, 20270104, DAY_MAKE_UP, "" } }, 1, 0, "A make-up day must be a Saturday or Sunday." },
		{ { { 20270104, 20270104, DAY_WEEKEND, "" } }, 1, 0, "A notice orders holidays and make-up days only." },
		{ { { 20270101, 20270103, DAY_HOLIDAY, "" }, { 20270103, 20270103, DAY_MAKE_UP, "" } }, 2, 1,
			"Two entries name the same day." },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t span = 99;
		const char *wrong = calendar_year_check(&(CalendarYear) { 2027, "", cases[i].spans, cases[i].count }, &span);
		CHECK(wrong && strcmp(wrong, cases[i].message) == 0);
		CHECK_INT(span, cases[i].at);
	}
}

static StageDue due_of(const char *start, int days, LimitUnit unit, const ClockPause *pauses, size_t count)
{
	return calendar_due(calendar_official(), &(StageClock) { at(start), days, unit, pauses, count });
}

TEST(calendar__calendar_days_count_holidays)
{
	CHECK_DUE(due_of("2026-09-30T10:00", 7, LIMIT_CALENDAR_DAYS, NULL, 0).at, "2026-10-07");
	StageDue far = due_of("2026-12-30T10:00", 90, LIMIT_CALENDAR_DAYS, NULL, 0);
	CHECK_DUE(far.at, "2027-03-30");
	CHECK(!far.provisional);
}

TEST(calendar__a_pause_gives_back_the_midnights_it_holds)
{
	ClockPause same_day[] = { { at("2026-03-03T10:00"), at("2026-03-03T16:00") } };
	ClockPause two_nights[] = { { at("2026-03-03T15:00"), at("2026-03-05T10:00") } };
	ClockPause overlapping[] = { { at("2026-03-04T15:00"), at("2026-03-05T10:00") },
		{ at("2026-03-03T15:00"), at("2026-03-05T09:00") } };
	ClockPause to_the_last_moment[] = { { at("2026-03-03T15:00"), calendar_day_end(day("2026-03-03")) } };
	ClockPause late[] = { { at("2026-03-10T10:00"), at("2026-03-12T10:00") } };
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, NULL, 0).at, "2026-03-09");
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, same_day, 1).at, "2026-03-09");
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, two_nights, 1).at, "2026-03-11");
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, overlapping, 2).at, "2026-03-11");
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, late, 1).at, "2026-03-09");
	CHECK_DUE(due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, to_the_last_moment, 1).at, "2026-03-09");
}

TEST(calendar__an_open_pause_stops_the_clock_and_keeps_what_was_used)
{
	ClockPause open[] = { { at("2026-03-05T10:00"), PAUSE_OPEN } };
	StageDue due = due_of("2026-03-02T09:00", 5, LIMIT_WORKING_DAYS, open, 1);
	CHECK(due.at == PAUSE_OPEN && due.days_used == 2);
	CHECK_INT(due_of("2026-03-02T09:00", 2, LIMIT_WORKING_DAYS, open, 1).days_used, 2);
	CHECK_DUE(due_of("2026-03-02T09:00", 2, LIMIT_WORKING_DAYS, open, 1).at, "2026-03-04");
}

TEST(calendar__kinds_are_written_and_read_back)
{
	for (int i = DAY_WORKING; i <= DAY_MAKE_UP; i++) {
		DayKind read = DAY_WORKING;
		CHECK(day_kind_parse(text_from(day_kind_tag((DayKind)i)), &read) && read == (DayKind)i);
		CHECK(tr(LANG_ZH, day_kind_text((DayKind)i)).at != day_kind_text((DayKind)i));
	}
	DayKind kept = DAY_HOLIDAY;
	CHECK(!day_kind_parse(TEXT("feast"), &kept) && kept == DAY_HOLIDAY);
}
