/* The vendors of a casefile for machines of coordinators: in pages, and many at once. */
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/vendors_view.h"

enum { PAGE = 50 };

static Error get_list(Request *request)
{
	Call *call = request->call;
	const Casefile *casefile = request->subject;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	PartyLines lines;
	int64_t cursor;
	Text state = request_query(request, TEXT("state"));
	TRY(request_cursor(request, &cursor));
	if (state.at && !workflow_state(&party_machine, state)) return fail(call, USAGE, "state");
	PartyFilter where = { .state = state.at ? state : TEXT("") };
	TRY(party_list_where(call, casefile->id, &where, cursor, PAGE, &lines));
	json_object_begin(&writer);
	TRY(parties_json(&writer, call, &lines, true));
	json_put_text(&writer, "next_cursor", cursor_after(call, lines.count == PAGE ? lines.at[PAGE - 1].id : 0));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

typedef struct ManyForm {
	Texts parties;
	Text partner;
	bool preview;
} ManyForm;
static const FieldSpec many_fields[] = { { "parties", FIELD_TEXTS, offsetof(ManyForm, parties), .required = true, .max_length = 40 },
	{ "partner", FIELD_TEXT, offsetof(ManyForm, partner), .max_length = 40 }, { "preview", FIELD_BOOL, offsetof(ManyForm, preview) } };
static const FormSpec many_form = { .fields = many_fields,
	.field_count = COUNT(many_fields),
	.struct_size = sizeof(ManyForm),
	.max_body_bytes = 1024 * 1024,
	.takes_more = true };

static void reply_lines(Request *request, const PartyManyLines *lines)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_key(&writer, TEXT("parties"));
	json_array_begin(&writer);
	for (size_t i = 0; i < lines->count; i++) {
		const PartyManyLine *line = &lines->at[i];
		json_object_begin(&writer);
		json_put_text(&writer, "ref", line->ref);
		json_put_bool(&writer, "done", !line->why_not);
		if (line->why_not) json_put_text(&writer, "why_not", tr(request->call->lang, line->why_not));
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
}

/* The notice stands in the member "notice", so that its fields are nobody else's. */
static Error notice_of(Request *request, Map **out)
{
	Json notice = json_get(request_json(request), "notice");
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (json_kind(notice) == JSON_OBJECT)
		json_copy(&writer, notice);
	else
		buffer_put(&buffer, TEXT("{}"));
	return form_values_read(request->call, party_action_form("party-notify-many"), buffer_text(&buffer), out);
}

static Error hand_out(Request *request, const ManyForm *form, const Map *notice)
{
	Text ref;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	DeliveryOrder order = { .casefile_id = ((const Casefile *)request->subject)->id,
		.partner = form->partner.at ? form->partner : TEXT(""),
		.parties = form->parties.at,
		.count = form->parties.count,
		.notice = notice };
	TRY(delivery_send(request->call, &order, &ref));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", ref);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error do_many(Request *request)
{
	Call *call = request->call;
	const ManyForm *form = request->form;
	Text what = request_parameter(request, TEXT("what"));
	Map *notice;
	PartyManyLines lines;
	PartyMany many = { .casefile_id = ((const Casefile *)request->subject)->id,
		.action = what,
		.refs = form->parties.at,
		.count = form->parties.count };
	TRY(notice_of(request, &notice));
	if (!form->preview && text_is(what, TEXT("channel"))) return hand_out(request, form, notice);
	TRY(form->preview ? party_many_preview(call, &many, &lines) : party_many_act(call, &many, notice, &lines));
	reply_lines(request, &lines);
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/casefiles/:ref/parties", get_list, .may = ROLE_COORDINATOR, .scope = SCOPE_CASE_READ, .subject = casefile_load,
		.summary = "The vendors of a casefile in the order they were named; state= and cursor=" },
	{ POST, "/api/v1/casefiles/:ref/parties/:what", do_many, .may = ROLE_COORDINATOR, .scope = SCOPE_CASE_WRITE,
		.subject = casefile_load, .form = &many_form,
		.summary = "Notify, remind or escalate the vendors named in “parties”, or (channel) hand letters to a partner; with "
			   "“preview” nothing is done" },
};
const RouteTable vendors_api_routes = { "subject/casefile vendors API", routes, COUNT(routes) };
