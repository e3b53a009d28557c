#include "base/base/clock.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/feed/feed.sql.h"
#include "subject/feed/feed_private.h"

typedef struct Run {
	Batch *batch;
	ImportSummary counted; /* of this batch: made anew when the transaction runs again */
} Run;

static void count_outcome(ImportSummary *summary, AdvisoryOutcome outcome)
{
	summary->added += outcome == ADVISORY_NEW;
	summary->changed += outcome == ADVISORY_CHANGED;
	summary->unchanged += outcome == ADVISORY_UNCHANGED;
}

static Error insert_batch(Call *call, void *argument)
{
	Run *run = argument;
	run->counted = (ImportSummary) { 0 };
	for (size_t i = 0; i < run->batch->documents.count; i++) {
		ArenaMark mark = arena_mark(call->arena);
		AdvisoryOutcome outcome;
		TRY(advisory_put(call, &run->batch->documents.at[i], &outcome));
		arena_release(call->arena, mark);
		count_outcome(&run->counted, outcome);
	}
	if (run->counted.added)
		TRY(change_record(
			call, "advisory", TEXT("import"))); /* one for all: lists are made anew, and no page of a new record is kept yet */
	for (size_t i = 0; i < run->batch->checkpoints.count; i++) {
		const FileMark *checkpoint = &run->batch->checkpoints.at[i];
		TRY(import_file_save(
			call, checkpoint->digest, checkpoint->documents, checkpoint->refused, checkpoint->finished, call->now));
	}
	return OK;
}

static void tell_refusals(FILE *talk, Progress *progress, const Batch *batch)
{
	if (!talk || !batch->refusals.count) return;
	feed_progress_clear(progress);
	for (size_t i = 0; i < batch->refusals.count; i++) {
		const Refusal *refusal = &batch->refusals.at[i];
		fprintf(talk, "%.*s:%lld: %.*s\n", TEXT_ARGS(refusal->path), (long long)refusal->line, TEXT_ARGS(refusal->why));
	}
}

/* A file that went in as a whole is not read again. One of which something was refused is, so that it is named again. */
static Error look_up_file(Call *call, ImportFile *file, ImportSummary *summary)
{
	ImportFileRow row;
	bool found;
	TRY(file_digest(call, file->path, &file->digest));
	TRY(import_file_find(call, file->digest, &row, &found));
	if (!found || row.refused) return OK;
	file->finished = row.is_finished;
	file->skip = row.documents;
	if (file->finished)
		summary->unchanged += row.documents;
	else
		summary->resumed += row.documents;
	return OK;
}

static Error list_files(
	Call *call, const ImportOptions *options, bool look_up, ImportFiles *out, Progress *progress, ImportSummary *summary)
{
	TRY(files_list(call, options->paths, options->path_count, out));
	*progress = (Progress) { .talk = options->talk,
		.on_terminal = options->on_terminal,
		.lang = call->lang,
		.started_at = clock_precise(),
		.shown_at = clock_precise() };
	for (size_t i = 0; i < out->count; i++) {
		if (look_up) TRY(look_up_file(call, &out->at[i], summary));
		progress->total_bytes += out->at[i].size_bytes;
	}
	summary->files = (int64_t)out->count;
	return OK;
}

static void add_counts(ImportSummary *summary, const ImportSummary *counted)
{
	summary->added += counted->added;
	summary->changed += counted->changed;
	summary->unchanged += counted->unchanged;
}

Error import_run(Call *call, const ImportOptions *options, ImportSummary *out)
{
	ImportSummary summary = { 0 };
	ImportFiles files;
	Progress progress;
	int64_t read_now = 0;
	TRY(list_files(call, options, true, &files, &progress, &summary));
	scoped(pipeline_stop) Pipeline *pipeline = pipeline_start(&files, options->form);
	for (;;) {
		scoped(batch_free) Batch *batch = pipeline_take(pipeline);
		if (!batch) break;
		Run run = { .batch = batch };
		TRY(db_transact(call, insert_batch, &run));
		add_counts(&summary, &run.counted);
		summary.refused += (int64_t)batch->refusals.count;
		read_now += (int64_t)(batch->documents.count + batch->refusals.count);
		tell_refusals(options->talk, &progress, batch);
		feed_progress_show(&progress, batch->read_bytes, read_now, false);
	}
	feed_progress_show(&progress, progress.total_bytes, read_now, true);
	summary.documents = summary.added + summary.changed + summary.unchanged + summary.refused + summary.resumed;
	summary.milliseconds = (clock_precise() - progress.started_at) / 1000;
	*out = summary;
	return OK;
}

Error import_read(
	Call *call, const ImportOptions *options, Error (*take)(Call *call, const ImportBatch *batch, void *argument), void *argument)
{
	ImportSummary summary = { 0 };
	ImportFiles files;
	Progress progress;
	TRY(list_files(call, options, false, &files, &progress, &summary));
	scoped(pipeline_stop) Pipeline *pipeline = pipeline_start(&files, options->form);
	for (;;) {
		scoped(batch_free) Batch *batch = pipeline_take(pipeline);
		if (!batch) return OK;
		ImportBatch finished = { batch->documents.at, batch->documents.count };
		TRY(take(call, &finished, argument));
	}
}
