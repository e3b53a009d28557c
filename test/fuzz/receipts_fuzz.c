/* Any bytes as the table of receipts that a partner sends: refused with a known reason, or words that name a letter and an outcome, at most as many as a
 * package has letters; and what was read survives being written as a table and read again. */
#include "face/doc/sheet.h"
#include "subject/party/delivery_private.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS = 5 };

static bool is_same(const DeliveryWord *a, const DeliveryWord *b)
{
	return text_is(a->letter, b->letter) && text_is(a->outcome, b->outcome) && text_is(a->at, b->at) && text_is(a->to, b->to) &&
	       text_is(a->note, b->note);
}

static void check_word(const DeliveryWord *word)
{
	const Text cells[COLUMNS] = { word->letter, word->outcome, word->at, word->to, word->note };
	must(word->letter.length > 0 && word->outcome.length > 0);
	for (size_t i = 0; i < COLUMNS; i++) must(text_is_utf8(cells[i]));
}

/* As our own table writes it, with the mark that keeps a spreadsheet from computing. */
static Text written(Arena *arena, const DeliveryWords *words)
{
	static const Text heads[COLUMNS] = { TEXT("letter"), TEXT("outcome"), TEXT("delivered_at"), TEXT("to"), TEXT("note") };
	Text *cells = arena_array_of(arena, Text, words->count * COLUMNS);
	for (size_t i = 0; i < words->count; i++) {
		const DeliveryWord *word = &words->at[i];
		const Text row[COLUMNS] = { word->letter, word->outcome, word->at, word->to, word->note };
		memcpy(&cells[i * COLUMNS], row, sizeof(row));
	}
	return sheet_csv(arena, &(Sheet) { .heads = heads, .column_count = COLUMNS, .cells = cells, .row_count = words->count }, true);
}

/* A cell that begins with the mark itself, or with what is trimmed, does not come back as it was. */
static bool is_plain(const DeliveryWord *word)
{
	const Text cells[COLUMNS] = { word->letter, word->outcome, word->at, word->to, word->note };
	for (size_t i = 0; i < COLUMNS; i++) {
		if (cells[i].length != text_trim(cells[i]).length || text_starts(cells[i], TEXT("'"))) return false;
		for (size_t k = 0; k < cells[i].length; k++)
			if ((unsigned char)cells[i].at[k] < ' ' || cells[i].at[k] == 127) return false;
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	DeliveryWords words = { 0 }, again = { 0 };
	Text input = arena_copy(arena, (Text) { size ? (const char *)data : "", size });
	const char *why = delivery_table_read(arena, input, &words);
	bool all_plain = true;
	if (why) {
		must(*why);
		return 0;
	}
	must(words.count > 0 && words.count <= DELIVERY_WORDS_MAX);
	for (size_t i = 0; i < words.count; i++) {
		check_word(&words.at[i]);
		all_plain &= is_plain(&words.at[i]);
	}
	if (!all_plain) return 0;
	must(!delivery_table_read(arena, written(arena, &words), &again) && again.count == words.count);
	for (size_t i = 0; i < words.count; i++) must(is_same(&words.at[i], &again.at[i]));
	return 0;
}
