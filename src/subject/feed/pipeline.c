/* One thread reads files and finishes documents, batch by batch; at most two batches wait. */
#include "subject/feed/feed_private.h"

#include <stdlib.h>

enum { WAITING_MAX = 2, BATCH_ARENA_BYTES = 1024 * 1024 * 1024 };

struct Pipeline {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	Batch *first, *last; /* waiting */
	size_t waiting;
	bool ended, stopped;
	const ImportFiles *files;
	AdvisoryForm form;
	/* of the reading thread alone */
	AdvisoryFinisher *finisher;
	Batch *open;
	int64_t bytes_before;
};

static Batch *batch_new(void)
{
	Arena *arena = arena_new(BATCH_ARENA_BYTES);
	Batch *batch = arena_new_of(arena, Batch);
	batch->arena = arena;
	return batch;
}

void batch_free(Batch **batch)
{
	if (!*batch) return;
	Arena *arena = (*batch)->arena;
	*batch = NULL;
	arena_free(&arena);
}

static int compare_positions(const void *a, const void *b)
{
	const AdvisoryFinished *left = a, *right = b;
	if (left->record.position != right->record.position) return left->record.position < right->record.position ? -1 : 1;
	return text_compare(left->number, right->number);
}

/* The index takes its rows fastest in ascending order. False: nobody wants more. */
static bool hand_over(Pipeline *pipeline)
{
	Batch *batch = pipeline->open;
	if (batch->documents.count) qsort(batch->documents.at, batch->documents.count, sizeof(*batch->documents.at), compare_positions);
	pthread_mutex_lock(&pipeline->lock);
	while (pipeline->waiting == WAITING_MAX && !pipeline->stopped) pthread_cond_wait(&pipeline->changed, &pipeline->lock);
	if (pipeline->last)
		pipeline->last->next = batch;
	else
		pipeline->first = batch;
	pipeline->last = batch;
	pipeline->waiting++;
	pthread_cond_broadcast(&pipeline->changed);
	bool wanted = !pipeline->stopped;
	pthread_mutex_unlock(&pipeline->lock);
	pipeline->open = batch_new();
	return wanted;
}

static void note_refusal(Pipeline *pipeline, const char *path, int64_t line, Text why)
{
	Batch *batch = pipeline->open;
	Refusal refusal = { arena_copy(batch->arena, text_from(path)), arena_copy(batch->arena, why), line };
	list_add(batch->arena, &batch->refusals, refusal);
}

static bool take_piece(Pipeline *pipeline, const char *path, const PieceText *piece)
{
	AdvisoryFinished finished;
	Text why;
	if (!advisory_finish(pipeline->finisher, pipeline->open->arena, piece->form, piece->document, &finished, &why)) {
		note_refusal(pipeline, path, piece->line, why);
		return false;
	}
	list_add(pipeline->open->arena, &pipeline->open->documents, finished);
	return true;
}

static bool is_full(const Batch *batch)
{
	return batch->documents.count + batch->refusals.count >= IMPORT_BATCH_DOCUMENTS ||
	       arena_mark(batch->arena).total > IMPORT_BATCH_BYTES;
}

static void note_checkpoint(Pipeline *pipeline, FileMark checkpoint)
{
	Batch *batch = pipeline->open;
	checkpoint.digest = arena_copy(batch->arena, checkpoint.digest);
	list_add(batch->arena, &batch->checkpoints, checkpoint);
}

static bool read_pieces(Pipeline *pipeline, const ImportFile *file, FileReader *reader)
{
	FileMark checkpoint = { .digest = file->digest };
	PieceText piece;
	for (Piece kind; (kind = reader_next(reader, &piece)) != PIECE_END;) {
		if (checkpoint.documents++ < file->skip) continue;
		if (kind == PIECE_REFUSED) note_refusal(pipeline, file->path, piece.line, text_from(piece.why));
		if (kind == PIECE_REFUSED || !take_piece(pipeline, file->path, &piece)) checkpoint.refused++;
		if (!is_full(pipeline->open)) continue;
		if (!reader_is_single(reader)) note_checkpoint(pipeline, checkpoint);
		pipeline->open->read_bytes = pipeline->bytes_before + reader_bytes(reader);
		if (!hand_over(pipeline)) return false;
	}
	checkpoint.finished = true;
	if (!reader_is_single(reader)) note_checkpoint(pipeline, checkpoint);
	return true;
}

static bool read_file(Pipeline *pipeline, const ImportFile *file)
{
	scoped(reader_close) FileReader *reader = NULL;
	const char *why = "";
	bool go_on = true;
	if (file->finished)
		go_on = true;
	else if (!reader_open(file->path, pipeline->form, &reader, &why))
		note_refusal(pipeline, file->path, 0, text_from(why));
	else
		go_on = read_pieces(pipeline, file, reader);
	pipeline->bytes_before += file->size_bytes;
	pipeline->open->read_bytes = pipeline->bytes_before;
	return go_on;
}

static void *run(void *argument)
{
	Pipeline *pipeline = argument;
	bool go_on = true;
	pipeline->finisher = advisory_finisher_new();
	pipeline->open = batch_new();
	for (size_t i = 0; go_on && i < pipeline->files->count; i++) go_on = read_file(pipeline, &pipeline->files->at[i]);
	const Batch *open = pipeline->open;
	if (go_on && (open->documents.count || open->refusals.count || open->checkpoints.count)) hand_over(pipeline);
	batch_free(&pipeline->open);
	advisory_finisher_free(&pipeline->finisher);
	pthread_mutex_lock(&pipeline->lock);
	pipeline->ended = true;
	pthread_cond_broadcast(&pipeline->changed);
	pthread_mutex_unlock(&pipeline->lock);
	return NULL;
}

Pipeline *pipeline_start(const ImportFiles *files, AdvisoryForm form)
{
	Pipeline *pipeline = calloc(1, sizeof(*pipeline));
	must(pipeline);
	pipeline->files = files;
	pipeline->form = form;
	pthread_mutex_init(&pipeline->lock, NULL);
	pthread_cond_init(&pipeline->changed, NULL);
	must(pthread_create(&pipeline->thread, NULL, run, pipeline) == 0);
	return pipeline;
}

Batch *pipeline_take(Pipeline *pipeline)
{
	pthread_mutex_lock(&pipeline->lock);
	while (!pipeline->first && !pipeline->ended) pthread_cond_wait(&pipeline->changed, &pipeline->lock);
	Batch *batch = pipeline->first;
	if (batch) {
		pipeline->first = batch->next;
		if (!pipeline->first) pipeline->last = NULL;
		pipeline->waiting--;
		pthread_cond_broadcast(&pipeline->changed);
	}
	pthread_mutex_unlock(&pipeline->lock);
	return batch;
}

void pipeline_stop(Pipeline **stopped)
{
	Pipeline *pipeline = *stopped;
	if (!pipeline) return;
	pthread_mutex_lock(&pipeline->lock);
	pipeline->stopped = true;
	pthread_cond_broadcast(&pipeline->changed);
	pthread_mutex_unlock(&pipeline->lock);
	pthread_join(pipeline->thread, NULL);
	for (Batch *batch; (batch = pipeline->first);) {
		pipeline->first = batch->next;
		batch_free(&batch);
	}
	pthread_cond_destroy(&pipeline->changed);
	pthread_mutex_destroy(&pipeline->lock);
	free(pipeline);
	*stopped = NULL;
}
