/* Token buckets by name (an address, a person) in a table of fixed size: a flood of names costs accuracy, never memory. */
#include "face/http/http_private.h"

#include <pthread.h>
#include <stdlib.h>

enum { SHARDS = 16, SLOTS = 1024, PROBES = 8 };

typedef struct Bucket {
	uint64_t who; /* 0: free */
	int64_t milli_tokens, at_ms;
} Bucket;
typedef struct Shard {
	pthread_mutex_t lock;
	Bucket buckets[SLOTS];
} Shard;
struct Limiter {
	int per_minute;
	uint64_t secret; /* nobody outside can choose names that meet in one bucket */
	Shard shards[SHARDS];
};

Limiter *limiter_new(int per_minute)
{
	if (per_minute <= 0) return NULL;
	Limiter *limiter = calloc(1, sizeof(*limiter));
	must(limiter);
	limiter->per_minute = per_minute;
	Key key = key_random();
	memcpy(&limiter->secret, key.at, sizeof(limiter->secret));
	for (size_t i = 0; i < SHARDS; i++) must(pthread_mutex_init(&limiter->shards[i].lock, NULL) == 0);
	return limiter;
}

void limiter_free(Limiter **limiter)
{
	if (!*limiter) return;
	for (size_t i = 0; i < SHARDS; i++) pthread_mutex_destroy(&(*limiter)->shards[i].lock);
	free(*limiter);
	*limiter = NULL;
}

static int64_t refilled(const Limiter *limiter, const Bucket *bucket, int64_t now)
{
	int64_t full = (int64_t)limiter->per_minute * 1000;
	int64_t passed = now > bucket->at_ms ? now - bucket->at_ms : 0;
	if (passed >= 60000) return full;
	int64_t tokens = bucket->milli_tokens + passed * limiter->per_minute / 60;
	return tokens < full ? tokens : full;
}

/* The bucket of `who`; a new one takes the place of the fullest, which forgets least. */
static Bucket *find_bucket(const Limiter *limiter, Shard *shard, uint64_t who, int64_t now)
{
	Bucket *best = NULL;
	int64_t best_tokens = -1;
	for (size_t i = 0; i < PROBES; i++) {
		Bucket *bucket = &shard->buckets[(who / SHARDS + i) % SLOTS];
		if (bucket->who == who) return bucket;
		int64_t tokens = bucket->who ? refilled(limiter, bucket, now) : INT64_MAX;
		if (tokens > best_tokens) {
			best = bucket;
			best_tokens = tokens;
		}
	}
	*best = (Bucket) { .who = who, .milli_tokens = (int64_t)limiter->per_minute * 1000, .at_ms = now };
	return best;
}

bool limiter_take(Limiter *limiter, Text who, int weight, int64_t monotonic_ms, LimitState *out)
{
	uint64_t hash = text_hash(who) ^ limiter->secret;
	hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9U;
	hash = (hash ^ (hash >> 32)) | 1U << 31;
	Shard *shard = &limiter->shards[hash % SHARDS];
	int64_t price = (int64_t)(weight > 0 ? weight : 1) * 1000;
	pthread_mutex_lock(&shard->lock);
	Bucket *bucket = find_bucket(limiter, shard, hash, monotonic_ms);
	bucket->milli_tokens = refilled(limiter, bucket, monotonic_ms);
	bucket->at_ms = monotonic_ms;
	bool granted = bucket->milli_tokens >= price;
	if (granted) bucket->milli_tokens -= price;
	int64_t left = bucket->milli_tokens;
	pthread_mutex_unlock(&shard->lock);
	int64_t missing = granted ? 0 : price - left;
	*out = (LimitState) { limiter->per_minute, left / 1000, (missing * 60 / limiter->per_minute + 999) / 1000 };
	return granted;
}
