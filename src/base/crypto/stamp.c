/* The key and its certificate: made, read, shown. */
#include "base/crypto/stamp_private.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { STAMP_RSA_BITS = 3072, STAMP_YEARS = 10, CHAIN_MAX = 8 };

static void pkey_close(EVP_PKEY **key) { EVP_PKEY_free(*key); }
static void x509_close(X509 **certificate) { X509_free(*certificate); }
static void md_close(EVP_MD_CTX **context) { EVP_MD_CTX_free(*context); }
static void bio_close(BIO **bio) { BIO_free(*bio); }

Text stamp_bio_text(Arena *arena, BIO *bio)
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

/* With SM2 the identity is part of what is signed. */
static bool sign_itself(X509 *certificate, EVP_PKEY *key)
{
	if (!stamp_key_is_sm2(key)) return X509_sign(certificate, key, EVP_sha256()) > 0;
	EVP_MD_CTX *context scoped(md_close) = EVP_MD_CTX_new();
	EVP_PKEY_CTX *key_context = NULL; /* the context's */
	return context && EVP_DigestSignInit(context, &key_context, EVP_sm3(), NULL, key) == 1 &&
	       EVP_PKEY_CTX_set1_id(key_context, sm2_identity.at, (int)sm2_identity.length) == 1 && X509_sign_ctx(certificate, context) > 0;
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
		    add_extension(certificate, NID_subject_key_identifier, "hash") && sign_itself(certificate, key);
	BN_free(number);
	return done;
}

Error stamp_new(Call *call, StampKind kind, Text name, int64_t at, Text *out_pem)
{
	crypto_start();
	EVP_PKEY *key scoped(pkey_close) = kind == STAMP_SM2 ? EVP_PKEY_Q_keygen(NULL, NULL, "SM2") : EVP_RSA_gen(STAMP_RSA_BITS);
	X509 *certificate scoped(x509_close) = X509_new();
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_secmem());
	if (!key || !certificate || !bio || !fill(certificate, key, arena_string(call->arena, name), at) ||
		PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1 || PEM_write_bio_X509(bio, certificate) != 1)
		return fail(call, INTERNAL, "no key for documents could be made");
	*out_pem = stamp_bio_text(call->arena, bio);
	return OK;
}

/* ---- Reading one */
bool stamp_key_is_sm2(const EVP_PKEY *key) { return EVP_PKEY_is_a(key, "SM2"); }

const char *stamp_key_algorithm(const EVP_PKEY *key)
{
	return stamp_key_is_sm2(key) ? "SM2 with SM3" : EVP_PKEY_is_a(key, "RSA") ? "RSA with SHA-256" : "ECDSA with SHA-256";
}

static bool is_fit(const EVP_PKEY *key)
{
	if (EVP_PKEY_is_a(key, "RSA")) return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 8192;
	return stamp_key_is_sm2(key) || (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_bits(key) >= 224);
}

int stamp_no_passphrase(char *buffer, int size, int writing, void *context)
{
	(void)buffer, (void)size, (void)writing, (void)context;
	return -1;
}

static void read_parts(Stamp *stamp, Text pem)
{
	BIO *keys scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	BIO *papers scoped(bio_close) = BIO_new_mem_buf(pem.at, (int)pem.length);
	must(keys && papers);
	stamp->key = PEM_read_bio_PrivateKey(keys, NULL, stamp_no_passphrase, NULL);
	stamp->own = PEM_read_bio_X509(papers, NULL, stamp_no_passphrase, NULL);
	stamp->above = sk_X509_new_null();
	must(stamp->above != NULL);
	for (X509 *next; sk_X509_num(stamp->above) < CHAIN_MAX && (next = PEM_read_bio_X509(papers, NULL, stamp_no_passphrase, NULL));)
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
			  : !is_fit(stamp->key)                                 ? "is none of RSA, ECDSA and SM2, or too weak"
			  : X509_check_private_key(stamp->own, stamp->key) != 1 ? "does not belong to its certificate"
										: NULL;
	if (why) {
		stamp_free(&stamp);
		return fail(call, CONFIG, "the key for documents %s", why);
	}
	*out = stamp;
	return OK;
}

Error stamp_load(Call *call, const char *path, StampKind kind, Stamp **out)
{
	Text pem;
	Stamp *stamp scoped(stamp_free) = NULL;
	TRY(key_file_read(call, path, STAMP_FILE_BYTES_MAX, &pem));
	Error error = stamp_parse(call, pem, &stamp);
	key_file_wipe(pem);
	TRY(error);
	if (stamp_kind(stamp) != kind) return fail(call, CONFIG, "%s holds a key for %s", path, stamp_algorithm(stamp));
	*out = stamp;
	stamp = NULL;
	return OK;
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
	return stamp_bio_text(arena, bio);
}

Text stamp_subject(Arena *arena, const X509 *certificate)
{
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	must(bio && X509_NAME_print_ex(
			    bio, X509_get_subject_name(certificate), 0, XN_FLAG_ONELINE & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0);
	return stamp_bio_text(arena, bio);
}

StampKind stamp_kind(const Stamp *stamp) { return stamp_key_is_sm2(stamp->key) ? STAMP_SM2 : STAMP_INTERNATIONAL; }
Text stamp_name(Arena *arena, const Stamp *stamp) { return stamp_subject(arena, stamp->own); }
const char *stamp_algorithm(const Stamp *stamp) { return stamp_key_algorithm(stamp->key); }
