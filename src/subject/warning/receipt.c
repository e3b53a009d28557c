/* Who was told, who has read it, who has signed for it. */
#include "base/base/clock.h"
#include "people/notice/notice.h"
#include "store/db/db.h"
#include "subject/warning/warning_private.h"

enum { REMINDERS_MOST = 6 };
#define DAY_MS INT64_C(86400000)

static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }
static const char note_place[] = "warning_recipient|sealed_note";

/* ---- Reading */
static Error read_recipient(Call *call, const WarningRecipientRow *row, WarningRecipient *out)
{
	Organisation organisation;
	Person signer = { .name = TEXT("") };
	WarningPersonsRow persons;
	Text why;
	TRY(org_find(call, row->organisation_id, &organisation));
	TRY(warning_delivery_counts(call, row->id, &persons));
	if (row->acknowledged_by.is) TRY(person_find(call, row->acknowledged_by.value, &signer));
	*out = (WarningRecipient) { .id = row->id,
		.organisation_id = row->organisation_id,
		.added_at = row->added_at,
		.due_at = row->due_at,
		.read_at = or_none(row->read_at),
		.acknowledged_at = or_none(row->acknowledged_at),
		.stated_at = or_none(row->stated_at),
		.reminders = row->reminders,
		.persons_told = persons.told,
		.persons_read = persons.read_count,
		.ref = row->ref,
		.name = organisation.name,
		.name_en = organisation.name_en,
		.signer = row->acknowledged_by.is ? person_shown_name(&signer) : TEXT(""),
		.statement = row->statement };
	TRY(seal_open(call, note_place, row->ref, row->sealed_note, &out->note));
	if (!out->note.at) out->note = TEXT("");
	TRY(seal_open(call, "warning_recipient|sealed_why", row->ref, row->sealed_why, &why));
	return warning_pair_read(call, why, out->why);
}

