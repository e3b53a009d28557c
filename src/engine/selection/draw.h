/*
 * draw: experts, orders and lots drawn so that an outsider can repeat it ("draw/v1"). Pure: the same input gives the same draw for ever.
 *
 * A pool is frozen by its root before the public source of chance exists. Of root and source follows a seed, of the seed one permutation of the
 * pool; everything else of the round (order of presentation, inspectors, lots at ties) follows of the same seed under other labels.
 * Shuffle: Fisher and Yates in Durstenfeld's form (Knuth, The Art of Computer Programming, volume 2, clause 3.4.2, algorithm P), from the last
 * index down. Root: the Merkle tree of RFC 6962 clause 2.1 over the leaves in the order of their bytes.
 */
#pragma once
#include "base/crypto/crypto.h"

/* ---- The pool */
enum { DRAW_SALT_BYTES = 16, DRAW_POOL_MAX = 100000 };
/* SHA-256(0x00, salt, expert, "\n", specialty, "\n", employer): a leaf of RFC 6962. False: the salt has another length, or a part holds a line end. */
must_use bool draw_leaf(Text salt, Text expert, Text specialty, Text employer, Digest *out);
/* Sorts them by their bytes: the order that indices of a permutation speak of. False when two are the same. */
must_use bool draw_sort(Digest *leaves, size_t count);
Digest draw_root(const Digest *sorted_leaves, size_t count);
/* What is published of the conflicts before the draw: SHA-256("cappvd-conflicts/v1\n", round, "\n", panel, "\n", nonce, one '0' or '1' per sorted leaf). */
Digest draw_conflicts(Text round, Text panel, const Key *nonce, Text bits);

/* ---- Chance */
/* SHA-256("cappvd-draw/v1\n", round, "\n", root in lower-case hexadecimal, "\n", source, "\n"). */
Digest draw_seed(Text round, const Digest *root, Text source);
/* The seed for another purpose of the same round: SHA-256("cappvd-draw/v1/", label, "\n", seed in hexadecimal, "\n"). */
Digest draw_label(const Digest *seed, Text label);
#define DRAW_ORDER "order" /* of presentation: "order/DIRECTION" */
#define DRAW_INSPECTORS "inspectors" /* "inspectors/APPLICATION" */
#define DRAW_LOTS "lots" /* at ties: "lots/DIRECTION" */

/* Numbers without end: SHA-256(seed, i as 8 bytes big-endian) for i = 0, 1, … gives four 64-bit numbers each, big-endian. */
typedef struct DrawWords {
	Digest seed, block;
	uint64_t next; /* of all words so far */
} DrawWords;
DrawWords draw_words(const Digest *seed);
uint64_t draw_word(DrawWords *words);
/* 0 … below - 1, each as likely as the others: words of 2^64 - (2^64 mod below) and more are passed over. below > 0. */
uint64_t draw_uniform(DrawWords *words, uint64_t below);
/* out[p] is the index that stands at position p; count of them. */
void draw_permutation(const Digest *seed, uint32_t *out, size_t count);
/* SHA-256("cappvd-permutation/v1\n", the indices in decimal with commas between them, "\n"). */
Digest draw_permutation_hash(const uint32_t *permutation, size_t count);

/* ---- The reference: RFC 3797 clause 4 (with MD5), for rounds of others and to compare implementations */
/* `count` of the numbers 1 … pool, in the order of their selection. False: count is larger than the pool, or the pool larger than 65,535. */
must_use bool draw_rfc3797(Text key, uint32_t pool, uint32_t *out, uint32_t count);
