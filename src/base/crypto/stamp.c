#include "base/crypto/stamp.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

enum { STAMP_RSA_BITS = 3072, STAMP_YEARS = 10, CHAIN_MAX = 8 };

struct Stamp {
	EVP_PKEY *key;
	X509 *own;
	STACK_OF(X509) * above;
};

static void pkey_close(EVP_PKEY **key) { EVP_PKEY_free(*key); }
static void x509_close(X509 **certificate) { X509_free(*certificate); }
static void bio_close(BIO **bio) { BIO_free(*bio); }
static void cms_close(CMS_ContentInfo **cms) { CMS_ContentInfo_free(*cms); }
static void time_close(ASN1_TIME **time) { ASN1_TIME_free(*time); }

static Text bio_text(Arena *arena, BIO *bio)
{
	char *at = NULL;
	long length = BIO_get_mem_data(bio, &at);
	return arena_copy(arena, (Text) { at, (size_t)length });
}

/* ---- A new one */
static bool add_extension(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return added;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *name, int64_t at)
{
	unsigned char serial[16];
	Key random = key_random();
	memcpy(serial, random.at, sizeof(serial));
	serial[0] &= 0x7F; /* positive */
	BIGNUM *number = BN_bin2bn(serial, sizeof(serial), NULL);
	time_t from = (time_t)(at / 1000);
	X509_NAME *subject = X509_get_subject_name(certificate);
	bool done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) && X509_set_version(certificate, 2) == 1 &&
		    X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &from) &&
		    X509_time_adj_ex(X509_getm_notAfter(certificate), STAMP_YEARS * 365, 0, &from) &&
		    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) == 1 &&
		    X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 &&
		    add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
		    add_extension(certificate, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
		    add_extension(certificate, NID_subject_key_identifier, "hash") && X509_sign(certificate, key, EVP_sha256()) > 0;
	BN_free(number);
	return done;
}

Error stamp_new(Call *call, Text name, int64_t at, Text *out_pem)
{
	crypto_start();
	EVP_PKEY *key scoped(pkey_close) = EVP_RSA_gen(STAMP_RSA_BITS);
	X509 *certificate scoped(x509_close) = X509_new();
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_secmem());
	if (!key || !certificate || !bio || !fill(certificate, key, arena_string(call->arena, name), at) ||
		PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1 || PEM_write_bio_X509(bio, certificate) != 1)
		return fail(call, INTERNAL, "no key for documents could be made");
	*out_pem = bio_text(call->arena, bio);
	return OK;
}

/* ---- Reading one */
static bool is_fit(EVP_PKEY *key)
{
	char group[80] = "";
	size_t length = 0;
	if (EVP_PKEY_is_a(key, "RSA")) return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 8192;
	(void)EVP_PKEY_get_group_name(key, group, sizeof(group), &length);
	return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_bits(key) >= 224 && strcmp(group, "SM2") != 0;
}

/* No passphrase is ever asked for: nobody sits there. */
static int no_passphrase(char *buffer, int size, int writing, void *context)
{
	(void)buffer, (void)size, (void)writing, (void)context;
	return -1;
}

static void read_parts(Stamp *stamp, Text pem)
{
	BIO *keys scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	BIO *papers scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	must(keys && papers);
	stamp->key = PEM_read_bio_PrivateKey(keys, NULL, no_passphrase, NULL);
	stamp->own = PEM_read_bio_X509(papers, NULL, no_passphrase, NULL);
	stamp->above = sk_X509_new_null();
	must(stamp->above != NULL);
	for (X509 *next; sk_X509_num(stamp->above) < CHAIN_MAX && (next = PEM_read_bio_X509(papers, NULL, no_passphrase, NULL));)
		must(sk_X509_push(stamp->above, next) > 0);
}

