/* Cases of case collections for machines: to begin, fill in and submit one, to review and score it, and to read what came of it. */
#include "people/person/form_page.h"
#include "subject/programme/collection/collection_private.h"
#include "subject/programme/collection/collection_view.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static void put_head(JsonWriter *writer, const CollectionCase *one)
{
	json_put_text(writer, "ref", one->ref);
	json_put_text(writer, "activity", one->activity.ref);
	json_put_text(writer, "organisation", one->organisation.name);
	json_put_text(writer, "state", one->state);
	json_put_int(writer, "revision", one->revision);
	json_put_filled(writer, "title", text_trim(form_answer(one->values, "title")));
	json_put_filled(writer, "reason", one->reason);
	json_put_time(writer, "closes_at", one->activity.closes_at);
	json_put_time(writer, "submitted_at", one->submitted_at);
}

static void finish(Request *request, JsonWriter *writer, const Buffer *buffer, int status)
{
	json_finish(writer);
	reply_json(request, buffer_text(buffer));
	request->reply.status = status;
}

/* ---- Lists: a page goes on after the last number */
static Error reply_list(Request *request, const CollectionCases *list, int64_t last)
{
	JsonList page;
	json_list_begin(request, &page);
	for (size_t i = 0; i < list->count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &list->at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(request->call, last));
	return OK;
}

static int64_t last_of(const CollectionCases *list) { return list->count == PAGE ? list->at[PAGE - 1].id : 0; }

static Error get_of_activity(Request *request)
{
	Call *call = request->call;
	CollectionCases list;
	const Activity *activity = request->subject;
	int64_t cursor;
	Text state = request_query(request, TEXT("state"));
	TRY(request_cursor(request, &cursor));
	if (!state.at) {
		TRY(collection_own(call, activity, &list));
		return reply_list(request, &list, 0);
	}
	if (!workflow_state(&collection_machine, state)) return fail(call, USAGE, "state");
	TRY(collection_in_state(call, activity->ref, state, cursor, PAGE, &list));
	return reply_list(request, &list, last_of(&list));
}

static Error get_to_score(Request *request)
{
	CollectionCases list;
	int64_t cursor;
	TRY(request_cursor(request, &cursor));
	TRY(collection_to_judge(request->call, cursor, PAGE, &list));
	return reply_list(request, &list, last_of(&list));
}

/* ---- One */
/* Experts score the case, not who answers questions about it. */
static void put_values(JsonWriter *writer, const CollectionCase *one)
{
	const Form *form = &collection_form;
	json_object_begin(writer);
	for (size_t s = 0; s < form->section_count; s++)
		for (size_t i = 0; i < form->sections[s].item_count; i++) {
			const char *name = form->sections[s].items[i].name;
			Text value = form_answer(one->values, name);
			bool is_kept_back = one->is_judge && !one->is_staff && !strcmp(name, "contact");
			if (value.length && !is_kept_back) json_put_text(writer, name, value);
		}
	json_end(writer);
}

/* A score is there when the rules let the actor read it: one's own, and for the office once all are in. */
static Error put_seats(JsonWriter *writer, Call *call, const CollectionCase *one)
{
	CollectionSeats seats = { 0 };
	if (one->is_staff || one->is_judge) TRY(collection_seats(call, one, &seats));
	json_key(writer, TEXT("scores"));
	json_array_begin(writer);
	for (size_t i = 0; i < seats.count; i++) {
		const CollectionSeat *seat = &seats.at[i];
		json_object_begin(writer);
		json_put_text(writer, "expert", seat->expert);
		json_put_text(writer, "state", seat->state);
		if (seat->score >= 0) json_put_int(writer, "score", seat->score);
		json_put_filled(writer, "reason", seat->reason);
		json_put_time(writer, "asked_at", seat->asked_at);
		json_put_time(writer, "done_at", seat->done_at);
		json_end(writer);
	}
	json_end(writer);
	if (one->is_staff && one->score >= 0)
		json_put_text(
			writer, "mean", arena_printf(call->arena, "%lld.%02lld", (long long)one->score / 100, (long long)one->score % 100));
	return OK;
}

