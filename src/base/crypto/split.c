/* A secret key that two of three keep, and boxes that only it opens. */
#include "base/crypto/crypto.h"

#include <ctype.h>
#include <sodium.h>

enum { GROUP = 8, CHECK_BYTES = 4 };

/* Multiplication in GF(256) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197 clause 4.2), without branches on the values. */
static unsigned char times(unsigned a, unsigned b)
{
	unsigned product = 0;
	for (int bit = 0; bit < 8; bit++) {
		product ^= a & (0U - (b & 1U));
		a = ((a << 1) ^ (0x1bU & (0U - (a >> 7 & 1U)))) & 0xffU;
		b >>= 1;
	}
	return (unsigned char)product;
}

/* a^254 is 1/a, and 0 for 0. */
static unsigned char inverse(unsigned char a)
{
	unsigned char power = a;
	for (int i = 0; i < 6; i++) power = times(times(power, power), a); /* a^127 */
	return times(power, power);
}

void secret_split(const Key *secret, Share *out)
{
	Key slope scoped(key_wipe) = key_random();
	for (int n = 1; n <= SPLIT_SHARES; n++) {
		out[n - 1].number = n;
		for (size_t i = 0; i < sizeof(secret->at); i++)
			out[n - 1].part.at[i] = (unsigned char)(secret->at[i] ^ times(slope.at[i], (unsigned)n));
	}
}

bool secret_join(const Share *one, const Share *other, Key *out)
{
	bool fit = one->number >= 1 && one->number <= SPLIT_SHARES && other->number >= 1 && other->number <= SPLIT_SHARES;
	if (!fit || one->number == other->number) return false;
	unsigned char distance = inverse((unsigned char)(one->number ^ other->number));
	for (size_t i = 0; i < sizeof(out->at); i++) {
		unsigned slope = times((unsigned)(one->part.at[i] ^ other->part.at[i]), distance);
		out->at[i] = (unsigned char)(one->part.at[i] ^ times(slope, (unsigned)one->number));
	}
	return true;
}

static Digest check_of(Arena *arena, const Share *share)
{
	return sha256(arena_printf(arena, "cappvd-share/v1\n%d\n%.*s\n", share->number,
		TEXT_ARGS(hex_text(arena, (Text) { (const char *)share->part.at, sizeof(share->part.at) }))));
}

Text share_text(Arena *arena, const Share *share)
{
	Digest check = check_of(arena, share);
	Text hex = hex_text(arena, (Text) { (const char *)share->part.at, sizeof(share->part.at) });
	Buffer buffer = { .arena = arena };
	buffer_printf(&buffer, "%d", share->number);
	for (size_t i = 0; i < hex.length; i += GROUP) buffer_printf(&buffer, "-%.*s", GROUP, hex.at + i);
	buffer_printf(&buffer, "-%.*s", TEXT_ARGS(hex_text(arena, (Text) { (const char *)check.at, CHECK_BYTES })));
	return buffer_text(&buffer);
}

bool share_parse(Arena *arena, Text typed, Share *out)
{
	Buffer hex = { .arena = arena };
	Share share = { 0 };
	Text bytes;
	for (size_t i = 0; i < typed.length; i++)
		if (typed.at[i] != '-' && !isspace((unsigned char)typed.at[i]))
			buffer_byte(&hex, (char)tolower((unsigned char)typed.at[i]));
	Text whole = buffer_text(&hex);
	if (whole.length != 1 + 2 * (sizeof(share.part.at) + CHECK_BYTES) || whole.at[0] < '1' || whole.at[0] > '0' + SPLIT_SHARES)
		return false;
	if (!hex_parse(arena, text_slice(whole, 1, whole.length), &bytes)) return false;
	share.number = whole.at[0] - '0';
	memcpy(share.part.at, bytes.at, sizeof(share.part.at));
	Digest check = check_of(arena, &share);
	if (!secret_is((Text) { (const char *)check.at, CHECK_BYTES }, text_slice(bytes, sizeof(share.part.at), bytes.length)))
		return false;
	*out = share;
	return true;
}

Key seal_public(const Key *secret)
{
	Key public_key;
	must(crypto_scalarmult_base(public_key.at, secret->at) == 0);
	return public_key;
}

Text seal_box(Arena *arena, const Key *public_key, Text plain)
{
	size_t length = plain.length + crypto_box_SEALBYTES;
	unsigned char *box = arena_alloc(arena, length);
	must(crypto_box_seal(box, (const unsigned char *)plain.at, plain.length, public_key->at) == 0);
	return (Text) { (const char *)box, length };
}

bool seal_unbox(Arena *arena, const Key *secret, Text box, Text *out)
{
	Key public_key = seal_public(secret);
	if (box.length < crypto_box_SEALBYTES) return false;
	size_t length = box.length - crypto_box_SEALBYTES;
	unsigned char *plain = arena_alloc(arena, length + 1);
	if (crypto_box_seal_open(plain, (const unsigned char *)box.at, box.length, public_key.at, secret->at) != 0) return false;
	*out = (Text) { (const char *)plain, length };
	return true;
}
