#include "base/base/clock.h"
#include "base/base/random.h"
#include "harness/test.h"

TEST(text__int_refuses_overflow_and_rubbish)
{
	int64_t value = 7;
	CHECK(text_to_int(TEXT("-9223372036854775808"), &value) && value == INT64_MIN);
	CHECK(text_to_int(TEXT("9223372036854775807"), &value) && value == INT64_MAX);
	CHECK(!text_to_int(TEXT("9223372036854775808"), &value));
	CHECK(!text_to_int(TEXT(""), &value) && !text_to_int(TEXT("-"), &value) && !text_to_int(TEXT("1 "), &value) &&
		!text_to_int(TEXT("0x1"), &value));
	CHECK_INT(value, INT64_MAX);
}

TEST(text__utf8_refuses_surrogates_overlong_and_truncated)
{
	CHECK(text_is_utf8(TEXT("漏洞 ok é 😀")));
	CHECK_INT(text_utf8_length(TEXT("漏洞 ok")), 5);
	CHECK(!text_is_utf8(TEXT("\xED\xA0\x80")) && !text_is_utf8(TEXT("\xC0\xAF")) && !text_is_utf8(TEXT("\xE6\xBC")) &&
		!text_is_utf8(TEXT("a\0b")));
	CHECK(!text_is_utf8(TEXT("\xF4\x90\x80\x80")));
}

TEST(text__next_gives_every_piece_and_the_empty_ones)
{
	Text rest = TEXT("a,,b,"), piece;
	const char *expected[] = { "a", "", "b", "" };
	for (size_t i = 0; i < COUNT(expected); i++) CHECK(text_next(&rest, ',', &piece) && text_is(piece, text_from(expected[i])));
	CHECK(!text_next(&rest, ',', &piece));
}

TEST(text__find_and_slice_stay_inside)
{
	size_t at = 99;
	CHECK(text_find(TEXT("needle in hay"), TEXT("in"), &at) && at == 7);
	CHECK(!text_find(TEXT("in"), TEXT("needle"), &at) && at == 7);
	CHECK_TEXT(text_slice(TEXT("abc"), 2, 99), "c");
	CHECK_TEXT(text_slice(TEXT("abc"), 9, 99), "");
	CHECK_TEXT(text_trim(TEXT(" \t a b \n")), "a b");
}

TEST(arena__release_gives_back_everything_after_the_mark)
{
	Arena *arena = t->arena;
	char *kept = arena_alloc(arena, 10);
	ArenaMark mark = arena_mark(arena);
	char *before = arena_alloc(arena, 10);
	arena_release(arena, mark);
	for (int i = 0; i < 100; i++) memset(arena_alloc(arena, 50000), 1, 50000);
	CHECK(!arena_is_full(arena));
	arena_release(arena, mark);
	char *after = arena_alloc(arena, 10);
	CHECK(before == after && after[9] == 0 && kept[9] == 0);
}

TEST(arena__says_when_it_is_past_its_ceiling)
{
	scoped(arena_free) Arena *small = arena_new(1000);
	arena_alloc(small, 900);
	CHECK(!arena_is_full(small));
	arena_alloc(small, 200);
	CHECK(arena_is_full(small));
}

TEST(map__finds_each_of_many_and_nothing_else)
{
	Map *map = map_new(t->arena);
	for (int i = 0; i < 1000; i++)
		map_put(map, arena_printf(t->arena, "key %d", i),
			arena_printf(t->arena, "%d", i).length ? (void *)(intptr_t)(i + 1) : NULL);
	CHECK_INT(map_count(map), 1000);
	for (int i = 0; i < 1000; i++) CHECK_INT((intptr_t)map_get(map, arena_printf(t->arena, "key %d", i)), i + 1);
	CHECK(!map_get(map, TEXT("key 1000")) && !map_get(map, (Text) { 0 }));
}

TEST(clock__parses_what_records_carry_and_refuses_what_is_no_time)
{
	int64_t at;
	CHECK(clock_parse(TEXT("2026-03-05T06:00:00.000Z"), &at) && at == 1772690400000);
	CHECK(clock_parse(TEXT("2026-03-05T14:00:00+08:00"), &at) && at == 1772690400000);
	CHECK(clock_parse(TEXT("2026-03-05T06:00:00"), &at) && at == 1772690400000);
	CHECK(clock_parse(TEXT("2026-03-05 06:00"), &at) && at == 1772690400000);
	CHECK(clock_parse(TEXT("2026-03-05"), &at) && at == 1772668800000);
	CHECK(clock_parse(TEXT("2024-02-29"), &at) && !clock_parse(TEXT("2023-02-29"), &at) && !clock_parse(TEXT("2023-13-01"), &at));
	CHECK(!clock_parse(TEXT("2026-03-05T25:00"), &at) && !clock_parse(TEXT("yesterday"), &at) &&
		!clock_parse(TEXT("2026-03-05T06:00:00Zx"), &at));
}

TEST(clock__writes_for_people_and_machines)
{
	CHECK_TEXT(clock_iso(t->arena, 1772690400123), "2026-03-05T06:00:00.123Z");
	CHECK_TEXT(clock_iso(t->arena, -1), "1969-12-31T23:59:59.999Z");
	CHECK_TEXT(clock_http(t->arena, 1772690400000), "Thu, 05 Mar 2026 06:00:00 GMT");
	CHECK_TEXT(clock_human(t->arena, LANG_EN, 1772690400000), "5 Mar 2026, 14:00 UTC+8");
	CHECK_TEXT(clock_human(t->arena, LANG_ZH, 1772690400000), "2026年3月5日 14:00 (北京时间)");
}

TEST(clock__every_day_of_400_years_goes_there_and_back)
{
	for (int64_t day = clock_days(1900, 1, 1); day < clock_days(2300, 1, 1); day++) {
		int year, month, date;
		clock_civil(day, &year, &month, &date);
		CHECK_INT(clock_days(year, month, date), day);
	}
}

TEST(random__code_uses_only_letters_that_can_be_read_aloud)
{
	for (int i = 0; i < 200; i++) {
		Text code = random_code(t->arena, 16);
		for (size_t j = 0; j < code.length; j++) CHECK(strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", code.at[j]));
	}
	for (int i = 0; i < 1000; i++) CHECK(random_below(3) < 3);
}

TEST(call__collects_the_wrong_fields_and_speaks_the_readers_language)
{
	call_problem(t->call, TEXT("title"), "There is nothing here.", (Text) { 0 });
	call_problem(t->call, TEXT("size"), "At most %s bytes", TEXT("10"));
	CHECK(call_check_problems(t->call) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 2);
	CHECK_TEXT(problem_text(t->arena, LANG_ZH, &t->call->failure.problems.at[0]), "这里没有内容。");
	CHECK_TEXT(problem_text(t->arena, LANG_EN, &t->call->failure.problems.at[1]), "At most 10 bytes");
}
