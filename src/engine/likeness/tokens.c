#include "engine/likeness/tokens.h"

#include "engine/likeness/fold_private.h"

enum { SLOTS_FIRST = 1024, PIECES_MAX = 64, PIECES_WHOLE = 6, RUN_BYTES_MAX = 1024 };

typedef struct Slot {
	uint32_t generation, hash;
	uint32_t at, length; /* in the buffer */
} Slot;

struct TokenSet {
	Arena *arena;
	Buffer buffer;
	Slot *slots; /* open addressing; room is a power of two; a slot of another generation is empty */
	size_t room, count;
	uint32_t generation;
};

TokenSet *tokens_new(Arena *arena)
{
	TokenSet *set = arena_new_of(arena, TokenSet);
	*set = (TokenSet) { .arena = arena, .buffer = { .arena = arena }, .room = SLOTS_FIRST, .generation = 1 };
	set->slots = arena_array_of(arena, Slot, SLOTS_FIRST);
	return set;
}

void tokens_clear(TokenSet *set)
{
	set->buffer.length = set->count = 0;
	set->generation++;
}

Text tokens_text(const TokenSet *set) { return buffer_text(&set->buffer); }
size_t tokens_count(const TokenSet *set) { return set->count; }

static Slot *set_slot(TokenSet *set, Slot *slots, size_t room, Text token, uint32_t hash)
{
	size_t at = hash & (room - 1);
	while (slots[at].generation == set->generation &&
		!(slots[at].hash == hash && text_is(token, (Text) { set->buffer.at + slots[at].at, slots[at].length })))
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static void set_double(TokenSet *set)
{
	Slot *bigger = arena_array_of(set->arena, Slot, set->room * 2);
	for (size_t i = 0; i < set->room; i++) {
		Slot old = set->slots[i];
		if (old.generation == set->generation)
			*set_slot(set, bigger, set->room * 2, (Text) { set->buffer.at + old.at, old.length }, old.hash) = old;
	}
	set->slots = bigger;
	set->room *= 2;
}

static void set_put(TokenSet *set, Text token)
{
	if (!token.length || set->count >= TOKENS_PER_SET_MAX) return;
	if (token.length > TOKEN_BYTES_MAX) {
		token.length = TOKEN_BYTES_MAX;
		while (token.length && ((unsigned char)token.at[token.length] & 0xC0) == 0x80) token.length--;
	}
	uint64_t long_hash = text_hash(token);
	uint32_t hash = (uint32_t)(long_hash ^ long_hash >> 32);
	if (set->count * 2 >= set->room) set_double(set);
	Slot *slot = set_slot(set, set->slots, set->room, token, hash);
	if (slot->generation == set->generation) return;
	if (set->buffer.length) buffer_byte(&set->buffer, ' ');
	*slot = (Slot) { set->generation, hash, (uint32_t)set->buffer.length, (uint32_t)token.length };
	buffer_put(&set->buffer, token);
	set->count++;
}

/* ---- One run of the text at a time: Chinese characters, or words held together by - . _ */
typedef struct Run {
	TokenSet *set;
	bool question;
	char bytes[RUN_BYTES_MAX + 8]; /* the words of the run, folded, with their joints */
	size_t length;
	size_t starts[PIECES_MAX], ends[PIECES_MAX], pieces;
	bool plain, in_piece; /* plain: letters and hyphens only */
	uint32_t joint; /* the last one */
	size_t camel[PIECES_MAX]; /* where an upper-case letter follows a lower-case one */
	size_t camels;
	bool lower_before;
	uint32_t chinese_before; /* 0: none */
	size_t chinese_count;
} Run;

static Text run_slice(const Run *run, size_t from, size_t to) { return (Text) { run->bytes + from, to - from }; }

static void put_pieces(Run *run)
{
	for (size_t i = 0; i < run->pieces; i++) set_put(run->set, run_slice(run, run->starts[i], run->ends[i]));
}

/* Runs of at least two neighbouring pieces. Long chains give their pairs and their starts instead of everything. */
static void put_chains(Run *run)
{
	for (size_t from = 0; from < run->pieces; from++)
		for (size_t to = from + 1; to < run->pieces; to++) {
			bool all = run->pieces <= PIECES_WHOLE, pair = to == from + 1, start = from == 0 && to < PIECES_WHOLE;
			if (all || pair || start) set_put(run->set, run_slice(run, run->starts[from], run->ends[to]));
		}
}

static void put_question_chain(Run *run)
{
	if (run->pieces <= PIECES_WHOLE) {
		set_put(run->set, run_slice(run, run->starts[0], run->ends[run->pieces - 1]));
		return;
	}
	for (size_t i = 0; i + 1 < run->pieces; i++) set_put(run->set, run_slice(run, run->starts[i], run->ends[i + 1]));
}

static void put_camel_parts(Run *run)
{
	for (size_t piece = 0, camel = 0; piece < run->pieces; piece++) {
		size_t from = run->starts[piece];
		for (; camel < run->camels && run->camel[camel] <= run->ends[piece]; camel++) {
			if (run->camel[camel] > from) set_put(run->set, run_slice(run, from, run->camel[camel]));
			from = run->camel[camel];
		}
		if (from != run->starts[piece]) set_put(run->set, run_slice(run, from, run->ends[piece]));
	}
}

static void end_piece(Run *run)
{
	if (run->in_piece) run->ends[run->pieces++] = run->length;
	run->in_piece = false;
	run->lower_before = false;
}

static void end_words(Run *run)
{
	end_piece(run);
	if (run->pieces == 1 || run->plain)
		put_pieces(run);
	else if (run->question && run->pieces)
		put_question_chain(run);
	else {
		put_pieces(run);
		put_chains(run);
	}
	if (!run->question) put_camel_parts(run);
	run->length = run->pieces = run->camels = 0;
	run->plain = true;
}

static void end_chinese(Run *run)
{
	if (run->question && run->chinese_count == 1) {
		char bytes[4];
		set_put(run->set, (Text) { bytes, fold_put_utf8(run->chinese_before, bytes) });
	}
	run->chinese_before = 0;
	run->chinese_count = 0;
}

static void take_chinese(Run *run, uint32_t point)
{
	char bytes[8];
	size_t length = 0;
	if (run->chinese_before) length = fold_put_utf8(run->chinese_before, bytes);
	size_t before = length;
	length += fold_put_utf8(point, bytes + length);
	if (!run->question) set_put(run->set, (Text) { bytes + before, length - before });
	if (before) set_put(run->set, (Text) { bytes, length });
	run->chinese_before = point;
	run->chinese_count++;
}

static void take_word(Run *run, uint32_t point, bool upper)
{
	if (run->length >= RUN_BYTES_MAX || (!run->in_piece && run->pieces == PIECES_MAX)) end_words(run);
	if (!run->in_piece) run->starts[run->pieces] = run->length;
	if (!run->in_piece && run->pieces) run->plain = run->plain && run->joint == '-';
	if (upper && run->lower_before && run->camels < PIECES_MAX) run->camel[run->camels++] = run->length;
	run->in_piece = true;
	run->lower_before = !upper && point >= 'a' && point <= 'z';
	run->plain = run->plain && !(point >= '0' && point <= '9');
	run->length += fold_put_utf8(point, run->bytes + run->length);
}

/* A joint counts between two words only: the one before is known, the one after is seen when it comes. */
static void take_joint(Run *run, uint32_t point)
{
	if (!run->in_piece) {
		end_words(run);
		return;
	}
	end_piece(run);
	run->joint = point;
	run->bytes[run->length++] = (char)point;
}

static void take(Run *run, uint32_t point, bool upper)
{
	unsigned char kind = fold_kind_of(point);
	if (kind != FOLD_CHINESE) end_chinese(run);
	if (kind == FOLD_CHINESE) {
		end_words(run);
		take_chinese(run, point);
	} else if (kind == FOLD_WORD)
		take_word(run, point, upper);
	else if (point == '-' || point == '.' || point == '_')
		take_joint(run, point);
	else
		end_words(run);
}

static void add_runs(TokenSet *set, Text text, bool question)
{
	Run run = { .set = set, .question = question, .plain = true };
	uint32_t point, folded[FOLD_LONGEST];
	for (size_t at = 0; fold_next(text, &at, &point);) {
		size_t count = fold_point(point, folded);
		bool upper = point >= 'A' && point <= 'Z';
		for (size_t i = 0; i < count; i++) take(&run, folded[i], upper);
		if (!count && fold_kind_of(point) != FOLD_MARK) take(&run, ' ', false);
	}
	end_chinese(&run);
	end_words(&run);
}

void tokens_add_text(TokenSet *set, Text text) { add_runs(set, text, false); }
void tokens_add_question(TokenSet *set, Text question) { add_runs(set, question, true); }

void tokens_add_filter(TokenSet *set, const char *name, Text value)
{
	char bytes[TOKEN_BYTES_MAX + 8];
	size_t length = 0, at = 0;
	uint32_t point, folded[FOLD_LONGEST];
	for (; name[length] && length < TOKEN_BYTES_MAX / 2; length++) bytes[length] = name[length];
	bytes[length++] = ':';
	size_t start = length;
	while (length < TOKEN_BYTES_MAX && fold_next(value, &at, &point)) {
		size_t count = fold_point(point, folded);
		for (size_t i = 0; i < count && length < TOKEN_BYTES_MAX; i++) {
			unsigned char kind = fold_kind_of(folded[i]);
			if (kind == FOLD_WORD || kind == FOLD_CHINESE)
				length += fold_put_utf8(folded[i], bytes + length);
			else if (length > start && bytes[length - 1] != '-')
				bytes[length++] = '-';
		}
	}
	while (length > start && bytes[length - 1] == '-') length--;
	if (length > start) set_put(set, (Text) { bytes, length });
}
