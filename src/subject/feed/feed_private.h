/* What the files of this room share. */
#pragma once
#include "subject/feed/feed.h"

#include <pthread.h>

/* ---- reader: one file, cut into documents */
typedef struct FileReader FileReader;
typedef enum Piece { PIECE_DOCUMENT, PIECE_REFUSED, PIECE_END } Piece;
typedef struct PieceText {
	AdvisoryForm form;
	Text document; /* borrowed until the next piece */
	int64_t line; /* where it begins, from 1 */
	const char *why; /* of PIECE_REFUSED */
} PieceText;
/* False: *out_why says why, in English. */
bool reader_open(const char *path, AdvisoryForm form, FileReader **out, const char **out_why);
void reader_close(FileReader **reader);
Piece reader_next(FileReader *reader, PieceText *out);
int64_t reader_bytes(const FileReader *reader); /* of the file as it lies there, read so far */
bool reader_is_single(const FileReader *reader); /* one document: it needs no checkpoint */

/* ---- files: what the paths name, sorted, with their sizes */
typedef struct ImportFile {
	const char *path;
	int64_t size_bytes;
	Text digest; /* SHA-256, hexadecimal; taken when its turn comes */
	int64_t skip; /* documents known from an earlier import */
	bool finished; /* nothing to do */
} ImportFile;
typedef LIST_OF(ImportFile) ImportFiles;
must_use Error files_list(Call *call, const Text *paths, size_t count, ImportFiles *out);
must_use Error file_digest(Call *call, const char *path, Text *out);

/* ---- pipeline: batches made by one thread, taken by another */
typedef struct Refusal {
	Text path, why;
	int64_t line;
} Refusal;
typedef struct FileMark {
	Text digest;
	int64_t documents, refused;
	bool finished;
} FileMark;
typedef struct Batch {
	struct Batch *next;
	Arena *arena;
	LIST_OF(AdvisoryFinished) documents; /* ascending by position */
	LIST_OF(Refusal) refusals;
	LIST_OF(FileMark) checkpoints;
	int64_t read_bytes; /* of all files, when the batch was closed */
} Batch;
typedef struct Pipeline Pipeline;
Pipeline *pipeline_start(const ImportFiles *files, AdvisoryForm form);
Batch *pipeline_take(Pipeline *pipeline); /* NULL: no more */
void batch_free(Batch **batch);
void pipeline_stop(Pipeline **pipeline); /* also in the middle */

/* ---- progress */
typedef struct Progress {
	FILE *talk;
	bool on_terminal, drawn;
	Lang lang;
	int64_t total_bytes, started_at, shown_at; /* microseconds of clock_precise */
} Progress;
void feed_progress_show(Progress *progress, int64_t read_bytes, int64_t documents, bool last);
void feed_progress_clear(Progress *progress); /* before a line of text */
