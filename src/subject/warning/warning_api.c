/* Warnings for machines: public ones, and those of one's own organisation. */
#include "base/base/clock.h"
#include "subject/warning/warning_pages_private.h"
#include "subject/warning/warning_public_view.h"
#include "work/form/action_view.h"

enum { PAGE = 100 };

static void put_values(JsonWriter *writer, const char *key, const Map *values)
{
	json_key(writer, text_from(key));
	json_object_begin(writer);
	for (size_t i = 0; i < warning_form.section_count; i++)
		for (size_t k = 0; k < warning_form.sections[i].item_count; k++) {
			const FormItem *item = &warning_form.sections[i].items[k];
			Text value = form_answer(values, item->name);
			if (value.length && item->kind != FORM_CHECK) json_put_text(writer, item->name, value);
		}
	json_end(writer);
}

static Error reply(Request *request, Buffer *buffer, JsonWriter *writer)
{
	json_end(writer);
	json_finish(writer);
	reply_json(request, buffer_text(buffer));
	return OK;
}

/* ---- Public */
static void put_head(JsonWriter *writer, const Request *request, const WarningPublic *warning)
{
	Arena *arena = request->call->arena;
	json_put_text(writer, "number", warning->number);
	json_put_text(writer, "state", warning->withdrawn_at ? TEXT("WITHDRAWN") : TEXT("PUBLISHED"));
	json_put_bool(writer, "urgent", warning->is_urgent);
	json_put_int(writer, "revision", warning->n);
	json_put_time(writer, "published_at", warning->published_at);
	json_put_time(writer, "changed_at", warning->changed_at);
	json_key(writer, TEXT("title"));
	json_object_begin(writer);
	json_put_text(writer, "zh", warning_public_title(arena, LANG_ZH, warning));
	if (warning->what[LANG_EN].length) json_put_text(writer, "en", warning_public_title(arena, LANG_EN, warning));
	json_end(writer);
	Text path = arena_printf(arena, "/warnings/%.*s", TEXT_ARGS(url_segment(arena, warning->number)));
	json_put_text(writer, "url", url_absolute(request->call, (Url) { path }).text);
}

static Error put_public(JsonWriter *writer, Request *request, const WarningPublic *warning)
{
	WarningChanges changes;
	Map *values;
	TRY(form_values_read(request->call, &warning_form, warning->content, &values));
	TRY(warning_changes(request->call, warning, &changes));
	put_head(writer, request, warning);
	if (warning->withdrawn_at) json_put_text(writer, "reason", warning->reason);
	put_values(writer, "content", values);
	json_key(writer, TEXT("corrections"));
	json_array_begin(writer);
	for (size_t i = 0; i < changes.count; i++) {
		json_object_begin(writer);
		json_put_int(writer, "revision", changes.at[i].n + 1);
		json_put_time(writer, "at", changes.at[i].at);
		json_put_text(writer, "reason", changes.at[i].reason);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

/* With since=: what changed after that number, withdrawn ones too; next_since goes on from there. Else the newest. */
static Error list_public(Request *request)
{
	Call *call = request->call;
	WarningPublics list;
	int64_t since = 0, next = 0;
	Text given = request_query(request, TEXT("since"));
	bool follows = given.at && text_to_int(given, &since) && since >= 0;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (follows)
		TRY(warning_since(call, since, PAGE, &list, &next));
	else
		TRY(warning_list_public(call, (WarningCursor) { 0 }, PAGE, &list));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < list.count; i++) {
		json_object_begin(&writer);
		put_head(&writer, request, &list.at[i]);
		json_end(&writer);
	}
	json_end(&writer);
	if (follows) json_put_int(&writer, "next_since", next);
	reply_public(request, TEXT("warning"));
	return reply(request, &buffer, &writer);
}

static Error show_public(Request *request)
{
	Call *call = request->call;
	WarningPublic warning;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(warning_find_public(call, request_parameter(request, TEXT("number")), &warning));
	json_object_begin(&writer);
	TRY(put_public(&writer, request, &warning));
	reply_public(request, arena_printf(call->arena, "warning:%.*s", TEXT_ARGS(warning.number)));
	return reply(request, &buffer, &writer);
}

/* ---- Of one's own organisation, and the library's */
static void put_line(JsonWriter *writer, const Request *request, const Warning *warning)
{
	Arena *arena = request->call->arena;
	json_put_text(writer, "ref", warning->ref);
	json_put_text(writer, "number", warning->number.length ? warning->number : (Text) { 0 });
	json_put_text(writer, "state", warning->state);
	turn_json(writer, request->call->lang, &warning_machine, warning->state);
	json_put_bool(writer, "urgent", warning->is_urgent);
	json_put_text(writer, "title", warning->what[LANG_ZH].length ? warning_shown_title(arena, LANG_ZH, warning) : (Text) { 0 });
	json_put_time(writer, "sent_at", warning->sent_at);
	json_put_time(writer, "updated_at", warning->updated_at);
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	Warnings list;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text state = request_query(request, TEXT("state")), which = request_query(request, TEXT("list"));
	int64_t before = request_query_number(request, TEXT("before"));
	if (state.at)
		TRY(warning_in_state(call, state, before, PAGE, &list));
	else if (which.at && text_is(which, TEXT("shared")))
		TRY(warning_shared(call, before, PAGE, &list));
	else
		TRY(warning_received(call, before, PAGE, &list));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < list.count; i++) {
		json_object_begin(&writer);
		put_line(&writer, request, &list.at[i]);
		json_end(&writer);
	}
	json_end(&writer);
	if (list.count == PAGE) json_put_int(&writer, "next_before", list.at[PAGE - 1].id);
	return reply(request, &buffer, &writer);
}

