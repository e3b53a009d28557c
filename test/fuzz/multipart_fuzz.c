/* Any bytes as a multipart body: cut in pieces it means the same as in one, and nothing of it is a path or a broken text. */
#include "face/http/http_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static HttpSite *site;

/* Parses in pieces of `piece` bytes; what was understood as one text. */
static Text understood(Arena *arena, Text body, size_t piece)
{
	Call *call = arena_new_of(arena, Call);
	*call = (Call) { .arena = arena, .actor = &actor_visitor };
	Request *request = request_new(call, POST);
	request->exchange->site = site;
	Multipart *multipart = multipart_new(request, TEXT("b"));
	Error error = OK;
	for (size_t at = 0; error == OK && at < body.length; at += piece)
		error = multipart_add(multipart, text_slice(body, at, at + piece));
	if (error == OK) error = multipart_finish(multipart);
	Buffer out = { .arena = arena };
	buffer_put(&out, text_from(error_name(error)));
	for (size_t i = 0; i < request->exchange->form.count; i++) {
		const FormValue *value = &request->exchange->form.at[i];
		must(text_is_utf8(value->name) && value->name.length && text_is_utf8(value->value));
		buffer_printf(&out, "|%.*s=%.*s", TEXT_ARGS(value->name), TEXT_ARGS(value->value));
	}
	for (size_t i = 0; i < request->exchange->uploads.count; i++) {
		const Upload *upload = &request->exchange->uploads.at[i];
		must(!text_find(upload->name, TEXT("/"), NULL) && !text_has_control(upload->name, false) && upload->name.length < 256);
		buffer_printf(&out, "|%.*s:%lld", TEXT_ARGS(upload->name), (long long)upload->size_bytes);
	}
	body_close(request->exchange);
	return buffer_text(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	if (!site) {
		Call call = { .arena = arena, .actor = &actor_visitor };
		must(http_site_open(&call, &(HttpOptions) { 0 }, &site) == OK);
	}
	Text body = { (const char *)data, size };
	Text whole = understood(arena, body, size ? size : 1);
	if (!text_starts(whole, TEXT("OK"))) return 0; /* how far a refused body was understood may differ */
	must(text_is(whole, understood(arena, body, 1)));
	must(text_is(whole, understood(arena, body, 7)));
	return 0;
}
