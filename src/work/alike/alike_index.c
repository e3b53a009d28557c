/* The index of what is published, in pieces that both databases keep alike. */
#include "engine/likeness/kinship.h"
#include "store/db/db.h"
#include "work/alike/alike.h"
#include "work/alike/alike.sql.h"

#include <stdlib.h>

/* A term that one document in eight has tells nothing. */
enum { COMMON_PART = 8 };

/* ---- Finding */
typedef struct Search {
	Call *call;
	AlikePostingRows rows; /* of the buckets asked for, in the order of the buckets */
	size_t documents, segments;
	float *scores; /* by segment and document */
} Search;

static int by_bucket(const void *left, const void *right)
{
	const AlikePostingRow *a = left, *b = right;
	if (a->bucket != b->bucket) return a->bucket < b->bucket ? -1 : 1;
	return a->segment < b->segment ? -1 : a->segment > b->segment;
}

static size_t first_row(const Search *search, int64_t bucket)
{
	size_t low = 0, high = search->rows.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (search->rows.at[middle].bucket < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t documents_with(const Search *search, uint64_t term)
{
	size_t count = 0;
	int64_t bucket = postings_bucket(term);
	for (size_t i = first_row(search, bucket); i < search->rows.count && search->rows.at[i].bucket == bucket; i++) {
		PostingsCursor cursor;
		uint32_t document;
		int weight;
		if (!postings_find(search->rows.at[i].postings, term, &cursor)) continue;
		while (postings_step(&cursor, &document, &weight)) count++;
	}
	return count;
}

static void add_scores(Search *search, uint64_t term, double worth)
{
	int64_t bucket = postings_bucket(term);
	for (size_t i = first_row(search, bucket); i < search->rows.count && search->rows.at[i].bucket == bucket; i++) {
		const AlikePostingRow *row = &search->rows.at[i];
		PostingsCursor cursor;
		uint32_t document;
		int weight;
		if (row->segment < 0 || (size_t)row->segment >= search->segments || !postings_find(row->postings, term, &cursor)) continue;
		float *scores = search->scores + (size_t)row->segment * POSTINGS_DOCUMENTS;
		while (postings_step(&cursor, &document, &weight)) scores[document] += (float)(worth * weight);
	}
}

static int by_score(const void *left, const void *right)
{
	const AlikeHit *a = left, *b = right;
	if (a->score != b->score) return a->score < b->score ? 1 : -1;
	return a->subject_id < b->subject_id ? 1 : a->subject_id > b->subject_id ? -1 : 0; /* the newer one first */
}

static void cut(AlikeHits *hits, size_t most)
{
	if (hits->count) qsort(hits->at, hits->count, sizeof(*hits->at), by_score);
	if (hits->count > most) hits->count = most;
}

static void take_best(const Search *search, size_t most, AlikeHits *hits)
{
	double least = 0;
	for (size_t i = 0; i < search->segments * POSTINGS_DOCUMENTS; i++) {
		if ((double)search->scores[i] <= least) continue;
		list_add(search->call->arena, hits, ((AlikeHit) { (int64_t)i, (double)search->scores[i] }));
		if (hits->count < most * 4) continue;
		cut(hits, most);
		least = hits->at[most - 1].score;
	}
	cut(hits, most);
	for (size_t i = hits->count; i-- > 0;) hits->at[i].score /= hits->at[0].score;
}

static Error open_search(Call *call, const Terms *asked, Search *out)
{
	AlikeSegmentRows segments;
	Numbers buckets = { 0 };
	TRY(alike_segments(call, &segments));
	for (size_t i = 0; i < segments.count; i++) {
		out->documents += (size_t)segments.at[i].documents;
		if ((size_t)segments.at[i].segment >= out->segments) out->segments = (size_t)segments.at[i].segment + 1;
	}
	if (!out->documents) return OK;
	for (size_t i = 0; i < asked->list.count; i++) list_add(call->arena, &buckets, (int64_t)postings_bucket(asked->list.at[i].hash));
	TRY(alike_postings(call, buckets, &out->rows));
	if (out->rows.count) qsort(out->rows.at, out->rows.count, sizeof(*out->rows.at), by_bucket);
	out->scores = arena_array_of(call->arena, float, out->segments *POSTINGS_DOCUMENTS);
	return OK;
}

Error alike_index_find(Call *call, const Terms *asked, size_t most, AlikeHits *out, double **out_rarity)
{
	Search search = { .call = call };
	AlikeHits hits = { 0 };
	double *rarity = arena_array_of(call->arena, double, asked->list.count + 1);
	TRY(open_search(call, asked, &search));
	for (size_t i = 0; i < asked->list.count && search.documents; i++) {
		const Term *term = &asked->list.at[i];
		size_t with = documents_with(&search, term->hash);
		rarity[i] = kinship_rarity(with, search.documents);
		if (with && (with <= search.documents / COMMON_PART || search.documents < COMMON_PART * COMMON_PART))
			add_scores(&search, term->hash, kinship_query_weight(term) * rarity[i]);
	}
	if (search.documents) take_best(&search, most, &hits);
	*out_rarity = rarity;
	*out = hits;
	return OK;
}

/* ---- Making */
typedef struct Segment {
	int64_t number, documents;
	PostingsBuilder *builder;
} Segment;

static Error put_segment(Call *call, void *argument)
{
	const Segment *segment = argument;
	uint32_t bucket;
	Text bytes;
	postings_rewind(segment->builder);
	TRY(alike_clear_segment(call, segment->number));
	while (postings_next(segment->builder, &bucket, &bytes)) TRY(alike_put_posting(call, (int64_t)bucket, segment->number, bytes));
	return alike_put_segment(call, segment->number, segment->documents, POSTINGS_VERSION, call->now);
}

Error alike_index_put(Call *call, int64_t segment, int64_t documents, PostingsBuilder *builder)
{
	Segment made = { segment, documents, builder };
	return db_transact(call, put_segment, &made);
}

Error alike_index_outdated(Call *call, Numbers *out)
{
	AlikeSegmentRows segments;
	Numbers numbers = { 0 };
	TRY(alike_segments(call, &segments));
	for (size_t i = 0; i < segments.count; i++)
		if (segments.at[i].version != POSTINGS_VERSION) list_add(call->arena, &numbers, segments.at[i].segment);
	*out = numbers;
	return OK;
}

Error alike_index_followed(Call *call, int64_t *out_source)
{
	int64_t source = 0;
	bool found;
	TRY(alike_followed(call, &source, &found));
	*out_source = found ? source : 0;
	return OK;
}

Error alike_index_follow(Call *call, int64_t source) { return alike_set_followed(call, source); }
