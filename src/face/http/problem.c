/* A failed call as a reply: the form again, a page, or a problem (RFC 9457). */
#include "base/base/log.h"
#include "face/http/http_private.h"

static void put_problems(JsonWriter *json, const Call *call)
{
	json_key(json, TEXT("errors"));
	json_array_begin(json);
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		const Problem *problem = &call->failure.problems.at[i];
		json_object_begin(json);
		json_put_text(json, "field", problem->field.at ? problem->field : TEXT(""));
		json_put_text(json, "detail", problem_text(call->arena, call->lang, problem));
		json_end(json);
	}
	json_end(json);
}

static void show_problem(Request *request, Error error, int status)
{
	Call *call = request->call;
	if (request->exchange->hides_credentials) language_wanted(request, &call->lang); /* a problem is never kept for others */
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "type", TEXT("about:blank"));
	json_put_text(&json, "title", tr(call->lang, error_message(error)));
	json_put_int(&json, "status", status);
	json_put_text(&json, "code", text_from(error_name(error)));
	if (call->failure.problems.count) put_problems(&json, call);
	json_end(&json);
	json_finish(&json);
	reply_text(request, TEXT("application/problem+json"), buffer_text(&buffer));
	reply_header(request, TEXT("Content-Language"), lang_tag(call->lang));
}

void reply_problem(Request *request, Error error, int status)
{
	if (request->is_api)
		show_problem(request, error, status);
	else
		reply_text(request, TEXT("text/plain; charset=utf-8"), tr(request->call->lang, error_message(error)));
}

/* A page is always found for people, also before app/ has given one. */
static void show_page(Request *request, Error error)
{
	const HttpHooks *hooks = &request->exchange->site->options.hooks;
	if (hooks->show_error) hooks->show_error(request, error);
	if (!request->reply.body.length) reply_problem(request, error, error_http_status(error));
}

static bool wants_login(const Request *request, Error error)
{
	return error == ERROR_UNAUTHENTICATED && request->method == GET && !request->is_api && request->exchange->match.route;
}

static Error redirect_to_login(Request *request)
{
	const struct Exchange *exchange = request->exchange;
	Arena *arena = request->call->arena;
	Buffer next = { .arena = arena };
	buffer_put(&next, TEXT("/login?next="));
	buffer_put(&next, address_escape(arena, exchange->target.raw, ""));
	return reply_redirect(request, buffer_text(&next));
}

/* The form's page again, with all that was typed. False when there is none, or it failed too. */
static bool show_form_again(Request *request, Error error)
{
	const Route *route = request->route;
	if ((error != ERROR_INVALID && error != ERROR_EXPIRED) || request->is_api || !route || !route->retry) return false;
	if (route->retry(request) == OK && request->reply.body.length) return true;
	reply_reset(request);
	return false;
}

static void put_error_headers(Request *request, Error error)
{
	const Failure *failure = &request->call->failure;
	Arena *arena = request->call->arena;
	int wait = failure->retry_after_seconds;
	if (!wait && error_http_status(error) == 503) wait = 5;
	if (wait) reply_header(request, TEXT("Retry-After"), arena_printf(arena, "%d", wait));
	if (error == ERROR_METHOD) reply_header(request, TEXT("Allow"), request->exchange->match.allow);
	if (error == ERROR_UNAUTHENTICATED && request->is_api) reply_header(request, TEXT("WWW-Authenticate"), TEXT("Bearer"));
	if (error == ERROR_TOO_MANY && !request->is_api) reply_limit_headers(request);
}

void reply_failure(Request *request, Error error)
{
	int status = error_http_status(error);
	if (status >= 500) log_failure(LOG_ERROR, "request-failed", request->call);
	reply_reset(request);
	if (wants_login(request, error) && redirect_to_login(request) == OK) return;
	if (!show_form_again(request, error)) {
		if (request->is_api)
			reply_problem(request, error, status);
		else
			show_page(request, error);
	}
	request->reply.status = status;
	request->reply.cacheable = false;
	put_error_headers(request, error);
}
