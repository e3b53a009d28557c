#include "subject/site/complaint.h"

#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/report/report.h"
#include "subject/site/complaint.sql.h"
#include "work/workflow/workdays.h"

const ComplaintKind complaint_kinds[] = {
	{ "handling", N_("How a matter was handled") },
	{ "conduct", N_("Conduct of somebody who works for the library or a support unit") },
	{ "leak", N_("Undisclosed information was passed on or misused") },
	{ "privacy", N_("Personal data: access, copy, correction, deletion, withdrawal of consent") },
	{ "other", N_("Something else") },
};
const size_t complaint_kind_count = COUNT(complaint_kinds);

enum { CODE_LENGTH = 16, DAY_MS = 24 * 3600 * 1000, HOUR_SECONDS = 3600 };
static const char text_place[] = "complaint|sealed_text", contact_place[] = "complaint|sealed_contact",
		  answer_place[] = "complaint|sealed_answer", complaint_kind[] = "complaint";

static Error record(Call *call, Text ref, int64_t seal_key, const char *action)
{
	return ledger_record(call, &(LedgerEvent) { .kind = complaint_kind, .ref = ref, .action = action, .matter = seal_key }, NULL);
}

/* ---- Sending */
typedef struct Sending {
	const ComplaintNew *complaint;
	ComplaintReceipt receipt;
} Sending;

static Text new_code(Arena *arena)
{
	Text letters = random_code(arena, CODE_LENGTH);
	return arena_printf(arena, "%.4s-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8, letters.at + 12);
}

static Error check_limit(Call *call, Text sender)
{
	int64_t count = 0;
	TRY(complaint_count_from(call, sender, call->now - DAY_MS, &count));
	if (count < COMPLAINTS_A_DAY) return OK;
	call->failure.retry_after_seconds = HOUR_SECONDS;
	return fail(call, TOO_MANY, "%lld complaints within a day", (long long)count);
}

/* People without account exercise their rights over personal data by a complaint of that kind. */
static SettingId limit_of(Text kind) { return text_is(kind, TEXT("privacy")) ? SETTING_privacy_days : SETTING_complaint_days; }

static Error send(Call *call, void *argument)
{
	Sending *sending = argument;
	const ComplaintNew *complaint = sending->complaint;
	ComplaintReceipt receipt = { .ref = arena_printf(call->arena, "T-%.*s", TEXT_ARGS(random_code(call->arena, 8))),
		.code = new_code(call->arena) };
	Text sender = seal_lookup(call, "complaint sender", complaint->address), claim = report_claim_key(call, receipt.code);
	int64_t key = 0, known = 0, person = call->actor->person_id;
	bool found = false, provisional = false;
	Sealed text, contact = { 0 };
	const Calendar *calendar;
	TRY(complaint_once(call, complaint->once, &known, &found));
	if (found) return fail(call, CONFLICT, "this form was sent already");
	TRY(check_limit(call, sender));
	TRY(workdays(call, &calendar));
	receipt.due_at = calendar_add_working_days(calendar, call->now, (int)setting_int(call, limit_of(complaint->kind)), &provisional);
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, text_place, receipt.ref, complaint->text, &text));
	if (complaint->mail.length) TRY(seal_close(call, key, contact_place, receipt.ref, complaint->mail, &contact));
	TRY(complaint_insert(call, receipt.ref, complaint->once, complaint->kind, claim, sender, (Maybe) { person != 0, person }, key, text,
		contact, call->now, receipt.due_at));
	if (complaint->mail.length) TRY(notice_visitor_set(call, claim, complaint->mail));
	TRY(record(call, receipt.ref, key, "receive"));
	sending->receipt = receipt;
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_COMPLAINT_WAITING, receipt.ref,
		arena_printf(call->arena, "/site/complaints/%.*s", TEXT_ARGS(receipt.ref)));
}

static void check_length(Call *call, const char *field, Text text)
{
	size_t length = text_utf8_length(text_trim(text));
	if (length < COMPLAINT_LEAST) call_problem(call, text_from(field), N_("Please say a little more."), (Text) { 0 });
	if (length > COMPLAINT_MOST)
		call_problem(call, text_from(field), N_("This is too long: at most %s characters."),
			arena_printf(call->arena, "%d", COMPLAINT_MOST));
}

