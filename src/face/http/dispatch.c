/* One request: route, who, body, forged or not, subject, form, handler, reply. */
#include "base/base/clock.h"
#include "face/http/http_private.h"

#include <stdlib.h>

static bool is_built_in(const Route *route)
{
	for (size_t i = 0; i < built_in_routes.count; i++)
		if (route == &built_in_routes.rows[i]) return true;
	return false;
}

Error exchange_route(Request *request, Text target)
{
	struct Exchange *exchange = request->exchange;
	Call *call = request->call;
	request->is_api = text_starts(target, TEXT("/api/")) || text_starts(target, TEXT("/en/api/"));
	TRY(target_parse(call, target, &exchange->target));
	request->path = exchange->target.path;
	request->is_api = text_starts(request->path, TEXT("/api/"));
	request->is_english_address = exchange->target.is_english;
	routes_match(exchange->site->routes, &exchange->target, exchange->method_is_known, request->method, call->arena, &exchange->match);
	request->route = exchange->match.route;
	memcpy(request->parameters, exchange->match.parameters, sizeof(request->parameters));
	exchange->hides_credentials = request->route && request->route->is_public;
	if (!exchange->match.of_address) return fail(call, NOT_FOUND, "no such address");
	if (!request->route) return fail(call, METHOD, "not by this method");
	return OK;
}

void language_wanted(const Request *request, Lang *out)
{
	for (Text rest = request_header(request, TEXT("Accept-Language")), piece; text_next(&rest, ',', &piece);) {
		Text tag = text_trim(piece), bare;
		if (text_next(&tag, ';', &bare) && lang_parse(text_trim(bare), out)) return;
	}
}

/* A public address says its language; elsewhere what the reader has chosen does, else the browser, until the account is known. */
static void choose_language(Request *request)
{
	Lang *lang = &request->call->lang;
	*lang = request->is_english_address ? LANG_EN : LANG_ZH;
	if (request->is_english_address || request->exchange->hides_credentials) return;
	language_wanted(request, lang);
	Lang chosen;
	if (lang_parse(request_cookie(request, TEXT("lang")), &chosen)) *lang = chosen;
}

static Error take_share(Request *request, Limiter *limiter, Text who)
{
	LimitState state;
	struct Exchange *exchange = request->exchange;
	if (!limiter || (request->route && is_built_in(request->route))) return OK;
	int weight = request->route ? request->route->weight : 1;
	bool granted = limiter_take(limiter, who, weight, clock_monotonic(), &state);
	if (!granted || !exchange->limit || state.remaining < exchange->remaining) {
		exchange->limit = state.limit;
		exchange->remaining = state.remaining;
		exchange->reset_seconds = state.reset_seconds;
	}
	if (granted) return OK;
	request->call->failure.retry_after_seconds = (int)(state.reset_seconds > 0 ? state.reset_seconds : 1);
	return fail(request->call, TOO_MANY, "over %lld a minute", (long long)state.limit);
}

static Error check_permission(Request *request)
{
	const Actor *actor = request->call->actor;
	const Route *route = request->route;
	bool is_token = actor->person_id && !actor->session_id;
	if (!actor_has(actor, route->may)) {
		if (!actor->person_id) return fail(request->call, UNAUTHENTICATED, "not for visitors");
		return fail(request->call, FORBIDDEN, "not for this role");
	}
	if (is_token && !request->is_api) return fail(request->call, FORBIDDEN, "a token opens no page");
	if (is_token && (actor->scopes & route->scope) != route->scope) return fail(request->call, FORBIDDEN, "the token lacks a scope");
	if (request->is_api && route->scope && !actor->person_id) return fail(request->call, UNAUTHENTICATED, "needs a token");
	if (route->needs_second_factor && !actor->second_factor)
		return fail(request->call, SECOND_FACTOR, "no second factor in this session");
	return OK;
}

