/* Periods of major events (重大活动保障期), and the consent without which nothing is published in them (article 9(6)). */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/trusted_time.h"

static Freeze of_row(const FreezeRow *row)
{
	return (Freeze) { .id = row->id,
		.ref = row->ref,
		.name = row->name,
		.basis = row->basis,
		.from_at = row->from_at,
		.until_at = row->until_at,
		.ended_at = row->ended_at.is ? row->ended_at.value : 0 };
}

static Error of_rows(Call *call, const FreezeRows *rows, Freezes *out)
{
	Freezes freezes = { 0 };
	for (size_t i = 0; i < rows->count; i++) list_add(call->arena, &freezes, of_row(&rows->at[i]));
	*out = freezes;
	return OK;
}

Error freeze_list(Call *call, int64_t before, int64_t max, Freezes *out)
{
	FreezeRows rows;
	TRY(freeze_list_rows(call, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

static Error record(Call *call, Text ref, const char *action, Text detail)
{
	LedgerEvent event = { .kind = "freeze", .ref = ref, .action = action, .detail = detail };
	return ledger_record(call, &event, NULL);
}

static Error add(Call *call, void *argument)
{
	const Freeze *freeze = argument;
	Text ref = random_code(call->arena, 10);
	TRY(freeze_insert(call, ref, freeze->name, freeze->basis, freeze->from_at, freeze->until_at, call->actor->person_id, call->now));
	return record(call, ref, "enter", freeze->name);
}

void freeze_check_words(Call *call, const Freeze *freeze)
{
	if (!freeze->name.length) call_problem(call, TEXT("name"), N_("Please fill this in."), (Text) { 0 });
	if (!freeze->basis.length) call_problem(call, TEXT("basis"), N_("Please fill this in."), (Text) { 0 });
}

Error freeze_add(Call *call, const Freeze *freeze)
{
	Freeze copy = *freeze;
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return fail(call, FORBIDDEN, "only coordinators enter periods");
	freeze_check_words(call, freeze);
	if (freeze->from_at >= freeze->until_at) call_problem(call, TEXT("until"), N_("The period ends before it begins."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, add, &copy);
}

static Error end(Call *call, void *argument)
{
	const Text *ref = argument;
	int64_t changed = 0;
	TRY(freeze_end_row(call, *ref, call->actor->person_id, call->now, &changed));
	if (!changed) return fail(call, NOT_FOUND, "no period %.*s runs", TEXT_ARGS(*ref));
	return record(call, *ref, "end", (Text) { 0 });
}

Error freeze_end(Call *call, Text ref)
{
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return fail(call, FORBIDDEN, "only coordinators end periods");
	return db_transact(call, end, &ref);
}

/* Between what the wall clock says and the highest time kept: a clock set back or forth opens nothing. */
static Error running(Call *call, FreezeRows *out)
{
	TrustedTime state;
	TRY(trusted_time_state(call, &state));
	int64_t kept = state.highest_at ? state.highest_at : call->now;
	bool ahead = call->now > kept;
	return freeze_running(call, ahead ? kept : call->now, ahead ? call->now : kept, out);
}

Error casefile_freezes(Call *call, int64_t casefile_id, Freezes *out_without_consent)
{
	FreezeRows rows;
	Numbers consents;
	Freezes open = { 0 };
	TRY(running(call, &rows));
	TRY(freeze_consent_list(call, casefile_id, &consents));
	for (size_t i = 0; i < rows.count; i++) {
		bool has_consent = false;
		for (size_t k = 0; k < consents.count; k++) has_consent |= consents.at[k] == rows.at[i].id;
		if (!has_consent) list_add(call->arena, &open, of_row(&rows.at[i]));
	}
	*out_without_consent = open;
	return OK;
}

/* The consent holds for the periods that run now; a later one asks anew. */
Error freeze_consent(const CaseChange *change)
{
	Call *call = change->call;
	Freezes open;
	TRY(casefile_freezes(call, change->row->id, &open));
	for (size_t i = 0; i < open.count; i++) {
		Sealed text;
		Text place = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(change->row->ref), TEXT_ARGS(open.at[i].ref));
		TRY(change_seal(change, "freeze_consent|sealed_text", place, &text));
		TRY(freeze_consent_add(call, change->row->id, open.at[i].id, text, call->actor->person_id, call->now));
	}
	return OK;
}
