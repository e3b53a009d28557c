/* Reports for machines. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "store/setting/setting.h"
#include "subject/report/certificate_view.h"
#include "subject/report/decision_private.h"
#include "subject/report/gate_private.h"
#include "subject/report/internal_view.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

enum { PAGE = 50, ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

Error report_load_api(Request *request)
{
	Report *report = arena_new_of(request->call->arena, Report);
	TRY(report_open(request->call, request_parameter(request, TEXT("ref")), report));
	if (!report->is_own && request->method == GET)
		TRY(report_record_reading(request->call, report_machine.name, report->ref, report->seal_key));
	request->subject = report;
	return OK;
}

static void put_head(JsonWriter *writer, Arena *arena, const Report *report)
{
	json_put_text(writer, "ref", report->ref);
	json_put_text(writer, "state", report->state);
	json_put_text(writer, "title", report->title);
	json_put_text(writer, "type", report->kind);
	json_put_text(writer, "class", report->class_tag);
	json_put_text(writer, "received_at", clock_iso(arena, report->received_at));
	json_put_text(writer, "content_sha256", report->content_digest);
	json_put_int(writer, "revision", report->revision);
}

static Error put_stage(Call *call, JsonWriter *writer, const Report *report)
{
	ReportStage stage = { 0 };
	ClockView clock;
	bool is_attached = false;
	if (text_is(report->state, TEXT("ATTACHED"))) TRY(report_stage(call, report, &stage, &is_attached));
	TRY(workflow_clock_of(call, &report_machine, report->id, &clock));
	if (is_attached) {
		json_put_text(writer, "stage", stage.state_text);
		json_put_text(writer, "turn", stage.turn ? tr(call->lang, stage.turn) : (Text) { 0 });
	} else
		turn_json(writer, call->lang, &report_machine, report->state);
	json_key(writer, TEXT("clock"));
	clock_json(writer, call->arena, is_attached ? &stage.clock : &clock);
	json_put_time(writer, "embargo_until", report->embargo_until);
	json_put_filled(writer, "former_number", stage.former_number);
	json_put_filled(writer, "number", stage.casefile_number);
	json_put_filled(writer, "advisory", stage.advisory);
	return OK;
}

static Error put_threads(Call *call, JsonWriter *writer, const Report *report)
{
	ThreadSubject subject;
	report_threads(report, &subject);
	return thread_jsons(call, &subject, writer);
}

/* The reason of a rejection with the rule it cites, or the library it was handed to; null while there is none. */
static Error put_reason(Call *call, JsonWriter *writer, const Report *report)
{
	Word word;
	bool is_found;
	TRY(report_decision_word(call, report, &word, &is_found));
	json_key(writer, TEXT("decided"));
	if (!is_found) {
		json_null(writer);
		return OK;
	}
	json_object_begin(writer);
	json_put_text(writer, "code", word.code);
	json_put_int(writer, "version", word.version);
	json_put_text(writer, "text_zh", word.text_zh);
	json_put_text(writer, "text_en", word.text_en);
	json_put_text(writer, "source_zh", word.source_zh);
	json_put_text(writer, "source_en", word.source_en);
	json_end(writer);
	return OK;
}

static Error reply_report(Request *request, const Report *report)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Attachments files;
	Matter matter;
	Json fields;
	report_matter(report, call->arena, &matter);
	TRY(report_attachments(call, report, &files));
	json_object_begin(&writer);
	put_head(&writer, call->arena, report);
	TRY(put_stage(call, &writer, report));
	json_key(&writer, TEXT("fields"));
	if (json_parse(call->arena, form_values_text(call->arena, &report_form, report->values), &fields, NULL))
		json_copy(&writer, fields);
	else
		json_null(&writer);
	json_key(&writer, TEXT("attachments"));
	form_files_json(&writer, &files);
	TRY(put_threads(call, &writer, report));
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &report_machine, &matter, call->actor);
	json_put_filled(&writer, "reason", report->reason);
	TRY(put_reason(call, &writer, report));
	json_key(&writer, TEXT("candidates"));
	TRY(candidates_json(call, &writer, report));
	json_key(&writer, TEXT("published"));
	TRY(published_json(call, &writer, report));
	TRY(review_json(call, &writer, report));
	json_put_filled(&writer, "decision", report->decision);
	json_put_text(&writer, "earlier", report->earlier_ref);
	json_put_time(&writer, "earlier_at", report->earlier_at);
	json_put_bool(&writer, "known_internally", report->is_known);
	json_put_bool(&writer, "earlier_timestamp", report->is_stamped);
	TRY(internal_proposal_json(call, &writer, report));
	json_key(&writer, TEXT("certificate"));
	if (report->is_reviewer)
		json_null(&writer); /* what is known of the reporter */
	else
		TRY(certificate_json(call, &writer, report->values, report->reporter_id));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_report(request, request->subject); }

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Reports reports;
	int64_t cursor;
	Text state = request_query(request, TEXT("state"));
	TRY(request_cursor(request, &cursor));
	bool is_spam = text_is(state, TEXT("SPAM"));
	if (state.at && !is_spam && !workflow_state(&report_machine, state)) return fail(call, USAGE, "state");
	TRY(is_spam        ? report_spam_queue(call, cursor, PAGE, &reports)
		: state.at ? report_queue(call, state, cursor, PAGE, &reports)
			   : report_list_own(call, cursor, PAGE, &reports));
	json_list_begin(request, &page);
	for (size_t i = 0; i < reports.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, call->arena, &reports.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, reports.count == PAGE ? reports.at[PAGE - 1].id : 0));
	return OK;
}

