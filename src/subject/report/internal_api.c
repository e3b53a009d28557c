/* Internal records for machines, and the proofs that a report repeats something. That one is known is proposed and confirmed as actions of the report. */
#include "base/base/clock.h"
#include "subject/report/internal_view.h"

enum { PAGE = 50 };

static Text receipt_name(Call *call, Text ref)
{
	return arena_printf(call->arena, "attachment; filename=\"%.*s.receipt\"", TEXT_ARGS(ref));
}

/* ---- Answers */
static void put_head(Call *call, JsonWriter *writer, const InternalRecord *record)
{
	json_put_text(writer, "ref", record->ref);
	json_put_text(writer, "title", record->title);
	json_put_text(writer, "entered_at", clock_iso(call->arena, record->entered_at));
	json_put_text(writer, "proven_at", clock_iso(call->arena, record->proven_at));
	json_put_text(writer, "entered_by", record->person);
	json_put_text(writer, "document_sha256", record->document_sha256.length ? record->document_sha256 : (Text) { 0 });
}

static void put_stamp(Call *call, JsonWriter *writer, const InternalStamp *stamp)
{
	json_key(writer, TEXT("timestamp"));
	if (!stamp->token.at) {
		json_null(writer);
		return;
	}
	json_object_begin(writer);
	json_put_text(writer, "at", clock_iso(call->arena, stamp->at));
	json_put_int(writer, "accuracy_ms", stamp->accuracy_ms);
	json_put_text(writer, "authority", stamp->by);
	json_put_text(writer, "hash", stamp->hash);
	json_put_text(writer, "policy", stamp->policy);
	json_put_text(writer, "serial", stamp->serial);
	json_end(writer);
}

static Error reply_record(Request *request, const InternalRecord *record, int status)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Attachments files;
	TRY(internal_files(call, record, &files));
	json_object_begin(&writer);
	put_head(call, &writer, record);
	json_put_text(&writer, "content", record->content);
	put_stamp(call, &writer, &record->stamp);
	json_key(&writer, TEXT("attachments"));
	form_files_json(&writer, &files);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = status;
	return OK;
}

static Error get_one(Request *request) { return reply_record(request, request->subject, 200); }

static Error get_list(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	InternalRecords records;
	int64_t cursor = 0;
	Text given = request_query(request, TEXT("cursor"));
	if (given.at && (!text_to_int(given, &cursor) || cursor < 0)) return fail(call, USAGE, "cursor");
	TRY(internal_list(call, cursor, PAGE, &records));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < records.count; i++) {
		json_object_begin(&writer);
		put_head(call, &writer, &records.at[i]);
		json_end(&writer);
	}
	json_end(&writer);
	json_put_text(&writer, "next_cursor",
		records.count == PAGE ? arena_printf(call->arena, "%lld", (long long)records.at[PAGE - 1].id) : (Text) { 0 });
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

Error internal_proposal_json(Call *call, JsonWriter *writer, const Report *report)
{
	KnownProposal proposal;
	TRY(report_known_proposal(call, report, &proposal));
	json_key(writer, TEXT("known_proposal"));
	if (!proposal.ref.length) {
		json_null(writer);
		return OK;
	}
	json_object_begin(writer);
	json_put_text(writer, "record", proposal.record);
	json_put_text(writer, "proposed_by", proposal.person);
	json_put_text(writer, "proposed_at", clock_iso(call->arena, proposal.proposed_at));
	json_end(writer);
	return OK;
}

/* ---- Entering, and what proves */
static Error post(Request *request)
{
	Call *call = request->call;
	Text ref;
	bool repeated = false;
	InternalRecord record;
	Map *values = map_new(call->arena);
	InternalNew new = { .values = values };
	TRY(form_take(request, &internal_form, values));
	internal_take_files(request, &new);
	TRY(internal_enter_with(call, &new, &ref, &repeated));
	TRY(internal_open(call, ref, &record));
	TRY(reply_record(request, &record, repeated ? 200 : 201));
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/internal-records/%.*s", TEXT_ARGS(ref)));
	return OK;
}

static Error reply_receipt(Request *request, Text ref, Text receipt)
{
	reply_text(request, TEXT("text/plain; charset=utf-8"), receipt);
	reply_header(request, TEXT("Content-Disposition"), receipt_name(request->call, ref));
	return OK;
}

static Error get_receipt(Request *request)
{
	Text receipt;
	const InternalRecord *record = request->subject;
	TRY(internal_receipt(request->call, record, &receipt));
	return reply_receipt(request, record->ref, receipt);
}

static Error get_stamp(Request *request)
{
	const InternalRecord *record = request->subject;
	if (!record->stamp.token.at)
		return fail(request->call, NOT_FOUND, "internal record %.*s has no time stamp", TEXT_ARGS(record->ref));
	return internal_reply_stamp(request, record->ref, record->stamp.token);
}

static Error get_file(Request *request)
{
	return upload_download(request, internal_owner(request->subject), request_parameter(request, TEXT("file")));
}

static Error get_earlier(Request *request)
{
	const Report *report = request->subject;
	Text proof;
	TRY(report_earlier_proof(request->call, report, &proof));
	return reply_receipt(request, report->earlier_ref, proof);
}

static Error get_earlier_stamp(Request *request)
{
	const Report *report = request->subject;
	Text token;
	TRY(report_earlier_stamp(request->call, report, &token));
	return internal_reply_stamp(request, report->earlier_ref, token);
}

#define STAFF .may = ROLE_COORDINATOR | ROLE_VERIFIER, .needs_second_factor = true
#define READS STAFF, .scope = SCOPE_CASE_READ, .subject = internal_load
#define REPEATS .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = report_load_api
static const Route routes[] = {
	{ GET, "/api/v1/internal-records", get_list, STAFF, .scope = SCOPE_CASE_READ,
		.summary = "What the library found out by itself, newest first; cursor=" },
	{ POST, "/api/v1/internal-records", post, STAFF, .scope = SCOPE_CASE_WRITE, .form = &internal_body, .weight = 5,
		.summary =
			"Enter what the library found out by itself: title, content, document_sha256; as multipart with its document and a "
			"timestamp (RFC 3161) over it. Idempotency-Key makes it safe to repeat. That a report is known by it is proposed "
			"and "
			"confirmed by the report's actions known and confirm-known" },
	{ GET, "/api/v1/internal-records/:ref", get_one, READS, .summary = "An internal record" },
	{ GET, "/api/v1/internal-records/:ref/receipt", get_receipt, READS, .summary = "The signed receipt of an internal record" },
	{ GET, "/api/v1/internal-records/:ref/timestamp", get_stamp, READS,
		.summary = "The time stamp (RFC 3161) over the document of an internal record" },
	{ GET, "/api/v1/internal-records/:ref/attachments/:file", get_file, READS, .summary = "The document of an internal record" },
	{ GET, "/api/v1/reports/:ref/earlier", get_earlier, REPEATS,
		.summary = "The signed proof of when that was there which the report repeats; nothing of its content" },
	{ GET, "/api/v1/reports/:ref/earlier/timestamp", get_earlier_stamp, REPEATS,
		.summary = "The time stamp (RFC 3161) over the document of the internal record that the report repeats" },
};
const RouteTable internal_api_routes = { "subject/report internal API", routes, COUNT(routes) };
