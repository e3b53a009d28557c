/* Ed25519 with named keys. The text forms are those of C2SP signed-note, so that other tools read our keys. */
#include "base/crypto/crypto.h"

#include <sodium.h>

enum { ALGORITHM_ED25519 = 1, KEY_FILE_BYTES_MAX = 1024 };

struct Signer {
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	PublicKey public;
	char name[256];
};

static void key_id(Text name, const unsigned char key[32], unsigned char out[4])
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	sha256_add(hash, name);
	sha256_add(hash, TEXT("\n\x01"));
	sha256_add(hash, (Text) { (const char *)key, 32 });
	memcpy(out, sha256_finish(hash).at, 4);
}

bool signer_name_is_fit(Text name)
{
	if (!name.length || name.length >= sizeof(((Signer *)NULL)->name) || !text_is_utf8(name)) return false;
	for (size_t i = 0; i < name.length; i++)
		if (name.at[i] == '+' || (unsigned char)name.at[i] <= ' ') return false;
	return true;
}

static Signer *signer_from_seed(Text name, const unsigned char seed[32])
{
	crypto_start();
	must(signer_name_is_fit(name));
	Signer *signer = secret_alloc(sizeof(*signer));
	must(crypto_sign_seed_keypair(signer->public.at, signer->secret, seed) == 0);
	memcpy(signer->name, name.at, name.length);
	signer->public.name = (Text) { signer->name, name.length };
	key_id(name, signer->public.at, signer->public.id);
	return signer;
}

Signer *signer_new(Text name)
{
	Key seed scoped(key_wipe) = key_random();
	return signer_from_seed(name, seed.at);
}

void signer_free(Signer **signer)
{
	secret_free(*signer);
	*signer = NULL;
}

Signature signer_sign(const Signer *signer, Text message)
{
	Signature signature;
	must(crypto_sign_detached(signature.at, NULL, (const unsigned char *)message.at, message.length, signer->secret) == 0);
	return signature;
}

const PublicKey *signer_public(const Signer *signer) { return &signer->public; }

bool signature_verify(const PublicKey *key, Text message, Text signature)
{
	crypto_start();
	return signature.length == crypto_sign_BYTES && crypto_sign_verify_detached((const unsigned char *)signature.at,
								(const unsigned char *)message.at, message.length, key->at) == 0;
}

/* name+hex(id)+base64(0x01, key) */
static Text named_key_text(Arena *arena, Text name, const unsigned char id[4], const unsigned char key[32])
{
	char bytes[33] = { ALGORITHM_ED25519 };
	memcpy(bytes + 1, key, 32);
	Text id_hex = hex_text(arena, (Text) { (const char *)id, 4 }), base64 = base64_text(arena, (Text) { bytes, sizeof(bytes) });
	secret_wipe(bytes, sizeof(bytes));
	return arena_printf(arena, "%.*s+%.*s+%.*s", TEXT_ARGS(name), TEXT_ARGS(id_hex), TEXT_ARGS(base64));
}

static bool named_key_parse(Arena *arena, Text text, Text *out_name, unsigned char out_id[4], unsigned char out_key[32])
{
	Text rest = text_trim(text), name, id_hex, id, key;
	if (!text_next(&rest, '+', &name) || !signer_name_is_fit(name) || !text_next(&rest, '+', &id_hex) || !rest.at) return false;
	if (!hex_parse(arena, id_hex, &id) || id.length != 4 || !base64_parse(arena, rest, &key)) return false;
	if (key.length != 33 || key.at[0] != ALGORITHM_ED25519) return false;
	memcpy(out_id, id.at, 4);
	memcpy(out_key, key.at + 1, 32);
	*out_name = name;
	return true;
}

Text public_key_text(Arena *arena, const PublicKey *key) { return named_key_text(arena, key->name, key->id, key->at); }

bool public_key_parse(Arena *arena, Text text, PublicKey *out)
{
	PublicKey key;
	unsigned char id[4];
	if (!named_key_parse(arena, text, &key.name, key.id, key.at)) return false;
	key_id(key.name, key.at, id);
	if (memcmp(id, key.id, 4) != 0) return false;
	*out = key;
	return true;
}

static const Text private_start = TEXT_INIT("PRIVATE+KEY+");

static Error signer_parse(Call *call, Text text, Signer **out)
{
	Text name;
	unsigned char id[4];
	Key seed scoped(key_wipe) = { 0 };
	if (!text_starts(text, private_start)) return fail(call, CONFIG, "not a signing key file");
	if (!named_key_parse(call->arena, text_slice(text, private_start.length, text.length), &name, id, seed.at))
		return fail(call, CONFIG, "malformed signing key");
	Signer *signer = signer_from_seed(name, seed.at);
	if (memcmp(id, signer->public.id, 4) != 0) {
		signer_free(&signer);
		return fail(call, CONFIG, "signing key does not match its id");
	}
	*out = signer;
	return OK;
}

Error signer_load(Call *call, const char *path, Signer **out)
{
	Text text;
	TRY(key_file_read(call, path, KEY_FILE_BYTES_MAX, &text));
	Error error = signer_parse(call, text, out);
	key_file_wipe(text);
	return error;
}

Error signer_save(Call *call, const Signer *signer, const char *path)
{
	Text text = named_key_text(call->arena, signer->public.name, signer->public.id, signer->secret);
	Text line = arena_printf(call->arena, "%.*s%.*s\n", TEXT_ARGS(private_start), TEXT_ARGS(text));
	Error error = key_file_write(call, path, line, false);
	key_file_wipe(text);
	key_file_wipe(line);
	return error;
}