/* ---- Sending */
static const FormSpec report_body = { .max_body_bytes = 2 * 1024 * 1024, .takes_more = true };

static Error receipt_of(Call *call, Text ref, Text *out)
{
	Report report = { .ref = ref };
	return report_receipt(call, &report, out);
}

static Error post(Request *request)
{
	Call *call = request->call;
	Reception reception;
	Text receipt;
	Map *values = map_new(call->arena);
	bool is_token = call->actor->person_id && !call->actor->session_id;
	if (is_token && !(call->actor->scopes & SCOPE_REPORT_WRITE)) return fail(call, FORBIDDEN, "the token lacks a scope");
	Text key = request_header(request, TEXT("Idempotency-Key"));
	TRY(form_take(request, &report_form, values));
	if (!call->actor->person_id && !key.length) {
		call_problem(call, TEXT("Idempotency-Key"), N_("Without an account this header is needed."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(gate_check(call, key, request_header(request, TEXT("X-Challenge")), request_header(request, TEXT("X-Solution"))));
	ReportSender sender = { .address = request->address };
	TRY(report_send_from(call, values, key.at ? key : TEXT(""), &sender, &reception));
	TRY(receipt_of(call, reception.ref, &receipt));
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "ref", reception.ref);
	json_put_text(&writer, "claim_code", reception.claim_code);
	json_put_bool(&writer, "repeated", reception.repeated);
	json_put_text(&writer, "receipt", receipt);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = reception.repeated ? 200 : 201;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/reports/%.*s", TEXT_ARGS(reception.ref)));
	return OK;
}

/* What a visitor's program solves before it sends. */
static Error get_challenge(Request *request)
{
	Call *call = request->call;
	Text key = request_query(request, TEXT("key"));
	if (!key.length) return fail(call, USAGE, "key: the Idempotency-Key of the report");
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text challenge = gate_challenge(call, key);
	json_object_begin(&writer);
	json_put_text(&writer, "challenge", challenge);
	json_put_int(&writer, "bits", gate_bits(call, key, challenge));
	json_put_int(&writer, "wait_seconds", setting_int(call, SETTING_visitor_wait_seconds));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

/* A visitor's report comes into the account of who shows its claim code. */
typedef struct ClaimBody {
	Text code;
} ClaimBody;
static const FieldSpec claim_fields[] = { { "code", FIELD_TEXT, offsetof(ClaimBody, code), .required = true, .max_length = 60 } };
static const FormSpec claim_body = { .fields = claim_fields, .field_count = COUNT(claim_fields), .struct_size = sizeof(ClaimBody) };

static Error post_claim(Request *request)
{
	Call *call = request->call;
	const ClaimBody *body = request->form;
	Text ref;
	Report report;
	Error error = report_claim(call, body->code, request->address, &ref);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		call_problem(call, TEXT("code"), N_("No report has this claim code."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	Actor *actor = arena_new_of(call->arena, Actor);
	*actor = *call->actor;
	actor->claim_key = report_claim_key(call, body->code);
	call->actor = actor;
	TRY(report_take_over(call, ref));
	TRY(report_open(call, ref, &report));
	return reply_report(request, &report);
}

static Error get_receipt(Request *request)
{
	Text receipt;
	TRY(report_receipt(request->call, request->subject, &receipt));
	reply_text(request, TEXT("text/plain; charset=utf-8"), receipt);
	return OK;
}

/* ---- Acting and files */
static Error act(Request *request)
{
	const Report *report = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Report after;
	report_matter(report, request->call->arena, &matter);
	TRY(action_take(request, &report_machine, &matter, report_action_form, &revision, &values));
	TRY(report_act(request->call, report->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = report_open(request->call, report->ref, &after);
	if (error == ERROR_NOT_FOUND) { /* the step has ended the actor's task */
		call_recover(request->call);
		reply_json(request, TEXT("{\"done\":true}"));
		return OK;
	}
	TRY(error);
	if (report->is_isolated) { /* who releases it has not read it by that */
		after.is_isolated = true;
		after.title = report->title;
		after.values = report->values;
	}
	return reply_report(request, &after);
}

static AttachmentOwner owner_of(const Report *report) { return (AttachmentOwner) { report_machine.name, report->id, report->seal_key }; }

static Error writable(Request *request)
{
	const Report *report = request->subject;
	return report_takes_files(report) ? OK : fail(request->call, CONFLICT, "report %.*s takes no more files", TEXT_ARGS(report->ref));
}

static Error file_begin(Request *request)
{
	TRY(writable(request));
	return upload_begin(request, owner_of(request->subject));
}

static Error file_part(Request *request)
{
	TRY(writable(request));
	return upload_part(request, owner_of(request->subject), request_parameter(request, TEXT("file")));
}

static Error file_finish(Request *request)
{
	TRY(writable(request));
	return upload_finish(request, owner_of(request->subject), request_parameter(request, TEXT("file")));
}

static Error file_list(Request *request)
{
	Attachments files;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(report_attachments(request->call, request->subject, &files));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	form_files_json(&writer, &files);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error file_download(Request *request)
{
	const Report *report = request->subject;
	if (report_is_shut(report)) return fail(request->call, NOT_FOUND, "report %.*s is shut", TEXT_ARGS(report->ref));
	return upload_download(request, owner_of(request->subject), request_parameter(request, TEXT("file")));
}

static const Route routes[] = {
	{ POST, "/api/v1/reports", post, .may = ANYBODY, .form = &report_body, .weight = 5,
		.summary = "Send a report; Idempotency-Key makes it safe to repeat" },
	{ GET, "/api/v1/challenge", get_challenge, .may = ANYBODY, .weight = 2,
		.summary = "What a program without account solves before it sends: SHA-256 of challenge:solution begins with that many "
			   "zero bits" },
	{ POST, "/api/v1/claims", post_claim, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .form = &claim_body, .weight = 10,
		.summary = "Take over a visitor's report by its claim code" },
	{ GET, "/api/v1/reports", get_list, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.summary = "One's own reports; with state=: those to be reviewed" },
	{ GET, "/api/v1/reports/:ref", get_one, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = report_load_api,
		.summary = "A report" },
	{ GET, "/api/v1/reports/:ref/receipt", get_receipt, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = report_load_api,
		.summary = "The signed receipt" },
	{ POST, "/api/v1/reports/:ref/actions/:action", act, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = report_load_api,
		.form = &action_request_form, .summary = "Carry out an action of the report's workflow" },
	{ POST, "/api/v1/reports/:ref/attachments", file_begin, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE,
		.subject = report_load_api, .form = &upload_begin_form, .summary = "Begin an upload" },
	{ PUT, "/api/v1/reports/:ref/attachments/:file", file_part, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE,
		.subject = report_load_api, .form = &upload_part_form, .summary = "One part of an upload" },
	{ POST, "/api/v1/reports/:ref/attachments/:file/finish", file_finish, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE,
		.subject = report_load_api, .summary = "Finish an upload" },
	{ GET, "/api/v1/reports/:ref/attachments", file_list, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = report_load_api,
		.summary = "The files of a report" },
	{ GET, "/api/v1/reports/:ref/attachments/:file", file_download, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.subject = report_load_api, .summary = "Download a file" },
	{ GET, "/api/v1/reports/:ref/package", transfer_reply, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.scope = SCOPE_REPORT_READ, .subject = report_load_api, .weight = 5,
		.summary = "The sealed package of a report that was handed to another library" },
	{ GET, "/api/v1/reports/:ref/threads/:audience", thread_get, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.scope = SCOPE_REPORT_READ, .subject = report_load_api,
		.summary = "A conversation of a report; before= a message: earlier ones" },
	{ POST, "/api/v1/reports/:ref/threads/:audience", thread_say, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.scope = SCOPE_REPORT_WRITE, .subject = report_load_api, .form = &thread_say_form,
		.summary = "Write to a conversation of a report" },
	{ POST, "/api/v1/reports/:ref/threads/:audience/read", thread_mark, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.scope = SCOPE_REPORT_WRITE, .subject = report_load_api, .form = &thread_mark_form,
		.summary = "Mark a conversation of a report as read" },
	{ POST, "/api/v1/reports/:ref/threads/:audience/files", thread_begin_file, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.scope = SCOPE_REPORT_WRITE, .subject = report_load_api, .form = &upload_begin_form,
		.summary = "Begin the upload of a file for a message; its ref goes into files of the message" },
	{ PUT, "/api/v1/reports/:ref/threads/:audience/files/:file", thread_send_part, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.scope = SCOPE_REPORT_WRITE, .subject = report_load_api, .form = &upload_part_form,
		.summary = "One part of a file for a message" },
	{ POST, "/api/v1/reports/:ref/threads/:audience/files/:file/finish", thread_finish_file, .about = &report_thread_matter,
		.may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = report_load_api,
		.summary = "Finish the upload of a file for a message" },
	{ GET, "/api/v1/reports/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &report_thread_matter,
		.may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = report_load_api, .summary = "Download a file of a message" },
};
const RouteTable report_api_routes = { "subject/report API", routes, COUNT(routes) };
