#include "authenticator.h"
#include "base/crypto/crypto.h"
#include "harness/test.h"
#include "people/person/factor.h"

/* RFC 6238 appendix B, SHA-1, last 6 of the 8 digits. */
TEST(totp__agrees_with_the_vectors_of_rfc_6238)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} vectors[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" } };
	Text secret = TEXT("12345678901234567890");
	for (size_t i = 0; i < COUNT(vectors); i++) {
		int64_t step = 0;
		CHECK(totp_verify(secret, text_from(vectors[i].code), vectors[i].seconds * 1000, 0, &step));
		CHECK_INT(step, vectors[i].seconds / 30);
	}
}

TEST(totp__a_code_is_right_for_one_step_around_and_never_again_after_use)
{
	Text secret = TEXT("12345678901234567890"), code = TEXT("050471");
	int64_t at = 1111111111, step = 0;
	CHECK(totp_verify(secret, code, (at + 30) * 1000, 0, &step));
	CHECK(totp_verify(secret, code, (at - 30) * 1000, 0, &step));
	CHECK_INT(step, at / 30);
	CHECK(!totp_verify(secret, code, (at + 60) * 1000, 0, &step));
	CHECK(!totp_verify(secret, code, (at - 60) * 1000, 0, &step));
	CHECK(!totp_verify(secret, code, at * 1000, at / 30, &step));
	CHECK(!totp_verify(secret, TEXT("050472"), at * 1000, 0, &step));
	CHECK(!totp_verify(secret, TEXT(""), at * 1000, 0, &step));
	CHECK(!totp_verify(secret, TEXT("0504710"), at * 1000, 0, &step));
}

