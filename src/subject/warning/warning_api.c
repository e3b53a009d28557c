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

static void put_heads(JsonWriter *writer, const Request *request, const WarningPublics *list)
{
	for (size_t i = 0; i < list->count; i++) {
		json_object_begin(writer);
		put_head(writer, request, &list->at[i]);
		json_end(writer);
	}
}

/* What changed after that number, withdrawn ones too; next_since goes on from there. */
static Error list_since(Request *request, int64_t since)
{
	WarningPublics list;
	int64_t next = 0;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(warning_since(request->call, since, PAGE, &list, &next));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	put_heads(&writer, request, &list);
	json_end(&writer);
	json_put_int(&writer, "next_since", next);
	json_put_text(&writer, "next_cursor", (Text) { 0 });
	reply_public(request, TEXT("warning"));
	return reply(request, &buffer, &writer);
}

/* "1772690400000-17": where the last page ended. */
static Error cursor_of(Request *request, WarningCursor *out)
{
	WarningCursor cursor = { 0 };
	Text rest = request_query(request, TEXT("cursor")), at;
	*out = cursor;
	if (!rest.length) return OK;
	if (!text_next(&rest, '-', &at) || !rest.at || !text_to_int(at, &cursor.at) || !text_to_int(rest, &cursor.id) || cursor.id <= 0)
		return fail(request->call, USAGE, "cursor: as an earlier page gave it");
	*out = cursor;
	return OK;
}

static Error list_public(Request *request)
{
	Call *call = request->call;
	WarningPublics warnings;
	WarningCursor cursor;
	JsonList list;
	int64_t since = 0;
	Text given = request_query(request, TEXT("since")), next = { 0 };
	if (given.at && text_to_int(given, &since) && since >= 0) return list_since(request, since);
	TRY(cursor_of(request, &cursor));
	TRY(warning_list_public(call, cursor, PAGE, &warnings));
	json_list_begin(request, &list);
	put_heads(&list.writer, request, &warnings);
	if (warnings.count == PAGE) {
		const WarningPublic *last = &warnings.at[PAGE - 1];
		next = arena_printf(call->arena, "%lld-%lld", (long long)last->published_at, (long long)last->id);
	}
	json_list_end(request, &list, next);
	reply_public(request, TEXT("warning"));
	return OK;
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
	Warnings warnings;
	JsonList list;
	int64_t before;
	Text state = request_query(request, TEXT("state")), which = request_query(request, TEXT("list"));
	TRY(request_cursor(request, &before));
	if (state.at)
		TRY(warning_in_state(call, state, before, PAGE, &warnings));
	else if (which.at && text_is(which, TEXT("shared")))
		TRY(warning_shared(call, before, PAGE, &warnings));
	else
		TRY(warning_received(call, before, PAGE, &warnings));
	json_list_begin(request, &list);
	for (size_t i = 0; i < warnings.count; i++) {
		json_object_begin(&list.writer);
		put_line(&list.writer, request, &warnings.at[i]);
		json_end(&list.writer);
	}
	json_list_end(request, &list, cursor_after(call, warnings.count == PAGE ? warnings.at[PAGE - 1].id : 0));
	return OK;
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
	json_put_int(&writer, "revision", warning->revision);
	json_put_int(&writer, "text", warning->newest);
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
	Text ref, key = request_header(request, TEXT("Idempotency-Key"));
	bool repeated = false;
	Map *values = map_new(call->arena);
	TRY(form_take_some(request, &warning_form, values));
	TRY(warning_share(call, key, values, &ref, &repeated));
	TRY(reply_again(request, ref));
	request->reply.status = repeated ? 200 : 201;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/warning-desk/%.*s", TEXT_ARGS(ref)));
	return OK;
}

/* ---- The library's, and the author's steps */
static Error save_text(Request *request)
{
	const Warning *warning = request->subject;
	Map *values = form_values_copy(request->call->arena, &warning_form, warning->values);
	TRY(form_take_some(request, &warning_form, values));
	TRY(warning_save(request->call, warning->ref, values));
	return reply_again(request, warning->ref);
}

