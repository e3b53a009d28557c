/* Batches for machines. */
#include "base/base/clock.h"
#include "subject/batch/batch_view.h"
#include "subject/report/report.h"

#include <unistd.h>

enum { PAGE = 100, JSON_MIB = 16 };

/* ---- Answers */
static void put_counts(JsonWriter *writer, const Batch *batch)
{
	const BatchCounts *counts = &batch->counts;
	int64_t seconds = batch->started_at ? (batch->updated_at - batch->started_at) / 1000 : 0;
	json_put_int(writer, "rows", batch_total(counts));
	json_put_int(writer, "reading", counts->reading);
	json_put_int(writer, "wrong", counts->wrong);
	json_put_int(writer, "ready", counts->ready);
	json_put_int(writer, "left", counts->left);
	json_put_int(writer, "done", counts->sent);
	json_put_int(writer, "failed", counts->failed);
	json_put_int(writer, "remaining", counts->waiting);
	json_put_int(writer, "rows_with_personal_data", batch->personal_rows);
	json_put_int(writer, "rows_per_second", counts->sent / (seconds > 0 ? seconds : 1));
}

static void put_batch(Call *call, JsonWriter *writer, const Batch *batch)
{
	json_put_text(writer, "ref", batch->ref);
	json_put_text(writer, "state", batch->state);
	json_put_text(writer, "name", batch->name);
	json_put_text(writer, "format", batch->format);
	json_put_int(writer, "revision", batch->revision);
	put_counts(writer, batch);
	json_put_filled(writer, "refusal", batch->reason);
	json_put_text(writer, "refusal_text",
		batch->reason.length ? batch_reason_text(call->arena, call->lang, batch->reason, batch->detail) : (Text) { 0 });
	json_put_text(writer, "passed_over", !batch->reason.length && batch->detail.length ? batch->detail : (Text) { 0 });
	json_put_text(writer, "created_at", clock_iso(call->arena, batch->created_at));
	json_put_time(writer, "started_at", batch->started_at);
	json_put_text(writer, "updated_at", clock_iso(call->arena, batch->updated_at));
}

static Error reply_batch(Request *request, Text ref, int status)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Batch batch;
	Matter matter;
	TRY(batch_open(call, ref, &batch));
	TRY(batch_machine_matter(call, &batch, &matter));
	json_object_begin(&writer);
	put_batch(call, &writer, &batch);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &batch_machine, &matter, call->actor);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = status;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/batches/%.*s", TEXT_ARGS(ref)));
	return OK;
}

static Error get_one(Request *request) { return reply_batch(request, ((const Batch *)request->subject)->ref, 200); }

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Batches batches;
	TRY(batch_list(call, request_query_number(request, TEXT("cursor")), PAGE, &batches));
	json_list_begin(request, &page);
	for (size_t i = 0; i < batches.count; i++) {
		json_object_begin(&page.writer);
		put_batch(call, &page.writer, &batches.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, batches.count == PAGE ? batches.at[PAGE - 1].id : 0));
	return OK;
}

/* ---- Sending a file, or rows */
static const FieldSpec post_fields[] = { { "file", FIELD_FILES, offsetof(BatchFileForm, file) },
	{ "no_secrets", FIELD_BOOL, offsetof(BatchFileForm, no_secrets) } };
static const FormSpec post_form = { .fields = post_fields,
	.field_count = COUNT(post_fields),
	.struct_size = sizeof(BatchFileForm),
	.max_body_bytes = (size_t)50 * 1024 * 1024,
	.takes_more = true };

static void descriptor_close(const int *file)
{
	if (*file >= 0) close(*file);
}

static Error write_all(Call *call, int file, Text bytes)
{
	while (bytes.length) {
		ssize_t written = write(file, bytes.at, bytes.length);
		if (written <= 0) return fail(call, IO, "writing a memory file");
		bytes = text_slice(bytes, (size_t)written, bytes.length);
	}
	return OK;
}

