/* Copies of a case's files for who reviews or scores it: each bears its reader's mark where the file can bear one, and is recorded before it leaves. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/programme/collection/collection_private.h"

#include <unistd.h>

typedef struct Recording {
	const CollectionCase *one;
	const Attachment *file;
	bool is_marked;
} Recording;

static Error record(Call *call, void *argument)
{
	const Recording *recording = argument;
	const Attachment *file = recording->file;
	return ledger_record(call,
		&(LedgerEvent) { .kind = collection_machine.name,
			.ref = recording->one->ref,
			.action = "download",
			.matter = recording->one->seal_key,
			.detail = arena_printf(call->arena, "%.*s  %.*s%s", TEXT_ARGS(file->sha256), TEXT_ARGS(file->name),
				recording->is_marked ? "" : "\tunmarked") },
		NULL);
}

static Error copy_for(Call *call, const CollectionCase *one, const Attachment *file, CopyFor *out)
{
	Person person;
	TRY(person_find(call, call->actor->person_id, &person));
	*out = (CopyFor) { .kind = TEXT("collection"),
		.subject_ref = one->ref,
		.copy_ref = arena_printf(call->arena, "%.*s-%.*s", TEXT_ARGS(file->ref), TEXT_ARGS(person.ref)),
		.recipient = person_shown_name(&person),
		.person_id = person.id,
		.seal_key = one->seal_key };
	return OK;
}

Error collection_file_copy(Call *call, const CollectionCase *one, Text ref, Text *out_name, CopyFile *out)
{
	CopyFor copy;
	Attachment file;
	Recording recording = { .one = one, .file = &file };
	TRY(attachment_find(call, collection_machine.name, one->id, ref, &file));
	CopyFile marked, plain = { .descriptor = -1, .size_bytes = file.size_bytes };
	TRY(copy_for(call, one, &file, &copy));
	TRY(attachment_open(call, &file, &plain.descriptor));
	Error error = copy_stamp(call, &copy, plain.descriptor, plain.size_bytes, &marked, &recording.is_marked);
	if (error == OK && recording.is_marked) {
		close(plain.descriptor);
		plain = marked;
	}
	if (error == OK) error = db_transact(call, record, &recording);
	if (error != OK) close(plain.descriptor);
	TRY(error);
	*out_name = file.name;
	*out = plain;
	return OK;
}
