/* The checklist: entries that are never written over, and photographs, each taken once however often it is sent. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/inspection/inspection_private.h"

/* ---- Loading */
static Error content_of(Call *call, const InspectionEntryRow *row, Map **out)
{
	Text json;
	TRY(seal_open(call, "inspection_entry|sealed_content", row->ref, row->sealed_content, &json));
	return form_values_read(call, &inspection_entry_form, json.at ? json : TEXT("{}"), out);
}

static Error entry_of(Call *call, const InspectionEntryRow *row, const InspectionEntry **out)
{
	InspectionEntry *entry = arena_new_of(call->arena, InspectionEntry);
	*entry = (InspectionEntry) {
		.number = row->number, .person_id = row->person_id, .days = row->days, .at = row->entered_at, .verdict = row->verdict
	};
	TRY(content_of(call, row, &entry->values));
	*out = entry;
	return person_name(call, row->person_id, &entry->person);
}

static bool is_same(const InspectionEntry *one, const InspectionEntry *other)
{
	static const char *const fields[] = { "verdict", "evidence", "comment", "days" };
	for (size_t i = 0; i < COUNT(fields); i++)
		if (!text_is(form_answer(one->values, fields[i]), form_answer(other->values, fields[i]))) return false;
	return true;
}

/* The newest entry holds. Whose author did not know of the one before stands beside it, until somebody who saw both saves again. */
static Error settle_item(Call *call, const InspectionEntryRows *rows, InspectionItem *item)
{
	const InspectionEntryRow *newest = NULL, *before = NULL;
	for (size_t i = 0; i < rows->count && !before; i++) {
		if (!text_is(rows->at[i].item, item->name)) continue;
		if (newest)
			before = &rows->at[i];
		else
			newest = &rows->at[i];
	}
	if (newest) TRY(entry_of(call, newest, &item->now));
	if (!before || newest->seen == before->number || newest->person_id == before->person_id) return OK;
	const InspectionEntry *other;
	TRY(entry_of(call, before, &other));
	if (!is_same(item->now, other)) item->other = other;
	return OK;
}

