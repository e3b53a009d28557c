#include "base/crypto/stamp.h"
#include "harness/test.h"

#include "face/doc/tool.h"

static const StampKind kinds[] = { STAMP_INTERNATIONAL, STAMP_SM2 };

static Text new_pem(Test *t, StampKind kind, const char *name)
{
	Text pem;
	CHECK_OK(t->call, stamp_new(t->call, kind, text_from(name), t->call->now, &pem));
	return pem;
}

static Text signed_by(Test *t, Text pem, Stamp **stamp)
{
	Text signature;
	CHECK_OK(t->call, stamp_parse(t->call, pem, stamp));
	CHECK_OK(t->call, stamp_sign(t->call, *stamp, TEXT("A document."), t->call->now, &signature));
	return signature;
}

static Text longer(Test *t, Text bytes)
{
	Buffer out = { .arena = t->arena };
	buffer_put(&out, bytes);
	buffer_byte(&out, 0);
	return buffer_text(&out);
}

static void check_kind(Test *t, StampKind kind)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text other = new_pem(t, kind, "漏洞库"), signature = signed_by(t, new_pem(t, kind, "漏洞库"), &stamp);
	Text certificate = stamp_certificates(t->arena, stamp);
	CHECK(stamp_kind(stamp) == kind);
	CHECK(text_find(stamp_name(t->arena, stamp), TEXT("漏洞库"), NULL) && !text_find(certificate, TEXT("PRIVATE"), NULL));
	CHECK(stamp_verify(certificate, TEXT("A document."), signature));
	CHECK(!stamp_verify(certificate, TEXT("A document!"), signature) && !stamp_verify(certificate, TEXT(""), signature));
	CHECK(!stamp_verify(other, TEXT("A document."), signature));
	CHECK(!stamp_verify(certificate, TEXT("A document."), text_slice(signature, 0, signature.length - 1)));
	CHECK(!stamp_verify(certificate, TEXT("A document."), longer(t, signature)));
}

TEST(stamp__signs_what_its_certificate_verifies_and_nothing_else)
{
	for (size_t i = 0; i < COUNT(kinds); i++) check_kind(t, kinds[i]);
}

TEST(stamp__a_signature_tells_who_signed_when_and_how)
{
	static const char *const algorithms[] = { "RSA with SHA-256", "SM2 with SM3" };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		scoped(stamp_free) Stamp *stamp = NULL;
		Stamped found;
		Text signature = signed_by(t, new_pem(t, kinds[i], "漏洞库"), &stamp);
		CHECK(stamp_read(t->arena, TEXT("A document."), signature, &found));
		CHECK(!strcmp(found.algorithm, algorithms[i]));
		CHECK(!strcmp(stamp_algorithm(stamp), algorithms[i]));
		CHECK(text_is(found.name, stamp_name(t->arena, stamp)) &&
			text_is(found.certificate_pem, stamp_certificates(t->arena, stamp)));
		CHECK_INT(found.at, t->call->now / 1000 * 1000);
		CHECK(!stamp_read(t->arena, TEXT("A document!"), signature, &found));
	}
}

/* Also where nothing is signed: versions, and marks of algorithms outside the attributes. */
TEST(stamp__a_changed_byte_anywhere_in_a_signature_is_noticed)
{
	for (size_t k = 0; k < COUNT(kinds); k++) {
		scoped(stamp_free) Stamp *stamp = NULL;
		Text signature = signed_by(t, new_pem(t, kinds[k], "漏洞库"), &stamp), certificate = stamp_certificates(t->arena, stamp);
		char *bytes = (char *)(uintptr_t)signature.at;
		for (size_t i = 0; i < signature.length; i++) {
			bytes[i] ^= 1;
			if (stamp_verify(certificate, TEXT("A document."), signature))
				test_fail(__FILE__, __LINE__, "kind %zu, byte %zu", k, i);
			bytes[i] ^= 1;
		}
		CHECK(stamp_verify(certificate, TEXT("A document."), signature));
	}
}

