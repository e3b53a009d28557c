/* Records of the same vulnerability: what is found by the index of terms, compared one by one. */
#include "base/base/clock.h"
#include "engine/likeness/kinship.h"
#include "store/db/db.h"
#include "subject/advisory/advisory.sql.h"
#include "subject/advisory/advisory_private.h"
#include "work/alike/alike.h"

#include <stdlib.h>

enum { COMPARED = 80, NAMED_MOST = 8, PAGE = 200, SOURCES_AT_ONCE = 100000 };

/* ---- What a record says */
static void put_line(Buffer *buffer, Text text)
{
	if (!text.length) return;
	if (buffer->length) buffer_byte(buffer, '\n');
	buffer_put(buffer, text);
}

/* A title that was made of the first sentence says nothing of its own. */
static bool is_beginning(Text title, Text description)
{
	if (text_ends(title, TEXT("…"))) title.length -= strlen("…");
	return text_starts(description, title);
}

/* The first thing that is known to have happened. */
static int64_t known_at(const AdvisoryDraft *record, int64_t published_at)
{
	int64_t at = published_at;
	for (size_t i = 0; i < record->timeline.count; i++)
		if (record->timeline.at[i].at < at) at = record->timeline.at[i].at;
	return at;
}

Description advisory_description(Arena *arena, const AdvisoryDraft *record, int64_t published_at)
{
	Buffer title = { .arena = arena }, body = { .arena = arena }, names = { .arena = arena }, versions = { .arena = arena };
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		if (!is_beginning(record->title[lang], record->description[lang])) put_line(&title, record->title[lang]);
		put_line(&body, record->description[lang]);
	}
	for (size_t i = 0; i < record->affected.count; i++) {
		const AdvisoryAffected *affected = &record->affected.at[i];
		put_line(&names, arena_printf(arena, "%.*s %.*s", TEXT_ARGS(affected->vendor), TEXT_ARGS(affected->product)));
		put_line(&versions, affected->versions);
		put_line(&versions, affected->package);
	}
	return (Description) { .title = buffer_text(&title),
		.body = buffer_text(&body),
		.names = buffer_text(&names),
		.versions = buffer_text(&versions),
		.weaknesses = record->weaknesses,
		.level = record->level,
		.at = published_at ? known_at(record, published_at) : 0 };
}

static Error describe(Arena *arena, Call *call, const AdvisoryTextRow *row, AdvisoryDraft *draft, Description *out)
{
	Json json;
	if (!json_parse(arena, row->document, &json, NULL) || !advisory_read(arena, json, draft))
		return fail(call, CORRUPT, "record %.*s cannot be read", TEXT_ARGS(row->identifier));
	*out = advisory_description(arena, draft, row->published_at);
	return OK;
}

/* ---- Making the index */
static Error add_page(Call *call, const AdvisoryTextRows *rows, int64_t first, PostingsBuilder *builder)
{
	for (size_t i = 0; i < rows->count; i++) {
		ArenaMark mark = arena_mark(call->arena);
		AdvisoryDraft draft;
		Description description;
		Terms terms;
		TRY(describe(call->arena, call, &rows->at[i], &draft, &description));
		terms_of(call->arena, &description, false, &terms);
		postings_add(builder, (uint32_t)(rows->at[i].id - first), &terms);
		arena_release(call->arena, mark);
	}
	return OK;
}

static Error make_segment(Call *call, int64_t segment, int64_t *out_records)
{
	int64_t first = segment * POSTINGS_DOCUMENTS, from = first, records = 0;
	PostingsBuilder *builder scoped(postings_free) = postings_new();
	for (bool more = true; more;) {
		ArenaMark mark = arena_mark(call->arena);
		AdvisoryTextRows rows;
		TRY(advisory_texts_between(call, from, first + POSTINGS_DOCUMENTS, false, PAGE, &rows));
		TRY(add_page(call, &rows, first, builder));
		more = rows.count == PAGE;
		if (rows.count) from = rows.at[rows.count - 1].id + 1;
		records += (int64_t)rows.count;
		arena_release(call->arena, mark);
	}
	*out_records = records;
	return alike_index_put(call, segment, records, builder);
}

static void add_number(Arena *arena, Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == number) return;
	list_add(arena, numbers, number);
}

static Error keep_followed(Call *call, void *argument) { return alike_index_follow(call, *(const int64_t *)argument); }

Error advisory_kin_follow(Call *call, int64_t most, int64_t *out_made)
{
	Numbers segments;
	AdvisoryFollowRows sources;
	int64_t followed, records;
	TRY(alike_index_outdated(call, &segments));
	TRY(alike_index_followed(call, &followed));
	TRY(advisory_sources_after(call, followed, SOURCES_AT_ONCE, &sources));
	int64_t seen = followed;
	for (size_t i = 0; i < sources.count; i++) {
		int64_t segment = sources.at[i].advisory_id / POSTINGS_DOCUMENTS;
		size_t before = segments.count;
		add_number(call->arena, &segments, segment);
		if ((int64_t)segments.count > most) {
			segments.count = before;
			break;
		}
		seen = sources.at[i].id;
	}
	if ((int64_t)segments.count > most) segments.count = (size_t)most;
	for (size_t i = 0; i < segments.count; i++) TRY(make_segment(call, segments.at[i], &records));
	if (seen != followed) TRY(db_transact(call, keep_followed, &seen));
	*out_made = (int64_t)segments.count;
	return OK;
}