Error stamp_parse(Call *call, Text pem, Stamp **out)
{
	crypto_start();
	Stamp *stamp = secret_alloc(sizeof(*stamp));
	*stamp = (Stamp) { 0 };
	read_parts(stamp, pem);
	const char *why = !stamp->key                                           ? "holds no private key"
			  : !stamp->own                                         ? "holds no certificate"
			  : !is_fit(stamp->key)                                 ? "is neither RSA nor ECDSA, or too weak"
			  : X509_check_private_key(stamp->own, stamp->key) != 1 ? "does not belong to its certificate"
										: NULL;
	if (why) {
		stamp_free(&stamp);
		return fail(call, CONFIG, "the key for documents %s", why);
	}
	*out = stamp;
	return OK;
}

Error stamp_load(Call *call, const char *path, Stamp **out)
{
	Text pem;
	TRY(key_file_read(call, path, STAMP_FILE_BYTES_MAX, &pem));
	Error error = stamp_parse(call, pem, out);
	key_file_wipe(pem);
	return error;
}

void stamp_free(Stamp **stamp)
{
	if (!*stamp) return;
	EVP_PKEY_free((*stamp)->key);
	X509_free((*stamp)->own);
	sk_X509_pop_free((*stamp)->above, X509_free);
	secret_free(*stamp);
	*stamp = NULL;
}

Text stamp_certificates(Arena *arena, const Stamp *stamp)
{
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	must(bio && PEM_write_bio_X509(bio, stamp->own) == 1);
	for (int i = 0; i < sk_X509_num(stamp->above); i++) must(PEM_write_bio_X509(bio, sk_X509_value(stamp->above, i)) == 1);
	return bio_text(arena, bio);
}

Text stamp_name(Arena *arena, const Stamp *stamp)
{
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	must(bio &&
		X509_NAME_print_ex(bio, X509_get_subject_name(stamp->own), 0, XN_FLAG_ONELINE & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0);
	return bio_text(arena, bio);
}

/* ---- Signing */
static bool put_time(CMS_SignerInfo *signer, int64_t at)
{
	ASN1_TIME *time scoped(time_close) = ASN1_TIME_set(NULL, (time_t)(at / 1000));
	return time && CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time->type, time, -1) == 1;
}

Error stamp_sign(Call *call, const Stamp *stamp, Text content, int64_t at, Text *out)
{
	const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP;
	BIO *bytes scoped(bio_close) = BIO_new_mem_buf(content.at, (int)content.length);
	BIO *der scoped(bio_close) = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms scoped(cms_close) = CMS_sign(NULL, NULL, stamp->above, NULL, flags | CMS_PARTIAL);
	CMS_SignerInfo *signer = cms ? CMS_add1_signer(cms, stamp->own, stamp->key, EVP_sha256(), flags) : NULL;
	if (!signer || !bytes || !der || !put_time(signer, at) || CMS_final(cms, bytes, NULL, flags) != 1 || i2d_CMS_bio(der, cms) != 1)
		return fail(call, INTERNAL, "a document could not be signed");
	Text signature = bio_text(call->arena, der);
	if (signature.length > STAMP_SIGNATURE_BYTES_MAX) return fail(call, CONFIG, "the key for documents has too long a chain");
	*out = signature;
	return OK;
}

bool stamp_verify(Text certificate_pem, Text content, Text signature)
{
	crypto_start();
	if (signature.length > STAMP_SIGNATURE_BYTES_MAX) return false;
	BIO *paper scoped(bio_close) = BIO_new_mem_buf(certificate_pem.at, (int)certificate_pem.length);
	BIO *bytes scoped(bio_close) = BIO_new_mem_buf(content.at, (int)content.length);
	BIO *der scoped(bio_close) = BIO_new_mem_buf(signature.at, (int)signature.length);
	must(paper && bytes && der);
	X509 *certificate scoped(x509_close) = PEM_read_bio_X509(paper, NULL, no_passphrase, NULL);
	CMS_ContentInfo *cms scoped(cms_close) = d2i_CMS_bio(der, NULL);
	STACK_OF(X509) *known = sk_X509_new_null();
	must(known != NULL);
	bool valid = certificate && cms && sk_X509_push(known, certificate) > 0 &&
		     CMS_verify(cms, known, NULL, bytes, NULL, CMS_DETACHED | CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY) == 1;
	sk_X509_free(known);
	return valid;
}
