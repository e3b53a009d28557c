/* seal: what its files share. */
#pragma once
#include "store/seal/seal.h"

#include <pthread.h>

enum { GENERATIONS_MAX = 32, CACHE_SLOTS = 512, CACHE_MILLISECONDS = 60 * 1000, MATTER_ROOT = 1 };

typedef struct Generation {
	int64_t number;
	Key key;
} Generation;
typedef struct Generations { /* oldest first */
	Generation at[GENERATIONS_MAX];
	size_t count;
} Generations;
typedef struct CachedKey {
	int64_t matter, loaded_at; /* matter 0: empty */
	Key key;
} CachedKey;

struct Keyring { /* in locked memory that no core dump shows */
	pthread_mutex_t lock; /* over generations and cache */
	EnvelopeKind kind;
	const char *path;
	Key root; /* of look-ups and purposes */
	Generations generations;
	CachedKey cache[CACHE_SLOTS]; /* by matter modulo slots */
};

void generations_wipe(Generations *generations);
must_use Error generations_load(Call *call, const char *path, Generations *out);
must_use Error generations_save(Call *call, const char *path, const Generations *generations, bool replace);
const Key *generations_find(const Generations *generations, int64_t number); /* NULL: not there */
Text keyring_wrap(Arena *arena, EnvelopeKind kind, const Generation *generation, int64_t matter, const Key *key);
must_use bool keyring_unwrap(Arena *arena, const Key *master, int64_t matter, Text wrapped, Key *out);
/* The key of a matter, from the cache or the database. Not found, or NOT_FOUND: destroyed or never there. */
must_use Error keyring_find(Call *call, Keyring *keyring, int64_t matter, Key *out, bool *out_found);
must_use Error keyring_matter(Call *call, Keyring *keyring, int64_t matter, Key *out);
must_use Error keyring_add(Call *call, Keyring *keyring, int64_t matter, const Key *key);
void keyring_forget(Keyring *keyring, int64_t matter);
