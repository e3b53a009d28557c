#include "engine/likeness/postings.h"

#include <math.h>
#include <stdlib.h>

enum { KEY_BYTES = 4, WEIGHT_UNIT = 20, WEIGHT_LARGEST = 255 };

typedef struct Posting {
	uint32_t bucket, key, document;
	uint8_t weight;
} Posting;

struct PostingsBuilder {
	Posting *at;
	size_t count, room, done;
	bool is_sorted;
	uint8_t *bytes;
	size_t length, bytes_room;
};

uint32_t postings_bucket(uint64_t term) { return (uint32_t)(term >> 51); }
static uint32_t key_of(uint64_t term) { return (uint32_t)term; }
_Static_assert(POSTINGS_BUCKETS == 1 << 13, "the bucket is the upper 13 bits");

PostingsBuilder *postings_new(void)
{
	PostingsBuilder *builder = calloc(1, sizeof(*builder));
	must(builder);
	return builder;
}

void postings_free(PostingsBuilder **builder)
{
	if (!*builder) return;
	free((*builder)->at);
	free((*builder)->bytes);
	free(*builder);
	*builder = NULL;
}

/* A long description shares words with everything: what it shares counts less (as in BM25, with b = 0.45 and the average of CVE records). */
static double length_norm(size_t terms)
{
	static const double b = 0.45, average = 45;
	return 1 / (1 - b + b * (double)terms / average);
}

void postings_add(PostingsBuilder *builder, uint32_t document, const Terms *terms)
{
	double norm = length_norm(terms->length);
	if (builder->count + terms->list.count > builder->room) {
		builder->room = builder->room * 2 + terms->list.count + 4096;
		builder->at = realloc(builder->at, builder->room * sizeof(*builder->at));
		must(builder->at);
	}
	for (size_t i = 0; i < terms->list.count; i++) {
		const Term *term = &terms->list.at[i];
		double weight = norm * term->weight * WEIGHT_UNIT;
		builder->at[builder->count++] = (Posting) { postings_bucket(term->hash), key_of(term->hash), document,
			weight > WEIGHT_LARGEST ? WEIGHT_LARGEST : (uint8_t)lround(weight) };
	}
	builder->is_sorted = false;
}

static int by_place(const void *left, const void *right)
{
	const Posting *a = left, *b = right;
	if (a->bucket != b->bucket) return a->bucket < b->bucket ? -1 : 1;
	if (a->key != b->key) return a->key < b->key ? -1 : 1;
	return a->document < b->document ? -1 : a->document > b->document;
}

static void put_byte(PostingsBuilder *builder, uint8_t byte)
{
	if (builder->length == builder->bytes_room) {
		builder->bytes_room = builder->bytes_room * 2 + 1024;
		builder->bytes = realloc(builder->bytes, builder->bytes_room);
		must(builder->bytes);
	}
	builder->bytes[builder->length++] = byte;
}

static void put_number(PostingsBuilder *builder, uint32_t number)
{
	for (; number >= 0x80; number >>= 7) put_byte(builder, (uint8_t)(number | 0x80));
	put_byte(builder, (uint8_t)number);
}

static size_t number_bytes(uint32_t number) { return number < 0x80 ? 1 : 1 + number_bytes(number >> 7); }

static void put_list(PostingsBuilder *builder, const Posting *first, size_t count)
{
	size_t length = 0;
	uint32_t last = 0;
	for (size_t i = 0; i < count; last = first[i++].document + 1) length += number_bytes(first[i].document + 1 - last) + 1;
	for (int i = 0; i < KEY_BYTES; i++) put_byte(builder, (uint8_t)(first->key >> 8 * i));
	put_number(builder, (uint32_t)length);
	last = 0;
	for (size_t i = 0; i < count; last = first[i++].document + 1) {
		put_number(builder, first[i].document + 1 - last);
		put_byte(builder, first[i].weight);
	}
}

void postings_rewind(PostingsBuilder *builder) { builder->done = 0; }

bool postings_next(PostingsBuilder *builder, uint32_t *out_bucket, Text *out_bytes)
{
	if (!builder->is_sorted && builder->count) qsort(builder->at, builder->count, sizeof(*builder->at), by_place);
	builder->is_sorted = true;
	if (builder->done == builder->count) return false;
	builder->length = 0;
	uint32_t bucket = builder->at[builder->done].bucket;
	while (builder->done < builder->count && builder->at[builder->done].bucket == bucket) {
		size_t begin = builder->done, end = begin;
		while (end < builder->count && builder->at[end].bucket == bucket && builder->at[end].key == builder->at[begin].key) end++;
		put_list(builder, &builder->at[begin], end - begin);
		builder->done = end;
	}
	*out_bucket = bucket;
	*out_bytes = (Text) { (const char *)builder->bytes, builder->length };
	return true;
}

/* ---- Reading. Nothing is believed: a damaged bucket ends early */
static bool take_number(Text *rest, uint32_t *out)
{
	uint32_t number = 0;
	for (unsigned shift = 0; rest->length && shift < 32; shift += 7) {
		unsigned char byte = (unsigned char)*rest->at;
		*rest = (Text) { rest->at + 1, rest->length - 1 };
		number |= (uint32_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			*out = number;
			return true;
		}
	}
	return false;
}

bool postings_find(Text bucket, uint64_t term, PostingsCursor *out)
{
	for (Text rest = bucket; rest.length > KEY_BYTES;) {
		uint32_t key = 0, length = 0;
		for (int i = 0; i < KEY_BYTES; i++) key |= (uint32_t)(unsigned char)rest.at[i] << 8 * i;
		rest = text_slice(rest, KEY_BYTES, rest.length);
		if (!take_number(&rest, &length) || length > rest.length) return false;
		if (key == key_of(term)) {
			*out = (PostingsCursor) { { rest.at, length }, 0 };
			return true;
		}
		rest = text_slice(rest, length, rest.length);
	}
	return false;
}

bool postings_step(PostingsCursor *cursor, uint32_t *out_document, int *out_weight)
{
	uint32_t distance;
	if (!take_number(&cursor->rest, &distance) || !cursor->rest.length || !distance) return false;
	cursor->document += distance;
	if (cursor->document > POSTINGS_DOCUMENTS) return false;
	*out_document = cursor->document - 1;
	*out_weight = (unsigned char)*cursor->rest.at;
	cursor->rest = text_slice(cursor->rest, 1, cursor->rest.length);
	return true;
}
