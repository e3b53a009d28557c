/*
 * What touches libmicrohttpd: the server with its event threads, the workers, and replies in the shape that is sent.
 * A Visit is one request of a connection. It has two owners, the connection and (while it works) a worker; the last one frees it.
 */
#pragma once
#include "face/http/http_private.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum { LANES = 64, CONNECTION_COUNTERS = 65536, SEND_SECONDS = 900, SLOWEST_BYTES_PER_SECOND = 16 * 1024, CHUNK_BYTES = 64 * 1024 };

typedef struct MHD_Response WireReply; /* counted by libmicrohttpd */
typedef struct MHD_Connection WireConnection;

/* A reply in all the shapes it may leave in: plain and compressed, whole and 304. */
typedef struct Shape {
	WireReply *whole, *not_modified;
	char etag[48]; /* with quotes; empty: there is no such shape */
	size_t bytes;
} Shape;
typedef struct Shapes { /* shared by the cache and whoever sends them */
	Shape plain, gzip;
	_Atomic int owners;
} Shapes;

typedef struct Peer { /* one connection */
	struct Peer *next, *previous;
	WireConnection *connection;
	int descriptor;
	uint32_t counter; /* index of its address in server->connection_counts */
	bool is_proxy;
	_Atomic int64_t deadline; /* monotonic milliseconds; 0: none, a worker has it */
} Peer;

typedef enum Fixed { FIXED_BAD_REQUEST, FIXED_TOO_LARGE, FIXED_TOO_LONG, FIXED_BUSY, FIXED_COUNT } Fixed;
typedef enum Phase { PHASE_HEAD, PHASE_READY, PHASE_BODY, PHASE_ADMITTING, PHASE_SPOOLING, PHASE_ANSWERING, PHASE_REPLIED } Phase;
typedef enum Work { WORK_IDLE, WORK_PENDING, WORK_DONE, WORK_EXPIRED } Work;

typedef struct Visit {
	HttpServer *server;
	WireConnection *connection;
	Peer *peer;
	Phase phase; /* of the connection: event thread only */
	Phase task; /* what the worker is asked for */
	_Atomic int owners;
	_Atomic int work; /* Work: who comes first, the worker or the deadline, decides */
	int64_t deadline, started_microseconds;
	struct Visit *next_watched, *previous_watched, *next_queued;
	size_t lane;
	/* of requests that are not answered at once */
	Arena *arena;
	Call call;
	Request *request;
	Error error; /* of routing */
	char *chunk; /* bytes of the body not handed on yet */
	size_t chunk_length;
	int64_t body_bytes, body_bytes_max;
	bool body_is_large, is_open; /* counted in server->open_visits */
	WireReply *reply; /* of this visit alone … */
	Shapes *shapes; /* … or one of these */
	int status;
	size_t target_length;
	char target[];
} Visit;

typedef struct Lane { /* requests of the addresses that fall into it: each lane gets its turn */
	Visit *first, *last;
	int queued, running;
} Lane;
typedef struct Queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	Lane lanes[LANES];
	size_t turn;
	int queued, running, queued_max, lane_queued_max, lane_running_max;
	bool is_closed;
} Queue;

struct HttpServer {
	HttpOptions options;
	HttpLimits limits;
	Text proxy;
	HttpSite *site;
	Arena *arena;
	struct MHD_Daemon *daemon;
	char *certificate, *key;
	Map *assets; /* path to StaticReply */
	WireReply *fixed[FIXED_COUNT][2]; /* for pages and for the API */
	WireReply *alive; /* /livez, also when all workers are busy */
	Queue queue;
	pthread_t *workers, watcher;
	size_t worker_count;
	pthread_mutex_t watch_lock; /* over peers and watched */
	pthread_cond_t watch_end;
	Peer *peers;
	Visit *watched;
	bool is_stopping;
	_Atomic bool is_draining; /* no new requests */
	_Atomic int64_t now, connection_count, open_visits;
	_Atomic int connection_counts[CONNECTION_COUNTERS];
	uint64_t secret;
};

/* ---- wire.c: replies */
WireReply *wire_reply(const Request *request); /* takes over the descriptor */
/* What event threads say without asking anybody. */
void wire_make_fixed(HttpServer *server);
int fixed_status(Fixed kind);
void wire_header(WireReply *reply, const char *name, const char *value);
bool wire_accepts_gzip(Text accept_encoding);
bool wire_etag_matches(Text if_none_match, Text etag);
Shapes *shapes_of_reply(Request *request, int max_age_seconds);
Shapes *shapes_of_asset(const HttpAsset *asset, bool sends_hsts);
Shapes *shapes_share(Shapes *shapes);
void shapes_release(Shapes *shapes); /* one owner less; accepts NULL */
/* The one this client wants; *out_status is 200 or 304. */
WireReply *shapes_choose(const Shapes *shapes, Text accept_encoding, Text if_none_match, int *out_status);

/* ---- cache.c */
/* Queues a kept reply, if there is one. */
bool cache_answer(HttpCache *cache, WireConnection *connection, Text target, Text accept_encoding, Text if_none_match, int *out_status);
/* Keeps the reply unless something it depends on changed since `generation`. */
void cache_keep(HttpCache *cache, Text target, const Texts *depends_on, uint64_t generation, Shapes *shapes);

/* ---- visit.c: event threads */
enum MHD_Result visit_handle(void *server, WireConnection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *data_length, void **visit);
void *visit_begin(void *server, const char *target, WireConnection *connection);
void visit_end(void *server, WireConnection *connection, void **visit, enum MHD_RequestTerminationCode how);
void visit_release(Visit *visit); /* one owner less */

/* ---- worker.c */
void queue_open(Queue *queue, const HttpLimits *limits, int worker_count);
void *worker_run(void *server);
/* Suspends the connection and gives the visit to a worker. Afterwards it belongs to both. */
void visit_submit(Visit *visit);
void queue_close(Queue *queue);
void watch_add(Visit *visit);
void watch_remove(Visit *visit);
void *watcher_run(void *server);
