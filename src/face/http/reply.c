/* Replies: what handlers say, and the headers every reply carries. */
#include "face/http/http_private.h"

#include <unistd.h>

const char permissions_policy[] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

static bool is_token(Text name)
{
	for (size_t i = 0; i < name.length; i++) {
		char c = name.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (!c || !strchr("!#$%&'*+-.^_`|~", c))) return false;
	}
	return name.length > 0;
}

/* A header's value never contains a control character, so that no value becomes a second header. */
static Text header_value(Arena *arena, Text value)
{
	Text copy = arena_copy(arena, value.at ? value : TEXT(""));
	if (!text_has_control(copy, false)) return copy;
	Buffer clean = { .arena = arena };
	for (size_t i = 0; i < copy.length; i++) {
		unsigned char c = (unsigned char)copy.at[i];
		buffer_byte(&clean, c < 0x20 || c == 0x7F ? ' ' : (char)c);
	}
	return buffer_text(&clean);
}

void reply_header(Request *request, Text name, Text value)
{
	must(is_token(name));
	Arena *arena = request->call->arena;
	ReplyHeader header = { arena_copy(arena, name), header_value(arena, value) };
	list_add(arena, &request->reply.headers, header);
}

Text reply_header_value(const Request *request, Text name)
{
	for (size_t i = 0; i < request->reply.headers.count; i++)
		if (text_is_nocase(request->reply.headers.at[i].name, name)) return request->reply.headers.at[i].value;
	return (Text) { 0 };
}

void reply_text(Request *request, Text content_type, Text body)
{
	request->reply.content_type = header_value(request->call->arena, content_type);
	request->reply.body = body;
}

void reply_html(Request *request, Text body) { reply_text(request, TEXT("text/html; charset=utf-8"), body); }
void reply_json(Request *request, Text body) { reply_text(request, TEXT("application/json"), body); }

bool path_is_local(Text path)
{
	if (!path.length || path.at[0] != '/' || path.length > TARGET_BYTES_MAX) return false;
	if (path.length > 1 && (path.at[1] == '/' || path.at[1] == '\\')) return false;
	return !memchr(path.at, '\\', path.length) && !text_has_control(path, false) && text_is_utf8(path);
}

/* Bytes that may not stand in an address are escaped; escapes that are there already stay. */
Text address_escape(Arena *arena, Text path, const char *also_fine)
{
	Buffer escaped = { .arena = arena };
	for (size_t i = 0; i < path.length; i++) {
		unsigned char c = (unsigned char)path.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (letter || (c && strchr("-._~", c)) || (c && strchr(also_fine, c)))
			buffer_byte(&escaped, (char)c);
		else
			buffer_printf(&escaped, "%%%02X", c);
	}
	return buffer_text(&escaped);
}

Error reply_redirect(Request *request, Text local_path)
{
	if (!path_is_local(local_path)) return fail(request->call, USAGE, "redirect to what is no local path");
	request->reply.status = 303;
	reply_header(request, TEXT("Location"), address_escape(request->call->arena, local_path, "/?#&=%+:;,!*'()@$"));
	return OK;
}

void reply_download(Request *request, Text name, int descriptor, int64_t size_bytes)
{
	Arena *arena = request->call->arena;
	Buffer plain = { .arena = arena };
	for (size_t i = 0; i < name.length; i++) {
		unsigned char c = (unsigned char)name.at[i];
		buffer_byte(&plain, c < 0x20 || c >= 0x7F || strchr("\"\\/%", c) ? '_' : (char)c);
	}
	request->reply.content_type = TEXT("application/octet-stream");
	request->reply.descriptor = descriptor;
	request->reply.descriptor_bytes = size_bytes;
	Text plain_name = buffer_text(&plain), full_name = address_escape(arena, name, "");
	Text disposition =
		arena_printf(arena, "attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s", TEXT_ARGS(plain_name), TEXT_ARGS(full_name));
	reply_header(request, TEXT("Content-Disposition"), disposition);
	reply_header(request, TEXT("Content-Security-Policy"), TEXT("sandbox; default-src 'none'; frame-ancestors 'none'"));
}

void reply_cookie(Request *request, Text name, Text value, int64_t max_age_seconds)
{
	must(is_token(name));
	for (size_t i = 0; i < value.length; i++) must(value.at[i] > 0x20 && value.at[i] < 0x7F && !strchr("\",;\\", value.at[i]));
	Text full = cookie_name(request, name);
	const char *secure = request->exchange->is_https ? "; Secure" : "";
	reply_header(request, TEXT("Set-Cookie"),
		arena_printf(request->call->arena, "%.*s=%.*s; Path=/; Max-Age=%lld%s; HttpOnly; SameSite=Lax", TEXT_ARGS(full),
			TEXT_ARGS(value), (long long)max_age_seconds, secure));
}

