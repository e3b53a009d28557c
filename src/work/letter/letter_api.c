/* Letters for machines: the register, one letter, its files. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/doc/export.h"
#include "people/person/person.h"
#include "work/letter/letter_private.h"

enum { PAGE = 50 };

static void put_letter(JsonWriter *writer, const IssuedLetter *letter)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", letter->ref);
	json_put_text(writer, "number", letter->number);
	json_put_text(writer, "kind", text_from(letter_kind_tag(letter->kind)));
	json_put_text(writer, "matter", letter->matter);
	json_put_text(writer, "recipient", letter->recipient);
	json_put_bool(writer, "sealed", letter->has_seal);
	json_put_text(writer, "written_by", letter->drafter);
	json_put_text(writer, "approved_by", letter->issuer);
	json_put_time(writer, "issued_at", letter->issued_at);
	json_put_time(writer, "voided_at", letter->voided_at);
	json_put_text(writer, "void_reason", letter->voided_at ? letter->reason : (Text) { 0 });
	json_end(writer);
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	IssuedLetters letters;
	LetterQuery query = { .kind = LETTER_KINDS,
		.year = request_query_number(request, TEXT("year")),
		.before = request_query_number(request, TEXT("cursor")) };
	Text kind = request_query(request, TEXT("kind")), words = request_query(request, TEXT("number"));
	if (kind.length && !letter_kind_parse(kind, &query.kind)) return fail(call, USAGE, "kind");
	if (words.at) query.words = words;
	TRY(letter_list(call, &query, PAGE, &letters));
	json_list_begin(request, &page);
	for (size_t i = 0; i < letters.count; i++) put_letter(&page.writer, &letters.at[i]);
	json_list_end(request, &page, cursor_after(call, letters.count == PAGE ? letters.at[PAGE - 1].id : 0));
	return OK;
}

static Error get_one(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	IssuedLetter letter;
	TRY(letter_open(call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), &letter));
	put_letter(&writer, &letter);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_file(Request *request, LetterForm form)
{
	Text name, bytes;
	TRY(letter_file(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), form, &name, &bytes));
	return export_bytes(request, name, bytes);
}
static Error get_pages(Request *request) { return get_file(request, LETTER_PAGES); }
static Error get_word(Request *request) { return get_file(request, LETTER_WORD); }

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_CASE_READ
static const Route rows[] = {
	{ GET, "/api/v1/letters", get_list, OFFICE, .summary = "The register of letters; kind, year and number choose, cursor goes on." },
	{ GET, "/api/v1/letters/:ref", get_one, OFFICE, .summary = "One letter of the register." },
	{ GET, "/api/v1/letters/:ref/pdf", get_pages, OFFICE, .summary = "A letter as PDF; recorded." },
	{ GET, "/api/v1/letters/:ref/docx", get_word, OFFICE, .summary = "A letter as a document of Word; recorded." },
};
const RouteTable letter_api_routes = { "work/letter", rows, COUNT(rows) };
