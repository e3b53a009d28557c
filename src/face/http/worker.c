/* Workers: a bounded queue that is fair between clients, the work itself, and the deadline of whoever waits for it. */
#include "base/base/clock.h"
#include "base/base/log.h"
#include "face/http/wire_private.h"

#include <sys/socket.h>

enum { WATCH_EVERY_MS = 250 };

void queue_open(Queue *queue, const HttpLimits *limits, int worker_count)
{
	must(pthread_mutex_init(&queue->lock, NULL) == 0 && pthread_cond_init(&queue->filled, NULL) == 0);
	queue->queued_max = limits->queued_requests;
	queue->lane_queued_max = limits->queued_requests / 2 > 0 ? limits->queued_requests / 2 : 1;
	queue->lane_running_max = worker_count > 1 ? worker_count - 1 : 1; /* one worker is always there for the others */
}

static bool queue_push(Queue *queue, Visit *visit)
{
	pthread_mutex_lock(&queue->lock);
	Lane *lane = &queue->lanes[visit->lane];
	bool has_room = !queue->is_closed && queue->queued < queue->queued_max && lane->queued < queue->lane_queued_max;
	if (has_room) {
		visit->next_queued = NULL;
		if (lane->last)
			lane->last->next_queued = visit;
		else
			lane->first = visit;
		lane->last = visit;
		lane->queued++;
		queue->queued++;
		pthread_cond_signal(&queue->filled);
	}
	pthread_mutex_unlock(&queue->lock);
	return has_room;
}

static Visit *take_turn(Queue *queue)
{
	for (size_t i = 0; queue->queued && i < LANES; i++) {
		size_t turn = (queue->turn + 1 + i) % LANES;
		Lane *lane = &queue->lanes[turn];
		if (!lane->first || lane->running >= queue->lane_running_max) continue;
		Visit *visit = lane->first;
		lane->first = visit->next_queued;
		if (!lane->first) lane->last = NULL;
		lane->queued--;
		lane->running++;
		queue->queued--;
		queue->running++;
		queue->turn = turn;
		return visit;
	}
	return NULL;
}

/* Waits for the next visit; NULL when the queue was closed and is empty. */
static Visit *queue_pop(Queue *queue)
{
	Visit *visit;
	pthread_mutex_lock(&queue->lock);
	while (!(visit = take_turn(queue)) && !(queue->is_closed && !queue->queued)) pthread_cond_wait(&queue->filled, &queue->lock);
	pthread_mutex_unlock(&queue->lock);
	return visit;
}