Error complaint_send(Call *call, const ComplaintNew *complaint, ComplaintReceipt *out)
{
	Sending sending = { .complaint = complaint };
	bool is_kind = false;
	for (size_t i = 0; i < COUNT(complaint_kinds); i++) is_kind |= text_is(complaint->kind, text_from(complaint_kinds[i].tag));
	if (!is_kind) call_problem(call, TEXT("kind"), N_("Please choose one of these."), (Text) { 0 });
	check_length(call, "text", complaint->text);
	if (complaint->mail.length && !mail_address_is(mail_address_fold(call->arena, complaint->mail)))
		call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, send, &sending));
	*out = sending.receipt;
	return OK;
}

/* ---- Reading */
static Error of_row(Call *call, const ComplaintRow *row, Complaint *out)
{
	Complaint complaint = { .id = row->id,
		.seal_key = row->seal_key,
		.received_at = row->received_at,
		.due_at = row->due_at,
		.answered_at = row->answered_at.value,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state };
	TRY(seal_open(call, text_place, row->ref, row->sealed_text, &complaint.text));
	TRY(seal_open(call, contact_place, row->ref, row->sealed_contact, &complaint.contact));
	TRY(seal_open(call, answer_place, row->ref, row->sealed_answer, &complaint.answer));
	IssuedLetter letter;
	TRY(letter_latest(call, LETTER_COMPLAINT, complaint_kind, row->id, &letter, &complaint.has_letter));
	if (row->answered_by.is) {
		Person person;
		TRY(person_find(call, row->answered_by.value, &person));
		complaint.answerer = person_shown_name(&person);
	}
	*out = complaint;
	return OK;
}

static Error look(Call *call, Text key, void *argument, bool *out_found)
{
	ComplaintRow row;
	TRY(complaint_find_claim(call, key, &row, out_found));
	return *out_found ? of_row(call, &row, argument) : OK;
}

Error complaint_follow(Call *call, Text code, Text address, Complaint *out)
{
	Complaint complaint = { 0 };
	TRY(report_guess(call, code, address, look, &complaint));
	complaint.answerer = TEXT(""); /* the library answers, not a person */
	*out = complaint;
	return OK;
}

static Error is_office(Call *call)
{
	bool is_office = actor_has(call->actor, ROLE_COORDINATOR) && call->actor->second_factor;
	return is_office ? OK : fail(call, FORBIDDEN, "complaints are a coordinator's");
}

