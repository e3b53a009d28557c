#include "engine/likeness/difference.h"

enum { TABLE_MAX = 1500 * 1500 };

static Texts lines_of(Arena *arena, Text text)
{
	Texts lines = { 0 };
	Text line;
	while (text.length && text_next(&text, '\n', &line)) list_add(arena, &lines, line);
	return lines;
}

static void put(Arena *arena, DifferenceLines *out, DifferenceKind kind, Text text)
{
	DifferenceLine line = { kind, text };
	list_add(arena, out, line);
}

/* table[i * width + k]: length of the longest common subsequence of what follows line i and line k. */
static uint16_t *common(Arena *arena, const Text *before, size_t count, const Text *after, size_t width)
{
	uint16_t *table = arena_array_of(arena, uint16_t, (count + 1) * (width + 1));
	for (size_t i = count; i-- > 0;)
		for (size_t k = width; k-- > 0;) {
			uint16_t down = table[(i + 1) * (width + 1) + k], right = table[i * (width + 1) + k + 1];
			uint16_t longer = down > right ? down : right;
			bool same = text_is(before[i], after[k]);
			table[i * (width + 1) + k] = same ? (uint16_t)(table[(i + 1) * (width + 1) + k + 1] + 1) : longer;
		}
	return table;
}

static void put_middle(Arena *arena, DifferenceLines *out, const Text *before, size_t count, const Text *after, size_t width)
{
	bool fits = count && width && count <= TABLE_MAX / width;
	const uint16_t *table = fits ? common(arena, before, count, after, width) : NULL;
	size_t i = 0, k = 0;
	while (table && i < count && k < width) {
		if (text_is(before[i], after[k])) {
			put(arena, out, LINE_SAME, before[i++]);
			k++;
		} else if (table[(i + 1) * (width + 1) + k] >= table[i * (width + 1) + k + 1])
			put(arena, out, LINE_REMOVED, before[i++]);
		else
			put(arena, out, LINE_ADDED, after[k++]);
	}
	while (i < count) put(arena, out, LINE_REMOVED, before[i++]);
	while (k < width) put(arena, out, LINE_ADDED, after[k++]);
}

DifferenceLines difference_of(Arena *arena, Text before, Text after)
{
	DifferenceLines out = { 0 };
	Texts old = lines_of(arena, before), new = lines_of(arena, after);
	size_t head = 0, tail = 0;
	while (head < old.count && head < new.count &&text_is(old.at[head], new.at[head])) head++;
	while (tail + head < old.count && tail + head < new.count &&text_is(old.at[old.count - 1 - tail], new.at[new.count - 1 - tail]))
		tail++;
	for (size_t i = 0; i < head; i++) put(arena, &out, LINE_SAME, old.at[i]);
	put_middle(arena, &out, old.at + head, old.count - head - tail, new.at + head, new.count - head - tail);
	for (size_t i = old.count - tail; i < old.count; i++) put(arena, &out, LINE_SAME, old.at[i]);
	return out;
}
