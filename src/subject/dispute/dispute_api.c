/* Disputes for machines: to appeal, to read where it stands, and to act. */
#include "base/base/clock.h"
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

static Error get_own(Request *request)
{
	enum { PAGE = 50 };
	Call *call = request->call;
	JsonList page;
	Disputes disputes;
	int64_t cursor;
	TRY(request_cursor(request, &cursor));
	TRY(dispute_list_own(call, cursor, PAGE, &disputes));
	json_list_begin(request, &page);
	for (size_t i = 0; i < disputes.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &disputes.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, disputes.count == PAGE ? disputes.at[PAGE - 1].id : 0));
	return OK;
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

static const Route routes[] = {
	{ GET, "/api/v1/disputes", get_own, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .summary = "One's own appeals" },
	{ GET, "/api/v1/disputes/:ref", get_one, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = dispute_load,
		.summary = "A dispute: where it stands, whose turn it is, and what was decided" },
	{ POST, "/api/v1/disputes/:ref/actions/:action", act, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = dispute_load,
		.form = &action_request_form, .summary = "Carry out an action of the dispute's workflow" },
	{ POST, "/api/v1/reports/:ref/appeal", post_report, .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .form = &appeal_body,
		.weight = 5, .summary = "Appeal against the rejection, duplicate or rating of an own report: grounds, text" },
	{ POST, "/api/v1/parties/:ref/appeal/:against", post_party, .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE, .form = &appeal_body,
		.weight = 5, .summary = "Appeal as a vendor against the rating, or against being named as affected" },
};
const RouteTable dispute_api_routes = { "subject/dispute API", routes, COUNT(routes) };
