/* Event threads: what can be answered at once is; bodies are taken in; everything else goes to a worker. */
#include "base/base/clock.h"
#include "face/http/wire_private.h"

#include <stdlib.h>

void *visit_begin(void *server, const char *target, WireConnection *connection)
{
	size_t length = strlen(target);
	Visit *visit = calloc(1, sizeof(*visit) + length + 1);
	must(visit);
	memcpy(visit->target, target, length + 1);
	visit->target_length = length;
	visit->server = server;
	visit->connection = connection;
	visit->owners = 1;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	visit->peer = info ? info->socket_context : NULL;
	return visit;
}

void visit_release(Visit *visit)
{
	if (atomic_fetch_sub(&visit->owners, 1) != 1) return;
	if (visit->request) {
		if (visit->request->reply.descriptor > 0 && !visit->reply) reply_reset(visit->request);
		body_close(visit->request->exchange);
	}
	if (visit->reply) MHD_destroy_response(visit->reply);
	shapes_release(visit->shapes);
	arena_free(&visit->arena);
	free(visit->chunk);
	free(visit);
}

void visit_end(void *server, WireConnection *connection, void **visit, enum MHD_RequestTerminationCode how)
{
	(void)connection, (void)how;
	Visit *ended = *visit;
	if (!ended) return;
	*visit = NULL;
	const HttpServer *of = server;
	if (ended->peer) ended->peer->deadline = of->now + (int64_t)of->limits.request_seconds * 1000;
	if (ended->is_open) ended->server->open_visits--;
	visit_release(ended);
}

static Text header(WireConnection *connection, const char *name)
{
	const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
	return value ? text_from(value) : (Text) { 0 };
}

static enum MHD_Result send_reply(Visit *visit, int status, WireReply *reply)
{
	visit->phase = PHASE_REPLIED;
	if (visit->peer) visit->peer->deadline = visit->server->now + (int64_t)SEND_SECONDS * 1000;
	return MHD_queue_response(visit->connection, (unsigned)status, reply);
}

static enum MHD_Result send_fixed(Visit *visit, Fixed kind)
{
	bool is_api = strncmp(visit->target, "/api/", 5) == 0 || strncmp(visit->target, "/en/api/", 8) == 0;
	metrics_count(visit->server->site->metrics, NULL, fixed_status(kind), 0);
	return send_reply(visit, fixed_status(kind), visit->server->fixed[kind][is_api]);
}

typedef struct HeadCheck { /* what a head must not say twice or in contradiction */
	int lengths, encodings, hosts;
	bool is_malformed, is_chunked;
	int64_t length;
} HeadCheck;

static enum MHD_Result check_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	HeadCheck *check = context;
	Text key = text_from(name), content = text_from(value);
	(void)kind;
	for (size_t i = 0; i < key.length; i++)
		if (key.at[i] <= ' ' || key.at[i] >= 0x7F || strchr("()<>@,;:\\\"/[]?={}", key.at[i])) check->is_malformed = true;
	if (!key.length) check->is_malformed = true;
	for (size_t i = 0; i < content.length; i++) {
		unsigned char c = (unsigned char)content.at[i];
		if ((c < 0x20 && c != '\t') || c == 0x7F) check->is_malformed = true;
	}
	if (text_is_nocase(key, TEXT("content-length"))) {
		check->lengths++;
		if (!text_to_int(content, &check->length) || check->length < 0) check->is_malformed = true;
	} else if (text_is_nocase(key, TEXT("transfer-encoding"))) {
		check->encodings++;
		check->is_chunked = text_is_nocase(content, TEXT("chunked"));
		if (!check->is_chunked) check->is_malformed = true;
	} else if (text_is_nocase(key, TEXT("host")))
		check->hosts++;
	return MHD_YES;
}

/*
 * libmicrohttpd 0.9.75 takes a line with an empty name, or one that begins with NUL, for the end of the head, and cuts values at a NUL:
 * what a proxy took for a header would be the next request. In the head as it left it, every header is name NUL value NUL NUL, and
 * NUL NUL is the end; bare LF and folded lines do not look like that either.
 */
static bool head_is_whole(WireConnection *connection, const char *method, const char *version)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	const char *end = method + (info ? info->header_size : 0);
	for (const char *at = version + strlen(version); at < end && at[0] == 0 && at[1] == 0;) {
		at += 2;
		if (at == end - 2) return at[0] == 0 && at[1] == 0;
		at += strlen(at) + 1;
		if (at < end) at += strlen(at);
	}
	return false;
}

