/* Forged requests: what another site's page makes a browser send. */
#include "face/http/http_private.h"

static bool is_of_visitor(const Request *request)
{
	const Actor *actor = request->call->actor;
	return !actor->person_id && !actor->claim_key.length;
}

/* A browser never adds a bearer token by itself, so nobody can be made to send one. */
static bool has_token(const Request *request) { return request->call->actor->person_id && !request->call->actor->session_id; }

Error guard_origin(const Request *request)
{
	Text site = request_header(request, TEXT("Sec-Fetch-Site")), origin = request_header(request, TEXT("Origin"));
	if (request->method == GET || (request->route && request->route->address_is_key)) return OK;
	if (site.at) {
		if (text_is(site, TEXT("same-origin")) || text_is(site, TEXT("none"))) return OK;
		return fail(request->call, FORBIDDEN, "sent by a page of another site");
	}
	if (!origin.at) return OK;
	Text public_address = request->call->house ? request->call->house->public_address : (Text) { 0 };
	Text host = request_header(request, TEXT("Host"));
	const char *scheme = request->exchange->is_https ? "https" : "http";
	if (host.length && text_is(origin, arena_printf(request->call->arena, "%s://%.*s", scheme, TEXT_ARGS(host)))) return OK;
	if (public_address.length && text_is(origin, public_address)) return OK;
	return fail(request->call, FORBIDDEN, "sent by a page of another origin");
}

static Text visitor_token(Request *request, Text cookie)
{
	Text parts[] = { TEXT("visitor form"), cookie };
	Digest mac = mac_of(&request->exchange->site->visitor_key, parts, COUNT(parts));
	return base64url_text(request->call->arena, DIGEST_TEXT(mac));
}

void guard_prepare_visitor(Request *request)
{
	struct Exchange *exchange = request->exchange;
	if (exchange->hides_credentials || request->is_api || request->csrf_token.length) return;
	Text cookie = request_cookie(request, TEXT("visitor"));
	if (cookie.length < 20 || cookie.length > 64) {
		cookie = token_new(request->call->arena, 16);
		exchange->visitor_cookie = cookie;
	}
	request->csrf_token = visitor_token(request, cookie);
}

Error guard_token(Request *request)
{
	if (request->method == GET || request->route->address_is_key || has_token(request) || (request->is_api && is_of_visitor(request)))
		return OK;
	Text given = request_header(request, TEXT("X-CSRF-Token"));
	if (!given.at) given = request_form_value(request, TEXT("csrf"));
	bool is_made_now = request->exchange->visitor_cookie.at != NULL; /* for this reply: the request cannot know it */
	if (given.length && !is_made_now && request->csrf_token.length && secret_is(given, request->csrf_token)) return OK;
	return fail(request->call, EXPIRED, "the form's token is missing or wrong");
}
