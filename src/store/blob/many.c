/* Many files at once. A disk takes as long to settle one file as to settle several that are asked for together, so several threads ask. */
#include "store/blob/blob.h"

#include <pthread.h>
#include <stdatomic.h>

enum { WRITERS = 8 };

typedef struct Writing {
	const Call *call;
	BlobWish *wishes;
	size_t count;
	atomic_size_t next;
} Writing;

typedef struct Writer {
	Writing *writing;
	pthread_t thread;
	Arena *arena; /* what it leaves: names, and why it failed */
	Error error;
	Call call;
	bool runs;
} Writer;

static void *write_some(void *argument)
{
	Writer *writer = argument;
	Writing *writing = writer->writing;
	for (size_t i; (i = atomic_fetch_add(&writing->next, 1)) < writing->count && writer->error == OK;) {
		BlobWish *wish = &writing->wishes[i];
		writer->error = blob_write(&writer->call, wish->matter, wish->content, &wish->file);
	}
	return NULL;
}

static void begin_writer(Writer *writer, Writing *writing)
{
	const Call *call = writing->call;
	*writer = (Writer) { .writing = writing, .arena = arena_new(ARENA_CEILING) };
	writer->call = (Call) {
		.arena = writer->arena, .db = call->db, .actor = call->actor, .now = call->now, .lang = call->lang, .house = call->house
	};
	writer->runs = pthread_create(&writer->thread, NULL, write_some, writer) == 0;
}

Error blob_write_many(Call *call, BlobWish *wishes, size_t count)
{
	must(!db_in_transaction(call)); /* the keys are looked up by other threads */
	Writing writing = { .call = call, .wishes = wishes, .count = count };
	Writer writers[WRITERS];
	size_t started = count < WRITERS ? count : WRITERS;
	Error error = OK;
	for (size_t i = 0; i < started; i++) begin_writer(&writers[i], &writing);
	for (size_t i = 0; i < started; i++) {
		Writer *writer = &writers[i];
		if (writer->runs)
			pthread_join(writer->thread, NULL);
		else
			(void)write_some(writer); /* no thread was to be had: then this one does it */
	}
	for (size_t i = 0; i < count; i++) wishes[i].file.name = arena_copy(call->arena, wishes[i].file.name);
	for (size_t i = 0; i < started; i++) {
		const Failure *failure = &writers[i].call.failure;
		if (writers[i].error != OK && error == OK)
			error = call_fail(call, writers[i].error, failure->file, failure->line, "%.*s", TEXT_ARGS(failure->detail));
		arena_free(&writers[i].arena);
	}
	return error;
}
