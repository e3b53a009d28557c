/* Three experts for each case: drawn among those nothing stands against, each by themselves. */
#include "base/base/random.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/programme/collection/collection_private.h"

static const char said_column[] = "collection_seat|sealed_said";

static Text seat_place(Arena *arena, const CollectionCase *one, int64_t expert_id)
{
	return arena_printf(arena, "%.*s/%lld", TEXT_ARGS(one->ref), (long long)expert_id);
}

/* ---- Who is asked */
static Error stands_against(Call *call, const Expert *expert, const CollectionCase *one, bool *out)
{
	ExpertParty party = { .code = one->organisation.credit_code, .name = one->organisation.name };
	InterestMatter matter = { 0 };
	const char *why = expert_tie(expert, &party, call->now);
	bool is_member = false;
	list_add(call->arena, &matter.organisations, one->organisation_id);
	if (!why) TRY(interest_against(call, expert->person_id, &matter, &why));
	if (!why) TRY(org_is_member(call, one->organisation_id, expert->person_id, &is_member));
	*out = why || is_member || expert->person_id == one->writer_id;
	return OK;
}

static bool was_asked(const CollectionSeatRows *seats, int64_t expert_id)
{
	for (size_t i = 0; i < seats->count; i++)
		if (seats->at[i].expert_id == expert_id) return true;
	return false;
}

static void shuffle(Experts *experts)
{
	for (size_t i = experts->count; i > 1; i--) {
		size_t other = (size_t)random_below(i);
		Expert held = experts->at[i - 1];
		experts->at[i - 1] = experts->at[other];
		experts->at[other] = held;
	}
}

Error collection_ask(Call *call, const CollectionCase *one)
{
	CollectionSeatRows seats;
	Experts experts;
	int64_t missing = COLLECTION_EXPERTS;
	TRY(collection_seat_rows(call, one->id, &seats));
	TRY(expert_available(call, &experts));
	for (size_t i = 0; i < seats.count; i++) missing -= !text_is(seats.at[i].state, TEXT("conflict"));
	shuffle(&experts);
	for (size_t i = 0; i < experts.count && missing > 0; i++) {
		bool is_barred = was_asked(&seats, experts.at[i].id);
		if (!is_barred) TRY(stands_against(call, &experts.at[i], one, &is_barred));
		if (is_barred) continue;
		TRY(collection_seat_insert(call, one->id, experts.at[i].id, experts.at[i].person_id, call->now));
		TRY(notice_send(call, experts.at[i].person_id, NOTICE_COLLECTION_ASKED, one->ref, collection_place(call->arena, one->ref)));
		missing--;
	}
	if (missing > 0) call_problem(call, TEXT("action"), N_("There are too few experts without a conflict of interest."), (Text) { 0 });
	return call_check_problems(call);
}

/* ---- What they said */
static Error said_of(Call *call, const CollectionCase *one, const CollectionSeatRow *row, CollectionSeat *out)
{
	Text json;
	Json object;
	TRY(seal_open(call, said_column, seat_place(call->arena, one, row->expert_id), row->sealed_said, &json));
	if (!json.at) return OK;
	TRY(json_read(call, json, &object));
	Text score = json_as_text(json_get(object, "score")), reason = json_as_text(json_get(object, "reason"));
	if (!score.at || !text_to_int(text_trim(score), &out->score)) out->score = -1;
	if (reason.at) out->reason = reason;
	return OK;
}

/* Nobody sees a score before all are in but who gave it; the system counts them. */
static bool may_read(Call *call, const CollectionCase *one, const CollectionSeatRow *row)
{
	if (actor_has(call->actor, ROLE_SYSTEM) || row->person_id == call->actor->person_id) return true;
	return one->is_staff && !one->conflict && one->score >= 0;
}

Error collection_seats(Call *call, const CollectionCase *one, CollectionSeats *out)
{
	CollectionSeatRows rows;
	CollectionSeats seats = { 0 };
	TRY(collection_seat_rows(call, one->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const CollectionSeatRow *row = &rows.at[i];
		Person person;
		CollectionSeat seat = { .id = row->id,
			.person_id = row->person_id,
			.asked_at = row->asked_at,
			.done_at = row->done_at.is ? row->done_at.value : 0,
			.score = -1,
			.state = row->state,
			.reason = TEXT(""),
			.expert = TEXT("") };
		bool is_office = one->is_staff || actor_has(call->actor, ROLE_SYSTEM);
		if (!is_office && row->person_id != call->actor->person_id) continue;
		TRY(person_find(call, row->person_id, &person));
		seat.expert = person_shown_name(&person);
		if (may_read(call, one, row)) TRY(said_of(call, one, row, &seat));
		list_add(call->arena, &seats, seat);
	}
	*out = seats;
	return OK;
}

/* ---- Scoring */
typedef struct Judging {
	Text ref;
	const Map *values;
} Judging;

static Error as_system(Call *call, Error (*work)(Call *call, const CollectionCase *one), const CollectionCase *one)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = work(call, one);
	call->actor = actor;
	return error;
}

/* The last score moves the case on. */
static Error move_on(Call *call, const CollectionCase *one)
{
	CollectionSeatRows seats;
	int64_t scored = 0;
	TRY(collection_seat_rows(call, one->id, &seats));
	for (size_t i = 0; i < seats.count; i++) scored += text_is(seats.at[i].state, TEXT("scored"));
	return scored >= COLLECTION_EXPERTS ? collection_act(call, one->ref, TEXT("score"), 0, NULL) : OK;
}

/* Somebody else is asked; when there is nobody, the office is told that it waits. */
static Error ask_again(Call *call, const CollectionCase *one)
{
	Error error = collection_ask(call, one);
	if (error != ERROR_INVALID) return error;
	call_recover(call);
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_COLLECTION_WAITING, one->ref, collection_place(call->arena, one->ref));
}

static Error judge(Call *call, void *argument)
{
	const Judging *judging = argument;
	CollectionCase one;
	CollectionSeatRows seats;
	const CollectionSeatRow *own = NULL;
	Sealed said;
	int64_t changed = 0;
	bool is_free = text_is(form_answer(judging->values, "oath"), TEXT("free"));
	TRY(collection_open(call, judging->ref, &one));
	if (!one.is_judge) return fail(call, NOT_FOUND, "nobody asked the actor about %.*s", TEXT_ARGS(one.ref));
	TRY(collection_seat_rows(call, one.id, &seats));
	for (size_t i = 0; i < seats.count; i++)
		if (seats.at[i].person_id == call->actor->person_id && text_is(seats.at[i].state, TEXT("asked"))) own = &seats.at[i];
	if (!own || !collection_is(&one, "SCORING")) return fail(call, CONFLICT, "it is scored");
	Text words = form_values_text(call->arena, &collection_score_form, judging->values);
	TRY(seal_close(call, one.seal_key, said_column, seat_place(call->arena, &one, own->expert_id), words, &said));
	TRY(collection_seat_done(call, own->id, is_free ? TEXT("scored") : TEXT("conflict"), said, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it is scored");
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = collection_machine.name,
			.ref = one.ref,
			.action = is_free ? "judge" : "recuse",
			.matter = one.seal_key,
			.detail = words },
		NULL));
	return as_system(call, is_free ? move_on : ask_again, &one);
}

Error collection_judge(Call *call, Text ref, const Map *values)
{
	Judging judging = { ref, values };
	TRY(form_check(call, &collection_score_form, values));
	return db_transact(call, judge, &judging);
}
