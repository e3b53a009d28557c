/* Cases: who sees them, what the unit writes, what the actions of the machine change. */
#include "subject/programme/collection/collection.h"

#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/programme/collection/collection_private.h"

enum { ROWS_MAX = 200 };
static const char values_column[] = "collection_case|sealed_values";

bool collection_is(const CollectionCase *one, const char *state) { return text_is(one->state, text_from(state)); }
Text collection_place(Arena *arena, Text ref) { return arena_printf(arena, "/cases/%.*s", TEXT_ARGS(ref)); }

/* ---- Reading */
static bool is_office(const Actor *actor) { return actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR); }

static bool was_submitted(const CollectionCase *one) { return one->submitted_at != 0; }

static Error is_asked(Call *call, const CollectionCase *one, bool *out)
{
	CollectionSeatRows seats;
	TRY(collection_seat_rows(call, one->id, &seats));
	for (size_t i = 0; i < seats.count; i++)
		*out |= seats.at[i].person_id == call->actor->person_id && !text_is(seats.at[i].state, TEXT("conflict"));
	return OK;
}

static Error relate(Call *call, CollectionCase *one)
{
	InterestMatter matter = { 0 };
	const Actor *actor = call->actor;
	if (!actor->person_id) return OK;
	TRY(org_is_member(call, one->organisation_id, actor->person_id, &one->is_own));
	one->is_staff = is_office(actor) && was_submitted(one);
	list_add(call->arena, &matter.organisations, one->organisation_id);
	if (one->is_staff) TRY(interest_against(call, actor->person_id, &matter, &one->conflict));
	if (was_submitted(one) && collection_is(one, "SCORING")) TRY(is_asked(call, one, &one->is_judge));
	return OK;
}

Error collection_of_row(Call *call, const CollectionRow *row, CollectionCase *out)
{
	Text json;
	*out = (CollectionCase) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.activity_id = row->activity_id,
		.organisation_id = row->organisation_id,
		.writer_id = row->writer_id,
		.checker_id = row->checker_id,
		.lister_id = row->lister_id,
		.publicist_id = row->publicist_id,
		.score = row->score.is ? row->score.value : -1,
		.submitted_at = row->submitted_at.is ? row->submitted_at.value : 0,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.title = row->title.at ? row->title : TEXT(""),
		.reason = row->reason };
	TRY(activity_open_public(call, row->activity, &out->activity));
	TRY(org_find(call, row->organisation_id, &out->organisation));
	TRY(seal_open(call, values_column, row->ref, row->sealed_values, &json));
	TRY(form_values_read(call, &collection_form, json.at ? json : TEXT("{}"), &out->values));
	return relate(call, out);
}

static Error of_rows(Call *call, const CollectionRows *rows, CollectionCases *out)
{
	CollectionCases list = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		CollectionCase one;
		TRY(collection_of_row(call, &rows->at[i], &one));
		list_add(call->arena, &list, one);
	}
	*out = list;
	return OK;
}

Error collection_by_id(Call *call, int64_t id, CollectionCase *out)
{
	CollectionRow row;
	TRY(collection_find_id(call, id, &row));
	return collection_of_row(call, &row, out);
}

static bool may_see(const Actor *actor, const CollectionCase *one)
{
	if (actor_has(actor, ROLE_SYSTEM)) return true;
	return one->is_own || one->is_judge || (one->is_staff && !one->conflict);
}

Error collection_open(Call *call, Text ref, CollectionCase *out)
{
	CollectionRow row;
	CollectionCase one;
	TRY(collection_find_ref(call, ref, &row));
	TRY(collection_of_row(call, &row, &one));
	if (!may_see(call->actor, &one)) return fail(call, NOT_FOUND, "case %.*s is not theirs to see", TEXT_ARGS(ref));
	*out = one;
	return OK;
}

static Error record_reading(Call *call, void *argument)
{
	const CollectionCase *one = argument;
	return ledger_record(
		call, &(LedgerEvent) { .kind = collection_machine.name, .ref = one->ref, .action = "read", .matter = one->seal_key }, NULL);
}

Error collection_record_reading(Call *call, const CollectionCase *one)
{
	CollectionCase read = *one;
	return one->is_own ? OK : db_transact(call, record_reading, &read);
}

Error collection_own(Call *call, const Activity *activity, CollectionCases *out)
{
	CollectionRows rows = { 0 };
	if (call->actor->organisation_id) TRY(collection_rows_own(call, activity->id, call->actor->organisation_id, ROWS_MAX, &rows));
	return of_rows(call, &rows, out);
}

static Error keep_seen(Call *call, const CollectionCases *all, CollectionCases *out)
{
	CollectionCases kept = { 0 };
	for (size_t i = 0; i < all->count; i++)
		if (may_see(call->actor, &all->at[i])) list_add(call->arena, &kept, all->at[i]);
	*out = kept;
	return OK;
}

Error collection_in_state(Call *call, Text activity, Text state, int64_t before, int64_t max, CollectionCases *out)
{
	Activity of;
	CollectionRows rows;
	CollectionCases all;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "cases are the office's");
	TRY(activity_open_public(call, activity, &of));
	TRY(collection_rows_in(call, of.id, state, before ? before : INT64_MAX, max, &rows));
	TRY(of_rows(call, &rows, &all));
	return keep_seen(call, &all, out);
}

