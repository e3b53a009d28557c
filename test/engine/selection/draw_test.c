#include "engine/selection/draw.h"
#include "harness/test.h"

static const Digest nothing;

static Text numbers(Arena *arena, const uint32_t *of, size_t count)
{
	Buffer text = { .arena = arena };
	for (size_t i = 0; i < count; i++) buffer_printf(&text, i ? ",%u" : "%u", of[i]);
	return buffer_text(&text);
}

static Text permutation_of(Arena *arena, const Digest *seed, size_t count)
{
	uint32_t *out = arena_array_of(arena, uint32_t, count + 1);
	draw_permutation(seed, out, count);
	return numbers(arena, out, count);
}

TEST(draw__the_published_vectors_of_v1)
{
	Digest seed = draw_seed(TEXT("2026-1"), &nothing, TEXT("2026101 01 02 03 04 05 06 07"));
	CHECK_TEXT(hex_text(t->arena, DIGEST_TEXT(seed)), "b9c437c7f13f817d770f46ee498bcadf1d12277ce14915c62c4869283dc40a89");
	CHECK_TEXT(permutation_of(t->arena, &seed, 10), "5,0,6,2,8,1,3,9,7,4");
	CHECK_TEXT(permutation_of(t->arena, &seed, 25), "10,16,8,5,21,20,22,2,17,11,0,9,23,6,12,7,15,18,14,24,1,3,4,13,19");
	CHECK_TEXT(permutation_of(t->arena, &seed, 1), "0");
	CHECK_TEXT(permutation_of(t->arena, &seed, 0), "");
}

TEST(draw__the_selection_published_with_rfc_3797)
{
	uint32_t chosen[25];
	Text key = TEXT("9319./2.5.8.10.12./9.18.26.34.41.45./");
	CHECK(draw_rfc3797(key, 25, chosen, 10));
	CHECK_TEXT(numbers(t->arena, chosen, 10), "17,7,2,16,25,23,8,24,19,13");
	CHECK(draw_rfc3797(key, 25, chosen, 25));
	CHECK(!draw_rfc3797(key, 25, chosen, 26));
	CHECK(!draw_rfc3797(key, 65536, chosen, 1));
}

TEST(draw__every_order_of_four_is_as_likely_as_the_others)
{
	int counts[256] = { 0 }, rounds = 24000, orders = 0;
	for (int i = 0; i < rounds; i++) {
		uint32_t order[4];
		Digest seed = draw_seed(arena_printf(t->arena, "%d", i), &nothing, TEXT("x"));
		draw_permutation(&seed, order, 4);
		counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
	}
	double chi = 0;
	for (int i = 0; i < 256; i++) {
		orders += counts[i] > 0;
		if (counts[i]) chi += (counts[i] - 1000.0) * (counts[i] - 1000.0) / 1000.0;
	}
	CHECK_INT(orders, 24);
	CHECK(chi < 52.2); /* 23 degrees of freedom, 1 in 2,000; the seeds are fixed */
}

TEST(draw__words_past_the_last_whole_multiple_are_passed_over)
{
	Digest seed = draw_seed(TEXT("r"), &nothing, TEXT("s"));
	DrawWords plain = draw_words(&seed), used = draw_words(&seed);
	uint64_t below = (UINT64_C(1) << 63) + 1; /* nearly every second word is too large */
	for (int i = 0; i < 100; i++) {
		uint64_t word = draw_word(&plain);
		while (word >= below) word = draw_word(&plain);
		CHECK(draw_uniform(&used, below) == word);
	}
	CHECK(used.next == plain.next && used.next > 150);
	CHECK(draw_uniform(&used, 1) == 0);
}

TEST(draw__another_label_source_or_round_is_another_seed)
{
	Digest seed = draw_seed(TEXT("2026-1"), &nothing, TEXT("a"));
	Digest others[] = { draw_seed(TEXT("2026-2"), &nothing, TEXT("a")), draw_seed(TEXT("2026-1"), &nothing, TEXT("b")),
		draw_label(&seed, TEXT(DRAW_ORDER "/technical")), draw_label(&seed, TEXT(DRAW_LOTS "/technical")),
		draw_label(&seed, TEXT(DRAW_LOTS "/partner")) };
	for (size_t i = 0; i < COUNT(others); i++) {
		CHECK(!digest_is(&seed, &others[i]));
		for (size_t j = 0; j < i; j++) CHECK(!digest_is(&others[j], &others[i]));
	}
}

TEST(draw__a_leaf_says_one_thing_only)
{
	Text salt = TEXT("0123456789abcdef");
	Digest leaf, other;
	CHECK(draw_leaf(salt, TEXT("ab"), TEXT("c"), TEXT("91110000"), &leaf));
	CHECK(draw_leaf(salt, TEXT("a"), TEXT("bc"), TEXT("91110000"), &other));
	CHECK(!digest_is(&leaf, &other)); /* what one part loses another cannot gain */
	CHECK(!draw_leaf(TEXT("short"), TEXT("ab"), TEXT("c"), TEXT("9"), &leaf));
	CHECK(!draw_leaf(salt, TEXT("a\nb"), TEXT("c"), TEXT("9"), &leaf));
	Text entry = TEXT("0123456789abcdefab\nc\n91110000");
	Digest merkle = merkle_leaf(entry);
	CHECK(digest_is(&leaf, &merkle));
}

TEST(draw__the_root_is_of_the_sorted_leaves_each_once)
{
	Digest leaves[5], sorted[5];
	for (int i = 0; i < 5; i++) leaves[i] = sha256(arena_printf(t->arena, "%d", i));
	memcpy(sorted, leaves, sizeof(sorted));
	CHECK(draw_sort(sorted, 5));
	for (int i = 1; i < 5; i++) CHECK(memcmp(&sorted[i - 1], &sorted[i], sizeof(Digest)) < 0);
	/* RFC 6962 clause 2.1 for five leaves, by hand */
	Digest left = merkle_node(&sorted[0], &sorted[1]), right = merkle_node(&sorted[2], &sorted[3]), four = merkle_node(&left, &right);
	Digest expected = merkle_node(&four, &sorted[4]), root = draw_root(sorted, 5);
	CHECK(digest_is(&root, &expected));
	leaves[3] = leaves[1];
	CHECK(!draw_sort(leaves, 5));
}

TEST(draw__conflicts_are_bound_to_round_panel_and_nonce)
{
	Key nonce = { { 1 } }, other = { { 2 } };
	Digest commitment = draw_conflicts(TEXT("r"), TEXT("p"), &nonce, TEXT("0010"));
	Digest others[] = { draw_conflicts(TEXT("r"), TEXT("p"), &nonce, TEXT("0011")),
		draw_conflicts(TEXT("r"), TEXT("q"), &nonce, TEXT("0010")), draw_conflicts(TEXT("s"), TEXT("p"), &nonce, TEXT("0010")),
		draw_conflicts(TEXT("r"), TEXT("p"), &other, TEXT("0010")) };
	for (size_t i = 0; i < COUNT(others); i++) CHECK(!digest_is(&commitment, &others[i]));
}
