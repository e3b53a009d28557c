#include "engine/likeness/unit_private.h"

#include "engine/likeness/fold_private.h"

enum { UNITS_MOST = 4000, WORD_BYTES_MOST = 40, STEM_LEAST = 4 };

typedef struct Scan {
	Arena *arena;
	Units *out;
	Buffer run; /* of the run: folded, with what holds it together */
	size_t runs; /* begun so far */
	size_t units_before; /* the run */
	size_t piece_from; /* in the run */
	size_t pieces;
	bool is_name, only_hyphens, only_numbers, has_dot;
} Scan;

uint64_t unit_mix(uint64_t hash, uint64_t next)
{
	hash = (hash ^ next) * 0xBF58476D1CE4E5B9U;
	hash = (hash ^ hash >> 27) * 0x94D049BB133111EBU;
	return hash ^ hash >> 31;
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80; }

static bool all_letters(Text word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_letter(word.at[i])) return false;
	return true;
}

/* "overflows", "queries": the plural is the singular; nothing else is done to a word. */
static Text stem(Text word)
{
	if (word.length < STEM_LEAST || word.at[word.length - 1] != 's' || !all_letters(word)) return word;
	char before = word.at[word.length - 2];
	if (before == 's' || before == 'u' || before == 'i') return word;
	return text_slice(word, 0, word.length - 1);
}

static void add_unit(Scan *scan, Text word, bool is_chinese, bool is_name)
{
	if (!word.length || word.length > WORD_BYTES_MOST || scan->out->units.count >= UNITS_MOST) return;
	Text written = arena_copy(scan->arena, word), kept = is_chinese ? written : stem(written);
	list_add(scan->arena, &scan->out->units, ((Unit) { kept, written, text_hash(kept), scan->runs, is_chinese, is_name }));
}

static void end_piece(Scan *scan)
{
	if (scan->run.length == scan->piece_from) return;
	Text piece = { scan->run.at + scan->piece_from, scan->run.length - scan->piece_from };
	bool has_digit = false, has_letter = false;
	for (size_t i = 0; i < piece.length; i++) {
		has_digit |= is_digit(piece.at[i]);
		has_letter |= is_letter(piece.at[i]);
	}
	scan->only_numbers &= !has_letter || (piece.length <= 3 && has_digit);
	add_unit(scan, piece, false, scan->is_name || has_digit);
	scan->pieces++;
}

static Text without_hyphens(Arena *arena, Text whole)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < whole.length; i++)
		if (whole.at[i] != '-' && whole.at[i] != '_') buffer_byte(&buffer, whole.at[i]);
	return buffer_text(&buffer);
}

/* Numbers of records and links name a vulnerability; they say nothing of it. */
static bool names_only(Text whole)
{
	static const char *const starts[] = { "cve-", "cnvd-", "cnnvd-", "nvdb-", "http:", "https:", "www." };
	for (size_t i = 0; i < COUNT(starts); i++)
		if (text_starts(whole, text_from(starts[i]))) return true;
	return false;
}

static void end_run(Scan *scan)
{
	end_piece(scan);
	Text whole = buffer_text(&scan->run);
	if (names_only(whole)) {
		scan->out->units.count = scan->units_before;
	} else if (scan->pieces > 1 && whole.length <= 2 * WORD_BYTES_MOST) {
		bool is_version = scan->has_dot && scan->only_numbers;
		Run run = { .whole = arena_copy(scan->arena, whole), .is_version = is_version };
		if (is_version && run.whole.at[0] == 'v') run.whole = text_slice(run.whole, 1, run.whole.length);
		if (scan->only_hyphens && scan->pieces <= 4) run.joined = without_hyphens(scan->arena, whole);
		list_add(scan->arena, &scan->out->runs, run);
	}
	scan->run.length = scan->piece_from = scan->pieces = 0;
	scan->is_name = scan->has_dot = false;
	scan->only_hyphens = scan->only_numbers = true;
	scan->units_before = scan->out->units.count;
	scan->runs++;
}

/* Between two letters or digits these hold together. */
static void join(Scan *scan, char byte)
{
	end_piece(scan);
	scan->has_dot |= byte == '.';
	scan->only_hyphens &= byte == '-' || byte == '_';
	buffer_byte(&scan->run, byte);
	scan->piece_from = scan->run.length;
}

static bool holds(char byte) { return byte && strchr("-_./:\\@", byte); }

static bool goes_on(Text text, size_t at)
{
	while (at < text.length && (text.at[at] == ':' || text.at[at] == '/')) at++;
	if (at >= text.length) return false;
	char byte = text.at[at];
	return is_digit(byte) || is_letter((char)(byte | 0x20)) ? (unsigned char)byte < 0x80 : false;
}

static void take_ascii(Scan *scan, Text text, size_t after, char byte)
{
	char low = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
	if (is_digit(low) || is_letter(low)) {
		if (scan->run.length == scan->piece_from) scan->is_name = low != byte;
		buffer_byte(&scan->run, low);
	} else if (scan->run.length && holds(byte) && goes_on(text, after)) {
		join(scan, byte);
	} else if (scan->run.length) {
		end_run(scan);
	}
}

static void take_folded(Scan *scan, uint32_t point)
{
	char bytes[8];
	unsigned char kind = fold_kind_of(point);
	size_t length = fold_put_utf8(point, bytes);
	if (kind == FOLD_CHINESE) {
		if (scan->run.length) end_run(scan);
		add_unit(scan, (Text) { bytes, length }, true, false);
		scan->units_before = scan->out->units.count;
		scan->runs++;
	} else if (kind == FOLD_WORD) {
		buffer_put(&scan->run, (Text) { bytes, length });
	} else if (kind == FOLD_SEPARATOR && scan->run.length) {
		end_run(scan);
	}
}

void units_of(Arena *arena, Text text, Units *out)
{
	uint32_t point, folded[FOLD_LONGEST];
	*out = (Units) { 0 };
	Scan scan = { .arena = arena, .out = out, .run = { .arena = arena }, .only_hyphens = true, .only_numbers = true };
	for (size_t at = 0; fold_next(text, &at, &point);) {
		if (point < 0x80) {
			take_ascii(&scan, text, at, (char)point);
			continue;
		}
		size_t count = fold_point(point, folded);
		for (size_t i = 0; i < count; i++) take_folded(&scan, folded[i]);
	}
	if (scan.run.length) end_run(&scan);
}
