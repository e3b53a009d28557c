#include "base/crypto/crypto.h"
#include "harness/test.h"

#include <sys/stat.h>
#include <unistd.h>

static Text bytes_of(Test *t, const char *hex)
{
	Text bytes;
	CHECK(hex_parse(t->arena, text_from(hex), &bytes));
	return bytes;
}

static void check_hex(Test *t, Digest found, const char *expected)
{
	Text hex = hex_text(t->arena, DIGEST_TEXT(found));
	if (!text_is(hex, text_from(expected))) test_fail(__FILE__, __LINE__, "%.*s, expected %s", TEXT_ARGS(hex), expected);
}

TEST(crypto__hex_and_base64_refuse_what_is_not_exactly_that)
{
	Text out = TEXT("untouched");
	CHECK_TEXT(hex_text(t->arena, TEXT("\x00\xff")), "00ff");
	CHECK(!hex_parse(t->arena, TEXT("0"), &out) && !hex_parse(t->arena, TEXT("0g"), &out) && !hex_parse(t->arena, TEXT("00 "), &out));
	CHECK_TEXT(base64_text(t->arena, TEXT("\xff\xfe")), "//4=");
	CHECK_TEXT(base64url_text(t->arena, TEXT("\xff\xfe")), "__4");
	CHECK(!base64_parse(t->arena, TEXT("//4"), &out) && !base64_parse(t->arena, TEXT("//4=x"), &out) &&
		!base64url_parse(t->arena, TEXT("//4"), &out));
	CHECK_TEXT(out, "untouched");
	CHECK(base64_parse(t->arena, TEXT("//4="), &out) && out.length == 2 && base64url_parse(t->arena, TEXT(""), &out) &&
		out.length == 0);
}

