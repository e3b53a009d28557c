/*
 * The reply cache: shards of a hash table, each with its own lock, its own order of use and its own share of the bytes.
 * Who forgets first writes down what (the ring), then removes; who keeps looks into the ring under the shard's lock. So a reply made
 * before a forget is either seen by the removal or refused.
 */
#include "face/http/wire_private.h"

#include <stdlib.h>

enum { SHARDS = 4, BUCKETS = 4096, RING = 4096, ENTRY_OVERHEAD_BYTES = 3072 };

typedef struct Entry Entry;
typedef struct Dependence { /* in the chain of its key's bucket */
	uint64_t key;
	Entry *entry;
	struct Dependence *next, *previous;
} Dependence;
struct Entry {
	Entry *next; /* in the bucket */
	Entry *newer, *older;
	uint64_t hash;
	size_t bytes, target_length, dependence_count;
	Shapes *shapes;
	Dependence *dependences;
	char target[];
};
typedef struct Shard {
	pthread_mutex_t lock;
	Entry *buckets[BUCKETS], *newest, *oldest;
	Dependence *dependents[BUCKETS];
	size_t bytes, entries;
	int64_t evicted, forgotten;
} Shard;
struct HttpCache {
	size_t shard_bytes_max;
	Shard shards[SHARDS];
	pthread_mutex_t ring_lock;
	uint64_t ring[RING]; /* what was forgotten at generation g stands at g % RING */
	_Atomic uint64_t generation;
	_Atomic uint64_t cleared_at; /* generation of the last clear */
};

HttpCache *http_cache_new(size_t bytes_max)
{
	HttpCache *cache = calloc(1, sizeof(*cache));
	must(cache && pthread_mutex_init(&cache->ring_lock, NULL) == 0);
	cache->shard_bytes_max = bytes_max / SHARDS;
	for (size_t i = 0; i < SHARDS; i++) must(pthread_mutex_init(&cache->shards[i].lock, NULL) == 0);
	return cache;
}

static void entry_free(Entry *entry)
{
	shapes_release(entry->shapes);
	free(entry->dependences);
	free(entry);
}

static void remove_entry(Shard *shard, Entry *entry)
{
	Entry **at = &shard->buckets[entry->hash / SHARDS % BUCKETS];
	while (*at != entry) at = &(*at)->next;
	*at = entry->next;
	if (entry->newer)
		entry->newer->older = entry->older;
	else
		shard->newest = entry->older;
	if (entry->older)
		entry->older->newer = entry->newer;
	else
		shard->oldest = entry->newer;
	for (size_t i = 0; i < entry->dependence_count; i++) {
		Dependence *dependence = &entry->dependences[i];
		if (dependence->previous)
			dependence->previous->next = dependence->next;
		else
			shard->dependents[dependence->key % BUCKETS] = dependence->next;
		if (dependence->next) dependence->next->previous = dependence->previous;
	}
	shard->bytes -= entry->bytes;
	shard->entries--;
	entry_free(entry);
}

static void make_newest(Shard *shard, Entry *entry)
{
	entry->older = shard->newest;
	entry->newer = NULL;
	if (shard->newest)
		shard->newest->newer = entry;
	else
		shard->oldest = entry;
	shard->newest = entry;
}

static void touch(Shard *shard, Entry *entry)
{
	if (shard->newest == entry) return;
	entry->newer->older = entry->older;
	if (entry->older)
		entry->older->newer = entry->newer;
	else
		shard->oldest = entry->newer;
	make_newest(shard, entry);
}

static Entry *find_entry(Shard *shard, uint64_t hash, Text target)
{
	Entry *entry = shard->buckets[hash / SHARDS % BUCKETS];
	while (entry && (entry->hash != hash || !text_is((Text) { entry->target, entry->target_length }, target))) entry = entry->next;
	return entry;
}

bool cache_answer(HttpCache *cache, WireConnection *connection, Text target, Text accept_encoding, Text if_none_match, int *out_status)
{
	uint64_t hash = text_hash(target);
	Shard *shard = &cache->shards[hash % SHARDS];
	bool is_queued = false;
	pthread_mutex_lock(&shard->lock);
	Entry *entry = find_entry(shard, hash, target);
	if (entry) {
		touch(shard, entry);
		WireReply *reply = shapes_choose(entry->shapes, accept_encoding, if_none_match, out_status);
		is_queued = MHD_queue_response(connection, (unsigned)*out_status, reply) == MHD_YES;
	}
	pthread_mutex_unlock(&shard->lock);
	return is_queued;
}

uint64_t cache_generation(HttpCache *cache) { return cache->generation; }

/* Whether one of the keys was forgotten after `generation`, or so much that nobody knows any more. */
static bool is_outdated(HttpCache *cache, const Texts *keys, uint64_t generation)
{
	pthread_mutex_lock(&cache->ring_lock);
	bool outdated = cache->generation - generation >= RING || cache->cleared_at > generation;
	for (uint64_t g = generation + 1; !outdated && g <= cache->generation; g++)
		for (size_t i = 0; i < keys->count; i++) outdated = outdated || cache->ring[g % RING] == text_hash(keys->at[i]);
	pthread_mutex_unlock(&cache->ring_lock);
	return outdated;
}

