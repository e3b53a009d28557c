/*
 * What tests need not wait for. The product holds no switch for any of it: it is the test program alone that is linked so.
 *
 * Passwords cost next to nothing, for every test of people would wait for its hashes most of the time; the linker leads the two calls of libsodium here
 * (--wrap in meson.build). And nothing is forced to the disk: a test's database need not survive a failure of power. The kill tests run the product.
 */
#include "harness/test.h"

#include <sodium.h>
#include <unistd.h>

bool test_passwords_cost;

int __real_crypto_pwhash_str_alg(
	char *out, const char *password, unsigned long long length, unsigned long long passes, size_t memory, int algorithm);
int __wrap_crypto_pwhash_str_alg(
	char *out, const char *password, unsigned long long length, unsigned long long passes, size_t memory, int algorithm);
int __real_crypto_pwhash_str_needs_rehash(const char *stored, unsigned long long passes, size_t memory);
int __wrap_crypto_pwhash_str_needs_rehash(const char *stored, unsigned long long passes, size_t memory);

int __wrap_crypto_pwhash_str_alg(
	char *out, const char *password, unsigned long long length, unsigned long long passes, size_t memory, int algorithm)
{
	if (test_passwords_cost) return __real_crypto_pwhash_str_alg(out, password, length, passes, memory, algorithm);
	return __real_crypto_pwhash_str_alg(
		out, password, length, crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN, algorithm);
}

int __wrap_crypto_pwhash_str_needs_rehash(const char *stored, unsigned long long passes, size_t memory)
{
	if (test_passwords_cost) return __real_crypto_pwhash_str_needs_rehash(stored, passes, memory);
	return __real_crypto_pwhash_str_needs_rehash(stored, crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN);
}

/* Instead of the C library's, for all libraries; fdatasync() stands in test/store/db/faults.c, which can let it fail. */
int fsync(int file)
{
	(void)file;
	return 0;
}
