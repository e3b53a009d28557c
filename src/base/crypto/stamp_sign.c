/* Signatures: made, and looked at again. */
#include "base/crypto/stamp_private.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/pem.h>

#include <time.h>

enum { SM3_BYTES = 32 };

static void x509_close(X509 **certificate) { X509_free(*certificate); }
static void bio_close(BIO **bio) { BIO_free(*bio); }
static void cms_close(CMS_ContentInfo **cms) { CMS_ContentInfo_free(*cms); }
static void time_close(ASN1_TIME **time) { ASN1_TIME_free(*time); }
static void ess_close(ESS_SIGNING_CERT_V2 **certificates) { ESS_SIGNING_CERT_V2_free(*certificates); }
static void openssl_close(unsigned char **bytes) { OPENSSL_free(*bytes); }
static void papers_close(STACK_OF(X509) * *papers) { sk_X509_pop_free(*papers, X509_free); }
static void set_close(STACK_OF(ASN1_TYPE) * *set) { sk_ASN1_TYPE_pop_free(*set, ASN1_TYPE_free); }

/* ---- Signing */
static bool put_time(CMS_SignerInfo *signer, int64_t at)
{
	ASN1_TIME *time scoped(time_close) = ASN1_TIME_set(NULL, (time_t)(at / 1000));
	return time && CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time->type, time, -1) == 1;
}

/* What OpenSSL 3.0 leaves out for SM2: the identity, and the name of the algorithm. */
static bool prepare_sm2(CMS_SignerInfo *signer)
{
	X509_ALGOR *algorithm = NULL; /* the signer's */
	CMS_SignerInfo_get0_algs(signer, NULL, NULL, NULL, &algorithm);
	return EVP_PKEY_CTX_set1_id(CMS_SignerInfo_get0_pkey_ctx(signer), sm2_identity.at, (int)sm2_identity.length) == 1 &&
	       X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_SM2_with_SM3), V_ASN1_UNDEF, NULL) == 1;
}

Error stamp_sign(Call *call, const Stamp *stamp, Text content, int64_t at, Text *out)
{
	const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
	bool sm2 = stamp_kind(stamp) == STAMP_SM2;
	BIO *bytes scoped(bio_close) = BIO_new_mem_buf(content.at, (int)content.length);
	BIO *der scoped(bio_close) = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms scoped(cms_close) = CMS_sign(NULL, NULL, stamp->above, NULL, flags | CMS_PARTIAL);
	CMS_SignerInfo *signer =
		cms ? CMS_add1_signer(cms, stamp->own, stamp->key, sm2 ? EVP_sm3() : EVP_sha256(), sm2 ? flags | CMS_KEY_PARAM : flags)
		    : NULL;
	if (!signer || !bytes || !der || (sm2 && !prepare_sm2(signer)) || !put_time(signer, at) ||
		CMS_final(cms, bytes, NULL, flags) != 1 || i2d_CMS_bio(der, cms) != 1)
		return fail(call, INTERNAL, "a document could not be signed");
	Text signature = stamp_bio_text(call->arena, der);
	if (signature.length > STAMP_SIGNATURE_BYTES_MAX) return fail(call, CONFIG, "the key for documents has too long a chain");
	*out = signature;
	return OK;
}

/* ---- Looking at one */
static CMS_ContentInfo *read_der(Text signature)
{
	const unsigned char *at = (const unsigned char *)signature.at;
	if (!signature.length || signature.length > STAMP_SIGNATURE_BYTES_MAX) return NULL;
	return d2i_CMS_ContentInfo(NULL, &at, (long)signature.length);
}

/* The one signer; NULL when there is none, or more. */
static CMS_SignerInfo *sole_signer(CMS_ContentInfo *cms)
{
	STACK_OF(CMS_SignerInfo) *signers = cms ? CMS_get0_SignerInfos(cms) : NULL;
	return sk_CMS_SignerInfo_num(signers) == 1 ? sk_CMS_SignerInfo_value(signers, 0) : NULL;
}

static X509 *certificate_within(CMS_ContentInfo *cms, CMS_SignerInfo *signer)
{
	STACK_OF(X509) * papers scoped(papers_close) = CMS_get1_certs(cms);
	for (int i = 0; i < sk_X509_num(papers); i++) {
		X509 *paper = sk_X509_value(papers, i);
		if (CMS_SignerInfo_cert_cmp(signer, paper) == 0) return X509_up_ref(paper) == 1 ? paper : NULL;
	}
	return NULL;
}

static const ASN1_STRING *attribute_value(const CMS_SignerInfo *signer, int nid, int type)
{
	return CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), -3, type); /* -3: once, and with one value */
}

