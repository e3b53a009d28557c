/* What handlers may ask of a request. */
#include "face/http/http_private.h"

Request *request_new(Call *call, Method method)
{
	Request *request = arena_new_of(call->arena, Request);
	request->call = call;
	request->method = method;
	request->address = TEXT("127.0.0.1");
	request->path = TEXT("/");
	request->csrf_token = TEXT("");
	request->exchange = arena_new_of(call->arena, struct Exchange);
	request->exchange->method_is_known = true;
	request->exchange->is_loopback = true;
	return request;
}

void request_set_header(Request *request, Text name, Text value)
{
	ReplyHeader header = { arena_copy(request->call->arena, name), arena_copy(request->call->arena, value) };
	list_add(request->call->arena, &request->exchange->headers, header);
}

void request_set_body(Request *request, Text content_type, Text body)
{
	request_set_header(request, TEXT("Content-Type"), content_type);
	request->exchange->body.bytes = body;
	request->exchange->body.size_bytes = (int64_t)body.length;
}

FormValue *form_value(const FormValues *values, Text name)
{
	for (size_t i = 0; i < values->count; i++)
		if (text_is(values->at[i].name, name)) return &values->at[i];
	return NULL;
}

Text request_query(const Request *request, Text name)
{
	FormValue *found = form_value(&request->exchange->target.query, name);
	if (!found) return (Text) { 0 };
	found->is_asked = true;
	return found->value;
}

int64_t request_query_number(const Request *request, Text name)
{
	int64_t number = 0;
	Text value = request_query(request, name);
	return value.at && text_to_int(value, &number) && number > 0 ? number : 0;
}

Text request_form_value(const Request *request, Text name)
{
	const FormValue *found = form_value(&request->exchange->form, name);
	return found ? found->value : (Text) { 0 };
}

Text request_header(const Request *request, Text name)
{
	const struct Exchange *exchange = request->exchange;
	bool is_credential = text_is_nocase(name, TEXT("cookie")) || text_is_nocase(name, TEXT("authorization"));
	if (is_credential && exchange->hides_credentials) return (Text) { 0 };
	for (size_t i = 0; i < exchange->headers.count; i++)
		if (text_is_nocase(exchange->headers.at[i].name, name)) return exchange->headers.at[i].value;
	return (Text) { 0 };
}

Text cookie_name(const Request *request, Text name)
{
	return request->exchange->is_https ? arena_printf(request->call->arena, "__Host-%.*s", TEXT_ARGS(name)) : name;
}

Text request_cookie(const Request *request, Text name)
{
	Text wanted = cookie_name(request, name);
	for (Text rest = request_header(request, TEXT("Cookie")), pair; text_next(&rest, ';', &pair);) {
		Text value = text_trim(pair), key;
		text_next(&value, '=', &key);
		if (value.at && text_is(key, wanted)) return value;
	}
	return (Text) { 0 };
}

Text request_parameter(const Request *request, Text name)
{
	size_t index = 0;
	if (!request->route) return (Text) { 0 };
	for (Text rest = text_from(request->route->path), segment; text_next(&rest, '/', &segment);) {
		if (!segment.length || segment.at[0] != ':') continue;
		if (text_is(text_slice(segment, 1, segment.length), name)) return request->parameters[index];
		index++;
	}
	return (Text) { 0 };
}

Text request_public_path(const Request *request, Text path)
{
	if (request->call->lang != LANG_EN) return path;
	return arena_printf(request->call->arena, "/en%.*s", text_is(path, TEXT("/")) ? 0 : (int)path.length, path.at);
}

Text request_local_path(Text candidate, Text otherwise) { return path_is_local(candidate) ? candidate : otherwise; }

Json request_json(const Request *request) { return request->exchange->json; }

int request_body_descriptor(const Request *request, int64_t *out_size_bytes, Digest *out_sha256)
{
	Body *body = &request->exchange->body;
	if (body->descriptor <= 0) return -1;
	if (out_size_bytes) *out_size_bytes = body->size_bytes;
	if (out_sha256) *out_sha256 = body->sha256;
	return body->descriptor;
}
