/* Envelopes: XChaCha20-Poly1305, and SM4-CTR with HMAC-SM3 over everything (encrypt, then authenticate). */
#include "base/crypto/crypto.h"

#include "base/base/random.h"
#include "base/crypto/crypto_private.h"

#include <openssl/hmac.h>
#include <sodium.h>

enum {
	NONCE_XCHACHA20 = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_XCHACHA20 = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	NONCE_SM4 = 16,
	TAG_SM3 = 32,
};

typedef struct Layout {
	size_t nonce, tag;
} Layout;

static bool layout_of(unsigned char kind, Layout *out)
{
	if (kind == ENVELOPE_XCHACHA20)
		*out = (Layout) { NONCE_XCHACHA20, TAG_XCHACHA20 };
	else if (kind == ENVELOPE_SM4)
		*out = (Layout) { NONCE_SM4, TAG_SM3 };
	else
		return false;
	return true;
}

/* The header is part of what is authenticated. */
static Text authenticated(Arena *arena, const unsigned char *header, Text about)
{
	char *bytes = arena_alloc(arena, ENVELOPE_HEADER_BYTES + about.length);
	memcpy(bytes, header, ENVELOPE_HEADER_BYTES);
	if (about.length) memcpy(bytes + ENVELOPE_HEADER_BYTES, about.at, about.length);
	return (Text) { bytes, ENVELOPE_HEADER_BYTES + about.length };
}

typedef struct Sm4Keys {
	unsigned char cipher[32], authentication[32]; /* SM4 uses the first half of its key */
} Sm4Keys;

static void sm4_keys_wipe(Sm4Keys *keys) { secret_wipe(keys, sizeof(*keys)); }

static Sm4Keys sm4_keys(const Key *key)
{
	Sm4Keys keys;
	unsigned int length = 0;
	must(HMAC(crypto_sm3(), key->at, sizeof(key->at), (const unsigned char *)"SM4-CTR", 7, keys.cipher, &length) && length == TAG_SM3);
	must(HMAC(crypto_sm3(), key->at, sizeof(key->at), (const unsigned char *)"HMAC-SM3", 8, keys.authentication, &length) &&
		length == TAG_SM3);
	return keys;
}

static void sm4_crypt(const Sm4Keys *keys, const unsigned char *nonce, Text in, unsigned char *out)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	must(context && EVP_EncryptInit_ex2(context, crypto_sm4(), keys->cipher, nonce, NULL) == 1);
	for (size_t done = 0; done < in.length;) {
		size_t piece = in.length - done < (1U << 30) ? in.length - done : 1U << 30;
		int written = 0;
		must(EVP_EncryptUpdate(context, out + done, &written, (const unsigned char *)in.at + done, (int)piece) == 1 &&
			(size_t)written == piece);
		done += piece;
	}
	EVP_CIPHER_CTX_free(context);
}

/* HMAC-SM3 over length of the authenticated text, the text, nonce and ciphertext. */
static void sm3_tag(Arena *arena, const Sm4Keys *keys, Text about, Text nonce_and_cipher, unsigned char out[TAG_SM3])
{
	ArenaMark mark = arena_mark(arena);
	size_t length = 8 + about.length + nonce_and_cipher.length;
	unsigned char *message = arena_alloc(arena, length);
	big_endian_64(message, about.length);
	memcpy(message + 8, about.at, about.length);
	memcpy(message + 8 + about.length, nonce_and_cipher.at, nonce_and_cipher.length);
	unsigned int tag_length = 0;
	must(HMAC(crypto_sm3(), keys->authentication, sizeof(keys->authentication), message, length, out, &tag_length) &&
		tag_length == TAG_SM3);
	arena_release(arena, mark);
}

Text envelope_close(Arena *arena, EnvelopeKind kind, uint64_t key_id, const Key *key, Text about, Text plain)
{
	crypto_start();
	Layout layout;
	must(layout_of((unsigned char)kind, &layout));
	size_t length = ENVELOPE_HEADER_BYTES + layout.nonce + plain.length + layout.tag;
	unsigned char *envelope = arena_alloc(arena, length), *nonce = envelope + ENVELOPE_HEADER_BYTES, *cipher = nonce + layout.nonce;
	envelope[0] = (unsigned char)kind;
	big_endian_64(envelope + 1, key_id);
	random_bytes(nonce, layout.nonce);
	ArenaMark mark = arena_mark(arena);
	Text all = authenticated(arena, envelope, about);
	if (kind == ENVELOPE_XCHACHA20) {
		must(crypto_aead_xchacha20poly1305_ietf_encrypt(cipher, NULL, (const unsigned char *)plain.at, plain.length,
			     (const unsigned char *)all.at, all.length, NULL, nonce, key->at) == 0);
	} else {
		Sm4Keys keys scoped(sm4_keys_wipe) = sm4_keys(key);
		sm4_crypt(&keys, nonce, plain, cipher);
		sm3_tag(arena, &keys, all, (Text) { (char *)nonce, layout.nonce + plain.length }, cipher + plain.length);
	}
	arena_release(arena, mark);
	return (Text) { (char *)envelope, length };
}

static bool sm4_open(Arena *arena, const Key *key, Text all, const unsigned char *nonce, size_t plain_length, unsigned char *out)
{
	Sm4Keys keys scoped(sm4_keys_wipe) = sm4_keys(key);
	unsigned char tag[TAG_SM3];
	const unsigned char *cipher = nonce + NONCE_SM4;
	sm3_tag(arena, &keys, all, (Text) { (const char *)nonce, NONCE_SM4 + plain_length }, tag);
	if (sodium_memcmp(tag, cipher + plain_length, TAG_SM3) != 0) return false;
	sm4_crypt(&keys, nonce, (Text) { (const char *)cipher, plain_length }, out);
	return true;
}

bool envelope_open(Arena *arena, const Key *key, Text about, Text envelope, Text *out)
{
	crypto_start();
	Layout layout;
	const unsigned char *bytes = (const unsigned char *)envelope.at;
	if (envelope.length < ENVELOPE_HEADER_BYTES || !layout_of(bytes[0], &layout)) return false;
	if (envelope.length < ENVELOPE_HEADER_BYTES + layout.nonce + layout.tag) return false;
	size_t plain_length = envelope.length - ENVELOPE_HEADER_BYTES - layout.nonce - layout.tag;
	const unsigned char *nonce = bytes + ENVELOPE_HEADER_BYTES;
	unsigned char *plain = arena_alloc(arena, plain_length + 1);
	Text all = authenticated(arena, bytes, about);
	bool opened = bytes[0] == ENVELOPE_SM4
			      ? sm4_open(arena, key, all, nonce, plain_length, plain)
			      : crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, nonce + layout.nonce,
					plain_length + layout.tag, (const unsigned char *)all.at, all.length, nonce, key->at) == 0;
	if (opened) *out = (Text) { (char *)plain, plain_length };
	return opened;
}

bool envelope_key_id(Text envelope, uint64_t *out)
{
	Layout layout;
	if (envelope.length < ENVELOPE_HEADER_BYTES || !layout_of((unsigned char)envelope.at[0], &layout)) return false;
	*out = big_endian_64_read((const unsigned char *)envelope.at + 1);
	return true;
}
