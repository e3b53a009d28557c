/* Passwords: argon2id with the parameters of this program. */
#include "base/crypto/crypto.h"

#include <pthread.h>
#include <sodium.h>

enum { PASSES = 3, MEMORY_BYTES = 64 * 1024 * 1024 };

Error password_hash(Call *call, Text password, Text *out)
{
	if (password.length > PASSWORD_BYTES_MAX) return fail(call, TOO_LARGE, "password of %zu bytes", password.length);
	crypto_start();
	char text[crypto_pwhash_STRBYTES];
	if (crypto_pwhash_str_alg(
		    text, password.length ? password.at : "", password.length, PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return fail(call, BUSY, "no memory for a password hash");
	*out = arena_copy(call->arena, text_from(text));
	return OK;
}

/* What an unknown person's password is compared with: the hash of something nobody knows, made once per process. */
static char nobody[crypto_pwhash_STRBYTES];
static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;

static void make_nobody(void)
{
	Key secret scoped(key_wipe) = key_random();
	must(crypto_pwhash_str_alg(
		     nobody, (const char *)secret.at, sizeof(secret.at), PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0);
}

static bool stored_string(Text stored, char string[crypto_pwhash_STRBYTES])
{
	if (!stored.at || stored.length >= crypto_pwhash_STRBYTES) return false;
	memset(string, 0, crypto_pwhash_STRBYTES);
	memcpy(string, stored.at, stored.length);
	return true;
}

bool password_verify(Text stored, Text password)
{
	crypto_start();
	must(pthread_once(&nobody_once, make_nobody) == 0);
	char string[crypto_pwhash_STRBYTES];
	bool known = stored_string(stored, string) && password.length <= PASSWORD_BYTES_MAX;
	const char *at = known && password.length ? password.at : "";
	bool matches = crypto_pwhash_str_verify(known ? string : nobody, at, known ? password.length : 0) == 0;
	return known && matches;
}

bool password_is_outdated(Text stored)
{
	char string[crypto_pwhash_STRBYTES];
	return !stored_string(stored, string) || crypto_pwhash_str_needs_rehash(string, PASSES, MEMORY_BYTES) != 0;
}
