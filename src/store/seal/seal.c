/* Sealing and opening columns; keyed values. */
#include "store/seal/seal.h"

#include "base/base/random.h"
#include "store/seal/seal.sql.h"
#include "store/seal/seal_private.h"

/* Random numbers, so that one that was rolled back is never given to another key. Small numbers are the library's own. */
Error seal_matter_new(Call *call, int64_t *out_matter)
{
	must(db_in_transaction(call));
	int64_t matter = (int64_t)((uint64_t)1 << 32 | random_below((uint64_t)INT64_MAX >> 1));
	Key key scoped(key_wipe) = key_random();
	TRY(keyring_add(call, call->house->keyring, matter, &key));
	*out_matter = matter;
	return OK;
}

Error seal_matter_destroy(Call *call, int64_t matter)
{
	must(db_in_transaction(call) && matter > SEAL_MATTER_LIBRARY);
	int64_t changed;
	TRY(matter_key_destroy(call, matter, call->now, &changed));
	keyring_forget(call->house->keyring, matter);
	return changed == 1 ? OK : fail(call, NOT_FOUND, "matter %lld has no key", (long long)matter);
}

static Text about(Arena *arena, const char *place, Text row) { return arena_printf(arena, "%s|%.*s", place, TEXT_ARGS(row)); }

Error seal_close(Call *call, int64_t matter, const char *place, Text row, Text plain, Sealed *out)
{
	if (!plain.at) {
		*out = (Sealed) { 0 };
		return OK;
	}
	Keyring *keyring = call->house->keyring;
	Key key scoped(key_wipe) = { 0 };
	TRY(keyring_matter(call, keyring, matter, &key));
	out->bytes = envelope_close(call->arena, keyring->kind, (uint64_t)matter, &key, about(call->arena, place, row), plain);
	return OK;
}

Error seal_open(Call *call, const char *place, Text row, Sealed sealed, Text *out)
{
	uint64_t matter;
	if (!sealed.bytes.at) {
		*out = (Text) { 0 };
		return OK;
	}
	if (!envelope_key_id(sealed.bytes, &matter)) return fail(call, CORRUPT, "%s of %.*s is no envelope", place, TEXT_ARGS(row));
	Key key scoped(key_wipe) = { 0 };
	bool found;
	TRY(keyring_find(call, call->house->keyring, (int64_t)matter, &key, &found));
	if (!found) {
		*out = (Text) { 0 };
		return OK;
	}
	if (!envelope_open(call->arena, &key, about(call->arena, place, row), sealed.bytes, out))
		return fail(call, CORRUPT, "%s of %.*s does not open", place, TEXT_ARGS(row));
	return OK;
}

Key seal_key(Call *call, const char *purpose) { return key_derive(&call->house->keyring->root, text_from(purpose)); }

Text seal_lookup(Call *call, const char *purpose, Text value)
{
	Digest digest = mac_of(&call->house->keyring->root, (Text[]) { TEXT("lookup"), text_from(purpose), value }, 3);
	return hex_text(call->arena, DIGEST_TEXT(digest));
}

Error seal_matter_key(Call *call, int64_t matter, const char *purpose, Key *out)
{
	Key key scoped(key_wipe) = { 0 };
	TRY(keyring_matter(call, call->house->keyring, matter, &key));
	*out = key_derive(&key, text_from(purpose));
	return OK;
}

EnvelopeKind seal_kind(Call *call) { return call->house->keyring->kind; }
