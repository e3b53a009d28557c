/* Copies of files that others judge: each bears its reader's mark where the file can bear one, and is recorded before it leaves. */
#include "people/person/person.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "work/copy/copy.h"
#include "work/form/form.h"

#include <string.h>
#include <unistd.h>

enum { HEX_LENGTH = 64 };
static const char unmarked[] = "\tunmarked";

void copy_file_read(Text detail, Text *out_name, bool *out_marked)
{
	Text name = detail.length > HEX_LENGTH + 2 ? text_slice(detail, HEX_LENGTH + 2, detail.length) : TEXT("");
	*out_marked = !text_ends(name, text_from(unmarked));
	*out_name = *out_marked ? name : text_slice(name, 0, name.length - strlen(unmarked));
}

typedef struct Recording {
	const CopyMatter *of;
	const Attachment *file;
	bool is_marked;
} Recording;

static Error record(Call *call, void *argument)
{
	const Recording *recording = argument;
	const Attachment *file = recording->file;
	return ledger_record(call,
		&(LedgerEvent) { .kind = recording->of->kind,
			.ref = recording->of->ref,
			.action = recording->of->action,
			.matter = recording->of->seal_key,
			.detail = arena_printf(call->arena, "%.*s  %.*s%s", TEXT_ARGS(file->sha256), TEXT_ARGS(file->name),
				recording->is_marked ? "" : unmarked) },
		NULL);
}

static Error copy_for(Call *call, const CopyMatter *of, const Attachment *file, CopyFor *out)
{
	Person person;
	TRY(person_find(call, call->actor->person_id, &person));
	*out = (CopyFor) { .kind = text_from(of->kind),
		.subject_ref = of->ref,
		.copy_ref = arena_printf(call->arena, "%.*s-%.*s", TEXT_ARGS(file->ref), TEXT_ARGS(person.ref)),
		.recipient = person_shown_name(&person),
		.person_id = person.id,
		.seal_key = of->seal_key };
	return OK;
}

Error copy_file(Call *call, const CopyMatter *of, const Attachment *file, CopyFile *out)
{
	CopyFor copy;
	CopyFile marked, plain = { .descriptor = -1, .size_bytes = file->size_bytes };
	Recording recording = { .of = of, .file = file };
	TRY(copy_for(call, of, file, &copy));
	TRY(attachment_open(call, file, &plain.descriptor));
	Error error = copy_stamp(call, &copy, plain.descriptor, plain.size_bytes, &marked, &recording.is_marked);
	if (error == OK && recording.is_marked) {
		close(plain.descriptor);
		plain = marked;
	}
	if (error == OK) error = db_transact(call, record, &recording);
	if (error != OK) close(plain.descriptor);
	TRY(error);
	*out = plain;
	return OK;
}
