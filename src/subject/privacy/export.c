/* A copy of one's own data: asked for, made by a job, fetched for some days. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/job/job.h"
#include "store/setting/setting.h"
#include "subject/privacy/export_private.h"
#include "subject/privacy/privacy_private.h"

const char export_job[] = "privacy-export";

static PrivacyExport of_row(const ExportRow *row)
{
	return (PrivacyExport) { .id = row->id,
		.person_id = row->person_id,
		.blob = row->blob_id.value,
		.size_bytes = row->size_bytes,
		.asked_at = row->asked_at,
		.ready_at = row->ready_at.value,
		.expires_at = row->expires_at.value,
		.downloads = row->downloads,
		.ref = row->ref,
		.state = row->state };
}

static Error ask(Call *call, void *argument)
{
	ExportRow row;
	bool found = false;
	int64_t key = 0;
	Text ref = arena_printf(call->arena, "D-%.*s", TEXT_ARGS(random_code(call->arena, 16)));
	(void)argument;
	TRY(export_of_person(call, call->actor->person_id, &row, &found));
	if (found && text_is(row.state, TEXT("asked"))) return fail(call, CONFLICT, "a copy is being made");
	TRY(seal_matter_new(call, &key));
	TRY(export_insert(call, ref, call->actor->person_id, key, call->now));
	TRY(privacy_record(call, "privacy-export", ref, "ask", (Text) { 0 }));
	return job_add(call, export_job, NULL, ref, call->now);
}

Error export_ask(Call *call, Text password)
{
	TRY(person_confirm(call, password));
	return db_transact(call, ask, NULL);
}

Error export_latest(Call *call, PrivacyExport *out, bool *out_found)
{
	ExportRow row;
	ExportPartRows parts;
	TRY(export_of_person(call, call->actor->person_id, &row, out_found));
	if (!*out_found) return OK;
	*out = of_row(&row);
	TRY(export_part_rows(call, row.id, &parts));
	for (size_t i = 0; i < parts.count; i++) list_add(call->arena, &out->parts, parts.at[i].size_bytes);
	return OK;
}

/* Somebody else's is as absent as one that never was. */
static Error find_ready(Call *call, Text ref, ExportRow *out)
{
	bool found = false;
	TRY(export_by_ref(call, ref, out, &found));
	bool is_own = found && call->actor->person_id && out->person_id == call->actor->person_id && call->actor->session_id;
	if (!is_own || !text_is(out->state, TEXT("ready")) || out->expires_at.value <= call->now)
		return fail(call, NOT_FOUND, "no copy that this actor can fetch");
	return OK;
}

static Error note_fetch(Call *call, void *argument)
{
	const ExportRow *row = argument;
	TRY(export_count(call, row->id));
	return privacy_record(call, "privacy-export", row->ref, "fetch", (Text) { 0 });
}

Error export_fetch(Call *call, Text ref, int64_t part, Text password, PrivacyExport *out)
{
	ExportRow row;
	ExportPartRows parts;
	TRY(find_ready(call, ref, &row));
	TRY(export_part_rows(call, row.id, &parts));
	if (part < 1 || part > (int64_t)parts.count) return fail(call, NOT_FOUND, "no part %lld", (long long)part);
	TRY(person_confirm(call, password));
	TRY(db_transact(call, note_fetch, &row));
	*out = of_row(&row);
	out->blob = parts.at[part - 1].blob_id;
	out->size_bytes = parts.at[part - 1].size_bytes;
	return OK;
}

/* ---- Making */
typedef struct Making {
	ExportRow row;
	ExportFile file;
} Making;

static Error keep_parts(Call *call, const Making *making, int64_t *out_first, int64_t *out_bytes)
{
	const ExportParts *parts = &making->file.parts;
	*out_bytes = 0;
	for (size_t i = 0; i < parts->count; i++) {
		int64_t blob = 0;
		TRY(blob_keep(call, &parts->at[i], &blob));
		TRY(export_part_insert(call, making->row.id, (int64_t)i + 1, blob, parts->at[i].size));
		if (!i) *out_first = blob;
		*out_bytes += parts->at[i].size;
	}
	return OK;
}

static Error make_ready(Call *call, void *argument)
{
	const Making *making = argument;
	const ExportRow *row = &making->row;
	int64_t blob = 0, bytes = 0, changed = 0, expires_at = call->now + setting_int(call, SETTING_export_days) * PRIVACY_DAY_MS;
	TRY(keep_parts(call, making, &blob, &bytes));
	TRY(export_ready(call, row->id, blob, bytes, call->now, expires_at, &changed));
	if (changed != 1) return fail(call, CONFLICT, "made already, or gone");
	TRY(privacy_record(call, "privacy-export", row->ref, "make", (Text) { 0 }));
	return notice_send(call, row->person_id, NOTICE_EXPORT_READY, row->ref, TEXT("/account/privacy"));
}

Error export_make(Call *call, Text ref)
{
	Making making = { 0 };
	bool found = false;
	TRY(export_by_ref(call, ref, &making.row, &found));
	if (!found || !text_is(making.row.state, TEXT("asked"))) return OK;
	making.file.seal_key = making.row.seal_key;
	making.file.part_bytes = setting_int(call, SETTING_export_part_mib) * 1024 * 1024;
	Error error = export_gather(call, making.row.person_id, &making.file);
	export_file_close(&making.file);
	TRY(error);
	return db_transact(call, make_ready, &making);
}

/* ---- The end of its days */
Error export_kept(Call *call, const KeptPage *page, Keeps *out)
{
	ExportKepts rows;
	Keeps keeps = { 0 };
	TRY(export_kept_rows(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].expires_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

static Error forget(Call *call, const ExportRow *row)
{
	int64_t changed = 0;
	ExportPartRows parts;
	TRY(export_gone(call, row->id, &changed));
	if (changed != 1) return OK;
	TRY(export_part_rows(call, row->id, &parts));
	TRY(export_part_delete(call, row->id));
	for (size_t i = 0; i < parts.count; i++) TRY(blob_remove(call, parts.at[i].blob_id));
	return seal_matter_destroy(call, row->seal_key);
}

Error export_forget(Call *call, Text ref)
{
	ExportRow row;
	bool found = false;
	TRY(export_by_ref(call, ref, &row, &found));
	return found ? forget(call, &row) : fail(call, NOT_FOUND, "no such copy");
}

Error export_forget_person(Call *call, int64_t person_id)
{
	ExportRows rows;
	TRY(export_rows_of(call, person_id, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(forget(call, &rows.at[i]));
	return OK;
}
