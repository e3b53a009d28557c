/* What follows by itself: inspections are planned for the shortlisted, the first of the reserve moves up for whoever fell out, and the round goes on
 * when nothing is left to be inspected. It looks at what is, so that it may run at any time, twice, and after anything. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/inspection/inspection_private.h"

static bool is_in(Text state, const char *one) { return text_is(state, text_from(one)); }

/* Holds a place, or will once it was inspected. */
static bool holds_place(Text state)
{
	static const char *const held[] = { "SHORTLISTED", "INSPECT", "CORRECTING", "PROPOSED" };
	for (size_t i = 0; i < COUNT(held); i++)
		if (is_in(state, held[i])) return true;
	return false;
}

/* ---- Planning */
static Error add_clauses(Call *call, int64_t id, const Application *application)
{
	for (size_t i = 0; i < application->round->items.count; i++) {
		const RoundItem *item = &application->round->items.at[i];
		Text clause = form_answer(item->values, "clause");
		bool is_of =
			!strcmp(item->kind->name, "criterion") && text_is(form_answer(item->values, "direction"), application->direction);
		if (!is_of || !clause.length) continue;
		Text name = arena_printf(call->arena, "clause-%.*s", TEXT_ARGS(form_answer(item->values, "id")));
		TRY(inspection_item_insert(
			call, id, name, form_answer(item->values, "name_zh"), form_answer(item->values, "name_en"), clause));
	}
	return OK;
}

static Error add_words(Call *call, int64_t id)
{
	Words words;
	TRY(wordlist_words(call, &inspection_checklist, &words));
	for (size_t i = 0; i < words.count; i++) {
		const Word *word = &words.at[i];
		if (word->is_retired) continue;
		TRY(inspection_item_insert(
			call, id, word->code, word_text(word, LANG_ZH), word_text(word, LANG_EN), word_source(word, LANG_ZH)));
	}
	return OK;
}

Error inspection_plan(Call *call, int64_t round_id, int64_t application_id, Text application)
{
	PanelInspectors drawn;
	Inspection inspection;
	InspectionRow row;
	Matter matter;
	int64_t key = 0, id = 0;
	Text ref = arena_printf(call->arena, "K-%.*s", TEXT_ARGS(random_code(call->arena, 14)));
	TRY(panel_inspectors(call, round_id, application, &drawn));
	TRY(seal_matter_new(call, &key));
	TRY(inspection_insert(call, ref, round_id, application_id, key, call->now, &id));
	for (size_t i = 0; i < drawn.count && i < 2; i++)
		TRY(inspector_insert(call, id, (int64_t)i + 1, drawn.at[i].person_id, drawn.at[i].position, call->now));
	TRY(inspection_row_id(call, id, &row));
	TRY(inspection_of_row(call, &row, &inspection));
	TRY(add_words(call, id));
	TRY(add_clauses(call, id, inspection.application));
	TRY(inspection_matter(call, &inspection, &matter));
	TRY(workflow_begin(call, &inspection_machine, &matter));
	return notice_send_role(
		call, ROLE_SECRETARY, NOTICE_INSPECTION_WAITING, ref, arena_printf(call->arena, "/inspections/%.*s", TEXT_ARGS(ref)));
}

/* ---- One look at a round */
typedef struct Settling {
	Round round;
	InspectionPlaceRows places;
	int64_t moves;
} Settling;

static Error look(Call *call, Settling *settling)
{
	return inspection_places(call, settling->round.id, INSPECTION_PLACES_MAX, &settling->places);
}

static Error drop_withdrawn(Call *call, Settling *settling)
{
	for (size_t i = 0; i < settling->places.count; i++) {
		const InspectionPlaceRow *place = &settling->places.at[i];
		bool is_open =
			place->inspection.at && !is_in(place->inspection_state, "CLOSED") && !is_in(place->inspection_state, "DROPPED");
		if (!is_open || !is_in(place->state, "WITHDRAWN")) continue;
		TRY(inspection_act(call, place->inspection, TEXT("drop"), 0, NULL));
		settling->moves++;
	}
	return OK;
}

static Error has_late_finding(Call *call, Text ref, bool *out)
{
	Inspection inspection;
	*out = false;
	TRY(inspection_open(call, ref, &inspection));
	for (size_t i = 0; i < inspection.findings.count; i++) {
		const InspectionFinding *finding = &inspection.findings.at[i];
		if (is_in(finding->state, "open") && finding->due_at < call->now) *out = true;
	}
	return OK;
}

static Error fail_late(Call *call, Settling *settling)
{
	for (size_t i = 0; i < settling->places.count; i++) {
		const InspectionPlaceRow *place = &settling->places.at[i];
		bool is_late = false;
		if (!is_in(place->state, "CORRECTING") || !place->inspection.at) continue;
		TRY(has_late_finding(call, place->inspection, &is_late));
		if (!is_late) continue;
		TRY(application_system(call, place->application, TEXT("fail")));
		settling->moves++;
	}
	return look(call, settling);
}

