/* RFC 3797 clause 4: MD5(i, key, i) with i as two bytes big-endian, as one number of 128 bits, modulo those who are left. */
#include "engine/selection/draw.h"

#include <openssl/evp.h>

static uint32_t remainder_of(Text key, uint32_t index, uint32_t left)
{
	unsigned char digest[EVP_MAX_MD_SIZE], number[2] = { (unsigned char)(index >> 8), (unsigned char)index };
	unsigned int length = 0;
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	must(hash && EVP_DigestInit_ex(hash, EVP_md5(), NULL) == 1);
	must(EVP_DigestUpdate(hash, number, 2) == 1 && EVP_DigestUpdate(hash, key.at, key.length) == 1 &&
		EVP_DigestUpdate(hash, number, 2) == 1);
	must(EVP_DigestFinal_ex(hash, digest, &length) == 1);
	EVP_MD_CTX_free(hash);
	uint64_t rest = 0;
	for (unsigned int i = 0; i < length; i++) rest = (rest << 8 | digest[i]) % left;
	return (uint32_t)rest;
}

bool draw_rfc3797(Text key, uint32_t pool, uint32_t *out, uint32_t count)
{
	if (count > pool || pool > UINT16_MAX) return false;
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	uint32_t *left = arena_array_of(arena, uint32_t, pool + 1);
	for (uint32_t i = 0; i < pool; i++) left[i] = i + 1;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t chosen = remainder_of(key, i, pool - i);
		out[i] = left[chosen];
		memmove(left + chosen, left + chosen + 1, (pool - i - chosen - 1) * sizeof(*left));
	}
	return true;
}