static Error load_photos(Call *call, Inspection *inspection)
{
	InspectionPhotoRows rows;
	TRY(inspection_photos(call, inspection->id, INSPECTION_PHOTOS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const InspectionPhotoRow *row = &rows.at[i];
		InspectionPhoto photo = { .ref = row->ref,
			.item = row->item,
			.taken_at = row->taken_at,
			.received_at = row->received_at,
			.attachment_id = row->attachment_id };
		TRY(seal_open(call, "inspection_photo|sealed_where", row->ref, row->sealed_where, &photo.where));
		if (!photo.where.at) photo.where = TEXT("");
		TRY(person_name(call, row->person_id, &photo.person));
		list_add(call->arena, &inspection->photos, photo);
	}
	return OK;
}

Error inspection_load_items(Call *call, Inspection *inspection)
{
	InspectionItemRows items;
	InspectionEntryRows entries;
	TRY(inspection_items(call, inspection->id, &items));
	TRY(inspection_entries(call, inspection->id, INSPECTION_ENTRIES_MAX, &entries));
	for (size_t i = 0; i < items.count; i++) {
		const InspectionItemRow *row = &items.at[i];
		bool is_chinese = call->lang == LANG_ZH || !row->text_en.length;
		InspectionItem item = { .name = row->name, .text = is_chinese ? row->text_zh : row->text_en, .clause = row->clause };
		TRY(settle_item(call, &entries, &item));
		list_add(call->arena, &inspection->items, item);
	}
	return load_photos(call, inspection);
}

const InspectionItem *inspection_item(const Inspection *inspection, Text name)
{
	for (size_t i = 0; i < inspection->items.count; i++)
		if (text_is(inspection->items.at[i].name, name)) return &inspection->items.at[i];
	return NULL;
}

static const char *item_missing(const InspectionItem *item)
{
	if (item->other) return N_("The inspectors wrote different things about an item; one of them must say what holds.");
	if (!item->now || !item->now->verdict.length) return N_("An item of the checklist has no verdict yet.");
	if (!form_answer(item->now->values, "evidence").length) return N_("At an item of the checklist it is not said what was seen.");
	if (text_is(item->now->verdict, TEXT("meets"))) return NULL;
	if (!form_answer(item->now->values, "comment").length) return N_("At a finding it is not said what is wrong.");
	return text_is(item->now->verdict, TEXT("minor")) && !item->now->days ? N_("At a minor finding the days to correct it are missing.")
									      : NULL;
}

const char *inspection_missing(const Inspection *inspection)
{
	const char *why = inspection->items.count ? NULL : N_("There is no checklist.");
	for (size_t i = 0; i < inspection->items.count && !why; i++) why = item_missing(&inspection->items.at[i]);
	return why;
}

/* ---- Saving */
static Error open_to_fill(Call *call, Text ref, Text item, Inspection *out)
{
	TRY(inspection_open(call, ref, out));
	if (!out->is_inspector) return fail(call, FORBIDDEN, "only the inspectors fill in %.*s", TEXT_ARGS(ref));
	if (!inspection_item(out, item)) return fail(call, NOT_FOUND, "the checklist has no item %.*s", TEXT_ARGS(item));
	return text_is(out->state, TEXT("ARRANGED")) ? OK : fail(call, CONFLICT, "the report of %.*s is signed", TEXT_ARGS(ref));
}

static Error check_entry(Call *call, const InspectionSave *save, int64_t *out_days)
{
	const FormSection *section = &inspection_entry_form.sections[0];
	Text days = text_trim(form_answer(save->values, "days"));
	int64_t most = setting_int(call, SETTING_inspection_correct_days);
	*out_days = 0;
	for (size_t i = 0; i < section->item_count; i++)
		TRY(form_check_value(call, &section->items[i], form_answer(save->values, section->items[i].name)));
	if (days.length && (!text_to_int(days, out_days) || *out_days > most))
		call_problem(call, TEXT("days"), N_("At most %s working days."), arena_printf(call->arena, "%lld", (long long)most));
	if (!save->client.length || save->client.length > INSPECTION_CLIENT_MAX) return fail(call, USAGE, "no name of this save");
	return call_check_problems(call);
}

typedef struct Saving {
	Text ref;
	const InspectionSave *save;
	InspectionSaved *out;
} Saving;

static Error tell_saved(Call *call, Text ref, Text item, InspectionSaved *out)
{
	Inspection after;
	TRY(inspection_open(call, ref, &after));
	const InspectionItem *now = inspection_item(&after, item);
	*out = (InspectionSaved) { now && now->now ? now->now->number : 0, now && now->other };
	return OK;
}

static Error save_entry(Call *call, void *argument)
{
	const Saving *saving = argument;
	const InspectionSave *save = saving->save;
	Inspection inspection;
	InspectionEntryRow known;
	int64_t days = 0, last = 0;
	bool is_known = false;
	Text ref = token_new(call->arena, 16);
	Sealed content;
	TRY(check_entry(call, save, &days));
	TRY(inspection_open(call, saving->ref, &inspection));
	TRY(inspection_entry_of(call, inspection.id, save->client, &known, &is_known));
	if (is_known && known.person_id != call->actor->person_id) return fail(call, CONFLICT, "somebody else's save has this name");
	if (is_known) return tell_saved(call, saving->ref, save->item, saving->out);
	TRY(open_to_fill(call, saving->ref, save->item, &inspection));
	TRY(inspection_entry_last(call, inspection.id, save->item, &last));
	if (save->seen > last || save->seen < 0) return fail(call, USAGE, "an entry that is not there was seen");
	Text json = form_values_text(call->arena, &inspection_entry_form, save->values);
	TRY(seal_close(call, inspection.seal_key, "inspection_entry|sealed_content", ref, json, &content));
	TRY(inspection_entry_insert(call, ref, inspection.id, save->item, last + 1, save->seen, save->client, call->actor->person_id,
		form_answer(save->values, "verdict"), days, content, call->now));
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = inspection_machine.name,
			.ref = inspection.ref,
			.action = "fill-in",
			.matter = inspection.seal_key,
			.detail = json },
		NULL));
	return tell_saved(call, saving->ref, save->item, saving->out);
}