void reply_public(Request *request, Text depends_on)
{
	request->reply.cacheable = true;
	list_add(request->call->arena, &request->reply.depends_on, arena_copy(request->call->arena, depends_on));
}

void reply_reset(Request *request)
{
	if (request->reply.descriptor > 0) close(request->reply.descriptor);
	request->reply = (Reply) { 0 };
}

void reply_limit_headers(Request *request)
{
	const struct Exchange *exchange = request->exchange;
	Arena *arena = request->call->arena;
	if (!exchange->limit) return;
	reply_header(request, TEXT("RateLimit-Limit"), arena_printf(arena, "%lld", (long long)exchange->limit));
	reply_header(request, TEXT("RateLimit-Remaining"), arena_printf(arena, "%lld", (long long)exchange->remaining));
	reply_header(request, TEXT("RateLimit-Reset"), arena_printf(arena, "%lld", (long long)exchange->reset_seconds));
}

Text content_policy(const Request *request)
{
	if (!text_starts(request->reply.content_type, TEXT("text/html"))) return TEXT("default-src 'none'; frame-ancestors 'none'");
	return TEXT("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
		    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
}

static bool is_long_secret(Text secret) { return secret.length >= 20; }

/* Whether the body repeats a credential of this very request: a page never has a reason to. */
static bool body_tells_credential(Request *request)
{
	const struct Exchange *exchange = request->exchange;
	Text body = request->reply.body, visitor = cookie_name(request, TEXT("visitor"));
	for (size_t i = 0; i < exchange->headers.count; i++) {
		Text name = exchange->headers.at[i].name, value = exchange->headers.at[i].value;
		if (text_is_nocase(name, TEXT("authorization"))) {
			Text token = text_starts(value, TEXT("Bearer ")) ? text_trim(text_slice(value, 7, value.length)) : value;
			if (is_long_secret(token) && text_find(body, token, NULL)) return true;
		}
		if (!text_is_nocase(name, TEXT("cookie"))) continue;
		for (Text rest = value, pair; text_next(&rest, ';', &pair);) {
			Text secret = text_trim(pair), key;
			text_next(&secret, '=', &key);
			if (!text_is(key, visitor) && secret.at && is_long_secret(secret) && text_find(body, secret, NULL)) return true;
		}
	}
	return false;
}

static void header_unless_there(Request *request, const char *name, Text value)
{
	if (!reply_header_value(request, text_from(name)).at) reply_header(request, text_from(name), value);
}

void reply_seal(Request *request, Error error)
{
	Reply *reply = &request->reply;
	struct Exchange *exchange = request->exchange;
	if (!exchange->hides_credentials && reply->body.length && body_tells_credential(request)) {
		call_recover(request->call);
		error = fail(request->call, INTERNAL, "the reply repeated a credential of its request");
		reply_failure(request, error);
	}
	if (!reply->status) reply->status = 200;
	if (!request->route || !request->route->is_public || reply->status != 200 || reply->descriptor > 0) reply->cacheable = false;
	bool is_page = text_starts(reply->content_type, TEXT("text/html"));
	if (is_page && exchange->visitor_cookie.at && !reply_header_value(request, TEXT("Set-Cookie")).at)
		reply_cookie(request, TEXT("visitor"), exchange->visitor_cookie, 30 * 86400);
	if (request->is_api) reply_limit_headers(request);
	if (reply->content_type.at) reply_header(request, TEXT("Content-Type"), reply->content_type);
	header_unless_there(request, "Content-Security-Policy", content_policy(request));
	header_unless_there(request, "X-Content-Type-Options", TEXT("nosniff"));
	header_unless_there(request, "Referrer-Policy", TEXT("same-origin"));
	header_unless_there(request, "Cross-Origin-Opener-Policy", TEXT("same-origin"));
	header_unless_there(request, "Permissions-Policy", text_from(permissions_policy));
	if (exchange->site->sends_hsts)
		header_unless_there(request, "Strict-Transport-Security", TEXT("max-age=31536000; includeSubDomains"));
	if (!reply->cacheable) header_unless_there(request, "Cache-Control", TEXT("no-store"));
}
