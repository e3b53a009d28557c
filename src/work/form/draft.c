/* Drafts: one sealed JSON object, bound to a person or to the secret in a visitor's cookie. */
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "store/seal/seal.h"
#include "work/form/form.h"
#include "work/form/form.sql.h"

static const char PLACE[] = "draft|sealed_values";

typedef struct Saving {
	const Form *form;
	const Map *values;
	Draft *draft;
	Text secret;
} Saving;

static Text secret_value(Call *call, Text secret) { return secret.length ? seal_lookup(call, "draft secret", secret) : (Text) { 0 }; }

static Error store_values(Call *call, const Form *form, const Draft *draft, const Map *values)
{
	Sealed sealed;
	TRY(seal_close(call, draft->seal_key, PLACE, draft->ref, form_values_text(call->arena, form, values), &sealed));
	int64_t changed = 0;
	TRY(draft_update(call, draft->id, sealed, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "draft %.*s has been sent", TEXT_ARGS(draft->ref));
}

static Error make(Call *call, void *argument)
{
	Saving *saving = argument;
	Draft draft = { .ref = random_code(call->arena, 20),
		.form = text_from(saving->form->name),
		.form_version = saving->form->version,
		.person_id = call->actor->person_id,
		.updated_at = call->now };
	TRY(seal_matter_new(call, &draft.seal_key));
	TRY(draft_insert(call, draft.ref, draft.form, draft.form_version, (Maybe) { draft.person_id != 0, draft.person_id },
		draft.person_id ? (Text) { 0 } : secret_value(call, saving->secret), draft.seal_key, call->now, &draft.id));
	Map *values = form_values_copy(call->arena, saving->form, saving->values);
	TRY(form_complete(call, saving->form, NULL, values));
	TRY(store_values(call, saving->form, &draft, values));
	*saving->draft = draft;
	return OK;
}

Error draft_new(Call *call, const Form *form, const Map *values, Draft *out, Text *out_secret)
{
	Text secret = call->actor->person_id ? (Text) { 0 } : token_new(call->arena, 24);
	Draft draft = { 0 };
	Saving saving = { form, values, &draft, secret };
	TRY(db_transact(call, make, &saving));
	TRY(draft_open(call, form, draft.ref, secret, out));
	*out_secret = secret;
	return OK;
}

static bool is_owner(Call *call, Maybe person_id, Text stored, Text secret)
{
	if (person_id.is) return person_id.value == call->actor->person_id;
	return secret.length && secret_is(stored, secret_value(call, secret));
}

Error draft_open(Call *call, const Form *form, Text ref, Text secret, Draft *out)
{
	DraftRow row;
	TRY(draft_find(call, ref, text_from(form->name), &row));
	if (!is_owner(call, row.person_id, row.secret, secret))
		return fail(call, NOT_FOUND, "draft %.*s is somebody else's", TEXT_ARGS(ref));
	Draft draft = { .id = row.id,
		.seal_key = row.seal_key,
		.person_id = row.person_id.is ? row.person_id.value : 0,
		.ref = row.ref,
		.form = row.form,
		.form_version = (int)row.form_version,
		.updated_at = row.updated_at };
	Text json;
	TRY(seal_open(call, PLACE, row.ref, row.sealed_values, &json));
	if (!json.at) return fail(call, NOT_FOUND, "draft %.*s was destroyed", TEXT_ARGS(ref));
	TRY(form_values_read(call, form, json, &draft.values));
	*out = draft;
	return OK;
}

Error draft_find_result(Call *call, Text ref, Text secret, const char *machine, int64_t *out_subject_id)
{
	bool found = false;
	Text sent_machine, stored;
	Maybe person_id;
	int64_t subject_id = 0;
	TRY(draft_find_sent(call, ref, &sent_machine, &subject_id, &person_id, &stored, &found));
	bool fits = found && text_is(sent_machine, text_from(machine)) && is_owner(call, person_id, stored, secret);
	*out_subject_id = fits ? subject_id : 0;
	return OK;
}

typedef struct FieldSaving {
	const Form *form;
	Draft *draft;
	Text name, value;
} FieldSaving;

/* Reads the draft again inside the transaction, so that two fields saved at once both stay. */
static Error save_one(Call *call, void *argument)
{
	const FieldSaving *saving = argument;
	DraftRow row;
	Text json;
	Map *values;
	TRY(draft_find(call, saving->draft->ref, saving->draft->form, &row));
	TRY(seal_open(call, PLACE, row.ref, row.sealed_values, &json));
	TRY(form_values_read(call, saving->form, json.at ? json : TEXT("{}"), &values));
	Map *before = form_values_copy(call->arena, saving->form, values);
	form_put_typed(call->arena, form_item(saving->form, saving->name), values, saving->value);
	TRY(form_complete(call, saving->form, before, values));
	saving->draft->values = values;
	return store_values(call, saving->form, saving->draft, values);
}

Error draft_save_field(Call *call, const Form *form, Draft *draft, Text name, Text value)
{
	const FormItem *item = form_item(form, name);
	if (!item || item->kind == FORM_FILES) {
		call_problem(call, name, N_("There is no field of this name."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(form_check_value(call, item, value));
	FieldSaving saving = { form, draft, name, value };
	return db_transact(call, save_one, &saving);
}

static Error save_all(Call *call, void *argument)
{
	const Saving *saving = argument;
	DraftRow row;
	Text json;
	Map *before, *values = form_values_copy(call->arena, saving->form, saving->values);
	TRY(draft_find(call, saving->draft->ref, saving->draft->form, &row));
	TRY(seal_open(call, PLACE, row.ref, row.sealed_values, &json));
	TRY(form_values_read(call, saving->form, json.at ? json : TEXT("{}"), &before));
	TRY(form_complete(call, saving->form, before, values));
	saving->draft->values = values;
	return store_values(call, saving->form, saving->draft, values);
}

Error draft_save(Call *call, const Form *form, Draft *draft, const Map *values)
{
	for (size_t i = 0; i < form->section_count; i++)
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const FormItem *item = &form->sections[i].items[j];
			TRY(form_check_value(call, item, form_answer(values, item->name)));
		}
	Saving saving = { form, values, draft, { 0 } };
	return db_transact(call, save_all, &saving);
}

Error draft_sent(Call *call, const Draft *draft, const char *machine, int64_t subject_id)
{
	must(db_in_transaction(call));
	int64_t changed = 0;
	TRY(draft_mark_sent(call, draft->id, text_from(machine), subject_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "draft %.*s has been sent before", TEXT_ARGS(draft->ref));
	return attachment_move(call, TEXT("draft"), draft->id, text_from(machine), subject_id);
}

static Error discard(Call *call, void *argument)
{
	const Draft *draft = argument;
	Attachments files;
	int64_t changed = 0;
	TRY(attachment_list(call, "draft", draft->id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(attachment_remove(call, &files.at[i]));
	TRY(draft_delete(call, draft->id, &changed));
	if (changed != 1) return fail(call, CONFLICT, "draft %.*s has been sent", TEXT_ARGS(draft->ref));
	return seal_matter_destroy(call, draft->seal_key);
}

Error draft_discard(Call *call, const Draft *draft)
{
	Draft copy = *draft;
	return db_transact(call, discard, &copy);
}

Error draft_list(Call *call, DraftLines *out)
{
	if (call->actor->person_id) return draft_list_of(call, call->actor->person_id, out);
	*out = (DraftLines) { 0 };
	return OK;
}

/* ---- The end of the time they are kept */
Error draft_kept(Call *call, const KeptPage *page, Keeps *out)
{
	DraftKepts rows;
	Keeps keeps = { 0 };
	TRY(draft_kept_rows(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].updated_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

Error draft_forget(Call *call, Text ref)
{
	DraftKept row;
	bool found = false;
	TRY(draft_unsent(call, ref, &row, &found));
	if (!found) return OK;
	Draft draft = { .id = row.id, .ref = row.ref, .seal_key = row.seal_key };
	return discard(call, &draft);
}

Error draft_forget_person(Call *call, int64_t person_id)
{
	Texts refs;
	TRY(draft_refs_of(call, person_id, &refs));
	for (size_t i = 0; i < refs.count; i++) TRY(draft_forget(call, refs.at[i]));
	return OK;
}