/* Rows of JSON are a file like any other. */
static Error post_rows(Request *request, Json body, BatchNew *new, Text *out_ref, bool *out_repeated)
{
	Call *call = request->call;
	scoped(descriptor_close) int file = -1;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_key(&writer, TEXT("rows"));
	json_copy(&writer, json_get(body, "rows"));
	json_end(&writer);
	json_finish(&writer);
	if (buffer.length > (size_t)JSON_MIB * 1024 * 1024) return fail(call, TOO_LARGE, "rows of %zu bytes", buffer.length);
	TRY(sandbox_file(call, &file));
	TRY(write_all(call, file, buffer_text(&buffer)));
	new->file = (BatchFile) { TEXT("rows.json"), file, (int64_t)buffer.length };
	return batch_new(call, new, out_ref, out_repeated);
}

/* {"name":…,"size_bytes":…}: a file that comes in parts. */
static Error post_upload(Request *request, Json body, BatchNew *new, Text *out_ref, bool *out_repeated)
{
	int64_t size = 1;
	new->file = (BatchFile) { json_as_text(json_get(body, "name")), -1, 0 };
	if (json_has(json_get(body, "size_bytes")) && !json_as_int(json_get(body, "size_bytes"), &size))
		return fail(request->call, USAGE, "size_bytes");
	TRY(attachment_check(request->call, new->file.name, size)); /* before anything is begun */
	return batch_new(request->call, new, out_ref, out_repeated);
}

static Error post(Request *request)
{
	Call *call = request->call;
	const BatchFileForm *form = request->form;
	Json body = request_json(request);
	Text ref, key = request_header(request, TEXT("Idempotency-Key"));
	bool repeated = false;
	BatchNew new = { .key = key.at ? key : TEXT(""), .is_confirmed = form && form->no_secrets };
	if (json_kind(json_get(body, "rows")) == JSON_ARRAY)
		TRY(post_rows(request, body, &new, &ref, &repeated));
	else if (json_kind(json_get(body, "name")) == JSON_TEXT)
		TRY(post_upload(request, body, &new, &ref, &repeated));
	else {
		TRY(batch_take(request, &new));
		TRY(batch_new(call, &new, &ref, &repeated));
	}
	return reply_batch(request, ref, repeated ? 200 : 201);
}

/* ---- A large file in parts */
static Error open_for_file(Request *request)
{
	const Batch *batch = request->subject;
	bool is_open = text_is(batch->state, TEXT("READING")) && !batch->content.length;
	return is_open ? OK : fail(request->call, CONFLICT, "batch %.*s has its file", TEXT_ARGS(batch->ref));
}

static Error file_begin(Request *request)
{
	TRY(open_for_file(request));
	return upload_resume(request, batch_owner(request->subject));
}

static Error file_state(Request *request)
{
	return upload_state(request, batch_owner(request->subject), request_parameter(request, TEXT("file")));
}

static Error file_part(Request *request)
{
	TRY(open_for_file(request));
	return upload_part(request, batch_owner(request->subject), request_parameter(request, TEXT("file")));
}

/* Said again because the answer was lost, it is no error, even when the file has been read meanwhile. */
static Error file_finish(Request *request)
{
	Attachment file;
	Error error = open_for_file(request);
	if (error == ERROR_CONFLICT) {
		AttachmentOwner owner = batch_owner(request->subject);
		Failure failure = request->call->failure;
		call_recover(request->call);
		Error found = attachment_find(request->call, owner.kind, owner.subject_id, request_parameter(request, TEXT("file")), &file);
		if (found == OK && file.is_finished) return file_state(request);
		if (found != OK && found != ERROR_NOT_FOUND) return found;
		call_recover(request->call);
		request->call->failure = failure;
	}
	TRY(error);
	TRY(upload_finish(request, batch_owner(request->subject), request_parameter(request, TEXT("file"))));
	return batch_file_arrived(request->call, request->subject);
}

