/* The work on casefiles for machines. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

enum { PAGE = 50, WORKERS = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER };

static void put_head(JsonWriter *writer, Arena *arena, const Casefile *casefile)
{
	json_put_text(writer, "ref", casefile->ref);
	json_put_filled(writer, "number", casefile->number);
	json_put_text(writer, "state", casefile->state);
	json_put_text(writer, "title", casefile->title);
	json_put_text(writer, "class", casefile->class_tag);
	json_put_text(writer, "type", casefile->is_incident ? TEXT("incident") : TEXT("generic"));
	json_put_filled(writer, "technical_level", casefile->technical_level);
	json_put_filled(writer, "level", casefile->level);
	json_put_text(writer, "opened_at", clock_iso(arena, casefile->opened_at));
	json_put_int(writer, "revision", casefile->revision);
}

static Error put_history(Call *call, JsonWriter *writer, const Casefile *casefile)
{
	Verifications verifications;
	CasefileRatings ratings;
	TRY(casefile_history(call, casefile, &verifications, &ratings));
	json_key(writer, TEXT("ratings"));
	json_array_begin(writer);
	for (size_t i = 0; i < ratings.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "by", ratings.at[i].who);
		json_put_text(writer, "technical_level", ratings.at[i].technical_level);
		json_put_text(writer, "level", ratings.at[i].level);
		json_put_text(writer, "gbt30279", ratings.at[i].gbt30279);
		json_put_text(writer, "cvss", ratings.at[i].cvss);
		json_put_text(writer, "at", clock_iso(call->arena, ratings.at[i].at));
		json_end(writer);
	}
	json_end(writer);
	json_key(writer, TEXT("verifications"));
	json_array_begin(writer);
	for (size_t i = 0; casefile_shows_content(casefile, call->actor) && i < verifications.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "verdict", verifications.at[i].verdict);
		json_put_text(writer, "evidence", verifications.at[i].evidence);
		json_put_text(writer, "at", clock_iso(call->arena, verifications.at[i].at));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_reports(Call *call, JsonWriter *writer, const Casefile *casefile)
{
	Reports reports;
	TRY(casefile_reports(call, casefile, &reports));
	json_key(writer, TEXT("reports"));
	json_array_begin(writer);
	for (size_t i = 0; i < reports.count; i++) {
		Attachments files;
		TRY(attachment_list(call, report_machine.name, reports.at[i].id, &files));
		json_object_begin(writer);
		json_put_text(writer, "ref", reports.at[i].ref);
		form_values_json(writer, call->arena, "fields", &report_form, reports.at[i].values);
		json_key(writer, TEXT("attachments"));
		form_files_json(writer, &files);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error reply_casefile(Request *request, const Casefile *casefile)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	ClockView clock;
	Matter matter;
	ThreadSubject conversations;
	casefile_matter(casefile, &matter);
	casefile_threads(casefile, &conversations);
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	json_object_begin(&writer);
	put_head(&writer, call->arena, casefile);
	turn_json(&writer, call->lang, &casefile_machine, casefile->state);
	json_put_bool(&writer, "upstream", casefile->upstream_of != 0);
	form_values_json(&writer, call->arena, "public", &casefile_public_form, casefile->public_values);
	TRY(put_history(call, &writer, casefile));
	TRY(put_reports(call, &writer, casefile));
	TRY(assignable_json(&writer, call, casefile));
	TRY(proposal_json(&writer, call, casefile));
	TRY(gate_json(&writer, call, casefile));
	TRY(thread_jsons(call, &conversations, &writer));
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &casefile_machine, &matter, call->actor);
	json_put_filled(&writer, "advisory", casefile->advisory);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error reply_shell(Request *request, const Casefile *casefile)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	ClockView clock;
	Matter matter;
	casefile_matter(casefile, &matter);
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", casefile->ref);
	json_put_text(&writer, "state", casefile->state);
	json_put_int(&writer, "revision", casefile->revision);
	turn_json(&writer, call->lang, &casefile_machine, casefile->state);
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &casefile_machine, &matter, call->actor);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error reply_any(Request *request, const Casefile *casefile)
{
	return casefile->is_isolated ? reply_shell(request, casefile) : reply_casefile(request, casefile);
}

static Error get_one(Request *request) { return reply_any(request, request->subject); }

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Casefiles casefiles;
	int64_t after = 0;
	Text state = request_query(request, TEXT("state")), cursor = request_query(request, TEXT("cursor"));
	if (!state.at) state = TEXT("VERIFYING");
	if (!workflow_state(&casefile_machine, state) || (cursor.at && !text_to_int(cursor, &after)))
		return fail(call, USAGE, "state or cursor");
	TRY(casefile_queue(call, state, after, PAGE, &casefiles));
	json_list_begin(request, &page);
	for (size_t i = 0; i < casefiles.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, call->arena, &casefiles.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, casefiles.count == PAGE ? casefiles.at[PAGE - 1].id : 0));
	return OK;
}

static Error act(Request *request)
{
	const Casefile *casefile = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Casefile after;
	casefile_matter(casefile, &matter);
	TRY(action_take(request, &casefile_machine, &matter, casefile_action_form, &revision, &values));
	TRY(casefile_act(request->call, casefile->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = casefile_open_shell(request->call, casefile->ref, &after);
	if (error == OK)
		return casefile->is_isolated ? reply_shell(request, &after) : reply_any(request, &after); /* releasing is not reading */
	if (error != ERROR_NOT_FOUND) return error;
	call_recover(request->call); /* the step has ended the actor's task */
	reply_json(request, TEXT("{\"done\":true}"));
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/casefiles", get_list, .may = WORKERS, .needs_second_factor = true, .scope = SCOPE_CASE_READ,
		.summary = "Casefiles by state" },
	{ GET, "/api/v1/casefiles/:ref", get_one, .may = WORKERS, .needs_second_factor = true, .scope = SCOPE_CASE_READ,
		.subject = casefile_load_shell, .summary = "A casefile" },
	{ POST, "/api/v1/casefiles/:ref/actions/:action", act, .may = WORKERS, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.subject = casefile_load_shell, .form = &action_request_form, .summary = "Carry out an action of the casefile's workflow" },
	{ GET, "/api/v1/casefiles/:ref/threads/:audience", thread_get, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .scope = SCOPE_CASE_READ, .subject = casefile_load,
		.summary = "A conversation of a casefile; before= a message: earlier ones" },
	{ POST, "/api/v1/casefiles/:ref/threads/:audience", thread_say, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .scope = SCOPE_CASE_WRITE, .subject = casefile_load, .form = &thread_say_form,
		.summary = "Write to a conversation of a casefile" },
	{ POST, "/api/v1/casefiles/:ref/threads/:audience/read", thread_mark, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .scope = SCOPE_CASE_WRITE, .subject = casefile_load, .form = &thread_mark_form,
		.summary = "Mark a conversation of a casefile as read" },
	{ POST, "/api/v1/casefiles/:ref/threads/:audience/files", thread_begin_file, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .scope = SCOPE_CASE_WRITE, .subject = casefile_load, .form = &upload_begin_form,
		.summary = "Begin the upload of a file for a message; its ref goes into files of the message" },
	{ PUT, "/api/v1/casefiles/:ref/threads/:audience/files/:file", thread_send_part, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .scope = SCOPE_CASE_WRITE, .subject = casefile_load, .form = &upload_part_form,
		.summary = "One part of a file for a message" },
	{ POST, "/api/v1/casefiles/:ref/threads/:audience/files/:file/finish", thread_finish_file, .about = &casefile_thread_matter,
		.may = WORKERS, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE, .subject = casefile_load,
		.summary = "Finish the upload of a file for a message" },
	{ GET, "/api/v1/casefiles/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &casefile_thread_matter,
		.may = WORKERS, .needs_second_factor = true, .scope = SCOPE_CASE_READ, .subject = casefile_load,
		.summary = "Download a file of a message" },
};
const RouteTable casefile_api_routes = { "subject/casefile API", routes, COUNT(routes) };
