/* The draw, who is replaced, the key that sheets are sealed to, and the day of presentation. */
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel_private.h"

typedef struct Drawing {
	Text ref, name;
	const Map *values;
	Text share;
	bool is_there;
} Drawing;

/* ---- The value of the source */
static Error enter(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Text value = text_trim(form_answer(drawing->values, "value"));
	int64_t changed = 0;
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY, state));
	if (!panel_is_in(state, "PANEL_DRAW")) return fail(call, CONFLICT, "no draw is due");
	if (call->now < state->draw.source_at) call_problem(call, TEXT("value"), N_("The source does not exist yet."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(draw_enter(call, state->draw.id, value, call->actor->person_id, &changed));
	if (!changed) return fail(call, CONFLICT, "it is drawn");
	return panel_record(call, state, "enter", form_values_text(call->arena, &panel_enter_form, drawing->values));
}

Error panel_enter(Call *call, Text ref, const Map *values)
{
	Drawing drawing = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_enter_form, values));
	return db_transact(call, enter, &drawing);
}

static Error place_entries(Call *call, const PanelState *state, size_t at)
{
	const PanelPart *part = &state->parts[at];
	const Text *order = dossier_order(call->arena, &state->dossier, &state->seats.seed, at, DRAW_ORDER);
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = panel_entry(part, order[i]);
		TRY(entry_place(call, entry->id, (int64_t)i));
		TRY(application_system(call, entry->ref, TEXT("schedule")));
	}
	return OK;
}

static Error check_confirmation(Call *call, const PanelState *state, Text value)
{
	if (!panel_is_in(state, "PANEL_DRAW") || !state->draw.entered.at) return fail(call, CONFLICT, "no value waits");
	if (state->draw.entered_by.is && state->draw.entered_by.value == call->actor->person_id)
		call_problem(call, TEXT("confirmed"), N_("Another person confirms than the one who entered it."), (Text) { 0 });
	else if (!text_is(value, state->draw.entered))
		call_problem(call, TEXT("confirmed"), N_("This is not what the first person entered. One of the two must look again."),
			(Text) { 0 });
	return call_check_problems(call);
}

static Error confirm(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Text value = text_trim(form_answer(drawing->values, "confirmed"));
	int64_t changed = 0;
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY | ROLE_SUPERVISOR, state));
	TRY(check_confirmation(call, state, value));
	state->dossier.source = value;
	TRY(panel_seat_now(call, state));
	Digest order = draw_permutation_hash(state->seats.permutation, state->leaves.count);
	Text seed = hex_text(call->arena, DIGEST_TEXT(state->seats.seed)), hash = hex_text(call->arena, DIGEST_TEXT(order));
	TRY(draw_confirm(call, state->draw.id, value, call->actor->person_id, seed, hash, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it is drawn");
	for (size_t d = 0; d < state->part_count; d++) TRY(place_entries(call, state, d));
	TRY(panel_record(call, state, "draw",
		arena_printf(call->arena, "{\"seed\":\"%.*s\",\"permutation\":\"%.*s\"}", TEXT_ARGS(seed), TEXT_ARGS(hash))));
	return panel_round_moves(call, state, "seat");
}

Error panel_confirm(Call *call, Text ref, const Map *values)
{
	Drawing drawing = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_confirm_form, values));
	return db_transact(call, confirm, &drawing);
}

/* ---- Replacements */
typedef struct Going {
	PanelState *state;
	size_t at;
	int64_t expert_id;
	Text reason, note;
} Going;

static Error go(Call *call, const Going *going)
{
	PanelState *state = going->state;
	const LeafRow *leaf = panel_leaf_of(state, going->expert_id);
	const PanelPart *part = &state->parts[going->at];
	Replacement replacement = { going->at, leaf ? (uint32_t)leaf->place : 0, going->reason };
	Text ref = panel_expert_ref(state, going->expert_id);
	Sealed note;
	int64_t id = 0;
	if (!panel_is_in(state, "PANEL") || !leaf || state->draw.opened_at.is) return fail(call, CONFLICT, "nobody is replaced now");
	list_add(call->arena, &state->dossier.replacements, replacement);
	if (state->dossier.replacements.count > DOSSIER_REPLACEMENTS_MAX) return fail(call, TOO_LARGE, "replacements");
	TRY(replacement_insert(call, part->row.id, leaf->place, going->reason, call->actor->person_id, call->now, &id));
	TRY(seal_close(call, state->draw.seal_key, "panel_replacement|sealed_note", arena_printf(call->arena, "%lld", (long long)id),
		going->note, &note));
	TRY(replacement_note(call, id, note));
	state->is_drawn = false; /* so that a panel that cannot be filled is said where it was asked */
	TRY(panel_seat_now(call, state));
	if (!text_is(going->reason, TEXT("conflict")))
		TRY(expert_note(call, going->expert_id, text_is(going->reason, TEXT("absent")) ? EXPERT_ABSENT : EXPERT_DECLINED));
	TRY(change_record(call, round_machine.name, state->round.code)); /* the public page of the draw shows another position */
	return panel_record(call, state, "replace",
		arena_printf(call->arena, "{\"panel\":\"%.*s\",\"expert\":\"%.*s\",\"reason\":\"%.*s\"}", TEXT_ARGS(part->row.ref),
			TEXT_ARGS(ref), TEXT_ARGS(going->reason)));
}