/* ---- Rows */
static void put_problems(Call *call, JsonWriter *writer, const BatchRow *row)
{
	json_key(writer, TEXT("problems"));
	json_array_begin(writer);
	for (size_t i = 0; i < row->problems.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "field", row->problems.at[i].field);
		json_put_text(writer, "message", batch_problem_text(call->arena, call->lang, &row->problems.at[i]));
		json_end(writer);
	}
	json_end(writer);
}

static Error put_candidates(Call *call, JsonWriter *writer, const BatchRow *row)
{
	Candidates candidates = { 0 };
	bool is_asked = !row->report_id && form_answer(row->values, "description").length;
	if (is_asked) TRY(report_candidates(call, row->values, 0, &candidates));
	json_key(writer, TEXT("candidates"));
	json_array_begin(writer);
	for (size_t i = 0; i < candidates.count; i++) json_text(writer, candidates.at[i].report.ref);
	json_end(writer);
	return OK;
}

static Error put_row(Call *call, JsonWriter *writer, const BatchRow *row)
{
	Json values;
	json_object_begin(writer);
	json_put_int(writer, "row", row->number);
	json_put_text(writer, "state", row->state);
	json_put_filled(writer, "title", row->title);
	json_put_filled(writer, "report", row->report_ref);
	json_put_int(writer, "personal_data", row->personal);
	json_key(writer, TEXT("same_as_row"));
	if (row->same_as)
		json_int(writer, row->same_as);
	else
		json_null(writer);
	json_key(writer, TEXT("fields"));
	if (json_parse(call->arena, form_values_text(call->arena, &report_form, row->values), &values, NULL))
		json_copy(writer, values);
	else
		json_null(writer);
	json_key(writer, TEXT("files"));
	json_array_begin(writer);
	for (size_t i = 0; i < row->files.count; i++) json_text(writer, row->files.at[i]);
	json_end(writer);
	put_problems(call, writer, row);
	TRY(put_candidates(call, writer, row));
	json_end(writer);
	return OK;
}

static Error get_rows(Request *request)
{
	Call *call = request->call;
	JsonList page;
	BatchRows rows;
	Text state = request_query(request, TEXT("state"));
	if (state.at && !batch_row_state_text(state)[0]) return fail(call, USAGE, "state");
	int64_t after = request_query_number(request, TEXT("cursor"));
	if (request_query_number(request, TEXT("personal")))
		TRY(batch_rows_personal(call, request->subject, after, PAGE, &rows));
	else
		TRY(batch_rows(call, request->subject, state.at ? state : TEXT(""), after, PAGE, &rows));
	json_list_begin(request, &page);
	for (size_t i = 0; i < rows.count; i++) TRY(put_row(call, &page.writer, &rows.at[i]));
	json_list_end(request, &page, cursor_after(call, rows.count == PAGE ? rows.at[PAGE - 1].number : 0));
	return OK;
}

static Error reply_row(Request *request, const BatchRow *row)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(put_row(request->call, &writer, row));
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_row(Request *request)
{
	BatchRow row;
	TRY(batch_load_row(request, &row));
	return reply_row(request, &row);
}

/* Only fields of the form: number, state, key and organisation of a row are nobody's to write. */
static Error correct(Request *request)
{
	BatchRow row;
	TRY(batch_load_row(request, &row));
	TRY(form_take_some(request, batch_row_form(request->call->arena), row.values));
	TRY(batch_row_correct(request->call, request->subject, row.number, row.values));
	TRY(batch_row(request->call, request->subject, row.number, &row));
	return reply_row(request, &row);
}

/* ---- Sending and cancelling */
typedef struct SendBody {
	int64_t revision;
} SendBody;
static const FieldSpec send_fields[] = { { "revision", FIELD_INT, offsetof(SendBody, revision) } };
static const FormSpec send_body = { .fields = send_fields,
	.field_count = COUNT(send_fields),
	.struct_size = sizeof(SendBody),
	.max_body_bytes = 256 * 1024,
	.takes_more = true };