Error warning_recipients(Call *call, const Warning *warning, int64_t after, int64_t max, WarningRecipients *out)
{
	WarningRecipientRows rows;
	WarningRecipients recipients = { 0 };
	if (!warning_is_library(call->actor)) return fail(call, FORBIDDEN, "receipts are the library's affair");
	TRY(warning_recipient_rows(call, warning->id, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		WarningRecipient recipient;
		TRY(read_recipient(call, &rows.at[i], &recipient));
		list_add(call->arena, &recipients, recipient);
	}
	*out = recipients;
	return OK;
}

static Error own_row(Call *call, int64_t warning_id, WarningRecipientRow *out, bool *out_found)
{
	Numbers own;
	WarningRecipientRows rows;
	TRY(warning_own_organisations(call, &own));
	TRY(warning_recipient_of(call, warning_id, own, &rows));
	*out_found = rows.count > 0;
	if (rows.count) *out = rows.at[0];
	return OK;
}

Error warning_recipient_own(Call *call, const Warning *warning, WarningRecipient *out, bool *out_found)
{
	WarningRecipientRow row;
	TRY(own_row(call, warning->id, &row, out_found));
	return *out_found ? read_recipient(call, &row, out) : OK;
}

Error warning_counts(Call *call, const Warning *warning, WarningCounts *out)
{
	WarningCountRow row;
	if (!warning_is_library(call->actor)) return fail(call, FORBIDDEN, "receipts are the library's affair");
	TRY(warning_recipient_counts(call, warning->id, &row));
	*out = (WarningCounts) { row.told, row.read_count, row.signed_count, row.affected, row.not_affected, row.handled };
	return OK;
}

/* ---- A member reads and signs */
static Error mark_read(Call *call, void *argument)
{
	const Warning *warning = argument;
	WarningRecipientRow row;
	bool found = false;
	TRY(warning_record(call, warning, "read", (Text) { 0 }));
	TRY(own_row(call, warning->id, &row, &found));
	if (!found) return OK;
	TRY(warning_recipient_read(call, row.id, call->now));
	return warning_delivery_read(call, row.id, call->actor->person_id, call->now);
}

Error warning_mark_read(Call *call, const Warning *warning)
{
	Warning copy = *warning;
	return db_transact(call, mark_read, &copy);
}

typedef struct Signing {
	Text ref;
	const Map *values;
} Signing;

static Error store_statement(Call *call, const Warning *warning, const WarningRecipientRow *row, const Map *values)
{
	Sealed note = { 0 };
	Text said = form_answer(values, "statement"), remark = form_answer(values, "note");
	if (!said.length && !remark.length) return OK;
	if (remark.length) TRY(seal_close(call, warning->seal_key, note_place, row->ref, remark, &note));
	return warning_recipient_state(call, row->id, said, note, call->now);
}

static Error sign(Call *call, void *argument)
{
	const Signing *signing = argument;
	Warning warning;
	WarningRecipientRow row;
	bool found = false;
	int64_t changed = 0;
	TRY(warning_open(call, signing->ref, &warning));
	TRY(own_row(call, warning.id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "warning %.*s was not sent to them", TEXT_ARGS(warning.ref));
	if (text_is(warning.state, TEXT("WITHDRAWN"))) return fail(call, CONFLICT, "warning %.*s was withdrawn", TEXT_ARGS(warning.ref));
	TRY(warning_recipient_sign(call, row.id, call->actor->person_id, call->now, &changed));
	TRY(store_statement(call, &warning, &row, signing->values));
	Text detail = arena_printf(call->arena, "{\"recipient\":\"%.*s\",\"statement\":\"%.*s\"}", TEXT_ARGS(row.ref),
		TEXT_ARGS(form_answer(signing->values, "statement")));
	return warning_record(call, &warning, changed ? "acknowledge" : "state", detail);
}

Error warning_acknowledge(Call *call, Text ref, const Map *values)
{
	Signing signing = { ref, values };
	TRY(form_check(call, &warning_receipt_form, values));
	return db_transact(call, sign, &signing);
}

/* ---- Telling */
static NoticeKind kind_of(const WarningRow *warning, Text tell)
{
	if (text_is(tell, TEXT("changed"))) return NOTICE_WARNING_CHANGED;
	if (text_is(tell, TEXT("withdrawn"))) return NOTICE_WARNING_WITHDRAWN;
	if (text_is(tell, TEXT("reminder"))) return NOTICE_WARNING_REMINDER;
	return warning->is_urgent ? NOTICE_WARNING_URGENT : NOTICE_WARNING_SENT;
}

/* Whoever left the organisation since is told nothing; nor is anybody of what was withdrawn before it reached them. */
static Error tell_one(Call *call, const WarningTellRow *row)
{
	WarningRow warning;
	Organisation organisation;
	bool is_member = false;
	TRY(warning_find_id(call, row->warning_id, &warning));
	TRY(org_find(call, row->organisation_id, &organisation));
	TRY(org_is_member(call, organisation.merged_into ? organisation.merged_into : organisation.id, row->person_id, &is_member));
	if (is_member)
		TRY(notice_send(
			call, row->person_id, kind_of(&warning, row->tell), warning.number, warning_path(call->arena, warning.ref)));
	return warning_delivery_told(call, row->id, (Maybe) { is_member, call->now });
}

typedef struct Telling {
	int64_t max, count;
} Telling;

static Error tell_some(Call *call, void *argument)
{
	Telling *telling = argument;
	WarningTellRows rows;
	TRY(warning_deliveries_waiting(call, telling->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(tell_one(call, &rows.at[i]));
	telling->count = (int64_t)rows.count;
	return OK;
}

Error warning_deliver(Call *call, int64_t max, int64_t *out_count)
{
	Telling telling = { .max = max };
	TRY(db_transact(call, tell_some, &telling));
	*out_count = telling.count;
	return OK;
}

/* ---- Reminders: before the time limit, at it, and then once a day for some days */
static Error remind_one(Call *call, const WarningRecipientRow *row)
{
	int64_t next = call->now < row->due_at ? row->due_at : call->now + DAY_MS;
	bool ends = row->reminders + 1 >= REMINDERS_MOST;
	TRY(warning_deliveries_tell(call, row->id, TEXT("reminder")));
	return warning_recipient_remind(call, row->id, row->reminders + 1, (Maybe) { !ends, next });
}

static Error remind_some(Call *call, void *argument)
{
	Telling *telling = argument;
	WarningRecipientRows rows;
	TRY(warning_recipients_due(call, call->now, telling->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(remind_one(call, &rows.at[i]));
	telling->count = (int64_t)rows.count;
	return OK;
}

Error warning_remind(Call *call, int64_t max, int64_t *out_count)
{
	Telling telling = { .max = max };
	TRY(db_transact(call, remind_some, &telling));
	*out_count = telling.count;
	return OK;
}

/* ---- Time limits of the library and of the author */
Error warning_deadline(Call *call, int64_t id, bool is_over, bool is_today)
{
	WarningRow row;
	Warning warning;
	NoticeKind kind = is_over ? NOTICE_DEADLINE_OVER : is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	TRY(warning_find_id(call, id, &row));
	TRY(warning_from_row(call, &row, &warning));
	Text number = warning_shown_number(&warning), path = warning_path(call->arena, warning.ref);
	if (text_is(row.state, TEXT("DRAFT"))) return warning_tell_owner(call, &warning, (int)kind);
	bool is_publishers = text_is(row.state, TEXT("ASSESSED")) || text_is(row.state, TEXT("CORRECTING"));
	return notice_send_role(call, is_publishers ? ROLE_PUBLISHER : ROLE_COORDINATOR, kind, number, path);
}
