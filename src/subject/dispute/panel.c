/* The panel of experts: drawn by chance, sealed votes, and what they come to. */
#include "base/base/random.h"
#include "engine/rating/rating.h"
#include "engine/selection/draw.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/dispute/dispute_private.h"

#include <stdlib.h>

enum { REF_CHARACTERS = 16, SOURCE_BYTES = 16 };
static DisputeLibrary *library;
static const char vote_place[] = "dispute_seat|sealed_vote";

void dispute_set_library(DisputeLibrary *given) { library = given; }

/* ---- The pool */
typedef struct PanelCandidate {
	int64_t person_id, organisation_id;
	Text ref;
	Digest leaf;
} PanelCandidate;
typedef LIST_OF(PanelCandidate) PanelCandidates;

static bool has_number(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == number) return true;
	return false;
}

static bool is_there(const PanelCandidates *pool, int64_t person_id)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->at[i].person_id == person_id) return true;
	return false;
}

typedef struct Pooling {
	DisputeAbout about;
	Numbers before; /* who ever had a seat of this panel */
	Text salt;
	PanelCandidates pool;
} Pooling;

static Error add_candidate(Call *call, Pooling *pooling, int64_t person_id)
{
	enum { NOT_DRAWN = ROLE_COORDINATOR | ROLE_PUBLISHER | ROLE_AUTHORITY | ROLE_ADMINISTRATORS };
	Person person;
	uint32_t roles = 0;
	const char *why = NULL;
	if (has_number(&pooling->before, person_id) || is_there(&pooling->pool, person_id)) return OK;
	TRY(role_of(call, person_id, &roles));
	if ((roles & NOT_DRAWN) || !(roles & (ROLE_EXPERT | ROLE_VERIFIER))) return OK;
	TRY(person_find(call, person_id, &person));
	TRY(dispute_unfit(call, &pooling->about, person_id, person.organisation_id, true, &why));
	if (why) return OK;
	PanelCandidate candidate = { .person_id = person_id, .organisation_id = person.organisation_id, .ref = person.ref };
	if (!draw_leaf(pooling->salt, person.ref, TEXT(""), TEXT(""), &candidate.leaf)) return fail(call, CORRUPT, "a ref with line ends");
	list_add(call->arena, &pooling->pool, candidate);
	return OK;
}

static int compare_leaves(const void *a, const void *b)
{
	const PanelCandidate *one = a, *other = b;
	return memcmp(one->leaf.at, other->leaf.at, sizeof(one->leaf.at));
}

static Error gather(Call *call, const Dispute *dispute, Pooling *pooling)
{
	DisputeExperts experts = { 0 };
	Numbers verifiers;
	char salt[DRAW_SALT_BYTES];
	random_bytes(salt, sizeof(salt));
	pooling->salt = arena_copy(call->arena, (Text) { salt, sizeof(salt) });
	TRY(dispute_about(call, dispute, &pooling->about));
	TRY(dispute_seat_ever(call, dispute->id, &pooling->before));
	if (library) TRY(library(call, &pooling->about.organisations, &experts));
	for (size_t i = 0; i < experts.count; i++)
		if (!experts.at[i].tie) TRY(add_candidate(call, pooling, experts.at[i].person_id));
	TRY(role_holders(call, ROLE_VERIFIER, &verifiers));
	for (size_t i = 0; i < verifiers.count; i++) TRY(add_candidate(call, pooling, verifiers.at[i]));
	if (pooling->pool.count) qsort(pooling->pool.at, pooling->pool.count, sizeof(PanelCandidate), compare_leaves);
	return OK;
}

/* ---- The draw */
typedef struct Drawing {
	const Dispute *dispute;
	const Pooling *pooling;
	Digest root;
	Text source;
	uint32_t *permutation;
	DisputeSeatRows held;
	Numbers organisations; /* that have a seat */
	JsonWriter *writer;
} Drawing;

