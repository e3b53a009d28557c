/*
 * postings: an inverted index in pieces that a database can keep. A segment holds up to POSTINGS_DOCUMENTS documents; its terms fall into
 * POSTINGS_BUCKETS buckets by their hash, and each bucket is one run of bytes. A segment is written at once and replaced as a whole. Pure.
 *
 * Format of a bucket: for each term, ascending: 4 bytes of its hash, length of its list in bytes, then for each document, ascending, the distance
 * from the one before it (the first: plus one) and a byte of weight. Lengths and distances are numbers of 7 bits a byte, the lowest first.
 */
#pragma once
#include "engine/likeness/terms.h"

enum { POSTINGS_DOCUMENTS = 16384, POSTINGS_BUCKETS = 8192, POSTINGS_VERSION = 1 /* grows when the same description gives others */ };

uint32_t postings_bucket(uint64_t term);

typedef struct PostingsBuilder PostingsBuilder;
PostingsBuilder *postings_new(void);
void postings_free(PostingsBuilder **builder);
void postings_add(PostingsBuilder *builder, uint32_t document, const Terms *terms); /* documents ascend */
/* The next bucket that has something, ascending; false: there is none. *out_bytes is borrowed until the next call. */
void postings_rewind(PostingsBuilder *builder); /* the next one is the first again */
bool postings_next(PostingsBuilder *builder, uint32_t *out_bucket, Text *out_bytes);

typedef struct PostingsCursor {
	Text rest;
	uint32_t document; /* plus one */
} PostingsCursor;
bool postings_find(Text bucket, uint64_t term, PostingsCursor *out);
bool postings_step(PostingsCursor *cursor, uint32_t *out_document, int *out_weight);
