/* Applications for machines: of applicants and of secretaries alike. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/programme/application/application_pages_private.h"

enum { PAGE = 50 };

static void finish(Request *request, JsonWriter *writer, const Buffer *buffer, int status)
{
	json_finish(writer);
	reply_json(request, buffer_text(buffer));
	request->reply.status = status;
}

/* ---- Lists */
static void put_line(JsonWriter *writer, const ApplicationLine *line)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", line->ref);
	json_put_text(writer, "round", line->round_code);
	json_put_text(writer, "direction", line->direction);
	json_put_text(writer, "state", line->state);
	json_put_text(writer, "organisation", line->organisation);
	json_put_text(writer, "credit_code", line->credit_code);
	json_put_text(writer, "paper", line->paper);
	json_put_int(writer, "returns", line->returns);
	json_put_bool(writer, "newcomer", line->is_newcomer);
	json_put_time(writer, "submitted_at", line->submitted_at);
	json_put_time(writer, "due_at", line->due_at);
	json_end(writer);
}

/* A page of a round goes on after the last number that was looked at, whether it is shown or not. */
static Error get_list(Request *request)
{
	Call *call = request->call;
	ApplicationLines lines;
	int64_t last = 0;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text round = request_query(request, TEXT("round")), state = request_query(request, TEXT("state"));
	int64_t before = request_query_number(request, TEXT("before"));
	if (round.at)
		TRY(application_list_for(
			call, round, state.at ? state : TEXT(""), request_query_number(request, TEXT("after")), PAGE, &lines, &last));
	else
		TRY(application_own(call, before, PAGE, &lines));
	json_object_begin(&writer);
	json_key(&writer, TEXT("applications"));
	json_array_begin(&writer);
	for (size_t i = 0; i < lines.count; i++) put_line(&writer, &lines.at[i]);
	json_end(&writer);
	if (last) json_put_int(&writer, "after", last);
	if (!round.at && lines.count == PAGE) json_put_int(&writer, "before", lines.at[PAGE - 1].id);
	json_end(&writer);
	finish(request, &writer, &buffer, 200);
	return OK;
}

/* ---- One application */
static void put_values(JsonWriter *writer, const Form *form, const Map *values)
{
	json_object_begin(writer);
	for (size_t s = 0; s < form->section_count; s++)
		for (size_t i = 0; i < form->sections[s].item_count; i++) {
			Text value = form_answer(values, form->sections[s].items[i].name);
			if (value.length) json_put_text(writer, form->sections[s].items[i].name, value);
		}
	json_end(writer);
}

static Error put_files(JsonWriter *writer, Call *call, const Application *application)
{
	json_object_begin(writer);
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			Attachments files;
			if (item->kind != FORM_FILES) continue;
			TRY(application_files_of(call, application, text_from(item->name), &files));
			json_key(writer, text_from(item->name));
			form_files_json(writer, &files);
		}
	for (int64_t n = 1; n <= application->returns; n++) {
		Attachments files;
		Text field = application_correction_field(call->arena, n);
		TRY(application_files_of(call, application, field, &files));
		json_key(writer, field);
		form_files_json(writer, &files);
	}
	json_end(writer);
	return OK;
}

static Error put_missing(JsonWriter *writer, Call *call, const Application *application)
{
	ApplicationProblems missing;
	TRY(application_missing(call, application, &missing));
	json_array_begin(writer);
	for (size_t i = 0; i < missing.count; i++) json_text(writer, missing.at[i].field);
	json_end(writer);
	return OK;
}