/* Whoever acts may not see it any more afterwards: then its state is all there is. */
static Error act(Request *request)
{
	Call *call = request->call;
	const Warning *warning = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	warning_matter(warning, &matter);
	TRY(action_take(request, &warning_machine, &matter, warning_action_form, &revision, &values));
	TRY(warning_act(call, warning->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = reply_again(request, warning->ref);
	if (error != ERROR_NOT_FOUND) return error;
	call_recover(call);
	json_object_begin(&writer);
	json_put_text(&writer, "ref", warning->ref);
	return reply(request, &buffer, &writer);
}

static void put_pair(JsonWriter *writer, const char *key, const Text pair[LANG_COUNT], Lang lang)
{
	json_put_text(writer, key, pair[lang]);
}

static Error put_aims(JsonWriter *writer, Call *call, const Warning *warning)
{
	WarningAims aims;
	TRY(warning_aims(call, warning, &aims));
	json_key(writer, TEXT("aims"));
	json_array_begin(writer);
	for (size_t i = 0; i < aims.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "ref", aims.at[i].ref);
		json_put_text(writer, "kind", aims.at[i].kind);
		put_pair(writer, "words", aims.at[i].words, call->lang);
		json_put_time(writer, "added_at", aims.at[i].added_at);
		json_put_time(writer, "used_at", aims.at[i].used_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static void put_shares(JsonWriter *writer, Lang lang, const WarningAudience *audience)
{
	json_key(writer, TEXT("reached_by"));
	json_array_begin(writer);
	for (size_t i = 0; i < audience->shares.count; i++) {
		json_object_begin(writer);
		put_pair(writer, "words", audience->shares.at[i].words, lang);
		json_put_int(writer, "organisations", audience->shares.at[i].reached);
		json_end(writer);
	}
	json_end(writer);
}

/* The aims, and whom those that wait would reach now, with why. */
static Error get_audience(Request *request)
{
	Call *call = request->call;
	const Warning *warning = request->subject;
	WarningAudience audience;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (!warning->is_staff) return fail(call, NOT_FOUND, "audiences are the library's affair");
	TRY(warning_audience(call, warning, &audience));
	json_object_begin(&writer);
	TRY(put_aims(&writer, call, warning));
	json_put_bool(&writer, "public", audience.is_public);
	json_put_int(&writer, "told", audience.told);
	json_put_int(&writer, "known", audience.known);
	json_put_int(&writer, "left_out", audience.left_out);
	put_shares(&writer, call->lang, &audience);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < audience.reaches.count; i++) {
		const WarningReach *reach = &audience.reaches.at[i];
		json_object_begin(&writer);
		json_put_text(&writer, "organisation", warning_org_name(call->lang, reach->name, reach->name_en));
		put_pair(&writer, "why", reach->why, call->lang);
		json_put_text(&writer, "left_out", reach->left_out ? tr(call->lang, reach->left_out) : (Text) { 0 });
		json_put_bool(&writer, "known", reach->is_recipient);
		json_end(&writer);
	}
	json_end(&writer);
	return reply(request, &buffer, &writer);
}

static Error again_audience(Request *request)
{
	Warning *after = arena_new_of(request->call->arena, Warning);
	TRY(warning_open(request->call, ((const Warning *)request->subject)->ref, after));
	request->subject = after;
	return get_audience(request);
}

static Error add_aim(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &warning_aim_form, values));
	TRY(warning_aim_add(request->call, ((const Warning *)request->subject)->ref, values));
	return again_audience(request);
}

static Error drop_aim(Request *request)
{
	TRY(warning_aim_drop(request->call, ((const Warning *)request->subject)->ref, request_parameter(request, TEXT("aim"))));
	return again_audience(request);
}

static void put_recipient(JsonWriter *writer, Lang lang, const WarningRecipient *recipient)
{
	json_object_begin(writer);
	json_put_text(writer, "organisation", warning_org_name(lang, recipient->name, recipient->name_en));
	put_pair(writer, "why", recipient->why, lang);
	json_put_int(writer, "members_told", recipient->persons_told);
	json_put_int(writer, "members_read", recipient->persons_read);
	json_put_time(writer, "told_at", recipient->added_at);
	json_put_time(writer, "read_at", recipient->read_at);
	json_put_time(writer, "due_at", recipient->due_at);
	json_put_time(writer, "acknowledged_at", recipient->acknowledged_at);
	json_put_filled(writer, "signer", recipient->signer);
	json_put_filled(writer, "statement", recipient->statement);
	json_put_filled(writer, "note", recipient->note);
	json_put_int(writer, "reminders", recipient->reminders);
	json_end(writer);
}

static Error get_receipts(Request *request)
{
	Call *call = request->call;
	WarningRecipients recipients;
	JsonList list;
	int64_t after;
	const Warning *warning = request->subject;
	if (!warning->is_staff) return fail(call, NOT_FOUND, "receipts are the library's affair");
	TRY(request_cursor(request, &after));
	TRY(warning_recipients(call, warning, after, PAGE, &recipients));
	json_list_begin(request, &list);
	for (size_t i = 0; i < recipients.count; i++) put_recipient(&list.writer, call->lang, &recipients.at[i]);
	json_list_end(request, &list, cursor_after(call, recipients.count == PAGE ? recipients.at[PAGE - 1].id : 0));
	return OK;
}

static Error get_pdf(Request *request) { return warning_reply_newest(request, false); }
static Error get_word(Request *request) { return warning_reply_newest(request, true); }

static const FormSpec body_form = { .max_body_bytes = 256 * 1024, .takes_more = true };
#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
/* Without a second factor the operations show nothing; a token has its owner's. */
#define READS .may = ROLE_REPORTER, .scope = SCOPE_CASE_READ
#define LIBRARY .may = ROLE_COORDINATOR | ROLE_PUBLISHER, .subject = warning_load
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE
static const Route routes[] = {
	{ GET, "/api/v1/warnings", list_public, PUBLIC,
		.summary =
			"Public warnings, newest first; cursor: a further page; since=: those that changed after that number of the change "
			"sequence" },
	{ GET, "/api/v1/warnings/:number", show_public, PUBLIC, .summary = "A public warning with its corrections" },
	{ GET, "/api/v1/warning-desk", get_list, READS,
		.summary = "Warnings sent to one's own organisation; list=shared: shared by it; state=: for the library; cursor: a further "
			   "page" },
	{ POST, "/api/v1/warning-desk", share, .may = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_COORDINATOR, .scope = SCOPE_CASE_WRITE,
		.form = &body_form, .weight = 5,
		.summary = "Begin a warning with the fields that are known; Idempotency-Key makes it safe to repeat" },
	{ GET, "/api/v1/warning-desk/:ref", get_one, READS, .subject = warning_load, .summary = "A warning, and one's own receipt for it" },
	{ POST, "/api/v1/warning-desk/:ref/text", save_text, .may = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_COORDINATOR,
		.scope = SCOPE_CASE_WRITE, .subject = warning_load, .form = &body_form,
		.summary = "Change fields of the text before it is sent; others stay as they are" },
	{ POST, "/api/v1/warning-desk/:ref/actions/:action", act, WRITES, .subject = warning_load, .form = &action_request_form,
		.summary = "Carry out an action of the warning's workflow" },
	{ GET, "/api/v1/warning-desk/:ref/audience", get_audience, LIBRARY, .scope = SCOPE_CASE_READ, .weight = 3,
		.summary = "Whom a warning is meant for, and whom it would reach now, with why; in the reader's language" },
	{ POST, "/api/v1/warning-desk/:ref/aims", add_aim, .may = ROLE_COORDINATOR, .scope = SCOPE_CASE_WRITE, .subject = warning_load,
		.form = &body_form, .summary = "Add to whom a warning is meant for" },
	{ POST, "/api/v1/warning-desk/:ref/aims/:aim/drop", drop_aim, .may = ROLE_COORDINATOR, .scope = SCOPE_CASE_WRITE,
		.subject = warning_load, .summary = "Take out of the audience what was not sent yet" },
	{ GET, "/api/v1/warning-desk/:ref/receipts", get_receipts, LIBRARY, .scope = SCOPE_CASE_READ,
		.summary = "Who was told, has read and has signed for a warning; cursor: a further page" },
	{ GET, "/api/v1/warning-desk/:ref/file.pdf", get_pdf, READS, .subject = warning_load, .weight = 5,
		.summary = "The newest text that was sent, as a signed PDF; a copy with the reader's mark when it is not public" },
	{ GET, "/api/v1/warning-desk/:ref/file.docx", get_word, READS, .subject = warning_load, .weight = 5,
		.summary = "The newest text that was sent, for Word; it names the reader when it is not public" },
	{ POST, "/api/v1/warning-desk/:ref/acknowledge", acknowledge, WRITES, .subject = warning_load, .form = &body_form,
		.summary = "Sign for a warning on behalf of a recipient" },
};
const RouteTable warning_api_routes = { "subject/warning API", routes, COUNT(routes) };
