#include "base/base/json.h"
#include "base/crypto/crypto.h"
#include "people/person/factor.h"
#include <cbor.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

enum { FLAG_PRESENT = 0x01, FLAG_VERIFIED = 0x04, FLAG_CREDENTIAL = 0x40 };
static const int algorithms[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };

static void close_credential(fido_cred_t **credential) { fido_cred_free(credential); }
static void close_assertion(fido_assert_t **assertion) { fido_assert_free(assertion); }
static void close_item(cbor_item_t **item)
{
	if (*item) cbor_decref(item);
}

RelyingParty relying_party_of(Text public_address)
{
	size_t at = 0;
	Text host =
		text_find(public_address, TEXT("://"), &at) ? text_slice(public_address, at + 3, public_address.length) : public_address;
	if (text_find(host, TEXT(":"), &at)) host = text_slice(host, 0, at);
	return (RelyingParty) { .id = host, .origin = public_address };
}

/* What the browser swears to: the ceremony, our challenge, our origin (WebAuthn 7.1 steps 7–9, 7.2 steps 11–13). */
static Error check_client_data(Call *call, const RelyingParty *party, Text challenge, Text client_data, Text ceremony)
{
	Json json;
	if (!json_parse(call->arena, client_data, &json, NULL)) return fail(call, INVALID, "client data is no JSON");
	if (!text_is(json_as_text(json_get(json, "type")), ceremony)) return fail(call, INVALID, "client data of another ceremony");
	Text echoed;
	if (!base64url_parse(call->arena, json_as_text(json_get(json, "challenge")), &echoed) || !secret_is(echoed, challenge))
		return fail(call, INVALID, "client data answers another challenge");
	if (!text_is(json_as_text(json_get(json, "origin")), party->origin)) return fail(call, INVALID, "client data of another origin");
	if (json_as_bool(json_get(json, "crossOrigin"))) return fail(call, INVALID, "asked from within another site");
	return OK;
}

/* Authenticator data: SHA-256 of the relying party (32), flags (1), counter (4), … (WebAuthn 6.1). */
static Error check_authenticator_data(Call *call, const RelyingParty *party, Text data)
{
	Digest expected = sha256(party->id);
	if (data.length < 37) return fail(call, INVALID, "authenticator data is too short");
	if (memcmp(data.at, expected.at, sizeof(expected.at)) != 0)
		return fail(call, INVALID, "authenticator data of another relying party");
	if (!((unsigned char)data.at[32] & FLAG_PRESENT)) return fail(call, INVALID, "nobody touched the key");
	return OK;
}

static Text bytes_of(const unsigned char *at, size_t length) { return (Text) { (const char *)at, length }; }

/* The "authData" of an attestation object. Attestation statements are not asked for ("none") and not looked at. */
static Error find_authenticator_data(Call *call, Text object, Text *out)
{
	struct cbor_load_result result;
	scoped(close_item) cbor_item_t *map = cbor_load((const unsigned char *)object.at, object.length, &result);
	if (!map || result.read != object.length || !cbor_isa_map(map) || !cbor_map_is_definite(map))
		return fail(call, INVALID, "attestation object is no map");
	for (size_t i = 0; i < cbor_map_size(map); i++) {
		struct cbor_pair pair = cbor_map_handle(map)[i];
		if (!cbor_isa_string(pair.key) || !cbor_string_is_definite(pair.key)) continue;
		if (!text_is(bytes_of(cbor_string_handle(pair.key), cbor_string_length(pair.key)), TEXT("authData"))) continue;
		if (!cbor_isa_bytestring(pair.value) || !cbor_bytestring_is_definite(pair.value)) break;
		*out = arena_copy(call->arena, bytes_of(cbor_bytestring_handle(pair.value), cbor_bytestring_length(pair.value)));
		return OK;
	}
	return fail(call, INVALID, "attestation object without authData");
}

/* libfido2 wants to be told the algorithm before it reads: the one that fits. NULL: none does. */
static fido_cred_t *read_credential(Text data, int *out_algorithm)
{
	for (size_t i = 0; i < COUNT(algorithms); i++) {
		fido_cred_t *credential = fido_cred_new();
		must(credential != NULL && fido_cred_set_type(credential, algorithms[i]) == FIDO_OK);
		if (fido_cred_set_authdata_raw(credential, (const unsigned char *)data.at, data.length) == FIDO_OK) {
			*out_algorithm = algorithms[i];
			return credential;
		}
		fido_cred_free(&credential);
	}
	return NULL;
}

