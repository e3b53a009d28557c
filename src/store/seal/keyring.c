/* The keyring in memory: unwrapping keys of matters, remembering some of them, rotating the master key. */
#include "store/seal/seal_private.h"

#include "store/seal/seal.sql.h"

#include <stdlib.h>

static Text wrapped_about(Arena *arena, int64_t matter) { return arena_printf(arena, "matter_key|wrapped|%lld", (long long)matter); }

Text keyring_wrap(Arena *arena, EnvelopeKind kind, const Generation *generation, int64_t matter, const Key *key)
{
	return envelope_close(arena, kind, (uint64_t)generation->number, &generation->key, wrapped_about(arena, matter),
		(Text) { (const char *)key->at, sizeof(key->at) });
}

bool keyring_unwrap(Arena *arena, const Key *master, int64_t matter, Text wrapped, Key *out)
{
	Text key;
	if (!envelope_open(arena, master, wrapped_about(arena, matter), wrapped, &key) || key.length != sizeof(out->at)) return false;
	memcpy(out->at, key.at, sizeof(out->at));
	key_file_wipe(key);
	return true;
}

Error keyring_create(Call *call, const char *path)
{
	Generations scoped(generations_wipe) generations = { .at = { { .number = 1, .key = key_random() } }, .count = 1 };
	return generations_save(call, path, &generations, false);
}

static CachedKey *slot_of(Keyring *keyring, int64_t matter) { return &keyring->cache[(uint64_t)matter % CACHE_SLOTS]; }

static bool cache_find(Keyring *keyring, int64_t matter, int64_t now, Key *out)
{
	pthread_mutex_lock(&keyring->lock);
	CachedKey *slot = slot_of(keyring, matter);
	bool found = slot->matter == matter && now >= slot->loaded_at && now - slot->loaded_at < CACHE_MILLISECONDS;
	if (found) *out = slot->key;
	pthread_mutex_unlock(&keyring->lock);
	return found;
}

static void cache_put(Keyring *keyring, int64_t matter, int64_t now, const Key *key)
{
	pthread_mutex_lock(&keyring->lock);
	*slot_of(keyring, matter) = (CachedKey) { .matter = matter, .loaded_at = now, .key = *key };
	pthread_mutex_unlock(&keyring->lock);
}

void keyring_forget(Keyring *keyring, int64_t matter)
{
	pthread_mutex_lock(&keyring->lock);
	CachedKey *slot = slot_of(keyring, matter);
	if (slot->matter == matter) secret_wipe(slot, sizeof(*slot));
	pthread_mutex_unlock(&keyring->lock);
}

static bool master_find(Keyring *keyring, int64_t generation, Key *out)
{
	pthread_mutex_lock(&keyring->lock);
	const Key *key = generations_find(&keyring->generations, generation);
	if (key) *out = *key;
	pthread_mutex_unlock(&keyring->lock);
	return key != NULL;
}

static Error generations_refresh(Call *call, Keyring *keyring)
{
	Generations scoped(generations_wipe) fresh = { 0 };
	TRY(generations_load(call, keyring->path, &fresh));
	pthread_mutex_lock(&keyring->lock);
	keyring->generations = fresh;
	pthread_mutex_unlock(&keyring->lock);
	return OK;
}

/* Another node may have added a generation since the file was read. */
static Error master_of(Call *call, Keyring *keyring, int64_t generation, Key *out)
{
	if (master_find(keyring, generation, out)) return OK;
	TRY(generations_refresh(call, keyring));
	return master_find(keyring, generation, out) ? OK : fail(call, CONFIG, "the key file lacks generation %lld", (long long)generation);
}

Error keyring_find(Call *call, Keyring *keyring, int64_t matter, Key *out, bool *out_found)
{
	MatterKeyRow row;
	*out_found = cache_find(keyring, matter, call->now, out);
	if (*out_found) return OK;
	TRY(matter_key_find(call, matter, &row, out_found));
	*out_found = *out_found && row.generation.is;
	if (!*out_found) return OK;
	Key master scoped(key_wipe) = { 0 };
	TRY(master_of(call, keyring, row.generation.value, &master));
	if (!keyring_unwrap(call->arena, &master, matter, row.wrapped, out))
		return fail(call, CONFIG, "the key file does not fit matter %lld", (long long)matter);
	cache_put(keyring, matter, call->now, out);
	return OK;
}

Error keyring_matter(Call *call, Keyring *keyring, int64_t matter, Key *out)
{
	bool found;
	TRY(keyring_find(call, keyring, matter, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "matter %lld has no key", (long long)matter);
}

static Generation newest(Keyring *keyring)
{
	pthread_mutex_lock(&keyring->lock);
	Generation generation = keyring->generations.at[keyring->generations.count - 1];
	pthread_mutex_unlock(&keyring->lock);
	return generation;
}

static void generation_wipe(Generation *generation) { secret_wipe(generation, sizeof(*generation)); }

Error keyring_add(Call *call, Keyring *keyring, int64_t matter, const Key *key)
{
	int64_t used;
	TRY(seal_generation_newest(call, &used));
	Generation master scoped(generation_wipe) = newest(keyring);
	if (used > master.number) { /* another process has rotated */
		TRY(generations_refresh(call, keyring));
		master = newest(keyring);
	}
	return matter_key_add(call, matter, master.number, keyring_wrap(call->arena, keyring->kind, &master, matter, key), call->now);
}

int keyring_generation(Call *call)
{
	Generation master scoped(generation_wipe) = newest(call->house->keyring);
	return (int)master.number;
}

/* The library's own keys, made at the first start. */
static Error make_own_keys(Call *call, void *argument)
{
	Keyring *keyring = argument;
	static const int64_t own[] = { MATTER_ROOT, SEAL_MATTER_LIBRARY };
	for (size_t i = 0; i < COUNT(own); i++) {
		MatterKeyRow row;
		bool found;
		TRY(matter_key_find(call, own[i], &row, &found));
		if (found) continue;
		Key key scoped(key_wipe) = key_random();
		TRY(keyring_add(call, keyring, own[i], &key));
	}
	return OK;
}

Error keyring_open(Call *call, const KeyringOptions *options, Keyring **out)
{
	Keyring *keyring scoped(keyring_close) = secret_alloc(sizeof(*keyring));
	must(pthread_mutex_init(&keyring->lock, NULL) == 0);
	keyring->kind = options->kind ? options->kind : ENVELOPE_XCHACHA20;
	keyring->path = strdup(options->path);
	must(keyring->path);
	TRY(generations_load(call, options->path, &keyring->generations));
	TRY(db_transact(call, make_own_keys, keyring));
	TRY(keyring_matter(call, keyring, MATTER_ROOT, &keyring->root));
	*out = keyring;
	keyring = NULL;
	return OK;
}

void keyring_close(Keyring **keyring)
{
	if (!*keyring) return;
	pthread_mutex_destroy(&(*keyring)->lock);
	free((void *)(uintptr_t)(*keyring)->path);
	secret_free(*keyring);
	*keyring = NULL;
}

Error keyring_use(Call *call, KeyringUses *out)
{
	MatterKeyUses rows;
	TRY(matter_key_use(call, &rows));
	KeyringUses uses = { 0 };
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &uses, ((KeyringUse) { rows.at[i].generation, rows.at[i].uses }));
	*out = uses;
	return OK;
}
