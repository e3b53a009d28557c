/* The register for machines. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "store/ledger/ledger.h"
#include "work/certificate/certificate.h"

enum { PAGE = 100, CHANGES_AT_ONCE = 1000 };

static void put_members(JsonWriter *json, Call *call, const Certificate *certificate)
{
	const CertificateOrder *is = &certificate->is;
	json_put_text(json, "number", certificate->number);
	json_put_text(json, "kind", text_from(certificate_kind_tag(is->kind)));
	json_put_text(json, "state", text_from(certificate_state(certificate, call->now)->name));
	json_put_bool(json, "holds", certificate_holds(certificate, call->now));
	json_put_text(json, "holder", is->holder);
	json_put_text(json, "holder_en", is->holder_en);
	json_put_text(json, "credit_code", is->credit_code);
	json_put_text(json, "direction", is->direction);
	json_put_int(json, "stars", is->stars);
	json_put_text(json, "subject", is->subject);
	json_put_text(json, "class", is->class_tag);
	json_put_text(json, "level", is->level);
	json_put_text(json, "document", is->document);
	json_put_text(json, "replaces", is->replaces);
	json_put_time(json, "from", is->from_at);
	json_put_time(json, "until", is->until_at);
	json_put_time(json, "issued_at", certificate->issued_at);
	json_put_text(json, "file_sha256", certificate->file_sha256);
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Certificates list;
	Text words = request_query(request, TEXT("q")), kind = request_query(request, TEXT("kind"));
	CertificateQuery query = {
		.kind = CERTIFICATE_KINDS, .words = words.at ? words : TEXT(""), .before = request_query_number(request, TEXT("cursor"))
	};
	if (kind.length && !certificate_kind_parse(kind, &query.kind)) return fail(call, USAGE, "kind");
	TRY(certificate_list(call, &query, PAGE, &list));
	json_list_begin(request, &page);
	for (size_t i = 0; i < list.count; i++) {
		json_object_begin(&page.writer);
		put_members(&page.writer, call, &list.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, list.count == PAGE ? list.at[PAGE - 1].id : 0));
	return OK;
}

static Error get_one(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Certificate certificate;
	CertificateSteps steps;
	TRY(certificate_find(call, request_parameter(request, TEXT("number")), &certificate));
	TRY(certificate_steps(call, certificate.id, &steps));
	json_object_begin(&json);
	put_members(&json, call, &certificate);
	json_key(&json, TEXT("history"));
	json_array_begin(&json);
	for (size_t i = 0; i < steps.count; i++) {
		json_object_begin(&json);
		json_put_text(&json, "action", steps.at[i].action);
		json_put_text(&json, "state", steps.at[i].state);
		json_put_text(&json, "reason", steps.at[i].reason);
		json_put_text(&json, "document", steps.at[i].document);
		json_put_time(&json, "at", steps.at[i].at);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

/* Numbers of certificates that changed after `since`; whoever goes on with next_since misses none. */
static Error get_changes(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Changes changes;
	int64_t since = request_query_number(request, TEXT("since"));
	TRY(change_since(call, since, CHANGES_AT_ONCE, &changes));
	json_object_begin(&json);
	json_key(&json, TEXT("items"));
	json_array_begin(&json);
	for (size_t i = 0; i < changes.count; i++) {
		since = changes.at[i].number;
		if (!text_is(changes.at[i].kind, TEXT("certificate"))) continue;
		json_object_begin(&json);
		json_put_text(&json, "number", changes.at[i].ref);
		json_put_time(&json, "at", changes.at[i].at);
		json_end(&json);
	}
	json_end(&json);
	json_put_int(&json, "next_since", since);
	json_put_bool(&json, "more", changes.count == CHANGES_AT_ONCE);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/api/v1/certificates", get_list, PUBLIC, .summary = "The register of certificates; q and kind choose, cursor goes on." },
	{ GET, "/api/v1/certificates/changes", get_changes, PUBLIC,
		.summary = "Which certificates changed after since; next_since goes on." },
	{ GET, "/api/v1/certificates/:number", get_one, PUBLIC, .summary = "A certificate with its history." },
};
const RouteTable certificate_api_routes = { "work/certificate", routes, COUNT(routes) };
