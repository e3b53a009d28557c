#include "work/copy/copy.h"

#include "base/base/random.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/copy/copy.sql.h"

static const char PLACE[] = "copy_mark|sealed_recipient";

Error copy_mark_take(Call *call, const CopyFor *copy, uint64_t *out_mark)
{
	Sealed recipient;
	int64_t mark = (int64_t)random_below((uint64_t)1 << MARK_COPY_BITS);
	TRY(seal_close(call, copy->seal_key, PLACE, copy->copy_ref, copy->recipient, &recipient));
	TRY(copy_mark_insert(call, mark, copy->kind, copy->subject_ref, copy->copy_ref, (Maybe) { copy->person_id != 0, copy->person_id },
		copy->seal_key, recipient, call->now));
	TRY(copy_mark_of(call, copy->copy_ref, &mark));
	*out_mark = (uint64_t)mark;
	return OK;
}

static Error may_ask(Call *call)
{
	if (call->actor == &actor_system || (call->actor->roles & ROLE_COORDINATOR)) return OK;
	return fail(call, FORBIDDEN, "marks of copies are for coordinators");
}

Error copy_mark_find(Call *call, uint64_t mark, CopyMark *out)
{
	CopyMarkRow row;
	TRY(may_ask(call));
	TRY(copy_mark_row(call, (int64_t)mark, &row));
	CopyMark copy = { .mark = mark,
		.kind = row.kind,
		.subject_ref = row.subject_ref,
		.copy_ref = row.copy_ref,
		.person_id = row.person_id.is ? row.person_id.value : 0,
		.made_at = row.made_at };
	TRY(seal_open(call, PLACE, row.copy_ref, row.sealed_recipient, &copy.recipient));
	*out = copy;
	return OK;
}

static Error record(Call *call, void *argument)
{
	const CopyMark *copy = argument;
	LedgerEvent event = { .kind = "copy", .ref = copy->copy_ref, .action = "photograph", .detail = copy->subject_ref };
	return ledger_record(call, &event, NULL);
}

Error copy_read_photo(Call *call, Text photo, CopyReading *out)
{
	CopyReading found = { 0 };
	TRY(may_ask(call));
	TRY(mark_read_photo(call, call->house->sandbox, photo, &found.reading));
	if (found.reading.found) {
		Error error = copy_mark_find(call, found.reading.copy, &found.copy);
		if (error == ERROR_NOT_FOUND)
			call_recover(call); /* of another library, or of a database that was lost */
		else
			TRY(error);
		found.known = error == OK;
	}
	if (found.known) TRY(db_transact(call, record, &found.copy));
	*out = found;
	return OK;
}