static bool sits(const PanelPart *part, int64_t expert_id)
{
	for (size_t i = 0; i < part->seats.count; i++)
		if (part->seats.at[i].expert_id == expert_id && !text_is(part->seats.at[i].code, TEXT("out"))) return true;
	return false;
}

static Error replace(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	Going going = { .state = arena_new_of(call->arena, PanelState),
		.reason = form_answer(drawing->values, "gone_why"),
		.note = form_answer(drawing->values, "gone_note") };
	Expert expert;
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY, going.state));
	TRY(expert_open(call, drawing->name, &expert));
	going.expert_id = expert.id;
	while (going.at < going.state->part_count && !sits(&going.state->parts[going.at], expert.id)) going.at++;
	if (going.at == going.state->part_count) return fail(call, NOT_FOUND, "does not sit");
	return go(call, &going);
}

Error panel_replace(Call *call, Text ref, Text expert, const Map *values)
{
	Drawing drawing = { .ref = ref, .name = expert, .values = values };
	TRY(form_check(call, &panel_replace_form, values));
	return db_transact(call, replace, &drawing);
}

static Error tell_office(Call *call, const PanelState *state)
{
	Text path = arena_printf(call->arena, "/programme/rounds/%.*s/panel", TEXT_ARGS(state->round.ref));
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_PANEL_VACANT, state->round.code, path);
}

static Error decline(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	TRY(panel_member(call, drawing->ref, member));
	Going going = { &member->state, member->at, member->expert.id, TEXT("declined"), form_answer(drawing->values, "declined_why") };
	TRY(go(call, &going));
	return tell_office(call, &member->state);
}

Error panel_decline(Call *call, Text panel, const Map *values)
{
	Drawing drawing = { .ref = panel, .values = values };
	TRY(form_check(call, &panel_decline_form, values));
	return db_transact(call, decline, &drawing);
}

/* ---- "No conflict" */
static Error swear(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	TRY(panel_member(call, drawing->ref, member));
	const EntryRow *entry = panel_entry(member->part, drawing->name);
	if (!entry) return fail(call, NOT_FOUND, "no such application");
	if (text_is(form_answer(drawing->values, "free"), TEXT("conflict"))) {
		Going going = { &member->state, member->at, member->expert.id, TEXT("conflict"), form_answer(drawing->values, "tie") };
		TRY(go(call, &going));
		return tell_office(call, &member->state);
	}
	if (!member->is_taken || !panel_is_in(&member->state, "PANEL")) return fail(call, CONFLICT, "nothing is to be signed");
	TRY(oath_insert(call, entry->application_id, member->expert.id, call->now));
	return panel_record(call, &member->state, "swear",
		arena_printf(call->arena, "{\"application\":\"%.*s\",\"expert\":\"%.*s\"}", TEXT_ARGS(entry->ref),
			TEXT_ARGS(member->expert.ref)));
}

Error panel_swear(Call *call, Text panel, Text application, const Map *values)
{
	Drawing drawing = { .ref = panel, .name = application, .values = values };
	TRY(form_check(call, &panel_oath_form, values));
	return db_transact(call, swear, &drawing);
}

Error panel_has_sworn(Call *call, int64_t application_id, int64_t expert_id, bool *out)
{
	int64_t oaths = 0;
	TRY(oath_count(call, application_id, expert_id, &oaths));
	*out = oaths > 0;
	return OK;
}

/* ---- The day of presentation */
static Error present(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	size_t at = 0;
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY, state));
	if (!panel_part_of(state, drawing->name, &at)) return fail(call, NOT_FOUND, "no such application");
	if (!panel_is_in(state, "PANEL")) return fail(call, CONFLICT, "nobody presents now");
	TRY(application_system(call, drawing->name, drawing->is_there ? TEXT("present") : TEXT("miss")));
	return panel_record(call, state, drawing->is_there ? "present" : "miss",
		arena_printf(call->arena, "{\"application\":\"%.*s\"}", TEXT_ARGS(drawing->name)));
}

Error panel_present(Call *call, Text ref, Text application, bool is_there)
{
	Drawing drawing = { .ref = ref, .name = application, .is_there = is_there };
	return db_transact(call, present, &drawing);
}

/* ---- The key */
static const char *const share_names[SPLIT_SHARES] = { "office", "supervisor", "envelope" };

