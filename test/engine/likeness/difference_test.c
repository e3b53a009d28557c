#include "engine/likeness/difference.h"

#include "harness/test.h"

static Text signs(Test *t, const char *before, const char *after)
{
	DifferenceLines lines = difference_of(t->arena, text_from(before), text_from(after));
	Buffer out = { .arena = t->arena };
	for (size_t i = 0; i < lines.count; i++) buffer_printf(&out, "%c%.*s ", " -+"[lines.at[i].kind], TEXT_ARGS(lines.at[i].text));
	return buffer_text(&out);
}

TEST(difference__names_each_line_that_came_or_went)
{
	CHECK_TEXT(signs(t, "a\nb\nc", "a\nb\nc"), " a  b  c ");
	CHECK_TEXT(signs(t, "a\nb\nc", "a\nx\nc"), " a -b +x  c ");
	CHECK_TEXT(signs(t, "a\nb\nc\nd", "a\nc\nd\ne"), " a -b  c  d +e ");
	CHECK_TEXT(signs(t, "", "a"), "+a ");
	CHECK_TEXT(signs(t, "a\na", "a"), " a -a ");
}

TEST(difference__of_two_long_texts_without_a_common_line_ends)
{
	Buffer before = { .arena = t->arena }, after = { .arena = t->arena };
	for (int i = 0; i < 3000; i++) buffer_printf(&before, "a%d\n", i), buffer_printf(&after, "b%d\n", i);
	DifferenceLines lines = difference_of(t->arena, buffer_text(&before), buffer_text(&after));
	CHECK(lines.count >= 6000 && lines.at[0].kind == LINE_REMOVED && lines.at[lines.count - 2].kind == LINE_ADDED);
}