Error advisory_kin_rebuild(Call *call, void (*progress)(void *argument, int64_t done), void *argument, int64_t *out_records)
{
	int64_t greatest, source, records, all = 0;
	TRY(advisory_greatest_id(call, &greatest, &source));
	for (int64_t segment = 0; segment <= greatest / POSTINGS_DOCUMENTS; segment++) {
		TRY(make_segment(call, segment, &records));
		all += records;
		if (progress) progress(argument, all);
	}
	TRY(db_transact(call, keep_followed, &source));
	*out_records = all;
	return OK;
}

/* ---- Finding */
typedef struct Finding {
	Call *call;
	const Description *description;
	Terms terms;
	double *rarity;
	AdvisoryKins *out;
} Finding;

static bool is_known(const AdvisoryKins *kins, Text identifier)
{
	for (size_t i = 0; i < kins->count; i++)
		if (text_is(kins->at[i].identifier, identifier)) return true;
	return false;
}

static Error compare(Finding *finding, const AdvisoryTextRow *row, double index, bool is_named)
{
	Arena *arena = finding->call->arena;
	AdvisoryDraft draft;
	Description description;
	Terms terms;
	Kinship kinship;
	if (is_known(finding->out, row->identifier)) return OK;
	TRY(describe(arena, finding->call, row, &draft, &description));
	terms_of(arena, &description, false, &terms);
	kinship_of(finding->description, &finding->terms, finding->rarity, &description, &terms, index, &kinship);
	AdvisoryKin kin = { .identifier = row->identifier,
		.published_at = row->published_at,
		.score = kinship_score(&kinship),
		.name_share = kinship.signs[SIGN_NAMES_BACK],
		.is_named = is_named,
		.same_class = kinship.signs[SIGN_CLASS] > 0 };
	memcpy(kin.title, draft.title, sizeof(kin.title));
	kinship_words(arena, &finding->terms, finding->rarity, &terms, TERM_NAME, &kin.names);
	kinship_words(arena, &finding->terms, finding->rarity, &terms, TERM_VERSION, &kin.versions);
	kinship_words(arena, &finding->terms, finding->rarity, &terms, TERM_PLACE, &kin.places);
	list_add(arena, finding->out, kin);
	return OK;
}

static int by_score(const void *left, const void *right)
{
	const AdvisoryKin *a = left, *b = right;
	if (a->is_named != b->is_named) return a->is_named ? -1 : 1;
	if (a->score != b->score) return a->score < b->score ? 1 : -1;
	return text_compare(a->identifier, b->identifier);
}

/* Numbers in the text: whatever looks like one and leads to a record. */
static Error add_named(Finding *finding, Text text, Text except, size_t *named)
{
	Call *call = finding->call;
	for (size_t at = 0, end; at < text.length && *named < NAMED_MOST; at = end + 1) {
		int64_t id;
		bool found;
		AdvisoryTextRows rows;
		for (end = at; end < text.length && (text.at[end] == '-' || (text.at[end] >= '0' && text.at[end] <= '9') ||
							    ((text.at[end] | 0x20) >= 'a' && (text.at[end] | 0x20) <= 'z'));)
			end++;
		Text number = text_slice(text, at, end);
		if (number.length < 8 || !text_find(number, TEXT("-"), NULL) || !is_identifier(number)) continue;
		TRY(advisory_resolve_identifier(call, identifier_upper(call->arena, number), &id, &found));
		if (!found) continue;
		Numbers ids = { 0 };
		list_add(call->arena, &ids, id);
		TRY(advisory_texts_of(call, ids, &rows));
		for (size_t i = 0; i < rows.count; i++)
			if (!text_is(rows.at[i].identifier, except)) TRY(compare(finding, &rows.at[i], 1, true));
		++*named;
	}
	return OK;
}

static double score_of(const AlikeHits *hits, int64_t id)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->at[i].subject_id == id) return hits->at[i].score;
	return 0;
}

Error advisory_kin_find(Call *call, const Description *description, Text except, size_t most, AdvisoryKins *out)
{
	AlikeHits hits;
	AdvisoryTextRows rows = { 0 };
	AdvisoryKins kins = { 0 };
	Numbers ids = { 0 };
	size_t named = 0;
	Finding finding = { .call = call, .description = description, .out = &kins };
	terms_of(call->arena, description, true, &finding.terms);
	TRY(alike_index_find(call, &finding.terms, COMPARED, &hits, &finding.rarity));
	TRY(add_named(&finding, description->title, except, &named));
	TRY(add_named(&finding, description->body, except, &named));
	for (size_t i = 0; i < hits.count; i++) list_add(call->arena, &ids, hits.at[i].subject_id);
	if (ids.count) TRY(advisory_texts_of(call, ids, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (!text_is(rows.at[i].identifier, except)) TRY(compare(&finding, &rows.at[i], score_of(&hits, rows.at[i].id), false));
	if (kins.count) qsort(kins.at, kins.count, sizeof(*kins.at), by_score);
	if (kins.count > most) kins.count = most;
	*out = kins;
	return OK;
}