static Text string_text(const ASN1_STRING *string)
{
	return string ? (Text) { (const char *)ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string) } : (Text) { 0 };
}

/* The signed attributes name this certificate by its hash. What was signed before they did names none. */
static bool names_certificate(const CMS_SignerInfo *signer, X509 *certificate)
{
	if (CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1) < 0) return true;
	Text papers = string_text(attribute_value(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE));
	const unsigned char *at = (const unsigned char *)papers.at;
	ESS_SIGNING_CERT_V2 *named scoped(ess_close) = papers.length ? d2i_ESS_SIGNING_CERT_V2(NULL, &at, (long)papers.length) : NULL;
	STACK_OF(X509) *chain = sk_X509_new_null();
	must(chain && sk_X509_push(chain, certificate) > 0);
	bool names = named && OSSL_ESS_check_signing_certs(NULL, named, chain, 1) > 0;
	sk_X509_free(chain);
	return names;
}

static bool names_content(const CMS_SignerInfo *signer, Text content)
{
	unsigned char digest[SM3_BYTES];
	unsigned length = 0;
	const ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
	Text stated = string_text(attribute_value(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING));
	return type && OBJ_obj2nid(type) == NID_pkcs7_data &&
	       EVP_Digest(content.at, content.length, digest, &length, EVP_sm3(), NULL) == 1 &&
	       text_is(stated, (Text) { (const char *)digest, length });
}

/* The attributes as they were signed: not with the implicit mark that they have in their place, but as a set (RFC 5652, 5.4). */
static int attributes_der(const CMS_SignerInfo *signer, unsigned char **out)
{
	STACK_OF(ASN1_TYPE) * set scoped(set_close) = sk_ASN1_TYPE_new_null();
	must(set != NULL);
	for (int i = 0; i < CMS_signed_get_attr_count(signer); i++) {
		ASN1_TYPE *item = ASN1_TYPE_pack_sequence(ASN1_ITEM_rptr(X509_ATTRIBUTE), CMS_signed_get_attr(signer, i), NULL);
		must(item && sk_ASN1_TYPE_push(set, item) > 0);
	}
	return i2d_ASN1_SET_ANY(set, out);
}

static bool names_sm2(CMS_SignerInfo *signer)
{
	X509_ALGOR *digest = NULL, *signing = NULL;
	CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, &signing);
	return OBJ_obj2nid(digest->algorithm) == NID_sm3 && OBJ_obj2nid(signing->algorithm) == NID_SM2_with_SM3;
}

static bool verify_sm2(CMS_SignerInfo *signer, X509 *certificate, Text content)
{
	unsigned char *attributes scoped(openssl_close) = NULL;
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	char *at = NULL;
	if (!names_sm2(signer) || !names_content(signer, content)) return false;
	int length = attributes_der(signer, &attributes);
	if (length <= 0 || !bio || PEM_write_bio_PUBKEY(bio, X509_get0_pubkey(certificate)) != 1) return false;
	long key_length = BIO_get_mem_data(bio, &at);
	return sm2_verify((Text) { at, (size_t)key_length }, (Text) { (const char *)attributes, (size_t)length },
		string_text(CMS_SignerInfo_get0_signature(signer)));
}

/* The filter is there for CMS_verify, which would copy a plain memory BIO and forget the copy when the signature cannot be read. */
static bool verify_international(CMS_ContentInfo *cms, X509 *certificate, Text content)
{
	BIO *bytes scoped(bio_close) = BIO_new_mem_buf(content.at, (int)content.length), *filter scoped(bio_close) = BIO_new(BIO_f_null());
	STACK_OF(X509) *known = sk_X509_new_null();
	must(bytes && filter && known && sk_X509_push(known, certificate) > 0);
	BIO *chain = BIO_push(filter, bytes);
	bool valid = CMS_verify(cms, known, NULL, chain, NULL, CMS_DETACHED | CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY) == 1;
	BIO_pop(filter);
	sk_X509_free(known);
	return valid;
}

/* ---- What is not signed: versions, marks of algorithms, anything behind the end */
static bool name_algorithm(CMS_SignerInfo *signer, const EVP_PKEY *key)
{
	X509_ALGOR *algorithm = NULL; /* the signer's */
	CMS_SignerInfo_get0_algs(signer, NULL, NULL, NULL, &algorithm);
	if (EVP_PKEY_is_a(key, "RSA")) return X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_rsaEncryption), V_ASN1_NULL, NULL) == 1;
	int nid = stamp_key_is_sm2(key) ? NID_SM2_with_SM3 : NID_ecdsa_with_SHA256;
	return X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), V_ASN1_UNDEF, NULL) == 1;
}

