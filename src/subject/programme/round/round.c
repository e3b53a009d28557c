/* Rounds: reading, writing of drafts, the rehearsal, and what the actions of the machine change. */
#include "base/crypto/crypto.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/round/round_private.h"

enum { DUE_AT_ONCE = 50, REHEARSED_APPLICANTS = 12 };

/* ---- Reading */
static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static Error of_row(Call *call, const RoundRow *row, Round *out)
{
	*out = (Round) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.writer_id = row->writer_id,
		.opens_at = or_none(row->opens_at),
		.closes_at = or_none(row->closes_at),
		.ends_at = or_none(row->ends_at),
		.published_at = or_none(row->published_at),
		.updated_at = row->updated_at,
		.ref = row->ref,
		.code = row->code,
		.state = row->state,
		.reason = row->reason };
	return form_values_read(call, &round_head_form, row->head, &out->head);
}

static Error add_items(Call *call, Round *round)
{
	RoundItemRows rows;
	TRY(round_item_list(call, round->id, ROUND_ITEMS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		RoundItem item = { .id = rows.at[i].id, .ref = rows.at[i].ref, .kind = round_kind(rows.at[i].kind) };
		if (!item.kind) return fail(call, CORRUPT, "round item %lld", (long long)rows.at[i].id);
		TRY(form_values_read(call, item.kind->form, rows.at[i].content, &item.values));
		list_add(call->arena, &round->items, item);
	}
	return OK;
}

/* A draft's rules are what would be frozen now; later they are what was. */
static Error whole_of_row(Call *call, const RoundRow *row, Round *out)
{
	TRY(of_row(call, row, out));
	TRY(add_items(call, out));
	if (!row->rules.length) {
		round_compose(call->arena, out);
		out->is_rehearsed = text_is(row->rehearsed, out->rules_sha256);
		return OK;
	}
	out->rules = row->rules;
	out->rules_sha256 = row->rules_sha256;
	out->is_rehearsed = true;
	return OK;
}

static bool may_read(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR));
}

Error round_open(Call *call, Text ref, Round *out)
{
	RoundRow row;
	if (!may_read(call->actor)) return fail(call, NOT_FOUND, "rounds are not theirs to see");
	TRY(round_find_ref(call, ref, &row));
	return whole_of_row(call, &row, out);
}

Error round_open_public(Call *call, Text code, Round *out)
{
	RoundRow row;
	TRY(round_find_code(call, code, &row));
	if (!row.published_at.is) return fail(call, NOT_FOUND, "this round was never published");
	return whole_of_row(call, &row, out);
}

Error round_find_published(Call *call, int64_t id, Round *out)
{
	RoundRow row;
	TRY(round_find_id(call, id, &row));
	if (!row.published_at.is) return fail(call, NOT_FOUND, "this round was never published");
	return whole_of_row(call, &row, out);
}

static Error of_rows(Call *call, const RoundRows *rows, Rounds *out)
{
	Rounds rounds = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Round round;
		TRY(of_row(call, &rows->at[i], &round));
		round.rules_sha256 = rows->at[i].rules_sha256;
		list_add(call->arena, &rounds, round);
	}
	*out = rounds;
	return OK;
}

