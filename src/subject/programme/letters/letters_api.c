/* Letters of the programme for machines: the register for the office, without what its reader may not see; and for everybody the letters to them. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "subject/programme/letters/letters.h"

enum { PAGE = 50, OWN_MAX = 50 };

static void put_letter(JsonWriter *json, Arena *arena, const IssuedLetter *letter, Text download)
{
	json_object_begin(json);
	json_put_text(json, "number", letter->number);
	json_put_text(json, "kind", text_from(letter_kind_tag(letter->kind)));
	json_put_text(json, "matter", letter->matter);
	json_put_text(json, "recipient", letter->recipient);
	json_put_bool(json, "sealed", letter->has_seal);
	json_put_text(json, "issued_at", clock_iso(arena, letter->issued_at));
	json_put_time(json, "voided_at", letter->voided_at);
	json_put_text(json, "download", download);
	json_end(json);
}

/* ---- The register: a page goes on after the last one that was looked at, whether it is shown or not */
static Error get_register(Request *request)
{
	Call *call = request->call;
	JsonList page;
	IssuedLetters letters;
	LetterQuery query = { .kind = LETTER_KINDS,
		.desk = LETTER_PROGRAMME,
		.year = request_query_number(request, TEXT("year")),
		.before = request_query_number(request, TEXT("cursor")) };
	Text kind = request_query(request, TEXT("kind")), words = request_query(request, TEXT("number"));
	if (kind.length && !letter_kind_parse(kind, &query.kind)) return fail(call, USAGE, "kind");
	if (words.at) query.words = words;
	TRY(letter_list(call, &query, PAGE, &letters));
	json_list_begin(request, &page);
	for (size_t i = 0; i < letters.count; i++) {
		Error error = letters_may_letter(call, letters.at[i].ref);
		if (error == ERROR_NOT_FOUND) call_pass_over(call);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		if (error == OK)
			put_letter(&page.writer, call->arena, &letters.at[i],
				arena_printf(call->arena, "/programme/letters/%.*s/pdf", TEXT_ARGS(letters.at[i].ref)));
	}
	json_list_end(request, &page, cursor_after(call, letters.count == PAGE ? letters.at[PAGE - 1].id : 0));
	return OK;
}

/* ---- One's own: what was issued about the applications of one's organisation, and one's seats */
static Error put_latest(
	JsonWriter *json, Call *call, LetterKind kind, const char *machine, int64_t subject_id, const char *form, Text subject)
{
	IssuedLetter letter;
	bool found = false;
	TRY(letter_latest(call, kind, machine, subject_id, &letter, &found));
	if (!found) return OK;
	put_letter(json, call->arena, &letter,
		arena_printf(
			call->arena, "/%s/%.*s/%s", strcmp(machine, "panel-seat") ? "applications" : "panels", TEXT_ARGS(subject), form));
	return OK;
}

static Error put_of_application(JsonWriter *json, Call *call, const ApplicationLine *line)
{
	Inspection *inspection = arena_new_of(call->arena, Inspection);
	ObjectionsOfUnit objections;
	TRY(put_latest(json, call, LETTER_ROUND_CORRECTION, application_machine.name, line->id, "return.pdf", line->ref));
	TRY(objection_of_unit(call, line->ref, &objections));
	for (size_t i = 0; i < objections.count; i++) {
		const ObjectionOfUnit *one = &objections.at[i];
		Text form = arena_printf(call->arena, "objections/%.*s/letter", TEXT_ARGS(one->ref));
		if (one->has_letter)
			TRY(put_latest(json, call, LETTER_ROUND_OBJECTION_UNIT, objection_machine.name, one->id, form.at, line->ref));
	}
	Error error = inspection_open_own(call, line->ref, inspection);
	if (error == ERROR_NOT_FOUND || error == ERROR_FORBIDDEN) {
		call_pass_over(call);
		return OK;
	}
	TRY(error);
	return put_latest(json, call, LETTER_ROUND_INSPECTION, inspection_machine.name, inspection->id, "inspection/notice.pdf", line->ref);
}

static Error put_of_seats(JsonWriter *json, Call *call)
{
	OwnSeats seats = { 0 };
	if (!actor_has(call->actor, ROLE_EXPERT)) return OK;
	Error error = panel_own_seats(call, 0, OWN_MAX, &seats);
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(call);
		return OK;
	}
	TRY(error);
	for (size_t i = 0; i < seats.count; i++)
		TRY(put_latest(json, call, LETTER_ROUND_INVITATION, "panel-seat", seats.at[i].id, "invitation.pdf", seats.at[i].panel));
	return OK;
}

static Error get_own(Request *request)
{
	Call *call = request->call;
	JsonList page;
	ApplicationLines lines = { 0 };
	TRY(application_own(call, 0, OWN_MAX, &lines));
	json_list_begin(request, &page);
	for (size_t i = 0; i < lines.count; i++) TRY(put_of_application(&page.writer, call, &lines.at[i]));
	TRY(put_of_seats(&page.writer, call));
	json_list_end(request, &page, (Text) { 0 });
	return OK;
}

static const Route rows[] = {
	{ GET, "/api/v1/programme/letters", get_register, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true,
		.scope = SCOPE_PROGRAMME,
		.summary = "The register of the programme's letters; kind, year and number choose, cursor goes on." },
	{ GET, "/api/v1/programme/letters/own", get_own, .may = ROLE_PEOPLE, .scope = SCOPE_PROGRAMME,
		.summary = "Letters to the actor: about the applications of their organisation, and about their seats on panels." },
};
const RouteTable programme_letter_api_routes = { "subject/programme API", rows, COUNT(rows) };