static int64_t vacancies(const Settling *settling, Text direction)
{
	int64_t places = 0, held = 0;
	for (size_t i = 0; i < settling->places.count; i++) {
		const InspectionPlaceRow *place = &settling->places.at[i];
		if (!text_is(place->direction, direction)) continue;
		places += place->is_short;
		held += holds_place(place->state);
	}
	return places - held;
}

/* In the locked order: the places come sorted. */
static Error promote(Call *call, Settling *settling)
{
	for (size_t i = 0; i < settling->places.count; i++) {
		InspectionPlaceRow *place = &settling->places.at[i];
		if (!is_in(place->state, "RESERVE") || vacancies(settling, place->direction) <= 0) continue;
		TRY(application_system(call, place->application, TEXT("promote")));
		place->state = TEXT("SHORTLISTED");
		settling->moves++;
	}
	return OK;
}

static Error plan_open(Call *call, Settling *settling)
{
	for (size_t i = 0; i < settling->places.count; i++) {
		const InspectionPlaceRow *place = &settling->places.at[i];
		if (!is_in(place->state, "SHORTLISTED") || place->inspection.at) continue;
		TRY(inspection_plan(call, settling->round.id, place->application_id, place->application));
		settling->moves++;
	}
	return OK;
}

static Error go_on(Call *call, Settling *settling)
{
	for (size_t i = 0; i < settling->places.count; i++) {
		Text state = settling->places.at[i].state;
		if (holds_place(state) && !is_in(state, "PROPOSED")) return OK;
	}
	settling->moves++;
	return round_act(call, settling->round.ref, TEXT("decide"), 0, NULL);
}

static Error settle(Call *call, Settling *settling)
{
	TRY(look(call, settling));
	TRY(drop_withdrawn(call, settling));
	TRY(fail_late(call, settling));
	TRY(promote(call, settling));
	TRY(plan_open(call, settling));
	return go_on(call, settling);
}

Error inspection_settle(Call *call, Text round, int64_t *out_moves)
{
	Settling settling = { .moves = 0 };
	const Actor *actor = call->actor;
	must(db_in_transaction(call));
	call->actor = &actor_system;
	Error error = round_open(call, round, &settling.round);
	if (error == OK && is_in(settling.round.state, "INSPECTION")) error = settle(call, &settling);
	call->actor = actor;
	if (error == OK) *out_moves = settling.moves;
	return error;
}

/* ---- Beginning */
static Error note_places(Call *call, const Round *round)
{
	PanelPlaces places;
	TRY(panel_places(call, round->id, &places));
	for (size_t i = 0; i < places.count; i++) {
		const PanelPlace *place = &places.at[i];
		if (place->outcome != OUTCOME_SHORTLISTED && place->outcome != OUTCOME_RESERVE) continue;
		TRY(inspection_place_insert(
			call, round->id, place->application_id, place->direction, (int64_t)i, place->outcome == OUTCOME_SHORTLISTED));
	}
	return OK;
}

static Error begin(Call *call, void *argument)
{
	const Text *ref = argument;
	Round round;
	int64_t moves = 0;
	TRY(round_open(call, *ref, &round));
	if (!is_in(round.state, "LOCKED")) return fail(call, CONFLICT, "no locked result of %.*s", TEXT_ARGS(*ref));
	TRY(note_places(call, &round));
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = inspection_machine.name,
			.ref = round.ref,
			.action = "start",
			.matter = round.seal_key,
			.detail = TEXT("{}") },
		NULL));
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = round_act(call, round.ref, TEXT("inspect"), 0, NULL);
	call->actor = actor;
	TRY(error);
	return inspection_settle(call, round.ref, &moves);
}

Error inspection_start(Call *call, Text ref)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on inspections");
	if (!call->actor->second_factor) return fail(call, SECOND_FACTOR, "inspections without second factor");
	return db_transact(call, begin, &ref);
}

/* ---- For a job */
typedef struct Advancing {
	Text round;
	int64_t moves;
} Advancing;

static Error advance(Call *call, void *argument)
{
	Advancing *advancing = argument;
	return inspection_settle(call, advancing->round, &advancing->moves);
}

Error inspection_advance(Call *call, int64_t *out_count)
{
	Texts rounds;
	int64_t count = 0;
	TRY(inspection_rounds(call, &rounds));
	for (size_t i = 0; i < rounds.count; i++) {
		Advancing advancing = { rounds.at[i], 0 };
		Error error = db_transact(call, advance, &advancing);
		if (error == ERROR_CONFLICT || error == ERROR_INVALID) { /* somebody was faster */
			call_recover(call);
			continue;
		}
		TRY(error);
		count += advancing.moves;
	}
	*out_count = count;
	return OK;
}