static Error key_new(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Share shares[SPLIT_SHARES];
	int64_t changed = 0;
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY, state));
	if (!state->is_frozen || state->draw.opened_at.is) return fail(call, CONFLICT, "no key is made now");
	Key secret scoped(key_wipe) = key_random();
	Key public_key = seal_public(&secret);
	TRY(draw_set_key(call, state->draw.id, hex_text(call->arena, (Text) { (const char *)public_key.at, sizeof(public_key.at) }),
		call->actor->person_id, &changed));
	if (!changed) return fail(call, CONFLICT, "the key was rehearsed");
	secret_split(&secret, shares);
	for (size_t i = 0; i < SPLIT_SHARES; i++) {
		Sealed sealed;
		Text row = arena_printf(call->arena, "%lld/%s", (long long)state->draw.id, share_names[i]);
		TRY(seal_close(call, state->draw.seal_key, "panel_share|sealed_share", row, share_text(call->arena, &shares[i]), &sealed));
		TRY(share_put(call, state->draw.id, text_from(share_names[i]), sealed));
	}
	secret_wipe(shares, sizeof(shares));
	return panel_record(call, state, "key", TEXT("{}"));
}

Error panel_key_new(Call *call, Text ref)
{
	Drawing drawing = { .ref = ref };
	return db_transact(call, key_new, &drawing);
}

static Error take(Call *call, void *argument)
{
	Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	ShareRows shares;
	const ShareRow *wanted = NULL;
	int64_t changed = 0;
	bool is_supervisors = text_is(drawing->name, TEXT("supervisor"));
	TRY(panel_office(call, drawing->ref, is_supervisors ? ROLE_SUPERVISOR : ROLE_SECRETARY, state));
	TRY(share_list(call, state->draw.id, &shares));
	for (size_t i = 0; i < shares.count; i++) {
		if (text_is(shares.at[i].name, drawing->name)) wanted = &shares.at[i];
		if (shares.at[i].taken_by.is && shares.at[i].taken_by.value == call->actor->person_id)
			return fail(call, FORBIDDEN, "nobody holds two shares");
	}
	if (!wanted) return fail(call, NOT_FOUND, "no such share");
	if (wanted->taken_by.is) return fail(call, CONFLICT, "it was taken");
	Text row = arena_printf(call->arena, "%lld/%.*s", (long long)state->draw.id, TEXT_ARGS(drawing->name));
	TRY(seal_open(call, "panel_share|sealed_share", row, wanted->sealed_share, &drawing->share));
	TRY(share_take(call, state->draw.id, drawing->name, call->actor->person_id, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it was taken");
	return panel_record(call, state, "share", arena_printf(call->arena, "{\"share\":\"%.*s\"}", TEXT_ARGS(drawing->name)));
}

Error panel_share_take(Call *call, Text ref, Text name, Text *out_share)
{
	Drawing drawing = { .ref = ref, .name = name };
	TRY(db_transact(call, take, &drawing));
	*out_share = drawing.share;
	return OK;
}

Error panel_key_join(Call *call, const PanelState *state, const Map *values, Key *out)
{
	Share shares[2];
	static const char *const fields[] = { "share_one", "share_other" };
	for (size_t i = 0; i < COUNT(fields); i++)
		if (!share_parse(call->arena, form_answer(values, fields[i]), &shares[i]))
			call_problem(call, text_from(fields[i]), N_("This is no share, or a sign is mistyped."), (Text) { 0 });
	TRY(call_check_problems(call));
	bool is_joined = secret_join(&shares[0], &shares[1], out);
	Key public_key = is_joined ? seal_public(out) : (Key) { { 0 } };
	Text found = hex_text(call->arena, (Text) { (const char *)public_key.at, sizeof(public_key.at) });
	secret_wipe(shares, sizeof(shares));
	if (!is_joined || !state->draw.public_key.at || !text_is(found, state->draw.public_key))
		call_problem(call, TEXT("share_other"), N_("These two do not give the key of this round."), (Text) { 0 });
	return call_check_problems(call);
}

static Error rehearse(Call *call, void *argument)
{
	const Drawing *drawing = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	int64_t changed = 0;
	Key secret scoped(key_wipe) = { { 0 } };
	TRY(panel_office(call, drawing->ref, ROLE_SECRETARY | ROLE_SUPERVISOR, state));
	TRY(panel_key_join(call, state, drawing->values, &secret));
	TRY(draw_rehearsed(call, state->draw.id, call->now, &changed));
	return changed ? panel_record(call, state, "rehearse", TEXT("{}")) : fail(call, CONFLICT, "it was rehearsed");
}

Error panel_rehearse(Call *call, Text ref, const Map *values)
{
	Drawing drawing = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_rehearse_form, values));
	return db_transact(call, rehearse, &drawing);
}
