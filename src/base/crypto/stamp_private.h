/* stamp: what its files share. */
#pragma once
#include "base/crypto/crypto_private.h"
#include "base/crypto/stamp.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

struct Stamp {
	EVP_PKEY *key;
	X509 *own;
	STACK_OF(X509) * above;
};

bool stamp_key_is_sm2(const EVP_PKEY *key);
const char *stamp_key_algorithm(const EVP_PKEY *key);
int stamp_no_passphrase(char *buffer, int size, int writing, void *context); /* none is ever asked for: nobody sits there */
Text stamp_subject(Arena *arena, const X509 *certificate);
Text stamp_bio_text(Arena *arena, BIO *bio);
