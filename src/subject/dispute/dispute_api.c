/* Disputes for machines: to appeal, to read where it stands, and to act. */
#include "face/doc/export.h"
#include "subject/dispute/dispute_view.h"

static void put_head(JsonWriter *writer, const Dispute *dispute)
{
	json_put_text(writer, "ref", dispute->ref);
	json_put_text(writer, "state", dispute->state);
	json_put_text(writer, "against", dispute->against);
	json_put_filled(writer, "matter", dispute->subject);
	json_put_text(writer, "grounds", dispute->grounds);
	json_put_bool(writer, "priority", dispute->is_priority);
	json_put_time(writer, "decided_at", dispute->decided_at);
	json_put_time(writer, "opened_at", dispute->opened_at);
	json_put_time(writer, "answered_at", dispute->answered_at);
	json_put_time(writer, "ended_at", dispute->ended_at);
	json_put_filled(writer, "outcome", dispute->outcome);
	json_put_bool(writer, "tie", dispute->is_tie);
	json_put_int(writer, "revision", dispute->revision);
}

static Error put_seats(Call *call, JsonWriter *writer, const Dispute *dispute)
{
	DisputeSeats seats;
	TRY(dispute_seats(call, dispute, &seats));
	json_put_int(writer, "panel_size", dispute->panel_size);
	json_key(writer, TEXT("seats"));
	json_array_begin(writer);
	for (size_t i = 0; i < seats.count; i++) {
		const DisputeSeat *seat = &seats.at[i];
		json_object_begin(writer);
		json_put_int(writer, "seat", seat->seat);
		json_put_filled(writer, "expert", seat->name);
		json_put_time(writer, "signed_at", seat->signed_at);
		json_put_time(writer, "voted_at", seat->voted_at);
		json_put_filled(writer, "verdict", seat->verdict);
		json_put_filled(writer, "reasons", seat->words);
		json_put_filled(writer, "gbt30279", seat->gbt30279);
		json_put_filled(writer, "cvss", seat->cvss);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error reply_dispute(Request *request, const Dispute *dispute)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Attachments files;
	Matter matter;
	ClockView clock;
	dispute_matter(dispute, &matter);
	TRY(dispute_attachments(call, dispute, &files));
	TRY(workflow_clock_of(call, &dispute_machine, dispute->id, &clock));
	json_object_begin(&writer);
	put_head(&writer, dispute);
	turn_json(&writer, call->lang, &dispute_machine, dispute->state);
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	json_put_filled(&writer, "text", dispute->text);
	json_put_filled(&writer, "answer", dispute->answer);
	json_put_filled(&writer, "request", dispute->request);
	TRY(put_seats(call, &writer, dispute));
	json_key(&writer, TEXT("attachments"));
	form_files_json(&writer, &files);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &dispute_machine, &matter, call->actor);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_dispute(request, request->subject); }

static Error reply_new(Request *request, Text ref)
{
	Dispute dispute;
	TRY(dispute_open(request->call, ref, &dispute));
	TRY(reply_dispute(request, &dispute));
	request->reply.status = 201;
	reply_header(request, TEXT("Location"), arena_printf(request->call->arena, "/api/v1/disputes/%.*s", TEXT_ARGS(ref)));
	return OK;
}

static const FormSpec appeal_body = { .takes_more = true };

static Error post_report(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &dispute_appeal_form, values));
	TRY(dispute_appeal_report(request->call, request_parameter(request, TEXT("ref")), values, &ref));
	return reply_new(request, ref);
}

static Error post_party(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &dispute_appeal_form, values));
	TRY(dispute_appeal_party(
		request->call, request_parameter(request, TEXT("ref")), request_parameter(request, TEXT("against")), values, &ref));
	return reply_new(request, ref);
}

enum { PAGE = 50 };

/* Of the actor's own, or by their place in the queue: the cursor is that of the last one. */
static Error reply_list(Request *request, const Disputes *disputes, bool is_queue)
{
	JsonList page;
	json_list_begin(request, &page);
	for (size_t i = 0; i < disputes->count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &disputes->at[i]);
		json_end(&page.writer);
	}
	const Dispute *last = disputes->count == PAGE ? &disputes->at[PAGE - 1] : NULL;
	json_list_end(request, &page, cursor_after(request->call, last ? (is_queue ? last->place : last->id) : 0));
	return OK;
}

