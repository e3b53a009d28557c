/* Drafts for machines: made, changed field by field, given files, looked at before sending, and sent. They are the account's own. */
#include "base/base/clock.h"
#include "subject/report/certificate_view.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

/* ---- What is answered */
static void put_problems(JsonWriter *writer, const Call *call)
{
	json_key(writer, TEXT("errors"));
	json_array_begin(writer);
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		const Problem *problem = &call->failure.problems.at[i];
		json_object_begin(writer);
		json_put_text(writer, "field", problem->field);
		json_put_text(writer, "detail", problem_text(call->arena, call->lang, problem));
		json_end(writer);
	}
	json_end(writer);
}

/* What would be missing if it were sent now is no error of this request. */
static Error put_check(JsonWriter *writer, Call *call, const Draft *draft)
{
	Error error = form_check(call, &report_form, draft->values);
	if (error != OK && error != ERROR_INVALID) return error;
	json_put_bool(writer, "complete", error == OK);
	put_problems(writer, call);
	call_recover(call);
	return OK;
}

static Error reply_draft(Request *request, const Draft *draft, int status)
{
	Call *call = request->call;
	Attachments files;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Json values;
	CoverPlace place;
	CoverFindings findings;
	Draft copy = *draft;
	report_draft_cover(call->arena, &copy, &place);
	TRY(attachment_list(call, "draft", draft->id, &files));
	TRY(cover_find(call, &place.matter, false, &findings));
	TRY(json_read(call, form_values_text(call->arena, &report_form, draft->values), &values));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", draft->ref);
	json_put_text(&writer, "updated_at", clock_iso(call->arena, draft->updated_at));
	json_key(&writer, TEXT("fields"));
	json_copy(&writer, values);
	json_key(&writer, TEXT("attachments"));
	form_files_json(&writer, &files);
	json_put_int(&writer, "personal_data", cover_open_count(&findings));
	TRY(put_check(&writer, call, draft));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = status;
	return OK;
}

/* ---- Drafts */
Error report_load_own_draft(Request *request)
{
	Draft *draft = arena_new_of(request->call->arena, Draft);
	TRY(draft_open(request->call, &report_form, request_parameter(request, TEXT("ref")), (Text) { 0 }, draft));
	request->subject = draft;
	return OK;
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	DraftLines lines;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(draft_list(call, &lines));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < lines.count; i++) {
		json_object_begin(&writer);
		json_put_text(&writer, "ref", lines.at[i].ref);
		json_put_text(&writer, "updated_at", clock_iso(call->arena, lines.at[i].updated_at));
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_draft(request, request->subject, 200); }

static Error post(Request *request)
{
	Call *call = request->call;
	Draft draft;
	Text secret;
	Map *values = map_new(call->arena);
	TRY(form_take_some(request, &report_form, values));
	TRY(draft_new(call, &report_form, values, &draft, &secret));
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/drafts/%.*s", TEXT_ARGS(draft.ref)));
	return reply_draft(request, &draft, 201);
}

/* Only the fields that are named change; an empty text empties one. */
static Error change(Request *request)
{
	Draft *draft = request->subject;
	TRY(form_take_some(request, &report_form, draft->values));
	TRY(draft_save(request->call, &report_form, draft, draft->values));
	return reply_draft(request, draft, 200);
}

static Error discard(Request *request)
{
	TRY(draft_discard(request->call, request->subject));
	reply_json(request, TEXT("{\"discarded\":true}"));
	return OK;
}

static const FormSpec draft_body = { .max_body_bytes = 2 * 1024 * 1024, .takes_more = true };

/* ---- Files */
static AttachmentOwner owner_of(const Request *request)
{
	const Draft *draft = request->subject;
	return (AttachmentOwner) { "draft", draft->id, draft->seal_key };
}

static Text file_of(const Request *request) { return request_parameter(request, TEXT("file")); }
static Error file_begin(Request *request) { return upload_begin(request, owner_of(request)); }
static Error file_part(Request *request) { return upload_part(request, owner_of(request), file_of(request)); }
static Error file_state(Request *request) { return upload_state(request, owner_of(request), file_of(request)); }
static Error file_finish(Request *request) { return upload_finish(request, owner_of(request), file_of(request)); }
static Error file_remove(Request *request) { return upload_remove(request, owner_of(request), file_of(request)); }
static Error file_content(Request *request) { return upload_download(request, owner_of(request), file_of(request)); }

/* ---- Sending; sent twice, the first reception is answered again */
static Error send(Request *request)
{
	Call *call = request->call;
	Reception reception;
	Text receipt;
	ReportSender sender = { .address = request->address };
	TRY(report_send_draft_from(call, request_parameter(request, TEXT("ref")), (Text) { 0 }, &sender, &reception));
	TRY(report_receipt(call, &(Report) { .ref = reception.ref }, &receipt));
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "ref", reception.ref);
	json_put_bool(&writer, "repeated", reception.repeated);
	json_put_text(&writer, "receipt", receipt);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = reception.repeated ? 200 : 201;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/reports/%.*s", TEXT_ARGS(reception.ref)));
	return OK;
}

#define READS .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE
static const Route routes[] = {
	{ GET, "/api/v1/drafts", get_list, READS, .summary = "One's own drafts of reports" },
	{ POST, "/api/v1/drafts", post, WRITES, .form = &draft_body, .weight = 5,
		.summary = "Begin a draft with the fields that are known" },
	{ GET, "/api/v1/drafts/:ref", get_one, READS, .subject = report_load_own_draft,
		.summary = "A draft, its files, and what is missing before it can be sent" },
	{ POST, "/api/v1/drafts/:ref", change, WRITES, .subject = report_load_own_draft, .form = &draft_body,
		.summary = "Change the fields of a draft that are named" },
	{ POST, "/api/v1/drafts/:ref/discard", discard, WRITES, .subject = report_load_own_draft,
		.summary = "Discard a draft and its files" },
	{ POST, "/api/v1/drafts/:ref/attachments", file_begin, WRITES, .subject = report_load_own_draft, .form = &upload_begin_form,
		.summary = "Begin an upload" },
	{ PUT, "/api/v1/drafts/:ref/attachments/:file", file_part, WRITES, .subject = report_load_own_draft, .form = &upload_part_form,
		.summary = "One part of an upload" },
	{ GET, "/api/v1/drafts/:ref/attachments/:file", file_state, READS, .subject = report_load_own_draft,
		.summary = "How much of an upload has arrived" },
	{ POST, "/api/v1/drafts/:ref/attachments/:file/finish", file_finish, WRITES, .subject = report_load_own_draft,
		.summary = "Finish an upload" },
	{ DELETE, "/api/v1/drafts/:ref/attachments/:file", file_remove, WRITES, .subject = report_load_own_draft,
		.summary = "Remove a file from a draft" },
	{ GET, "/api/v1/drafts/:ref/attachments/:file/content", file_content, READS, .subject = report_load_own_draft,
		.summary = "Download a file of a draft" },
	{ POST, "/api/v1/drafts/:ref/send", send, WRITES, .form = &draft_body, .weight = 5,
		.summary = "Send the draft; its receipt. Safe to repeat" },
};
const RouteTable draft_api_routes = { "subject/report draft API", routes, COUNT(routes) };