Error collection_to_judge(Call *call, int64_t before, int64_t max, CollectionCases *out)
{
	CollectionRows rows = { 0 };
	if (call->actor->person_id) TRY(collection_rows_judged(call, call->actor->person_id, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error collection_public(Call *call, const Activity *activity, CollectionCases *out)
{
	static const char *const shown[] = { "IN_NOTICE", "CHOSEN" };
	CollectionCases list = { 0 };
	for (size_t s = 0; s < COUNT(shown); s++) {
		CollectionRows rows;
		CollectionCases some;
		TRY(collection_rows_in(call, activity->id, text_from(shown[s]), INT64_MAX, ROWS_MAX, &rows));
		TRY(of_rows(call, &rows, &some));
		for (size_t i = 0; i < some.count; i++) list_add(call->arena, &list, some.at[i]);
	}
	*out = list;
	return OK;
}

/* ---- Writing */
bool collection_may_write(const CollectionCase *one, int64_t now)
{
	return one->is_own && collection_is(one, "DRAFT") && text_is(one->activity.state, TEXT("OPEN")) && now < one->activity.closes_at;
}

Error collection_why_not(Call *call, const Activity *activity, const char **out_why)
{
	bool is_unit = false;
	TRY(activity_is_of_unit(call, &is_unit));
	bool is_open =
		text_is(activity->kind, TEXT("collection")) && text_is(activity->state, TEXT("OPEN")) && call->now < activity->closes_at;
	*out_why = !is_open  ? N_("The collection takes no cases now.")
		   : is_unit ? NULL
			     : N_("Members of support units and partners submit cases.");
	return OK;
}

typedef struct Working {
	Text ref, name, value;
	const Map *values;
} Working;

static Error seal_values(Call *call, Text ref, int64_t key, const Map *values, Sealed *out)
{
	return seal_close(call, key, values_column, ref, form_values_text(call->arena, &collection_form, values), out);
}

static Error begin(Call *call, void *argument)
{
	Working *working = argument;
	Activity activity;
	CollectionCases own;
	CollectionCase one;
	Matter matter;
	Sealed sealed;
	int64_t key = 0, id = 0;
	const char *why = NULL;
	TRY(activity_open_public(call, working->name, &activity));
	if (!text_is(activity.kind, TEXT("collection"))) return fail(call, NOT_FOUND, "%.*s collects no cases", TEXT_ARGS(activity.ref));
	TRY(collection_why_not(call, &activity, &why));
	bool is_open = text_is(activity.state, TEXT("OPEN")) && call->now < activity.closes_at;
	if (why && !is_open) return fail(call, CONFLICT, "%s", why);
	if (why) return fail(call, FORBIDDEN, "%s", why);
	TRY(collection_own(call, &activity, &own));
	if (own.count >= COLLECTION_CASES_MAX) return fail(call, TOO_LARGE, "%zu cases of one organisation", own.count);
	Text ref = arena_printf(call->arena, "L-%.*s", TEXT_ARGS(random_code(call->arena, 12)));
	TRY(seal_matter_new(call, &key));
	TRY(seal_values(call, ref, key, map_new(call->arena), &sealed));
	TRY(collection_insert(call, ref, activity.id, call->actor->organisation_id, key, call->actor->person_id, sealed, call->now, &id));
	TRY(collection_by_id(call, id, &one));
	TRY(collection_matter(call, &one, &matter));
	working->ref = ref;
	return workflow_begin(call, &collection_machine, &matter);
}

Error collection_begin(Call *call, Text activity, Text *out_ref)
{
	Working working = { .name = activity };
	TRY(db_transact(call, begin, &working));
	*out_ref = working.ref;
	return OK;
}

/* Reads again inside the transaction, so that what two pages save at once both stays. */
static Error write(Call *call, void *argument)
{
	const Working *working = argument;
	CollectionCase one;
	Sealed sealed;
	int64_t changed = 0;
	TRY(collection_open(call, working->ref, &one));
	if (!one.is_own) return fail(call, FORBIDDEN, "it belongs to another organisation");
	if (!collection_may_write(&one, call->now)) return fail(call, CONFLICT, "case %.*s cannot be written now", TEXT_ARGS(one.ref));
	for (size_t s = 0; s < collection_form.section_count; s++)
		for (size_t i = 0; i < collection_form.sections[s].item_count; i++) {
			const FormItem *item = &collection_form.sections[s].items[i];
			const Text *value = working->values ? map_get(working->values, text_from(item->name))
					    : text_is(working->name, text_from(item->name)) ? &working->value
											    : NULL;
			if (!value || item->kind == FORM_FILES) continue;
			TRY(form_check_value(call, item, *value));
			if (working->values)
				form_put(call->arena, item, one.values, *value);
			else
				form_put_typed(call->arena, item, one.values, *value);
		}
	TRY(seal_values(call, one.ref, one.seal_key, one.values, &sealed));
	TRY(collection_write(call, one.id, sealed, call->now, &changed));
	return changed ? OK : fail(call, CONFLICT, "case %.*s was moved", TEXT_ARGS(one.ref));
}

Error collection_save_field(Call *call, const CollectionCase *one, Text name, Text value)
{
	Working working = { .ref = one->ref, .name = name, .value = value };
	if (!form_item(&collection_form, name)) return fail(call, INVALID, "no field %.*s", TEXT_ARGS(name));
	return db_transact(call, write, &working);
}

Error collection_save(Call *call, const CollectionCase *one, const Map *values)
{
	Working working = { .ref = one->ref, .values = values };
	return db_transact(call, write, &working);
}

Error collection_files(Call *call, const CollectionCase *one, bool to_write, AttachmentOwner *out)
{
	if (to_write && !one->is_own) return fail(call, FORBIDDEN, "these are not the files of the actor");
	if (to_write && !collection_may_write(one, call->now))
		return fail(call, CONFLICT, "files of %.*s cannot be changed now", TEXT_ARGS(one->ref));
	*out = (AttachmentOwner) { collection_machine.name, one->id, one->seal_key, false };
	return OK;
}
