/* Time-stamp tokens: OpenSSL's TS functions, told whom to trust and by which clock. */
#include "base/crypto/timestamp.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <time.h>

enum { CLOCKS_DIFFER_MS = 60 * 1000, ANCHOR_BYTES_MAX = 16 * 1024 };

static const struct {
	const char *name, *digest;
	int nid;
} hashes[TIMESTAMP_HASHES] = {
	[TIMESTAMP_SHA256] = { "SHA-256", "SHA256", NID_sha256 },
	[TIMESTAMP_SHA384] = { "SHA-384", "SHA384", NID_sha384 },
	[TIMESTAMP_SHA512] = { "SHA-512", "SHA512", NID_sha512 },
	[TIMESTAMP_SM3] = { "SM3", "SM3", NID_sm3 },
};

const char *timestamp_hash_name(TimestampHash hash) { return hashes[hash].name; }

void timestamp_document(Arena *arena, Text content, TimestampDocument *out)
{
	crypto_start();
	for (size_t i = 0; i < TIMESTAMP_HASHES; i++) {
		unsigned char bytes[EVP_MAX_MD_SIZE];
		size_t length = 0;
		must(EVP_Q_digest(NULL, hashes[i].digest, NULL, content.at, content.length, bytes, &length) == 1);
		out->digest[i] = arena_copy(arena, (Text) { (const char *)bytes, length });
	}
}

/* ---- What is held while a file is read */
typedef struct Reading {
	Arena *arena;
	TS_RESP *response;
	PKCS7 *token; /* the response's, or its own */
	TS_TST_INFO *info;
	STACK_OF(X509) * anchors;
	int fault; /* of OpenSSL's verification of the chain */
	Text about; /* the certificate at which it ended */
} Reading;

static void reading_close(Reading *reading)
{
	TS_TST_INFO_free(reading->info);
	if (!reading->response) PKCS7_free(reading->token);
	TS_RESP_free(reading->response);
	sk_X509_pop_free(reading->anchors, X509_free);
	ERR_clear_error();
}

static Text subject_of(Arena *arena, X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *at = NULL;
	must(bio && X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0);
	long length = BIO_get_mem_data(bio, &at);
	Text text = arena_copy(arena, text_slice((Text) { at ? at : "", (size_t)length }, 0, 200));
	BIO_free(bio);
	return text_is_utf8(text) ? text : TEXT("?");
}

/* ---- Anchors: PEM whose line ends a form may have lost */
static bool anchor_add(Reading *reading, Text base64)
{
	Text bytes;
	Buffer plain = { .arena = reading->arena };
	for (size_t i = 0; i < base64.length; i++)
		if (!strchr(" \t\r\n", base64.at[i])) buffer_byte(&plain, base64.at[i]);
	if (!base64_parse(reading->arena, buffer_text(&plain), &bytes) || bytes.length > ANCHOR_BYTES_MAX) return false;
	const unsigned char *at = (const unsigned char *)bytes.at;
	X509 *certificate = d2i_X509(NULL, &at, (long)bytes.length);
	if (!certificate) return false;
	must(sk_X509_push(reading->anchors, certificate) > 0);
	return true;
}

static void anchors_read(Reading *reading, Text pem)
{
	const Text begin = TEXT("-----BEGIN CERTIFICATE-----"), end = TEXT("-----END CERTIFICATE-----");
	size_t from, to;
	reading->anchors = sk_X509_new_null();
	must(reading->anchors != NULL);
	while (sk_X509_num(reading->anchors) < TIMESTAMP_ANCHORS_MAX && text_find(pem, begin, &from)) {
		pem = text_slice(pem, from + begin.length, pem.length);
		if (!text_find(pem, end, &to)) return;
		if (!anchor_add(reading, text_slice(pem, 0, to))) ERR_clear_error(); /* the others may be right */
		pem = text_slice(pem, to + end.length, pem.length);
	}
}