static Error put_statements(JsonWriter *writer, Call *call, const Application *application)
{
	ApplicationStatements statements;
	TRY(application_statements_of(call, application, &statements));
	json_array_begin(writer);
	for (size_t i = 0; i < statements.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "action", statements.at[i].action);
		json_put_bool(writer, "by_applicant", statements.at[i].is_applicants);
		json_put_time(writer, "at", statements.at[i].at);
		json_key(writer, TEXT("values"));
		put_values(writer, statements.at[i].form, statements.at[i].values);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static void put_head(JsonWriter *writer, const Application *application)
{
	json_put_text(writer, "ref", application->ref);
	json_put_text(writer, "round", application->round_code);
	json_put_text(writer, "direction", application->direction);
	json_put_text(writer, "state", application->state);
	json_put_int(writer, "revision", application->revision);
	json_put_text(writer, "organisation", application->organisation);
	json_put_text(writer, "credit_code", application->credit_code);
	json_put_bool(writer, "newcomer", application->is_newcomer);
	json_put_int(writer, "version", application->version);
	json_put_int(writer, "returns", application->returns);
	json_put_text(writer, "paper", application->paper);
	json_put_filled(writer, "lodged_sha256", application->hash);
	json_put_filled(writer, "sha256", application->sha256);
	json_put_time(writer, "closes_at", application->closes_at);
	json_put_time(writer, "files_until", application->ends_at);
	json_put_time(writer, "submitted_at", application->submitted_at);
	json_put_time(writer, "appeal_until", application->appeal_until);
}

static void put_marks(JsonWriter *writer, const Application *application)
{
	json_object_begin(writer);
	for (size_t i = 0; i < application->marks.count && text_is(application->state, TEXT("RETURNED")); i++) {
		json_key(writer, application->marks.at[i].field);
		json_text(writer, application->marks.at[i].reason);
	}
	json_end(writer);
}

static Error put_rest(JsonWriter *writer, Call *call, const Application *application)
{
	ApplicationFacts facts;
	ClockView clock;
	Matter matter;
	TRY(application_facts(call, application, &facts));
	TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
	application_matter(call, application, &facts, &matter);
	turn_json(writer, call->lang, &application_machine, application->state);
	json_key(writer, TEXT("clock"));
	clock_json(writer, call->arena, &clock);
	json_key(writer, TEXT("actions"));
	action_json(writer, call->arena, &application_machine, &matter, call->actor);
	json_key(writer, TEXT("values"));
	put_values(writer, application->form, application->values);
	json_key(writer, TEXT("files"));
	TRY(put_files(writer, call, application));
	json_key(writer, TEXT("missing"));
	TRY(put_missing(writer, call, application));
	json_key(writer, TEXT("marked"));
	put_marks(writer, application);
	json_key(writer, TEXT("statements"));
	return put_statements(writer, call, application);
}

static Error reply_with(Request *request, const Application *application, int status)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	put_head(&writer, application);
	TRY(put_rest(&writer, request->call, application));
	json_end(&writer);
	finish(request, &writer, &buffer, status);
	return OK;
}

static Error get_one(Request *request) { return reply_with(request, request->subject, 200); }

static Error reply_again(Request *request, Text ref, int status)
{
	Application application;
	TRY(application_open(request->call, ref, &application));
	return reply_with(request, &application, status);
}

static Error post(Request *request)
{
	Text ref;
	TRY(application_begin(request, &ref));
	reply_header(request, TEXT("Location"), arena_printf(request->call->arena, "/api/v1/applications/%.*s", TEXT_ARGS(ref)));
	return reply_again(request, ref, 201);
}

/* Members that are given change, the others stay. */
static Error save(Request *request)
{
	const Application *application = request->subject;
	Map *values;
	TRY(form_take_given(request, application->form, &values));
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			Text name = text_from(application->form->sections[s].items[i].name);
			bool is_closed = map_get(values, name) && application->is_admin &&
					 !application_may_write(application, name, request->call->now);
			if (is_closed) return fail(request->call, CONFLICT, "%.*s is not open", TEXT_ARGS(name));
		}
	TRY(application_save(request->call, application, values));
	return reply_again(request, application->ref, 200);
}

static Error act(Request *request)
{
	const Application *application = request->subject;
	TRY(application_do(request));
	return reply_again(request, application->ref, 200);
}

static const FormSpec values_form = { .max_body_bytes = 1024 * 1024, .takes_more = true };
#define MINE .may = ROLE_REPORTER, .scope = SCOPE_PROGRAMME
#define ONE MINE, .subject = application_load
static const Route routes[] = {
	{ GET, "/api/v1/applications", get_list, MINE,
		.summary = "Applications of one's organisation; with round=: those lodged in it, for secretaries and supervisors" },
	{ POST, "/api/v1/applications", post, MINE, .form = &application_begin_form, .weight = 5,
		.summary = "Begin an application in a round" },
	{ GET, "/api/v1/applications/:ref", get_one, ONE, .summary = "An application with what is missing, marked and decided" },
	{ POST, "/api/v1/applications/:ref", save, ONE, .form = &values_form,
		.summary = "Change fields of an application that may be written now" },
	{ POST, "/api/v1/applications/:ref/actions/:action", act, ONE, .form = &action_request_form,
		.summary = "Carry out an action of the application's workflow" },
	{ GET, "/api/v1/applications/:ref/form.pdf", application_show_print, ONE, .weight = 5,
		.summary = "The application as it is stamped and posted" },
	{ POST, "/api/v1/applications/:ref/files/:field", application_file_begin, ONE, .form = &upload_begin_form,
		.summary = "Begin the upload of a file of a field" },
	{ PUT, "/api/v1/applications/:ref/files/:field/:file", application_file_part, ONE, .form = &upload_part_form,
		.summary = "One part of a file" },
	{ POST, "/api/v1/applications/:ref/files/:field/:file/finish", application_file_finish, ONE,
		.summary = "Finish the upload of a file" },
	{ DELETE, "/api/v1/applications/:ref/files/:field/:file", application_file_remove, ONE, .summary = "Remove a file" },
	{ GET, "/api/v1/applications/:ref/files/:field/:file", application_file_content, ONE, .summary = "Download a file" },
};
const RouteTable application_api_routes = { "subject/programme API", routes, COUNT(routes) };
