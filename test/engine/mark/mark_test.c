#include "engine/mark/photo.h"
#include "harness/test.h"

/* The whole figure, 200 of each, is measured by `make bench`. */
TEST(mark__a_photograph_of_half_a_page_names_its_copy)
{
	for (uint32_t seed = 1; seed <= 3; seed++) {
		ArenaMark mark = arena_mark(t->arena);
		Arena *arena scoped(arena_free) = arena_new((size_t)1 << 30);
		uint64_t copy = 0xA5F00D0000u + seed;
		Sheet sheet = photo_print(arena, seed, (int64_t)copy);
		Photo photo = photo_take(arena, &sheet, seed);
		MarkReading reading = mark_read(arena, &(MarkPicture) { photo.at, photo.width, photo.height });
		CHECK(reading.found && reading.copy == copy && reading.certainty_percent > 60);
		arena_release(t->arena, mark);
	}
}

TEST(mark__a_page_without_a_mark_names_nobody)
{
	Arena *arena scoped(arena_free) = arena_new((size_t)1 << 30);
	Sheet sheet = photo_print(arena, 9, -1);
	Photo photo = photo_take(arena, &sheet, 9);
	CHECK(!mark_read(arena, &(MarkPicture) { photo.at, photo.width, photo.height }).found);
}

typedef struct Ink {
	size_t dots;
	double lowest, highest;
} Ink;

static void count_dot(void *context, double x, double y)
{
	Ink *ink = context;
	ink->dots++;
	if (x < ink->lowest || y < ink->lowest) ink->lowest = x < y ? x : y;
	if (x > ink->highest) ink->highest = x;
}

TEST(mark__the_pattern_is_faint_and_stays_on_the_page)
{
	Ink ink = { .lowest = 100 };
	mark_draw_points(0xFFFFFFFFFF, 595, 842, count_dot, &ink);
	double share = (double)ink.dots * 3.1416 * MARK_DOT_RADIUS_POINTS * MARK_DOT_RADIUS_POINTS / (595.0 * 842) * MARK_DOT_INK;
	CHECK(ink.dots > 10000 && share < 0.006);
	CHECK(ink.lowest > MARK_DOT_RADIUS_POINTS && ink.highest < 595 - MARK_DOT_RADIUS_POINTS);
}

TEST(mark__a_file_that_is_no_picture_is_refused)
{
	Buffer out = { .arena = t->arena };
	CHECK(mark_run("GIF89a....", 10, &out) == ERROR_INVALID);
	CHECK(mark_run("P5 300 300 255\nshort", 20, &out) == ERROR_INVALID);
	Buffer blank = { .arena = t->arena };
	buffer_put(&blank, TEXT("P5 600 600 255\n"));
	for (int i = 0; i < 600 * 600; i++) buffer_byte(&blank, '\x7f');
	CHECK(mark_run(blank.at, blank.length, &out) == OK);
	CHECK_TEXT(buffer_text(&out), "0 0 0 0 0");
}
