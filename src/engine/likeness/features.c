#include "engine/likeness/features.h"

#include "engine/likeness/fold_private.h"
#include "engine/likeness/tokens.h"

enum { ROWS = 2, BANDS = 16, WORDS_LEAST = 6, PLACE_LEAST = 5, FEATURES_MOST = 60, VALUE_BYTES = 120 };

const char *feature_reason(FeatureKind kind)
{
	static const char *const reasons[] = { [FEATURE_IDENTITY] = N_("The same identity: package, AppID, filing number or host"),
		[FEATURE_PRODUCT] = N_("The same product by name"),
		[FEATURE_PLACE] = N_("The same place: path, interface or component"),
		[FEATURE_TEXT] = N_("A similar description") };
	return reasons[kind];
}

/* Letters, digits and Chinese characters, folded; the rest is gone. */
static Text folded(Arena *arena, Text text)
{
	uint32_t point, out[FOLD_LONGEST];
	Buffer buffer = { .arena = arena };
	for (size_t at = 0; fold_next(text, &at, &point) && buffer.length < VALUE_BYTES;) {
		size_t count = fold_point(point, out);
		for (size_t i = 0; i < count; i++) {
			char bytes[8];
			unsigned char kind = fold_kind_of(out[i]);
			if (kind == FOLD_WORD || kind == FOLD_CHINESE) buffer_put(&buffer, (Text) { bytes, fold_put_utf8(out[i], bytes) });
		}
	}
	return buffer_text(&buffer);
}

static void add(Arena *arena, Features *features, FeatureKind kind, Text value)
{
	if (!value.length || features->count >= FEATURES_MOST) return;
	for (size_t i = 0; i < features->count; i++)
		if (features->at[i].kind == kind && text_is(features->at[i].value, value)) return;
	list_add(arena, features, ((Feature) { kind, value }));
}

void features_add(Arena *arena, Features *features, FeatureKind kind, Text value) { add(arena, features, kind, folded(arena, value)); }

/* ---- Places */
static bool ends_piece(char byte) { return strchr(" \t\r\n\"'`<>(){}[],;?&=|*#", byte) != NULL; }

/* A host is an identity: whoever answers there is the same system. */
static void add_piece(Arena *arena, Features *features, Text piece)
{
	size_t scheme, slash;
	bool has_host = text_find(piece, TEXT("://"), &scheme);
	Text path = has_host ? text_slice(piece, scheme + 3, piece.length) : piece;
	if (has_host) {
		if (!text_find(path, TEXT("/"), &slash)) slash = path.length;
		features_add(arena, features, FEATURE_IDENTITY, text_slice(path, 0, slash));
		path = text_slice(path, slash, path.length);
	}
	Text value = folded(arena, path);
	if (value.length >= PLACE_LEAST) add(arena, features, FEATURE_PLACE, value);
}

void features_add_places(Arena *arena, Features *features, Text text)
{
	for (size_t at = 0, end; at < text.length; at = end + 1) {
		for (end = at; end < text.length && !ends_piece(text.at[end]);) end++;
		if (end > at) add_piece(arena, features, text_slice(text, at, end));
	}
}

/* ---- Texts */
static uint64_t mixed(uint64_t value) /* splitmix64 */
{
	value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9U;
	value = (value ^ value >> 27) * 0x94D049BB133111EBU;
	return value ^ value >> 31;
}

/* Of a single Chinese character hardly anything follows. */
static bool says_something(Text token) { return (unsigned char)token.at[0] < 0x80 ? token.length >= 3 : token.length > 4; }

void features_add_text(Arena *arena, Features *features, Text text)
{
	uint64_t least[BANDS * ROWS];
	size_t words = 0;
	TokenSet *set = tokens_new(arena);
	tokens_add_text(set, text);
	memset(least, 0xFF, sizeof(least));
	for (Text rest = tokens_text(set), token; text_next(&rest, ' ', &token);) {
		if (!token.length || !says_something(token)) continue;
		uint64_t hash = text_hash(token);
		words++;
		for (size_t i = 0; i < COUNT(least); i++) {
			uint64_t value = mixed(hash + (i + 1) * 0x9E3779B97F4A7C15U);
			if (value < least[i]) least[i] = value;
		}
	}
	if (words < WORDS_LEAST) return;
	for (size_t i = 0; i < BANDS; i++)
		add(arena, features, FEATURE_TEXT,
			arena_printf(arena, "%zu %016llx %016llx", i, (unsigned long long)least[i * ROWS],
				(unsigned long long)least[i * ROWS + 1]));
}

int features_score(const int shared[FEATURE_KINDS], bool same_class)
{
	enum { IDENTITY = 4, PRODUCT = 3, PLACE = 4, PLACES_MOST = 2, BANDS_LEAST = 2, BANDS_MOST = 8, CLASS = 2 };
	int places = shared[FEATURE_PLACE] < PLACES_MOST ? shared[FEATURE_PLACE] : PLACES_MOST;
	int bands = shared[FEATURE_TEXT] < BANDS_MOST ? shared[FEATURE_TEXT] : BANDS_MOST;
	bool same_product = shared[FEATURE_IDENTITY] || shared[FEATURE_PRODUCT];
	if (bands < BANDS_LEAST) bands = 0;
	if (!places && !bands && !(same_product && same_class)) return 0;
	return (shared[FEATURE_IDENTITY] ? IDENTITY : 0) + (shared[FEATURE_PRODUCT] ? PRODUCT : 0) + places * PLACE + bands +
	       (same_class ? CLASS : 0);
}
