#include "base/crypto/stamp.h"
#include "harness/test.h"

TEST(stamp__signs_what_its_certificate_verifies_and_nothing_else)
{
	Text pem, other, signature;
	scoped(stamp_free) Stamp *stamp = NULL;
	CHECK_OK(t->call, stamp_new(t->call, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_new(t->call, TEXT("漏洞库"), t->call->now, &other));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
	CHECK(text_find(stamp_name(t->arena, stamp), TEXT("漏洞库"), NULL));
	CHECK_OK(t->call, stamp_sign(t->call, stamp, TEXT("A document."), t->call->now, &signature));
	Text certificate = stamp_certificates(t->arena, stamp);
	CHECK(!text_find(certificate, TEXT("PRIVATE"), NULL));
	CHECK(stamp_verify(certificate, TEXT("A document."), signature));
	CHECK(!stamp_verify(certificate, TEXT("A document!"), signature));
	CHECK(!stamp_verify(other, TEXT("A document."), signature));
	CHECK(!stamp_verify(certificate, TEXT("A document."), text_slice(signature, 0, signature.length - 1)));
}

TEST(stamp__a_key_without_certificate_or_with_anothers_is_refused)
{
	Text pem, other;
	size_t at, end;
	Stamp *stamp = NULL;
	CHECK_OK(t->call, stamp_new(t->call, TEXT("A"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_new(t->call, TEXT("B"), t->call->now, &other));
	CHECK(text_find(pem, TEXT("-----BEGIN CERTIFICATE"), &at) && text_find(other, TEXT("-----BEGIN CERTIFICATE"), &end));
	Text key = text_slice(pem, 0, at), mixed = arena_printf(t->arena, "%.*s%s", TEXT_ARGS(key), other.at + end);
	CHECK_ERROR(t->call, stamp_parse(t->call, key, &stamp), CONFIG);
	CHECK_ERROR(t->call, stamp_parse(t->call, mixed, &stamp), CONFIG);
	CHECK_ERROR(t->call, stamp_parse(t->call, text_slice(pem, at, pem.length), &stamp), CONFIG);
	CHECK_ERROR(t->call, stamp_parse(t->call, TEXT(""), &stamp), CONFIG);
}