static void queue_done(Queue *queue, size_t lane)
{
	pthread_mutex_lock(&queue->lock);
	queue->lanes[lane].running--;
	queue->running--;
	if (queue->queued) pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

void queue_close(Queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->is_closed = true;
	pthread_cond_broadcast(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

void watch_add(Visit *visit)
{
	HttpServer *server = visit->server;
	pthread_mutex_lock(&server->watch_lock);
	visit->deadline = server->now + (int64_t)server->limits.work_seconds * 1000;
	visit->previous_watched = NULL;
	visit->next_watched = server->watched;
	if (server->watched) server->watched->previous_watched = visit;
	server->watched = visit;
	pthread_mutex_unlock(&server->watch_lock);
}

void watch_remove(Visit *visit)
{
	HttpServer *server = visit->server;
	pthread_mutex_lock(&server->watch_lock);
	if (visit->previous_watched)
		visit->previous_watched->next_watched = visit->next_watched;
	else
		server->watched = visit->next_watched;
	if (visit->next_watched) visit->next_watched->previous_watched = visit->previous_watched;
	pthread_mutex_unlock(&server->watch_lock);
}

/* The worker is done with the visit. Whoever is first resumes the connection: this, or the deadline. */
static void finish(Visit *visit)
{
	int pending = WORK_PENDING;
	watch_remove(visit);
	if (atomic_compare_exchange_strong(&visit->work, &pending, WORK_DONE)) MHD_resume_connection(visit->connection);
	visit_release(visit);
}

void visit_submit(Visit *visit)
{
	Request *request = visit->request;
	visit->lane = (size_t)((text_hash(request->address) ^ visit->server->secret) % LANES);
	visit->task = visit->phase;
	visit->work = WORK_PENDING;
	if (visit->peer) visit->peer->deadline = 0;
	atomic_fetch_add(&visit->owners, 1);
	MHD_suspend_connection(visit->connection);
	watch_add(visit);
	if (queue_push(&visit->server->queue, visit)) return;
	int pending = WORK_PENDING;
	watch_remove(visit);
	if (atomic_compare_exchange_strong(&visit->work, &pending, WORK_EXPIRED)) MHD_resume_connection(visit->connection);
	visit_release(visit);
}

static bool every_query_was_asked(const struct Exchange *exchange)
{
	for (size_t i = 0; i < exchange->target.query.count; i++)
		if (!exchange->target.query.at[i].is_asked) return false;
	return true;
}

/* The reply as it is sent; a public one is kept, if what it was made of is still true. */
static void make_reply(Visit *visit)
{
	Request *request = visit->request;
	struct Exchange *exchange = request->exchange;
	HttpCache *cache = request->call->house ? request->call->house->cache : NULL;
	visit->status = request->reply.status;
	if (!request->reply.cacheable) {
		visit->reply = wire_reply(request);
		request->reply.descriptor = 0;
		return;
	}
	visit->shapes = shapes_of_reply(request, visit->server->limits.public_max_age_seconds);
	if (cache && every_query_was_asked(exchange))
		cache_keep(cache, (Text) { visit->target, visit->target_length }, &request->reply.depends_on, exchange->cache_generation,
			visit->shapes);
}

static void log_request(const Visit *visit)
{
	static const char *const methods[METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };
	const Request *request = visit->request;
	if (!visit->server->options.access_log) return;
	const Route *route = request->exchange->match.of_address;
	log_event(LOG_INFO, "request", { "method", .text = text_from(request->exchange->is_head ? "HEAD" : methods[request->method]) },
		{ "route", .text = text_from(route ? route->path : "") }, { "status", .number = visit->status },
		{ "milliseconds", .number = (clock_precise() - visit->started_microseconds) / 1000 },
		{ "bytes",
			.number = request->reply.descriptor_bytes ? request->reply.descriptor_bytes : (int64_t)request->reply.body.length },
		{ "network", .text = address_network(visit->arena, request->address, 24, 48) });
}

static void answer(Visit *visit, Error so_far)
{
	exchange_respond(visit->request, so_far);
	make_reply(visit);
	metrics_count(visit->server->site->metrics, visit->request->route, visit->status, clock_precise() - visit->started_microseconds);
	log_request(visit);
}

static void hand_on_chunk(Visit *visit)
{
	body_add(visit->request, (Text) { visit->chunk, visit->chunk_length });
	visit->chunk_length = 0;
}

static void work_on(Visit *visit)
{
	Request *request = visit->request;
	Body *body = &request->exchange->body;
	switch (visit->task) {
	case PHASE_ADMITTING:
		if (visit->error == OK) visit->error = exchange_admit(request);
		if (visit->error != OK)
			answer(visit, visit->error);
		else
			body_begin(request);
		break;
	case PHASE_SPOOLING: hand_on_chunk(visit); break;
	case PHASE_ANSWERING:
		if (body->error == ERROR_TOO_LARGE && visit->error == OK)
			visit->error = fail(request->call, TOO_LARGE, "a chunked body is too large");
		if (body->has_begun)
			hand_on_chunk(visit);
		else if (visit->chunk_length) {
			body->bytes = (Text) { visit->chunk, visit->chunk_length };
			body->size_bytes = (int64_t)visit->chunk_length;
		}
		answer(visit, visit->error);
		break;
	case PHASE_HEAD:
	case PHASE_READY:
	case PHASE_BODY:
	case PHASE_REPLIED: must(visit->task == PHASE_ANSWERING); /* nothing else is ever submitted */
	}
}

void *worker_run(void *context)
{
	HttpServer *server = context;
	for (Visit *visit; (visit = queue_pop(&server->queue));) {
		size_t lane = visit->lane;
		if (visit->work == WORK_PENDING) work_on(visit); /* nobody waits for an expired one */
		finish(visit);
		queue_done(&server->queue, lane);
	}
	return NULL;
}

/* Those whose work takes too long get their answer without it; those who send or read too slowly are cut off. */
static void watch_once(HttpServer *server)
{
	for (Visit *visit = server->watched; visit; visit = visit->next_watched) {
		int pending = WORK_PENDING;
		if (visit->deadline > server->now) continue;
		if (atomic_compare_exchange_strong(&visit->work, &pending, WORK_EXPIRED)) MHD_resume_connection(visit->connection);
	}
	for (Peer *peer = server->peers; peer; peer = peer->next) {
		int64_t deadline = peer->deadline;
		if (deadline && deadline <= server->now) shutdown(peer->descriptor, SHUT_RDWR);
	}
}

void *watcher_run(void *context)
{
	HttpServer *server = context;
	pthread_mutex_lock(&server->watch_lock);
	while (!server->is_stopping) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += WATCH_EVERY_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&server->watch_end, &server->watch_lock, &until);
		server->now = clock_monotonic();
		watch_once(server);
	}
	pthread_mutex_unlock(&server->watch_lock);
	return NULL;
}
