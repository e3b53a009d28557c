/* A secret kept by two of three: any two give it back, one alone says nothing, a mistyped share is noticed. */
#include "base/crypto/crypto.h"
#include "harness/test.h"

TEST(split__any_two_shares_give_the_secret_and_no_pair_of_others)
{
	for (int round = 0; round < 200; round++) {
		Key secret = key_random(), other_secret = key_random(), joined;
		Share shares[SPLIT_SHARES], others[SPLIT_SHARES];
		secret_split(&secret, shares);
		secret_split(&other_secret, others);
		for (int a = 0; a < SPLIT_SHARES; a++)
			for (int b = 0; b < SPLIT_SHARES; b++) {
				CHECK(secret_join(&shares[a], &shares[b], &joined) == (a != b));
				if (a == b) continue;
				CHECK(memcmp(joined.at, secret.at, sizeof(secret.at)) == 0);
				CHECK(secret_join(&shares[a], &others[b], &joined));
				CHECK(memcmp(joined.at, secret.at, sizeof(secret.at)) != 0);
			}
	}
}

/* Whatever the secret, a share's byte takes every value: with all 256 slopes each value occurs once. */
TEST(split__one_share_is_evenly_spread_whatever_the_secret)
{
	int seen[2][256] = { { 0 } };
	for (int which = 0; which < 2; which++)
		for (int i = 0; i < 2000; i++) {
			Key secret = { { 0 } };
			Share shares[SPLIT_SHARES];
			if (which) memset(secret.at, 0xff, sizeof(secret.at));
			secret_split(&secret, shares);
			for (size_t at = 0; at < sizeof(secret.at); at++) seen[which][shares[1].part.at[at]]++;
		}
	for (int value = 0; value < 256; value++)
		CHECK(seen[0][value] > 150 && seen[1][value] > 150); /* 250 are expected, 16 their deviation */
}

TEST(split__a_share_is_read_as_people_type_it_and_a_wrong_sign_is_noticed)
{
	Key secret = key_random();
	Share shares[SPLIT_SHARES], read;
	secret_split(&secret, shares);
	for (int n = 0; n < SPLIT_SHARES; n++) {
		Text text = share_text(t->arena, &shares[n]);
		CHECK(share_parse(t->arena, text, &read) && read.number == n + 1 &&
			!memcmp(read.part.at, shares[n].part.at, sizeof(read.part.at)));
		CHECK(share_parse(t->arena, arena_printf(t->arena, "  %.*s \n", TEXT_ARGS(text)), &read));
		for (size_t i = 0; i < text.length; i++) {
			Text changed = arena_copy(t->arena, text);
			char *at = (char *)(uintptr_t)changed.at;
			if (at[i] == '-') continue;
			at[i] = at[i] == '1' ? '2' : '1';
			CHECK(!share_parse(t->arena, changed, &read));
		}
	}
	CHECK(!share_parse(t->arena, TEXT(""), &read) && !share_parse(t->arena, TEXT("1-00"), &read));
}

TEST(split__a_box_is_opened_by_its_key_only)
{
	Key secret = key_random(), other = key_random(), public_key = seal_public(&secret);
	Text box = seal_box(t->arena, &public_key, TEXT("a sheet")), plain;
	CHECK(seal_unbox(t->arena, &secret, box, &plain) && text_is(plain, TEXT("a sheet")));
	CHECK(!seal_unbox(t->arena, &other, box, &plain));
	CHECK(!text_is(box, seal_box(t->arena, &public_key, TEXT("a sheet"))));
	for (size_t i = 0; i < box.length; i++) {
		Text changed = arena_copy(t->arena, box);
		((char *)(uintptr_t)changed.at)[i] ^= 1;
		CHECK(!seal_unbox(t->arena, &secret, changed, &plain));
	}
}
