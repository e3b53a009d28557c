/* What who objects gets to read: the state, the answer, the letter. By the claim code, or by the account; that a letter was fetched is recorded, and
 * not by whom, for whoever reads the record must not learn who objects. */
#include "subject/programme/decision/decision_private.h"
#include "subject/report/report.h"

static Text own_place(Arena *arena, Text ref) { return arena_printf(arena, "/objections/own/%.*s", TEXT_ARGS(ref)); }

Error objection_tell(Call *call, const ObjectionRow *row, NoticeKind kind)
{
	int64_t person = 0;
	TRY(objection_person(call, row, &person));
	if (person) TRY(notice_send(call, person, kind, row->ref, own_place(call->arena, row->ref)));
	return notice_send_claim(call, row->claim, kind, row->ref, TEXT("/objections/status"));
}

Error objection_letter_tell(Call *call, Text ref)
{
	ObjectionRow row;
	bool found = false;
	TRY(objection_find(call, ref, &row, &found));
	return found ? objection_tell(call, &row, NOTICE_ANSWER_LETTER) : fail(call, NOT_FOUND, "no such objection");
}

/* ---- Who it is */
static Error look(Call *call, Text key, void *argument, bool *out_found) { return objection_find_claim(call, key, argument, out_found); }

static Error find_own(Call *call, Text ref, ObjectionRow *out)
{
	bool found = false;
	int64_t person = 0;
	if (call->actor->person_id) TRY(objection_find(call, ref, out, &found));
	if (found) TRY(objection_person(call, out, &person));
	return found && person == call->actor->person_id ? OK : fail(call, NOT_FOUND, "no objection of theirs");
}

/* ---- What they read */
static Error letter_of(Call *call, const ObjectionRow *row, IssuedLetter *out, bool *out_found)
{
	*out_found = false;
	if (!row->ended_at.is) return OK;
	return letter_latest(call, row->application_id.is ? LETTER_ROUND_OBJECTION : LETTER_ROUND_COMPLAINT, objection_machine.name,
		row->id, out, out_found);
}

static Error shown_of(Call *call, const ObjectionRow *row, Objection *out)
{
	Objection objection;
	IssuedLetter letter;
	TRY(objection_of_row(call, row, false, &objection));
	TRY(letter_of(call, row, &letter, &objection.has_letter));
	if (!objection.ended_at) objection.answer = TEXT(""); /* nothing before it is confirmed */
	objection.masked = objection.explanation = TEXT("");
	objection.handler_id = objection.decided_by = 0;
	*out = objection;
	return OK;
}

Error objection_follow(Call *call, Text code, Text address, Objection *out)
{
	ObjectionRow row = { 0 };
	TRY(report_guess(call, code, address, look, &row));
	return shown_of(call, &row, out);
}

Error objection_open_own(Call *call, Text ref, Objection *out)
{
	ObjectionRow row;
	TRY(find_own(call, ref, &row));
	return shown_of(call, &row, out);
}

static Error give(Call *call, const ObjectionRow *row, Text *out_name, Text *out_bytes)
{
	IssuedLetter letter;
	bool found = false;
	TRY(letter_of(call, row, &letter, &found));
	return found ? letter_give_unnamed(call, &letter, LETTER_PAGES, out_name, out_bytes)
		     : fail(call, NOT_FOUND, "no letter of %.*s is issued", TEXT_ARGS(row->ref));
}

Error objection_letter_by_code(Call *call, Text code, Text address, Text *out_name, Text *out_bytes)
{
	ObjectionRow row = { 0 };
	TRY(report_guess(call, code, address, look, &row));
	return give(call, &row, out_name, out_bytes);
}

Error objection_letter_own(Call *call, Text ref, Text *out_name, Text *out_bytes)
{
	ObjectionRow row;
	TRY(find_own(call, ref, &row));
	return give(call, &row, out_name, out_bytes);
}