Error exchange_admit(Request *request)
{
	struct Exchange *exchange = request->exchange;
	const HttpHooks *hooks = &exchange->site->options.hooks;
	exchange->is_admitted = true;
	choose_language(request);
	TRY(take_share(request, exchange->site->addresses, address_network(request->call->arena, request->address, 32, 64)));
	if (!exchange->hides_credentials && hooks->authenticate) {
		TRY(hooks->authenticate(request));
		const Actor *actor = request->call->actor;
		if (actor->person_id)
			TRY(take_share(request, exchange->site->accounts,
				arena_printf(request->call->arena, "%lld", (long long)actor->person_id)));
	}
	guard_prepare_visitor(request);
	return request->route ? check_permission(request) : OK;
}

static Error load_subject(Request *request)
{
	if (!request->route->subject) return OK;
	TRY(request->route->subject(request));
	request->exchange->subject_is_loaded = true;
	return OK;
}

static Error answer(Request *request)
{
	TRY(guard_origin(request));
	if (request->method != GET) {
		TRY(body_read(request));
		Error forged = guard_token(request);
		if (forged != OK) {
			Failure failure = request->call->failure; /* whether there is a subject decides first */
			call_recover(request->call);
			TRY(load_subject(request));
			request->call->failure = failure;
			return forged;
		}
	}
	TRY(load_subject(request));
	if (request->route->form) TRY(form_fill(request, request->route->form));
	return request->route->handle(request);
}

Error exchange_respond(Request *request, Error so_far)
{
	struct Exchange *exchange = request->exchange;
	const HttpHooks *hooks = &exchange->site->options.hooks;
	Error error = so_far;
	if (!exchange->is_admitted) {
		Failure failure = request->call->failure;
		call_recover(request->call);
		Error admitted = exchange_admit(request);
		if (admitted != OK)
			error = admitted;
		else
			request->call->failure = failure;
	}
	if (error == OK) error = answer(request);
	if (error != OK) reply_failure(request, error);
	if (exchange->subject_is_loaded && hooks->before_reply) {
		Error unrecorded = hooks->before_reply(request);
		if (unrecorded != OK) {
			error = unrecorded;
			reply_failure(request, error);
		}
	}
	reply_seal(request, error);
	return error;
}

Error http_site_open(Call *call, const HttpOptions *options, HttpSite **out)
{
	crypto_start();
	HttpSite *site = calloc(1, sizeof(*site));
	must(site);
	site->options = *options;
	site->arena = arena_new(ARENA_CEILING);
	RouteTable *tables = arena_array_of(site->arena, RouteTable, options->table_count + 1);
	if (options->table_count) memcpy(tables, options->tables, options->table_count * sizeof(*tables));
	tables[options->table_count] = built_in_routes;
	Error error = routes_compile(call, tables, options->table_count + 1, site->arena, &site->routes);
	if (error == OK && options->visitor_key.length && options->visitor_key.length != sizeof(site->visitor_key.at))
		error = fail(call, CONFIG, "the visitors' key is not 32 bytes long");
	if (error != OK) {
		http_site_close(&site);
		return error;
	}
	site->visitor_key = key_random();
	if (options->visitor_key.length) memcpy(site->visitor_key.at, options->visitor_key.at, sizeof(site->visitor_key.at));
	site->addresses = limiter_new(options->requests_per_minute);
	site->accounts = limiter_new(options->account_requests_per_minute);
	site->metrics = metrics_new();
	Text public_address = options->house ? options->house->public_address : (Text) { 0 };
	site->sends_hsts = options->tls_certificate || text_starts(public_address, TEXT("https://"));
	*out = site;
	return OK;
}

void http_site_close(HttpSite **site)
{
	if (!*site) return;
	limiter_free(&(*site)->addresses);
	limiter_free(&(*site)->accounts);
	if ((*site)->metrics) metrics_free(&(*site)->metrics);
	key_wipe(&(*site)->visitor_key);
	arena_free(&(*site)->arena);
	free(*site);
	*site = NULL;
}

Error http_site_dispatch(HttpSite *site, Request *request, Text target)
{
	request->exchange->site = site;
	Error error = exchange_respond(request, exchange_route(request, target));
	body_close(request->exchange);
	return error;
}

Error http_dispatch(const HttpOptions *options, Request *request, Text target)
{
	scoped(http_site_close) HttpSite *site = NULL;
	TRY(http_site_open(request->call, options, &site));
	Error error = http_site_dispatch(site, request, target);
	request->exchange->site = NULL;
	return error;
}
