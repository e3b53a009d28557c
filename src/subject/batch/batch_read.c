/* From the file to rows: what the sandbox's child says is input like any other. Goes on where it was interrupted: rows that are there stay. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/batch/batch_private.h"
#include "subject/batch/source_private.h"

#include <unistd.h>

enum { ROWS_AT_ONCE = 50, LEASE_MS = 15000, ARENA_BYTES = 768 * 1024 * 1024 };

Error batch_keep_lease(Call *call, const Job *job, int64_t *kept_at)
{
	int64_t now = clock_wall();
	if (!job || now - *kept_at < LEASE_MS / 4) return OK;
	Call real = *call;
	real.now = now; /* a lease runs by the clock of the wall, whatever time the call has */
	*kept_at = now;
	return job_renew(&real, job);
}

Error batch_system_act(Call *call, Text ref, const char *action)
{
	const Actor *actor = call->actor;
	Matter matter;
	call->actor = &actor_system;
	Error error = workflow_act(call, &batch_machine, ref, &(Act) { .action = text_from(action) }, &matter);
	call->actor = actor;
	return error;
}

/* ---- The answer of the child */
static Error hostile(Call *call) { return fail(call, INVALID, "batch: malformed answer of the sandbox"); }

static Error take_entry(Call *call, Json line, Source *out)
{
	SourceEntry *entry = arena_new_of(call->arena, SourceEntry);
	const struct {
		const char *key;
		int64_t *number;
	} all[] = { { "at", &entry->at }, { "packed", &entry->packed }, { "bytes", &entry->bytes }, { "sum", &entry->sum },
		{ "method", &entry->method } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (!json_as_int(json_get(line, all[i].key), all[i].number) || *all[i].number < 0) return hostile(call);
	if (entry->at > out->size_bytes || entry->packed > out->size_bytes - entry->at) return hostile(call);
	map_put(out->entries, json_as_text(json_get(line, "entry")), entry);
	return OK;
}

static Error take_line(Call *call, Text text, Source *out)
{
	Json line;
	if (!json_parse(call->arena, text, &line, NULL) || json_kind(line) != JSON_OBJECT) return hostile(call);
	Text format = json_as_text(json_get(line, "format")), refusal = json_as_text(json_get(line, "refusal")),
	     note = json_as_text(json_get(line, "note"));
	if (json_has(json_get(line, "entry"))) return take_entry(call, line, out);
	if (format.length && !out->format.length) out->format = format;
	if (note.length && out->passed_over.count < 20) list_add(call->arena, &out->passed_over, json_as_text(json_get(line, "about")));
	if (refusal.length) {
		out->refusal = refusal;
		out->about = json_as_text(json_get(line, "about"));
	}
	return OK;
}

static Error take_answer(Call *call, Text answer, Source *out)
{
	Text line;
	while (text_next(&answer, '\n', &line)) {
		if (text_starts(line, TEXT("{\"row\":")))
			list_add(call->arena, &out->rows, line); /* looked at when its turn comes */
		else if (line.length)
			TRY(take_line(call, line, out));
	}
	return out->rows.count <= BATCH_ROWS_MAX ? OK : hostile(call);
}

Error source_open(Call *call, const Batch *batch, Source *out)
{
	Attachments files;
	Text answer;
	TRY(attachment_list(call, batch_machine.name, batch->id, &files));
	if (!files.count || !files.at[files.count - 1].is_finished) return fail(call, NOT_FOUND, "the file has not arrived");
	const Attachment *file = &files.at[files.count - 1];
	*out = (Source) { .file = -1, .size_bytes = file->size_bytes, .entries = map_new(call->arena), .format = TEXT("") };
	TRY(attachment_open(call, file, &out->file));
	Error error = sandbox_run_file(call, call->house->sandbox, SANDBOX_BATCH, out->file, &answer);
	if (error == OK) error = take_answer(call, answer, out);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		out->refusal = TEXT("hostile");
		return OK;
	}
	return error;
}

void source_close(Source *source)
{
	if (source->file >= 0) close(source->file);
	source->file = -1;
}

/* ---- Rows */
typedef struct Storing {
	const Batch *batch;
	const Source *source;
	size_t from, to;
} Storing;

static void take_files(Call *call, const Source *source, Json line, Texts *files, BatchProblems *problems)
{
	for (JsonEach each = json_each(json_get(line, "files")); json_next(&each);) {
		Text path = json_as_text(each.value);
		if (!path.length) continue;
		list_add(call->arena, files, path);
		if (!map_get(source->entries, path))
			batch_problem_add(call->arena, problems, "files", N_("There is no such file in the archive: %s"), path);
	}
}

static Error seal_files(Call *call, const Batch *batch, int64_t number, int64_t seal_key, const Texts *files, Sealed *out)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_array_begin(&writer);
	for (size_t i = 0; i < files->count; i++) json_text(&writer, files->at[i]);
	json_end(&writer);
	json_finish(&writer);
	return seal_close(call, seal_key, "batch_row|sealed_files", batch_row_name(call->arena, batch, number), buffer_text(&buffer), out);
}

