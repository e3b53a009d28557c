/* What stays to be seen of a value that is hidden, and how many there are of each kind. */
#include "engine/masking/masking.h"

/* Signs at the beginning and at the end; of a mail address the end is its domain. */
static const struct {
	size_t first, last;
} stays[MASK_KINDS] = {
	[MASK_IDENTITY] = { 3, 4 },
	[MASK_MOBILE] = { 3, 4 },
	[MASK_LANDLINE] = { 0, 2 },
	[MASK_BANK] = { 6, 4 },
	[MASK_MAIL] = { 1, 0 },
	[MASK_PASSPORT] = { 1, 2 },
	[MASK_PLATE] = { 2, 1 },
	[MASK_TRADER] = { 2, 2 },
};

static bool is_sign_start(Text text, size_t at) { return ((unsigned char)text.at[at] & 0xC0) != 0x80; }

/* The place behind so many signs from the start. */
static size_t behind(Text value, size_t signs)
{
	size_t at = 0;
	while (at < value.length && signs) {
		at++;
		while (at < value.length && !is_sign_start(value, at)) at++;
		signs--;
	}
	return at;
}

/* The place before so many signs at the end. */
static size_t before(Text value, size_t signs)
{
	size_t at = value.length;
	while (at > 0 && signs) {
		at--;
		while (at > 0 && !is_sign_start(value, at)) at--;
		signs--;
	}
	return at;
}

static void put_hidden(Buffer *out, Text value, MaskKind kind)
{
	size_t from = behind(value, stays[kind].first), to = before(value, stays[kind].last), sign;
	if (kind == MASK_MAIL && text_find(value, TEXT("@"), &sign)) to = sign;
	if (from > to) from = to = value.length; /* shorter than what stays: nothing of it does */
	buffer_put(out, from < value.length ? text_slice(value, 0, from) : TEXT(""));
	buffer_put(out, TEXT(MASK_STARS));
	buffer_put(out, text_slice(value, to, value.length));
}

Text masking_hide(Arena *arena, Text text, const MaskSpans *spans)
{
	Buffer out = { .arena = arena };
	size_t at = 0;
	buffer_put(&out, TEXT(""));
	for (size_t i = 0; i < spans->count; i++) {
		const MaskSpan *span = &spans->at[i];
		must(span->from >= at && span->to <= text.length);
		buffer_put(&out, text_slice(text, at, span->from));
		put_hidden(&out, text_slice(text, span->from, span->to), span->kind);
		at = span->to;
	}
	buffer_put(&out, text_slice(text, at, text.length));
	return buffer_text(&out);
}

/* ---- Counts */
MaskCounts masking_count(const MaskSpans *spans)
{
	MaskCounts counts = { 0 };
	for (size_t i = 0; i < spans->count; i++) counts.of[spans->at[i].kind]++;
	return counts;
}

Text masking_counts_text(Arena *arena, const MaskCounts *counts)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT(""));
	for (int kind = 0; kind < MASK_KINDS; kind++) {
		if (!counts->of[kind]) continue;
		buffer_printf(&out, "%s%s=%lld", out.length ? " " : "", mask_kind_name((MaskKind)kind), (long long)counts->of[kind]);
	}
	return buffer_text(&out);
}

static bool count_parse(Text piece, MaskCounts *counts)
{
	Text name;
	if (!text_next(&piece, '=', &name) || !piece.at) return false;
	for (int kind = 0; kind < MASK_KINDS; kind++)
		if (text_is(name, text_from(mask_kind_name((MaskKind)kind)))) return text_to_int(piece, &counts->of[kind]);
	return false;
}

bool masking_counts_parse(Text text, MaskCounts *out)
{
	MaskCounts counts = { 0 };
	Text piece;
	while (text.length && text_next(&text, ' ', &piece))
		if (!count_parse(piece, &counts)) return false;
	*out = counts;
	return true;
}
