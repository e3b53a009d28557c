/* /livez, /readyz and /metrics (Prometheus text format). */
#include "face/http/http_private.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SERIES_MAX = 4096, METRICS_MAX = 128 };
static const int64_t bounds_microseconds[] = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000,
	10000000 };

typedef struct Series { /* requests of one route with one status */
	const Route *route; /* NULL: no route */
	int status;
	int64_t count;
} Series;
struct Metrics {
	pthread_mutex_t lock;
	Series series[SERIES_MAX];
	size_t series_count;
	int64_t buckets[COUNT(bounds_microseconds) + 1], total_microseconds;
	_Atomic int64_t cached, not_modified;
};

static struct {
	const char *name, *help;
	HttpMetric *read;
	void *context;
} foreign[METRICS_MAX];
static size_t foreign_count;

void http_metric(const char *name, const char *help, HttpMetric *read, void *context)
{
	must(foreign_count < METRICS_MAX);
	foreign[foreign_count].name = name;
	foreign[foreign_count].help = help;
	foreign[foreign_count].read = read;
	foreign[foreign_count++].context = context;
}

Metrics *metrics_new(void)
{
	Metrics *metrics = calloc(1, sizeof(*metrics));
	must(metrics && pthread_mutex_init(&metrics->lock, NULL) == 0);
	return metrics;
}

void metrics_free(Metrics **metrics)
{
	pthread_mutex_destroy(&(*metrics)->lock);
	free(*metrics);
	*metrics = NULL;
}

void metrics_count(Metrics *metrics, const Route *route, int status, int64_t microseconds)
{
	size_t bucket = 0;
	while (bucket < COUNT(bounds_microseconds) && microseconds > bounds_microseconds[bucket]) bucket++;
	pthread_mutex_lock(&metrics->lock);
	metrics->buckets[bucket]++;
	metrics->total_microseconds += microseconds;
	size_t i = 0;
	while (i < metrics->series_count && (metrics->series[i].route != route || metrics->series[i].status != status)) i++;
	if (i == metrics->series_count && i < SERIES_MAX) metrics->series[metrics->series_count++] = (Series) { route, status, 0 };
	if (i < metrics->series_count) metrics->series[i].count++;
	pthread_mutex_unlock(&metrics->lock);
}

void metrics_count_cached(Metrics *metrics, int status)
{
	_Atomic int64_t *counter = status == 304 ? &metrics->not_modified : &metrics->cached;
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

static void put_number(Buffer *out, const char *name, const char *kind, const char *help, int64_t value)
{
	buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, kind, name, (long long)value);
}

static void put_requests(Buffer *out, Metrics *metrics)
{
	static const char *const methods[METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };
	int64_t count = 0;
	buffer_put(out, TEXT("# HELP cappvd_requests_total Requests that were not answered from the cache.\n# TYPE cappvd_requests_total "
			     "counter\n"));
	pthread_mutex_lock(&metrics->lock);
	for (size_t i = 0; i < metrics->series_count; i++) {
		const Series *series = &metrics->series[i];
		buffer_printf(out, "cappvd_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %lld\n",
			series->route ? methods[series->route->method] : "", series->route ? series->route->path : "", series->status,
			(long long)series->count);
	}
	buffer_put(out, TEXT("# HELP cappvd_request_seconds Time of a worker per request.\n# TYPE cappvd_request_seconds histogram\n"));
	for (size_t i = 0; i < COUNT(metrics->buckets); i++) {
		count += metrics->buckets[i];
		if (i < COUNT(bounds_microseconds))
			buffer_printf(out, "cappvd_request_seconds_bucket{le=\"%g\"} %lld\n", (double)bounds_microseconds[i] / 1e6,
				(long long)count);
	}
	buffer_printf(out, "cappvd_request_seconds_bucket{le=\"+Inf\"} %lld\n", (long long)count);
	buffer_printf(out, "cappvd_request_seconds_sum %.6f\ncappvd_request_seconds_count %lld\n",
		(double)metrics->total_microseconds / 1e6, (long long)count);
	pthread_mutex_unlock(&metrics->lock);
}

Text metrics_text(Request *request)
{
	HttpSite *site = request->exchange->site;
	Buffer out = { .arena = request->call->arena };
	put_requests(&out, site->metrics);
	put_number(&out, "cappvd_cached_replies_total", "counter", "Replies sent from the cache.", site->metrics->cached);
	put_number(&out, "cappvd_not_modified_total", "counter", "Replies 304 sent from the cache.", site->metrics->not_modified);
	put_number(&out, "cappvd_spooled_bytes", "gauge", "Bytes of bodies held in anonymous memory.", site->spooled_bytes);
	ServerState state = server_state(site->server);
	put_number(&out, "cappvd_connections", "gauge", "Open connections.", state.connections);
	put_number(&out, "cappvd_queued_requests", "gauge", "Requests waiting for a worker.", state.queued);
	put_number(&out, "cappvd_running_requests", "gauge", "Requests in the hands of a worker.", state.running);
	if (request->call->house && request->call->house->cache) {
		CacheState cache = cache_state(request->call->house->cache);
		put_number(&out, "cappvd_cache_bytes", "gauge", "Bytes of kept replies.", cache.bytes);
		put_number(&out, "cappvd_cache_entries", "gauge", "Kept replies.", cache.entries);
		put_number(&out, "cappvd_cache_evicted_total", "counter", "Replies that made room for others.", cache.evicted);
		put_number(
			&out, "cappvd_cache_forgotten_total", "counter", "Replies forgotten because something changed.", cache.forgotten);
	}
	for (size_t i = 0; i < foreign_count; i++)
		put_number(&out, foreign[i].name, "gauge", foreign[i].help, foreign[i].read(foreign[i].context));
	return buffer_text(&out);
}

static Error show_alive(Request *request)
{
	reply_text(request, TEXT("text/plain; charset=utf-8"), TEXT("alive\n"));
	return OK;
}

static Error show_ready(Request *request)
{
	const HttpHooks *hooks = &request->exchange->site->options.hooks;
	if (hooks->ready && hooks->ready(request->call) != OK) return ERROR_BUSY;
	reply_text(request, TEXT("text/plain; charset=utf-8"), TEXT("ready\n"));
	return OK;
}

/* Numbers tell much about a library at work: only for its own machine, or for who has the token. */
static bool may_see_metrics(const Request *request)
{
	const struct Exchange *exchange = request->exchange;
	Text token = exchange->site->options.metrics_token, given = { 0 };
	if (exchange->is_loopback) return true;
	for (size_t i = 0; i < exchange->headers.count; i++)
		if (text_is_nocase(exchange->headers.at[i].name, TEXT("authorization"))) given = exchange->headers.at[i].value;
	if (!token.length || !text_starts(given, TEXT("Bearer "))) return false;
	return secret_is(text_slice(given, 7, given.length), token);
}

static Error show_metrics(Request *request)
{
	if (!may_see_metrics(request)) return fail(request->call, NOT_FOUND, "metrics from elsewhere");
	reply_text(request, TEXT("text/plain; version=0.0.4; charset=utf-8"), metrics_text(request));
	return OK;
}

static const Route rows[] = {
	{ GET, "/livez", show_alive, .may = ROLE_EVERYBODY, .is_public = true, .summary = "The process is alive" },
	{ GET, "/readyz", show_ready, .may = ROLE_EVERYBODY, .is_public = true, .summary = "The service can work" },
	{ GET, "/metrics", show_metrics, .may = ROLE_EVERYBODY, .is_public = true, .summary = "Numbers for monitoring" },
};
const RouteTable built_in_routes = { "http", rows, COUNT(rows) };