static void permute(Call *call, Drawing *drawing)
{
	const PanelCandidates *pool = &drawing->pooling->pool;
	unsigned char source[SOURCE_BYTES];
	Digest *leaves = arena_array_of(call->arena, Digest, pool->count + 1);
	for (size_t i = 0; i < pool->count; i++) leaves[i] = pool->at[i].leaf;
	random_bytes(source, sizeof(source));
	drawing->source = hex_text(call->arena, (Text) { (const char *)source, sizeof(source) });
	drawing->root = draw_root(leaves, pool->count);
	Digest seed = draw_seed(drawing->dispute->ref, &drawing->root, drawing->source);
	drawing->permutation = arena_array_of(call->arena, uint32_t, pool->count + 1);
	draw_permutation(&seed, drawing->permutation, pool->count);
}

static bool is_taken(const DisputeSeatRows *held, int64_t seat)
{
	for (size_t i = 0; i < held->count; i++)
		if (held->at[i].seat == seat) return true;
	return false;
}

static Error seat_one(Call *call, const Drawing *drawing, int64_t seat, const PanelCandidate *candidate)
{
	const Dispute *dispute = drawing->dispute;
	TRY(dispute_seat_add(call, dispute->id, random_code(call->arena, REF_CHARACTERS), seat, candidate->person_id, call->now));
	json_object_begin(drawing->writer);
	json_put_int(drawing->writer, "seat", seat);
	json_put_text(drawing->writer, "expert", candidate->ref);
	json_end(drawing->writer);
	return notice_send(call, candidate->person_id, NOTICE_DISPUTE_SEAT, dispute->ref, dispute_link(call, dispute));
}

static Error seat_all(Call *call, Drawing *drawing, int64_t *out_free)
{
	const PanelCandidates *pool = &drawing->pooling->pool;
	size_t next = 0;
	*out_free = 0;
	for (int64_t seat = 1; seat <= drawing->dispute->panel_size; seat++) {
		const PanelCandidate *chosen = NULL;
		if (is_taken(&drawing->held, seat)) continue;
		while (!chosen && next < pool->count) {
			const PanelCandidate *candidate = &pool->at[drawing->permutation[next++]];
			if (!has_number(&drawing->organisations, candidate->organisation_id)) chosen = candidate;
		}
		*out_free += !chosen;
		if (!chosen) continue;
		if (chosen->organisation_id) list_add(call->arena, &drawing->organisations, chosen->organisation_id);
		TRY(seat_one(call, drawing, seat, chosen));
	}
	return OK;
}

static Error note_organisations(Call *call, Drawing *drawing)
{
	for (size_t i = 0; i < drawing->held.count; i++) {
		Person person;
		TRY(person_find(call, drawing->held.at[i].person_id, &person));
		if (person.organisation_id) list_add(call->arena, &drawing->organisations, person.organisation_id);
	}
	return OK;
}

Error panel_fill(Call *call, const Dispute *dispute, Text *out_detail)
{
	Pooling pooling = { 0 };
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Drawing drawing = { .dispute = dispute, .pooling = &pooling, .writer = &writer };
	int64_t free_seats = 0;
	TRY(dispute_seat_rows(call, dispute->id, &drawing.held));
	TRY(note_organisations(call, &drawing));
	TRY(gather(call, dispute, &pooling));
	permute(call, &drawing);
	json_object_begin(&writer);
	json_put_text(&writer, "source", drawing.source);
	json_put_text(&writer, "salt", hex_text(call->arena, pooling.salt));
	json_put_text(&writer, "root", hex_text(call->arena, DIGEST_TEXT(drawing.root)));
	json_key(&writer, TEXT("pool"));
	json_array_begin(&writer);
	for (size_t i = 0; i < pooling.pool.count; i++) json_text(&writer, pooling.pool.at[i].ref);
	json_end(&writer);
	json_key(&writer, TEXT("seats"));
	json_array_begin(&writer);
	TRY(seat_all(call, &drawing, &free_seats));
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	*out_detail = buffer_text(&buffer);
	if (!free_seats) return OK;
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_DISPUTE_SHORT, dispute->ref, dispute_link(call, dispute));
}

/* ---- Votes */
static Error find_own(Call *call, const Dispute *dispute, DisputeSeatRow *out)
{
	DisputeSeatRows rows;
	TRY(dispute_seat_rows(call, dispute->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.at[i].person_id != call->actor->person_id) continue;
		*out = rows.at[i];
		return OK;
	}
	return fail(call, CONFLICT, "no seat in dispute %.*s", TEXT_ARGS(dispute->ref));
}