/* The form of the national standards, as another program reads it. */
TEST(stamp__sm2_names_its_algorithms_attributes_and_certificate)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text signature = signed_by(t, new_pem(t, STAMP_SM2, "漏洞库"), &stamp);
	Text says = tool_run(t, "s.der", signature, "openssl cms -cmsout -print -inform DER -in s.der");
	static const char *const parts[] = { "algorithm: sm3 (1.2.156.10197.1.401)", "algorithm: SM2-with-SM3 (1.2.156.10197.1.501)",
		"object: contentType (1.2.840.113549.1.9.3)", "object: messageDigest (1.2.840.113549.1.9.4)",
		"object: signingTime (1.2.840.113549.1.9.5)", "object: id-smime-aa-signingCertificateV2 (1.2.840.113549.1.9.16.2.47)",
		"contentType: pkcs7-signedData (1.2.840.113549.1.7.2)", "eContent: <ABSENT>" };
	for (size_t i = 0; i < COUNT(parts); i++) CHECK(tool_says(says, parts[i]));
	Text paper = stamp_certificates(t->arena, stamp);
	/* `openssl verify` of OpenSSL 3.0 does not pass the identity on to a signature by oneself, so the parts are taken one by one. */
	says = tool_run(t, "c.pem", paper,
		"openssl x509 -in c.pem -noout -text && openssl x509 -in c.pem -noout -pubkey > key && "
		"openssl asn1parse -in c.pem -noout -strparse 4 -out signed > /dev/null && "
		"openssl asn1parse -in c.pem -noout -out value -strparse $(openssl asn1parse -in c.pem | tail -n 1 | cut -d : -f 1) > "
		"/dev/null; "
		"openssl dgst -sm3 -verify key -sigopt distid:1234567812345678 -signature value signed");
	CHECK(tool_says(says, "Verified OK") && tool_says(says, "Signature Algorithm: SM2-with-SM3") && tool_says(says, "ASN1 OID: SM2"));
}

TEST(stamp__a_key_without_certificate_or_with_anothers_is_refused)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		Text pem = new_pem(t, kinds[i], "A"), other = new_pem(t, kinds[(i + 1) % 2], "B");
		size_t at, end;
		Stamp *stamp = NULL;
		CHECK(text_find(pem, TEXT("-----BEGIN CERTIFICATE"), &at) && text_find(other, TEXT("-----BEGIN CERTIFICATE"), &end));
		Text key = text_slice(pem, 0, at), mixed = arena_printf(t->arena, "%.*s%s", TEXT_ARGS(key), other.at + end);
		CHECK_ERROR(t->call, stamp_parse(t->call, key, &stamp), CONFIG);
		CHECK_ERROR(t->call, stamp_parse(t->call, mixed, &stamp), CONFIG);
		CHECK_ERROR(t->call, stamp_parse(t->call, text_slice(pem, at, pem.length), &stamp), CONFIG);
		CHECK_ERROR(t->call, stamp_parse(t->call, TEXT(""), &stamp), CONFIG);
	}
}

TEST(stamp__a_file_with_a_key_of_the_other_kind_is_refused)
{
	Stamp *stamp = NULL;
	const char *path = arena_printf(t->arena, "%s/key", t->directory).at;
	CHECK_OK(t->call, key_file_write(t->call, path, new_pem(t, STAMP_SM2, "A"), false));
	CHECK_ERROR(t->call, stamp_load(t->call, path, STAMP_INTERNATIONAL, &stamp), CONFIG);
	CHECK_OK(t->call, stamp_load(t->call, path, STAMP_SM2, &stamp));
	stamp_free(&stamp);
}

TEST(stamp__an_ecdsa_key_that_an_authority_gave_signs_too)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Stamped found;
	Text pem = tool_run(t, "none", TEXT(""),
		"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout - -subj /CN=E -days 9 2>/dev/null");
	Text signature = signed_by(t, pem, &stamp);
	CHECK(stamp_kind(stamp) == STAMP_INTERNATIONAL &&
		stamp_verify(stamp_certificates(t->arena, stamp), TEXT("A document."), signature));
	CHECK(stamp_read(t->arena, TEXT("A document."), signature, &found) && !strcmp(found.algorithm, "ECDSA with SHA-256"));
}
