/* Archived numbers: unique because a permutation is, not to be guessed in order because only the library's key knows it. */
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

enum { ROUNDS = 10 };

static uint32_t scrambled(const Key *key, int round, uint64_t size, uint32_t half)
{
	unsigned char bytes[16];
	for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(size >> (8 * i));
	for (int i = 0; i < 4; i++) bytes[8 + i] = (unsigned char)(half >> (8 * i));
	for (int i = 0; i < 4; i++) bytes[12 + i] = (unsigned char)((unsigned)round >> (8 * i));
	Text part = { (const char *)bytes, sizeof(bytes) };
	Digest digest = mac_of(key, &part, 1);
	return (uint32_t)digest.at[0] | (uint32_t)digest.at[1] << 8 | (uint32_t)digest.at[2] << 16 | (uint32_t)digest.at[3] << 24;
}

/* A balanced Feistel network over the smallest even number of bits; what falls outside goes round again. */
uint64_t casefile_permute(const Key *key, uint64_t counter, uint64_t size)
{
	must(size > 0 && counter < size && size <= (uint64_t)1 << 40);
	unsigned half_bits = 1;
	while ((uint64_t)1 << (2 * half_bits) < size) half_bits++;
	uint32_t mask = (uint32_t)(((uint64_t)1 << half_bits) - 1);
	uint64_t value = counter;
	do {
		uint32_t left = (uint32_t)(value >> half_bits), right = (uint32_t)value & mask;
		for (int round = 0; round < ROUNDS; round++) {
			uint32_t next = left ^ (scrambled(key, round, size, right) & mask);
			left = right;
			right = next;
		}
		value = (uint64_t)left << half_bits | right;
	} while (value >= size);
	return value;
}

static bool read_digits(Text word, unsigned *out)
{
	int64_t digits = 0;
	if (!text_to_int(word, &digits) || digits < 4 || digits > 12) return false;
	*out = (unsigned)digits;
	return true;
}

Error casefile_number(Call *call, Text format, int year, uint64_t given, Text *out)
{
	Buffer text = { .arena = call->arena };
	unsigned digits = 0;
	bool has_year = false;
	for (Text rest = format; rest.length;) {
		size_t open, close;
		if (!text_find(rest, TEXT("{"), &open)) open = rest.length;
		buffer_put(&text, text_slice(rest, 0, open));
		rest = text_slice(rest, open, rest.length);
		if (!rest.length) break;
		if (!text_find(rest, TEXT("}"), &close)) return fail(call, CONFIG, "number format: %.*s", TEXT_ARGS(format));
		Text word = text_slice(rest, 1, close);
		rest = text_slice(rest, close + 1, rest.length);
		if (text_is(word, TEXT("YYYY"))) {
			buffer_printf(&text, "%04d", year);
			has_year = true;
		} else if (!digits && read_digits(word, &digits)) {
			uint64_t size = 1;
			for (unsigned i = 0; i < digits; i++) size *= 10;
			if (given >= size)
				return fail(call, FULL, "the year %d has given out its %llu numbers", year, (unsigned long long)size);
			scoped(key_wipe) Key key = seal_key(call, "archived numbers");
			Key of_year = key_derive(&key, arena_printf(call->arena, "year %d", year));
			buffer_printf(&text, "%0*llu", (int)digits, (unsigned long long)casefile_permute(&of_year, given, size));
			key_wipe(&of_year);
		} else
			return fail(call, CONFIG, "number format: %.*s", TEXT_ARGS(format));
	}
	if (!digits || !has_year) return fail(call, CONFIG, "number format needs {YYYY} and {6}: %.*s", TEXT_ARGS(format));
	*out = buffer_text(&text);
	return OK;
}
