/* Internal records, and what is known by them. */
#include "subject/report/internal_private.h"

#include "base/base/random.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/report/internal.sql.h"
#include "subject/report/report_private.h"

const char internal_kind[] = "internal";
const char internal_title_place[] = "internal_record|sealed_title", internal_content_place[] = "internal_record|sealed_content",
	   internal_stamp_place[] = "internal_record|sealed_stamp", internal_stamper_place[] = "internal_record|sealed_stamper";

/* ---- The form */
static const char *digest_fault(Text value)
{
	bool is_digest = value.length == 64;
	for (size_t i = 0; i < value.length; i++) is_digest &= strchr("0123456789abcdefABCDEF", value.at[i]) != NULL;
	return is_digest ? NULL : N_("A SHA-256 has 64 hexadecimal digits.");
}

static const FormItem items[] = {
	{ "title", FORM_TEXT, N_("Title"), NULL, .required = true },
	{ "content", FORM_LINES, N_("What was found"),
		N_("Product, affected part, how it shows. Sealed; the reporter of a later report never sees it."), .required = true,
		.max_length = 10000 },
	{ "document_sha256", FORM_TEXT, N_("SHA-256 of a document"),
		N_("Of a file that is kept elsewhere, so that it can be shown later that it existed now; of one that is sent it is "
		   "computed"),
		.max_length = 64, .check = digest_fault },
};
static const FormSection sections[] = { { NULL, NULL, items, COUNT(items) } };
const Form internal_form = { "internal-record", 1, N_("Internal record"), sections, 1, NULL };

/* ---- Reading */
static uint32_t reading_roles(const Call *call) { return report_reading_roles(call->actor) & ROLE_COORDINATOR; }
bool internal_is_staff(const Call *call) { return (report_reading_roles(call->actor) & (ROLE_COORDINATOR | ROLE_VERIFIER)) != 0; }

static int64_t proven_at(const InternalRow *row)
{
	return row->stamped_at.is && row->stamped_at.value < row->entered_at ? row->stamped_at.value : row->entered_at;
}

static Error stamp_of_row(Call *call, const InternalRow *row, InternalStamp *out)
{
	Text json;
	Json said;
	InternalStamp stamp = { 0 };
	TRY(seal_open(call, internal_stamp_place, row->ref, row->sealed_stamp, &stamp.token));
	TRY(seal_open(call, internal_stamper_place, row->ref, row->sealed_stamper, &json));
	if (!stamp.token.at || !json.at || !json_parse(call->arena, json, &said, NULL)) return OK;
	stamp.by = json_as_text(json_get(said, "by"));
	stamp.serial = json_as_text(json_get(said, "serial"));
	stamp.policy = json_as_text(json_get(said, "policy"));
	stamp.hash = json_as_text(json_get(said, "hash"));
	if (!json_as_int(json_get(said, "at"), &stamp.at) || !json_as_int(json_get(said, "accuracy_ms"), &stamp.accuracy_ms))
		return fail(call, CORRUPT, "the time stamp of %.*s", TEXT_ARGS(row->ref));
	*out = stamp;
	return OK;
}

static Error of_row(Call *call, const InternalRow *row, InternalRecord *out)
{
	Person person;
	InternalRecord record = { .id = row->id,
		.person_id = row->person_id,
		.seal_key = row->seal_key,
		.event_id = row->event_id,
		.entered_at = row->entered_at,
		.proven_at = proven_at(row),
		.ref = row->ref,
		.document_sha256 = row->document_sha256 };
	TRY(seal_open(call, internal_title_place, row->ref, row->sealed_title, &record.title));
	TRY(seal_open(call, internal_content_place, row->ref, row->sealed_content, &record.content));
	TRY(stamp_of_row(call, row, &record.stamp));
	TRY(person_find(call, row->person_id, &person));
	record.person = person_shown_name(&person);
	*out = record;
	return OK;
}

static Error find(Call *call, Text ref, InternalRecord *out, bool *out_found)
{
	InternalRow row;
	*out_found = false;
	if (internal_is_staff(call)) TRY(internal_find(call, ref, call->actor->person_id, reading_roles(call), &row, out_found));
	return *out_found ? of_row(call, &row, out) : OK;
}