static Error get_own(Request *request)
{
	Call *call = request->call;
	Disputes disputes;
	int64_t cursor;
	Text state = request_query(request, TEXT("state"));
	TRY(request_cursor(request, &cursor));
	if (state.at && !workflow_state(&dispute_machine, state)) return fail(call, USAGE, "state");
	bool is_queue = state.at && dispute_has_queue(call);
	if (is_queue)
		TRY(dispute_queue(call, state, cursor, PAGE, &disputes));
	else
		TRY(dispute_list_own(call, cursor, PAGE, &disputes));
	return reply_list(request, &disputes, is_queue);
}

static Error get_seats(Request *request)
{
	Disputes disputes;
	TRY(dispute_list_seated(request->call, PAGE, &disputes));
	return reply_list(request, &disputes, true);
}

/* ---- The decision, and files */
static Error get_decision(Request *request)
{
	Text name, bytes;
	TRY(dispute_file(request->call, request->subject, &name, &bytes));
	return export_bytes(request, name, bytes);
}

static AttachmentOwner owner_of(const Dispute *dispute)
{
	return (AttachmentOwner) { dispute_machine.name, dispute->id, dispute->seal_key };
}

static Error writable(Request *request)
{
	const Dispute *dispute = request->subject;
	return dispute_takes_files(request->call, dispute)
		       ? OK
		       : fail(request->call, CONFLICT, "dispute %.*s takes no more files", TEXT_ARGS(dispute->ref));
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

static Error file_download(Request *request)
{
	const Dispute *dispute = request->subject;
	if (dispute->hides_content) return fail(request->call, NOT_FOUND, "the undertaking is not signed");
	return upload_download(request, owner_of(dispute), request_parameter(request, TEXT("file")));
}

static Error act(Request *request)
{
	Call *call = request->call;
	const Dispute *dispute = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Dispute after;
	dispute_matter(dispute, &matter);
	TRY(action_take(request, &dispute_machine, &matter, dispute_action_form, &revision, &values));
	TRY(dispute_act(call, dispute->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = dispute_open(call, dispute->ref, &after);
	if (error == ERROR_NOT_FOUND) { /* the step has ended the actor's seat */
		call_recover(call);
		reply_json(request, TEXT("{\"done\":true}"));
		return OK;
	}
	TRY(error);
	return reply_dispute(request, &after);
}

#define OF_FILES .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = dispute_load
static const Route routes[] = {
	{ GET, "/api/v1/disputes", get_own, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.summary = "One's own appeals; with state=, for coordinators: the queue, support units first" },
	{ GET, "/api/v1/disputes/seats", get_seats, .may = ROLE_EXPERT | ROLE_VERIFIER, .needs_second_factor = true,
		.scope = SCOPE_REPORT_READ, .summary = "The disputes in whose panel one has a seat" },
	{ GET, "/api/v1/disputes/:ref", get_one, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = dispute_load,
		.summary = "A dispute: where it stands, whose turn it is, and what was decided" },
	{ GET, "/api/v1/disputes/:ref/decision", get_decision, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = dispute_load,
		.weight = 5, .summary = "A panel's decision as a signed PDF in both languages, with the proof of the ledger" },
	{ POST, "/api/v1/disputes/:ref/attachments", file_begin, OF_FILES, .form = &upload_begin_form,
		.summary = "Begin an upload: of whoever appealed, or of whoever answered" },
	{ PUT, "/api/v1/disputes/:ref/attachments/:file", file_part, OF_FILES, .form = &upload_part_form,
		.summary = "One part of an upload" },
	{ POST, "/api/v1/disputes/:ref/attachments/:file/finish", file_finish, OF_FILES, .summary = "Finish an upload" },
	{ GET, "/api/v1/disputes/:ref/attachments/:file", file_download, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ,
		.subject = dispute_load, .summary = "Download a file of a dispute" },
	{ POST, "/api/v1/disputes/:ref/actions/:action", act, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = dispute_load,
		.form = &action_request_form, .summary = "Carry out an action of the dispute's workflow" },
	{ POST, "/api/v1/reports/:ref/appeal", post_report, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .form = &appeal_body,
		.weight = 5, .summary = "Appeal against the rejection, duplicate or rating of an own report: grounds, text" },
	{ POST, "/api/v1/parties/:ref/appeal/:against", post_party, .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE, .form = &appeal_body,
		.weight = 5, .summary = "Appeal as a vendor against the rating, or against being named as affected" },
};
const RouteTable dispute_api_routes = { "subject/dispute API", routes, COUNT(routes) };
