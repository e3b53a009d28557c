/* What the actions of a case's machine change, whom they tell, and what happens by itself. */
#include "store/ledger/ledger.h"
#include "subject/programme/collection/collection_private.h"

enum { AT_ONCE = 50 };

static bool is(const Transition *row, const char *action) { return strcmp(row->action, action) == 0; }

/* The failure of the call is left as it was: this only asks. */
static Error is_complete(Call *call, const CollectionCase *one, bool *out)
{
	Failure before = call->failure;
	call_recover(call);
	Error error = form_check(call, &collection_form, one->values);
	call->failure = before;
	*out = error == OK;
	return error == OK || error == ERROR_INVALID ? OK : error;
}

Error collection_notice_until(Call *call, const CollectionCase *one, int64_t *out_at)
{
	ClockView clock = { 0 };
	*out_at = 0;
	if (!collection_is(one, "IN_NOTICE")) return OK;
	TRY(workflow_clock_of(call, &collection_machine, one->id, &clock));
	*out_at = clock.due_at;
	return OK;
}

Error collection_matter(Call *call, const CollectionCase *one, Matter *out)
{
	CollectionFacts *facts = arena_new_of(call->arena, CollectionFacts);
	CollectionCase *of = arena_new_of(call->arena, CollectionCase);
	CollectionSeatRows seats;
	*of = *one;
	*facts = (CollectionFacts) { .of = of, .now = call->now };
	TRY(is_complete(call, one, &facts->is_complete));
	TRY(collection_notice_until(call, one, &facts->notice_due));
	TRY(collection_seat_rows(call, one->id, &seats));
	for (size_t i = 0; i < seats.count; i++) facts->scores += text_is(seats.at[i].state, TEXT("scored"));
	*out = (Matter) {
		.id = one->id, .revision = one->revision, .ref = one->ref, .state = one->state, .facts = facts, .seal_key = one->seal_key
	};
	return OK;
}

Error collection_machine_load(Call *call, Text ref, Matter *out)
{
	CollectionCase one;
	TRY(collection_open(call, ref, &one));
	return collection_matter(call, &one, out);
}

Error collection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return collection_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

/* ---- Telling */
Error collection_tell_own(Call *call, const CollectionCase *one, NoticeKind kind)
{
	Numbers admins;
	TRY(org_admins(call, one->organisation_id, &admins));
	for (size_t i = 0; i < admins.count; i++)
		TRY(notice_send(call, admins.at[i], kind, one->ref, collection_place(call->arena, one->ref)));
	return OK;
}

static Error tell(Call *call, const Transition *row, const CollectionCase *one)
{
	static const char *const told[] = { "refuse", "leave", "publicise", "strike", "choose" };
	if (is(row, "submit") || is(row, "score"))
		return notice_send_role(call, ROLE_SECRETARY, NOTICE_COLLECTION_WAITING, one->ref, collection_place(call->arena, one->ref));
	for (size_t i = 0; i < COUNT(told); i++)
		if (is(row, told[i])) return collection_tell_own(call, one, NOTICE_COLLECTION_MOVED);
	return OK;
}

/* ---- Changing */
static Error count_scores(Call *call, CollectionCase *one)
{
	CollectionSeats seats;
	int64_t sum = 0, count = 0;
	TRY(collection_seats(call, one, &seats));
	for (size_t i = 0; i < seats.count; i++)
		if (text_is(seats.at[i].state, TEXT("scored"))) {
			sum += seats.at[i].score;
			count++;
		}
	one->score = count ? (sum * 200 + count) / (2 * count) : 0; /* hundredths, rounded once, half up */
	return OK;
}

