#include "authenticator.h"
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

struct Authenticator {
	EVP_PKEY *key; /* lives as long as the test's process */
	unsigned char x[32], y[32];
	char id[32];
};

Authenticator *authenticator_new(Arena *arena)
{
	Authenticator *authenticator = arena_new_of(arena, Authenticator);
	unsigned char point[65];
	size_t length = 0;
	authenticator->key = EVP_EC_gen("P-256");
	must(authenticator->key != NULL);
	must(EVP_PKEY_get_octet_string_param(authenticator->key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &length) == 1 &&
		length == sizeof(point));
	memcpy(authenticator->x, point + 1, 32);
	memcpy(authenticator->y, point + 33, 32);
	random_bytes(authenticator->id, sizeof(authenticator->id));
	return authenticator;
}

Text authenticator_credential_id(const Authenticator *authenticator) { return (Text) { authenticator->id, sizeof(authenticator->id) }; }

static Text client_data(Arena *arena, const Ceremony *ceremony, Text type)
{
	Text origin = ceremony->origin.at ? ceremony->origin : ceremony->party.origin;
	if (ceremony->type.at) type = ceremony->type;
	return arena_printf(arena, "{\"type\":\"%.*s\",\"challenge\":\"%.*s\",\"origin\":\"%.*s\",\"crossOrigin\":%s}", TEXT_ARGS(type),
		TEXT_ARGS(base64url_text(arena, ceremony->challenge)), TEXT_ARGS(origin), ceremony->cross_origin ? "true" : "false");
}

static void put_head(Buffer *data, const Ceremony *ceremony, unsigned more_flags)
{
	Digest party = sha256(ceremony->party.id);
	buffer_put(data, DIGEST_TEXT(party));
	buffer_byte(data, (char)((ceremony->flags ? ceremony->flags : 0x05) | more_flags));
	for (int shift = 24; shift >= 0; shift -= 8) buffer_byte(data, (char)(ceremony->counter >> shift));
}

PasskeyAnswer authenticator_create(Arena *arena, Authenticator *authenticator, const Ceremony *ceremony)
{
	Buffer data = { .arena = arena }, object = { .arena = arena };
	put_head(&data, ceremony, 0x40);
	for (int i = 0; i < 16; i++) buffer_byte(&data, 0); /* AAGUID */
	buffer_byte(&data, 0);
	buffer_byte(&data, sizeof(authenticator->id));
	buffer_put(&data, authenticator_credential_id(authenticator));
	buffer_put(&data, TEXT("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20")); /* kty EC2, alg ES256, crv P-256, x */
	buffer_put(&data, (Text) { (const char *)authenticator->x, 32 });
	buffer_put(&data, TEXT("\x22\x58\x20"));
	buffer_put(&data, (Text) { (const char *)authenticator->y, 32 });
	buffer_put(&object, TEXT("\xa3\x63"
				 "fmt"
				 "\x64"
				 "none"
				 "\x67"
				 "attStmt"
				 "\xa0\x68"
				 "authData"
				 "\x58"));
	buffer_byte(&object, (char)data.length);
	buffer_put(&object, buffer_text(&data));
	return (PasskeyAnswer) { .client_data = client_data(arena, ceremony, TEXT("webauthn.create")),
		.attestation_object = buffer_text(&object) };
}

PasskeyAnswer authenticator_get(Arena *arena, Authenticator *authenticator, const Ceremony *ceremony)
{
	Buffer data = { .arena = arena }, signed_bytes = { .arena = arena };
	put_head(&data, ceremony, 0);
	Text client = client_data(arena, ceremony, TEXT("webauthn.get"));
	Digest hash = sha256(client);
	buffer_put(&signed_bytes, buffer_text(&data));
	buffer_put(&signed_bytes, DIGEST_TEXT(hash));
	unsigned char signature[80];
	size_t length = sizeof(signature);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	must(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, authenticator->key) == 1);
	must(EVP_DigestSign(context, signature, &length, (const unsigned char *)signed_bytes.at, signed_bytes.length) == 1);
	EVP_MD_CTX_free(context);
	return (PasskeyAnswer) { .client_data = client,
		.authenticator_data = buffer_text(&data),
		.signature = arena_copy(arena, (Text) { (const char *)signature, length }) };
}