static Entry *entry_new(Text target, uint64_t hash, const Texts *keys, Shapes *shapes)
{
	Entry *entry = calloc(1, sizeof(*entry) + target.length);
	must(entry);
	*entry = (Entry) { .hash = hash, .target_length = target.length, .dependence_count = keys->count, .shapes = shapes_share(shapes) };
	memcpy(entry->target, target.at, target.length);
	entry->dependences = calloc(keys->count + 1, sizeof(Dependence));
	must(entry->dependences);
	for (size_t i = 0; i < keys->count; i++) entry->dependences[i] = (Dependence) { .key = text_hash(keys->at[i]), .entry = entry };
	entry->bytes = shapes->plain.bytes + shapes->gzip.bytes + target.length + keys->count * sizeof(Dependence) + ENTRY_OVERHEAD_BYTES;
	return entry;
}

static void insert_entry(Shard *shard, Entry *entry)
{
	Entry **bucket = &shard->buckets[entry->hash / SHARDS % BUCKETS];
	entry->next = *bucket;
	*bucket = entry;
	make_newest(shard, entry);
	for (size_t i = 0; i < entry->dependence_count; i++) {
		Dependence *dependence = &entry->dependences[i], **first = &shard->dependents[dependence->key % BUCKETS];
		dependence->next = *first;
		if (*first) (*first)->previous = dependence;
		*first = dependence;
	}
	shard->bytes += entry->bytes;
	shard->entries++;
}

void cache_keep(HttpCache *cache, Text target, const Texts *depends_on, uint64_t generation, Shapes *shapes)
{
	uint64_t hash = text_hash(target);
	Shard *shard = &cache->shards[hash % SHARDS];
	Entry *entry = entry_new(target, hash, depends_on, shapes);
	pthread_mutex_lock(&shard->lock);
	bool is_kept = entry->bytes <= cache->shard_bytes_max && !is_outdated(cache, depends_on, generation);
	if (is_kept) {
		Entry *older = find_entry(shard, hash, target);
		if (older) remove_entry(shard, older);
		while (shard->bytes + entry->bytes > cache->shard_bytes_max) {
			remove_entry(shard, shard->oldest);
			shard->evicted++;
		}
		insert_entry(shard, entry);
	}
	pthread_mutex_unlock(&shard->lock);
	if (!is_kept) entry_free(entry);
}

void http_cache_forget(HttpCache *cache, Text key)
{
	uint64_t hash = text_hash(key);
	pthread_mutex_lock(&cache->ring_lock);
	uint64_t generation = cache->generation + 1;
	cache->ring[generation % RING] = hash;
	cache->generation = generation;
	pthread_mutex_unlock(&cache->ring_lock);
	for (size_t i = 0; i < SHARDS; i++) {
		Shard *shard = &cache->shards[i];
		pthread_mutex_lock(&shard->lock);
		for (Dependence *at = shard->dependents[hash % BUCKETS]; at;) {
			if (at->key != hash) {
				at = at->next;
				continue;
			}
			remove_entry(shard, at->entry);
			shard->forgotten++;
			at = shard->dependents[hash % BUCKETS]; /* the chain has changed, perhaps by several links */
		}
		pthread_mutex_unlock(&shard->lock);
	}
}

void http_cache_clear(HttpCache *cache)
{
	pthread_mutex_lock(&cache->ring_lock);
	cache->ring[(cache->generation + 1) % RING] = 0;
	cache->cleared_at = cache->generation + 1;
	cache->generation = cache->generation + 1;
	pthread_mutex_unlock(&cache->ring_lock);
	for (size_t i = 0; i < SHARDS; i++) {
		Shard *shard = &cache->shards[i];
		pthread_mutex_lock(&shard->lock);
		for (Entry *entry; (entry = shard->oldest); shard->forgotten++) {
			must(!entry->older); /* so that taking it away moves the end */
			remove_entry(shard, entry);
		}
		pthread_mutex_unlock(&shard->lock);
	}
}

void http_cache_free(HttpCache **cache)
{
	if (!*cache) return;
	http_cache_clear(*cache);
	for (size_t i = 0; i < SHARDS; i++) pthread_mutex_destroy(&(*cache)->shards[i].lock);
	pthread_mutex_destroy(&(*cache)->ring_lock);
	free(*cache);
	*cache = NULL;
}

CacheState cache_state(HttpCache *cache)
{
	CacheState state = { 0 };
	for (size_t i = 0; i < SHARDS; i++) {
		Shard *shard = &cache->shards[i];
		pthread_mutex_lock(&shard->lock);
		state.bytes += (int64_t)shard->bytes;
		state.entries += (int64_t)shard->entries;
		state.evicted += shard->evicted;
		state.forgotten += shard->forgotten;
		pthread_mutex_unlock(&shard->lock);
	}
	return state;
}