/* ---- The file */
static bool has_token(const TS_RESP *response)
{
	enum { GRANTED = 0, GRANTED_WITH_CHANGES = 1 };
	const ASN1_INTEGER *status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info((TS_RESP *)(uintptr_t)response));
	long value = status ? ASN1_INTEGER_get(status) : -1;
	return (value == GRANTED || value == GRANTED_WITH_CHANGES) && TS_RESP_get_token((TS_RESP *)(uintptr_t)response);
}

static const char *parse(Reading *reading, Text file)
{
	const unsigned char *at = (const unsigned char *)file.at, *end = at + file.length;
	if (!file.length || file.length > TIMESTAMP_FILE_BYTES_MAX) return "malformed";
	reading->response = d2i_TS_RESP(NULL, &at, (long)file.length);
	if (reading->response && !has_token(reading->response)) return "rejected";
	if (reading->response)
		reading->token = TS_RESP_get_token(reading->response);
	else {
		at = (const unsigned char *)file.at;
		reading->token = d2i_PKCS7(NULL, &at, (long)file.length);
	}
	if (!reading->token || at != end) return "malformed";
	reading->info = PKCS7_to_TS_TST_INFO(reading->token);
	return reading->info ? NULL : "malformed";
}

/* ---- What it says */
static const char *compare(const Reading *reading, const TimestampDocument *document, Timestamp *out, Text *out_about)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(reading->info);
	const ASN1_OBJECT *name = NULL;
	X509_ALGOR_get0(&name, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
	int nid = OBJ_obj2nid(name);
	const ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
	Text digest = { (const char *)ASN1_STRING_get0_data(said), (size_t)ASN1_STRING_length(said) };
	for (size_t i = 0; i < TIMESTAMP_HASHES; i++) {
		if (nid != hashes[i].nid || !document->digest[i].at) continue;
		out->hash = (TimestampHash)i;
		return text_is(digest, document->digest[i]) ? NULL : "imprint";
	}
	*out_about = arena_copy(reading->arena, text_from(nid == NID_undef ? "?" : OBJ_nid2sn(nid)));
	return "hash";
}

static int64_t number_of(const ASN1_INTEGER *number, int64_t most)
{
	int64_t value = 0;
	return number && ASN1_INTEGER_get_int64(&value, number) == 1 && value >= 0 && value <= most ? value : 0;
}

/* RFC 3161 clause 2.4.2: GeneralizedTime with seconds, perhaps a fraction of them, and Z. */
static bool take_time(const Reading *reading, Timestamp *out)
{
	const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(reading->info);
	TS_ACCURACY *accuracy = TS_TST_INFO_get_accuracy(reading->info);
	struct tm parts;
	if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return false;
	Text said = { (const char *)ASN1_STRING_get0_data(time), (size_t)ASN1_STRING_length(time) };
	out->at = (int64_t)timegm(&parts) * 1000 + (text_find(said, TEXT("."), NULL) ? 999 : 0);
	out->accuracy_ms = 0;
	if (accuracy)
		out->accuracy_ms = number_of(TS_ACCURACY_get_seconds(accuracy), 86400) * 1000 +
				   number_of(TS_ACCURACY_get_millis(accuracy), 999) + (TS_ACCURACY_get_micros(accuracy) ? 1 : 0);
	return out->at > 0;
}

static Text serial_of(Arena *arena, const ASN1_INTEGER *serial)
{
	Text bytes = { (const char *)ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial) };
	return hex_text(arena, text_slice(bytes, 0, 40));
}

static Text policy_of(Arena *arena, const ASN1_OBJECT *policy)
{
	char text[120];
	int length = OBJ_obj2txt(text, sizeof(text), policy, 1);
	return arena_copy(arena, text_slice(text_from(text), 0, length > 0 ? (size_t)length : 0));
}

static Text token_of(Arena *arena, PKCS7 *token)
{
	unsigned char *bytes = NULL;
	int length = i2d_PKCS7(token, &bytes);
	must(length > 0);
	Text copy = arena_copy(arena, (Text) { (const char *)bytes, (size_t)length });
	OPENSSL_free(bytes);
	return copy;
}

