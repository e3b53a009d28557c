/* Parties for machines: of the vendor, of the coordinator and of the verifier alike. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/party/party_private.h"
#include "subject/party/party_view.h"

enum { PAGE = 50 };

static void put_head(JsonWriter *writer, const Party *party)
{
	bool knows = !party->is_vendor || party->acknowledged_at;
	json_put_text(writer, "ref", party->ref);
	json_put_text(writer, "state", party->state);
	json_put_int(writer, "revision", party->revision);
	json_put_filled(writer, "position", party->position);
	json_put_filled(writer, "closing", party->closing);
	json_put_filled(writer, "vendor", party->vendor);
	json_put_filled(writer, "product", party->product);
	json_put_filled(writer, "number", knows ? party->casefile.number : TEXT(""));
	json_put_filled(writer, "level", knows ? party->casefile.level : TEXT(""));
	json_put_time(writer, "notified_at", party->notified_at);
	json_put_time(writer, "acknowledged_at", party->acknowledged_at);
	json_put_time(writer, "last_word_at", party->word_at);
	json_put_time(writer, "duty_due_at", party->duty_due_at);
	json_put_time(writer, "duty_reported_at", party->duty_reported_at);
	json_put_time(writer, "embargo_until", knows ? party->casefile.embargo_until : 0);
}

static void put_contact(JsonWriter *writer, const Party *party)
{
	if (!party->is_staff) return;
	json_put_filled(writer, "casefile", party->casefile.ref);
	json_put_text(writer, "step", party->step);
	json_put_filled(writer, "mail", party->mail);
	json_put_filled(writer, "phone", party->phone);
	json_put_filled(writer, "source", party->source);
	json_put_filled(writer, "domicile", party->domicile);
	json_put_bool(writer, "own_provider", party->is_own_provider);
}

static void put_values(JsonWriter *writer, const Form *form, const Map *values)
{
	json_object_begin(writer);
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *name = form->sections[i].items[j].name;
			Text value = form_answer(values, name);
			if (value.length) json_put_text(writer, name, value);
		}
	}
	json_end(writer);
}

static void put_statement(JsonWriter *writer, Arena *arena, const PartyStatement *statement)
{
	json_object_begin(writer);
	json_put_text(writer, "action", statement->action);
	json_put_filled(writer, "person", statement->person);
	json_put_text(writer, "at", clock_iso(arena, statement->at));
	json_key(writer, TEXT("values"));
	put_values(writer, statement->form, statement->values);
	json_end(writer);
}

static Error put_statements(Call *call, JsonWriter *writer, const Party *party)
{
	PartyStatements said;
	TRY(party_said(call, party, &said));
	json_key(writer, TEXT("statements"));
	json_array_begin(writer);
	for (size_t i = 0; i < said.count; i++) put_statement(writer, call->arena, &said.at[i]);
	json_end(writer);
	return OK;
}

static Error put_versions(Call *call, JsonWriter *writer, const Party *party)
{
	PartyVersions versions;
	TRY(party_versions(call, party, &versions));
	json_key(writer, TEXT("versions"));
	json_array_begin(writer);
	for (size_t i = 0; i < versions.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "line", versions.at[i].line);
		json_put_filled(writer, "fixed", versions.at[i].fixed);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_attempts(Call *call, JsonWriter *writer, const Party *party)
{
	PartyAttempts attempts;
	if (!party->is_staff) return OK;
	TRY(party_attempts(call, party, &attempts));
	json_key(writer, TEXT("attempts"));
	json_array_begin(writer);
	for (size_t i = 0; i < attempts.count; i++) {
		const PartyAttempt *attempt = &attempts.at[i];
		json_object_begin(writer);
		json_put_text(writer, "step", attempt->step);
		json_put_text(writer, "channel", attempt->channel);
		json_put_text(writer, "outcome", attempt->outcome);
		json_put_filled(writer, "address", attempt->address);
		json_put_filled(writer, "note", attempt->note);
		json_put_text(writer, "at", clock_iso(call->arena, attempt->at));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_copies(Call *call, JsonWriter *writer, const Party *party)
{
	PartyCopies copies;
	if (!party->is_staff) return OK;
	TRY(party_copies(call, party, &copies));
	json_key(writer, TEXT("copies"));
	json_array_begin(writer);
	for (size_t i = 0; i < copies.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "copy", copies.at[i].ref);
		json_put_filled(writer, "person", copies.at[i].person);
		json_put_int(writer, "downloads", copies.at[i].downloads);
		json_put_text(writer, "last_at", clock_iso(call->arena, copies.at[i].last_at));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_threads(Call *call, JsonWriter *writer, const Party *party)
{
	ThreadSubject subject;
	party_threads(party, &subject);
	return thread_jsons(call, &subject, writer);
}

/* Where it stands after an action, without what was said: who settled a matter may not read it any more. */
static Error put_standing(Call *call, JsonWriter *writer, const Party *party)
{
	ClockView clock;
	Matter matter;
	TRY(workflow_clock_of(call, &party_machine, party->id, &clock));
	party_matter(party, &matter);
	put_head(writer, party);
	turn_json(writer, call->lang, &party_machine, party->state);
	put_contact(writer, party);
	json_key(writer, TEXT("clock"));
	clock_json(writer, call->arena, &clock);
	json_key(writer, TEXT("actions"));
	action_json(writer, call->arena, &party_machine, &matter, call->actor);
	return OK;
}