Error round_in_state(Call *call, Text state, int64_t before, int64_t max, Rounds *out)
{
	RoundRows rows = { 0 };
	if (may_read(call->actor)) TRY(round_list(call, state, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error round_list_public(Call *call, int64_t before, int64_t max, Rounds *out)
{
	RoundRows rows;
	TRY(round_list_published(call, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error round_list_open(Call *call, int64_t max, Rounds *out)
{
	RoundRows rows;
	TRY(round_list(call, TEXT("OPEN"), INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

/* ---- Writing */
bool round_may_write(const Round *round, const Actor *actor)
{
	return text_is(round->state, TEXT("DRAFT")) && actor->second_factor && actor_has(actor, ROLE_SECRETARY);
}

static Error may_work(Call *call)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on rounds");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "rounds without second factor");
}

typedef struct Writing {
	Text ref, item;
	int64_t seen;
	const RoundKind *kind;
	const Map *values;
} Writing;

static Error record(Call *call, const Round *round, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = round_machine.name, .ref = round->ref, .action = action, .matter = round->seal_key, .detail = detail },
		NULL);
}

static Error check_code(Call *call, const Map *values, int64_t own_id)
{
	RoundRow row;
	Text code = form_answer(values, "code");
	Error error = round_find_code(call, code, &row);
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(call);
		return OK;
	}
	TRY(error);
	if (row.id != own_id) call_problem(call, TEXT("code"), N_("Another round has the code %s."), code);
	return call_check_problems(call);
}

static Error check_head(Call *call, const Map *values)
{
	int64_t opens, closes, ends;
	TRY(form_check(call, &round_head_form, values));
	round_instants(values, &opens, &closes, &ends);
	if (closes <= opens) call_problem(call, TEXT("closes_on"), N_("The round must close after it opens."), (Text) { 0 });
	return call_check_problems(call);
}

static Error begin(Call *call, void *argument)
{
	Writing *writing = argument;
	Round round;
	Matter matter;
	int64_t key = 0, id = 0;
	writing->ref = arena_printf(call->arena, "R-%.*s", TEXT_ARGS(token_new(call->arena, 16)));
	TRY(check_code(call, writing->values, 0));
	TRY(seal_matter_new(call, &key));
	TRY(round_insert(call, writing->ref, form_answer(writing->values, "code"), key, call->actor->person_id,
		form_values_text(call->arena, &round_head_form, writing->values), call->now, &id));
	TRY(round_open(call, writing->ref, &round));
	TRY(round_matter(call, &round, &matter));
	return workflow_begin(call, &round_machine, &matter);
}

Error round_new(Call *call, const Map *values, Text *out_ref)
{
	Writing writing = { .values = values };
	TRY(may_work(call));
	TRY(check_head(call, values));
	TRY(db_transact(call, begin, &writing));
	*out_ref = writing.ref;
	return OK;
}

static Error open_draft(Call *call, Text ref, Round *out)
{
	TRY(round_open(call, ref, out));
	return round_may_write(out, call->actor) ? OK : fail(call, FORBIDDEN, "round %.*s is frozen", TEXT_ARGS(ref));
}

static Error amend(Call *call, void *argument)
{
	const Writing *writing = argument;
	Round round;
	int64_t changed = 0;
	TRY(open_draft(call, writing->ref, &round));
	TRY(check_code(call, writing->values, round.id));
	Text head = form_values_text(call->arena, &round_head_form, writing->values);
	TRY(round_amend(call, round.id, writing->seen ? writing->seen : round.revision, form_answer(writing->values, "code"), head,
		call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "round %.*s was changed meanwhile", TEXT_ARGS(round.ref));
	return record(call, &round, "write", head);
}

Error round_write(Call *call, Text ref, int64_t seen, const Map *values)
{
	Writing writing = { .ref = ref, .seen = seen, .values = values };
	TRY(may_work(call));
	TRY(check_head(call, values));
	return db_transact(call, amend, &writing);
}

/* ---- Items: what is wrong is said at the field */
static int64_t hundredths_of(const Map *values, const char *name)
{
	int64_t number;
	return hundredths_parse(text_trim(form_answer(values, name)), &number) ? number : 0;
}

static bool is_of(const RoundItem *item, const char *kind, const Map *values)
{
	return strcmp(item->kind->name, kind) == 0 && text_is(form_answer(item->values, "direction"), form_answer(values, "direction"));
}

static void check_criterion(Call *call, const Round *round, const Writing *writing)
{
	const Map *values = writing->values;
	int64_t weights = hundredths_of(values, "weight");
	size_t at;
	Rubric alone = { .criterion_count = 1, .high_percent = 100 };
	alone.criteria[0] = (Criterion) { form_answer(values, "id"), SCORE_WEIGHTS, hundredths_of(values, "maximum"),
		hundredths_of(values, "step"), hundredths_of(values, "must"), false };
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (!is_of(item, "criterion", values) || text_is(item->ref, writing->item)) continue;
		weights += hundredths_of(item->values, "weight");
		if (text_is(form_answer(item->values, "id"), form_answer(values, "id")))
			call_problem(call, TEXT("id"), rubric_fault_text(RUBRIC_ID), (Text) { 0 });
	}
	if (!hundredths_of(values, "weight")) call_problem(call, TEXT("weight"), rubric_fault_text(RUBRIC_WEIGHT), (Text) { 0 });
	if (weights > SCORE_WEIGHTS)
		call_problem(
			call, TEXT("weight"), N_("With this one the weights add up to %s percent."), hundredths_text(call->arena, weights));
	RubricFault fault = rubric_check(&alone, &at);
	const char *field = fault == RUBRIC_STEP ? "step" : fault == RUBRIC_MUST ? "must" : "maximum";
	if (fault && fault != RUBRIC_ID) call_problem(call, text_from(field), rubric_fault_text(fault), (Text) { 0 });
}

static void check_direction(Call *call, const Round *round, const Writing *writing)
{
	int64_t seats[SEAT_SPECIALTIES_MAX];
	size_t given = 0, specialties = 0;
	Text rest = form_answer(round->head, "specialties"), line;
	for (size_t i = 0; i < round->items.count; i++)
		if (is_of(&round->items.at[i], "direction", writing->values) && !text_is(round->items.at[i].ref, writing->item))
			call_problem(call, TEXT("direction"), N_("A direction is named twice."), (Text) { 0 });
	while (text_next(&rest, '\n', &line)) specialties += text_trim(line).length > 0;
	if (!round_numbers_parse(form_answer(writing->values, "seats"), seats, SEAT_SPECIALTIES_MAX, &given) || given != specialties)
		call_problem(call, TEXT("seats"), N_("The seats of every specialty must be stated."), (Text) { 0 });
	if (hundredths_of(writing->values, "alternate_percent") < 3000 || hundredths_of(writing->values, "alternate_percent") > 5000)
		call_problem(call, TEXT("alternate_percent"), N_("Alternates are 30 to 50 percent of the seats."), (Text) { 0 });
	if (hundredths_of(writing->values, "low_percent") > hundredths_of(writing->values, "high_percent"))
		call_problem(call, TEXT("low_percent"), rubric_fault_text(RUBRIC_BAND), (Text) { 0 });
}

static bool is_shared(Text one, Text other) { return text_is(one, other) || text_is(one, TEXT("both")) || text_is(other, TEXT("both")); }

static void check_field(Call *call, const Round *round, const Writing *writing)
{
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		bool is_other = !strcmp(item->kind->name, "field") && !text_is(item->ref, writing->item);
		if (is_other && text_is(form_answer(item->values, "name"), form_answer(writing->values, "name")) &&
			is_shared(form_answer(item->values, "direction"), form_answer(writing->values, "direction")))
			call_problem(call, TEXT("name"), N_("Another field of this direction has this name."), (Text) { 0 });
	}
}

static Error check_item(Call *call, const Round *round, const Writing *writing)
{
	TRY(form_check(call, writing->kind->form, writing->values));
	if (strcmp(writing->kind->name, "criterion") == 0) check_criterion(call, round, writing);
	if (strcmp(writing->kind->name, "field") == 0) check_field(call, round, writing);
	if (strcmp(writing->kind->name, "direction") == 0) check_direction(call, round, writing);
	return call_check_problems(call);
}

static Error store_item(Call *call, void *argument)
{
	const Writing *writing = argument;
	Round round;
	int64_t id = 0, changed = 0;
	TRY(open_draft(call, writing->ref, &round));
	TRY(check_item(call, &round, writing));
	Text content = form_values_text(call->arena, writing->kind->form, writing->values);
	if (writing->item.length) {
		TRY(round_item_change(call, round.id, writing->item, content, &changed));
		if (!changed) return fail(call, CONFLICT, "the item was removed meanwhile");
	} else if (round.items.count >= ROUND_ITEMS_MAX)
		return fail(call, TOO_LARGE, "round %.*s has %d items", TEXT_ARGS(round.ref), ROUND_ITEMS_MAX);
	else
		TRY(round_item_insert(call, token_new(call->arena, 16), round.id, text_from(writing->kind->name), content, &id));
	TRY(round_touch(call, round.id, call->now, &changed));
	return record(call, &round, writing->item.length ? "change-item" : "add-item", content);
}

Error round_add(Call *call, Text ref, const RoundKind *kind, const Map *values)
{
	Writing writing = { .ref = ref, .item = TEXT(""), .kind = kind, .values = values };
	TRY(may_work(call));
	return db_transact(call, store_item, &writing);
}

static Error kind_of(Call *call, Text ref, Text item, const RoundKind **out)
{
	Round round;
	TRY(round_open(call, ref, &round));
	for (size_t i = 0; i < round.items.count; i++)
		if (text_is(round.items.at[i].ref, item)) {
			*out = round.items.at[i].kind;
			return OK;
		}
	return fail(call, NOT_FOUND, "no such item");
}

Error round_change(Call *call, Text ref, Text item, const Map *values)
{
	Writing writing = { .ref = ref, .item = item, .values = values };
	TRY(may_work(call));
	TRY(kind_of(call, ref, item, &writing.kind));
	return db_transact(call, store_item, &writing);
}

static Error remove_item(Call *call, void *argument)
{
	const Writing *writing = argument;
	Round round;
	int64_t changed = 0;
	TRY(open_draft(call, writing->ref, &round));
	TRY(round_item_remove(call, round.id, writing->item, &changed));
	if (!changed) return fail(call, NOT_FOUND, "no such item");
	TRY(round_touch(call, round.id, call->now, &changed));
	return record(call, &round, "remove-item", arena_printf(call->arena, "{\"item\":\"%.*s\"}", TEXT_ARGS(writing->item)));
}

Error round_remove(Call *call, Text ref, Text item)
{
	Writing writing = { .ref = ref, .item = item };
	TRY(may_work(call));
	TRY(kind_of(call, ref, item, &writing.kind));
	return db_transact(call, remove_item, &writing);
}

/* ---- The rehearsal */
Error round_dossier(Call *call, const Round *round, Text *out)
{
	DossierFault fault = { round->fault, TEXT("") };
	ArchiveMembers members;
	Dossier *dossier = arena_new_of(call->arena, Dossier);
	if (round->fault || !rehearsal_play(call->arena, round->rules, round->rules_sha256, REHEARSED_APPLICANTS, dossier, &fault) ||
		!dossier_members(call->arena, dossier, &members, &fault)) {
		call_problem(call, TEXT("rehearsal"), fault.why, fault.argument);
		return call_check_problems(call);
	}
	*out = dossier_pack(call->arena, dossier->rules.round, &members, call->house->signer);
	return OK;
}

static Error note_rehearsal(Call *call, void *argument)
{
	const Writing *writing = argument;
	Round round;
	int64_t changed = 0;
	TRY(open_draft(call, writing->ref, &round));
	TRY(round_rehearsed(call, round.id, round.rules_sha256, &changed));
	return record(call, &round, "rehearse", arena_printf(call->arena, "{\"rules\":\"%.*s\"}", TEXT_ARGS(round.rules_sha256)));
}

Error round_rehearse(Call *call, Text ref)
{
	Writing writing = { .ref = ref };
	Round round;
	Text archive = TEXT("");
	DossierVerdict verdict;
	TRY(may_work(call));
	TRY(open_draft(call, ref, &round));
	TRY(round_dossier(call, &round, &archive));
	dossier_verify(call->arena, archive, signer_public(call->house->signer), 1, &verdict);
	if (!verdict.consistent) return fail(call, INTERNAL, "the rehearsal of %.*s does not agree: %s", TEXT_ARGS(ref), verdict.fault.why);
	return db_transact(call, note_rehearsal, &writing);
}

/* ---- The machine */
Error round_matter(Call *call, const Round *round, Matter *out)
{
	RoundFacts *facts = arena_new_of(call->arena, RoundFacts);
	*facts = (RoundFacts) { call->now, round->opens_at, round->closes_at, round->ends_at, 0, 0, round->fault, round->is_rehearsed };
	if (text_is(round->state, TEXT("CLOSED"))) TRY(round_applications(call, round->id, &facts->unsettled, &facts->lodged));
	if (!round->published_at) round_instants(round->head, &facts->opens_at, &facts->closes_at, &facts->ends_at);
	*out = (Matter) { .id = round->id,
		.revision = round->revision,
		.ref = round->ref,
		.state = round->state,
		.facts = facts,
		.seal_key = round->seal_key };
	return OK;
}

Error round_machine_load(Call *call, Text ref, Matter *out)
{
	Round round;
	TRY(round_open(call, ref, &round));
	return round_matter(call, &round, out);
}

Error round_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return round_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error freeze(Call *call, Matter *matter)
{
	Round round;
	int64_t opens, closes, ends;
	TRY(round_open(call, matter->ref, &round));
	round_instants(round.head, &opens, &closes, &ends);
	matter->detail = arena_printf(call->arena, "{\"rules\":\"%.*s\"}", TEXT_ARGS(round.rules_sha256));
	return round_freeze(call, round.id, round.rules, round.rules_sha256, opens, closes, ends, call->now);
}

Error round_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = round_action_form(row->form);
	Round round;
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
		TRY(round_explain(call, matter->id, form_answer(input, "reason")));
	}
	if (strcmp(row->to, "PUBLISHED") == 0) TRY(freeze(call, matter));
	TRY(round_open(call, matter->ref, &round));
	return round.published_at ? change_record(call, round_machine.name, round.code) : OK;
}

Error round_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &round_machine, ref, &act, &matter);
}

static const char *next_action(Text state)
{
	return text_is(state, TEXT("PUBLISHED")) ? "open" : text_is(state, TEXT("OPEN")) ? "close" : "end";
}

Error round_advance(Call *call, int64_t *out_count)
{
	Texts due;
	*out_count = 0;
	TRY(round_due_list(call, call->now, DUE_AT_ONCE, &due));
	for (size_t i = 0; i < due.count; i++) {
		Round round;
		TRY(round_open(call, due.at[i], &round));
		Error error = round_act(call, due.at[i], text_from(next_action(round.state)), round.revision, NULL);
		if (error == ERROR_CONFLICT) { /* another node, or a secretary, was faster */
			call_recover(call);
			continue;
		}
		TRY(error);
		++*out_count;
	}
	return OK;
}