Error panel_vote(Call *call, const Dispute *dispute, const Form *form, const Map *values)
{
	DisputeSeatRow seat;
	Sealed vote;
	int64_t changed = 0;
	TRY(find_own(call, dispute, &seat));
	TRY(seal_close(call, dispute->seal_key, vote_place, seat.ref, form_values_text(call->arena, form, values), &vote));
	TRY(dispute_seat_vote(call, seat.id, vote, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "seat %lld has voted", (long long)seat.seat);
}

Error panel_leave(Call *call, const Dispute *dispute)
{
	int64_t changed = 0;
	TRY(dispute_seat_leave(call, dispute->id, call->actor->person_id, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "no seat to give back in dispute %.*s", TEXT_ARGS(dispute->ref));
}

Error panel_replace_silent(Call *call, const Dispute *dispute)
{
	int64_t changed = 0;
	return dispute_seat_leave_silent(call, dispute->id, &changed);
}

/* ---- What they come to */
typedef struct Proposed {
	const Map *values;
	int tenths, technical;
} Proposed;
typedef LIST_OF(Proposed) ProposedRatings;

/* How grave a vector of GB/T 30279 is: by its overall level, or the technical one where there is none; then by CVSS. */
static Proposed weigh(const Map *values)
{
	Rating rating;
	RatingError error;
	Proposed proposed = { .values = values };
	if (rating_parse(form_answer(values, "gbt30279"), &rating, &error)) proposed.technical = (int)rating.level;
	if (rating_parse(form_answer(values, "cvss"), &rating, &error)) proposed.tenths = rating.tenths;
	return proposed;
}

static int compare_proposed(const void *a, const void *b)
{
	const Proposed *one = a, *other = b;
	int by_level = (one->technical > other->technical) - (one->technical < other->technical);
	return by_level ? by_level : (one->tenths > other->tenths) - (one->tenths < other->tenths);
}

static Error read_vote(Call *call, const DisputeSeatRow *row, Map **out)
{
	Text json;
	TRY(seal_open(call, vote_place, row->ref, row->sealed_vote, &json));
	return form_values_read(call, dispute_action_form("dispute-vote-rating"), json.at ? json : TEXT("{}"), out);
}

static void put_vote(JsonWriter *writer, const DisputeSeatRow *row, const Map *values)
{
	static const char *const names[] = { "verdict", "reasons", "gbt30279", "cvss" };
	json_object_begin(writer);
	json_put_int(writer, "seat", row->seat);
	for (size_t i = 0; i < COUNT(names); i++) {
		Text value = form_answer(values, names[i]);
		if (value.length) json_put_text(writer, names[i], value);
	}
	json_end(writer);
}

Error panel_decide(Call *call, const Dispute *dispute, PanelDecision *out)
{
	DisputeSeatRows rows;
	size_t upheld = 0;
	ProposedRatings against = { 0 };
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(dispute_seat_rows(call, dispute->id, &rows));
	json_object_begin(&writer);
	json_key(&writer, TEXT("votes"));
	json_array_begin(&writer);
	for (size_t i = 0; i < rows.count; i++) {
		Map *values;
		if (!rows.at[i].voted_at.is) continue;
		TRY(read_vote(call, &rows.at[i], &values));
		put_vote(&writer, &rows.at[i], values);
		if (text_is(form_answer(values, "verdict"), TEXT("upheld")))
			upheld++;
		else
			list_add(call->arena, &against, weigh(values));
	}
	json_end(&writer);
	*out = (PanelDecision) { .outcome = upheld > against.count ? TEXT("upheld") : TEXT("set-aside"),
		.is_tie = upheld == against.count };
	if (against.count) qsort(against.at, against.count, sizeof(Proposed), compare_proposed);
	if (against.count) out->rating = against.at[(against.count - 1) / 2].values;
	json_put_text(&writer, "outcome", out->outcome);
	json_put_bool(&writer, "tie", out->is_tie);
	json_end(&writer);
	json_finish(&writer);
	out->detail = buffer_text(&buffer);
	return OK;
}