Error inspection_save(Call *call, Text ref, const InspectionSave *save, InspectionSaved *out)
{
	Saving saving = { ref, save, out };
	return db_transact(call, save_entry, &saving);
}

/* ---- Photographs */
static AttachmentOwner owner_of(const Inspection *inspection)
{
	return (AttachmentOwner) { "inspection", inspection->id, inspection->seal_key, .is_personal = true };
}

typedef struct Taking {
	const Inspection *inspection;
	const InspectionPicture *picture;
	int64_t attachment_id, taken_at;
	bool is_double;
} Taking;

static Error keep_photo(Call *call, void *argument)
{
	Taking *taking = argument;
	Text ref = token_new(call->arena, 16);
	Sealed where;
	int64_t changed = 0;
	TRY(seal_close(call, taking->inspection->seal_key, "inspection_photo|sealed_where", ref, taking->picture->where, &where));
	TRY(inspection_photo_insert(call, ref, taking->inspection->id, taking->picture->item, taking->picture->client,
		taking->attachment_id, call->actor->person_id, taking->taken_at, where, call->now, &changed));
	taking->is_double = changed == 0;
	if (taking->is_double) return OK;
	return ledger_record(call,
		&(LedgerEvent) { .kind = inspection_machine.name,
			.ref = taking->inspection->ref,
			.action = "photograph",
			.matter = taking->inspection->seal_key,
			.detail = taking->picture->item },
		NULL);
}

static Error check_picture(Call *call, const InspectionPicture *picture, int64_t *out_taken)
{
	enum { WHERE_MOST = 200 };
	if (!picture->client.length || picture->client.length > INSPECTION_CLIENT_MAX)
		return fail(call, USAGE, "no name of this photograph");
	if (!round_instant(text_trim(picture->taken), out_taken))
		call_problem(call, TEXT("taken"), N_("Please enter day and hour as 2026-03-05 14:00."), (Text) { 0 });
	else if (*out_taken > call->now + 600000)
		call_problem(call, TEXT("taken"), N_("This day lies in the future."), (Text) { 0 });
	if (!text_trim(picture->where).length || picture->where.length > WHERE_MOST * 4)
		call_problem(call, TEXT("where"), N_("Please say where it was taken."), (Text) { 0 });
	if (picture->size_bytes <= 0) call_problem(call, TEXT("files"), N_("Please attach a file."), (Text) { 0 });
	return call_check_problems(call);
}

/* The file is stored first; who comes second with the same name takes its own file back. */
Error inspection_photo(Call *call, Text ref, const InspectionPicture *picture)
{
	Inspection inspection;
	InspectionPhotoRow known;
	Attachment attachment;
	Taking taking = { &inspection, picture, 0, 0, false };
	bool is_known = false;
	TRY(check_picture(call, picture, &taking.taken_at));
	TRY(inspection_open(call, ref, &inspection));
	TRY(inspection_photo_of(call, inspection.id, picture->client, &known, &is_known));
	if (is_known)
		return known.person_id == call->actor->person_id ? OK : fail(call, CONFLICT, "somebody else's photograph has this name");
	TRY(open_to_fill(call, ref, picture->item, &inspection));
	TRY(attachment_store(call, owner_of(&inspection), picture->name, picture->descriptor, picture->size_bytes, &attachment));
	taking.attachment_id = attachment.id;
	Error error = db_transact(call, keep_photo, &taking);
	if (error == OK && !taking.is_double) return OK;
	Failure failure = call->failure;
	Error removed = attachment_remove(call, &attachment);
	call->failure = failure;
	return error != OK ? error : removed;
}

Error inspection_photo_open(Call *call, const Inspection *inspection, Text photo, Attachment *out)
{
	Attachments files;
	TRY(attachment_list(call, "inspection", inspection->id, &files));
	for (size_t p = 0; p < inspection->photos.count; p++)
		for (size_t i = 0; i < files.count; i++)
			if (text_is(inspection->photos.at[p].ref, photo) && files.at[i].id == inspection->photos.at[p].attachment_id) {
				*out = files.at[i];
				return OK;
			}
	return fail(call, NOT_FOUND, "no such photograph");
}