Error complaint_list(Call *call, Text state, int64_t before, int64_t max, Complaints *out)
{
	ComplaintRows rows;
	Complaints complaints = { 0 };
	TRY(is_office(call));
	TRY(complaint_rows(call, state, before > 0 ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Complaint complaint;
		TRY(of_row(call, &rows.at[i], &complaint));
		list_add(call->arena, &complaints, complaint);
	}
	*out = complaints;
	return OK;
}

Error complaints_waiting(Call *call, int64_t *out_count)
{
	enum { COUNTED_MAX = 100 };
	Numbers ids;
	TRY(is_office(call));
	TRY(complaint_waiting(call, COUNTED_MAX, &ids));
	*out_count = (int64_t)ids.count;
	return OK;
}

static Error find(Call *call, Text ref, ComplaintRow *out)
{
	bool found = false;
	TRY(is_office(call));
	TRY(complaint_find(call, ref, out, &found));
	if (!found) return fail(call, NOT_FOUND, "no such complaint");
	if (!out->sealed_text.bytes.at) out->seal_key = 0; /* its time is over, its key destroyed */
	return OK;
}

typedef struct Working {
	Text ref, answer;
	Complaint complaint;
} Working;

static Error open_one(Call *call, void *argument)
{
	Working *working = argument;
	ComplaintRow row;
	TRY(find(call, working->ref, &row));
	TRY(record(call, row.ref, row.seal_key, "read"));
	return of_row(call, &row, &working->complaint);
}

Error complaint_open(Call *call, Text ref, Complaint *out)
{
	Working working = { .ref = ref };
	TRY(db_transact(call, open_one, &working));
	*out = working.complaint;
	return OK;
}

/* ---- Answering */
static Error answer_it(Call *call, void *argument)
{
	const Working *working = argument;
	ComplaintRow row;
	Sealed answer;
	int64_t changed = 0;
	TRY(find(call, working->ref, &row));
	if (row.person_id.is && row.person_id.value == call->actor->person_id)
		return fail(call, FORBIDDEN, "nobody answers an own complaint");
	TRY(seal_close(call, row.seal_key, answer_place, row.ref, working->answer, &answer));
	TRY(complaint_answer_it(call, row.id, answer, call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "complaint %.*s is answered", TEXT_ARGS(row.ref));
	TRY(record(call, row.ref, row.seal_key, "answer"));
	if (row.person_id.is) TRY(notice_send(call, row.person_id.value, NOTICE_COMPLAINT_ANSWERED, row.ref, TEXT("/complaints/status")));
	return notice_send_claim(call, row.claim, NOTICE_COMPLAINT_ANSWERED, row.ref, TEXT("/complaints/status"));
}

Error complaint_answer(Call *call, Text ref, Text answer)
{
	Working working = { .ref = ref, .answer = answer };
	TRY(is_office(call));
	check_length(call, "answer", answer);
	TRY(call_check_problems(call));
	return db_transact(call, answer_it, &working);
}

/* ---- The letter of answer */
Error complaint_letter_order(Call *call, const Complaint *complaint, LetterOrder *out)
{
	if (!complaint->answered_at) return fail(call, CONFLICT, "complaint %.*s is not answered yet", TEXT_ARGS(complaint->ref));
	*out = (LetterOrder) { .kind = LETTER_COMPLAINT,
		.machine = complaint_kind,
		.subject_id = complaint->id,
		.seal_key = complaint->seal_key,
		.matter = complaint->ref,
		.recipient = arena_printf(call->arena, "投诉举报人（编号：%.*s）", TEXT_ARGS(complaint->ref)),
		.text = complaint->answer };
	return OK;
}

Error complaint_letter(Call *call, Text code, Text address, Text *out_name, Text *out_bytes)
{
	Complaint complaint = { 0 };
	IssuedLetter letter;
	bool found = false;
	TRY(report_guess(call, code, address, look, &complaint));
	TRY(letter_latest(call, LETTER_COMPLAINT, complaint_kind, complaint.id, &letter, &found));
	return found ? letter_give_unnamed(call, &letter, LETTER_PAGES, out_name, out_bytes)
		     : fail(call, NOT_FOUND, "no letter of %.*s is issued", TEXT_ARGS(complaint.ref));
}

/* ---- One's own, reminders, and the end of the time it is kept */
Error complaint_list_of_actor(Call *call, int64_t max, Complaints *out)
{
	ComplaintRows rows;
	Complaints complaints = { 0 };
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	TRY(complaint_rows_of(call, call->actor->person_id, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Complaint complaint;
		TRY(of_row(call, &rows.at[i], &complaint));
		complaint.answerer = TEXT("");
		list_add(call->arena, &complaints, complaint);
	}
	*out = complaints;
	return OK;
}

static Error remind_one(Call *call, void *argument)
{
	const ComplaintRow *row = argument;
	TRY(complaint_reminded(call, row->id, call->now));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_COMPLAINT_DUE, row->ref,
		arena_printf(call->arena, "/site/complaints/%.*s", TEXT_ARGS(row->ref)));
}

Error complaint_remind(Call *call, int64_t max, int64_t *out_count)
{
	enum { REMINDED_DAYS = 3 };
	ComplaintRows rows;
	TRY(complaint_rows_due(call, call->now + (int64_t)REMINDED_DAYS * DAY_MS, max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(db_transact(call, remind_one, &rows.at[i]));
	*out_count = (int64_t)rows.count;
	return OK;
}

Error complaint_kept(Call *call, const KeptPage *page, Keeps *out)
{
	ComplaintKepts rows;
	Keeps keeps = { 0 };
	TRY(complaint_kept_rows(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].answered_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

Error complaint_forget(Call *call, Text ref)
{
	ComplaintRow row;
	bool found = false;
	TRY(complaint_find(call, ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such complaint");
	TRY(complaint_forget_it(call, row.id));
	TRY(notice_visitor_forget(call, row.claim));
	return seal_matter_destroy(call, row.seal_key);
}
