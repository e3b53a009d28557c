#include "base/crypto/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

enum { PEM_BYTES_MAX = 20000, RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 8192 };

static void x509_close(X509 **certificate) { X509_free(*certificate); }
static void bio_close(BIO **bio) { BIO_free(*bio); }
static void md_close(EVP_MD_CTX **context) { EVP_MD_CTX_free(*context); }

static X509 *certificate_read(Text pem)
{
	crypto_start();
	if (pem.length == 0 || pem.length > PEM_BYTES_MAX) return NULL;
	BIO *bio scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	return bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
}

bool certificate_fingerprint(Text pem, Digest *out)
{
	unsigned length = sizeof(out->at);
	X509 *certificate scoped(x509_close) = certificate_read(pem);
	return certificate && X509_digest(certificate, EVP_sha256(), out->at, &length) == 1;
}

static bool is_sm2(EVP_PKEY *key)
{
	char group[80];
	size_t length = 0;
	return EVP_PKEY_is_a(key, "SM2") || (EVP_PKEY_get_group_name(key, group, sizeof(group), &length) == 1 && !strcmp(group, "SM2"));
}

/* With SM3 and the usual identity, by the key alone: a certificate's key is taken for one of ECDSA otherwise. */
static bool verify_sm2(EVP_PKEY *key, Text message, Text signature)
{
	char *at = NULL;
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	if (!bio || PEM_write_bio_PUBKEY(bio, key) != 1) return false;
	long length = BIO_get_mem_data(bio, &at);
	return sm2_verify((Text) { at, (size_t)length }, message, signature);
}

static bool is_fit(EVP_PKEY *key)
{
	int bits = EVP_PKEY_get_bits(key);
	if (EVP_PKEY_is_a(key, "RSA")) return bits >= RSA_BITS_LEAST && bits <= RSA_BITS_MOST;
	return EVP_PKEY_is_a(key, "EC") && bits >= 224 && bits <= 521;
}

bool certificate_verify(Text pem, Text message, Text signature)
{
	X509 *certificate scoped(x509_close) = certificate_read(pem);
	EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL; /* the certificate's */
	if (!key) return false;
	if (is_sm2(key)) return verify_sm2(key, message, signature);
	if (!is_fit(key)) return false;
	EVP_MD_CTX *context scoped(md_close) = EVP_MD_CTX_new();
	must(context);
	if (EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) != 1) return false;
	return EVP_DigestVerify(context, (const unsigned char *)signature.at, signature.length, (const unsigned char *)message.at,
		       message.length) == 1;
}