/* ---- Whom it is of */
static int on_certificate(int is_fine, X509_STORE_CTX *chain)
{
	Reading *reading = X509_STORE_get_ex_data(X509_STORE_CTX_get0_store(chain), 0);
	X509 *certificate = X509_STORE_CTX_get_current_cert(chain);
	if (is_fine || reading->fault) return is_fine;
	reading->fault = X509_STORE_CTX_get_error(chain);
	if (certificate) reading->about = subject_of(reading->arena, certificate);
	return 0;
}

static X509_STORE *store_of(Reading *reading, int64_t at)
{
	X509_STORE *store = X509_STORE_new();
	must(store && X509_STORE_set_ex_data(store, 0, reading) == 1 && X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN) == 1);
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)(at / 1000));
	X509_STORE_set_verify_cb(store, on_certificate);
	for (int i = 0; i < sk_X509_num(reading->anchors); i++) must(X509_STORE_add_cert(store, sk_X509_value(reading->anchors, i)) == 1);
	return store;
}

static const char *fault_of(const Reading *reading)
{
	switch (reading->fault) {
	case 0: return "signature";
	case X509_V_ERR_CERT_HAS_EXPIRED: return "expired";
	case X509_V_ERR_CERT_NOT_YET_VALID: return "early";
	case X509_V_ERR_INVALID_PURPOSE: return "purpose";
	default: return "issuer";
	}
}

/* By the clock of `at`: signature, chain and purpose. The anchors help where the token does not carry its signer's certificate. */
static const char *verify(Reading *reading, int64_t at)
{
	TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
	must(context);
	TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_SIGNATURE);
	TS_VERIFY_CTX_set_store(context, store_of(reading, at));
	STACK_OF(X509) *known = X509_chain_up_ref(reading->anchors);
	must(known != NULL);
	TS_VERIFY_CTX_set_certs(context, known);
	reading->fault = 0;
	ERR_clear_error();
	bool is_right = TS_RESP_verify_token(context, reading->token) == 1;
	TS_VERIFY_CTX_free(context);
	unsigned long first = ERR_peek_error();
	bool is_nobody = ERR_GET_LIB(first) == ERR_LIB_PKCS7 && ERR_GET_REASON(first) == PKCS7_R_SIGNER_CERTIFICATE_NOT_FOUND;
	if (!is_right && is_nobody) reading->fault = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
	return is_right ? NULL : fault_of(reading);
}

static const char *trust(Reading *reading, int64_t now, Timestamp *out)
{
	if (!sk_X509_num(reading->anchors)) return "anchors";
	if (out->at - out->accuracy_ms > now + CLOCKS_DIFFER_MS) return "future";
	const char *fault = verify(reading, now);
	if (fault) return fault;
	return verify(reading, out->at) ? "early" : NULL;
}

static Text signer_of(const Reading *reading)
{
	STACK_OF(X509) *signers = PKCS7_get0_signers(reading->token, reading->anchors, 0);
	Text name = signers && sk_X509_num(signers) ? subject_of(reading->arena, sk_X509_value(signers, 0)) : TEXT("?");
	sk_X509_free(signers);
	return name;
}

const char *timestamp_read(
	Arena *arena, Text file, const TimestampDocument *document, Text anchors, int64_t now, Timestamp *out, Text *out_about)
{
	scoped(reading_close) Reading reading = { .arena = arena, .about = TEXT("") };
	Timestamp stamp = { 0 };
	*out_about = TEXT("");
	crypto_start();
	const char *fault = parse(&reading, file);
	if (!fault && !take_time(&reading, &stamp)) fault = "malformed";
	if (!fault) fault = compare(&reading, document, &stamp, out_about);
	if (fault) return fault;
	anchors_read(&reading, anchors);
	fault = trust(&reading, now, &stamp);
	*out_about = fault && !reading.about.length ? signer_of(&reading) : reading.about;
	if (fault) return fault;
	*out_about = TEXT("");
	stamp.by = signer_of(&reading);
	stamp.serial = serial_of(arena, TS_TST_INFO_get_serial(reading.info));
	stamp.policy = policy_of(arena, TS_TST_INFO_get_policy_id(reading.info));
	stamp.token = token_of(arena, reading.token);
	*out = stamp;
	return NULL;
}