static Error store_row(Call *call, const Storing *storing, Text text)
{
	const Batch *batch = storing->batch;
	Json line;
	Map *values;
	Texts files = { 0 };
	BatchProblems problems = { 0 };
	RowText row = { 0 };
	int64_t number = 0, seal_key = 0;
	if (!json_parse(call->arena, text, &line, NULL) || !json_as_int(json_get(line, "row"), &number) || number < 1) return hostile(call);
	Buffer json = { .arena = call->arena };
	JsonWriter writer = json_writer(&json);
	json_copy(&writer, json_get(line, "values"));
	json_finish(&writer);
	TRY(form_values_read(call, &report_form, buffer_text(&json), &values));
	if (batch->is_confirmed && !form_answer(values, "no_secrets").length)
		form_set(call->arena, values, TEXT("no_secrets"), TEXT("yes"));
	TRY(form_complete(call, &report_form, NULL, values));
	TRY(batch_check(call, values, &problems));
	take_files(call, storing->source, line, &files, &problems);
	TRY(seal_matter_new(call, &seal_key));
	TRY(batch_row_seal(call, batch, &(BatchRow) { .number = number, .seal_key = seal_key }, values, &problems, &row));
	TRY(seal_files(call, batch, number, seal_key, &files, &row.files));
	Text state = files.count ? TEXT("reading") : row.state;
	return batch_row_insert(call, batch->id, number, state, seal_key, row.content, row.title, row.values, row.problems, row.files,
		row.personal, call->now);
}

static Error store_rows(Call *call, void *argument)
{
	const Storing *storing = argument;
	BatchLine line;
	TRY(batch_find_ref(call, storing->batch->ref, &line));
	if (!text_is(line.state, TEXT("READING"))) return fail(call, CONFLICT, "the batch is not read any more");
	for (size_t i = storing->from; i < storing->to; i++) TRY(store_row(call, storing, storing->source->rows.at[i]));
	return OK;
}

static int64_t number_of(Text row)
{
	int64_t number = 0;
	Text rest = text_slice(row, strlen("{\"row\":"), row.length), digits;
	return text_next(&rest, ',', &digits) && text_to_int(digits, &number) ? number : 0;
}

static Error store_all(Call *call, const Batch *batch, const Source *source, const Job *job)
{
	Storing storing = { .batch = batch, .source = source };
	int64_t last = 0, kept_at = clock_wall();
	TRY(batch_row_last(call, batch->id, &last));
	while (storing.from < source->rows.count && number_of(source->rows.at[storing.from]) <= last) storing.from++;
	for (; storing.from < source->rows.count; storing.from = storing.to) {
		ArenaMark mark = arena_mark(call->arena);
		storing.to = storing.from + ROWS_AT_ONCE < source->rows.count ? storing.from + ROWS_AT_ONCE : source->rows.count;
		TRY(db_transact(call, store_rows, &storing));
		TRY(batch_keep_lease(call, job, &kept_at));
		arena_release(call->arena, mark);
	}
	return OK;
}

/* ---- The end of it */
typedef struct Ending {
	const Batch *batch;
	const Source *source;
} Ending;

static Error end_reading(Call *call, void *argument)
{
	const Ending *ending = argument;
	const Batch *batch = ending->batch;
	const Source *source = ending->source;
	Sealed detail;
	Text about = source->refusal.length ? source->about
					    : arena_join(call->arena, source->passed_over.at, source->passed_over.count, TEXT(", "));
	Text format = source->format, reason = source->refusal.length ? source->refusal : TEXT("");
	TRY(seal_close(call, batch->seal_key, "batch|sealed_detail", batch->ref, about.at ? about : TEXT(""), &detail));
	TRY(batch_say(call, batch->id, format, reason, detail, call->now));
	return batch_system_act(call, batch->ref, reason.length ? "refuse" : "read");
}

static Error read_source(Call *call, const Batch *batch, const Job *job)
{
	scoped(source_close) Source source = { .file = -1 };
	Error error = source_open(call, batch, &source);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		return OK; /* it comes in parts, or the batch is cancelled */
	}
	TRY(error);
	Ending ending = { batch, &source };
	if (!source.refusal.length) {
		error = store_all(call, batch, &source, job);
		if (error == ERROR_INVALID) { /* what the child said is no form */
			call_recover(call);
			source.refusal = TEXT("hostile");
		} else
			TRY(error);
	}
	if (!source.refusal.length) TRY(source_unpack(call, batch, &source, job));
	return db_transact(call, end_reading, &ending);
}

/* As the person who sent the file, in memory of its own: what it reads is more than a call may hold. */
Error batch_read(Call *call, Text ref, const Job *job)
{
	Actor actor;
	Batch batch;
	scoped(arena_free) Arena *arena = arena_new(ARENA_BYTES);
	Call inner = *call;
	inner.arena = arena;
	inner.failure = (Failure) { 0 };
	TRY(batch_find(call, ref, &batch));
	if (!text_is(batch.state, TEXT("READING"))) return OK;
	TRY(person_actor(call, batch.person_id, &actor));
	inner.actor = &actor;
	inner.lang = batch.lang;
	Error error = read_source(&inner, &batch, job);
	if (error == OK) return OK;
	return call_fail(call, error, inner.failure.file, inner.failure.line, "%.*s", TEXT_ARGS(inner.failure.detail));
}

static Error run(Call *call, const Job *job)
{
	Error error = batch_read(call, job->payload, job);
	if (error != ERROR_UNAUTHENTICATED && error != ERROR_NOT_FOUND) return error;
	call_recover(call); /* the account is closed: nobody waits for it */
	return OK;
}
const JobKind batch_read_job = { .name = "batch-read", .run = run, .lease_milliseconds = LEASE_MS };