/* RFC 9112, 6.1 to 6.3: a message whose length could be understood in two ways is refused and the connection closed. */
static bool head_is_sound(WireConnection *connection, const char *version, HeadCheck *out)
{
	HeadCheck check = { 0 };
	MHD_get_connection_values(connection, MHD_HEADER_KIND, check_header, &check);
	bool is_current = strcmp(version, "HTTP/1.1") == 0;
	if (check.lengths > 1 || check.encodings > 1 || check.hosts > 1 || (check.lengths && check.encodings)) check.is_malformed = true;
	if (check.encodings && !is_current) check.is_malformed = true;
	if (is_current && !check.hosts) check.is_malformed = true;
	*out = check;
	return !check.is_malformed;
}

static enum MHD_Result copy_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	request_set_header(context, text_from(name), text_from(value));
	return MHD_YES;
}

static void choose_address(Visit *visit)
{
	Request *request = visit->request;
	struct Exchange *exchange = request->exchange;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info && info->client_addr) request->address = address_of_socket(visit->arena, info->client_addr);
	Text forwarded = request_header(request, TEXT("X-Forwarded-For")), scheme = request_header(request, TEXT("X-Forwarded-Proto"));
	exchange->is_https = visit->server->options.tls_certificate != NULL;
	exchange->is_loopback = address_is_loopback(request->address) && !forwarded.at;
	if (!visit->server->proxy.length || !text_is(request->address, visit->server->proxy)) return;
	exchange->is_https = text_is_nocase(text_trim(scheme), TEXT("https"));
	Text last = { 0 };
	for (Text rest = forwarded, piece; text_next(&rest, ',', &piece);) last = text_trim(piece);
	if (last.length && address_is_valid(last)) request->address = last;
}

static void open_request(Visit *visit, const char *method)
{
	static const char *const names[METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };
	const House *house = visit->server->options.house;
	visit->arena = arena_new(ARENA_CEILING);
	visit->is_open = true;
	visit->server->open_visits++;
	visit->call = (Call) {
		.arena = visit->arena, .db = house ? house->db : NULL, .actor = &actor_visitor, .now = clock_wall(), .house = house
	};
	visit->started_microseconds = clock_precise();
	visit->request = request_new(&visit->call, GET);
	struct Exchange *exchange = visit->request->exchange;
	exchange->site = visit->server->site;
	exchange->is_head = strcmp(method, "HEAD") == 0;
	exchange->method_is_known = exchange->is_head;
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (strcmp(method, names[i]) == 0) {
			visit->request->method = (Method)i;
			exchange->method_is_known = true;
		}
	if (house && house->cache) exchange->cache_generation = cache_generation(house->cache);
	MHD_get_connection_values(visit->connection, MHD_HEADER_KIND, copy_header, visit->request);
	choose_address(visit);
	visit->error = exchange_route(visit->request, (Text) { visit->target, visit->target_length });
}

/* From the cache or the assets. False: it needs a worker. */
static bool answer_at_once(Visit *visit, enum MHD_Result *out)
{
	HttpServer *server = visit->server;
	Text target = { visit->target, visit->target_length }, encoding = header(visit->connection, "Accept-Encoding");
	Text if_none_match = header(visit->connection, "If-None-Match");
	HttpCache *cache = server->options.house ? server->options.house->cache : NULL;
	int status;
	*out = MHD_YES;
	if (cache && cache_answer(cache, visit->connection, target, encoding, if_none_match, &status)) {
		if (visit->peer) visit->peer->deadline = server->now + (int64_t)SEND_SECONDS * 1000;
		visit->phase = PHASE_REPLIED;
		metrics_count_cached(server->site->metrics, status);
		return true;
	}
	if (text_is(target, TEXT("/livez"))) {
		*out = send_reply(visit, 200, server->alive);
		return true;
	}
	const Shapes *asset = map_get(server->assets, target);
	if (!asset) return false;
	WireReply *reply = shapes_choose(asset, encoding, if_none_match, &status);
	*out = send_reply(visit, status, reply);
	metrics_count_cached(server->site->metrics, status);
	return true;
}

static enum MHD_Result plan_body(Visit *visit, const HeadCheck *head)
{
	const Route *route = visit->request->route;
	visit->body_bytes_max = (int64_t)body_limit(route);
	if (head->length > visit->body_bytes_max) return send_fixed(visit, FIXED_TOO_LARGE);
	visit->body_is_large = visit->body_bytes_max > BODY_IN_MEMORY_BYTES && (head->is_chunked || head->length > BODY_IN_MEMORY_BYTES);
	int64_t expected = head->is_chunked ? visit->body_bytes_max : head->length;
	int64_t seconds = visit->server->limits.request_seconds + expected / SLOWEST_BYTES_PER_SECOND;
	if (visit->peer) visit->peer->deadline = visit->server->now + seconds * 1000;
	visit->chunk = malloc(CHUNK_BYTES);
	must(visit->chunk);
	if (visit->body_is_large) {
		visit->phase = PHASE_ADMITTING;
		visit_submit(visit);
	} else
		visit->phase = PHASE_BODY;
	return MHD_YES;
}

