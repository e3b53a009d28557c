#include "work/workflow/workdays.h"

#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "work/workflow/workdays.sql.h"
#include "work/workflow/workflow.h"

static const struct {
	Text word;
	DayKind kind;
} kind_words[] = { { TEXT_INIT("休"), DAY_HOLIDAY }, { TEXT_INIT("班"), DAY_MAKE_UP }, { TEXT_INIT("holiday"), DAY_HOLIDAY },
	{ TEXT_INIT("make-up"), DAY_MAKE_UP } };

/* ---- Lines and spans */
static bool read_date(Text text, int32_t *out)
{
	int64_t at = 0;
	int year, month, day;
	if (text.length != 10 || !clock_parse(text, &at)) return false;
	clock_civil(at / 86400000, &year, &month, &day);
	*out = year * 10000 + month * 100 + day;
	return true;
}

static bool read_kind(Text word, DayKind *out)
{
	for (size_t i = 0; i < COUNT(kind_words); i++) {
		if (!text_is(word, kind_words[i].word)) continue;
		*out = kind_words[i].kind;
		return true;
	}
	return false;
}

static bool read_span(Arena *arena, Text line, CalendarSpan *out)
{
	Text words[4] = { { 0 } }, word;
	size_t count = 0;
	while (count < COUNT(words) && text_next(&line, ' ', &word))
		if (word.length) words[count++] = word;
	if (count < 3 || !read_date(words[0], &out->first_date)) return false;
	size_t kind = read_date(words[1], &out->last_date) ? 2 : 1;
	if (kind == 1) out->last_date = out->first_date;
	if (count != kind + 2 || text_trim(line).length || !read_kind(words[kind], &out->kind)) return false;
	out->text = arena_string(arena, words[kind + 1]);
	return out->first_date <= out->last_date;
}

/* *out_line: of the first line that is none, from 1; 0 when all are. */
static CalendarYear read_year(Arena *arena, int64_t number, Text source, Text lines, int64_t *out_line)
{
	LIST_OF(CalendarSpan) spans = { 0 };
	Text line;
	*out_line = 0;
	for (int64_t at = 1; text_next(&lines, '\n', &line); at++) {
		CalendarSpan span = { 0 };
		line = text_trim(line);
		if (!line.length) continue;
		if (read_span(arena, line, &span))
			list_add(arena, &spans, span);
		else if (!*out_line)
			*out_line = at;
	}
	return (CalendarYear) { .year = (int)number, .source = arena_string(arena, source), .spans = spans.at, .span_count = spans.count };
}

static void put_date(Buffer *out, int32_t date) { buffer_printf(out, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100); }

Text workday_spans_text(Arena *arena, const CalendarYear *year)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < year->span_count; i++) {
		const CalendarSpan *span = &year->spans[i];
		put_date(&out, span->first_date);
		buffer_byte(&out, ' ');
		if (span->last_date != span->first_date) {
			put_date(&out, span->last_date);
			buffer_byte(&out, ' ');
		}
		buffer_printf(&out, "%s %.*s\n", span->kind == DAY_HOLIDAY ? "休" : "班", TEXT_ARGS(tr(LANG_ZH, span->text)));
	}
	return buffer_text(&out);
}

/* ---- The calendar */
Error workdays(Call *call, const Calendar **out)
{
	WorkdayYearRows rows;
	const Calendar *calendar = calendar_official();
	TRY(workday_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		int64_t line = 0;
		CalendarYear year = read_year(call->arena, rows.at[i].year, rows.at[i].source, rows.at[i].spans, &line);
		if (line) return fail(call, CORRUPT, "line %lld of the calendar of %d", (long long)line, year.year);
		calendar = calendar_with_year(call->arena, calendar, year);
	}
	*out = calendar;
	return OK;
}

Error workday_years(Call *call, WorkdayYears *out)
{
	const Calendar *calendar;
	WorkdayYearRows rows;
	WorkdayYears years = { 0 };
	TRY(workdays(call, &calendar));
	TRY(workday_rows(call, &rows));
	for (size_t i = calendar->year_count; i--;) {
		WorkdayYear year = { .year = calendar->years[i] };
		for (size_t k = 0; k < rows.count; k++) {
			if (rows.at[k].year != year.year.year) continue;
			year.entered_at = rows.at[k].entered_at;
			year.entered_by = rows.at[k].entered_by.value;
		}
		list_add(call->arena, &years, year);
	}
	*out = years;
	return OK;
}

/* ---- Entering */
typedef struct Entering {
	int64_t year;
	Text source, spans;
} Entering;

static Error enter(Call *call, void *argument)
{
	const Entering *entering = argument;
	int64_t person = call->actor->person_id;
	Text ref = arena_printf(call->arena, "%lld", (long long)entering->year);
	TRY(workday_insert(call, entering->year, entering->source, entering->spans, (Maybe) { person != 0, person }, call->now));
	LedgerEvent event = { .kind = "workdays", .ref = ref, .action = "enter", .detail = entering->source };
	TRY(ledger_record(call, &event, NULL));
	return workflow_clocks_recompute(call);
}

static void check_year(Call *call, const Entering *entering)
{
	int64_t line = 0;
	size_t span = 0;
	CalendarYear year = read_year(call->arena, entering->year, entering->source, entering->spans, &line);
	if (entering->year < WORKDAY_YEAR_FIRST || entering->year > WORKDAY_YEAR_LAST)
		call_problem(call, TEXT("year"), N_("Please enter a year from 2020 to 2100."), (Text) { 0 });
	if (!text_trim(entering->source).length)
		call_problem(call, TEXT("source"), N_("Please name the notice of the State Council."), (Text) { 0 });
	if (line) {
		call_problem(call, TEXT("spans"), N_("Line %s is not understood: first day, last day, 休 or 班, occasion."),
			arena_printf(call->arena, "%lld", (long long)line));
		return;
	}
	const char *wrong = year.span_count ? calendar_year_check(&year, &span) : N_("Please enter the days of the notice.");
	if (wrong) call_problem(call, TEXT("spans"), wrong, (Text) { 0 });
}

Error workday_year_enter(Call *call, int64_t year, Text source, Text spans)
{
	Entering entering = { year, text_trim(source), spans };
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN) || !call->actor->second_factor)
		return fail(call, FORBIDDEN, "the calendar is a system administrator's");
	check_year(call, &entering);
	TRY(call_check_problems(call));
	return db_transact(call, enter, &entering);
}