TEST(totp__the_address_for_the_qr_code_carries_everything_encoded)
{
	CHECK_TEXT(totp_secret_text(t->arena, TEXT("12345678901234567890")), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	CHECK_TEXT(totp_address(t->arena, TEXT("12345678901234567890"), TEXT("漏洞库"), TEXT("a@b.cn")),
		"otpauth://totp/"
		"%E6%BC%8F%E6%B4%9E%E5%BA%93:a%40b.cn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%BC%8F%E6%B4%9E%E5%BA%93&algorithm="
		"SHA1&digits=6&period=30");
}

TEST(recovery_code__is_read_as_people_type_it)
{
	Text code = recovery_code_new(t->arena);
	CHECK_INT(code.length, 11);
	CHECK(!text_is(code, recovery_code_new(t->arena)));
	CHECK_TEXT(recovery_code_fold(t->arena, TEXT(" 4f7k9-2qdxo ")), "4F7K92QDX0");
	CHECK_TEXT(recovery_code_fold(t->arena, TEXT("il0")), "110");
}

typedef struct Stage {
	Authenticator *key;
	Ceremony ceremony;
	Passkey passkey;
} Stage;

static Stage enrolled(Test *t)
{
	Stage stage = { .key = authenticator_new(t->arena) };
	stage.ceremony = (Ceremony) { .party = relying_party_of(TEXT("https://cappvd.test:8443")),
		.challenge = TEXT("0123456789abcdef0123456789abcdef"),
		.counter = 7 };
	PasskeyAnswer answer = authenticator_create(t->arena, stage.key, &stage.ceremony);
	CHECK_OK(t->call, passkey_verify_new(t->call, &stage.ceremony.party, stage.ceremony.challenge, &answer, &stage.passkey));
	stage.ceremony.counter = 8;
	return stage;
}

static Error try_get(Test *t, Stage *stage, const Ceremony *ceremony, bool must_verify_user)
{
	int64_t counter = 0;
	PasskeyAnswer answer = authenticator_get(t->arena, stage->key, ceremony);
	Error error = passkey_verify(
		t->call, &stage->ceremony.party, stage->ceremony.challenge, &answer, &stage->passkey, must_verify_user, &counter);
	if (error == OK) CHECK_INT(counter, ceremony->counter);
	return error;
}

TEST(passkey__a_registered_key_signs_in)
{
	Stage stage = enrolled(t);
	CHECK_TEXT(stage.ceremony.party.id, "cappvd.test");
	CHECK(text_is(stage.passkey.id, authenticator_credential_id(stage.key)));
	CHECK_INT(stage.passkey.algorithm, -7);
	CHECK_INT(stage.passkey.counter, 7);
	CHECK(stage.passkey.user_verified);
	CHECK_OK(t->call, try_get(t, &stage, &stage.ceremony, true));
}

TEST(passkey__another_challenge_origin_site_or_ceremony_is_refused)
{
	Stage stage = enrolled(t);
	Ceremony wrong = stage.ceremony;
	wrong.challenge = TEXT("0123456789abcdef0123456789abcdeX");
	CHECK_ERROR(t->call, try_get(t, &stage, &wrong, false), INVALID);
	wrong = stage.ceremony;
	wrong.origin = TEXT("https://cappvd.test");
	CHECK_ERROR(t->call, try_get(t, &stage, &wrong, false), INVALID);
	wrong = stage.ceremony;
	wrong.type = TEXT("webauthn.create");
	CHECK_ERROR(t->call, try_get(t, &stage, &wrong, false), INVALID);
	wrong = stage.ceremony;
	wrong.cross_origin = true;
	CHECK_ERROR(t->call, try_get(t, &stage, &wrong, false), INVALID);
	wrong = stage.ceremony;
	wrong.party.id = TEXT("evil.test");
	CHECK_ERROR(t->call, try_get(t, &stage, &wrong, false), INVALID);
}

TEST(passkey__touch_is_needed_and_verification_where_it_is_asked_for)
{
	Stage stage = enrolled(t);
	Ceremony ceremony = stage.ceremony;
	ceremony.flags = 0x01;
	CHECK_OK(t->call, try_get(t, &stage, &ceremony, false));
	CHECK_ERROR(t->call, try_get(t, &stage, &ceremony, true), INVALID);
	ceremony.flags = 0x04;
	CHECK_ERROR(t->call, try_get(t, &stage, &ceremony, false), INVALID);
}

TEST(passkey__a_counter_that_does_not_grow_betrays_a_copy)
{
	Stage stage = enrolled(t);
	Ceremony ceremony = stage.ceremony;
	ceremony.counter = 7;
	CHECK_ERROR(t->call, try_get(t, &stage, &ceremony, false), INVALID);
	ceremony.counter = 0;
	CHECK_ERROR(t->call, try_get(t, &stage, &ceremony, false), INVALID);
	stage.passkey.counter = 0;
	CHECK_OK(t->call, try_get(t, &stage, &ceremony, false)); /* a key that never counts */
}

TEST(passkey__another_key_or_a_changed_byte_is_refused)
{
	Stage stage = enrolled(t), other = enrolled(t);
	int64_t counter = -1;
	PasskeyAnswer answer = authenticator_get(t->arena, other.key, &stage.ceremony);
	CHECK_ERROR(t->call,
		passkey_verify(t->call, &stage.ceremony.party, stage.ceremony.challenge, &answer, &stage.passkey, false, &counter),
		INVALID);
	answer = authenticator_get(t->arena, stage.key, &stage.ceremony);
	char *data = arena_alloc(t->arena, answer.authenticator_data.length);
	memcpy(data, answer.authenticator_data.at, answer.authenticator_data.length);
	data[36] ^= 1;
	answer.authenticator_data.at = data;
	CHECK_ERROR(t->call,
		passkey_verify(t->call, &stage.ceremony.party, stage.ceremony.challenge, &answer, &stage.passkey, false, &counter),
		INVALID);
	CHECK_INT(counter, -1);
}

TEST(passkey__broken_input_is_an_error_and_nothing_worse)
{
	Stage stage = enrolled(t);
	Passkey out;
	PasskeyAnswer whole = authenticator_create(t->arena, stage.key, &stage.ceremony);
	for (size_t length = 0; length < whole.attestation_object.length; length++) {
		PasskeyAnswer part = whole;
		part.attestation_object = arena_copy(t->arena, text_slice(whole.attestation_object, 0, length));
		CHECK_ERROR(t->call, passkey_verify_new(t->call, &stage.ceremony.party, stage.ceremony.challenge, &part, &out), INVALID);
	}
	PasskeyAnswer got = authenticator_get(t->arena, stage.key, &stage.ceremony), part = got;
	int64_t counter = 0;
	part.signature = TEXT("");
	CHECK_ERROR(t->call,
		passkey_verify(t->call, &stage.ceremony.party, stage.ceremony.challenge, &part, &stage.passkey, false, &counter), INVALID);
	part = got;
	part.client_data = TEXT("{}");
	CHECK_ERROR(t->call,
		passkey_verify(t->call, &stage.ceremony.party, stage.ceremony.challenge, &part, &stage.passkey, false, &counter), INVALID);
}