static enum MHD_Result handle_head(Visit *visit, const char *method, const char *version)
{
	HeadCheck head;
	if (!head_is_whole(visit->connection, method, version) || !head_is_sound(visit->connection, version, &head))
		return send_fixed(visit, FIXED_BAD_REQUEST);
	if (visit->server->is_draining) return send_fixed(visit, FIXED_BUSY);
	if (visit->target_length > TARGET_BYTES_MAX) return send_fixed(visit, FIXED_TOO_LONG);
	if (head.is_chunked || head.length > 0) {
		open_request(visit, method);
		return plan_body(visit, &head);
	}
	visit->phase = PHASE_READY; /* a reply queued already now would make libmicrohttpd close the connection */
	return MHD_YES;
}

static enum MHD_Result handle_ready(Visit *visit, const char *method)
{
	enum MHD_Result result;
	bool is_reading = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	if (is_reading && answer_at_once(visit, &result)) return result;
	open_request(visit, method);
	visit->phase = PHASE_ANSWERING;
	visit_submit(visit);
	return MHD_YES;
}

/* Takes bytes of the body into the chunk; a full chunk of a large body is handed on. */
static enum MHD_Result take_body(Visit *visit, const char *data, size_t *data_length)
{
	size_t room = CHUNK_BYTES - visit->chunk_length, taken = *data_length < room ? *data_length : room;
	bool is_too_much = visit->body_bytes + (int64_t)taken > visit->body_bytes_max;
	visit->body_bytes += (int64_t)*data_length;
	if (is_too_much || (!visit->body_is_large && taken < *data_length)) {
		/* only a chunked body gets here; no more of it is read than a client may send by mistake */
		visit->request->exchange->body.error = ERROR_TOO_LARGE;
		visit->body_is_large = false;
		if (visit->body_bytes > 4 * visit->body_bytes_max) return MHD_NO;
		*data_length = 0;
		return MHD_YES;
	}
	visit->body_bytes -= (int64_t)(*data_length - taken);
	memcpy(visit->chunk + visit->chunk_length, data, taken);
	visit->chunk_length += taken;
	*data_length -= taken;
	if (visit->body_is_large && visit->chunk_length == CHUNK_BYTES) {
		visit->phase = PHASE_SPOOLING;
		visit_submit(visit);
	}
	return MHD_YES;
}

static enum MHD_Result handle_body(Visit *visit, const char *data, size_t *data_length)
{
	if (*data_length) return take_body(visit, data, data_length);
	visit->phase = PHASE_ANSWERING;
	visit_submit(visit);
	return MHD_YES;
}

/* The connection was resumed: by the worker, or because it took too long. */
static enum MHD_Result handle_resumed(Visit *visit, const char *data, size_t *data_length)
{
	bool is_expired = visit->work == WORK_EXPIRED;
	if (visit->phase == PHASE_SPOOLING && is_expired) return MHD_NO; /* in the midst of a body nothing can be answered */
	if (is_expired) return send_fixed(visit, FIXED_BUSY);
	if (visit->reply) return send_reply(visit, visit->status, visit->reply);
	if (visit->shapes) {
		int status;
		Text encoding = header(visit->connection, "Accept-Encoding"), if_none_match = header(visit->connection, "If-None-Match");
		WireReply *reply = shapes_choose(visit->shapes, encoding, if_none_match, &status);
		return send_reply(visit, status, reply);
	}
	visit->phase = PHASE_BODY;
	if (visit->peer) {
		int64_t left = visit->body_bytes_max - visit->body_bytes;
		visit->peer->deadline =
			visit->server->now + (visit->server->limits.request_seconds + left / SLOWEST_BYTES_PER_SECOND) * 1000;
	}
	return *data_length ? take_body(visit, data, data_length) : MHD_YES;
}

enum MHD_Result visit_handle(void *server, WireConnection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *data_length, void **context)
{
	(void)server, (void)connection, (void)url;
	Visit *visit = *context;
	switch (visit->phase) {
	case PHASE_HEAD: return handle_head(visit, method, version);
	case PHASE_READY: return handle_ready(visit, method);
	case PHASE_BODY: return handle_body(visit, data, data_length);
	case PHASE_ADMITTING:
	case PHASE_SPOOLING:
	case PHASE_ANSWERING: return handle_resumed(visit, data, data_length);
	case PHASE_REPLIED: break;
	}
	return MHD_NO;
}