static bool copy_signed(const CMS_SignerInfo *from, CMS_SignerInfo *to)
{
	ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature((CMS_SignerInfo *)(uintptr_t)from);
	for (int i = 0; i < CMS_signed_get_attr_count(from); i++)
		if (CMS_signed_add1_attr(to, CMS_signed_get_attr(from, i)) != 1) return false;
	return ASN1_STRING_copy(CMS_SignerInfo_get0_signature(to), value) == 1;
}

static bool copy_papers(CMS_ContentInfo *from, const X509 *own, CMS_ContentInfo *to)
{
	STACK_OF(X509) * papers scoped(papers_close) = CMS_get1_certs(from);
	for (int i = 0; i < sk_X509_num(papers); i++)
		if (X509_cmp(sk_X509_value(papers, i), own) != 0 && CMS_add1_cert(to, sk_X509_value(papers, i)) != 1) return false;
	return true;
}

/* The same attributes, certificates and value written again, as stamp_sign writes them, are the same bytes. */
static bool is_as_written(CMS_ContentInfo *cms, const CMS_SignerInfo *signer, X509 *own, Text signature)
{
	const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_PARTIAL;
	unsigned char *bytes scoped(openssl_close) = NULL;
	EVP_PKEY *key = X509_get0_pubkey(own); /* the certificate's */
	CMS_ContentInfo *again scoped(cms_close) = CMS_sign(NULL, NULL, NULL, NULL, flags);
	if (!again || !copy_papers(cms, own, again)) return false;
	CMS_SignerInfo *copy = CMS_add1_signer(again, own, key, stamp_key_is_sm2(key) ? EVP_sm3() : EVP_sha256(), flags);
	if (!copy || !name_algorithm(copy, key) || !copy_signed(signer, copy)) return false;
	int length = i2d_CMS_ContentInfo(again, &bytes);
	return length > 0 && text_is((Text) { (const char *)bytes, (size_t)length }, signature);
}

/* With the certificate that is within and, where one is expected, is the expected one. */
static bool verify(Text signature, CMS_ContentInfo *cms, X509 *expected, Text content, X509 **out_certificate)
{
	ASN1_OCTET_STRING **within = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed ? CMS_get0_content(cms) : NULL;
	CMS_SignerInfo *signer = within && !*within ? sole_signer(cms) : NULL; /* the content stands beside it */
	X509 *certificate = signer ? certificate_within(cms, signer) : NULL;
	EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL;
	bool valid = key && names_certificate(signer, certificate) && (!expected || X509_cmp(expected, certificate) == 0) &&
		     (stamp_key_is_sm2(key) ? verify_sm2(signer, certificate, content) : verify_international(cms, certificate, content)) &&
		     is_as_written(cms, signer, certificate, signature);
	if (valid)
		*out_certificate = certificate;
	else
		X509_free(certificate);
	return valid;
}

bool stamp_verify(Text certificate_pem, Text content, Text signature)
{
	crypto_start();
	BIO *paper scoped(bio_close) = BIO_new_mem_buf(certificate_pem.at, (int)certificate_pem.length);
	must(paper != NULL);
	X509 *expected scoped(x509_close) = PEM_read_bio_X509(paper, NULL, stamp_no_passphrase, NULL);
	X509 *certificate scoped(x509_close) = NULL;
	CMS_ContentInfo *cms scoped(cms_close) = read_der(signature);
	return expected && verify(signature, cms, expected, content, &certificate);
}

static int64_t time_stated(const CMS_SignerInfo *signer)
{
	struct tm parts = { 0 };
	int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
	const ASN1_TYPE *value = at >= 0 ? X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0) : NULL;
	if (!value || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME)) return 0;
	if (ASN1_TIME_to_tm(value->value.asn1_string, &parts) != 1) return 0;
	return (int64_t)timegm(&parts) * 1000;
}

bool stamp_read(Arena *arena, Text content, Text signature, Stamped *out)
{
	crypto_start();
	X509 *certificate scoped(x509_close) = NULL;
	CMS_ContentInfo *cms scoped(cms_close) = read_der(signature);
	BIO *bio scoped(bio_close) = BIO_new(BIO_s_mem());
	if (!verify(signature, cms, NULL, content, &certificate) || !bio || PEM_write_bio_X509(bio, certificate) != 1) return false;
	*out = (Stamped) { .name = stamp_subject(arena, certificate),
		.certificate_pem = stamp_bio_text(arena, bio),
		.algorithm = stamp_key_algorithm(X509_get0_pubkey(certificate)),
		.at = time_stated(sole_signer(cms)) };
	return true;
}
