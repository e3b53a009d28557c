#include "engine/selection/draw.h"

#include <stdlib.h>

static void add_number(Sha256 *hash, uint64_t number)
{
	char bytes[8];
	for (int i = 0; i < 8; i++) bytes[i] = (char)(number >> (56 - 8 * i));
	sha256_add(hash, (Text) { bytes, sizeof(bytes) });
}

static void add_line(Sha256 *hash, Text text)
{
	sha256_add(hash, text);
	sha256_add(hash, TEXT("\n"));
}

static void add_hex_line(Sha256 *hash, const Digest *digest)
{
	static const char digits[] = "0123456789abcdef";
	char hex[2 * sizeof(digest->at)];
	for (size_t i = 0; i < sizeof(digest->at); i++) {
		hex[2 * i] = digits[digest->at[i] >> 4];
		hex[2 * i + 1] = digits[digest->at[i] & 15];
	}
	add_line(hash, (Text) { hex, sizeof(hex) });
}

bool draw_leaf(Text salt, Text expert, Text specialty, Text employer, Digest *out)
{
	if (salt.length != DRAW_SALT_BYTES || text_find(expert, TEXT("\n"), NULL) || text_find(specialty, TEXT("\n"), NULL) ||
		text_find(employer, TEXT("\n"), NULL))
		return false;
	Sha256 *hash scoped(sha256_free) = sha256_new();
	sha256_add(hash, TEXT("\0"));
	sha256_add(hash, salt);
	add_line(hash, expert);
	add_line(hash, specialty);
	sha256_add(hash, employer);
	*out = sha256_finish(hash);
	return true;
}

static int compare_leaves(const void *a, const void *b) { return memcmp(a, b, sizeof(Digest)); }

bool draw_sort(Digest *leaves, size_t count)
{
	if (count > 1) qsort(leaves, count, sizeof(*leaves), compare_leaves);
	for (size_t i = 1; i < count; i++)
		if (digest_is(&leaves[i - 1], &leaves[i])) return false;
	return true;
}

Digest draw_root(const Digest *sorted_leaves, size_t count)
{
	MerkleTree tree = { 0 };
	for (size_t i = 0; i < count; i++)
		must(merkle_add(&tree, &sorted_leaves[i], NULL, NULL) == OK); /* nothing is stored, so nothing fails */
	return merkle_root(&tree);
}

Digest draw_conflicts(Text round, Text panel, const Key *nonce, Text bits)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	add_line(hash, TEXT("cappvd-conflicts/v1"));
	add_line(hash, round);
	add_line(hash, panel);
	sha256_add(hash, (Text) { (const char *)nonce->at, sizeof(nonce->at) });
	sha256_add(hash, bits);
	return sha256_finish(hash);
}

Digest draw_seed(Text round, const Digest *root, Text source)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	add_line(hash, TEXT("cappvd-draw/v1"));
	add_line(hash, round);
	add_hex_line(hash, root);
	add_line(hash, source);
	return sha256_finish(hash);
}

Digest draw_label(const Digest *seed, Text label)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	sha256_add(hash, TEXT("cappvd-draw/v1/"));
	add_line(hash, label);
	add_hex_line(hash, seed);
	return sha256_finish(hash);
}

DrawWords draw_words(const Digest *seed) { return (DrawWords) { .seed = *seed }; }

uint64_t draw_word(DrawWords *words)
{
	if (words->next % 4 == 0) {
		Sha256 *hash scoped(sha256_free) = sha256_new();
		sha256_add(hash, DIGEST_TEXT(words->seed));
		add_number(hash, words->next / 4);
		words->block = sha256_finish(hash);
	}
	uint64_t word = 0;
	const unsigned char *at = words->block.at + 8 * (words->next++ % 4);
	for (int i = 0; i < 8; i++) word = word << 8 | at[i];
	return word;
}

uint64_t draw_uniform(DrawWords *words, uint64_t below)
{
	must(below > 0);
	uint64_t over = (UINT64_MAX % below + 1) % below; /* 2^64 mod below */
	for (;;) {
		uint64_t word = draw_word(words);
		if (word <= UINT64_MAX - over) return word % below;
	}
}

void draw_permutation(const Digest *seed, uint32_t *out, size_t count)
{
	must(count <= DRAW_POOL_MAX);
	DrawWords words = draw_words(seed);
	for (size_t i = 0; i < count; i++) out[i] = (uint32_t)i;
	for (size_t last = count; last-- > 1;) {
		size_t other = (size_t)draw_uniform(&words, last + 1);
		uint32_t held = out[last];
		out[last] = out[other];
		out[other] = held;
	}
}

Digest draw_permutation_hash(const uint32_t *permutation, size_t count)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	add_line(hash, TEXT("cappvd-permutation/v1"));
	for (size_t i = 0; i < count; i++) {
		char number[12];
		int length = snprintf(number, sizeof(number), i ? ",%u" : "%u", permutation[i]);
		sha256_add(hash, (Text) { number, (size_t)length });
	}
	sha256_add(hash, TEXT("\n"));
	return sha256_finish(hash);
}