static Error reply_standing(Request *request, const Party *party)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	TRY(put_standing(request->call, &writer, party));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error reply_party(Request *request, const Party *party)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	TRY(put_standing(call, &writer, party));
	TRY(put_versions(call, &writer, party));
	TRY(put_statements(call, &writer, party));
	TRY(put_attempts(call, &writer, party));
	TRY(put_copies(call, &writer, party));
	TRY(put_threads(call, &writer, party));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_party(request, request->subject); }

static void put_line(JsonWriter *writer, const PartyLine *line)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", line->ref);
	json_put_text(writer, "state", line->state);
	json_put_time(writer, "updated_at", line->updated_at);
	json_put_filled(writer, "position", line->position);
	json_put_filled(writer, "vendor", line->vendor);
	json_put_filled(writer, "product", line->product);
	json_put_time(writer, "due_at", line->due_at);
	json_put_int(writer, "unread", line->unread);
	json_end(writer);
}

/* The cursor of since=: instant and number of the last one seen, "1770000000000-12". */
static bool cursor_parse(Text text, int64_t *at, int64_t *after)
{
	Text rest = text, first;
	if (!text_next(&rest, '-', &first) || !rest.at) return false;
	return text_to_int(first, at) && text_to_int(rest, after) && *at >= 0 && *after >= 0;
}

static Error reply_lines(Request *request, const PartyLines *lines, Text next)
{
	JsonList page;
	json_list_begin(request, &page);
	for (size_t i = 0; i < lines->count; i++) put_line(&page.writer, &lines->at[i]);
	json_list_end(request, &page, next);
	return OK;
}

static Error get_since(Request *request, Text since)
{
	Call *call = request->call;
	PartyLines lines;
	int64_t at = 0, after = 0;
	Text given = request_query(request, TEXT("cursor"));
	if (!clock_parse(since, &at)) return fail(call, USAGE, "since");
	if (given.at && !cursor_parse(given, &at, &after)) return fail(call, USAGE, "cursor");
	TRY(party_list_since(call, at, after, PAGE, &lines));
	const PartyLine *last = lines.count ? &lines.at[lines.count - 1] : NULL;
	return reply_lines(request, &lines,
		lines.count == PAGE ? arena_printf(call->arena, "%lld-%lld", (long long)last->updated_at, (long long)last->id)
				    : (Text) { 0 });
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	PartyLines lines;
	int64_t cursor;
	Text state = request_query(request, TEXT("state")), since = request_query(request, TEXT("since"));
	if (since.at) return get_since(request, since);
	TRY(request_cursor(request, &cursor));
	if (state.at && !workflow_state(&party_machine, state)) return fail(call, USAGE, "state");
	TRY(state.at ? party_queue(call, state, cursor, PAGE, &lines) : party_list_own(call, cursor, PAGE, &lines));
	return reply_lines(request, &lines, cursor_after(call, lines.count == PAGE ? lines.at[PAGE - 1].id : 0));
}

static Error act(Request *request)
{
	Call *call = request->call;
	const Party *party = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Party after;
	party_matter(party, &matter);
	TRY(action_take(request, &party_machine, &matter, party_action_form, &revision, &values));
	TRY(party_act(call, party->ref, request_parameter(request, TEXT("action")), revision, values));
	TRY(party_read(call, party->id, &after)); /* its verifier may not open it any more */
	return reply_standing(request, &after);
}

static Error write_message(Request *request)
{
	const Party *party = request->subject;
	ThreadSubject subject;
	ThreadMembers members;
	party_threads(party, &subject);
	TRY(thread_say_request(request, &subject, &members));
	TRY(party_tell_message(request->call, party, request_parameter(request, TEXT("audience")), &members));
	return reply_party(request, party);
}

static Error get_notice(Request *request)
{
	PartyNotice notice;
	TRY(party_notice_text(request->call, request->subject, &notice));
	reply_text(request, TEXT("text/plain; charset=utf-8"), notice.text);
	return OK;
}

static Error get_notice_pdf(Request *request)
{
	PartyNotice notice;
	TRY(party_notice_pdf(request->call, request->subject, &notice));
	reply_text(request, TEXT("application/pdf"), notice.pdf);
	return OK;
}

static Error get_receipt(Request *request)
{
	Text document, action = request_parameter(request, TEXT("action"));
	bool is_duty = text_is(action, TEXT("duty"));
	if (!is_duty && !text_is(action, TEXT("acknowledge"))) return fail(request->call, NOT_FOUND, "no receipt of that");
	TRY(party_receipt(request->call, request->subject, is_duty ? "duty" : "acknowledge", &document));
	reply_text(request, TEXT("text/plain; charset=utf-8"), document);
	return OK;
}