Error internal_open(Call *call, Text ref, InternalRecord *out)
{
	bool found = false;
	TRY(find(call, ref, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "internal record %.*s", TEXT_ARGS(ref));
}

Error internal_list(Call *call, int64_t before, int64_t max, InternalRecords *out)
{
	InternalRows rows = { 0 };
	InternalRecords records = { 0 };
	if (internal_is_staff(call))
		TRY(internal_rows(call, call->actor->person_id, reading_roles(call), before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		InternalRecord record;
		TRY(of_row(call, &rows.at[i], &record));
		list_add(call->arena, &records, record);
	}
	*out = records;
	return OK;
}

Error internal_receipt(Call *call, const InternalRecord *record, Text *out) { return ledger_receipt(call, record->event_id, out); }

AttachmentOwner internal_owner(const InternalRecord *record)
{
	return (AttachmentOwner) { internal_kind, record->id, record->seal_key, false };
}

Error internal_files(Call *call, const InternalRecord *record, Attachments *out)
{
	return attachment_list(call, internal_kind, record->id, out);
}

/* ---- Known internally */
Error known_look(Call *call, Report *report)
{
	KnownRow row;
	if (!text_is(report->state, TEXT("FORMAL_REVIEW"))) return OK;
	TRY(known_waiting(call, report->id, &row, &report->has_known));
	if (report->has_known) report->known_proposed_by = row.proposed_by;
	return OK;
}

Error report_known_proposal(Call *call, const Report *report, KnownProposal *out)
{
	KnownRow row;
	InternalRow record;
	Person person;
	bool found = false;
	*out = (KnownProposal) { .ref = TEXT("") };
	if (!reading_roles(call) || report->is_own) return OK;
	TRY(known_waiting(call, report->id, &row, &found));
	if (!found) return OK;
	TRY(internal_find_id(call, row.record_id, &record));
	TRY(person_find(call, row.proposed_by, &person));
	*out = (KnownProposal) { .ref = row.ref,
		.record = record.ref,
		.person = person_shown_name(&person),
		.proposed_by = row.proposed_by,
		.proposed_at = row.proposed_at };
	return OK;
}

/* Entered, or stamped by somebody outside, before the report came in: nothing else is a proof. */
Error known_take(Call *call, Matter *matter, const Map *values)
{
	Report report;
	InternalRecord record = { 0 };
	bool found = false;
	TRY(report_read(call, matter->id, &report));
	TRY(find(call, text_trim(form_answer(values, "record")), &record, &found));
	if (!found)
		call_problem(call, TEXT("record"), N_("There is no internal record of this number."), (Text) { 0 });
	else if (record.proven_at >= report.received_at)
		call_problem(call, TEXT("record"), N_("It was entered after the report came in: it proves nothing."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(known_propose(call, random_code(call->arena, 16), matter->id, record.id, call->actor->person_id, call->now));
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_KNOWN_WAITING, matter->ref,
		arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(matter->ref)));
}

static Error decide_known(Call *call, const Matter *matter, const char *decision, KnownRow *out)
{
	bool found = false;
	int64_t changed = 0;
	TRY(known_waiting(call, matter->id, out, &found));
	if (found)
		TRY(known_decide(call, matter->id, text_from(decision), (Maybe) { call->actor->person_id != 0, call->actor->person_id },
			call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "the proposal has been decided");
}

Error known_refuse(Call *call, Matter *matter, const Map *values)
{
	KnownRow row;
	(void)values;
	return decide_known(call, matter, "refused", &row);
}

Error known_confirm(Call *call, Matter *matter, int64_t *out_record)
{
	KnownRow row;
	TRY(decide_known(call, matter, "confirmed", &row));
	*out_record = row.record_id;
	return OK;
}

Error known_drop(Call *call, int64_t report_id)
{
	int64_t changed = 0;
	return known_decide(call, report_id, TEXT("dropped"), (Maybe) { 0 }, call->now, &changed);
}

Error known_earlier(Call *call, int64_t record_id, Report *report)
{
	InternalRow row;
	TRY(internal_find_id(call, record_id, &row));
	report->earlier_ref = row.ref;
	report->earlier_at = proven_at(&row);
	report->is_known = true;
	report->is_stamped = row.stamped_at.is;
	report->known_event = row.event_id;
	report->known_record = record_id;
	return OK;
}

Error report_earlier_proof(Call *call, const Report *report, Text *out)
{
	Events events;
	if (report->is_known) return ledger_receipt(call, report->known_event, out);
	if (!report->earlier_ref.length) return fail(call, NOT_FOUND, "report %.*s repeats nothing", TEXT_ARGS(report->ref));
	TRY(ledger_events_of_action(call, report_machine.name, report->earlier_ref, "send", 0, 1, &events));
	if (!events.count) return fail(call, NOT_FOUND, "no reception of %.*s", TEXT_ARGS(report->earlier_ref));
	return ledger_receipt(call, events.at[0].id, out);
}

Error report_earlier_stamp(Call *call, const Report *report, Text *out)
{
	InternalRow row;
	InternalStamp stamp = { 0 };
	if (!report->is_stamped) return fail(call, NOT_FOUND, "no time stamp of what report %.*s repeats", TEXT_ARGS(report->ref));
	TRY(internal_find_id(call, report->known_record, &row));
	TRY(stamp_of_row(call, &row, &stamp));
	if (!stamp.token.at) return fail(call, NOT_FOUND, "the time stamp of %.*s is destroyed", TEXT_ARGS(row.ref));
	*out = stamp.token;
	return OK;
}