static Error reply_with(Request *request, const CollectionCase *one, int status)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Attachments files;
	ClockView clock;
	Matter matter;
	TRY(collection_matter(call, one, &matter));
	TRY(workflow_clock_of(call, &collection_machine, one->id, &clock));
	TRY(attachment_list(call, collection_machine.name, one->id, &files));
	json_object_begin(&writer);
	put_head(&writer, one);
	turn_json(&writer, call->lang, &collection_machine, one->state);
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	json_key(&writer, TEXT("values"));
	put_values(&writer, one);
	json_key(&writer, TEXT("files"));
	form_files_json(&writer, &files);
	TRY(put_seats(&writer, call, one));
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &collection_machine, &matter, call->actor);
	json_end(&writer);
	finish(request, &writer, &buffer, status);
	return OK;
}

static Error get_one(Request *request) { return reply_with(request, request->subject, 200); }

static Error reply_again(Request *request, Text ref, int status)
{
	CollectionCase one;
	TRY(collection_open(request->call, ref, &one));
	return reply_with(request, &one, status);
}

static Error post(Request *request)
{
	Text ref;
	TRY(collection_begin(request->call, ((const Activity *)request->subject)->ref, &ref));
	reply_header(request, TEXT("Location"), arena_printf(request->call->arena, "/api/v1/cases/%.*s", TEXT_ARGS(ref)));
	return reply_again(request, ref, 201);
}

/* Members that are given change, the others stay. */
static Error save(Request *request)
{
	Map *values;
	const CollectionCase *one = request->subject;
	TRY(form_take_given(request, &collection_form, &values));
	TRY(collection_save(request->call, one, values));
	return reply_again(request, one->ref, 200);
}

static Error act(Request *request)
{
	const CollectionCase *one = request->subject;
	TRY(collection_do(request));
	return reply_again(request, one->ref, 200);
}

/* The last score ends the seat. */
static Error score(Request *request)
{
	const CollectionCase *one = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &collection_score_form, values));
	TRY(collection_judge(request->call, one->ref, values));
	reply_json(request, TEXT("{\"done\":true}"));
	return OK;
}

static const FormSpec values_form = { .max_body_bytes = 1024 * 1024, .takes_more = true };
#define MINE .may = ROLE_PEOPLE, .scope = SCOPE_PROGRAMME
#define ONE MINE, .subject = collection_load
static const Route routes[] = {
	{ GET, "/api/v1/activities/:ref/cases", get_of_activity, MINE, .subject = collection_load_activity,
		.summary = "Cases of one's organisation in a collection; with state=: those submitted, for secretaries and supervisors" },
	{ POST, "/api/v1/activities/:ref/cases", post, MINE, .subject = collection_load_activity, .weight = 5,
		.summary = "Begin a case in a collection" },
	{ GET, "/api/v1/cases", get_to_score, MINE, .summary = "Cases that the actor was asked to score" },
	{ GET, "/api/v1/cases/:ref", get_one, ONE,
		.summary = "A case: what was submitted, scored and decided, as far as the actor may read it" },
	{ POST, "/api/v1/cases/:ref", save, ONE, .form = &values_form, .summary = "Change fields of a draft" },
	{ POST, "/api/v1/cases/:ref/actions/:action", act, ONE, .form = &action_request_form,
		.summary = "Carry out an action of the case's workflow" },
	{ POST, "/api/v1/cases/:ref/score", score, ONE, .form = &values_form,
		.summary = "An expert's score with its reasons, or a conflict of interest" },
	{ GET, "/api/v1/cases/:ref/letter", collection_send_letter, ONE, .summary = "The letter about a case that was chosen; recorded" },
	{ POST, "/api/v1/cases/:ref/files", collection_file_begin, ONE, .form = &upload_begin_form,
		.summary = "Begin the upload of a file of a case" },
	{ PUT, "/api/v1/cases/:ref/files/:file", collection_file_part, ONE, .form = &upload_part_form, .summary = "One part of an upload" },
	{ POST, "/api/v1/cases/:ref/files/:file/finish", collection_file_finish, ONE, .summary = "Finish an upload" },
	{ DELETE, "/api/v1/cases/:ref/files/:file", collection_file_remove, ONE, .summary = "Remove a file from a case" },
	{ GET, "/api/v1/cases/:ref/files/:file", collection_file_content, ONE,
		.summary = "Download a file of a case; of somebody else's with the reader's mark in it" },
};
const RouteTable collection_api_routes = { "subject/programme API", routes, COUNT(routes) };
