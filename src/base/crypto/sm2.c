/* SM2 signatures with SM3, by OpenSSL. */
#include "base/crypto/crypto_private.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

const Text sm2_identity = TEXT_INIT("1234567812345678"); /* the default of GM/T 0009 */

static void pkey_close(EVP_PKEY **key) { EVP_PKEY_free(*key); }
static void bio_close(BIO **bio) { BIO_free(*bio); }
static void md_close(EVP_MD_CTX **context) { EVP_MD_CTX_free(*context); }

static Text bio_text(Arena *arena, BIO *bio)
{
	char *at = NULL;
	long length = BIO_get_mem_data(bio, &at);
	return arena_copy(arena, (Text) { at, (size_t)length });
}

Error sm2_key_new(Call *call, Text *out_private_pem, Text *out_public_pem)
{
	crypto_start();
	EVP_PKEY *key scoped(pkey_close) = EVP_EC_gen("SM2");
	BIO *private scoped(bio_close) = BIO_new(BIO_s_secmem()), *public scoped(bio_close) = BIO_new(BIO_s_mem());
	if (!key || !private || !public || PEM_write_bio_PrivateKey(private, key, NULL, NULL, 0, NULL, NULL) != 1 ||
		PEM_write_bio_PUBKEY(public, key) != 1)
		return fail(call, INTERNAL, "no SM2 key could be made");
	*out_private_pem = bio_text(call->arena, private);
	*out_public_pem = bio_text(call->arena, public);
	return OK;
}

static EVP_PKEY *pkey_read(Text pem, bool private)
{
	BIO *bio scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	if (!bio) return NULL;
	EVP_PKEY *key = private ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	if (key && !EVP_PKEY_is_a(key, "SM2")) {
		EVP_PKEY_free(key);
		return NULL;
	}
	return key;
}

/* A context with the identity set, over a method that still has to be initialised. */
static EVP_MD_CTX *context_of(EVP_PKEY *key, EVP_PKEY_CTX **out_key_context)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *key_context = EVP_PKEY_CTX_new(key, NULL);
	must(context && key_context && EVP_PKEY_CTX_set1_id(key_context, sm2_identity.at, (int)sm2_identity.length) == 1);
	EVP_MD_CTX_set_pkey_ctx(context, key_context);
	*out_key_context = key_context;
	return context;
}

static void key_context_close(EVP_PKEY_CTX **context) { EVP_PKEY_CTX_free(*context); }

Error sm2_sign(Call *call, Text private_pem, Text message, Text *out)
{
	crypto_start();
	EVP_PKEY *key scoped(pkey_close) = pkey_read(private_pem, true);
	if (!key) return fail(call, CONFIG, "not an SM2 private key");
	EVP_PKEY_CTX *key_context scoped(key_context_close) = NULL;
	EVP_MD_CTX *context scoped(md_close) = context_of(key, &key_context);
	size_t length = 0;
	const unsigned char *bytes = (const unsigned char *)message.at;
	if (EVP_DigestSignInit(context, NULL, EVP_sm3(), NULL, key) != 1 ||
		EVP_DigestSign(context, NULL, &length, bytes, message.length) != 1)
		return fail(call, INTERNAL, "SM2 signature refused");
	unsigned char *signature = arena_alloc(call->arena, length);
	if (EVP_DigestSign(context, signature, &length, bytes, message.length) != 1) return fail(call, INTERNAL, "SM2 signature failed");
	*out = (Text) { (char *)signature, length };
	return OK;
}

bool sm2_verify(Text public_pem, Text message, Text signature)
{
	crypto_start();
	EVP_PKEY *key scoped(pkey_close) = pkey_read(public_pem, false);
	if (!key) return false;
	EVP_PKEY_CTX *key_context scoped(key_context_close) = NULL;
	EVP_MD_CTX *context scoped(md_close) = context_of(key, &key_context);
	return EVP_DigestVerifyInit(context, NULL, EVP_sm3(), NULL, key) == 1 &&
	       EVP_DigestVerify(context, (const unsigned char *)signature.at, signature.length, (const unsigned char *)message.at,
		       message.length) == 1;
}
