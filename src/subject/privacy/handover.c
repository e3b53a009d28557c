/* Whoever holds an office names who takes over, so that the account can end; a security administrator sees to the offices. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "subject/privacy/privacy_private.h"

enum { NOTE_MOST = 1000, LIST_MAX = 100 };
static const char note_place[] = "privacy_handover|sealed_note";

typedef struct HandingOver {
	Text note;
	int64_t successor_id;
} HandingOver;

static Error ask(Call *call, void *argument)
{
	const HandingOver *over = argument;
	Sealed note;
	int64_t person = call->actor->person_id, changed = 0;
	Text ref = arena_printf(call->arena, "N-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(handover_end_of(call, person, call->now, &changed)); /* another name replaces the earlier one */
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, note_place, ref, over->note, &note));
	TRY(handover_insert(call, ref, person, over->successor_id, note, call->now));
	TRY(privacy_record(call, "privacy-handover", ref, "ask", (Text) { 0 }));
	TRY(notice_send(call, over->successor_id, NOTICE_HANDOVER_NAMED, ref, TEXT("/desk")));
	return notice_send_role(call, ROLE_SECURITY_ADMIN, NOTICE_HANDOVER_WAITING, ref, TEXT("/admin/handovers"));
}

/* Somebody who can hold an office at all: verified and in use. */
static Error find_successor(Call *call, Text login, HandingOver *out)
{
	Person person;
	Error error = person_find_login(call, login, &person);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error != OK) call_pass_over(call);
	if (error != OK || person.state != PERSON_VERIFIED || person.id == call->actor->person_id)
		call_problem(call, TEXT("successor"), N_("Please name a colleague whose account is verified."), (Text) { 0 });
	else
		out->successor_id = person.id;
	return OK;
}

Error handover_ask(Call *call, Text successor, Text note)
{
	HandingOver over = { .note = text_trim(note) };
	uint32_t roles = 0;
	if (!call->actor->person_id || !call->actor->session_id) return fail(call, FORBIDDEN, "not the owner's session");
	TRY(role_of(call, call->actor->person_id, &roles));
	if (!(roles & ROLE_GRANTED)) return fail(call, CONFLICT, "no office to hand over");
	TRY(find_successor(call, text_trim(successor), &over));
	if (!over.note.length || text_utf8_length(over.note) > NOTE_MOST)
		call_problem(call, TEXT("note"), N_("Please say what is to be taken over."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask, &over);
}

static Error of_row(Call *call, const HandoverRow *row, Handover *out)
{
	Handover handover = {
		.id = row->id, .person_id = row->person_id, .successor_id = row->successor_id, .asked_at = row->asked_at, .ref = row->ref
	};
	TRY(role_of(call, row->person_id, &handover.roles));
	handover.roles &= ROLE_GRANTED;
	TRY(seal_open(call, note_place, row->ref, row->sealed_note, &handover.note));
	*out = handover;
	return OK;
}

Error handover_own(Call *call, Handover *out, bool *out_found)
{
	HandoverRow row;
	TRY(handover_of(call, call->actor->person_id, &row, out_found));
	return *out_found ? of_row(call, &row, out) : OK;
}

Error handover_list(Call *call, Handovers *out)
{
	HandoverRows rows;
	Handovers list = { 0 };
	TRY(privacy_is(call, ROLE_SECURITY_ADMIN));
	TRY(handover_rows(call, 0, LIST_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Handover one;
		TRY(of_row(call, &rows.at[i], &one));
		list_add(call->arena, &list, one);
	}
	*out = list;
	return OK;
}

/* ---- Nothing is left to be handed over */
static Error settle(Call *call, void *argument)
{
	const HandoverRow *row = argument;
	int64_t changed = 0;
	TRY(handover_end_of(call, row->person_id, call->now, &changed));
	if (!changed) return OK;
	TRY(privacy_record(call, "privacy-handover", row->ref, "end", (Text) { 0 }));
	return notice_send(call, row->person_id, NOTICE_HANDOVER_DONE, row->ref, TEXT("/account/privacy"));
}

Error handover_settle(Call *call, int64_t max, int64_t *out_count)
{
	HandoverRows rows;
	*out_count = 0;
	for (int64_t after = 0;; after = rows.at[rows.count - 1].id) {
		TRY(handover_rows(call, after, max, &rows));
		for (size_t i = 0; i < rows.count; i++) {
			uint32_t roles = 0;
			TRY(role_of(call, rows.at[i].person_id, &roles));
			if (roles & ROLE_GRANTED) continue;
			TRY(db_transact(call, settle, &rows.at[i]));
			++*out_count;
		}
		if ((int64_t)rows.count < max) return OK;
	}
}
