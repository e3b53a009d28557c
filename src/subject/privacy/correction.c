/* What was verified about somebody is corrected when they ask and somebody else has looked at it. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "store/setting/setting.h"
#include "subject/privacy/privacy_private.h"
#include "work/workflow/workdays.h"

enum { VALUE_MOST = 100, REASON_MOST = 1000 };
static const char value_place[] = "privacy_correction|sealed_value", reason_place[] = "privacy_correction|sealed_reason",
		  answer_place[] = "privacy_correction|sealed_answer";

typedef struct Correcting {
	Text ref, field, value, reason, answer;
	bool accepted;
} Correcting;

static Error ask(Call *call, void *argument)
{
	const Correcting *correcting = argument;
	Person person;
	const Calendar *calendar;
	Sealed value, reason;
	int64_t id = 0;
	bool found = false, provisional = false;
	Text ref = arena_printf(call->arena, "K-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(person_find(call, call->actor->person_id, &person));
	if (person.state != PERSON_VERIFIED) return fail(call, CONFLICT, "nothing is verified: the profile can be changed");
	TRY(rectification_open(call, person.id, correcting->field, &id, &found));
	if (found) return fail(call, CONFLICT, "a correction waits");
	TRY(workdays(call, &calendar));
	int64_t due_at = calendar_add_working_days(calendar, call->now, (int)setting_int(call, SETTING_privacy_days), &provisional);
	TRY(seal_close(call, person.seal_key, value_place, ref, correcting->value, &value));
	TRY(seal_close(call, person.seal_key, reason_place, ref, correcting->reason, &reason));
	TRY(rectification_insert(call, ref, person.id, correcting->field, value, reason, call->now, due_at));
	TRY(privacy_record(call, "privacy-correction", ref, "ask", correcting->field));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_CORRECTION_WAITING, ref, TEXT("/vault"));
}

Error rectification_ask(Call *call, Text field, Text value, Text reason)
{
	Correcting correcting = { .field = field, .value = text_trim(value), .reason = text_trim(reason) };
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	if (!call->actor->session_id) return fail(call, FORBIDDEN, "an API token does not change its owner's account");
	if (!text_is(field, TEXT("name")) && !text_is(field, TEXT("phone")))
		call_problem(call, TEXT("field"), N_("Please choose one of these."), (Text) { 0 });
	if (!correcting.value.length || text_utf8_length(correcting.value) > VALUE_MOST)
		call_problem(call, TEXT("value"), N_("Please enter what is right."), (Text) { 0 });
	if (!correcting.reason.length || text_utf8_length(correcting.reason) > REASON_MOST)
		call_problem(call, TEXT("reason"), N_("Please say why, and what shows it."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask, &correcting);
}

/* ---- Lists */
static Error of_rows(Call *call, const RectificationRows *rows, PrivacyCorrections *out)
{
	PrivacyCorrections list = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		const RectificationRow *row = &rows->at[i];
		PrivacyCorrection one = { .id = row->id,
			.person_id = row->person_id,
			.asked_at = row->asked_at,
			.due_at = row->due_at,
			.decided_at = row->decided_at.value,
			.ref = row->ref,
			.field = row->field,
			.state = row->state };
		TRY(seal_open(call, value_place, row->ref, row->sealed_value, &one.value));
		TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &one.reason));
		TRY(seal_open(call, answer_place, row->ref, row->sealed_answer, &one.answer));
		list_add(call->arena, &list, one);
	}
	*out = list;
	return OK;
}

Error rectification_list_own(Call *call, PrivacyCorrections *out)
{
	RectificationRows rows;
	TRY(rectification_rows_of(call, call->actor->person_id, &rows));
	return of_rows(call, &rows, out);
}

Error rectification_queue(Call *call, PrivacyCorrections *out)
{
	enum { QUEUE_MAX = 100 };
	RectificationRows rows;
	TRY(privacy_is(call, ROLE_COORDINATOR));
	TRY(rectification_waiting(call, QUEUE_MAX, &rows));
	return of_rows(call, &rows, out);
}

/* ---- Deciding */
static Error decide(Call *call, void *argument)
{
	const Correcting *correcting = argument;
	RectificationRow row;
	Person person;
	Text value;
	Sealed answer;
	bool found = false;
	int64_t changed = 0;
	TRY(rectification_by_ref(call, correcting->ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such request");
	if (row.person_id == call->actor->person_id) return fail(call, FORBIDDEN, "nobody decides about an own request");
	TRY(person_find(call, row.person_id, &person));
	TRY(seal_close(call, person.seal_key, answer_place, row.ref, correcting->answer, &answer));
	TRY(rectification_set(call, row.id, correcting->accepted ? TEXT("accepted") : TEXT("refused"), answer, call->actor->person_id,
		call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "decided already");
	TRY(seal_open(call, value_place, row.ref, row.sealed_value, &value));
	if (correcting->accepted) TRY(person_correct(call, row.person_id, row.field, value));
	TRY(privacy_record(call, "privacy-correction", row.ref, correcting->accepted ? "accept" : "refuse", row.field));
	return notice_send(call, row.person_id, NOTICE_CORRECTION_DECIDED, row.ref, TEXT("/account/privacy"));
}

Error rectification_decide(Call *call, Text ref, bool accepted, Text answer)
{
	Correcting correcting = { .ref = ref, .accepted = accepted, .answer = text_trim(answer) };
	TRY(privacy_is(call, ROLE_COORDINATOR));
	if (!correcting.answer.length) call_problem(call, TEXT("answer"), N_("Please give an answer."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, decide, &correcting);
}

/* ---- Reminders */
Error rectification_waiting_count(Call *call, int64_t *out_count)
{
	enum { COUNTED_MAX = 100 };
	RectificationRows rows;
	TRY(rectification_waiting(call, COUNTED_MAX, &rows));
	*out_count = (int64_t)rows.count;
	return OK;
}

static Error remind_one(Call *call, void *argument)
{
	const RectificationRow *row = argument;
	TRY(rectification_reminded(call, row->id, call->now));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_CORRECTION_DUE, row->ref, TEXT("/vault"));
}

Error rectification_remind(Call *call, int64_t max, int64_t *out_count)
{
	enum { REMINDED_DAYS = 3 };
	RectificationRows rows;
	TRY(rectification_rows_due(call, call->now + (int64_t)REMINDED_DAYS * PRIVACY_DAY_MS, max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(db_transact(call, remind_one, &rows.at[i]));
	*out_count = (int64_t)rows.count;
	return OK;
}

Error privacy_tell_opening(Call *call, VaultOwner owner, Text paper_ref)
{
	if (strcmp(owner.kind, "person") == 0) return notice_send(call, owner.id, NOTICE_VAULT_OPENED, paper_ref, TEXT("/account/privacy"));
	Numbers admins;
	TRY(org_admins(call, owner.id, &admins));
	for (size_t i = 0; i < admins.count; i++)
		TRY(notice_send(call, admins.at[i], NOTICE_VAULT_OPENED, paper_ref, TEXT("/organisations")));
	return OK;
}