static Error get_duty(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	const Party *party = request->subject;
	PartyStatement said;
	TRY(party_duty(call, party, &said));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", party->ref);
	json_put_filled(&writer, "vendor", party->vendor);
	json_put_text(&writer, "reported_at", clock_iso(call->arena, said.at));
	json_key(&writer, TEXT("report"));
	put_values(&writer, said.form, said.values);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

typedef struct ClaimForm {
	Text code;
} ClaimForm;
static const FieldSpec claim_fields[] = { { "code", FIELD_TEXT, offsetof(ClaimForm, code), .required = true, .max_length = 60 } };
static const FormSpec claim_form = { .fields = claim_fields, .field_count = COUNT(claim_fields), .struct_size = sizeof(ClaimForm) };

static Error show_code(Request *request)
{
	const ClaimForm *form = request->form;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text number;
	TRY(party_claim(request->call, form->code, request->address, &number));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", number);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

/* Without a second factor the operations show nothing; a token has its owner's. */
#define ACCOUNT .may = ROLE_REPORTER
static const Route routes[] = {
	{ GET, "/api/v1/parties", get_list, ACCOUNT, .scope = SCOPE_CASE_READ,
		.summary = "The parties of one's own organisation, or team; with since=: those that changed from that instant on, oldest "
			   "change first; with state=: those that wait in it, for coordinators" },
	{ POST, "/api/v1/parties/claim", show_code, ACCOUNT, .scope = SCOPE_CASE_WRITE, .form = &claim_form, .weight = 10,
		.summary = "Show the claim code of a letter to a vendor; it opens nothing" },
	{ GET, "/api/v1/parties/:ref", get_one, ACCOUNT, .scope = SCOPE_CASE_READ, .subject = party_load,
		.summary = "A vendor's part in a casefile" },
	{ GET, "/api/v1/parties/:ref/notice", get_notice, ACCOUNT, .scope = SCOPE_CASE_READ, .subject = party_load,
		.summary = "The reader's own copy of the notice as a text; recorded" },
	{ GET, "/api/v1/parties/:ref/notice/pdf", get_notice_pdf, ACCOUNT, .scope = SCOPE_CASE_READ, .subject = party_load,
		.summary = "The reader's own copy of the notice as a PDF that bears the reader's mark; recorded" },
	{ GET, "/api/v1/parties/:ref/receipts/:action", get_receipt, ACCOUNT, .scope = SCOPE_CASE_READ, .subject = party_load,
		.summary = "The signed receipt of an acknowledgement or of the report to the national platform" },
	{ GET, "/api/v1/parties/:ref/duty", get_duty, ACCOUNT, .scope = SCOPE_CASE_READ, .subject = party_load,
		.summary = "What the vendor reported to the national platform" },
	{ POST, "/api/v1/parties/:ref/actions/:action", act, ACCOUNT, .scope = SCOPE_CASE_WRITE, .subject = party_load,
		.form = &action_request_form, .summary = "Carry out an action of the party's workflow" },
	{ POST, "/api/v1/parties/:ref/threads/:audience", write_message, ACCOUNT, .scope = SCOPE_CASE_WRITE, .subject = party_load,
		.form = &thread_say_form, .summary = "Write to a conversation of a party" },
	{ GET, "/api/v1/parties/:ref/threads/:audience", thread_get, .about = &party_thread_matter, ACCOUNT, .scope = SCOPE_CASE_READ,
		.subject = party_load, .summary = "A conversation of a party; before= a message: earlier ones" },
	{ POST, "/api/v1/parties/:ref/threads/:audience/read", thread_mark, .about = &party_thread_matter, ACCOUNT,
		.scope = SCOPE_CASE_WRITE, .subject = party_load, .form = &thread_mark_form,
		.summary = "Mark a conversation of a party as read" },
	{ POST, "/api/v1/parties/:ref/threads/:audience/files", thread_begin_file, .about = &party_thread_matter, ACCOUNT,
		.scope = SCOPE_CASE_WRITE, .subject = party_load, .form = &upload_begin_form,
		.summary = "Begin the upload of a file for a message; its ref goes into files of the message" },
	{ PUT, "/api/v1/parties/:ref/threads/:audience/files/:file", thread_send_part, .about = &party_thread_matter, ACCOUNT,
		.scope = SCOPE_CASE_WRITE, .subject = party_load, .form = &upload_part_form,
		.summary = "One part of a file for a message" },
	{ POST, "/api/v1/parties/:ref/threads/:audience/files/:file/finish", thread_finish_file, .about = &party_thread_matter, ACCOUNT,
		.scope = SCOPE_CASE_WRITE, .subject = party_load, .summary = "Finish the upload of a file for a message" },
	{ GET, "/api/v1/parties/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &party_thread_matter, ACCOUNT,
		.scope = SCOPE_CASE_READ, .subject = party_load, .summary = "Download a file of a message" },
};
const RouteTable party_api_routes = { "subject/party API", routes, COUNT(routes) };
