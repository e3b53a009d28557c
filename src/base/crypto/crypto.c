/* Hashes, keyed values, tokens and passwords. */
#include "base/crypto/crypto.h"

#include "base/base/random.h"
#include "base/crypto/crypto_private.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

static pthread_once_t started = PTHREAD_ONCE_INIT;
static EVP_MD *sha256_method, *sm3_method;
static EVP_CIPHER *sm4_method;

static void start(void)
{
	must(sodium_init() >= 0);
	must(OPENSSL_init_crypto(OPENSSL_INIT_ADD_ALL_CIPHERS | OPENSSL_INIT_ADD_ALL_DIGESTS, NULL) == 1);
	sha256_method = EVP_MD_fetch(NULL, "SHA256", NULL);
	sm3_method = EVP_MD_fetch(NULL, "SM3", NULL);
	sm4_method = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
	must(sha256_method && sm3_method && sm4_method);
}

void crypto_start(void) { must(pthread_once(&started, start) == 0); }

const EVP_MD *crypto_sm3(void)
{
	crypto_start();
	return sm3_method;
}

const EVP_CIPHER *crypto_sm4(void)
{
	crypto_start();
	return sm4_method;
}

bool digest_from(Text bytes, Digest *out)
{
	if (bytes.length != sizeof(out->at)) return false;
	memcpy(out->at, bytes.at, sizeof(out->at));
	return true;
}

bool digest_is(const Digest *a, const Digest *b) { return memcmp(a->at, b->at, sizeof(a->at)) == 0; }

Digest sha256(Text bytes)
{
	crypto_start();
	Digest digest;
	must(EVP_Digest(bytes.at, bytes.length, digest.at, NULL, sha256_method, NULL) == 1);
	return digest;
}

Sha256 *sha256_new(void)
{
	crypto_start();
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	must(context && EVP_DigestInit_ex2(context, sha256_method, NULL) == 1);
	return (Sha256 *)context;
}

void sha256_free(Sha256 **hash)
{
	EVP_MD_CTX_free((EVP_MD_CTX *)*hash);
	*hash = NULL;
}

void sha256_add(Sha256 *hash, Text bytes) { must(EVP_DigestUpdate((EVP_MD_CTX *)hash, bytes.at, bytes.length) == 1); }

Digest sha256_finish(Sha256 *hash)
{
	Digest digest;
	must(EVP_DigestFinal_ex((EVP_MD_CTX *)hash, digest.at, NULL) == 1);
	return digest;
}

Key key_random(void)
{
	Key key;
	random_bytes(key.at, sizeof(key.at));
	return key;
}

void key_wipe(Key *key) { secret_wipe(key->at, sizeof(key->at)); }

Key key_derive(const Key *key, Text purpose)
{
	Digest digest = mac_of(key, (Text[]) { TEXT("derive"), purpose }, 2);
	Key derived;
	memcpy(derived.at, digest.at, sizeof(derived.at));
	secret_wipe(&digest, sizeof(digest));
	return derived;
}

void big_endian_64(unsigned char out[8], uint64_t value)
{
	for (int i = 0; i < 8; i++) out[i] = (unsigned char)(value >> (56 - 8 * i));
}

uint64_t big_endian_64_read(const unsigned char at[8])
{
	uint64_t value = 0;
	for (int i = 0; i < 8; i++) value = value << 8 | at[i];
	return value;
}

Digest hmac_sha256(Text key, Text message)
{
	Digest digest;
	crypto_auth_hmacsha256_state state;
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.at, key.length);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.at, message.length);
	crypto_auth_hmacsha256_final(&state, digest.at);
	sodium_memzero(&state, sizeof(state));
	return digest;
}

Digest mac_of(const Key *key, const Text *parts, size_t count)
{
	crypto_auth_hmacsha256_state state;
	crypto_auth_hmacsha256_init(&state, key->at, sizeof(key->at));
	for (size_t i = 0; i < count; i++) {
		unsigned char length[8];
		big_endian_64(length, parts[i].length);
		crypto_auth_hmacsha256_update(&state, length, sizeof(length));
		crypto_auth_hmacsha256_update(&state, (const unsigned char *)parts[i].at, parts[i].length);
	}
	Digest digest;
	crypto_auth_hmacsha256_final(&state, digest.at);
	secret_wipe(&state, sizeof(state));
	return digest;
}

bool secret_is(Text a, Text b) { return a.length == b.length && (a.length == 0 || sodium_memcmp(a.at, b.at, a.length) == 0); }

void secret_wipe(void *at, size_t length) { sodium_memzero(at, length); }

void *secret_alloc(size_t bytes)
{
	crypto_start();
	void *at = sodium_malloc(bytes);
	must(at);
	return memset(at, 0, bytes);
}

void secret_free(void *at) { sodium_free(at); }

Text token_new(Arena *arena, size_t random_byte_count)
{
	must(random_byte_count >= 16 && random_byte_count <= 64);
	char bytes[64];
	random_bytes(bytes, random_byte_count);
	Text token = base64url_text(arena, (Text) { bytes, random_byte_count });
	secret_wipe(bytes, sizeof(bytes));
	return token;
}
