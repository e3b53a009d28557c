#include "engine/masking/masking_private.h"

#include <stdlib.h>

static const struct {
	const char *name, *text;
} kinds[MASK_KINDS] = {
	[MASK_IDENTITY] = { "identity", N_("Identity card number") },
	[MASK_MOBILE] = { "mobile", N_("Mobile phone number") },
	[MASK_LANDLINE] = { "landline", N_("Landline number") },
	[MASK_BANK] = { "bank", N_("Bank card number") },
	[MASK_MAIL] = { "mail", N_("Mail address") },
	[MASK_PASSPORT] = { "passport", N_("Passport or permit number") },
	[MASK_PLATE] = { "plate", N_("Vehicle plate") },
	[MASK_TRADER] = { "trader", N_("Credit code of a sole trader") },
	[MASK_MACHINE] = { "machine", N_("IP address") },
	[MASK_SECRET] = { "secret", N_("Password, cookie, token or key") },
};

const char *mask_kind_text(MaskKind kind) { return kinds[kind].text; }
const char *mask_kind_name(MaskKind kind) { return kinds[kind].name; }

/* ---- Characters */
static uint32_t half_width(uint32_t point)
{
	if (point >= 0xFF01 && point <= 0xFF5E) return point - 0xFEE0;
	if (point == 0x3000 || point == 0xA0 || point == 0x2003 || point == 0x2009) return ' ';
	if (point >= 0x2010 && point <= 0x2015) return '-';
	return point;
}

static uint32_t point_of(Text text, size_t at, size_t length)
{
	const unsigned char *byte = (const unsigned char *)text.at + at;
	if (length == 2) return (byte[0] & 0x1Fu) << 6 | (byte[1] & 0x3Fu);
	if (length == 3) return (byte[0] & 0x0Fu) << 12 | (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu);
	if (length == 4) return (byte[0] & 0x07u) << 18 | (byte[1] & 0x3Fu) << 12 | (byte[2] & 0x3Fu) << 6 | (byte[3] & 0x3Fu);
	return byte[0];
}

Cells cells_of(Arena *arena, Text text)
{
	Cells cells = { arena_array_of(arena, Cell, text.length + 1), 0 };
	must(text.length < UINT32_MAX);
	for (size_t at = 0; at < text.length;) {
		size_t length = text_utf8_sequence(text, at);
		if (!length) length = 1;
		cells.at[cells.count++] = (Cell) { half_width(point_of(text, at, length)), (uint32_t)at };
		at += length;
	}
	cells.at[cells.count] = (Cell) { 0, (uint32_t)text.length };
	return cells;
}

bool is_digit(uint32_t point) { return point >= '0' && point <= '9'; }
bool is_letter(uint32_t point) { return (point | 0x20) >= 'a' && (point | 0x20) <= 'z' && point < 0x80; }
bool is_alnum(uint32_t point) { return is_digit(point) || is_letter(point); }

static uint32_t small(uint32_t point) { return point >= 'A' && point <= 'Z' ? point | 0x20 : point; }

static bool part_here(const Cells *cells, size_t at, Text word, size_t *out_end)
{
	for (size_t i = 0; i < word.length;) {
		size_t length = text_utf8_sequence(word, i);
		if (!length || at >= cells->count || small(cells->at[at].point) != point_of(word, i, length)) return false;
		i += length;
		at++;
	}
	*out_end = at;
	return true;
}

bool word_here(const Cells *cells, size_t at, const char *word)
{
	size_t end;
	return part_here(cells, at, text_from(word), &end);
}

bool said_before(const Cells *cells, size_t at, size_t reach, const char *words)
{
	Text rest = text_from(words), word;
	while (text_next(&rest, '|', &word))
		for (size_t from = at > reach ? at - reach : 0; from < at; from++) {
			size_t end;
			if (part_here(cells, from, word, &end) && end <= at) return true;
		}
	return false;
}

/* ---- Spans */
void found_add(Found *found, const Cells *cells, size_t from, size_t to, MaskKind kind)
{
	MaskSpan span = { cells->at[from].from, cells->at[to].from, kind };
	if (span.from < span.to) list_add(found->arena, &found->spans, span);
}

static int by_place(const void *a, const void *b)
{
	const MaskSpan *left = a, *right = b;
	if (left->from != right->from) return left->from < right->from ? -1 : 1;
	return left->to > right->to ? -1 : left->to < right->to;
}

/* Of two that overlap the earlier and longer one stays, and reaches as far as both. */
MaskSpans masking_find(Arena *arena, Text text)
{
	Found found = { .arena = arena };
	MaskSpans spans = { 0 };
	Cells cells = cells_of(arena, text);
	find_secrets(&cells, &found);
	find_numbers(&cells, &found);
	find_words(&cells, &found);
	if (found.spans.count) qsort(found.spans.at, found.spans.count, sizeof(*found.spans.at), by_place);
	for (size_t i = 0; i < found.spans.count; i++) {
		MaskSpan span = found.spans.at[i];
		MaskSpan *last = spans.count ? &spans.at[spans.count - 1] : NULL;
		if (!last || span.from >= last->to)
			list_add(arena, &spans, span);
		else if (span.to > last->to) {
			last->to = span.to;
			if (span.kind == MASK_SECRET) last->kind = MASK_SECRET;
		}
	}
	return spans;
}

MaskSpans masking_of_kinds(Arena *arena, const MaskSpans *spans, unsigned bits)
{
	MaskSpans chosen = { 0 };
	for (size_t i = 0; i < spans->count; i++)
		if (bits & 1u << spans->at[i].kind) list_add(arena, &chosen, spans->at[i]);
	return chosen;
}

Text masking_apply(Arena *arena, Text text, const MaskSpans *spans)
{
	Buffer out = { .arena = arena };
	size_t at = 0;
	buffer_put(&out, TEXT(""));
	for (size_t i = 0; i < spans->count; i++) {
		must(spans->at[i].from >= at && spans->at[i].to <= text.length);
		buffer_put(&out, text_slice(text, at, spans->at[i].from));
		buffer_put(&out, TEXT(MASK_BLOCK));
		at = spans->at[i].to;
	}
	buffer_put(&out, text_slice(text, at, text.length));
	return buffer_text(&out);
}