static Error change(Call *call, const Transition *row, CollectionCase *one, const Map *values)
{
	if (is(row, "submit")) {
		one->submitted_at = call->now;
		one->title = text_trim(form_answer(one->values, "title"));
	}
	if (is(row, "pass")) {
		one->checker_id = call->actor->person_id;
		TRY(collection_ask(call, one));
	}
	if (is(row, "score")) TRY(count_scores(call, one));
	if (is(row, "propose")) one->lister_id = call->actor->person_id;
	if (is(row, "publicise")) one->publicist_id = call->actor->person_id;
	if (row->form && !is(row, "pass")) one->reason = text_trim(form_answer(values, "reason"));
	if (!is(row, "choose")) return OK;
	return activity_result_of_case(call, &one->activity, one->organisation_id, one->title, one->lister_id, one->publicist_id);
}

Error collection_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = collection_action_form(row->form);
	CollectionCase one;
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(collection_by_id(call, matter->id, &one));
	TRY(change(call, row, &one, input));
	TRY(collection_change(call, one.id, one.title.length ? one.title : (Text) { 0 }, one.reason, (Maybe) { one.score >= 0, one.score },
		one.checker_id, one.lister_id, one.publicist_id, (Maybe) { one.submitted_at != 0, one.submitted_at }));
	TRY(tell(call, row, &one));
	bool is_seen = is(row, "publicise") || is(row, "strike") || is(row, "choose");
	return is_seen ? change_record(call, activity_machine.name, one.activity.ref) : OK;
}

Error collection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &collection_machine, ref, &act, &matter);
}

/* ---- By itself */
static Error move_all(Call *call, const char *state, const char *action, int64_t *count)
{
	CollectionRows rows;
	for (int64_t after = 0;; after = rows.at[rows.count - 1].id) {
		TRY(collection_rows_all(call, text_from(state), after, AT_ONCE, &rows));
		if (!rows.count) return OK;
		for (size_t i = 0; i < rows.count; i++) {
			Error error = collection_act(call, rows.at[i].ref, text_from(action), rows.at[i].revision, NULL);
			if (error != OK && error != ERROR_CONFLICT && error != ERROR_INVALID) return error;
			if (error != OK) call_recover(call); /* its hour has not come, or somebody was faster */
			*count += error == OK;
		}
	}
}

Error collection_advance(Call *call, int64_t *out_count)
{
	*out_count = 0;
	TRY(move_all(call, "DRAFT", "lapse", out_count));
	TRY(move_all(call, "SCORING", "score", out_count));
	return move_all(call, "IN_NOTICE", "choose", out_count);
}

Error collection_deadline(Call *call, int64_t id, bool is_over)
{
	CollectionCase one;
	TRY(collection_by_id(call, id, &one));
	if (collection_is(&one, "IN_NOTICE")) return OK; /* it ends by itself */
	return notice_send_role(
		call, ROLE_SECRETARY, is_over ? NOTICE_DEADLINE_OVER : NOTICE_DEADLINE, one.ref, collection_place(call->arena, one.ref));
}

/* ---- The letter about a case that was chosen */
Error collection_letter_order(Call *call, const CollectionCase *one, LetterOrder *out)
{
	if (!collection_is(one, "CHOSEN")) return fail(call, CONFLICT, "case %.*s was not chosen", TEXT_ARGS(one->ref));
	*out = (LetterOrder) { .kind = LETTER_CASE_CHOSEN,
		.machine = collection_machine.name,
		.subject_id = one->id,
		.seal_key = one->seal_key,
		.matter = one->ref,
		.recipient = one->organisation.name,
		.product = one->title,
		.text = TEXT("") };
	return OK;
}

Error collection_letter(Call *call, const CollectionCase *one, Text *out_name, Text *out_bytes)
{
	IssuedLetter letter;
	bool found = false;
	TRY(letter_latest(call, LETTER_CASE_CHOSEN, collection_machine.name, one->id, &letter, &found));
	return found ? letter_give(call, &letter, LETTER_PAGES, out_name, out_bytes)
		     : fail(call, NOT_FOUND, "no letter about %.*s is issued", TEXT_ARGS(one->ref));
}