static void put_receipt(JsonWriter *writer, const Request *request, const WarningRecipient *own)
{
	json_key(writer, TEXT("receipt"));
	json_object_begin(writer);
	json_put_text(writer, "why", own->why[request->call->lang]);
	json_put_time(writer, "due_at", own->due_at);
	json_put_time(writer, "acknowledged_at", own->acknowledged_at);
	json_put_text(writer, "statement", own->statement.length ? own->statement : (Text) { 0 });
	json_end(writer);
}

static Error get_one(Request *request)
{
	const Warning *warning = request->subject;
	WarningRecipient own;
	bool found = false;
	Matter matter;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(warning_recipient_own(request->call, warning, &own, &found));
	warning_matter(warning, &matter);
	json_object_begin(&writer);
	put_line(&writer, request, warning);
	json_put_int(&writer, "revision", warning->newest);
	put_values(&writer, "content", warning->values);
	if (found) put_receipt(&writer, request, &own);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, request->call->arena, &warning_machine, &matter, request->call->actor);
	return reply(request, &buffer, &writer);
}

static Error reply_again(Request *request, Text ref)
{
	Warning *after = arena_new_of(request->call->arena, Warning);
	TRY(warning_open(request->call, ref, after));
	request->subject = after;
	return get_one(request);
}

static Error acknowledge(Request *request)
{
	const Warning *warning = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &warning_receipt_form, values));
	TRY(warning_acknowledge(request->call, warning->ref, values));
	return reply_again(request, warning->ref);
}

static Error share(Request *request)
{
	Call *call = request->call;
	Text ref;
	Map *values = map_new(call->arena);
	TRY(form_take_some(request, &warning_form, values));
	TRY(warning_new(call, &ref));
	TRY(warning_save(call, ref, values));
	TRY(reply_again(request, ref));
	request->reply.status = 201;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/warning-desk/%.*s", TEXT_ARGS(ref)));
	return OK;
}

static const FormSpec body_form = { .max_body_bytes = 256 * 1024, .takes_more = true };
#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
/* Without a second factor the operations show nothing; a token has its owner's. */
#define READS .may = ROLE_REPORTER, .scope = SCOPE_CASE_READ
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE
static const Route routes[] = {
	{ GET, "/api/v1/warnings", list_public, PUBLIC,
		.summary = "Public warnings, newest first; since=: those that changed after that number of the change sequence" },
	{ GET, "/api/v1/warnings/:number", show_public, PUBLIC, .summary = "A public warning with its corrections" },
	{ GET, "/api/v1/warning-desk", get_list, READS,
		.summary = "Warnings sent to one's own organisation; list=shared: shared by it; state=: for the library" },
	{ POST, "/api/v1/warning-desk", share, .may = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_COORDINATOR, .scope = SCOPE_CASE_WRITE,
		.form = &body_form, .weight = 5, .summary = "Begin a warning with the fields that are known" },
	{ GET, "/api/v1/warning-desk/:ref", get_one, READS, .subject = warning_load, .summary = "A warning, and one's own receipt for it" },
	{ POST, "/api/v1/warning-desk/:ref/acknowledge", acknowledge, WRITES, .subject = warning_load, .form = &body_form,
		.summary = "Sign for a warning on behalf of a recipient" },
};
const RouteTable warning_api_routes = { "subject/warning API", routes, COUNT(routes) };