TEST(crypto__sha256_in_pieces_is_sha256_at_once)
{
	check_hex(t, sha256(TEXT("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	Sha256 *hash scoped(sha256_free) = sha256_new();
	sha256_add(hash, TEXT("a"));
	sha256_add(hash, TEXT(""));
	sha256_add(hash, TEXT("bc"));
	check_hex(t, sha256_finish(hash), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(crypto__mac_depends_on_key_and_on_where_parts_end)
{
	Key key = key_random(), other = key_random();
	Digest one = mac_of(&key, (Text[]) { TEXT("ab"), TEXT("c") }, 2), two = mac_of(&key, (Text[]) { TEXT("a"), TEXT("bc") }, 2);
	Digest again = mac_of(&key, (Text[]) { TEXT("ab"), TEXT("c") }, 2), foreign = mac_of(&other, (Text[]) { TEXT("ab"), TEXT("c") }, 2);
	CHECK(digest_is(&one, &again) && !digest_is(&one, &two) && !digest_is(&one, &foreign));
	Key a = key_derive(&key, TEXT("a")), b = key_derive(&key, TEXT("b"));
	CHECK(memcmp(&a, &b, sizeof(a)) != 0 && memcmp(&a, &key, sizeof(a)) != 0);
}

TEST(crypto__tokens_never_repeat)
{
	Text a = token_new(t->arena, 16), b = token_new(t->arena, 16);
	CHECK_INT(a.length, 22);
	CHECK(!text_is(a, b));
}

TEST(crypto__password_opens_only_for_itself)
{
	Text stored;
	test_passwords_cost = true;
	CHECK_OK(t->call, password_hash(t->call, TEXT("correct horse 马"), &stored));
	CHECK(text_starts(stored, TEXT("$argon2id$v=19$m=65536,t=3,p=1$")));
	CHECK(password_verify(stored, TEXT("correct horse 马")));
	CHECK(!password_verify(stored, TEXT("correct horse")) && !password_verify(stored, TEXT("")));
	CHECK(!password_is_outdated(stored));
	CHECK(password_is_outdated(TEXT("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A")));
	char *huge = arena_alloc(t->arena, PASSWORD_BYTES_MAX + 1);
	CHECK_ERROR(t->call, password_hash(t->call, (Text) { huge, PASSWORD_BYTES_MAX + 1 }, &stored), TOO_LARGE);
}

TEST(crypto__password_of_an_unknown_person_is_refused)
{
	CHECK(!password_verify((Text) { 0 }, TEXT("anything")));
	CHECK(!password_verify((Text) { 0 }, TEXT("")));
	CHECK(!password_verify(TEXT("$argon2id$broken"), TEXT("")));
}

TEST(envelope__any_changed_byte_key_or_context_is_refused)
{
	static const EnvelopeKind kinds[] = { ENVELOPE_XCHACHA20, ENVELOPE_SM4 };
	for (size_t k = 0; k < COUNT(kinds); k++) {
		Key key = key_random(), other = key_random();
		Text about = TEXT("report|title|7"), plain = TEXT("任意代码执行"), out = TEXT("untouched");
		Text envelope = envelope_close(t->arena, kinds[k], 0x0102030405060708, &key, about, plain);
		uint64_t id = 0;
		CHECK(envelope_key_id(envelope, &id) && id == 0x0102030405060708);
		CHECK(!envelope_open(t->arena, &other, about, envelope, &out));
		CHECK(!envelope_open(t->arena, &key, TEXT("report|title|8"), envelope, &out));
		for (size_t i = 0; i < envelope.length; i++) {
			Text changed = arena_copy(t->arena, envelope);
			((char *)(uintptr_t)changed.at)[i] ^= 1;
			CHECK(!envelope_open(t->arena, &key, about, changed, &out));
			CHECK(!envelope_open(t->arena, &key, about, text_slice(envelope, 0, i), &out));
		}
		CHECK_TEXT(out, "untouched");
		CHECK(envelope_open(t->arena, &key, about, envelope, &out) && text_is(out, plain));
		CHECK(!text_find(envelope, TEXT("任意"), NULL));
		CHECK(envelope_open(t->arena, &key, TEXT(""), envelope_close(t->arena, kinds[k], 1, &key, TEXT(""), TEXT("")), &out) &&
			out.length == 0);
	}
}

TEST(envelope__same_text_never_looks_the_same)
{
	Key key = key_random();
	CHECK(!text_is(envelope_close(t->arena, ENVELOPE_SM4, 1, &key, TEXT("a"), TEXT("b")),
		envelope_close(t->arena, ENVELOPE_SM4, 1, &key, TEXT("a"), TEXT("b"))));
}

/* Opened by hand with the key schedule and layout written in the header: keys from HMAC-SM3, tag over length, header, context, nonce, cipher. */
TEST(envelope__sm4_opens_what_was_made_independently)
{
	Key key;
	for (int i = 0; i < 32; i++) key.at[i] = (unsigned char)i;
	Text out;
	/* made with `openssl dgst -sm3` and `openssl enc -sm4-ctr`; key id 42, nonce a0 … af */
	CHECK(envelope_open(t->arena, &key, TEXT("t|c|1"),
		bytes_of(t, "02000000000000002aa0a1a2a3a4a5a6a7a8a9aaabacadaeafffe35be9efb05df08287b8aceee378"
			    "3ac87bf7db2c33aff2029f4505eac3aaaca5cd1971d1807710df9d1cfd"),
		&out));
	CHECK_TEXT(out, "known answer");
}

TEST(signer__file_is_private_and_complete)
{
	const char *path = arena_printf(t->arena, "%s/ledger.key", t->directory).at;
	Signer *signer scoped(signer_free) = signer_new(TEXT("library.example/ledger")), *loaded scoped(signer_free) = NULL;
	CHECK_OK(t->call, signer_save(t->call, signer, path));
	CHECK_ERROR(t->call, signer_save(t->call, signer, path), CONFLICT);
	CHECK_OK(t->call, signer_load(t->call, path, &loaded));
	Signature signature = signer_sign(loaded, TEXT("message"));
	CHECK(signature_verify(signer_public(signer), TEXT("message"), (Text) { (char *)signature.at, 64 }));
	CHECK(!signature_verify(signer_public(signer), TEXT("massage"), (Text) { (char *)signature.at, 64 }));
	CHECK(!signature_verify(signer_public(signer), TEXT("message"), (Text) { (char *)signature.at, 63 }));
	CHECK(chmod(path, 0640) == 0);
	Signer *refused = NULL;
	CHECK_ERROR(t->call, signer_load(t->call, path, &refused), CONFIG);
	CHECK_ERROR(t->call, signer_load(t->call, "/nonexistent/key", &refused), NOT_FOUND);
	CHECK(!refused);
}

TEST(signer__public_key_reads_as_other_tools_write_it)
{
	PublicKey key; /* the verifier key of the Go checksum database */
	Text text = TEXT("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
	CHECK(public_key_parse(t->arena, text, &key));
	CHECK_TEXT(key.name, "sum.golang.org");
	CHECK(text_is(public_key_text(t->arena, &key), text));
	for (size_t i = 0; i < text.length; i++) {
		Text changed = arena_copy(t->arena, text);
		((char *)(uintptr_t)changed.at)[i] ^= 1;
		CHECK(!public_key_parse(t->arena, changed, &key)); /* the id covers name and key */
	}
	CHECK(!signer_name_is_fit(TEXT("")) && !signer_name_is_fit(TEXT("a b")) && !signer_name_is_fit(TEXT("a+b")) &&
		signer_name_is_fit(TEXT("库.example")));
}

TEST(sm2__signature_fits_only_its_key_and_message)
{
	Text private, public, other_private, other_public, signature;
	CHECK_OK(t->call, sm2_key_new(t->call, &private, &public));
	CHECK_OK(t->call, sm2_key_new(t->call, &other_private, &other_public));
	CHECK_OK(t->call, sm2_sign(t->call, private, TEXT("证书"), &signature));
	CHECK(sm2_verify(public, TEXT("证书"), signature));
	CHECK(!sm2_verify(public, TEXT("证言"), signature) && !sm2_verify(other_public, TEXT("证书"), signature));
	CHECK(!sm2_verify(TEXT("rubbish"), TEXT("证书"), signature) && !sm2_verify(public, TEXT("证书"), TEXT("")));
	CHECK_ERROR(t->call, sm2_sign(t->call, public, TEXT("x"), &signature), CONFIG);
}