static Error take_rows(Call *call, Json rows, Numbers *out)
{
	for (JsonEach each = json_each(rows); json_next(&each);) {
		int64_t number = 0;
		if (!json_as_int(each.value, &number)) return fail(call, USAGE, "rows: numbers");
		list_add(call->arena, out, number);
	}
	return OK;
}

static Error send(Request *request)
{
	Call *call = request->call;
	const Batch *batch = request->subject;
	const SendBody *body = request->form;
	Json rows = json_get(request_json(request), "rows");
	Numbers numbers = { 0 };
	if (json_kind(rows) == JSON_ARRAY) {
		TRY(take_rows(call, rows, &numbers));
		TRY(batch_choose_only(call, batch, &numbers));
	}
	TRY(batch_act(call, batch->ref, TEXT("send"), body ? body->revision : 0));
	return reply_batch(request, batch->ref, 202);
}

static Error cancel(Request *request)
{
	const Batch *batch = request->subject;
	TRY(batch_act(request->call, batch->ref, TEXT("cancel"), 0));
	return reply_batch(request, batch->ref, 200);
}

static Error get_summary(Request *request) { return batch_reply_summary(request, request->subject); }
static Error get_errors(Request *request) { return batch_reply_errors(request, request->subject); }

static const FormSpec row_body = { .max_body_bytes = 1024 * 1024, .takes_more = true };
#define READS .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = batch_load
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = batch_load
static const Route routes[] = {
	{ POST, "/api/v1/batches", post, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .form = &post_form, .weight = 10,
		.summary = "Begin a batch of reports: multipart with file (CSV, XLSX, ZIP, CVE JSON, CSAF), JSON with rows, or name of a "
			   "file that comes in parts; Idempotency-Key makes it safe to repeat" },
	{ GET, "/api/v1/batches", get_list, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.summary = "One's own batches, newest first" },
	{ GET, "/api/v1/batches/:ref", get_one, READS, .summary = "A batch and how far it is: done, failed, remaining, rows_per_second" },
	{ POST, "/api/v1/batches/:ref/files", file_begin, WRITES, .form = &upload_begin_form,
		.summary = "Begin the upload of a large file, or go on with what was begun by its name and size: received_bytes" },
	{ PUT, "/api/v1/batches/:ref/files/:file", file_part, WRITES, .form = &upload_part_form, .summary = "One part of an upload" },
	{ GET, "/api/v1/batches/:ref/files/:file", file_state, READS, .summary = "How much of an upload has arrived" },
	{ POST, "/api/v1/batches/:ref/files/:file/finish", file_finish, WRITES, .summary = "Finish an upload; the file is read then" },
	{ GET, "/api/v1/batches/:ref/rows", get_rows, READS, .weight = 5,
		.summary = "Rows of a batch with their errors and possible duplicates; state= or personal=1, and cursor=" },
	{ GET, "/api/v1/batches/:ref/rows/:row", get_row, READS, .summary = "A row of a batch" },
	{ POST, "/api/v1/batches/:ref/rows/:row", correct, WRITES, .form = &row_body, .summary = "Correct fields of a row" },
	{ POST, "/api/v1/batches/:ref/send", send, WRITES, .form = &send_body, .weight = 5,
		.summary = "Send the rows that are ready, or with rows: exactly those numbers" },
	{ POST, "/api/v1/batches/:ref/cancel", cancel, WRITES, .summary = "Cancel a batch; what is sent stays sent" },
	{ GET, "/api/v1/batches/:ref/errors", get_errors, READS, .weight = 5, .summary = "Every error of a batch as CSV" },
	{ GET, "/api/v1/batches/:ref/summary", get_summary, READS, .weight = 5,
		.summary = "What became of every row as CSV, with reception numbers" },
};
const RouteTable batch_api_routes = { "subject/batch api", routes, COUNT(routes) };