Error passkey_verify_new(Call *call, const RelyingParty *party, Text challenge, const PasskeyAnswer *answer, Passkey *out)
{
	Text data;
	int algorithm = 0;
	TRY(check_client_data(call, party, challenge, answer->client_data, TEXT("webauthn.create")));
	TRY(find_authenticator_data(call, answer->attestation_object, &data));
	TRY(check_authenticator_data(call, party, data));
	if (!((unsigned char)data.at[32] & FLAG_CREDENTIAL)) return fail(call, INVALID, "no credential in the authenticator data");
	scoped(close_credential) fido_cred_t *credential = read_credential(data, &algorithm);
	if (!credential) return fail(call, INVALID, "credential of an unknown algorithm or form");
	if (fido_cred_id_len(credential) < 16 || fido_cred_pubkey_len(credential) == 0)
		return fail(call, INVALID, "credential without id or key");
	*out = (Passkey) {
		.id = arena_copy(call->arena, bytes_of(fido_cred_id_ptr(credential), fido_cred_id_len(credential))),
		.algorithm = algorithm,
		.public_key = arena_copy(call->arena, bytes_of(fido_cred_pubkey_ptr(credential), fido_cred_pubkey_len(credential))),
		.counter = fido_cred_sigcount(credential),
		.user_verified = ((unsigned char)data.at[32] & FLAG_VERIFIED) != 0,
	};
	return OK;
}

static int verify_with(const fido_assert_t *assertion, const Passkey *passkey)
{
	int result = FIDO_ERR_UNSUPPORTED_ALGORITHM;
	if (passkey->algorithm == COSE_ES256) {
		es256_pk_t *key = es256_pk_new();
		result = es256_pk_from_ptr(key, passkey->public_key.at, passkey->public_key.length);
		if (result == FIDO_OK) result = fido_assert_verify(assertion, 0, COSE_ES256, key);
		es256_pk_free(&key);
	} else if (passkey->algorithm == COSE_EDDSA) {
		eddsa_pk_t *key = eddsa_pk_new();
		result = eddsa_pk_from_ptr(key, passkey->public_key.at, passkey->public_key.length);
		if (result == FIDO_OK) result = fido_assert_verify(assertion, 0, COSE_EDDSA, key);
		eddsa_pk_free(&key);
	} else if (passkey->algorithm == COSE_RS256) {
		rs256_pk_t *key = rs256_pk_new();
		result = rs256_pk_from_ptr(key, passkey->public_key.at, passkey->public_key.length);
		if (result == FIDO_OK) result = fido_assert_verify(assertion, 0, COSE_RS256, key);
		rs256_pk_free(&key);
	}
	return result;
}

static bool fill_assertion(
	Arena *arena, fido_assert_t *assertion, const RelyingParty *party, const PasskeyAnswer *answer, bool must_verify_user)
{
	Digest hash = sha256(answer->client_data);
	return fido_assert_set_count(assertion, 1) == FIDO_OK &&
	       fido_assert_set_clientdata_hash(assertion, hash.at, sizeof(hash.at)) == FIDO_OK &&
	       fido_assert_set_rp(assertion, arena_string(arena, party->id)) == FIDO_OK &&
	       fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
	       fido_assert_set_uv(assertion, must_verify_user ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
	       fido_assert_set_authdata_raw(
		       assertion, 0, (const unsigned char *)answer->authenticator_data.at, answer->authenticator_data.length) == FIDO_OK &&
	       fido_assert_set_sig(assertion, 0, (const unsigned char *)answer->signature.at, answer->signature.length) == FIDO_OK;
}

Error passkey_verify(Call *call, const RelyingParty *party, Text challenge, const PasskeyAnswer *answer, const Passkey *passkey,
	bool must_verify_user, int64_t *out_counter)
{
	TRY(check_client_data(call, party, challenge, answer->client_data, TEXT("webauthn.get")));
	TRY(check_authenticator_data(call, party, answer->authenticator_data));
	scoped(close_assertion) fido_assert_t *assertion = fido_assert_new();
	must(assertion != NULL);
	if (!fill_assertion(call->arena, assertion, party, answer, must_verify_user))
		return fail(call, INVALID, "assertion of an unknown form");
	int result = verify_with(assertion, passkey);
	if (result != FIDO_OK) return fail(call, INVALID, "assertion refused: %s", fido_strerr(result));
	int64_t counter = fido_assert_sigcount(assertion, 0);
	/* WebAuthn 7.2 step 21: a counter that does not grow is the sign of a copied key. */
	if ((counter != 0 || passkey->counter != 0) && counter <= passkey->counter)
		return fail(call, INVALID, "counter of the key went back");
	*out_counter = counter;
	return OK;
}
